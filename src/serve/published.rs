//! A compiled site as its host would serve it: which file, which redirect, which header at which path.

use std::sync::Arc;

use super::headers::Headers;
use super::redirects::Redirects;
use crate::render::{OutPath, Output};

/// A whole site, ready to be served.
#[derive(Debug)]
pub(super) struct Published {
    /// Every file.
    pub(super) output: Output,
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
    /// Something else leads on to this address, with this status.
    Elsewhere(String, u16),
    /// Nothing, and the site has no page that says so.
    Nothing,
}

impl Published {
    /// The site of `output` below `base`.
    pub(super) fn new(output: Output, base: &str) -> Self {
        let text = |path: &str| {
            let bytes = output.files.get(&OutPath::new(path));
            bytes.map(|bytes| String::from_utf8_lossy(bytes).into_owned()).unwrap_or_default()
        };
        let (headers, redirects) = (Headers::read(&text("_headers")), Redirects::read(&text("_redirects")));
        Self { output, base: base.to_owned(), headers, redirects }
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
        if let Some(bytes) = self.file(&path) {
            return Found::File(path, bytes, 200);
        }
        if self.file(&format!("{inside}/index.html")).is_some() {
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
        self.file(&file).map(|bytes| Found::File(file, bytes, led.status))
    }

    fn missing(&self) -> Found {
        match self.file("404.html") {
            Some(bytes) => Found::File("404.html".to_owned(), bytes, 404),
            None => Found::Nothing,
        }
    }

    /// The file at `path` in the site, but not what is written for the host.
    fn file(&self, path: &str) -> Option<Arc<[u8]>> {
        if matches!(path, "_headers" | "_redirects") {
            return None;
        }
        self.output.files.get(&OutPath::new(path)).cloned()
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
