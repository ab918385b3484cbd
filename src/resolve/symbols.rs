//! Every page by its id and by its path, published or not.

use std::collections::HashMap;

use super::site::{PageId, page_id};
use crate::config::Kind;
use crate::diagnostic::{Code, Diagnostic};
use crate::parse::document::Document;
use crate::source::{Drafts, Settings};
use crate::text::{nearest, slugify};

/// Why a page is not published.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Unpublished {
    Draft,
    Scheduled,
    Expired,
}

impl Unpublished {
    /// For a message: "… is …".
    pub(super) fn reason(self) -> &'static str {
        match self {
            Self::Draft => "a draft",
            Self::Scheduled => "not published before its `publish_on`",
            Self::Expired => "past its `expire_on`",
        }
    }
}

/// Whether a document is left out, and why.
pub(super) fn unpublished(document: &Document, settings: &Settings) -> Option<Unpublished> {
    let common = document.meta.common();
    if common.draft && settings.drafts == Drafts::Excluded {
        return Some(Unpublished::Draft);
    }
    let as_of = settings.as_of?;
    if settings.drafts == Drafts::Excluded && common.publish_on.is_some_and(|day| day.0 > as_of) {
        return Some(Unpublished::Scheduled);
    }
    common.expire_on.is_some_and(|day| day.0 <= as_of).then_some(Unpublished::Expired)
}

/// Looks pages up.
pub(super) struct Symbols<'a> {
    by_id: HashMap<&'a str, Vec<(Kind, PageId)>>,
    by_path: HashMap<&'a str, PageId>,
    hidden_ids: HashMap<&'a str, Vec<(Kind, Unpublished)>>,
    hidden_paths: HashMap<&'a str, Unpublished>,
}

/// What an id names.
pub(super) enum Found {
    One(PageId),
    /// Pages of these kinds.
    Many(Vec<Kind>),
    Hidden(Unpublished),
    None,
}

impl<'a> Symbols<'a> {
    /// Over the published `pages`, in the order of their ids, and the `hidden` ones. Two pages of a kind with one id are a problem.
    pub(super) fn new(pages: &'a [&'a Document], hidden: &'a [(&'a Document, Unpublished)]) -> (Self, Vec<Diagnostic>) {
        let mut symbols = Self {
            by_id: HashMap::with_capacity(pages.len()),
            by_path: HashMap::with_capacity(pages.len()),
            hidden_ids: HashMap::new(),
            hidden_paths: HashMap::new(),
        };
        let mut problems = Vec::new();
        for (index, document) in pages.iter().enumerate() {
            let kind = document.kind();
            symbols.by_path.insert(document.path().as_str(), page_id(index));
            let same = symbols.by_id.entry(&document.id).or_default();
            if let Some((_, first)) = same.iter().find(|(other, _)| *other == kind) {
                let first = pages[first.index()];
                let message = format!("two {}s have the id `{}`", kind.name(), document.id);
                problems.push(
                    Diagnostic::new(Code::DuplicateId, document.path(), document.value_range(&[]), message)
                        .note(first.path(), first.value_range(&[]), "the other one")
                        .help("rename one of the files; `slug:` keeps its address"),
                );
                continue;
            }
            same.push((kind, page_id(index)));
        }
        for (document, why) in hidden {
            symbols.hidden_paths.insert(document.path().as_str(), *why);
            symbols.hidden_ids.entry(&document.id).or_default().push((document.kind(), *why));
        }
        (symbols, problems)
    }

    /// The page in the file at `path`.
    pub(super) fn path(&self, path: &str) -> Option<PageId> {
        self.by_path.get(path).copied()
    }

    /// Why the page in the file at `path` is not published.
    pub(super) fn hidden_path(&self, path: &str) -> Option<Unpublished> {
        self.hidden_paths.get(path).copied()
    }

    /// The path that differs from `path` in upper and lower case only.
    pub(super) fn path_in_other_case(&self, path: &str) -> Option<&'a str> {
        let lower = path.to_lowercase();
        let mut found: Vec<&str> = self.by_path.keys().copied().filter(|other| other.to_lowercase() == lower).collect();
        found.sort_unstable();
        found.first().copied()
    }

    /// Paths near to `path`: by spelling, or with the same file name.
    pub(super) fn paths_near(&self, path: &str) -> Vec<&'a str> {
        let mut paths: Vec<&str> = self.by_path.keys().copied().collect();
        paths.sort_unstable();
        let name = path.rsplit('/').next().unwrap_or(path);
        let same_name: Vec<&str> =
            paths.iter().copied().filter(|other| other.rsplit('/').next() == Some(name)).take(3).collect();
        if !same_name.is_empty() {
            return same_name;
        }
        // Their folders alone make no two paths alike.
        let is_near = |other: &&str| !nearest(name, other.rsplit('/').next()).is_empty();
        nearest(path, paths.into_iter().filter(is_near))
    }

    /// The page `id`, of one of `kinds`; of any where that is empty.
    pub(super) fn id(&self, id: &str, kinds: &[Kind]) -> Found {
        let wanted = |kind: &Kind| kinds.is_empty() || kinds.contains(kind);
        let found: Vec<(Kind, PageId)> =
            self.by_id.get(id).into_iter().flatten().filter(|(kind, _)| wanted(kind)).copied().collect();
        match found.as_slice() {
            [(_, page)] => Found::One(*page),
            [] => {
                let hidden = self.hidden_ids.get(id).into_iter().flatten().find(|(kind, _)| wanted(kind));
                hidden.map_or(Found::None, |(_, why)| Found::Hidden(*why))
            }
            many => Found::Many(many.iter().map(|(kind, _)| *kind).collect()),
        }
    }

    /// Ids near to `id`, of one of `kinds`.
    pub(super) fn ids_near(&self, id: &str, kinds: &[Kind]) -> Vec<&'a str> {
        let mut ids: Vec<&str> = self
            .by_id
            .iter()
            .filter(|(_, found)| kinds.is_empty() || found.iter().any(|(kind, _)| kinds.contains(kind)))
            .map(|(id, _)| *id)
            .collect();
        ids.sort_unstable();
        let slug = slugify(id);
        match ids.iter().find(|other| **other == slug) {
            Some(same) => vec![same],
            None => nearest(id, ids),
        }
    }
}
