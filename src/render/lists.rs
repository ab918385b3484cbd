//! The views of generated pages: sections, the exercise index, the glossary, the sources, "not found".

use std::collections::{BTreeMap, BTreeSet};

use tera::{Context, Value};
use unicode_normalization::UnicodeNormalization;

use super::body::{Filler, Place};
use super::facets::{cautions, facet_list, has_value};
use super::page::{crumb, generated_page, home_crumb};
use super::pages::{View, view};
use super::parts::{Parts, facet_path, heading_summary, path_value};
use super::term::term_view;
use super::view::{PageView, html, list, record};
use crate::config::Facet;
use crate::parse::bibliography::Entry;
use crate::parse::front_matter::Meta;
use crate::resolve::UrlPath;
use crate::resolve::site::{FacetValueId, PageId, SectionPages};
use crate::text::slugify;

/// Articles and exercises that "not found" lists.
const PAGES_ON_NOT_FOUND: usize = 100;

/// Uses of a term that the glossary shows.
const USES_IN_GLOSSARY: usize = 5;

/// Pages that cite a source, shown beside it.
const CITED_BY_AT_MOST: usize = 20;

/// A section: its `index.md`, or a generated page, with its articles.
pub fn section(parts: &Parts, section: &SectionPages) -> View {
    let mut context = match section.intro {
        Some(page) => view(parts, page).context,
        None => {
            let crumbs = list([home_crumb(parts)]);
            let page = generated_page(parts, "section", &section.title, &section.summary, section.url.as_str(), crumbs);
            context(&section.url.root(), page)
        }
    };
    let siblings = parts.site.sections.iter().map(|other| {
        record([
            ("title", Value::from(other.title.as_str())),
            ("path", path_value(other.url.as_str())),
            ("current", Value::from(other.id == section.id)),
        ])
    });
    context.insert_value("articles", parts.cards(&section.articles));
    context.insert_value("siblings", list(siblings));
    let sections = &parts.site.sections;
    let own = sections.iter().position(|other| other.id == section.id);
    let neighbour = |index: Option<usize>| {
        let other = index.and_then(|index| sections.get(index));
        other.map_or_else(Value::none, |other| crumb(&other.title, other.url.as_str()))
    };
    context.insert_value("previous", neighbour(own.and_then(|own| own.checked_sub(1))));
    context.insert_value("next", neighbour(own.map(|own| own + 1)));
    View { template: "section.html", context }
}

/// The exercise index; with `chosen`, the page of one value of a facet.
pub fn exercises(parts: &Parts, chosen: Option<FacetValueId>) -> View {
    let site = &*parts.site;
    let facets = &site.config.exercises.facets;
    let title = parts.exercises_title();
    let (mut context, shown) = match chosen.map(|id| site.facet_value(id)) {
        None => {
            let summary = heading_summary(site, site.exercises_intro, &site.config.exercises.summary);
            let page = generated_page(parts, "exercises", &title, &summary, "exercises/", list([home_crumb(parts)]));
            let mut context = context("../", page);
            context.insert_value("intro", intro(parts, site.exercises_intro, "../"));
            context.insert_value("current", Value::none());
            (context, site.exercises.clone())
        }
        Some((facet, value)) => {
            let has_value = |page: &PageId| has_value(site.page(*page), &facet.id, &value.id);
            let shown: Vec<PageId> = site.exercises.iter().copied().filter(has_value).collect();
            let path = facet_path(&facet.id, &value.id);
            let crumbs = list([home_crumb(parts), crumb(&title, "exercises/")]);
            let heading = format!("{title}: {} – {}", facet.title, value.title);
            let mut page = generated_page(parts, "exercises", &heading, &value.summary, &path, crumbs);
            if value.summary.is_empty() {
                page.description = Value::from(names(parts, &heading, &shown));
            }
            let mut context = context(&UrlPath::new(&path).root(), page);
            context.insert_value("intro", Value::none());
            let current = record([
                (
                    "facet",
                    record([("id", Value::from(facet.id.as_str())), ("title", Value::from(facet.title.as_str()))]),
                ),
                (
                    "value",
                    record([
                        ("id", Value::from(value.id.as_str())),
                        ("title", Value::from(value.title.as_str())),
                        ("summary", Value::from(value.summary.as_str())),
                    ]),
                ),
            ]);
            context.insert_value("current", current);
            (context, shown)
        }
    };
    context.insert_value("count", Value::from(shown.len()));
    let root = chosen.map_or("../", |_| "../../../");
    context.insert_value("facets", facet_list(parts, root, chosen));
    context.insert_value("cautions", cautions(parts));
    let sequences: &[PageId] = if chosen.is_none() { &site.sequences } else { &[] };
    context.insert_value("sequences", parts.cards(sequences));
    let groups = match (chosen, facets.first()) {
        (None, Some(facet)) => groups(parts, facet, &shown),
        (Some(_), _) | (None, None) => vec![group("all", Value::none(), parts.cards(&shown))],
    };
    context.insert_value("groups", list(groups));
    View { template: "exercises.html", context }
}

/// What a value's page is about, for search engines, where its author does not say it.
fn names(parts: &Parts, heading: &str, shown: &[PageId]) -> String {
    let names: Vec<&str> = shown.iter().map(|page| parts.site.page(*page).title.as_str()).collect();
    format!("{heading}: {}", names.join(", "))
}

/// `{id, title, cards}`
pub fn group(id: &str, title: Value, cards: Value) -> Value {
    record([("id", Value::from(id)), ("title", title), ("cards", cards)])
}

/// The exercises by their first value of `facet`; those without one come last.
pub fn groups(parts: &Parts, facet: &Facet, shown: &[PageId]) -> Vec<Value> {
    let first_value = |page: &PageId| match &parts.site.page(*page).document.meta {
        Meta::Exercise(exercise) => exercise.facets.get(&facet.id).and_then(|values| values.0.first()),
        Meta::Article(_) | Meta::Term(_) | Meta::Page(_) | Meta::Section(_) | Meta::Sequence(_) | Meta::Care(_) => None,
    };
    let mut groups = Vec::new();
    for value in &facet.values {
        let pages: Vec<PageId> = shown.iter().copied().filter(|page| first_value(page) == Some(&value.id)).collect();
        if !pages.is_empty() {
            groups.push(group(&value.id, Value::from(value.title.as_str()), parts.cards(&pages)));
        }
    }
    let rest: Vec<PageId> = shown.iter().copied().filter(|page| first_value(page).is_none()).collect();
    if !rest.is_empty() {
        groups.push(group("other", Value::none(), parts.cards(&rest)));
    }
    groups
}

/// The glossary from A to Z.
pub fn glossary(parts: &Parts) -> View {
    let site = &*parts.site;
    let summary = heading_summary(site, site.glossary_intro, &site.config.glossary.summary);
    let page =
        generated_page(parts, "glossary", &parts.glossary_title(), &summary, "glossary/", list([home_crumb(parts)]));
    let mut context = context("../", page);
    context.insert_value("intro", intro(parts, site.glossary_intro, "../"));
    let mut letters: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    for id in &site.terms {
        let page = site.page(*id);
        let Meta::Term(term) = &page.document.meta else { continue };
        let mut filler = Filler::new(site, &parts.theme, page, "../", Place::Elsewhere);
        let view = term_view(parts, page, term, &mut filler, USES_IN_GLOSSARY);
        letters.entry(letter(&page.title)).or_default().push(view);
    }
    let all = alphabet(letters.keys());
    context.insert_value("alphabet", alphabet_list(&all, |letter| letters.contains_key(letter)));
    let letters: Vec<Value> = all
        .iter()
        .filter_map(|letter| {
            let terms = list(letters.remove(letter)?);
            let id = Value::from(letter_id(letter));
            Some(record([("letter", Value::from(letter.as_str())), ("id", id), ("terms", terms)]))
        })
        .collect();
    context.insert_value("letters", list(letters));
    View { template: "glossary.html", context }
}

/// The page to search on, with what leads further where nothing can be searched.
pub fn search(parts: &Parts) -> View {
    let site = &*parts.site;
    let title = parts.theme.word("search").to_owned();
    let mut page = generated_page(parts, "search", &title, "", "search/", list([home_crumb(parts)]));
    page.robots = Value::from("noindex");
    let mut context = context("../", page);
    let letters: BTreeSet<String> = site.terms.iter().map(|term| letter(&site.page(*term).title)).collect();
    let all = if letters.is_empty() { Vec::new() } else { alphabet(letters.iter()) };
    context.insert_value("alphabet", alphabet_list(&all, |letter| letters.contains(letter)));
    View { template: "search.html", context }
}

/// A to Z, and the other `letters` after it.
fn alphabet<'l>(letters: impl Iterator<Item = &'l String>) -> Vec<String> {
    let alphabet: Vec<String> = ('A'..='Z').map(String::from).collect();
    let others: Vec<String> = letters.filter(|letter| !alphabet.contains(letter)).cloned().collect();
    alphabet.into_iter().chain(others).collect()
}

/// `[{letter, id}]`: none for the id of a letter without terms.
fn alphabet_list(letters: &[String], has_terms: impl Fn(&String) -> bool) -> Value {
    list(letters.iter().map(|letter| {
        let id = has_terms(letter).then(|| letter_id(letter));
        record([("letter", Value::from(letter.as_str())), ("id", Value::from(id))])
    }))
}

/// The id of a letter's part of the glossary.
fn letter_id(letter: &str) -> String {
    format!("letter-{}", if letter == "#" { "other".to_owned() } else { slugify(letter) })
}

/// The letter that a term stands under: its first, without accents; `#` for what begins with none.
fn letter(name: &str) -> String {
    let first = name.nfd().find(|character| character.is_alphanumeric());
    match first {
        Some(character) if character.is_alphabetic() => character.to_uppercase().collect(),
        Some(_) | None => "#".to_owned(),
    }
}

/// Every source that the site cites, by its first author.
pub fn sources(parts: &Parts) -> View {
    let site = &*parts.site;
    let summary = &site.config.sources.summary;
    let page = generated_page(parts, "sources", &parts.sources_title(), summary, "sources/", list([home_crumb(parts)]));
    let mut context = context("../", page);
    let mut cited: Vec<(&String, &Vec<PageId>, &Entry)> = site
        .cited_by
        .iter()
        .filter_map(|(key, pages)| Some((key, pages, site.bibliography.entries.get(key)?)))
        .collect();
    cited.sort_by_cached_key(|(_, _, entry)| alphabetical(&entry.reference));
    let sources = cited.into_iter().map(|(key, pages, entry)| {
        let shown = &pages[..pages.len().min(CITED_BY_AT_MOST)];
        record([
            ("id", Value::from(format!("source-{}", slugify(key)))),
            ("key", Value::from(key.as_str())),
            ("text", html(&entry.reference)),
            ("url", Value::from(entry.url.clone())),
            ("cited_by", parts.cards(shown)),
            ("cited_by_more", Value::from(pages.len() - shown.len())),
        ])
    });
    context.insert_value("sources", list(sources));
    View { template: "sources.html", context }
}

/// What a reference is sorted by: its text, which begins with the first author, without tags, accents and case.
fn alphabetical(reference: &str) -> String {
    let mut in_tag = false;
    let text = reference.nfd().filter(|character| {
        let is_text = !in_tag && (character.is_alphanumeric() || *character == ' ');
        in_tag = *character == '<' || in_tag && *character != '>';
        is_text
    });
    text.flat_map(char::to_lowercase).collect()
}

/// "Not found", whose links begin at the site's root, since it is shown at any address.
pub fn not_found(parts: &Parts) -> View {
    let title = parts.theme.word("not_found").to_owned();
    let mut page = generated_page(parts, "not-found", &title, "", "404.html", list([]));
    page.robots = Value::from("noindex");
    let site = &*parts.site;
    let mut context = context(site.config.base_path(), page);
    let articles: Vec<PageId> = site.sections.iter().flat_map(|section| section.articles.iter().copied()).collect();
    for (name, pages) in [("articles", &articles), ("exercises", &site.exercises)] {
        context.insert_value(name, parts.cards(&pages[..pages.len().min(PAGES_ON_NOT_FOUND)]));
    }
    View { template: "404.html", context }
}

/// What every generated page sees: its root and its heading.
pub(super) fn context(root: &str, page: PageView) -> Context {
    let mut context = Context::new();
    context.insert_value("root", Value::from(root));
    context.insert_value("page", Value::from(page));
    context
}

/// The text of an introduction, or none.
fn intro(parts: &Parts, page: Option<PageId>, root: &str) -> Value {
    let Some(page) = page.map(|page| parts.site.page(page)) else { return Value::none() };
    let body = Filler::new(&parts.site, &parts.theme, page, root, Place::Elsewhere).body();
    if body.trim().is_empty() { Value::none() } else { html(&body) }
}

#[cfg(test)]
mod tests {
    use super::letter;

    #[test]
    fn letters_have_no_accents() {
        assert_eq!([letter("Élan"), letter("“quote”"), letter("3-D"), letter("")], ["E", "Q", "#", "#"]);
    }
}
