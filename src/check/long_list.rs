//! `long-list`: a list with more items than one takes in.

use super::first_line;
use crate::config::Config;
use crate::diagnostic::{Code, Diagnostic};
use crate::parse::document::Document;
use crate::parse::outline::Shape;

pub(super) fn check(document: &Document, config: &Config) -> Vec<Diagnostic> {
    let most = config.limits.list_items;
    document
        .outline
        .iter()
        .filter_map(|block| {
            let Shape::List { items } = block.shape else { return None };
            let message = format!("this list has {items} items on one level");
            let problem = Diagnostic::new(Code::LongList, document.path(), first_line(document, block.range), message);
            let help = format!("group them under headings or in lists of their own, at most {most} each");
            (items > most).then(|| problem.help(help))
        })
        .collect()
}
