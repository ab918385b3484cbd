//! A site → the addresses that it links to on other sites, each with every place that names it.

use std::collections::BTreeMap;

use globset::{GlobSet, GlobSetBuilder};

use crate::config::{self, Config, pattern};
use crate::diagnostic::Location;
use crate::parse::bibliography::identifier;
use crate::parse::document::Document;
use crate::parse::field_range;
use crate::resolve::site::Site;
use crate::source::Sources;
use crate::text::{TextRange, VPath};
use crate::yaml::{self, Step};

/// An address on another site.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Link {
    /// The address, without the place on its page.
    pub url: String,
    /// Whether it is that of a DOI, which its registry knows or does not: where it leads then is not asked.
    pub is_doi: bool,
    /// Where it is written, in order.
    pub places: Vec<Location>,
}

/// Every address that a site links to in its pages, its bibliography and site.yaml, in order: but for the site's own, and those that
/// `external: {skip: …}` in site.yaml names. Drafts count: what they link to will be published.
pub fn links(site: &Site, sources: &Sources) -> Vec<Link> {
    let mut found: BTreeMap<String, Vec<Location>> = BTreeMap::new();
    let mut add = |url: &str, path: &VPath, range: TextRange| {
        let url = url.split('#').next().unwrap_or_default();
        found.entry(url.to_owned()).or_default().push(Location { path: path.clone(), range });
    };
    let pages = site.pages.iter().map(|page| &*page.document);
    let documents: Vec<&Document> = pages.chain(site.unpublished.iter().map(|document| &**document)).collect();
    for document in documents {
        for address in &document.addresses {
            add(&address.url, document.path(), document.locate(address.origin, address.range));
        }
    }
    for entry in site.bibliography.entries.values() {
        if let (Some(url), Some((_, range))) = (&entry.url, &entry.doi)
            && identifier::is_of_doi(url)
        {
            add(url, &site.bibliography.path, *range);
        }
        if let Some((url, range)) = &entry.address
            && identifier::is_web_address(url)
            && entry.url.as_ref().is_none_or(|other| other == url || identifier::doi(other) != identifier::doi(url))
        {
            add(url, &site.bibliography.path, *range);
        }
    }
    let site_file = VPath::new(config::PATH).expect("the path is relative");
    if let (Some(note), Some(file)) = (&site.handout_note, sources.files.get(&site_file)) {
        let path = [Step::key("handout"), Step::key("note")];
        let value = yaml::locate(file, TextRange::new(0, file.text.len()), &path);
        for address in &note.document.addresses {
            add(&address.url, &site_file, field_range(file, value, &note.document.source.text, address.range));
        }
    }
    for (path, url) in of_config(&site.config) {
        let file = sources.files.get(&site_file);
        let at = file.map(|file| yaml::locate(file, TextRange::new(0, file.text.len()), &path));
        add(url, &site_file, at.unwrap_or_default());
    }
    let skipped = skipped(&site.config);
    let is_wanted = |url: &str| !url.starts_with(&site.config.base_url) && !skipped.is_match(url);
    let links = found.into_iter().filter(|(url, _)| is_wanted(url));
    let links = links.map(|(url, mut places)| {
        places.sort();
        places.dedup();
        Link { is_doi: identifier::is_of_doi(&url) && identifier::doi(&url).is_some(), url, places }
    });
    links.collect()
}

/// The addresses of site.yaml, and where they stand in it.
fn of_config(config: &Config) -> Vec<(Vec<Step>, &str)> {
    let named = |key: &'static str, link: &'_ Option<config::Link>| {
        link.as_ref().and(Some(vec![Step::key(key), Step::key("url")]))
    };
    let licence = named("licence", &config.licence).zip(config.licence.as_ref().and_then(|link| link.url.as_deref()));
    let publisher =
        named("publisher", &config.publisher).zip(config.publisher.as_ref().and_then(|link| link.url.as_deref()));
    let authors = config.authors.iter().enumerate().filter_map(|(index, author)| {
        Some((vec![Step::key("authors"), Step::Index(index), Step::key("url")], author.url.as_deref()?))
    });
    let all = licence.into_iter().chain(publisher).chain(authors);
    all.filter(|(_, url)| identifier::is_web_address(url)).collect()
}

fn skipped(config: &Config) -> GlobSet {
    let mut set = GlobSetBuilder::new();
    for glob in config.external.skip.iter().filter_map(|glob| pattern(glob).ok()) {
        set.add(glob);
    }
    set.build().unwrap_or_default()
}
