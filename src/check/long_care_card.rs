//! `long-care-card`: a care card with more signs than one takes in at a glance.

use crate::config::Config;
use crate::diagnostic::{Code, Diagnostic};
use crate::parse::document::Document;
use crate::parse::outline::Shape;

/// More signs are passed over.
const SIGNS_AT_MOST: usize = 5;

pub(super) fn check(document: &Document, _: &Config) -> Vec<Diagnostic> {
    document
        .outline
        .iter()
        .filter_map(|block| {
            let Shape::Care { marker, signs, .. } = block.shape else { return None };
            let message = format!("this care card has {signs} signs, and at most {SIGNS_AT_MOST} are read");
            let problem = Diagnostic::new(Code::LongCareCard, document.path(), marker, message);
            let help =
                "keep the likeliest and the gravest, join what belongs together, and explain the rest below the card";
            (signs > SIGNS_AT_MOST).then(|| problem.help(help))
        })
        .collect()
}
