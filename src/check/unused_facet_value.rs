//! `unused-facet-value`: a value of a facet that no exercise has.

use std::collections::HashSet;

use super::at_site;
use crate::diagnostic::{Code, Diagnostic};
use crate::parse::front_matter::Meta;
use crate::resolve::site::Site;
use crate::source::Sources;
use crate::yaml::Step;

pub(super) fn check(site: &Site, sources: &Sources) -> Vec<Diagnostic> {
    // A draft will have it.
    let documents = site.pages.iter().map(|page| &page.document).chain(&site.unpublished);
    let mut used = HashSet::new();
    let mut exercises = 0;
    for document in documents {
        if let Meta::Exercise(exercise) = &document.meta {
            exercises += 1;
            used.extend(
                exercise.facets.iter().flat_map(|(facet, values)| values.0.iter().map(move |value| (facet, value))),
            );
        }
    }
    if exercises == 0 {
        return Vec::new();
    }
    let facets = site.config.exercises.facets.iter().zip(0..);
    let values = facets
        .flat_map(|(facet, at)| facet.values.iter().zip(0..).map(move |(value, number)| (facet, at, value, number)));
    let unused = values.filter(|(facet, _, value, _)| !used.contains(&(&facet.id, &value.id)));
    unused
        .map(|(facet, at, value, number)| {
            let place = [
                Step::key("exercises"),
                Step::key("facets"),
                Step::Index(at),
                Step::key("values"),
                Step::Index(number),
                Step::key("id"),
            ];
            let (path, at) = at_site(sources, &place);
            let message = format!("no exercise has the value `{}` of the facet `{}`", value.id, facet.id);
            Diagnostic::new(Code::UnusedFacetValue, &path, at, message)
                .help("give it to an exercise, or take it out: readers are offered only what there is")
        })
        .collect()
}
