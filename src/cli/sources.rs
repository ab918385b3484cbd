//! `hornbook sources`

use anyhow::Result;
use camino::{Utf8Path, Utf8PathBuf};
use clap::Subcommand;

use super::report::{self, Format};
use super::{Outcome, Reading};
use crate::external::retractions::{Retractions, known};
use crate::{Cache, check, disk, has_errors, levels};

#[derive(clap::Args, Debug)]
pub(super) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand, Debug)]
enum Command {
    /// Say which sources of the bibliography were retracted, questioned or corrected, and where they are cited.
    ///
    /// The list is the Retraction Watch database as CSV, which Crossref publishes for everybody at
    /// <https://gitlab.com/crossref/retraction-watch-data>; download it anew from time to time.
    Check(Check),
}

#[derive(clap::Args, Debug)]
struct Check {
    /// The list of retractions.
    #[arg(long, value_name = "FILE")]
    retractions: Utf8PathBuf,
    /// How to print what is found. `json`, `sarif` and `github` go to standard output.
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
    #[command(flatten)]
    reading: Reading,
}

impl Arguments {
    pub(super) fn run(&self, start: &Utf8Path) -> Result<Outcome> {
        match &self.command {
            Command::Check(check) => check.run(start),
        }
    }
}

impl Check {
    fn run(&self, start: &Utf8Path) -> Result<Outcome> {
        let list = Retractions::read(&disk::read_bytes(&self.retractions)?)?;
        let (_, loaded) = self.reading.load(start)?;
        let site = check(&loaded.sources, &Cache::default()).site;
        let mut problems = list.findings(&site);
        levels::settle(&mut problems, &site);
        let (with, without) = known(&site);
        let mut line = format!("Compared {with} sources with {} notices: {}", list.len(), report::counts(&problems));
        if without > 0 {
            line += &format!("; {without} without a DOI cannot be compared");
        }
        self.format.print(&mut problems, &loaded.sources, &[line]);
        Ok(if has_errors(&problems) { Outcome::Errors } else { Outcome::Good })
    }
}
