//! Options: each is a fold that says whether it is right, and why. So a press on one is the answer, with script or without.

use super::{ListItem, QuestionKind, html, plain, shuffled, split};
use crate::config::QuizOrder;
use crate::parse::body::{Segment, Word};
use crate::text::VPath;

/// Options as they are shown, and the right ones with why they are.
pub(in crate::parse) struct Choices {
    /// One, one of two, or several.
    pub(in crate::parse) kind: QuestionKind,
    /// The list.
    pub(in crate::parse) shown: Vec<Segment>,
    /// The right ones.
    pub(in crate::parse) answer: Vec<Segment>,
}

/// Writes the options of a task list.
pub(in crate::parse) fn write(items: Vec<ListItem>, page: &VPath, order: QuizOrder) -> Choices {
    let ticked = items.iter().filter(|item| item.is_right == Some(true)).count();
    let kind = match (ticked, items.len()) {
        (..=1, 2) => QuestionKind::TrueFalse,
        (..=1, _) => QuestionKind::Single,
        _ => QuestionKind::Multiple,
    };
    // Of two, the first is the one that is expected first: true before false.
    let order = match order {
        QuizOrder::Seeded if kind != QuestionKind::TrueFalse => {
            let texts: Vec<String> = items.iter().map(|item| said(&item.segments)).collect();
            shuffled(page, texts.iter().map(String::as_str))
        }
        QuizOrder::Seeded | QuizOrder::Fixed => (0..items.len()).collect(),
    };
    let mut items: Vec<Option<ListItem>> = items.into_iter().map(Some).collect();
    let mut shown = vec![html("<ul class=\"quiz-options\">\n")];
    let mut answer = Vec::new();
    for number in order {
        let Some(ListItem { is_right, segments, source, .. }) = items[number].take() else { continue };
        let Some((option, feedback)) = split(segments) else { continue };
        let is_right = is_right == Some(true);
        if is_right {
            answer.push(html("<p>"));
            answer.extend([option.clone(), html("</p>\n")]);
            answer.extend(feedback.iter().cloned());
        }
        let (class, word) = if is_right { ("right", Word::QuizRight) } else { ("wrong", Word::QuizWrong) };
        shown.push(html(format!("<li{source}><details class=\"{class}\"><summary>")));
        shown.extend([option, html("</summary>\n<p><strong class=\"quiz-verdict\">"), Segment::Word(word)]);
        shown.push(html("</strong></p>\n"));
        shown.extend(feedback);
        shown.push(html("</details></li>\n"));
    }
    shown.push(html("</ul>\n"));
    Choices { kind, shown, answer }
}

/// What an option says, without its feedback.
fn said(segments: &[Segment]) -> String {
    let first = segments.iter().find(|segment| matches!(segment, Segment::Prose(_)));
    plain(first.map(std::slice::from_ref).unwrap_or_default())
}
