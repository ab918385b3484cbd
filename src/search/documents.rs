//! What can be found: articles, exercises, terms, pages, and the pages that introduce sections.

use super::words::fold;
use crate::config::Kind;
use crate::resolve::UrlPath;
use crate::resolve::site::{Page, PageId, Site};

/// The groups that results are shown in.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum Group {
    /// Terms of the glossary.
    Words,
    /// Articles.
    Articles,
    /// Exercises.
    Exercises,
    /// Other pages, and introductions.
    Pages,
}

impl Group {
    /// Every group, in the order of equal results.
    pub const ALL: &'static [Self] = &[Self::Words, Self::Articles, Self::Exercises, Self::Pages];
}

/// Something that can be found.
#[derive(Debug)]
pub struct Document {
    /// The content file; a section may have none.
    pub page: Option<PageId>,
    /// Where it is shown.
    pub group: Group,
    /// Its title.
    pub title: String,
    /// Its address.
    pub url: UrlPath,
    /// What it says in short, plain text.
    pub summary: String,
}

/// Whether a site has a page beside its lists, so that there is something to find.
pub fn are_there(site: &Site) -> bool {
    site.ids().any(|page| is_own(site, page))
}

/// Whether a page is found by itself.
fn is_own(site: &Site, (id, page): (PageId, &Page)) -> bool {
    page.kind() != Kind::Section && site.home != Some(id)
}

/// Everything that can be found, in the order of equal results; nothing where a site has no pages beside its lists.
pub fn documents(site: &Site) -> Vec<Document> {
    let mut documents: Vec<Document> = site
        .ids()
        .filter(|page| is_own(site, *page))
        .map(|(id, page)| Document {
            page: Some(id),
            group: match page.kind() {
                Kind::Term => Group::Words,
                Kind::Article => Group::Articles,
                Kind::Exercise | Kind::Sequence => Group::Exercises,
                Kind::Page | Kind::Section | Kind::Care => Group::Pages,
            },
            title: page.title.clone(),
            url: page.url.clone(),
            summary: page.summary.clone(),
        })
        .collect();
    if documents.is_empty() {
        return documents;
    }
    let config = &site.config;
    let lists = [
        (
            site.exercises_intro,
            config.exercises.title.as_ref(),
            &config.exercises.summary,
            "exercises/",
            &site.exercises,
        ),
        (None, config.handout.title.as_ref(), &config.handout.summary, "handout/", &site.exercises),
        (site.glossary_intro, config.glossary.title.as_ref(), &config.glossary.summary, "glossary/", &site.terms),
    ];
    let lists = lists.into_iter().filter(|(.., pages)| !pages.is_empty());
    let lists = lists.map(|(intro, title, summary, url, _)| {
        introduction(site, intro, title.map_or("", String::as_str), summary, UrlPath::new(url))
    });
    let sections = site.sections.iter();
    let sections = sections
        .map(|section| introduction(site, section.intro, &section.title, &section.summary, section.url.clone()));
    documents.extend(sections.chain(lists).filter(|document| !document.title.is_empty()));
    documents.sort_by_cached_key(|document| {
        (document.group, fold(&document.title), document.title.clone(), document.url.to_string())
    });
    documents
}

/// The page that introduces a list: its title and summary are those of its file, where that has any.
fn introduction(site: &Site, page: Option<PageId>, title: &str, summary: &str, url: UrlPath) -> Document {
    let own = page.map(|page| site.page(page));
    let or =
        |own: Option<&String>, other: &str| own.filter(|own| !own.is_empty()).map_or(other, String::as_str).to_owned();
    Document {
        page,
        group: Group::Pages,
        title: or(own.map(|page| &page.title), title),
        url,
        summary: or(own.map(|page| &page.summary), summary),
    }
}
