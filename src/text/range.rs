//! Where in a text: byte ranges, and lines and columns made from them.

use std::ops::Range;

/// A range of bytes in one file, `start..end`. Files are at most 4 GiB.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Default)]
pub struct TextRange {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl TextRange {
    /// A range from byte offsets.
    pub fn new(start: usize, end: usize) -> Self {
        Self { start: clamp(start), end: clamp(end.max(start)) }
    }

    /// The empty range at `offset`.
    pub fn at(offset: usize) -> Self {
        Self::new(offset, offset)
    }

    /// This range, moved right by `offset` bytes.
    pub fn shifted(self, offset: usize) -> Self {
        Self::new(self.start as usize + offset, self.end as usize + offset)
    }

    /// As a range of `usize`, for indexing.
    pub fn bytes(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// This range, cut to `text` and widened to its character boundaries, so that indexing with it cannot panic.
    pub fn within(self, text: &str) -> Self {
        let mut start = (self.start as usize).min(text.len());
        let mut end = (self.end as usize).clamp(start, text.len());
        while !text.is_char_boundary(start) {
            start -= 1;
        }
        while !text.is_char_boundary(end) {
            end += 1;
        }
        Self::new(start, end)
    }
}

fn clamp(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}

/// A place for people: line and column, both counted from 1, columns in characters.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct Position {
    /// Line, from 1.
    pub line: u32,
    /// Column, from 1, in Unicode scalar values.
    pub column: u32,
}

/// Turns byte offsets of one text into positions.
#[derive(Debug)]
pub struct LineIndex<'a> {
    text: &'a str,
    starts: Vec<u32>,
}

impl<'a> LineIndex<'a> {
    /// Reads `text` once.
    pub fn new(text: &'a str) -> Self {
        let newlines = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(index, _)| clamp(index + 1));
        Self { text, starts: std::iter::once(0).chain(newlines).collect() }
    }

    /// The position of the byte at `offset`; offsets past the end are taken as the end.
    pub fn position(&self, offset: u32) -> Position {
        let offset = offset.min(clamp(self.text.len()));
        let line = self.starts.partition_point(|start| *start <= offset) - 1;
        let range = TextRange { start: self.starts[line], end: offset }.within(self.text);
        let column = self.text[range.bytes()].chars().count();
        Position { line: clamp(line + 1), column: clamp(column + 1) }
    }
}

#[cfg(test)]
mod tests {
    use super::{LineIndex, Position, TextRange};

    #[test]
    fn columns_count_characters() {
        let index = LineIndex::new("pop\nstraße — pop\n");
        assert_eq!(index.position(0), Position { line: 1, column: 1 });
        assert_eq!(index.position(4), Position { line: 2, column: 1 });
        assert_eq!(index.position(16), Position { line: 2, column: 10 });
        assert_eq!(index.position(999), Position { line: 3, column: 1 });
    }

    #[test]
    fn ranges_are_cut_to_characters() {
        assert_eq!(TextRange::new(1, 2).within("ß"), TextRange::new(0, 2));
        assert_eq!(TextRange::new(5, 9).within("ab"), TextRange::new(2, 2));
    }
}
