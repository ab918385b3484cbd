//! The view of the home page.

use std::cmp::Reverse;

use tera::Value;

use super::facets::facet_list;
use super::lists::context;
use super::page::generated_page;
use super::pages::{View, view};
use super::parts::{Parts, minutes, path_value};
use super::view::{list, record};
use crate::parse::front_matter::Date;
use crate::resolve::site::{PageId, Site};

/// Articles of a section and exercises that the home page shows.
const CARDS_ON_HOME: usize = 6;

/// Pages with their dates that it shows.
const LATEST_ON_HOME: usize = 4;

/// The home page: `content/index.md`, or a generated one.
pub fn home(parts: &Parts) -> View {
    let site = &*parts.site;
    let mut context = match site.home {
        Some(page) => view(parts, page).context,
        None => {
            let page = generated_page(parts, "home", &site.config.title, &site.config.summary, "", list([]));
            context("./", page)
        }
    };
    let sections = site.sections.iter().map(|section| {
        let shown = &section.articles[..section.articles.len().min(CARDS_ON_HOME)];
        record([
            ("title", Value::from(section.title.as_str())),
            ("summary", Value::from(section.summary.as_str())),
            ("path", path_value(section.url.as_str())),
            ("minutes", Value::from(minutes_of(site, &section.articles))),
            ("count", Value::from(section.articles.len())),
            ("cards", parts.cards(shown)),
        ])
    });
    let articles: usize = site.sections.iter().map(|section| section.articles.len()).sum();
    context.insert_value("sections", list(sections));
    context.insert_value("featured", parts.cards(&site.exercises[..site.exercises.len().min(CARDS_ON_HOME)]));
    let counts = record([
        ("articles", Value::from(articles)),
        ("exercises", Value::from(site.exercises.len())),
        ("terms", Value::from(site.terms.len())),
        ("sources", Value::from(site.cited_by.len())),
    ]);
    context.insert_value("counts", counts);
    // Templates see the same names whether an author wrote the page or not.
    for name in ["at_a_glance", "takeaways"] {
        if !context.contains_key(name) {
            context.insert_value(name, list([]));
        }
    }
    context.insert_value("facets", facet_list(parts, "./", None));
    context.insert_value("latest", latest(parts));
    View { template: "home.html", context }
}

/// Minutes to read some pages.
fn minutes_of(site: &Site, pages: &[PageId]) -> usize {
    pages.iter().map(|page| minutes(site, site.page(*page))).sum()
}

/// `[{card, what, date}]`: the articles and exercises that were last reviewed, updated or published, newest first; `what` is
/// one of these words.
fn latest(parts: &Parts) -> Value {
    let site = &*parts.site;
    let pages = site.sections.iter().flat_map(|section| &section.articles).chain(&site.exercises);
    let mut found: Vec<(Date, &str, PageId)> = pages
        .filter_map(|id| {
            let common = site.page(*id).document.meta.common();
            let dates = [
                ("published", common.published.or(common.publish_on)),
                ("updated", common.updated),
                ("reviewed", common.reviewed),
            ];
            let (date, what) =
                dates.into_iter().filter_map(|(what, date)| Some((date?, what))).max_by_key(|(date, _)| date.0)?;
            Some((date, what, *id))
        })
        .collect();
    found.sort_by_key(|(date, _, _)| Reverse(date.0));
    list(found.into_iter().take(LATEST_ON_HOME).map(|(date, what, id)| {
        record([("card", parts.card(id)), ("what", Value::from(what)), ("date", parts.date(Some(date)))])
    }))
}
