//! Entries → an inverted index: for each word and each term, where it stands and how much it matters there.

use std::collections::HashMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::care::{self, Card};
use super::documents::{Document, Group, documents};
use super::entry::{Entry, Reader};
use super::fixed::rarity;
use super::merge::{in_order, merge};
use super::names::{Clear, names_of};
use super::text::Text;
use super::words::Language;
use crate::parse::front_matter::{Meta, Term};
use crate::resolve::site::{PageId, Site};
use crate::text::Fingerprint;

/// Bytes that a shard may come to before the next begins.
const SHARD: usize = 16 << 10;

/// A document, and how much it matters there: 1 to 31.
pub type Posting = (u32, u8);

/// A word, and the documents that hold it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Word {
    /// As [`Language::each`] makes it.
    pub text: String,
    /// Ascending.
    pub postings: Vec<Posting>,
    /// In how many documents it stands outside words of safety: those stand on page after page, and make nothing commoner.
    pub read: u32,
}

/// What the last index read in texts.
#[derive(Clone, Debug, Default)]
pub struct Memory {
    language: Option<Language>,
    texts: HashMap<Fingerprint, Arc<Text>>,
}

/// Everything that a search knows.
#[derive(Debug)]
pub struct Index {
    /// How words are made.
    pub language: Language,
    /// What can be found, in the order of equal results. Terms come first, so that the number of a term is that of its document.
    pub documents: Vec<Document>,
    /// By the number of each term, its names.
    pub names: Vec<Vec<String>>,
    /// By the number of each term, where it is used.
    pub terms: Vec<Vec<Posting>>,
    /// By document, how much it matters for a word that its text uses once.
    pub usual: Vec<u8>,
    /// Sorted by UTF-16 units, as scripts sort.
    pub words: Vec<Word>,
    /// Where each shard of `words` begins, ascending, from 0.
    pub shards: Vec<usize>,
    /// The care cards of the help page, the gravest first.
    pub cards: Vec<Card>,
}

impl Index {
    /// Reads a whole site; also what the next index can use.
    pub fn new(site: &Site, memory: &Memory) -> (Self, Memory) {
        let language = Language::of(&site.config.language);
        let documents = documents(site);
        let terms: Vec<&Term> = documents.iter().map_while(|document| term_of(site, document)).collect();
        let clear = Clear::new((0..).zip(terms.iter().copied()), language);
        let numbers = term_numbers(site, &documents);
        let texts = texts(site, &documents, language, memory);
        let reader = Reader { site, language, clear: &clear, numbers: &numbers };
        let numbered: Vec<(&Document, u32)> = documents.iter().zip(0..).collect();
        let entries: Vec<Entry> = numbered
            .into_par_iter()
            .zip(&texts)
            .map(|((document, number), (_, text))| reader.read(document, number, Arc::clone(text)))
            .collect();
        let average = average(&entries);
        let words = merge(&entries, average);
        let mut used = vec![Vec::new(); terms.len()];
        for (entry, number) in entries.iter().zip(0..) {
            for (term, impact) in entry.terms() {
                used[term as usize].push((number, impact));
            }
        }
        let mut index = Self {
            language,
            names: terms.iter().map(|term| names_of(term, language)).collect(),
            terms: used,
            usual: entries.iter().map(|entry| entry.usual(average)).collect(),
            shards: shards(&words),
            words,
            cards: Vec::new(),
            documents,
        };
        let read = |word: &str| index.word(word).map_or(0, |word| word.read as usize);
        index.cards =
            care::cards(site, language, index.documents.len(), &|word| rarity(read(word), index.documents.len()));
        (index, Memory { language: Some(language), texts: texts.into_iter().collect() })
    }

    /// The word that is exactly `text`.
    pub fn word(&self, text: &str) -> Option<&Word> {
        let found = self.words.binary_search_by(|word| in_order(&word.text, text));
        found.ok().map(|at| &self.words[at])
    }

    /// The words that begin with `start`.
    pub fn words_from(&self, start: &str) -> impl Iterator<Item = &Word> {
        let first = self.words.partition_point(|word| in_order(&word.text, start).is_lt());
        self.words[first..].iter().take_while(move |word| word.text.starts_with(start))
    }
}

/// What the file of each document says; empty where it has none.
fn texts(site: &Site, documents: &[Document], language: Language, memory: &Memory) -> Vec<(Fingerprint, Arc<Text>)> {
    let read = |document: &Document| {
        let Some(page) = document.page else { return Default::default() };
        let document = &site.page(page).document;
        let fingerprint = document.source.fingerprint;
        let known = memory.texts.get(&fingerprint).filter(|_| memory.language == Some(language));
        (fingerprint, known.map_or_else(|| Arc::new(Text::new(document, language)), Arc::clone))
    };
    documents.par_iter().map(read).collect()
}

fn term_of<'s>(site: &'s Site, document: &Document) -> Option<&'s Term> {
    match (&site.page(document.page?).document.meta, document.group) {
        (Meta::Term(term), Group::Words) => Some(term),
        _ => None,
    }
}

/// The number of each term, as term links count them.
fn term_numbers(site: &Site, documents: &[Document]) -> Vec<u32> {
    let by_page: HashMap<PageId, u32> =
        documents.iter().zip(0..).filter_map(|(document, number)| Some((document.page?, number))).collect();
    site.glossary_order.iter().map(|page| by_page.get(page).copied().unwrap_or_default()).collect()
}

/// How many words a text has, where there is one.
fn average(entries: &[Entry]) -> u32 {
    let lengths: Vec<u64> = entries.iter().map(|entry| u64::from(entry.length)).filter(|length| *length > 0).collect();
    u32::try_from(lengths.iter().sum::<u64>() / (lengths.len() as u64).max(1)).unwrap_or(u32::MAX)
}

/// Where shards begin.
fn shards(words: &[Word]) -> Vec<usize> {
    let mut starts = Vec::new();
    let mut size = 0;
    for (at, word) in words.iter().enumerate() {
        if at == 0 || size >= SHARD {
            starts.push(at);
            size = 0;
        }
        size += word.text.len() + 2 * word.postings.len() + 2;
    }
    starts
}
