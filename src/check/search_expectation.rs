//! `search-expectation`: a search that does not find first what `content/search.yaml` expects.

use crate::config::{CareLevel, Expectations};
use crate::diagnostic::{Code, Diagnostic};
use crate::resolve::site::{Expected, PageId, Site};
use crate::search::{Index, Results};

/// What is further down is not counted in messages.
const PLACES_AT_MOST: usize = 20;

pub(super) fn check(site: &Site, index: &Index) -> Vec<Diagnostic> {
    let Some(expectations) = &site.searches.expectations else { return Vec::new() };
    let expected = site.searches.expected.iter().enumerate();
    expected.flat_map(|(number, expected)| disappointments(site, index, expectations, number, expected)).collect()
}

fn disappointments(
    site: &Site,
    index: &Index,
    expectations: &Expectations,
    number: usize,
    expected: &Expected,
) -> Vec<Diagnostic> {
    let results = index.query(&expected.query);
    let report = |message: String, help: String| {
        let at = expectations.range(number, "query");
        Diagnostic::new(Code::SearchExpectation, &expectations.file.path, at, message).help(help)
    };
    let mut problems = Vec::new();
    let shown = results.card.map(|card| index.cards[card].level);
    if let Some(level) = expected.care
        && shown != Some(level)
    {
        let instead = shown.map_or_else(|| "no care card".to_owned(), |shown| format!("the {} card", shown.name()));
        let message = format!("`{}` should show the {} card, and shows {instead}", expected.query, level.name());
        problems.push(report(message, card_help(level, &expected.query)));
    }
    if let Some(page) = expected.first
        && index.found(&results).next().is_none_or(|first| first.page != Some(page))
    {
        let message = format!("`{}` should find {} first", expected.query, name(site, page));
        problems.push(report(message, instead(site, index, &results, page)));
    }
    problems
}

fn card_help(level: CareLevel, query: &str) -> String {
    format!("list `{query}` under `search: {{{}: […]}}` in site.yaml, or say it in the card", level.name())
}

/// What comes first instead, and where the expected page is.
fn instead(site: &Site, index: &Index, results: &Results, page: PageId) -> String {
    let mut found = index.found(results);
    let Some(first) = found.next() else { return "it finds nothing".to_owned() };
    let what = first.page.map_or_else(|| format!("`/{}`", first.url), |page| name(site, page));
    match found.position(|document| document.page == Some(page)) {
        Some(at) if at + 2 <= PLACES_AT_MOST => format!("it finds {what} first; this one is in place {}", at + 2),
        Some(_) => format!("it finds {what} first; this one comes far behind"),
        None => format!("it finds {what} first, and this one not at all"),
    }
}

/// A page as expectations name it.
fn name(site: &Site, page: PageId) -> String {
    let page = site.page(page);
    format!("`{}:{}`", page.kind().name(), page.id())
}
