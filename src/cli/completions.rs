//! `hornbook completions`

use std::io;

use anyhow::Result;
use clap::CommandFactory;
use clap_complete::Shell;

use super::Outcome;

#[derive(clap::Args, Debug)]
pub(super) struct Arguments {
    /// The shell to print completions for.
    shell: Shell,
}

impl Arguments {
    pub(super) fn run(&self) -> Result<Outcome> {
        clap_complete::generate(self.shell, &mut super::Arguments::command(), "hornbook", &mut io::stdout());
        Ok(Outcome::Good)
    }
}
