//! Words and postings → the compact text that shards are made of.
//!
//! A line stands for a word: a digit for how many UTF-16 units it shares with the word before, the rest of it, a space, its postings. A
//! posting says how many documents lie between it and the one before. A character before that, from `^` on, says how much the document
//! matters, unless that is as usual there: as for a word that its text uses once. Digits are the characters from `#` to `[`, so that no
//! text needs an escape; a number is written from its least digit on, with `!` before each digit that others follow.

use super::index::{Index, Posting, Word};

/// The digit for nought.
const FIRST_DIGIT: u8 = b'#';

/// How many digits there are.
const DIGITS: u32 = 57;

/// Stands before a digit that others follow.
const MORE: char = '!';

/// What says that a document does not matter at all; what it matters is counted from here.
const NOTHING: u8 = b']';

impl Index {
    /// The text of the words of a shard.
    pub fn shard(&self, number: usize) -> String {
        let start = self.shards[number];
        let end = self.shards.get(number + 1).copied().unwrap_or(self.words.len());
        let mut out = String::new();
        let mut before: Vec<u16> = Vec::new();
        for Word { text, postings, .. } in &self.words[start..end] {
            let units: Vec<u16> = text.encode_utf16().collect();
            let shared = before.iter().zip(&units).take_while(|(a, b)| a == b).count().min(DIGITS as usize - 1);
            // Never in the middle of a character.
            let shared = shared - usize::from(units.get(shared).is_some_and(|unit| (0xdc00..0xe000).contains(unit)));
            out.push(digit(shared));
            out.push_str(&String::from_utf16_lossy(&units[shared..]));
            out.push(' ');
            self.write_postings(&mut out, postings);
            out.push('\n');
            before = units;
        }
        out
    }

    /// The text of where terms are used: a line for each.
    pub fn terms_shard(&self) -> String {
        let mut out = String::new();
        for postings in &self.terms {
            self.write_postings(&mut out, postings);
            out.push('\n');
        }
        out
    }

    /// By document, a digit for how much it matters as usual.
    pub fn usual_digits(&self) -> String {
        self.usual.iter().map(|impact| digit(usize::from(*impact))).collect()
    }

    fn write_postings(&self, out: &mut String, postings: &[Posting]) {
        let mut next = 0;
        for (document, impact) in postings {
            if *impact != self.usual[*document as usize] {
                out.push(char::from(NOTHING + impact));
            }
            write_number(out, document - next);
            next = document + 1;
        }
    }
}

fn write_number(out: &mut String, mut number: u32) {
    while number >= DIGITS {
        out.push(MORE);
        out.push(digit((number % DIGITS) as usize));
        number /= DIGITS;
    }
    out.push(digit(number as usize));
}

fn digit(value: usize) -> char {
    char::from(FIRST_DIGIT + u8::try_from(value).expect("a digit is below 57"))
}

#[cfg(test)]
mod tests {
    use super::write_number;

    #[test]
    fn numbers_are_short() {
        let written = |number| {
            let mut out = String::new();
            write_number(&mut out, number);
            out
        };
        assert_eq!([0, 56, 57, 58, 57 * 57 + 2].map(written), ["#", "[", "!#$", "!$$", "!%!#$"]);
    }
}
