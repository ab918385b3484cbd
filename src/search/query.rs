//! A query → what is found, best first. The script of the theme does the same, number for number: see `search.js`.
//!
//! Every word of a query is a slot. A document earns points in a slot for the word itself, for words that begin with it, for words one
//! typo away where there is nothing better, and for the term that the word, alone or with its neighbours, is a name of. Slots count by
//! their rarity; a document counts by the share of the query that it covers, squared, so that those which hold all of it come first.

use super::care::{Sign, least};
use super::documents::{Document, Group};
use super::fixed::rarity;
use super::index::{Index, Posting};
use super::names;
use super::near::near;

/// Further words of a query are not looked at.
const SLOTS_AT_MOST: usize = 10;

/// With more shards than this, typos are only looked for among words with the same first letter.
const SHARDS_FOR_TYPOS: usize = 12;

/// What a query that holds all of a sign holds: more than parts of one ever say.
const ALL_OF_IT: u32 = 1 << 16;

/// How much a match is worth.
mod level {
    pub const EXACT: u32 = 8;
    /// For the whole of a longer word, in the last place and in others; less as it is longer.
    pub const START_OF_LAST: u32 = 6;
    pub const START: u32 = 3;
    /// The name of a term whose last word is still being written.
    pub const START_OF_NAME: u32 = 4;
    pub const TYPO: u32 = 2;
}

/// What a query finds.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Results {
    /// The care card that comes first, by its place in [`Index::cards`].
    pub card: Option<usize>,
    /// Best first.
    pub hits: Vec<Hit>,
}

/// A document that was found.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Hit {
    /// By its place in [`Index::documents`].
    pub document: u32,
    /// For comparison with other hits of the same query.
    pub score: u64,
}

/// A word of a query.
struct Slot {
    raw: String,
    word: String,
    /// By document, the best match of a word.
    matches: Vec<u32>,
    /// By document, the best match of a term.
    terms: Vec<u32>,
    is_exact: bool,
    is_typo: bool,
}

impl Slot {
    /// How many documents have something of it.
    fn found(&self) -> usize {
        self.matches.iter().zip(&self.terms).filter(|(word, term)| **word + **term > 0).count()
    }

    fn length(&self) -> usize {
        length(&self.raw)
    }
}

/// In UTF-16 units.
fn length(text: &str) -> usize {
    text.encode_utf16().count()
}

impl Index {
    /// What `text` finds.
    pub fn query(&self, text: &str) -> Results {
        let parts = self.language.parts(text, SLOTS_AT_MOST);
        let none = || vec![0; self.documents.len()];
        let mut slots: Vec<Slot> = parts
            .into_iter()
            .map(|(raw, word)| Slot { raw, word, matches: none(), terms: none(), is_exact: false, is_typo: false })
            .collect();
        self.match_words(&mut slots);
        self.match_names(&mut slots);
        self.match_typos(&mut slots);
        let rarities: Vec<u32> = slots
            .iter()
            .map(|slot| match slot.found() {
                0 => 0,
                found => rarity(found, self.documents.len()),
            })
            .collect();
        Results { card: self.card_for(&slots, &rarities), hits: self.hits(&slots, &rarities) }
    }

    /// What was found, best first.
    pub fn found(&self, results: &Results) -> impl Iterator<Item = &Document> {
        results.hits.iter().map(|hit| &self.documents[hit.document as usize])
    }

    /// The hits by group, the group with the best of them first.
    pub fn groups(&self, results: &Results) -> Vec<(Group, Vec<Hit>)> {
        let mut groups: Vec<(Group, Vec<Hit>)> = Vec::new();
        for hit in &results.hits {
            let group = self.documents[hit.document as usize].group;
            match groups.iter_mut().find(|(known, _)| *known == group) {
                Some((_, hits)) => hits.push(*hit),
                None => groups.push((group, vec![*hit])),
            }
        }
        groups
    }

    /// Words themselves, two that are written as one, and words that begin with one.
    fn match_words(&self, slots: &mut [Slot]) {
        let last = slots.len().saturating_sub(1);
        for at in 0..slots.len() {
            if let Some(word) = self.word(&slots[at].word) {
                slots[at].is_exact = true;
                earn(&mut slots[at].matches, &word.postings, level::EXACT);
            }
            if at < last
                && let Some(word) = self.word(&self.language.stem(&format!("{}{}", slots[at].raw, slots[at + 1].raw)))
            {
                for slot in &mut slots[at..=at + 1] {
                    slot.is_exact = true;
                    earn(&mut slot.matches, &word.postings, level::EXACT);
                }
            }
            let slot = &mut slots[at];
            let (shortest, worth) = if at == last { (2, level::START_OF_LAST) } else { (4, level::START) };
            let written = slot.length();
            if written >= shortest {
                for word in self.words_from(&slot.raw).filter(|word| word.text != slot.word) {
                    let whole = length(&word.text);
                    let share =
                        worth * u32::try_from(written).unwrap_or(u32::MAX) / u32::try_from(whole).unwrap_or(u32::MAX);
                    earn(&mut slot.matches, &word.postings, share.max(1));
                }
            }
        }
    }

    /// Names of terms, and beginnings of names at the end of the query.
    fn match_names(&self, slots: &mut [Slot]) {
        for (start, end) in spans(slots.len()) {
            let written = written(&slots[start..end], |slot| &slot.word);
            let is_last = end == slots.len();
            let begun = is_last.then(|| begun(&slots[start..end])).filter(|begun| length(begun) >= 3);
            for (term, names) in self.names.iter().enumerate() {
                let worth = if names.contains(&written) {
                    level::EXACT
                } else if begun.as_ref().is_some_and(|begun| names.iter().any(|name| name.starts_with(begun.as_str())))
                {
                    level::START_OF_NAME
                } else {
                    continue;
                };
                for slot in &mut slots[start..end] {
                    slot.is_exact |= worth == level::EXACT;
                    earn(&mut slot.terms, &self.terms[term], worth);
                }
            }
        }
    }

    /// For words of four letters and more that nothing else was found for: words and names one typo away.
    fn match_typos(&self, slots: &mut [Slot]) {
        for slot in &mut *slots {
            slot.is_typo = slot.length() >= 4 && !slot.is_exact && slot.found() < 2;
        }
        if !slots.iter().any(|slot| slot.is_typo) {
            return;
        }
        for slot in slots.iter_mut().filter(|slot| slot.is_typo) {
            let first = slot.word.encode_utf16().next();
            let may_be = |word: &str| self.shards.len() <= SHARDS_FOR_TYPOS || word.encode_utf16().next() == first;
            for word in self.words.iter().filter(|word| may_be(&word.text) && near(&slot.word, &word.text)) {
                earn(&mut slot.matches, &word.postings, level::TYPO);
            }
        }
        for (start, end) in spans(slots.len()) {
            if !slots[start..end].iter().any(|slot| slot.is_typo) {
                continue;
            }
            let written = written(&slots[start..end], |slot| &slot.word);
            for (term, _) in
                self.names.iter().enumerate().filter(|(_, names)| names.iter().any(|name| near(&written, name)))
            {
                for slot in &mut slots[start..end] {
                    earn(&mut slot.terms, &self.terms[term], level::TYPO);
                }
            }
        }
    }

    fn hits(&self, slots: &[Slot], rarities: &[u32]) -> Vec<Hit> {
        let whole: u64 = rarities.iter().map(|rarity| u64::from(*rarity)).sum();
        let mut best = 0;
        let mut found = Vec::new();
        for (document, number) in (0..self.documents.len()).zip(0_u32..) {
            let (mut points, mut covered) = (0_u64, 0_u64);
            for (slot, rarity) in slots.iter().zip(rarities) {
                let earned = slot.matches[document] + slot.terms[document];
                if earned > 0 {
                    points += u64::from(*rarity) * u64::from(earned);
                    covered += u64::from(*rarity);
                }
            }
            if covered > 0 {
                best = best.max(covered);
                found.push((covered, Hit { document: number, score: points * covered * covered / (whole * whole) }));
            }
        }
        let mut hits: Vec<Hit> =
            found.into_iter().filter(|(covered, _)| 4 * covered >= best).map(|(_, hit)| hit).collect();
        hits.sort_by_key(|hit| (std::cmp::Reverse(hit.score), hit.document));
        hits
    }

    /// The card with the sign that the query holds most of; the gravest, unless another one is meant much more.
    fn card_for(&self, slots: &[Slot], rarities: &[u32]) -> Option<usize> {
        let least = least(self.documents.len());
        let mut best = None;
        let mut most = 0;
        for (at, card) in self.cards.iter().enumerate() {
            let held = card.signs.iter().map(|sign| held(sign, slots, rarities, least)).max().unwrap_or_default();
            if 2 * held > 3 * most {
                (best, most) = (Some(at), held);
            }
        }
        best
    }
}

/// How much of a sign the query holds; nothing if that is not enough.
fn held(sign: &Sign, slots: &[Slot], rarities: &[u32], least: u32) -> u32 {
    let is_meant = |slot: &Slot, word: &str| {
        let is_begun = slot.length() >= 3 && word.starts_with(&slot.raw);
        word == slot.word || is_begun || (slot.is_typo && near(&slot.word, word))
    };
    if sign.iter().all(|(word, _)| slots.iter().any(|slot| is_meant(slot, word))) {
        return ALL_OF_IT;
    }
    let (mut held, mut said) = (0, 0);
    for (slot, rarity) in slots.iter().zip(rarities) {
        let own = sign.iter().filter(|(word, _)| is_meant(slot, word)).map(|(_, says)| *says).max().unwrap_or_default();
        held += own;
        said += if own > 0 { own } else { *rarity };
    }
    if held >= least && 2 * held >= said { held } else { 0 }
}

/// Every run of neighbouring slots that may be a name.
fn spans(slots: usize) -> impl Iterator<Item = (usize, usize)> {
    (0..slots).flat_map(move |start| (start + 1..=slots.min(start + names::WORDS_AT_MOST)).map(move |end| (start, end)))
}

fn written(slots: &[Slot], text: impl Fn(&Slot) -> &str) -> String {
    slots.iter().map(text).collect::<Vec<_>>().join(" ")
}

/// The words of `slots`, the last of them as far as it is written.
fn begun(slots: &[Slot]) -> String {
    let last = slots.len() - 1;
    let words = slots.iter().enumerate().map(|(at, slot)| if at == last { slot.raw.as_str() } else { &slot.word });
    words.collect::<Vec<_>>().join(" ")
}

/// Keeps the best of what each document earned and what `postings` are worth.
fn earn(earned: &mut [u32], postings: &[Posting], worth: u32) {
    for (document, impact) in postings {
        let best = &mut earned[*document as usize];
        *best = (*best).max(worth * u32::from(*impact));
    }
}
