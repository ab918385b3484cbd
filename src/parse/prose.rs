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

/// A mark to put in place of a stretch of the text.
struct Splice {
    start: usize,
    end: usize,
    item: Item,
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

    /// Takes out of the text what the parser leaves in it: citations, which are appended to `citations`, and what is lowered or
    /// raised within words, as in `H~2~O` and `x^2^`, which the parser only knows between spaces.
    pub(super) fn settle(&mut self, origin: Origin, source: &str, citations: &mut Vec<Citation>) {
        if self.text.contains('@') {
            let splices = self.citations(origin, source, citations);
            self.splice(splices);
        }
        for (delimiter, style) in [('~', Style::Subscript), ('^', Style::Superscript)] {
            if self.text.contains(delimiter) {
                let splices = self.scripts(delimiter, style, source);
                self.splice(splices);
            }
        }
    }

    /// Finishes the prose, which is settled.
    pub(super) fn finish(self, role: Role, origin: Origin) -> Prose {
        Prose { text: self.text, marks: self.marks, role, origin, places: self.places }
    }

    /// Where citations stand.
    fn citations(&self, origin: Origin, source: &str, citations: &mut Vec<Citation>) -> Vec<Splice> {
        let mut splices = Vec::new();
        let mut from = 0;
        while let Some(start) = self.text[from..].find('[').map(|found| from + found) {
            from = start + 1;
            let inside = &self.text[from..];
            if !inside.starts_with('@') && without_side(inside).is_none() {
                continue;
            }
            // A bracket within makes it no citation.
            let Some(end) = self.text[from..].find(['[', ']']).map(|found| from + found + 1) else { break };
            if !self.text[..end].ends_with(']') || self.is_escaped(start, source) || self.has_marks(start + 1, end) {
                continue;
            }
            let Some(citation) = self.citation(start, end, origin) else { continue };
            let id = CitationId(offset(citations.len()));
            citations.push(citation);
            splices.push(Splice { start, end, item: Item::Citation(id) });
            from = end;
        }
        splices
    }

    /// Where subscripts or superscripts stand within words.
    fn scripts(&self, delimiter: char, style: Style, source: &str) -> Vec<Splice> {
        let mut splices = Vec::new();
        let mut from = 0;
        while let Some(start) = self.text[from..].find(delimiter).map(|found| from + found) {
            from = start + 1;
            let inside = &self.text[from..];
            let length = inside.find(|character: char| !is_script(character)).unwrap_or(inside.len());
            let end = from + length;
            let before = self.text[..start].chars().next_back();
            let has_word_before = before.is_some_and(|before| before.is_alphanumeric() || matches!(before, ')' | ']'));
            let is_closed = length > 0 && self.text[end..].starts_with(delimiter);
            let is_plain =
                !self.has_marks(start, end + 1) && !self.is_escaped(start, source) && !self.is_escaped(end, source);
            if has_word_before && is_closed && is_plain {
                splices.push(Splice { start, end: start + 1, item: Item::Open(style) });
                splices.push(Splice { start: end, end: end + 1, item: Item::Close(style) });
                from = end + 1;
            }
        }
        splices
    }

    /// Whether a backslash stands before what is at `at`.
    fn is_escaped(&self, at: usize, source: &str) -> bool {
        self.source_offset(at).checked_sub(1).and_then(|at| source.as_bytes().get(at)) == Some(&b'\\')
    }

    /// Whether there are marks in `start..end`.
    fn has_marks(&self, start: usize, end: usize) -> bool {
        let index = self.marks.partition_point(|mark| (mark.at as usize) < start);
        self.marks.get(index).is_some_and(|mark| (mark.at as usize) < end)
    }

    /// Puts marks in place of stretches of the text, all in one pass. The stretches ascend and hold no marks.
    fn splice(&mut self, splices: Vec<Splice>) {
        if splices.is_empty() {
            return;
        }
        let old = std::mem::replace(self, Self::new());
        let mut marks = old.marks.iter().cloned().peekable();
        let mut places = old.places.iter().copied().peekable();
        let mut done = 0;
        // Copies the text up to `to`, with the marks and places in it; marks at `to` itself belong to what comes before.
        let mut copy = |new: &mut Self, done: usize, to: usize| {
            let moved = |at: u32| offset(at as usize - done + new.text.len());
            while let Some(mark) = marks.next_if(|mark| mark.at as usize <= to) {
                new.marks.push(Mark { at: moved(mark.at), item: mark.item });
            }
            while let Some((text, source)) = places.next_if(|(text, _)| (*text as usize) < to) {
                if text as usize >= done && new.places.last().is_none_or(|(last, _)| *last < moved(text)) {
                    new.places.push((moved(text), source));
                }
            }
            new.text.push_str(&old.text[done..to]);
        };
        for Splice { start, end, item } in splices {
            copy(self, done, start);
            let at = offset(self.text.len());
            if item.is_object() {
                self.places.push((at, offset(old.source_offset(start))));
                self.text.push(OBJECT);
            }
            self.marks.push(Mark { at, item });
            self.places.push((offset(self.text.len()), offset(old.source_offset(end))));
            done = end;
        }
        copy(self, done, old.text.len());
    }

    fn source_offset(&self, at: usize) -> usize {
        let index = self.places.partition_point(|(text, _)| *text as usize <= at).saturating_sub(1);
        self.places.get(index).map_or(at, |(text, source)| *source as usize + at - *text as usize)
    }

    /// `[@a; against @b, p. 3; limited]`; nothing if it is no citation after all.
    fn citation(&self, start: usize, end: usize, origin: Origin) -> Option<Citation> {
        let mut items = Vec::new();
        let mut evidence = None;
        let mut at = start + 1;
        for part in self.text[start + 1..end - 1].split(';') {
            let mut lead = part.len() - part.trim_start().len();
            let mut word = part.trim();
            if evidence.is_none() && !word.is_empty() && word.chars().all(|c| c.is_alphanumeric() || c == '-') {
                let source = self.source_offset(at + lead);
                evidence = Some((word.to_owned(), TextRange::new(source, source + word.len())));
                at += part.len() + 1;
                continue;
            }
            let against = without_side(word).is_some();
            if let Some(source) = without_side(word) {
                lead += word.len() - source.len();
                word = source;
            }
            let (key, locator) = word.split_once(',').unwrap_or((word, ""));
            let key = key.trim_end().strip_prefix('@')?;
            let is_key =
                |character: char| character.is_alphanumeric() || matches!(character, '_' | '-' | ':' | '.' | '+' | '/');
            if key.is_empty() || !key.chars().all(is_key) {
                return None;
            }
            let source = self.source_offset(at + lead);
            let range = TextRange::new(source, source + 1 + key.len());
            items.push(CitationItem { key: key.to_owned(), locator: locator.trim().to_owned(), against, range });
            at += part.len() + 1;
        }
        Some(Citation { items, evidence, origin })
    }
}

/// `@b` of `against @b`.
fn without_side(part: &str) -> Option<&str> {
    let source = part.strip_prefix("against")?;
    Some(source.trim_start()).filter(|rest| rest.len() < source.len() && rest.starts_with('@'))
}

/// What a subscript or superscript may hold.
fn is_script(character: char) -> bool {
    character.is_alphanumeric() || "+-−=().,*".contains(character)
}

/// Offsets fit: a source file is at most 16 MiB.
fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
