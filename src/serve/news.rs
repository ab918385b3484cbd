//! What the compiling thread tells the person at the terminal.

use std::sync::Arc;
use std::time::Duration;

use crate::diagnostic::Diagnostic;
use crate::source::Sources;
use crate::text::VPath;

/// What the compiling thread tells the person at the terminal.
#[derive(Debug)]
pub enum News {
    /// The site was compiled, with or without success.
    Rebuilt(Rebuilt),
    /// This is wrong with pages that nobody looked at yet, beside what was told.
    Found(Vec<Diagnostic>, Arc<Sources>),
    /// Something about the machine that they should know.
    Notice(String),
    /// The site cannot be read at all; the last good one is served.
    Failed(String),
}

/// A compilation.
#[derive(Debug)]
pub struct Rebuilt {
    /// From the first word of a change until the new site was served.
    pub took: Duration,
    /// Source files that are new, gone or different; nothing the first time.
    pub moved: Vec<VPath>,
    /// Published files that are new, gone or different; nothing the first time, or where there was no output, or where not all are made yet.
    pub changed: Option<usize>,
    /// Published files.
    pub files: usize,
    /// Everything that is wrong with the site.
    pub diagnostics: Vec<Diagnostic>,
    /// What it was compiled from.
    pub sources: Arc<Sources>,
    /// Whether the new site is served.
    pub is_good: bool,
}
