//! The view of a term, on its own page and in the glossary.

use tera::Value;

use super::body::Filler;
use super::page::relations;
use super::parts::{Parts, path_value};
use super::sentence::sentence;
use super::view::{TermView, html, list, record};
use crate::parse::body::{Item, OBJECT, Prose, Segment};
use crate::parse::field::Field;
use crate::parse::front_matter::Term;
use crate::resolve::site::{Page, PageId, Site, Target, UsePlace};

/// The view of a term, for its own page or for the glossary; at most `uses` uses are shown.
pub fn term_view(parts: &Parts, page: &Page, term: &Term, filler: &mut Filler<'_>, uses: usize) -> Value {
    let site = &*parts.site;
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
    }
}

/// As [`sentence`]; a use that is a bare `[[id]]` shows nothing in the prose, so its title is put in.
fn sentence_with_titles(site: &Site, page: PageId, prose: &Prose, place: UsePlace) -> String {
    let (start, end) = (place.start as usize, place.end as usize);
    let title = prose.marks.iter().find_map(|mark| match &mark.item {
        Item::Title(reference) if mark.at == place.start => match site.page(page).target(*reference) {
            Target::Page(to, _) => Some(site.page(*to).title.clone()),
            Target::Facet(_) | Target::Here(_) | Target::Asset(_) | Target::Broken => None,
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
