//! `text-after-care-card`: text that follows a care card without a heading.

use super::first_line;
use crate::config::Config;
use crate::diagnostic::{Code, Diagnostic};
use crate::parse::document::Document;
use crate::parse::outline::{Block, Shape};

pub(super) fn check(document: &Document, _: &Config) -> Vec<Diagnostic> {
    let mut after_card = false;
    let mut problems = Vec::new();
    for block in document.outline.iter().filter(|block| block.depth == 0) {
        if after_card && is_text(block) {
            let at = first_line(document, block.range);
            problems.push(
                Diagnostic::new(
                    Code::TextAfterCareCard,
                    document.path(),
                    at,
                    "this text right after a care card is passed over",
                )
                .help("put a heading above it, or move it above the card"),
            );
        }
        after_card = matches!(block.shape, Shape::Care { .. } | Shape::Card { .. });
    }
    problems
}

/// What has neither a heading nor a box of its own. A picture is seen as it is.
fn is_text(block: &Block) -> bool {
    match block.shape {
        Shape::Paragraph => block.words > 0,
        Shape::List { .. } | Shape::Table { .. } | Shape::Other => true,
        Shape::Heading(_) | Shape::Care { .. } | Shape::Card { .. } | Shape::Dont { .. } | Shape::Box => false,
    }
}
