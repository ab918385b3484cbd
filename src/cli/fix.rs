//! `hornbook check --fix` and `--diff`

use std::io::{BufRead, IsTerminal, stdin};

use anyhow::{Result, bail};
use camino::Utf8Path;
use similar::TextDiff;

use super::Outcome;
use crate::diagnostic::{Location, fixes, mended};
use crate::source::{SourceFile, Sources};
use crate::{Analysis, Cache, check, disk};

/// What one fix uncovers another may mend, but not for ever.
const ROUNDS: usize = 10;

#[derive(clap::Args, Debug)]
pub(super) struct Fixing {
    /// Mend what can be mended without a decision, after showing what changes; on a terminal, ask first.
    #[arg(long, conflicts_with = "diff")]
    fix: bool,
    /// Show what `--fix` would change, and change nothing.
    #[arg(long)]
    diff: bool,
    /// With `--fix`, do not ask.
    #[arg(long, short, requires = "fix")]
    yes: bool,
}

/// What became of it.
pub(super) enum Done {
    /// The changes were shown and that was all that was wanted.
    Shown(Outcome),
    /// There is nothing to mend, or it was not wanted.
    Nothing,
    /// Files were changed.
    Written,
}

impl Fixing {
    pub(super) fn is_wanted(&self) -> bool {
        self.fix || self.diff
    }

    pub(super) fn run(&self, root: &Utf8Path, sources: &Sources) -> Result<Done> {
        let (mended, count) = mend(sources);
        let changed: Vec<(&SourceFile, &SourceFile)> = sources
            .files
            .values()
            .filter_map(|old| Some((&**old, &**mended.files.get(&old.path)?)))
            .filter(|(old, new)| old.text != new.text)
            .collect();
        let diffs: String = changed.iter().map(|(old, new)| diff(old, new)).collect();
        let problems = format!("{count} {}", if count == 1 { "problem" } else { "problems" });
        if self.diff {
            print!("{diffs}");
            return Ok(match count {
                0 => {
                    anstream::eprintln!("Nothing can be mended without a decision");
                    Done::Shown(Outcome::Good)
                }
                _ => {
                    anstream::eprintln!("`--fix` would mend {problems}");
                    Done::Shown(Outcome::Errors)
                }
            });
        }
        if changed.is_empty() {
            return Ok(Done::Nothing);
        }
        anstream::eprint!("{}", coloured(&diffs));
        if stdin().is_terminal() && !self.yes && !is_agreed(&problems)? {
            return Ok(Done::Nothing);
        }
        // Somebody may have saved a file while the question stood.
        for (old, _) in &changed {
            let now = disk::read_text(&root.join(old.path.as_str()))?;
            if SourceFile::new(old.path.clone(), &now).text != old.text {
                bail!("{} was changed meanwhile: nothing was mended", old.path);
            }
        }
        for (old, new) in &changed {
            disk::rewrite(root, &old.path, &new.text)?;
        }
        let files = format!("{} {}", changed.len(), if changed.len() == 1 { "file" } else { "files" });
        anstream::eprintln!("Mended {problems} in {files}\n");
        Ok(Done::Written)
    }
}

/// The sources with all mended that can be, and how many problems that were. What makes another error is not done.
pub fn mend(sources: &Sources) -> (Sources, usize) {
    let mut analysis = check(sources, &Cache::default());
    let mut sources = sources.clone();
    let mut count = 0;
    for _ in 0..ROUNDS {
        let fixes = fixes(&analysis.diagnostics);
        let mut todo: Vec<&[(Location, String)]> = vec![&fixes];
        let mut done = 0;
        let before = analysis;
        let mut now = None;
        while let Some(some) = todo.pop().filter(|some| !some.is_empty()) {
            let next = mended(&sources, some);
            let after = check(&next, &before.cache);
            if errors(&after) <= errors(now.as_ref().unwrap_or(&before)) {
                (sources, now) = (next, Some(after));
                done += some.len();
            } else if some.len() > 1 {
                // From the last to the first, so that no fix moves the place of another.
                todo.extend(some.chunks(1));
            }
        }
        count += done;
        match now {
            Some(after) if done > 0 => analysis = after,
            _ => break,
        }
    }
    (sources, count)
}

fn errors(analysis: &Analysis) -> usize {
    analysis.diagnostics.iter().filter(|problem| problem.level == crate::diagnostic::Level::Error).count()
}

fn diff(old: &SourceFile, new: &SourceFile) -> String {
    let diff = TextDiff::from_lines(&*old.text, &*new.text);
    diff.unified_diff().header(&format!("a/{}", old.path), &format!("b/{}", new.path)).to_string()
}

/// A difference in the colours of Git.
fn coloured(diff: &str) -> String {
    let lines = diff.split_inclusive('\n').map(|line| {
        let (text, end) = line.strip_suffix('\n').map_or((line, ""), |text| (text, "\n"));
        match text.as_bytes().first() {
            Some(b'+') => format!("\u{1b}[32m{text}\u{1b}[0m{end}"),
            Some(b'-') => format!("\u{1b}[31m{text}\u{1b}[0m{end}"),
            Some(b'@') => format!("\u{1b}[36m{text}\u{1b}[0m{end}"),
            Some(_) | None => line.to_owned(),
        }
    });
    lines.collect()
}

fn is_agreed(problems: &str) -> Result<bool> {
    anstream::eprint!("Mend {problems}? [y/N] ");
    let mut answer = String::new();
    stdin().lock().read_line(&mut answer)?;
    Ok(matches!(answer.trim().to_lowercase().as_str(), "y" | "yes"))
}
