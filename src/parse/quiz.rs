//! A question's options and answers, readable without script: the options first, the answers behind a press.

use super::body::{Segment, Word};

/// An item of a quiz's list.
#[derive(Debug)]
pub(super) struct QuizItem {
    /// Whether it is marked as right or wrong; neither, if it has no box.
    pub(super) is_right: Option<bool>,
    /// The option, and what follows it: the feedback.
    pub(super) segments: Vec<Segment>,
    /// Where it stands, as `data-source` for its tag; empty but for a preview.
    pub(super) source: String,
}

/// Writes a list of options. Without a single box it is a plain list.
pub(super) fn write(items: Vec<QuizItem>) -> Vec<Segment> {
    let html = |text: &str| Segment::Html(text.to_owned());
    let mut out = Vec::new();
    if items.iter().all(|item| item.is_right.is_none()) {
        out.push(html("<ul>\n"));
        for item in items {
            out.push(html(&format!("<li{}>", item.source)));
            out.extend(item.segments);
            out.push(html("</li>\n"));
        }
        out.push(html("</ul>\n"));
        return out;
    }
    let items: Vec<(bool, Segment, Vec<Segment>, String)> = items
        .into_iter()
        .filter_map(|item| {
            let (option, feedback) = split(item.segments)?;
            Some((item.is_right == Some(true), option, feedback, item.source))
        })
        .collect();
    out.push(html("<ul class=\"quiz-options\">\n"));
    for (_, option, _, source) in &items {
        out.extend([html(&format!("<li{source}>")), option.clone(), html("</li>\n")]);
    }
    out.push(html("</ul>\n<details class=\"quiz-answer\"><summary>"));
    out.push(Segment::Word(Word::QuizShowAnswer));
    out.push(html("</summary>\n<ul>\n"));
    for (is_right, option, feedback, source) in items {
        let (class, word) = if is_right { ("right", Word::QuizRight) } else { ("wrong", Word::QuizWrong) };
        out.push(html(&format!("<li class=\"{class}\"{source}><p><strong class=\"quiz-verdict\">")));
        out.push(Segment::Word(word));
        out.extend([html("</strong> "), option, html("</p>\n")]);
        out.extend(feedback);
        out.push(html("</li>\n"));
    }
    out.push(html("</ul></details>\n"));
    out
}

/// The option (the item's first prose) and the feedback (the rest).
fn split(segments: Vec<Segment>) -> Option<(Segment, Vec<Segment>)> {
    let mut segments = segments.into_iter();
    let option = segments.by_ref().find(|segment| matches!(segment, Segment::Prose(_)))?;
    let mut feedback: Vec<Segment> = segments.collect();
    if let Some(Segment::Html(first)) = feedback.first_mut() {
        *first = first.trim_start_matches("</p>\n").to_owned();
    }
    Some((option, feedback))
}
