//! Ids in front matter → pages, and every relation shown at both ends.

use std::collections::{BTreeMap, BTreeSet};

use super::site::{PageId, PageLinks, SequencePart, Step as Way, page_id};
use super::symbols::{Found, Symbols};
use crate::config::{Config, Kind};
use crate::diagnostic::{Code, Diagnostic};
use crate::parse::document::Document;
use crate::parse::field::Field;
use crate::parse::front_matter::{Exercise, Meta, Sequence, Variation};
use crate::text::nearest;
use crate::yaml::Step;

/// Looks up everything that front matter says about other pages.
pub(super) struct Relations<'a> {
    pub(super) config: &'a Config,
    pub(super) symbols: &'a Symbols<'a>,
    pub(super) pages: &'a [&'a Document],
}

impl Relations<'_> {
    /// What each page has to do with others, both ways; without order, text links and uses.
    pub(super) fn resolve(&self) -> (Vec<PageLinks>, Vec<Diagnostic>) {
        let mut links = vec![PageLinks::default(); self.pages.len()];
        let mut problems = Vec::new();
        for (index, document) in self.pages.iter().enumerate() {
            self.own(page_id(index), document, &mut links, &mut problems);
            self.check_vocabulary(document, &mut problems);
        }
        self.typed(&mut links, &mut problems);
        mirror_variations(&mut links);
        for page in &mut links {
            for list in [&mut page.builds_on_this, &mut page.recommended_in] {
                list.sort_unstable();
                list.dedup();
            }
        }
        (links, problems)
    }

    fn own(&self, page: PageId, document: &Document, links: &mut [PageLinks], problems: &mut Vec<Diagnostic>) {
        match &document.meta {
            Meta::Article(article) => {
                let requires =
                    self.ids(document, &[Step::key("requires")], &article.requires, &[Kind::Article], problems);
                for other in &requires {
                    links[other.index()].builds_on_this.push(page);
                }
                let exercises =
                    self.ids(document, &[Step::key("exercises")], &article.exercises, &[Kind::Exercise], problems);
                for other in &exercises {
                    links[other.index()].recommended_in.push(page);
                }
                links[page.index()].requires = requires;
                links[page.index()].exercises = exercises;
            }
            Meta::Exercise(exercise) => {
                links[page.index()].easier =
                    self.ways(document, "easier", &exercise.easier, Field::EasierHow, problems);
                links[page.index()].harder =
                    self.ways(document, "harder", &exercise.harder, Field::HarderHow, problems);
            }
            Meta::Term(term) => {
                links[page.index()].see_also =
                    self.ids(document, &[Step::key("see_also")], &term.see_also, &[Kind::Term], problems);
            }
            Meta::Sequence(sequence) => {
                let parts = self.parts(document, sequence, problems);
                for part in &parts {
                    links[part.exercise.index()].part_of.push(page);
                }
                links[page.index()].sequence = parts;
            }
            Meta::Page(_) | Meta::Section(_) | Meta::Care(_) => {}
        }
        let unlinked = &document.meta.common().unlinked;
        self.ids(document, &[Step::key("unlinked")], unlinked, &[Kind::Term], problems);
    }

    /// The pages that a list of ids names. Ids that name none are reported.
    fn ids(
        &self,
        document: &Document,
        list: &[Step],
        ids: &[String],
        kinds: &[Kind],
        problems: &mut Vec<Diagnostic>,
    ) -> Vec<PageId> {
        let mut found = Vec::with_capacity(ids.len());
        for (number, id) in ids.iter().enumerate() {
            let path: Vec<Step> = list.iter().cloned().chain([Step::Index(number)]).collect();
            if let Some(page) = self.id(document, &path, id, kinds, problems)
                && !found.contains(&page)
            {
                found.push(page);
            }
        }
        found
    }

    fn id(
        &self,
        document: &Document,
        path: &[Step],
        id: &str,
        kinds: &[Kind],
        problems: &mut Vec<Diagnostic>,
    ) -> Option<PageId> {
        // An id may say its kind, as links do.
        let named = id.split_once(':').and_then(|(kind, rest)| Some(([Kind::from_name(kind)?], rest)));
        let (kinds, id) = match &named {
            Some((kind, rest)) if kinds.is_empty() || kinds.contains(&kind[0]) => (kind.as_slice(), *rest),
            Some(_) | None => (kinds, id),
        };
        let what = match kinds {
            [kind] => kind.name(),
            _ => "page",
        };
        let report =
            |code, message: String| Diagnostic::new(code, document.path(), document.value_range(path), message);
        let problem = match self.symbols.id(id, kinds) {
            Found::One(page) if self.pages[page.index()].path() == document.path() && !may_be_own(path) => {
                report(Code::UnknownId, format!("`{id}` is this page itself"))
            }
            Found::One(page) => return Some(page),
            Found::Hidden(why) => report(Code::UnpublishedLink, format!("`{id}` is {}", why.reason())),
            Found::Many(kinds) => {
                let mut problem = report(Code::AmbiguousLink, format!("`{id}` names more than one page"));
                for kind in kinds {
                    problem = problem.help(format!("write `{}:{id}` for the {}", kind.name(), kind.name()));
                }
                problem
            }
            Found::None => {
                let problem = report(Code::UnknownId, format!("there is no {what} `{id}`"));
                match self.symbols.id(id, &[]) {
                    Found::One(other) => {
                        problem.help(format!("`{id}` is of the kind {}", self.pages[other.index()].kind().name()))
                    }
                    Found::Many(_) | Found::Hidden(_) | Found::None => {
                        problem.suggest_for(&document.source.text, id, &self.symbols.ids_near(id, kinds))
                    }
                }
            }
        };
        problems.push(problem);
        None
    }

    fn ways(
        &self,
        document: &Document,
        key: &str,
        variations: &[Variation],
        field: Field,
        problems: &mut Vec<Diagnostic>,
    ) -> Vec<Way> {
        let mut ways = Vec::new();
        for (number, variation) in variations.iter().enumerate() {
            let item = [Step::key(key), Step::Index(number)];
            let exercise = variation.exercise.as_ref().and_then(|id| {
                let inner = [item[0].clone(), item[1].clone(), Step::key("exercise")];
                let is_mapping = variation.how.is_some() || document.value_range(&inner) != document.value_range(&[]);
                let path: &[Step] = if is_mapping { &inner } else { &item };
                self.id(document, path, id, &[Kind::Exercise], problems)
            });
            let how = variation.how.is_some().then_some((field, number));
            if variation.exercise.is_none() && how.is_none() {
                let at = document.value_range(&item);
                problems.push(
                    Diagnostic::new(Code::MissingKey, document.path(), at, format!("an item of `{key}` says nothing"))
                        .help("give it `exercise:` or `how:`, or both"),
                );
            }
            if exercise.is_some() || how.is_some() {
                ways.push(Way { exercise, how });
            }
        }
        ways
    }

    /// The exercises of a sequence, each once.
    fn parts(&self, document: &Document, sequence: &Sequence, problems: &mut Vec<Diagnostic>) -> Vec<SequencePart> {
        let mut parts: Vec<SequencePart> = Vec::with_capacity(sequence.exercises.len());
        for (item, written) in sequence.exercises.iter().enumerate() {
            let path = [Step::key("exercises"), Step::Index(item), Step::key("exercise")];
            // An id alone has no key.
            let is_mapping = document.value_range(&path) != document.value_range(&[]);
            let path = if is_mapping { &path[..] } else { &path[..2] };
            let Some(exercise) = self.id(document, path, &written.exercise, &[Kind::Exercise], problems) else {
                continue;
            };
            if parts.iter().any(|part| part.exercise == exercise) {
                let message = format!("`{}` stands twice in this sequence", written.exercise);
                let at = document.value_range(path);
                problems.push(
                    Diagnostic::new(Code::DuplicateId, document.path(), at, message)
                        .help("take one of them out; a `note:` can say when to do it again"),
                );
                continue;
            }
            parts.push(SequencePart { exercise, item });
        }
        parts
    }

    /// Authors, facets: what site.yaml must know.
    fn check_vocabulary(&self, document: &Document, problems: &mut Vec<Diagnostic>) {
        let common = document.meta.common();
        for (key, ids) in [("authors", &common.authors), ("reviewed_by", &common.reviewed_by)] {
            for (number, id) in ids.iter().enumerate().filter(|(_, id)| self.config.author(id).is_none()) {
                let at = document.value_range(&[Step::key(key), Step::Index(number)]);
                let near = nearest(id, self.config.authors.iter().map(|author| author.id.as_str()));
                let problem = Diagnostic::new(
                    Code::UnknownAuthor,
                    document.path(),
                    at,
                    format!("there is no author `{id}` in site.yaml"),
                );
                problems.push(match near.is_empty() {
                    true => problem.help("add them to `authors:` in content/site.yaml"),
                    false => problem.suggest_for(&document.source.text, id, &near),
                });
            }
        }
        let Meta::Exercise(exercise) = &document.meta else { return };
        self.check_cautions(document, exercise, problems);
        for (facet_id, values) in &exercise.facets {
            let key = [Step::key("facets"), Step::key(facet_id)];
            let Some(facet) = self.config.facet(facet_id) else {
                let near = nearest(facet_id, self.config.exercises.facets.iter().map(|facet| facet.id.as_str()));
                let message = format!("there is no facet `{facet_id}` in site.yaml");
                let at = document.value_range(&[Step::key("facets"), Step::name(facet_id)]);
                let problem = Diagnostic::new(Code::UnknownFacet, document.path(), at, message);
                problems.push(problem.suggest_for(&document.source.text, facet_id, &near));
                continue;
            };
            for (number, value) in values.0.iter().enumerate() {
                if facet.values.iter().any(|known| known.id == *value) {
                    continue;
                }
                let path = [key[0].clone(), key[1].clone(), Step::Index(number)];
                let near = nearest(value, facet.values.iter().map(|value| value.id.as_str()));
                let message = format!("the facet `{facet_id}` has no value `{value}`");
                let problem =
                    Diagnostic::new(Code::UnknownFacet, document.path(), document.value_range(&path), message);
                let all: Vec<String> = facet.values.iter().map(|value| format!("`{}`", value.id)).collect();
                problems.push(match near.is_empty() {
                    true => problem.help(format!("its values are {}", all.join(", "))),
                    false => problem.suggest_for(&document.source.text, value, &near),
                });
            }
        }
    }

    /// Reasons to ask first that site.yaml does not have.
    fn check_cautions(&self, document: &Document, exercise: &Exercise, problems: &mut Vec<Diagnostic>) {
        for (index, item) in exercise.avoid_if.iter().enumerate() {
            let unknown = item.cautions.iter().enumerate().filter(|(_, id)| self.config.caution(id).is_none());
            for (number, id) in unknown {
                let path = [Step::key("avoid_if"), Step::Index(index), Step::key("caution"), Step::Index(number)];
                let near = nearest(id, self.config.exercises.cautions.iter().map(|caution| caution.id.as_str()));
                let message = format!("there is no caution `{id}` in site.yaml");
                let problem =
                    Diagnostic::new(Code::UnknownCaution, document.path(), document.value_range(&path), message);
                problems.push(match near.is_empty() {
                    true => problem.help("add it to `cautions:` under `exercises:` in content/site.yaml"),
                    false => problem.suggest_for(&document.source.text, id, &near),
                });
            }
        }
    }

    /// Typed relations, under their label where they are declared, and under the reverse one at the other end.
    fn typed(&self, links: &mut [PageLinks], problems: &mut Vec<Diagnostic>) {
        // By page and by (place of the relation in site.yaml, direction), so that every page lists them in one order.
        let mut found: BTreeMap<(PageId, usize, Direction), BTreeSet<PageId>> = BTreeMap::new();
        for (index, document) in self.pages.iter().enumerate() {
            let page = page_id(index);
            for (relation_id, ids) in &document.meta.common().relations {
                let key = [Step::key("relations"), Step::key(relation_id)];
                let name = [Step::key("relations"), Step::name(relation_id)];
                let position = self.config.relations.iter().position(|relation| relation.id == *relation_id);
                let Some((position, relation)) = position.map(|position| (position, &self.config.relations[position]))
                else {
                    let near = nearest(relation_id, self.config.relations.iter().map(|relation| relation.id.as_str()));
                    let message = format!("there is no relation `{relation_id}` in site.yaml");
                    let at = document.value_range(&name);
                    let problem = Diagnostic::new(Code::UnknownRelation, document.path(), at, message);
                    problems.push(problem.suggest_for(&document.source.text, relation_id, &near));
                    continue;
                };
                if !relation.from.is_empty() && !relation.from.contains(&document.kind()) {
                    let kinds: Vec<&str> = relation.from.iter().map(|kind| kind.name()).collect();
                    let message = format!("`{relation_id}` is not declared for the kind {}", document.kind().name());
                    problems.push(
                        Diagnostic::new(Code::UnknownRelation, document.path(), document.value_range(&name), message)
                            .help(format!("site.yaml declares it from: {}", kinds.join(", "))),
                    );
                    continue;
                }
                for other in self.ids(document, &key, ids, &relation.to, problems) {
                    found.entry((page, position, Direction::Forward)).or_default().insert(other);
                    found.entry((other, position, Direction::Reverse)).or_default().insert(page);
                }
            }
        }
        for ((page, position, direction), others) in found {
            let relation = &self.config.relations[position];
            let label = match direction {
                Direction::Forward => &relation.label,
                Direction::Reverse => &relation.reverse,
            };
            let relations = &mut links[page.index()].relations;
            match relations.iter_mut().find(|(known, _)| known == label) {
                // A relation that reads the same both ways is one list.
                Some((_, list)) => {
                    list.extend(others);
                    list.sort_unstable();
                    list.dedup();
                }
                None => relations.push((label.clone(), others.into_iter().collect())),
            }
        }
    }
}

/// Whether a page may name itself there: `requires` is looked at as a whole later, and `unlinked` says nothing new of a term.
fn may_be_own(path: &[Step]) -> bool {
    path.first().is_some_and(|key| [Step::key("requires"), Step::key("unlinked")].contains(key))
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Direction {
    Forward,
    Reverse,
}

/// What is easier than this has this as harder, whichever of them says so.
fn mirror_variations(links: &mut [PageLinks]) {
    let pairs = |ways: &dyn Fn(&PageLinks) -> &Vec<Way>| -> Vec<(PageId, PageId)> {
        let all = links.iter().enumerate();
        all.flat_map(|(index, page)| ways(page).iter().filter_map(move |way| Some((page_id(index), way.exercise?))))
            .collect()
    };
    let easier = pairs(&|page| &page.easier);
    let harder = pairs(&|page| &page.harder);
    let add = |list: &mut Vec<Way>, exercise: PageId| {
        if !list.iter().any(|way| way.exercise == Some(exercise)) {
            list.push(Way { exercise: Some(exercise), how: None });
        }
    };
    for (page, other) in easier {
        add(&mut links[other.index()].harder, page);
    }
    for (page, other) in harder {
        add(&mut links[other.index()].easier, page);
    }
}
