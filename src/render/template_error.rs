//! A template's error → a diagnostic at its place, with the page that was rendered and the fields that there are.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::sync::Arc;

use tera::ErrorKind;

use super::theme::PAGE_AT_MOST;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::SourceFile;
use crate::text::{TextRange, VPath, nearest};

/// What was being rendered when a template failed.
pub(super) struct Rendering<'a> {
    /// The template.
    pub(super) template: &'a str,
    /// The content file that the page is for.
    pub(super) page: Option<&'a VPath>,
}

/// A template's error as diagnostics, at its place in the template.
pub(super) fn template_problems(
    error: &tera::Error,
    templates: &BTreeMap<String, Arc<SourceFile>>,
    rendering: Option<&Rendering<'_>>,
) -> Vec<Diagnostic> {
    if let ErrorKind::Msg(reports) = error.kind() {
        let problems = unknown_names(reports, templates);
        if !problems.is_empty() {
            return problems;
        }
    }
    let path = |name: &str| templates.get(name).map(|file| file.path.clone());
    let whole = |name: &str, message: String| {
        let path = path(name).unwrap_or_else(|| VPath::new("themes").expect("the path is relative"));
        Diagnostic::new(Code::TemplateError, &path, TextRange::default(), message)
    };
    let mut problem = match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => match path(report.filename()) {
            Some(path) => {
                let range = TextRange::new(report.span().range.start, report.span().range.end);
                at_place(&path, range, report.message())
            }
            None => whole("", error.to_string()),
        },
        ErrorKind::Io(io::ErrorKind::FileTooLarge) => {
            let name = rendering.map_or("", |rendering| rendering.template);
            whole(name, format!("render budget exceeded: the page grows beyond {} MiB", PAGE_AT_MOST >> 20))
                .help("look for a loop or a component that never ends")
        }
        ErrorKind::MissingParent { current, parent } => {
            whole(current, format!("`{current}` extends `{parent}`, which does not exist"))
                .suggest(&near_templates(parent, templates))
        }
        ErrorKind::CircularExtend { tpl, inheritance_chain } => {
            whole(tpl, format!("`{tpl}` extends itself: {}", inheritance_chain.join(" → ")))
        }
        ErrorKind::CircularInclude { tpl, include_chain } => {
            whole(tpl, format!("`{tpl}` includes itself: {}", include_chain.join(" → ")))
        }
        ErrorKind::TemplateNotFound(name) => {
            whole("", format!("there is no template `{name}`")).suggest(&near_templates(name, templates))
        }
        _ => whole(rendering.map_or("", |rendering| rendering.template), error.to_string()),
    };
    if let Some(page) = rendering.and_then(|rendering| rendering.page) {
        problem = problem.note(page, TextRange::default(), "while rendering this page");
    }
    vec![problem]
}

/// Filters, components and the like that do not exist: Tera hands them over as text, `error: …` and ` --> template:line:column`,
/// with the source and carets below.
fn unknown_names(reports: &str, templates: &BTreeMap<String, Arc<SourceFile>>) -> Vec<Diagnostic> {
    let reports = format!("\n{reports}");
    let problem = |report: &str| {
        let mut lines = report.lines();
        let message = lines.next()?;
        let mut place = lines.next()?.trim().strip_prefix("--> ")?.rsplitn(3, ':');
        let (column, line): (usize, usize) = (place.next()?.parse().ok()?, place.next()?.parse().ok()?);
        let file = templates.get(place.next()?)?;
        let before: usize = file.text.split_inclusive('\n').take(line.checked_sub(1)?).map(str::len).sum();
        let inside: usize = file.text[before..].chars().take(column.checked_sub(1)?).map(char::len_utf8).sum();
        let width = lines.next_back()?.matches('^').count();
        let range = TextRange::new(before + inside, before + inside + width).within(&file.text);
        let problem = at_place(&file.path, range, message);
        if !message.starts_with("Block `") {
            return Some(problem);
        }
        let blocks = inherited_blocks(file, templates);
        let near = nearest(message.split('`').nth(1)?, blocks.iter().copied());
        Some(problem.suggest(&near).help(format!("there are: {}", blocks.into_iter().collect::<Vec<_>>().join(", "))))
    };
    reports.split("\nerror: ").skip(1).filter_map(problem).collect()
}

/// The blocks of the templates that a template extends. Those that extend each other in a circle are reported before any block is.
fn inherited_blocks<'a>(file: &'a SourceFile, templates: &'a BTreeMap<String, Arc<SourceFile>>) -> BTreeSet<&'a str> {
    let parent = |file: &SourceFile| templates.get(file.text.split_once("{% extends \"")?.1.split('"').next()?);
    let mut blocks = BTreeSet::new();
    let mut next = parent(file);
    while let Some(file) = next {
        let tags = file.text.split("{%").skip(1).map(|tag| tag.trim_start_matches('-').trim_start());
        blocks.extend(tags.filter_map(|tag| tag.strip_prefix("block ")?.split_whitespace().next()));
        next = parent(file);
    }
    blocks
}

fn near_templates<'a>(name: &str, templates: &'a BTreeMap<String, Arc<SourceFile>>) -> Vec<&'a str> {
    nearest(name, templates.keys().map(String::as_str))
}

/// A problem at its place in a template. Tera lists the names that there are within its message; they make better help.
fn at_place(path: &VPath, range: TextRange, message: &str) -> Diagnostic {
    let (what, available) = match message.split_once(". Available ") {
        Some((what, list)) => (what, list.split_once(": ").map(|(_, names)| names)),
        None => (message, None),
    };
    let problem = Diagnostic::new(Code::TemplateError, path, range, decapitalised(what));
    let Some(available) = available else { return problem };
    let wanted = what.split('`').nth(1).unwrap_or_default();
    let near = nearest(wanted, available.split(", "));
    problem.suggest(&near).help(format!("there are: {available}"))
}

fn decapitalised(message: &str) -> String {
    let message = message.trim_end_matches('.');
    let mut characters = message.chars();
    match characters.next() {
        Some(first) => first.to_lowercase().chain(characters).collect(),
        None => String::new(),
    }
}
