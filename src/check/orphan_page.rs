//! `orphan-page`: a page that nothing links to.

use crate::config::Kind;
use crate::diagnostic::{Code, Diagnostic};
use crate::resolve::site::{PageId, Site, Target};
use crate::source::Sources;
use crate::yaml::Step;

pub(super) fn check(site: &Site, _: &Sources) -> Vec<Diagnostic> {
    let noted = site.handout_note.iter().chain(site.cards.values()).flat_map(|note| note.targets.iter());
    let noted: Vec<PageId> = noted
        .filter_map(|target| match target {
            Target::Page(page, _) => Some(*page),
            Target::Facet(_) | Target::Here(_) | Target::Asset(_) | Target::Broken => None,
        })
        .collect();
    // Articles, exercises, terms and sequences are listed by themselves.
    let lonely = site.ids().filter(|(id, page)| {
        page.kind() == Kind::Page
            && page.links.linked_from.is_empty()
            && page.links.relations.is_empty()
            && site.home != Some(*id)
            && site.help != Some(*id)
            && !site.navigation.contains(id)
            && !noted.contains(id)
    });
    lonely
        .map(|(_, page)| {
            let at = page.document.value_range(&[Step::key(page.document.meta.title_key())]);
            Diagnostic::new(
                Code::OrphanPage,
                page.document.path(),
                at,
                format!("nothing links to the page `{}`", page.id()),
            )
            .help(format!("link to it where a reader would look for it: `[[{}]]`", page.id()))
            .help("or list it under `navigation:` in site.yaml")
        })
        .collect()
}
