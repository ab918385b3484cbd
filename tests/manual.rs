//! `themes/README.md` says what is true: it is made from the views' doc comments, the templates and the tokens of the default theme, and the
//! names that it says a template sees are those that it is given. So is the list of codes in `README.md`. `BLESS=1 cargo test --test manual` writes
//! both anew.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, reason = "tests touch files, and a panic is their failure")]

mod shared;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use hornbook::diagnostic::{Code, Level, Rule};
use hornbook::render::view::{EVERYWHERE, TEMPLATES, TOP_LEVEL, VIEWS};
use hornbook::source::Sources;
use hornbook::{Cache, compile};
use shared::{edit, own_site, put};

const MANUAL: &str = "themes/README.md";

/// What is above it is written by hand.
const MARK: &str = "<!-- From here on `BLESS=1 cargo test --test manual` writes. -->\n";

const README: &str = "README.md";

/// Between them stands the list of codes.
const CODES: &str = "<!-- `BLESS=1 cargo test --test manual` writes the codes. -->\n";
const CODES_END: &str = "<!-- End of the codes. -->\n";

/// A site with a page of every kind, and with introductions that an author wrote where they can be generated too.
const FULL: &[(&str, &str)] = &[
    ("index.md", "title: Home"),
    ("about.md", "title: About"),
    ("one/index.md", "summary: x"),
    ("one/a.md", "title: A"),
    ("one/b.md", "title: B"),
    ("exercises/index.md", "summary: x"),
    ("exercises/x.md", "title: X\nfacets: {aim: [one]}"),
    ("sequences/s.md", "title: S\nexercises: [x]"),
    ("glossary/index.md", "summary: x"),
    ("glossary/t.md", "name: Term\ndefinition: A word."),
];

const SITE: &str = "title: T\nbase_url: https://example.org/\nlanguage: en\ntheme: names\nsections: [{id: one, title: One}]\n\
    exercises: {facets: [{id: aim, title: Aim, values: [{id: one, title: One}]}]}\n\
    checks: {missing-summary: allow, unused-term: allow}\n";

/// The site's templates say their own name and the names that they see.
fn name_names(sources: &mut Sources) {
    for (template, ..) in TEMPLATES {
        let text = format!("{template}:{{% for name, value in __tera_context %}} {{{{ name }}}}{{% endfor %}}");
        put(sources, &format!("themes/names/templates/{template}"), &text);
    }
}

fn small_site(pages: &[(&str, &str)]) -> Sources {
    let mut sources = Sources::default();
    hornbook::render::add_builtin(&mut sources);
    put(&mut sources, "content/site.yaml", SITE);
    put(&mut sources, "content/references.bib", "@book{k, title = {K}, author = {Kay, Ann}, date = {2001}}");
    for (path, meta) in pages {
        put(&mut sources, &format!("content/{path}"), &format!("---\n{meta}\n---\nThe term [@k].\n"));
    }
    sources
}

#[test]
fn templates_see_what_the_manual_says() {
    let mut own = own_site();
    edit(&mut own, "content/site.yaml", "theme: default", "theme: names");
    let bare: Vec<_> = FULL.iter().copied().filter(|(path, _)| !path.ends_with("index.md")).collect();
    let mut shown = BTreeSet::new();
    for mut sources in [own, small_site(FULL), small_site(&bare)] {
        name_names(&mut sources);
        let compilation = compile(&sources, &Cache::default());
        assert!(!hornbook::has_errors(&compilation.diagnostics), "{:#?}", compilation.diagnostics);
        for (path, bytes) in &compilation.output.unwrap().files {
            let text = str::from_utf8(bytes).unwrap_or_default();
            let Some((template, names)) = text.split_once(':').filter(|(name, _)| is_template(name)) else { continue };
            let names: BTreeSet<&str> = names.split_whitespace().collect();
            let (.., said) = TEMPLATES.iter().find(|(name, ..)| *name == template).unwrap();
            let said: BTreeSet<&str> = EVERYWHERE.iter().chain(*said).copied().collect();
            assert_eq!(names, said, "{path} is shown by {template}");
            shown.insert(template.to_owned());
        }
    }
    let all: BTreeSet<String> = TEMPLATES.iter().map(|(name, ..)| (*name).to_owned()).collect();
    assert_eq!(shown, all, "a template has no page in these sites: put one into `FULL`");
}

fn is_template(name: &str) -> bool {
    TEMPLATES.iter().any(|(template, ..)| *template == name)
}

#[test]
fn names_have_one_manual_each() {
    let seen: BTreeSet<&str> = TEMPLATES.iter().flat_map(|(.., names)| *names).chain(EVERYWHERE).copied().collect();
    let told: Vec<&str> = TOP_LEVEL.iter().map(|(name, _)| *name).collect();
    assert_eq!(told.iter().copied().collect::<BTreeSet<_>>(), seen, "TOP_LEVEL and TEMPLATES name the same");
    assert_eq!(told.len(), seen.len(), "a name stands twice in TOP_LEVEL");
}

#[test]
fn the_manual_is_up_to_date() {
    let manual = fs::read_to_string(MANUAL).unwrap();
    let by_hand = manual.split(MARK).next().unwrap().trim_end();
    let made = format!("{by_hand}\n\n{MARK}{}{}{}{}", templates(), components(), views(), tokens());
    if manual != made {
        if std::env::var_os("BLESS").is_some() {
            fs::write(MANUAL, made).unwrap();
            return;
        }
        panic!("{MANUAL} is out of date: run `BLESS=1 cargo test --test manual` and read the diff");
    }
}

#[test]
fn the_list_of_codes_is_up_to_date() {
    let readme = fs::read_to_string(README).unwrap();
    let (before, rest) = readme.split_once(CODES).expect("the README has a place for codes");
    let (_, after) = rest.split_once(CODES_END).expect("the place for codes ends");
    let made = format!("{before}{CODES}{}{CODES_END}{after}", codes());
    if readme != made {
        if std::env::var_os("BLESS").is_some() {
            fs::write(README, made).unwrap();
            return;
        }
        panic!("{README} is out of date: run `BLESS=1 cargo test --test manual` and read the diff");
    }
}

/// Every code by its name, with its level and the first sentence of its manual page.
fn codes() -> String {
    let mut out = String::from("\n| code | level | |\n|---|---|---|\n");
    let mut codes = Code::ALL.to_vec();
    codes.sort_by_key(|code| code.name());
    for code in codes {
        let level = match code.default_level() {
            Level::Allow => "silent",
            Level::Note => "note",
            Level::Warning => "warning",
            Level::Error => "error",
        };
        let level = if code.rule() == Rule::Fixed { format!("always {level}") } else { level.to_owned() };
        let words: Vec<&str> = code.explanation().split("\n\n").next().unwrap().split_whitespace().collect();
        let text = words.join(" ");
        // A sentence ends before a capital letter or at the end.
        let ends = text.match_indices(". ").map(|(at, _)| at);
        let end =
            ends.into_iter().find(|at| text[at + 2..].starts_with(|next: char| next.is_uppercase() || next == '`'));
        let sentence = end.map_or(text.as_str(), |end| &text[..=end]);
        let _ = writeln!(out, "| `{}` | {level} | {} |", code.name(), cell(sentence));
    }
    out += "\n";
    out
}

#[test]
fn every_class_of_drawings_has_a_meaning() {
    let manual = fs::read_to_string(MANUAL).unwrap();
    let told: BTreeSet<&str> =
        manual.split("| `").filter(|row| row.starts_with("fig-")).map(|row| row.split('`').next().unwrap()).collect();
    let mut painted = BTreeSet::new();
    for path in files("themes/default").iter().filter(|path| path.extension().is_some_and(|ending| ending == "css")) {
        for rest in fs::read_to_string(path).unwrap().split(".fig-").skip(1) {
            let end = rest.find(|c: char| !c.is_ascii_lowercase() && c != '-').unwrap();
            painted.insert(format!("fig-{}", &rest[..end]));
        }
    }
    assert_eq!(
        told,
        painted.iter().map(String::as_str).collect(),
        "{MANUAL} and the stylesheets name the same classes"
    );
}

fn templates() -> String {
    let mut out = String::from("\n## Templates\n\nEvery template of a page sees ");
    let _ = writeln!(out, "{}. Blocks stand as they lie in each other.", names(EVERYWHERE));
    let base = ("base.html", "The frame of every page.", EVERYWHERE);
    for (template, about, seen) in [base].iter().chain(TEMPLATES) {
        let text = fs::read_to_string(format!("themes/default/templates/{template}")).unwrap();
        let _ = write!(out, "\n### {template}\n\n{about}");
        if let Some((_, rest)) = text.split_once("{% extends \"") {
            let _ = write!(out, " It extends `{}`.", rest.split('"').next().unwrap());
        }
        if !seen.is_empty() && *template != base.0 {
            let _ = write!(out, " It sees {}.", names(seen));
        }
        out += "\n\n";
        for (depth, block) in blocks(&text) {
            let _ = writeln!(out, "{}- `{block}`", "  ".repeat(depth));
        }
    }
    out += "\n## Names\n\n| name | is |\n|---|---|\n";
    for (name, about) in TOP_LEVEL {
        let _ = writeln!(out, "| `{name}` | {} |", cell(about));
    }
    out
}

/// The blocks of a template in order, and in how many others each lies.
fn blocks(text: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    let mut depth = 0;
    for tag in text.split("{%").skip(1) {
        let mut words = tag.split("%}").next().unwrap().trim_matches('-').split_whitespace();
        match words.next() {
            Some("block") => {
                found.push((depth, words.next().unwrap()));
                depth += 1;
            }
            Some("endblock") => depth -= 1,
            _ => {}
        }
    }
    found
}

fn components() -> String {
    let mut out = String::from(
        "\n## Components\n\nParts that templates share, by file. A name after `@` is taken from the page and not handed over.\n\n",
    );
    let mut by_file: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for path in files("themes/default/templates/components") {
        let text = fs::read_to_string(&path).unwrap();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let heads = text.split("{% component ").skip(1).map(|rest| format!("`{}`", rest.split(" -%}").next().unwrap()));
        by_file.insert(name, heads.collect());
    }
    for (file, heads) in by_file {
        let _ = writeln!(out, "- `components/{file}`: {}", heads.join(", "));
    }
    out
}

fn views() -> String {
    let mut out = String::from(
        "\n## Views\n\nWhat the names hold. Cards have the fields of `card`; *none* is false in a condition.\n",
    );
    for view in VIEWS {
        let name = view.name.trim_end_matches("View").to_lowercase();
        let about = view.about.trim().trim_start_matches(&format!("`{name}`")).trim_start_matches([':', ',']).trim();
        let _ = write!(
            out,
            "\n### {name}\n\n{}",
            if about.is_empty() { String::new() } else { format!("{}\n\n", capital(about)) }
        );
        for (field, about) in view.fields {
            let _ = writeln!(out, "- `{field}`: {}", about.trim());
        }
    }
    out
}

fn tokens() -> String {
    let mut out = String::from(
        "\n## Tokens\n\nThose of `default`. A colour is one value of CSS, or `{light: …, dark: …}`.\n\n| token | is | in `default` |\n|---|---|---|\n",
    );
    let text = fs::read_to_string("themes/default/theme.yaml").unwrap();
    let lines = text.lines().skip_while(|line| *line != "tokens:").skip(1).take_while(|line| line.starts_with(' '));
    for line in lines {
        let (token, about) = line.rsplit_once(" # ").unwrap_or_else(|| panic!("`{line}` has no comment"));
        let (name, value) = token.trim().split_once(": ").unwrap();
        let value = value.trim().trim_matches(['{', '}', '\'']);
        let value =
            if value.starts_with("light") { value.replace('"', "") } else { value.trim_matches('"').to_owned() };
        let _ = writeln!(out, "| `{name}` | {} | `{}` |", cell(about), cell(&value));
    }
    out
}

fn names(names: &[&str]) -> String {
    let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    names.join(", ")
}

fn cell(text: &str) -> String {
    text.trim().replace('|', "\\|")
}

fn capital(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map_or_else(String::new, |first| first.to_uppercase().chain(characters).collect())
}

fn files(folder: &str) -> Vec<PathBuf> {
    let entries = walkdir::WalkDir::new(Path::new(folder)).sort_by_file_name().into_iter().map(Result::unwrap);
    entries.filter(|entry| entry.file_type().is_file()).map(|entry| entry.into_path()).collect()
}
