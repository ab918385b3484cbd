//! How questions are shown.

use serde::Deserialize;

/// In which order a question shows its options.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum QuizOrder {
    /// As they are written.
    #[default]
    Fixed,
    /// Mixed, by what they say: the same on every build.
    Seeded,
}
