//! `circular-definition`: two terms each of which is explained by the other.

use crate::diagnostic::{Code, Diagnostic};
use crate::parse::body::{Item, Segment};
use crate::parse::field::Field;
use crate::resolve::glossary::Action;
use crate::resolve::site::{Page, PageId, Site, Target};
use crate::source::Sources;
use crate::text::TextRange;
use crate::text::readability::sentences;

/// A term that a definition uses, and where.
type Use = (PageId, TextRange);

pub(super) fn check(site: &Site, _: &Sources) -> Vec<Diagnostic> {
    // What a term's own page explains does not hang on its definition.
    let bare = |id: &PageId| site.page(*id).document.outline.is_empty();
    let uses = |id: PageId| if bare(&id) { uses_first(site, site.page(id)) } else { Vec::new() };
    let all: Vec<(PageId, Vec<Use>)> = site.glossary_order.iter().map(|id| (*id, uses(*id))).collect();
    let of = |id: PageId| all.binary_search_by_key(&id, |(id, _)| *id).ok().map(|at| &all[at].1);
    let mut problems = Vec::new();
    for (id, used) in &all {
        for (other, at) in used.iter().filter(|(other, _)| other < id) {
            let Some((_, there)) = of(*other).and_then(|back| back.iter().find(|(back, _)| back == id)) else {
                continue;
            };
            let (page, other) = (site.page(*id), site.page(*other));
            let message = format!("`{}` is explained by `{}`, and that by `{}`", page.title, other.title, page.title);
            problems.push(
                Diagnostic::new(Code::CircularDefinition, page.document.path(), *at, message)
                    .note(other.document.path(), *there, "the other way")
                    .help("say one of them in plain words, without the other"),
            );
        }
    }
    problems
}

/// The terms that the first sentence of a definition uses: it says what a term is, and those after it what it has to do with others.
fn uses_first(site: &Site, page: &Page) -> Vec<Use> {
    let document = &page.document;
    let Some(body) = document.field(Field::Definition, 0) else { return Vec::new() };
    let first = body.segments.iter().zip(0_u32..).find_map(|(segment, number)| match segment {
        Segment::Prose(prose) => Some((prose, number)),
        Segment::Html(_)
        | Segment::Word(_)
        | Segment::Heading(_)
        | Segment::CareStart(_)
        | Segment::CareEnd
        | Segment::Card { .. }
        | Segment::QuestionStart(_)
        | Segment::Answer(_)
        | Segment::QuestionEnd
        | Segment::Figure { .. } => None,
    });
    let Some((prose, number)) = first else { return Vec::new() };
    let end = sentences(&prose.text).next().map_or(0, str::len);
    let place = |start: u32, end: u32| document.locate(prose.origin, prose.source_range(start as usize, end as usize));
    let found = page.term_links.of(Some((Field::Definition, 0)), number).iter();
    let found = found.filter_map(|link| {
        let Action::Link(term) = link.action else { return None };
        Some((*site.glossary_order.get(term as usize)?, link.start, link.end))
    });
    let written = prose.marks.iter().enumerate().filter_map(|(at, mark)| {
        let Item::OpenReference(reference, _) = &mark.item else { return None };
        let Target::Page(to, _) = page.target(*reference) else { return None };
        let close = prose.marks[at..].iter().find(|mark| mark.item == Item::CloseLink)?;
        Some((*to, mark.at, close.at))
    });
    let used = found.chain(written).filter(|(_, start, _)| (*start as usize) < end);
    used.map(|(term, start, end)| (term, place(start, end))).collect()
}
