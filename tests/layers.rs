//! The house holds: imports point one way, and what belongs to the edges stays there.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, reason = "tests touch files, and a panic is their failure")]

use std::fs;
use std::path::{Path, PathBuf};

/// A module names only modules before it.
const LAYERS: &[&str] = &[
    "text",
    "source",
    "diagnostic",
    "yaml",
    "config",
    "parse",
    "resolve",
    "reading",
    "review",
    "levels",
    "search",
    "check",
    "external",
    "render",
    "disk",
    "web",
    "serve",
    "cli",
];

/// What only `disk` and `cli` may use.
const EDGE: &[&str] = &[
    "std::fs",
    "std::env",
    "std::process",
    "Instant",
    "SystemTime",
    "Timestamp::now",
    "println!",
    "print!(",
    "eprintln!",
];

/// What nothing left of `disk` may use.
const SHARED_STATE: &[&str] =
    &["Mutex", "RwLock", "Atomic", "mpsc", "static mut", "thread_local!", "OnceLock", "RefCell", "LazyLock"];

/// Constant tables that are built on first use: the grammars of the highlighter.
const TABLES: &[&str] = &["src/parse/highlight.rs"];

/// Files of an edition that are made when they are first asked for: each cell is written once, with what its edition alone decides.
const ON_DEMAND: &[&str] = &["src/render/edition.rs", "src/render/parts.rs", "src/render/outputs/mod.rs"];

/// Words of the first site's subject, which the compiler and its theme know nothing of.
const SUBJECT: &[&str] =
    &["back pain", "lumbar", "vertebra", "facet joint", "facet-joint", "spine", "spinal", "pelvi", "clinician"];

/// Every source file, with its text.
fn files(folder: &str) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    let mut folders = vec![PathBuf::from(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension != "png") {
                let text = fs::read_to_string(&path).unwrap();
                found.push((path, text));
            }
        }
    }
    found.sort();
    found
}

/// The text without its unit tests.
fn without_tests(path: &Path, text: &str) -> String {
    if path.file_stem().is_some_and(|stem| stem == "tests") {
        return String::new();
    }
    text.split("#[cfg(test)]").next().unwrap_or_default().to_owned()
}

/// The module of `src` that a file belongs to; nothing for `lib.rs` and `main.rs`.
fn layer(path: &Path) -> Option<usize> {
    let inside = path.strip_prefix("src").unwrap();
    let first = inside.components().next().unwrap().as_os_str().to_string_lossy().replace(".rs", "");
    LAYERS.iter().position(|layer| *layer == first)
}

fn assert_none(breaches: &[String]) {
    assert!(breaches.is_empty(), "\n{}\n", breaches.join("\n"));
}

#[test]
fn imports_point_one_way() {
    let mut breaches = Vec::new();
    for (path, text) in files("src") {
        let Some(own) = layer(&path) else { continue };
        for (line, number) in without_tests(&path, &text).lines().zip(1..) {
            let code = line.split("//").next().unwrap_or_default();
            for (at, _) in code.match_indices("crate::") {
                let name: String = code[at + 7..]
                    .chars()
                    .take_while(|character| character.is_alphanumeric() || *character == '_')
                    .collect();
                let is_above = LAYERS.iter().position(|layer| *layer == name).is_some_and(|layer| layer > own);
                // What stands in lib.rs itself is above every module but the shells around it.
                let is_lib = !LAYERS.contains(&name.as_str()) && !matches!(LAYERS[own], "serve" | "cli");
                if is_above || is_lib {
                    breaches.push(format!("{}:{number}: {} names {name}", path.display(), LAYERS[own]));
                }
            }
        }
    }
    assert_none(&breaches);
}

#[test]
fn every_module_has_its_place() {
    let text = fs::read_to_string("src/lib.rs").unwrap();
    let modules: Vec<&str> = text.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';')).collect();
    assert_eq!(modules, LAYERS, "the modules of lib.rs stand in the order of the layers");
}

#[test]
fn edges_stay_at_the_edge() {
    let disk = LAYERS.iter().position(|layer| *layer == "disk").unwrap();
    let mut breaches = Vec::new();
    for (path, text) in files("src") {
        if layer(&path).is_none_or(|own| own >= disk) {
            continue;
        }
        for (line, number) in without_tests(&path, &text).lines().zip(1..) {
            let code = line.split("//").next().unwrap_or_default();
            let is_one_of = |list: &[&str]| list.iter().any(|known| path == Path::new(known));
            let is_allowed =
                |word: &str| (word == "LazyLock" && is_one_of(TABLES)) || (word == "OnceLock" && is_one_of(ON_DEMAND));
            for word in EDGE.iter().chain(SHARED_STATE).filter(|word| code.contains(**word) && !is_allowed(word)) {
                breaches.push(format!("{}:{number}: {word}", path.display()));
            }
        }
    }
    assert_none(&breaches);
}

#[test]
fn files_are_one_thing() {
    let long = files("src").into_iter().filter(|(_, text)| text.lines().count() > 400);
    assert_none(
        &long.map(|(path, text)| format!("{}: {} lines", path.display(), text.lines().count())).collect::<Vec<_>>(),
    );
}

#[test]
fn nothing_is_left_to_do() {
    let marks = ["TODO", "FIXME", "XXX", "HACK", "todo!(", "unimplemented!(", "dbg!("];
    let mut breaches = Vec::new();
    for (path, text) in files("src").into_iter().chain(files("themes")) {
        for (line, number) in text.lines().zip(1..) {
            breaches.extend(
                marks
                    .iter()
                    .filter(|mark| line.contains(**mark))
                    .map(|mark| format!("{}:{number}: {mark}", path.display())),
            );
        }
    }
    assert_none(&breaches);
}

#[test]
fn the_compiler_knows_no_subject() {
    let mut breaches = Vec::new();
    for (path, text) in files("src").into_iter().chain(files("themes")) {
        for (line, number) in without_tests(&path, &text).to_lowercase().lines().zip(1..) {
            breaches.extend(
                SUBJECT
                    .iter()
                    .filter(|word| line.contains(**word))
                    .map(|word| format!("{}:{number}: {word}", path.display())),
            );
        }
    }
    assert_none(&breaches);
}
