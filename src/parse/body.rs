//! Compiled Markdown: what is finished, and the holes that linking fills.

use super::field::{Origin, Role};
use crate::config::CareLevel;
use crate::text::TextRange;

/// An index into `Document::references`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct ReferenceId(pub u32);

/// An index into `Document::citations`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct CitationId(pub u32);

/// Compiled Markdown: finished HTML with holes, which linking fills.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Body {
    /// In reading order.
    pub segments: Vec<Segment>,
}

impl Body {
    /// The text that is read as sentences, block by block: paragraphs, headings, items of lists; without tables, code and pictures.
    pub fn paragraphs(&self) -> Vec<String> {
        self.proses().map(|prose| prose.text.replace(OBJECT, "")).collect()
    }

    /// The blocks of text that are read as sentences.
    pub fn proses(&self) -> impl Iterator<Item = &Prose> {
        let mut tables = 0_usize;
        self.segments.iter().filter_map(move |segment| match segment {
            Segment::Html(html) => {
                tables += html.matches("<table").count();
                tables = tables.saturating_sub(html.matches("</table").count());
                None
            }
            Segment::Prose(prose) => (tables == 0).then_some(prose),
            Segment::Word(_)
            | Segment::Heading(_)
            | Segment::CareStart(_)
            | Segment::CareEnd
            | Segment::Card { .. }
            | Segment::QuestionStart(_)
            | Segment::Answer(_)
            | Segment::QuestionEnd
            | Segment::Figure { .. } => None,
        })
    }
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
    /// A care card begins.
    CareStart(CareLevel),
    /// It ends.
    CareEnd,
    /// A care card that stands in a file of its own.
    Card {
        /// Its name.
        name: String,
        /// The level of its heading.
        level: u8,
    },
    /// A question begins: an index into `Document::questions`.
    QuestionStart(u32),
    /// What answers it stands here.
    Answer(u32),
    /// It ends.
    QuestionEnd,
    /// A picture that stands alone.
    Figure {
        /// The file.
        image: ReferenceId,
        /// What it shows.
        alt: String,
        /// The point that it makes.
        caption: String,
        /// Where it stands, as `data-source` for its tag; empty but for a preview.
        source: String,
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
    /// "Do".
    AlertDo,
    /// "Don't".
    AlertDont,
    /// "Immediate action required".
    CareEmergency,
    /// "Urgent advice".
    CareUrgent,
    /// "Non-urgent advice".
    CareRoutine,
    /// "Question".
    QuizTitle,
    /// "Choose every answer that fits".
    QuizSeveral,
    /// "Put these in order".
    QuizOrder,
    /// "Find the pairs".
    QuizMatch,
    /// "Gap".
    QuizGap,
    /// "Think, then open".
    QuizThink,
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
            Self::AlertDo => "alert_do",
            Self::AlertDont => "alert_dont",
            Self::CareEmergency => "care_emergency",
            Self::CareUrgent => "care_urgent",
            Self::CareRoutine => "care_routine",
            Self::QuizTitle => "quiz_title",
            Self::QuizSeveral => "quiz_several",
            Self::QuizOrder => "quiz_order",
            Self::QuizMatch => "quiz_match",
            Self::QuizGap => "quiz_gap",
            Self::QuizThink => "quiz_think",
            Self::QuizShowAnswer => "quiz_show_answer",
            Self::QuizRight => "quiz_right",
            Self::QuizWrong => "quiz_wrong",
            Self::LinkToSection => "link_to_section",
            Self::Notes => "notes",
            Self::BackToText => "back_to_text",
        }
    }
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

impl Prose {
    /// Where the byte at `at` of the text stands in the source.
    pub fn source_offset(&self, at: usize) -> usize {
        let index = self.places.partition_point(|(text, _)| *text as usize <= at).saturating_sub(1);
        self.places.get(index).map_or(at, |(text, source)| *source as usize + at - *text as usize)
    }
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
