//! Destinations of links, told apart.

use super::document::Link;
use crate::config::Kind;
use crate::text::VPath;

/// Schemes that a link may have.
const SCHEMES: &[&str] = &["http", "https", "mailto", "tel"];

/// What a destination is.
#[derive(PartialEq, Eq, Debug)]
pub(super) enum Destination {
    /// Elsewhere, with a scheme that is allowed.
    Url,
    /// Elsewhere, with this scheme, which is not.
    Refused(String),
    /// In the site.
    Internal(Link),
}

/// What `written` in the file at `path` points at.
pub(super) fn classify(path: &VPath, written: &str) -> Destination {
    // Browsers skip these inside a scheme; so does the test for one.
    let bare: String =
        written.chars().filter(|character| !character.is_whitespace() && !character.is_control()).collect();
    if let Some(scheme) = scheme(&bare) {
        let is_plain = bare.len() == written.trim().len();
        return if is_plain && is_allowed(&scheme) { Destination::Url } else { Destination::Refused(scheme + ":") };
    }
    if bare.starts_with("//") || bare.contains('\\') {
        return Destination::Refused(if bare.starts_with("//") { "//" } else { "\\" }.to_owned());
    }
    let (file, anchor) = match written.split_once('#') {
        Some((file, anchor)) => (file, Some(percent_decode(anchor))),
        None => (written, None),
    };
    if file.is_empty() {
        return Destination::Internal(Link::Anchor(anchor.unwrap_or_default()));
    }
    let file = percent_decode(file);
    Destination::Internal(path.refer(&file).map_or(Link::Outside, |file| Link::File(file, anchor)))
}

/// Whether a link may have this scheme, written in lower case.
pub(super) fn is_allowed(scheme: &str) -> bool {
    SCHEMES.contains(&scheme)
}

/// The target of `[[written]]`.
pub(super) fn classify_wiki(written: &str) -> Link {
    let (name, anchor) = match written.split_once('#') {
        Some((name, anchor)) => (name, Some(anchor.trim().to_owned())),
        None => (written, None),
    };
    let name = name.trim();
    if name.is_empty() {
        return Link::Anchor(anchor.unwrap_or_default());
    }
    let Some((before, after)) = name.split_once(':').map(|(before, after)| (before.trim(), after.trim())) else {
        return Link::Id(None, name.to_owned(), anchor);
    };
    match Kind::from_name(before) {
        Some(kind) => Link::Id(Some(kind), after.to_owned(), anchor),
        // What is no kind is a facet, or an id with a colon in it.
        None => Link::Facet(before.to_owned(), after.to_owned(), anchor),
    }
}

/// The scheme in lower case, if there is one.
fn scheme(url: &str) -> Option<String> {
    let (scheme, _) = url.split_once(':')?;
    let is_scheme = scheme.starts_with(|first: char| first.is_ascii_alphabetic())
        && scheme.chars().all(|character| character.is_ascii_alphanumeric() || matches!(character, '+' | '.' | '-'));
    is_scheme.then(|| scheme.to_ascii_lowercase())
}

/// Decodes `%xx`; what is not UTF-8 then stays as written.
fn percent_decode(text: &str) -> String {
    if !text.contains('%') {
        return text.to_owned();
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        let hex = (*first == b'%').then(|| after.get(..2)).flatten();
        let decoded = hex.and_then(|hex| u8::from_str_radix(str::from_utf8(hex).ok()?, 16).ok());
        match decoded {
            Some(byte) => {
                bytes.push(byte);
                rest = &after[2..];
            }
            None => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::{Destination, classify};
    use crate::text::VPath;

    #[test]
    fn schemes_are_on_a_list() {
        let path = VPath::new("content/a/b.md").expect("plain");
        for url in ["https://example.org/", "HTTP://example.org", "mailto:a@example.org", "tel:999"] {
            assert_eq!(classify(&path, url), Destination::Url, "{url}");
        }
        let refused = [
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            "java\tscript:alert(1)",
            "\u{1}javascript:alert(1)",
            "vbscript:x",
            "data:text/html;base64,x",
            "file:///etc/passwd",
            "//host/x",
            "C:\\x",
            "..\\x",
            "ht\ntps://x",
            " data:x",
        ];
        for url in refused {
            assert!(matches!(classify(&path, url), Destination::Refused(_)), "{url:?}");
        }
        for url in ["../x.md", "x.md#y", "#y", "/x.md", "%2e%2e/x.md", "a:b/../x".trim_start_matches("a:")] {
            assert!(matches!(classify(&path, url), Destination::Internal(_)), "{url:?}");
        }
    }
}
