//! `long-care-card`: a care card with more signs than one takes in at a glance.

use crate::diagnostic::{Code, Diagnostic};
use crate::parse::outline::Shape;
use crate::resolve::site::Site;
use crate::source::Sources;

/// More signs are passed over.
const SIGNS_AT_MOST: usize = 5;

pub(super) fn check(site: &Site, _: &Sources) -> Vec<Diagnostic> {
    let documents = site.pages.iter().map(|page| &page.document);
    let cards = documents.flat_map(|document| document.outline.iter().map(move |block| (document, block)));
    cards
        .filter_map(|(document, block)| {
            let Shape::Care { marker, signs, .. } = block.shape else { return None };
            let message = format!("this care card has {signs} signs, and at most {SIGNS_AT_MOST} are read");
            let problem = Diagnostic::new(Code::LongCareCard, document.path(), marker, message);
            let help =
                "keep the likeliest and the gravest, join what belongs together, and explain the rest below the card";
            (signs > SIGNS_AT_MOST).then(|| problem.help(help))
        })
        .collect()
}
