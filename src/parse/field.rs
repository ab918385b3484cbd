//! Front-matter fields that hold Markdown.

use crate::yaml::Step;

/// Front-matter fields that hold Markdown, in the order in which a page shows them; the body comes after [`Field::Objective`].
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum Field {
    /// `definition` of a term.
    Definition,
    /// `at_a_glance`.
    AtAGlance,
    /// `objectives`.
    Objective,
    /// `takeaways`.
    Takeaway,
    /// `figure: {caption: …}`.
    FigureCaption,
    /// `figure: {src: …}`, which is a path and no Markdown.
    FigureSource,
    /// `dose: {note: …}`.
    DoseNote,
    /// `dose: {source: …}`.
    DoseSource,
    /// `easier: [{how: …}]`.
    EasierHow,
    /// `harder: [{how: …}]`.
    HarderHow,
    /// `stop_if`.
    StopIf,
    /// `avoid_if`.
    AvoidIf,
    /// `mistakes`.
    Mistake,
    /// `exercises: [{note: …}]` of a sequence.
    SequenceNote,
}

impl Field {
    /// The way to the value in the front matter.
    pub fn path(self, index: usize) -> Vec<Step> {
        let list = |key| vec![Step::key(key), Step::Index(index)];
        match self {
            Self::Definition => vec![Step::key("definition")],
            Self::Objective => list("objectives"),
            Self::AtAGlance => list("at_a_glance"),
            Self::Takeaway => list("takeaways"),
            Self::FigureCaption => vec![Step::key("figure"), Step::key("caption")],
            Self::FigureSource => vec![Step::key("figure"), Step::key("src")],
            Self::DoseNote => vec![Step::key("dose"), Step::key("note")],
            Self::DoseSource => vec![Step::key("dose"), Step::key("source")],
            Self::EasierHow => vec![Step::key("easier"), Step::Index(index), Step::key("how")],
            Self::HarderHow => vec![Step::key("harder"), Step::Index(index), Step::key("how")],
            Self::StopIf => list("stop_if"),
            Self::AvoidIf => list("avoid_if"),
            Self::Mistake => list("mistakes"),
            Self::SequenceNote => vec![Step::key("exercises"), Step::Index(index), Step::key("note")],
        }
    }

    /// Whether terms are linked in it by themselves. Safety advice stays plain.
    pub(super) fn role(self) -> Role {
        match self {
            Self::Definition | Self::AtAGlance | Self::Takeaway => Role::Running,
            Self::Objective
            | Self::FigureCaption
            | Self::FigureSource
            | Self::DoseNote
            | Self::DoseSource
            | Self::EasierHow
            | Self::HarderHow
            | Self::StopIf
            | Self::AvoidIf
            | Self::Mistake
            | Self::SequenceNote => Role::Quiet,
        }
    }
}

/// Which text a range counts in.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum Origin {
    /// The file.
    Body,
    /// The Markdown of a front-matter field.
    Field(Field, usize),
}

/// Whether a stretch of prose may carry automatic links.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Role {
    /// Running text: it may.
    Running,
    /// Headings, care cards, questions, captions: it may not.
    Quiet,
}
