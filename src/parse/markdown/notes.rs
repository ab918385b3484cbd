//! Footnotes: numbered by first reference, listed at the end, with ways back.

use std::collections::{BTreeMap, HashMap};

use super::Writer;
use crate::diagnostic::Code;
use crate::parse::body::{Prose, Segment, Word};
use crate::text::TextRange;

/// The footnotes of a text.
#[derive(Default)]
pub(super) struct Footnotes {
    /// Numbers by label, in the order of first reference, with the number of references.
    numbers: HashMap<String, (usize, usize)>,
    order: Vec<String>,
    pub(super) definitions: BTreeMap<String, (Vec<Segment>, TextRange)>,
}

impl Writer<'_, '_> {
    pub(super) fn report_unknown_footnotes(&mut self, prose: &Prose) {
        for (start, _) in prose.text.match_indices("[^") {
            // A label stands on one line.
            let Some(length) = prose.text[start..].find([']', '\n']) else { continue };
            if !prose.text[start + length..].starts_with(']') {
                continue;
            }
            let range = prose.source_range(start, start + length + 1);
            if self.source()[..range.start as usize].ends_with('\\') {
                continue;
            }
            let message = format!("there is no note `{}`", &prose.text[start..=start + length]);
            let diagnostic = self
                .diagnostic(Code::Footnote, range, message)
                .help("add its text in a paragraph that begins with it and a colon");
            self.report(diagnostic);
        }
    }

    pub(super) fn footnote_reference(&mut self, label: &str, range: TextRange) {
        let next = self.footnotes.order.len() + 1;
        let (number, uses) = self.footnotes.numbers.entry(label.to_owned()).or_insert((next, 0));
        *uses += 1;
        let (number, uses) = (*number, *uses);
        if uses == 1 {
            self.footnotes.order.push(label.to_owned());
        }
        let html = format!(
            "<sup class=\"footnote-ref\"><a href=\"#fn-{number}\" id=\"fnref-{number}-{uses}\">{number}</a></sup>"
        );
        self.inline_html(html, range);
    }

    pub(super) fn end_footnote(&mut self, _range: TextRange) {
        let segments = self.outputs.pop().expect("the definition's start pushed it");
        let (label, range) = self.definition.pop().expect("the definition's start pushed it");
        if let Some((_, first)) = self.footnotes.definitions.get(&label) {
            let first = *first;
            let path = self.input.file.path.clone();
            let diagnostic = self.diagnostic(Code::Footnote, range, format!("there are two notes `[^{label}]`"));
            self.report(diagnostic.note(&path, first, "the first"));
            return;
        }
        self.footnotes.definitions.insert(label, (segments, range));
    }

    pub(super) fn write_footnotes(&mut self) {
        let footnotes = std::mem::take(&mut self.footnotes);
        let mut definitions = footnotes.definitions;
        if !footnotes.order.is_empty() {
            self.html("<section class=\"footnotes\" aria-label=\"");
            self.push(Segment::Word(Word::Notes));
            self.html("\"><ol>\n");
        }
        for label in &footnotes.order {
            let (number, uses) = footnotes.numbers[label];
            let (segments, range) = definitions.remove(label).unwrap_or_default();
            self.open(&format!("<li id=\"fn-{number}\">"), range);
            self.write_footnote(segments, number, uses);
            self.html("</li>\n");
        }
        if !footnotes.order.is_empty() {
            self.html("</ol></section>\n");
        }
        for (label, (_, range)) in definitions {
            let line = TextRange::new(range.start as usize, range.start as usize + label.len() + 3);
            let diagnostic = self.diagnostic(Code::Footnote, line, format!("nothing refers to the note `[^{label}]`"));
            self.report(diagnostic.help(format!("write `[^{label}]` in the text, or delete the note")));
        }
    }

    /// Writes a note with its way back inside its last paragraph.
    pub(super) fn write_footnote(&mut self, mut segments: Vec<Segment>, number: usize, uses: usize) {
        let ends_in_paragraph = match segments.last_mut() {
            Some(Segment::Html(last)) if last.ends_with("</p>\n") => {
                last.truncate(last.len() - "</p>\n".len());
                true
            }
            Some(_) | None => false,
        };
        for segment in segments {
            match segment {
                Segment::Html(html) => self.html(&html),
                other => self.push(other),
            }
        }
        for use_number in 1..=uses {
            self.html(&format!(" <a class=\"backref\" href=\"#fnref-{number}-{use_number}\" aria-label=\""));
            self.push(Segment::Word(Word::BackToText));
            self.html("\">↩</a>");
        }
        if ends_in_paragraph {
            self.html("</p>\n");
        }
    }
}
