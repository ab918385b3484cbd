//! Lists the files of `themes/default`, so that they travel in the binary.

#![allow(clippy::disallowed_methods, reason = "a build script reads files")]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let manifest = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets it"));
    let theme = manifest.join("themes/default");
    let mut files = Vec::new();
    for part in ["theme.yaml", "drawings.css", "templates", "static"] {
        collect(&theme.join(part), &mut files)?;
    }
    files.sort();
    let mut code = String::from("&[\n");
    for file in files {
        let inside = file.strip_prefix(&manifest).expect("it was found below").to_string_lossy().replace('\\', "/");
        writeln!(code, "    ({inside:?}, include_bytes!({:?}).as_slice()),", file.display().to_string())
            .expect("writing to a string cannot fail");
    }
    code.push_str("]\n");
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets it"));
    fs::write(out.join("builtin_theme.rs"), code)
}

/// Adds `path`, or every file in it but hidden ones.
fn collect(path: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    println!("cargo:rerun-if-changed={}", path.display());
    if !path.is_dir() {
        files.push(path.to_owned());
        return Ok(());
    }
    for entry in fs::read_dir(path)? {
        let entry = entry?;
        if !entry.file_name().to_string_lossy().starts_with('.') {
            collect(&entry.path(), files)?;
        }
    }
    Ok(())
}
