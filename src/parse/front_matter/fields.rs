//! The fields of front matter that hold Markdown.

use super::{Meta, Variation};
use crate::parse::field::Field;

impl Meta {
    /// Every field that holds Markdown, with its index in its list, in the order of [`Field`].
    pub fn markdown_fields(&self) -> Vec<(Field, usize, &str)> {
        fn list(field: Field, texts: &[String]) -> impl Iterator<Item = (Field, usize, &str)> {
            texts.iter().enumerate().map(move |(index, text)| (field, index, text.as_str()))
        }
        fn one(field: Field, text: Option<&String>) -> impl Iterator<Item = (Field, usize, &str)> {
            text.into_iter().map(move |text| (field, 0, text.as_str()))
        }
        fn variations(field: Field, variations: &[Variation]) -> impl Iterator<Item = (Field, usize, &str)> {
            let texts = variations.iter().enumerate();
            texts.filter_map(move |(index, variation)| Some((field, index, variation.how.as_deref()?)))
        }
        match self {
            Self::Article(meta) => {
                let objectives = meta.objectives.iter().enumerate();
                list(Field::AtAGlance, &meta.at_a_glance)
                    .chain(objectives.map(|(index, objective)| (Field::Objective, index, objective.text.as_str())))
                    .chain(list(Field::Takeaway, &meta.takeaways))
                    .collect()
            }
            Self::Page(meta) => {
                list(Field::AtAGlance, &meta.at_a_glance).chain(list(Field::Takeaway, &meta.takeaways)).collect()
            }
            Self::Term(meta) => one(Field::Definition, Some(&meta.definition)).collect(),
            Self::Exercise(meta) => {
                let avoid_if = meta.avoid_if.iter().enumerate();
                one(Field::FigureCaption, meta.figure.as_ref().and_then(|figure| figure.caption.as_ref()))
                    .chain(one(Field::DoseNote, meta.dose.note.as_ref()))
                    .chain(one(Field::DoseSource, meta.dose.source.as_ref()))
                    .chain(variations(Field::EasierHow, &meta.easier))
                    .chain(variations(Field::HarderHow, &meta.harder))
                    .chain(list(Field::StopIf, &meta.stop_if))
                    .chain(avoid_if.map(|(index, item)| (Field::AvoidIf, index, item.text.as_str())))
                    .chain(list(Field::Mistake, &meta.mistakes))
                    .collect()
            }
            Self::Sequence(meta) => {
                let notes = meta.exercises.iter().enumerate();
                notes
                    .filter_map(|(index, item)| Some((Field::SequenceNote, index, item.dose.note.as_deref()?)))
                    .collect()
            }
            Self::Section(_) | Self::Care(_) => Vec::new(),
        }
    }

    /// The text of one field.
    pub fn markdown(&self, field: Field, index: usize) -> Option<&str> {
        if let (Self::Exercise(exercise), Field::FigureSource) = (self, field) {
            return exercise.figure.as_ref().map(|figure| figure.src.as_str());
        }
        self.markdown_fields().into_iter().find(|(f, i, _)| (*f, *i) == (field, index)).map(|(_, _, text)| text)
    }
}
