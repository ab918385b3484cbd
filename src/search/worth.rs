//! What a use of a word is worth, by where it stands: in sixteenths of a use in a text of average length.

/// In a title, shared among its words.
pub const TITLE: u32 = 512;

/// In another name, shared among its words.
pub const OTHER_NAME: u32 = 384;

/// In a heading, a tag, the name of a muscle.
pub const HEADING: u32 = 48;

/// In a summary.
pub const SUMMARY: u32 = 40;

/// In the title of a facet's value.
pub const PROPERTY: u32 = 32;

/// Of a term in its own entry.
pub const OWN_TERM: u32 = 512;

/// Of a term that a title names.
pub const TERM_IN_TITLE: u32 = 128;

/// Of a term in the text. That is its first use in a section: there are more.
pub const TERM_IN_TEXT: u32 = 32;

/// Of a term in the text, however often.
pub const TERM_IN_TEXT_AT_MOST: u32 = 160;

/// Of a word in the text, however often: more uses say less and less.
const TEXT_AT_MOST: u32 = 96;

/// What worth is compared with: the more, the more further uses count.
const DAMPING: u32 = 160;

/// The most that a document can matter for a word; the least is 1.
const IMPACT_AT_MOST: u32 = 31;

/// What `count` uses are worth in a text of `length` words, where texts have `average` words.
pub fn in_text(count: u32, length: u32, average: u32) -> u32 {
    // A long text uses every word more often, but it also says more: not all of that is taken away.
    let share = u64::from(length) * 6 / u64::from(average.max(1));
    let length = 10 + u32::try_from(share).unwrap_or(u32::MAX).min(24);
    let uses = count.min(1 << 12) * 256 / length;
    TEXT_AT_MOST * uses / (uses + 80)
}

/// How much a document matters for a word that is worth so much in it: 1 to 31.
pub fn impact(worth: u32) -> u8 {
    let worth = worth.min(1 << 16);
    let impact = 1 + (IMPACT_AT_MOST - 1) * worth / (worth + DAMPING);
    u8::try_from(impact).expect("it is at most 31")
}

#[cfg(test)]
mod tests {
    use super::{HEADING, SUMMARY, TITLE, impact, in_text};

    #[test]
    fn more_is_worth_more_and_never_too_much() {
        let by_count = [0, 1, 2, 10, 1_000, u32::MAX].map(|count| impact(in_text(count, 500, 500)));
        assert_eq!(by_count, [1, 3, 5, 9, 12, 12]);
        assert!(in_text(1, 5_000, 500) < in_text(1, 500, 500));
        assert!(in_text(1, 0, 0) > 0 && in_text(u32::MAX, u32::MAX, 1) > 0);
        let by_place = [TITLE / 2, HEADING, SUMMARY, in_text(1, 500, 500)].map(impact);
        assert!(by_place.is_sorted_by(|a, b| a >= b), "{by_place:?}");
        assert_eq!(impact(u32::MAX), 30);
    }
}
