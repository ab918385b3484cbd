//! Titles → lines that fit a box. Nothing here knows the reader's font, so every width is guessed on the wide side.

/// Hundredths of an em that a character takes at most in common fonts, bold and wide ones too.
fn width_of(character: char) -> usize {
    match character {
        'i' | 'j' | 'l' | '.' | ',' | ':' | ';' | '\'' | '’' | ' ' => 36,
        't' | 'f' | 'r' | 'I' | '-' | '!' | '|' | '(' | ')' => 44,
        'm' | 'w' | 'M' | 'W' | '@' | '%' | '—' | '…' => 105,
        '\u{300}'..='\u{36f}' | '\u{ad}' | '\u{200b}'..='\u{200f}' => 0,
        '\u{1100}'.. => 110,
        _ if character.is_uppercase() => 80,
        _ => 65,
    }
}

/// The width of `text`, in hundredths of an em.
pub fn width(text: &str) -> usize {
    text.chars().map(width_of).sum()
}

/// `text` in lines of at most `limit` hundredths of an em: broken between words, and inside a word that is longer than a line.
pub fn wrap(text: &str, limit: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in text.split_whitespace() {
        let joined = width(&line) + width_of(' ') + width(word);
        if !line.is_empty() && joined > limit {
            lines.push(std::mem::take(&mut line));
        }
        if !line.is_empty() {
            line.push(' ');
        }
        for character in word.chars() {
            let is_full = width(&line) + width_of(character) + width_of('-') > limit;
            if is_full && width(word) > limit && !line.is_empty() {
                if line.chars().next_back().is_some_and(char::is_alphanumeric) {
                    line.push('-');
                }
                lines.push(std::mem::take(&mut line).trim_end().to_owned());
            }
            line.push(character);
        }
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::{width, wrap};

    #[test]
    fn lines_hold_whole_words() {
        assert_eq!(wrap("What makes  the pop?", 700), ["What makes", "the pop?"]);
        assert_eq!(wrap("", 700), [""; 0]);
    }

    #[test]
    fn no_line_is_too_long() {
        let texts =
            ["Donaudampfschifffahrtsgesellschaft und mehr", "背中はなぜ鳴るのか", "WWWWWWWWWWWWWWWWWW", "a b c"];
        for text in texts {
            for limit in [300, 500, 900] {
                let lines = wrap(text, limit);
                assert!(lines.iter().all(|line| width(line) <= limit), "{lines:?}");
                let letters = |text: &str| text.replace([' ', '-'], "");
                assert_eq!(letters(&lines.concat()), letters(text));
            }
        }
    }
}
