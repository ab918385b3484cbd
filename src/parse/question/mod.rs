//! Questions: what a `> [!QUIZ]` asks, told from plain Markdown, and how it is answered.
//!
//! | what stands in it | what it is |
//! |---|---|
//! | a task list with one tick | one answer is right |
//! | a task list with one tick and two options | true or false, yes or no |
//! | a task list with several ticks | several answers are right |
//! | a numbered list | steps to put in order |
//! | a table of two columns | pairs to find |
//! | a paragraph with `___gaps___` | words to fill in |
//! | nothing but words and a quotation, the answer | to think about, then to open |
//!
//! A quotation within is what the answer says, in each of them.

mod choices;
mod gaps;
mod objectives;
mod pairs;
mod steps;

use super::attributes::Named;
use super::body::{Body, OBJECT, Segment, Word};
use crate::text::{Fingerprint, TextRange, VPath};

pub(super) use self::gaps::gaps;
pub(super) use self::objectives::unknown;
pub(super) use self::pairs::{OpenTable, PAIRS_AT_MOST};
pub(super) use self::{choices::write as write_choices, pairs::write as write_pairs, steps::write as write_steps};

/// A question of a body.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Question {
    /// What it wants; nothing if it has no answer.
    pub kind: Option<QuestionKind>,
    /// Where its marker stands.
    pub range: TextRange,
    /// The ids of the objectives that it tests, and where it names them.
    pub tests: Vec<Named>,
    /// What is right, and why.
    pub answer: Body,
}

/// What a question wants.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum QuestionKind {
    /// One of several options.
    Single,
    /// One of two.
    TrueFalse,
    /// Each option that fits.
    Multiple,
    /// Steps in their order.
    Order,
    /// What belongs together.
    Match,
    /// Words that are missing.
    Cloze,
    /// A thought.
    Open,
}

impl QuestionKind {
    /// What it is called in messages.
    pub(super) fn noun(self) -> &'static str {
        match self {
            Self::Single | Self::TrueFalse | Self::Multiple => "options to tick",
            Self::Order => "steps to put in order",
            Self::Match => "pairs to find",
            Self::Cloze => "gaps to fill",
            Self::Open => "an answer to open",
        }
    }

    /// What says how to go about it, where the question alone does not.
    pub(super) fn hint(self) -> Option<Word> {
        match self {
            Self::Multiple => Some(Word::QuizSeveral),
            Self::Order => Some(Word::QuizOrder),
            Self::Match => Some(Word::QuizMatch),
            Self::Single | Self::TrueFalse | Self::Cloze | Self::Open => None,
        }
    }
}

/// An item of a question's list.
#[derive(Debug)]
pub(super) struct ListItem {
    /// Whether it is ticked; nothing if it has no box.
    pub(super) is_right: Option<bool>,
    /// What it says, and what follows: the feedback.
    pub(super) segments: Vec<Segment>,
    /// Where it stands.
    pub(super) range: TextRange,
    /// The same, as `data-source` for its tag; empty but for a preview.
    pub(super) source: String,
}

/// The numbers of `texts` in an order that only the texts and the page decide: another one than theirs, if there is one.
pub(super) fn shuffled<'t>(page: &VPath, texts: impl Iterator<Item = &'t str>) -> Vec<usize> {
    let keys: Vec<Fingerprint> = texts.map(|text| Fingerprint::of(&(page.as_str(), text.trim()))).collect();
    let mut order: Vec<usize> = (0..keys.len()).collect();
    order.sort_by_key(|number| keys[*number]);
    if order.is_sorted() && !order.is_empty() {
        order.rotate_left(1);
    }
    order
}

/// What an item says (its first prose) and what follows. An item without prose says nothing.
fn split(segments: Vec<Segment>) -> Option<(Segment, Vec<Segment>)> {
    let mut segments = segments.into_iter();
    let first = segments.by_ref().find(|segment| matches!(segment, Segment::Prose(_)))?;
    let mut rest: Vec<Segment> = segments.collect();
    if let Some(Segment::Html(html)) = rest.first_mut() {
        *html = html.trim_start_matches("</p>\n").to_owned();
    }
    rest.retain(|segment| !matches!(segment, Segment::Html(html) if html.is_empty()));
    Some((first, rest))
}

/// The text of segments, without markup.
fn plain(segments: &[Segment]) -> String {
    let proses = segments.iter().filter_map(|segment| match segment {
        Segment::Prose(prose) => Some(prose.text.replace(OBJECT, "")),
        _ => None,
    });
    proses.collect::<Vec<_>>().join(" ")
}

fn html(text: impl Into<String>) -> Segment {
    Segment::Html(text.into())
}

#[cfg(test)]
mod tests {
    use super::shuffled;
    use crate::text::VPath;

    #[test]
    fn an_order_is_another_one_and_stays() {
        let page = VPath::new("content/a.md").expect("it is relative");
        for texts in [&["a", "b"][..], &["a", "b", "c", "d"], &["x", "y", "z"]] {
            let order = shuffled(&page, texts.iter().copied());
            assert!(!order.is_sorted(), "{texts:?}");
            assert_eq!(order, shuffled(&page, texts.iter().copied()));
        }
        assert_eq!(shuffled(&page, ["a"].into_iter()), [0]);
        assert!(shuffled(&page, [].into_iter()).is_empty());
    }
}
