//! Markdown → [`Body`]: our own writer over pulldown-cmark's events.
//!
//! Attributes and URL schemes are on lists, no style is inline, HTML is refused unless the site allows it. Everything that needs
//! another file (a link, a picture, a citation) becomes a hole.

mod alerts;
mod blocks;
mod inlines;
mod notes;
mod questions;
mod raw_html;

use std::collections::HashMap;

use pulldown_cmark::{Alignment, Event, Options, Parser, Tag, TagEnd};

use self::alerts::OpenAlert;
use self::notes::Footnotes;
use self::questions::{OpenQuestion, OpenQuizList};
use super::Reading;
use super::alert::Alert;
use super::attributes::Named;
use super::body::{Body, Item, Segment, Style};
use super::claims::{self, Claims};
use super::document::{Address, Citation, Heading, Reference};
use super::field::{Origin, Role};
use super::outline::{Block, Outline};
use super::positions::Lines;
use super::prose::ProseBuilder;
use super::question::{OpenTable, Question};
use super::wording::Words;
use crate::config::{QuizOrder, RawHtml};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::SourceFile;
use crate::text::{TextRange, escaped};

/// A page has at most so many footnote markers: the parser takes quadratic time over more.
const FOOTNOTES_AT_MOST: usize = 5_000;

/// What compiling Markdown finds beside the HTML; shared by the body and the fields of one file.
#[derive(Debug, Default)]
pub(super) struct Findings {
    pub(super) headings: Vec<Heading>,
    pub(super) questions: Vec<Question>,
    pub(super) outline: Vec<Block>,
    pub(super) cards: Vec<(String, TextRange)>,
    pub(super) references: Vec<Reference>,
    pub(super) addresses: Vec<Address>,
    pub(super) citations: Vec<Citation>,
    pub(super) claims: Claims,
    pub(super) problems: Vec<Problem>,
    pub(super) words: usize,
    pub(super) figures: usize,
}

/// A problem whose range counts in the text that was compiled.
#[derive(Debug)]
pub(super) struct Problem {
    pub(super) origin: Origin,
    pub(super) diagnostic: Diagnostic,
}

/// What is compiled, and how.
#[derive(Clone, Copy, Debug)]
pub(super) struct Input<'a> {
    /// The file that it stands in.
    pub(super) file: &'a SourceFile,
    /// The Markdown.
    pub(super) text: &'a str,
    /// Where `text` begins, in what ranges are counted in.
    pub(super) offset: usize,
    /// Which text that is.
    pub(super) origin: Origin,
    /// Whether terms are linked in it.
    pub(super) role: Role,
    /// Whether HTML is let through.
    pub(super) raw_html: RawHtml,
    /// In which order questions show their options.
    pub(super) quiz_order: QuizOrder,
    /// The file's lines, where blocks say on which they stand.
    pub(super) lines: Option<&'a Lines<'a>>,
    /// The words by which claims are judged.
    pub(super) words: &'a Words,
}

impl<'a> Input<'a> {
    /// A text that begins at `offset`.
    pub(super) fn new(
        file: &'a SourceFile,
        text: &'a str,
        offset: usize,
        origin: Origin,
        role: Role,
        reading: &'a Reading,
    ) -> Self {
        let Reading { raw_html, quiz_order, positions: _, words } = reading;
        Self { file, text, offset, origin, role, raw_html: *raw_html, quiz_order: *quiz_order, lines: None, words }
    }

    /// The same text, whose blocks say on which of `lines` they stand.
    pub(super) fn on(self, lines: Option<&'a Lines<'a>>) -> Self {
        Self { lines, ..self }
    }
}

/// Compiles a whole text.
pub(super) fn compile(input: Input<'_>, findings: &mut Findings) -> Body {
    if input.text.matches("[^").count() > FOOTNOTES_AT_MOST {
        let diagnostic =
            Diagnostic::new(Code::TooLarge, &input.file.path, TextRange::at(input.offset), "too many footnotes");
        findings.problems.push(Problem { origin: input.origin, diagnostic });
        return Body::default();
    }
    // Fields are one paragraph each.
    let mut outline = (input.origin == Origin::Body).then(|| Outline::new(input.text, input.offset));
    let mut writer = Writer::new(input, findings);
    for (event, range) in Parser::new_ext(input.text, options()).into_offset_iter() {
        let range = TextRange::new(range.start, range.end).shifted(input.offset);
        if let Some(outline) = &mut outline {
            outline.event(&event, range);
        }
        writer.event(event, range);
    }
    let body = writer.finish();
    findings.outline.extend(outline.into_iter().flat_map(Outline::finish));
    body
}

/// Compiles a paragraph to its inside. Anything but one paragraph of text is a problem.
pub(super) fn compile_inline(input: Input<'_>, findings: &mut Findings) -> Body {
    let (headings, questions) = (findings.headings.len(), findings.questions.len());
    let mut body = compile(input, findings);
    let strip = |segment: Option<&mut Segment>, tag: &str| match segment {
        Some(Segment::Html(html)) if html == tag => true,
        Some(_) | None => false,
    };
    let is_paragraph = strip(body.segments.first_mut(), "<p>") && strip(body.segments.last_mut(), "</p>\n");
    if body.segments.is_empty() {
        return body;
    }
    if is_paragraph && body.segments.len() == 3 {
        body.segments.pop();
        body.segments.remove(0);
    } else {
        let range = TextRange::new(0, input.text.len()).shifted(input.offset);
        let diagnostic =
            Diagnostic::new(Code::InvalidValue, &input.file.path, range, "this must be one paragraph of text")
                .help("lists, headings and further paragraphs belong in the body of the file");
        findings.problems.push(Problem { origin: input.origin, diagnostic });
        // Its headings and questions are none of the page.
        findings.headings.truncate(headings);
        findings.questions.truncate(questions);
        return Body::default();
    }
    body
}

/// The dialect.
fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_MATH
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_SUPERSCRIPT
        | Options::ENABLE_SUBSCRIPT
        | Options::ENABLE_WIKILINKS
}

/// A heading whose end has not come yet.
struct OpenHeading {
    level: u8,
    id: Option<String>,
    classes: Vec<String>,
    teaches: Vec<Named>,
    range: TextRange,
}

struct Writer<'a, 'f> {
    input: Input<'a>,
    findings: &'f mut Findings,
    /// The last is written to; the others wait for it to end.
    outputs: Vec<Vec<Segment>>,
    prose: Option<ProseBuilder>,
    heading: Option<OpenHeading>,
    alerts: Vec<Option<OpenAlert>>,
    questions: Vec<OpenQuestion>,
    quiz_lists: Vec<Option<OpenQuizList>>,
    pairs: Option<OpenTable>,
    lists: Vec<Option<u64>>,
    alignments: Vec<Alignment>,
    cell: usize,
    in_head: bool,
    in_table: bool,
    code: Option<(String, String)>,
    image: Option<(Item, usize)>,
    image_depth: usize,
    wiki_titles: usize,
    html: Option<TextRange>,
    footnotes: Footnotes,
    definition: Vec<(String, TextRange)>,
    ids: HashMap<String, usize>,
    level: u8,
}

impl<'a, 'f> Writer<'a, 'f> {
    fn new(input: Input<'a>, findings: &'f mut Findings) -> Self {
        Self {
            input,
            findings,
            outputs: vec![Vec::new()],
            prose: None,
            heading: None,
            alerts: Vec::new(),
            questions: Vec::new(),
            quiz_lists: Vec::new(),
            pairs: None,
            lists: Vec::new(),
            alignments: Vec::new(),
            cell: 0,
            in_head: false,
            in_table: false,
            code: None,
            image: None,
            image_depth: 0,
            wiki_titles: 0,
            html: None,
            footnotes: Footnotes::default(),
            definition: Vec::new(),
            ids: HashMap::from([("main".to_owned(), 0), ("top".to_owned(), 0)]),
            level: 1,
        }
    }

    fn report(&mut self, diagnostic: Diagnostic) {
        self.findings.problems.push(Problem { origin: self.input.origin, diagnostic });
    }

    fn diagnostic(&self, code: Code, range: TextRange, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(code, &self.input.file.path, range, message)
    }

    fn push(&mut self, segment: Segment) {
        self.outputs.last_mut().expect("the first output is never taken").push(segment);
    }

    /// Appends finished HTML, to the last segment where that is HTML too.
    fn html(&mut self, html: &str) {
        let output = self.outputs.last_mut().expect("the first output is never taken");
        match output.last_mut() {
            Some(Segment::Html(last)) => last.push_str(html),
            _ => output.push(Segment::Html(html.to_owned())),
        }
    }

    /// Appends a start tag of a block that stands at `range`.
    fn open(&mut self, tag: &str, range: TextRange) {
        match self.input.lines {
            None => self.html(tag),
            Some(lines) => {
                let open = tag.strip_suffix('>').unwrap_or(tag);
                self.html(&format!("{open}{}>", lines.attribute(range)));
            }
        }
    }

    /// ` data-source="…"` of what stands at `range`; nothing but for a preview.
    fn source_attribute(&self, range: TextRange) -> String {
        self.input.lines.map_or_else(String::new, |lines| lines.attribute(range))
    }

    fn prose(&mut self) -> &mut ProseBuilder {
        self.prose.get_or_insert_with(ProseBuilder::new)
    }

    fn role(&self) -> Role {
        let is_quiet = self.alerts.iter().flatten().any(|open| match open.alert {
            Alert::Care(..) | Alert::Shared | Alert::Quiz => true,
            Alert::Remark(..) | Alert::Dont(..) => open.marker_end.is_some(),
        });
        if self.heading.is_some() || self.in_head || is_quiet { Role::Quiet } else { self.input.role }
    }

    /// What offsets count in, for a look at the byte before one: the file or the field.
    fn source(&self) -> &'a str {
        if self.input.origin == Origin::Body { &self.input.file.text } else { self.input.text }
    }

    /// Ends the prose that is open, if one is.
    fn flush(&mut self) {
        let Some(mut prose) = self.prose.take() else { return };
        if prose.is_empty() {
            return;
        }
        prose.settle(self.input.origin, self.source(), &mut self.findings.citations);
        let is_word = |word: &&str| word.contains(char::is_alphanumeric);
        self.findings.words += prose.plain().split_whitespace().filter(is_word).count();
        let role = self.role();
        let prose = prose.finish(role, self.input.origin);
        if prose.text.contains("[^") {
            self.report_unknown_footnotes(&prose);
        }
        let (words, source, is_told) = (self.input.words, self.source(), !self.in_table);
        let Findings { claims, citations, headings, .. } = &mut *self.findings;
        let known = claims.graded.len();
        claims::read(claims, &prose, citations, words, source, is_told);
        for claim in &mut claims.graded[known..] {
            claim.heading = headings.len().checked_sub(1).filter(|_| prose.origin == Origin::Body);
        }
        self.push(Segment::Prose(prose));
    }

    fn event(&mut self, event: Event<'_>, range: TextRange) {
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag, range),
            Event::Text(text) => self.text(&text, range),
            Event::Code(code) => {
                self.inline_html(format!("<code>{}</code>", escaped(&code)), range);
            }
            Event::InlineMath(math) => {
                self.inline_html(format!("<span class=\"math math-inline\">{}</span>", escaped(&math)), range);
            }
            Event::DisplayMath(math) => {
                self.inline_html(format!("<span class=\"math math-display\">{}</span>", escaped(&math)), range);
            }
            Event::Html(html) => self.raw_block(&html, range),
            Event::InlineHtml(html) => self.raw_inline(&html, range),
            Event::FootnoteReference(label) => self.footnote_reference(&label, range),
            Event::SoftBreak if self.image.is_some() => self.text(" ", range),
            Event::SoftBreak if self.title_ends() => self.end_alert_title(),
            Event::SoftBreak => {
                let source = range.start as usize;
                self.prose().text("\n", source);
            }
            Event::HardBreak => self.inline_html("<br>\n".to_owned(), range),
            Event::Rule => {
                self.flush();
                self.html("<hr>\n");
            }
            Event::TaskListMarker(done) => self.task(done, range),
        }
    }

    fn start(&mut self, tag: Tag<'_>, range: TextRange) {
        match tag {
            Tag::Emphasis => self.style(Item::Open(Style::Emphasis), range),
            Tag::Strong => self.style(Item::Open(Style::Strong), range),
            Tag::Strikethrough => self.style(Item::Open(Style::Deleted), range),
            Tag::Superscript => self.style(Item::Open(Style::Superscript), range),
            Tag::Subscript => self.style(Item::Open(Style::Subscript), range),
            Tag::Link { link_type, dest_url, title, .. } => self.start_link(link_type, &dest_url, &title, range),
            Tag::Image { dest_url, title, .. } => self.start_image(&dest_url, &title, range),
            _ => {
                self.flush();
                self.start_block(tag, range);
            }
        }
    }

    fn end(&mut self, tag: TagEnd, range: TextRange) {
        match tag {
            TagEnd::Emphasis => self.style(Item::Close(Style::Emphasis), range),
            TagEnd::Strong => self.style(Item::Close(Style::Strong), range),
            TagEnd::Strikethrough => self.style(Item::Close(Style::Deleted), range),
            TagEnd::Superscript => self.style(Item::Close(Style::Superscript), range),
            TagEnd::Subscript => self.style(Item::Close(Style::Subscript), range),
            TagEnd::Link => self.end_link(range),
            TagEnd::Image => self.end_image(),
            TagEnd::Heading(_) => self.end_heading(),
            TagEnd::Paragraph => self.end_paragraph(range),
            _ => {
                self.flush();
                self.end_block(tag, range);
            }
        }
    }

    fn finish(mut self) -> Body {
        self.flush();
        self.write_footnotes();
        let segments = self.outputs.swap_remove(0);
        let is_something = |segment: &Segment| !matches!(segment, Segment::Html(html) if html.is_empty());
        Body { segments: segments.into_iter().filter(is_something).collect() }
    }
}
