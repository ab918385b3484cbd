//! The preview in a browser: `hornbook serve` on a copy of the repository's site, and the specs in tests/browser/preview/ on it.
#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "tests touch files, ask the environment and say what they skip"
)]

mod shared;

use std::env;
use std::path::Path;
use std::process::{Command, Stdio};

use shared::browser::is_ready;

#[test]
fn the_preview_holds_in_a_browser() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let specs = root.join("tests/browser");
    if !is_ready(&specs) {
        return;
    }
    let mut node = Command::new("node");
    node.arg(specs.join("preview.mjs")).arg(root).arg(env!("CARGO_BIN_EXE_hornbook"));
    // Some specs alone: HORNBOOK_BROWSER_SPECS="morph lenses".
    node.args(env::var("HORNBOOK_BROWSER_SPECS").unwrap_or_default().split_whitespace());
    let ended = node.stdin(Stdio::null()).status().unwrap();
    assert!(ended.success(), "specs failed: what is above says which, and on what page");
}
