//! What the types of site.yaml cannot say: required keys, ids that are unique and can stand in addresses, codes that exist.

use std::collections::HashSet;

use super::{Config, Kind, is_base_url, is_editor_template, pattern};
use crate::diagnostic::{Code, Diagnostic, fault_of_check};
use crate::source::SourceFile;
use crate::text::{TextRange, slugify};
use crate::yaml::{self, Step};

/// Folders of `content/` that are no sections.
const RESERVED: &[&str] = &[
    "exercises",
    "sequences",
    "handout",
    "glossary",
    "sources",
    "search",
    "map",
    "evidence",
    "quiz",
    "paths",
    "safety",
    "assets",
    "static",
];

/// What a facet cannot be called beside the kinds of page, which links name in the same way: the index says with it what is left out.
const NOT: &str = "not";

/// What is wrong with `config`, which was read from `range` of `file`.
pub(super) fn check(config: &Config, file: &SourceFile, range: TextRange) -> Vec<Diagnostic> {
    let mut checker = Checker { file, range, problems: Vec::new() };
    checker.check(config);
    checker.problems
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
        self.check_language(&config.language);
        self.check_ids("sections", config.sections.iter().map(|section| section.id.as_str()));
        self.check_ids("authors", config.authors.iter().map(|author| author.id.as_str()));
        self.check_ids("evidence", config.evidence.iter().map(|level| level.id.as_str()));
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
        self.check_cautions(config);
        self.check_ids_at(&[Step::key("paths")], "paths", config.paths.iter().map(|path| path.id.as_str()));
        self.check_levels(config);
        self.check_editor(config);
        for (number, skip) in config.external.skip.iter().enumerate() {
            if let Err(error) = pattern(skip) {
                let at = [Step::key("external"), Step::key("skip"), Step::Index(number)];
                let message = format!("`{skip}` is no pattern for addresses: {}", error.kind());
                self.report(Code::InvalidValue, &at, message)
                    .help
                    .push("write one like `https://example.org/**`".to_owned());
            }
        }
    }

    fn check_editor(&mut self, config: &Config) {
        if let Some(template) = &config.preview.editor
            && !is_editor_template(template)
        {
            let message = format!("`{template}` is no address that opens an editor");
            self.report(Code::InvalidValue, &[Step::key("preview"), Step::key("editor")], message)
                .help
                .push("write it like `vscode://file/{path}:{line}:{column}`".to_owned());
        }
    }

    fn check_base_url(&mut self, url: &str) {
        if !url.is_empty() && !is_base_url(url) {
            self.report(Code::InvalidValue, &[Step::key("base_url")], format!("`{url}` is no public address"))
                .help
                .push("write it like `https://example.org/` or `https://example.org/course/`".to_owned());
        }
    }

    fn check_language(&mut self, language: &str) {
        let is_part =
            |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric());
        if !language.trim().is_empty() && !language.split('-').all(is_part) {
            self.report(Code::InvalidValue, &[Step::key("language")], format!("`{language}` is no language"))
                .help
                .push("write its tag, like `en` or `en-GB`".to_owned());
        }
    }

    /// Ids must be usable in URLs, and unique in their list.
    fn check_ids<'i>(&mut self, list: &str, ids: impl Iterator<Item = &'i str>) {
        self.check_ids_at(&[Step::key(list)], list, ids);
    }

    /// As `check_ids`, for the list at `path`.
    fn check_ids_at<'i>(&mut self, path: &[Step], list: &str, ids: impl Iterator<Item = &'i str>) {
        let mut seen = HashSet::new();
        for (index, id) in ids.enumerate() {
            let at: Vec<Step> = path.iter().cloned().chain([Step::Index(index), Step::key("id")]).collect();
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
            if Kind::from_name(&facet.id).is_some() || facet.id == NOT {
                let what = if facet.id == NOT { "what is left out of the index" } else { "a kind of page" };
                self.report(Code::InvalidValue, &at(&[Step::key("id")]), format!("`{}` cannot be a facet", facet.id))
                    .help
                    .push(format!("give it another id: `{}` stands for {what}", facet.id));
            }
            if facet.map.is_some() && facet.map_alt.trim().is_empty() {
                self.report(Code::MissingKey, &at(&[Step::key("map")]), "this map has no `map_alt`".to_owned())
                    .help
                    .push("say in `map_alt:` what it shows, for those who cannot see it".to_owned());
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

    fn check_cautions(&mut self, config: &Config) {
        let list = [Step::key("exercises"), Step::key("cautions")];
        self.check_ids_at(&list, "cautions", config.exercises.cautions.iter().map(|caution| caution.id.as_str()));
    }

    fn check_levels(&mut self, config: &Config) {
        self.check_codes(&[Step::key("checks")], config.checks.keys());
        for (number, some) in config.checks_in.iter().enumerate() {
            let list = [Step::key("checks_in"), Step::Index(number)];
            let at = |key| [list[0].clone(), list[1].clone(), Step::key(key)];
            if let Err(error) = pattern(&some.files) {
                let message = format!("`{}` is no pattern for files: {}", some.files, error.kind());
                self.report(Code::InvalidValue, &at("files"), message)
                    .help
                    .push("write one like `glossary/*.md` or `**/index.md`".to_owned());
            }
            self.check_codes(&at("checks"), some.checks.keys());
        }
    }

    /// Names of checks, each a key of the mapping at `map`.
    fn check_codes<'n>(&mut self, map: &[Step], names: impl Iterator<Item = &'n String>) {
        for name in names {
            let at = [map, &[Step::name(name)]].concat();
            if let Some((code, message, help)) = fault_of_check(name) {
                self.report(code, &at, message).help.extend(help);
            }
        }
    }
}
