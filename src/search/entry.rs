//! One document's words and terms, with how much each matters to it.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::documents::Document;
use super::names::Clear;
use super::text::{self, Piece, Purpose, Text, Uses};
use super::words::Language;
use super::worth;
use crate::parse::body::ReferenceId;
use crate::parse::front_matter::{Exercise, Meta, Term};
use crate::resolve::glossary::Action;
use crate::resolve::site::{Page, Site, Target};

/// One document's words and terms.
#[derive(Debug, Default)]
pub struct Entry {
    text: Arc<Text>,
    /// What its title, names, summary and links add.
    more: BTreeMap<String, Uses>,
    terms: BTreeMap<u32, u32>,
    /// Words in its text.
    pub length: u32,
}

/// How much a document matters for a word, and whether the word stands anywhere but in words of safety.
#[derive(Clone, Copy, Debug)]
pub struct Matter<'e> {
    /// The word.
    pub word: &'e str,
    /// 1 to 31.
    pub impact: u8,
    /// Whether it is there to be read.
    pub is_read: bool,
}

impl Entry {
    /// Every word, sorted, where texts have `average` words.
    pub fn words(&self, average: u32) -> Vec<Matter<'_>> {
        let mut words = Vec::with_capacity(self.text.words.len() + self.more.len());
        let matter = |word, uses: Uses| {
            let worth = uses.worth + worth::in_text(uses.count, self.length, average);
            Matter { word, impact: worth::impact(worth), is_read: uses.is_read }
        };
        let mut more = self.more.iter().peekable();
        for (word, uses) in &self.text.words {
            while let Some((word, uses)) = more.next_if(|(other, _)| other.as_str() < &**word) {
                words.push(matter(word, *uses));
            }
            let added =
                more.next_if(|(other, _)| other.as_str() == &**word).map(|(_, added)| *added).unwrap_or_default();
            let uses = Uses {
                worth: uses.worth + added.worth,
                count: uses.count + added.count,
                is_read: uses.is_read || added.is_read,
            };
            words.push(matter(word, uses));
        }
        words.extend(more.map(|(word, uses)| matter(word, *uses)));
        words
    }

    /// How much the document matters for a word that its text uses once.
    pub fn usual(&self, average: u32) -> u8 {
        worth::impact(worth::in_text(1, self.length, average))
    }

    /// Every term, with how much it matters.
    pub fn terms(&self) -> impl Iterator<Item = (u32, u8)> {
        self.terms.iter().map(|(term, worth)| (*term, worth::impact(*worth)))
    }
}

/// Reads documents.
pub struct Reader<'a> {
    /// The site.
    pub site: &'a Site,
    /// Its language.
    pub language: Language,
    /// The names of terms that are found in titles.
    pub clear: &'a Clear,
    /// The number of each term, as term links count them.
    pub numbers: &'a [u32],
}

/// An entry in the making.
struct Draft<'a> {
    reader: &'a Reader<'a>,
    words: HashMap<String, Uses>,
    terms: BTreeMap<u32, u32>,
}

impl Reader<'_> {
    /// The words of a document; `number` is its own, `text` its file's.
    pub fn read(&self, document: &Document, number: u32, text: Arc<Text>) -> Entry {
        let mut draft = Draft { reader: self, words: HashMap::new(), terms: BTreeMap::new() };
        let mut length = text.length;
        draft.title(&document.title);
        let page = document.page.map(|page| self.site.page(page));
        match page.map(|page| &page.document.meta) {
            Some(Meta::Term(term)) => draft.term(term, &document.summary, number),
            Some(Meta::Exercise(exercise)) => {
                draft.line(&document.summary, worth::SUMMARY);
                draft.exercise(exercise);
            }
            Some(Meta::Article(_) | Meta::Page(_) | Meta::Section(_) | Meta::Sequence(_) | Meta::Care(_)) | None => {
                draft.line(&document.summary, worth::SUMMARY);
            }
        }
        if let Some(page) = page {
            for (line, worth) in &text.lines {
                draft.named(line, *worth);
            }
            for (title, purpose) in &text.titles {
                length += draft.count(title_of(self.site, page, *title), *purpose);
            }
            for (name, _) in &page.document.cards {
                length += draft.card(name);
            }
            draft.term_links(page);
        }
        Entry { text, more: draft.words.into_iter().collect(), terms: draft.terms, length }
    }
}

/// What a link without words of its own shows: the title of another page, or of a facet's value.
pub fn title_of<'s>(site: &'s Site, page: &Page, link: ReferenceId) -> &'s str {
    match page.target(link) {
        Target::Page(to, _) => &site.page(*to).title,
        Target::Facet(id) => &site.facet_value(*id).1.title,
        Target::Here(_) | Target::Asset(_) | Target::Broken => "",
    }
}

impl Draft<'_> {
    fn term(&mut self, term: &Term, definition: &str, number: u32) {
        for name in term.aliases.iter().map(|alias| &alias.name).chain(&term.forms) {
            self.shared(name, worth::OTHER_NAME);
        }
        self.add(definition, worth::SUMMARY);
        *self.terms.entry(number).or_default() += worth::OWN_TERM;
    }

    fn exercise(&mut self, exercise: &Exercise) {
        for name in &exercise.also_called {
            self.shared(name, worth::OTHER_NAME);
        }
        for facet in &self.reader.site.config.exercises.facets {
            let chosen = exercise.facets.get(&facet.id);
            let values = facet.values.iter().filter(|value| chosen.is_some_and(|chosen| chosen.0.contains(&value.id)));
            for value in values {
                self.add(&value.title, worth::PROPERTY);
            }
        }
    }

    fn title(&mut self, title: &str) {
        let words = self.shared(title, worth::TITLE);
        self.named(&words, worth::TERM_IN_TITLE);
    }

    /// A line in which terms count as its words do.
    fn line(&mut self, line: &str, worth: u32) {
        let words = self.add(line, worth);
        self.named(&words, worth);
    }

    /// The terms that a line names.
    fn named(&mut self, line: &[String], worth: u32) {
        for term in self.reader.clear.found_in(line) {
            *self.terms.entry(term).or_default() += worth;
        }
    }

    /// A name, whose words share what it is worth.
    fn shared(&mut self, name: &str, worth: u32) -> Vec<String> {
        let length = self.reader.language.parts(name, usize::MAX).len();
        self.add(name, worth / (1 + u32::try_from(length).unwrap_or(u32::MAX).min(worth)))
    }

    fn add(&mut self, text: &str, worth: u32) -> Vec<String> {
        text::add(&mut self.words, self.reader.language, text, |uses| uses.worth += worth)
    }

    /// The words of a care card that stands in a file of its own.
    fn card(&mut self, name: &str) -> u32 {
        let site = self.reader.site;
        let Some(card) = site.cards.get(name) else { return 0 };
        let mut length = self.count(&card.title, Purpose::Safety);
        text::each(&card.document.body, |piece, _| {
            length += match piece {
                Piece::Text(text) => self.count(text, Purpose::Safety),
                Piece::Title(title) => self.count(title_of(site, card, title), Purpose::Safety),
            };
        });
        length
    }

    fn count(&mut self, text: &str, purpose: Purpose) -> u32 {
        text::count(&mut self.words, self.reader.language, text, purpose)
    }

    /// Terms that the page links to, by itself or by its author, and those that it declares a relation with.
    fn term_links(&mut self, page: &Page) {
        let mut counts: BTreeMap<u32, u32> = BTreeMap::new();
        let (site, numbers) = (self.reader.site, self.reader.numbers);
        let links = &page.term_links;
        for link in links.fields.values().chain([&links.body]).flatten().flat_map(|(_, links)| links) {
            if let Action::Link(term) = link.action
                && let Some(number) = numbers.get(term as usize)
            {
                *counts.entry(*number).or_default() += 1;
            }
        }
        let targets = page.targets.iter().filter_map(|target| match target {
            Target::Page(to, _) => Some(to),
            Target::Facet(_) | Target::Here(_) | Target::Asset(_) | Target::Broken => None,
        });
        let related = page.links.relations.iter().flat_map(|(_, pages)| pages);
        for to in targets.chain(related) {
            if let Ok(term) = site.glossary_order.binary_search(to)
                && let Some(number) = numbers.get(term)
            {
                *counts.entry(*number).or_default() += 1;
            }
        }
        for (term, count) in counts {
            let worth = count.saturating_mul(worth::TERM_IN_TEXT).min(worth::TERM_IN_TEXT_AT_MOST);
            *self.terms.entry(term).or_default() += worth;
        }
    }
}
