//! The other end of every link: where a page is linked from, where a term is used, who cites a source.

use std::collections::BTreeMap;
use std::sync::Arc;

use unicode_normalization::UnicodeNormalization;

use super::bound::Bound;
use super::glossary::{Action, TermLinks};
use super::site::{Page, PageId, PageLinks, Target, Use, UsePlace, page_id};
use crate::config::Kind;
use crate::parse::body::{Item, Segment};
use crate::parse::document::Document;

/// What each page is linked from and where each term is used.
pub(super) fn link_back(pages: &[Arc<Bound>], links: &mut [PageLinks]) {
    for (index, page) in pages.iter().enumerate() {
        let from = page_id(index);
        for (to, used) in &page.uses {
            links[to.index()].used_in.push(*used);
        }
        for to in &page.linked {
            links[to.index()].linked_from.push(from);
        }
    }
}

/// The first use of each other page: links to terms that were found in the text, and links that the author wrote.
pub(super) fn uses(
    document: &Document,
    targets: &[Target],
    term_links: &TermLinks,
    from: PageId,
    term_pages: &[PageId],
) -> Vec<(PageId, Use)> {
    let mut found = Vec::new();
    let bodies = document.fields.iter().map(|(key, body)| (Some(*key), body)).chain([(None, &document.body)]);
    for (field, body) in bodies {
        for (segment, number) in body.segments.iter().zip(0_u32..) {
            let Segment::Prose(prose) = segment else { continue };
            let place = |start: u32, end: u32| Some(UsePlace { field, segment: number, start, end });
            // From behind, so that the end of each link is known when its beginning comes.
            let mut end = 0;
            let mut links = Vec::new();
            for mark in prose.marks.iter().rev() {
                match &mark.item {
                    Item::CloseLink => end = mark.at,
                    Item::OpenReference(reference, _) => links.push((*reference, mark.at, end)),
                    _ => {}
                }
            }
            for (reference, start, end) in links.into_iter().rev() {
                if let Some(Target::Page(to, _)) = targets.get(reference.0 as usize) {
                    found.push((*to, Use { page: from, place: place(start, end) }));
                }
            }
            for link in term_links.of(field, number) {
                if let Action::Link(term) = link.action
                    && let Some(to) = term_pages.get(term as usize)
                {
                    found.push((*to, Use { page: from, place: place(link.start, link.end) }));
                }
            }
        }
    }
    // By page used, keeping reading order, so that the first use of each stays.
    found.retain(|(to, _)| *to != from);
    found.sort_by_key(|(to, _)| *to);
    found.dedup_by_key(|(to, _)| *to);
    found
}

/// The pages of the terms in the order in which the glossary counts them: that of their files.
pub(super) fn glossary_order(pages: &[&Document]) -> Vec<PageId> {
    (0..pages.len()).filter(|index| pages[*index].kind() == Kind::Term).map(page_id).collect()
}

/// The terms by name, as a reader looks them up.
pub(super) fn terms(pages: &[Page]) -> Vec<PageId> {
    let mut terms: Vec<PageId> =
        (0..pages.len()).filter(|index| pages[*index].kind() == Kind::Term).map(page_id).collect();
    terms.sort_by_key(|id| {
        let page = &pages[id.index()];
        // Neither accents nor quotation marks decide.
        let letters = page.title.nfd().filter(|character| character.is_alphanumeric() || *character == ' ');
        (letters.collect::<String>().to_lowercase(), page.id().to_owned())
    });
    terms
}

pub(super) fn cited_by(pages: &[Page]) -> BTreeMap<String, Vec<PageId>> {
    let mut cited: BTreeMap<String, Vec<PageId>> = BTreeMap::new();
    for (index, page) in pages.iter().enumerate() {
        for key in page.sources.iter() {
            cited.entry(key.clone()).or_default().push(page_id(index));
        }
    }
    cited
}
