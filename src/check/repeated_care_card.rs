//! `repeated-care-card`: a second care card of one level on a page.

use crate::diagnostic::{Code, Diagnostic};
use crate::parse::document::Document;
use crate::parse::outline::Shape;
use crate::resolve::site::Site;
use crate::source::Sources;

pub(super) fn check(site: &Site, _: &Sources) -> Vec<Diagnostic> {
    site.pages.iter().flat_map(|page| repeated(site, &page.document)).collect()
}

fn repeated(site: &Site, document: &Document) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    let mut seen = Vec::new();
    for block in &document.outline {
        let (level, marker) = match &block.shape {
            Shape::Care { level, marker, .. } => (*level, *marker),
            Shape::Card { name, marker } => match site.card_level(name) {
                Some(level) => (level, *marker),
                None => continue,
            },
            _ => continue,
        };
        match seen.iter().find(|(known, _)| *known == level) {
            None => seen.push((level, marker)),
            Some((_, first)) => problems.push(
                Diagnostic::new(
                    Code::RepeatedCareCard,
                    document.path(),
                    marker,
                    format!("this page has a card of the level {} already", level.name()),
                )
                .note(document.path(), *first, "the first one")
                .help("put the signs of both into one card"),
            ),
        }
    }
    problems
}
