//! What came out of a compilation, as the case that expects it would be written.

use std::fmt::Write;

use hornbook::Compilation;
use hornbook::diagnostic::{Diagnostic, Level, Location};
use hornbook::search::{Index, Memory};
use hornbook::source::Sources;
use hornbook::text::{LineIndex, TextRange, VPath};

use super::{Case, Section, input};

/// The case as it would have to be written for this outcome.
pub(super) fn show(case: &Case, sources: &Sources, outcome: &Compilation) -> String {
    let texts: Vec<(VPath, &str)> = case
        .sections
        .iter()
        .filter_map(|section| {
            let (path, is_hex) = input(&section.header)?;
            (!is_hex).then_some((path, section.text.as_str()))
        })
        .collect();
    let carries = |location: &Location| {
        let lines = texts.iter().find(|(path, _)| *path == location.path).map_or(0, |(_, text)| text.lines().count());
        location.range != TextRange::default() && line_and_column(location, sources).0 <= lines
    };
    let (with_carets, others): (Vec<&Diagnostic>, Vec<&Diagnostic>) =
        outcome.diagnostics.iter().partition(|problem| carries(&problem.location));
    let others: String = others
        .into_iter()
        .map(|problem| {
            let (line, column) = line_and_column(&problem.location, sources);
            format!("{}:{line}:{column} {}", problem.location.path, describe(problem, 4, sources))
        })
        .collect();

    let mut out = case.intent.clone();
    let mut others = (!others.is_empty()).then_some(others);
    for section in &case.sections {
        let is_input = input(&section.header).is_some() || section.header == "settings";
        if !is_input && let Some(others) = others.take() {
            out += &format!("=== problems\n{others}");
        }
        match input(&section.header) {
            Some((path, _)) => {
                let is_here = |problem: &&Diagnostic| problem.location.path == path;
                let here: Vec<&Diagnostic> = with_carets.iter().copied().filter(is_here).collect();
                out += &format!("=== {}\n{}", section.header, annotated(&section.text, &here, sources));
            }
            None if section.header == "problems" => {}
            None => out += &expectation(section, outcome),
        }
    }
    out + &others.map_or_else(String::new, |others| format!("=== problems\n{others}"))
}

fn line_and_column(location: &Location, sources: &Sources) -> (usize, usize) {
    let asset = || sources.assets.get(&location.path).and_then(|asset| str::from_utf8(&asset.bytes).ok());
    let text = sources.text(&location.path).or_else(asset).unwrap_or_default();
    let position = LineIndex::new(text).position(location.range.start);
    (position.line as usize, position.column as usize)
}

/// `error[code] message`, and what to do, each line `indent` deep.
fn describe(problem: &Diagnostic, indent: usize, sources: &Sources) -> String {
    let level = match problem.level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Note | Level::Allow => "note",
    };
    let mut out = format!("{level}[{}] {}\n", problem.code.name(), problem.message.replace('\n', "\\n"));
    for help in &problem.help {
        let _ = writeln!(out, "{:indent$}help: {}", "", help.replace('\n', "\\n"));
    }
    if let Some(fix) = &problem.fix {
        let text = sources.text(&problem.location.path).unwrap_or_default();
        let old = &text[fix.range.within(text).bytes()];
        let _ = writeln!(out, "{:indent$}fix: {old:?} → {:?}", "", fix.replacement);
    }
    for note in &problem.notes {
        let (line, column) = line_and_column(&note.location, sources);
        let _ = writeln!(out, "{:indent$}note: {}:{line}:{column} {}", "", note.location.path, note.message);
    }
    out
}

/// A text with its problems under its lines.
fn annotated(text: &str, problems: &[&Diagnostic], sources: &Sources) -> String {
    let mut out = String::new();
    for (line, number) in text.lines().zip(1_usize..) {
        out += &format!("{line}\n");
        for problem in problems {
            let (at, column) = line_and_column(&problem.location, sources);
            if at == number {
                let marked =
                    text.get(problem.location.range.bytes()).unwrap_or_default().lines().next().unwrap_or_default();
                let carets = "^".repeat(marked.chars().count().max(1));
                let indent = column - 1;
                out += &format!("{:indent$}{carets} {}", "", describe(problem, indent + carets.len() + 1, sources));
            }
        }
    }
    out
}

/// A section about what is published, as it would have to be written.
fn expectation(section: &Section, outcome: &Compilation) -> String {
    let Section { header, text } = section;
    let published: Vec<(&str, String)> = outcome
        .output
        .iter()
        .flat_map(|output| &output.files)
        .map(|(path, bytes)| (path.as_str(), String::from_utf8_lossy(bytes).into_owned()))
        .collect();
    let file = |path: &str| published.iter().find(|(other, _)| *other == path).map(|(_, text)| text.as_str());
    let now = match header.as_str() {
        "settings" => text.clone(),
        "files" => published.iter().map(|(path, _)| format!("{}\n", without_search_digest(path))).collect(),
        "nowhere" => text
            .lines()
            .map(|line| match published.iter().find(|(_, text)| text.contains(line)) {
                None => format!("{line}\n"),
                Some((path, _)) => format!("{line} (stands in {path})\n"),
            })
            .collect(),
        _ => match (header.strip_prefix("missing out/"), header.strip_prefix("out/")) {
            (Some(path), _) => file(path).map_or_else(String::new, |_| "it is published\n".to_owned()),
            (None, Some(wanted)) => {
                let (path, element) = wanted.split_once(' ').unwrap_or((wanted, ""));
                let shown = file(path).map(|text| inside(text, element).unwrap_or("it has no such element"));
                format!("{}\n", shown.unwrap_or("it is not published").trim_matches('\n'))
            }
            (None, None) => match header.strip_prefix("search ") {
                Some(query) => found(query, outcome),
                None => panic!("there is no section `{header}`"),
            },
        },
    };
    format!("=== {header}\n{now}")
}

/// Every word of a site decides the digests of what is searched: they would make every case a case about words.
fn without_search_digest(path: &str) -> String {
    let digest = path.strip_prefix("assets/search-").and_then(|rest| Some((rest, rest.split_once('.')?.0)));
    digest.map_or_else(|| path.to_owned(), |(_, number)| format!("assets/search-{number}.*.js"))
}

/// What a query finds: the care card, and pages by their ids, group by group.
fn found(query: &str, outcome: &Compilation) -> String {
    let index = Index::new(&outcome.site, &Memory::default()).0;
    let results = index.query(query);
    let mut out = results.card.map_or_else(String::new, |card| format!("{} card\n", index.cards[card].level.name()));
    for (group, hits) in index.groups(&results) {
        let ids = hits.iter().map(|hit| {
            let document = &index.documents[hit.document as usize];
            document.page.map_or_else(|| format!("/{}", document.url), |page| outcome.site.page(page).id().to_owned())
        });
        out += &format!("{}: {}\n", format!("{group:?}").to_lowercase(), ids.collect::<Vec<_>>().join(", "));
    }
    out
}

/// The inside of an element; `body` is the one that holds what an author wrote.
fn inside<'t>(html: &'t str, element: &str) -> Option<&'t str> {
    let (start, name) = match element {
        "" => return Some(html),
        "body" => ("<div class=\"prose\">".to_owned(), "div"),
        _ if html.contains(&format!("<{element}>")) => (format!("<{element}>"), element),
        _ => (format!("<{element} "), element),
    };
    let start = html.find(&start)?;
    let start = start + html[start..].find('>')? + 1;
    let mut depth = 1_usize;
    let mut at = start;
    loop {
        let end = at + html[at..].find(&format!("</{name}>"))?;
        depth += html[at..end].matches(&format!("<{name}")).count();
        depth -= 1;
        if depth == 0 {
            return Some(&html[start..end]);
        }
        at = end + name.len() + 3;
    }
}
