//! Where in its file each block and each field stands: what a preview writes into pages as `data-source`.

use std::collections::BTreeMap;

use super::field::Field;
use super::front_matter::{Dose, Meta};
use crate::source::SourceFile;
use crate::text::{LineIndex, TextRange, escaped};
use crate::yaml::{self, Step};

/// Where what the front matter says stands: `content/a.md:3`, or `content/a.md:3-5` for more than one line; escaped for an attribute.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Positions {
    /// The title.
    pub title: String,
    /// The picture.
    pub figure: String,
    fields: BTreeMap<(Field, usize), String>,
    amounts: BTreeMap<(usize, &'static str), String>,
}

impl Positions {
    /// Of a field that holds Markdown.
    pub fn field(&self, field: Field, index: usize) -> Option<&str> {
        self.fields.get(&(field, index)).map(String::as_str)
    }

    /// Of an amount of a dose: an exercise's own with the index 0, or that of a sequence's item.
    pub fn amount(&self, index: usize, key: &str) -> Option<&str> {
        let same = |(known, _): &(&(usize, &'static str), &String)| **known == (index, key);
        self.amounts.iter().find(same).map(|(_, place)| place.as_str())
    }

    /// Reads the front matter once more, into a tree that has ranges.
    pub(super) fn new(lines: &Lines<'_>, file: &SourceFile, front_matter: TextRange, meta: &Meta) -> Self {
        let mut paths = vec![vec![Step::key(meta.title_key())], Field::FigureSource.path(0)];
        let fields: Vec<(Field, usize)> =
            meta.markdown_fields().into_iter().map(|(field, index, _)| (field, index)).collect();
        let amounts = amounts(meta);
        paths.extend(fields.iter().map(|(field, index)| field.path(*index)));
        paths.extend(amounts.iter().map(|(_, path)| path.clone()));
        let mut places = yaml::locate_all(file, front_matter, &paths).into_iter().map(|range| lines.place(range));
        let mut next = || places.next().unwrap_or_default();
        Self {
            title: next(),
            figure: next(),
            fields: fields.into_iter().map(|key| (key, next())).collect(),
            amounts: amounts.into_iter().map(|(key, _)| (key, next())).collect(),
        }
    }
}

/// Every amount that a dose gives, and the way to it in the front matter.
fn amounts(meta: &Meta) -> Vec<((usize, &'static str), Vec<Step>)> {
    let list = |index: usize, dose: &Dose, way: &[Step]| -> Vec<((usize, &'static str), Vec<Step>)> {
        let path = |key: &str| way.iter().cloned().chain([Step::key(key)]).collect();
        dose.amounts().map(|(key, _)| ((index, key), path(key))).collect()
    };
    match meta {
        Meta::Exercise(exercise) => list(0, &exercise.dose, &[Step::key("dose")]),
        Meta::Sequence(sequence) => {
            let items = sequence.exercises.iter().enumerate();
            items
                .flat_map(|(index, item)| list(index, &item.dose, &[Step::key("exercises"), Step::Index(index)]))
                .collect()
        }
        Meta::Article(_) | Meta::Term(_) | Meta::Page(_) | Meta::Section(_) | Meta::Care(_) => Vec::new(),
    }
}

/// The lines of a file, to name them in pages.
#[derive(Debug)]
pub(super) struct Lines<'a> {
    path: String,
    text: &'a str,
    index: LineIndex<'a>,
}

impl<'a> Lines<'a> {
    pub(super) fn new(file: &'a SourceFile) -> Self {
        Self { path: escaped(file.path.as_str()), text: &file.text, index: LineIndex::new(&file.text) }
    }

    /// Where `range` stands, without the white space at its end.
    pub(super) fn place(&self, range: TextRange) -> String {
        let inside = &self.text[range.within(self.text).bytes()];
        let line = |offset: usize| self.index.position(u32::try_from(offset).unwrap_or(u32::MAX)).line;
        let start = range.start as usize;
        let (first, last) = (line(start), line(start + inside.trim_end().len()));
        if first == last { format!("{}:{first}", self.path) } else { format!("{}:{first}-{last}", self.path) }
    }

    /// ` data-source="…"`
    pub(super) fn attribute(&self, range: TextRange) -> String {
        format!(" data-source=\"{}\"", self.place(range))
    }
}
