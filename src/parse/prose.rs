//! Builds the [`Prose`] of one block from inline events.

use super::body::{CitationId, Item, Mark, OBJECT, Prose, Style};
use super::document::{Citation, CitationItem};
use super::field::{Origin, Role};
use crate::text::TextRange;

/// Prose in the making.
#[derive(Debug)]
pub(super) struct ProseBuilder {
    text: String,
    marks: Vec<Mark>,
    places: Vec<(u32, u32)>,
    open: Vec<Style>,
}

impl ProseBuilder {
    pub(super) fn new() -> Self {
        Self { text: String::new(), marks: Vec::new(), places: Vec::new(), open: Vec::new() }
    }

    /// Adds text that stands at `source`.
    pub(super) fn text(&mut self, text: &str, source: usize) {
        let at = offset(self.text.len());
        let source = offset(source);
        let continues = self.places.last().is_some_and(|(text, place)| place + (at - text) == source);
        if !continues {
            self.places.push((at, source));
        }
        self.text.push_str(text);
    }

    /// Adds something that is no text, which stands at `source`.
    pub(super) fn item(&mut self, item: Item, source: usize) {
        match &item {
            Item::Open(style) => self.open.push(*style),
            Item::Close(_) => {
                self.open.pop();
            }
            _ => {}
        }
        let is_object = item.is_object();
        self.marks.push(Mark { at: offset(self.text.len()), item });
        if is_object {
            self.places.push((offset(self.text.len()), offset(source)));
            self.text.push(OBJECT);
        }
    }

    /// Whether emphasis is still open.
    pub(super) fn is_open(&self) -> bool {
        !self.open.is_empty()
    }

    /// Whether nothing was added.
    pub(super) fn is_empty(&self) -> bool {
        self.text.is_empty() && self.marks.is_empty()
    }

    /// The text so far, without objects.
    pub(super) fn plain(&self) -> String {
        self.text.replace(OBJECT, "")
    }

    /// The inline code of a heading counts as its text: everything between tags of finished HTML.
    pub(super) fn plain_with_code(&self) -> String {
        let mut plain = String::with_capacity(self.text.len());
        let mut marks = self.marks.iter().filter(|mark| mark.item.is_object());
        for character in self.text.chars() {
            if character != OBJECT {
                plain.push(character);
            } else if let Some(Item::Html(html)) = marks.next().map(|mark| &mark.item)
                && html.starts_with("<code>")
            {
                let code = html.trim_start_matches("<code>").trim_end_matches("</code>");
                plain.push_str(
                    &code.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&"),
                );
            }
        }
        plain
    }

    /// The picture, if the prose is one picture and nothing else.
    pub(super) fn only_image(&self) -> Option<&Item> {
        match self.marks.as_slice() {
            [Mark { item: image @ Item::Image(..), .. }] if self.text.trim() == "\u{fffc}" => Some(image),
            _ => None,
        }
    }

    /// Finishes the prose; citations in it are taken out of the text and appended to `citations`.
    pub(super) fn finish(mut self, role: Role, origin: Origin, source: &str, citations: &mut Vec<Citation>) -> Prose {
        if self.text.contains("[@") {
            self.take_citations(origin, source, citations);
        }
        for (delimiter, style) in [('~', Style::Subscript), ('^', Style::Superscript)] {
            if self.text.contains(delimiter) {
                self.take_scripts(delimiter, style, source);
            }
        }
        Prose { text: self.text, marks: self.marks, role, origin, places: self.places }
    }

    fn take_citations(&mut self, origin: Origin, source: &str, citations: &mut Vec<Citation>) {
        let mut from = 0;
        while let Some(start) = self.text[from..].find("[@").map(|found| from + found) {
            from = start + 2;
            let Some(end) = self.text[start..].find(']').map(|found| start + found + 1) else { return };
            let inside = |mark: &Mark| (start + 1..end).contains(&(mark.at as usize));
            let escaped =
                self.source_offset(start).checked_sub(1).and_then(|at| source.as_bytes().get(at)) == Some(&b'\\');
            if escaped || self.marks.iter().any(inside) {
                continue;
            }
            let Some(items) = self.citation_items(start, end) else { continue };
            let id = CitationId(offset(citations.len()));
            citations.push(Citation { items, origin });
            self.replace(start, end, Item::Citation(id));
            from = start + OBJECT.len_utf8();
        }
    }

    /// Makes `H~2~O` and `x^2^` what they look like: the parser only knows them between spaces.
    fn take_scripts(&mut self, delimiter: char, style: Style, source: &str) {
        let mut from = 0;
        while let Some(start) = self.text[from..].find(delimiter).map(|found| from + found) {
            from = start + 1;
            let inside = &self.text[from..];
            let length = inside.find(|character: char| !is_script(character)).unwrap_or(inside.len());
            let end = from + length;
            let has_word_before =
                self.text[..start].chars().next_back().is_some_and(|before| is_script(before) || before == ']');
            let is_closed = length > 0 && self.text[end..].starts_with(delimiter);
            let is_marked = self.marks.iter().any(|mark| (start..=end).contains(&(mark.at as usize)));
            let is_escaped = |at: usize| {
                self.source_offset(at).checked_sub(1).and_then(|at| source.as_bytes().get(at)) == Some(&b'\\')
            };
            if has_word_before && is_closed && !is_marked && !is_escaped(start) && !is_escaped(end) {
                self.remove_byte(end);
                self.remove_byte(start);
                let index = self.marks.partition_point(|mark| (mark.at as usize) < start);
                let marks = [(start, Item::Open(style)), (end - 1, Item::Close(style))];
                self.marks.splice(index..index, marks.map(|(at, item)| Mark { at: offset(at), item }));
                from = end - 1;
            }
        }
    }

    /// Takes the byte at `at` out of the text.
    fn remove_byte(&mut self, at: usize) {
        let next = self.source_offset(at + 1);
        self.text.remove(at);
        for mark in self.marks.iter_mut().filter(|mark| mark.at as usize > at) {
            mark.at -= 1;
        }
        for (text, _) in self.places.iter_mut().filter(|(text, _)| *text as usize > at) {
            *text -= 1;
        }
        self.places.retain(|(text, _)| *text as usize != at);
        let index = self.places.partition_point(|(text, _)| (*text as usize) < at);
        self.places.insert(index, (offset(at), offset(next)));
    }

    fn source_offset(&self, at: usize) -> usize {
        let index = self.places.partition_point(|(text, _)| *text as usize <= at).saturating_sub(1);
        self.places.get(index).map_or(at, |(text, source)| *source as usize + at - *text as usize)
    }

    /// The sources in `[@a; @b, p. 3]`; nothing if it is no citation after all.
    fn citation_items(&self, start: usize, end: usize) -> Option<Vec<CitationItem>> {
        let mut items = Vec::new();
        let mut at = start + 1;
        for part in self.text[start + 1..end - 1].split(';') {
            let lead = part.len() - part.trim_start().len();
            let (key, locator) = part.trim().split_once(',').unwrap_or((part.trim(), ""));
            let key = key.trim_end().strip_prefix('@')?;
            let is_key =
                |character: char| character.is_alphanumeric() || matches!(character, '_' | '-' | ':' | '.' | '+' | '/');
            if key.is_empty() || !key.chars().all(is_key) {
                return None;
            }
            let source = self.source_offset(at + lead);
            let range = TextRange::new(source, source + 1 + key.len());
            items.push(CitationItem { key: key.to_owned(), locator: locator.trim().to_owned(), range });
            at += part.len() + 1;
        }
        Some(items)
    }

    /// Puts an object in place of `start..end`.
    fn replace(&mut self, start: usize, end: usize, item: Item) {
        let source = self.source_offset(start);
        let after = self.source_offset(end);
        let shrink = end - start - OBJECT.len_utf8();
        let moved = |at: u32| offset(at as usize - shrink);
        for mark in &mut self.marks {
            if mark.at as usize >= end {
                mark.at = moved(mark.at);
            }
        }
        let index = self.marks.partition_point(|mark| mark.at as usize <= start);
        self.marks.insert(index, Mark { at: offset(start), item });
        self.places.retain(|(text, _)| !(start..=end).contains(&(*text as usize)));
        for (text, _) in &mut self.places {
            if *text as usize > end {
                *text = moved(*text);
            }
        }
        let index = self.places.partition_point(|(text, _)| (*text as usize) < start);
        let object_end = offset(start + OBJECT.len_utf8());
        self.places.splice(index..index, [(offset(start), offset(source)), (object_end, offset(after))]);
        self.text.replace_range(start..end, OBJECT.encode_utf8(&mut [0; 4]));
    }
}

/// What a subscript or superscript may hold.
fn is_script(character: char) -> bool {
    character.is_alphanumeric() || "+-−=().,*/".contains(character)
}

/// Offsets fit: a source file is at most 16 MiB.
fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
