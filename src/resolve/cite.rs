//! Citations → sources, and the words for how sure a claim is.

use crate::config::Config;
use crate::diagnostic::{Code, Diagnostic};
use crate::parse::bibliography::Bibliography;
use crate::parse::document::{Citation, Document};
use crate::text::nearest;

/// The sources of a page in the order of first citation, and the keys that the bibliography does not have.
pub(super) fn cite(
    document: &Document,
    bibliography: &Bibliography,
    config: &Config,
) -> (Vec<String>, Vec<Diagnostic>) {
    let mut sources: Vec<String> = Vec::new();
    let mut problems = Vec::new();
    for citation in &document.citations {
        for item in &citation.items {
            if bibliography.entries.contains_key(&item.key) {
                if !sources.contains(&item.key) {
                    sources.push(item.key.clone());
                }
                continue;
            }
            let at = document.locate(citation.origin, item.range);
            let message = format!("there is no source `{}` in `{}`", item.key, bibliography.path);
            let near = nearest(&item.key, bibliography.entries.keys().map(String::as_str));
            let problem = Diagnostic::new(Code::UnknownCitation, document.path(), at, message);
            let problem = problem.suggest_for(&document.source.text, &item.key, &near);
            problems.push(match config.evidence.iter().any(|level| level.id == item.key) {
                true => {
                    problem.help(format!("it says how sure a claim is: write its source first, `[@key; {}]`", item.key))
                }
                false => problem,
            });
        }
        problems.extend(unknown_evidence(document, citation, config));
    }
    (sources, problems)
}

/// A word for how sure a claim is that the site does not have.
fn unknown_evidence(document: &Document, citation: &Citation, config: &Config) -> Option<Diagnostic> {
    let (word, range) = citation.evidence.as_ref()?;
    if config.evidence.iter().any(|level| level.id == *word) {
        return None;
    }
    let at = document.locate(citation.origin, *range);
    let message = format!("site.yaml has no word `{word}` for how sure a claim is");
    let problem = Diagnostic::new(Code::UnknownEvidence, document.path(), at, message);
    let ids: Vec<&str> = config.evidence.iter().map(|level| level.id.as_str()).collect();
    let near = nearest(word, ids.iter().copied());
    Some(match (near.is_empty(), ids.is_empty()) {
        (false, _) => problem.suggest_for(&document.source.text, word, &near),
        (true, false) => problem.help(format!("its words are {}", ids.join(", "))),
        (true, true) => problem.help("add it under `evidence:` in site.yaml, or write `@` before a source's key"),
    })
}
