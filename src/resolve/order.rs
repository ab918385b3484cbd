//! Prerequisites → reading order. A circle of them is an error that names its shortest form.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap, VecDeque};

use super::site::PageId;
use crate::diagnostic::{Code, Diagnostic};
use crate::parse::document::Document;
use crate::parse::front_matter::Meta;
use crate::yaml::Step;

/// More circles than this are not worth more messages.
const CYCLES_AT_MOST: usize = 10;

/// Shortest circles are looked for from at most so many pages.
const STARTS_AT_MOST: usize = 2_000;

/// `articles`, each with what must be read before it, sorted so that prerequisites come first and otherwise as given.
/// Pages in a circle keep their place.
pub(super) fn reading_order(
    articles: &[PageId],
    requires: &HashMap<PageId, Vec<PageId>>,
    pages: &[&Document],
) -> (Vec<PageId>, Vec<Diagnostic>) {
    let mut problems = Vec::new();
    let mut left: HashMap<PageId, usize> = articles.iter().zip(0..).map(|(page, rank)| (*page, rank)).collect();
    let mut order = Vec::with_capacity(articles.len());
    loop {
        take_ready(articles, requires, &mut left, &mut order);
        if left.is_empty() {
            return (order, problems);
        }
        let cycle = shortest_cycle(&left, articles, requires);
        if cycle.is_empty() || problems.len() >= CYCLES_AT_MOST {
            let mut rest: Vec<PageId> = left.into_keys().collect();
            rest.sort_unstable();
            order.extend(rest);
            return (order, problems);
        }
        problems.push(report(&cycle, pages));
        for page in &cycle {
            left.remove(page);
            order.push(*page);
        }
    }
}

/// Moves every page whose prerequisites are all placed from `left` to `order`, the earliest first.
fn take_ready(
    articles: &[PageId],
    requires: &HashMap<PageId, Vec<PageId>>,
    left: &mut HashMap<PageId, usize>,
    order: &mut Vec<PageId>,
) {
    let mut waiting: HashMap<PageId, usize> = HashMap::new();
    let mut wanted_by: HashMap<PageId, Vec<PageId>> = HashMap::new();
    let mut ready = BinaryHeap::new();
    for page in articles.iter().filter(|page| left.contains_key(page)) {
        let before: Vec<PageId> =
            requires.get(page).into_iter().flatten().filter(|other| left.contains_key(other)).copied().collect();
        if before.is_empty() {
            ready.push(Reverse((left[page], *page)));
        }
        waiting.insert(*page, before.len());
        for other in before {
            wanted_by.entry(other).or_default().push(*page);
        }
    }
    while let Some(Reverse((_, page))) = ready.pop() {
        order.push(page);
        left.remove(&page);
        for next in wanted_by.remove(&page).unwrap_or_default() {
            let count = waiting.get_mut(&next).expect("every page that waits is counted");
            *count -= 1;
            if *count == 0 {
                ready.push(Reverse((left[&next], next)));
            }
        }
    }
}

/// The shortest circle among the pages that are left, beginning at its first page; empty if there is none.
fn shortest_cycle(
    left: &HashMap<PageId, usize>,
    articles: &[PageId],
    requires: &HashMap<PageId, Vec<PageId>>,
) -> Vec<PageId> {
    let mut best: Vec<PageId> = Vec::new();
    for start in articles.iter().filter(|page| left.contains_key(page)).take(STARTS_AT_MOST) {
        let mut came_from: HashMap<PageId, PageId> = HashMap::new();
        let mut queue = VecDeque::from([(*start, 1_usize)]);
        'search: while let Some((page, length)) = queue.pop_front() {
            if !best.is_empty() && length >= best.len() {
                break;
            }
            for next in requires.get(&page).into_iter().flatten().filter(|next| left.contains_key(next)) {
                if next == start {
                    best = path_back(*start, page, &came_from);
                    break 'search;
                }
                if !came_from.contains_key(next) {
                    came_from.insert(*next, page);
                    queue.push_back((*next, length + 1));
                }
            }
        }
        if best.len() == 1 {
            break;
        }
    }
    best
}

fn path_back(start: PageId, end: PageId, came_from: &HashMap<PageId, PageId>) -> Vec<PageId> {
    let mut path = vec![end];
    let mut at = end;
    while at != start {
        at = came_from[&at];
        path.push(at);
    }
    path.reverse();
    path
}

fn report(cycle: &[PageId], pages: &[&Document]) -> Diagnostic {
    let edge = |index: usize| {
        let document = pages[cycle[index].index()];
        let next = pages[cycle[(index + 1) % cycle.len()].index()];
        let position = match &document.meta {
            Meta::Article(article) => article.requires.iter().position(|id| *id == next.id),
            _ => None,
        };
        let range = document.value_range(&[Step::key("requires"), Step::Index(position.unwrap_or_default())]);
        (document, next, range)
    };
    let (document, _, range) = edge(0);
    let mut names: Vec<String> = cycle.iter().map(|page| format!("`{}`", pages[page.index()].id)).collect();
    names.push(names[0].clone());
    let message = if cycle.len() == 1 {
        format!("`{}` requires itself", document.id)
    } else {
        format!("these pages require each other in a circle: {}", names.join(" → "))
    };
    let mut problem = Diagnostic::new(Code::PrerequisiteCycle, document.path(), range, message);
    if cycle.len() > 1 {
        for index in 1..cycle.len() {
            let (document, next, range) = edge(index);
            problem = problem.note(document.path(), range, format!("`{}` requires `{}` here", document.id, next.id));
        }
    }
    problem.help("take out one of these requirements, so that there is a page to begin with")
}
