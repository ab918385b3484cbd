//! The values of facets: which have a page, and which parts of a map lead there.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::assets::{Drawings, bytes_of, drawing};
use super::site::{FacetMap, FacetValueId};
use crate::config::{self, Config, Facet, Kind};
use crate::diagnostic::{Code, Diagnostic};
use crate::parse::document::Document;
use crate::parse::front_matter::Meta;
use crate::source::Sources;
use crate::text::{TextRange, VPath, nearest};
use crate::yaml::{self, Step};

/// What may stand before a value in the id of a part of a map.
const REGION: &str = "region-";

/// The facets of the site, and the values that exercises have.
pub(super) struct Facets<'a> {
    config: &'a Config,
    used: BTreeSet<FacetValueId>,
}

/// Why there is no page to lead to.
pub(super) struct Missing {
    pub(super) message: String,
    pub(super) near: Vec<String>,
    pub(super) help: Option<String>,
}

impl<'a> Facets<'a> {
    /// With the values that `pages` have.
    pub(super) fn new(config: &'a Config, pages: &[&Document]) -> Self {
        let mut used = BTreeSet::new();
        for page in pages {
            let Meta::Exercise(exercise) = &page.meta else { continue };
            for (facet, values) in &exercise.facets {
                used.extend(values.0.iter().filter_map(|value| id(config, facet, value)));
            }
        }
        Self { config, used }
    }

    /// Whether the site has this facet.
    pub(super) fn has(&self, facet: &str) -> bool {
        self.config.facet(facet).is_some()
    }

    /// The value that `[[facet:value]]` leads to.
    pub(super) fn find(&self, facet: &str, value: &str) -> Result<FacetValueId, Missing> {
        let Some(known) = self.config.facet(facet) else {
            let names = Kind::ALL.iter().map(|kind| kind.name());
            let names = names.chain(self.config.exercises.facets.iter().map(|facet| facet.id.as_str()));
            let near = nearest(facet, names).into_iter().map(str::to_owned).collect();
            let message = format!("there is no kind of page and no facet `{facet}`");
            return Err(Missing { message, near, help: None });
        };
        let Some(id) = id(self.config, facet, value) else {
            let near: Vec<String> = near_values(known, value);
            let all: Vec<String> = known.values.iter().map(|value| format!("`{}`", value.id)).collect();
            let help = near.is_empty().then(|| format!("its values are {}", all.join(", ")));
            return Err(Missing { message: format!("the facet `{facet}` has no value `{value}`"), near, help });
        };
        if self.used.contains(&id) {
            return Ok(id);
        }
        let message = format!("no exercise has the value `{value}` of the facet `{facet}`, so it has no page");
        Err(Missing {
            message,
            near: Vec::new(),
            help: Some("lead to another value, or to the exercise itself".to_owned()),
        })
    }

    /// The map of each facet, by its place in site.yaml; drawings of `before` are not read again.
    pub(super) fn maps(&self, sources: &Sources, before: &Drawings) -> (Vec<Option<FacetMap>>, Vec<Diagnostic>) {
        let mut maps = Maps { sources, before, problems: Vec::new() };
        let facets = self.config.exercises.facets.iter().enumerate();
        let found = facets.map(|(index, facet)| maps.map(index, facet)).collect();
        (found, maps.problems)
    }
}

/// The id in site.yaml of the value that a part of a map is meant for.
pub fn value_of_part(facet: &Facet, part: &str) -> Option<usize> {
    let is = |id: &str| facet.values.iter().position(|value| value.id == id);
    is(part).or_else(|| is(part.strip_prefix(REGION)?))
}

fn id(config: &Config, facet: &str, value: &str) -> Option<FacetValueId> {
    let facet = config.exercises.facets.iter().position(|known| known.id == facet)?;
    let value = config.exercises.facets[facet].values.iter().position(|known| known.id == value)?;
    Some(FacetValueId { facet, value })
}

fn near_values(facet: &Facet, value: &str) -> Vec<String> {
    nearest(value, facet.values.iter().map(|value| value.id.as_str())).into_iter().map(str::to_owned).collect()
}

/// Reads maps.
struct Maps<'a> {
    sources: &'a Sources,
    before: &'a Drawings,
    problems: Vec<Diagnostic>,
}

impl Maps<'_> {
    fn report(&self, code: Code, facet: usize, rest: &[Step], message: String) -> Diagnostic {
        let site = VPath::new(config::PATH).expect("the path is relative");
        let path: Vec<Step> = [Step::key("exercises"), Step::key("facets"), Step::Index(facet)]
            .into_iter()
            .chain(rest.iter().cloned())
            .collect();
        let at = self
            .sources
            .files
            .get(&site)
            .map_or_else(TextRange::default, |file| yaml::locate(file, TextRange::new(0, file.text.len()), &path));
        Diagnostic::new(code, &site, at, message)
    }

    fn map(&mut self, index: usize, facet: &Facet) -> Option<FacetMap> {
        let written = facet.map.as_ref()?;
        let at = [Step::key("map")];
        let site = VPath::new(config::PATH).expect("the path is relative");
        let path = site.refer(written).filter(|path| path.strip_folder("content").is_some());
        let Some((path, asset)) = path.and_then(|path| Some((path.clone(), bytes_of(&path, self.sources)?))) else {
            let drawings = self.sources.assets.keys().filter(|asset| asset.extension().eq_ignore_ascii_case("svg"));
            let names: Vec<&str> = drawings.filter_map(|asset| asset.strip_folder("content")).collect();
            let message = format!("there is no drawing `{written}` in `content/`");
            let problem = self.report(Code::MissingAsset, index, &at, message);
            self.problems.push(problem.suggest(&nearest(written, names)));
            return None;
        };
        if !path.extension().eq_ignore_ascii_case("svg") {
            let problem = self.report(Code::InvalidValue, index, &at, format!("`{written}` is no SVG"));
            self.problems.push(problem.help("only the parts of an SVG can be links"));
            return None;
        }
        let drawing = drawing(&path, &asset, self.before, &mut self.problems)?;
        let map = FacetMap { fingerprint: asset.fingerprint, drawing: Arc::clone(&drawing) };
        let mut shown = BTreeSet::new();
        for part in drawing.parts() {
            let Some(value) = value_of_part(facet, part.id) else {
                let bare = part.id.strip_prefix(REGION).unwrap_or(part.id);
                let near = near_values(facet, bare);
                let message =
                    format!("the part `{}` of `{written}` names no value of the facet `{}`", part.id, facet.id);
                let problem = self.report(Code::UnknownRegion, index, &at, message);
                self.problems.push(match near.is_empty() {
                    true => problem.help("give the part the id of a value, or take its id away"),
                    false => problem.suggest(&near.iter().map(String::as_str).collect::<Vec<_>>()),
                });
                continue;
            };
            shown.insert(value);
            if let Some(outer) = part.within.iter().find(|outer| value_of_part(facet, outer).is_some()) {
                let message = format!("the part `{}` of `{written}` lies in the part `{outer}`", part.id);
                let problem = self.report(Code::InvalidValue, index, &at, message);
                self.problems.push(problem.help("put one after the other: a link cannot hold a link"));
            }
        }
        for (number, value) in facet.values.iter().enumerate().filter(|(number, _)| !shown.contains(number)) {
            let place = [Step::key("values"), Step::Index(number), Step::key("id")];
            let message = format!("`{written}` has no part for the value `{}`", value.id);
            let problem = self.report(Code::MissingRegion, index, &place, message);
            self.problems.push(problem.help(format!("give one of its parts the id `{REGION}{}`", value.id)));
        }
        Some(map)
    }
}
