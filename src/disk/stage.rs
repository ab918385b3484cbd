//! The next site in a folder beside the published one, and the exchange of the two.
#![allow(clippy::disallowed_methods)]

use std::collections::BTreeSet;
use std::fs::{self, OpenOptions};
use std::io::{self, Write};

use anyhow::{Context, Result, bail};
use camino::Utf8Path;
use rayon::prelude::*;

use super::manifest::MANIFEST;
use super::place::Place;
use super::tree::Tree;
use crate::render::{OutPath, Output};

/// Writes the whole of `output` into the staging folder. Files in `same`, which the published folder already holds, are linked,
/// not copied: on ext4, making ten thousand files anew just after as many were removed takes seconds.
///
/// Fails if anything cannot be written; `clear` then removes what was written.
pub(super) fn stage(place: &Place, output: &Output, manifest: &str, same: &BTreeSet<&OutPath>) -> Result<()> {
    make_folder(&place.staging)?;
    // Before any file, so that whatever a kill leaves behind is known to be Hornbook's.
    write(&place.staging.join(MANIFEST), manifest.as_bytes())?;
    for folder in folders(output) {
        make_folder(&place.staging.join(folder))?;
    }
    output.files.par_iter().try_for_each(|(path, bytes)| {
        let staged = place.staging.join(path.as_str());
        let linked = same.contains(path) && fs::hard_link(place.folder.join(path.as_str()), &staged).is_ok();
        if linked { Ok(()) } else { write(&staged, bytes) }
    })
}

/// Puts the staged site in the published folder's place, and says where the one that was there, `old`, lies now.
///
/// Fails if it cannot; the published folder is then as it was.
pub(super) fn exchange<'a>(place: &'a Place, old: Option<&Tree>) -> Result<Option<&'a Utf8Path>> {
    if old.is_none() {
        return rename(&place.staging, &place.folder).map(|()| None);
    }
    match exchange_folders(&place.staging, &place.folder) {
        Ok(()) => Ok(Some(&place.staging)),
        Err(error) if is_unsupported(&error) => retire(place).map(|()| Some(&*place.retired)),
        Err(error) => Err(error).with_context(|| format!("cannot exchange `{}` and `{}`", place.staging, place.folder)),
    }
}

/// Brings a folder back that a kill between the two steps of `retire` left under its other name.
///
/// Fails if it cannot be renamed.
pub(super) fn recover(place: &Place) -> Result<()> {
    let is_missing =
        |path: &Utf8Path| fs::symlink_metadata(path).is_err_and(|error| error.kind() == io::ErrorKind::NotFound);
    if is_missing(&place.folder) && !is_missing(&place.retired) {
        rename(&place.retired, &place.folder)?;
    }
    Ok(())
}

/// Removes what a build that was killed or failed has left in `folder`, beside the published one, whose manifest lists `published`.
///
/// Fails, and removes nothing, if there is a file that Hornbook did not write.
pub(super) fn clear(folder: &Utf8Path, published: &BTreeSet<String>) -> Result<()> {
    let Some(tree) = Tree::read(folder)? else {
        return Ok(());
    };
    let listed = tree.listed();
    if let Some(file) = tree.foreign(|path| listed.contains(path) || published.contains(path)).first() {
        bail!("`{folder}/{file}` is not Hornbook's, and lies where Hornbook makes its next site: move it away");
    }
    tree.remove(folder)
}

/// Every folder of `output`, each before those in it.
pub(super) fn folders(output: &Output) -> BTreeSet<&str> {
    let mut folders = BTreeSet::new();
    for path in output.files.keys() {
        let mut rest = path.as_str();
        while let Some((folder, _)) = rest.rsplit_once('/') {
            if !folders.insert(folder) {
                break;
            }
            rest = folder;
        }
    }
    folders
}

fn make_folder(path: &Utf8Path) -> Result<()> {
    fs::create_dir(path).with_context(|| format!("cannot make the folder `{path}`"))
}

/// Writes a file that is not there yet.
fn write(path: &Utf8Path, bytes: &[u8]) -> Result<()> {
    let file = OpenOptions::new().write(true).create_new(true).open(path);
    file.and_then(|mut file| file.write_all(bytes)).with_context(|| format!("cannot write `{path}`"))
}

fn rename(from: &Utf8Path, to: &Utf8Path) -> Result<()> {
    fs::rename(from, to).with_context(|| format!("cannot rename `{from}` to `{to}`"))
}

/// Exchanges two folders in one step.
#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn exchange_folders(one: &Utf8Path, other: &Utf8Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(CWD, one.as_std_path(), CWD, other.as_std_path(), RenameFlags::EXCHANGE)?)
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
fn exchange_folders(_one: &Utf8Path, _other: &Utf8Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

/// Whether the system or this file system has no exchange: ENOSYS and ENOTSUP are `Unsupported`, EINVAL is `InvalidInput`.
fn is_unsupported(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::Unsupported | io::ErrorKind::InvalidInput)
}

/// The exchange in two steps. A kill between them leaves no folder; `recover` brings it back when the next build starts.
fn retire(place: &Place) -> Result<()> {
    rename(&place.folder, &place.retired)?;
    let renamed = rename(&place.staging, &place.folder);
    if renamed.is_err() {
        rename(&place.retired, &place.folder)?;
    }
    renamed
}
