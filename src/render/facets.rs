//! Facets in views: their values with counts, their maps, and what exercises say to ask about first.

use tera::Value;

use super::parts::{Parts, facet_path, path_value};
use super::view::{html, list, record};
use crate::config::Facet;
use crate::parse::front_matter::{Exercise, Meta};
use crate::resolve::site::{FacetValueId, Page, PageId};
use crate::resolve::value_of_part;
use crate::text::{escape_into, percent_encode_into};

/// Whether an exercise has a value of a facet.
pub fn has_value(page: &Page, facet: &str, value: &str) -> bool {
    exercise(page).is_some_and(|exercise| {
        exercise.facets.get(facet).is_some_and(|values| values.0.iter().any(|own| own == value))
    })
}

/// How many exercises have a value of a facet.
pub fn count(parts: &Parts, facet: &str, value: &str) -> usize {
    let site = &*parts.site;
    site.exercises.iter().filter(|page| has_value(site.page(**page), facet, value)).count()
}

fn exercise(page: &Page) -> Option<&Exercise> {
    match &page.document.meta {
        Meta::Exercise(exercise) => Some(exercise),
        Meta::Article(_) | Meta::Term(_) | Meta::Page(_) | Meta::Section(_) | Meta::Sequence(_) | Meta::Care(_) => None,
    }
}

/// `facets` of the exercise index, whose links begin with `root`, and of the page of the `chosen` value.
pub fn facet_list(parts: &Parts, root: &str, chosen: Option<FacetValueId>) -> Value {
    let facets = parts.site.config.exercises.facets.iter().enumerate().filter_map(|(index, facet)| {
        let values: Vec<Used> = facet
            .values
            .iter()
            .enumerate()
            .map(|(value, _)| Used {
                count: count(parts, &facet.id, &facet.values[value].id),
                is_current: chosen == Some(FacetValueId { facet: index, value }),
            })
            .collect();
        let shown: Vec<Value> = facet
            .values
            .iter()
            .zip(&values)
            .filter(|(_, used)| used.count > 0)
            .map(|(value, used)| {
                record([
                    ("id", Value::from(value.id.as_str())),
                    ("title", Value::from(value.title.as_str())),
                    ("path", path_value(&facet_path(&facet.id, &value.id))),
                    ("count", Value::from(used.count)),
                    ("current", Value::from(used.is_current)),
                ])
            })
            .collect();
        (!shown.is_empty()).then(|| {
            record([
                ("id", Value::from(facet.id.as_str())),
                ("title", Value::from(facet.title.as_str())),
                ("values", list(shown)),
                ("map", map(parts, index, facet, root, &values)),
            ])
        })
    });
    list(facets)
}

/// How much a value is used, and whether its page is being made.
struct Used {
    count: usize,
    is_current: bool,
}

/// The map of a facet, in which the part of each value that is used is a link to its page; or none.
fn map(parts: &Parts, index: usize, facet: &Facet, root: &str, values: &[Used]) -> Value {
    let Some(map) = parts.site.facet_maps.get(index).and_then(Option::as_ref) else { return Value::none() };
    let link = |part: &str| {
        let number = value_of_part(facet, part)?;
        let (value, used) = (&facet.values[number], values.get(number).filter(|used| used.count > 0)?);
        let mut tag = String::from("<a href=\"");
        percent_encode_into(&mut tag, &format!("{root}{}", facet_path(&facet.id, &value.id)));
        tag.push_str("\" data-value=\"");
        escape_into(&mut tag, &value.id);
        tag.push_str("\" aria-label=\"");
        escape_into(&mut tag, &format!("{} ({})", value.title, used.count));
        tag.push_str(if used.is_current { "\" aria-current=\"page\">" } else { "\">" });
        Some(tag)
    };
    let mut out = String::new();
    map.drawing.write_links(&mut out, &format!("map{}", index + 1), &facet.map_alt, &link);
    html(&out)
}

/// `cautions`: each reason to ask first that exercises name, with these.
pub fn cautions(parts: &Parts) -> Value {
    let site = &*parts.site;
    let cautions = site.config.exercises.cautions.iter().filter_map(|caution| {
        let names = |page: &&PageId| cautions_of(site.page(**page)).any(|id| *id == caution.id);
        let pages: Vec<PageId> = site.exercises.iter().filter(names).copied().collect();
        (!pages.is_empty()).then(|| {
            record([
                ("id", Value::from(caution.id.as_str())),
                ("title", Value::from(caution.title.as_str())),
                ("exercises", parts.cards(&pages)),
            ])
        })
    });
    list(cautions)
}

/// The reasons to ask first that a page names, perhaps twice.
pub fn cautions_of(page: &Page) -> impl Iterator<Item = &String> {
    exercise(page).into_iter().flat_map(|exercise| &exercise.avoid_if).flat_map(|item| &item.cautions)
}
