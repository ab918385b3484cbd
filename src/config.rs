//! `content/site.yaml` → [`Config`]: what the site is, and the vocabulary that its pages are checked against.

use std::collections::{BTreeMap, HashSet};

use serde::Deserialize;

use crate::diagnostic::{Code, Diagnostic, Level, Rule};
use crate::source::{SourceFile, Sources};
use crate::text::{TextRange, VPath, nearest, slugify};
use crate::yaml::{self, Step};

/// Where the configuration lies.
pub const PATH: &str = "content/site.yaml";

/// Folders of `content/` that are no sections.
const RESERVED: &[&str] = &["exercises", "glossary", "sources", "assets", "static"];

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
}

impl Kind {
    /// Every kind.
    pub const ALL: &'static [Self] = &[Self::Article, Self::Exercise, Self::Term, Self::Page, Self::Section];

    /// Its word in front matter and links.
    pub fn name(self) -> &'static str {
        match self {
            Self::Article => "article",
            Self::Exercise => "exercise",
            Self::Term => "term",
            Self::Page => "page",
            Self::Section => "section",
        }
    }

    /// The kind of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.name() == name)
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
    /// The public address, `https://…`; may end in a base path such as `/backs/`. Links work without it; feeds, the sitemap,
    /// canonical addresses and the 404 page need it. Required.
    pub base_url: String,
    /// The language of the content, as a BCP 47 tag: `en-GB`. Required.
    pub language: String,
    /// The theme: a folder of `themes/`, or `default`.
    pub theme: Option<String>,
    /// The licence of the content.
    pub licence: Option<Link>,
    /// Who publishes the site.
    pub publisher: Option<Link>,
    /// Who writes and who reviews.
    pub authors: Vec<Author>,
    /// The id of the page that every page links to for help.
    pub help: Option<String>,
    /// Ids of further pages for the header, in order.
    pub navigation: Vec<String>,
    /// The sections, in reading order.
    pub sections: Vec<Section>,
    /// The exercise index and its facets.
    pub exercises: Exercises,
    /// The glossary.
    pub glossary: Heading,
    /// The page of all sources.
    pub sources: Heading,
    /// Typed relations that pages may declare to each other.
    pub relations: Vec<Relation>,
    /// What Markdown may hold.
    pub markdown: Markdown,
    /// Levels of checks, by code: allow, note, warning or error.
    pub checks: BTreeMap<String, Level>,
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

/// The exercise index.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Exercises {
    /// Its name; the theme's word where it is missing.
    pub title: Option<String>,
    /// What it is, in a sentence.
    pub summary: String,
    /// The facets that exercises are found by, in order. The index is grouped by the first.
    pub facets: Vec<Facet>,
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

/// What Markdown may hold.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Markdown {
    /// Whether HTML in Markdown is passed through.
    pub raw_html: RawHtml,
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
        let mut checker = Checker { file, range, problems: Vec::new() };
        checker.check(&config);
        // A required key that could not be read was reported already.
        checker.problems.retain(|problem| problem.code != Code::MissingKey || problems.is_empty());
        problems.append(&mut checker.problems);
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

    /// The path of the base URL, with slashes at both ends: `/` or `/backs/`.
    pub fn base_path(&self) -> &str {
        let rest = self.base_url.split_once("://").map_or(self.base_url.as_str(), |(_, rest)| rest);
        rest.find('/').map_or("/", |slash| &rest[slash..])
    }

    /// The facet `id`.
    pub fn facet(&self, id: &str) -> Option<&Facet> {
        self.exercises.facets.iter().find(|facet| facet.id == id)
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

struct Checker<'a> {
    file: &'a SourceFile,
    range: TextRange,
    problems: Vec<Diagnostic>,
}

impl Checker<'_> {
    fn report(&mut self, code: Code, path: &[Step], message: String) -> &mut Diagnostic {
        let at = yaml::locate(self.file, self.range, path);
        self.problems.push(Diagnostic::new(code, &self.file.path, at, message));
        self.problems.last_mut().expect("one was just pushed")
    }

    fn check(&mut self, config: &Config) {
        for (key, value) in [("title", &config.title), ("base_url", &config.base_url), ("language", &config.language)] {
            if value.trim().is_empty() {
                let help = format!("add `{key}:` to content/site.yaml");
                self.report(Code::MissingKey, &[], format!("site.yaml has no `{key}`")).help.push(help);
            }
        }
        self.check_base_url(&config.base_url);
        self.check_ids("sections", config.sections.iter().map(|section| section.id.as_str()));
        self.check_ids("authors", config.authors.iter().map(|author| author.id.as_str()));
        self.check_ids("relations", config.relations.iter().map(|relation| relation.id.as_str()));
        for (index, section) in config.sections.iter().enumerate() {
            if RESERVED.contains(&section.id.as_str()) {
                let at = [Step::key("sections"), Step::Index(index), Step::key("id")];
                self.report(
                    Code::InvalidValue,
                    &at,
                    format!("`{}` cannot be a section: Hornbook uses that folder", section.id),
                );
            }
        }
        self.check_facets(config);
        self.check_levels(config);
    }

    fn check_base_url(&mut self, url: &str) {
        if !url.is_empty() && !is_base_url(url) {
            self.report(Code::InvalidValue, &[Step::key("base_url")], format!("`{url}` is no public address"))
                .help
                .push("write it like `https://example.org/` or `https://example.org/backs/`".to_owned());
        }
    }

    /// Ids must be usable in URLs, and unique in their list.
    fn check_ids<'i>(&mut self, list: &str, ids: impl Iterator<Item = &'i str>) {
        let mut seen = HashSet::new();
        for (index, id) in ids.enumerate() {
            let at = [Step::key(list), Step::Index(index), Step::key("id")];
            self.check_id(&at, id);
            if !seen.insert(id) {
                self.report(Code::DuplicateId, &at, format!("`{id}` stands twice under `{list}`"));
            }
        }
    }

    fn check_id(&mut self, at: &[Step], id: &str) {
        let slug = slugify(id);
        if slug != id || id.is_empty() {
            let help =
                if slug.is_empty() { "write a short name in lower case".into() } else { format!("write `{slug}`") };
            self.report(Code::InvalidSlug, at, format!("`{id}` cannot be an id")).help.push(help);
        }
    }

    fn check_facets(&mut self, config: &Config) {
        let mut seen = HashSet::new();
        for (index, facet) in config.exercises.facets.iter().enumerate() {
            let at = |rest: &[Step]| {
                let mut path = vec![Step::key("exercises"), Step::key("facets"), Step::Index(index)];
                path.extend_from_slice(rest);
                path
            };
            self.check_id(&at(&[Step::key("id")]), &facet.id);
            if !seen.insert(&facet.id) {
                self.report(Code::DuplicateId, &at(&[Step::key("id")]), format!("`{}` stands twice", facet.id));
            }
            let mut values = HashSet::new();
            for (number, value) in facet.values.iter().enumerate() {
                let place = at(&[Step::key("values"), Step::Index(number), Step::key("id")]);
                self.check_id(&place, &value.id);
                if !values.insert(&value.id) {
                    self.report(Code::DuplicateId, &place, format!("`{}` stands twice", value.id));
                }
            }
        }
    }

    fn check_levels(&mut self, config: &Config) {
        for name in config.checks.keys() {
            let at = [Step::key("checks"), Step::key(name)];
            let checks = Code::ALL.iter().filter(|code| code.rule() == Rule::Check).map(|code| code.name());
            match Code::from_name(name) {
                Some(code) if code.rule() == Rule::Check => {}
                Some(_) => {
                    self.report(Code::InvalidValue, &at, format!("`{name}` is always an error"))
                        .help
                        .push(format!("run `hornbook explain {name}` to see why"));
                }
                None => {
                    let names = nearest(name, checks);
                    let problem = self.report(Code::UnknownKey, &at, format!("no check is called `{name}`"));
                    *problem = problem.clone().suggest(&names);
                }
            }
        }
    }
}
