//! The site's folders, again and again → `Sources`: every file is looked at each time, and only what moved is opened.
#![allow(clippy::disallowed_methods)]

use std::collections::BTreeMap;
use std::fs::{self, Metadata};
use std::io;
use std::time::{Duration, SystemTime};

use anyhow::Result;
use camino::{Utf8Path, Utf8PathBuf};
use rayon::prelude::*;

use super::find::{self, Found};
use super::load::{self, Content, Loaded};
use crate::diagnostic::{self, Diagnostic};
use crate::source::{Settings, Sources};
use crate::text::VPath;

/// Some file systems keep times no finer than this: a file that was written so shortly before it was read may have been written again since,
/// with the same size and time.
const GRAIN: Duration = Duration::from_secs(2);

/// Reads a site again and again. The result is the same as that of [`load`](super::load()), every time.
#[derive(Debug)]
pub struct Reader {
    root: Utf8PathBuf,
    known: BTreeMap<VPath, Known>,
}

/// A file that was read.
#[derive(Clone, Debug)]
struct Known {
    real: Utf8PathBuf,
    stamp: Stamp,
    /// Whether the stamp would show it if the file had been written since.
    is_settled: bool,
    content: Content,
    problem: Option<Diagnostic>,
}

/// What changes when a file does.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Stamp {
    length: u64,
    modified: Option<SystemTime>,
    /// The file's number and the time of its last change of any kind, where the system has them.
    inner: (u64, i64, i64),
}

impl Stamp {
    fn of(metadata: &Metadata) -> Self {
        #[cfg(unix)]
        let inner = {
            use std::os::unix::fs::MetadataExt;
            (metadata.ino(), metadata.ctime(), metadata.ctime_nsec())
        };
        #[cfg(not(unix))]
        let inner = (0, 0, 0);
        Self { length: metadata.len(), modified: metadata.modified().ok(), inner }
    }
}

impl Reader {
    /// Reads the site at `root`.
    pub fn new(root: &Utf8Path) -> Self {
        Self { root: root.to_owned(), known: BTreeMap::new() }
    }

    /// Reads everything in `content/` and `themes/`. A file that vanishes while it is looked at is not there.
    ///
    /// Fails if a folder cannot be listed or a file not read.
    pub fn read(&mut self, settings: Settings) -> Result<Loaded> {
        let finds = find::find(&self.root, &["content", "themes"])?;
        let known = &self.known;
        let now = SystemTime::now();
        let read: Vec<Option<(VPath, Known)>> =
            finds.files.into_par_iter().map(|found| look(found, known, now)).collect::<Result<_>>()?;
        let mut sources = Sources { settings, ..Sources::default() };
        let mut problems = finds.problems;
        self.known = read.into_iter().flatten().collect();
        for (path, known) in &self.known {
            match &known.content {
                Content::Text(file) => {
                    sources.files.insert(path.clone(), file.clone());
                }
                Content::Asset(path, asset) => {
                    sources.assets.insert(path.clone(), asset.clone());
                }
                Content::Nothing => {}
            }
            problems.extend(known.problem.clone());
        }
        diagnostic::sort(&mut problems);
        Ok(Loaded { sources, problems })
    }
}

/// Takes a file as it is known, or reads it; nothing if it is gone.
fn look(found: Found, known: &BTreeMap<VPath, Known>, now: SystemTime) -> Result<Option<(VPath, Known)>> {
    let Found { path, real } = found;
    let Ok(metadata) = fs::metadata(&real) else { return Ok(None) };
    let stamp = Stamp::of(&metadata);
    if let Some(known) = known.get(&path).filter(|known| known.is_settled && known.stamp == stamp && known.real == real)
    {
        return Ok(Some((path, known.clone())));
    }
    let is_settled = stamp.modified.is_some_and(|modified| modified + GRAIN < now);
    let (content, problem) = match load::read(Found { path: path.clone(), real: real.clone() }) {
        Ok(read) => read,
        Err(error) if is_gone(&error) => return Ok(None),
        Err(error) => return Err(error),
    };
    Ok(Some((path, Known { real, stamp, is_settled, content, problem })))
}

fn is_gone(error: &anyhow::Error) -> bool {
    error.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::NotFound)
}

/// Where the file that the site calls `path` lies, if it is one in `content/` or `themes/`.
pub fn locate(root: &Utf8Path, path: &VPath) -> Option<Utf8PathBuf> {
    let is_inside = path.strip_folder("content").is_some() || path.strip_folder("themes").is_some();
    let real = root.join(path.as_str()).canonicalize_utf8().ok().filter(|real| is_inside && real.is_file())?;
    let folders = ["content", "themes"].map(|folder| root.join(folder).canonicalize_utf8());
    folders.into_iter().flatten().any(|folder| real.starts_with(folder)).then_some(real)
}
