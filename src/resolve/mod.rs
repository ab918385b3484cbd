//! All documents → one [`Site`]: every name bound, or reported.
//!
//! Done whole every time: it is look-ups over small facts. Only the search for terms in the text is kept from before, by
//! (document, glossary).

mod assets;
mod forms;
pub mod glossary;
mod links;
mod order;
mod relations;
pub mod site;
mod symbols;
mod url;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use rayon::prelude::*;

pub use self::assets::{Drawings, asset_url, bytes_of};
use self::glossary::{Action, Glossary, TermLinks};
use self::links::Resolver;
use self::relations::Relations;
use self::site::{Page, PageId, PageLinks, SectionPages, Site, Target, Use, UsePlace, page_id};
use self::symbols::{Found, Symbols, Unpublished};
pub use self::url::UrlPath;
use crate::config::{self, Config, Kind};
use crate::diagnostic::{Code, Diagnostic};
use crate::parse::bibliography::Bibliography;
use crate::parse::document::{Document, Field, Item, OBJECT, Segment};
use crate::parse::front_matter::Meta;
use crate::source::Sources;
use crate::text::{Fingerprint, TextRange, VPath, nearest};
use crate::yaml::{self, Step};

/// What the last resolution found in texts and drawings.
#[derive(Clone, Debug, Default)]
pub struct Memory {
    glossary: Fingerprint,
    term_links: HashMap<Fingerprint, Arc<TermLinks>>,
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
    let (published, hidden) = split(documents, sources);
    let pages: Vec<&Document> = published.iter().map(|document| &***document).collect();
    let (symbols, mut found) = Symbols::new(&pages, &hidden);
    problems.append(&mut found);
    let urls: Vec<String> = pages.iter().map(|document| symbols::url_of(document)).collect();
    problems.extend(check_urls(&pages, &urls, config));
    let (glossary, mut found) = Glossary::new(&pages);
    problems.append(&mut found);

    let resolver = Resolver { symbols: &symbols, pages: &pages, urls: &urls, sources };
    let resolved: Vec<_> = published
        .par_iter()
        .map(|document| {
            let (targets, problems) = resolver.resolve(document);
            let (sources, cited) = cite(document, bibliography);
            (
                targets,
                sources,
                problems.into_iter().chain(cited).collect::<Vec<_>>(),
                term_links(document, &glossary, memory),
            )
        })
        .collect();
    let (mut links, mut found) = Relations { config, symbols: &symbols, pages: &pages }.resolve();
    problems.append(&mut found);
    let sections = sections(config, &pages, &mut links, &mut problems);
    let exercises = in_order(&pages, Kind::Exercise);
    chain(&exercises, &mut links);

    let mut built = Vec::with_capacity(pages.len());
    for (index, (targets, sources, mut found, term_links)) in resolved.into_iter().enumerate() {
        problems.append(&mut found);
        let document = Arc::clone(published[index]);
        let (title, summary) = heading(&document, config);
        let url = UrlPath::new(&urls[index]);
        built.push(Page { document, url, title, summary, targets, term_links, sources, links: PageLinks::default() });
    }
    link_back(&built, &mut links);
    for (page, links) in built.iter_mut().zip(links) {
        page.links = links;
    }
    let (assets, mut found) = assets::publish(built.iter().flat_map(|page| &page.targets), sources, &memory.drawings);
    problems.append(&mut found);

    let mut chosen = Chosen { symbols: &symbols, sources, problems: Vec::new() };
    let help = config.help.as_ref().and_then(|id| chosen.page(&[Step::key("help")], id));
    let navigation = config.navigation.iter().enumerate();
    let navigation = navigation
        .filter_map(|(number, id)| chosen.page(&[Step::key("navigation"), Step::Index(number)], id))
        .collect();
    problems.append(&mut chosen.problems);

    let (redirects, mut found) = redirects(&built);
    problems.append(&mut found);
    let intro = |folder: &str| {
        pages.iter().position(|page| page.kind() == Kind::Section && page.folder() == folder).map(page_id)
    };
    let site = Site {
        home: urls.iter().position(String::is_empty).map(page_id),
        sections,
        exercises,
        exercises_intro: intro("exercises"),
        terms: terms(&built),
        glossary_order: glossary_order(&built),
        glossary_intro: intro("glossary"),
        help,
        navigation,
        assets,
        bibliography: Arc::clone(bibliography),
        cited_by: cited_by(&built),
        redirects,
        config: Arc::clone(config),
        pages: built,
    };
    let memory = remember(&site, &glossary);
    Resolution { site, problems, memory }
}

/// Published documents, and the others with the reason.
fn split<'d>(
    documents: &'d [Arc<Document>],
    sources: &Sources,
) -> (Vec<&'d Arc<Document>>, Vec<(&'d Document, Unpublished)>) {
    let mut published = Vec::with_capacity(documents.len());
    let mut hidden = Vec::new();
    for document in documents {
        match symbols::unpublished(document, &sources.settings) {
            None => published.push(document),
            Some(why) => hidden.push((&**document, why)),
        }
    }
    (published, hidden)
}

/// Two pages at one address, in any case of letters: some hosts do not tell them apart.
fn check_urls(pages: &[&Document], urls: &[String], config: &Config) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    let generated = generated_urls(pages, config);
    let mut seen: HashMap<String, usize> = HashMap::with_capacity(urls.len());
    for (index, url) in urls.iter().enumerate() {
        let document = pages[index];
        let own = url.trim_end_matches('/').rsplit(['/', '#']).next().unwrap_or_default();
        if own.is_empty() && document.path().stem() != "index" {
            let problem = Diagnostic::new(
                Code::InvalidSlug,
                document.path(),
                document.value_range(&[]),
                "this file's name gives no address",
            )
            .help("give it a name with letters or digits, or a `slug:`");
            problems.push(problem);
            continue;
        }
        if let Some(what) = generated.get(&url.to_lowercase()).filter(|_| document.kind() != Kind::Section) {
            let message = format!("`/{url}` is the address of {what}");
            problems.push(
                Diagnostic::new(Code::DuplicateUrl, document.path(), document.value_range(&[]), message)
                    .help("rename the file, or give it a `slug:`"),
            );
            continue;
        }
        match seen.get(&url.to_lowercase()) {
            None => {
                seen.insert(url.to_lowercase(), index);
            }
            Some(first) => {
                let first = pages[*first];
                let message = format!("`/{url}` is the address of two pages");
                problems.push(
                    Diagnostic::new(Code::DuplicateUrl, document.path(), document.value_range(&[]), message)
                        .note(first.path(), first.value_range(&[]), "the other one")
                        .help("give one of them another `slug:`"),
                );
            }
        }
    }
    problems
}

/// The addresses of pages that no content file stands for.
fn generated_urls(pages: &[&Document], config: &Config) -> HashMap<String, &'static str> {
    let mut urls: HashMap<String, &'static str> = HashMap::new();
    urls.extend(config.sections.iter().map(|section| (format!("{}/", section.id), "a section")));
    if pages.iter().any(|page| page.kind() == Kind::Exercise) {
        urls.insert("exercises/".to_owned(), "the exercise index");
        for facet in &config.exercises.facets {
            urls.extend(
                facet.values.iter().map(|value| (format!("exercises/{}/{}/", facet.id, value.id), "a facet's page")),
            );
        }
    }
    if pages.iter().any(|page| page.kind() == Kind::Term) {
        urls.insert("glossary/".to_owned(), "the glossary");
    }
    urls.insert("sources/".to_owned(), "the page of sources");
    urls.insert("assets/".to_owned(), "the folder of assets");
    urls
}

/// The sources of a page in the order of first citation, and the keys that the bibliography does not have.
fn cite(document: &Document, bibliography: &Bibliography) -> (Vec<String>, Vec<Diagnostic>) {
    let mut sources: Vec<String> = Vec::new();
    let mut problems = Vec::new();
    for citation in &document.citations {
        for item in &citation.items {
            if bibliography.entries.contains_key(&item.key) {
                if !sources.contains(&item.key) {
                    sources.push(item.key.clone());
                }
                continue;
            }
            let at = document.locate(citation.origin, item.range);
            let message = format!("there is no source `{}` in `{}`", item.key, bibliography.path);
            let near = nearest(&item.key, bibliography.entries.keys().map(String::as_str));
            problems.push(Diagnostic::new(Code::UnknownCitation, document.path(), at, message).suggest(&near));
        }
    }
    (sources, problems)
}

fn term_links(document: &Document, glossary: &Glossary, memory: &Memory) -> Arc<TermLinks> {
    let known = (memory.glossary == glossary.fingerprint).then(|| memory.term_links.get(&document.source.fingerprint));
    match known.flatten() {
        Some(links) => Arc::clone(links),
        None => Arc::new(glossary.link(document)),
    }
}

/// The sections with their articles in reading order; articles elsewhere are a problem.
fn sections(
    config: &Config,
    pages: &[&Document],
    links: &mut [PageLinks],
    problems: &mut Vec<Diagnostic>,
) -> Vec<SectionPages> {
    let rank: HashMap<&str, usize> =
        config.sections.iter().zip(0..).map(|(section, rank)| (section.id.as_str(), rank)).collect();
    let mut reported = BTreeSet::new();
    for document in pages {
        let folder = document.folder();
        let is_index = document.kind() == Kind::Section && !["exercises", "glossary", ""].contains(&folder);
        if (document.kind() == Kind::Article || is_index)
            && !rank.contains_key(folder)
            && reported.insert(folder.to_owned())
        {
            problems.push(unknown_section(document, folder, config));
        }
    }
    let mut articles = in_order(pages, Kind::Article);
    articles.sort_by_key(|page| rank.get(pages[page.index()].folder()).copied().unwrap_or(usize::MAX));
    let requires = articles.iter().map(|page| (*page, links[page.index()].requires.clone())).collect();
    let (order, mut cycles) = order::reading_order(&articles, &requires, pages);
    problems.append(&mut cycles);
    let sections: Vec<SectionPages> = config
        .sections
        .iter()
        .map(|section| {
            let intro = pages.iter().position(|page| page.kind() == Kind::Section && page.folder() == section.id);
            let articles = order.iter().filter(|page| pages[page.index()].folder() == section.id).copied().collect();
            SectionPages {
                id: section.id.clone(),
                title: section.title.clone(),
                summary: section.summary.clone(),
                url: UrlPath::new(&format!("{}/", section.id)),
                intro: intro.map(page_id),
                articles,
            }
        })
        .collect();
    for section in &sections {
        chain(&section.articles, links);
    }
    sections
}

fn unknown_section(document: &Document, folder: &str, config: &Config) -> Diagnostic {
    let at = document.value_range(&[]);
    let near = nearest(folder, config.sections.iter().map(|section| section.id.as_str()));
    let message = match folder {
        "" => "an article must lie in the folder of a section".to_owned(),
        _ => format!("the folder `{folder}` is no section of site.yaml"),
    };
    Diagnostic::new(Code::UnknownSection, document.path(), at, message)
        .suggest(&near)
        .help(format!("move the file, or add `{{id: {folder}, title: …}}` under `sections:` in content/site.yaml"))
}

/// The pages of a kind by their `order`, then by id.
fn in_order(pages: &[&Document], kind: Kind) -> Vec<PageId> {
    let mut found: Vec<PageId> = (0..pages.len()).filter(|index| pages[*index].kind() == kind).map(page_id).collect();
    found.sort_by_key(|page| {
        let document = pages[page.index()];
        (document.meta.order().unwrap_or(i32::MAX), &document.id)
    });
    found
}

/// Previous, next and place of each page of a row.
fn chain(row: &[PageId], links: &mut [PageLinks]) {
    for (index, page) in row.iter().enumerate() {
        let links = &mut links[page.index()];
        links.previous = index.checked_sub(1).map(|before| row[before]);
        links.next = row.get(index + 1).copied();
        links.part = Some((index + 1, row.len()));
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
        Meta::Article(_) | Meta::Exercise(_) | Meta::Page(_) => (title, summary),
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

/// What each page is linked from and where each term is used.
fn link_back(pages: &[Page], links: &mut [PageLinks]) {
    let term_pages = glossary_order(pages);
    for (index, page) in pages.iter().enumerate() {
        let from = page_id(index);
        for (term, used) in uses(page, from, &term_pages) {
            let list = &mut links[term.index()].used_in;
            if term != from && list.last().is_none_or(|last| last.page != from) {
                list.push(used);
            }
        }
        for target in &page.targets {
            let Target::Page(to, _) = target else { continue };
            let list = &mut links[to.index()].linked_from;
            if *to != from && list.last() != Some(&from) {
                list.push(from);
            }
        }
    }
}

/// Every use of a term on a page, in reading order: links found in the text, and links that the author wrote.
fn uses(page: &Page, from: PageId, term_pages: &[PageId]) -> Vec<(PageId, Use)> {
    let mut found = Vec::new();
    let document = &page.document;
    let bodies = document.fields.iter().map(|(key, body)| (Some(*key), body)).chain([(None, &document.body)]);
    for (field, body) in bodies {
        for (segment, number) in body.segments.iter().zip(0_u32..) {
            let Segment::Prose(prose) = segment else { continue };
            let place = |start: u32, end: u32| Some(UsePlace { field, segment: number, start, end });
            for mark in &prose.marks {
                if let Item::OpenReference(reference, _) = &mark.item
                    && let Target::Page(to, _) = page.target(*reference)
                {
                    let end =
                        prose.marks.iter().find(|other| matches!(other.item, Item::CloseLink) && other.at >= mark.at);
                    found.push((*to, Use { page: from, place: place(mark.at, end.map_or(mark.at, |end| end.at)) }));
                }
            }
            for link in page.term_links.of(field, number) {
                if let Action::Link(term) = link.action
                    && let Some(to) = term_pages.get(term as usize)
                {
                    found.push((*to, Use { page: from, place: place(link.start, link.end) }));
                }
            }
        }
    }
    // By page used, keeping reading order, so that the first use of each comes first.
    found.sort_by_key(|(to, _)| *to);
    found
}

/// The pages of the terms in the order in which the glossary counts them: that of their files.
fn glossary_order(pages: &[Page]) -> Vec<PageId> {
    (0..pages.len()).filter(|index| pages[*index].kind() == Kind::Term).map(page_id).collect()
}

/// The terms by name, as a reader looks them up.
fn terms(pages: &[Page]) -> Vec<PageId> {
    let mut terms: Vec<PageId> =
        (0..pages.len()).filter(|index| pages[*index].kind() == Kind::Term).map(page_id).collect();
    terms.sort_by_key(|id| {
        let page = &pages[id.index()];
        (page.title.to_lowercase(), page.id().to_owned())
    });
    terms
}

fn cited_by(pages: &[Page]) -> BTreeMap<String, Vec<PageId>> {
    let mut cited: BTreeMap<String, Vec<PageId>> = BTreeMap::new();
    for (index, page) in pages.iter().enumerate() {
        for key in &page.sources {
            cited.entry(key.clone()).or_default().push(page_id(index));
        }
    }
    cited
}

/// Old addresses. One that a page has, or that two pages claim, is a problem.
fn redirects(pages: &[Page]) -> (BTreeMap<String, PageId>, Vec<Diagnostic>) {
    let taken: HashMap<&str, PageId> =
        pages.iter().enumerate().map(|(index, page)| (page.url.as_str(), page_id(index))).collect();
    let mut redirects: BTreeMap<String, PageId> = BTreeMap::new();
    let mut problems = Vec::new();
    for (index, page) in pages.iter().enumerate() {
        let (key, old) = page.document.meta.former_urls();
        for (number, written) in old.iter().enumerate() {
            let at = || page.document.value_range(&[Step::key(key), Step::Index(number)]);
            let report = |code, message: String| Diagnostic::new(code, page.document.path(), at(), message);
            let is_good = written.starts_with('/')
                && !written.contains("//")
                && !written.split('/').any(|part| matches!(part, "." | ".."))
                && !written.contains(|character: char| {
                    character.is_whitespace() || character.is_control() || "#?*\\:\"<>%".contains(character)
                });
            if !is_good {
                problems.push(
                    report(Code::InvalidSlug, format!("`{written}` is no address of this site"))
                        .help("write it from the site's root, like `/old/page/`"),
                );
                continue;
            }
            let mut url = written.trim_start_matches('/').to_owned();
            if !url.ends_with('/') && !url.ends_with(".html") && !url.is_empty() {
                url.push('/');
            }
            let other = taken.get(url.as_str()).or_else(|| redirects.get(&url)).copied();
            match other {
                Some(other) => {
                    let other = &pages[other.index()].document;
                    problems.push(report(Code::DuplicateUrl, format!("`{written}` is taken")).note(
                        other.path(),
                        other.value_range(&[]),
                        "by this page",
                    ));
                }
                None => {
                    redirects.insert(url, page_id(index));
                }
            }
        }
    }
    (redirects, problems)
}

/// Looks up the pages that site.yaml names.
struct Chosen<'a> {
    symbols: &'a Symbols<'a>,
    sources: &'a Sources,
    problems: Vec<Diagnostic>,
}

impl Chosen<'_> {
    fn page(&mut self, path: &[Step], id: &str) -> Option<PageId> {
        let kinds = [Kind::Page, Kind::Article];
        if let Found::One(page) = self.symbols.id(id, &kinds) {
            return Some(page);
        }
        let site = VPath::new(config::PATH).expect("the path is relative");
        let at = self
            .sources
            .files
            .get(&site)
            .map_or_else(TextRange::default, |file| yaml::locate(file, TextRange::new(0, file.text.len()), path));
        let near = self.symbols.ids_near(id, &kinds);
        self.problems
            .push(Diagnostic::new(Code::UnknownId, &site, at, format!("there is no page `{id}`")).suggest(&near));
        None
    }
}

fn remember(site: &Site, glossary: &Glossary) -> Memory {
    let term_links =
        site.pages.iter().map(|page| (page.document.source.fingerprint, Arc::clone(&page.term_links))).collect();
    let drawings = site
        .assets
        .values()
        .filter_map(|asset| Some((asset.fingerprint, Arc::clone(asset.drawing.as_ref()?))))
        .collect();
    Memory { glossary: glossary.fingerprint, term_links, drawings }
}
