//! The start tags of a template: HTML with Tera in it.

use crate::text::TextRange;

/// A start tag.
pub(super) struct Tag {
    /// The element, in lower case.
    pub(super) name: String,
    /// From `<` to `>`.
    pub(super) range: TextRange,
    /// Its attributes.
    pub(super) attributes: Vec<Attribute>,
}

/// An attribute of a start tag.
pub(super) struct Attribute {
    /// In lower case.
    pub(super) name: String,
    /// As written, without quotes.
    pub(super) value: String,
    /// All of it.
    pub(super) range: TextRange,
}

/// What is passed over: how it begins and how it ends.
const PASSED_OVER: &[(&str, &str)] = &[("{#", "#}"), ("{{", "}}"), ("{%", "%}"), ("<!--", "-->")];

/// Elements whose inside is no HTML.
const RAW: &[&str] = &["script", "style", "textarea", "title"];

/// Every start tag of `text`, in order.
pub(super) fn tags(text: &str) -> Vec<Tag> {
    let mut tags = Vec::new();
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let next = rest.find(['<', '{']).unwrap_or(rest.len());
        at += next;
        let rest = &text[at..];
        if let Some(length) = passed_over(rest) {
            at += length;
        } else if rest.strip_prefix('<').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_alphabetic())) {
            let tag = tag(text, at);
            at = tag.range.end as usize;
            if RAW.contains(&tag.name.as_str()) {
                let inside = text[at..].to_ascii_lowercase();
                at += inside.find(&format!("</{}", tag.name)).unwrap_or(inside.len());
            }
            tags.push(tag);
        } else {
            at += rest.chars().next().map_or(0, char::len_utf8);
        }
    }
    tags
}

/// The length of what is passed over at the beginning of `text`, if that is such.
fn passed_over(text: &str) -> Option<usize> {
    let (start, end) = PASSED_OVER.iter().find(|(start, _)| text.starts_with(start))?;
    Some(text[start.len()..].find(end).map_or(text.len(), |at| start.len() + at + end.len()))
}

/// The start tag that begins at `start`.
fn tag(text: &str, start: usize) -> Tag {
    let is_name = |character: char| !character.is_whitespace() && !"/>={\"'".contains(character);
    let word = |at: usize| text[at..].find(|character| !is_name(character)).map_or(text.len(), |length| at + length);
    let space = |at: usize| text.len() - text[at..].trim_start().len();
    let mut at = word(start + 1);
    let name = text[start + 1..at].to_ascii_lowercase();
    let mut attributes = Vec::new();
    while let Some(next) = text[at..].chars().next() {
        if next == '>' {
            at += 1;
            break;
        }
        if let Some(length) = passed_over(&text[at..]) {
            at += length;
            continue;
        }
        let end = word(at);
        if end == at {
            at += next.len_utf8();
            continue;
        }
        let from = at;
        let mut attribute = Attribute {
            name: text[at..end].to_ascii_lowercase(),
            value: String::new(),
            range: TextRange::new(from, end),
        };
        at = end;
        if text[space(end)..].starts_with('=') {
            let (value, after) = value(text, space(space(end) + 1));
            attribute.value = value.to_owned();
            attribute.range = TextRange::new(from, after);
            at = after;
        }
        attributes.push(attribute);
    }
    Tag { name, range: TextRange::new(start, at), attributes }
}

/// The value that begins at `start`, and where it ends with its quotes.
fn value(text: &str, start: usize) -> (&str, usize) {
    let rest = &text[start..];
    let quote = rest.chars().next().filter(|first| "\"'".contains(*first));
    let begin = usize::from(quote.is_some());
    let mut at = begin;
    while let Some(next) = rest[at..].chars().next() {
        if let Some(length) = passed_over(&rest[at..]) {
            at += length;
            continue;
        }
        let ends = quote.map_or(next.is_whitespace() || next == '>', |quote| next == quote);
        if ends {
            break;
        }
        at += next.len_utf8();
    }
    (&rest[begin..at], start + (at + begin).min(rest.len()))
}
