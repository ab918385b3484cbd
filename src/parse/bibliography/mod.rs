//! BibTeX → the references that pages can cite, each as one line of HTML in the style of medical journals (Vancouver).

pub mod identifier;
mod latex;
mod names;
mod read;
mod reference;

use std::collections::{BTreeMap, btree_map};

use crate::diagnostic::{Code, Diagnostic};
use crate::source::SourceFile;
use crate::text::{TextRange, VPath, escaped, nearest};
use read::{Field, RawEntry};

/// What one BibTeX file says.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Bibliography {
    /// Where the file lies.
    pub path: VPath,
    /// Every entry by its key, also those with a problem, so that citing one reports nothing more.
    pub entries: BTreeMap<String, Entry>,
    /// What is wrong in the file.
    pub problems: Vec<Diagnostic>,
}

/// One source that pages can cite.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Entry {
    /// What `[@key]` names, with upper and lower case as in the file.
    pub key: String,
    /// The key in the file.
    pub range: TextRange,
    /// The whole reference, as HTML without links: `Swezey RL, Swezey SE. The …. <cite>…</cite>. 1975;122:377–379.`
    pub reference: String,
    /// Where to read it, not escaped: `https://doi.org/…`, or else the entry's http or https address.
    pub url: Option<String>,
    /// The `doi` field as it is written, and where.
    pub doi: Option<(String, TextRange)>,
    /// The `url` field as it is written, and where.
    pub address: Option<(String, TextRange)>,
    /// Who and when, for a citation in the text, not escaped: `Kawchuk et al. 2015`.
    pub short: String,
}

/// Reads a BibTeX file. What is wrong in one entry hides no other entry.
pub fn parse(file: &SourceFile) -> Bibliography {
    let reading = read::read(&file.path, &file.text);
    let mut bibliography =
        Bibliography { path: file.path.clone(), entries: BTreeMap::new(), problems: reading.problems };
    let parents: BTreeMap<&str, &RawEntry> = reading.entries.iter().rev().map(|entry| (&*entry.key, entry)).collect();
    for entry in &reading.entries {
        let inherited = entry.field("crossref").and_then(|field| parents.get(&*field.text()).copied());
        let entry = match inherited {
            Some(parent) => &entry.with_parent(parent),
            None => entry,
        };
        bibliography.problems.extend(check(&file.path, entry));
        bibliography.add(finished(entry));
    }
    for (key, range) in reading.broken {
        let reference = escaped(&key);
        bibliography.add(Entry { short: key.clone(), key, range, reference, url: None, doi: None, address: None });
    }
    crate::diagnostic::sort(&mut bibliography.problems);
    bibliography
}

impl Bibliography {
    /// The first of several entries with one key stands.
    fn add(&mut self, entry: Entry) {
        match self.entries.entry(entry.key.clone()) {
            btree_map::Entry::Vacant(vacant) => {
                vacant.insert(entry);
            }
            btree_map::Entry::Occupied(first) => {
                let message = format!("the key `{}` stands twice", entry.key);
                let problem = Diagnostic::new(Code::InvalidBibliography, &self.path, entry.range, message)
                    .note(&self.path, first.get().range, "it first stands here")
                    .help("remove one of the two entries, or give it a key of its own");
                self.problems.push(problem);
            }
        }
    }
}

fn finished(entry: &RawEntry) -> Entry {
    Entry {
        key: entry.key.clone(),
        range: entry.range,
        reference: reference::reference(entry),
        url: identifier::url(entry),
        doi: entry.field("doi").map(|field| (field.address(), field.range)),
        address: entry.field("url").map(|field| (field.address(), field.range)),
        short: reference::short(entry),
    }
}

/// What a reference needs and this entry lacks.
fn check(path: &VPath, entry: &RawEntry) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    let mut missing = |name: &str, names: &[&str]| {
        if !entry.mentions(names) {
            let message = format!("the entry `{}` has no `{name}`", entry.key);
            let problem = Diagnostic::new(Code::InvalidBibliography, path, entry.range, message);
            problems.push(problem.suggest(&nearest(name, entry.unknown.iter().map(|name| &**name))));
        }
    };
    missing("title", &["title"]);
    if !reference::may_lack_year(entry) {
        missing("year", &["year", "date"]);
    }
    if entry.kind == "article" {
        missing("journal", &reference::PUBLISHED_IN);
    } else {
        missing("author", &reference::RESPONSIBLE);
    }
    // A work may have no author, but must not lose one to a misspelt field.
    if !nearest("author", entry.unknown.iter().map(|name| &**name)).is_empty() {
        missing("author", &["author"]);
    }
    problems.extend(entry.field("doi").and_then(|field| malformed_doi(path, field)));
    problems
}

fn malformed_doi(path: &VPath, field: &Field) -> Option<Diagnostic> {
    let text = field.address();
    if identifier::doi(&text).is_some() {
        return None;
    }
    let message = format!("`{text}` is not a DOI");
    let problem = Diagnostic::new(Code::InvalidBibliography, path, field.range, message);
    Some(problem.help("a DOI begins with `10.` and has a slash: `10.1371/journal.pone.0119470`"))
}

#[cfg(test)]
mod tests;
