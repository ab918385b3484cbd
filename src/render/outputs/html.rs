//! Every HTML page, rendered through the theme; pages whose views did not change are taken from before.

use std::sync::Arc;

use rayon::prelude::*;

use super::{Made, Making};
use crate::config::Kind;
use crate::diagnostic::Diagnostic;
use crate::parse::document::Document;
use crate::render::handout::{self, HANDOUT_PATH};
use crate::render::output::OutPath;
use crate::render::pages::{self, View};
use crate::render::parts::{Parts, facet_path};
use crate::render::{evidence, face, facets, home, key, lists, map, positions};
use crate::resolve::site::{FacetValueId, PageId};
use crate::text::Fingerprint;

/// A page to render.
#[derive(Clone, Copy)]
enum Job {
    Home,
    Section(usize),
    Page(PageId),
    Exercises(Option<FacetValueId>),
    Handout,
    Glossary,
    Sources,
    Evidence,
    Search,
    Map,
    NotFound,
}

pub(super) fn make(making: &Making<'_>) -> (Vec<Made>, Vec<Diagnostic>) {
    let results: Vec<Result<Made, Vec<Diagnostic>>> =
        jobs(&making.parts).into_par_iter().map(|job| render(making, job)).collect();
    let mut made = Vec::with_capacity(results.len());
    let mut problems: Vec<Diagnostic> = Vec::new();
    for result in results {
        match result {
            Ok(file) => made.push(file),
            Err(mut found) => problems.append(&mut found),
        }
    }
    (made, merge(problems))
}

/// One template error is one problem, however many pages show it.
fn merge(found: Vec<Diagnostic>) -> Vec<Diagnostic> {
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

fn jobs(parts: &Parts<'_>) -> Vec<Job> {
    let site = parts.site;
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
    if !parts.index.documents.is_empty() {
        jobs.push(Job::Search);
    }
    if map::count(site) > 0 {
        jobs.push(Job::Map);
    }
    jobs
}

/// The view of a job, where it is published, and the content file that it is for.
fn prepare<'a>(making: &Making<'a>, job: Job) -> (View, String, Option<&'a Document>) {
    let parts = &making.parts;
    let site = parts.site;
    let document_of = |id: PageId| &*site.page(id).document;
    match job {
        Job::Home => (home::home(parts), "index.html".to_owned(), site.home.map(document_of)),
        Job::Section(index) => {
            let section = &site.sections[index];
            (lists::section(parts, section), section.url.file(), section.intro.map(document_of))
        }
        Job::Page(id) => (pages::view(parts, id), site.page(id).url.file(), Some(document_of(id))),
        Job::Exercises(None) => {
            (lists::exercises(parts, None), "exercises/index.html".to_owned(), site.exercises_intro.map(document_of))
        }
        Job::Exercises(Some(id)) => {
            let (facet, value) = site.facet_value(id);
            let path = facet_path(&facet.id, &value.id);
            (lists::exercises(parts, Some(id)), format!("{path}index.html"), None)
        }
        Job::Handout => (handout::handout(parts), format!("{HANDOUT_PATH}index.html"), None),
        Job::Glossary => {
            (lists::glossary(parts), "glossary/index.html".to_owned(), site.glossary_intro.map(document_of))
        }
        Job::Sources => (lists::sources(parts), "sources/index.html".to_owned(), None),
        Job::Evidence => (evidence::evidence(parts), format!("{}index.html", evidence::PATH), None),
        Job::Search => (lists::search(parts), "search/index.html".to_owned(), None),
        Job::Map => (map::map(parts), format!("{}index.html", map::PATH), None),
        Job::NotFound => (lists::not_found(parts), "404.html".to_owned(), None),
    }
}

/// A page as it was before, if it can be told without its view that it is the same.
fn kept(making: &Making<'_>, job: Job) -> (Option<Fingerprint>, Option<Made>) {
    let Job::Page(id) = job else { return (None, None) };
    let page = making.parts.site.page(id);
    let Some(face) = face::of_page(page, making.face, making.shared) else { return (None, None) };
    let path = OutPath::new(&page.url.file());
    let same = making.before.get(&path).filter(|kept| kept.face == Some(face));
    let made = same.map(|kept| Made { path, bytes: Arc::clone(&kept.bytes), made_from: Some((kept.view, kept.face)) });
    (Some(face), made)
}

/// Of everything that a page is made from.
fn view_of(making: &Making<'_>, view: &View, document: Option<&Document>) -> Fingerprint {
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

fn render(making: &Making<'_>, job: Job) -> Result<Made, Vec<Diagnostic>> {
    let (face, known) = kept(making, job);
    if let Some(made) = known {
        if cfg!(debug_assertions) {
            let (view, path, document) = prepare(making, job);
            let view = view_of(making, &view, document);
            assert_eq!(made.made_from, Some((view, face)), "{path} is not what can be told without its view");
        }
        return Ok(made);
    }
    let (view, path, document) = prepare(making, job);
    let fingerprint = view_of(making, &view, document);
    let View { template, mut context } = view;
    let path = OutPath::new(&path);
    let bytes = match making.before.get(&path) {
        Some(kept) if kept.view == fingerprint => Arc::clone(&kept.bytes),
        Some(_) | None => {
            context.insert_value("site", making.parts.site_view.clone());
            context.insert_value("words", making.parts.words.clone());
            let bytes = making.parts.theme.render(template, &context, document.map(Document::path))?;
            if making.sources.settings.positions { settle(bytes, document).into() } else { bytes.into() }
        }
    };
    Ok(Made { path, bytes, made_from: Some((fingerprint, face)) })
}

fn settle(page: Vec<u8>, document: Option<&Document>) -> Vec<u8> {
    match str::from_utf8(&page) {
        Ok(html) => positions::settle(html, document).into_bytes(),
        Err(_) => page,
    }
}
