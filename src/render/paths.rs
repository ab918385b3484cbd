//! Learning paths: a page for each, and on each of its articles the way on.

use tera::Value;

use super::lists::context;
use super::map;
use super::page::{crumb, generated_page, home_crumb};
use super::pages::View;
use super::parts::{Parts, minutes, path_value};
use super::view::{list, record};
use crate::resolve::site::{Page, PathStep};

/// Where the page of a path is.
pub fn path_url(id: &str) -> String {
    format!("paths/{id}/")
}

/// The page of a path.
pub fn path(parts: &Parts, index: usize) -> View {
    let declared = &parts.site.config.paths[index];
    let url = path_url(&declared.id);
    let mut crumbs = vec![home_crumb(parts)];
    if map::count(&parts.site) > 0 {
        crumbs.push(crumb(&parts.map_title(), map::PATH));
    }
    let page = generated_page(parts, "path", &declared.title, &declared.summary, &url, list(crumbs));
    let mut context = context("../../", page);
    context.insert_value("articles", parts.cards(&parts.site.paths[index].articles));
    context.insert_value("minutes", Value::from(total(parts, index)));
    View { template: "path.html", context }
}

/// Minutes that all of a path takes.
fn total(parts: &Parts, index: usize) -> usize {
    parts.site.paths[index].articles.iter().map(|id| minutes(&parts.site, parts.site.page(*id))).sum()
}

/// `[{title, summary, path, minutes, count}]`: every path that has articles.
pub fn all(parts: &Parts) -> Value {
    let paths = parts.site.config.paths.iter().enumerate();
    list(paths.filter(|(index, _)| !parts.site.paths[*index].articles.is_empty()).map(|(index, declared)| {
        record([
            ("title", Value::from(declared.title.as_str())),
            ("summary", Value::from(declared.summary.as_str())),
            ("path", path_value(&path_url(&declared.id))),
            ("minutes", Value::from(total(parts, index))),
            ("count", Value::from(parts.site.paths[index].articles.len())),
        ])
    }))
}

/// `[{title, path, number, total, previous, next}]`: the paths that lead over an article.
pub fn of(parts: &Parts, page: &Page) -> Value {
    list(page.links.paths.iter().map(|PathStep { path, number }| {
        let declared = &parts.site.config.paths[*path];
        let articles = &parts.site.paths[*path].articles;
        let before = number.checked_sub(1).and_then(|before| articles.get(before));
        record([
            ("title", Value::from(declared.title.as_str())),
            ("path", path_value(&path_url(&declared.id))),
            ("number", Value::from(number + 1)),
            ("total", Value::from(articles.len())),
            ("previous", parts.card_or_none(before.copied())),
            ("next", parts.card_or_none(articles.get(number + 1).copied())),
        ])
    }))
}
