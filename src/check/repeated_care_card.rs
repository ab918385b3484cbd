//! `repeated-care-card`: a second care card of one level on a page.

use crate::config::Config;
use crate::diagnostic::{Code, Diagnostic};
use crate::parse::document::Document;
use crate::parse::outline::Shape;

pub(super) fn check(document: &Document, _: &Config) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    let mut seen = Vec::new();
    for block in &document.outline {
        let Shape::Care { level, marker, .. } = block.shape else { continue };
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
