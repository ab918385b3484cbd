//! Headings and file names as parts of a URL.

use std::collections::HashMap;

use unicode_normalization::UnicodeNormalization;

/// The URL part for `text`: lower case, letters and digits of any script kept, spaces and dashes to one hyphen, the rest dropped.
/// May be empty (a heading of emoji only).
pub fn slugify(text: &str) -> String {
    let mut slug = String::with_capacity(text.len());
    for character in text.nfc().flat_map(char::to_lowercase) {
        if character.is_alphanumeric() || character == '_' {
            slug.push(character);
        } else if (character.is_whitespace() || is_dash(character)) && !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
    slug
}

fn is_dash(character: char) -> bool {
    matches!(character, '-' | '\u{2010}'..='\u{2015}' | '/')
}

/// `wanted`, or `wanted-1`, `wanted-2`, … : the first that is not in `taken` yet. It is taken then. `taken` also counts how far each
/// was numbered, so that many equal headings take no more than linear time.
pub fn unique_slug(wanted: &str, taken: &mut HashMap<String, usize>) -> String {
    let wanted = if wanted.is_empty() { "section" } else { wanted };
    let Some(mut number) = taken.get(wanted).copied() else {
        taken.insert(wanted.to_owned(), 0);
        return wanted.to_owned();
    };
    loop {
        number += 1;
        let numbered = format!("{wanted}-{number}");
        if !taken.contains_key(&numbered) {
            taken.insert(numbered.clone(), 0);
            taken.insert(wanted.to_owned(), number);
            return numbered;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::{slugify, unique_slug};

    #[test]
    fn slugs_are_plain() {
        assert_eq!(slugify("What makes the “pop”?"), "what-makes-the-pop");
        assert_eq!(slugify("Cat–cow  (lying)"), "cat-cow-lying");
        assert_eq!(slugify("Straße & Ärger"), "straße-ärger");
        assert_eq!(slugify("🦴"), "");
    }

    #[test]
    fn slugs_are_unique() {
        let mut taken = HashMap::new();
        assert_eq!(unique_slug("a", &mut taken), "a");
        assert_eq!(unique_slug("a", &mut taken), "a-1");
        assert_eq!(unique_slug("", &mut taken), "section");
    }
}
