//! `page`: what every template sees of its page.

use tera::{Context, Map, Value};

use super::body::{Filler, Place};
use super::evidence;
use super::parts::{Parts, kind_name, minutes, path_value, texts};
use super::questions::answers;
use super::view::{PageView, html, list, record};
use crate::config::Kind;
use crate::parse::document::Heading;
use crate::parse::field::Field;
use crate::parse::front_matter::{Common, Extra, Meta};
use crate::resolve::site::{Page, PageId};
use crate::review::is_broken;
use crate::text::percent_encode_into;

/// Pages shown in a list of what links here.
const LINKED_FROM_AT_MOST: usize = 50;

/// Puts `page` in; after everything that cites, since it holds the list of sources.
pub fn insert_page(parts: &Parts, page: &Page, body: &str, filler: &Filler<'_>, context: &mut Context) {
    context.insert_value("page", Value::from(page_view(parts, page, body, filler)));
}

fn page_view(parts: &Parts, page: &Page, body: &str, filler: &Filler<'_>) -> PageView {
    let (site, document) = (&*parts.site, &page.document);
    let common = document.meta.common();
    let description = if page.summary.is_empty() { &site.config.summary } else { &page.summary };
    PageView {
        kind: Value::from(kind_name(site, page)),
        id: Value::from(page.id()),
        title: Value::from(if page.title.is_empty() { site.config.title.as_str() } else { &page.title }),
        path: path_value(page.url.as_str()),
        canonical: canonical(parts, page.url.as_str()),
        summary: Value::from(page.summary.as_str()),
        description: Value::from(description.as_str()),
        robots: Value::from(if common.draft { "noindex" } else { "" }),
        draft: Value::from(common.draft),
        breadcrumbs: breadcrumbs(parts, page),
        tags: texts(&common.tags),
        authors: authors(parts, &common.authors),
        reviewed_by: authors(parts, &common.reviewed_by),
        changed_since_review: Value::from(is_broken(document) == Some(true)),
        dates: dates(parts, common),
        minutes: Value::from(minutes(site, page)),
        words: Value::from(site.words(page)),
        contents: contents(&document.headings),
        body: html(body),
        extra: extra(&common.extra),
        sources: sources(parts, page, &filler.cited),
        definitions: definitions(parts, page, &filler.terms),
        evidence: evidence::on_page(parts, filler),
        relations: relations(parts, page),
        linked_from: linked_from(parts, page),
        builds_on_this: parts.cards(&page.links.builds_on_this),
        answers: answers(parts, page),
    }
}

/// The page of a generated list: nothing but its heading, and the introduction that an author wrote.
pub fn generated_page(
    parts: &Parts,
    kind: &str,
    title: &str,
    summary: &str,
    path: &str,
    breadcrumbs: Value,
) -> PageView {
    let description = if summary.is_empty() { &parts.site.config.summary } else { summary };
    let none = || {
        record([
            ("published", Value::none()),
            ("updated", Value::none()),
            ("reviewed", Value::none()),
            ("review_by", Value::none()),
        ])
    };
    PageView {
        kind: Value::from(kind),
        id: Value::from(""),
        title: Value::from(title),
        path: path_value(path),
        canonical: canonical(parts, path),
        summary: Value::from(summary),
        description: Value::from(description),
        robots: Value::from(""),
        draft: Value::from(false),
        breadcrumbs,
        tags: list([]),
        authors: list([]),
        reviewed_by: list([]),
        changed_since_review: Value::from(false),
        dates: none(),
        minutes: Value::from(1_u64),
        words: Value::from(0_u64),
        contents: list([]),
        body: html(""),
        extra: Value::from(Map::new()),
        sources: list([]),
        definitions: list([]),
        evidence: list([]),
        relations: list([]),
        linked_from: list([]),
        builds_on_this: list([]),
        answers: list([]),
    }
}

fn canonical(parts: &Parts, path: &str) -> Value {
    let mut url = parts.site.config.base_url.clone();
    percent_encode_into(&mut url, path);
    Value::from(url)
}

/// `{title, path}`
pub fn crumb(title: &str, path: &str) -> Value {
    record([("title", Value::from(title)), ("path", path_value(path))])
}

/// The home page's crumb.
pub fn home_crumb(parts: &Parts) -> Value {
    crumb(parts.theme.word("home"), "")
}

fn breadcrumbs(parts: &Parts, page: &Page) -> Value {
    if page.url.as_str().is_empty() {
        return list([]);
    }
    let mut crumbs = vec![home_crumb(parts)];
    match page.kind() {
        Kind::Article => {
            crumbs.extend(parts.site.section_of(page).map(|section| crumb(&section.title, section.url.as_str())));
        }
        Kind::Exercise | Kind::Sequence => crumbs.push(crumb(&parts.exercises_title(), "exercises/")),
        Kind::Term => crumbs.push(crumb(&parts.glossary_title(), "glossary/")),
        Kind::Page | Kind::Section | Kind::Care => {}
    }
    list(crumbs)
}

fn authors(parts: &Parts, ids: &[String]) -> Value {
    list(ids.iter().filter_map(|id| parts.site.config.author(id)).map(|author| {
        record([
            ("name", Value::from(author.name.as_str())),
            ("url", Value::from(author.url.clone())),
            ("credentials", Value::from(author.credentials.clone())),
        ])
    }))
}

fn dates(parts: &Parts, common: &Common) -> Value {
    record([
        ("published", parts.date(common.published.or(common.publish_on))),
        ("updated", parts.date(common.updated)),
        ("reviewed", parts.date(common.reviewed)),
        ("review_by", parts.date(common.review_by)),
    ])
}

fn contents(headings: &[Heading]) -> Value {
    let entry = |heading: &Heading| -> [(&'static str, Value); 2] {
        [("id", Value::from(heading.id.as_str())), ("title", Value::from(heading.text.as_str()))]
    };
    let mut entries: Vec<(&Heading, Vec<Value>)> = Vec::new();
    for heading in headings {
        match heading.level {
            2 => entries.push((heading, Vec::new())),
            3 => {
                if let Some((_, children)) = entries.last_mut() {
                    children.push(record(entry(heading)));
                }
            }
            _ => {}
        }
    }
    list(entries.into_iter().map(|(heading, children)| {
        let [id, title] = entry(heading);
        record([id, title, ("children", list(children))])
    }))
}

fn extra(extra: &Extra) -> Value {
    Value::from_serializable(extra)
}

fn sources(parts: &Parts, page: &Page, cited: &[usize]) -> Value {
    let entries = page.sources.iter().zip(1_usize..).filter_map(|(key, number)| {
        let entry = parts.site.bibliography.entries.get(key)?;
        let uses = (1..=cited.get(number - 1).copied().unwrap_or_default()).map(|use_number| {
            record([
                ("href", Value::from(format!("#cite-{number}-{use_number}"))),
                ("label", Value::from(letter(use_number))),
            ])
        });
        Some(record([
            ("number", Value::from(number)),
            ("id", Value::from(format!("ref-{number}"))),
            ("key", Value::from(key.as_str())),
            ("text", html(&entry.reference)),
            ("short", Value::from(entry.short.as_str())),
            ("url", Value::from(entry.url.clone())),
            ("uses", list(uses)),
        ]))
    });
    list(entries)
}

/// The terms that a page links to, but for itself, by name.
pub fn definitions(parts: &Parts, page: &Page, terms: &[PageId]) -> Value {
    let root = page.url.root();
    let mut terms: Vec<&Page> = terms.iter().map(|id| parts.site.page(*id)).collect();
    terms.retain(|term| !std::ptr::eq(*term, page));
    terms.sort_by_key(|term| term.title.to_lowercase());
    list(terms.into_iter().filter_map(|term| {
        let Meta::Term(meta) = &term.document.meta else { return None };
        let definition =
            Filler::new(&parts.site, &parts.theme, term, &root, Place::Elsewhere).field(Field::Definition, 0);
        Some(record([
            ("id", Value::from(term.id())),
            ("name", Value::from(term.title.as_str())),
            ("definition", html(&definition.unwrap_or_default())),
            ("status", Value::from(meta.status.name())),
            ("path", path_value(term.url.as_str())),
        ]))
    }))
}

/// a, b, … z, aa, ab …
fn letter(number: usize) -> String {
    let mut rest = number;
    let mut letters = Vec::new();
    while rest > 0 {
        rest -= 1;
        letters.push(char::from(b'a' + u8::try_from(rest % 26).unwrap_or_default()));
        rest /= 26;
    }
    letters.iter().rev().collect()
}

/// Pages that link here and are not shown for another reason already.
fn linked_from(parts: &Parts, page: &Page) -> Value {
    if page.kind() == Kind::Term {
        return list([]);
    }
    let links = &page.links;
    let shown = |id: &PageId| {
        links.builds_on_this.contains(id)
            || links.recommended_in.contains(id)
            || links.part_of.contains(id)
            || links.relations.iter().any(|(_, pages)| pages.contains(id))
    };
    let pages: Vec<PageId> =
        links.linked_from.iter().filter(|id| !shown(id)).take(LINKED_FROM_AT_MOST).copied().collect();
    parts.cards(&pages)
}

/// Typed relations as `[{label, cards}]`.
pub fn relations(parts: &Parts, page: &Page) -> Value {
    let relations = page.links.relations.iter();
    list(
        relations.map(|(label, pages)| record([("label", Value::from(label.as_str())), ("cards", parts.cards(pages))])),
    )
}

#[cfg(test)]
mod tests {
    use super::letter;

    #[test]
    fn uses_are_lettered() {
        assert_eq!([1, 26, 27, 52, 703].map(letter), ["a", "z", "aa", "az", "aaa"]);
    }
}
