//! Diagnostics for programs: JSON, SARIF 2.1.0 for code hosts, workflow commands for GitHub Actions.

use serde_json::{Value, json};

use super::{Code, Diagnostic, Fix, Level, Location};
use crate::source::Sources;
use crate::text::{LineIndex, Position, percent_encode_into};

/// Where a location begins and ends. Lines and columns count from 1; the end is one past the last character.
fn span(location: &Location, sources: &Sources) -> (Position, Position) {
    let text = sources.text(&location.path).unwrap_or_default();
    let range = location.range.within(text);
    let index = LineIndex::new(text);
    (index.position(range.start), index.position(range.end))
}

/// `{"version": 1, "diagnostics": [{code, level, message, file, line, column, end_line, end_column, help, notes,
/// fix}]}`; lines and columns count from 1, columns in Unicode scalar values. A fix is `null`, or a place and its `replacement`.
pub fn to_json(diagnostics: &[Diagnostic], sources: &Sources) -> Value {
    let diagnostics = diagnostics.iter().map(|diagnostic| {
        let mut value = place(&diagnostic.location, sources);
        value["code"] = json!(diagnostic.code.name());
        value["level"] = json!(level(diagnostic.level));
        value["message"] = json!(diagnostic.message);
        value["help"] = json!(diagnostic.help);
        value["notes"] = diagnostic
            .notes
            .iter()
            .map(|note| {
                let mut value = place(&note.location, sources);
                value["message"] = json!(note.message);
                value
            })
            .collect();
        value["fix"] = diagnostic.fix.as_ref().map_or(Value::Null, |fix| {
            let mut value = place(&fixed(diagnostic, fix), sources);
            value["replacement"] = json!(fix.replacement);
            value
        });
        value
    });
    json!({"version": 1, "diagnostics": diagnostics.collect::<Vec<Value>>()})
}

/// Where a fix changes its file.
fn fixed(diagnostic: &Diagnostic, fix: &Fix) -> Location {
    Location { path: diagnostic.location.path.clone(), range: fix.range }
}

fn place(location: &Location, sources: &Sources) -> Value {
    let (start, end) = span(location, sources);
    json!({
        "file": location.path.as_str(), "line": start.line, "column": start.column, "end_line": end.line, "end_column": end.column,
    })
}

fn level(level: Level) -> &'static str {
    match level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Allow | Level::Note => "note",
    }
}

/// A log in the Static Analysis Results Interchange Format, version 2.1.0 (OASIS, 2020), with the manual page of each code that it uses.
pub fn to_sarif(diagnostics: &[Diagnostic], sources: &Sources) -> Value {
    let mut codes: Vec<Code> = diagnostics.iter().map(|diagnostic| diagnostic.code).collect();
    codes.sort_unstable();
    codes.dedup();
    let rules = codes.iter().map(|code| {
        let text: Vec<&str> = code.explanation().lines().map(str::trim).collect();
        let text = text.join("\n");
        let first = text.split("\n\n").next().unwrap_or_default().replace('\n', " ");
        json!({
            "id": code.name(),
            "shortDescription": {"text": first}, "fullDescription": {"text": text.trim()}, "help": {"text": text.trim(), "markdown": text.trim()},
            "defaultConfiguration": {"level": level(code.default_level())},
        })
    });
    let results = diagnostics.iter().map(|diagnostic| {
        let helps = diagnostic.help.iter().map(|help| format!("\n{help}"));
        let related = diagnostic.notes.iter().map(|note| {
            let mut value = sarif_location(&note.location, sources);
            value["message"] = json!({"text": note.message});
            value
        });
        let mut result = json!({
            "ruleId": diagnostic.code.name(),
            "ruleIndex": codes.binary_search(&diagnostic.code).unwrap_or_default(),
            "level": level(diagnostic.level),
            "message": {"text": diagnostic.message.clone() + &helps.collect::<String>()},
            "locations": [sarif_location(&diagnostic.location, sources)],
            "relatedLocations": related.collect::<Vec<Value>>(),
        });
        if let Some(fix) = &diagnostic.fix {
            result["fixes"] = json!([sarif_fix(diagnostic, fix, sources)]);
        }
        result
    });
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": "hornbook", "version": env!("CARGO_PKG_VERSION"), "rules": rules.collect::<Vec<Value>>(),
            }},
            "columnKind": "unicodeCodePoints",
            "originalUriBaseIds": {"SITE": {"description": {"text": "the folder of the site, which holds content/"}}},
            "results": results.collect::<Vec<Value>>(),
        }],
    })
}

fn sarif_fix(diagnostic: &Diagnostic, fix: &Fix, sources: &Sources) -> Value {
    let place = sarif_location(&fixed(diagnostic, fix), sources)["physicalLocation"].take();
    json!({
        "description": {"text": diagnostic.help.first().unwrap_or(&diagnostic.message)},
        "artifactChanges": [{
            "artifactLocation": place["artifactLocation"],
            "replacements": [{"deletedRegion": place["region"], "insertedContent": {"text": fix.replacement}}],
        }],
    })
}

fn sarif_location(location: &Location, sources: &Sources) -> Value {
    let (start, end) = span(location, sources);
    let mut uri = String::new();
    percent_encode_into(&mut uri, &location.path.as_str().replace('%', "%25"));
    json!({"physicalLocation": {
        "artifactLocation": {"uri": uri, "uriBaseId": "SITE"},
        "region": {"startLine": start.line, "startColumn": start.column, "endLine": end.line, "endColumn": end.column},
    }})
}

/// Workflow commands, one a line, by which GitHub Actions shows problems beside the lines of a change.
pub fn to_github(diagnostics: &[Diagnostic], sources: &Sources) -> String {
    let lines = diagnostics.iter().map(|diagnostic| {
        let (start, end) = span(&diagnostic.location, sources);
        let command = match diagnostic.level {
            Level::Error => "error",
            Level::Warning => "warning",
            Level::Allow | Level::Note => "notice",
        };
        let helps = diagnostic.help.iter().map(|help| format!("\n{help}"));
        format!(
            "::{command} file={},line={},col={},endLine={},title={}::{}\n",
            property(diagnostic.location.path.as_str()),
            start.line,
            start.column,
            end.line,
            property(diagnostic.code.name()),
            data(&(diagnostic.message.clone() + &helps.collect::<String>())),
        )
    });
    lines.collect()
}

/// Text of a workflow command, whose signs have meanings there.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
