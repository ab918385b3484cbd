//! All documents → one [`Site`]: every name bound, or reported.
//!
//! Done whole every time: it is look-ups over small facts. Only what each text is bound to is kept from before, by its document and
//! everything that names can mean (`bound`).

mod addresses;
mod assets;
mod backlinks;
mod bound;
mod cards;
mod chosen;
mod cite;
mod claims;
mod facets;
mod forms;
pub mod glossary;
mod handout;
mod links;
mod order;
mod paths;
mod relations;
mod searches;
mod sections;
pub mod site;
mod symbols;
mod url;

use std::sync::Arc;

use self::addresses::{check_urls, redirects, url_of};
pub use self::assets::{Drawings, asset_url, bytes_of};
use self::backlinks::{cited_by, glossary_order, link_back, terms};
use self::bound::{Binder, Bound};
use self::chosen::{Chosen, chosen};
use self::facets::Facets;
pub use self::facets::value_of_part;
pub use self::forms::{inflections, is_acronym};
use self::glossary::Glossary;
use self::links::Resolver;
use self::relations::Relations;
use self::searches::searches;
use self::sections::{row, sections};
use self::site::{Page, PageId, PageLinks, Site, page_id};
use self::symbols::{Symbols, Unpublished};
pub use self::url::UrlPath;
use crate::config::{Config, Kind};
use crate::diagnostic::Diagnostic;
use crate::parse::bibliography::Bibliography;
use crate::parse::body::{OBJECT, Segment};
use crate::parse::document::Document;
use crate::parse::field::Field;
use crate::parse::front_matter::Meta;
use crate::source::Sources;

/// What the last resolution found in texts and drawings.
#[derive(Clone, Debug, Default)]
pub struct Memory {
    bound: bound::Memory,
    drawings: Drawings,
}

/// A resolved site, what is wrong with it, and what the next resolution can use.
#[derive(Debug)]
pub struct Resolution {
    /// The site.
    pub site: Site,
    /// Problems between files.
    pub problems: Vec<Diagnostic>,
    /// For the next time.
    pub memory: Memory,
}

/// Binds every name.
pub fn resolve(
    config: &Arc<Config>,
    documents: &[Arc<Document>],
    bibliography: &Arc<Bibliography>,
    sources: &Sources,
    memory: &Memory,
) -> Resolution {
    let mut problems = Vec::new();
    let Split { published, cards, hidden } = split(documents, sources);
    let pages: Vec<&Document> = published.iter().map(|document| &***document).collect();
    let (symbols, mut found) = Symbols::new(&pages, &hidden);
    problems.append(&mut found);
    let urls: Vec<String> = pages.iter().map(|document| url_of(document)).collect();
    problems.extend(check_urls(&pages, &urls, config));
    let (glossary, mut found) = Glossary::new(&pages);
    problems.append(&mut found);

    let facets = Facets::new(config, &pages);
    let resolver = Resolver { symbols: &symbols, facets: &facets, pages: &pages, urls: &urls, sources };
    let term_pages = glossary_order(&pages);
    let binder = Binder { config, sources, bibliography, glossary: &glossary, resolver: &resolver, terms: &term_pages };
    let (bound, known) = binder.bind(&published, documents, &memory.bound);
    problems.extend(bound.iter().flat_map(|bound| bound.problems.iter().cloned()));
    let (mut links, mut found) = Relations { config, symbols: &symbols, pages: &pages }.resolve();
    problems.append(&mut found);
    let sections = sections(config, &pages, &mut links, &mut problems);
    let (paths, mut found) = paths::paths(config, &pages, Chosen::new(&symbols, sources), &mut links);
    problems.append(&mut found);
    let [exercises, sequences] = [Kind::Exercise, Kind::Sequence].map(|kind| row(&pages, kind, &mut links));
    let (handout_note, mut found) = handout::note(config, &resolver);
    problems.append(&mut found);
    let cards = cards::cards(&cards, &hidden, &resolver, &mut problems);

    link_back(&bound, &mut links);
    let parts = published.iter().zip(&urls).zip(&bound).zip(links);
    let built: Vec<Page> =
        parts.map(|(((document, url), bound), links)| page(document, url, bound, links, config)).collect();
    let targets = built.iter().chain(&handout_note).chain(cards.values()).flat_map(|page| page.targets.iter());
    let (assets, mut found) = assets::publish(targets, sources, &memory.drawings);
    problems.append(&mut found);

    let (facet_maps, mut found) = facets.maps(sources, &memory.drawings);
    problems.append(&mut found);

    let (help, navigation, mut found) = chosen(config, &symbols, sources);
    problems.append(&mut found);

    let (searches, mut found) = searches(config, help.map(|id: PageId| &built[id.index()]), sources, &symbols, &cards);
    problems.append(&mut found);

    let (redirects, mut found) = redirects(&built);
    problems.append(&mut found);
    let site = Site {
        unpublished: unpublished(documents, sources),
        home: urls.iter().position(String::is_empty).map(page_id),
        sections,
        exercises,
        facet_maps,
        exercises_intro: introduction(&pages, "exercises"),
        sequences,
        handout_note,
        cards,
        terms: terms(&built),
        glossary_order: term_pages,
        glossary_intro: introduction(&pages, "glossary"),
        help,
        navigation,
        paths,
        assets,
        bibliography: Arc::clone(bibliography),
        cited_by: cited_by(&built),
        redirects,
        searches,
        config: Arc::clone(config),
        pages: built,
    };
    let memory = Memory { bound: known, drawings: drawings(&site) };
    Resolution { site, problems, memory }
}

/// The page that introduces what lies in `folder`.
fn introduction(pages: &[&Document], folder: &str) -> Option<PageId> {
    pages.iter().position(|page| page.kind() == Kind::Section && page.folder() == folder).map(page_id)
}

/// Documents that are not published, or not now.
fn unpublished(documents: &[Arc<Document>], sources: &Sources) -> Vec<Arc<Document>> {
    let hidden = documents.iter().filter(|document| symbols::unpublished(document, &sources.settings).is_some());
    hidden.cloned().collect()
}

/// Pages to publish, care cards that they can show, and the other documents with the reason.
struct Split<'d> {
    published: Vec<&'d Arc<Document>>,
    cards: Vec<&'d Arc<Document>>,
    hidden: Vec<(&'d Document, Unpublished)>,
}

fn split<'d>(documents: &'d [Arc<Document>], sources: &Sources) -> Split<'d> {
    let mut published = Vec::with_capacity(documents.len());
    let (mut cards, mut hidden) = (Vec::new(), Vec::new());
    for document in documents {
        match symbols::unpublished(document, &sources.settings) {
            None if document.kind() == Kind::Care => cards.push(document),
            None => published.push(document),
            Some(why) => hidden.push((&**document, why)),
        }
    }
    Split { published, cards, hidden }
}

fn page(document: &Arc<Document>, url: &str, bound: &Bound, links: PageLinks, config: &Config) -> Page {
    let (title, summary) = heading(document, config);
    Page {
        document: Arc::clone(document),
        url: UrlPath::new(url),
        title,
        summary,
        targets: Arc::clone(&bound.targets),
        term_links: Arc::clone(&bound.term_links),
        sources: Arc::clone(&bound.sources),
        links,
    }
}

/// The title and summary of a page; a section leaves them to site.yaml, a term's summary is its definition.
fn heading(document: &Document, config: &Config) -> (String, String) {
    let (title, summary) = (document.meta.title().to_owned(), document.meta.summary().to_owned());
    match &document.meta {
        Meta::Section(_) => {
            let section = config.sections.iter().find(|section| section.id == document.folder());
            let or = |text: String, other: Option<&String>| {
                if text.is_empty() { other.cloned().unwrap_or_default() } else { text }
            };
            (or(title, section.map(|section| &section.title)), or(summary, section.map(|section| &section.summary)))
        }
        Meta::Term(_) => (title, plain(document)),
        Meta::Article(_) | Meta::Exercise(_) | Meta::Page(_) | Meta::Sequence(_) | Meta::Care(_) => (title, summary),
    }
}

/// A term's definition as plain text.
fn plain(document: &Document) -> String {
    let definition = document.field(Field::Definition, 0);
    let mut text = String::new();
    for segment in definition.into_iter().flat_map(|body| &body.segments) {
        if let Segment::Prose(prose) = segment {
            text += &prose.text.replace(OBJECT, "");
        }
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The drawings of a site.
fn drawings(site: &Site) -> Drawings {
    let shown = site.assets.values().filter_map(|asset| Some((asset.fingerprint, Arc::clone(asset.drawing.as_ref()?))));
    let maps = site.facet_maps.iter().flatten().map(|map| (map.fingerprint, Arc::clone(&map.drawing)));
    shown.chain(maps).collect()
}
