//! Compiles every `cases/**/*.case` and compares what comes out with what the case says.
//!
//! A case is one text file. Its first paragraph is the intent; then come sections, each under a line `=== …`:
//!
//! - `=== content/…` or `=== themes/…`: an input file; with ` hex` after its path, a binary one. Under a line of it may stand the problems
//!   that are expected there: carets under the place, then `error[code] message`, then indented lines with `help: …` and
//!   `note: path:line:column …`. These lines are taken out before compiling.
//! - `=== settings`: `drafts: included`, `as_of: 2026-11-23`, `base_url: https://example.org/`.
//! - `=== problems`: expected problems at places that cannot carry carets: files that the case does not bring, and files as a whole.
//! - `=== out/<path>`: a published file, whole; with ` body` after it the text that an author wrote, with ` main` or another element's name
//!   the inside of that element.
//! - `=== missing out/<path>`: a file that must not be published. `=== files`: every published file. `=== nowhere`: texts that no
//!   published file may hold, one a line.
//!
//! A case without a `content/site.yaml` gets `cases/site.yaml`. Pages are shown by the small theme in `cases/theme/`, so that the design of
//! the default theme touches no case; cases in `cases/theme-default/` are shown by the default theme. `BLESS=1 cargo test --test cases`
//! writes what came out into the cases: read the diff.
#![allow(clippy::disallowed_methods, reason = "this is the edge: it reads the cases")]

use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use hornbook::diagnostic::{Code, Diagnostic, Level, Location};
use hornbook::render::add_builtin;
use hornbook::source::{Asset, Drafts, Settings, SourceFile, Sources};
use hornbook::text::{LineIndex, TextRange, VPath};
use hornbook::{Cache, Compilation};
use rayon::prelude::*;

/// Codes that no case can show.
const WITHOUT_CASE: &[(Code, &str)] = &[
    (Code::InternalError, "no input is known that makes one"),
    (Code::InvalidUtf8, "text is UTF-8 once it is loaded: see disk/load.rs"),
    (Code::ControlCharacter, "found while loading: see disk/load.rs"),
    (Code::UnreadablePath, "found while loading: see disk/find.rs"),
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

/// What is wrong with a case.
fn run(case: &Case) -> Option<String> {
    let sources = sources(case, str::to_owned);
    let cold = compile(&sources, &Cache::default());
    let shown = show(case, &cold);
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
            && ["help: ", "note: "].iter().any(|word| line.trim_start().starts_with(word));
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
            ("base_url", url) => settings.base_url = Some(url.to_owned()),
            other => panic!("there is no setting {other:?}"),
        }
    }
    settings
}

/// The case as it would have to be written for this outcome.
fn show(case: &Case, outcome: &Compilation) -> String {
    let inputs: Vec<&VPath> = outcome.diagnostics.iter().map(|problem| &problem.location.path).collect();
    let inputs: BTreeSet<&VPath> = inputs.into_iter().collect();
    let texts: Vec<(VPath, &str)> = case
        .sections
        .iter()
        .filter_map(|section| {
            let (path, is_hex) = input(&section.header)?;
            (!is_hex && inputs.contains(&path)).then_some((path, section.text.as_str()))
        })
        .collect();
    let sources = sources(case, str::to_owned);
    let carries = |location: &Location| {
        let lines = texts.iter().find(|(path, _)| *path == location.path).map_or(0, |(_, text)| text.lines().count());
        location.range != TextRange::default() && line_and_column(location, &sources).0 <= lines
    };
    let (with_carets, others): (Vec<&Diagnostic>, Vec<&Diagnostic>) =
        outcome.diagnostics.iter().partition(|problem| carries(&problem.location));
    let others: String = others
        .into_iter()
        .map(|problem| {
            let (line, column) = line_and_column(&problem.location, &sources);
            format!("{}:{line}:{column} {}", problem.location.path, describe(problem, 4, &sources))
        })
        .collect();

    let mut out = case.intent.clone();
    let mut others = (!others.is_empty()).then_some(others);
    for section in &case.sections {
        let is_input = input(&section.header).is_some() || section.header == "settings";
        if !is_input && let Some(others) = others.take() {
            out += &format!("=== problems\n{others}");
        }
        match input(&section.header) {
            Some((path, _)) => {
                let here = with_carets.iter().filter(|problem| problem.location.path == path);
                out += &format!("=== {}\n{}", section.header, annotated(&section.text, here, &sources));
            }
            None if section.header == "problems" => {}
            None => out += &expectation(section, outcome),
        }
    }
    out + &others.map_or_else(String::new, |others| format!("=== problems\n{others}"))
}

fn line_and_column(location: &Location, sources: &Sources) -> (usize, usize) {
    let asset = || sources.assets.get(&location.path).and_then(|asset| str::from_utf8(&asset.bytes).ok());
    let text = sources.text(&location.path).or_else(asset).unwrap_or_default();
    let position = LineIndex::new(text).position(location.range.start);
    (position.line as usize, position.column as usize)
}

/// `error[code] message`, and what to do, each line `indent` deep.
fn describe(problem: &Diagnostic, indent: usize, sources: &Sources) -> String {
    let level = match problem.level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Note | Level::Allow => "note",
    };
    let mut out = format!("{level}[{}] {}\n", problem.code.name(), problem.message.replace('\n', "\\n"));
    for help in &problem.help {
        let _ = writeln!(out, "{:indent$}help: {}", "", help.replace('\n', "\\n"));
    }
    for note in &problem.notes {
        let (line, column) = line_and_column(&note.location, sources);
        let _ = writeln!(out, "{:indent$}note: {}:{line}:{column} {}", "", note.location.path, note.message);
    }
    out
}

/// A text with its problems under its lines.
fn annotated<'d>(text: &str, problems: impl Iterator<Item = &'d &'d Diagnostic> + Clone, sources: &Sources) -> String {
    let mut out = String::new();
    for (line, number) in text.lines().zip(1_usize..) {
        out += &format!("{line}\n");
        for problem in problems.clone() {
            let (at, column) = line_and_column(&problem.location, sources);
            if at == number {
                let marked =
                    text.get(problem.location.range.bytes()).unwrap_or_default().lines().next().unwrap_or_default();
                let carets = "^".repeat(marked.chars().count().max(1));
                let indent = column - 1;
                out += &format!("{:indent$}{carets} {}", "", describe(problem, indent + carets.len() + 1, sources));
            }
        }
    }
    out
}

/// A section about what is published, as it would have to be written.
fn expectation(section: &Section, outcome: &Compilation) -> String {
    let Section { header, text } = section;
    let published: Vec<(&str, String)> = outcome
        .output
        .iter()
        .flat_map(|output| &output.files)
        .map(|(path, bytes)| (path.as_str(), String::from_utf8_lossy(bytes).into_owned()))
        .collect();
    let file = |path: &str| published.iter().find(|(other, _)| *other == path).map(|(_, text)| text.as_str());
    let now = match header.as_str() {
        "settings" => text.clone(),
        "files" => published.iter().map(|(path, _)| format!("{path}\n")).collect(),
        "nowhere" => text
            .lines()
            .map(|line| match published.iter().find(|(_, text)| text.contains(line)) {
                None => format!("{line}\n"),
                Some((path, _)) => format!("{line} (stands in {path})\n"),
            })
            .collect(),
        _ => match (header.strip_prefix("missing out/"), header.strip_prefix("out/")) {
            (Some(path), _) => file(path).map_or_else(String::new, |_| "it is published\n".to_owned()),
            (None, Some(wanted)) => {
                let (path, element) = wanted.split_once(' ').unwrap_or((wanted, ""));
                let shown = file(path).map(|text| inside(text, element).unwrap_or("it has no such element"));
                format!("{}\n", shown.unwrap_or("it is not published").trim_matches('\n'))
            }
            (None, None) => panic!("there is no section `{header}`"),
        },
    };
    format!("=== {header}\n{now}")
}

/// The inside of an element; `body` is the one that holds what an author wrote.
fn inside<'t>(html: &'t str, element: &str) -> Option<&'t str> {
    let (start, name) = match element {
        "" => return Some(html),
        "body" => ("<div class=\"prose\">".to_owned(), "div"),
        _ if html.contains(&format!("<{element}>")) => (format!("<{element}>"), element),
        _ => (format!("<{element} "), element),
    };
    let start = html.find(&start)?;
    let start = start + html[start..].find('>')? + 1;
    let mut depth = 1_usize;
    let mut at = start;
    loop {
        let end = at + html[at..].find(&format!("</{name}>"))?;
        depth += html[at..end].matches(&format!("<{name}")).count();
        depth -= 1;
        if depth == 0 {
            return Some(&html[start..end]);
        }
        at = end + name.len() + 3;
    }
}

/// The lines that differ, `-` as the case says and `+` as it is, each with what stands around it.
fn diff(expected: &str, found: &str) -> String {
    let (old, new): (Vec<&str>, Vec<&str>) = (expected.lines().collect(), found.lines().collect());
    // The length of the longest common part of what follows.
    let mut common = vec![vec![0_usize; new.len() + 1]; old.len() + 1];
    for i in (0..old.len()).rev() {
        for j in (0..new.len()).rev() {
            common[i][j] =
                if old[i] == new[j] { common[i + 1][j + 1] + 1 } else { common[i + 1][j].max(common[i][j + 1]) };
        }
    }
    let (mut i, mut j, mut lines) = (0, 0, Vec::new());
    while i < old.len() || j < new.len() {
        if i < old.len() && j < new.len() && old[i] == new[j] {
            lines.push((' ', old[i]));
            (i, j) = (i + 1, j + 1);
        } else if j == new.len() || (i < old.len() && common[i + 1][j] >= common[i][j + 1]) {
            lines.push(('-', old[i]));
            i += 1;
        } else {
            lines.push(('+', new[j]));
            j += 1;
        }
    }
    let is_near = |at: usize| lines[at.saturating_sub(2)..lines.len().min(at + 3)].iter().any(|(sign, _)| *sign != ' ');
    let shown = lines.iter().enumerate().filter(|(at, _)| is_near(*at));
    shown.map(|(_, (sign, line))| format!("  {sign}{line}\n")).collect()
}
