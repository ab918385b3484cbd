//! `long-list`: a list with more items than one takes in.

use super::first_line;
use crate::diagnostic::{Code, Diagnostic};
use crate::parse::outline::Shape;
use crate::resolve::site::Site;
use crate::source::Sources;

pub(super) fn check(site: &Site, _: &Sources) -> Vec<Diagnostic> {
    let most = site.config.limits.list_items;
    let documents = site.pages.iter().map(|page| &*page.document);
    let blocks = documents.flat_map(|document| document.outline.iter().map(move |block| (document, block)));
    blocks
        .filter_map(|(document, block)| {
            let Shape::List { items } = block.shape else { return None };
            let message = format!("this list has {items} items on one level");
            let problem = Diagnostic::new(Code::LongList, document.path(), first_line(document, block.range), message);
            let help = format!("group them under headings or in lists of their own, at most {most} each");
            (items > most).then(|| problem.help(help))
        })
        .collect()
}
