//! Compiles every `cases/**/*.case` and compares what comes out with what the case says.
//!
//! A case is one text file. Its first paragraph is the intent; then come sections, each under a line `=== …`:
//!
//! - `=== content/…` or `=== themes/…`: an input file; with ` hex` after its path, a binary one. Under a line of it may stand the problems
//!   that are expected there: carets under the place, then `error[code] message`, then indented lines with `help: …`,
//!   `note: path:line:column …` and `fix: old → new`. These lines are taken out before compiling.
//! - `=== settings`: `drafts: included`, `as_of: 2026-11-23`, `base_url: https://example.org/`, `positions: written`.
//! - `=== problems`: expected problems at places that cannot carry carets: files that the case does not bring, and files as a whole.
//! - `=== out/<path>`: a published file, whole; with ` body` after it the text that an author wrote, with ` main` or another element's name
//!   the inside of that element.
//! - `=== missing out/<path>`: a file that must not be published. `=== files`: every published file. `=== nowhere`: texts that no
//!   published file may hold, one a line.
//! - `=== search <query>`: what a reader who types that finds: a care card, and ids group by group, best first.
//!
//! Pages of cases are as small as can be, and not well written: opinions about that ([`EDITORIAL`]) are heard in `cases/checks/` alone.
//! A case without a `content/site.yaml` gets `cases/site.yaml`. Pages are shown by the small theme in `cases/theme/`, so that the design of
//! the default theme touches no case; cases in `cases/theme-default/` are shown by the default theme. `BLESS=1 cargo test --test cases`
//! writes what came out into the cases: read the diff.
#![allow(clippy::disallowed_methods, reason = "this is the edge: it reads the cases")]

#[path = "cases/command.rs"]
mod command;
#[path = "cases/diff.rs"]
mod diff;
#[path = "cases/show.rs"]
mod show;

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use hornbook::diagnostic::{Code, Diagnostic, fixes, mended};
use hornbook::render::add_builtin;
use hornbook::source::{Asset, Drafts, Settings, SourceFile, Sources};
use hornbook::text::VPath;
use hornbook::{Cache, Compilation};
use rayon::prelude::*;

use self::diff::diff;
use self::show::show;

/// Codes that no case can show.
const WITHOUT_CASE: &[(Code, &str)] = &[
    (Code::InternalError, "no input is known that makes one"),
    (Code::InvalidUtf8, "text is UTF-8 once it is loaded: see cases/command.rs"),
    (Code::ControlCharacter, "found while loading: see cases/command.rs"),
    (Code::UnreadablePath, "found while loading: see cases/command.rs"),
    (Code::DeadLink, "asks other sites: see tests/external.rs"),
    (Code::MovedLink, "asks other sites: see tests/external.rs"),
    (Code::UnansweredLink, "asks other sites: see tests/external.rs"),
    (Code::RetractedSource, "needs a list of retractions: see tests/cli/sources.md"),
    (Code::QuestionedSource, "needs a list of retractions: see tests/cli/sources.md"),
    (Code::CorrectedSource, "needs a list of retractions: see tests/cli/sources.md"),
    (Code::RetractionNotice, "needs a list of retractions: see tests/cli/sources.md"),
];

/// Opinions about how a page is written.
const EDITORIAL: &[Code] = &[
    Code::MissingStopIf,
    Code::MissingCare,
    Code::LongCareCard,
    Code::RepeatedCareCard,
    Code::TextAfterCareCard,
    Code::VagueLink,
    Code::EmptySection,
    Code::RepeatedHeading,
    Code::OrphanPage,
    Code::UnusedAsset,
    Code::UnusedFacetValue,
    Code::UnusedSource,
    Code::CircularDefinition,
    Code::TableHead,
    Code::LongList,
    Code::LongSection,
    Code::UnexplainedAcronym,
    Code::StrengthWithoutSource,
    Code::StrongWording,
    Code::OneSidedClaim,
    Code::UncitedClaim,
    Code::UnusedCareCard,
    Code::DontItem,
    Code::MissingFeedback,
    Code::UntaughtObjective,
    Code::UntestedObjective,
];

struct Case {
    path: PathBuf,
    text: String,
    intent: String,
    sections: Vec<Section>,
}

struct Section {
    header: String,
    /// Without the lines of expected problems.
    text: String,
}

#[test]
fn cases_hold() {
    let cases = load_cases();
    let failures: Vec<String> = cases
        .par_iter()
        .filter_map(|case| {
            let outcome = catch_unwind(AssertUnwindSafe(|| run(case)));
            let failure = outcome.unwrap_or_else(|_| Some("it panicked".to_owned()))?;
            Some(format!("{}\n{failure}", case.path.display()))
        })
        .collect();
    assert!(failures.is_empty(), "{} of {} cases fail\n\n{}", failures.len(), cases.len(), failures.join("\n"));
}

#[test]
fn every_code_has_a_case() {
    let cases = load_cases();
    let has_case = |code: &&Code| cases.iter().any(|case| case.text.contains(&format!("[{}] ", code.name())));
    let (with, without): (Vec<&Code>, Vec<&Code>) = Code::ALL.iter().partition(has_case);
    let excused = |code: &&&Code| WITHOUT_CASE.iter().any(|(other, _)| other == **code);
    let missing: Vec<&str> = without.iter().filter(|code| !excused(code)).map(|code| code.name()).collect();
    assert!(missing.is_empty(), "no case shows {missing:?}");
    let needless: Vec<&str> = with.iter().filter(excused).map(|code| code.name()).collect();
    assert!(needless.is_empty(), "a case shows {needless:?} after all");
}

#[test]
fn what_is_mended_is_gone() {
    let cases = load_cases();
    let mut mended_once = 0;
    for case in &cases {
        let before = sources(case, str::to_owned);
        let problems = hornbook::check(&before, &Cache::default()).diagnostics;
        let fixes = fixes(&problems);
        let after = hornbook::check(&mended(&before, &fixes), &Cache::default()).diagnostics;
        for problem in problems.iter().filter(|problem| problem.fix.is_some()) {
            let is_same = |other: &&Diagnostic| {
                (other.code, &other.message, &other.location.path)
                    == (problem.code, &problem.message, &problem.location.path)
            };
            let is_done = problem.location.path.as_str().starts_with("content/");
            let left = after.iter().find(is_same).filter(|_| is_done);
            assert_eq!(left, None, "{}", case.path.display());
            mended_once += usize::from(is_done);
        }
    }
    assert!(mended_once > 30, "{mended_once}");
}

/// What is wrong with a case.
fn run(case: &Case) -> Option<String> {
    let sources = sources(case, str::to_owned);
    let mut cold = compile(&sources, &Cache::default());
    let heard = cold.diagnostics.clone();
    if !case.path.starts_with(root().join("checks")) {
        cold.diagnostics.retain(|problem| !EDITORIAL.contains(&problem.code));
    }
    let shown = show(case, &sources, &cold);
    cold.diagnostics = heard;
    let is_same = |other: &Compilation| cold.output == other.output && cold.diagnostics == other.diagnostics;
    if !is_same(&compile(&sources, &cold.cache)) {
        return Some("a second compilation with the cache of the first differs".to_owned());
    }
    if !is_same(&compile(&self::sources(case, |text| text.replace('\n', "\r\n")), &Cache::default())) {
        return Some("with CRLF line ends it compiles to something else".to_owned());
    }
    if shown == case.text {
        return None;
    }
    if std::env::var_os("BLESS").is_some() {
        fs::write(&case.path, shown).expect("a case can be written");
        return None;
    }
    Some(diff(&case.text, &shown))
}

/// The only place that knows how to compile.
fn compile(sources: &Sources, cache: &Cache) -> Compilation {
    hornbook::compile(sources, cache)
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases")
}

fn files_below(folder: &Path) -> Vec<PathBuf> {
    let entries = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter();
    let entries = entries.map(|entry| entry.expect("the cases can be listed"));
    entries.filter(|entry| entry.file_type().is_file()).map(|entry| entry.into_path()).collect()
}

fn load_cases() -> Vec<Case> {
    let paths = files_below(&root()).into_iter().filter(|path| path.extension().is_some_and(|ending| ending == "case"));
    paths
        .map(|path| {
            let text = fs::read_to_string(&path).expect("a case can be read");
            parse(path, text)
        })
        .collect()
}

fn parse(path: PathBuf, text: String) -> Case {
    let mut case = Case { path, text: String::new(), intent: String::new(), sections: Vec::new() };
    let mut after_carets = false;
    for line in text.lines() {
        if let Some(header) = line.strip_prefix("=== ") {
            case.sections.push(Section { header: header.to_owned(), text: String::new() });
            after_carets = false;
            continue;
        }
        let Some(section) = case.sections.last_mut() else {
            case.intent += &format!("{line}\n");
            continue;
        };
        let is_more = after_carets
            && line.starts_with(' ')
            && ["fix: ", "help: ", "note: "].iter().any(|word| line.trim_start().starts_with(word));
        after_carets = is_more || is_carets(line);
        if !after_carets {
            section.text += &format!("{line}\n");
        }
    }
    case.text = text;
    case
}

fn is_carets(line: &str) -> bool {
    let rest = line.trim_start().trim_start_matches('^');
    line.trim_start().starts_with('^') && [" error[", " warning[", " note["].iter().any(|word| rest.starts_with(word))
}

/// The path of an input file, and whether it is binary.
fn input(header: &str) -> Option<(VPath, bool)> {
    let (path, is_hex) = header.strip_suffix(" hex").map_or((header, false), |path| (path, true));
    let is_input = path.starts_with("content/") || path.starts_with("themes/");
    is_input.then(|| (VPath::new(path).expect("a case names files below the root"), is_hex))
}

/// The inputs of a case, its text files changed by `change`.
fn sources(case: &Case, change: impl Fn(&str) -> String) -> Sources {
    let mut sources = Sources::default();
    let mut insert = |path: VPath, text: &str| {
        if matches!(path.extension(), "md" | "yaml" | "bib" | "html" | "xml" | "txt") {
            sources.insert(SourceFile::new(path, &change(text)));
        } else {
            sources.assets.insert(path, Asset::new(text.as_bytes()));
        }
    };
    let site = fs::read_to_string(root().join("site.yaml")).expect("it is there");
    insert(VPath::new("content/site.yaml").expect("plain"), &site);
    let is_default_theme = case.path.starts_with(root().join("theme-default"));
    if !is_default_theme {
        let theme = root().join("theme");
        for file in files_below(&theme) {
            let name = file.strip_prefix(&theme).expect("it lies below").to_string_lossy().replace('\\', "/");
            let text = fs::read_to_string(&file).expect("the theme is text");
            insert(VPath::new(&format!("themes/default/{name}")).expect("plain"), &text);
        }
    }
    let mut binaries = Vec::new();
    for section in &case.sections {
        match input(&section.header) {
            Some((path, true)) => binaries.push((path, Asset::new(bytes(&section.text)))),
            Some((path, false)) => insert(path, &section.text),
            None => {}
        }
    }
    sources.assets.extend(binaries);
    if is_default_theme {
        add_builtin(&mut sources);
    }
    sources.settings = settings(case);
    sources
}

fn bytes(hex: &str) -> Vec<u8> {
    hex.split_whitespace().map(|byte| u8::from_str_radix(byte, 16).expect("two digits a byte")).collect()
}

fn settings(case: &Case) -> Settings {
    let mut settings = Settings::default();
    let lines =
        case.sections.iter().filter(|section| section.header == "settings").flat_map(|section| section.text.lines());
    for line in lines {
        match line.split_once(": ").expect("a setting is a key and a value") {
            ("drafts", "included") => settings.drafts = Drafts::Included,
            ("as_of", day) => settings.as_of = Some(day.parse().expect("a day")),
            ("positions", "written") => settings.positions = true,
            ("base_url", url) => settings.base_url = Some(url.to_owned()),
            other => panic!("there is no setting {other:?}"),
        }
    }
    settings
}
