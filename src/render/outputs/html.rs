//! Every HTML page, rendered through the theme; pages whose views did not change are taken from before.

use std::sync::Arc;

use super::{Made, Making};
use crate::config::Kind;
use crate::diagnostic::Diagnostic;
use crate::parse::document::Document;
use crate::render::handout::{self, HANDOUT_PATH};
use crate::render::output::OutPath;
use crate::render::pages::{self, View};
use crate::render::parts::{Parts, facet_path};
use crate::render::{evidence, face, facets, home, key, lists, map, paths, positions, questions};
use crate::resolve::site::{FacetValueId, PageId, Site};
use crate::text::Fingerprint;

/// A page to render.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Job {
    /// The home page.
    Home,
    /// A section, by its number.
    Section(usize),
    /// The page of a content file.
    Page(PageId),
    /// The exercise index, or the page of a facet's value.
    Exercises(Option<FacetValueId>),
    /// Where handouts are put together.
    Handout,
    /// The glossary.
    Glossary,
    /// The page of sources.
    Sources,
    /// The page of all claims.
    Evidence,
    /// The search page.
    Search,
    /// The learning map.
    Map,
    /// A learning path, by its number.
    Path(usize),
    /// The page of all questions.
    Quiz,
    /// What is shown where there is no page.
    NotFound,
}

/// One template error is one problem, however many pages show it.
pub fn merge(found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut merged: Vec<(Diagnostic, usize)> = Vec::new();
    for problem in found {
        let same = |known: &Diagnostic| known.location == problem.location && known.message == problem.message;
        match merged.iter_mut().find(|(known, _)| same(known)) {
            Some((_, more)) => *more += 1,
            None => merged.push((problem, 0)),
        }
    }
    let with_count = |(problem, more): (Diagnostic, usize)| match more {
        0 => problem,
        1 => problem.help("one more page fails in the same way"),
        _ => problem.help(format!("{more} more pages fail in the same way")),
    };
    merged.into_iter().map(with_count).collect()
}

/// Every page of a site.
pub fn jobs(parts: &Parts) -> Vec<Job> {
    let site = &*parts.site;
    let mut jobs = vec![Job::Home, Job::NotFound];
    jobs.extend((0..site.sections.len()).map(Job::Section));
    let is_own = |id: PageId| {
        let page = site.page(id);
        page.kind() != Kind::Section && page.has_page() && site.home != Some(id)
    };
    jobs.extend(site.ids().map(|(id, _)| id).filter(|id| is_own(*id)).map(Job::Page));
    if !site.exercises.is_empty() {
        jobs.push(Job::Exercises(None));
        jobs.push(Job::Handout);
        for (index, facet) in site.config.exercises.facets.iter().enumerate() {
            let used =
                facet.values.iter().enumerate().filter(|(_, value)| facets::count(parts, &facet.id, &value.id) > 0);
            jobs.extend(used.map(|(value, _)| Job::Exercises(Some(FacetValueId { facet: index, value }))));
        }
    }
    if !site.terms.is_empty() {
        jobs.push(Job::Glossary);
    }
    if !site.cited_by.is_empty() {
        jobs.push(Job::Sources);
    }
    if evidence::count(site) > 0 {
        jobs.push(Job::Evidence);
    }
    if parts.is_searchable() {
        jobs.push(Job::Search);
    }
    if map::count(site) > 0 {
        jobs.push(Job::Map);
    }
    let has_articles = |index: &usize| !site.paths[*index].articles.is_empty();
    jobs.extend((0..site.paths.len()).filter(has_articles).map(Job::Path));
    if questions::count(site) > 0 {
        jobs.push(Job::Quiz);
    }
    jobs
}

/// Where a page is published.
pub fn file_of(site: &Site, job: Job) -> String {
    match job {
        Job::Home => "index.html".to_owned(),
        Job::Section(index) => site.sections[index].url.file(),
        Job::Page(id) => site.page(id).url.file(),
        Job::Exercises(None) => "exercises/index.html".to_owned(),
        Job::Exercises(Some(id)) => {
            let (facet, value) = site.facet_value(id);
            format!("{}index.html", facet_path(&facet.id, &value.id))
        }
        Job::Handout => format!("{HANDOUT_PATH}index.html"),
        Job::Glossary => "glossary/index.html".to_owned(),
        Job::Sources => "sources/index.html".to_owned(),
        Job::Evidence => format!("{}index.html", evidence::PATH),
        Job::Search => "search/index.html".to_owned(),
        Job::Map => format!("{}index.html", map::PATH),
        Job::Path(index) => format!("{}index.html", paths::path_url(&site.config.paths[index].id)),
        Job::Quiz => format!("{}index.html", questions::QUIZ_PATH),
        Job::NotFound => "404.html".to_owned(),
    }
}

/// The content file that a page is for.
fn document_of(site: &Site, job: Job) -> Option<&Document> {
    let page = match job {
        Job::Home => site.home,
        Job::Section(index) => site.sections[index].intro,
        Job::Page(id) => Some(id),
        Job::Exercises(None) => site.exercises_intro,
        Job::Glossary => site.glossary_intro,
        Job::Exercises(Some(_))
        | Job::Handout
        | Job::Path(_)
        | Job::Quiz
        | Job::Sources
        | Job::Evidence
        | Job::Search
        | Job::Map
        | Job::NotFound => None,
    };
    page.map(|page| &*site.page(page).document)
}

fn view(parts: &Parts, job: Job) -> View {
    match job {
        Job::Home => home::home(parts),
        Job::Section(index) => lists::section(parts, &parts.site.sections[index]),
        Job::Page(id) => pages::view(parts, id),
        Job::Exercises(chosen) => lists::exercises(parts, chosen),
        Job::Handout => handout::handout(parts),
        Job::Glossary => lists::glossary(parts),
        Job::Sources => lists::sources(parts),
        Job::Evidence => evidence::evidence(parts),
        Job::Search => lists::search(parts),
        Job::Map => map::map(parts),
        Job::Path(index) => paths::path(parts, index),
        Job::Quiz => questions::quiz(parts),
        Job::NotFound => lists::not_found(parts),
    }
}

/// Of what a page is made from, where that can be told without its view.
fn face_of(making: &Making, job: Job) -> Option<Fingerprint> {
    let Job::Page(id) = job else { return None };
    face::of_page(making.parts.site.page(id), making.face(), making.shared)
}

/// Of everything that a page is made from.
fn view_of(making: &Making, view: &View, document: Option<&Document>) -> Fingerprint {
    let own = key::of_context(&view.context, &["site", "words"]);
    match (making.sources.settings.positions, document) {
        // The page says which file it is for, and where its title stands.
        (true, Some(document)) => {
            let title = document.positions.as_ref().map(|known| &known.title);
            Fingerprint::of(&(making.shared, view.template, own, document.path(), title))
        }
        (true, None) => Fingerprint::of(&(making.shared, view.template, own, true)),
        (false, _) => Fingerprint::of(&(making.shared, view.template, own)),
    }
}

/// Renders the page that is published at `path`, or takes it from before.
///
/// Fails with what is wrong with its template.
pub fn render(making: &Making, job: Job, path: &OutPath) -> Result<Made, Vec<Diagnostic>> {
    let document = document_of(&making.parts.site, job);
    let face = face_of(making, job);
    if let Some(kept) = making.before.get(path).filter(|kept| face.is_some() && kept.face == face) {
        if cfg!(debug_assertions) {
            let view = view_of(making, &view(&making.parts, job), document);
            assert_eq!(kept.view, view, "{path} is not what can be told without its view");
        }
        return Ok(Made {
            path: path.clone(),
            bytes: Arc::clone(&kept.bytes),
            made_from: Some((kept.view, kept.face)),
        });
    }
    let view = view(&making.parts, job);
    let fingerprint = view_of(making, &view, document);
    let View { template, mut context } = view;
    let bytes = match making.before.get(path) {
        Some(kept) if kept.view == fingerprint => Arc::clone(&kept.bytes),
        Some(_) | None => {
            context.insert_value("site", making.parts.site_view.clone());
            context.insert_value("words", making.parts.words.clone());
            let bytes = making.parts.theme.render(template, &context, document.map(Document::path))?;
            if making.sources.settings.positions { settle(bytes, document).into() } else { bytes.into() }
        }
    };
    Ok(Made { path: path.clone(), bytes, made_from: Some((fingerprint, face)) })
}

fn settle(page: Vec<u8>, document: Option<&Document>) -> Vec<u8> {
    match str::from_utf8(&page) {
        Ok(html) => positions::settle(html, document).into_bytes(),
        Err(_) => page,
    }
}
