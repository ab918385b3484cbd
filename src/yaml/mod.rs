//! YAML text → typed value, with every problem at its own line.
//!
//! `serde_yaml` reads what is right, fast. It stops at the first mistake and keeps no positions, so what is wrong is read a second
//! time into a tree that has them: deserialise, report the fault, take the faulty node out, and go on until nothing is left
//! to report. A clean file pays nothing for this.

mod de;
mod tree;

use std::cell::Cell;

use serde::de::DeserializeOwned;

use self::de::{Fault, FaultKind, TreeDeserializer};
pub use self::tree::Step;
use self::tree::Tree;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::SourceFile;
use crate::text::{TextRange, nearest};

/// What a date must look like; also how a fault in one is recognised.
pub const DATE: &str = "a date such as 2026-11-23";

/// A mapping with more faults than this is not worth more messages.
const FAULTS_AT_MOST: usize = 50;

/// Brackets or dashes within each other beyond this are refused before any parser sees them.
const NESTING_AT_MOST: usize = 64;

/// Front matter or a site.yaml of more bytes is refused.
const BYTES_AT_MOST: usize = 1 << 20;

/// Reads the YAML at `range` of `file` as a `T`. What cannot be read is left at its default and reported.
pub fn read<T: DeserializeOwned + Default>(file: &SourceFile, range: TextRange) -> (T, Vec<Diagnostic>) {
    let text = &file.text[range.bytes()];
    if text.trim().is_empty() {
        return (T::default(), Vec::new());
    }
    if let Some(at) = excess(text) {
        let at = TextRange::at(at).within(text).shifted(range.start as usize);
        let message = "this YAML is too large or nested too deep";
        return (T::default(), vec![Diagnostic::new(Code::TooLarge, &file.path, at, message)]);
    }
    match serde_yaml::from_str(text) {
        // It reads `null` and `~` as text where text is wanted; nobody means that.
        Ok(value) if may_hold_nothing(text) => match read_with_faults(file, range, None) {
            (_, problems) if problems.is_empty() => (value, problems),
            faulty => faulty,
        },
        Ok(value) => (value, Vec::new()),
        Err(error) => read_with_faults(file, range, Some(&error)),
    }
}

fn may_hold_nothing(text: &str) -> bool {
    ["~", "null", "Null", "NULL"].iter().any(|nothing| text.contains(nothing))
}

/// The range in `file` of the value at `path` in the YAML at `range`; its first line where there is none, and for the empty path.
pub fn locate(file: &SourceFile, range: TextRange, path: &[Step]) -> TextRange {
    let text = &file.text[range.bytes()];
    let tree = if path.is_empty() { None } else { Tree::parse(text).ok() };
    let found = tree.and_then(|tree| tree.find(path));
    found.map_or_else(
        || TextRange::new(0, text.find('\n').unwrap_or(text.len())).shifted(range.start as usize),
        |found| found.shifted(range.start as usize),
    )
}

/// The range in `file` of the value at each of `paths`, as [`locate`] finds it; the YAML is read once.
pub fn locate_all(file: &SourceFile, range: TextRange, paths: &[Vec<Step>]) -> Vec<TextRange> {
    let text = &file.text[range.bytes()];
    let tree = Tree::parse(text).ok();
    let first = TextRange::new(0, text.find('\n').unwrap_or(text.len()));
    let found = |path: &Vec<Step>| tree.as_ref().and_then(|tree| tree.find(path)).unwrap_or(first);
    paths.iter().map(|path| found(path).shifted(range.start as usize)).collect()
}

fn read_with_faults<T: DeserializeOwned + Default>(
    file: &SourceFile,
    range: TextRange,
    first: Option<&serde_yaml::Error>,
) -> (T, Vec<Diagnostic>) {
    let text = &file.text[range.bytes()];
    let offset = range.start as usize;
    let whole = if file.path.extension() == "md" { "the front matter" } else { "the file" };
    let report = |code, at: TextRange, message: String| Diagnostic::new(code, &file.path, at.shifted(offset), message);
    let mut tree = match Tree::parse(text) {
        Ok(tree) => tree,
        Err((at, message)) => {
            let diagnostic = report(Code::InvalidYaml, at.within(text), format!("this is not YAML: {message}")).help(
                "check quotes, brackets and indentation here and on the line before; text with `: ` in it needs quotes",
            );
            return (T::default(), vec![diagnostic]);
        }
    };
    let mut diagnostics: Vec<Diagnostic> = Vec::new();
    for (at, before, key) in tree.take_duplicates() {
        diagnostics.push(
            report(Code::DuplicateKey, at, format!("`{key}` stands here a second time"))
                .note(&file.path, before.shifted(offset), "first here")
                .help("keep one of them"),
        );
    }
    loop {
        let visits = Cell::new(0);
        match T::deserialize(TreeDeserializer::root(&tree, &visits)) {
            Ok(value) => {
                if diagnostics.is_empty() {
                    diagnostics.extend(first.map(|first| unlocated(file, range, first)));
                }
                return (value, diagnostics);
            }
            Err(fault) => {
                let node = fault.node.unwrap_or(tree.root());
                diagnostics.push(describe(&tree, &fault, whole).into_diagnostic(&report, &file.text, tree.range(node)));
                if !tree.remove(node) || diagnostics.len() >= FAULTS_AT_MOST {
                    return (T::default(), diagnostics);
                }
            }
        }
    }
}

/// Where `text` goes beyond what a person writes: a parser takes quadratic time over it.
fn excess(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    let mut dashes = 0_usize;
    for (index, byte) in text.bytes().enumerate() {
        match byte {
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth = depth.saturating_sub(1),
            b'-' | b'?' => dashes += 1,
            b' ' => {}
            _ => dashes = 0,
        }
        if depth > NESTING_AT_MOST || (dashes > NESTING_AT_MOST && byte == b' ') || index > BYTES_AT_MOST {
            return Some(index);
        }
    }
    None
}

/// For what only `serde_yaml` objects to, such as limits on aliases: its own words, at its own place.
fn unlocated(file: &SourceFile, range: TextRange, error: &serde_yaml::Error) -> Diagnostic {
    let text = &file.text[range.bytes()];
    let at = error.location().map_or(0, |location| location.index().min(text.len()));
    let at = TextRange::at(at).within(text).shifted(range.start as usize);
    Diagnostic::new(Code::InvalidYaml, &file.path, at, format!("this is not YAML: {error}"))
}

/// A fault in words.
struct Description {
    code: Code,
    message: String,
    help: Option<String>,
    suggestions: Vec<String>,
    /// The word that is wrong, where nothing stands in the way of the right one.
    wrong: Option<String>,
}

impl Description {
    fn into_diagnostic(
        self,
        report: &dyn Fn(Code, TextRange, String) -> Diagnostic,
        text: &str,
        at: TextRange,
    ) -> Diagnostic {
        let diagnostic = report(self.code, at, self.message);
        let suggestions: Vec<&str> = self.suggestions.iter().map(String::as_str).collect();
        let diagnostic = match &self.wrong {
            Some(wrong) => diagnostic.suggest_for(text, wrong, &suggestions),
            None => diagnostic.suggest(&suggestions),
        };
        match self.help {
            Some(help) => diagnostic.help(help),
            None => diagnostic,
        }
    }
}

fn describe(tree: &Tree, fault: &Fault, whole: &str) -> Description {
    let node = fault.node.unwrap_or(tree.root());
    let name = tree.name(node, whole);
    let plain = |code, message| Description { code, message, help: None, suggestions: Vec::new(), wrong: None };
    match &fault.kind {
        FaultKind::UnknownKey { key, expected } => {
            let suggestions: Vec<String> =
                nearest(key, expected.iter().copied()).into_iter().map(str::to_owned).collect();
            let help = suggestions.is_empty().then(|| format!("the keys here are: {}", expected.join(", ")));
            let wrong = Some(key.clone()).filter(|_| !suggestions.iter().any(|name| tree.has_beside(node, name)));
            Description { help, suggestions, wrong, ..plain(Code::UnknownKey, format!("unknown key `{key}`")) }
        }
        FaultKind::UnknownWord { word, expected } => {
            let suggestions: Vec<String> =
                nearest(word, expected.iter().copied()).into_iter().map(str::to_owned).collect();
            let help = suggestions.is_empty().then(|| format!("it can be: {}", expected.join(", ")));
            let wrong = Some(word.clone());
            Description { help, suggestions, wrong, ..plain(Code::InvalidValue, format!("{name} cannot be `{word}`")) }
        }
        FaultKind::Missing(field) => Description {
            help: Some(format!("add `{field}:` here")),
            ..plain(Code::MissingKey, format!("{name} has no `{field}`"))
        },
        FaultKind::Type { found, expected } if expected == DATE => Description {
            help: Some("write it as year-month-day: `2026-11-23`".to_owned()),
            ..plain(Code::InvalidDate, format!("{name} must be a date, found {found}"))
        },
        FaultKind::Type { found, expected } => {
            let help = match expected.as_str() {
                "text" => tree.scalar(node).map(|text| format!("put it in quotes: `\"{text}\"`")),
                "a list" => tree.scalar(node).map(|text| format!("write it as a list: `[{text}]`")),
                _ => None,
            };
            Description { help, ..plain(Code::WrongType, format!("{name} must be {expected}, found {found}")) }
        }
        FaultKind::Value { found, expected } if expected == DATE => Description {
            help: Some("write it as year-month-day: `2026-11-23`".to_owned()),
            ..plain(Code::InvalidDate, format!("{name} is no date: {found}"))
        },
        FaultKind::Value { found, expected } => {
            plain(Code::InvalidValue, format!("{name} must be {expected}, found {found}"))
        }
        FaultKind::Other(message) => plain(Code::InvalidValue, format!("{name}: {message}")),
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::{Step, locate, read};
    use crate::source::SourceFile;
    use crate::text::{TextRange, VPath};

    #[derive(Deserialize, Default, Debug, PartialEq)]
    #[serde(default, deny_unknown_fields)]
    struct Sample {
        title: String,
        order: Option<u32>,
        tags: Vec<String>,
    }

    fn sample(text: &str) -> (Sample, Vec<String>) {
        let file = SourceFile::new(VPath::new("a.md").expect("plain"), text);
        let (value, problems) = read::<Sample>(&file, TextRange::new(0, text.len()));
        let problems = problems.iter().map(|problem| {
            format!("{} {:?} {}", problem.code.name(), &text[problem.location.range.bytes()], problem.message)
        });
        (value, problems.collect())
    }

    #[test]
    fn reports_every_fault_and_keeps_the_rest() {
        let (value, problems) = sample("title: Pop\norder: first\ntaggs: [a]\ntags: [a, [b], c]\n");
        assert_eq!(value.title, "Pop");
        assert_eq!(value.tags, ["a", "c"]);
        assert_eq!(problems.len(), 3, "{problems:#?}");
        assert!(problems.contains(&"unknown-key \"taggs\" unknown key `taggs`".to_owned()), "{problems:#?}");
        assert!(
            problems.iter().any(|problem| problem.starts_with("wrong-type \"first\" `order` must be")),
            "{problems:#?}"
        );
    }

    #[test]
    fn duplicate_keys_and_broken_text() {
        assert!(sample("title: a\ntitle: b\n").1[0].starts_with("duplicate-key \"title\""));
        assert!(sample("title: \"a\n").1[0].starts_with("invalid-yaml"));
        assert!(sample("- a\n- b\n").1[0].starts_with("wrong-type"));
        assert_eq!(sample("title: 1.10\n").0.title, "1.10");
    }

    #[test]
    fn limits_hold() {
        let mut bomb = String::from("a: &a [x, x, x, x, x, x, x, x, x]\n");
        for (name, before) in ["b", "c", "d", "e", "f", "g", "h"].iter().zip(["a", "b", "c", "d", "e", "f", "g"]) {
            bomb += &format!(
                "{name}: &{name} [*{before}, *{before}, *{before}, *{before}, *{before}, *{before}, *{before}]\n"
            );
        }
        bomb += "tags: *h\n";
        assert!(!sample(&bomb).1.is_empty());
        assert!(!sample(&"[".repeat(100_000)).1.is_empty());
        assert!(!sample(&format!("tags: {}", "[".repeat(100_000))).1.is_empty());
    }

    #[test]
    fn locates_values() {
        let text = "title: Pop\ntags:\n  - one\n  - two\n";
        let file = SourceFile::new(VPath::new("a.md").expect("plain"), text);
        let at = locate(&file, TextRange::new(0, text.len()), &[Step::key("tags"), Step::Index(1)]);
        assert_eq!(&text[at.bytes()], "two");
    }
}
