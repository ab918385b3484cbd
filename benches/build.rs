//! How fast sites of 100, 1 000 and 10 000 pages are built, beside the bare floor: `cargo bench`, or `cargo bench -- 1000`.
//!
//! The floor parses the same Markdown to HTML with pulldown-cmark and writes the same bytes to the same number of files; it knows no
//! front matter, link, term, template or check. Machines are noisy: read the ratios. Each measurement runs in a process of its own, so that
//! its peak of memory is its own.
#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a program of its own, which measures time"
)]

mod generate;

use std::env;
use std::fs;
use std::hint::black_box;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::Instant;

use anyhow::{Context, Result, bail};
use camino::{Utf8Path, Utf8PathBuf};
use hornbook::render::{OutPath, add_builtin};
use hornbook::source::{Asset, Settings, SourceFile, Sources};
use hornbook::text::VPath;
use hornbook::{Cache, compile, disk};
use rayon::prelude::*;

/// As in the program itself.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const SIZES: &[usize] = &[100, 1_000, 10_000];

/// Runs of each process, of which the median counts.
const RUNS: usize = 5;

/// Runs of each edit.
const EDITS: usize = 9;

/// What a process measures; the first is what the others are compared with.
const MODES: &[&str] = &["floor", "cold", "again", "memory"];

fn main() -> Result<()> {
    let arguments: Vec<String> = env::args().skip(1).filter(|argument| argument != "--bench").collect();
    if let [flag, mode, folder] = arguments.as_slice()
        && flag == "--measure"
    {
        return measure(mode, Utf8Path::new(folder));
    }
    let chosen: Vec<usize> = arguments.iter().filter_map(|argument| argument.parse().ok()).collect();
    println!("{:>7}  {:<28} {:>10} {:>10} {:>9} {:>9}", "pages", "what", "median", "pages/s", "× floor", "peak MiB");
    for size in if chosen.is_empty() { SIZES } else { &chosen } {
        run(*size)?;
    }
    Ok(())
}

/// Everything at one size.
fn run(size: usize) -> Result<()> {
    let folder =
        Utf8PathBuf::from_path_buf(env::temp_dir().join(format!("hornbook-bench-{}-{size}", std::process::id())))
            .ok()
            .context("the temporary folder is not UTF-8")?;
    for (path, text) in generate::site(size) {
        let path = folder.join("site").join(path);
        fs::create_dir_all(path.parent().context("every file lies in a folder")?)?;
        fs::write(path, text)?;
    }
    let mut floor = None;
    for mode in MODES {
        let runs = if *mode == "memory" { 1 } else { RUNS };
        let mut lines: Vec<(String, Vec<f64>, f64)> = Vec::new();
        for _ in 0..runs {
            for (name, seconds, peak) in measured(mode, &folder)? {
                match lines.iter_mut().find(|(known, _, _)| *known == name) {
                    Some((_, all, highest)) => {
                        all.push(seconds);
                        *highest = highest.max(peak);
                    }
                    None => lines.push((name, vec![seconds], peak)),
                }
            }
        }
        for (name, mut seconds, peak) in lines {
            seconds.sort_by(f64::total_cmp);
            let median = seconds[seconds.len() / 2];
            let floor = *floor.get_or_insert(median);
            #[allow(clippy::cast_precision_loss, reason = "page counts are small")]
            let rate = size as f64 / median;
            println!("{size:>7}  {name:<28} {:>7.1} ms {rate:>10.0} {:>9.2} {peak:>9.0}", median * 1e3, median / floor);
        }
    }
    fs::remove_dir_all(folder)?;
    Ok(())
}

/// Runs one measurement in a process of its own: names, seconds, peak of memory in MiB.
fn measured(mode: &str, folder: &Utf8Path) -> Result<Vec<(String, f64, f64)>> {
    let output = Command::new(env::current_exe()?)
        .args(["--measure", mode, folder.as_str()])
        .stderr(Stdio::inherit())
        .output()?;
    if !output.status.success() {
        bail!("measuring {mode} failed");
    }
    let text = String::from_utf8(output.stdout)?;
    let line = |line: &str| -> Option<(String, f64, f64)> {
        let mut parts = line.split('\t');
        Some((parts.next()?.to_owned(), parts.next()?.parse().ok()?, parts.next()?.parse().ok()?))
    };
    text.lines().map(|text| line(text).with_context(|| format!("`{text}` is no measurement"))).collect()
}

/// Prints a measurement for [`measured`].
fn report(name: &str, seconds: f64) {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB")?.trim().parse::<f64>().ok());
    println!("{name}\t{seconds}\t{}", peak.unwrap_or_default() / 1024.0);
}

fn measure(mode: &str, folder: &Utf8Path) -> Result<()> {
    match mode {
        "floor" => measure_floor(folder),
        "cold" => {
            let _ = fs::remove_dir_all(folder.join("public"));
            report("cold build", build(folder)?);
            Ok(())
        }
        "again" => {
            report("again, nothing changed", build(folder)?);
            let page = folder.join("site/content/part-0/page-0.md");
            let text = fs::read_to_string(&page)?;
            fs::write(&page, text + "\nOne more sentence.\n")?;
            report("again, one page edited", build(folder)?);
            Ok(())
        }
        "memory" => measure_memory(folder),
        _ => bail!("nothing to measure is called {mode}"),
    }
}

/// What `hornbook build` does, without starting a process.
fn build(folder: &Utf8Path) -> Result<f64> {
    let start = Instant::now();
    let sources = load(folder)?;
    let compilation = compile(&sources, &Cache::default());
    let output =
        compilation.output.with_context(|| format!("the site has errors: {:#?}", compilation.diagnostics.first()))?;
    disk::emit(&output, &folder.join("public"), &[])?;
    Ok(start.elapsed().as_secs_f64())
}

fn load(folder: &Utf8Path) -> Result<Sources> {
    let mut sources = disk::load(&folder.join("site"), Settings::default())?.sources;
    add_builtin(&mut sources);
    Ok(sources)
}

/// Reads the Markdown, turns it into HTML, and writes as many bytes to as many files as a build does.
fn measure_floor(folder: &Utf8Path) -> Result<()> {
    let output = compile(&load(folder)?, &Cache::default()).output.context("the generated site has no errors")?;
    let target = folder.join("floor");
    let _ = fs::remove_dir_all(&target);
    let start = Instant::now();
    let paths: Vec<PathBuf> = walkdir::WalkDir::new(folder.join("site/content"))
        .into_iter()
        .filter_map(Result::ok)
        .map(walkdir::DirEntry::into_path)
        .filter(|path| path.extension().is_some_and(|extension| extension == "md"))
        .collect();
    let read = |path: &PathBuf| -> Result<usize> {
        let text = fs::read_to_string(path)?;
        let mut html = String::with_capacity(text.len() * 3 / 2);
        pulldown_cmark::html::push_html(
            &mut html,
            pulldown_cmark::Parser::new_ext(&text, pulldown_cmark::Options::all()),
        );
        Ok(black_box(html).len())
    };
    let lengths: Result<Vec<usize>> = paths.par_iter().map(read).collect();
    black_box(lengths?);
    let files: Vec<_> = output.files.iter().collect();
    files.par_iter().try_for_each(|(path, bytes)| -> Result<()> {
        let path = target.join(OutPath::as_str(path));
        fs::create_dir_all(path.parent().context("every file lies in a folder")?)?;
        Ok(fs::write(path, bytes)?)
    })?;
    report("floor", start.elapsed().as_secs_f64());
    Ok(())
}

/// Compiling in memory: with nothing remembered, with nothing changed, and after one edit.
fn measure_memory(folder: &Utf8Path) -> Result<()> {
    let mut sources = load(folder)?;
    let start = Instant::now();
    let mut cache = compile(&sources, &Cache::default()).cache;
    report("compile, cold", start.elapsed().as_secs_f64());
    for (name, edit) in EDITED {
        let mut seconds = Vec::new();
        for number in 0..EDITS {
            edit(&mut sources, number)?;
            let start = Instant::now();
            let compilation = compile(&sources, &cache);
            seconds.push(start.elapsed().as_secs_f64());
            compilation.output.with_context(|| format!("{name} leaves no errors"))?;
            cache = compilation.cache;
        }
        seconds.sort_by(f64::total_cmp);
        report(name, seconds[EDITS / 2]);
    }
    Ok(())
}

/// A change to the sources; the number makes each different.
type Edit = fn(&mut Sources, usize) -> Result<()>;

const EDITED: &[(&str, Edit)] = &[
    ("compile, nothing changed", |_, _| Ok(())),
    ("compile, a body edited", |sources, number| {
        append(sources, "content/part-1/page-1.md", &format!("\nSentence {number} of it.\n"))
    }),
    ("compile, a title edited", |sources, number| {
        replace(sources, "content/part-1/page-1.md", "title: ", &format!("title: {number} "))
    }),
    ("compile, a definition edited", |sources, number| {
        replace(sources, "content/glossary/facet-joint.md", "definition: ", &format!("definition: {number} "))
    }),
    ("compile, an alias added", |sources, number| {
        replace(sources, "content/glossary/facet-joint.md", "aliases: [", &format!("aliases: [name {number}, "))
    }),
    ("compile, a template edited", |sources, number| {
        append(sources, "themes/default/templates/article.html", &format!("{{# {number} #}}"))
    }),
    ("compile, the stylesheet edited", |sources, number| {
        let path = VPath::new("themes/default/static/site.css").context("the path is relative")?;
        sources.assets.insert(path, Asset::new(format!("p {{ margin: {number}px }}").into_bytes()));
        Ok(())
    }),
];

fn append(sources: &mut Sources, path: &str, text: &str) -> Result<()> {
    change(sources, path, |old| old.to_owned() + text)
}

fn replace(sources: &mut Sources, path: &str, from: &str, to: &str) -> Result<()> {
    change(sources, path, |old| old.replacen(from, to, 1))
}

fn change(sources: &mut Sources, path: &str, change: impl FnOnce(&str) -> String) -> Result<()> {
    let path = VPath::new(path).context("the path is relative")?;
    let text = change(sources.text(&path).with_context(|| format!("{path} is in the site"))?);
    sources.insert(SourceFile::new(path, &text));
    Ok(())
}
