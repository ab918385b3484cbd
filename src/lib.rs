//! Hornbook compiles educational microsites: typed Markdown in, a static site out.
//!
//! The pipeline is [`compile`]: parse each file alone, resolve them together, check, render. It reads nothing but its arguments
//! and returns everything it has to say; [`disk`], [`serve`] and [`cli`] are thin shells around it. Modules stand in the order in which they
//! may use each other: each names only those above it.

pub mod text;
pub mod source;
pub mod diagnostic;
pub mod yaml;
pub mod config;
pub mod parse;
pub mod resolve;
pub mod reading;
pub mod review;
pub mod levels;
pub mod search;
pub mod check;
pub mod external;
pub mod render;
pub mod disk;
pub mod web;
pub mod serve;
pub mod cli;

use std::collections::HashMap;
use std::sync::Arc;

use rayon::prelude::*;

use crate::config::Config;
use crate::diagnostic::{Diagnostic, Level};
use crate::parse::bibliography::{self, Bibliography};
use crate::parse::document::Document;
use crate::parse::{Reading, Words};
use crate::render::{Edition, Output, Rendered, Theme};
use crate::resolve::site::Site;
use crate::search::Index;
use crate::source::{SourceFile, Sources};
use crate::text::{Fingerprint, VPath};

/// Where the bibliography lies.
const BIBLIOGRAPHY: &str = "content/references.bib";

/// What a compilation can use of an earlier one: exactly what that one used. Everything in it is looked up by the hash of what it was
/// made from, so that nothing can be stale.
#[derive(Clone, Debug, Default)]
pub struct Cache {
    reading: Reading,
    documents: HashMap<Fingerprint, Arc<Document>>,
    bibliography: Option<(Fingerprint, Arc<Bibliography>)>,
    memory: resolve::Memory,
    findings: check::Memory,
    words: search::Memory,
    theme: Option<Arc<Theme>>,
    rendered: Arc<Rendered>,
}

impl Cache {
    /// Takes up what `edition` has made since it was compiled.
    pub fn take_up(&mut self, edition: &Edition) {
        self.rendered = Arc::new(edition.rendered());
        self.words = edition.known_words();
    }
}

/// A resolved and checked site.
#[derive(Debug)]
pub struct Analysis {
    /// The site, as far as it could be resolved.
    pub site: Arc<Site>,
    /// What is wrong with it.
    pub diagnostics: Vec<Diagnostic>,
    /// For the next time.
    pub cache: Cache,
}

/// A site that is ready to be rendered.
#[derive(Debug)]
pub struct Draft {
    /// The site, as far as it could be resolved.
    pub site: Arc<Site>,
    /// Its files, none of which is made yet; nothing if there is an error.
    pub edition: Option<Edition>,
    /// What is wrong with it so far, sorted by place.
    pub diagnostics: Vec<Diagnostic>,
    /// For the next time.
    pub cache: Cache,
}

/// A compiled site.
#[derive(Debug)]
pub struct Compilation {
    /// The site, as far as it could be resolved.
    pub site: Arc<Site>,
    /// Every file to publish; nothing if there is an error.
    pub output: Option<Output>,
    /// What is wrong with it, sorted by place.
    pub diagnostics: Vec<Diagnostic>,
    /// For the next time.
    pub cache: Cache,
}

/// Parses, resolves and checks; stops before rendering.
pub fn check(sources: &Sources, cache: &Cache) -> Analysis {
    let mut analysis = analyse(sources, cache);
    let Analysis { site, diagnostics, cache } = &mut analysis;
    if !site.searches.expected.is_empty() {
        let (index, words) = Index::new(site, &cache.words);
        cache.words = words;
        diagnostics.extend(check::searches(site, &index));
        levels::settle(diagnostics, site);
    }
    analysis
}

/// Parses, resolves, checks, and makes ready to render. What searches are expected to find is not looked at yet.
pub fn draft(sources: &Arc<Sources>, cache: &Cache) -> Draft {
    let Analysis { site, mut diagnostics, cache: mut next } = analyse(sources, cache);
    let (theme, problems) = load_theme(sources, &site.config, cache);
    diagnostics.extend(problems);
    next.theme.clone_from(&theme);
    let theme = theme.filter(|_| !has_errors(&diagnostics));
    let edition = theme.map(|theme| {
        Edition::new(Arc::clone(&site), theme, Arc::clone(sources), Arc::clone(&next.rendered), next.words.clone())
    });
    diagnostic::sort(&mut diagnostics);
    Draft { site, edition, diagnostics, cache: next }
}

/// Every file of an edition, and what is wrong with any, and with what searches find.
pub fn finish(edition: &Edition) -> (Output, Vec<Diagnostic>) {
    let site = edition.site();
    let (output, mut diagnostics) = edition.whole();
    if !site.searches.expected.is_empty() {
        diagnostics.extend(check::searches(site, edition.index()));
    }
    levels::settle(&mut diagnostics, site);
    (output, diagnostics)
}

/// Parses, resolves, checks and renders.
pub fn compile(sources: &Sources, cache: &Cache) -> Compilation {
    let Draft { site, edition, mut diagnostics, mut cache } = draft(&Arc::new(sources.clone()), cache);
    let mut output = None;
    if let Some(edition) = edition {
        let (made, problems) = finish(&edition);
        diagnostics.extend(problems);
        cache.take_up(&edition);
        output = Some(made).filter(|_| !has_errors(&diagnostics));
    } else if !site.searches.expected.is_empty() {
        let (index, words) = Index::new(&site, &cache.words);
        cache.words = words;
        diagnostics.extend(check::searches(&site, &index));
        levels::settle(&mut diagnostics, &site);
    }
    diagnostic::sort(&mut diagnostics);
    Compilation { site, output, diagnostics, cache }
}

/// Whether any of them keeps the site from being published.
pub fn has_errors(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(|diagnostic| diagnostic.level == Level::Error)
}

fn analyse(sources: &Sources, cache: &Cache) -> Analysis {
    let (config, mut diagnostics) = Config::load(sources);
    let config = Arc::new(config);
    let words = Words::new(&config);
    let config::Markdown { raw_html, quiz_order } = config.markdown;
    let reading = Reading { raw_html, quiz_order, positions: sources.settings.positions, words };
    let documents = parse_all(sources, &reading, cache);
    let bibliography = read_bibliography(sources, cache);
    diagnostics.extend(documents.iter().flat_map(|document| document.problems.iter().cloned()));
    diagnostics.extend(bibliography.1.problems.iter().cloned());
    // What was found in texts stands in the segments of bodies, which are others where HTML is let through.
    let unknown = Cache::default();
    let known = if cache.reading == reading { cache } else { &unknown };
    let resolution = resolve::resolve(&config, &documents, &bibliography.1, sources, &known.memory);
    diagnostics.extend(resolution.problems);
    let (found, findings) = check::check(&resolution.site, sources, &known.findings);
    diagnostics.extend(found);
    diagnostics.extend(render::too_much_alike(&config, sources));
    diagnostics.extend(levels::unused(&diagnostics, &resolution.site));
    levels::settle(&mut diagnostics, &resolution.site);
    let next = Cache {
        reading,
        documents: documents.into_iter().map(|document| (document.source.fingerprint, document)).collect(),
        bibliography: Some(bibliography),
        memory: resolution.memory,
        findings,
        words: known.words.clone(),
        theme: cache.theme.clone(),
        // Until something else is rendered, what was rendered before is the newest.
        rendered: Arc::clone(&cache.rendered),
    };
    Analysis { site: Arc::new(resolution.site), diagnostics, cache: next }
}

fn parse_all(sources: &Sources, reading: &Reading, cache: &Cache) -> Vec<Arc<Document>> {
    let is_content = |path: &VPath| {
        path.extension() == "md" && path.strip_folder("content").is_some_and(|inside| !inside.starts_with("static/"))
    };
    let files: Vec<&Arc<SourceFile>> = sources.files.values().filter(|file| is_content(&file.path)).collect();
    let known = |file: &SourceFile| cache.documents.get(&file.fingerprint).filter(|_| cache.reading == *reading);
    files.par_iter().map(|file| known(file).map_or_else(|| Arc::new(parse::parse(file, reading)), Arc::clone)).collect()
}

fn read_bibliography(sources: &Sources, cache: &Cache) -> (Fingerprint, Arc<Bibliography>) {
    let path = VPath::new(BIBLIOGRAPHY).expect("the path is relative");
    let empty = SourceFile::new(path.clone(), "");
    let file = sources.files.get(&path).map_or(&empty, |file| file);
    match &cache.bibliography {
        Some((fingerprint, known)) if *fingerprint == file.fingerprint => (*fingerprint, Arc::clone(known)),
        Some(_) | None => (file.fingerprint, Arc::new(bibliography::parse(file))),
    }
}

fn load_theme(sources: &Sources, config: &Config, cache: &Cache) -> (Option<Arc<Theme>>, Vec<Diagnostic>) {
    match &cache.theme {
        Some(theme) if theme.fingerprint == render::theme_fingerprint(config, sources) => {
            (Some(Arc::clone(theme)), Vec::new())
        }
        Some(_) | None => {
            let (theme, problems) = Theme::load(config, sources);
            (theme.map(Arc::new), problems)
        }
    }
}
