//! `hornbook build`

use std::env;
use std::time::Instant;

use anyhow::Result;
use camino::{Utf8Path, Utf8PathBuf};

use super::report::{self, Progress};
use super::{Outcome, Reading};
use crate::config::Kind;
use crate::disk::{self, Emitted};
use crate::resolve::site::Site;
use crate::{Cache, compile};

#[derive(clap::Args, Debug)]
pub(super) struct Arguments {
    /// Where to publish; `public` in the site's folder where it is missing.
    #[arg(long, value_name = "DIR")]
    out: Option<Utf8PathBuf>,
    #[command(flatten)]
    reading: Reading,
}

impl Arguments {
    pub(super) fn run(&self, start: &Utf8Path) -> Result<Outcome> {
        let started = Instant::now();
        let progress = Progress::new();
        progress.step("reading");
        let (root, loaded) = self.reading.load(start)?;
        progress.step("compiling");
        let compilation = compile(&loaded.sources, &Cache::default());
        let mut diagnostics = loaded.problems;
        diagnostics.extend(compilation.diagnostics);
        let outcome = match compilation.output.filter(|_| !crate::has_errors(&diagnostics)) {
            None => {
                progress.clear();
                report::print(&mut diagnostics, &loaded.sources);
                anstream::eprintln!("{}", report::nothing_published(&diagnostics));
                return Ok(Outcome::Errors);
            }
            Some(output) => {
                progress.step("publishing");
                let folder = self.out.clone().unwrap_or_else(|| root.join("public"));
                let emitted = disk::emit(&output, &folder, &protected(&root))?;
                progress.clear();
                report::print(&mut diagnostics, &loaded.sources);
                println!("{}", summary(&compilation.site, &emitted, &shown(&folder), started));
                Outcome::Good
            }
        };
        Ok(outcome)
    }
}

/// What must never be written into or over: the sources, and the user's own folder.
fn protected(root: &Utf8Path) -> Vec<Utf8PathBuf> {
    let inside = ["content", "themes", "src", ".git", "Cargo.toml", "README.md", "netlify.toml"];
    let mut protected: Vec<Utf8PathBuf> = inside.iter().map(|name| root.join(name)).collect();
    let home = env::var("HOME").or_else(|_| env::var("USERPROFILE")).ok();
    protected.extend(home.filter(|home| !home.is_empty()).map(Utf8PathBuf::from));
    protected
}

/// A folder as the user would type it.
fn shown(folder: &Utf8Path) -> String {
    let here = env::current_dir().ok().and_then(|here| Utf8PathBuf::from_path_buf(here).ok());
    let inside = here.and_then(|here| folder.strip_prefix(here).ok().map(Utf8Path::to_owned));
    format!("{}/", inside.unwrap_or_else(|| folder.to_owned()).as_str().trim_end_matches('/'))
}

/// One line: what was made, where, what changed, how long it took.
fn summary(site: &Site, emitted: &Emitted, folder: &str, started: Instant) -> String {
    let count = |kind: Kind| site.pages.iter().filter(|page| page.kind() == kind).count();
    let kinds = [
        (count(Kind::Article), "article", "articles"),
        (site.exercises.len(), "exercise", "exercises"),
        (site.terms.len(), "term", "terms"),
        (site.cited_by.len(), "source", "sources"),
    ];
    let made: Vec<String> = kinds
        .into_iter()
        .filter(|(number, _, _)| *number > 0)
        .map(|(number, one, many)| format!("{number} {}", if number == 1 { one } else { many }))
        .collect();
    let made = if made.is_empty() { "an empty site".to_owned() } else { made.join(", ") };
    let files = emitted.written + emitted.unchanged;
    let changed = match (emitted.written, emitted.removed) {
        (0, 0) => "nothing changed".to_owned(),
        (written, 0) => format!("{written} written"),
        (written, removed) => format!("{written} written, {removed} removed"),
    };
    format!("Published {made} to {folder} in {}: {files} files, {changed}", report::duration(started.elapsed()))
}
