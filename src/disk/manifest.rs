//! The list of the files that Hornbook wrote into a folder. Only files that stand in it are ever removed.
//!
//! ```text
//! hornbook manifest 1
//! 2d06800538d394c2e1c6b1a4bb6b1e6d anatomy/joints/index.html
//! ```
//!
//! One line a file, sorted by path: the XXH3 hash (128 bits) of its bytes, so that a published folder can be proved whole, and
//! its path. It is no cache: whether a file changed is decided by its bytes.

use std::collections::BTreeSet;
use std::fmt::Write;

use rayon::prelude::*;
use xxhash_rust::xxh3::xxh3_128;

use crate::render::Output;

/// The manifest's name in the published folder.
pub const MANIFEST: &str = ".hornbook-manifest";

const VERSION: &str = "hornbook manifest 1";

/// The manifest of `output`.
pub(super) fn of(output: &Output) -> String {
    let hashes: Vec<u128> = output.files.par_iter().map(|(_, bytes)| xxh3_128(bytes)).collect();
    let mut text = format!("{VERSION}\n");
    for (path, hash) in output.files.keys().zip(hashes) {
        writeln!(text, "{hash:032x} {path}").expect("writing to a String does not fail");
    }
    text
}

/// The paths that the manifest `bytes` lists: none if this version cannot read it, so that nothing passes for Hornbook's by
/// mistake. A line that a kill cut short lists a file that does not exist, which does no harm.
pub(super) fn paths(bytes: &[u8]) -> BTreeSet<String> {
    let Ok(text) = str::from_utf8(bytes) else {
        return BTreeSet::new();
    };
    let mut lines = text.lines();
    if lines.next() != Some(VERSION) {
        return BTreeSet::new();
    }
    lines.filter_map(|line| line.split_once(' ')).map(|(_, path)| path.to_owned()).collect()
}
