//! What checking costs, on this repository's own site and on sites of 100, 1 000 and 10 000 pages: `cargo bench --bench check`, or
//! `cargo bench --bench check -- 1000`.
//!
//! Two questions are answered. Is checking linear in pages? The column of microseconds for each page says. And what does it add to a
//! compilation after an edit? Its share of the rest of that compilation, in the same process, is the ratio to read; the goal is a fifth.
#![allow(clippy::disallowed_methods, clippy::print_stdout, reason = "a program of its own, which measures time")]

#[allow(dead_code, reason = "the sizes of its parts are of use to other benches")]
mod generate;

use std::env;
use std::hint::black_box;
use std::time::Instant;

use anyhow::{Context, Result};
use camino::Utf8Path;
use hornbook::render::add_builtin;
use hornbook::source::{Settings, SourceFile, Sources};
use hornbook::text::VPath;
use hornbook::{Cache, check, compile, disk};

/// As in the program itself.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const SIZES: &[usize] = &[100, 1_000, 10_000];

/// Edits, of which the median counts.
const EDITS: usize = 15;

fn main() -> Result<()> {
    let sizes: Vec<usize> = env::args().skip(1).filter_map(|argument| argument.parse().ok()).collect();
    println!(
        "{:>9}  {:>10} {:>9}  {:>10} {:>12} {:>7}",
        "pages", "all anew", "a page", "an edit", "its compile", "share"
    );
    if sizes.is_empty() {
        let mut own = disk::load(Utf8Path::new(env!("CARGO_MANIFEST_DIR")), Settings::default())?.sources;
        add_builtin(&mut own);
        measure("this site", own, "content/anatomy/what-makes-the-pop.md")?;
    }
    for size in if sizes.is_empty() { SIZES } else { &sizes } {
        let mut sources = Sources::default();
        for (path, text) in generate::site(*size) {
            sources.insert(SourceFile::new(VPath::new(&path).context("the path is relative")?, &text));
        }
        add_builtin(&mut sources);
        measure(&size.to_string(), sources, "content/part-1/page-1.md")?;
    }
    Ok(())
}

/// Edits the page at `edited` again and again, and prints what that costs.
fn measure(name: &str, mut sources: Sources, edited: &str) -> Result<()> {
    let edited = VPath::new(edited).context("the path is relative")?;
    let mut cache = compile(&sources, &Cache::default()).cache;
    let (mut anew, mut known, mut whole) = (Vec::new(), Vec::new(), Vec::new());
    let mut pages = 0;
    for number in 0..EDITS {
        let before = compile(&sources, &cache);
        let memory = check::check(&before.site, &sources, &check::Memory::default()).1;
        let text = format!("{}\nSentence {number} of it.\n", sources.text(&edited).context("the page is there")?);
        sources.insert(SourceFile::new(edited.clone(), &text));
        let start = Instant::now();
        let after = compile(&sources, &before.cache);
        whole.push(start.elapsed().as_secs_f64());
        after.output.context("the site has no errors")?;
        pages = after.site.pages.len();
        for (times, memory) in [(&mut anew, &check::Memory::default()), (&mut known, &memory)] {
            let start = Instant::now();
            black_box(check::check(&after.site, &sources, memory));
            times.push(start.elapsed().as_secs_f64());
        }
        cache = after.cache;
    }
    let [anew, known, whole] = [anew, known, whole].map(median);
    #[allow(clippy::cast_precision_loss, reason = "page counts are small")]
    let each = anew * 1e6 / pages as f64;
    let share = 100.0 * known / (whole - known);
    println!(
        "{name:>9}  {:>7.2} ms {each:>6.1} µs  {:>7.2} ms {:>9.2} ms {share:>6.1}%",
        anew * 1e3,
        known * 1e3,
        whole * 1e3
    );
    Ok(())
}

fn median(mut seconds: Vec<f64>) -> f64 {
    seconds.sort_by(f64::total_cmp);
    seconds[seconds.len() / 2]
}
