//! The command line: what was typed → one command → an exit code. The only module that prints.
//!
//! Exit codes: 0 when all went well, 1 when the site has errors or the machine failed, 2 when the command was not understood.

#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "this is the edge that people see"
)]

mod build;
mod check;
mod completions;
mod explain;
mod external;
mod fix;
mod read;
mod review;
mod report;
mod serve;
mod sources;

use std::env;
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use camino::{Utf8Path, Utf8PathBuf};
use clap::{Parser, Subcommand};
use jiff::civil::Date;

use crate::config;
use crate::disk;
use crate::render;
use crate::source::{Drafts, Settings};

/// Compiles an educational microsite: Markdown in, a fast, private, accessible static site out.
///
/// Run it anywhere inside the site's folder, the one that holds `content/site.yaml`.
#[derive(Parser, Debug)]
#[command(name = "hornbook", version, propagate_version = true, disable_help_subcommand = true)]
#[command(after_help = "\
Examples:
  hornbook check                 say what is wrong, publish nothing
  hornbook build                 publish to public/
  hornbook serve --open          look at the site while you write it
  hornbook build --drafts        publish drafts too, to look at them
  hornbook explain broken-link   what a message means and what to do")]
struct Arguments {
    /// The site's folder, or any folder inside it.
    #[arg(long, global = true, value_name = "DIR", default_value = ".")]
    root: Utf8PathBuf,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand, Debug)]
enum Command {
    /// Compile the site and publish it to a folder.
    ///
    /// The folder holds at every moment either the whole old site or the whole new one. If the site has an error, nothing in it
    /// changes. Only files that Hornbook wrote are ever replaced or removed.
    Build(build::Arguments),
    /// Say everything that is wrong with the site, and publish nothing.
    ///
    /// `--fix` mends what needs no decision. `--external` asks other sites too, which takes a while: a second between two questions to one host, at most a
    /// quarter of an hour in all.
    Check(check::Arguments),
    /// Say how hard each page is to read, the hardest first, with its worst sentences.
    ///
    /// Grades are years of school. Words of glossary terms that a page links are taken for easy ones, because they are explained.
    Read(read::Arguments),
    /// Sign pages that were reviewed, and list those whose review is due.
    Review(review::Arguments),
    /// Compare the sources of the site with what became of them since.
    Sources(sources::Arguments),
    /// Show the site in a browser while it is written.
    ///
    /// Every change of a file is compiled at once and shown in place; nothing is published. If the site has an error, the last good one stays,
    /// with the error over it. Only this machine can see it, unless `--host` says otherwise.
    Serve(serve::Arguments),
    /// Explain a message by its code, or list all codes.
    Explain(explain::Arguments),
    /// Print completions for a shell.
    Completions(completions::Arguments),
}

/// Options of every command that reads a site.
#[derive(clap::Args, Debug)]
struct Reading {
    /// Include pages with `draft: true`, and those whose `publish_on` is still to come.
    #[arg(long)]
    drafts: bool,
    /// The public address, in place of `base_url` in site.yaml.
    #[arg(long, value_name = "URL", value_parser = base_url)]
    base_url: Option<String>,
    /// Judge dates as of this day, in place of today: what is published then, whose review is overdue.
    #[arg(long, value_name = "DATE")]
    as_of: Option<Date>,
}

impl Reading {
    /// The day on which dates are judged.
    fn as_of(&self) -> Result<Date> {
        self.as_of.map_or_else(today, Ok)
    }

    /// Reads the site around `start`: its root, everything in it, and what could not be read.
    fn load(&self, start: &Utf8Path) -> Result<(Utf8PathBuf, disk::Loaded)> {
        let root = disk::find_root(start)?;
        let mut loaded = disk::load(&root, self.settings(Some(self.as_of()?)))?;
        render::add_builtin(&mut loaded.sources);
        Ok((root, loaded))
    }
}

impl Reading {
    /// The settings that were typed, with the day on which dates are judged.
    fn settings(&self, as_of: Option<Date>) -> Settings {
        let drafts = if self.drafts { Drafts::Included } else { Drafts::Excluded };
        Settings { base_url: self.base_url.clone(), drafts, as_of, positions: false }
    }
}

/// Reads the value of `--base-url`.
fn base_url(text: &str) -> Result<String, &'static str> {
    match config::is_base_url(text) {
        true => Ok(text.to_owned()),
        false => Err("write it like https://example.org/ or https://example.org/course/"),
    }
}

/// Whether the site can be published.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Outcome {
    Good,
    Errors,
}

/// Runs the command that was typed.
pub fn run() -> ExitCode {
    let arguments = Arguments::parse();
    let result = match &arguments.command {
        Command::Build(build) => build.run(&arguments.root),
        Command::Check(check) => check.run(&arguments.root),
        Command::Read(read) => read.run(&arguments.root),
        Command::Review(review) => review.run(&arguments.root),
        Command::Sources(sources) => sources.run(&arguments.root),
        Command::Serve(serve) => serve.run(&arguments.root),
        Command::Explain(explain) => explain.run(),
        Command::Completions(completions) => completions.run(),
    };
    match result {
        Ok(Outcome::Good) => ExitCode::SUCCESS,
        Ok(Outcome::Errors) => ExitCode::from(1),
        Err(error) => {
            anstream::eprintln!("{}", report::failure(&error));
            ExitCode::from(1)
        }
    }
}

/// The day on which dates are judged: that of `SOURCE_DATE_EPOCH` where it is set, so that a build can be repeated, else today, in UTC.
fn today() -> Result<Date> {
    let seconds = match env::var("SOURCE_DATE_EPOCH") {
        Ok(text) => match text.trim().parse::<i64>() {
            Ok(seconds) => seconds,
            Err(_) => bail!("SOURCE_DATE_EPOCH is `{text}`, which is no number of seconds"),
        },
        Err(env::VarError::NotPresent) => jiff::Timestamp::now().as_second(),
        Err(error) => return Err(error).context("SOURCE_DATE_EPOCH"),
    };
    let timestamp = jiff::Timestamp::from_second(seconds).context("SOURCE_DATE_EPOCH lies outside all calendars")?;
    Ok(timestamp.to_zoned(jiff::tz::TimeZone::UTC).date())
}
