//! A published site as a visitor finds it.

use std::collections::{BTreeMap, BTreeSet};

use hornbook::render::{OutPath, Output};
use hornbook::source::Sources;
use hornbook::{Cache, compile};

/// The values of an attribute in a page.
pub fn values<'h>(html: &'h str, attribute: &str) -> Vec<&'h str> {
    let open = format!(" {attribute}=\"");
    html.match_indices(&open).map(|(at, _)| html[at + open.len()..].split('"').next().unwrap()).collect()
}

/// The site, which has nothing to report.
pub fn compiled(sources: &Sources) -> Output {
    let compilation = compile(sources, &Cache::default());
    assert!(compilation.diagnostics.is_empty(), "{:#?}", compilation.diagnostics);
    compilation.output.unwrap()
}

/// Every page by its path.
pub fn pages(output: &Output) -> BTreeMap<&str, &str> {
    let html = output.files.iter().filter(|(path, _)| path.as_str().ends_with(".html"));
    html.map(|(path, bytes)| (path.as_str(), str::from_utf8(bytes).unwrap())).collect()
}

/// The file that `href`, on the page at `from`, asks a host for, and the anchor.
fn resolve(from: &str, href: &str, base_path: &str) -> (String, Option<String>) {
    let (path, anchor) = href.split_once('#').map_or((href, None), |(path, anchor)| (path, Some(anchor.to_owned())));
    let path = path.split('?').next().unwrap();
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

/// Every link, anchor and asset of every page leads somewhere; no id stands twice on a page.
pub fn assert_whole(output: &Output, base_path: &str) {
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
