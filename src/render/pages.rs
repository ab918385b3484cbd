//! The view of each content page.

use tera::{Context, Value};

use super::body::{Filler, Place};
use super::handout::{amount_place, dose_list, path_with, sequence_view};
use super::page::{definitions, insert_page};
use super::parts::{Parts, facets, path_value, texts};
use super::paths;
use super::term::term_view;
use super::view::{ExerciseView, html, list, record};
use crate::config::Kind;
use crate::parse::field::Field;
use crate::parse::front_matter::{Article, Exercise, Meta};
use crate::resolve::site::{Page, PageId, PageLinks, Step};

/// A section with more parts than this is not listed on each of them.
const SIBLINGS_AT_MOST: usize = 12;

/// Terms explained before an article: few enough to take in.
const WORDS_BEFORE_AT_MOST: usize = 3;

/// Uses of a term shown on a page of its own.
const USES_ON_PAGE: usize = 50;

/// A page's template and what it sees.
pub struct View {
    /// The template.
    pub template: &'static str,
    /// What it sees, without `site` and `words`.
    pub context: Context,
}

/// The view of a content page.
pub fn view(parts: &Parts, id: PageId) -> View {
    let page = parts.site.page(id);
    let root = page.url.root();
    let mut filler = Filler::new(&parts.site, &parts.theme, page, &root, Place::Own);
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
        Meta::Sequence(sequence) => {
            sequence_view(parts, page, sequence, &mut filler, &mut context);
            "sequence.html"
        }
        Meta::Section(_) | Meta::Care(_) => {
            let body = filler.body();
            insert_page(parts, page, &body, &filler, &mut context);
            "section.html"
        }
    };
    View { template, context }
}

fn article_view(parts: &Parts, page: &Page, article: &Article, filler: &mut Filler<'_>, context: &mut Context) {
    context.insert_value("at_a_glance", htmls(&filler.fields(Field::AtAGlance, article.at_a_glance.len())));
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
    let body = filler.body();
    context.insert_value("takeaways", htmls(&filler.fields(Field::Takeaway, article.takeaways.len())));
    insert_page(parts, page, &body, filler, context);
    let links = &page.links;
    context.insert_value("requires", parts.cards(&links.requires));
    context.insert_value("words_before", definitions(parts, page, &words_before(parts, page, &filler.terms)));
    context.insert_value("exercises", parts.cards(&links.exercises));
    insert_neighbours(parts, links, context);
    context.insert_value("paths", paths::of(parts, page));
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

/// The first terms that the articles to read first are about, as their relations say, and that the page uses.
fn words_before(parts: &Parts, page: &Page, used: &[PageId]) -> Vec<PageId> {
    let before = page.links.requires.iter().map(|id| parts.site.page(*id));
    let about = before.flat_map(|page| page.links.relations.iter().flat_map(|(_, pages)| pages));
    let mut words: Vec<PageId> = Vec::new();
    for term in about.filter(|id| used.contains(id) && parts.site.page(**id).kind() == Kind::Term) {
        if !words.contains(term) && words.len() < WORDS_BEFORE_AT_MOST {
            words.push(*term);
        }
    }
    words
}

/// The pages before and after.
pub fn insert_neighbours(parts: &Parts, links: &PageLinks, context: &mut Context) {
    context.insert_value("previous", parts.card_or_none(links.previous));
    context.insert_value("next", parts.card_or_none(links.next));
}

fn exercise_view(parts: &Parts, page: &Page, exercise: &Exercise, filler: &mut Filler<'_>, context: &mut Context) {
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
        facets: facets(&parts.site.config.exercises.facets, exercise),
        muscles: texts(&exercise.muscles),
        dose: dose_list(&exercise.dose, |key| amount_place(page, 0, key)),
        dose_note: optional(filler.field(Field::DoseNote, 0)),
        dose_source: optional(filler.field(Field::DoseSource, 0)),
        easier: steps(&links.easier, filler),
        harder: steps(&links.harder, filler),
        stop_if: htmls(&filler.fields(Field::StopIf, exercise.stop_if.len())),
        avoid_if: htmls(&filler.fields(Field::AvoidIf, exercise.avoid_if.len())),
        mistakes: htmls(&filler.fields(Field::Mistake, exercise.mistakes.len())),
        figure,
        recommended_in: parts.cards(&links.recommended_in),
        part_of: parts.cards(&links.part_of),
        handout_path: Value::from(path_with(page)),
    };
    context.insert_value("exercise", Value::from(view));
    insert_page(parts, page, &body, filler, context);
    insert_neighbours(parts, links, context);
}

/// A list of HTML strings.
pub fn htmls(items: &[String]) -> Value {
    list(items.iter().map(|item| html(item)))
}
