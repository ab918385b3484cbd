//! The names that terms and exercises claim, and those that two terms claim.

use std::collections::{BTreeMap, HashSet};

use super::forms::{folded, folded_with_case, inflections, is_acronym};
use crate::diagnostic::{Code, Diagnostic};
use crate::parse::document::Document;
use crate::parse::front_matter::{Exercise, Match, Term};
use crate::yaml::Step;

/// A form in the making: who claims it, and where.
pub(super) struct Claim {
    pub(super) term: u32,
    pub(super) form: String,
    pub(super) exact: bool,
    /// How it is written in front matter, for messages.
    pub(super) written: String,
    pub(super) place: Vec<Step>,
}

/// Everything that a term claims to be called.
pub(super) fn claims_of(term: &Term, index: u32) -> Vec<Claim> {
    let mut claims = Vec::new();
    let mut claim = |written: &str, matching: Match, place: Vec<Step>, is_fixed: bool| {
        if matching == Match::Explicit {
            return;
        }
        let forms = if is_fixed { vec![written.to_owned()] } else { inflections(written) };
        for form in forms {
            let exact = matching == Match::Exact || is_acronym(&form);
            claims.push(Claim { term: index, form, exact, written: written.to_owned(), place: place.clone() });
        }
    };
    claim(&term.name, term.matching, vec![Step::key("name")], false);
    for (number, alias) in term.aliases.iter().enumerate() {
        let place = vec![Step::key("aliases"), Step::Index(number)];
        claim(&alias.name, alias.matching.unwrap_or(term.matching), place, false);
    }
    for (number, form) in term.forms.iter().enumerate() {
        claim(form, term.matching, vec![Step::key("forms"), Step::Index(number)], true);
    }
    claims
}

pub(super) fn exercise_names(exercise: &Exercise) -> Vec<String> {
    exercise.also_called.iter().chain([&exercise.title]).map(|name| folded(name)).collect()
}

/// Forms that two terms claim. Forms that only arose by inflection are reported at the name that they arose from.
pub(super) fn duplicates(claims: &BTreeMap<String, Vec<Claim>>, owners: &[&Document]) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    let mut reported = HashSet::new();
    for claims in claims.values() {
        let first = &claims[0];
        for claim in claims.iter().filter(|claim| claim.term != first.term) {
            // Two acronyms that differ in case only do not meet.
            if claim.exact && first.exact && folded_with_case(&claim.form) != folded_with_case(&first.form) {
                continue;
            }
            let (owner, other) = (owners[claim.term as usize], owners[first.term as usize]);
            if reported.insert((claim.term, first.term, claim.written.clone())) {
                let message = format!("`{}` is claimed by two terms: `{}` and `{}`", claim.form, other.id, owner.id);
                problems.push(
                    Diagnostic::new(Code::DuplicateForm, owner.path(), owner.value_range(&claim.place), message)
                        .note(other.path(), other.value_range(&first.place), format!("`{}` claims it here", other.id))
                        .help("take it out of one of them, or write it there as `{name: …, match: explicit}`"),
                );
            }
        }
    }
    problems
}
