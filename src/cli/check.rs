//! `hornbook check`

use std::collections::HashMap;

use anyhow::{Context, Result, bail};
use camino::{Utf8Path, Utf8PathBuf};
use serde_json::Value;

use super::report::Format;
use super::report::{self, Progress};
use super::{Outcome, Reading};
use super::{external, fix};
use crate::diagnostic::{Diagnostic, sort};
use crate::{Cache, check, disk, has_errors};

#[derive(clap::Args, Debug)]
pub(super) struct Arguments {
    /// How to print what is found. `json`, `sarif` and `github` go to standard output.
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
    /// Report only what is not in an earlier report, which `--format json` printed.
    #[arg(long, value_name = "FILE")]
    baseline: Option<Utf8PathBuf>,
    /// Ask other sites too whether what the site links to is there. What was good is remembered in content/links.lock.
    #[arg(long, conflicts_with_all = ["fix", "diff"])]
    external: bool,
    #[command(flatten)]
    fixing: fix::Fixing,
    #[command(flatten)]
    reading: Reading,
}

impl Arguments {
    pub(super) fn run(&self, start: &Utf8Path) -> Result<Outcome> {
        let mut known = match &self.baseline {
            Some(file) => known(file)?,
            None => HashMap::new(),
        };
        let progress = Progress::new();
        progress.step("checking");
        let (root, mut loaded) = self.reading.load(start)?;
        if self.fixing.is_wanted() {
            progress.clear();
            match self.fixing.run(&root, &loaded.sources)? {
                fix::Done::Shown(outcome) => return Ok(outcome),
                fix::Done::Nothing => {}
                fix::Done::Written => loaded = self.reading.load(start)?.1,
            }
        }
        let analysis = check(&loaded.sources, &Cache::default());
        let mut diagnostics = loaded.problems;
        diagnostics.extend(analysis.diagnostics);
        let mut asked = None;
        if self.external {
            progress.step("asking other sites");
            let (said, problems) = external::run(&root, &loaded.sources, &analysis.site, self.reading.as_of()?)?;
            asked = Some(said);
            diagnostics.extend(problems);
        }
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
        let mut lines = vec![report::checked(analysis.site.pages.len(), &diagnostics)];
        lines.extend(asked);
        if found > diagnostics.len() {
            lines.push(format!("{} more are in the baseline", found - diagnostics.len()));
        }
        self.format.print(&mut diagnostics, &loaded.sources, &lines);
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
