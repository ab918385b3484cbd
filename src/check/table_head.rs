//! `table-head`: a table whose columns have no names.

use super::first_line;
use crate::config::Config;
use crate::diagnostic::{Code, Diagnostic};
use crate::parse::document::Document;
use crate::parse::outline::{Block, Shape};

pub(super) fn check(document: &Document, _: &Config) -> Vec<Diagnostic> {
    document.outline.iter().flat_map(|block| nameless(document, block)).collect()
}

fn nameless(document: &Document, block: &Block) -> Vec<Diagnostic> {
    let Shape::Table { columns, empty } = &block.shape else { return Vec::new() };
    let report = |at, message| Diagnostic::new(Code::TableHead, document.path(), at, message);
    if empty.len() == *columns {
        let problem = report(first_line(document, block.range), "this table has no head");
        return vec![problem.help("put the names of the columns into its first row")];
    }
    let problems = empty.iter().map(|at| report(*at, "this column has no name"));
    problems.map(|problem| problem.help("say in a word or two what stands in it")).collect()
}
