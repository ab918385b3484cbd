//! `doi-form`: a DOI that is not written plainly.

use crate::config::Config;
use crate::diagnostic::{Code, Diagnostic, Fix};
use crate::parse::bibliography::identifier;
use crate::parse::document::Document;
use crate::resolve::site::Site;
use crate::source::Sources;

/// What follows a DOI in a sentence, and is no part of it.
const PUNCTUATION: [char; 3] = ['.', ',', ';'];

pub(super) fn check(site: &Site, sources: &Sources) -> Vec<Diagnostic> {
    let path = &site.bibliography.path;
    let text = sources.text(path).unwrap_or_default();
    let mut problems = Vec::new();
    for entry in site.bibliography.entries.values() {
        let report = |range, message: &str| Diagnostic::new(Code::DoiForm, path, range, message);
        if let Some((written, range)) = &entry.doi
            && let Some(doi) = identifier::doi(written)
        {
            let plain = doi.trim_end_matches(PUNCTUATION);
            if plain != written {
                let message =
                    if plain == doi { "this is more than a bare DOI" } else { "a DOI has no full stop behind it" };
                problems.push(
                    report(*range, message)
                        .help(format!("write `{plain}`"))
                        .fixed_by(Fix::of_word(text, *range, written, plain)),
                );
            }
        } else if let Some((written, range)) = &entry.address
            && entry.doi.is_none()
            && identifier::is_of_doi(written)
            && let Some(doi) = identifier::doi(written)
        {
            let plain = doi.trim_end_matches(PUNCTUATION);
            problems.push(report(*range, "this address is a DOI").help(format!("write `doi = {{{plain}}}`")));
        }
    }
    problems
}

/// The same in the links of a page.
pub(super) fn check_links(document: &Document, _: &Config) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    for address in document.addresses.iter().filter(|address| identifier::is_of_doi(&address.url)) {
        let at = document.locate(address.origin, address.range);
        let report = |message: &str| Diagnostic::new(Code::DoiForm, document.path(), at, message);
        let Some(doi) = identifier::doi(&address.url) else {
            // The registry's own pages have no digits in front.
            if address.url.contains("doi.org/10") {
                let help = "a DOI begins with `10.` and has a slash: `10.1371/journal.pone.0119470`";
                problems.push(report("this address of the registry holds no DOI").help(help));
            }
            continue;
        };
        let plain = format!("https://doi.org/{}", doi.trim_end_matches(PUNCTUATION));
        if plain != address.url {
            let fix = Fix::of_word(&document.source.text, at, &address.url, &plain);
            problems.push(report("this is not how a DOI is linked").help(format!("write `{plain}`")).fixed_by(fix));
        }
    }
    problems
}
