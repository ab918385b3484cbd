//! BibTeX text → entries with their fields, as far as it can be read.
//!
//! biblatex stops at the first error and follows `@string`s that refer to themselves for ever, so a file with an error is read again
//! entry by entry, and abbreviations are replaced here.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use biblatex::{Chunks, ChunksExt, Pair, ParseError, ParseErrorKind, RawBibliography, RawChunk, Spanned, Token};

use super::latex;
use crate::diagnostic::{Code, Diagnostic};
use crate::text::{TextRange, VPath, nearest};

/// The fields that references are made of; whatever else a reference manager exports is left alone.
const FIELDS: &[&str] = &[
    "address",
    "archiveprefix",
    "author",
    "booktitle",
    "chapter",
    "crossref",
    "date",
    "doi",
    "edition",
    "editor",
    "eid",
    "eprint",
    "eprinttype",
    "howpublished",
    "institution",
    "issue",
    "journal",
    "journaltitle",
    "location",
    "number",
    "organization",
    "pages",
    "publisher",
    "school",
    "series",
    "subtitle",
    "title",
    "type",
    "url",
    "urldate",
    "volume",
    "year",
];

/// The most braces in one field, and the deepest nesting: biblatex takes quadratic time in the one and stack in the other.
const MOST_BRACES: usize = 1_000;
const DEEPEST: usize = 32;

/// The longest value of a field in bytes, abbreviations replaced, and the most of them that may stand one behind another.
const LONGEST_VALUE: usize = 64 * 1024;
const LONGEST_CHAIN: usize = 16;

/// What could be read.
#[derive(Default)]
pub struct Reading {
    /// In the order of the file.
    pub entries: Vec<RawEntry>,
    /// Keys of entries that could not be read.
    pub broken: Vec<(String, TextRange)>,
    pub problems: Vec<Diagnostic>,
}

/// One entry, LaTeX resolved.
#[derive(Clone)]
pub struct RawEntry {
    pub key: String,
    /// Of the key.
    pub range: TextRange,
    /// The type without its `@`, in lower case.
    pub kind: String,
    /// Those in [`FIELDS`] that have a value.
    pub fields: BTreeMap<&'static str, Field>,
    /// Those in [`FIELDS`] whose value is reported as faulty.
    pub faulty: Vec<&'static str>,
    /// The names of all other fields, in lower case.
    pub unknown: Vec<String>,
}

/// The value of one field.
#[derive(Clone)]
pub struct Field {
    pub range: TextRange,
    pub chunks: Chunks,
}

impl Field {
    /// As plain text, not escaped.
    pub fn text(&self) -> String {
        latex::plain(&self.chunks)
    }

    /// As an address or identifier, in which `~` and quotes mean themselves and many programs escape `_`, `&`, `%` and `#`.
    pub fn address(&self) -> String {
        let mut text = self.chunks.format_verbatim();
        for (escaped, character) in [("\\_", "_"), ("\\&", "&"), ("\\%", "%"), ("\\#", "#"), ("\\~", "~")] {
            text = text.replace(escaped, character);
        }
        text.trim().to_owned()
    }

    /// As HTML.
    pub fn html(&self) -> String {
        latex::html(&self.chunks)
    }
}

impl RawEntry {
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields.get(name)
    }

    /// Whether one of `names` was meant to be there.
    pub fn mentions(&self, names: &[&str]) -> bool {
        names.iter().any(|name| self.fields.contains_key(name) || self.faulty.contains(name))
    }

    /// The first of `names` that there is.
    pub fn first(&self, names: &[&str]) -> Option<&Field> {
        names.iter().find_map(|name| self.field(name))
    }

    /// With what it has from the collection that its `crossref` names.
    pub fn with_parent(&self, parent: &Self) -> Self {
        let mut entry = self.clone();
        for (name, field) in &parent.fields {
            let name = match *name {
                "title" => "booktitle",
                "author" | "doi" | "url" | "urldate" | "pages" | "subtitle" | "eprint" | "crossref" => continue,
                name => name,
            };
            entry.fields.entry(name).or_insert_with(|| field.clone());
        }
        entry
    }
}

/// Reads `text`; nothing in it stops the reading.
pub fn read(path: &VPath, text: &str) -> Reading {
    let mut reading = Reading::default();
    let blocks: Vec<(usize, RawBibliography<'_>)> = match RawBibliography::parse(text) {
        Ok(whole) => vec![(0, whole)],
        Err(_) => blocks(text).into_iter().filter_map(|range| reading.block(path, text, range)).collect(),
    };
    let abbreviations: Abbreviations<'_> = blocks
        .iter()
        .flat_map(|(_, block)| &block.abbreviations)
        .map(|pair| (pair.key.v.to_lowercase(), &*pair.value.v))
        .collect();
    for (base, block) in &blocks {
        for raw in &block.entries {
            let entry = reading.entry(path, *base, &raw.v, &abbreviations);
            reading.entries.push(entry);
        }
    }
    reading
}

type Abbreviations<'s> = BTreeMap<String, &'s [Spanned<RawChunk<'s>>]>;

/// Cuts `text` before each line that begins an entry.
fn blocks(text: &str) -> Vec<Range<usize>> {
    let mut starts = vec![0];
    let mut offset = 0;
    for line in text.split_inclusive('\n') {
        if offset > 0 && header(line).is_some() {
            starts.push(offset);
        }
        offset += line.len();
    }
    let ends = starts.iter().skip(1).copied().chain([text.len()]).collect::<Vec<_>>();
    starts.into_iter().zip(ends).map(|(start, end)| start..end).collect()
}

/// The key in `@type{key,` at the start of `line`, as a range of `line`.
fn header(line: &str) -> Option<Range<usize>> {
    let rest = line.trim_start().strip_prefix('@')?;
    let (kind, rest) = rest.split_once(['{', '('])?;
    if kind.trim().is_empty() || !kind.trim().bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return None;
    }
    let start = line.len() - rest.trim_start().len();
    let length = line[start..].find([',', '}', '=']).unwrap_or(line.len() - start);
    Some(start..start + line[start..start + length].trim_end().len())
}

impl Reading {
    /// Reads the block at `range` by itself.
    fn block<'s>(&mut self, path: &VPath, text: &'s str, range: Range<usize>) -> Option<(usize, RawBibliography<'s>)> {
        let block = &text[range.clone()];
        let error = match RawBibliography::parse(block) {
            Ok(raw) => return Some((range.start, raw)),
            Err(error) => error,
        };
        let at = block.find('@').map_or(0, |at| block[..at].rfind('\n').map_or(0, |newline| newline + 1));
        let key = header(&block[at..]).map(|key| key.start + at..key.end + at).unwrap_or_default();
        let name = block[key.clone()].to_owned();
        let key_range = TextRange::new(key.start, key.end).shifted(range.start);
        let problem = match &error.kind {
            _ if error.span.start >= block.trim_end().len() => {
                Diagnostic::new(Code::InvalidBibliography, path, key_range, format!("the entry `{name}` does not end"))
                    .help("each `{` needs its `}`, and each `\"` before a value needs one after it")
            }
            _ => syntax_problem(path, &error).moved(range.start, text),
        };
        self.problems.push(problem);
        if !name.is_empty() {
            self.broken.push((name, key_range));
        }
        None
    }

    fn entry(
        &mut self,
        path: &VPath,
        base: usize,
        raw: &biblatex::RawEntry<'_>,
        abbreviations: &Abbreviations<'_>,
    ) -> RawEntry {
        let mut entry = RawEntry {
            key: raw.key.v.to_owned(),
            range: TextRange::new(raw.key.span.start, raw.key.span.end).shifted(base),
            kind: raw.kind.v.to_lowercase(),
            fields: BTreeMap::new(),
            faulty: Vec::new(),
            unknown: Vec::new(),
        };
        for Pair { key, value } in &raw.fields {
            let name = key.v.to_lowercase();
            let Some(name) = FIELDS.iter().find(|known| **known == name) else {
                entry.unknown.push(name);
                continue;
            };
            let range = TextRange::new(value.span.start, value.span.end).shifted(base);
            match resolve(path, name, value, range, abbreviations) {
                Ok(chunks) if latex::plain(&chunks).is_empty() => {}
                Ok(chunks) => drop(entry.fields.insert(name, Field { range, chunks })),
                Err(problem) => {
                    self.problems.push(*problem);
                    entry.faulty.push(name);
                }
            }
        }
        entry
    }
}

/// Resolves the abbreviations and the LaTeX of one value.
fn resolve(
    path: &VPath,
    name: &str,
    value: &Spanned<biblatex::Field<'_>>,
    range: TextRange,
    abbreviations: &Abbreviations<'_>,
) -> Result<Chunks, Box<Diagnostic>> {
    let problem = |message: String| Diagnostic::new(Code::InvalidBibliography, path, range, message);
    let mut parts = Vec::new();
    if let Err(fault) = expand(&value.v, abbreviations, LONGEST_CHAIN, &mut parts) {
        return Err(Box::new(match fault {
            Fault::Unknown(abbreviation) => problem(format!("no `@string` defines `{abbreviation}`"))
                .suggest(&nearest(&abbreviation, abbreviations.keys().map(|name| &**name)))
                .help("put braces around text: `{…}`"),
            Fault::TooLong => {
                problem(format!("the value of `{name}` is too long, or its abbreviations go in a circle"))
            }
        }));
    }
    if parts.iter().map(|part| part.matches('{').count()).sum::<usize>() > MOST_BRACES
        || parts.iter().any(|part| depth(part) > DEEPEST)
    {
        return Err(Box::new(problem(format!("the value of `{name}` has too many braces"))));
    }
    let field = parts.iter().map(|part| Spanned::new(RawChunk::Normal(part), 0..0)).collect();
    let pair = Pair::new(Spanned::new(name, 0..0), Spanned::new(field, 0..0));
    let entry =
        biblatex::RawEntry { key: Spanned::new("", 0..0), kind: Spanned::new("misc", 0..0), fields: vec![pair] };
    let raw = RawBibliography {
        preamble: String::new(),
        entries: vec![Spanned::new(entry, 0..0)],
        abbreviations: Vec::new(),
    };
    let entries = match biblatex::Bibliography::from_raw(raw) {
        Ok(bibliography) => bibliography.into_vec(),
        Err(error) => return Err(Box::new(problem(latex_message(name, &error.kind)))),
    };
    Ok(entries.into_iter().flat_map(|mut entry| entry.fields.remove(name)).next().unwrap_or_default())
}

/// Why a value cannot be put together.
enum Fault {
    Unknown(String),
    TooLong,
}

/// Replaces abbreviations by what their `@string` says, which may be abbreviations again.
fn expand<'s>(
    field: &[Spanned<RawChunk<'s>>],
    abbreviations: &Abbreviations<'s>,
    chain: usize,
    parts: &mut Vec<Cow<'s, str>>,
) -> Result<(), Fault> {
    for chunk in field {
        match chunk.v {
            RawChunk::Normal(text) => parts.push(Cow::Borrowed(text)),
            RawChunk::Abbreviation(name) => match abbreviations.get(&name.to_lowercase()) {
                None => return Err(Fault::Unknown(name.to_owned())),
                Some(_) if chain == 0 => return Err(Fault::TooLong),
                Some(field) => expand(field, abbreviations, chain - 1, parts)?,
            },
        }
        if parts.len() > MOST_BRACES || parts.iter().map(|part| part.len()).sum::<usize>() > LONGEST_VALUE {
            return Err(Fault::TooLong);
        }
    }
    Ok(())
}

/// How deep the braces of `text` nest.
fn depth(text: &str) -> usize {
    let (mut depth, mut deepest) = (0_usize, 0);
    for byte in text.bytes() {
        match byte {
            b'{' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    deepest
}

fn latex_message(name: &str, kind: &ParseErrorKind) -> String {
    let fault = match kind {
        ParseErrorKind::Unexpected(Token::ClosingBrace) => "has a `}` without its `{`",
        ParseErrorKind::UnexpectedEof => {
            "has a `$` or `\\` that goes on past its end; for the characters write `\\$` and `\\\\`"
        }
        _ => "has a LaTeX command that cannot be read",
    };
    format!("the value of `{name}` {fault}")
}

fn syntax_problem(path: &VPath, error: &ParseError) -> Unmoved {
    let (message, help) = match &error.kind {
        ParseErrorKind::Expected(Token::Comma) => {
            ("a comma is missing", "fields stand apart by commas: `title = {…}, year = {…}`")
        }
        ParseErrorKind::Expected(Token::Equals) => {
            ("a `=` is missing", "a field is a name, `=` and a value in braces: `year = {2015}`")
        }
        ParseErrorKind::Expected(Token::OpeningBrace) => {
            ("a `{` is missing", "an entry begins with its type and key: `@article{key,`")
        }
        ParseErrorKind::Expected(Token::ClosingBrace) => ("a `}` is missing", "an entry ends with `}`"),
        ParseErrorKind::Expected(Token::Identifier) => {
            ("the name of a field or type is missing", "a field is a name, `=` and a value in braces: `year = {2015}`")
        }
        ParseErrorKind::UnexpectedEof => ("a value is missing", "a value stands in braces: `year = {2015}`"),
        _ => ("this is not BibTeX", "a field is a name, `=` and a value in braces: `year = {2015}`"),
    };
    let problem = Diagnostic::new(Code::InvalidBibliography, path, TextRange::default(), message).help(help);
    Unmoved { problem, span: error.span.clone() }
}

/// A problem whose span counts from the start of a block.
struct Unmoved {
    problem: Diagnostic,
    span: Range<usize>,
}

impl Unmoved {
    /// At its place in `text`: one character where the span is empty.
    fn moved(mut self, base: usize, text: &str) -> Diagnostic {
        let start = self.span.start + base;
        let end = (self.span.end + base).max((start + 1).min(text.len()));
        self.problem.location.range = TextRange::new(start, end).within(text);
        self.problem
    }
}
