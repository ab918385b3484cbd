//! Escaping for HTML text, attributes and URLs.

/// Appends `text` to `out`, escaped for HTML text and for double-quoted attributes.
pub fn escape_into(out: &mut String, text: &str) {
    let mut done = 0;
    for (index, byte) in text.bytes().enumerate() {
        let entity = match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            _ => continue,
        };
        out.push_str(&text[done..index]);
        out.push_str(entity);
        done = index + 1;
    }
    out.push_str(&text[done..]);
}

/// `text`, escaped for HTML text and for double-quoted attributes.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    escape_into(&mut out, text);
    out
}

/// Appends `url` to `out` for a quoted `href` or `src`: what a URL cannot hold is percent-encoded (existing `%xx` stay), what HTML
/// cannot hold is escaped.
pub fn percent_encode_into(out: &mut String, url: &str) {
    const KEPT: &[u8] = b"-_.+!*(),%#@?=;:/,$~[]";
    for byte in url.bytes() {
        match byte {
            b'&' => out.push_str("&amp;"),
            b'\'' => out.push_str("&#x27;"),
            _ if byte.is_ascii_alphanumeric() || KEPT.contains(&byte) => out.push(char::from(byte)),
            _ => {
                const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
                out.push('%');
                out.push(char::from(DIGITS[usize::from(byte >> 4)]));
                out.push(char::from(DIGITS[usize::from(byte & 15)]));
            }
        }
    }
}

/// `url` with what a URL cannot hold percent-encoded; existing `%xx` stay.
pub fn percent_encoded(url: &str) -> String {
    let mut out = String::with_capacity(url.len());
    for byte in url.bytes() {
        match byte {
            b'!'..=b'~' if !b"\"<>\\^`{|}".contains(&byte) => out.push(char::from(byte)),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{escaped, percent_encode_into};

    #[test]
    fn escapes_what_html_cannot_hold() {
        assert_eq!(escaped("a < b & \"c\" > d"), "a &lt; b &amp; &quot;c&quot; &gt; d");
        let mut url = String::new();
        percent_encode_into(&mut url, "/straße?a=1&b=\"2\"");
        assert_eq!(url, "/stra%C3%9Fe?a=1&amp;b=%222%22");
    }
}
