//! `heading-jump`: a heading that skips a level.

use crate::config::Config;
use crate::diagnostic::{Code, Diagnostic};
use crate::parse::document::Document;

pub(super) fn check(document: &Document, _: &Config) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    // The title is the heading of the first level.
    let mut level = 1;
    for heading in &document.headings {
        let report = |message: String| Diagnostic::new(Code::HeadingJump, document.path(), heading.range, message);
        if heading.level == 1 {
            problems
                .push(report("the title of the page is its only heading with one `#`".to_owned()).help("write `##`"));
        } else if heading.level > level + 1 {
            let marks = "#".repeat(usize::from(level) + 1);
            let message = format!("this heading jumps from level {level} to level {}", heading.level);
            problems.push(report(message).help(format!("write `{marks}`")));
        }
        level = heading.level.max(1);
    }
    problems
}
