//! Markdown → [`Body`]: our own writer over pulldown-cmark's events.
//!
//! Attributes and URL schemes are on lists, no style is inline, HTML is refused unless the site allows it. Everything that needs
//! another file (a link, a picture, a citation) becomes a hole.

use std::collections::{BTreeMap, HashMap, HashSet};

use pulldown_cmark::{Alignment, CodeBlockKind, Event, LinkType, Options, Parser, Tag, TagEnd};

use super::alert::{self, Alert};
use super::document::{
    Body, Citation, Heading, Item, Link, Origin, Reference, ReferenceId, Role, Segment, Style, Word,
};
use super::highlight;
use super::link::{Destination, classify, classify_wiki};
use super::prose::ProseBuilder;
use super::quiz::{self, QuizItem};
use crate::config::RawHtml;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::SourceFile;
use crate::text::{TextRange, escaped, nearest, percent_encode_into, slugify, unique_slug};

/// A page has at most so many footnote markers: the parser takes quadratic time over more.
const FOOTNOTES_AT_MOST: usize = 5_000;

/// What compiling Markdown finds beside the HTML; shared by the body and the fields of one file.
#[derive(Debug, Default)]
pub(super) struct Findings {
    pub(super) headings: Vec<Heading>,
    pub(super) references: Vec<Reference>,
    pub(super) citations: Vec<Citation>,
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
}

/// Compiles a whole text.
pub(super) fn compile(input: Input<'_>, findings: &mut Findings) -> Body {
    if input.text.matches("[^").count() > FOOTNOTES_AT_MOST {
        let diagnostic =
            Diagnostic::new(Code::TooLarge, &input.file.path, TextRange::at(input.offset), "too many footnotes");
        findings.problems.push(Problem { origin: input.origin, diagnostic });
        return Body::default();
    }
    let mut writer = Writer::new(input, findings);
    for (event, range) in Parser::new_ext(input.text, options()).into_offset_iter() {
        writer.event(event, TextRange::new(range.start, range.end).shifted(input.offset));
    }
    writer.finish()
}

/// Compiles a paragraph to its inside. Anything but one paragraph of text is a problem.
pub(super) fn compile_inline(input: Input<'_>, findings: &mut Findings) -> Body {
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
    range: TextRange,
}

/// An alert whose end has not come yet.
struct OpenAlert {
    alert: Alert,
    /// Where its marker ends, until its first paragraph is over.
    marker_end: Option<u32>,
    /// The element to close.
    element: &'static str,
    /// The level of a care card's heading.
    level: u8,
}

/// A list in a quiz: its items so far, and the one that is open.
#[derive(Default)]
struct OpenQuizList {
    items: Vec<QuizItem>,
    is_right: Option<bool>,
}

#[derive(Default)]
struct Footnotes {
    /// Numbers by label, in the order of first reference, with the number of references.
    numbers: HashMap<String, (usize, usize)>,
    order: Vec<String>,
    definitions: BTreeMap<String, (Vec<Segment>, TextRange)>,
}

struct Writer<'a, 'f> {
    input: Input<'a>,
    findings: &'f mut Findings,
    /// The last is written to; the others wait for it to end.
    outputs: Vec<Vec<Segment>>,
    prose: Option<ProseBuilder>,
    heading: Option<OpenHeading>,
    alerts: Vec<Option<OpenAlert>>,
    quiz_lists: Vec<Option<OpenQuizList>>,
    lists: Vec<Option<u64>>,
    alignments: Vec<Alignment>,
    cell: usize,
    in_head: bool,
    code: Option<(String, String)>,
    image: Option<(Item, usize)>,
    image_depth: usize,
    wiki_titles: usize,
    html: Option<TextRange>,
    footnotes: Footnotes,
    definition: Vec<(String, TextRange)>,
    ids: HashSet<String>,
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
            quiz_lists: Vec::new(),
            lists: Vec::new(),
            alignments: Vec::new(),
            cell: 0,
            in_head: false,
            code: None,
            image: None,
            image_depth: 0,
            wiki_titles: 0,
            html: None,
            footnotes: Footnotes::default(),
            definition: Vec::new(),
            ids: HashSet::from(["main".to_owned(), "top".to_owned()]),
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

    fn prose(&mut self) -> &mut ProseBuilder {
        self.prose.get_or_insert_with(ProseBuilder::new)
    }

    fn role(&self) -> Role {
        let is_quiet = self.alerts.iter().flatten().any(|open| match open.alert {
            Alert::Care(..) | Alert::Quiz => true,
            Alert::Remark(..) => open.marker_end.is_some(),
        });
        if self.heading.is_some() || self.in_head || is_quiet { Role::Quiet } else { self.input.role }
    }

    /// Ends the prose that is open, if one is.
    fn flush(&mut self) {
        let Some(prose) = self.prose.take() else { return };
        if prose.is_empty() {
            return;
        }
        let plain = prose.plain();
        self.findings.words += plain.split_whitespace().count();
        let role = self.role();
        // Citations look one byte back for a backslash; offsets count from the start of the file or field.
        let source = if self.input.origin == Origin::Body { &*self.input.file.text } else { self.input.text };
        let prose = prose.finish(role, self.input.origin, source, &mut self.findings.citations);
        if prose.text.contains("[^") {
            self.report_unknown_footnotes(&prose);
        }
        self.push(Segment::Prose(prose));
    }

    fn report_unknown_footnotes(&mut self, prose: &super::document::Prose) {
        for (start, _) in prose.text.match_indices("[^") {
            let Some(length) = prose.text[start..].find(']') else { continue };
            let range = prose.source_range(start, start + length + 1);
            let source = if self.input.origin == Origin::Body { &*self.input.file.text } else { self.input.text };
            if source[..range.start as usize].ends_with('\\') {
                continue;
            }
            let message = format!("there is no note `{}`", &prose.text[start..=start + length]);
            let diagnostic = self
                .diagnostic(Code::Footnote, range, message)
                .help("add its text in a paragraph that begins with it and a colon");
            self.report(diagnostic);
        }
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

    fn text(&mut self, text: &str, range: TextRange) {
        if let Some((_, code)) = &mut self.code {
            code.push_str(text);
            return;
        }
        if let Some((Item::Image(_, alt, _), _)) = &mut self.image {
            alt.push_str(text);
            return;
        }
        if self.wiki_titles > 0 {
            return;
        }
        let mut text = text;
        let mut start = range.start;
        if let Some(Some(OpenAlert { marker_end: Some(end), .. })) = self.alerts.last()
            && start < *end
        {
            let hidden = (*end - start) as usize;
            text = text.get(hidden..).unwrap_or_default();
            start = *end;
            if text.is_empty() {
                return;
            }
        }
        // A title follows its marker after a space.
        if self.alerts.last().is_some_and(|open| open.as_ref().is_some_and(|open| open.marker_end.is_some()))
            && self.prose.is_none()
        {
            let trimmed = text.trim_start();
            start += u32::try_from(text.len() - trimmed.len()).unwrap_or_default();
            text = trimmed;
        }
        if !text.is_empty() {
            self.prose().text(text, start as usize);
        }
    }

    fn inline_html(&mut self, html: String, range: TextRange) {
        if let Some((Item::Image(_, alt, _), _)) = &mut self.image {
            let code = html.strip_prefix("<code>").and_then(|html| html.strip_suffix("</code>"));
            alt.push_str(code.unwrap_or(" "));
            return;
        }
        self.prose().item(Item::Html(html), range.start as usize);
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
            TagEnd::Paragraph => self.end_paragraph(),
            _ => {
                self.flush();
                self.end_block(tag, range);
            }
        }
    }

    fn style(&mut self, item: Item, range: TextRange) {
        if self.image.is_none() {
            self.prose().item(item, range.start as usize);
        }
    }

    fn start_block(&mut self, tag: Tag<'_>, range: TextRange) {
        match tag {
            Tag::Paragraph => {}
            Tag::Heading { level, id, classes, attrs } => {
                for (name, _) in &attrs {
                    let message = format!("a heading cannot have the attribute `{name}`");
                    let diagnostic = self.diagnostic(Code::RefusedAttribute, range, message);
                    self.report(diagnostic.help("only an id (`#id`) and classes (`.class`) are allowed"));
                }
                let id = id.map(|id| id.into_string());
                let classes = classes.into_iter().map(|class| class.into_string()).collect();
                self.heading = Some(OpenHeading { level: level as u8, id, classes, range });
            }
            Tag::BlockQuote(_) => self.start_quote(range),
            Tag::CodeBlock(kind) => {
                let language = match kind {
                    CodeBlockKind::Fenced(info) => info.split([' ', ',', '\t']).next().unwrap_or_default().to_owned(),
                    CodeBlockKind::Indented => String::new(),
                };
                self.code = Some((language, String::new()));
            }
            Tag::List(first) => self.start_list(first),
            Tag::Item => self.start_item(),
            Tag::Table(alignments) => {
                self.alignments = alignments;
                self.html("<div class=\"table-wrap\" tabindex=\"0\"><table>\n");
            }
            Tag::TableHead => {
                self.in_head = true;
                self.cell = 0;
                self.html("<thead><tr>");
            }
            Tag::TableRow => {
                self.cell = 0;
                self.html("<tr>");
            }
            Tag::TableCell => self.start_cell(),
            Tag::FootnoteDefinition(label) => {
                self.definition.push((label.into_string(), range));
                self.outputs.push(Vec::new());
            }
            Tag::DefinitionList => self.html("<dl>\n"),
            Tag::DefinitionListTitle => self.html("<dt>"),
            Tag::DefinitionListDefinition => self.html("<dd>"),
            Tag::HtmlBlock => self.html = Some(range),
            _ => {}
        }
    }

    fn end_block(&mut self, tag: TagEnd, range: TextRange) {
        match tag {
            TagEnd::BlockQuote(_) => self.end_quote(),
            TagEnd::CodeBlock => self.end_code(),
            TagEnd::List(_) => self.end_list(),
            TagEnd::Item => self.end_item(),
            TagEnd::Table => self.html("</tbody></table></div>\n"),
            TagEnd::TableHead => {
                self.in_head = false;
                self.html("</tr></thead><tbody>\n");
            }
            TagEnd::TableRow => self.html("</tr>\n"),
            TagEnd::TableCell => {
                self.cell += 1;
                self.html(if self.in_head { "</th>" } else { "</td>" });
            }
            TagEnd::FootnoteDefinition => self.end_footnote(range),
            TagEnd::DefinitionList => self.html("</dl>\n"),
            TagEnd::DefinitionListTitle => self.html("</dt>\n"),
            TagEnd::DefinitionListDefinition => self.html("</dd>\n"),
            TagEnd::HtmlBlock => self.html = None,
            _ => {}
        }
    }

    fn end_paragraph(&mut self) {
        if self.alerts.last().is_some_and(|open| open.as_ref().is_some_and(|open| open.marker_end.is_some())) {
            self.end_alert_title();
            return;
        }
        if let Some(Item::Image(image, alt, title)) = self.prose.as_ref().and_then(ProseBuilder::only_image).cloned() {
            self.prose = None;
            self.findings.figures += 1;
            self.push(Segment::Figure { image, alt, caption: title });
            return;
        }
        if self.prose.as_ref().is_none_or(ProseBuilder::is_empty) {
            self.prose = None;
            return;
        }
        self.html("<p>");
        self.flush();
        self.html("</p>\n");
    }

    fn end_heading(&mut self) {
        let Some(open) = self.heading.take() else { return };
        let text = self.prose.as_ref().map(ProseBuilder::plain_with_code).unwrap_or_default();
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let wanted = open.id.as_deref().map_or_else(|| slugify(&text), str::to_owned);
        let id = unique_slug(&wanted, &mut self.ids);
        if open.id.is_some() && id != wanted {
            let diagnostic =
                self.diagnostic(Code::DuplicateId, open.range, format!("the id `{wanted}` is taken on this page"));
            self.report(diagnostic.help("write another `{#id}`, or none"));
        }
        let index = u32::try_from(self.findings.headings.len()).unwrap_or(u32::MAX);
        self.level = open.level;
        let mut tag = format!("<h{} id=\"{}\"", open.level, escaped(&id));
        if !open.classes.is_empty() {
            tag += &format!(" class=\"{}\"", escaped(&open.classes.join(" ")));
        }
        tag.push('>');
        self.push(Segment::Heading(index));
        self.html(&tag);
        // The flush below must see the heading, so that its prose stays quiet.
        let (level, range) = (open.level, open.range);
        self.heading = Some(open);
        self.flush();
        self.heading = None;
        let mut anchor = String::from(" <a class=\"heading-anchor\" href=\"#");
        percent_encode_into(&mut anchor, &id);
        self.html(&(anchor + "\" aria-label=\""));
        self.push(Segment::Word(Word::LinkToSection));
        self.html(&format!("\">#</a></h{level}>\n"));
        self.findings.headings.push(Heading { level, id, text, range });
    }

    fn start_quote(&mut self, range: TextRange) {
        let offset = self.input.offset;
        let marker = alert::marker(self.input.text, range.start as usize - offset);
        let Some(marker) = marker else {
            self.alerts.push(None);
            self.html("<blockquote>\n");
            return;
        };
        let at = marker.range.shifted(offset);
        let Some(alert) = alert::find(marker.word) else {
            let names = alert::ALERTS.iter().map(|(name, _)| *name);
            let suggestions = nearest(&marker.word.to_uppercase(), names);
            let message = format!("there is no alert `[!{}]`", marker.word);
            let diagnostic = self.diagnostic(Code::UnknownAlert, at, message).suggest(&suggestions);
            self.report(diagnostic);
            self.alerts.push(None);
            self.html("<blockquote>\n");
            return;
        };
        let level = (self.level + 1).clamp(2, 6);
        let (open, element) = match alert {
            Alert::Remark(class, _) => (format!("<aside class=\"alert alert-{class}\">"), "</aside>\n"),
            Alert::Care(class, _) => (format!("<section class=\"care care-{class}\">"), "</section>\n"),
            Alert::Quiz => ("<div class=\"quiz\">".to_owned(), "</div>\n"),
        };
        self.html(&open);
        self.alerts.push(Some(OpenAlert { alert, marker_end: Some(at.end), element, level }));
    }

    /// Whether a line break here ends the title of an alert.
    fn title_ends(&self) -> bool {
        let in_title =
            self.alerts.last().is_some_and(|open| open.as_ref().is_some_and(|open| open.marker_end.is_some()));
        in_title && !self.prose.as_ref().is_some_and(ProseBuilder::is_open)
    }

    /// Writes the heading of an alert: what follows its marker, or the theme's word.
    fn end_alert_title(&mut self) {
        let Some(Some(open)) = self.alerts.last() else { return };
        let (alert, level) = (open.alert, open.level);
        let has_title = self.prose.as_ref().is_some_and(|prose| !prose.is_empty());
        match alert {
            Alert::Remark(_, word) => {
                self.html("<p class=\"alert-title\">");
                self.title_or(has_title, word);
                self.html("</p>\n");
            }
            Alert::Care(_, word) => {
                self.html(&format!("<h{level} class=\"care-title\">"));
                if has_title {
                    self.html("<span class=\"visually-hidden\">");
                    self.push(Segment::Word(word));
                    self.html(": </span>");
                }
                self.title_or(has_title, word);
                self.html(&format!("</h{level}>\n"));
            }
            Alert::Quiz => {
                self.html("<p class=\"quiz-title\">");
                self.title_or(has_title, Word::QuizTitle);
                self.html("</p>\n");
            }
        }
        if let Some(Some(open)) = self.alerts.last_mut() {
            open.marker_end = None;
        }
    }

    fn title_or(&mut self, has_title: bool, word: Word) {
        if has_title {
            self.flush();
        } else {
            self.prose = None;
            self.push(Segment::Word(word));
        }
    }

    fn end_quote(&mut self) {
        match self.alerts.pop().flatten() {
            Some(open) => self.html(open.element),
            None => self.html("</blockquote>\n"),
        }
    }

    fn end_code(&mut self) {
        let Some((language, code)) = self.code.take() else { return };
        let is_name =
            |name: &str| name.chars().all(|character| character.is_ascii_alphanumeric() || "+-_#.".contains(character));
        let class = if !language.is_empty() && is_name(&language) {
            format!(" class=\"language-{language}\"")
        } else {
            String::new()
        };
        let html = highlight::highlight(&language, &code);
        self.html(&format!("<pre class=\"code\" tabindex=\"0\"><code{class}>{html}</code></pre>\n"));
    }

    fn start_list(&mut self, first: Option<u64>) {
        let in_quiz = matches!(self.alerts.last(), Some(Some(OpenAlert { alert: Alert::Quiz, .. })));
        let is_outermost = self.quiz_lists.is_empty();
        self.lists.push(first);
        if in_quiz && is_outermost && first.is_none() {
            self.quiz_lists.push(Some(OpenQuizList::default()));
            return;
        }
        if !self.quiz_lists.is_empty() {
            self.quiz_lists.push(None);
        }
        match first {
            None => self.html("<ul>\n"),
            Some(1) => self.html("<ol>\n"),
            Some(start) => self.html(&format!("<ol start=\"{start}\">\n")),
        }
    }

    fn end_list(&mut self) {
        let first = self.lists.pop().flatten();
        match self.quiz_lists.pop() {
            Some(Some(quiz)) => {
                let segments = quiz::write(quiz.items);
                for segment in segments {
                    match segment {
                        Segment::Html(html) => self.html(&html),
                        other => self.push(other),
                    }
                }
            }
            Some(None) | None => self.html(if first.is_some() { "</ol>\n" } else { "</ul>\n" }),
        }
    }

    fn start_item(&mut self) {
        if let Some(Some(quiz)) = self.quiz_lists.last_mut() {
            quiz.is_right = None;
            self.outputs.push(Vec::new());
        } else {
            self.html("<li>");
        }
    }

    fn end_item(&mut self) {
        if let Some(Some(quiz)) = self.quiz_lists.last_mut() {
            let segments = self.outputs.pop().expect("the item's start pushed it");
            quiz.items.push(QuizItem { is_right: quiz.is_right, segments });
        } else {
            self.html("</li>\n");
        }
    }

    fn task(&mut self, done: bool, range: TextRange) {
        if let Some(Some(quiz)) = self.quiz_lists.last_mut() {
            quiz.is_right = Some(done);
            return;
        }
        let mark = if done { "☑" } else { "☐" };
        let html = format!("<span class=\"task-mark\">{mark}</span> ");
        self.prose().item(Item::Html(html), range.start as usize);
        // The item's tag was just written: mark it.
        let output = self.outputs.last_mut().expect("the first output is never taken");
        if let Some(Segment::Html(last)) = output.last_mut()
            && last.ends_with("<li>")
        {
            last.truncate(last.len() - 1);
            last.push_str(" class=\"task\">");
        }
    }

    fn start_cell(&mut self) {
        let align = match self.alignments.get(self.cell) {
            Some(Alignment::Left) => " class=\"align-left\"",
            Some(Alignment::Center) => " class=\"align-center\"",
            Some(Alignment::Right) => " class=\"align-right\"",
            Some(Alignment::None) | None => "",
        };
        let tag = if self.in_head { format!("<th scope=\"col\"{align}>") } else { format!("<td{align}>") };
        self.html(&tag);
    }

    fn start_link(&mut self, link_type: LinkType, url: &str, title: &str, range: TextRange) {
        if self.image.is_some() {
            return;
        }
        let source = range.start as usize;
        let title = if title.is_empty() { String::new() } else { format!(" title=\"{}\"", escaped(title)) };
        if let LinkType::WikiLink { has_pothole } = link_type {
            let id = self.reference(classify_wiki(url), url, range);
            self.prose().item(Item::OpenReference(id, title), source);
            if !has_pothole {
                self.prose().item(Item::Title(id), source);
                self.wiki_titles += 1;
            }
            return;
        }
        let written = if link_type == LinkType::Email { format!("mailto:{url}") } else { url.to_owned() };
        match classify(&self.input.file.path, &written) {
            Destination::Internal(link) => {
                let id = self.reference(link, url, range);
                self.prose().item(Item::OpenReference(id, title), source);
            }
            Destination::Url => {
                let mut tag = String::from("<a href=\"");
                percent_encode_into(&mut tag, written.trim());
                let is_web = !written.starts_with("mailto:") && !written.starts_with("tel:");
                tag += if is_web { "\" rel=\"noopener noreferrer\"" } else { "\"" };
                self.prose().item(Item::OpenUrl(tag + &title + ">"), source);
            }
            Destination::Refused(scheme) => {
                let diagnostic =
                    self.diagnostic(Code::RefusedScheme, range, format!("links to `{scheme}` are not allowed"));
                self.report(
                    diagnostic.help(
                        "a link begins with `https:`, `http:`, `mailto:` or `tel:`, or names a file of this site",
                    ),
                );
                self.prose().item(Item::OpenUrl("<a>".to_owned()), source);
            }
        }
    }

    fn end_link(&mut self, range: TextRange) {
        if self.image.is_none() {
            self.wiki_titles = 0;
            self.prose().item(Item::CloseLink, range.end as usize);
        }
    }

    fn start_image(&mut self, url: &str, title: &str, range: TextRange) {
        self.image_depth += 1;
        if self.image.is_some() {
            return;
        }
        let link = match classify(&self.input.file.path, url) {
            Destination::Internal(Link::File(path, _)) => Link::Image(path),
            Destination::Internal(_) => Link::Outside,
            Destination::Url | Destination::Refused(_) => {
                let message = format!("the picture `{url}` lies elsewhere");
                let diagnostic = self.diagnostic(Code::RefusedScheme, range, message);
                self.report(
                    diagnostic.help("put the file beside this one: a page must not load anything from another site"),
                );
                Link::Outside
            }
        };
        let is_elsewhere = link == Link::Outside && classify(&self.input.file.path, url) == Destination::Url;
        let id = if is_elsewhere { self.silent_reference(url, range) } else { self.reference(link, url, range) };
        self.image = Some((Item::Image(id, String::new(), title.to_owned()), range.start as usize));
    }

    fn end_image(&mut self) {
        self.image_depth = self.image_depth.saturating_sub(1);
        if self.image_depth == 0
            && let Some((item, source)) = self.image.take()
        {
            self.prose().item(item, source);
        }
    }

    fn reference(&mut self, link: Link, written: &str, range: TextRange) -> ReferenceId {
        let id = ReferenceId(u32::try_from(self.findings.references.len()).unwrap_or(u32::MAX));
        self.findings.references.push(Reference {
            link,
            written: written.to_owned(),
            origin: self.input.origin,
            range,
        });
        id
    }

    /// A reference that was reported already.
    fn silent_reference(&mut self, written: &str, range: TextRange) -> ReferenceId {
        self.reference(Link::Anchor(String::new()), written, range)
    }

    fn raw_block(&mut self, html: &str, range: TextRange) {
        match self.input.raw_html {
            RawHtml::Allow => self.html(html),
            RawHtml::Refuse => {
                let whole = self.html.take();
                if let Some(whole) = whole
                    && !is_comment(&self.source_slice(whole))
                {
                    self.report_html(whole);
                }
                let _ = range;
            }
        }
    }

    fn raw_inline(&mut self, html: &str, range: TextRange) {
        match self.input.raw_html {
            RawHtml::Allow => self.inline_html(html.to_owned(), range),
            RawHtml::Refuse if is_comment(html) => {}
            RawHtml::Refuse => self.report_html(range),
        }
    }

    fn source_slice(&self, range: TextRange) -> String {
        let start = (range.start as usize).saturating_sub(self.input.offset);
        let end = (range.end as usize).saturating_sub(self.input.offset);
        self.input.text.get(start..end).unwrap_or_default().trim().to_owned()
    }

    fn report_html(&mut self, range: TextRange) {
        let slice = self.source_slice(range);
        let first_line =
            TextRange::new(range.start as usize, range.start as usize + slice.lines().next().map_or(0, str::len));
        let diagnostic = self.diagnostic(Code::RawHtml, first_line, "HTML is not allowed in this site's Markdown");
        self.report(
            diagnostic
                .help("write it in Markdown, or put a backslash before `<` to show it")
                .help("`markdown: {raw_html: allow}` in content/site.yaml lets HTML through"),
        );
    }

    fn footnote_reference(&mut self, label: &str, range: TextRange) {
        let next = self.footnotes.order.len() + 1;
        let (number, uses) = self.footnotes.numbers.entry(label.to_owned()).or_insert((next, 0));
        *uses += 1;
        let (number, uses) = (*number, *uses);
        if uses == 1 {
            self.footnotes.order.push(label.to_owned());
        }
        let html = format!(
            "<sup class=\"footnote-ref\"><a href=\"#fn-{number}\" id=\"fnref-{number}-{uses}\">{number}</a></sup>"
        );
        self.inline_html(html, range);
    }

    fn end_footnote(&mut self, _range: TextRange) {
        let segments = self.outputs.pop().expect("the definition's start pushed it");
        let (label, range) = self.definition.pop().expect("the definition's start pushed it");
        if let Some((_, first)) = self.footnotes.definitions.get(&label) {
            let first = *first;
            let path = self.input.file.path.clone();
            let diagnostic = self.diagnostic(Code::Footnote, range, format!("there are two notes `[^{label}]`"));
            self.report(diagnostic.note(&path, first, "the first"));
            return;
        }
        self.footnotes.definitions.insert(label, (segments, range));
    }

    fn write_footnotes(&mut self) {
        let footnotes = std::mem::take(&mut self.footnotes);
        let mut definitions = footnotes.definitions;
        if !footnotes.order.is_empty() {
            self.html("<section class=\"footnotes\" aria-label=\"");
            self.push(Segment::Word(Word::Notes));
            self.html("\"><ol>\n");
        }
        for label in &footnotes.order {
            let (number, uses) = footnotes.numbers[label];
            let (segments, _) = definitions.remove(label).unwrap_or_default();
            self.html(&format!("<li id=\"fn-{number}\">"));
            self.write_footnote(segments, number, uses);
            self.html("</li>\n");
        }
        if !footnotes.order.is_empty() {
            self.html("</ol></section>\n");
        }
        for (label, (_, range)) in definitions {
            let line = TextRange::new(range.start as usize, range.start as usize + label.len() + 3);
            let diagnostic = self.diagnostic(Code::Footnote, line, format!("nothing refers to the note `[^{label}]`"));
            self.report(diagnostic.help(format!("write `[^{label}]` in the text, or delete the note")));
        }
    }

    /// Writes a note with its way back inside its last paragraph.
    fn write_footnote(&mut self, mut segments: Vec<Segment>, number: usize, uses: usize) {
        let ends_in_paragraph = match segments.last_mut() {
            Some(Segment::Html(last)) if last.ends_with("</p>\n") => {
                last.truncate(last.len() - "</p>\n".len());
                true
            }
            Some(_) | None => false,
        };
        for segment in segments {
            match segment {
                Segment::Html(html) => self.html(&html),
                other => self.push(other),
            }
        }
        for use_number in 1..=uses {
            self.html(&format!(" <a class=\"backref\" href=\"#fnref-{number}-{use_number}\" aria-label=\""));
            self.push(Segment::Word(Word::BackToText));
            self.html("\">↩</a>");
        }
        if ends_in_paragraph {
            self.html("</p>\n");
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

fn is_comment(html: &str) -> bool {
    html.starts_with("<!--") && html.trim_end().ends_with("-->") && html.matches("-->").count() == 1
}
