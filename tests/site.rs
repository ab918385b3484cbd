//! The repository's own site: nothing to report, and whole: every link, anchor and asset in it leads somewhere.
#![allow(clippy::unwrap_used, reason = "a panic is a test's failure")]

mod shared;

use shared::crawl::{assert_whole, compiled, pages, values};
use shared::own_site;

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
            ["<script>", " style=\"", "<style", " onclick", " onload", " onerror", "javascript:", "<iframe", "<form"]
        {
            assert!(!html.contains(refused), "{path} holds `{refused}`");
        }
        for script in html.split("<script").skip(1) {
            let (tag, rest) = script.split_once('>').unwrap();
            assert!(
                tag.contains(" src=\"") && rest.starts_with("</script>"),
                "{path} holds a script of its own: {tag}"
            );
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
