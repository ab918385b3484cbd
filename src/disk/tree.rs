//! What lies in a folder that was published, and its removal. Symbolic links are never followed.
#![allow(clippy::disallowed_methods)]

use std::collections::BTreeSet;
use std::fs;
use std::io;

use anyhow::{Context, Result, bail};
use camino::Utf8Path;
use rayon::prelude::*;

use super::manifest::{self, MANIFEST};

/// The entries of a folder, as they were when it was read. Paths are relative and `/`-separated.
#[derive(Default)]
pub(super) struct Tree {
    /// Regular files, the manifest excepted.
    pub(super) files: BTreeSet<String>,
    /// The manifest's bytes.
    pub(super) manifest: Option<Vec<u8>>,
    /// Links, devices and names that are not UTF-8: nothing that Hornbook ever wrote.
    others: Vec<String>,
    /// Folders, each before those in it.
    folders: Vec<String>,
}

impl Tree {
    /// Reads `root`; `None` if nothing is there.
    ///
    /// Fails if `root` is no folder (a link to one is none), or if anything in it cannot be listed.
    pub(super) fn read(root: &Utf8Path) -> Result<Option<Self>> {
        match fs::symlink_metadata(root) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error).with_context(|| format!("cannot look at `{root}`")),
            Ok(metadata) if !metadata.is_dir() => bail!("`{root}` is a file or a link, not a folder: move it away"),
            Ok(_) => {}
        }
        let mut tree = Self::list(root, "")?;
        if tree.files.remove(MANIFEST) {
            let bytes = fs::read(root.join(MANIFEST)).with_context(|| format!("cannot read `{root}/{MANIFEST}`"))?;
            tree.manifest = Some(bytes);
        }
        Ok(Some(tree))
    }

    /// Lists `folder` of `root`, and the folders in it in parallel.
    fn list(root: &Utf8Path, folder: &str) -> Result<Self> {
        let mut tree = Self::default();
        let context = || format!("cannot list the folder `{}`", root.join(folder));
        for entry in fs::read_dir(root.join(folder)).with_context(context)? {
            let entry = entry.with_context(context)?;
            let kind = entry.file_type().with_context(context)?;
            let join = |name: &str| if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") };
            match entry.file_name().to_str().map(join) {
                Some(path) if kind.is_dir() => tree.folders.push(path),
                Some(path) if kind.is_file() => {
                    tree.files.insert(path);
                }
                Some(path) => tree.others.push(path),
                None => tree.others.push(join(&entry.file_name().to_string_lossy())),
            }
        }
        let below: Vec<Self> = tree.folders.par_iter().map(|folder| Self::list(root, folder)).collect::<Result<_>>()?;
        for below in below {
            tree.files.extend(below.files);
            tree.others.extend(below.others);
            tree.folders.extend(below.folders);
        }
        Ok(tree)
    }

    /// The paths that the manifest lists.
    pub(super) fn listed(&self) -> BTreeSet<String> {
        self.manifest.as_deref().map(manifest::paths).unwrap_or_default()
    }

    /// Everything that is no folder and not ours.
    pub(super) fn foreign(&self, is_ours: impl Fn(&str) -> bool) -> Vec<&str> {
        let files = self.files.iter().filter(|file| !is_ours(file));
        let mut foreign: Vec<&str> = files.chain(&self.others).map(String::as_str).collect();
        foreign.sort_unstable();
        foreign
    }

    /// Removes the files that were read, the folders that are then empty, and last the manifest and `root`, where the tree lies
    /// now: a removal that is cut short can still be told from a stranger's folder, and taken up again.
    ///
    /// Fails if something cannot be removed, or if files were added since.
    pub(super) fn remove(&self, root: &Utf8Path) -> Result<()> {
        self.files.par_iter().try_for_each(|file| remove(&root.join(file), |path| fs::remove_file(path)))?;
        for folder in self.folders.iter().rev() {
            remove(&root.join(folder), |path| fs::remove_dir(path))?;
        }
        if self.manifest.is_some() {
            remove(&root.join(MANIFEST), |path| fs::remove_file(path))?;
        }
        remove(root, |path| fs::remove_dir(path))
    }
}

/// Removes `path`; what is gone already is as good as removed.
fn remove(path: &Utf8Path, remove: fn(&Utf8Path) -> io::Result<()>) -> Result<()> {
    match remove(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(error).with_context(|| format!("cannot remove `{path}`"))
        }
        _ => Ok(()),
    }
}
