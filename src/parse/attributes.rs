//! `{name=value name=value}`: what a heading or a question says about itself beside its words.

use crate::text::TextRange;

/// One of them.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Attribute<'t> {
    /// What stands before the `=`; all of it where there is none.
    pub(super) name: &'t str,
    /// What stands after it; empty where there is none.
    pub(super) value: &'t str,
    /// Where it stands in the text.
    pub(super) range: TextRange,
}

/// An id in the value of an attribute, and where it stands.
pub(super) type Named = (String, TextRange);

impl Attribute<'_> {
    /// The ids of a value, which commas part.
    pub(super) fn ids(&self) -> Vec<Named> {
        let mut at = self.range.end as usize - self.value.len();
        let mut ids = Vec::new();
        for id in self.value.split(',') {
            if !id.is_empty() {
                ids.push((id.to_owned(), TextRange::new(at, at + id.len())));
            }
            at += id.len() + 1;
        }
        ids
    }
}

/// The attributes that begin at `at` of `text`, after spaces, and where they end; nothing if there are none on that line.
pub(super) fn attributes(text: &str, at: usize) -> Option<(Vec<Attribute<'_>>, usize)> {
    let line = text.get(at..)?.lines().next()?;
    let open = at + line.len() - line.trim_start_matches([' ', '\t']).len();
    let inside = text[open..at + line.len()].strip_prefix('{')?;
    let inside = &inside[..inside.find('}')?];
    let start = open + 1;
    let mut found = Vec::new();
    let mut done = 0;
    for word in inside.split_whitespace() {
        let offset = done + inside[done..].find(word).unwrap_or_default();
        done = offset + word.len();
        let (name, value) = word.split_once('=').unwrap_or((word, ""));
        found.push(Attribute { name, value, range: TextRange::new(start + offset, start + done) });
    }
    Some((found, start + inside.len() + 1))
}

#[cfg(test)]
mod tests {
    use super::attributes;

    #[test]
    fn they_stand_between_braces() {
        let text = "[!QUIZ] {tests=a,bc order=fixed} Title";
        let (found, end) = attributes(text, 7).expect("there are some");
        assert_eq!(
            found.iter().map(|one| (one.name, one.value)).collect::<Vec<_>>(),
            [("tests", "a,bc"), ("order", "fixed")]
        );
        assert_eq!(&text[end..], " Title");
        let places: Vec<&str> = found[0].ids().iter().map(|(_, range)| &text[range.bytes()]).collect();
        assert_eq!(places, ["a", "bc"]);
        assert_eq!(attributes("[!QUIZ] Title {a=b}", 7), None);
        assert_eq!(attributes("{a\n}", 0), None);
        assert!(attributes("{}", 0).is_some_and(|(found, _)| found.is_empty()));
    }
}
