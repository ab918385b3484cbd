//! `sitemap.xml`: every page that a search engine should know.

use super::{Made, Making};
use crate::config::Kind;
use crate::diagnostic::Diagnostic;
use crate::render::handout::HANDOUT_PATH;
use crate::render::parts::facet_path;
use crate::render::{evidence, facets, map, paths, questions};
use crate::text::percent_encode_into;

pub(super) fn make(making: &Making) -> (Vec<Made>, Vec<Diagnostic>) {
    let site = &*making.parts.site;
    let mut urls: Vec<(String, Option<String>)> = vec![(String::new(), None)];
    urls.extend(site.sections.iter().map(|section| (section.url.to_string(), None)));
    let pages = site
        .pages
        .iter()
        .filter(|page| page.has_page() && page.kind() != Kind::Section && !page.url.as_str().is_empty());
    for page in pages {
        let common = page.document.meta.common();
        if !common.draft {
            let changed = common.updated.or(common.reviewed).or(common.published).or(common.publish_on);
            urls.push((page.url.to_string(), changed.map(|date| date.0.to_string())));
        }
    }
    if !site.exercises.is_empty() {
        urls.push(("exercises/".to_owned(), None));
        urls.push((HANDOUT_PATH.to_owned(), None));
    }
    for facet in &site.config.exercises.facets {
        let used = facet.values.iter().filter(|value| facets::count(&making.parts, &facet.id, &value.id) > 0);
        urls.extend(used.map(|value| (facet_path(&facet.id, &value.id), None)));
    }
    if !site.terms.is_empty() {
        urls.push(("glossary/".to_owned(), None));
    }
    if !site.cited_by.is_empty() {
        urls.push(("sources/".to_owned(), None));
    }
    if evidence::count(site) > 0 {
        urls.push((evidence::PATH.to_owned(), None));
    }
    if map::count(site) > 0 {
        urls.push((map::PATH.to_owned(), None));
    }
    for (path, declared) in site.paths.iter().zip(&site.config.paths) {
        if !path.articles.is_empty() {
            urls.push((paths::path_url(&declared.id), None));
        }
    }
    if questions::count(site) > 0 {
        urls.push((questions::QUIZ_PATH.to_owned(), None));
    }
    urls.sort();
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    for (url, changed) in urls {
        xml.push_str("<url><loc>");
        percent_encode_into(&mut xml, &site.config.base_url);
        percent_encode_into(&mut xml, &url);
        xml.push_str("</loc>");
        if let Some(changed) = changed {
            xml.push_str(&format!("<lastmod>{changed}</lastmod>"));
        }
        xml.push_str("</url>\n");
    }
    xml.push_str("</urlset>\n");
    (vec![Made::file("sitemap.xml", xml.into_bytes())], Vec::new())
}
