//! A document's own text, without its markup and without what other files put in.

use std::collections::HashMap;

use super::words::{Language, Role};
use super::worth;
use crate::parse::body::{Body, Item, ReferenceId, Segment};
use crate::parse::document::Document;
use crate::parse::field::Field;
use crate::parse::front_matter::Meta;

/// What is known of a word in a document.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Uses {
    /// In titles, names, headings, summaries: their worth.
    pub worth: u32,
    /// How often in the text.
    pub count: u32,
    /// Whether it stands anywhere but in words of safety.
    pub is_read: bool,
}

/// What one file says, independent of every other.
#[derive(Debug, Default)]
pub struct Text {
    /// Its words, sorted.
    pub words: Vec<(Box<str>, Uses)>,
    /// Its headings and the like, each as words in order, with what one is worth.
    pub lines: Vec<(Vec<String>, u32)>,
    /// Where the title of another page stands in it.
    pub titles: Vec<(ReferenceId, Purpose)>,
    /// How many words it has.
    pub length: u32,
}

/// What a piece of text is there for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Purpose {
    /// To be read.
    Reading,
    /// To keep readers from harm: care cards, signs to stop at, who should ask first, mistakes.
    Safety,
}

/// A piece of a body's text.
#[derive(Clone, Copy, Debug)]
pub enum Piece<'a> {
    /// Text.
    Text(&'a str),
    /// The title of another page.
    Title(ReferenceId),
}

impl Text {
    /// Reads headings, tags, muscles, fields and text; titles, names and summaries are left to those who know the site.
    pub fn new(document: &Document, language: Language) -> Self {
        let mut text = Self::default();
        let mut words = HashMap::new();
        let muscles = match &document.meta {
            Meta::Exercise(exercise) => exercise.muscles.as_slice(),
            Meta::Article(_) | Meta::Term(_) | Meta::Page(_) | Meta::Section(_) | Meta::Sequence(_) | Meta::Care(_) => {
                &[]
            }
        };
        let headings = document.headings.iter().map(|heading| &heading.text);
        for line in document.meta.common().tags.iter().chain(muscles).chain(headings) {
            let parts = add(&mut words, language, line, |uses| uses.worth += worth::HEADING);
            text.lines.push((parts, worth::HEADING));
        }
        let fields = document.fields.iter().map(|((field, _), body)| (body, purpose(*field)));
        for (body, always) in fields.chain([(&document.body, Purpose::Reading)]) {
            each(body, |piece, purpose| {
                let purpose = if always == Purpose::Safety { always } else { purpose };
                match piece {
                    Piece::Text(piece) => text.length += count(&mut words, language, piece, purpose),
                    Piece::Title(title) => text.titles.push((title, purpose)),
                }
            });
        }
        text.words = words.into_iter().map(|(word, uses): (String, Uses)| (word.into_boxed_str(), uses)).collect();
        text.words.sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
        text
    }
}

/// Adds the words of a line, as `change` says; the parts among them are handed back in order.
pub fn add(
    words: &mut HashMap<String, Uses>,
    language: Language,
    line: &str,
    change: impl Fn(&mut Uses),
) -> Vec<String> {
    let mut parts = Vec::new();
    language.each(line, |found| {
        let uses = words.entry(found.word.to_owned()).or_default();
        uses.is_read = true;
        change(uses);
        if found.role == Role::Part {
            parts.push(found.word.to_owned());
        }
    });
    parts
}

/// Counts the words of a running text, and how many it has.
pub fn count(words: &mut HashMap<String, Uses>, language: Language, text: &str, purpose: Purpose) -> u32 {
    let mut length = 0;
    language.each(text, |found| {
        length += u32::from(found.role == Role::Part);
        let uses = match words.get_mut(found.word) {
            Some(uses) => uses,
            None => words.entry(found.word.to_owned()).or_default(),
        };
        uses.count += 1;
        uses.is_read |= purpose == Purpose::Reading;
    });
    length
}

/// Hands over every piece of text of a body.
pub fn each(body: &Body, mut found: impl FnMut(Piece<'_>, Purpose)) {
    let mut cards = 0_usize;
    for segment in &body.segments {
        let purpose = if cards > 0 { Purpose::Safety } else { Purpose::Reading };
        match segment {
            Segment::CareStart(_) => cards += 1,
            Segment::CareEnd => cards = cards.saturating_sub(1),
            Segment::Card { .. } | Segment::QuestionStart(_) | Segment::Answer(_) | Segment::QuestionEnd => {}
            Segment::Html(_) | Segment::Prose(_) | Segment::Figure { .. } | Segment::Heading(_) | Segment::Word(_) => {
                pieces(segment, |piece| found(piece, purpose));
            }
        }
    }
}

/// Hands over every piece of text of a segment: of prose also what stands in it, such as code, titles and words for pictures.
pub fn pieces(segment: &Segment, mut found: impl FnMut(Piece<'_>)) {
    let html = |html: &str, found: &mut dyn FnMut(Piece<'_>)| {
        if let Some(text) = html_text(html) {
            found(Piece::Text(&text));
        }
    };
    match segment {
        Segment::Html(text) => html(text, &mut found),
        Segment::Figure { alt, caption, .. } => {
            found(Piece::Text(alt));
            found(Piece::Text(caption));
        }
        Segment::Prose(prose) => {
            found(Piece::Text(&prose.text));
            for mark in &prose.marks {
                match &mark.item {
                    Item::Title(reference) => found(Piece::Title(*reference)),
                    // Other HTML in prose is breaks and the numbers of notes.
                    Item::Html(text) if text.starts_with("<code>") || text.starts_with("<span class=\"math") => {
                        html(text, &mut found);
                    }
                    Item::Image(_, alt, _) => found(Piece::Text(alt)),
                    Item::Html(_)
                    | Item::Open(_)
                    | Item::Close(_)
                    | Item::OpenReference(..)
                    | Item::OpenUrl(_)
                    | Item::CloseLink
                    | Item::Citation(_) => {}
                }
            }
        }
        Segment::Heading(_)
        | Segment::Word(_)
        | Segment::CareStart(_)
        | Segment::CareEnd
        | Segment::Card { .. }
        | Segment::QuestionStart(_)
        | Segment::Answer(_)
        | Segment::QuestionEnd => {}
    }
}

/// The purpose of a front-matter field.
fn purpose(field: Field) -> Purpose {
    match field {
        Field::StopIf | Field::AvoidIf | Field::Mistake => Purpose::Safety,
        Field::Definition
        | Field::AtAGlance
        | Field::Objective
        | Field::Takeaway
        | Field::FigureCaption
        | Field::FigureSource
        | Field::DoseNote
        | Field::DoseSource
        | Field::SequenceNote
        | Field::EasierHow
        | Field::HarderHow => Purpose::Reading,
    }
}

/// The text between the tags of finished HTML; nothing if there is none.
fn html_text(html: &str) -> Option<String> {
    let has_text = |piece: &str| piece.rsplit('>').next().is_some_and(|text| text.contains(char::is_alphanumeric));
    if !html.split('<').any(has_text) {
        return None;
    }
    let mut text = String::with_capacity(html.len());
    for piece in html.split('<') {
        // What stands before the first tag has no `>`, since every other one is escaped.
        text.push_str(piece.split_once('>').map_or(piece, |(_, text)| text));
        text.push(' ');
    }
    for (entity, character) in [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&amp;", "&")] {
        if text.contains(entity) {
            text = text.replace(entity, character);
        }
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::html_text;

    #[test]
    fn markup_is_no_text() {
        assert_eq!(html_text("</p>\n<ul class=\"a b\"><li>"), None);
        assert_eq!(html_text("<code>a &lt; b</code>").as_deref(), Some(" a < b  "));
        assert_eq!(html_text("<br>\n"), None);
    }
}
