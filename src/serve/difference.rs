//! What is other than before: source files, and published ones.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::render::{Edition, Output};
use crate::source::Sources;
use crate::text::VPath;

/// The paths whose content is not the same in both, and whether one of them is gone or has become empty.
pub(super) fn differences(before: &Sources, after: &Sources) -> (Vec<VPath>, bool) {
    let mut moved = Vec::new();
    let mut has_lost = false;
    for (path, file) in &before.files {
        match after.files.get(path) {
            Some(now) if now.fingerprint == file.fingerprint => {}
            now => {
                has_lost |= now.is_none_or(|now| now.text.is_empty());
                moved.push(path.clone());
            }
        }
    }
    for (path, asset) in &before.assets {
        match after.assets.get(path) {
            Some(now) if now.fingerprint == asset.fingerprint => {}
            now => {
                has_lost |= now.is_none_or(|now| now.bytes.is_empty());
                moved.push(path.clone());
            }
        }
    }
    moved.extend(after.files.keys().filter(|path| !before.files.contains_key(*path)).cloned());
    moved.extend(after.assets.keys().filter(|path| !before.assets.contains_key(*path)).cloned());
    moved.sort();
    (moved, has_lost)
}

/// The files that are new, gone or different: of all files where both sites are whole, else of those that are no pages.
pub(super) fn changed(outputs: [Option<&Output>; 2], editions: [&Edition; 2]) -> Vec<String> {
    match outputs {
        [Some(before), Some(after)] => different(&by_path(before), &by_path(after)),
        _ => different(&editions[0].assets(), &editions[1].assets()),
    }
}

fn by_path(output: &Output) -> BTreeMap<&str, &Arc<[u8]>> {
    output.files.iter().map(|(path, bytes)| (path.as_str(), bytes)).collect()
}

fn different(before: &BTreeMap<&str, &Arc<[u8]>>, after: &BTreeMap<&str, &Arc<[u8]>>) -> Vec<String> {
    let is_same =
        |path: &str, bytes: &Arc<[u8]>| before.get(path).is_some_and(|old| Arc::ptr_eq(old, bytes) || *old == bytes);
    let changed = after.iter().filter(|(path, bytes)| !is_same(path, bytes)).map(|(path, _)| *path);
    let gone = before.keys().filter(|path| !after.contains_key(**path)).copied();
    changed.chain(gone).map(str::to_owned).collect()
}
