//! Addresses: no two pages share one, and old ones lead somewhere.

use std::collections::{BTreeMap, HashMap};

use super::site::{Page, PageId, page_id};
use crate::config::{Config, Kind};
use crate::diagnostic::{Code, Diagnostic};
use crate::parse::document::Document;
use crate::text::slugify;
use crate::yaml::Step;

/// The public address of a content file.
pub(super) fn url_of(document: &Document) -> String {
    let inside = document.path().strip_folder("content").unwrap_or_default();
    let (folder, name) = inside.rsplit_once('/').unwrap_or(("", inside));
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let mut url = String::new();
    for part in folder.split('/').filter(|part| !part.is_empty()) {
        url += &slugify(part);
        url.push('/');
    }
    let slug = document.meta.common().slug.clone().unwrap_or_else(|| slugify(stem));
    match (document.kind(), stem) {
        (_, "index") => url,
        (Kind::Term, _) if document.body.segments.is_empty() => format!("glossary/#{slug}"),
        (_, _) => format!("{url}{slug}/"),
    }
}

/// Two pages at one address, in any case of letters: some hosts do not tell them apart.
pub(super) fn check_urls(pages: &[&Document], urls: &[String], config: &Config) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    let generated = generated_urls(pages, config);
    let mut seen: HashMap<String, usize> = HashMap::with_capacity(urls.len());
    for (index, url) in urls.iter().enumerate() {
        let document = pages[index];
        let lower = url.to_lowercase();
        let own = url.strip_suffix('/').unwrap_or(url).rsplit(['/', '#']).next().unwrap_or_default();
        let is_gap = url.starts_with('/') || url.contains("//");
        if is_gap || (own.is_empty() && document.path().stem() != "index") {
            let message = "the name of this file or of a folder around it gives no address";
            let problem = Diagnostic::new(Code::InvalidSlug, document.path(), document.value_range(&[]), message)
                .help("give it a name with letters or digits, or the file a `slug:`");
            problems.push(problem);
            continue;
        }
        if let Some(what) = generated.get(&lower).filter(|_| document.kind() != Kind::Section) {
            let message = format!("`/{url}` is the address of {what}");
            problems.push(
                Diagnostic::new(Code::DuplicateUrl, document.path(), document.value_range(&[]), message)
                    .help("rename the file, or give it a `slug:`"),
            );
            continue;
        }
        match seen.get(&lower) {
            None => {
                seen.insert(lower, index);
            }
            Some(first) => {
                let first = pages[*first];
                let message = format!("`/{url}` is the address of two pages");
                problems.push(
                    Diagnostic::new(Code::DuplicateUrl, document.path(), document.value_range(&[]), message)
                        .note(first.path(), first.value_range(&[]), "the other one")
                        .help("give one of them another `slug:`"),
                );
            }
        }
    }
    problems
}

/// The addresses of pages that no content file stands for.
fn generated_urls(pages: &[&Document], config: &Config) -> HashMap<String, &'static str> {
    let mut urls: HashMap<String, &'static str> = HashMap::new();
    urls.extend(config.sections.iter().map(|section| (format!("{}/", section.id), "a section")));
    if pages.iter().any(|page| page.kind() == Kind::Exercise) {
        urls.insert("exercises/".to_owned(), "the exercise index");
        urls.insert("handout/".to_owned(), "the page that puts handouts together");
        for facet in &config.exercises.facets {
            urls.extend(
                facet.values.iter().map(|value| (format!("exercises/{}/{}/", facet.id, value.id), "a facet's page")),
            );
        }
    }
    if pages.iter().any(|page| page.kind() == Kind::Term) {
        urls.insert("glossary/".to_owned(), "the glossary");
    }
    urls.insert("sources/".to_owned(), "the page of sources");
    urls.insert("evidence/".to_owned(), "the page of all claims");
    urls.insert("search/".to_owned(), "the search page");
    urls.insert("map/".to_owned(), "the learning map");
    urls.insert("assets/".to_owned(), "the folder of assets");
    urls
}

/// Old addresses. One that a page has, or that two pages claim, is a problem.
pub(super) fn redirects(pages: &[Page]) -> (BTreeMap<String, PageId>, Vec<Diagnostic>) {
    let taken: HashMap<&str, PageId> =
        pages.iter().enumerate().map(|(index, page)| (page.url.as_str(), page_id(index))).collect();
    let mut redirects: BTreeMap<String, PageId> = BTreeMap::new();
    let mut problems = Vec::new();
    for (index, page) in pages.iter().enumerate() {
        let (key, old) = page.document.meta.former_urls();
        for (number, written) in old.iter().enumerate() {
            let at = || page.document.value_range(&[Step::key(key), Step::Index(number)]);
            let report = |code, message: String| Diagnostic::new(code, page.document.path(), at(), message);
            let is_good = written.starts_with('/')
                && !written.contains("//")
                && !written.split('/').any(|part| matches!(part, "." | ".."))
                && !written.contains(|character: char| {
                    character.is_whitespace() || character.is_control() || "#?*\\:\"<>%".contains(character)
                });
            if !is_good {
                problems.push(
                    report(Code::InvalidSlug, format!("`{written}` is no address of this site"))
                        .help("write it from the site's root, like `/old/page/`"),
                );
                continue;
            }
            let mut url = written.trim_start_matches('/').to_owned();
            if !url.ends_with('/') && !url.ends_with(".html") && !url.is_empty() {
                url.push('/');
            }
            let other = taken.get(url.as_str()).or_else(|| redirects.get(&url)).copied();
            match other {
                Some(other) => {
                    let other = &pages[other.index()].document;
                    problems.push(report(Code::DuplicateUrl, format!("`{written}` is taken")).note(
                        other.path(),
                        other.value_range(&[]),
                        "by this page",
                    ));
                }
                None => {
                    redirects.insert(url, page_id(index));
                }
            }
        }
    }
    (redirects, problems)
}
