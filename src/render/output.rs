//! The finished site: every published file, by its path in the published folder.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

/// A path in the published folder: relative, `/`-separated, such as `anatomy/joints/index.html`.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct OutPath(Arc<str>);

impl OutPath {
    /// The file at `path`.
    pub fn new(path: &str) -> Self {
        Self(path.into())
    }

    /// The whole path.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for OutPath {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// A whole site in memory: equal inputs make equal outputs, byte for byte.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Output {
    /// Every file's bytes.
    pub files: BTreeMap<OutPath, Arc<[u8]>>,
}
