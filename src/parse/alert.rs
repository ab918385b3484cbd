//! `> [!NOTE]` and its like: which there are, and how one begins.

use super::body::Word;
use crate::config::CareLevel;
use crate::text::TextRange;

/// What a marked quotation is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Alert {
    /// A remark beside the text: its class and its word.
    Remark(&'static str, Word),
    /// What to do when something may be wrong, in one of three levels. Stays free of automatic links.
    Care(CareLevel, Word),
    /// A care card that stands in `content/safety/`, by its name.
    Shared,
    /// What not to do: a remark whose items all say so. Its class and its word.
    Dont(&'static str, Word),
    /// A question to the reader.
    Quiz,
}

/// Every alert, by the word in its marker.
pub(super) const ALERTS: &[(&str, Alert)] = &[
    ("NOTE", Alert::Remark("note", Word::AlertNote)),
    ("TIP", Alert::Remark("tip", Word::AlertTip)),
    ("IMPORTANT", Alert::Remark("important", Word::AlertImportant)),
    ("WARNING", Alert::Remark("warning", Word::AlertWarning)),
    ("CAUTION", Alert::Remark("caution", Word::AlertCaution)),
    ("DO", Alert::Remark("tip", Word::AlertDo)),
    ("DONT", Alert::Dont("caution", Word::AlertDont)),
    ("EMERGENCY", Alert::Care(CareLevel::Emergency, Word::CareEmergency)),
    ("URGENT", Alert::Care(CareLevel::Urgent, Word::CareUrgent)),
    ("ROUTINE", Alert::Care(CareLevel::Routine, Word::CareRoutine)),
    ("CARE", Alert::Shared),
    ("QUIZ", Alert::Quiz),
];

/// The marker at the beginning of a quotation.
#[derive(PartialEq, Eq, Debug)]
pub(super) struct Marker<'t> {
    /// The word in it.
    pub(super) word: &'t str,
    /// From its opening to its closing bracket.
    pub(super) range: TextRange,
}

/// The marker of the quotation that begins at `start` of `text`, if it has one.
pub(super) fn marker(text: &str, start: usize) -> Option<Marker<'_>> {
    // Quotations may stand in each other by the thousand: nothing but the marker itself is looked at.
    let inside = text.get(start..)?.strip_prefix('>')?.trim_start_matches([' ', '\t']);
    let rest = inside.strip_prefix("[!")?;
    let length = rest.find(|character: char| !character.is_ascii_alphabetic() && character != '-')?;
    let (word, after) = rest.split_at(length);
    let open = text.len() - inside.len();
    (!word.is_empty() && after.starts_with(']'))
        .then(|| Marker { word, range: TextRange::new(open, open + length + 3) })
}

/// What stands behind the marker on its line, and where.
pub(super) fn rest_of_line<'t>(text: &'t str, marker: &Marker<'_>) -> (&'t str, TextRange) {
    let end = marker.range.end as usize;
    let line = text.get(end..).and_then(|rest| rest.lines().next()).unwrap_or_default();
    let start = end + line.len() - line.trim_start().len();
    (line.trim(), TextRange::new(start, start + line.trim().len()))
}

/// The alert of that word, in any case.
pub(super) fn find(word: &str) -> Option<Alert> {
    ALERTS.iter().find(|(name, _)| name.eq_ignore_ascii_case(word)).map(|(_, alert)| *alert)
}

#[cfg(test)]
mod tests {
    use super::marker;

    #[test]
    fn a_marker_opens_the_quotation() {
        let found = marker("x\n> [!NOTE] Title\n> text", 2).expect("a marker");
        assert_eq!((found.word, found.range.bytes()), ("NOTE", 4..11));
        assert_eq!(marker("> [NOTE]", 0), None);
        assert_eq!(marker("> a [!NOTE]", 0), None);
        assert_eq!(marker("> [!]", 0), None);
        assert_eq!(marker(">\n[!NOTE]", 0), None);
        assert_eq!(marker("> [!NO TE]", 0), None);
    }
}
