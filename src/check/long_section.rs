//! `long-section`: a long stretch of text without a heading.

use super::first_line;
use crate::config::Config;
use crate::diagnostic::{Code, Diagnostic};
use crate::parse::document::Document;
use crate::parse::outline::Shape;
use crate::text::TextRange;

pub(super) fn check(document: &Document, config: &Config) -> Vec<Diagnostic> {
    let most = config.limits.section_words;
    // Where each stretch begins, and its words.
    let mut stretches: Vec<(TextRange, usize)> = Vec::new();
    for block in document.outline.iter().filter(|block| block.depth == 0) {
        match (stretches.last_mut(), &block.shape) {
            (None, _) | (Some(_), Shape::Heading(_)) => stretches.push((block.range, 0)),
            (Some(_), _) => {}
        }
        if let (Some((_, words)), false) = (stretches.last_mut(), matches!(block.shape, Shape::Heading(_))) {
            *words += block.words;
        }
    }
    let long = stretches.into_iter().filter(|(_, words)| *words > most);
    long.map(|(at, words)| {
        let message = format!("{words} words without a heading begin here");
        Diagnostic::new(Code::LongSection, document.path(), first_line(document, at), message)
            .help(format!("part them with headings that say what follows, after {most} words at most"))
    })
    .collect()
}
