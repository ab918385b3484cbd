//! What one file says, independent of every other file.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::attributes::Named;
use super::body::{Body, ReferenceId};
use super::claims::Claims;
use super::field::{Field, Origin};
use super::front_matter::Meta;
use super::outline::Block;
use super::positions::Positions;
use super::question::Question;
use crate::config::Kind;
use crate::diagnostic::Diagnostic;
use crate::source::SourceFile;
use crate::text::{Fingerprint, TextRange, VPath};
use crate::yaml::{self, Step};

/// One content file, parsed. Nothing in it depends on another file, so it can be kept for as long as its text stays the same.
#[derive(Debug)]
pub struct Document {
    /// The file.
    pub source: Arc<SourceFile>,
    /// The id: the file's name without its extension; for an `index.md`, its folder's name.
    pub id: String,
    /// The front matter.
    pub meta: Meta,
    /// The bytes of the front matter's YAML.
    pub front_matter: TextRange,
    /// The text under the front matter.
    pub body: Body,
    /// The Markdown of the front matter, compiled, by field and index.
    pub fields: BTreeMap<(Field, usize), Body>,
    /// The headings of the body, in order.
    pub headings: Vec<Heading>,
    /// The blocks of the body, in order.
    pub outline: Vec<Block>,
    /// The questions of the body, in order.
    pub questions: Vec<Question>,
    /// What it links to, body and fields; [`ReferenceId`] is an index into it.
    pub references: Vec<Reference>,
    /// What it links to on other sites, body and fields.
    pub addresses: Vec<Address>,
    /// What it cites, in reading order; [`CitationId`](super::body::CitationId) is an index into it.
    pub citations: Vec<Citation>,
    /// What it claims.
    pub claims: Claims,
    /// The care cards that it shows by their names, and where it says so.
    pub cards: Vec<(String, TextRange)>,
    /// The picture that the front matter names.
    pub figure: Option<ReferenceId>,
    /// Of everything that names in the texts of other documents can mean by it: where it lies, what it is called, its headings.
    pub names: Fingerprint,
    /// Words in capitals that nothing in it explains, each where it comes first.
    pub acronyms: Vec<Acronym>,
    /// Words in the body.
    pub words: usize,
    /// Pictures in the body.
    pub figures: usize,
    /// Where its fields stand; only for a preview.
    pub positions: Option<Box<Positions>>,
    /// What is wrong with this file alone.
    pub problems: Vec<Diagnostic>,
}

impl Document {
    /// A document whose Markdown is not compiled yet.
    pub(super) fn new(
        source: Arc<SourceFile>,
        id: String,
        meta: Meta,
        front_matter: TextRange,
        problems: Vec<Diagnostic>,
    ) -> Self {
        Self {
            source,
            id,
            meta,
            front_matter,
            body: Body::default(),
            fields: BTreeMap::new(),
            headings: Vec::new(),
            outline: Vec::new(),
            questions: Vec::new(),
            references: Vec::new(),
            addresses: Vec::new(),
            citations: Vec::new(),
            claims: Claims::default(),
            cards: Vec::new(),
            figure: None,
            names: Fingerprint::default(),
            acronyms: Vec::new(),
            words: 0,
            figures: 0,
            positions: None,
            problems,
        }
    }

    /// Where the file lies.
    pub fn path(&self) -> &VPath {
        &self.source.path
    }

    /// Its kind.
    pub fn kind(&self) -> Kind {
        self.meta.kind()
    }

    /// The first folder under `content/`; empty for files in `content/` itself.
    pub fn folder(&self) -> &str {
        let inside = self.path().strip_folder("content").unwrap_or_default();
        inside.split_once('/').map_or("", |(folder, _)| folder)
    }

    /// The compiled Markdown of a field, if it has any.
    pub fn field(&self, field: Field, index: usize) -> Option<&Body> {
        self.fields.get(&(field, index))
    }

    /// The range of the front matter's value at `path`.
    pub fn value_range(&self, path: &[Step]) -> TextRange {
        yaml::locate(&self.source, self.front_matter, path)
    }

    /// The range in the file of `range` as counted in `origin`. Front matter is only searched now that somebody asks.
    pub fn locate(&self, origin: Origin, range: TextRange) -> TextRange {
        match origin {
            Origin::Body => range,
            Origin::Field(field, index) => {
                let value = self.value_range(&field.path(index));
                field_range(&self.source, value, self.meta.markdown(field, index).unwrap_or_default(), range)
            }
        }
    }
}

/// The range in the file of `range` in the Markdown `text` of a front-matter value at `value`: exact where the value is written as
/// it reads, all of the value where it is folded or escaped.
pub fn field_range(source: &SourceFile, value: TextRange, text: &str, range: TextRange) -> TextRange {
    match source.text[value.within(&source.text).bytes()].find(text) {
        Some(offset) => range.shifted(value.start as usize + offset),
        None => value,
    }
}

/// A word in capitals.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Acronym {
    /// In the singular.
    pub text: String,
    /// What it stands in.
    pub origin: Origin,
    /// Where, as counted there.
    pub range: TextRange,
}

/// A heading of the body.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// Its id on the page.
    pub id: String,
    /// Its text without markup.
    pub text: String,
    /// The ids of the objectives that its section teaches, and where it names them.
    pub teaches: Vec<Named>,
    /// Where it stands.
    pub range: TextRange,
}

/// A link, not yet followed.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Reference {
    /// What it points at.
    pub link: Link,
    /// As the author wrote it.
    pub written: String,
    /// Which text the range counts in.
    pub origin: Origin,
    /// Where it stands.
    pub range: TextRange,
}

/// A link to another site.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Address {
    /// `http` or `https`, as the author wrote it.
    pub url: String,
    /// Which text the range counts in.
    pub origin: Origin,
    /// Where the link stands.
    pub range: TextRange,
}

/// What a link within the site points at.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Link {
    /// A file, and perhaps a place on its page.
    File(VPath, Option<String>),
    /// `[[id]]`, perhaps with its kind, perhaps with a place on its page.
    Id(Option<Kind>, String, Option<String>),
    /// `[[facet:value]]`, and perhaps a place on its page, which has none.
    Facet(String, String, Option<String>),
    /// A place on the same page.
    Anchor(String),
    /// A picture to show.
    Image(VPath),
    /// A path that leaves the site.
    Outside,
}

/// `[@a; against @b, p. 3; limited]`
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Citation {
    /// What is cited.
    pub items: Vec<CitationItem>,
    /// How sure the claim is that they stand behind, and where it says so: one of the site's words for it.
    pub evidence: Option<(String, TextRange)>,
    /// Which text the ranges count in.
    pub origin: Origin,
}

/// One source of a [`Citation`].
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct CitationItem {
    /// Its key in the bibliography.
    pub key: String,
    /// Where in it: `p. 3`. May be empty.
    pub locator: String,
    /// Whether it speaks against the claim.
    pub against: bool,
    /// Where the key stands.
    pub range: TextRange,
}
