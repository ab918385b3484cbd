//! Addresses within the site.

use std::fmt;
use std::sync::Arc;

use serde::{Serialize, Serializer};

/// An address below the site's root: no leading slash; a trailing one, since pages are folders; perhaps an anchor. The home page's is empty.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct UrlPath(Arc<str>);

impl UrlPath {
    /// The address `path`.
    pub fn new(path: &str) -> Self {
        Self(path.into())
    }

    /// As it stands in links.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Without its anchor.
    pub fn page(&self) -> &str {
        self.0.split('#').next().unwrap_or_default()
    }

    /// The way from this page back to the site's root: `./`, `../`, `../../` …
    pub fn root(&self) -> String {
        match self.page().matches('/').count() {
            0 => "./".to_owned(),
            depth => "../".repeat(depth),
        }
    }

    /// The file that is served here.
    pub fn file(&self) -> String {
        format!("{}index.html", self.page())
    }
}

impl fmt::Display for UrlPath {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl Serialize for UrlPath {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}
