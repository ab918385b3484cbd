//! `content/site.yaml` → [`Config`]: what the site is, and the vocabulary that its pages are checked against.

mod check;
mod evidence;
mod exercises;
mod expectations;
mod external;
mod path;
mod preview;
mod quiz;
mod token;

use std::collections::BTreeMap;

use globset::{Glob, GlobBuilder};
use serde::Deserialize;

pub use self::evidence::{Claims, Evidence, Wording};
pub use self::exercises::{Caution, Exercises, Facet, FacetValue, Handout};
pub use self::expectations::{Expectation, Expectations};
pub use self::external::External;
pub use self::path::LearningPath;
pub use self::preview::{Preview, is_editor_template};
pub use self::quiz::QuizOrder;
pub use self::token::{Token, Tokens};
use crate::diagnostic::{Code, Diagnostic, Level, Rule};
use crate::source::Sources;
use crate::text::{TextRange, VPath};
use crate::yaml;

/// Where the configuration lies.
pub const PATH: &str = "content/site.yaml";

/// The kinds of page. Told apart by where a file lies; `kind:` in its front matter overrides that.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// A lesson in a section: `content/<section>/<id>.md`.
    Article,
    /// An exercise: `content/exercises/<id>.md`.
    Exercise,
    /// A term of the glossary: `content/glossary/<id>.md`.
    Term,
    /// Anything else, such as "About": `content/<id>.md`.
    Page,
    /// The introduction of a section, of the exercises or of the glossary: `index.md` in its folder.
    Section,
    /// Exercises in an order, as a sheet to follow: `content/sequences/<id>.md`.
    Sequence,
    /// A care card that pages show by its name, `> [!CARE] <id>`: `content/safety/<id>.md`. It is no page.
    Care,
}

impl Kind {
    /// Every kind.
    pub const ALL: &'static [Self] =
        &[Self::Article, Self::Exercise, Self::Term, Self::Page, Self::Section, Self::Sequence, Self::Care];

    /// Its word in front matter and links.
    pub fn name(self) -> &'static str {
        match self {
            Self::Article => "article",
            Self::Exercise => "exercise",
            Self::Term => "term",
            Self::Page => "page",
            Self::Section => "section",
            Self::Sequence => "sequence",
            Self::Care => "care",
        }
    }

    /// The kind of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.name() == name)
    }
}

/// How urgent a care card is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CareLevel {
    /// `> [!EMERGENCY]`
    Emergency,
    /// `> [!URGENT]`
    Urgent,
    /// `> [!ROUTINE]`
    Routine,
}

impl CareLevel {
    /// Its word in classes and files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Emergency => "emergency",
            Self::Urgent => "urgent",
            Self::Routine => "routine",
        }
    }
}

/// Everything that site.yaml says.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// The site's name, on every page. Required.
    pub title: String,
    /// What the site is about, in a sentence.
    pub summary: String,
    /// The public address, `https://…`; may end in a base path such as `/course/`. Links work without it; feeds, the sitemap,
    /// canonical addresses and the 404 page need it. Required.
    pub base_url: String,
    /// The language of the content, as a BCP 47 tag: `en-GB`. Required.
    pub language: String,
    /// The theme: a folder of `themes/`, or `default`.
    pub theme: Option<String>,
    /// Colours, fonts and measures in place of the theme's, by the names that its theme.yaml gives them: a value of CSS, or
    /// `light` and `dark`.
    pub tokens: Tokens,
    /// The licence of the content.
    pub licence: Option<Link>,
    /// Who publishes the site.
    pub publisher: Option<Link>,
    /// Who writes and who reviews.
    pub authors: Vec<Author>,
    /// The id of the page that every page links to for help.
    pub help: Option<String>,
    /// What searches put first.
    pub search: Search,
    /// Ids of further pages for the header, in order.
    pub navigation: Vec<String>,
    /// The sections, in reading order.
    pub sections: Vec<Section>,
    /// The exercise index and its facets.
    pub exercises: Exercises,
    /// What handouts say.
    pub handout: Handout,
    /// The glossary.
    pub glossary: Heading,
    /// The page of all sources.
    pub sources: Heading,
    /// The learning map, which there is where three articles or more have prerequisites between them.
    pub map: Heading,
    /// Ways through the site: articles in the order in which some readers best read them.
    pub paths: Vec<LearningPath>,
    /// The page that mixes the questions of all pages; there is none where this is missing.
    pub quiz: Option<Heading>,
    /// The words for how sure a claim is, surest first. A citation can end in one of them: `[@key; limited]`.
    pub evidence: Vec<Evidence>,
    /// The page of all claims, which there is where citations end in one of these words.
    pub claims: Heading,
    /// Words that checks look for, beside those that Hornbook knows in English and German.
    pub wording: Wording,
    /// Typed relations that pages may declare to each other.
    pub relations: Vec<Relation>,
    /// What Markdown may hold.
    pub markdown: Markdown,
    /// How `hornbook serve` shows the site. Nothing of it is published.
    pub preview: Preview,
    /// How links to other sites are checked.
    pub external: External,
    /// What a page may have before a check speaks up.
    pub limits: Limits,
    /// Levels of checks, by code: allow, note, warning or error.
    pub checks: BTreeMap<String, Level>,
    /// Other levels for some files; where several fit, the last one counts.
    pub checks_in: Vec<ChecksIn>,
}

/// Levels of checks for some files.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChecksIn {
    /// Which files, from `content/` on: `glossary/*.md`, `**/index.md`.
    pub files: String,
    /// Levels by code, as in `checks`.
    pub checks: BTreeMap<String, Level>,
}

/// What searches put first. Whoever searches for a sign that the help page lists in an `> [!EMERGENCY]` or `> [!URGENT]` card is shown
/// that card before anything else; here stand words for it that the card itself does not use.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Search {
    /// Words, or several words that must come together, that the emergency card answers.
    pub emergency: Vec<String>,
    /// As `emergency`, for the urgent card.
    pub urgent: Vec<String>,
}

/// A name with an address.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Link {
    /// What to call it.
    pub name: String,
    /// Where it is.
    pub url: Option<String>,
}

/// A person or group who writes or reviews.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Author {
    /// What front matter calls them.
    pub id: String,
    /// Their name.
    pub name: String,
    /// Their page.
    pub url: Option<String>,
    /// What entitles them to speak: degrees, registration.
    pub credentials: Option<String>,
}

/// A section of articles.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Section {
    /// Its folder in `content/`.
    pub id: String,
    /// Its name.
    pub title: String,
    /// What it answers, in a sentence.
    #[serde(default)]
    pub summary: String,
    /// Its place among the sections, where the order of the list is not meant.
    pub order: Option<i32>,
    /// Whether every article in it must say when to get help: `required`, or `optional`.
    #[serde(default)]
    pub safety: Safety,
    /// Whether numbers, and words that name a cause, need a source in its articles: `cited`, or `free`.
    #[serde(default)]
    pub claims: Claims,
}

/// Whether every article of a section must say when to get help.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Safety {
    /// It need not.
    #[default]
    Optional,
    /// It must have a care card of its own, or lead to the help page in its text.
    Required,
}

/// A generated page's name.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Heading {
    /// Its name; the theme's word where it is missing.
    pub title: Option<String>,
    /// What it is, in a sentence.
    pub summary: String,
}

/// A relation between pages that is shown on both.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Relation {
    /// Its key under `relations:` of a page.
    pub id: String,
    /// Its name on the page that declares it.
    pub label: String,
    /// Its name on the page that it points at.
    pub reverse: String,
    /// The kinds that may declare it; any where empty.
    #[serde(default)]
    pub from: Vec<Kind>,
    /// The kinds that it may point at; any where empty.
    #[serde(default)]
    pub to: Vec<Kind>,
}

/// What a page may have before a check speaks up.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Limits {
    /// Items of a list on one level; 12 where it is missing.
    pub list_items: usize,
    /// Words under a heading, up to the next heading of whatever level; 400 where it is missing.
    pub section_words: usize,
    /// The grade of a page, in years of school, above which `hornbook read` fails; without it, it only reports.
    pub grade: Option<u32>,
}

impl Default for Limits {
    fn default() -> Self {
        Self { list_items: 12, section_words: 400, grade: None }
    }
}

/// What Markdown may hold.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Markdown {
    /// Whether HTML in Markdown is passed through.
    pub raw_html: RawHtml,
    /// In which order questions show their options: `fixed`, as they are written, or `seeded`, mixed in the same way on every build.
    pub quiz_order: QuizOrder,
}

/// Whether HTML in Markdown is passed through.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RawHtml {
    /// It is an error.
    #[default]
    Refuse,
    /// It is published as it is; the author answers for it.
    Allow,
}

impl Config {
    /// Reads and checks the configuration of `sources`. Without one there is a diagnostic and an empty configuration.
    pub fn load(sources: &Sources) -> (Self, Vec<Diagnostic>) {
        let path = VPath::new(PATH).expect("the path is relative");
        let Some(file) = sources.files.get(&path) else {
            let missing =
                Diagnostic::new(Code::MissingKey, &path, TextRange::default(), "there is no `content/site.yaml`")
                    .help("create it with at least `title`, `base_url`, `language` and `sections`");
            return (Self::default(), vec![missing]);
        };
        let range = TextRange::new(0, file.text.len());
        let (mut config, mut problems) = yaml::read::<Self>(file, range);
        if let Some(base_url) = &sources.settings.base_url {
            config.base_url.clone_from(base_url);
        }
        let mut found = check::check(&config, file, range);
        // A required key that could not be read was reported already.
        found.retain(|problem| problem.code != Code::MissingKey || problems.is_empty());
        problems.append(&mut found);
        config.sections = ordered(config.sections);
        if !config.base_url.ends_with('/') {
            config.base_url.push('/');
        }
        (config, problems)
    }

    /// The level at which this site reports `code`.
    pub fn level(&self, code: Code) -> Level {
        match code.rule() {
            Rule::Fixed => code.default_level(),
            Rule::Check => self.checks.get(code.name()).copied().unwrap_or_else(|| code.default_level()),
        }
    }

    /// The path of the base URL, with slashes at both ends: `/` or `/course/`.
    pub fn base_path(&self) -> &str {
        let rest = self.base_url.split_once("://").map_or(self.base_url.as_str(), |(_, rest)| rest);
        rest.find('/').map_or("/", |slash| &rest[slash..])
    }

    /// The facet `id`.
    pub fn facet(&self, id: &str) -> Option<&Facet> {
        self.exercises.facets.iter().find(|facet| facet.id == id)
    }

    /// The reason to ask first `id`.
    pub fn caution(&self, id: &str) -> Option<&Caution> {
        self.exercises.cautions.iter().find(|caution| caution.id == id)
    }

    /// The relation `id`.
    pub fn relation(&self, id: &str) -> Option<&Relation> {
        self.relations.iter().find(|relation| relation.id == id)
    }

    /// The author `id`.
    pub fn author(&self, id: &str) -> Option<&Author> {
        self.authors.iter().find(|author| author.id == id)
    }
}

/// A pattern for files, in which `*` stands for anything but a folder's slash, and `**` for folders too.
pub fn pattern(files: &str) -> Result<Glob, globset::Error> {
    GlobBuilder::new(files).literal_separator(true).build()
}

/// Whether `url` can be the public address of a site: `http` or `https`, a host, perhaps a path.
pub fn is_base_url(url: &str) -> bool {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    rest.is_some_and(|rest| {
        let host = rest.split('/').next().unwrap_or_default();
        !host.is_empty()
            && !rest.contains(|character: char| character.is_whitespace() || "?#\"<>\\".contains(character))
    })
}

fn ordered(sections: Vec<Section>) -> Vec<Section> {
    let mut numbered: Vec<(i32, Section)> = sections
        .into_iter()
        .enumerate()
        .map(|(index, section)| (section.order.unwrap_or_else(|| i32::try_from(index).unwrap_or(i32::MAX)), section))
        .collect();
    numbered.sort_by_key(|(order, _)| *order);
    numbered.into_iter().map(|(_, section)| section).collect()
}
