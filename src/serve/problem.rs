//! Diagnostics → what the client shows: the same words as in the terminal.

use std::collections::HashMap;

use serde::Serialize;

use crate::diagnostic::{self, Colour, Diagnostic, Level};
use crate::resolve::site::Site;
use crate::source::Sources;
use crate::text::{LineIndex, VPath};

/// Problems that a browser is told of, the gravest first; nobody reads more.
const MOST: usize = 200;

/// A problem as the client is told of it. Lines and columns count from 1.
#[derive(Clone, PartialEq, Eq, Serialize, Debug)]
pub(super) struct Problem {
    level: &'static str,
    code: String,
    message: String,
    file: String,
    line: u32,
    column: u32,
    end_line: u32,
    page: Option<String>,
    text: String,
}

impl Problem {
    /// The whole report, as the terminal has it.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// A failure of the machine, or of Hornbook, which stands in no file.
    pub(super) fn failure(message: &str) -> Self {
        Self {
            level: "error",
            code: "failure".to_owned(),
            message: message.to_owned(),
            file: String::new(),
            line: 1,
            column: 1,
            end_line: 1,
            page: None,
            text: format!("error: {message}"),
        }
    }
}

/// The problems of a site, the gravest first.
pub(super) fn all(diagnostics: &[Diagnostic], sources: &Sources, site: &Site) -> Vec<Problem> {
    let mut gravest: Vec<&Diagnostic> = diagnostics.iter().collect();
    gravest.sort_by_key(|diagnostic| std::cmp::Reverse(diagnostic.level));
    gravest.truncate(MOST);
    let pages: HashMap<&VPath, &str> = match gravest.is_empty() {
        true => HashMap::new(),
        false => site.pages.iter().map(|page| (page.document.path(), page.url.as_str())).collect(),
    };
    let base = site.config.base_path();
    gravest
        .into_iter()
        .map(|diagnostic| {
            let path = &diagnostic.location.path;
            let text = sources.text(path).unwrap_or_default();
            let range = diagnostic.location.range.within(text);
            let index = LineIndex::new(text);
            let (start, end) = (index.position(range.start), index.position(range.end));
            Problem {
                level: level(diagnostic.level),
                code: diagnostic.code.name().to_owned(),
                message: diagnostic.message.clone(),
                file: path.as_str().to_owned(),
                line: start.line,
                column: start.column,
                end_line: end.line,
                page: pages.get(path).map(|url| format!("{base}{url}")),
                text: diagnostic::render(diagnostic, sources, Colour::Never, diagnostic::WIDTH),
            }
        })
        .collect()
}

fn level(level: Level) -> &'static str {
    match level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Allow | Level::Note => "note",
    }
}
