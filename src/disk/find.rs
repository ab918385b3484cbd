//! A folder → the files in it that the site is made of, and what is wrong with the others.
#![allow(clippy::disallowed_methods)]

use std::collections::HashMap;
use std::fs::{self, FileType};

use anyhow::{Context, Result, bail};
use camino::{Utf8Path, Utf8PathBuf};
use walkdir::{DirEntry, WalkDir};

use super::names::{self, Fate};
use crate::diagnostic::{Code, Diagnostic};
use crate::text::{TextRange, VPath};

/// How many folders deep a file may lie. No site comes near; a path that is longer than the system allows is named before it fails.
const DEEPEST: usize = 64;

/// A file that is to be read.
pub(super) struct Found {
    /// What the site calls it.
    pub(super) path: VPath,
    /// Where it lies, links followed.
    pub(super) real: Utf8PathBuf,
}

/// What was found so far.
#[derive(Default)]
pub(super) struct Finds {
    /// Files to read.
    pub(super) files: Vec<Found>,
    /// What is wrong with the others.
    pub(super) problems: Vec<Diagnostic>,
    /// Every path without its case, and the name that claimed it.
    claimed: HashMap<String, String>,
}

/// Where a walk is: below a folder of the site, or below a link to one.
struct Walk<'a> {
    /// The folder that is walked.
    real: &'a Utf8Path,
    /// What the site calls it.
    path: &'a str,
    /// The folders that a link may lead into.
    inside: &'a [Utf8PathBuf],
    /// Whether the walk began at a link.
    origin: Origin,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Origin {
    Folder,
    Link,
}

/// Finds the files of `folders` of `root`. A folder that does not exist holds none.
///
/// Fails if a folder cannot be listed.
pub(super) fn find(root: &Utf8Path, folders: &[&str]) -> Result<Finds> {
    let mut existing = Vec::new();
    for folder in folders {
        let path = root.join(folder);
        if fs::symlink_metadata(&path).is_ok() {
            let real = path.canonicalize_utf8().with_context(|| format!("cannot follow the link `{path}`"))?;
            if !real.is_dir() {
                bail!("`{path}` is not a folder");
            }
            existing.push((*folder, real));
        }
    }
    let inside: Vec<Utf8PathBuf> = existing.iter().map(|(_, real)| real.clone()).collect();
    let mut finds = Finds::default();
    for (path, real) in &existing {
        finds.walk(&Walk { real, path, inside: &inside, origin: Origin::Folder })?;
    }
    Ok(finds)
}

impl Finds {
    fn walk(&mut self, walk: &Walk<'_>) -> Result<()> {
        let mut entries = WalkDir::new(walk.real).min_depth(1).follow_links(false).sort_by_file_name().into_iter();
        while let Some(entry) = entries.next() {
            let entry = entry.with_context(|| format!("cannot list the folder `{}`", walk.real))?;
            let goes_on = self.meet(walk, &entry)?;
            if !goes_on && entry.file_type().is_dir() {
                entries.skip_current_dir();
            }
        }
        Ok(())
    }

    /// Takes up one entry, and says whether what lies in it belongs to the site.
    fn meet(&mut self, walk: &Walk<'_>, entry: &DirEntry) -> Result<bool> {
        let parent = site_path(walk, entry.path().parent().expect("an entry lies in a folder"));
        let Some(name) = entry.file_name().to_str() else {
            let name = entry.file_name().to_string_lossy().escape_debug().to_string();
            self.refuse(&parent, format!("the name of `{name}` is not UTF-8"), "rename it");
            return Ok(false);
        };
        match names::fate(parent.as_str(), name) {
            Fate::Read => {}
            Fate::Skipped => return Ok(false),
            Fate::Unpublishable => {
                let message = format!("`{name}` is hidden, but everything in `content/static/` is published");
                let path = child(&parent, name);
                self.problem(Code::UnpublishableFile, &path, message, "remove it, or move it out of `content/static/`");
                return Ok(false);
            }
            Fate::Refused(fault) => {
                self.refuse(&parent, format!("the name of `{}` {fault}", name.escape_debug()), "rename it");
                return Ok(false);
            }
        }
        let path = child(&parent, name);
        if !self.claim(&parent, &path, name) {
            return Ok(false);
        }
        if path.as_str().split('/').count() > DEEPEST + 1 {
            let message = format!("`{path}` lies more than {DEEPEST} folders deep");
            self.problem(Code::TooLarge, &path, message, "move it up");
            return Ok(false);
        }
        let real = Utf8Path::from_path(entry.path()).expect("the name and every folder above it are UTF-8").to_owned();
        self.take(walk, path, real, entry.file_type())
    }

    /// Takes up an entry whose name is in order.
    fn take(&mut self, walk: &Walk<'_>, path: VPath, real: Utf8PathBuf, kind: FileType) -> Result<bool> {
        if kind.is_dir() {
            return Ok(true);
        }
        if kind.is_file() {
            self.files.push(Found { path, real });
        } else if kind.is_symlink() {
            self.follow(walk, path, &real)?;
        } else {
            self.refuse(&path, format!("`{path}` is {}, not a file", device(kind)), "move it out of the site");
        }
        Ok(false)
    }

    /// Follows a link that stays in the site. A folder is entered through one link at a time, so that links cannot lead in circles.
    fn follow(&mut self, walk: &Walk<'_>, path: VPath, link: &Utf8Path) -> Result<()> {
        let help = "put the file itself in its place";
        let Ok(real) = link.canonicalize_utf8() else {
            self.refuse(&path, format!("`{path}` is a link that leads nowhere"), help);
            return Ok(());
        };
        if !walk.inside.iter().any(|folder| real.starts_with(folder)) {
            self.refuse(&path, format!("`{path}` is a link out of the site"), help);
            return Ok(());
        }
        let kind = fs::metadata(&real).with_context(|| format!("cannot look at `{real}`"))?.file_type();
        if !kind.is_dir() {
            return self.take(walk, path, real, kind).map(|_| ());
        }
        if link.starts_with(&real) {
            self.refuse(&path, format!("`{path}` is a link to a folder that it lies in"), help);
        } else if walk.origin == Origin::Link {
            self.refuse(&path, format!("`{path}` is a link to a folder, inside a linked folder"), help);
        } else {
            self.walk(&Walk { real: &real, path: path.as_str(), inside: walk.inside, origin: Origin::Link })?;
        }
        Ok(())
    }

    /// Claims `path`, and says whether it was free: some systems tell names apart by case or composition of letters, others not.
    fn claim(&mut self, parent: &VPath, path: &VPath, name: &str) -> bool {
        let Some(first) = self.claimed.insert(path.as_str().to_lowercase(), name.to_owned()) else {
            return true;
        };
        let differ = if names::composed(&first) == names::composed(name) {
            "only in how their accents are stored"
        } else {
            "only in upper and lower case"
        };
        let message = format!("`{first}` and `{name}` in `{parent}` differ {differ}");
        self.refuse(path, message, "rename one of them: not every system can hold both");
        false
    }

    fn refuse(&mut self, path: &VPath, message: String, help: &str) {
        self.problem(Code::UnreadablePath, path, message, help);
    }

    fn problem(&mut self, code: Code, path: &VPath, message: String, help: &str) {
        self.problems.push(Diagnostic::new(code, path, TextRange::default(), message).help(help));
    }
}

/// What the site calls the folder at `real`, which lies in the walk.
fn site_path(walk: &Walk<'_>, real: &std::path::Path) -> VPath {
    let mut path = walk.path.to_owned();
    for part in real.strip_prefix(walk.real).expect("a walk stays below its root") {
        path.push('/');
        path.push_str(&names::composed(part.to_str().expect("folders with other names are not entered")));
    }
    VPath::new(&path).expect("a walk does not climb")
}

fn child(parent: &VPath, name: &str) -> VPath {
    VPath::new(&format!("{parent}/{}", names::composed(name))).expect("a name does not climb")
}

/// What a file of `kind` is called that is neither a file, a folder nor a link.
fn device(kind: FileType) -> &'static str {
    #[cfg(unix)]
    {
        use std::os::unix::fs::FileTypeExt;
        if kind.is_fifo() {
            return "a named pipe";
        }
        if kind.is_socket() {
            return "a socket";
        }
    }
    let _ = kind;
    "a device"
}
