//! `content/search.yaml` → what searches are expected to find.

use std::sync::Arc;

use serde::Deserialize;

use super::CareLevel;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{SourceFile, Sources};
use crate::text::{TextRange, VPath};
use crate::yaml::{self, Step};

/// Where expectations lie.
const PATH: &str = "content/search.yaml";

/// A query, and what comes first. `content/search.yaml` is a list of such; `hornbook check` searches for each.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expectation {
    /// What a reader types. Required.
    pub query: String,
    /// The id of the page that is found first: `low-back-pain`, or `term:low-back-pain` where a page of another kind has that id too.
    pub first: Option<String>,
    /// The care card of the help page that comes before everything else: `emergency` or `urgent`.
    pub care: Option<CareLevel>,
}

/// What a site expects of its searches.
#[derive(Debug)]
pub struct Expectations {
    /// The file.
    pub file: Arc<SourceFile>,
    /// In its order.
    pub list: Vec<Expectation>,
}

impl Expectations {
    /// Reads what a site expects; nothing if it does not say.
    pub fn load(sources: &Sources) -> (Option<Self>, Vec<Diagnostic>) {
        let path = VPath::new(PATH).expect("the path is relative");
        let Some(file) = sources.files.get(&path) else { return (None, Vec::new()) };
        let (list, problems) = yaml::read::<Vec<Expectation>>(file, TextRange::new(0, file.text.len()));
        if !problems.is_empty() {
            // What could not be read was taken out, so that the rest stands in other places.
            return (None, problems);
        }
        (Some(Self { file: Arc::clone(file), list }), problems)
    }

    /// The range of what stands under `key` of the expectation at `index`.
    pub fn range(&self, index: usize, key: &str) -> TextRange {
        let whole = TextRange::new(0, self.file.text.len());
        yaml::locate(&self.file, whole, &[Step::Index(index), Step::key(key)])
    }

    /// What is wrong with the expectation at `index` by itself.
    pub fn fault(&self, index: usize) -> Option<Diagnostic> {
        let expectation = &self.list[index];
        let (key, message, help) = if expectation.query.trim().is_empty() {
            ("query", "there is nothing to search for", "write what a reader types")
        } else if expectation.first.is_none() && expectation.care.is_none() {
            ("query", "nothing is expected of this search", "add `first:` with the id of a page, or `care:`")
        } else if expectation.care == Some(CareLevel::Routine) {
            ("care", "searches never put a routine card first", "write `emergency` or `urgent`")
        } else {
            return None;
        };
        let at = self.range(index, key);
        Some(Diagnostic::new(Code::InvalidValue, &self.file.path, at, message).help(help))
    }
}
