//! What people read: problems, counts, progress.

use std::io::{IsTerminal, stderr};
use std::time::Duration;

use anyhow::Error;
use indicatif::{ProgressBar, ProgressStyle};

use crate::diagnostic::{self, Colour, Diagnostic, Level, to_github, to_json, to_sarif};
use crate::source::Sources;

/// Beyond so many problems people read no further; the count says how many there are.
const SHOWN_AT_MOST: usize = 100;

/// Prints problems to standard error, in colour on a terminal.
pub(super) fn print(diagnostics: &mut Vec<Diagnostic>, sources: &Sources) {
    diagnostic::sort(diagnostics);
    // Errors first, so that none is cut off by warnings.
    diagnostics.sort_by_key(|diagnostic| std::cmp::Reverse(diagnostic.level));
    for diagnostic in diagnostics.iter().take(SHOWN_AT_MOST) {
        anstream::eprintln!("{}\n", diagnostic::render(diagnostic, sources, Colour::Ansi, diagnostic::WIDTH));
    }
    if diagnostics.len() > SHOWN_AT_MOST {
        anstream::eprintln!("… and {} more\n", diagnostics.len() - SHOWN_AT_MOST);
    }
}

/// How to print what is found.
#[derive(Clone, Copy, clap::ValueEnum, Debug)]
pub(super) enum Format {
    /// For people: excerpts with what to do.
    Human,
    /// For programs.
    Json,
    /// SARIF 2.1.0, for code hosts.
    Sarif,
    /// Workflow commands of GitHub Actions, which mark the lines of a change.
    Github,
}

impl Format {
    /// Prints problems, and for people some `lines` more.
    pub(super) fn print(self, diagnostics: &mut Vec<Diagnostic>, sources: &Sources, lines: &[String]) {
        match self {
            Self::Human => {
                print(diagnostics, sources);
                for line in lines {
                    println!("{line}");
                }
            }
            Self::Json => println!("{:#}", to_json(diagnostics, sources)),
            Self::Sarif => println!("{:#}", to_sarif(diagnostics, sources)),
            Self::Github => print!("{}", to_github(diagnostics, sources)),
        }
    }
}

/// How many errors and warnings, in words.
pub(super) fn counts(diagnostics: &[Diagnostic]) -> String {
    let count = |level: Level| diagnostics.iter().filter(|diagnostic| diagnostic.level == level).count();
    let kinds = [(count(Level::Error), "error"), (count(Level::Warning), "warning"), (count(Level::Note), "note")];
    let parts: Vec<String> = kinds
        .iter()
        .filter(|(number, _)| *number > 0)
        .map(|(number, name)| format!("{number} {name}{}", if *number == 1 { "" } else { "s" }))
        .collect();
    if parts.is_empty() { "no problems".to_owned() } else { parts.join(", ") }
}

/// The last line of a build that failed.
pub(super) fn nothing_published(diagnostics: &[Diagnostic]) -> String {
    let first = diagnostics.iter().find(|diagnostic| diagnostic.level == Level::Error);
    let hint = first.map(|first| format!("; `hornbook explain {}` says more about the first", first.code.name()));
    format!("Nothing was published: {}{}", counts(diagnostics), hint.unwrap_or_default())
}

/// The last line of a check.
pub(super) fn checked(pages: usize, diagnostics: &[Diagnostic]) -> String {
    format!("Checked {pages} {}: {}", if pages == 1 { "file" } else { "files" }, counts(diagnostics))
}

/// A failure of the machine, with everything that led to it.
pub(super) fn failure(error: &Error) -> String {
    let causes: Vec<String> = error.chain().map(ToString::to_string).collect();
    format!("error: {}", causes.join(": "))
}

/// A time as people say it: `480 µs`, `34 ms`, `1.2 s`.
pub(super) fn duration(duration: Duration) -> String {
    match duration.as_micros() {
        micros @ ..1_000 => format!("{micros} µs"),
        micros @ ..1_000_000 => format!("{} ms", micros / 1_000),
        _ => format!("{:.1} s", duration.as_secs_f64()),
    }
}

/// What is being done, on a terminal, once it takes long enough to wonder.
pub(super) struct Progress {
    bar: Option<ProgressBar>,
}

impl Progress {
    pub(super) fn new() -> Self {
        let bar = stderr().is_terminal().then(|| {
            let style = ProgressStyle::with_template("{spinner} {msg} ({elapsed})")
                .unwrap_or_else(|_| ProgressStyle::default_spinner());
            ProgressBar::new_spinner().with_style(style)
        });
        Self { bar }
    }

    /// Names the step that begins.
    pub(super) fn step(&self, name: &'static str) {
        if let Some(bar) = &self.bar {
            bar.set_message(name);
            bar.enable_steady_tick(Duration::from_millis(120));
        }
    }

    /// Takes the line away, before anything else is printed.
    pub(super) fn clear(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
