//! What site.yaml says of exercises: `exercises:` and `handout:`.

use serde::Deserialize;

/// The exercise index.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Exercises {
    /// Its name; the theme's word where it is missing.
    pub title: Option<String>,
    /// What it is, in a sentence.
    pub summary: String,
    /// The facets that exercises are found by, in order. The index is grouped by the first; cards show the first three.
    pub facets: Vec<Facet>,
    /// Reasons to ask before an exercise, which items of its `avoid_if` name.
    pub cautions: Vec<Caution>,
}

/// A reason to ask somebody before an exercise, or to leave it out.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Caution {
    /// What `avoid_if` of an exercise writes: `{caution: id, text: …}`.
    pub id: String,
    /// What a reader says of themselves: `I have a sore wrist`.
    pub title: String,
}

/// Sheets of exercises to print: those of sequences, and those that readers put together.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Handout {
    /// The name of the page on which readers put them together; the theme's word where it is missing.
    pub title: Option<String>,
    /// What it is, in a sentence.
    pub summary: String,
    /// What every sheet says above its exercises. Markdown.
    pub note: Option<String>,
    /// How many exercises a reader may choose before the sheet advises fewer; 4 where it is missing.
    pub advise_at_most: Option<u32>,
}

/// A typed property of exercises, such as their aim.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Facet {
    /// Its key under `facets:` of an exercise.
    pub id: String,
    /// Its name.
    pub title: String,
    /// Its values, in order.
    pub values: Vec<FacetValue>,
    /// A drawing whose parts lead to the pages of the values, below `content/`: `figures/map.svg`. A part is meant for the value
    /// that its `id` names, as `hips` or `region-hips`.
    pub map: Option<String>,
    /// What the drawing shows, for those who cannot see it.
    #[serde(default)]
    pub map_alt: String,
}

/// A value that a facet can have.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FacetValue {
    /// What exercises write.
    pub id: String,
    /// Its name.
    pub title: String,
    /// A sentence for its page.
    #[serde(default)]
    pub summary: String,
}
