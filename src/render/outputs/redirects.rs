//! A small page at every old address that leads to the new one, on any host.

use super::{Made, Making};
use crate::diagnostic::Diagnostic;
use crate::resolve::UrlPath;
use crate::text::{escape_into, percent_encode_into};

pub(super) fn make(making: &Making) -> (Vec<Made>, Vec<Diagnostic>) {
    let site = &*making.parts.site;
    let made = site.redirects.iter().map(|(from, to)| {
        let page = site.page(*to);
        let from = UrlPath::new(from);
        let mut target = from.root();
        percent_encode_into(&mut target, page.url.as_str());
        let mut canonical = site.config.base_url.clone();
        percent_encode_into(&mut canonical, page.url.as_str());
        let mut title = String::new();
        escape_into(&mut title, &page.title);
        let language = &site.config.language;
        let html = format!(
            "<!doctype html>\n<html lang=\"{language}\">\n<head>\n<meta charset=\"utf-8\">\n<title>{title}</title>\n\
             <meta name=\"robots\" content=\"noindex\">\n<meta http-equiv=\"refresh\" content=\"0; url={target}\">\n\
             <link rel=\"canonical\" href=\"{canonical}\">\n</head>\n<body>\n<p><a href=\"{target}\">{title}</a></p>\n</body>\n</html>\n"
        );
        Made::file(&file_of(from.as_str()), html.into_bytes())
    });
    (made.collect(), Vec::new())
}

/// The file at an old address.
pub(in crate::render) fn file_of(from: &str) -> String {
    if from.ends_with(".html") { from.to_owned() } else { UrlPath::new(from).file() }
}
