//! Publishes a small site: what the tests of `disk::emit` kill, starve and race.
//!
//! `emit_tree FOLDER GENERATION [PAGES]` prints what was done and how long it took. All work is done on one thread, so that a
//! system call can be named by its number; `RAYON_NUM_THREADS` overrides that.
#![allow(clippy::disallowed_methods, clippy::print_stderr, reason = "a program of its own, at the edge")]

use std::env;
use std::io::{self, Write};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Instant;

use camino::Utf8Path;
use hornbook::disk::emit;
use hornbook::render::{OutPath, Output};

/// A site with a page that every generation changes, one that only this generation has, and `pages` that never change.
pub fn tree(generation: u64, pages: usize) -> Output {
    let text = |text: String| Arc::<[u8]>::from(text.into_bytes());
    let mut output = Output::default();
    output.files.insert(OutPath::new("index.html"), text(format!("<p>generation {generation}")));
    output.files.insert(OutPath::new(&format!("only/{generation}/index.html")), text("<p>one generation".into()));
    for page in 0..pages {
        let path = OutPath::new(&format!("section-{}/page-{page}/index.html", page % 4));
        output.files.insert(path, text(format!("<p>page {page}").repeat(400)));
    }
    output
}

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().collect();
    let [_, folder, generation, pages @ ..] = &arguments[..] else {
        eprintln!("usage: emit_tree FOLDER GENERATION [PAGES]");
        return ExitCode::from(2);
    };
    let generation = generation.parse().expect("a generation is a number");
    let pages = pages.first().map_or(3, |pages| pages.parse().expect("pages are a number"));
    if env::var_os("RAYON_NUM_THREADS").is_none() {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(1).use_current_thread().build_global();
        pool.expect("no pool was made before");
    }
    let output = tree(generation, pages);
    let start = Instant::now();
    match emit(&output, Utf8Path::new(folder), &[]) {
        Ok(emitted) => {
            // Nobody need be listening.
            writeln!(io::stdout(), "{emitted:?} in {:.2?}", start.elapsed()).ok();
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}
