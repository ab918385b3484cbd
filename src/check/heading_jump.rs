//! `heading-jump`: a heading that skips a level.

use crate::config::Config;
use crate::diagnostic::{Code, Diagnostic, Fix};
use crate::parse::document::Document;
use crate::text::TextRange;

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
            let written = "#".repeat(heading.level.into());
            let is_marked = document.source.text[heading.range.bytes()].starts_with(&written);
            let start = heading.range.start as usize;
            let fix = is_marked.then(|| Fix::new(TextRange::new(start, start + written.len()), marks.as_str()));
            problems.push(report(message).help(format!("write `{marks}`")).fixed_by(fix));
        }
        level = heading.level.max(1);
    }
    problems
}
