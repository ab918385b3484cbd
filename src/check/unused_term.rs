//! `unused-term`: a term that nobody reads about.

use crate::diagnostic::{Code, Diagnostic};
use crate::parse::front_matter::Meta;
use crate::resolve::site::Site;
use crate::source::Sources;
use crate::yaml::Step;

pub(super) fn check(site: &Site, _: &Sources) -> Vec<Diagnostic> {
    let unused = site.terms.iter().map(|id| site.page(*id)).filter(|page| {
        let is_term = matches!(page.document.meta, Meta::Term(_));
        is_term && page.links.used_in.is_empty() && page.links.linked_from.is_empty() && page.links.relations.is_empty()
    });
    unused
        .map(|page| {
            let at = page.document.value_range(&[Step::key("name")]);
            Diagnostic::new(
                Code::UnusedTerm,
                page.document.path(),
                at,
                format!("no page uses the term `{}`", page.title),
            )
            .help("link it with `[[…]]` where it is meant, give it the names that the text uses, or delete it")
        })
        .collect()
}
