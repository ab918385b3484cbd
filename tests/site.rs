//! The repository's own site: nothing to report, and whole: every link, anchor and asset in it leads somewhere.
#![allow(clippy::unwrap_used, reason = "a panic is a test's failure")]

mod shared;

use std::collections::{BTreeMap, BTreeSet};

use hornbook::render::{OutPath, Output};
use hornbook::source::Sources;
use hornbook::{Cache, compile};
use shared::own_site;

/// The values of an attribute in a page.
fn values<'h>(html: &'h str, attribute: &str) -> Vec<&'h str> {
    let open = format!(" {attribute}=\"");
    html.match_indices(&open).map(|(at, _)| html[at + open.len()..].split('"').next().unwrap()).collect()
}

fn compiled(sources: &Sources) -> Output {
    let compilation = compile(sources, &Cache::default());
    assert!(compilation.diagnostics.is_empty(), "{:#?}", compilation.diagnostics);
    compilation.output.unwrap()
}

fn pages(output: &Output) -> BTreeMap<&str, &str> {
    let html = output.files.iter().filter(|(path, _)| path.as_str().ends_with(".html"));
    html.map(|(path, bytes)| (path.as_str(), str::from_utf8(bytes).unwrap())).collect()
}

/// The file that `href`, on the page at `from`, asks a host for, and the anchor.
fn resolve(from: &str, href: &str, base_path: &str) -> (String, Option<String>) {
    let (path, anchor) = href.split_once('#').map_or((href, None), |(path, anchor)| (path, Some(anchor.to_owned())));
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    let path = match path.strip_prefix(base_path).filter(|_| path.starts_with('/')) {
        Some(rooted) => {
            parts.clear();
            rooted
        }
        None if path.is_empty() => return (from.to_owned(), anchor),
        None => path,
    };
    for part in path.split('/') {
        match part {
            ".." => assert!(parts.pop().is_some(), "`{href}` on {from} leaves the site"),
            "." => {}
            _ => parts.push(part),
        }
    }
    let file = parts.join("/");
    (if file.is_empty() || file.ends_with('/') { format!("{file}index.html") } else { file }, anchor)
}

fn assert_whole(output: &Output, base_path: &str) {
    let pages = pages(output);
    let ids: BTreeMap<&str, BTreeSet<&str>> =
        pages.iter().map(|(path, html)| (*path, values(html, "id").into_iter().collect())).collect();
    for (path, html) in &pages {
        let own = values(html, "id");
        assert_eq!(own.len(), ids[path].len(), "{path} has an id twice");
        let links = values(html, "href").into_iter().chain(values(html, "src"));
        for href in links {
            if href.starts_with("https://") || href.starts_with("mailto:") || href.starts_with("tel:") {
                continue;
            }
            let (file, anchor) = resolve(path, href, base_path);
            assert!(output.files.contains_key(&OutPath::new(&file)), "`{href}` on {path}: there is no {file}");
            // The address of a handout holds what is on it.
            if let Some(anchor) = anchor.filter(|anchor| !anchor.is_empty() && !anchor.starts_with("v=1&amp;")) {
                assert!(ids[file.as_str()].contains(anchor.as_str()), "`{href}` on {path}: no such place in {file}");
            }
        }
    }
}

#[test]
fn every_link_leads_somewhere() {
    assert_whole(&compiled(&own_site()), "/");
}

#[test]
fn it_works_under_any_path() {
    let mut sources = own_site();
    let at_root = compiled(&sources);
    sources.settings.base_url = Some("https://example.org/some/where/".to_owned());
    let below = compiled(&sources);
    assert_whole(&below, "/some/where/");
    // Only what must name the public address does.
    let addresses = ["https://example.org/some/where/", "https://low-back.example.org/"];
    // Paper shows them without their scheme.
    let short = addresses.map(|address| address.trim_start_matches("https://"));
    let strip = |html: &str| addresses.iter().chain(&short).fold(html.to_owned(), |html, one| html.replace(one, ""));
    for (path, html) in pages(&at_root) {
        if path != "404.html" {
            assert_eq!(strip(html), strip(pages(&below)[path]), "{path} depends on the address");
        }
    }
}

#[test]
fn a_strict_policy_holds() {
    for (path, html) in pages(&compiled(&own_site())) {
        for refused in
            ["<script", " style=\"", "<style", " onclick", " onload", " onerror", "javascript:", "<iframe", "<form"]
        {
            assert!(!html.contains(refused), "{path} holds `{refused}`");
        }
        for src in values(html, "src") {
            assert!(!src.contains("//"), "{path} loads `{src}` from elsewhere");
        }
        let loaded = html
            .split("<link ")
            .skip(1)
            .filter(|link| link.starts_with("rel=\"stylesheet\"") || link.starts_with("rel=\"icon\""));
        for link in loaded {
            assert!(!link.split('>').next().unwrap().contains("//"), "{path} loads from elsewhere: {link}");
        }
    }
}

#[test]
fn pages_are_light() {
    // The theme's own budget: 12 KiB compressed is about 48 KiB of such HTML.
    for (path, html) in pages(&compiled(&own_site())) {
        // The last two hold every drawing of what they print.
        let lists = ["glossary/index", "sources/", "how-we-know/", "handout/", "sequences/"];
        let is_list = lists.iter().any(|list| path.starts_with(list));
        assert!(is_list || html.len() < 48 << 10, "{path} has {} bytes", html.len());
    }
}
