//! Pictures and files that pages need, drawings as pictures for cards, the theme's static files, and `content/static/`, which is published as it is.

use super::{Made, Making};
use crate::diagnostic::{Code, Diagnostic};
use crate::resolve::bytes_of;
use crate::text::TextRange;

pub(super) fn make(making: &Making) -> (Vec<Made>, Vec<Diagnostic>) {
    let mut made = Vec::new();
    let mut problems = Vec::new();
    for (path, published) in &making.parts.site.assets {
        if let Some(asset) = bytes_of(path, &making.sources) {
            made.push(Made::file(published.url.as_str(), asset.bytes));
        }
    }
    for picture in making.parts.pictures.values() {
        if let Some(asset) = &picture.asset {
            made.push(Made::file(&picture.url, std::sync::Arc::clone(&asset.bytes)));
        }
    }
    for (url, asset) in making.parts.theme.statics.values() {
        made.push(Made::file(url, std::sync::Arc::clone(&asset.bytes)));
    }
    let paths = making.sources.assets.keys().chain(making.sources.files.keys());
    for path in paths {
        let Some(name) = path.strip_folder("content/static") else { continue };
        if name.ends_with(".md") {
            let message = format!("`{path}` is Markdown, which `content/static/` does not compile");
            problems.push(
                Diagnostic::new(Code::UnpublishableFile, path, TextRange::default(), message)
                    .help("move it to `content/`, or give it another extension"),
            );
            continue;
        }
        if let Some(asset) = bytes_of(path, &making.sources) {
            made.push(Made::file(name, asset.bytes));
        }
    }
    (made, problems)
}
