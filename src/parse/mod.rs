//! One file → one [`Document`]. Never fails, knows no other file.

pub mod acronym;
mod alert;
mod attributes;
pub mod bibliography;
pub mod claims;
pub mod svg;
pub mod body;
pub mod document;
pub mod field;
pub mod front_matter;
mod highlight;
mod link;
mod markdown;
pub mod outline;
pub mod positions;
mod prose;
pub mod question;
mod wording;

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use self::body::{Body, ReferenceId};
pub use self::document::field_range;
use self::document::{Document, Link, Reference};
use self::field::{Field, Origin, Role};
use self::front_matter::{Meta, Page};
use self::link::Destination;
use self::markdown::{Findings, Input};
use self::positions::{Lines, Positions};
pub use self::wording::Words;
use crate::config::{Kind, QuizOrder, RawHtml};
use crate::diagnostic::{Code, Diagnostic, fault_of_check};
use crate::source::SourceFile;
use crate::text::{Fingerprint, TextRange, VPath, slugify};
use crate::yaml;

/// How files are read, beside what is in them.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Reading {
    /// Whether HTML is let through.
    pub raw_html: RawHtml,
    /// In which order questions show their options.
    pub quiz_order: QuizOrder,
    /// Whether blocks say where they stand.
    pub positions: bool,
    /// The words by which claims are judged.
    pub words: Words,
}

/// Parses a content file. What is wrong with it is in [`Document::problems`]; the rest of it is read all the same.
pub fn parse(file: &Arc<SourceFile>, reading: &Reading) -> Document {
    let (front_matter, body_start, mut problems) = split(file);
    let kind = kind_of(file, front_matter);
    let (meta, mut faults) = read_meta(file, front_matter, kind);
    problems.append(&mut faults);
    check_meta(file, front_matter, &meta, &mut problems);
    let id = match (kind, file.path.stem()) {
        (Kind::Section, _) | (_, "index") => folder_name(&file.path),
        (_, stem) => stem.to_owned(),
    };
    let mut document = Document::new(Arc::clone(file), id, meta, front_matter, problems);
    let compiled = catch_unwind(AssertUnwindSafe(|| compile_all(file, &document, body_start, reading)));
    match compiled {
        Ok(compiled) => {
            compiled.fill(&mut document);
            let mut unknown = question::unknown(&document);
            document.problems.append(&mut unknown);
        }
        Err(_) => document.problems.push(
            Diagnostic::new(Code::InternalError, &file.path, TextRange::at(body_start), "this file cannot be compiled")
                .help("please report it, with the file, as a bug in Hornbook"),
        ),
    }
    document.names = names(&document);
    document
}

/// Of what names in other documents can mean by this one.
fn names(document: &Document) -> Fingerprint {
    let common = document.meta.common();
    let published = (common.draft, common.publish_on, common.expire_on);
    let headings: Vec<&String> = document.headings.iter().map(|heading| &heading.id).collect();
    let place = (document.path(), &document.id, &common.slug, document.body.segments.is_empty());
    // Of the others all may matter: the values of an exercise, the names of a term.
    let more = match &document.meta {
        Meta::Article(_) => "",
        _ => &document.source.text[document.front_matter.within(&document.source.text).bytes()],
    };
    Fingerprint::of(&(document.kind(), place, published, headings, more))
}

/// The Markdown of a value of site.yaml, as a document of its own. Its ranges count in `text`: [`field_range`] tells where that is.
pub fn parse_value(site: &VPath, text: &str, raw_html: RawHtml) -> Document {
    let file = Arc::new(SourceFile::new(site.clone(), text));
    let mut findings = Findings::default();
    let reading = Reading { raw_html, ..Reading::default() };
    let input = Input::new(&file, text, 0, Origin::Body, Role::Quiet, &reading);
    let body = markdown::compile(input, &mut findings);
    let mut document =
        Document::new(file, String::new(), Meta::Page(Page::default()), TextRange::default(), Vec::new());
    Compiled { body, fields: BTreeMap::new(), figure: None, findings, positions: None }.fill(&mut document);
    document
}

/// Everything Markdown in a file, compiled.
struct Compiled {
    body: Body,
    fields: BTreeMap<(Field, usize), Body>,
    figure: Option<ReferenceId>,
    findings: Findings,
    positions: Option<Box<Positions>>,
}

impl Compiled {
    fn fill(self, document: &mut Document) {
        document.body = self.body;
        document.fields = self.fields;
        document.headings = self.findings.headings;
        document.references = self.findings.references;
        document.addresses = self.findings.addresses;
        document.citations = self.findings.citations;
        document.claims = self.findings.claims;
        document.figure = self.figure;
        document.positions = self.positions;
        document.words = self.findings.words;
        document.figures = self.findings.figures;
        document.outline = self.findings.outline;
        document.acronyms = acronym::unexplained(document);
        document.cards = self.findings.cards;
        document.questions = self.findings.questions;
        for problem in self.findings.problems {
            let mut diagnostic = problem.diagnostic;
            if let Origin::Field(field, index) = problem.origin {
                let value = yaml::locate(&document.source, document.front_matter, &field.path(index));
                let text = document.meta.markdown(field, index).unwrap_or_default();
                diagnostic.location.range = field_range(&document.source, value, text, diagnostic.location.range);
            }
            document.problems.push(diagnostic);
        }
    }
}

fn compile_all(file: &SourceFile, document: &Document, body_start: usize, reading: &Reading) -> Compiled {
    let lines = reading.positions.then(|| Lines::new(file));
    let mut findings = Findings::default();
    let mut fields = BTreeMap::new();
    let mut compile_fields = |wanted: &dyn Fn(Field) -> bool, findings: &mut Findings| {
        for (field, index, text) in document.meta.markdown_fields() {
            if wanted(field) && !text.trim().is_empty() {
                let origin = Origin::Field(field, index);
                let input = Input::new(file, text, 0, origin, field.role(), reading);
                let words = findings.words;
                fields.insert((field, index), markdown::compile_inline(input, findings));
                findings.words = words;
            }
        }
    };
    // Citations are numbered as a page shows them: what stands above the body, the body, the rest.
    compile_fields(&|field| field <= Field::Objective, &mut findings);
    let text = &file.text[body_start..];
    let origin = Origin::Body;
    // Safety advice stays plain.
    let role = if document.kind() == Kind::Care { Role::Quiet } else { Role::Running };
    let input = Input::new(file, text, body_start, origin, role, reading).on(lines.as_ref());
    let body = markdown::compile(input, &mut findings);
    compile_fields(&|field| field > Field::Objective, &mut findings);
    let figure = match &document.meta {
        Meta::Exercise(exercise) => {
            exercise.figure.as_ref().map(|figure| figure_reference(file, &figure.src, &mut findings))
        }
        Meta::Article(_) | Meta::Term(_) | Meta::Page(_) | Meta::Section(_) | Meta::Sequence(_) | Meta::Care(_) => None,
    };
    let positions = lines.map(|lines| Box::new(Positions::new(&lines, file, document.front_matter, &document.meta)));
    Compiled { body, fields, figure, findings, positions }
}

/// The picture that the front matter names, as a reference.
fn figure_reference(file: &SourceFile, src: &str, findings: &mut Findings) -> ReferenceId {
    let link = match link::classify(&file.path, src) {
        Destination::Internal(Link::File(path, _)) => Link::Image(path),
        Destination::Internal(_) | Destination::Url | Destination::Refused(_) => Link::Outside,
    };
    let id = ReferenceId(u32::try_from(findings.references.len()).unwrap_or(u32::MAX));
    let origin = Origin::Field(Field::FigureSource, 0);
    findings.references.push(Reference { link, written: src.to_owned(), origin, range: TextRange::new(0, src.len()) });
    id
}

/// The range of the front matter's YAML, and where the body begins.
fn split(file: &SourceFile) -> (TextRange, usize, Vec<Diagnostic>) {
    let text = &*file.text;
    let first_line = text.lines().next().unwrap_or_default();
    if first_line.trim_end() != "---" {
        return (TextRange::default(), 0, Vec::new());
    }
    let start = text.find('\n').map_or(text.len(), |newline| newline + 1);
    let mut at = start;
    for line in text[start..].split_inclusive('\n') {
        if matches!(line.trim_end(), "---" | "...") {
            return (TextRange::new(start, at), at + line.len(), Vec::new());
        }
        at += line.len();
    }
    let problem =
        Diagnostic::new(Code::UnclosedFrontMatter, &file.path, TextRange::new(0, 3), "the front matter has no end")
            .help("put a line with `---` after its last key");
    (TextRange::new(start, start), text.len(), vec![problem])
}

/// The kind that the front matter names, else that of the folder.
fn kind_of(file: &SourceFile, front_matter: TextRange) -> Kind {
    let named = file.text[front_matter.bytes()].lines().find_map(|line| line.strip_prefix("kind:"));
    if let Some(kind) = named.and_then(|name| Kind::from_name(name.split('#').next().unwrap_or_default().trim())) {
        return kind;
    }
    let inside = file.path.strip_folder("content").unwrap_or_default();
    match inside.split_once('/') {
        None => Kind::Page,
        Some(_) if is_introduction(&file.path) => Kind::Section,
        Some(("exercises", _)) => Kind::Exercise,
        Some(("glossary", _)) => Kind::Term,
        Some(("sequences", _)) => Kind::Sequence,
        Some(("safety", _)) => Kind::Care,
        Some(_) => Kind::Article,
    }
}

/// Whether a file introduces its section: the `index.md` directly in a folder of `content/`.
fn is_introduction(path: &VPath) -> bool {
    let inside = path.strip_folder("content").unwrap_or_default();
    inside.split_once('/').is_some_and(|(_, name)| name == "index.md")
}

fn folder_name(path: &VPath) -> String {
    let mut parts = path.as_str().rsplit('/');
    parts.next();
    parts.next().filter(|folder| *folder != "content").unwrap_or("index").to_owned()
}

fn read_meta(file: &SourceFile, range: TextRange, kind: Kind) -> (Meta, Vec<Diagnostic>) {
    match kind {
        Kind::Article => map_first(yaml::read(file, range), Meta::Article),
        Kind::Exercise => map_first(yaml::read(file, range), Meta::Exercise),
        Kind::Term => map_first(yaml::read(file, range), Meta::Term),
        Kind::Page => map_first(yaml::read(file, range), Meta::Page),
        Kind::Section => map_first(yaml::read(file, range), Meta::Section),
        Kind::Sequence => map_first(yaml::read(file, range), Meta::Sequence),
        Kind::Care => map_first(yaml::read(file, range), Meta::Care),
    }
}

fn map_first<T, U, P>(pair: (T, P), map: impl FnOnce(T) -> U) -> (U, P) {
    (map(pair.0), pair.1)
}

/// What a file allows itself: checks there are, each with a reason.
fn check_allow(file: &SourceFile, range: TextRange, allow: &BTreeMap<String, String>, problems: &mut Vec<Diagnostic>) {
    for (name, reason) in allow {
        let at = yaml::locate(file, range, &[yaml::Step::key("allow"), yaml::Step::name(name)]);
        if let Some((code, message, help)) = fault_of_check(name) {
            let mut problem = Diagnostic::new(code, &file.path, at, message);
            problem.help.extend(help);
            problems.push(problem);
        } else if reason.trim().is_empty() {
            let message = format!("there is no reason why `{name}` is allowed");
            problems.push(
                Diagnostic::new(Code::InvalidValue, &file.path, at, message)
                    .help(format!("write why: `allow: {{{name}: The form says so}}`")),
            );
        }
    }
}

/// What the types cannot say: required keys, slugs, dates in order.
fn check_meta(file: &SourceFile, range: TextRange, meta: &Meta, problems: &mut Vec<Diagnostic>) {
    let key = meta.title_key();
    let was_reported = problems.iter().any(|problem| problem.code != Code::UnknownKey);
    let top = TextRange::new(0, file.text.find('\n').unwrap_or(file.text.len()));
    let mut required = |key: &str, value: &str| {
        // A key that was only mistyped is not missed as well.
        let was_mistyped =
            problems.iter().any(|problem| problem.help.iter().any(|help| help.contains(&format!("`{key}`"))));
        if value.trim().is_empty() && !was_reported && !was_mistyped {
            let what = if meta.kind() == Kind::Care { "care card" } else { meta.kind().name() };
            let message = format!("this {what} has no `{key}`");
            problems.push(
                Diagnostic::new(Code::MissingKey, &file.path, top, message)
                    .help(format!("add `{key}:` to its front matter")),
            );
        }
    };
    match meta {
        Meta::Section(_) => {}
        Meta::Term(term) => {
            required(key, &term.name);
            required("definition", &term.definition);
        }
        Meta::Sequence(sequence) => {
            required(key, &sequence.title);
            required("exercises", if sequence.exercises.is_empty() { "" } else { "some" });
        }
        Meta::Care(care) => {
            required(key, &care.title);
            required("level", care.level.map_or("", |level| level.name()));
        }
        Meta::Article(_) | Meta::Exercise(_) | Meta::Page(_) => required(key, meta.title()),
    }
    let common = meta.common();
    if (meta.kind() == Kind::Section) != is_introduction(&file.path) && common.kind.is_some() {
        let at = yaml::locate(file, range, &[yaml::Step::key("kind")]);
        let message = match meta.kind() {
            Kind::Section => "only the `index.md` of a section's folder can be a section".to_owned(),
            kind => {
                format!("the `index.md` of a section's folder introduces it: it cannot be of the kind {}", kind.name())
            }
        };
        problems.push(
            Diagnostic::new(Code::InvalidValue, &file.path, at, message).help("take `kind:` out, or rename the file"),
        );
    }
    if let Some(slug) = &common.slug
        && (slugify(slug) != *slug || slug.is_empty())
    {
        let at = yaml::locate(file, range, &[yaml::Step::key("slug")]);
        let help = match slugify(slug) {
            good if good.is_empty() => "write a few letters or digits".to_owned(),
            good => format!("write `{good}`"),
        };
        problems.push(
            Diagnostic::new(Code::InvalidSlug, &file.path, at, format!("`{slug}` cannot be part of an address"))
                .help(help),
        );
    }
    check_allow(file, range, &common.allow, problems);
    let orders = [
        ("publish_on", common.publish_on, "expire_on", common.expire_on),
        ("reviewed", common.reviewed, "review_by", common.review_by),
    ];
    for (first_key, first, second_key, second) in orders {
        if let (Some(first), Some(second)) = (first, second)
            && first > second
        {
            let at = yaml::locate(file, range, &[yaml::Step::key(second_key)]);
            problems.push(Diagnostic::new(
                Code::InvalidDate,
                &file.path,
                at,
                format!("`{second_key}` lies before `{first_key}`"),
            ));
        }
    }
}
