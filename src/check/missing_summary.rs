//! `missing-summary`: a page that lists and search results can say nothing about.

use crate::config::Kind;
use crate::diagnostic::{Code, Diagnostic};
use crate::resolve::site::Site;
use crate::source::Sources;
use crate::yaml::Step;

pub(super) fn check(site: &Site, _: &Sources) -> Vec<Diagnostic> {
    // Where the front matter is at fault, the summary may be what could not be read.
    let silent = site.pages.iter().filter(|page| {
        page.summary.trim().is_empty() && page.kind() != Kind::Section && page.document.problems.is_empty()
    });
    silent
        .map(|page| {
            let document = &page.document;
            let at = document.value_range(&[Step::key(document.meta.title_key())]);
            let message = format!("this {} has no `summary`", page.kind().name());
            Diagnostic::new(Code::MissingSummary, document.path(), at, message)
                .help("add `summary:` with the answer in at most 25 words")
        })
        .collect()
}
