//! CommonMark's own examples, through our writer. What the dialect changes on purpose is listed, with its reason.
#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "tests touch files and say what they saw"
)]

use std::collections::BTreeMap;
use std::fs;

use hornbook::render::body::{Filler, Place};
use hornbook::render::{Theme, add_builtin};
use hornbook::source::{SourceFile, Sources};
use hornbook::text::VPath;
use hornbook::{Cache, check};

/// Examples whose output differs on purpose.
const DIALECT: &[(&str, &[usize])] = &[
    ("the language of a code block is a name", &[144]),
    ("a backslash in the address of a file is refused: it is a path of another system", &[202, 502]),
    ("`[[…]]` is a link to an id", &[548, 559, 590]),
    ("links have `http`, `https`, `mailto` or `tel`, and no other scheme", &[596, 598, 599, 601]),
];

/// An example of the specification.
struct Example {
    number: usize,
    markdown: String,
    html: String,
}

fn examples() -> Vec<Example> {
    let spec = fs::read_to_string("tests/commonmark/spec.txt").unwrap();
    let fence = "`".repeat(32);
    let mut examples = Vec::new();
    let mut lines = spec.lines();
    while let Some(line) = lines.next() {
        if line != format!("{fence} example") {
            continue;
        }
        let mut part = |end: &str| {
            let taken: Vec<&str> = lines.by_ref().take_while(|line| *line != end).collect();
            taken.iter().map(|line| line.replace('→', "\t") + "\n").collect::<String>()
        };
        let markdown = part(".");
        let html = part(&fence);
        examples.push(Example { number: examples.len() + 1, markdown, html });
    }
    examples
}

/// Every example as a page of one site, whose HTML is let through; the bodies by number.
fn rendered(examples: &[Example]) -> BTreeMap<usize, String> {
    let mut sources = Sources::default();
    let mut add = |path: &str, text: &str| sources.insert(SourceFile::new(VPath::new(path).unwrap(), text));
    add(
        "content/site.yaml",
        "{title: T, base_url: https://example.org/, language: en, sections: [{id: a, title: A}], markdown: {raw_html: allow}}",
    );
    for example in examples {
        add(&format!("content/a/e{}.md", example.number), &format!("---\ntitle: T\n---\n{}", example.markdown));
    }
    add_builtin(&mut sources);
    let site = check(&sources, &Cache::default()).site;
    let theme = Theme::load(&site.config, &sources).0.unwrap();
    let body = |page| Filler::new(&site, &theme, page, "", Place::Own).body();
    site.pages.iter().map(|page| (page.id()[1..].parse().unwrap(), body(page))).collect()
}

/// Takes away what the dialect adds to every page, and what HTML does not care for.
fn normal(html: &str) -> String {
    let mut text = html.replace(" />", ">").replace("/>", ">").replace("<br>\n", "<br>");
    for added in [" rel=\"noopener noreferrer\"", " class=\"code\" tabindex=\"0\"", " loading=\"lazy\""] {
        text = text.replace(added, "");
    }
    // A picture alone in a paragraph is a figure, its title the caption.
    text = text.replace("<figure class=\"figure\">", "<p>").replace("</figure>", "</p>");
    while let Some(start) = text.find("<figcaption>") {
        let end = start + text[start..].find("</figcaption>").unwrap();
        let title = format!(" title=\"{}\">", &text[start + "<figcaption>".len()..end]);
        text.replace_range(start - 1..end + "</figcaption>".len(), &title);
    }
    // Headings have ids and ways to link to them, code has spans for its colours.
    for (open, close) in [(" <a class=\"heading-anchor\"", "</a>"), ("<span class=\"hl-", ">")] {
        while let Some(start) = text.find(open) {
            let end = start + text[start..].find(close).unwrap() + close.len();
            text.replace_range(start..end, "");
            if close == ">" {
                text = text.replacen("</span>", "", 1);
            }
        }
    }
    for level in 1..=6 {
        let open = format!("<h{level} id=\"");
        while let Some(start) = text.find(&open) {
            let end = start + open.len() + text[start + open.len()..].find('"').unwrap() + 1;
            text.replace_range(start..end, &format!("<h{level}"));
        }
    }
    text = text.replace("%5B", "[").replace("%5D", "]").replace("&#x27;", "'").replace("%60", "`");
    without_space(&text)
}

/// White space around tags of blocks does not matter; that in `pre` does, and stays.
fn without_space(html: &str) -> String {
    const BLOCKS: &[&str] = &[
        "p",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "ul",
        "ol",
        "li",
        "blockquote",
        "hr",
        "pre",
        "div",
        "table",
        "td",
        "tr",
        "br",
    ];
    let mut out = String::new();
    let mut rest = html;
    let mut in_pre = false;
    while let Some(at) = rest.find('<') {
        let (text, tag) = rest.split_at(at);
        let end = tag.find('>').map_or(tag.len(), |end| end + 1);
        let name: String =
            tag[1..end].trim_start_matches('/').chars().take_while(char::is_ascii_alphanumeric).collect();
        let is_block = BLOCKS.contains(&name.as_str());
        out += if is_block && !in_pre { text.trim_end() } else { text };
        out += &tag[..end];
        in_pre = (in_pre || tag.starts_with("<pre")) && !tag.starts_with("</pre");
        rest = &tag[end..];
        if is_block && !in_pre {
            rest = rest.trim_start();
        }
    }
    (out + rest).trim().to_owned()
}

#[test]
fn examples_of_the_specification() {
    let examples = examples();
    assert_eq!(examples.len(), 652);
    let rendered = rendered(&examples);
    let listed = |number: usize| DIALECT.iter().any(|(_, numbers)| numbers.contains(&number));
    let mut failures = Vec::new();
    let mut passed = 0;
    for example in &examples {
        let (ours, theirs) = (normal(&rendered[&example.number]), normal(&example.html));
        match (ours == theirs, listed(example.number)) {
            (true, false) => passed += 1,
            (true, true) => failures.push(format!("example {} is listed, but passes", example.number)),
            (false, true) => {}
            (false, false) => failures.push(format!(
                "example {}\n{}--- expected\n{theirs}\n--- found\n{ours}\n",
                example.number, example.markdown
            )),
        }
    }
    let changed: usize = DIALECT.iter().map(|(_, numbers)| numbers.len()).sum();
    eprintln!("CommonMark 0.31.2: {passed} of {} examples pass, {changed} are changed on purpose", examples.len());
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}
