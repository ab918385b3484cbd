//! The learning map: which articles build on which, as two drawings and, in words, as a list.

mod drawing;
mod layers;
mod wrap;

use std::collections::{HashMap, HashSet};

use tera::{Context, Value};

use self::drawing::{Article, Drawing, Frame, Line, Script, tall, wide};
use self::layers::{NODES_AT_MOST, Node, layers};
use super::lists::context;
use super::page::{generated_page, home_crumb};
use super::pages::View;
use super::parts::{Parts, path_value};
use super::paths;
use super::view::{DrawingView, list, record};
use crate::resolve::site::{PageId, Site};

/// Where the map is.
pub const PATH: &str = "map/";

/// With fewer articles that build on each other there is nothing to show.
const JOINED_AT_LEAST: usize = 3;

/// How many articles the map shows; none where there is no map: it needs three that have prerequisites between them.
pub fn count(site: &Site) -> usize {
    let mut joined: HashSet<PageId> = HashSet::new();
    for (page, prerequisites) in articles(site).map(|page| (page, &site.page(page).links.requires)) {
        if !prerequisites.is_empty() {
            joined.insert(page);
            joined.extend(prerequisites);
        }
    }
    if joined.len() < JOINED_AT_LEAST { 0 } else { articles(site).count() }
}

/// All articles in reading order.
fn articles(site: &Site) -> impl Iterator<Item = PageId> {
    site.sections.iter().flat_map(|section| section.articles.iter().copied())
}

/// The page with the map. A site of more than 80 articles has only the list.
pub fn map(parts: &Parts) -> View {
    let site = &*parts.site;
    let summary = &site.config.map.summary;
    let page = generated_page(parts, "map", &parts.map_title(), summary, PATH, list([home_crumb(parts)]));
    let mut context: Context = context("../", page);
    let sections = site.sections.iter().filter(|section| !section.articles.is_empty()).map(|section| {
        record([
            ("title", Value::from(section.title.as_str())),
            ("summary", Value::from(section.summary.as_str())),
            ("path", path_value(section.url.as_str())),
            ("cards", parts.cards(&section.articles)),
        ])
    });
    context.insert_value("sections", list(sections));
    context.insert_value("paths", paths::all(parts));
    context.insert_value("drawings", list(drawings(parts)));
    View { template: "map.html", context }
}

fn drawings(parts: &Parts) -> Vec<Value> {
    let site = &*parts.site;
    let pages: Vec<PageId> = articles(site).collect();
    if pages.len() > NODES_AT_MOST {
        return Vec::new();
    }
    let number: HashMap<PageId, usize> = pages.iter().copied().zip(0..).collect();
    let mut nodes = Vec::with_capacity(pages.len());
    let mut boxes = Vec::with_capacity(pages.len());
    for (band, section) in site.sections.iter().enumerate() {
        for page in section.articles.iter().map(|page| site.page(*page)) {
            let requires = page.links.requires.iter().filter_map(|page| number.get(page).copied()).collect();
            nodes.push(Node { band, requires });
            boxes.push(Article { title: &page.title, band });
        }
    }
    let bands: Vec<&str> = site.sections.iter().map(|section| section.title.as_str()).collect();
    let layers = layers(&nodes);
    let script = if parts.is_mirrored() { Script::RightToLeft } else { Script::LeftToRight };
    let drawings = [wide(&boxes, &bands, &layers, script), tall(&boxes, &bands, &layers, script)];
    drawings.iter().map(|drawing| drawing_view(parts, drawing, &pages)).collect()
}

fn drawing_view(parts: &Parts, drawing: &Drawing, pages: &[PageId]) -> Value {
    let path = |article: usize| path_value(parts.site.page(pages[article]).url.as_str());
    DrawingView {
        name: Value::from(drawing.name),
        width: Value::from(drawing.width),
        height: Value::from(drawing.height),
        bands: list(drawing.bands.iter().map(|frame| frame_value(frame, Value::none()))),
        edges: list(drawing.edges.iter().map(|edge| Value::from(edge.as_str()))),
        boxes: list(drawing.boxes.iter().map(|(article, frame)| frame_value(frame, path(*article)))),
    }
    .into()
}

fn frame_value(frame: &Frame, path: Value) -> Value {
    let lines = |lines: &[Line]| {
        list(lines.iter().map(|line| {
            record([("x", Value::from(line.x)), ("y", Value::from(line.y)), ("text", Value::from(line.text.as_str()))])
        }))
    };
    record([
        ("path", path),
        ("x", Value::from(frame.x)),
        ("y", Value::from(frame.y)),
        ("width", Value::from(frame.width)),
        ("height", Value::from(frame.height)),
        ("round", Value::from(frame.round)),
        ("label", lines(&frame.label)),
        ("lines", lines(&frame.lines)),
    ])
}

#[cfg(test)]
mod tests {
    use super::super::add_builtin;
    use super::{NODES_AT_MOST, PATH};
    use crate::source::{SourceFile, Sources};
    use crate::text::VPath;
    use crate::{Cache, compile};

    /// The map of a site of so many articles, each of which builds on the one before.
    fn map_of(count: usize) -> String {
        let mut sources = Sources::default();
        let mut insert = |path: &str, text: &str| sources.insert(SourceFile::new(VPath::new(path).unwrap(), text));
        let config = "title: T\nbase_url: https://example.org/\nlanguage: en\nchecks: {missing-summary: allow}\n";
        insert("content/site.yaml", &format!("{config}sections: [{{id: a, title: A}}]\n"));
        for number in 0..count {
            let before = number.checked_sub(1).map_or_else(String::new, |before| format!("requires: [n{before}]\n"));
            insert(&format!("content/a/n{number}.md"), &format!("---\ntitle: N{number}\n{before}---\n"));
        }
        add_builtin(&mut sources);
        let output = compile(&sources, &Cache::default()).output.unwrap();
        let path = format!("{PATH}index.html");
        let (_, bytes) = output.files.iter().find(|(file, _)| file.as_str() == path).unwrap();
        String::from_utf8(bytes.to_vec()).unwrap()
    }

    #[test]
    fn many_articles_are_only_listed() {
        let (drawn, listed) = (map_of(NODES_AT_MOST), map_of(NODES_AT_MOST + 1));
        assert_eq!([drawn.matches("<svg").count(), listed.matches("<svg").count()], [2, 0]);
        assert!(listed.contains("N80"));
    }
}
