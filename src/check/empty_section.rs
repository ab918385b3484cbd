//! `empty-section`: a heading with nothing under it.

use crate::config::Config;
use crate::diagnostic::{Code, Diagnostic};
use crate::parse::document::{Document, Heading};
use crate::parse::outline::{Block, Shape};

pub(super) fn check(document: &Document, _: &Config) -> Vec<Diagnostic> {
    let blocks: Vec<&Block> = document.outline.iter().filter(|block| block.depth == 0).collect();
    let heading = |block: Option<&&Block>| block.and_then(|block| heading(document, block));
    let pairs = (0..blocks.len()).filter_map(|at| Some((heading(blocks.get(at))?, blocks.get(at + 1))));
    // A heading of a deeper level is something under it.
    let empty = pairs.filter(|(own, next)| match next {
        None => true,
        Some(_) => heading(*next).is_some_and(|next| next.level <= own.level),
    });
    empty
        .map(|(own, _)| {
            Diagnostic::new(
                Code::EmptySection,
                document.path(),
                own.range,
                format!("nothing stands under `{}`", own.text),
            )
            .help("write what it promises, or take the heading out")
        })
        .collect()
}

fn heading<'d>(document: &'d Document, block: &Block) -> Option<&'d Heading> {
    let Shape::Heading(index) = block.shape else { return None };
    document.headings.get(index)
}
