//! `unused-source`: a source of the bibliography that nobody cites.

use std::collections::HashSet;

use crate::diagnostic::{Code, Diagnostic};
use crate::resolve::site::Site;
use crate::source::Sources;

pub(super) fn check(site: &Site, _: &Sources) -> Vec<Diagnostic> {
    let drafts = site.unpublished.iter().flat_map(|document| &document.citations);
    let drafts: HashSet<&str> = drafts.flat_map(|citation| &citation.items).map(|item| item.key.as_str()).collect();
    let entries = site.bibliography.entries.values();
    let unused =
        entries.filter(|entry| !site.cited_by.contains_key(&entry.key) && !drafts.contains(entry.key.as_str()));
    unused
        .map(|entry| {
            let message = format!("no page cites `{}`", entry.key);
            Diagnostic::new(Code::UnusedSource, &site.bibliography.path, entry.range, message).help(format!(
                "cite it where its claim stands, `[@{}]`, or take it out of your library's export",
                entry.key
            ))
        })
        .collect()
}
