//! Care cards that stand in `content/safety/`, and the pages that show them by their names.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::links::Resolver;
use super::site::{Page, PageLinks};
use super::symbols::Unpublished;
use super::url::UrlPath;
use crate::config::Kind;
use crate::diagnostic::{Code, Diagnostic};
use crate::parse::document::Document;
use crate::text::{TextRange, nearest};

/// The cards by their names, as pages that are nowhere published. What is wrong with them, and names that none has, are put to `problems`.
pub(super) fn cards(
    documents: &[&Arc<Document>],
    hidden: &[(&Document, Unpublished)],
    resolver: &Resolver<'_>,
    problems: &mut Vec<Diagnostic>,
) -> BTreeMap<String, Page> {
    let mut cards: BTreeMap<String, Page> = BTreeMap::new();
    for document in documents {
        let (targets, mut found) = resolver.resolve(document);
        problems.append(&mut found);
        if let Some(first) = cards.get(&document.id) {
            let message = format!("two care cards have the id `{}`", document.id);
            problems.push(
                Diagnostic::new(Code::DuplicateId, document.path(), document.value_range(&[]), message)
                    .note(first.document.path(), first.document.value_range(&[]), "the other one")
                    .help("rename one of the files"),
            );
            continue;
        }
        problems.extend(out_of_place(document));
        let page = Page {
            document: Arc::clone(document),
            url: UrlPath::new(""),
            title: document.meta.title().to_owned(),
            summary: String::new(),
            targets: targets.into(),
            term_links: Arc::default(),
            sources: Arc::default(),
            links: PageLinks::default(),
        };
        cards.insert(document.id.clone(), page);
    }
    problems.extend(unknown(resolver.pages, &cards, hidden));
    cards
}

/// What a card cannot hold: headings, sources, questions and cards would be those of every page that shows it. The first of each.
fn out_of_place(document: &Document) -> Vec<Diagnostic> {
    let first = [
        (document.headings.first().map(|heading| heading.range), "no headings", "say it in its `title`, or in text"),
        (
            document.citations.first().and_then(|citation| citation.items.first()).map(|item| item.range),
            "no sources",
            "cite on the pages that show it; where its words come from can stand in a `#` comment of its front matter",
        ),
        (document.questions.first().map(|question| question.range), "no questions", "ask on the pages that show it"),
        (document.cards.first().map(|(_, at)| *at), "no other cards", "show both on the page"),
    ];
    let problem = |(at, what, help): (Option<TextRange>, &str, &str)| {
        let message = format!("a care card has {what} in it");
        Some(Diagnostic::new(Code::InvalidValue, document.path(), at?, message).help(help))
    };
    first.into_iter().filter_map(problem).collect()
}

/// Names in `pages` that no card has.
fn unknown(
    pages: &[&Document],
    cards: &BTreeMap<String, Page>,
    hidden: &[(&Document, Unpublished)],
) -> Vec<Diagnostic> {
    let used = pages.iter().flat_map(|document| document.cards.iter().map(move |card| (document, card)));
    let unknown = used.filter(|(_, (name, _))| !cards.contains_key(name));
    unknown
        .map(|(document, (name, at))| {
            let why = hidden.iter().find(|(card, _)| card.kind() == Kind::Care && card.id == *name);
            let message = match why {
                Some((_, why)) => format!("the care card `{name}` is {}", why.reason()),
                None => format!("there is no care card `{name}` in `content/safety/`"),
            };
            let problem = Diagnostic::new(Code::UnknownCareCard, document.path(), *at, message);
            let near = nearest(name, cards.keys().map(String::as_str));
            match (cards.is_empty(), near.is_empty()) {
                _ if why.is_some() => problem,
                (true, _) => problem.help(format!("write it into `content/safety/{name}.md`")),
                (false, true) => {
                    let names: Vec<&str> = cards.keys().map(String::as_str).collect();
                    problem.help(format!("the cards are {}", names.join(", ")))
                }
                (false, false) => problem.suggest(&near),
            }
        })
        .collect()
}
