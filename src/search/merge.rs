//! The words of all documents → one sorted list, each with its documents.

use std::cmp::Ordering;
use std::collections::HashMap;

use rayon::prelude::*;

use super::entry::{Entry, Matter};
use super::index::{Posting, Word};

/// The words that are merged together: those from this first byte on, up to the next. Everything beyond ASCII is one part, so that
/// parts follow each other in the order of scripts too.
const PARTS: &[u8] = &[0, b'c', b'e', b'h', b'm', b'p', b's', b't', 0x80];

/// Every word of `entries`, where texts have `average` words.
pub fn merge(entries: &[Entry], average: u32) -> Vec<Word> {
    let lists: Vec<Vec<Matter<'_>>> = entries.par_iter().map(|entry| entry.words(average)).collect();
    let parts: Vec<Vec<Word>> = (0..PARTS.len()).into_par_iter().map(|part| merge_part(&lists, part)).collect();
    parts.into_iter().flatten().collect()
}

fn merge_part(lists: &[Vec<Matter<'_>>], part: usize) -> Vec<Word> {
    let mut found: HashMap<&str, (Vec<Posting>, u32)> = HashMap::new();
    for (list, number) in lists.iter().zip(0..) {
        let start_of = |part: usize| match PARTS.get(part) {
            Some(first) => list.partition_point(|matter| matter.word.bytes().next().is_some_and(|byte| byte < *first)),
            None => list.len(),
        };
        for matter in &list[start_of(part)..start_of(part + 1)] {
            let (postings, read) = found.entry(matter.word).or_default();
            postings.push((number, matter.impact));
            *read += u32::from(matter.is_read);
        }
    }
    let mut words: Vec<Word> =
        found.into_iter().map(|(text, (postings, read))| Word { text: text.to_owned(), postings, read }).collect();
    words.sort_by(|a, b| in_order(&a.text, &b.text));
    words
}

/// The order in which scripts sort: by UTF-16 units, which is that of bytes but for what lies beyond U+DFFF.
pub fn in_order(a: &str, b: &str) -> Ordering {
    let is_beyond = |text: &str| text.bytes().any(|byte| byte >= 0xee);
    if is_beyond(a) || is_beyond(b) { a.encode_utf16().cmp(b.encode_utf16()) } else { a.cmp(b) }
}
