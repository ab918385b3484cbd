//! Sections and rows: which pages follow which.

use std::collections::{BTreeSet, HashMap};

use super::order;
use super::site::{PageId, PageLinks, SectionPages, page_id};
use super::url::UrlPath;
use crate::config::{Config, Kind};
use crate::diagnostic::{Code, Diagnostic};
use crate::parse::document::Document;
use crate::text::nearest;

/// The sections with their articles in reading order; articles elsewhere are a problem.
pub(super) fn sections(
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
    articles.sort_by_cached_key(|page| rank.get(pages[page.index()].folder()).copied().unwrap_or(usize::MAX));
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
    let problem = |message: String| Diagnostic::new(Code::UnknownSection, document.path(), at, message);
    if folder.is_empty() {
        return problem("an article must lie in the folder of a section".to_owned()).help("move the file into one");
    }
    if folder == "safety" {
        return problem("there is no page of care cards to introduce".to_owned())
            .help("pages show the cards one by one, with `> [!CARE] name`: give the file another name, or delete it");
    }
    if folder == "sequences" {
        return problem("there is no page of sequences to introduce".to_owned())
            .help("sequences are listed with the exercises: write about them in `content/exercises/index.md`");
    }
    problem(format!("the folder `{folder}` is no section of site.yaml"))
        .suggest(&near)
        .help(format!("move the file, or add `{{id: {folder}, title: …}}` under `sections:` in content/site.yaml"))
}

/// The pages of a kind in their order, each linked to those beside it.
pub(super) fn row(pages: &[&Document], kind: Kind, links: &mut [PageLinks]) -> Vec<PageId> {
    let row = in_order(pages, kind);
    chain(&row, links);
    row
}

/// The pages of a kind by their `order`, then by id.
fn in_order(pages: &[&Document], kind: Kind) -> Vec<PageId> {
    let mut found: Vec<PageId> = (0..pages.len()).filter(|index| pages[*index].kind() == kind).map(page_id).collect();
    found.sort_by_cached_key(|page| {
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
