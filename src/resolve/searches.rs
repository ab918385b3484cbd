//! What searches are expected to find → pages; words for care cards → cards that there are.

use std::collections::BTreeMap;

use super::site::{Expected, Page, PageId, Searches};
use super::symbols::{Found, Symbols};
use crate::config::{self, CareLevel, Config, Expectations, Kind};
use crate::diagnostic::{Code, Diagnostic};
use crate::parse::body::Segment;
use crate::source::Sources;
use crate::text::{TextRange, VPath, nearest};
use crate::yaml::{self, Step};

/// Binds the ids of `content/search.yaml`, and looks for the cards that site.yaml has words for.
pub(super) fn searches(
    config: &Config,
    help: Option<&Page>,
    sources: &Sources,
    symbols: &Symbols<'_>,
    cards: &BTreeMap<String, Page>,
) -> (Searches, Vec<Diagnostic>) {
    let (expectations, mut problems) = Expectations::load(sources);
    problems.extend(missing_cards(config, help, sources, cards));
    let Some(expectations) = expectations else { return (Searches::default(), problems) };
    let mut expected = Vec::with_capacity(expectations.list.len());
    for (index, expectation) in expectations.list.iter().enumerate() {
        if let Some(fault) = expectations.fault(index) {
            problems.push(fault);
            expected.push(Expected { query: expectation.query.clone(), first: None, care: None });
            continue;
        }
        let first = match expectation.first.as_deref().map(|written| bind(written, symbols)) {
            None => None,
            Some(Ok(page)) => Some(page),
            Some(Err((code, message, near))) => {
                let at = expectations.range(index, "first");
                let near: Vec<&str> = near.iter().map(String::as_str).collect();
                problems.push(Diagnostic::new(code, &expectations.file.path, at, message).suggest(&near));
                None
            }
        };
        expected.push(Expected { query: expectation.query.clone(), first, care: expectation.care });
    }
    (Searches { expectations: Some(expectations), expected }, problems)
}

/// The page that `written` names, or why it names none, and what might be meant.
fn bind(written: &str, symbols: &Symbols<'_>) -> Result<PageId, (Code, String, Vec<String>)> {
    let (kinds, id) = match written.split_once(':') {
        None => (Vec::new(), written),
        Some((name, id)) => match Kind::from_name(name) {
            Some(kind) => (vec![kind], id),
            None => {
                let names = nearest(name, Kind::ALL.iter().map(|kind| kind.name()));
                let near = names.iter().map(|name| format!("{name}:{id}")).collect();
                return Err((Code::InvalidValue, format!("`{name}` is no kind of page"), near));
            }
        },
    };
    let prefix = written.strip_suffix(id).unwrap_or_default();
    match symbols.id(id, &kinds) {
        Found::One(page) => Ok(page),
        Found::Hidden(why) => Err((Code::UnpublishedLink, format!("`{id}` is {}", why.reason()), Vec::new())),
        Found::Many(kinds) => {
            let near = kinds.iter().map(|kind| format!("{}:{id}", kind.name())).collect();
            Err((Code::AmbiguousLink, format!("`{id}` names more than one page"), near))
        }
        Found::None => {
            let what = kinds.first().map_or("page", |kind| kind.name());
            let near = match symbols.id(id, &[]) {
                Found::One(_) => vec![id.to_owned()],
                Found::Many(_) | Found::Hidden(_) | Found::None => {
                    symbols.ids_near(id, &kinds).iter().map(|near| format!("{prefix}{near}")).collect()
                }
            };
            Err((Code::UnknownId, format!("there is no {what} `{id}`"), near))
        }
    }
}

/// Words that site.yaml declares for a card which the help page does not have.
fn missing_cards(
    config: &Config,
    help: Option<&Page>,
    sources: &Sources,
    cards: &BTreeMap<String, Page>,
) -> Vec<Diagnostic> {
    let has_card = |level: CareLevel| {
        let segments = help.iter().flat_map(|page| &page.document.body.segments);
        segments.into_iter().any(|segment| match segment {
            Segment::CareStart(own) => *own == level,
            Segment::Card { name, .. } => cards.get(name).and_then(Page::care_level) == Some(level),
            _ => false,
        })
    };
    let declared = [(CareLevel::Emergency, &config.search.emergency), (CareLevel::Urgent, &config.search.urgent)];
    let site = VPath::new(config::PATH).expect("the path is relative");
    let missing = declared.into_iter().filter(|(level, words)| !words.is_empty() && !has_card(*level));
    missing
        .map(|(level, _)| {
            let key = level.name();
            let steps = [Step::key("search"), Step::name(key)];
            let file = sources.files.get(&site);
            let at = file
                .map_or_else(TextRange::default, |file| yaml::locate(file, TextRange::new(0, file.text.len()), &steps));
            let marker = key.to_uppercase();
            let (message, help) = match help {
                None => (format!("there is no page for help that answers `{key}`"), "name it with `help:`".to_owned()),
                Some(page) => (
                    format!("`{}` has no card `[!{marker}]` that answers `{key}`", page.document.path()),
                    format!("add the card `> [!{marker}]`, or take `{key}:` out"),
                ),
            };
            Diagnostic::new(Code::InvalidValue, &site, at, message).help(help)
        })
        .collect()
}
