//! What is edited, and where it shows.

pub mod hugo;
pub mod server;

use std::fs;

use anyhow::{Context, Result};
use camino::Utf8Path;

/// An edit: what it changes in a file of each server's site, and the page that shows it.
pub struct Edit {
    /// What it is called.
    pub kind: &'static str,
    /// The file, in Hornbook's and in Hugo's site.
    pub files: [&'static str; 2],
    /// What stands before the marker.
    pub before: &'static str,
    /// Where it is looked for.
    pub page: &'static str,
    /// Whether the page only links the file that holds the marker, under a name that may change.
    pub is_style: bool,
}

/// The template of articles.
const ARTICLE: &str = "themes/default/templates/article.html";

/// The stylesheet.
const STYLE: &str = "themes/default/static/site.css";

/// What is edited.
pub const EDITS: &[Edit] = &[
    Edit {
        kind: "body",
        files: ["content/part-1/page-1.md", "content/part-1/page-1.md"],
        before: "\n\nAnd so on: ",
        page: "/part-1/page-1/",
        is_style: false,
    },
    Edit {
        kind: "title",
        files: ["content/part-1/page-1.md", "content/part-1/page-1.md"],
        before: "title: ",
        page: "/part-1/page-1/",
        is_style: false,
    },
    Edit {
        kind: "definition",
        files: ["content/glossary/facet-joint.md", "content/glossary/facet-joint.md"],
        before: "definition: ",
        page: "/glossary/",
        is_style: false,
    },
    Edit {
        kind: "template",
        files: [ARTICLE, "layouts/single.html"],
        before: "<p class=\"edited\">",
        page: "/part-1/page-1/",
        is_style: false,
    },
    Edit {
        kind: "stylesheet",
        files: [STYLE, "static/site.css"],
        before: ".edited::after { content: \"",
        page: "/part-1/page-1/",
        is_style: true,
    },
];

/// Gives Hornbook's site a theme of its own to edit.
pub fn prepare(folder: &Utf8Path) -> Result<()> {
    let own = Utf8Path::new(env!("CARGO_MANIFEST_DIR"));
    let template = fs::read_to_string(own.join(ARTICLE))?;
    let start = template.find("<article").context("the template holds an article")?;
    super::write(
        &folder.join(ARTICLE),
        &format!("{}<p class=\"edited\"></p>\n{}", &template[..start], &template[start..]),
    )?;
    super::write(
        &folder.join(STYLE),
        &format!(".edited::after {{ content: \"\"; }}\n{}", fs::read_to_string(own.join(STYLE))?),
    )
}

/// The text with `marker` in it.
pub fn edited(edit: &Edit, text: &str, marker: &str) -> String {
    match text.split_once(edit.before.trim_end()) {
        // What an edit before put there is taken out, so that files do not grow.
        Some((start, rest)) => {
            let rest = rest.trim_start();
            let rest = match rest.split_once("-end") {
                Some((old, rest)) if old.starts_with("marker-") => rest.trim_start(),
                _ => rest,
            };
            format!("{start}{}{marker} {rest}", edit.before)
        }
        None => format!("{text}{}{marker}\n", edit.before),
    }
}
