//! Opinions about a resolved site. To add one: a file with a function, a line in `CHECKS`, a [`Code`](crate::diagnostic::Code), a case.

mod circular_definition;
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

use rayon::prelude::*;

use crate::config;
use crate::diagnostic::Diagnostic;
use crate::parse::document::Document;
use crate::resolve::site::Site;
use crate::search::Index;
use crate::source::Sources;
use crate::text::{TextRange, VPath};
use crate::yaml::{self, Step};

/// Looks at a site, and at the files that it was made from, and says what could be better.
type Check = fn(&Site, &Sources) -> Vec<Diagnostic>;

/// Every check.
const CHECKS: &[Check] = &[
    missing_alt::check,
    missing_summary::check,
    missing_stop_if::check,
    overdue_review::check,
    edited_since_review::check,
    heading_jump::check,
    missing_care::check,
    long_care_card::check,
    repeated_care_card::check,
    text_after_care_card::check,
    vague_link::check,
    empty_section::check,
    repeated_heading::check,
    orphan_page::check,
    unused_asset::check,
    unused_facet_value::check,
    unused_source::check,
    circular_definition::check,
    table_head::check,
    long_list::check,
    long_section::check,
    unexplained_acronym::check,
    strength_without_source::check,
    strong_wording::check,
    one_sided_claim::check,
    uncited_claim::check,
    unused_care_card::check,
    dont_item::check,
    unused_term::check,
];

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

/// Runs every check; that of searches where there is an `index` to search.
pub fn check(site: &Site, index: Option<&Index>, sources: &Sources) -> Vec<Diagnostic> {
    let mut problems: Vec<Diagnostic> = CHECKS.par_iter().flat_map_iter(|check| check(site, sources)).collect();
    problems.extend(index.into_iter().flat_map(|index| search_expectation::check(site, index)));
    problems
}
