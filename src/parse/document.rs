//! What one file says, independent of every other file.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::front_matter::Meta;
use crate::config::Kind;
use crate::diagnostic::Diagnostic;
use crate::source::SourceFile;
use crate::text::{TextRange, VPath};
use crate::yaml::{self, Step};

/// One content file, parsed. Nothing in it depends on another file, so it can be kept for as long as its text stays the same.
#[derive(Debug)]
pub struct Document {
    /// The file.
    pub source: Arc<SourceFile>,
    /// The id: the file's name without its extension; for an `index.md`, its folder's name.
    pub id: String,
    /// The front matter.
    pub meta: Meta,
    /// The bytes of the front matter's YAML.
    pub front_matter: TextRange,
    /// The text under the front matter.
    pub body: Body,
    /// The Markdown of the front matter, compiled, by field and index.
    pub fields: BTreeMap<(Field, usize), Body>,
    /// The headings of the body, in order.
    pub headings: Vec<Heading>,
    /// What it links to, body and fields; [`ReferenceId`] is an index into it.
    pub references: Vec<Reference>,
    /// What it cites, in reading order; [`CitationId`] is an index into it.
    pub citations: Vec<Citation>,
    /// The picture that the front matter names.
    pub figure: Option<ReferenceId>,
    /// Words in the body.
    pub words: usize,
    /// Pictures in the body.
    pub figures: usize,
    /// What is wrong with this file alone.
    pub problems: Vec<Diagnostic>,
}

impl Document {
    /// Where the file lies.
    pub fn path(&self) -> &VPath {
        &self.source.path
    }

    /// Its kind.
    pub fn kind(&self) -> Kind {
        self.meta.kind()
    }

    /// The first folder under `content/`; empty for files in `content/` itself.
    pub fn folder(&self) -> &str {
        let inside = self.path().strip_folder("content").unwrap_or_default();
        inside.split_once('/').map_or("", |(folder, _)| folder)
    }

    /// The compiled Markdown of a field, if it has any.
    pub fn field(&self, field: Field, index: usize) -> Option<&Body> {
        self.fields.get(&(field, index))
    }

    /// The range of the front matter's value at `path`.
    pub fn value_range(&self, path: &[Step]) -> TextRange {
        yaml::locate(&self.source, self.front_matter, path)
    }

    /// The range in the file of `range` as counted in `origin`. Front matter is only searched now that somebody asks.
    pub fn locate(&self, origin: Origin, range: TextRange) -> TextRange {
        match origin {
            Origin::Body => range,
            Origin::Field(field, index) => {
                let value = self.value_range(&field.path(index));
                field_range(&self.source, value, self.meta.markdown(field, index).unwrap_or_default(), range)
            }
        }
    }
}

/// The range in the file of `range` in the Markdown `text` of a front-matter value at `value`: exact where the value is written as
/// it reads, all of the value where it is folded or escaped.
pub(super) fn field_range(source: &SourceFile, value: TextRange, text: &str, range: TextRange) -> TextRange {
    match source.text[value.within(&source.text).bytes()].find(text) {
        Some(offset) => range.shifted(value.start as usize + offset),
        None => value,
    }
}

/// Front-matter fields that hold Markdown, in the order in which a page shows them; the body comes after [`Field::AtAGlance`].
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum Field {
    /// `definition` of a term.
    Definition,
    /// `objectives`.
    Objective,
    /// `at_a_glance`.
    AtAGlance,
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
            | Self::Mistake => Role::Quiet,
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

/// An index into [`Document::references`].
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct ReferenceId(pub u32);

/// An index into [`Document::citations`].
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct CitationId(pub u32);

/// Compiled Markdown: finished HTML with holes, which linking fills.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Body {
    /// In reading order.
    pub segments: Vec<Segment>,
}

/// A piece of a [`Body`].
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Segment {
    /// Finished HTML.
    Html(String),
    /// Text that may carry links.
    Prose(Prose),
    /// A word of the theme, in the site's language.
    Word(Word),
    /// The heading with this index begins: a new stretch of text for terms if it is an h2.
    Heading(u32),
    /// A picture that stands alone.
    Figure {
        /// The file.
        image: ReferenceId,
        /// What it shows.
        alt: String,
        /// The point that it makes.
        caption: String,
    },
}

/// Words that only the theme knows.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum Word {
    /// "Note".
    AlertNote,
    /// "Tip".
    AlertTip,
    /// "Important".
    AlertImportant,
    /// "Warning".
    AlertWarning,
    /// "Caution".
    AlertCaution,
    /// "Immediate action required".
    CareEmergency,
    /// "Urgent advice".
    CareUrgent,
    /// "Non-urgent advice".
    CareRoutine,
    /// "Check yourself".
    QuizTitle,
    /// "Show the answer".
    QuizShowAnswer,
    /// "Right".
    QuizRight,
    /// "Wrong".
    QuizWrong,
    /// "Link to this section".
    LinkToSection,
    /// "Notes".
    Notes,
    /// "Back to the text".
    BackToText,
}

impl Word {
    /// Its key in theme.yaml.
    pub fn key(self) -> &'static str {
        match self {
            Self::AlertNote => "alert_note",
            Self::AlertTip => "alert_tip",
            Self::AlertImportant => "alert_important",
            Self::AlertWarning => "alert_warning",
            Self::AlertCaution => "alert_caution",
            Self::CareEmergency => "care_emergency",
            Self::CareUrgent => "care_urgent",
            Self::CareRoutine => "care_routine",
            Self::QuizTitle => "quiz_title",
            Self::QuizShowAnswer => "quiz_show_answer",
            Self::QuizRight => "quiz_right",
            Self::QuizWrong => "quiz_wrong",
            Self::LinkToSection => "link_to_section",
            Self::Notes => "notes",
            Self::BackToText => "back_to_text",
        }
    }
}

/// Whether a stretch of prose may carry automatic links.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Role {
    /// Running text: it may.
    Running,
    /// Headings, care cards, questions, captions: it may not.
    Quiet,
}

/// Stands in [`Prose::text`] for what is no text: code, a picture, a citation.
pub const OBJECT: char = '\u{fffc}';

/// The text of one block, as one string, with everything that is no text beside it. Matching a term is then matching a string,
/// whatever emphasis or line breaks lie in it.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Prose {
    /// The text, unescaped; `\n` for a line break of the source, [`OBJECT`] at every [`Item`] that is neither open nor close.
    pub text: String,
    /// What happens where, by ascending offset.
    pub marks: Vec<Mark>,
    /// Whether terms are linked in it.
    pub role: Role,
    /// Which text its source offsets count in.
    pub origin: Origin,
    /// Where stretches of the text stand in the source: (offset in `text`, offset in the source), ascending.
    pub places: Vec<(u32, u32)>,
}

/// An [`Item`] at a byte offset of [`Prose::text`].
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Mark {
    /// The offset.
    pub at: u32,
    /// What is there.
    pub item: Item,
}

/// Something in prose that is no text.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Item {
    /// Emphasis and its like begins.
    Open(Style),
    /// It ends.
    Close(Style),
    /// A link within the site begins.
    OpenReference(ReferenceId, String),
    /// A link to elsewhere begins: the finished start tag.
    OpenUrl(String),
    /// A link ends.
    CloseLink,
    /// The title of what is referred to.
    Title(ReferenceId),
    /// Finished HTML: code, mathematics, a hard line break.
    Html(String),
    /// A citation.
    Citation(CitationId),
    /// A picture in the line: the file, what it shows, its title.
    Image(ReferenceId, String, String),
}

impl Item {
    /// Whether [`OBJECT`] stands for it in the text.
    pub fn is_object(&self) -> bool {
        match self {
            Self::Title(_) | Self::Html(_) | Self::Citation(_) | Self::Image(..) => true,
            Self::Open(_) | Self::Close(_) | Self::OpenReference(..) | Self::OpenUrl(_) | Self::CloseLink => false,
        }
    }
}

/// Emphasis and its like.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Style {
    /// `*stress*`
    Emphasis,
    /// `**importance**`
    Strong,
    /// `~~struck~~`
    Deleted,
    /// `H~2~O`
    Subscript,
    /// `x^2^`
    Superscript,
}

impl Style {
    /// Its HTML element.
    pub fn element(self) -> &'static str {
        match self {
            Self::Emphasis => "em",
            Self::Strong => "strong",
            Self::Deleted => "del",
            Self::Subscript => "sub",
            Self::Superscript => "sup",
        }
    }
}

impl Prose {
    /// The source range of `start..end` in the text, in the text that `origin` names.
    pub fn source_range(&self, start: usize, end: usize) -> TextRange {
        let at = |offset: usize| {
            let index = self.places.partition_point(|(text, _)| *text as usize <= offset).saturating_sub(1);
            let (text, source) = self.places.get(index).copied().unwrap_or_default();
            source as usize + offset.saturating_sub(text as usize)
        };
        // The end is found from the last character inside, so that a gap after it is not counted in.
        TextRange::new(at(start), if end > start { at(end - 1) + 1 } else { at(start) })
    }
}

/// A heading of the body.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// Its id on the page.
    pub id: String,
    /// Its text without markup.
    pub text: String,
    /// Where it stands.
    pub range: TextRange,
}

/// A link, not yet followed.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Reference {
    /// What it points at.
    pub link: Link,
    /// As the author wrote it.
    pub written: String,
    /// Which text the range counts in.
    pub origin: Origin,
    /// Where it stands.
    pub range: TextRange,
}

/// What a link within the site points at.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Link {
    /// A file, and perhaps a place on its page.
    File(VPath, Option<String>),
    /// `[[id]]`, perhaps with its kind, perhaps with a place on its page.
    Id(Option<Kind>, String, Option<String>),
    /// A place on the same page.
    Anchor(String),
    /// A picture to show.
    Image(VPath),
    /// A path that leaves the site.
    Outside,
}

/// `[@a; @b, p. 3]`
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Citation {
    /// What is cited.
    pub items: Vec<CitationItem>,
    /// Which text the ranges count in.
    pub origin: Origin,
}

/// One source of a [`Citation`].
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct CitationItem {
    /// Its key in the bibliography.
    pub key: String,
    /// Where in it: `p. 3`. May be empty.
    pub locator: String,
    /// Where the key stands.
    pub range: TextRange,
}
