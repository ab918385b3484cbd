//! Words in capitals that a document does not explain: whether another one does is for a check to say.

use std::collections::HashSet;

use super::body::{Prose, Segment};
use super::document::{Acronym, Document};

/// A longer word in capitals is a word in capitals.
const LONGEST: usize = 6;

/// The first use of each acronym that the document does not explain.
pub(super) fn unexplained(document: &Document) -> Vec<Acronym> {
    let bodies = document.fields.values().chain([&document.body]);
    let texts = bodies.flat_map(|body| &body.segments).filter_map(|segment| {
        let Segment::Prose(prose) = segment else { return None };
        Some(prose)
    });
    let texts: Vec<&Prose> = texts.collect();
    let mut seen = HashSet::new();
    let mut found = Vec::new();
    for prose in texts.iter().filter(|prose| has_capitals(&prose.text)) {
        let words: Vec<(usize, &str)> = words(&prose.text).collect();
        let is_capital = |at: Option<usize>| at.and_then(|at| words.get(at)).is_some_and(|(_, word)| is_acronym(word));
        // "The ABC Manual": a name is not explained by what its letters stand for.
        let is_name = |end: usize| {
            prose.text[end..].strip_prefix([' ', '\n']).is_some_and(|next| next.starts_with(char::is_uppercase))
        };
        for (number, (at, word)) in words.iter().enumerate() {
            let acronym = singular(word);
            // Several words in capitals are a shout.
            let is_shout = is_capital(number.checked_sub(1)) || is_capital(Some(number + 1));
            if !is_acronym(acronym) || is_shout || is_name(at + word.len()) || !seen.insert(acronym) {
                continue;
            }
            if !texts.iter().any(|text| explains(&text.text, acronym)) {
                let range = prose.source_range(*at, at + word.len());
                found.push(Acronym { text: acronym.to_owned(), origin: prose.origin, range });
            }
        }
    }
    found
}

/// The words of a text with their offsets: letters and digits.
pub fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.split(|character: char| !character.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(|word| (word.as_ptr() as usize - text.as_ptr() as usize, word))
}

/// Whether two capitals stand together: a quick look that most texts do not pass.
fn has_capitals(text: &str) -> bool {
    text.as_bytes().windows(2).any(|pair| pair.iter().all(u8::is_ascii_uppercase))
}

/// A word without the s of its plural.
pub fn singular(word: &str) -> &str {
    word.strip_suffix('s').unwrap_or(word)
}

/// Two to six capitals. Numbers in Roman figures are none.
pub fn is_acronym(word: &str) -> bool {
    (2..=LONGEST).contains(&word.len())
        && word.bytes().all(|byte| byte.is_ascii_uppercase())
        && !word.bytes().all(|byte| matches!(byte, b'I' | b'V' | b'X'))
}

/// Whether a text has the acronym in brackets, or something in brackets after it.
fn explains(text: &str, acronym: &str) -> bool {
    text.match_indices(acronym).any(|(at, _)| {
        let after = text[at + acronym.len()..].trim_start_matches('s');
        text[..at].ends_with('(') || after.trim_start().starts_with('(')
    })
}
