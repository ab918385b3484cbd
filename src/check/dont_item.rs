//! `dont-item`: what not to do, without saying so in its own words.

use super::first_line;
use crate::diagnostic::{Code, Diagnostic};
use crate::parse::document::Document;
use crate::parse::outline::Shape;
use crate::resolve::site::Site;
use crate::source::Sources;
use crate::text::TextRange;

/// Words with which what not to do begins, by language.
const BEGINNINGS: &[(&str, &[&str])] = &[
    ("en", &["do not", "don't", "never", "avoid"]),
    ("de", &["nicht", "kein", "keine", "keinen", "keinem", "nie", "niemals", "vermeide", "vermeiden", "vermeidet"]),
];

pub(super) fn check(site: &Site, _: &Sources) -> Vec<Diagnostic> {
    let language = site.config.language.split('-').next().unwrap_or_default();
    let known = BEGINNINGS.iter().find(|(known, _)| known.eq_ignore_ascii_case(language));
    let own = site.config.wording.dont.iter().map(|word| word.to_lowercase());
    let beginnings: Vec<String> =
        known.into_iter().flat_map(|(_, words)| *words).map(|word| (*word).to_owned()).chain(own).collect();
    if beginnings.is_empty() {
        return Vec::new();
    }
    let documents = site.pages.iter().map(|page| &page.document);
    let boxes = documents.flat_map(|document| document.outline.iter().map(move |block| (document, block)));
    let items = boxes.flat_map(|(document, block)| {
        let items = if let Shape::Dont { items } = &block.shape { items.as_slice() } else { &[] };
        items.iter().map(move |item| (document, *item))
    });
    items.filter_map(|(document, item)| fault(document, item, &beginnings)).collect()
}

fn fault(document: &Document, item: TextRange, beginnings: &[String]) -> Option<Diagnostic> {
    let line = first_line(document, item);
    let text = &document.source.text[line.bytes()];
    // Its bullet or number, and emphasis.
    let said = text.trim_start_matches(|c: char| c.is_whitespace() || c.is_ascii_digit() || "-*+.)_>".contains(c));
    let lower = said.to_lowercase().replace('’', "'").replace(['*', '_'], "");
    let begins = |with: &String| {
        lower.strip_prefix(with.as_str()).is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric()))
    };
    if beginnings.iter().any(begins) {
        return None;
    }
    let start = line.start as usize + text.len() - said.len();
    let at = TextRange::new(start, start + said.trim_end().len());
    let message = "this tells what not to do, and does not begin so";
    let with = beginnings.first().map_or("", String::as_str);
    Some(
        Diagnostic::new(Code::DontItem, document.path(), at, message)
            .help(format!("begin it with “{with}”, or move it into a `> [!DO]` box")),
    )
}
