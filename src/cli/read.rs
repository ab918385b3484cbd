//! `hornbook read`

use std::collections::HashMap;
use std::fmt::Write as _;
use std::io::Write as _;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};
use camino::{Utf8Path, Utf8PathBuf};
use serde_json::{Value, json};

use super::{Outcome, Reading};
use crate::config::Limits;
use crate::reading::{PageReading, report};
use crate::source::{Settings, SourceFile, Sources};
use crate::text::{LineIndex, TextRange, VPath};
use crate::{Cache, check};

#[derive(clap::Args, Debug)]
pub(super) struct Arguments {
    /// Files or folders to report on; all of `content/` where none is named.
    paths: Vec<Utf8PathBuf>,
    /// Say how each page read at an earlier revision of git: `HEAD`, `main~3`, a tag.
    #[arg(long, value_name = "REVISION")]
    since: Option<String>,
    /// How many of the hardest sentences to show.
    #[arg(long, value_name = "COUNT", default_value_t = 5)]
    sentences: usize,
    /// How to print the report.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    #[command(flatten)]
    reading: Reading,
}

#[derive(Clone, Copy, clap::ValueEnum, Debug)]
enum Format {
    Text,
    Json,
}

impl Arguments {
    pub(super) fn run(&self, start: &Utf8Path) -> Result<Outcome> {
        let (root, loaded) = self.reading.load(start)?;
        let site = check(&loaded.sources, &Cache::default()).site;
        let mut pages = report(&site);
        if !self.paths.is_empty() {
            let wanted = self.paths.iter().map(|path| below(&root, path)).collect::<Result<Vec<String>>>()?;
            let is_wanted = |path: &str| {
                wanted.iter().any(|wanted| {
                    path.strip_prefix(wanted.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
                })
            };
            pages.retain(|page| is_wanted(page.path.as_str()));
        }
        if pages.is_empty() {
            bail!(
                "there is no page to read in {}",
                self.paths.iter().map(|path| path.as_str()).collect::<Vec<_>>().join(", ")
            );
        }
        let before = match &self.since {
            Some(revision) => grades_at(&root, revision, &loaded.sources.settings)?,
            None => HashMap::new(),
        };
        let limits = &site.config.limits;
        let most = limits.grade;
        let is_over = |page: &PageReading| most.is_some_and(|most| page.grade() > f64::from(most));
        let over = pages.iter().filter(|page| is_over(page)).count();
        match self.format {
            Format::Text => print!("{}", self.text(&pages, &before, &loaded.sources, limits)),
            Format::Json => println!("{:#}", self.json(&pages, &before, &loaded.sources)),
        }
        if !site.config.language.starts_with("en") {
            anstream::eprintln!("note: the formulas are for English; compare these grades with one another only");
        }
        Ok(if over > 0 { Outcome::Errors } else { Outcome::Good })
    }

    fn text(&self, pages: &[PageReading], before: &Before, sources: &Sources, limits: &Limits) -> String {
        let most = limits.grade;
        let mut out = String::new();
        let was = if self.since.is_some() { "   was" } else { "" };
        let _ = writeln!(out, "grade{was}  plain   SMOG   long  passive   words  page");
        for page in pages {
            let explained = &page.explained;
            let _ = write!(out, "{:5.1}", page.grade());
            if self.since.is_some() {
                let _ = match before.get(&page.path) {
                    Some(grade) => write!(out, "{grade:6.1}"),
                    None => write!(out, "   new"),
                };
            }
            let smog = explained.smog().map_or_else(|| "–".to_owned(), |smog| format!("{smog:.1}"));
            let percent = |count: usize| 100 * count / explained.sentences.max(1);
            let over = most.is_some_and(|most| page.grade() > f64::from(most));
            let _ = writeln!(
                out,
                "{:7.1}{smog:>7}{:6}%{:8}%{:8}  {}{}",
                page.plain.grade().unwrap_or_default(),
                percent(explained.long_sentences),
                percent(page.passive),
                explained.words,
                page.path,
                if over { "  ← too hard" } else { "" },
            );
        }
        self.hardest(&mut out, pages, sources);
        let long: Vec<String> = pages
            .iter()
            .flat_map(|page| page.long_sections.iter().map(move |section| (page, section)))
            .map(|(page, section)| {
                format!(
                    "  {}  “{}” has {} words",
                    place(sources, &page.path, section.range),
                    section.heading,
                    section.words
                )
            })
            .collect();
        if !long.is_empty() {
            let _ = writeln!(out, "\nSections of more than {} words:\n{}", limits.section_words, long.join("\n"));
        }
        let _ = writeln!(
            out,
            "\ngrade: Flesch–Kincaid, with explained terms as easy words; plain: without; SMOG: from 30 sentences on; long: more than 20 words"
        );
        if let Some(most) = most {
            let over = pages.iter().filter(|page| page.grade() > f64::from(most)).count();
            let _ = writeln!(
                out,
                "Harder than grade {most}, which site.yaml allows at most: {over} of {} pages",
                pages.len()
            );
        }
        out
    }

    fn hardest(&self, out: &mut String, pages: &[PageReading], sources: &Sources) {
        let mut hardest: Vec<_> =
            pages.iter().flat_map(|page| page.sentences.iter().map(move |sentence| (page, sentence))).collect();
        hardest.sort_by(|(_, a), (_, b)| {
            b.counts.grade().unwrap_or_default().total_cmp(&a.counts.grade().unwrap_or_default())
        });
        hardest.truncate(self.sentences);
        if hardest.is_empty() {
            return;
        }
        let _ = writeln!(out, "\nThe hardest sentences:");
        for (page, sentence) in hardest {
            let _ = writeln!(
                out,
                "  {}  grade {:.0}, {} words{}\n      {}",
                place(sources, &page.path, sentence.range),
                sentence.counts.grade().unwrap_or_default().max(0.0),
                sentence.counts.words,
                if sentence.is_passive { ", passive" } else { "" },
                sentence.text,
            );
        }
    }

    fn json(&self, pages: &[PageReading], before: &Before, sources: &Sources) -> Value {
        let pages = pages.iter().map(|page| {
            let sentences = page.sentences.iter().take(self.sentences).map(|sentence| {
                let (line, column) = position(sources, &page.path, sentence.range);
                json!({
                    "line": line, "column": column, "text": sentence.text, "grade": rounded(sentence.counts.grade()),
                    "words": sentence.counts.words, "passive": sentence.is_passive,
                })
            });
            let sections = page.long_sections.iter().map(|section| {
                json!({"line": position(sources, &page.path, section.range).0, "heading": section.heading, "words": section.words})
            });
            json!({
                "file": page.path.as_str(), "grade": rounded(page.explained.grade()), "plain_grade": rounded(page.plain.grade()), "smog": rounded(page.explained.smog()),
                "words": page.explained.words, "sentences": page.explained.sentences, "long_sentences": page.explained.long_sentences,
                "passive_sentences": page.passive, "grade_before": rounded(before.get(&page.path).copied()),
                "hardest": sentences.collect::<Vec<Value>>(), "long_sections": sections.collect::<Vec<Value>>(),
            })
        });
        json!({"pages": pages.collect::<Vec<Value>>()})
    }
}

/// Grades are guesses: two places are enough.
fn rounded(grade: Option<f64>) -> Option<f64> {
    grade.map(|grade| (grade * 100.0).round() / 100.0)
}

/// `content/a.md:3`, as editors open it.
fn place(sources: &Sources, path: &VPath, range: TextRange) -> String {
    format!("{path}:{}", position(sources, path, range).0)
}

/// Line and column, from 1.
fn position(sources: &Sources, path: &VPath, range: TextRange) -> (u32, u32) {
    let text = sources.text(path).unwrap_or_default();
    let position = LineIndex::new(text).position(range.start);
    (position.line, position.column)
}

/// A path that was typed, from the site's root; what does not lie below it is an error.
pub(super) fn below(root: &Utf8Path, path: &Utf8Path) -> Result<String> {
    let whole = path.canonicalize_utf8().with_context(|| format!("there is no {path}"))?;
    let root = root.canonicalize_utf8().with_context(|| format!("there is no {root}"))?;
    match whole.strip_prefix(&root) {
        Ok(inside) => Ok(inside.as_str().replace('\\', "/")),
        Err(_) => bail!("{path} is no part of the site at {root}"),
    }
}

/// The grade of each page at another revision.
type Before = HashMap<VPath, f64>;

fn grades_at(root: &Utf8Path, revision: &str, settings: &Settings) -> Result<Before> {
    let mut old = Sources { settings: settings.clone(), ..Sources::default() };
    let listed = git(root, &["ls-tree", "-r", "-z", "--name-only", "--end-of-options", revision, "--", "content"], "")?;
    let names: Vec<&str> = str::from_utf8(&listed)
        .context("git lists a name that is not UTF-8")?
        .split('\0')
        .filter(|name| name.ends_with(".md") || name.ends_with(".yaml") || name.ends_with(".bib"))
        .collect();
    let asked: String = names.iter().map(|name| format!("{revision}:./{name}\n")).collect();
    let mut answer = &*git(root, &["cat-file", "--batch"], &asked)?;
    for name in names {
        // `<hash> blob <size>`, a line end, the file, a line end.
        let head = answer.iter().position(|byte| *byte == b'\n').context("git ended its answer early")?;
        let line = String::from_utf8_lossy(&answer[..head]);
        let size: usize = line
            .rsplit(' ')
            .next()
            .and_then(|size| size.parse().ok())
            .with_context(|| format!("git does not show {name}: {line}"))?;
        let text = answer.get(head + 1..head + 1 + size).context("git ended its answer early")?;
        answer = answer.get(head + size + 2..).unwrap_or_default();
        if let (Some(path), Ok(text)) = (VPath::new(name), str::from_utf8(text)) {
            old.insert(SourceFile::new(path, text));
        }
    }
    let site = check(&old, &Cache::default()).site;
    Ok(report(&site).into_iter().map(|page| (page.path.clone(), page.grade())).collect())
}

/// What git says, asked in the site's folder, with `input` at its standard input.
fn git(root: &Utf8Path, arguments: &[&str], input: &str) -> Result<Vec<u8>> {
    let mut child = Command::new("git")
        .args(arguments)
        .current_dir(root)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .context("`--since` asks git, which could not be started")?;
    let mut stdin = child.stdin.take().context("git takes no input")?;
    // Git answers while it reads: both at once, or both wait for each other.
    let output = std::thread::scope(|scope| {
        scope.spawn(move || stdin.write_all(input.as_bytes()));
        child.wait_with_output()
    })
    .context("git could not be asked")?;
    if !output.status.success() {
        bail!("git: {}", String::from_utf8_lossy(&output.stderr).trim());
    }
    Ok(output.stdout)
}
