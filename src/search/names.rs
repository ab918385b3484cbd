//! What the terms of the glossary are called: every name of a term leads to all that its other names lead to.

use std::collections::{BTreeSet, HashMap};

use super::words::Language;
use crate::parse::front_matter::{Match, Term};
use crate::resolve::{inflections, is_acronym};

/// Names of more words are found by their words alone.
pub const WORDS_AT_MOST: usize = 6;

/// The names of a term, each as words with spaces between them, without repetitions: the way queries are read.
pub fn names_of(term: &Term, language: Language) -> Vec<String> {
    distinct(forms(term).flat_map(|(form, _)| keys(&form, language)))
}

/// Those names of terms that stand for nothing else in titles and headings.
#[derive(Debug, Default)]
pub struct Clear {
    terms: HashMap<String, u32>,
    longest: usize,
}

impl Clear {
    /// Of `terms`, by their numbers.
    pub fn new<'t>(terms: impl Iterator<Item = (u32, &'t Term)>, language: Language) -> Self {
        let mut clear = Self::default();
        for (number, term) in terms {
            let names = forms(term).filter(|(form, matching)| *matching == Match::Automatic && !is_acronym(form));
            for key in names.flat_map(|(form, _)| keys(&form, language)) {
                clear.longest = clear.longest.max(key.split(' ').count());
                clear.terms.entry(key).or_insert(number);
            }
        }
        clear
    }

    /// The terms that `words`, a text in order, names.
    pub fn found_in(&self, words: &[String]) -> BTreeSet<u32> {
        let mut found = BTreeSet::new();
        for start in 0..words.len() {
            let mut key = String::new();
            for word in words[start..].iter().take(self.longest) {
                if !key.is_empty() {
                    key.push(' ');
                }
                key.push_str(word);
                found.extend(self.terms.get(&key));
            }
        }
        found
    }
}

/// Every surface form of a term, and how it is matched in texts.
fn forms(term: &Term) -> impl Iterator<Item = (String, Match)> {
    let aliases = term.aliases.iter().map(|alias| (&alias.name, alias.matching.unwrap_or(term.matching)));
    let inflected = [(&term.name, term.matching)].into_iter().chain(aliases);
    let inflected =
        inflected.flat_map(|(name, matching)| inflections(name).into_iter().map(move |form| (form, matching)));
    inflected.chain(term.forms.iter().map(|form| (form.clone(), term.matching)))
}

/// How a query may write `form`: with its joints as spaces, and without them.
fn keys(form: &str, language: Language) -> Vec<String> {
    let key = |text: &str| {
        let words: Vec<String> = language.parts(text, WORDS_AT_MOST + 1).into_iter().map(|(_, word)| word).collect();
        (1..=WORDS_AT_MOST).contains(&words.len()).then(|| words.join(" "))
    };
    distinct([key(form), key(&form.replace(['-', '\u{2010}', '\u{2011}', '\u{2013}'], ""))].into_iter().flatten())
}

fn distinct(names: impl Iterator<Item = String>) -> Vec<String> {
    let mut seen = BTreeSet::new();
    names.filter(|name| seen.insert(name.clone())).collect()
}
