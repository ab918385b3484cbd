//! Learning paths.

use serde::Deserialize;

/// A way through the site for some readers: articles in the order in which they are best read.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LearningPath {
    /// The last part of its address, `/paths/<id>/`.
    pub id: String,
    /// Its name.
    pub title: String,
    /// Whom it is for and where it leads, in a sentence.
    #[serde(default)]
    pub summary: String,
    /// Ids of articles in their order: each after those that it requires.
    pub articles: Vec<String>,
}
