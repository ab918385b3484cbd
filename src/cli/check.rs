//! `hornbook check`

use std::collections::HashMap;

use anyhow::{Context, Result, bail};
use camino::{Utf8Path, Utf8PathBuf};
use serde_json::Value;

use super::report::{self, Progress};
use super::{Outcome, Reading};
use crate::diagnostic::{Diagnostic, sort, to_github, to_json, to_sarif};
use crate::{Cache, check, disk, has_errors};

#[derive(clap::Args, Debug)]
pub(super) struct Arguments {
    /// How to print what is found. `json`, `sarif` and `github` go to standard output.
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
    /// Report only what is not in an earlier report, which `--format json` printed.
    #[arg(long, value_name = "FILE")]
    baseline: Option<Utf8PathBuf>,
    #[command(flatten)]
    reading: Reading,
}

#[derive(Clone, Copy, clap::ValueEnum, Debug)]
enum Format {
    /// For people: excerpts with what to do.
    Human,
    /// For programs.
    Json,
    /// SARIF 2.1.0, for code hosts.
    Sarif,
    /// Workflow commands of GitHub Actions, which mark the lines of a change.
    Github,
}

impl Arguments {
    pub(super) fn run(&self, start: &Utf8Path) -> Result<Outcome> {
        let mut known = match &self.baseline {
            Some(file) => known(file)?,
            None => HashMap::new(),
        };
        let progress = Progress::new();
        progress.step("checking");
        let (_, loaded) = self.reading.load(start)?;
        let analysis = check(&loaded.sources, &Cache::default());
        let mut diagnostics = loaded.problems;
        diagnostics.extend(analysis.diagnostics);
        sort(&mut diagnostics);
        let found = diagnostics.len();
        diagnostics.retain(|diagnostic| match known.get_mut(&key(diagnostic)) {
            Some(count) if *count > 0 => {
                *count -= 1;
                false
            }
            Some(_) | None => true,
        });
        progress.clear();
        match self.format {
            Format::Human => {
                report::print(&mut diagnostics, &loaded.sources);
                println!("{}", report::checked(analysis.site.pages.len(), &diagnostics));
                if found > diagnostics.len() {
                    println!("{} more are in the baseline", found - diagnostics.len());
                }
            }
            Format::Json => println!("{:#}", to_json(&diagnostics, &loaded.sources)),
            Format::Sarif => println!("{:#}", to_sarif(&diagnostics, &loaded.sources)),
            Format::Github => print!("{}", to_github(&diagnostics, &loaded.sources)),
        }
        Ok(if has_errors(&diagnostics) { Outcome::Errors } else { Outcome::Good })
    }
}

/// What makes a problem the same in another version of a file: everything but its line.
type Key = (String, String, String);

fn key(diagnostic: &Diagnostic) -> Key {
    (diagnostic.location.path.to_string(), diagnostic.code.name().to_owned(), diagnostic.message.clone())
}

/// How often each problem stands in an earlier report.
fn known(file: &Utf8Path) -> Result<HashMap<Key, usize>> {
    let text = disk::read_text(file)?;
    let report: Value =
        serde_json::from_str(&text).with_context(|| format!("{file} is no report that `--format json` printed"))?;
    let Some(diagnostics) = report["diagnostics"].as_array() else {
        bail!("{file} is no report that `--format json` printed: it has no `diagnostics`");
    };
    let mut known = HashMap::new();
    for diagnostic in diagnostics {
        let text = |name: &str| diagnostic[name].as_str().unwrap_or_default().to_owned();
        *known.entry((text("file"), text("code"), text("message"))).or_default() += 1;
    }
    Ok(known)
}
