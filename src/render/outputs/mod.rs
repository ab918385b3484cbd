//! Everything that is published: one file a kind. To add one, write its function and a line in [`OUTPUTS`].

mod assets;
mod feed;
mod html;
mod redirects;
mod robots;
mod search;
mod sitemap;

use std::sync::Arc;

pub(super) use self::redirects::file_of as redirect_file;
use super::output::OutPath;
use super::parts::Parts;
use crate::diagnostic::Diagnostic;
use crate::source::Sources;
use crate::text::Fingerprint;

/// Everything that an output can be made from.
pub struct Making<'a> {
    /// The site and its theme.
    pub parts: Parts<'a>,
    /// All inputs.
    pub sources: &'a Sources,
    /// Pages rendered before.
    pub before: &'a super::Rendered,
    /// Of what every page sees alike.
    pub shared: Fingerprint,
    /// Of what pages can see of each other.
    pub face: Fingerprint,
}

/// A published file.
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

/// Makes some of the published files.
type Output = fn(&Making<'_>) -> (Vec<Made>, Vec<Diagnostic>);

/// Everything that is published.
pub const OUTPUTS: &[Output] =
    &[html::make, redirects::make, assets::make, search::make, sitemap::make, feed::make, robots::make];
