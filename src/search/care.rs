//! The care cards of the help page: which queries they come first for.

use std::ops::Range;

use super::entry::title_of;
use super::fixed::rarity;
use super::text::{Piece, pieces};
use super::words::Language;
use crate::config::CareLevel;
use crate::parse::body::Segment;
use crate::resolve::site::{Page, PageId, Site};

/// A care card that searches show.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Card {
    /// How urgent it is.
    pub level: CareLevel,
    /// The page that it stands on.
    pub page: PageId,
    /// Which segments of that page's body it is.
    pub segments: Range<usize>,
    /// What it is about.
    pub signs: Vec<Sign>,
}

/// A sign that a card lists, or words that site.yaml declares for it: each word with what it says by itself, its rarity on the site.
/// That is nothing for common words, and for those of a declared sign. A query that holds every word of a sign means it, and one that
/// holds enough of what its words say.
pub type Sign = Vec<(String, u32)>;

/// The least rarity that a query must share with a sign: that of a word which one in 32 documents has, or a single one of a few.
pub fn least(documents: usize) -> u32 {
    rarity(1, documents).min(80)
}

/// The rarity below which a word is common, and says nothing by itself: that of a word which a quarter of the documents have.
fn common(documents: usize) -> u32 {
    least(documents).min(32)
}

/// The cards of the help page that cannot wait, the gravest first, without their signs.
pub fn plain_cards(site: &Site) -> Vec<Card> {
    let Some(help) = site.help else { return Vec::new() };
    let page = site.page(help);
    let mut cards = Vec::new();
    let mut start = None;
    let mut depth = 0_usize;
    for (at, segment) in page.document.body.segments.iter().enumerate() {
        match segment {
            Segment::CareStart(level) => {
                if depth == 0 {
                    start = Some((at, *level));
                }
                depth += 1;
            }
            Segment::CareEnd => {
                depth = depth.saturating_sub(1);
                if let Some((start, level)) = start.take_if(|_| depth == 0)
                    && level != CareLevel::Routine
                {
                    cards.push(Card { level, page: help, segments: start..at + 1, signs: Vec::new() });
                }
            }
            Segment::Card { name, .. } if depth == 0 => {
                let level = site.card_level(name).filter(|level| *level != CareLevel::Routine);
                cards.extend(level.map(|level| Card { level, page: help, segments: at..at + 1, signs: Vec::new() }));
            }
            Segment::Card { .. }
            | Segment::Html(_)
            | Segment::Prose(_)
            | Segment::Word(_)
            | Segment::Heading(_)
            | Segment::QuestionStart(_)
            | Segment::Answer(_)
            | Segment::QuestionEnd
            | Segment::Figure { .. } => {}
        }
    }
    cards.sort_by_key(|card| card.level);
    cards
}

/// The same with their signs, where the site has so many `documents`.
pub fn cards(site: &Site, language: Language, documents: usize, rarity_of: &dyn Fn(&str) -> u32) -> Vec<Card> {
    let mut cards = plain_cards(site);
    let says = |word: &str| Some(rarity_of(word)).filter(|rarity| *rarity >= common(documents)).unwrap_or_default();
    for card in &mut cards {
        card.signs = signs(site, site.page(card.page), card, language, &says);
    }
    let search = &site.config.search;
    for (level, declared) in [(CareLevel::Emergency, &search.emergency), (CareLevel::Urgent, &search.urgent)] {
        if let Some(card) = cards.iter_mut().find(|card| card.level == level) {
            card.signs.extend(declared.iter().map(|text| sign(text, language, &|_| 0)));
        }
    }
    for card in &mut cards {
        card.signs.retain(|sign| !sign.is_empty());
    }
    cards
}

/// Each block of a card's text is a sign. Headings say what to do; they are signs only where there is nothing else.
fn signs(site: &Site, page: &Page, card: &Card, language: Language, says: &dyn Fn(&str) -> u32) -> Vec<Sign> {
    let (mut headings, mut signs) = (Vec::new(), Vec::new());
    let mut page = page;
    let mut segments = &page.document.body.segments[card.segments.clone()];
    if let [Segment::Card { name, .. }] = segments
        && let Some(shared) = site.cards.get(name)
    {
        page = shared;
        segments = &page.document.body.segments;
        headings.push(sign(&page.title, language, says));
    }
    for (at, segment) in segments.iter().enumerate() {
        let is_heading = matches!(segments.get(at + 1), Some(Segment::Html(html)) if html.starts_with("</h"));
        let list = if is_heading { &mut headings } else { &mut signs };
        if matches!(segment, Segment::Prose(_)) {
            pieces(segment, |piece| {
                let text = match piece {
                    Piece::Text(text) => text,
                    Piece::Title(title) => title_of(site, page, title),
                };
                list.push(sign(text, language, says));
            });
        }
    }
    if signs.is_empty() { headings } else { signs }
}

fn sign(text: &str, language: Language, says: &dyn Fn(&str) -> u32) -> Sign {
    let mut words: Sign = Vec::new();
    for (_, word) in language.parts(text, usize::MAX) {
        if !words.iter().any(|(known, _)| *known == word) {
            let says = says(&word);
            words.push((word, says));
        }
    }
    words
}
