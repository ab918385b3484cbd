//! Tokens: the colours, fonts and measures that a theme is made of, and a site may set.

use std::collections::BTreeMap;
use std::fmt;

use serde::Deserialize;
use serde::de::{self, Deserializer, MapAccess, Visitor};

/// Tokens by name.
pub type Tokens = BTreeMap<String, Token>;

/// The value of a token, in CSS.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Token {
    /// Whatever the colours of the page: a font, a measure.
    Plain(String),
    /// A colour on a light and on a dark page.
    Pair {
        /// On a light one.
        light: String,
        /// On a dark one.
        dark: String,
    },
}

impl Token {
    /// What cannot stand in a stylesheet without meaning something else there, if there is such a thing.
    pub fn fault(&self) -> Option<&'static str> {
        let parts = match self {
            Self::Plain(value) => [value.as_str(), "x"],
            Self::Pair { light, dark } => [light.as_str(), dark.as_str()],
        };
        parts.iter().find_map(|value| {
            let lower = value.to_ascii_lowercase();
            if value.trim().is_empty() {
                Some("is empty")
            } else if value.contains([';', '{', '}', '\\', '@', '<', '>', '!']) || value.chars().any(char::is_control) {
                Some("holds a sign that a value of CSS cannot hold")
            } else if lower.contains("url(") || lower.contains("image(") || lower.contains("/*") {
                Some("would load a file or hold a comment")
            } else if !is_balanced(value) {
                Some("has a bracket or quotation mark that is not closed")
            } else {
                None
            }
        })
    }

    /// The value as CSS.
    pub fn css(&self) -> String {
        match self {
            Self::Plain(value) => value.clone(),
            Self::Pair { light, dark } => format!("light-dark({light}, {dark})"),
        }
    }
}

/// Whether brackets and quotation marks of a value close in it.
fn is_balanced(value: &str) -> bool {
    let mut open = Vec::new();
    let mut quote = None;
    for character in value.chars() {
        match (quote, character) {
            (Some(mark), _) if mark == character => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => quote = Some(character),
            (None, '(') => open.push(')'),
            (None, '[') => open.push(']'),
            (None, ')' | ']') if open.pop() != Some(character) => return false,
            (None, _) => {}
        }
    }
    open.is_empty() && quote.is_none()
}

impl<'de> Deserialize<'de> for Token {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Pair {
            light: String,
            dark: String,
        }
        struct Visit;
        impl<'de> Visitor<'de> for Visit {
            type Value = Token;
            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a value of CSS, or `light` and `dark`")
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<Token, E> {
                Ok(Token::Plain(text.to_owned()))
            }
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Token, A::Error> {
                let Pair { light, dark } = Deserialize::deserialize(de::value::MapAccessDeserializer::new(map))?;
                Ok(Token::Pair { light, dark })
            }
            fn visit_u64<E: de::Error>(self, number: u64) -> Result<Token, E> {
                Ok(Token::Plain(number.to_string()))
            }
            fn visit_f64<E: de::Error>(self, number: f64) -> Result<Token, E> {
                Ok(Token::Plain(number.to_string()))
            }
        }
        deserializer.deserialize_any(Visit)
    }
}

#[cfg(test)]
mod tests {
    use super::Token;

    #[test]
    fn a_value_cannot_leave_its_place() {
        let plain = |value: &str| Token::Plain(value.to_owned());
        for value in ["#0b6270", "1.5", "min(65ch, 42rem)", "\"Gill Sans\", serif", "light-dark(#fff, #000)"] {
            assert_eq!(plain(value).fault(), None, "{value}");
        }
        let refused =
            ["", " ", "red; color: blue", "red}", "u\\72l(x)", "url(x)", "URL(x)", "a/*", "min(1px", ")(", "\"a", "<b"];
        for value in refused {
            assert!(plain(value).fault().is_some(), "{value}");
        }
        let pair = Token::Pair { light: "#fff".to_owned(), dark: "}".to_owned() };
        assert!(pair.fault().is_some());
        assert_eq!(pair.css(), "light-dark(#fff, })");
    }
}
