//! What a preview writes into pages about their sources is all that differs from what is published.
#![allow(clippy::unwrap_used, reason = "a panic is a test's failure")]

mod shared;

use hornbook::{Cache, compile};
use shared::own_site;

/// Without its attributes that say where something stands.
fn plain(html: &str) -> String {
    let mut pieces = html.split(" data-source=\"");
    let first = pieces.next().unwrap().to_owned();
    pieces.fold(first, |out, piece| out + piece.split_once('"').unwrap().1)
}

#[test]
fn a_preview_differs_from_what_is_published_by_its_positions_alone() {
    let mut sources = own_site();
    let published = compile(&sources, &Cache::default());
    sources.settings.positions = true;
    let preview = compile(&sources, &published.cache);
    assert_eq!(format!("{:?}", preview.diagnostics), format!("{:?}", published.diagnostics));
    let (published, shown) = (published.output.unwrap(), preview.output.as_ref().unwrap());
    assert!(published.files.keys().eq(shown.files.keys()));
    let mut positions = 0;
    for (path, bytes) in &shown.files {
        if !path.as_str().ends_with(".html") {
            continue;
        }
        let (shown, published) = (str::from_utf8(bytes).unwrap(), str::from_utf8(&published.files[path]).unwrap());
        assert!(!published.contains("data-source="), "{path} is published with positions");
        assert_eq!(plain(shown), published, "{path}");
        positions += shown.matches(" data-source=\"content/").count();
    }
    assert!(positions > 2_000, "only {positions} positions");
    // And back: what a preview remembers is not published.
    sources.settings.positions = false;
    assert!(compile(&sources, &preview.cache).output.unwrap() == published);
}
