//! `robots.txt`: everything may be read, and where the sitemap is. One in `content/static/` takes its place.

use super::{Made, Making};
use crate::diagnostic::Diagnostic;
use crate::text::VPath;

pub(super) fn make(making: &Making) -> (Vec<Made>, Vec<Diagnostic>) {
    let own = VPath::new("content/static/robots.txt").expect("the path is relative");
    if making.sources.files.contains_key(&own) || making.sources.assets.contains_key(&own) {
        return (Vec::new(), Vec::new());
    }
    let base_url = &making.parts.site.config.base_url;
    let text = format!("User-agent: *\nAllow: /\n\nSitemap: {base_url}sitemap.xml\n");
    (vec![Made::file("robots.txt", text.into_bytes())], Vec::new())
}
