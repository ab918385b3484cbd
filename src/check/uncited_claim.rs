//! `uncited-claim`: a number or a cause without a source, where a section asks for one.

use crate::config::Claims;
use crate::diagnostic::{Code, Diagnostic};
use crate::resolve::site::Site;
use crate::source::Sources;

pub(super) fn check(site: &Site, _: &Sources) -> Vec<Diagnostic> {
    let strict = site.config.sections.iter().filter(|section| section.claims == Claims::Cited);
    let strict = strict.filter_map(|section| site.sections.iter().find(|pages| pages.id == section.id));
    let documents = strict.flat_map(|section| &section.articles).map(|id| &site.page(*id).document);
    let uncited = documents.flat_map(|document| document.claims.uncited.iter().map(move |found| (document, found)));
    uncited
        .map(|(document, found)| {
            let message = match found.is_number {
                true => format!("no source stands beside the number `{}`", found.words),
                false => format!("no source stands beside `{}`, which names a cause", found.words),
            };
            Diagnostic::new(Code::UncitedClaim, document.path(), found.range, message)
                .help("cite where it comes from, `[@key]`, in this sentence or the next; or say it without")
        })
        .collect()
}
