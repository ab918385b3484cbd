//! The default theme in a browser: the repository's own site, published to a folder, and the specs in tests/browser/ on it.
#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "tests touch files, ask the environment and say what they skip"
)]

mod shared;

use std::env;
use std::path::Path;
use std::process::{Command, Stdio};

use camino::Utf8Path;
use hornbook::disk::emit;
use hornbook::text::VPath;
use hornbook::{Cache, compile};
use shared::browser::is_ready;
use shared::{own_site, put};

/// Below a path, so that an address which forgets it leads nowhere.
const BASE: &str = "/some/where/";

/// What every-part.md cites.
const SOURCE: &str = "@article{hornbook-every-part, author={Doe, Jane}, title={A source}, journal={Journal}, year={2020}, doi={10.1000/182}}";

#[test]
fn the_theme_holds_in_a_browser() {
    let specs = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser");
    if !is_ready(&specs) {
        return;
    }
    let mut sources = own_site();
    put(&mut sources, "content/every-part.md", include_str!("browser/every-part.md"));
    let bibliography = VPath::new("content/references.bib").unwrap();
    let known = sources.files.get(&bibliography).map_or("", |file| &file.text);
    let known = format!("{known}\n{SOURCE}\n");
    put(&mut sources, bibliography.as_str(), &known);
    sources.settings.base_url = Some(format!("https://example.org{BASE}"));
    let compilation = compile(&sources, &Cache::default());
    let output = compilation.output.unwrap_or_else(|| panic!("{:#?}", compilation.diagnostics));
    let place = tempfile::tempdir().unwrap();
    let folder = Utf8Path::from_path(place.path()).unwrap().join("site");
    emit(&output, &folder, &[]).unwrap();

    let mut node = Command::new("node");
    node.arg(specs.join("run.mjs")).args([folder.as_str(), BASE]);
    // Some specs alone: HORNBOOK_BROWSER_SPECS="print layout".
    node.args(env::var("HORNBOOK_BROWSER_SPECS").unwrap_or_default().split_whitespace());
    let ended = node.stdin(Stdio::null()).status().unwrap();
    assert!(ended.success(), "specs failed: what is above says which, on what page");
}
