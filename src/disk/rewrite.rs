//! A changed source file, put in the place of the old one at once.

use std::fs;
use std::io::Write;

use anyhow::{Context, Result};
use camino::Utf8Path;

use crate::text::VPath;

/// The text of a file that was named by whoever typed the command.
#[allow(clippy::disallowed_methods, reason = "disk touches files")]
pub fn read_text(file: &Utf8Path) -> Result<String> {
    fs::read_to_string(file).with_context(|| format!("{file} cannot be read"))
}

/// The bytes of a file that was named by whoever typed the command.
#[allow(clippy::disallowed_methods, reason = "disk touches files")]
pub fn read_bytes(file: &Utf8Path) -> Result<Vec<u8>> {
    fs::read(file).with_context(|| format!("{file} cannot be read"))
}

/// Writes the text of a source file, which has `\n` at its line ends and no byte order mark; the file keeps those that it had. Whoever reads
/// meanwhile sees all of the old file or all of the new one.
#[allow(clippy::disallowed_methods, reason = "disk touches files")]
pub fn rewrite(root: &Utf8Path, path: &VPath, text: &str) -> Result<()> {
    let file = root.join(path.as_str());
    let old = fs::read(&file).with_context(|| format!("{file} cannot be read"))?;
    let mut new = text.to_owned();
    if old.windows(2).any(|pair| pair == b"\r\n") {
        new = new.replace('\n', "\r\n");
    }
    if old.starts_with("\u{feff}".as_bytes()) {
        new.insert(0, '\u{feff}');
    }
    put(&file, &new, Some(&fs::metadata(&file)?.permissions()))
}

/// Writes a file of Hornbook's own among the sources; whoever reads meanwhile sees all of the old one or all of the new one.
pub fn write(root: &Utf8Path, path: &VPath, text: &str) -> Result<()> {
    put(&root.join(path.as_str()), text, None)
}

#[allow(clippy::disallowed_methods, reason = "disk touches files")]
fn put(file: &Utf8Path, text: &str, permissions: Option<&fs::Permissions>) -> Result<()> {
    let folder = file.parent().context("a file lies in a folder")?;
    let written = folder.join(format!(".{}.tmp", file.file_name().unwrap_or_default()));
    let write = || -> std::io::Result<()> {
        let mut target = fs::File::create(&written)?;
        if let Some(permissions) = permissions {
            target.set_permissions(permissions.clone())?;
        }
        target.write_all(text.as_bytes())?;
        target.sync_all()?;
        fs::rename(&written, file)
    };
    write().with_context(|| {
        // What is left of it would be taken for a source.
        let _ = fs::remove_file(&written);
        format!("{file} cannot be written")
    })
}
