//! The immutable snapshot of everything a compilation reads: no file is opened after it is made.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::text::{Fingerprint, VPath};

/// One text file: content, configuration, bibliography or template.
#[derive(Debug)]
pub struct SourceFile {
    /// Where it lies, from the site's root.
    pub path: VPath,
    /// Its text: UTF-8, without a byte order mark, lines ended by `\n`.
    pub text: Arc<str>,
    /// Of path and text.
    pub fingerprint: Fingerprint,
}

impl SourceFile {
    /// A file with this text; a byte order mark is dropped and `\r\n` becomes `\n`, so that the same text compiles to the same
    /// bytes whichever editor saved it.
    pub fn new(path: VPath, text: &str) -> Self {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let text: Arc<str> = if text.contains('\r') { text.replace("\r\n", "\n").into() } else { text.into() };
        let fingerprint = Fingerprint::of(&(&path, &*text));
        Self { path, text, fingerprint }
    }
}

/// One binary file: a picture, a document, a theme's stylesheet.
#[derive(Clone, Debug)]
pub struct Asset {
    /// Its bytes.
    pub bytes: Arc<[u8]>,
    /// Of the bytes.
    pub fingerprint: Fingerprint,
}

impl Asset {
    /// An asset with these bytes.
    pub fn new(bytes: impl Into<Arc<[u8]>>) -> Self {
        let bytes = bytes.into();
        Self { fingerprint: Fingerprint::of(&*bytes), bytes }
    }
}

/// What a compilation is told beside the files: never read from the environment or the clock.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Settings {
    /// Takes the place of `base_url` in site.yaml.
    pub base_url: Option<String>,
    /// Whether drafts are published.
    pub drafts: Drafts,
    /// The day on which publish, expire and review dates are judged; without it no date is due.
    pub as_of: Option<jiff::civil::Date>,
    /// Whether pages say where in the sources each of their blocks stands: for a preview, never to be published.
    pub positions: bool,
}

/// Whether drafts are published.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Drafts {
    /// Left out; links to them are errors.
    #[default]
    Excluded,
    /// Published, marked as drafts and kept from search engines.
    Included,
}

/// All inputs of one compilation, by path. Content lies under `content/`, themes under `themes/<name>/`.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    /// Text files.
    pub files: BTreeMap<VPath, Arc<SourceFile>>,
    /// Everything else.
    pub assets: BTreeMap<VPath, Asset>,
    /// What the caller asked for.
    pub settings: Settings,
}

impl Sources {
    /// Adds a text file, in place of one at the same path.
    pub fn insert(&mut self, file: SourceFile) {
        self.files.insert(file.path.clone(), Arc::new(file));
    }

    /// The text of `path`, if it is a text file of this snapshot.
    pub fn text(&self, path: &VPath) -> Option<&str> {
        self.files.get(path).map(|file| &*file.text)
    }
}
