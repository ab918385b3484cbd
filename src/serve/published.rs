//! A compiled site as its host would serve it: which file, which redirect, which header at which path.

use std::sync::Arc;

use super::headers::Headers;
use super::redirects::Redirects;
use crate::render::Edition;

/// A whole site, ready to be served.
#[derive(Debug)]
pub(super) struct Published {
    /// Every file, made when it is first asked for.
    pub(super) edition: Arc<Edition>,
    /// The path below which they are served, with slashes at both ends.
    pub(super) base: String,
    headers: Headers,
    redirects: Redirects,
}

/// What stands at a path.
#[derive(Debug)]
pub(super) enum Found {
    /// A file: its path in the site, its bytes, and a status.
    File(String, Arc<[u8]>, u16),
    /// A page that cannot be made, and never could.
    Broken,
    /// Something else leads on to this address, with this status.
    Elsewhere(String, u16),
    /// Nothing, and the site has no page that says so.
    Nothing,
}

impl Published {
    /// The site of `edition` below `base`.
    pub(super) fn new(edition: Arc<Edition>, base: &str) -> Self {
        let text = |path: &str| {
            let bytes = edition.file(path).and_then(Result::ok);
            bytes.map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default()
        };
        let (headers, redirects) = (Headers::read(&text("_headers")), Redirects::read(&text("_redirects")));
        Self { edition, base: base.to_owned(), headers, redirects }
    }

    /// What stands at `path`, a decoded one.
    pub(super) fn find(&self, path: &str) -> Found {
        if let Some(inside) = path.strip_prefix(&self.base) {
            return self.find_inside(inside);
        }
        match path {
            "/" => Found::Elsewhere(encoded(&self.base), 307),
            _ if self.base.strip_suffix('/') == Some(path) => Found::Elsewhere(encoded(&self.base), 308),
            _ => self.missing(),
        }
    }

    fn find_inside(&self, inside: &str) -> Found {
        let rooted = format!("/{inside}");
        if let Some(found) = self.redirect(&rooted, true) {
            return found;
        }
        let path =
            if inside.is_empty() || inside.ends_with('/') { format!("{inside}index.html") } else { inside.to_owned() };
        if let Some(found) = self.file(&path, 200) {
            return found;
        }
        if self.edition.has(&format!("{inside}/index.html")) {
            return Found::Elsewhere(format!("{}{}/", encoded(&self.base), encoded(inside)), 308);
        }
        self.redirect(&rooted, false).unwrap_or_else(|| self.missing())
    }

    /// What `_redirects` says of `path`.
    fn redirect(&self, path: &str, is_forced: bool) -> Option<Found> {
        let led = self.redirects.lead(path, is_forced)?;
        if !matches!(led.status, 200 | 404) {
            return Some(Found::Elsewhere(encoded(&led.to), led.status));
        }
        let inside = led.to.trim_start_matches('/').split(['?', '#']).next().unwrap_or_default();
        let file =
            if inside.is_empty() || inside.ends_with('/') { format!("{inside}index.html") } else { inside.to_owned() };
        self.file(&file, led.status)
    }

    fn missing(&self) -> Found {
        self.file("404.html", 404).unwrap_or(Found::Nothing)
    }

    /// The file at `path` in the site, but not what is written for the host. A page that cannot be made is shown as it was.
    fn file(&self, path: &str, status: u16) -> Option<Found> {
        if matches!(path, "_headers" | "_redirects") {
            return None;
        }
        let bytes = self.edition.file(path)?.ok().or_else(|| self.edition.last_good(path));
        Some(bytes.map_or(Found::Broken, |bytes| Found::File(path.to_owned(), bytes, status)))
    }

    /// Adds the fields that the site's host would send at `path`, a decoded one.
    pub(super) fn add_headers(&self, path: &str, response: &mut super::http::Response) {
        let inside = path.strip_prefix(self.base.trim_end_matches('/')).unwrap_or(path);
        self.headers.apply(inside, response);
    }
}

/// An address for a header field: only what stands there as it is.
fn encoded(address: &str) -> String {
    let mut out = String::with_capacity(address.len());
    for byte in address.bytes() {
        match byte {
            b'"' | b'<' | b'>' | b'\\' | b'^' | b'`' | b'{' | b'|' | b'}' => out.push_str(&format!("%{byte:02X}")),
            byte if byte.is_ascii_graphic() => out.push(char::from(byte)),
            byte => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}
