//! What the cases show in memory, people see at the command line: every code, at the same place.

use std::fs;
use std::path::Path;
use std::process::Command;

use hornbook::diagnostic::Code;
use hornbook::source::Sources;
use hornbook::text::LineIndex;
use hornbook::{Cache, compile};
use rayon::prelude::*;

use super::{Case, WITHOUT_CASE, load_cases, sources};

/// A day for cases that name none.
const DAY: &str = "2026-11-23";

#[test]
fn every_code_fires_from_the_command_line() {
    let cases = load_cases();
    let with_case = |code: &&Code| !WITHOUT_CASE.iter().any(|(other, _)| other == *code);
    let codes: Vec<Code> = Code::ALL.iter().filter(with_case).copied().collect();
    let silent: Vec<&str> = codes.par_iter().filter(|code| !fires(**code, &cases)).map(|code| code.name()).collect();
    assert!(silent.is_empty(), "no case makes the command line say {silent:?} at the right place");
}

/// Whether some case that shows `code` makes the command say it at every place where it is.
fn fires(code: Code, cases: &[Case]) -> bool {
    let showing = cases.iter().filter(|case| case.text.contains(&format!("[{}] ", code.name())));
    showing.into_iter().any(|case| {
        let sources = sources(case, str::to_owned);
        let expected = places(code, &sources);
        // The small theme of the cases is not whole by itself: where that matters, the theme of the program takes its place.
        let mut attempts = [true, false].into_iter().map(|has_small_theme| {
            let folder = tempfile::tempdir().expect("there is a place for files");
            write(&sources, folder.path(), |path| has_small_theme || !path.starts_with("themes/default/"));
            said(&sources, folder.path())
        });
        !expected.is_empty() && attempts.any(|said| expected.iter().all(|place| said.contains(place)))
    })
}

/// `[code]` and `path:line:column` of each finding.
fn places(code: Code, sources: &Sources) -> Vec<(String, String)> {
    let found = compile(sources, &Cache::default()).diagnostics;
    let found = found.iter().filter(|problem| problem.code == code);
    let place = |problem: &hornbook::diagnostic::Diagnostic| {
        let path = &problem.location.path;
        // What is no text is named without a line.
        let Some(text) = sources.text(path) else { return path.to_string() };
        let position = LineIndex::new(text).position(problem.location.range.within(text).start);
        format!("{path}:{}:{}", position.line, position.column)
    };
    found.map(|problem| (code.name().to_owned(), place(problem))).collect()
}

fn write(sources: &Sources, folder: &Path, is_wanted: impl Fn(&str) -> bool) {
    let texts = sources.files.values().map(|file| (&file.path, file.text.as_bytes()));
    let assets = sources.assets.iter().map(|(path, asset)| (path, &*asset.bytes));
    for (path, bytes) in texts.chain(assets).filter(|(path, _)| is_wanted(path.as_str())) {
        let file = folder.join(path.as_str());
        fs::create_dir_all(file.parent().expect("it lies in a folder")).expect("a folder can be made");
        fs::write(file, bytes).expect("a file can be written");
    }
}

/// What `build` says: the code and the place of each problem.
fn said(sources: &Sources, folder: &Path) -> Vec<(String, String)> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_hornbook"));
    let day = sources.settings.as_of.map_or_else(|| DAY.to_owned(), |day| day.to_string());
    command.args(["build", "--as-of", &day]).current_dir(folder).env("NO_COLOR", "1");
    if let Some(url) = &sources.settings.base_url {
        command.args(["--base-url", url]);
    }
    let output = command.output().expect("the command runs");
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    let mut lines = text.lines().peekable();
    let mut found = Vec::new();
    while let Some(line) = lines.next() {
        let code = ["error[", "warning[", "note["].iter().find_map(|start| line.strip_prefix(start)?.split(']').next());
        let place = lines.peek().and_then(|next| next.trim_start().strip_prefix("--> "));
        found.extend(code.zip(place).map(|(code, place)| (code.to_owned(), place.to_owned())));
    }
    found
}

#[test]
#[cfg(unix)]
fn what_cannot_be_read_is_said_too() {
    let folder = tempfile::tempdir().expect("there is a place for files");
    let content = folder.path().join("content");
    fs::create_dir_all(&content).expect("a folder can be made");
    let site = "title: T\nbase_url: https://example.org/\nlanguage: en\n";
    fs::write(content.join("site.yaml"), site).expect("a file can be written");
    fs::write(content.join("a.md"), b"---\ntitle: A\n---\nOne \xff two\n").expect("a file can be written");
    fs::write(content.join("b.md"), b"---\ntitle: B\n---\nOne \0 two\n").expect("a file can be written");
    std::os::unix::fs::symlink("/dev/null", content.join("c.md")).expect("a link can be made");
    let said = said(&Sources::default(), folder.path());
    let place = |code: Code| said.iter().find(|(name, _)| name == code.name()).map(|(_, place)| place.as_str());
    assert_eq!(place(Code::InvalidUtf8), Some("content/a.md"), "{said:?}");
    assert_eq!(place(Code::ControlCharacter), Some("content/b.md:4:5"), "{said:?}");
    assert_eq!(place(Code::UnreadablePath), Some("content/c.md"), "{said:?}");
}
