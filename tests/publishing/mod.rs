//! What the tests of publishing share.
#![allow(dead_code, reason = "each test uses a part of it")]

#[path = "../../examples/emit_tree.rs"]
mod emit_tree;

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::ffi::OsStrExt;

use camino::{Utf8Path, Utf8PathBuf};
pub use emit_tree::tree;
use hornbook::disk::{Emitted, MANIFEST, emit};
use hornbook::render::Output;
use tempfile::TempDir;

/// A folder of its own for a test: `place/out` is where sites go.
pub struct Place {
    _directory: TempDir,
    pub parent: Utf8PathBuf,
    pub out: Utf8PathBuf,
}

impl Place {
    pub fn new() -> Self {
        let directory = tempfile::tempdir().unwrap();
        let parent = Utf8Path::from_path(directory.path()).unwrap().canonicalize_utf8().unwrap();
        Self { _directory: directory, out: parent.join("out"), parent }
    }

    pub fn write(&self, path: &str, text: &str) {
        let path = self.parent.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub fn emit(&self, output: &Output) -> Emitted {
        emit(output, &self.out, &[]).unwrap()
    }

    /// Publishing fails, says `words`, and changes nothing anywhere.
    #[track_caller]
    pub fn refuses(&self, output: &Output, folder: &Utf8Path, protected: &[Utf8PathBuf], words: &str) {
        let before = snapshot(&self.parent);
        let error = format!("{:#}", emit(output, folder, protected).expect_err("publishing is refused"));
        assert!(error.contains(words), "{error}\ndoes not say\n{words}");
        assert_eq!(before, snapshot(&self.parent), "{error}");
    }

    /// The published folder is `output` and its manifest, and beside it lies nothing.
    #[track_caller]
    pub fn holds(&self, output: &Output) {
        assert_eq!(snapshot(&self.out), published(output));
        let beside: Vec<_> = fs::read_dir(&self.parent).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        assert_eq!(beside, ["out"]);
    }
}

pub type Snapshot = BTreeMap<String, Vec<u8>>;

/// Everything below `root`, and `root` itself: files with their bytes, links with their targets, folders.
pub fn snapshot(root: &Utf8Path) -> Snapshot {
    let entries = walkdir::WalkDir::new(root).follow_root_links(false).into_iter().map(|entry| {
        let entry = entry.unwrap();
        let name = entry.path().strip_prefix(root).unwrap().to_string_lossy().into_owned();
        let kind = entry.file_type();
        if kind.is_file() {
            (name, fs::read(entry.path()).unwrap())
        } else if kind.is_symlink() {
            (format!("{name} link"), fs::read_link(entry.path()).unwrap().as_os_str().as_bytes().to_vec())
        } else {
            (format!("{name}/"), Vec::new())
        }
    });
    entries.collect()
}

/// What a folder holds in which `output` was published, made without `emit`.
pub fn published(output: &Output) -> Snapshot {
    let mut snapshot = Snapshot::from([("/".to_owned(), Vec::new())]);
    let mut manifest = "hornbook manifest 1\n".to_owned();
    for (path, bytes) in &output.files {
        manifest += &format!("{:032x} {path}\n", xxhash_rust::xxh3::xxh3_128(bytes));
        snapshot.insert(path.to_string(), bytes.to_vec());
        for folder in Utf8Path::new(path.as_str()).ancestors().skip(1).filter(|folder| *folder != "") {
            snapshot.insert(format!("{folder}/"), Vec::new());
        }
    }
    snapshot.insert(MANIFEST.to_owned(), manifest.into_bytes());
    snapshot
}
