//! Sheets of exercises to print: the page of a sequence, and the page on which readers put their own together.

use std::ops::Range;

use tera::{Context, Value};

use super::body::{Filler, Place};
use super::care;
use super::lists::{self, groups};
use super::page::{generated_page, home_crumb, insert_page};
use super::pages::{View, htmls, insert_neighbours};
use super::parts::Parts;
use super::positions;
use super::view::{SequenceView, SheetExerciseView, SheetView, html, list, record};
use crate::config::CareLevel;
use crate::parse::body::{Body, Segment};
use crate::parse::field::Field;
use crate::parse::front_matter::{Dose, Meta, Sequence};
use crate::resolve::site::{Page, PageId};
use crate::search::care::plain_cards;
use crate::text::escape_into;

/// Where readers put their sheets together.
pub const HANDOUT_PATH: &str = "handout/";

/// More exercises than this are advised against where the site says nothing.
const ADVISED_AT_MOST: u32 = 4;

/// Every exercise as on a sheet, to print as a whole or to choose from.
pub fn handout(parts: &Parts) -> View {
    let site = &*parts.site;
    let summary = &site.config.handout.summary;
    let page =
        generated_page(parts, "handout", &parts.handout_title(), summary, HANDOUT_PATH, list([home_crumb(parts)]));
    let mut writer = Writer { parts, root: "../", drawings: 0 };
    let exercises: Vec<Value> = site.exercises.iter().map(|exercise| writer.exercise(*exercise, None)).collect();
    let mut context = lists::context("../", page);
    context.insert_value("sheet", sheet(parts, "../", exercises));
    context.insert_value("sequences", parts.cards(&site.sequences));
    let groups = match site.config.exercises.facets.first() {
        Some(facet) => groups(parts, facet, &site.exercises),
        None => vec![lists::group("all", Value::none(), parts.cards(&site.exercises))],
    };
    context.insert_value("groups", list(groups));
    View { template: "handout.html", context }
}

/// Fills the context of a sequence's page.
pub fn sequence_view(parts: &Parts, page: &Page, sequence: &Sequence, filler: &mut Filler<'_>, context: &mut Context) {
    let body = filler.body();
    let root = page.url.root();
    let mut writer = Writer { parts, root: &root, drawings: filler.drawings };
    let mut chosen = Vec::new();
    let mut exercises = Vec::new();
    for part in &page.links.sequence {
        let dose = &sequence.exercises[part.item].dose;
        let note = filler.field(Field::SequenceNote, part.item);
        let plain = page.document.field(Field::SequenceNote, part.item).map(|note| note.paragraphs().join(" "));
        exercises.push(writer.exercise(part.exercise, Some((page, part.item, dose, note))));
        chosen.push(state_of(parts, part.exercise, dose, plain.as_deref()));
    }
    context.insert_value("sheet", sheet(parts, &root, exercises));
    let view = SequenceView {
        minutes: Value::from(sequence.minutes),
        handout_path: Value::from(format!("{HANDOUT_PATH}#v=1&t={}&s={}", component(&page.title), chosen.join(","))),
    };
    context.insert_value("sequence", Value::from(view));
    insert_neighbours(parts, &page.links, context);
    insert_page(parts, page, &body, filler, context);
}

/// The path of a new sheet with one exercise on it.
pub fn path_with(exercise: &Page) -> String {
    format!("{HANDOUT_PATH}#v=1&s={}", component(exercise.id()))
}

/// What is given of a dose, as `[{id, value}]`; `place` knows where each amount stands, for a preview.
pub fn dose_list<'p>(dose: &Dose, place: impl Fn(&str) -> Option<&'p str>) -> Value {
    list(dose.amounts().map(|(id, value)| {
        let value = match place(id) {
            None => Value::from(value),
            Some(place) => {
                let mut marked = String::new();
                positions::mark(&mut marked, place);
                escape_into(&mut marked, value);
                html(&marked)
            }
        };
        record([("id", Value::from(id)), ("value", value)])
    }))
}

/// Where an amount of a dose stands: an exercise's own with the index 0, or that of a sequence's item.
pub fn amount_place<'p>(page: &'p Page, index: usize, key: &str) -> Option<&'p str> {
    page.document.positions.as_ref().and_then(|known| known.amount(index, key))
}

fn sheet(parts: &Parts, root: &str, exercises: Vec<Value>) -> Value {
    let note = parts.site.handout_note.as_ref();
    let note = note.map(|note| Filler::new(&parts.site, &parts.theme, note, root, Place::Elsewhere).body());
    SheetView {
        emergency: emergency(parts, root).map_or_else(Value::none, |card| html(&card)),
        note: note.map_or_else(Value::none, |note| html(note.trim())),
        exercises: list(exercises),
        advise_at_most: Value::from(parts.site.config.handout.advise_at_most.unwrap_or(ADVISED_AT_MOST)),
    }
    .into()
}

/// Writes exercises as a sheet shows them.
struct Writer<'a> {
    parts: &'a Parts,
    root: &'a str,
    /// Ids in drawings are counted over the whole page.
    drawings: usize,
}

impl Writer<'_> {
    /// An exercise; `instead` is what an item of a sequence gives in place of its own dose, and its note as HTML.
    fn exercise(&mut self, id: PageId, instead: Option<(&Page, usize, &Dose, Option<String>)>) -> Value {
        let page = self.parts.site.page(id);
        let Meta::Exercise(exercise) = &page.document.meta else { return Value::none() };
        let mut filler = Filler::new(&self.parts.site, &self.parts.theme, page, self.root, Place::Elsewhere);
        filler.drawings = self.drawings;
        let own = |key: &str| amount_place(page, 0, key);
        let (doses, note) = match instead {
            Some((sequence, item, dose, note)) => {
                let place = |key: &str| amount_place(sequence, item, key).or_else(|| own(key));
                (dose_list(&exercise.dose.with(dose), place), note)
            }
            None => (dose_list(&exercise.dose, own), None),
        };
        let optional = |text: Option<String>| text.map_or_else(Value::none, |text| html(&text));
        let steps = filler.segments(steps(&page.document.body));
        let view = SheetExerciseView {
            card: self.parts.card(id),
            alt: Value::from(exercise.figure.as_ref().map_or("", |figure| figure.alt.as_str())),
            steps: html(care::without_footnotes(&steps).trim()),
            dose: doses,
            dose_note: optional(note.or_else(|| filler.field(Field::DoseNote, 0))),
            stop_if: htmls(&filler.fields(Field::StopIf, exercise.stop_if.len())),
        };
        self.drawings = filler.drawings;
        view.into()
    }
}

/// The segments of an exercise that say how to do it: those before its first heading.
fn steps(body: &Body) -> Range<usize> {
    let end = body.segments.iter().position(|segment| matches!(segment, Segment::Heading(_)));
    0..end.unwrap_or(body.segments.len())
}

/// The first emergency card of the help page.
fn emergency(parts: &Parts, root: &str) -> Option<String> {
    let cards = plain_cards(&parts.site);
    let card = cards.iter().find(|card| card.level == CareLevel::Emergency)?;
    Some(care::alone(parts, card, root))
}

/// An exercise of a sequence as the address of a sheet holds it: its id; with a dose of its own all of that after a colon,
/// `2x8@10 s/3$5+60 s` for sets × repetitions, hold, times a day, days a week and rest; a note after a semicolon.
fn state_of(parts: &Parts, exercise: PageId, dose: &Dose, note: Option<&str>) -> String {
    let page = parts.site.page(exercise);
    let mut state = component(page.id());
    if let Meta::Exercise(meta) = &page.document.meta
        && dose.amounts().next().is_some()
    {
        state.push(':');
        for (key, amount) in meta.dose.with(dose).amounts() {
            // Sets and repetitions have an x between them, but numbers have none in them.
            let amount = component(&amount.replace('–', "-"));
            match key {
                "sets" => state += &format!("{amount}x"),
                "hold" => state += &format!("@{amount}"),
                "times_a_day" => state += &format!("/{amount}"),
                "days_a_week" => state += &format!("${amount}"),
                "rest" => state += &format!("+{amount}"),
                _ => state += &amount,
            }
        }
    }
    if let Some(note) = note {
        state += &format!(";{}", component(note));
    }
    state
}

/// A text as a part of an address that holds nothing but it: percent-encoded whatever could separate parts.
fn component(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            _ if byte.is_ascii_alphanumeric() || b"-_.".contains(&byte) => out.push(char::from(byte)),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::component;

    #[test]
    fn a_text_separates_no_parts() {
        assert_eq!(component("a-b_c.1"), "a-b_c.1");
        assert_eq!(component("2x8, 5–6 & <b>"), "2x8%2C%205%E2%80%936%20%26%20%3Cb%3E");
    }
}
