//! `long-care-card`: a care card with more signs than one takes in at a glance.

use crate::diagnostic::{Code, Diagnostic};
use crate::parse::document::Document;
use crate::parse::outline::Shape;
use crate::resolve::site::Site;
use crate::source::Sources;
use crate::text::TextRange;
use crate::yaml::Step;

/// More signs are passed over.
const SIGNS_AT_MOST: usize = 5;

pub(super) fn check(site: &Site, _: &Sources) -> Vec<Diagnostic> {
    let documents = site.pages.iter().map(|page| &*page.document);
    let cards = documents.flat_map(|document| document.outline.iter().map(move |block| (document, block)));
    let on_pages = cards.filter_map(|(document, block)| {
        let Shape::Care { marker, signs, .. } = block.shape else { return None };
        Some((document, marker, signs))
    });
    let apart = site.cards.values().map(|card| {
        let lists = card.document.outline.iter().filter(|block| block.depth == 0);
        let signs = lists.map(|block| if let Shape::List { items } = block.shape { items } else { 0 }).sum();
        (&*card.document, TextRange::default(), signs)
    });
    on_pages.chain(apart).filter_map(|(document, marker, signs)| too_long(document, marker, signs)).collect()
}

fn too_long(document: &Document, marker: TextRange, signs: usize) -> Option<Diagnostic> {
    if signs <= SIGNS_AT_MOST {
        return None;
    }
    let at = if marker == TextRange::default() { document.value_range(&[Step::key("title")]) } else { marker };
    let message = format!("this care card has {signs} signs, and at most {SIGNS_AT_MOST} are read");
    let help = "keep the likeliest and the gravest, join what belongs together, and explain the rest below the card";
    Some(Diagnostic::new(Code::LongCareCard, document.path(), at, message).help(help))
}
