//! The surface forms of a term: what its name and its other names look like in running text.

/// The forms of `name` that English text has: itself, its plural, and the singular of a plural of several words. Latin plurals come beside
/// the English ones. Nothing is stemmed: "universe" never meets "university".
pub fn inflections(name: &str) -> Vec<String> {
    let (head, last) = match name.rfind(|character: char| character.is_whitespace() || character == '-') {
        Some(at) => name.split_at(at + name[at..].chars().next().map_or(1, char::len_utf8)),
        None => ("", name),
    };
    let mut forms = vec![name.to_owned()];
    let lower = last.to_lowercase();
    if !last.is_empty() && last.chars().all(|character| character.is_alphabetic() || character == '\'') {
        for plural in plurals(last, &lower) {
            forms.push(format!("{head}{plural}"));
        }
        if !head.is_empty()
            && let Some(singular) = singular(last, &lower)
        {
            forms.push(format!("{head}{singular}"));
        }
    }
    let joined: Vec<String> =
        forms.iter().filter(|form| form.contains('-')).map(|form| form.replace('-', "")).collect();
    forms.extend(joined);
    forms.dedup();
    forms
}

fn plurals(word: &str, lower: &str) -> Vec<String> {
    let cut = |length: usize, ending: &str| {
        let end = word.char_indices().rev().nth(length - 1).map_or(0, |(at, _)| at);
        format!("{}{ending}", &word[..end])
    };
    let ends = |ending: &str| lower.ends_with(ending) && lower.len() > ending.len() + 1;
    let mut plurals = Vec::new();
    let latin = [
        ("is", 2, "es"),
        ("us", 2, "i"),
        ("um", 2, "a"),
        ("ex", 2, "ices"),
        ("ix", 2, "ices"),
        ("a", 1, "ae"),
        ("lf", 1, "ves"),
    ];
    for (ending, length, plural) in latin {
        if ends(ending) {
            plurals.push(cut(length, plural));
        }
    }
    let before_y = lower.strip_suffix('y').and_then(|stem| stem.chars().next_back());
    if before_y.is_some_and(|character| !"aeiou".contains(character)) {
        plurals.push(cut(1, "ies"));
    } else if lower.ends_with(['s', 'x', 'z']) || lower.ends_with("ch") || lower.ends_with("sh") {
        plurals.push(format!("{word}es"));
    } else {
        plurals.push(format!("{word}s"));
    }
    plurals
}

fn singular(word: &str, lower: &str) -> Option<String> {
    if lower.len() < 4
        || !lower.ends_with('s')
        || lower.ends_with("ss")
        || lower.ends_with("us")
        || lower.ends_with("is")
    {
        return None;
    }
    if let Some(stem) = word.strip_suffix("ies") {
        return Some(format!("{stem}y"));
    }
    let es = ["ses", "xes", "zes", "ches", "shes"].iter().any(|ending| lower.ends_with(ending));
    Some(word[..word.len() - if es { 2 } else { 1 }].to_owned())
}

/// Whether a form is only matched as written: one of its words has two capitals or more, as acronyms have.
pub fn is_acronym(form: &str) -> bool {
    form.split_whitespace().any(|word| word.chars().filter(|character| character.is_uppercase()).count() >= 2)
}

/// A text as matching sees it, and the way back to its offsets.
#[derive(Debug, Default)]
pub(super) struct Folded {
    /// Lower case; every hyphen, dash and run of white space one space; straight apostrophes; no soft hyphens or joiners.
    pub(super) text: String,
    /// Where offsets stop running in step: (offset here, offset in the original), ascending.
    steps: Vec<(u32, u32)>,
}

impl Folded {
    /// Folds `text`, in place of what was here. In time linear in `text`.
    pub(super) fn fold(&mut self, text: &str) {
        self.text.clear();
        self.steps.clear();
        self.text.reserve(text.len());
        let mut in_step = 0_isize;
        let mut previous_is_space = false;
        for (at, character) in text.char_indices() {
            let before = self.text.len();
            let drift = at.cast_signed() - before.cast_signed();
            match character {
                'a'..='z' | '0'..='9' => self.text.push(character),
                'A'..='Z' => self.text.push(character.to_ascii_lowercase()),
                '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' => {}
                '\u{2018}' | '\u{2019}' | '\u{2bc}' => self.text.push('\''),
                _ if is_joiner(character) => {
                    if !previous_is_space {
                        self.text.push(' ');
                    }
                }
                _ if character.is_ascii() => self.text.push(character),
                _ => self.text.extend(character.to_lowercase()),
            }
            if self.text.len() > before {
                if drift != in_step {
                    in_step = drift;
                    self.steps.push((offset(before), offset(at)));
                }
                previous_is_space = self.text.ends_with(' ');
            }
        }
        self.steps.push((offset(self.text.len()), offset(text.len())));
    }

    /// The original offset of the character that begins at `at` here.
    pub(super) fn start(&self, at: usize) -> usize {
        let index = self.steps.partition_point(|(folded, _)| *folded as usize <= at);
        match index.checked_sub(1).map(|index| self.steps[index]) {
            None => at,
            Some((folded, original)) => original as usize + at - folded as usize,
        }
    }

    /// The original offset just after the character that ends at `at` here, in `original`, which was folded.
    pub(super) fn end(&self, at: usize, original: &str) -> usize {
        let Some(last) = self.text[..at].chars().next_back() else { return 0 };
        // One capital may be two characters in lower case: the second then leads into the middle of it.
        let start = original.floor_char_boundary(self.start(at - last.len_utf8()));
        start + original.get(start..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8)
    }
}

/// The folded form of a short text.
pub(super) fn folded(text: &str) -> String {
    let mut folded = Folded::default();
    folded.fold(text.trim());
    folded.text
}

/// As [`folded`], but with upper and lower case kept: what an acronym must equal.
pub(super) fn folded_with_case(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.trim().chars() {
        match character {
            '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' => {}
            '\u{2018}' | '\u{2019}' | '\u{2bc}' => out.push('\''),
            _ if is_joiner(character) => {
                if !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            _ => out.push(character),
        }
    }
    out
}

/// White space, hyphens and dashes between the words of a term. An em dash separates clauses and is none.
fn is_joiner(character: char) -> bool {
    character.is_whitespace() || matches!(character, '-' | '\u{2010}'..='\u{2013}' | '\u{2212}')
}

fn offset(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::{Folded, folded, inflections, is_acronym};

    #[test]
    fn english_and_latin_plurals() {
        assert_eq!(inflections("facet joint"), ["facet joint", "facet joints"]);
        assert!(inflections("vertebra").contains(&"vertebrae".to_owned()));
        assert!(inflections("axis").contains(&"axes".to_owned()));
        assert!(inflections("multifidus").contains(&"multifidi".to_owned()));
        assert!(inflections("instability").contains(&"instabilities".to_owned()));
        assert!(inflections("hip flexors").contains(&"hip flexor".to_owned()));
        assert!(inflections("flare-up").contains(&"flareups".to_owned()));
        assert!(!inflections("universe").contains(&"university".to_owned()));
        assert!(inflections("ß").len() < 3);
    }

    #[test]
    fn acronyms_keep_their_case() {
        assert!(is_acronym("TrA") && is_acronym("OMS") && is_acronym("L1–L5"));
        assert!(!is_acronym("Over Manipulation Syndrome") && !is_acronym("Z-joint"));
    }

    #[test]
    fn folding_keeps_the_way_back() {
        assert_eq!(folded("Child’s\u{a0}pose"), "child's pose");
        let original = "Ein\u{ad}fach: die FACET\u{2011}\n joints İ!";
        let mut fold = Folded::default();
        fold.fold(original);
        let at = fold.text.find("facet joints").expect("it is there");
        let start = fold.start(at);
        let end = fold.end(at + "facet joints".len(), original);
        assert_eq!(&original[start..end], "FACET\u{2011}\n joints");
        assert_eq!(&original[fold.end(fold.text.len() - 1, original)..], "!");
    }
}
