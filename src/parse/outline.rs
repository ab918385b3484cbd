//! What stands where in a body: its blocks in reading order, for those who look at its shape and not at its text.

use pulldown_cmark::{Event, Tag, TagEnd};

use super::alert::{self, Alert};
use crate::config::CareLevel;
use crate::text::TextRange;

/// A block of a body.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Block {
    /// What it is.
    pub shape: Shape,
    /// Where it stands in the file, from its first to its last byte.
    pub range: TextRange,
    /// In how many other blocks it lies: lists, quotations, definitions.
    pub depth: usize,
    /// Words in it, without pictures; for an outermost block, with those of the blocks in it.
    pub words: usize,
}

/// What a [`Block`] is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Shape {
    /// A heading: an index into `Document::headings`.
    Heading(usize),
    /// A paragraph, or a picture that stands alone.
    Paragraph,
    /// A list.
    List {
        /// Items on its own level.
        items: usize,
    },
    /// A table.
    Table {
        /// Cells of its head.
        columns: usize,
        /// Where those of them stand that are empty.
        empty: Vec<TextRange>,
    },
    /// A care card.
    Care {
        /// How urgent it is.
        level: CareLevel,
        /// Where its marker stands.
        marker: TextRange,
        /// Items of the lists in it.
        signs: usize,
    },
    /// A care card that stands in a file of its own.
    Card {
        /// Its name.
        name: String,
        /// Where its marker stands.
        marker: TextRange,
    },
    /// What not to do.
    Dont {
        /// Where the items of its list stand.
        items: Vec<TextRange>,
    },
    /// A remark or a question: it has a title of its own.
    Box,
    /// Code, a quotation, a list of definitions, HTML.
    Other,
}

/// Puts blocks together from the events of a parser. What stands in footnotes is left out: it is shown elsewhere.
pub(super) struct Outline<'a> {
    text: &'a str,
    offset: usize,
    blocks: Vec<Block>,
    /// The blocks that are open.
    open: Vec<usize>,
    headings: usize,
    footnotes: usize,
    images: usize,
    in_head: bool,
}

impl<'a> Outline<'a> {
    /// Of `text`, which begins at `offset` in what ranges are counted in.
    pub(super) fn new(text: &'a str, offset: usize) -> Self {
        let (blocks, open) = (Vec::new(), Vec::new());
        Self { text, offset, blocks, open, headings: 0, footnotes: 0, images: 0, in_head: false }
    }

    /// The blocks.
    pub(super) fn finish(self) -> Vec<Block> {
        self.blocks
    }

    /// Takes in what comes next, at `range`.
    pub(super) fn event(&mut self, event: &Event<'_>, range: TextRange) {
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(*tag),
            Event::Text(text) | Event::Code(text) if self.footnotes == 0 && self.images == 0 => {
                let words = text.split_whitespace().filter(|word| word.contains(char::is_alphanumeric)).count();
                // Blocks may lie in each other by the thousand: only the outermost and the innermost are told.
                let (outer, inner) = (self.open.first(), self.open.last());
                for block in outer.into_iter().chain(inner.filter(|_| self.open.len() > 1)) {
                    self.blocks[*block].words += words;
                }
            }
            _ => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>, range: TextRange) {
        let shape = match tag {
            Tag::FootnoteDefinition(_) => {
                self.footnotes += 1;
                return;
            }
            Tag::Heading { .. } => {
                self.headings += 1;
                Shape::Heading(self.headings - 1)
            }
            Tag::Image { .. } => {
                self.images += 1;
                return;
            }
            Tag::Item => {
                self.item(range);
                return;
            }
            Tag::TableCell => {
                self.cell(range);
                return;
            }
            Tag::TableHead => {
                self.in_head = true;
                return;
            }
            Tag::Paragraph => Shape::Paragraph,
            Tag::List(_) => Shape::List { items: 0 },
            Tag::Table(_) => Shape::Table { columns: 0, empty: Vec::new() },
            Tag::BlockQuote(_) => self.quotation(range),
            Tag::HtmlBlock if self.slice(range).starts_with("<!--") => return,
            Tag::CodeBlock(_) | Tag::DefinitionList | Tag::HtmlBlock => Shape::Other,
            _ => return,
        };
        if self.footnotes == 0 {
            self.open.push(self.blocks.len());
            self.blocks.push(Block { shape, range, depth: self.open.len() - 1, words: 0 });
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::FootnoteDefinition => self.footnotes = self.footnotes.saturating_sub(1),
            TagEnd::Image => self.images = self.images.saturating_sub(1),
            TagEnd::TableHead => self.in_head = false,
            TagEnd::Heading(_)
            | TagEnd::Paragraph
            | TagEnd::List(_)
            | TagEnd::Table
            | TagEnd::BlockQuote(_)
            | TagEnd::CodeBlock
            | TagEnd::DefinitionList
                if self.footnotes == 0 =>
            {
                self.open.pop();
            }
            // A comment was not opened.
            TagEnd::HtmlBlock if self.footnotes == 0 => {
                self.open.pop_if(|block| self.blocks[*block].shape == Shape::Other);
            }
            _ => {}
        }
    }

    fn slice(&self, range: TextRange) -> &'a str {
        let start = (range.start as usize).saturating_sub(self.offset);
        let end = (range.end as usize).saturating_sub(self.offset);
        self.text.get(start..end).unwrap_or_default()
    }

    fn quotation(&self, range: TextRange) -> Shape {
        let Some(marker) = alert::marker(self.text, range.start as usize - self.offset) else { return Shape::Other };
        match alert::find(marker.word) {
            Some(Alert::Care(level, _)) => Shape::Care { level, marker: marker.range.shifted(self.offset), signs: 0 },
            Some(Alert::Shared) => {
                let name = alert::rest_of_line(self.text, &marker).0.to_owned();
                Shape::Card { name, marker: marker.range.shifted(self.offset) }
            }
            Some(Alert::Dont(..)) => Shape::Dont { items: Vec::new() },
            Some(Alert::Remark(..) | Alert::Quiz) => Shape::Box,
            None => Shape::Other,
        }
    }

    /// An item of the list that is open; also a sign, or what not to do, if that lies in such a box.
    fn item(&mut self, range: TextRange) {
        if self.footnotes > 0 {
            return;
        }
        if let Some(Shape::List { items }) = self.open.last().map(|list| &mut self.blocks[*list].shape) {
            *items += 1;
        }
        if let [.., around, _] = self.open.as_slice() {
            match &mut self.blocks[*around].shape {
                Shape::Care { signs, .. } => *signs += 1,
                Shape::Dont { items } => items.push(range),
                _ => {}
            }
        }
    }

    /// A cell; one of a head may be empty.
    fn cell(&mut self, range: TextRange) {
        let is_empty = self.slice(range).trim_matches(|c: char| c.is_whitespace() || c == '|').is_empty();
        if let (true, 0, Some(table)) = (self.in_head, self.footnotes, self.open.last())
            && let Shape::Table { columns, empty } = &mut self.blocks[*table].shape
        {
            *columns += 1;
            if is_empty {
                empty.push(range);
            }
        }
    }
}
