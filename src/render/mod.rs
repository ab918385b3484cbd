//! [`Site`] → [`Output`], through a [`Theme`].

pub mod body;
mod care;
mod cite;
mod colour;
mod contrast;
mod css;
mod drawings;
mod evidence;
mod face;
mod facets;
mod figure;
mod foreign;
mod handout;
mod home;
mod key;
mod lists;
mod map;
mod output;
mod outputs;
mod page;
mod pages;
mod parts;
mod positions;
mod sentence;
mod tags;
mod template_error;
mod term;
mod term_link;
mod theme;
mod tokens;
pub mod view;

use std::collections::HashMap;
use std::sync::Arc;

use rayon::prelude::*;

pub use self::contrast::too_much_alike;
pub use self::output::{OutPath, Output};
use self::outputs::{Made, Making, OUTPUTS};
use self::parts::Parts;
pub use self::theme::{Theme, add_builtin, fingerprint as theme_fingerprint};
use crate::config;
use crate::diagnostic::{Code, Diagnostic};
use crate::resolve::site::Site;
use crate::search::Index;
use crate::source::Sources;
use crate::text::{Fingerprint, TextRange, VPath};
use crate::yaml::Step;

/// Pages rendered before.
pub type Rendered = HashMap<OutPath, Kept>;

/// A page rendered before, and how to tell that it would be the same again.
#[derive(Clone, Debug)]
pub struct Kept {
    /// Its bytes.
    bytes: Arc<[u8]>,
    /// Of the values that its template was given.
    view: Fingerprint,
    /// Of what those values were made from, where that can be told without making them.
    face: Option<Fingerprint>,
}

/// Makes every published file. Pages in `before` whose views are the same are not rendered again.
pub fn render(
    site: &Site,
    index: &Index,
    theme: &Theme,
    sources: &Sources,
    before: &Rendered,
) -> (Output, Rendered, Vec<Diagnostic>) {
    let parts = Parts::new(site, index, theme);
    let shared = Fingerprint::of(&(theme.fingerprint, key::of_value(&parts.site_view), key::of_value(&parts.words)));
    let face = face::of_site(site, &sources.settings);
    let making = Making { parts, sources, before, shared, face };
    let results: Vec<(Vec<Made>, Vec<Diagnostic>)> = OUTPUTS.par_iter().map(|output| output(&making)).collect();
    let mut output = Output::default();
    let mut rendered = Rendered::new();
    let mut problems = Vec::new();
    for (made, mut found) in results {
        problems.append(&mut found);
        for file in made {
            if let Some((view, face)) = file.made_from {
                rendered.insert(file.path.clone(), Kept { bytes: Arc::clone(&file.bytes), view, face });
            }
            let same = output.files.get(&file.path).is_some_and(|bytes| *bytes == file.bytes);
            if !same && output.files.insert(file.path.clone(), file.bytes).is_some() {
                problems.push(collision(site, sources, [&file.path, &file.path]));
            }
        }
    }
    problems.extend(nested(site, sources, &output));
    problems.extend(foreign::foreign(theme, sources, &output));
    (output, rendered, problems)
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
