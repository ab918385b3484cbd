//! DOI and url fields → an address.

use super::read::{Field, RawEntry};

/// The address of the entry's DOI, or else its own address if that is http or https.
pub fn url(entry: &RawEntry) -> Option<String> {
    let from_doi = entry.field("doi").and_then(|field| doi(&field.address()).map(|doi| address(&doi)));
    from_doi.or_else(|| web_address(entry))
}

/// The entry's `url`, or the `\url{…}` in its `howpublished`.
pub fn web_address(entry: &RawEntry) -> Option<String> {
    let from_url = entry.field("url").map(Field::address);
    let written = from_url.into_iter().chain(entry.field("howpublished").map(Field::text));
    written.into_iter().find(|text| is_web_address(text))
}

/// Whether `text` is an address with `http` or `https`.
pub fn is_web_address(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once("://") else {
        return false;
    };
    let known = scheme.eq_ignore_ascii_case("https") || scheme.eq_ignore_ascii_case("http");
    known && !rest.is_empty() && !rest.contains(|c: char| c.is_whitespace() || c.is_control())
}

/// The bare DOI in `text`, which may be written as an address or with `doi:` before it; `None` if it is none.
pub fn doi(text: &str) -> Option<String> {
    const PREFIXES: [&str; 4] = ["https://", "http://", "dx.", "doi.org/"];
    let mut doi = text.trim();
    for prefix in PREFIXES {
        doi = strip_prefix(doi, prefix);
    }
    let doi = strip_prefix(doi, "doi:").trim_start();
    let (registrant, suffix) = doi.strip_prefix("10.")?.split_once('/')?;
    let is_number = registrant.split('.').all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()));
    let is_clean = !suffix.is_empty() && !suffix.contains(|c: char| c.is_whitespace() || c.is_control());
    (is_number && registrant.len() >= 4 && is_clean).then(|| doi.to_owned())
}

/// Whether `url` is an address of the registry of DOIs.
pub fn is_of_doi(url: &str) -> bool {
    let rest = strip_prefix(strip_prefix(url, "https://"), "http://");
    rest.len() < url.len()
        && strip_prefix(strip_prefix(rest, "www."), "dx.").to_ascii_lowercase().starts_with("doi.org/")
}

fn strip_prefix<'a>(text: &'a str, prefix: &str) -> &'a str {
    match text.get(..prefix.len()) {
        Some(start) if start.eq_ignore_ascii_case(prefix) => &text[prefix.len()..],
        _ => text,
    }
}

/// A DOI may hold any character, also `<`, `#` and `%`, which an address may not.
fn address(doi: &str) -> String {
    let mut url = String::from("https://doi.org/");
    for byte in doi.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/:;()".contains(&byte) {
            url.push(char::from(byte));
        } else {
            url.push_str(&format!("%{byte:02X}"));
        }
    }
    url
}

#[cfg(test)]
mod tests {
    use super::{address, doi};

    #[test]
    fn a_doi_may_be_written_in_many_ways() {
        let cases = [
            ("10.1136/ard.30.4.348", Some("10.1136/ard.30.4.348")),
            (" https://doi.org/10.1136/bmj.l689 ", Some("10.1136/bmj.l689")),
            ("http://dx.doi.org/10.1136/bmj.l689", Some("10.1136/bmj.l689")),
            ("DOI: 10.1136/bmj.l689", Some("10.1136/bmj.l689")),
            ("10.1000.10/123", Some("10.1000.10/123")),
            ("10.1136", None),
            ("10.1136/", None),
            ("10.113a/x", None),
            ("11.1136/x", None),
            ("10.1136/a b", None),
            ("javascript:10.1136/x", None),
            ("", None),
        ];
        for (text, expected) in cases {
            assert_eq!(doi(text).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn an_address_holds_no_markup() {
        assert_eq!(
            address("10.1002/(SICI)1097(15/30)17:15/16<1661::AID>3.0.CO;2-2#a\"'&%é"),
            "https://doi.org/10.1002/(SICI)1097(15/30)17:15/16%3C1661::AID%3E3.0.CO;2-2%23a%22%27%26%25%C3%A9"
        );
    }
}
