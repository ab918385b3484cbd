//! `feed.xml`: an Atom feed of the articles, exercises and sequences that changed last.

use super::{Made, Making};
use crate::config::Kind;
use crate::diagnostic::Diagnostic;
use crate::parse::front_matter::Date;
use crate::resolve::site::Page;
use crate::text::{escape_into, percent_encode_into};

/// Entries in the feed.
const ENTRIES_AT_MOST: usize = 30;

/// What a feed without a dated page says of its last change.
const EPOCH: &str = "1970-01-01";

pub(super) fn make(making: &Making) -> (Vec<Made>, Vec<Diagnostic>) {
    let site = &*making.parts.site;
    let config = &site.config;
    let mut entries: Vec<(Date, &Page)> = site
        .pages
        .iter()
        .filter(|page| {
            matches!(page.kind(), Kind::Article | Kind::Exercise | Kind::Sequence) && !page.document.meta.common().draft
        })
        .filter_map(|page| Some((changed(page)?, page)))
        .collect();
    entries.sort_by(|(a_date, a), (b_date, b)| (b_date, &a.url).cmp(&(a_date, &b.url)));
    entries.truncate(ENTRIES_AT_MOST);
    let updated = entries.first().map_or_else(|| EPOCH.to_owned(), |(date, _)| date.0.to_string());

    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"",
    );
    xml_text(&mut xml, &config.language);
    xml.push_str("\">\n");
    element(&mut xml, "title", &config.title);
    if !config.summary.is_empty() {
        element(&mut xml, "subtitle", &config.summary);
    }
    let mut base = String::new();
    percent_encode_into(&mut base, &config.base_url);
    xml.push_str(&format!("<id>{base}</id>\n<link href=\"{base}\"/>\n<link rel=\"self\" href=\"{base}feed.xml\"/>\n"));
    xml.push_str(&format!("<updated>{updated}T00:00:00Z</updated>\n<author>"));
    let publisher = config.publisher.as_ref().map_or(config.title.as_str(), |publisher| &publisher.name);
    element(&mut xml, "name", publisher);
    xml.push_str("</author>\n");
    for (date, page) in entries {
        entry(making, &mut xml, date, page, &base);
    }
    xml.push_str("</feed>\n");
    (vec![Made::file("feed.xml", xml.into_bytes())], Vec::new())
}

fn entry(making: &Making, xml: &mut String, date: Date, page: &Page, base: &str) {
    let common = page.document.meta.common();
    let mut url = base.to_owned();
    percent_encode_into(&mut url, page.url.as_str());
    xml.push_str("<entry>\n");
    element(xml, "title", &page.title);
    xml.push_str(&format!("<id>{url}</id>\n<link href=\"{url}\"/>\n<updated>{}T00:00:00Z</updated>\n", date.0));
    if let Some(published) = common.published.or(common.publish_on) {
        xml.push_str(&format!("<published>{}T00:00:00Z</published>\n", published.0));
    }
    for author in common.authors.iter().filter_map(|id| making.parts.site.config.author(id)) {
        xml.push_str("<author>");
        element(xml, "name", &author.name);
        xml.push_str("</author>\n");
    }
    if !page.summary.is_empty() {
        element(xml, "summary", &page.summary);
    }
    xml.push_str("</entry>\n");
}

/// When a page last changed, as far as it says.
fn changed(page: &Page) -> Option<Date> {
    let common = page.document.meta.common();
    [common.updated, common.reviewed, common.published, common.publish_on].into_iter().flatten().max()
}

fn element(xml: &mut String, name: &str, text: &str) {
    xml.push_str(&format!("<{name}>"));
    xml_text(xml, text);
    xml.push_str(&format!("</{name}>\n"));
}

/// Escaped for XML, without the characters that XML 1.0 cannot hold.
fn xml_text(xml: &mut String, text: &str) {
    let holds = |character: &char| matches!(character, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..='\u{10ffff}');
    let text: String = text.chars().filter(holds).collect();
    escape_into(xml, &text);
}
