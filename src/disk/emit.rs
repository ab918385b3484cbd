//! `Output` → the published folder, which is at every instant the whole old site or the whole new one.
//!
//! Whenever anything changed, a whole new tree is made beside the published one and the two are exchanged in one step. Nothing
//! smaller holds: even a single new page changes two files, itself and the manifest, and no file system replaces two files at
//! once. Files that did not change are hard links in the new tree, so a page keeps its inode, date and place on the disk;
//! folders cannot be linked, and are made anew.
//!
//! What is promised holds for a process that ends at any point, not for a machine that loses power: files are not flushed one by
//! one. The next build compares bytes, and so mends what a power cut has torn.
#![allow(clippy::disallowed_methods)]

use std::collections::BTreeSet;
use std::fs;
use std::sync::Arc;

use anyhow::{Context, Result, bail};
use camino::{Utf8Path, Utf8PathBuf};
use rayon::prelude::*;

use super::manifest::{self, MANIFEST};
use super::place::Place;
use super::stage;
use super::tree::Tree;
use crate::render::{OutPath, Output};

/// What publishing did. The manifest is not counted.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Emitted {
    /// Files that are new or have new bytes.
    pub written: usize,
    /// Files that stayed as they were.
    pub unchanged: usize,
    /// Files of the last site that are in this one no more.
    pub removed: usize,
    /// Bytes in the files that were written.
    pub bytes: u64,
}

/// Publishes `output` in `folder`: makes it, or replaces the site that Hornbook published there before. If nothing changed, nothing
/// is touched. Another build of the same folder is waited for.
///
/// `protected` are files and folders that Hornbook reads or must not replace, whether they exist or not: content, themes, `.git`,
/// `Cargo.toml`, the home folder.
///
/// Fails, and leaves the folder as it was, if
/// - it is, holds or lies in one of `protected` (it may lie in the home folder),
/// - it is no folder, or holds files that Hornbook did not write,
/// - a path of `output` is not one inside the folder, or is both a file and a folder,
/// - anything cannot be read or written.
///
/// Only if the old site cannot be removed after the exchange is the new one published all the same; the error says so.
pub fn emit(output: &Output, folder: &Utf8Path, protected: &[Utf8PathBuf]) -> Result<Emitted> {
    check_paths(output)?;
    let place = Place::find(folder, protected)?;
    let _lock = place.lock()?;
    stage::recover(&place)?;
    let old = Tree::read(&place.folder)?;
    let listed = old.as_ref().map(Tree::listed).unwrap_or_default();
    let same = same_files(output, &place.folder, old.as_ref());
    if let Some(old) = &old {
        refuse_foreign(old, &listed, &same, folder)?;
    }
    stage::clear(&place.staging, &listed)?;
    stage::clear(&place.retired, &listed)?;
    let manifest = manifest::of(output);
    let emitted = count(output, &same, &listed, old.as_ref());
    if emitted.written == 0 && old.as_ref().is_some_and(|old| old.manifest.as_deref() == Some(manifest.as_bytes())) {
        return Ok(emitted);
    }
    let exchanged = stage::stage(&place, output, &manifest, &same).and_then(|()| stage::exchange(&place, old.as_ref()));
    let Ok(left) = exchanged else {
        // The first error is the one to tell; what cannot be cleared now is when the next build starts.
        stage::clear(&place.staging, &listed).ok();
        return exchanged.map(|_| emitted);
    };
    if let (Some(left), Some(old)) = (left, old) {
        old.remove(left).with_context(|| format!("the new site is published, but the old one is left in `{left}`"))?;
    }
    Ok(emitted)
}

/// Fails if a path of `output` could name anything but a file of its own in the published folder.
fn check_paths(output: &Output) -> Result<()> {
    for path in output.files.keys() {
        let is_plain =
            |part: &str| !matches!(part, "" | "." | "..") && !part.contains(|c: char| c == '\\' || c.is_control());
        let path = path.as_str();
        if !path.split('/').all(is_plain) {
            bail!("{path:?} is no path in the published folder");
        }
        if path.split('/').next() == Some(MANIFEST) {
            bail!("`{MANIFEST}` is the name of Hornbook's own list of files: nothing else can be published there");
        }
    }
    let folders = stage::folders(output);
    match output.files.keys().find(|path| folders.contains(path.as_str())) {
        Some(path) => bail!("`{path}` cannot be both a file and a folder with files in it"),
        None => Ok(()),
    }
}

/// The files of `output` that lie in `folder` already, with the same bytes. One that cannot be read is as good as changed.
fn same_files<'a>(output: &'a Output, folder: &Utf8Path, old: Option<&Tree>) -> BTreeSet<&'a OutPath> {
    let Some(old) = old else {
        return BTreeSet::new();
    };
    let is_same = |(path, bytes): &(&OutPath, &Arc<[u8]>)| {
        let path = path.as_str();
        old.files.contains(path) && fs::read(folder.join(path)).is_ok_and(|old| *old == ***bytes)
    };
    let same: Vec<&OutPath> = output.files.par_iter().filter(is_same).map(|(path, _)| path).collect();
    same.into_iter().collect()
}

/// Fails if `old` holds anything that is neither listed in its manifest nor exactly what is about to be written.
fn refuse_foreign(old: &Tree, listed: &BTreeSet<String>, same: &BTreeSet<&OutPath>, folder: &Utf8Path) -> Result<()> {
    let same: BTreeSet<&str> = same.iter().map(|path| path.as_str()).collect();
    let foreign = old.foreign(|path| listed.contains(path) || same.contains(path));
    if foreign.is_empty() {
        return Ok(());
    }
    let mut names: Vec<String> = foreign.iter().take(3).map(|path| format!("`{}`", path.escape_debug())).collect();
    if foreign.len() > names.len() {
        names.push(format!("and {} more", foreign.len() - names.len()));
    }
    let names = names.join(", ");
    bail!(
        "`{folder}` holds files that Hornbook did not write: {names}; \
         move them away or choose another output folder (files to be published belong in `content/static/`)"
    )
}

fn count(output: &Output, same: &BTreeSet<&OutPath>, listed: &BTreeSet<String>, old: Option<&Tree>) -> Emitted {
    let written = output.files.iter().filter(|(path, _)| !same.contains(path));
    let kept: BTreeSet<&str> = output.files.keys().map(OutPath::as_str).collect();
    let is_removed = |path: &&String| listed.contains(*path) && !kept.contains(path.as_str());
    Emitted {
        written: output.files.len() - same.len(),
        unchanged: same.len(),
        removed: old.map_or(0, |old| old.files.iter().filter(is_removed).count()),
        bytes: written.map(|(_, bytes)| bytes.len() as u64).sum(),
    }
}
