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
pub mod render;
pub mod disk;
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
use crate::render::{Output, Rendered, Theme};
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
    words: search::Memory,
    theme: Option<Arc<Theme>>,
    rendered: Rendered,
}

/// A resolved and checked site.
#[derive(Debug)]
pub struct Analysis {
    /// The site, as far as it could be resolved.
    pub site: Arc<Site>,
    /// Its words, where a check searched them.
    pub index: Option<Index>,
    /// What is wrong with it, sorted by place.
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
    let (config, mut diagnostics) = Config::load(sources);
    let config = Arc::new(config);
    let words = Words::new(&config);
    let reading = Reading { raw_html: config.markdown.raw_html, positions: sources.settings.positions, words };
    let documents = parse_all(sources, &reading, cache);
    let bibliography = read_bibliography(sources, cache);
    diagnostics.extend(documents.iter().flat_map(|document| document.problems.iter().cloned()));
    diagnostics.extend(bibliography.1.problems.iter().cloned());
    // What was found in texts stands in the segments of bodies, which are others where HTML is let through.
    let unknown = resolve::Memory::default();
    let memory = if cache.reading == reading { &cache.memory } else { &unknown };
    let resolution = resolve::resolve(&config, &documents, &bibliography.1, sources, memory);
    diagnostics.extend(resolution.problems);
    let (index, words) = match resolution.site.searches.expected.is_empty() {
        true => (None, cache.words.clone()),
        false => {
            let (index, words) = read_words(&resolution.site, &reading, cache);
            (Some(index), words)
        }
    };
    diagnostics.extend(check::check(&resolution.site, index.as_ref(), sources));
    diagnostics.extend(render::too_much_alike(&config, sources));
    diagnostics.extend(levels::unused(&diagnostics, &resolution.site));
    levels::settle(&mut diagnostics, &resolution.site);
    let cache = Cache {
        reading,
        documents: documents.into_iter().map(|document| (document.source.fingerprint, document)).collect(),
        bibliography: Some(bibliography),
        memory: resolution.memory,
        words,
        theme: cache.theme.clone(),
        rendered: Rendered::new(),
    };
    Analysis { site: Arc::new(resolution.site), index, diagnostics, cache }
}

/// Parses, resolves, checks and renders.
pub fn compile(sources: &Sources, cache: &Cache) -> Compilation {
    let Analysis { site, index, mut diagnostics, cache: mut next } = check(sources, cache);
    let (theme, problems) = load_theme(sources, &site.config, cache);
    diagnostics.extend(problems);
    let mut output = None;
    if let Some(theme) = &theme
        && !has_errors(&diagnostics)
    {
        let index = match index {
            Some(index) => index,
            None => {
                let (index, words) = read_words(&site, &next.reading, cache);
                next.words = words;
                index
            }
        };
        let (made, rendered, problems) = render::render(&site, &index, theme, sources, &cache.rendered);
        diagnostics.extend(problems);
        next.rendered = rendered;
        levels::settle(&mut diagnostics, &site);
        output = Some(made).filter(|_| !has_errors(&diagnostics));
    } else {
        // Nothing was rendered, so what was rendered before is still the newest.
        next.rendered.clone_from(&cache.rendered);
    }
    next.theme = theme;
    diagnostic::sort(&mut diagnostics);
    Compilation { site, output, diagnostics, cache: next }
}

/// Whether any of them keeps the site from being published.
pub fn has_errors(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(|diagnostic| diagnostic.level == Level::Error)
}

fn parse_all(sources: &Sources, reading: &Reading, cache: &Cache) -> Vec<Arc<Document>> {
    let is_content = |path: &VPath| {
        path.extension() == "md" && path.strip_folder("content").is_some_and(|inside| !inside.starts_with("static/"))
    };
    let files: Vec<&Arc<SourceFile>> = sources.files.values().filter(|file| is_content(&file.path)).collect();
    let known = |file: &SourceFile| cache.documents.get(&file.fingerprint).filter(|_| cache.reading == *reading);
    files.par_iter().map(|file| known(file).map_or_else(|| Arc::new(parse::parse(file, reading)), Arc::clone)).collect()
}

/// The words of a site; those of documents that `cache` knows are not read again.
fn read_words(site: &Site, reading: &Reading, cache: &Cache) -> (Index, search::Memory) {
    let unknown = search::Memory::default();
    Index::new(site, if cache.reading == *reading { &cache.words } else { &unknown })
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
