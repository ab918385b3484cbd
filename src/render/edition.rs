//! A site that is ready to be rendered: page by page, as pages are asked for, or as a whole.
//!
//! Pages are made beside each other, but none in several threads at once: who waits for a page must not hold a thread that it needs.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, OnceLock};

use rayon::prelude::*;

use super::output::{OutPath, Output};
use super::outputs::html::{self, Job};
use super::outputs::{self, FILES, Made, Making};
use super::parts::Parts;
use super::theme::Theme;
use super::{Kept, Rendered, foreign, key};
use crate::config::{self, Kind};
use crate::diagnostic::{Code, Diagnostic};
use crate::resolve::site::Site;
use crate::search::{self, Index};
use crate::source::Sources;
use crate::text::{Fingerprint, TextRange, VPath};
use crate::yaml::Step;

/// Every file of a site, each made when it is first asked for, and then kept.
#[derive(Debug)]
pub struct Edition {
    making: Making,
    pages: Vec<Slot>,
    by_path: HashMap<OutPath, usize>,
    /// What each line of [`FILES`] makes.
    files: Vec<OnceLock<Together>>,
}

/// A page, and where it is published.
#[derive(Debug)]
struct Slot {
    path: OutPath,
    job: Job,
    made: OnceLock<Result<Made, Vec<Diagnostic>>>,
}

/// Files that are made together, and what is wrong with them.
#[derive(Debug)]
struct Together {
    files: Vec<Made>,
    problems: Vec<Diagnostic>,
}

impl Edition {
    /// The files of `site` through `theme`. Pages in `before` whose views are the same are not rendered again, and texts that
    /// `known_words` has are not read again for the search.
    pub fn new(
        site: Arc<Site>,
        theme: Arc<Theme>,
        sources: Arc<Sources>,
        before: Arc<Rendered>,
        known_words: search::Memory,
    ) -> Self {
        let parts = Parts::new(site, theme, known_words);
        let of = (parts.theme.fingerprint, key::of_value(&parts.site_view), key::of_value(&parts.words));
        let making = Making::new(parts, sources, before, Fingerprint::of(&of));
        let site = &making.parts.site;
        let slot = |job| Slot { path: OutPath::new(&html::file_of(site, job)), job, made: OnceLock::new() };
        let pages: Vec<Slot> = html::jobs(&making.parts).into_par_iter().map(slot).collect();
        let by_path = pages.iter().enumerate().map(|(number, slot)| (slot.path.clone(), number)).collect();
        Self { by_path, pages, files: FILES.iter().map(|_| OnceLock::new()).collect(), making }
    }

    /// Its site.
    pub fn site(&self) -> &Arc<Site> {
        &self.making.parts.site
    }

    /// The words of its site.
    pub fn index(&self) -> &Index {
        self.making.parts.index()
    }

    /// How many pages it has.
    pub fn len(&self) -> usize {
        self.pages.len()
    }

    /// Whether it has no pages.
    pub fn is_empty(&self) -> bool {
        self.pages.is_empty()
    }

    /// The file at `path`; nothing where there is none.
    ///
    /// Fails with what is wrong with the template of a page.
    pub fn file(&self, path: &str) -> Option<Result<Arc<[u8]>, &[Diagnostic]>> {
        // What is copied takes the place of nothing: two files at one path are an error.
        if let Some(number) = self.by_path.get(&OutPath::new(path)) {
            let made = self.page(&self.pages[*number]).as_ref();
            return Some(made.map(|made| Arc::clone(&made.bytes)).map_err(Vec::as_slice));
        }
        let together = (0..FILES.len()).filter(|number| (FILES[*number].may_have)(path));
        let mut files = together.flat_map(|number| &self.together(number).files);
        files.find(|made| made.path.as_str() == path).map(|made| Ok(Arc::clone(&made.bytes)))
    }

    /// Whether there is a file at `path`; no page is made to tell.
    pub fn has(&self, path: &str) -> bool {
        self.by_path.contains_key(&OutPath::new(path)) || self.file(path).is_some()
    }

    /// The page at `path` as it was the last time that it could be made.
    pub fn last_good(&self, path: &str) -> Option<Arc<[u8]>> {
        self.making.before.get(&OutPath::new(path)).map(|kept| Arc::clone(&kept.bytes))
    }

    /// The numbers of its pages, in the order in which they are worth making: first those at the `wanted` paths, then one of each kind of
    /// content, and so on; lists, which take longest, come last.
    pub fn order(&self, wanted: &[String]) -> Vec<usize> {
        let mut counts: HashMap<Kind, usize> = HashMap::new();
        let mut order: Vec<(usize, usize)> = Vec::with_capacity(self.pages.len());
        for (number, slot) in self.pages.iter().enumerate() {
            let place = match slot.job {
                Job::Page(id) => {
                    let count = counts.entry(self.site().page(id).kind()).or_default();
                    *count += 1;
                    *count
                }
                _ => usize::MAX,
            };
            order.push((place, number));
        }
        let wanted = wanted.iter().filter_map(|path| self.by_path.get(&OutPath::new(path)));
        for number in wanted {
            order[*number].0 = 0;
        }
        order.sort_unstable();
        order.into_iter().map(|(_, number)| number).collect()
    }

    /// Makes the pages with these numbers. What is wrong with them, each problem once.
    pub fn make(&self, numbers: &[usize]) -> Vec<Diagnostic> {
        let found = numbers.par_iter().filter_map(|number| self.page(&self.pages[*number]).as_ref().err());
        html::merge(found.flatten().cloned().collect())
    }

    /// Makes everything but pages. On a thread that does not render pages for others to wait for, or where nobody else asks for files: who
    /// waits for the same files must not keep the threads that make them.
    pub fn make_files(&self) {
        for number in 0..FILES.len() {
            self.together(number);
        }
    }

    /// Where the pages are that could not be made.
    pub fn failed(&self) -> Vec<String> {
        let failed = self.pages.iter().filter(|slot| matches!(slot.made.get(), Some(Err(_))));
        failed.map(|slot| slot.path.as_str().to_owned()).collect()
    }

    /// The files that are no pages and have addresses of their own, such as pictures, stylesheets and scripts; those of the search are left
    /// out, because they take time.
    pub fn assets(&self) -> BTreeMap<&str, &Arc<[u8]>> {
        let together = (0..FILES.len()).filter(|number| (FILES[*number].may_have)(""));
        let files = together.flat_map(|number| &self.together(number).files);
        files.map(|made| (made.path.as_str(), &made.bytes)).collect()
    }

    /// Every file, and what is wrong with any.
    pub fn whole(&self) -> (Output, Vec<Diagnostic>) {
        let all: Vec<usize> = (0..self.pages.len()).collect();
        let (mut problems, ()) = rayon::join(|| self.make(&all), || self.make_files());
        let (site, sources) = (self.site(), &self.making.sources);
        let pages = self.pages.iter().filter_map(|slot| self.page(slot).as_ref().ok());
        let mut output = Output::default();
        let files = (0..FILES.len()).map(|number| self.together(number));
        problems.extend(files.clone().flat_map(|together| together.problems.iter().cloned()));
        for Made { path, bytes, .. } in pages.chain(files.flat_map(|together| &together.files)) {
            let same = output.files.get(path).is_some_and(|known| known == bytes);
            if !same && output.files.insert(path.clone(), Arc::clone(bytes)).is_some() {
                problems.push(collision(site, sources, [path, path]));
            }
        }
        problems.extend(nested(site, sources, &output));
        problems.extend(foreign::foreign(&self.making.parts.theme, sources, &output));
        (output, problems)
    }

    /// What was read for the search, for the next time.
    pub fn known_words(&self) -> search::Memory {
        self.making.parts.memory().clone()
    }

    /// The pages that are made; where one is not, as it was before.
    pub fn rendered(&self) -> Rendered {
        let kept = |slot: &Slot| match slot.made.get() {
            Some(Ok(Made { bytes, made_from: Some((view, face)), .. })) => {
                Some(Kept { bytes: Arc::clone(bytes), view: *view, face: *face })
            }
            Some(_) | None => self.making.before.get(&slot.path).cloned(),
        };
        self.pages.iter().filter_map(|slot| Some((slot.path.clone(), kept(slot)?))).collect()
    }

    fn page<'s>(&self, slot: &'s Slot) -> &'s Result<Made, Vec<Diagnostic>> {
        slot.made.get_or_init(|| html::render(&self.making, slot.job, &slot.path))
    }

    fn together(&self, number: usize) -> &Together {
        self.files[number].get_or_init(|| {
            let (files, problems) = (FILES[number].make)(&self.making);
            Together { files, problems }
        })
    }
}

/// Two files at the first of `paths`, or a file there and a folder for the second. It is reported where an author can change it.
fn collision(site: &Site, sources: &Sources, paths: [&OutPath; 2]) -> Diagnostic {
    let message = format!("two files would be published at `/{}`", paths[0]);
    let (path, range) = paths
        .iter()
        .find_map(|path| owner(site, sources, path))
        .unwrap_or_else(|| (VPath::new(config::PATH).expect("the path is relative"), TextRange::default()));
    Diagnostic::new(Code::DuplicateUrl, &path, range, message)
        .help("rename one of them, or give a page another `slug:`")
}

/// What an author wrote that is published at `path`: a file of `content/static/`, an old address, a page.
fn owner(site: &Site, sources: &Sources, path: &OutPath) -> Option<(VPath, TextRange)> {
    let copied = VPath::new(&format!("content/static/{path}"))?;
    if sources.files.contains_key(&copied) || sources.assets.contains_key(&copied) {
        return Some((copied, TextRange::default()));
    }
    if let Some((from, page)) = site.redirects.iter().find(|(from, _)| outputs::redirect_file(from) == path.as_str()) {
        let document = &site.page(*page).document;
        let (key, old) = document.meta.former_urls();
        let is_this = |written: &String| written.trim_matches('/') == from.trim_matches('/');
        let number = old.iter().position(is_this).unwrap_or_default();
        return Some((document.path().clone(), document.value_range(&[Step::key(key), Step::Index(number)])));
    }
    let page = site.pages.iter().find(|page| page.has_page() && page.url.file() == path.as_str())?;
    Some((page.document.path().clone(), page.document.value_range(&[])))
}

/// Files that would have to be folders too.
fn nested(site: &Site, sources: &Sources, output: &Output) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    for path in output.files.keys() {
        let mut folder = path.as_str();
        while let Some((parent, _)) = folder.rsplit_once('/') {
            folder = parent;
            let parent = OutPath::new(parent);
            if output.files.contains_key(&parent) {
                problems.push(collision(site, sources, [&parent, path]));
            }
        }
    }
    problems
}
