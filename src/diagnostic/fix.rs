//! What mends a problem, where no person need decide anything.

use super::{Diagnostic, Location};
use crate::source::{SourceFile, Sources};
use crate::text::{TextRange, misspelt};

/// A change of the file that the problem stands in.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct Fix {
    /// What is taken out.
    pub range: TextRange,
    /// What is put there.
    pub replacement: String,
}

impl Fix {
    /// A change of the bytes at `range`.
    pub fn new(range: TextRange, replacement: impl Into<String>) -> Self {
        Self { range, replacement: replacement.into() }
    }

    /// `right` for `wrong`, which stands within `range` of `text`; nothing if it stands there twice, or is not written as it reads.
    pub fn of_word(text: &str, range: TextRange, wrong: &str, right: &str) -> Option<Self> {
        let within = text.get(range.within(text).bytes())?;
        let mut found = within.match_indices(wrong).filter(|_| !wrong.is_empty());
        let (at, _) = found.next()?;
        found
            .next()
            .is_none()
            .then(|| Self::new(TextRange::new(at, at + wrong.len()).shifted(range.start as usize), right))
    }

    /// As [`of_word`](Self::of_word), with the one name of `near` that `wrong` is a slip of the finger for.
    pub fn of_misspelt(text: &str, range: TextRange, wrong: &str, near: &[&str]) -> Option<Self> {
        misspelt(wrong, near).and_then(|right| Self::of_word(text, range, wrong, right))
    }
}

/// What mends these problems, each with its place, in order; of several that overlap the first. Only what authors write is mended.
pub fn fixes(diagnostics: &[Diagnostic]) -> Vec<(Location, String)> {
    let fixes = diagnostics.iter().filter_map(|diagnostic| {
        let fix = diagnostic.fix.as_ref()?;
        let location = Location { path: diagnostic.location.path.clone(), range: fix.range };
        location.path.strip_folder("content").is_some().then(|| (location, fix.replacement.clone()))
    });
    let mut fixes: Vec<(Location, String)> = fixes.collect();
    fixes.sort();
    fixes.dedup_by(|(next, _), (first, _)| {
        next.path == first.path && next.range.start < first.range.end.max(first.range.start + 1)
    });
    fixes
}

/// `sources` after `fixes`, which are in order and do not overlap.
pub fn mended(sources: &Sources, fixes: &[(Location, String)]) -> Sources {
    let mut sources = sources.clone();
    // From the last to the first, so that no fix moves the place of another.
    for (location, replacement) in fixes.iter().rev() {
        let Some(text) = sources.text(&location.path) else { continue };
        let mut text = text.to_owned();
        text.replace_range(location.range.within(&text).bytes(), replacement);
        sources.insert(SourceFile::new(location.path.clone(), &text));
    }
    sources
}
