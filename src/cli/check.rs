//! `hornbook check`

use anyhow::Result;
use camino::Utf8Path;

use super::report::{self, Progress};
use super::{Outcome, Reading};
use crate::{Cache, check, has_errors};

#[derive(clap::Args, Debug)]
pub(super) struct Arguments {
    #[command(flatten)]
    reading: Reading,
}

impl Arguments {
    pub(super) fn run(&self, start: &Utf8Path) -> Result<Outcome> {
        let progress = Progress::new();
        progress.step("checking");
        let (_, loaded) = self.reading.load(start)?;
        let analysis = check(&loaded.sources, &Cache::default());
        let mut diagnostics = loaded.problems;
        diagnostics.extend(analysis.diagnostics);
        progress.clear();
        report::print(&mut diagnostics, &loaded.sources);
        println!("{}", report::checked(analysis.site.pages.len(), &diagnostics));
        Ok(if has_errors(&diagnostics) { Outcome::Errors } else { Outcome::Good })
    }
}
