//! How sure claims are: on each page in numbers, and all of them on a page of their own.

use tera::Value;

use super::body::{Filler, Place};
use super::lists::context;
use super::page::{generated_page, home_crumb};
use super::pages::View;
use super::parts::{Parts, path_value};
use super::view::{html, list, record};
use crate::config::{Evidence, Kind};
use crate::parse::body::CitationId;
use crate::parse::claims::Claim;
use crate::parse::document::Citation;
use crate::resolve::site::{Page, PageId, Site};
use crate::text::slugify;

/// Where all claims are listed.
pub const PATH: &str = "evidence/";

/// A claim on its page.
struct Found<'a> {
    id: PageId,
    page: &'a Page,
    /// Its number on the page.
    number: usize,
    claim: &'a Claim,
    citation: &'a Citation,
}

/// The claims of a site that say how sure they are, in one of its words.
pub fn count(site: &Site) -> usize {
    if site.config.evidence.is_empty() {
        return 0;
    }
    let pages = site.pages.iter().filter(|page| !page.document.claims.graded.is_empty());
    pages
        .map(|page| page.document.claims.graded.iter().filter(|claim| level_of(site, page, claim).is_some()).count())
        .sum()
}

fn level_of<'a>(site: &'a Site, page: &'a Page, claim: &Claim) -> Option<(&'a Evidence, &'a Citation)> {
    let citation = page.document.citations.get(claim.citation.0 as usize)?;
    let (word, _) = citation.evidence.as_ref()?;
    Some((site.config.evidence.iter().find(|level| level.id == *word)?, citation))
}

/// The words for how sure a claim is that a page uses, surest first, each with how many claims have it.
pub fn on_page(parts: &Parts, filler: &Filler<'_>) -> Value {
    let used = filler.evidence.iter();
    list(used.filter_map(|(index, count)| Some(level(parts.site.config.evidence.get(*index)?, *count, []))))
}

fn level<const N: usize>(level: &Evidence, count: usize, more: [(&'static str, Value); N]) -> Value {
    let own = record([
        ("id", Value::from(level.id.as_str())),
        ("title", Value::from(level.title.as_str())),
        ("summary", Value::from(level.summary.as_str())),
        ("count", Value::from(count)),
    ]);
    let mut all = own.into_map().unwrap_or_default();
    all.extend(more.into_iter().map(|(name, value)| (name.into(), value)));
    Value::from(all)
}

/// Every claim, the surest first.
pub fn evidence(parts: &Parts) -> View {
    let site = &*parts.site;
    let summary = &site.config.claims.summary;
    let page = generated_page(parts, "evidence", &parts.claims_title(), summary, PATH, list([home_crumb(parts)]));
    let mut context = context("../", page);
    let mut by_level: Vec<Vec<Found<'_>>> = site.config.evidence.iter().map(|_| Vec::new()).collect();
    for id in in_reading_order(site) {
        let page = site.page(id);
        for (claim, number) in page.document.claims.graded.iter().zip(1..) {
            let Some((level, citation)) = level_of(site, page, claim) else { continue };
            let index = site.config.evidence.iter().position(|other| other.id == level.id);
            by_level[index.unwrap_or_default()].push(Found { id, page, number, claim, citation });
        }
    }
    let levels = site.config.evidence.iter().zip(&by_level).map(|(known, claims)| {
        let shown = claims.iter().map(|found| view(parts, found));
        let mut letters = known.title.chars();
        let first = letters.next().into_iter().flat_map(char::to_uppercase);
        let heading: String = first.chain(letters).collect();
        level(known, claims.len(), [("title", Value::from(heading)), ("claims", list(shown))])
    });
    context.insert_value("levels", list(levels));
    View { template: "evidence.html", context }
}

/// Articles as they are read, then everything else.
fn in_reading_order(site: &Site) -> Vec<PageId> {
    let articles = site.sections.iter().flat_map(|section| section.articles.iter().copied());
    let others = site.ids().filter(|(_, page)| page.kind() != Kind::Article).map(|(id, _)| id);
    articles.chain(others).collect()
}

fn view(parts: &Parts, found: &Found<'_>) -> Value {
    let Found { id, page, number, claim, citation } = found;
    let mut filler = Filler::new(&parts.site, &parts.theme, page, "../", Place::Elsewhere);
    // Terms without a page, and introductions of generated lists, are shown without their citations.
    let is_generated = page.kind() == Kind::Section && parts.site.section_of(page).is_none();
    let path = match page.has_page() && !is_generated {
        true => format!("{}#claim-{number}", page.url.as_str()),
        false => page.url.as_str().to_owned(),
    };
    // Where one of them speaks against the claim, every source of the sentence counts; else those of the citation.
    let document = &page.document;
    let of = |id: &CitationId| document.citations.get(id.0 as usize);
    let is_split = claim.citations.iter().filter_map(of).flat_map(|citation| &citation.items).any(|item| item.against);
    let cited: Vec<&Citation> =
        if is_split { claim.citations.iter().filter_map(of).collect() } else { vec![*citation] };
    let sources = |against: bool| {
        let mut keys: Vec<&str> = Vec::new();
        for item in cited.iter().flat_map(|citation| &citation.items).filter(|item| item.against == against) {
            if !keys.contains(&item.key.as_str()) {
                keys.push(&item.key);
            }
        }
        list(keys.into_iter().filter_map(|key| {
            let entry = parts.site.bibliography.entries.get(key)?;
            Some(record([
                ("name", Value::from(entry.short.as_str())),
                ("path", path_value(&format!("sources/#source-{}", slugify(key)))),
            ]))
        }))
    };
    let heading = claim.heading.and_then(|index| document.headings.get(index));
    record([
        ("text", html(&filler.one(&claim.sentence))),
        ("card", parts.card(*id)),
        ("heading", Value::from(heading.map(|heading| heading.text.as_str()))),
        ("path", path_value(&path)),
        ("sources", sources(false)),
        ("against", sources(true)),
    ])
}
