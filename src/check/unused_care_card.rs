//! `unused-care-card`: a care card of `content/safety/` that no page shows.

use std::collections::HashSet;

use crate::diagnostic::{Code, Diagnostic};
use crate::resolve::site::Site;
use crate::source::Sources;
use crate::yaml::Step;

pub(super) fn check(site: &Site, _: &Sources) -> Vec<Diagnostic> {
    if site.cards.is_empty() {
        return Vec::new();
    }
    let documents = site.pages.iter().map(|page| &page.document).chain(&site.unpublished);
    let used: HashSet<&str> = documents.flat_map(|document| &document.cards).map(|(name, _)| name.as_str()).collect();
    let unused = site.cards.iter().filter(|(name, _)| !used.contains(name.as_str()));
    unused
        .map(|(name, card)| {
            let at = card.document.value_range(&[Step::key("title")]);
            Diagnostic::new(Code::UnusedCareCard, card.document.path(), at, "no page shows this care card")
                .help(format!("show it with `> [!CARE] {name}`, or delete the file"))
        })
        .collect()
}
