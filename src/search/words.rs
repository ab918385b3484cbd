//! Text → the words that are searched. The script of the theme does the same to a query, letter for letter: see `search.js`.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// How the words of a language are made.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Language {
    /// Plurals are folded, and an apostrophe is no joint: "can't" is one word.
    English,
    /// Nothing is folded, and an apostrophe is a joint, as in "l'eau".
    Other,
}

impl Language {
    /// Of a BCP 47 tag.
    pub fn of(tag: &str) -> Self {
        let primary = tag.split('-').next().unwrap_or_default();
        if primary.eq_ignore_ascii_case("en") { Self::English } else { Self::Other }
    }

    /// Hands over every word of `text`. A compound gives each of its parts, and then the whole without joints.
    pub fn each(self, text: &str, mut found: impl FnMut(Found<'_>)) {
        let folded = fold(text);
        let mut joined = String::new();
        let mut stem = String::new();
        let mut rest = folded.as_str();
        while let Some((compound, after)) = next_compound(rest) {
            rest = after;
            let is_joint = |character: char| character == '-' || (character == '\'' && self == Self::Other);
            let is_compound = compound.contains(is_joint);
            let mut part = |raw: &str, role| {
                self.stem_into(&mut stem, raw);
                found(Found { raw, word: &stem, role });
            };
            for piece in compound.split(is_joint) {
                if piece.contains('\'') {
                    part(&piece.replace('\'', ""), Role::Part);
                } else {
                    part(piece, Role::Part);
                }
            }
            if is_compound {
                joined.clear();
                joined.extend(compound.chars().filter(|character| !matches!(character, '-' | '\'')));
                part(&joined, Role::Whole);
            }
        }
    }

    /// The word that `raw`, which is folded, is kept under.
    pub fn stem(self, raw: &str) -> String {
        let mut stem = String::new();
        self.stem_into(&mut stem, raw);
        stem
    }

    /// The parts of `text` with their words, at most `most`.
    pub fn parts(self, text: &str, most: usize) -> Vec<(String, String)> {
        let mut parts = Vec::new();
        self.each(text, |found| {
            if found.role == Role::Part && parts.len() < most {
                parts.push((found.raw.to_owned(), found.word.to_owned()));
            }
        });
        parts
    }

    fn stem_into(self, out: &mut String, raw: &str) {
        out.clear();
        let (stem, ending) = match self {
            Self::English => singular(raw),
            Self::Other => (raw, ""),
        };
        out.push_str(stem);
        out.push_str(ending);
    }
}

/// A word of a text.
#[derive(Clone, Copy, Debug)]
pub struct Found<'a> {
    /// Folded.
    pub raw: &'a str,
    /// As it is kept: folded, without its plural.
    pub word: &'a str,
    /// What it is of its compound.
    pub role: Role,
}

/// What a word is of its compound.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Role {
    /// A word by itself, or between the joints of a compound.
    Part,
    /// A compound without its joints: "catcow" of "cat-cow".
    Whole,
}

/// Lower case, without accents, ligatures and widths; one kind of apostrophe and of hyphen; no soft hyphens and joiners. In scripts
/// that write no spaces, spaces around every character.
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while !rest.is_empty() {
        // Accents never change the case of what is around them, and nothing composes with ASCII that is not dropped: runs fold apart.
        let ascii = rest.bytes().position(|byte| !byte.is_ascii()).unwrap_or(rest.len());
        out.extend(rest[..ascii].bytes().map(|byte| char::from(byte.to_ascii_lowercase())));
        rest = &rest[ascii..];
        let other = rest.bytes().position(|byte| byte.is_ascii()).unwrap_or(rest.len());
        if other > 0 {
            fold_into(&mut out, &rest[..other]);
            rest = &rest[other..];
        }
    }
    out
}

fn fold_into(out: &mut String, text: &str) {
    let lower = text.nfkd().filter(|character| !is_dropped(*character)).collect::<String>().to_lowercase();
    let mut plain = String::with_capacity(lower.len());
    for character in lower.chars() {
        match character {
            'ß' => plain.push_str("ss"),
            'æ' => plain.push_str("ae"),
            'œ' => plain.push_str("oe"),
            'þ' => plain.push_str("th"),
            'ø' => plain.push('o'),
            'ł' => plain.push('l'),
            'đ' | 'ð' => plain.push('d'),
            'ı' => plain.push('i'),
            'ς' => plain.push('σ'),
            '\u{2018}' | '\u{2019}' | '\u{2bc}' => plain.push('\''),
            '\u{2010}' | '\u{2013}' => plain.push('-'),
            _ => plain.push(character),
        }
    }
    for character in plain.nfc() {
        if stands_alone(character) {
            out.extend([' ', character, ' ']);
        } else {
            out.push(character);
        }
    }
}

/// Accents of European scripts, points of Hebrew, vowels of Arabic; soft hyphens and joiners.
fn is_dropped(character: char) -> bool {
    matches!(character, '\u{ad}' | '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5bd}' | '\u{64b}'..='\u{65f}' | '\u{200b}'..='\u{200d}' | '\u{2060}')
}

/// Characters of scripts without spaces: Thai, Lao, Burmese, Khmer, kana, Chinese characters.
fn stands_alone(character: char) -> bool {
    matches!(character, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}')
}

fn is_word(character: char) -> bool {
    character.is_alphanumeric() || is_combining_mark(character)
}

/// The next run of words with single joints between them, and what follows.
fn next_compound(text: &str) -> Option<(&str, &str)> {
    let start = text.find(is_word)?;
    let text = &text[start..];
    let mut end = 0;
    loop {
        end += text[end..].find(|character| !is_word(character)).unwrap_or(text.len() - end);
        let after = text[end..].strip_prefix(['-', '\'']);
        if !after.is_some_and(|after| after.starts_with(is_word)) {
            return Some(text.split_at(end));
        }
        end += 1;
    }
}

/// An English plural as the beginning and ending of its singular; other words as they are. Nothing but a plural is taken off. What
/// ends in a hiss loses its silent `e` too, so that "ache" meets "aches", and "box" "boxes".
fn singular(word: &str) -> (&str, &'static str) {
    if word.len() < 4 || !word.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return (word, "");
    }
    let word = word.strip_suffix('s').filter(|stem| !stem.ends_with(['s', 'u', 'i'])).unwrap_or(word);
    if let Some(stem) = word.strip_suffix("ie").filter(|stem| stem.len() > 1) {
        return (stem, "y");
    }
    let is_hiss = |stem: &&str| ["x", "ch", "sh", "ss", "z"].iter().any(|hiss| stem.ends_with(hiss));
    (word.strip_suffix('e').filter(is_hiss).unwrap_or(word), "")
}

#[cfg(test)]
mod tests {
    use super::{Language, Role, fold};

    fn words(language: Language, text: &str) -> Vec<String> {
        let mut words = Vec::new();
        language.each(text, |found| {
            words.push(if found.role == Role::Whole { format!("={}", found.word) } else { found.word.to_owned() });
        });
        words
    }

    #[test]
    fn case_accents_and_widths_fold() {
        assert_eq!(fold("ÉLAN naïve Ångström"), "elan naive angstrom");
        assert_eq!(fold("e\u{301}lan"), "elan");
        assert_eq!(fold("Straße STRASSE ẞ"), "strasse strasse ss");
        assert_eq!(fold("ﬁne ½ Ｗｉｄｅ x²"), "fine 1⁄2 wide x2");
        assert_eq!(fold("İstanbul ılık"), "istanbul ilik");
        assert_eq!(fold("Œuvre Ærø Łódź Þór"), "oeuvre aero lodz thor");
        assert_eq!(fold("so\u{ad}ft zero\u{200b}width"), "soft zerowidth");
    }

    #[test]
    fn other_scripts() {
        assert_eq!(words(Language::Other, "ΟΣΦΥΪΚΟΣ πόνος"), ["οσφυικοσ", "πονοσ"]);
        assert_eq!(words(Language::Other, "Ёлка чай"), ["елка", "чаи"]);
        assert_eq!(words(Language::Other, "Rückenschmerz"), ["ruckenschmerz"]);
        assert_eq!(words(Language::Other, "한국어 힘"), ["한국어", "힘"]);
        assert_eq!(words(Language::Other, "腰痛がある"), ["腰", "痛", "が", "あ", "る"]);
        assert_eq!(words(Language::Other, "हिन्दी भाषा"), ["हिन्दी", "भाषा"]);
        assert_eq!(words(Language::Other, "ظَهْر"), ["ظهر"]);
    }

    #[test]
    fn apostrophes_and_hyphens() {
        assert_eq!(words(Language::English, "can’t can't CAN‘T"), ["cant", "cant", "cant"]);
        assert_eq!(
            words(Language::English, "the patient’s, patients' 'patient'"),
            ["the", "patient", "patient", "patient"]
        );
        for joint in ["-", "‐", "\u{2011}", "–"] {
            assert_eq!(words(Language::English, &format!("Cat{joint}cow")), ["cat", "cow", "=catcow"]);
        }
        assert_eq!(words(Language::English, "cat – cow, cat--cow, -cow-"), ["cat", "cow", "cat", "cow", "cow"]);
        assert_eq!(words(Language::English, "merry-go-round's"), ["merry", "go", "round", "=merrygoround"]);
        assert_eq!(words(Language::Other, "l’eau"), ["l", "eau", "=leau"]);
        assert_eq!(words(Language::Other, "discs"), ["discs"]);
    }

    #[test]
    fn english_plurals_fold_and_nothing_else() {
        let same = [
            ("disc", "discs"),
            ("exercise", "exercises"),
            ("injury", "injuries"),
            ("box", "boxes"),
            ("stretch", "stretches"),
            ("ache", "aches"),
            ("class", "classes"),
            ("tie", "ties"),
            ("size", "sizes"),
            ("calorie", "calories"),
        ];
        for (one, many) in same {
            assert_eq!(Language::English.stem(one), Language::English.stem(many), "{one}");
        }
        for word in ["less", "pelvis", "bus", "virus", "gas", "his", "as", "naïves", "l5s"] {
            assert_eq!(Language::English.stem(word), word);
        }
        assert_ne!(Language::English.stem("universe"), Language::English.stem("university"));
    }

    #[test]
    fn what_is_no_word_is_nothing() {
        assert!(words(Language::English, " … — !? \u{fffc} 🦴 '-' ").is_empty());
        assert_eq!(words(Language::English, "__proto__ </script>"), ["proto", "script"]);
        assert_eq!(words(Language::English, "L4/L5 2.5"), ["l4", "l5", "2", "5"]);
    }
}
