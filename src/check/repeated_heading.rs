//! `repeated-heading`: two headings of one level with the same words on one page.

use std::collections::HashMap;

use crate::config::Config;
use crate::diagnostic::{Code, Diagnostic};
use crate::parse::document::{Document, Heading};
use crate::parse::outline::Shape;

pub(super) fn check(document: &Document, _: &Config) -> Vec<Diagnostic> {
    let mut seen: HashMap<(u8, String), &Heading> = HashMap::new();
    let mut problems = Vec::new();
    let headings = document.outline.iter().filter_map(|block| {
        let Shape::Heading(index) = block.shape else { return None };
        document.headings.get(index)
    });
    for heading in headings.filter(|heading| !heading.text.is_empty()) {
        let first = *seen.entry((heading.level, heading.text.to_lowercase())).or_insert(heading);
        if first.range != heading.range && !has_own_id(document, heading) {
            problems.push(
                Diagnostic::new(
                    Code::RepeatedHeading,
                    document.path(),
                    heading.range,
                    format!("this page has a heading `{}` already", heading.text),
                )
                .note(document.path(), first.range, "the first one")
                .help("say in each what it is about")
                .help(format!(
                    "links to this one are `#{}`: if both must stay, write `{{#an-id}}` after it",
                    heading.id
                )),
            );
        }
    }
    problems
}

/// Whether the author gave a heading its id, so that links to it stay right.
fn has_own_id(document: &Document, heading: &Heading) -> bool {
    document.source.text[heading.range.within(&document.source.text).bytes()].contains(&format!("#{}", heading.id))
}
