//! Reports for programs are what their readers expect. `tests/data/sarif-2.1.0.json` is the schema of OASIS, as schemastore.org has it.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, reason = "tests touch files, and a panic is their failure")]

use std::fs;

use hornbook::diagnostic::{Code, Diagnostic, Fix, to_github, to_json, to_sarif};
use hornbook::source::{SourceFile, Sources};
use hornbook::text::{TextRange, VPath};
use serde_json::Value;

/// A file with signs that mean something elsewhere, and a problem of every code in it.
fn everything() -> (Vec<Diagnostic>, Sources) {
    let path = VPath::new("content/über, 100 %: a.md").unwrap();
    let mut sources = Sources::default();
    sources.insert(SourceFile::new(path.clone(), "one\ntwo – three\n"));
    let problem = |code: &Code| {
        Diagnostic::new(*code, &path, TextRange::new(4, 15), "50 %, `a: b`\nand more")
            .help("do this")
            .note(&path, TextRange::at(0), "here too")
            .fixed_by(Some(Fix::new(TextRange::new(4, 7), "2")))
    };
    (Code::ALL.iter().map(problem).collect(), sources)
}

#[test]
fn sarif_is_valid() {
    let mut schema: Value = serde_json::from_str(&fs::read_to_string("tests/data/sarif-2.1.0.json").unwrap()).unwrap();
    // Its one pattern with a stray bracket, which only JavaScript reads.
    for kind in ["run", "toolComponent"] {
        schema["definitions"][kind]["properties"]["language"].as_object_mut().unwrap().remove("pattern");
    }
    let validator = jsonschema::validator_for(&schema).unwrap();
    let (problems, sources) = everything();
    for problems in [&problems[..], &[]] {
        let log = to_sarif(problems, &sources);
        let faults: Vec<String> =
            validator.iter_errors(&log).map(|fault| format!("{}: {fault}", fault.instance_path())).collect();
        assert!(faults.is_empty(), "{faults:#?}");
    }
    let mut wrong = to_sarif(&problems, &sources);
    wrong["runs"][0]["results"][0]["level"] = "fatal".into();
    assert!(!validator.is_valid(&wrong), "the schema sees faults");
}

#[test]
fn places_count_from_one() {
    let (problems, sources) = everything();
    let report = to_json(&problems, &sources);
    let first = &report["diagnostics"][0];
    let place = ["line", "column", "end_line", "end_column"].map(|key| first[key].as_u64().unwrap());
    assert_eq!(place, [2, 1, 2, 10]);
    let fix = &first["fix"];
    let place = ["line", "column", "end_line", "end_column"].map(|key| fix[key].as_u64().unwrap());
    assert_eq!((place, fix["replacement"].as_str()), ([2, 1, 2, 4], Some("2")));
    let log = to_sarif(&problems, &sources);
    let change = &log["runs"][0]["results"][0]["fixes"][0]["artifactChanges"][0];
    assert_eq!(change["artifactLocation"]["uri"], "content/%C3%BCber,%20100%20%25:%20a.md");
    assert_eq!(change["replacements"][0]["deletedRegion"]["endColumn"], 4);
    assert_eq!(change["replacements"][0]["insertedContent"]["text"], "2");
    let location = &log["runs"][0]["results"][0]["locations"][0]["physicalLocation"];
    assert_eq!(location["artifactLocation"]["uri"], "content/%C3%BCber,%20100%20%25:%20a.md");
    assert_eq!(location["region"]["endColumn"], 10);
}

#[test]
fn workflow_commands_hold_one_line_each() {
    let (problems, sources) = everything();
    let text = to_github(&problems[..1], &sources);
    assert_eq!(
        text,
        "::error file=content/über%2C 100 %25%3A a.md,line=2,col=1,endLine=2,title=invalid-yaml::50 %25, `a: b`%0Aand more%0Ado this\n"
    );
}
