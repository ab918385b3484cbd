//! Opinions about a resolved site. To add one: a file with a function, a line in `PAGE_CHECKS` or `CHECKS`, a [`Code`](crate::diagnostic::Code), a case.

mod circular_definition;
mod doi_form;
mod dont_item;
mod edited_since_review;
mod empty_section;
mod heading_jump;
mod long_care_card;
mod long_list;
mod long_section;
mod missing_alt;
mod missing_care;
mod missing_stop_if;
mod missing_summary;
mod objectives;
mod one_sided_claim;
mod orphan_page;
mod overdue_review;
mod repeated_care_card;
mod repeated_heading;
mod search_expectation;
mod strength_without_source;
mod strong_wording;
mod table_head;
mod text_after_care_card;
mod uncited_claim;
mod unexplained_acronym;
mod unused_asset;
mod unused_care_card;
mod unused_facet_value;
mod unused_source;
mod unused_term;
mod vague_link;

use std::collections::HashMap;
use std::sync::Arc;

use rayon::prelude::*;

use crate::config::{self, Config};
use crate::diagnostic::Diagnostic;
use crate::parse::document::Document;
use crate::resolve::site::{Page, Site};
use crate::search::Index;
use crate::source::Sources;
use crate::text::{Fingerprint, TextRange, VPath};
use crate::yaml::{self, Step};

/// Looks at one document alone, by what site.yaml says. Its findings are kept as long as both are the same.
type PageCheck = fn(&Document, &Config) -> Vec<Diagnostic>;

/// Every check of a document.
const PAGE_CHECKS: &[PageCheck] = &[
    missing_alt::check,
    heading_jump::check,
    text_after_care_card::check,
    vague_link::check,
    doi_form::check_links,
    empty_section::check,
    repeated_heading::check,
    table_head::check,
    long_list::check,
    long_section::check,
];

/// Looks at a site, and at the files that it was made from, and says what could be better. It should not walk texts: each build of a site of
/// ten thousand pages would.
type Check = fn(&Site, &Sources) -> Vec<Diagnostic>;

/// Every check of a site.
const CHECKS: &[Check] = &[
    missing_summary::check,
    missing_stop_if::check,
    objectives::check,
    overdue_review::check,
    edited_since_review::check,
    missing_care::check,
    long_care_card::check,
    repeated_care_card::check,
    orphan_page::check,
    unused_asset::check,
    unused_facet_value::check,
    unused_source::check,
    circular_definition::check,
    unexplained_acronym::check,
    strength_without_source::check,
    strong_wording::check,
    one_sided_claim::check,
    uncited_claim::check,
    unused_care_card::check,
    dont_item::check,
    unused_term::check,
    doi_form::check,
];

/// What the last run found in documents.
#[derive(Clone, Debug, Default)]
pub struct Memory {
    /// Of what site.yaml says.
    config: Fingerprint,
    /// By the fingerprint of each document.
    findings: HashMap<Fingerprint, Arc<[Diagnostic]>>,
}

/// The first line of what stands at `range` of a document.
fn first_line(document: &Document, range: TextRange) -> TextRange {
    let text = &document.source.text[range.within(&document.source.text).bytes()];
    TextRange::new(range.start as usize, range.start as usize + text.lines().next().map_or(0, str::len))
}

/// Where the value at `path` of site.yaml stands.
fn at_site(sources: &Sources, path: &[Step]) -> (VPath, TextRange) {
    let site = VPath::new(config::PATH).expect("the path is relative");
    let file = sources.files.get(&site);
    let at = file.map(|file| yaml::locate(file, TextRange::new(0, file.text.len()), path));
    (site, at.unwrap_or_default())
}

/// Runs every check but that of searches; also what the next run can use.
pub fn check(site: &Site, sources: &Sources, memory: &Memory) -> (Vec<Diagnostic>, Memory) {
    let config = Fingerprint::of(&*site.config);
    let known = Some(&memory.findings).filter(|_| memory.config == config);
    let find = |page: &Page| {
        let document = &page.document;
        let fingerprint = document.source.fingerprint;
        let found = known.and_then(|known| known.get(&fingerprint)).map(Arc::clone);
        let look = || PAGE_CHECKS.iter().flat_map(|check| check(document, &site.config)).collect();
        (fingerprint, found.unwrap_or_else(look))
    };
    let texts: Vec<&Page> = site.pages.iter().chain(site.cards.values()).collect();
    let (findings, mut problems): (HashMap<_, _>, Vec<Diagnostic>) = rayon::join(
        || texts.par_iter().map(|page| find(page)).collect(),
        || CHECKS.par_iter().flat_map_iter(|check| check(site, sources)).collect(),
    );
    problems.extend(texts.iter().flat_map(|page| findings[&page.document.source.fingerprint].iter().cloned()));
    (problems, Memory { config, findings })
}

/// Looks at what searches find.
pub fn searches(site: &Site, index: &Index) -> Vec<Diagnostic> {
    search_expectation::check(site, index)
}
