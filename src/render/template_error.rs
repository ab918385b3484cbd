//! A template's error → a diagnostic at its place, with the page that was rendered and the fields that there are.

use std::collections::BTreeMap;
use std::io;
use std::sync::Arc;

use tera::{Context, ErrorKind, ReportError, Value};

use super::theme::PAGE_AT_MOST;
use super::view::TOP_LEVEL;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::SourceFile;
use crate::text::{TextRange, VPath, nearest};

/// What was being rendered when a template failed.
pub(super) struct Rendering<'a> {
    /// The template.
    pub(super) template: &'a str,
    /// What it sees.
    pub(super) context: &'a Context,
    /// The content file that the page is for.
    pub(super) page: Option<&'a VPath>,
}

/// A template's error as diagnostics, at its place in the template.
pub(super) fn template_problems(
    error: &tera::Error,
    templates: &BTreeMap<String, Arc<SourceFile>>,
    rendering: Option<&Rendering<'_>>,
) -> Vec<Diagnostic> {
    let path = |name: &str| templates.get(name).map(|file| file.path.clone());
    let whole = |name: &str, message: String| {
        let path = path(name).unwrap_or_else(|| VPath::new("themes").expect("the path is relative"));
        Diagnostic::new(Code::TemplateError, &path, TextRange::default(), message)
    };
    let mut problem = match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => match path(report.filename()) {
            Some(path) => {
                let range = TextRange::new(report.span().range.start, report.span().range.end);
                let message = decapitalised(report.message());
                let problem = Diagnostic::new(Code::TemplateError, &path, range, message);
                match rendering
                    .and_then(|rendering| fields_there(report, &templates[report.filename()].text, rendering))
                {
                    Some(help) => problem.help(help),
                    None => problem,
                }
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

fn near_templates<'a>(name: &str, templates: &'a BTreeMap<String, Arc<SourceFile>>) -> Vec<&'a str> {
    nearest(name, templates.keys().map(String::as_str))
}

fn decapitalised(message: &str) -> String {
    let message = message.trim_end_matches('.');
    let mut characters = message.chars();
    match characters.next() {
        Some(first) => first.to_lowercase().chain(characters).collect(),
        None => String::new(),
    }
}

/// The fields that the failing expression could have named: those of the longest part of it that exists.
fn fields_there(report: &ReportError, source: &str, rendering: &Rendering<'_>) -> Option<String> {
    let expression = source.get(report.span().range.clone())?;
    let is_name = |character: char| character.is_alphanumeric() || "_.".contains(character);
    let name = expression.trim_start().split(|character| !is_name(character)).next()?;
    let parts: Vec<&str> = name.split('.').filter(|part| !part.is_empty()).collect();
    let root = parts.first()?;
    let keys = |value: &Value| -> Option<Vec<String>> {
        Some(value.as_map()?.keys().filter_map(|key| key.as_str().map(str::to_owned)).collect())
    };
    let Some(value) = rendering.context.get(root) else {
        let names: Vec<&str> = TOP_LEVEL.iter().copied().filter(|name| rendering.context.contains_key(name)).collect();
        let near = nearest(root, names.iter().copied());
        let hint = near.first().map(|near| format!("did you mean `{near}`? ")).unwrap_or_default();
        return Some(format!("{hint}a template for this page sees: {}", names.join(", ")));
    };
    let mut value = value;
    let mut path = (*root).to_owned();
    for part in &parts[1..] {
        match value.as_map().and_then(|map| map.get(&tera::value::Key::Str(part))) {
            Some(inner) => {
                value = inner;
                path = format!("{path}.{part}");
            }
            None => break,
        }
    }
    keys(value).map(|keys| format!("`{path}` has: {}", keys.join(", ")))
}
