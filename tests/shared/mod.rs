//! What several tests share: a site to work on, and chance that can be repeated.
#![allow(dead_code, reason = "each test uses a part of it")]

pub mod browser;
pub mod crawl;

use camino::Utf8Path;
use hornbook::disk;
use hornbook::render::add_builtin;
use hornbook::source::{Settings, SourceFile, Sources};
use hornbook::text::VPath;

/// The repository's own site.
pub fn own_site() -> Sources {
    let as_of = Some(jiff::civil::date(2026, 11, 23));
    let root = Utf8Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut loaded = disk::load(root, Settings { as_of, ..Settings::default() }).unwrap();
    assert!(loaded.problems.is_empty(), "{:?}", loaded.problems);
    add_builtin(&mut loaded.sources);
    loaded.sources
}

/// Puts a text file in.
pub fn put(sources: &mut Sources, path: &str, text: &str) {
    sources.insert(SourceFile::new(VPath::new(path).unwrap(), text));
}

/// Chance from a seed (xorshift).
pub struct Chance(pub u64);

impl Chance {
    /// A number below `limit`.
    pub fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 11).unwrap() % limit.max(1)
    }

    /// One of `items`.
    pub fn one_of<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        &items[self.below(items.len())]
    }
}

/// Replaces a part of a text file.
pub fn edit(sources: &mut Sources, path: &str, old: &str, new: &str) {
    let path = VPath::new(path).unwrap();
    let text = sources.files[&path].text.to_string();
    assert!(text.contains(old), "{path} holds no `{old}`");
    sources.insert(SourceFile::new(path, &text.replace(old, new)));
}
