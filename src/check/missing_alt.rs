//! `missing-alt`: a picture without words for those who cannot see it.

use crate::config::Config;
use crate::diagnostic::{Code, Diagnostic};
use crate::parse::body::{Item, ReferenceId, Segment};
use crate::parse::document::Document;
use crate::parse::front_matter::Meta;

pub(super) fn check(document: &Document, _: &Config) -> Vec<Diagnostic> {
    pictures(document).into_iter().map(|image| report(document, image)).collect()
}

/// Every picture of a document whose words are missing.
fn pictures(document: &Document) -> Vec<ReferenceId> {
    let mut silent = Vec::new();
    for body in document.fields.values().chain([&document.body]) {
        for segment in &body.segments {
            match segment {
                Segment::Figure { image, alt, .. } if alt.trim().is_empty() => silent.push(*image),
                Segment::Prose(prose) => silent.extend(prose.marks.iter().filter_map(|mark| match &mark.item {
                    Item::Image(image, alt, _) if alt.trim().is_empty() => Some(*image),
                    _ => None,
                })),
                Segment::Figure { .. }
                | Segment::Html(_)
                | Segment::Word(_)
                | Segment::Heading(_)
                | Segment::CareStart(_)
                | Segment::CareEnd
                | Segment::Card { .. }
                | Segment::QuestionStart(_)
                | Segment::Answer(_)
                | Segment::QuestionEnd => {}
            }
        }
    }
    if let Meta::Exercise(exercise) = &document.meta
        && exercise.figure.as_ref().is_some_and(|figure| figure.alt.trim().is_empty())
    {
        silent.extend(document.figure);
    }
    silent
}

fn report(document: &Document, image: ReferenceId) -> Diagnostic {
    let reference = &document.references[image.0 as usize];
    let at = document.locate(reference.origin, reference.range);
    Diagnostic::new(Code::MissingAlt, document.path(), at, format!("the picture `{}` has no words", reference.written))
        .help("say what it shows, for those who cannot see it: `![words](file)`, or `alt:` in front matter")
}
