//! How sure claims are, and the words that are looked at for it.

use serde::Deserialize;

/// How sure a claim can be.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Evidence {
    /// What citations write.
    pub id: String,
    /// What readers see behind the claim: `limited evidence`.
    pub title: String,
    /// What it means, in a sentence.
    #[serde(default)]
    pub summary: String,
    /// Whether it is too little for words such as "proves".
    #[serde(default)]
    pub weak: bool,
    /// Whether it says that findings disagree: sources must then stand on both sides, `[@key; against @other; contested]`, and words
    /// such as "proves" are too much.
    #[serde(default)]
    pub contested: bool,
}

/// Whether numbers and causes need a source in the articles of a section.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Claims {
    /// They do not.
    #[default]
    Free,
    /// They do, in the same sentence or in one beside it.
    Cited,
}

/// Words that checks look for, beside those that Hornbook knows in English and German.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Wording {
    /// Words that are too strong for a claim whose evidence is weak: `cures`.
    pub strong: Vec<String>,
    /// Words that name a cause, and so need a source where a section asks for one: `leads to`.
    pub causal: Vec<String>,
    /// Words with which what not to do begins, in a `> [!DONT]` box: `stay off`.
    pub dont: Vec<String>,
}
