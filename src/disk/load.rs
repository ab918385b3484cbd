//! The site's folders → `Sources`: every file is read once, in parallel, and none is opened again.
#![allow(clippy::disallowed_methods)]

use std::fs::File;
use std::io::{self, Read};
use std::str::Utf8Error;
use std::sync::Arc;

use anyhow::{Context, Result, bail};
use camino::{Utf8Path, Utf8PathBuf};
use rayon::prelude::*;

use super::find::{self, Found};
use super::names;
use crate::diagnostic::{self, Code, Diagnostic};
use crate::source::{Asset, Settings, SourceFile, Sources};
use crate::text::{TextRange, VPath};

/// The file that makes a folder a site.
const SITE: &str = "content/site.yaml";

const MIB: u64 = 1 << 20;

/// The longest text that is read.
const LONGEST_TEXT: u64 = 16 * MIB;

/// The largest other file that is read.
const LARGEST_ASSET: u64 = 64 * MIB;

/// What `load` found.
#[derive(Debug)]
pub struct Loaded {
    /// Every file that could be read.
    pub sources: Sources,
    /// What is wrong with the others, sorted.
    pub problems: Vec<Diagnostic>,
}

/// Reads everything in `content/` and `themes/` of `root`.
///
/// Fails if a folder cannot be listed or a file not read. A file with a name, text or size that no site can have is a diagnostic.
pub fn load(root: &Utf8Path, settings: Settings) -> Result<Loaded> {
    let finds = find::find(root, &["content", "themes"])?;
    let read: Vec<(Content, Option<Diagnostic>)> = finds.files.into_par_iter().map(read).collect::<Result<_>>()?;
    let mut sources = Sources { settings, ..Sources::default() };
    let mut problems = finds.problems;
    for (content, problem) in read {
        match content {
            Content::Text(file) => {
                sources.files.insert(file.path.clone(), file);
            }
            Content::Asset(path, asset) => {
                sources.assets.insert(path, asset);
            }
            Content::Nothing => {}
        }
        problems.extend(problem);
    }
    diagnostic::sort(&mut problems);
    Ok(Loaded { sources, problems })
}

/// The site that `start` lies in: the nearest folder, from `start` upwards, with a `content/site.yaml`.
///
/// Fails if there is none.
pub fn find_root(start: &Utf8Path) -> Result<Utf8PathBuf> {
    let absolute = camino::absolute_utf8(start).with_context(|| format!("cannot make `{start}` absolute"))?;
    match absolute.ancestors().find(|folder| folder.join(SITE).is_file()) {
        Some(root) => Ok(root.to_owned()),
        None => bail!("no `{SITE}` in `{absolute}` or any folder above it: run hornbook inside the site's folder"),
    }
}

/// What was made of a file.
#[derive(Clone, Debug)]
pub(super) enum Content {
    Text(Arc<SourceFile>),
    Asset(VPath, Asset),
    /// It could not be read as what its name says.
    Nothing,
}

/// Reads a file, and says what is wrong with it.
///
/// Fails if it cannot be read.
pub(super) fn read(found: Found) -> Result<(Content, Option<Diagnostic>)> {
    let Found { path, real } = found;
    let is_text = names::is_text(path.extension());
    let limit = if is_text { LONGEST_TEXT } else { LARGEST_ASSET };
    let Some(bytes) = read_up_to(&real, limit).with_context(|| format!("cannot read `{real}`"))? else {
        let kind = if is_text { "text" } else { "a file" };
        let message = format!("`{path}` is larger than {} MiB, the most that {kind} may have", limit / MIB);
        let problem = Diagnostic::new(Code::TooLarge, &path, TextRange::default(), message);
        return Ok((Content::Nothing, Some(problem.help("make it smaller, split it, or link to it elsewhere"))));
    };
    if !is_text {
        return Ok((Content::Asset(path, Asset::new(bytes)), None));
    }
    match str::from_utf8(&bytes) {
        Ok(text) => {
            let file = SourceFile::new(path, text);
            let problem = control_characters(&file);
            Ok((Content::Text(Arc::new(file)), problem))
        }
        Err(error) => Ok((Content::Nothing, Some(not_utf8(&path, &bytes, error)))),
    }
}

/// The bytes of the file at `path`; `None` if there are more than `limit`, even if it grows while it is read.
fn read_up_to(path: &Utf8Path, limit: u64) -> io::Result<Option<Vec<u8>>> {
    let file = File::open(path)?;
    let length = file.metadata()?.len();
    if length > limit {
        return Ok(None);
    }
    let mut bytes = Vec::with_capacity(usize::try_from(length).unwrap_or(0) + 1);
    file.take(limit + 1).read_to_end(&mut bytes)?;
    Ok((bytes.len() as u64 <= limit).then_some(bytes))
}

fn not_utf8(path: &VPath, bytes: &[u8], error: Utf8Error) -> Diagnostic {
    let offset = error.valid_up_to();
    let message = match bytes {
        [0xff, 0xfe, 0, 0, ..] => format!("`{path}` is UTF-32 (little-endian), not UTF-8"),
        [0xff, 0xfe, ..] => format!("`{path}` is UTF-16 (little-endian), not UTF-8"),
        [0xfe, 0xff, ..] => format!("`{path}` is UTF-16 (big-endian), not UTF-8"),
        _ => {
            let line = bytes[..offset].iter().filter(|byte| **byte == b'\n').count() + 1;
            let what = match error.error_len() {
                Some(_) => format!("{:#04x}", bytes[offset]),
                None => "a character that is cut off".to_owned(),
            };
            format!("`{path}` is not UTF-8: {what} at byte offset {offset}, in line {line}")
        }
    };
    Diagnostic::new(Code::InvalidUtf8, path, TextRange::at(offset), message).help("save it as UTF-8 in your editor")
}

/// The first character of `file` that no page can show; one problem a file, because there are seldom few.
fn control_characters(file: &SourceFile) -> Option<Diagnostic> {
    // Every such character has one of these bytes, and hardly any other text does.
    if !file.text.bytes().any(|byte| matches!(byte, 0..=8 | 0xb | 0xc | 0xe..=0x1f | 0x7f | 0xc2 | 0xef)) {
        return None;
    }
    let mut found = file.text.char_indices().filter(|(_, character)| is_unshowable(*character));
    let (offset, character) = found.next()?;
    let more = match found.count() {
        0 => String::new(),
        more => format!(" (and {more} more)"),
    };
    let message = format!("U+{:04X} is a character that no page can show{more}", u32::from(character));
    let range = TextRange::new(offset, offset + character.len_utf8());
    Some(Diagnostic::new(Code::ControlCharacter, &file.path, range, message).help("delete it"))
}

/// Controls but tab and line ends, and the two characters that XML cannot hold.
fn is_unshowable(character: char) -> bool {
    (character.is_control() && !matches!(character, '\t' | '\n' | '\r')) || matches!(character, '\u{fffe}' | '\u{ffff}')
}
