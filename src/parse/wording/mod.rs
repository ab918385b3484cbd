//! Words by which claims are judged: those that are strong, those that name a cause, and those that take either back.

mod languages;

use std::ops::Range;
use std::sync::Arc;

use aho_corasick::{AhoCorasick, MatchKind};

use self::languages::{LANGUAGES, Language};
use super::body::OBJECT;
use crate::config::{Claims, Config, Wording};

/// So many words before one can take it back.
const BEFORE: usize = 8;

/// So many words after it can.
const AFTER: usize = 3;

/// What claims are judged by: the words of the site's language, and its own.
#[derive(Clone, Debug, Default)]
pub struct Words {
    strong: Option<Found>,
    causal: Option<Found>,
    /// An index into [`LANGUAGES`].
    language: Option<usize>,
    /// Whether sentences are looked through for what needs a source.
    is_asked: bool,
}

/// Words, and what finds them.
#[derive(Clone, Debug)]
struct Found {
    words: Arc<[String]>,
    finder: Arc<AhoCorasick>,
}

impl PartialEq for Words {
    fn eq(&self, other: &Self) -> bool {
        let words = |found: &Option<Found>| found.as_ref().map(|found| Arc::clone(&found.words));
        (words(&self.strong), words(&self.causal), self.language, self.is_asked)
            == (words(&other.strong), words(&other.causal), other.language, other.is_asked)
    }
}

impl Eq for Words {}

impl Words {
    /// Of a site.
    pub fn new(config: &Config) -> Self {
        let is_asked = config.sections.iter().any(|section| section.claims == Claims::Cited);
        Self::of(&config.language, &config.wording, is_asked)
    }

    /// Of a site in `language`, with words of its `own`; `is_asked` is whether one of its sections wants sources.
    fn of(language: &str, own: &Wording, is_asked: bool) -> Self {
        let primary = language.split('-').next().unwrap_or_default();
        let language = LANGUAGES.iter().position(|known| known.code.eq_ignore_ascii_case(primary));
        let known = language.map(|language| &LANGUAGES[language]);
        Self {
            strong: finder(known.map_or(&[], |known| known.strong), &own.strong),
            causal: finder(known.map_or(&[], |known| known.causal), &own.causal).filter(|_| is_asked),
            is_asked,
            language,
        }
    }

    /// Whether sentences are looked through for what needs a source.
    pub(super) fn is_asked(&self) -> bool {
        self.is_asked
    }

    /// The first strong word in `within` of a text that nothing near it takes back.
    pub(super) fn strong(&self, text: &str, within: Range<usize>) -> Option<Range<usize>> {
        self.find(self.strong.as_ref()?, text, within, |language, word| {
            language.careful.contains(&word) || language.denying.contains(&word)
        })
    }

    /// The first word in `within` of a text that names a cause, and that nothing near it denies.
    pub(super) fn causal(&self, text: &str, within: Range<usize>) -> Option<Range<usize>> {
        self.find(self.causal.as_ref()?, text, within, |language, word| language.denying.contains(&word))
    }

    fn find(
        &self,
        found: &Found,
        text: &str,
        within: Range<usize>,
        takes_back: impl Fn(&Language, &str) -> bool,
    ) -> Option<Range<usize>> {
        let sentence = text.get(within.clone())?;
        let language = self.language.map(|language| &LANGUAGES[language]);
        let is_meant = |at: &Range<usize>| {
            let (before, after) = (&sentence[..at.start], &sentence[at.end..]);
            if before.ends_with(is_of_word) || after.starts_with(is_of_word) {
                return false;
            }
            let Some(language) = language else { return true };
            let is_noun = words_before(before).next().is_some_and(|word| language.before_nouns.contains(&&*word));
            let takes_back = |word: String| takes_back(language, &word);
            !is_noun
                && !words_before(before).take(BEFORE).any(takes_back)
                && !words_after(after).take(AFTER).any(takes_back)
        };
        let at = found.finder.find_iter(sentence).map(|found| found.start()..found.end()).find(is_meant)?;
        Some(within.start + at.start..within.start + at.end)
    }

    /// The first number in `within` of a text that counts or measures something: no year, and no "step 3".
    pub(super) fn number(&self, text: &str, within: Range<usize>) -> Option<Range<usize>> {
        let sentence = text.get(within.clone())?;
        let known = self.language.map_or(&[][..], |language| LANGUAGES[language].before_numbers);
        let mut from = 0;
        while let Some(start) = sentence[from..].find(|character: char| character.is_ascii_digit()).map(|at| from + at)
        {
            let is_number = |character: char| character.is_ascii_digit() || matches!(character, '.' | ',' | '\u{a0}');
            let rest = &sentence[start..];
            let end = start + rest.find(|character: char| !is_number(character)).unwrap_or(rest.len());
            let end = start + sentence[start..end].trim_end_matches(['.', ',', '\u{a0}']).len();
            from = end;
            let (before, after) = (&sentence[..start], &sentence[end..]);
            let is_year = end - start == 4
                && matches!(&sentence[start..start + 2], "18" | "19" | "20")
                && !after.trim_start().starts_with('%');
            let is_in_word = before.ends_with(is_of_word) || after.starts_with(char::is_alphabetic);
            let counts_nothing = words_before(before).next().is_some_and(|word| known.contains(&&*word));
            if !is_year && !is_in_word && !counts_nothing {
                return Some(within.start + start..within.start + end);
            }
        }
        None
    }
}

fn finder(known: &[&str], own: &[String]) -> Option<Found> {
    let own = own.iter().map(|word| word.trim().to_lowercase()).filter(|word| !word.is_empty());
    let words: Arc<[String]> = known.iter().map(|word| (*word).to_owned()).chain(own).collect();
    let mut builder = AhoCorasick::builder();
    let builder = builder.match_kind(MatchKind::LeftmostLongest).ascii_case_insensitive(true);
    let finder = (!words.is_empty()).then(|| builder.build(&*words).ok()).flatten()?;
    Some(Found { words, finder: Arc::new(finder) })
}

fn is_of_word(character: char) -> bool {
    character.is_alphanumeric() || matches!(character, '\'' | '’' | '-')
}

/// Whether a clause ends here: what stands beyond says nothing about a word on this side.
fn ends_clause(character: char) -> bool {
    matches!(character, ',' | ';' | ':' | '—' | '–' | '(' | ')' | '.' | '!' | '?')
}

/// The words of a clause before its end, the last one first, in lower case.
fn words_before(text: &str) -> impl Iterator<Item = String> {
    let clause = text.rsplit(ends_clause).next().unwrap_or_default();
    clause.rsplit(|c: char| c.is_whitespace() || c == OBJECT).filter_map(bare)
}

/// The words of a clause from its beginning on, in lower case.
fn words_after(text: &str) -> impl Iterator<Item = String> {
    let clause = text.split(ends_clause).next().unwrap_or_default();
    clause.split(|c: char| c.is_whitespace() || c == OBJECT).filter_map(bare)
}

fn bare(word: &str) -> Option<String> {
    let word = word.trim_matches(|character: char| !character.is_alphanumeric());
    (!word.is_empty()).then(|| word.to_lowercase().replace('’', "'"))
}

#[cfg(test)]
mod tests {
    use super::Words;
    use crate::config::Wording;

    fn found<'t>(text: &'t str, words: &Words, what: fn(&Words, &str) -> Option<std::ops::Range<usize>>) -> &'t str {
        what(words, text).map_or("", |at| &text[at])
    }

    #[test]
    fn strong_words_can_be_taken_back() {
        let own = Wording { strong: vec!["works wonders".to_owned()], ..Wording::default() };
        let words = Words::of("en-GB", &own, true);
        let strong = |text| found(text, &words, |words, text| words.strong(text, 0..text.len()));
        assert_eq!(strong("Cracking causes arthritis"), "causes");
        assert_eq!(strong("It hurts a little, but it Proves nothing else wrong"), "");
        assert_eq!(strong("It is not new, and it fixes backs"), "fixes");
        assert_eq!(strong("It works wonders"), "works wonders");
        for careful in [
            "It may always hurt",
            "Nobody has proved it",
            "The causes are many",
            "It was never proven",
            "Some think that it heals",
            "It causes no harm",
            "Prefixes and because",
        ] {
            assert_eq!(strong(careful), "", "{careful}");
        }
    }

    #[test]
    fn causes_stay_causes_in_careful_words() {
        let words = Words::of("de", &Wording::default(), true);
        let causal = |text| found(text, &words, |words, text| words.causal(text, 0..text.len()));
        assert_eq!(causal("Sitzen kann zu viel sein, es führt zu Schmerzen"), "führt zu");
        assert_eq!(causal("Sitzen verursacht keine Schmerzen"), "");
        assert_eq!(causal("Ob es Schmerzen verursacht"), "");
    }

    #[test]
    fn numbers_that_measure() {
        let words = Words::of("en", &Wording::default(), true);
        let number = |text| found(text, &words, |words, text| words.number(text, 0..text.len()));
        assert_eq!(number("Of 1,200 people"), "1,200");
        assert_eq!(number("In 2019 it was 3.5."), "3.5");
        assert_eq!(number("2019 % of it"), "2019");
        for none in ["In 1971", "See step 3", "C4 and T12", "the 1990s", "two of three"] {
            assert_eq!(number(none), "", "{none}");
        }
    }
}
