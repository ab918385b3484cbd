//! The sentence around the use of a term.

use crate::parse::body::{OBJECT, Prose};
use crate::text::escape_into;

/// A sentence shown around the use of a term is cut to about so many bytes on either side.
const SENTENCE_SIDE: usize = 110;

/// The sentence around `start..end` of a prose, as HTML with that stretch marked; long ones are cut at words.
pub fn sentence(prose: &Prose, start: usize, end: usize) -> String {
    let text = &prose.text;
    let (Some(before), Some(used), Some(after)) = (text.get(..start), text.get(start..end), text.get(end..)) else {
        return String::new();
    };
    let from = sentence_start(before);
    let to = sentence_end(after);
    let mut out = String::new();
    let clean = |text: &str| {
        text.chars().filter(|character| *character != OBJECT).collect::<String>().replace(['\n', '\\'], " ")
    };
    let mut before = clean(&before[from..]);
    let mut after = clean(&after[..to]);
    if before.len() > SENTENCE_SIDE {
        let cut = before.len() - SENTENCE_SIDE;
        let cut = before
            .char_indices()
            .map(|(at, _)| at)
            .find(|at| *at >= cut && before[*at..].starts_with(' '))
            .unwrap_or(0);
        before = format!("…{}", &before[cut..]);
    }
    if after.len() > SENTENCE_SIDE {
        let cut = after
            .char_indices()
            .map(|(at, _)| at)
            .take_while(|at| *at <= SENTENCE_SIDE)
            .filter(|at| after[*at..].starts_with(' '))
            .last();
        after = format!("{} …", &after[..cut.unwrap_or(after.len())]);
    }
    escape_into(&mut out, before.trim_start());
    out.push_str("<mark>");
    escape_into(&mut out, &clean(used));
    out.push_str("</mark>");
    escape_into(&mut out, after.trim_end());
    // A citation that was left out leaves its space before the full stop.
    out.replace(" .", ".").replace(" ,", ",")
}

fn sentence_start(before: &str) -> usize {
    let ends = |(at, character): (usize, char)| {
        let rest = &before[at + character.len_utf8()..];
        let next = rest.trim_start_matches(OBJECT);
        (matches!(character, '.' | '!' | '?') && next.starts_with([' ', '\n'])).then_some(before.len() - next.len())
    };
    before.char_indices().rev().find_map(ends).unwrap_or(0)
}

fn sentence_end(after: &str) -> usize {
    let ends = |(at, character): (usize, char)| {
        let end = at + character.len_utf8();
        let next = after[end..].trim_start_matches(OBJECT);
        (matches!(character, '.' | '!' | '?') && (next.is_empty() || next.starts_with([' ', '\n']))).then_some(end)
    };
    after.char_indices().find_map(ends).unwrap_or(after.len())
}
