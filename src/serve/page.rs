//! A published page → the page of a preview: with the client in it, and, where that is asked for, without the site's own scripts.

use std::ops::Range;

/// How a page is looked at.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Lens {
    /// As it is published.
    None,
    /// As readers without script see it.
    NoScript,
}

/// The page with the client in it.
pub(super) fn with_client(html: &[u8], version: u64, lens: Lens) -> Vec<u8> {
    let links = format!(
        "<link rel=\"stylesheet\" href=\"/-hornbook/client.css\">\
         <script src=\"/-hornbook/client.js\" data-version=\"{version}\" defer></script>"
    );
    let html = match lens {
        Lens::None => html.to_vec(),
        Lens::NoScript => without_scripts(html),
    };
    let at = find(&html, b"</head>", 0).unwrap_or_default();
    let mut page = Vec::with_capacity(html.len() + links.len());
    page.extend_from_slice(&html[..at]);
    page.extend_from_slice(links.as_bytes());
    page.extend_from_slice(&html[at..]);
    page
}

/// The page without its scripts, and with what it has in their place.
fn without_scripts(html: &[u8]) -> Vec<u8> {
    let mut page = Vec::with_capacity(html.len());
    let mut rest = 0;
    while let Some(at) = find(html, b"<", rest) {
        let cut = cut(html, at);
        page.extend_from_slice(&html[rest..cut.as_ref().map_or(at + 1, |cut| cut.start)]);
        rest = cut.map_or(at + 1, |cut| cut.end);
    }
    page.extend_from_slice(&html[rest..]);
    page
}

/// What is taken out at the `<` at `at`: a script as a whole, the tags of a `noscript`.
fn cut(html: &[u8], at: usize) -> Option<Range<usize>> {
    let tag_end = || find(html, b">", at).map_or(html.len(), |end| end + 1);
    if is_tag(html, at, b"<script") {
        let close = find(html, b"</script", at).unwrap_or(html.len());
        return Some(at..find(html, b">", close).map_or(html.len(), |end| end + 1));
    }
    (is_tag(html, at, b"<noscript") || is_tag(html, at, b"</noscript")).then(|| at..tag_end())
}

/// Whether the tag that begins with `start` begins at `at`.
fn is_tag(html: &[u8], at: usize, start: &[u8]) -> bool {
    let end = at + start.len();
    html.get(at..end).is_some_and(|text| text.eq_ignore_ascii_case(start))
        && html.get(end).is_none_or(|byte| !byte.is_ascii_alphanumeric() && *byte != b'-')
}

/// Where `needle`, whatever its case, begins in `html` at or after `from`.
fn find(html: &[u8], needle: &[u8], from: usize) -> Option<usize> {
    html.get(from..)?.windows(needle.len()).position(|window| window.eq_ignore_ascii_case(needle)).map(|at| at + from)
}

#[cfg(test)]
mod tests {
    use super::{Lens, with_client};

    fn page(html: &str, lens: Lens) -> String {
        let page = String::from_utf8(with_client(html.as_bytes(), 7, lens)).expect("it was UTF-8");
        let link = "<link rel=\"stylesheet\" href=\"/-hornbook/client.css\">";
        let script = "<script src=\"/-hornbook/client.js\" data-version=\"7\" defer></script>";
        page.replace(&format!("{link}{script}"), "@")
    }

    #[test]
    fn the_client_is_put_in() {
        assert_eq!(page("<head>a</head><body></head>", Lens::None), "<head>a@</head><body></head>");
        assert_eq!(page("<p>a</p>", Lens::None), "@<p>a</p>");
        assert_eq!(page("<HEAD></HEAD>", Lens::None), "<HEAD>@</HEAD>");
        assert_eq!(page("", Lens::None), "@");
    }

    #[test]
    fn scripts_are_taken_out() {
        let html = "<script>a<b</script><SCRIPT src=x></SCRIPT >b<noscript><p>c</p></noscript><scripted>d<<script>";
        assert_eq!(page(html, Lens::NoScript), "@b<p>c</p><scripted>d<");
    }
}
