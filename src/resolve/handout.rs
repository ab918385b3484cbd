//! What site.yaml says on every handout → a page that is nowhere published, with its links followed.

use std::sync::Arc;

use super::links::Resolver;
use super::site::{Page, PageLinks};
use super::url::UrlPath;
use crate::config::{self, Config};
use crate::diagnostic::Diagnostic;
use crate::parse::{field_range, parse_value};
use crate::text::{TextRange, VPath};
use crate::yaml::{self, Step};

/// The note of `handout:`, and what is wrong with it, at its place in site.yaml.
pub(super) fn note(config: &Config, resolver: &Resolver<'_>) -> (Option<Page>, Vec<Diagnostic>) {
    let Some(text) = &config.handout.note else { return (None, Vec::new()) };
    let site = VPath::new(config::PATH).expect("the path is relative");
    let mut document = parse_value(&site, text, config.markdown.raw_html);
    let (targets, mut problems) = resolver.resolve(&document);
    problems.append(&mut document.problems);
    if let Some(file) = resolver.sources.files.get(&site) {
        let path = [Step::key("handout"), Step::key("note")];
        let value = yaml::locate(file, TextRange::new(0, file.text.len()), &path);
        for problem in &mut problems {
            problem.location.range = field_range(file, value, text, problem.location.range);
            // It counts in the note alone.
            problem.fix = None;
        }
    }
    let page = Page {
        document: Arc::new(document),
        url: UrlPath::new("handout/"),
        title: String::new(),
        summary: String::new(),
        targets: targets.into(),
        term_links: Arc::default(),
        sources: Arc::default(),
        links: PageLinks::default(),
    };
    (Some(page), problems)
}
