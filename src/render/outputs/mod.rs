//! Everything that is published: one file a kind. To add one, write its function and a line in [`FILES`].

mod assets;
mod feed;
pub mod html;
mod redirects;
mod robots;
mod search;
mod sitemap;

use std::sync::{Arc, OnceLock};

pub(super) use self::redirects::file_of as redirect_file;
use super::output::OutPath;
use super::parts::{Parts, SEARCH_CORE};
use super::{Rendered, face};
use crate::diagnostic::Diagnostic;
use crate::source::Sources;
use crate::text::Fingerprint;

/// Everything that an output can be made from.
#[derive(Debug)]
pub struct Making {
    /// The site and its theme.
    pub parts: Parts,
    /// All inputs.
    pub sources: Arc<Sources>,
    /// Pages rendered before.
    pub before: Arc<Rendered>,
    /// Of what every page sees alike.
    pub shared: Fingerprint,
    face: OnceLock<Fingerprint>,
}

impl Making {
    /// From `parts`; `shared` is of what every page sees alike.
    pub fn new(parts: Parts, sources: Arc<Sources>, before: Arc<Rendered>, shared: Fingerprint) -> Self {
        Self { parts, sources, before, shared, face: OnceLock::new() }
    }

    /// Of what pages can see of each other.
    pub fn face(&self) -> Fingerprint {
        *self.face.get_or_init(|| face::of_site(&self.parts.site, &self.sources.settings))
    }
}

/// A published file.
#[derive(Clone, Debug)]
pub struct Made {
    /// Where.
    pub path: OutPath,
    /// Its bytes.
    pub bytes: Arc<[u8]>,
    /// Of a rendered page: its view, and what that was made from, where that can be told; nothing for other files.
    pub made_from: Option<(Fingerprint, Option<Fingerprint>)>,
}

impl Made {
    /// A file that is no rendered page.
    fn file(path: &str, bytes: impl Into<Arc<[u8]>>) -> Self {
        Self { path: OutPath::new(path), bytes: bytes.into(), made_from: None }
    }
}

/// Files that are made together.
#[derive(Clone, Copy)]
pub struct Files {
    /// Makes them.
    pub make: fn(&Making) -> (Vec<Made>, Vec<Diagnostic>),
    /// Whether one of them may have this path.
    pub may_have: fn(&str) -> bool,
}

/// Everything that is published beside pages; what takes time stands last.
pub const FILES: &[Files] = &[
    Files { make: redirects::make, may_have: |_| true },
    Files { make: assets::make, may_have: |_| true },
    Files { make: robots::make, may_have: |path| path == "robots.txt" },
    Files { make: feed::make, may_have: |path| path == "feed.xml" },
    Files { make: sitemap::make, may_have: |path| path == "sitemap.xml" },
    Files { make: search::make, may_have: |path| path == SEARCH_CORE || path.contains("/search-") },
];
