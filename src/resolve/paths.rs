//! Learning paths: the articles that site.yaml names, each after those that it requires.

use std::collections::{HashMap, HashSet};

use super::chosen::Chosen;
use super::site::{PageId, PageLinks, PathPages, PathStep};
use crate::config::{Config, Kind};
use crate::diagnostic::{Code, Diagnostic};
use crate::parse::document::Document;
use crate::yaml::Step;

/// The paths of site.yaml; each of their pages is told its place.
pub(super) fn paths(
    config: &Config,
    pages: &[&Document],
    mut chosen: Chosen<'_>,
    links: &mut [PageLinks],
) -> (Vec<PathPages>, Vec<Diagnostic>) {
    let mut paths = Vec::with_capacity(config.paths.len());
    for (index, path) in config.paths.iter().enumerate() {
        let at = |number: usize| [Step::key("paths"), Step::Index(index), Step::key("articles"), Step::Index(number)];
        let mut articles: Vec<PageId> = Vec::new();
        let mut places: HashMap<PageId, usize> = HashMap::new();
        for (number, id) in path.articles.iter().enumerate() {
            let Some(page) = chosen.page(&at(number), id, &[Kind::Article]) else { continue };
            if places.contains_key(&page) {
                chosen.report(Code::DuplicateId, &at(number), format!("`{id}` stands twice in this path"), None);
                continue;
            }
            places.insert(page, number);
            articles.push(page);
        }
        for page in &articles {
            let number = places[page];
            let Some(later) = required_later(*page, number, &places, links) else { continue };
            let (id, wanted) = (&path.articles[number], &pages[later.index()].id);
            let message = format!("`{id}` stands before `{wanted}`, which is to be read first");
            let help = format!("put `{wanted}` before it, or take it out of `requires:`");
            chosen.report(Code::PathOrder, &at(number), message, Some(help));
        }
        for (number, page) in articles.iter().enumerate() {
            links[page.index()].paths.push(PathStep { path: index, number });
        }
        paths.push(PathPages { articles });
    }
    (paths, chosen.problems)
}

/// A page of the path that `page` requires, perhaps by way of pages that are not in it, and that stands behind it.
fn required_later(page: PageId, number: usize, places: &HashMap<PageId, usize>, links: &[PageLinks]) -> Option<PageId> {
    let mut seen = HashSet::from([page]);
    let mut open = vec![page];
    while let Some(page) = open.pop() {
        for required in links[page.index()].requires.iter().filter(|required| seen.insert(**required)) {
            match places.get(required) {
                Some(place) if *place > number => return Some(*required),
                // What that one requires is looked at in its own turn.
                Some(_) => {}
                None => open.push(*required),
            }
        }
    }
    None
}
