//! Paragraphs, headings, lists, tables, code.

use pulldown_cmark::{Alignment, CodeBlockKind, Tag, TagEnd};

use super::questions::OpenQuizList;
use super::{OpenHeading, Writer};
use crate::diagnostic::Code;
use crate::parse::attributes::{Named, attributes};
use crate::parse::body::{Item, Segment, Word};
use crate::parse::document::Heading;
use crate::parse::highlight;
use crate::parse::prose::ProseBuilder;
use crate::parse::question::ListItem;
use crate::text::{TextRange, escaped, percent_encode_into, slugify, unique_slug};

impl Writer<'_, '_> {
    pub(super) fn start_block(&mut self, tag: Tag<'_>, range: TextRange) {
        match tag {
            Tag::Paragraph => {}
            Tag::Heading { level, id, classes, attrs } => {
                for (name, _) in attrs.iter().filter(|(name, _)| &**name != "teaches") {
                    let message = format!("a heading cannot have the attribute `{name}`");
                    let diagnostic = self.diagnostic(Code::RefusedAttribute, range, message);
                    self.report(diagnostic.help("only an id (`#id`), classes (`.class`) and `teaches=…` are allowed"));
                }
                let teaches = if attrs.is_empty() { Vec::new() } else { self.teaches(range) };
                let id = id.map(|id| id.into_string());
                let classes = classes.into_iter().map(|class| class.into_string()).collect();
                self.heading = Some(OpenHeading { level: level as u8, id, classes, teaches, range });
            }
            Tag::BlockQuote(_) => self.start_quote(range),
            Tag::CodeBlock(kind) => {
                let language = match kind {
                    CodeBlockKind::Fenced(info) => info.split([' ', ',', '\t']).next().unwrap_or_default().to_owned(),
                    CodeBlockKind::Indented => String::new(),
                };
                self.code = Some((language, String::new()));
            }
            Tag::List(first) => self.start_list(first, range),
            Tag::Item => self.start_item(range),
            Tag::Table(alignments) => {
                self.alignments = alignments;
                self.in_table = true;
                if !self.start_pairs(range) {
                    self.open("<div class=\"table-wrap\" tabindex=\"0\">", range);
                    self.html("<table>\n");
                }
            }
            Tag::TableHead | Tag::TableRow if self.pairs.is_some() => self.start_pairs_row(),
            Tag::TableHead => {
                self.in_head = true;
                self.cell = 0;
                self.html("<thead>");
                self.open("<tr>", range);
            }
            Tag::TableRow => {
                self.cell = 0;
                self.open("<tr>", range);
            }
            Tag::TableCell if self.pairs.is_some() => self.outputs.push(Vec::new()),
            Tag::TableCell => self.start_cell(),
            Tag::FootnoteDefinition(label) => {
                self.definition.push((label.into_string(), range));
                self.outputs.push(Vec::new());
            }
            Tag::DefinitionList => self.html("<dl>\n"),
            Tag::DefinitionListTitle => self.open("<dt>", range),
            Tag::DefinitionListDefinition => self.open("<dd>", range),
            Tag::HtmlBlock => self.html = Some(range),
            _ => {}
        }
    }

    pub(super) fn end_block(&mut self, tag: TagEnd, range: TextRange) {
        match tag {
            TagEnd::BlockQuote(_) => self.end_quote(range),
            TagEnd::CodeBlock => self.end_code(range),
            TagEnd::List(_) => self.end_list(),
            TagEnd::Item => self.end_item(),
            TagEnd::TableCell if self.pairs.is_some() => self.end_pairs_cell(),
            TagEnd::TableHead | TagEnd::TableRow if self.pairs.is_some() => {}
            TagEnd::Table => {
                self.in_table = false;
                match self.pairs.is_some() {
                    true => self.end_pairs(),
                    false => self.html("</tbody></table></div>\n"),
                }
            }
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

    pub(super) fn end_paragraph(&mut self, range: TextRange) {
        if self.alerts.last().is_some_and(|open| open.as_ref().is_some_and(|open| open.marker_end.is_some())) {
            self.end_alert_title();
            return;
        }
        if let Some(Item::Image(image, alt, title)) = self.prose.as_ref().and_then(ProseBuilder::only_image).cloned() {
            self.prose = None;
            self.findings.figures += 1;
            let source = self.source_attribute(range);
            self.push(Segment::Figure { image, alt, caption: title, source });
            return;
        }
        if self.prose.as_ref().is_none_or(ProseBuilder::is_empty) {
            self.prose = None;
            return;
        }
        self.open("<p>", range);
        self.flush();
        self.fill_gaps(range);
        self.html("</p>\n");
    }

    pub(super) fn end_heading(&mut self) {
        let Some(open) = self.heading.take() else { return };
        let source = self.source();
        if let Some(prose) = &mut self.prose {
            prose.settle(self.input.origin, source, &mut self.findings.citations);
        }
        let text = self.prose.as_ref().map(ProseBuilder::plain_with_code).unwrap_or_default();
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let slug = slugify(&text);
        let wanted = open.id.clone().unwrap_or(if is_reserved(&slug) { format!("section-{slug}") } else { slug });
        let id = unique_slug(&wanted, &mut self.ids);
        if open.id.is_some() && (id != wanted || is_reserved(&wanted)) {
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
        self.open(&tag, open.range);
        // The flush below must see the heading, so that its prose stays quiet.
        let (level, range, teaches) = (open.level, open.range, open.teaches.clone());
        self.heading = Some(open);
        self.flush();
        self.heading = None;
        let mut anchor = String::from(" <a class=\"heading-anchor\" href=\"#");
        percent_encode_into(&mut anchor, &id);
        self.html(&(anchor + "\" aria-label=\""));
        self.push(Segment::Word(Word::LinkToSection));
        self.html(&format!("\">#</a></h{level}>\n"));
        self.findings.headings.push(Heading { level, id, text, teaches, range });
    }

    /// What the attributes of the heading at `range` say that it teaches.
    fn teaches(&self, range: TextRange) -> Vec<Named> {
        let heading = self.source()[range.bytes()].lines().next().unwrap_or_default();
        let found = heading.rfind('{').and_then(|open| attributes(self.source(), range.start as usize + open));
        let found = found.into_iter().flat_map(|(attributes, _)| attributes);
        found.filter(|attribute| attribute.name == "teaches").flat_map(|attribute| attribute.ids()).collect()
    }

    pub(super) fn end_code(&mut self, range: TextRange) {
        let Some((language, code)) = self.code.take() else { return };
        let is_name = language.chars().all(|character| character.is_alphanumeric() || "+-_#.".contains(character));
        let class =
            if is_name && !language.is_empty() { format!(" class=\"language-{language}\"") } else { String::new() };
        let html = highlight::highlight(&language, &code);
        self.open("<pre class=\"code\" tabindex=\"0\">", range);
        self.html(&format!("<code{class}>{html}</code></pre>\n"));
    }

    pub(super) fn start_list(&mut self, first: Option<u64>, range: TextRange) {
        self.lists.push(first);
        if self.in_question() {
            self.quiz_lists.push(Some(OpenQuizList { first, range, ..OpenQuizList::default() }));
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

    pub(super) fn end_list(&mut self) {
        let first = self.lists.pop().flatten();
        match self.quiz_lists.pop() {
            Some(Some(list)) => self.end_question_list(list),
            Some(None) | None => self.html(if first.is_some() { "</ol>\n" } else { "</ul>\n" }),
        }
    }

    pub(super) fn start_item(&mut self, range: TextRange) {
        if let Some(Some(list)) = self.quiz_lists.last_mut() {
            list.is_right = None;
            list.item = range;
            self.outputs.push(Vec::new());
        } else {
            self.open("<li>", range);
        }
    }

    pub(super) fn end_item(&mut self) {
        if let Some(Some(OpenQuizList { is_right, item, .. })) = self.quiz_lists.last() {
            let (is_right, range) = (*is_right, *item);
            let source = self.source_attribute(range);
            let segments = self.outputs.pop().expect("the item's start pushed it");
            if let Some(Some(list)) = self.quiz_lists.last_mut() {
                list.items.push(ListItem { is_right, segments, range, source });
            }
        } else {
            self.html("</li>\n");
        }
    }

    pub(super) fn task(&mut self, done: bool, range: TextRange) {
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
            && let Some(tag) = last.rfind("<li")
            && last[tag..].find('>') == Some(last.len() - tag - 1)
        {
            last.insert_str(tag + "<li".len(), " class=\"task\"");
        }
    }

    pub(super) fn start_cell(&mut self) {
        let align = match self.alignments.get(self.cell) {
            Some(Alignment::Left) => " class=\"align-left\"",
            Some(Alignment::Center) => " class=\"align-center\"",
            Some(Alignment::Right) => " class=\"align-right\"",
            Some(Alignment::None) | None => "",
        };
        let tag = if self.in_head { format!("<th scope=\"col\"{align}>") } else { format!("<td{align}>") };
        self.html(&tag);
    }
}

/// Ids that pages have for their own parts: sources, citations, footnotes, boxes of the theme.
fn is_reserved(id: &str) -> bool {
    ["ref-", "cite-", "claim-", "fn-", "fnref-", "hb-"].iter().any(|prefix| id.starts_with(prefix))
}
