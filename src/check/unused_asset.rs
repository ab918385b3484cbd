//! `unused-asset`: a file that no page shows or links to.

use std::collections::BTreeSet;

use crate::config;
use crate::diagnostic::{Code, Diagnostic};
use crate::parse::document::Link;
use crate::resolve::site::Site;
use crate::source::Sources;
use crate::text::{TextRange, VPath};

/// Files that are no pages, and that the compiler itself reads.
const READ: &[&str] = &[config::PATH, "content/search.yaml", "content/references.bib", "content/links.lock"];

pub(super) fn check(site: &Site, sources: &Sources) -> Vec<Diagnostic> {
    let maps = site.config.exercises.facets.iter().filter_map(|facet| facet.map.as_ref());
    let of_site = VPath::new(config::PATH).expect("the path is relative");
    let maps: BTreeSet<VPath> = maps.filter_map(|map| of_site.refer(map)).collect();
    // What a draft shows will be used.
    let drafts = site.unpublished.iter().flat_map(|document| &document.references);
    let drafts: BTreeSet<&VPath> = drafts
        .filter_map(|reference| match &reference.link {
            Link::Image(path) | Link::File(path, _) => Some(path),
            Link::Id(..) | Link::Facet(..) | Link::Anchor(_) | Link::Outside => None,
        })
        .collect();
    let is_candidate = |path: &&VPath| {
        let inside = path.strip_folder("content");
        inside.is_some_and(|inside| !inside.starts_with("static/"))
            && path.extension() != "md"
            && !READ.contains(&path.as_str())
    };
    let files = sources.files.keys().chain(sources.assets.keys()).filter(is_candidate);
    let unused =
        files.filter(|path| !site.assets.contains_key(*path) && !maps.contains(*path) && !drafts.contains(*path));
    unused
        .map(|path| {
            Diagnostic::new(Code::UnusedAsset, path, TextRange::default(), "no page shows this file or links to it")
                .help("delete it, or show it; what is to be published as it is belongs in `content/static/`")
        })
        .collect()
}
