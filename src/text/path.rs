//! Virtual paths: how every part of Hornbook names a file, whatever the machine calls it.

use std::fmt;
use std::sync::Arc;

use serde::{Serialize, Serializer};

/// A path relative to the site's root: `/`-separated, without `.`, `..`, empty parts or a leading slash. Cheap to clone.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct VPath(Arc<str>);

impl VPath {
    /// Normalises `path`; `None` if it climbs out of the root or is absolute.
    pub fn new(path: &str) -> Option<Self> {
        if path.starts_with('/') {
            return None;
        }
        Self::walk(Vec::new(), path)
    }

    /// The file that `reference`, written in this file, points at: relative to this file's folder, or to `content/`
    /// when it starts with a slash. `None` if it climbs out of the root.
    pub fn refer(&self, reference: &str) -> Option<Self> {
        match reference.strip_prefix('/') {
            Some(rooted) => Self::walk(vec!["content"], rooted),
            None => {
                let mut parts: Vec<&str> = self.0.split('/').collect();
                parts.pop();
                Self::walk(parts, reference)
            }
        }
    }

    fn walk<'a>(mut parts: Vec<&'a str>, path: &'a str) -> Option<Self> {
        for part in path.split('/') {
            match part {
                "" | "." => {}
                ".." => {
                    parts.pop()?;
                }
                _ => parts.push(part),
            }
        }
        Some(Self(parts.join("/").into()))
    }

    /// The whole path.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The last part: `joints.md` of `content/anatomy/joints.md`.
    pub fn file_name(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or(&self.0)
    }

    /// The last part without its extension: `joints`.
    pub fn stem(&self) -> &str {
        match self.file_name().rsplit_once('.') {
            Some((stem, _)) if !stem.is_empty() => stem,
            _ => self.file_name(),
        }
    }

    /// The extension without its dot, or the empty string.
    pub fn extension(&self) -> &str {
        match self.file_name().rsplit_once('.') {
            Some((stem, extension)) if !stem.is_empty() => extension,
            _ => "",
        }
    }

    /// What follows `folder` and a slash, if this path lies in that folder.
    pub fn strip_folder(&self, folder: &str) -> Option<&str> {
        self.0.strip_prefix(folder)?.strip_prefix('/')
    }
}

impl fmt::Debug for VPath {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&*self.0, formatter)
    }
}

impl fmt::Display for VPath {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl Serialize for VPath {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::VPath;

    #[test]
    fn references_stay_inside_the_root() {
        let joints = VPath::new("content/anatomy/joints.md").expect("a plain path");
        assert_eq!(joints.refer("../risks/./harm.md").expect("inside").as_str(), "content/risks/harm.md");
        assert_eq!(joints.refer("/index.md").expect("inside").as_str(), "content/index.md");
        assert_eq!(joints.refer("../../../etc/passwd"), None);
        assert_eq!(VPath::new("/etc/passwd"), None);
        assert_eq!((joints.stem(), joints.extension()), ("joints", "md"));
        assert_eq!(joints.strip_folder("content"), Some("anatomy/joints.md"));
        assert_eq!(joints.strip_folder("cont"), None);
    }
}
