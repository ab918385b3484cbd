//! A site's own theme: a whole one, `tests/themes/slate`, and single overrides. What each changes shows where it should, and nothing else changes.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, reason = "tests touch files, and a panic is their failure")]

mod shared;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use hornbook::config::Kind;
use hornbook::render::Output;
use hornbook::source::{Asset, Sources};
use hornbook::text::VPath;
use hornbook::{Cache, compile};
use shared::crawl::{assert_whole, compiled, pages};
use shared::{edit, own_site, put};

const SLATE: &str = "tests/themes/slate";

const SVG: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\"/>";

/// The repository's own site with a theme of its own.
fn site_with(theme: &str, files: &[(&str, &str)]) -> Sources {
    let mut sources = own_site();
    edit(&mut sources, "content/site.yaml", "theme: default", &format!("theme: {theme}"));
    for (path, text) in files {
        put(&mut sources, &format!("themes/{theme}/{path}"), text);
    }
    sources
}

fn slate_files() -> Vec<PathBuf> {
    let entries = walkdir::WalkDir::new(SLATE).into_iter().map(Result::unwrap);
    entries.filter(|entry| entry.file_type().is_file()).map(|entry| entry.into_path()).collect()
}

fn slate() -> Sources {
    let mut sources = site_with("slate", &[]);
    for file in slate_files() {
        let path = format!("themes/slate/{}", file.strip_prefix(SLATE).unwrap().display()).replace('\\', "/");
        let text = fs::read_to_string(&file).unwrap();
        match file.extension().and_then(|ending| ending.to_str()) {
            Some("css") => {
                sources.assets.insert(VPath::new(&path).unwrap(), Asset::new(text.as_bytes()));
            }
            _ => put(&mut sources, &path, &text),
        }
    }
    sources
}

/// The pages of articles.
fn articles(sources: &Sources) -> BTreeSet<String> {
    let site = compile(sources, &Cache::default()).site;
    let articles = site.pages.iter().filter(|page| page.kind() == Kind::Article && page.has_page());
    articles.map(|page| page.url.file()).collect()
}

/// What is in `site.css`.
fn stylesheet(output: &Output) -> &str {
    let is_it = |path: &str| path.starts_with("assets/site.") && path.ends_with(".css");
    str::from_utf8(output.files.iter().find(|(path, _)| is_it(path.as_str())).unwrap().1).unwrap()
}

/// The page without what stands from `start` to `end`, both gone, wherever that is.
fn without(html: &str, start: &str, end: &str) -> String {
    let mut parts = html.split(start);
    let mut out = parts.next().unwrap().to_owned();
    parts.for_each(|part| out.push_str(part.split_once(end).unwrap().1));
    out
}

/// The page with assets under their names alone: a hash changes with the colours of a drawing.
fn unhashed(html: &str) -> String {
    let mut parts = html.split("assets/");
    let mut out = parts.next().unwrap().to_owned();
    for part in parts {
        let (address, rest) = part.split_at(part.find('"').unwrap_or(0));
        let plain: Vec<&str> = address.split('.').filter(|piece| piece.len() != 10).collect();
        out += &format!("assets/{}{rest}", plain.join("."));
    }
    out
}

/// Pages are the same in both once `undo` has taken out what only one has.
fn assert_same_but(before: &Output, after: &Output, undo: impl Fn(&str, &str) -> String) {
    let (before, after) = (pages(before), pages(after));
    assert!(before.keys().eq(after.keys()));
    for (path, html) in before {
        let (one, other) = (undo(path, &unhashed(html)), undo(path, &unhashed(after[path])));
        let difference = one.lines().zip(other.lines()).find(|(one, other)| one != other);
        assert!(one == other, "something else changed on {path}: {difference:#?}");
    }
}

#[test]
fn slate_is_small() {
    let lines: usize = slate_files().iter().map(|file| fs::read_to_string(file).unwrap().lines().count()).sum();
    assert!(lines < 150, "{SLATE} has {lines} lines");
}

#[test]
fn slate_changes_what_it_says_and_nothing_else() {
    let (before, sources) = (compiled(&own_site()), slate());
    let (after, articles) = (compiled(&sources), articles(&sources));
    assert_whole(&after, "/");
    let plain = pages(&before);
    for (path, html) in pages(&after) {
        assert!(html.contains("/slate.") || html.contains("\"assets/slate."), "{path} has no stylesheet of its own");
        // A block, a component, a word.
        assert_eq!(html.contains("class=\"kicker\""), articles.contains(path), "the head of {path}");
        assert_eq!(html.contains("class=\"up\""), plain[path].contains("class=\"crumbs"), "the way up on {path}");
        assert_eq!(html.contains(">In short<"), plain[path].contains(">At a glance<"), "the word on {path}");
    }
    assert!(!articles.is_empty());
    assert_same_but(&before, &after, |path, html| {
        let html = html.replace(">In short<", ">At a glance<");
        let html = without(&html, "<nav class=\"crumbs wrap\"", "</nav>");
        let own =
            html.lines().filter(|line| !(line.starts_with("<link rel=\"stylesheet\"") && line.contains("slate.")));
        let html = own.collect::<Vec<_>>().join("\n");
        if articles.contains(path) { without(&html, "<header class=\"head\">", "</header>") } else { html }
    });
    let css = stylesheet(&after);
    assert!(css.contains("--radius:.15rem;") && css.contains("--bar:light-dark("), "its tokens are in site.css");
    assert_eq!(
        css.split("}\n").skip(1).collect::<String>(),
        stylesheet(&before).split("}\n").skip(1).collect::<String>()
    );
}

#[test]
fn one_token() {
    let before = compiled(&own_site());
    let mut sources = own_site();
    edit(&mut sources, "content/site.yaml", "theme: default", "theme: default\ntokens: {radius: 0}");
    let after = compiled(&sources);
    let (text, old_text) = (stylesheet(&after), stylesheet(&before));
    assert_eq!(text, old_text.replace("--radius:.5rem;", "--radius:0;"));
    assert_ne!(text, old_text);
    assert_same_but(&before, &after, |_, html| html.to_owned());
}

#[test]
fn one_word() {
    let before = compiled(&own_site());
    let after = compiled(&site_with("mine", &[("theme.yaml", "words: {en: {takeaways: To keep}}")]));
    for (path, html) in pages(&after) {
        assert_eq!(html.contains(">To keep<"), html.contains("id=\"hb-takeaways\""), "{path}");
    }
    assert!(pages(&after).values().any(|html| html.contains(">To keep<")));
    assert_same_but(&before, &after, |_, html| html.replace(">To keep<", ">Take away<"));
}

#[test]
fn one_block() {
    let before = compiled(&own_site());
    let template =
        "{% extends \"default/article.html\" %}{% block text %}{{ super() }}<hr class=\"mine\">{% endblock %}";
    let sources = site_with("mine", &[("templates/article.html", template)]);
    let (after, articles) = (compiled(&sources), articles(&sources));
    for (path, html) in pages(&after) {
        assert_eq!(html.contains("<hr class=\"mine\">"), articles.contains(path), "{path}");
    }
    assert_same_but(&before, &after, |_, html| html.replace("<hr class=\"mine\">", ""));
}

#[test]
fn one_block_of_every_page() {
    let before = compiled(&own_site());
    let template = "{% extends \"default/base.html\" %}{% block footer %}<footer>Mine.</footer>{% endblock %}";
    let after = compiled(&site_with("mine", &[("templates/base.html", template)]));
    for (path, html) in pages(&after) {
        assert!(html.contains("<footer>Mine.</footer>") && !html.contains("<footer class"), "{path}");
    }
    assert_same_but(&before, &after, |_, html| {
        without(&html.replace("<footer>", "<footer class=\"bottom\">"), "<footer class=\"bottom\">", "</footer>")
    });
}

#[test]
fn one_file() {
    let before = compiled(&own_site());
    let after = compiled(&site_with("mine", &[("static/favicon.svg", SVG)]));
    let icon = |output: &Output| {
        let mut files = output.files.iter();
        files.find(|(path, _)| path.as_str().starts_with("assets/favicon.")).unwrap().1.to_vec()
    };
    assert_eq!(icon(&after), SVG.as_bytes());
    assert_ne!(icon(&before), SVG.as_bytes());
    assert_same_but(&before, &after, |_, html| html.to_owned());
}

#[test]
fn the_manual_shows_what_works() {
    // Its examples are the theme `clinic`, by the files that they name.
    let manual = fs::read_to_string("themes/README.md").unwrap();
    let mut files: Vec<(String, String)> = Vec::new();
    for block in manual.split("```html\n").skip(1) {
        let (text, _) = block.split_once("```").unwrap();
        let (name, text) = text.strip_prefix("{# themes/clinic/").unwrap().split_once(" #}\n").unwrap();
        files.push((name.to_owned(), text.to_owned()));
    }
    assert_eq!(files.len(), 2);
    let mut sources = site_with("clinic", &[("theme.yaml", "words: {en: {at_a_glance: In short}}")]);
    let path = VPath::new("themes/clinic/static/clinic.css").unwrap();
    sources.assets.insert(path, Asset::new(b"p { margin: 0 }".as_slice()));
    for (name, text) in &files {
        assert!(Path::new(name).starts_with("templates"));
        put(&mut sources, &format!("themes/clinic/{name}"), text);
    }
    let (output, articles) = (compiled(&sources), articles(&sources));
    assert_whole(&output, "/");
    for (path, html) in pages(&output) {
        assert!(html.contains("assets/clinic."), "{path}");
        assert_eq!(html.contains("bring it along"), articles.contains(path), "{path}");
    }
}
