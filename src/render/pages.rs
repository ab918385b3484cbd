//! The view of each content page.

use tera::{Context, Map, Value};

use super::body::{Filler, Place, sentence};
use super::parts::{Parts, facets, kind_name, minutes, path_value, texts};
use super::view::{ExerciseView, PageView, TermView, html, list, record};
use crate::config::Kind;
use crate::parse::document::{Field, Heading, Item, OBJECT, Prose, Segment};
use crate::parse::front_matter::{Article, Common, Dose, Exercise, Extra, Meta, Term};
use crate::resolve::site::{Page, PageId, PageLinks, Site, Step, Target, UsePlace};
use crate::text::percent_encode_into;

/// A section with more parts than this is not listed on each of them.
const SIBLINGS_AT_MOST: usize = 12;

/// Uses of a term shown in the glossary, and on a page of its own.
pub const USES_IN_GLOSSARY: usize = 5;
const USES_ON_PAGE: usize = 50;

/// Pages shown in a list of what links here.
const LINKED_FROM_AT_MOST: usize = 50;

/// A page's template and what it sees.
pub struct View {
    /// The template.
    pub template: &'static str,
    /// What it sees, without `site` and `words`.
    pub context: Context,
}

/// The view of a content page.
pub fn view(parts: &Parts<'_>, id: PageId) -> View {
    let page = parts.site.page(id);
    let root = page.url.root();
    let mut filler = Filler::new(parts.site, parts.theme, page, &root, Place::Own);
    let mut context = Context::new();
    context.insert_value("root", Value::from(root.as_str()));
    let template = match &page.document.meta {
        Meta::Article(article) => {
            article_view(parts, page, article, &mut filler, &mut context);
            "article.html"
        }
        Meta::Exercise(exercise) => {
            exercise_view(parts, page, exercise, &mut filler, &mut context);
            "exercise.html"
        }
        Meta::Term(term) => {
            context.insert_value("term", term_view(parts, page, term, &mut filler, USES_ON_PAGE));
            let body = filler.body();
            insert_page(parts, page, &body, &filler, &mut context);
            "term.html"
        }
        Meta::Page(meta) => {
            let at_a_glance = htmls(&filler.fields(Field::AtAGlance, meta.at_a_glance.len()));
            let body = filler.body();
            context.insert_value("at_a_glance", at_a_glance);
            context.insert_value("takeaways", htmls(&filler.fields(Field::Takeaway, meta.takeaways.len())));
            insert_page(parts, page, &body, &filler, &mut context);
            "page.html"
        }
        Meta::Section(_) => {
            let body = filler.body();
            insert_page(parts, page, &body, &filler, &mut context);
            "section.html"
        }
    };
    View { template, context }
}

fn article_view(parts: &Parts<'_>, page: &Page, article: &Article, filler: &mut Filler<'_>, context: &mut Context) {
    let objectives: Vec<Value> = article
        .objectives
        .iter()
        .enumerate()
        .filter_map(|(index, objective)| {
            let text = filler.field(Field::Objective, index)?;
            Some(record([("id", Value::from(objective.id.clone())), ("text", html(&text))]))
        })
        .collect();
    context.insert_value("objectives", list(objectives));
    context.insert_value("at_a_glance", htmls(&filler.fields(Field::AtAGlance, article.at_a_glance.len())));
    let body = filler.body();
    context.insert_value("takeaways", htmls(&filler.fields(Field::Takeaway, article.takeaways.len())));
    insert_page(parts, page, &body, filler, context);
    let links = &page.links;
    context.insert_value("requires", parts.cards(&links.requires));
    context.insert_value("exercises", parts.cards(&links.exercises));
    insert_neighbours(parts, links, context);
    let section = parts.site.section_of(page);
    let (number, total) = links.part.unwrap_or((1, 1));
    let section_value = section.map_or_else(Value::none, |section| {
        record([("title", Value::from(section.title.as_str())), ("path", path_value(section.url.as_str()))])
    });
    let part = record([("number", Value::from(number)), ("total", Value::from(total)), ("section", section_value)]);
    context.insert_value("part", part);
    let siblings = section.filter(|section| section.articles.len() <= SIBLINGS_AT_MOST && section.articles.len() > 1);
    let siblings = siblings.into_iter().flat_map(|section| &section.articles).map(|sibling| {
        let sibling = parts.site.page(*sibling);
        record([
            ("title", Value::from(sibling.title.as_str())),
            ("path", path_value(sibling.url.as_str())),
            ("current", Value::from(std::ptr::eq(sibling, page))),
        ])
    });
    context.insert_value("siblings", list(siblings));
}

fn insert_neighbours(parts: &Parts<'_>, links: &PageLinks, context: &mut Context) {
    context.insert_value("previous", parts.card_or_none(links.previous));
    context.insert_value("next", parts.card_or_none(links.next));
}

fn exercise_view(parts: &Parts<'_>, page: &Page, exercise: &Exercise, filler: &mut Filler<'_>, context: &mut Context) {
    let body = filler.body();
    let figure = filler.front_matter_figure().map_or_else(Value::none, |figure| html(&figure));
    let links = &page.links;
    let steps = |steps: &[Step], filler: &mut Filler<'_>| {
        list(steps.iter().map(|step| {
            let how = step.how.and_then(|(field, index)| filler.field(field, index));
            record([
                ("card", parts.card_or_none(step.exercise)),
                ("how", how.map_or_else(Value::none, |how| html(&how))),
            ])
        }))
    };
    let optional = |text: Option<String>| text.map_or_else(Value::none, |text| html(&text));
    let view = ExerciseView {
        also_called: texts(&exercise.also_called),
        facets: facets(parts.site, exercise),
        muscles: texts(&exercise.muscles),
        dose: dose(&exercise.dose),
        dose_note: optional(filler.field(Field::DoseNote, 0)),
        dose_source: optional(filler.field(Field::DoseSource, 0)),
        easier: steps(&links.easier, filler),
        harder: steps(&links.harder, filler),
        stop_if: htmls(&filler.fields(Field::StopIf, exercise.stop_if.len())),
        avoid_if: htmls(&filler.fields(Field::AvoidIf, exercise.avoid_if.len())),
        mistakes: htmls(&filler.fields(Field::Mistake, exercise.mistakes.len())),
        figure,
        recommended_in: parts.cards(&links.recommended_in),
    };
    context.insert_value("exercise", Value::from(view));
    insert_page(parts, page, &body, filler, context);
    insert_neighbours(parts, links, context);
}

fn dose(dose: &Dose) -> Value {
    let amounts = [
        ("sets", dose.sets.as_ref().map(|amount| amount.0.clone())),
        ("reps", dose.reps.as_ref().map(|amount| amount.0.clone())),
        ("hold", dose.hold.clone()),
        ("rest", dose.rest.clone()),
        ("times_a_day", dose.times_a_day.as_ref().map(|amount| amount.0.clone())),
        ("days_a_week", dose.days_a_week.as_ref().map(|amount| amount.0.clone())),
    ];
    list(
        amounts
            .into_iter()
            .filter_map(|(id, value)| Some(record([("id", Value::from(id)), ("value", Value::from(value?))]))),
    )
}

/// The view of a term, for its own page or for the glossary; at most `uses` uses are shown.
pub fn term_view(parts: &Parts<'_>, page: &Page, term: &Term, filler: &mut Filler<'_>, uses: usize) -> Value {
    let site = parts.site;
    let see_also = page.links.see_also.iter().map(|other| {
        let other = site.page(*other);
        record([("name", Value::from(other.title.as_str())), ("path", path_value(other.url.as_str()))])
    });
    let used_in = page.links.used_in.iter().take(uses).map(|used| {
        let sentence = used.place.and_then(|place| use_sentence(site, used.page, place)).unwrap_or_default();
        record([("card", parts.card(used.page)), ("sentence", html(&sentence))])
    });
    let used_in: Vec<Value> = used_in.collect();
    let more = page.links.used_in.len() - used_in.len();
    let aliases = term.aliases.iter().map(|alias| Value::from(alias.name.as_str()));
    TermView {
        id: Value::from(page.id()),
        name: Value::from(page.title.as_str()),
        definition: html(&filler.field(Field::Definition, 0).unwrap_or_default()),
        also_called: list(aliases),
        status: Value::from(term.status.name()),
        path: path_value(page.url.as_str()),
        has_page: Value::from(page.has_page()),
        see_also: list(see_also),
        used_in: list(used_in),
        used_in_more: Value::from(more),
        relations: relations(parts, page),
    }
    .into()
}

/// The sentence around a use of a term, as HTML.
fn use_sentence(site: &Site, page: PageId, place: UsePlace) -> Option<String> {
    let document = &site.page(page).document;
    let body = match place.field {
        None => &document.body,
        Some((field, index)) => document.field(field, index)?,
    };
    match body.segments.get(place.segment as usize)? {
        Segment::Prose(prose) => Some(sentence_with_titles(site, page, prose, place)),
        Segment::Html(_) | Segment::Word(_) | Segment::Heading(_) | Segment::Figure { .. } => None,
    }
}

/// As [`sentence`]; a use that is a bare `[[id]]` shows nothing in the prose, so its title is put in.
fn sentence_with_titles(site: &Site, page: PageId, prose: &Prose, place: UsePlace) -> String {
    let (start, end) = (place.start as usize, place.end as usize);
    let title = prose.marks.iter().find_map(|mark| match &mark.item {
        Item::Title(reference) if mark.at == place.start => match site.page(page).target(*reference) {
            Target::Page(to, _) => Some(site.page(*to).title.clone()),
            Target::Here(_) | Target::Asset(_) | Target::Broken => None,
        },
        _ => None,
    });
    match title {
        None => sentence(prose, start, end),
        Some(title) => {
            let mut shown = prose.clone();
            shown.text.replace_range(start..start + OBJECT.len_utf8(), &title);
            sentence(&shown, start, start + title.len())
        }
    }
}

/// Typed relations as `[{label, cards}]`.
fn relations(parts: &Parts<'_>, page: &Page) -> Value {
    let relations = page.links.relations.iter();
    list(
        relations.map(|(label, pages)| record([("label", Value::from(label.as_str())), ("cards", parts.cards(pages))])),
    )
}

/// A list of HTML strings.
fn htmls(items: &[String]) -> Value {
    list(items.iter().map(|item| html(item)))
}

/// Puts `page` in; after everything that cites, since it holds the list of sources.
fn insert_page(parts: &Parts<'_>, page: &Page, body: &str, filler: &Filler<'_>, context: &mut Context) {
    context.insert_value("page", Value::from(page_view(parts, page, body, filler)));
}

fn page_view(parts: &Parts<'_>, page: &Page, body: &str, filler: &Filler<'_>) -> PageView {
    let (site, document) = (parts.site, &page.document);
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
        dates: dates(parts, common),
        minutes: Value::from(minutes(page)),
        words: Value::from(document.words),
        contents: contents(&document.headings),
        body: html(body),
        extra: extra(&common.extra),
        sources: sources(parts, page, &filler.cited),
        relations: relations(parts, page),
        linked_from: linked_from(parts, page),
        builds_on_this: parts.cards(&page.links.builds_on_this),
    }
}

/// The page of a generated list: nothing but its heading, and the introduction that an author wrote.
pub fn generated_page(
    parts: &Parts<'_>,
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
        dates: none(),
        minutes: Value::from(1_u64),
        words: Value::from(0_u64),
        contents: list([]),
        body: html(""),
        extra: Value::from(Map::new()),
        sources: list([]),
        relations: list([]),
        linked_from: list([]),
        builds_on_this: list([]),
    }
}

fn canonical(parts: &Parts<'_>, path: &str) -> Value {
    let mut url = parts.site.config.base_url.clone();
    percent_encode_into(&mut url, path);
    Value::from(url)
}

/// `{title, path}`
pub fn crumb(title: &str, path: &str) -> Value {
    record([("title", Value::from(title)), ("path", path_value(path))])
}

/// The home page's crumb.
pub fn home_crumb(parts: &Parts<'_>) -> Value {
    crumb(parts.theme.word("home"), "")
}

fn breadcrumbs(parts: &Parts<'_>, page: &Page) -> Value {
    if page.url.as_str().is_empty() {
        return list([]);
    }
    let mut crumbs = vec![home_crumb(parts)];
    match page.kind() {
        Kind::Article => {
            crumbs.extend(parts.site.section_of(page).map(|section| crumb(&section.title, section.url.as_str())));
        }
        Kind::Exercise => crumbs.push(crumb(&parts.exercises_title(), "exercises/")),
        Kind::Term => crumbs.push(crumb(&parts.glossary_title(), "glossary/")),
        Kind::Page | Kind::Section => {}
    }
    list(crumbs)
}

fn authors(parts: &Parts<'_>, ids: &[String]) -> Value {
    list(ids.iter().filter_map(|id| parts.site.config.author(id)).map(|author| {
        record([
            ("name", Value::from(author.name.as_str())),
            ("url", Value::from(author.url.clone())),
            ("credentials", Value::from(author.credentials.clone())),
        ])
    }))
}

fn dates(parts: &Parts<'_>, common: &Common) -> Value {
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

fn sources(parts: &Parts<'_>, page: &Page, cited: &[usize]) -> Value {
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
            ("url", Value::from(entry.url.clone())),
            ("uses", list(uses)),
        ]))
    });
    list(entries)
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
fn linked_from(parts: &Parts<'_>, page: &Page) -> Value {
    if page.kind() == Kind::Term {
        return list([]);
    }
    let links = &page.links;
    let shown = |id: &PageId| {
        links.builds_on_this.contains(id)
            || links.recommended_in.contains(id)
            || links.relations.iter().any(|(_, pages)| pages.contains(id))
    };
    let pages: Vec<PageId> =
        links.linked_from.iter().filter(|id| !shown(id)).take(LINKED_FROM_AT_MOST).copied().collect();
    parts.cards(&pages)
}

#[cfg(test)]
mod tests {
    use super::letter;

    #[test]
    fn uses_are_lettered() {
        assert_eq!([1, 26, 27, 52, 703].map(letter), ["a", "z", "aa", "az", "aaa"]);
    }
}
