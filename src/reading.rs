//! How pages read: a [`Site`] → the grade, the hardest sentences and the longest sections of each page.
//!
//! The formulas are for English. Words of terms that a page links to its glossary are explained there: a second grade, beside the plain one,
//! takes each of them for an easy word of two syllables.

use std::collections::HashSet;

use crate::config::Kind;
use crate::parse::body::{Body, OBJECT, Prose};
use crate::parse::front_matter::Meta;
use crate::resolve::glossary::Action;
use crate::resolve::site::{Page, Site};
use crate::text::readability::{Counts, sentences, words};
use crate::text::{TextRange, VPath, is_passive};
use crate::yaml::Step;

/// Fewer words make no sentence that is worth a remark.
const SENTENCE_AT_LEAST: usize = 8;

/// How a page reads.
#[derive(Debug)]
pub struct PageReading {
    /// The file.
    pub path: VPath,
    /// Its words as they stand.
    pub plain: Counts,
    /// Its words with those of explained terms taken for easy ones.
    pub explained: Counts,
    /// Sentences in the passive voice.
    pub passive: usize,
    /// Its sentences, the hardest first; short ones are left out.
    pub sentences: Vec<Sentence>,
    /// Its long sections, in order.
    pub long_sections: Vec<Section>,
}

impl PageReading {
    /// The Flesch–Kincaid grade by which pages are ranked: explained terms are easy words.
    pub fn grade(&self) -> f64 {
        self.explained.grade().unwrap_or_default()
    }

    /// Counts a block of text; `range_of` finds where one of its sentences stands.
    fn add(&mut self, block: &str, easy: &dyn Fn(&str) -> bool, range_of: impl Fn(&str) -> TextRange) {
        for sentence in sentences(block) {
            let text = readable(sentence);
            let counts = Counts::with(&text, easy);
            let is_passive = is_passive(&text);
            self.plain += Counts::of(&text);
            self.explained += counts;
            self.passive += usize::from(is_passive);
            if counts.words >= SENTENCE_AT_LEAST {
                self.sentences.push(Sentence { range: range_of(sentence), text, counts, is_passive });
            }
        }
    }
}

/// A sentence of a page.
#[derive(Debug)]
pub struct Sentence {
    /// Where it stands in the file.
    pub range: TextRange,
    /// What it says.
    pub text: String,
    /// Its words, with those of explained terms taken for easy ones.
    pub counts: Counts,
    /// Whether it hides who does what.
    pub is_passive: bool,
}

/// A section of a page: what stands between a heading and the next.
#[derive(Debug)]
pub struct Section {
    /// Where its heading stands.
    pub range: TextRange,
    /// Its heading.
    pub heading: String,
    /// Its words.
    pub words: usize,
}

/// How every page of a site reads, the hardest first. Pages without words are left out.
pub fn report(site: &Site) -> Vec<PageReading> {
    let mut pages: Vec<PageReading> = site.pages.iter().map(|page| read(site, page)).collect();
    pages.retain(|page| page.plain.words > 0);
    pages.sort_by(|a, b| b.grade().total_cmp(&a.grade()).then_with(|| a.path.cmp(&b.path)));
    pages
}

fn read(site: &Site, page: &Page) -> PageReading {
    let explained = explained_words(site, page);
    let easy = |word: &str| explained.contains(word.to_lowercase().trim_end_matches("'s").trim_end_matches("’s"));
    let document = &page.document;
    let mut reading = PageReading {
        path: document.path().clone(),
        plain: Counts::default(),
        explained: Counts::default(),
        passive: 0,
        sentences: Vec::new(),
        long_sections: long_sections(page, site.config.limits.section_words),
    };
    if document.kind() != Kind::Term && !page.summary.is_empty() {
        reading.add(&page.summary, &easy, |_| document.value_range(&[Step::key("summary")]));
    }
    for prose in document.fields.values().chain([&document.body]).flat_map(Body::proses) {
        reading.add(&prose.text, &easy, |sentence| range_of(page, prose, sentence));
    }
    reading.sentences.sort_by(|a, b| {
        let grade = |sentence: &Sentence| sentence.counts.grade().unwrap_or_default();
        grade(b).total_cmp(&grade(a)).then_with(|| a.range.cmp(&b.range))
    });
    reading
}

/// A sentence on one line, without what is no text.
fn readable(sentence: &str) -> String {
    let text = sentence.replace(OBJECT, "");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Where a sentence of `prose`, a slice of its text, stands in the file.
fn range_of(page: &Page, prose: &Prose, sentence: &str) -> TextRange {
    let start = sentence.as_ptr() as usize - prose.text.as_ptr() as usize;
    let start = start + sentence.find(|character: char| character != OBJECT).unwrap_or_default();
    let end = start.max(prose.text.len().min(start + sentence.len()));
    let range = TextRange::new(prose.source_offset(start), prose.source_offset(end));
    page.document.locate(prose.origin, range)
}

/// Lower-case words, in singular and plural, of the names of all terms that a page links to.
fn explained_words(site: &Site, page: &Page) -> HashSet<String> {
    let links = page.term_links.fields.values().chain([&page.term_links.body]).flatten().flat_map(|(_, links)| links);
    let linked: HashSet<u32> = links
        .filter_map(|link| match link.action {
            Action::Link(term) => Some(term),
            Action::Unescape => None,
        })
        .collect();
    let mut found = HashSet::new();
    for (number, id) in site.terms.iter().enumerate() {
        let term = site.page(*id);
        let is_own = std::ptr::eq(term, page);
        if !is_own && !u32::try_from(number).is_ok_and(|number| linked.contains(&number)) {
            continue;
        }
        let Meta::Term(meta) = &term.document.meta else { continue };
        let names = meta.aliases.iter().map(|alias| &alias.name).chain(&meta.forms).chain([&meta.name]);
        for word in names.flat_map(|name| words(name)) {
            let word = word.to_lowercase();
            found.insert(format!("{word}s"));
            found.insert(word.strip_suffix('s').unwrap_or(&word).to_owned());
            found.insert(word);
        }
    }
    found
}

/// The sections of a page's text that are too long to keep in view.
fn long_sections(page: &Page, at_most: usize) -> Vec<Section> {
    let document = &page.document;
    let mut sections: Vec<Section> = document
        .headings
        .iter()
        .map(|heading| Section { range: heading.range, heading: heading.text.clone(), words: 0 })
        .collect();
    for prose in document.body.proses() {
        let place = prose.places.first().map_or(0, |(_, source)| *source);
        let index = sections.partition_point(|section| section.range.start <= place);
        if let Some(section) = index.checked_sub(1).and_then(|index| sections.get_mut(index)) {
            section.words += words(&prose.text).count();
        }
    }
    sections.retain(|section| section.words > at_most);
    sections
}
