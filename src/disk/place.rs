//! Where a site is published: the folder, its neighbours while it is being exchanged, and which folders are refused.
#![allow(clippy::disallowed_methods)]

use std::env;
use std::fs::{self, File, TryLockError};
use std::io;

use anyhow::{Context, Result, bail};
use camino::{Utf8Component, Utf8Path, Utf8PathBuf};

/// A published folder that may be written, with every link on the way to it followed.
pub(super) struct Place {
    /// The folder itself.
    pub(super) folder: Utf8PathBuf,
    /// The folder that it lies in.
    parent: Utf8PathBuf,
    /// `.public.hornbook`, beside it: the next site before the exchange, the last one after it.
    pub(super) staging: Utf8PathBuf,
    /// `.public.hornbook-old`, beside it: the last site, where folders cannot be exchanged in one step.
    pub(super) retired: Utf8PathBuf,
}

impl Place {
    /// The place that `folder` names.
    ///
    /// Fails if it is, holds or lies in one of `protected` (it may lie in the home folder), is no folder, or is a mounted file
    /// system, which can be exchanged with nothing.
    pub(super) fn find(folder: &Utf8Path, protected: &[Utf8PathBuf]) -> Result<Self> {
        let real = resolve(folder)?;
        let (Some(parent), Some(name)) = (real.parent(), real.file_name()) else {
            bail!("`{folder}` is the root of the file system: choose an output folder of its own");
        };
        let home = env::home_dir().and_then(|home| Utf8PathBuf::from_path_buf(home).ok());
        let home = home.and_then(|home| resolve(&home).ok());
        for path in protected {
            let path = resolve(path).unwrap_or_else(|_| path.clone());
            if path.starts_with(&real) {
                bail!(
                    "`{folder}` is or holds `{path}`, which must not be replaced: choose an output folder of its own"
                );
            }
            if real.starts_with(&path) && home.as_ref() != Some(&path) {
                bail!(
                    "`{folder}` lies in `{path}`, which Hornbook does not write to: choose an output folder outside it"
                );
            }
        }
        match fs::symlink_metadata(&real) {
            Ok(metadata) if !metadata.is_dir() => {
                bail!("`{folder}` is a file, not a folder: choose another output folder")
            }
            Ok(metadata) if is_mounted(&metadata, parent) => {
                bail!("`{folder}` is a mounted file system, which cannot be exchanged whole: choose a folder inside it")
            }
            _ => {}
        }
        let beside = |ending: &str| parent.join(format!(".{name}.hornbook{ending}"));
        Ok(Self { parent: parent.to_owned(), staging: beside(""), retired: beside("-old"), folder: real.clone() })
    }

    /// Waits until no other build writes here, and keeps others out until the returned file is dropped or the process ends. The
    /// parent folder itself is locked, so that no lock file is left lying about. Where the file system has no locks, none is taken.
    ///
    /// Fails if the parent folder cannot be made or opened.
    pub(super) fn lock(&self) -> Result<File> {
        fs::create_dir_all(&self.parent).with_context(|| format!("cannot make the folder `{}`", self.parent))?;
        let file = self.open_lock().with_context(|| format!("cannot open the folder `{}`", self.parent))?;
        if matches!(file.try_lock(), Err(TryLockError::WouldBlock)) {
            while let Err(error) = file.lock() {
                if error.kind() != io::ErrorKind::Interrupted {
                    return Err(error).with_context(|| format!("cannot lock the folder `{}`", self.parent));
                }
            }
        }
        Ok(file)
    }

    #[cfg(unix)]
    fn open_lock(&self) -> io::Result<File> {
        File::open(&self.parent)
    }

    /// Where folders cannot be locked, a file that stays is.
    #[cfg(not(unix))]
    fn open_lock(&self) -> io::Result<File> {
        File::create(format!("{}-lock", self.staging))
    }
}

/// `path`, absolute, with every link followed and every `..` taken after that; its end need not exist.
///
/// Fails if a link on the way leads nowhere.
fn resolve(path: &Utf8Path) -> Result<Utf8PathBuf> {
    let absolute = camino::absolute_utf8(path).with_context(|| format!("cannot make `{path}` absolute"))?;
    let mut real = Utf8PathBuf::new();
    for component in absolute.components() {
        match component {
            Utf8Component::ParentDir => {
                real.pop();
            }
            _ => real.push(component),
        }
        if fs::symlink_metadata(&real).is_ok() {
            real = real.canonicalize_utf8().with_context(|| format!("cannot follow the link `{real}`"))?;
        }
    }
    Ok(real)
}

#[cfg(unix)]
fn is_mounted(folder: &fs::Metadata, parent: &Utf8Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    fs::metadata(parent).is_ok_and(|parent| parent.dev() != folder.dev())
}

#[cfg(not(unix))]
fn is_mounted(_folder: &fs::Metadata, _parent: &Utf8Path) -> bool {
    false
}
