//! Fills the holes of a compiled body: addresses, numbers, words, drawings, term links.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::parts::facet_path;
use super::positions;
use super::term_link::{OpenTerm, close_tag, close_term, open_tag, outer_depth};
use super::theme::Theme;
use crate::parse::body::{Body, Item, Mark, OBJECT, Prose, ReferenceId, Segment, Style};
use crate::parse::field::Field;
use crate::parse::front_matter::Status;
use crate::resolve::glossary::{Action, TermLink};
use crate::resolve::site::{Page, PageId, Site, Target};
use crate::text::{escape_into, escaped, percent_encode_into};

/// On which page a body is shown.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Place {
    /// On the page that it was written for: its citations are numbered there.
    Own,
    /// On another page: citations, which that page's list of sources does not have, are left out.
    Elsewhere,
}

/// Fills bodies of one page.
#[derive(Debug)]
pub struct Filler<'a> {
    pub(super) site: &'a Site,
    pub(super) theme: &'a Theme,
    pub(super) page: &'a Page,
    pub(super) root: &'a str,
    pub(super) place: Place,
    /// How often each source was cited so far, by its number from 1.
    pub cited: Vec<usize>,
    /// How often each of the site's words for how sure a claim is was used so far, by its index.
    pub evidence: BTreeMap<usize, usize>,
    /// The numbers of the claims so far.
    pub(super) claims: BTreeSet<usize>,
    /// The terms that were linked so far, in the order of their first links.
    pub terms: Vec<PageId>,
    /// The status of a term that the open link leads to, if that is its first.
    pub(super) first: Option<Status>,
    /// The status of a term whose badge is to be written now.
    pub(super) badge: Option<Status>,
    /// How many drawings were shown so far.
    pub(super) drawings: usize,
}

impl<'a> Filler<'a> {
    /// For bodies of `page`, with links that begin with `root`.
    pub fn new(site: &'a Site, theme: &'a Theme, page: &'a Page, root: &'a str, place: Place) -> Self {
        Self {
            site,
            theme,
            page,
            root,
            place,
            cited: vec![0; page.sources.len()],
            evidence: BTreeMap::new(),
            claims: BTreeSet::new(),
            terms: Vec::new(),
            first: None,
            badge: None,
            drawings: 0,
        }
    }

    /// The body of the page as HTML.
    pub fn body(&mut self) -> String {
        let page = self.page;
        let mut out = String::with_capacity(page.document.source.text.len() * 2);
        self.write(&mut out, None, &page.document.body);
        out
    }

    /// Some of the body's segments as HTML.
    pub fn segments(&mut self, segments: Range<usize>) -> String {
        let page = self.page;
        let mut out = String::new();
        let numbered = page.document.body.segments.iter().zip(0_u32..);
        for (segment, number) in numbered.skip(segments.start).take(segments.len()) {
            self.segment(&mut out, None, segment, number);
        }
        out
    }

    /// A field of the page as HTML; nothing if it has no such field.
    pub fn field(&mut self, field: Field, index: usize) -> Option<String> {
        let page = self.page;
        let body = page.document.field(field, index)?;
        let mut out = String::new();
        if let Some(place) = page.document.positions.as_ref().and_then(|known| known.field(field, index)) {
            positions::mark(&mut out, place);
        }
        self.write(&mut out, Some((field, index)), body);
        Some(out)
    }

    /// The first `count` items of a field as HTML.
    pub fn fields(&mut self, field: Field, count: usize) -> Vec<String> {
        (0..count).filter_map(|index| self.field(field, index)).collect()
    }

    /// A text of the page that is no part of its body, without links to terms.
    pub fn one(&mut self, prose: &Prose) -> String {
        let mut out = String::new();
        self.prose(&mut out, prose, &[]);
        out
    }

    fn write(&mut self, out: &mut String, field: Option<(Field, usize)>, body: &Body) {
        for (segment, number) in body.segments.iter().zip(0_u32..) {
            self.segment(out, field, segment, number);
        }
    }

    pub(super) fn segment(&mut self, out: &mut String, field: Option<(Field, usize)>, segment: &Segment, number: u32) {
        match segment {
            Segment::Html(html) => out.push_str(html),
            Segment::Prose(prose) => self.prose(out, prose, self.page.term_links.of(field, number)),
            Segment::Word(word) => escape_into(out, self.theme.word(word.key())),
            Segment::Heading(_) | Segment::CareStart(_) | Segment::CareEnd => {}
            Segment::Card { name, level } => self.card(out, name, *level),
            Segment::QuestionStart(_) | Segment::QuestionEnd => {}
            Segment::Answer(number) => self.answer(out, *number),
            Segment::Figure { image, alt, caption, source } => {
                self.figure(out, *image, alt, &escaped(caption), source);
            }
        }
    }

    pub(super) fn prose(&mut self, out: &mut String, prose: &Prose, links: &[TermLink]) {
        let text = &prose.text;
        let mut styles: Vec<Style> = Vec::new();
        let mut marks = prose.marks.iter().peekable();
        let mut links = links.iter().peekable();
        let mut open: Option<OpenTerm> = None;
        let mut done = 0_usize;
        loop {
            let mark_at = marks.peek().map(|mark| mark.at);
            let link_at = open.as_ref().map(|open| open.end).or_else(|| links.peek().map(|link| link.start));
            let Some(at) = mark_at.into_iter().chain(link_at).min() else { break };
            if at as usize > done {
                self.text(out, &text[done..at as usize]);
                done = at as usize;
            }
            let closes_outer = |mark: &Mark, depth: usize| matches!(mark.item, Item::Close(_)) && styles.len() > depth;
            if let Some(term) = &open
                && term.end == at
            {
                // Styles that began inside the link end first; those around it after it.
                match marks.peek() {
                    Some(mark) if mark.at == at && closes_outer(mark, term.depth) => {
                        let mark = marks.next().expect("it was just looked at");
                        self.mark(out, mark, &mut styles, &mut done);
                    }
                    _ => {
                        close_term(out, &styles, open.take().map_or(0, |open| open.depth));
                        self.badge = self.first.take();
                    }
                }
                continue;
            }
            let is_link = open.is_none() && links.peek().is_some_and(|link| link.start == at);
            match marks.peek() {
                Some(mark) if mark.at == at && (!is_link || matches!(mark.item, Item::Close(_))) => {
                    let mark = marks.next().expect("it was just looked at");
                    self.mark(out, mark, &mut styles, &mut done);
                }
                _ => {
                    let Some(link) = links.next() else { break };
                    match link.action {
                        Action::Unescape => {
                            if out.ends_with('\\') {
                                out.pop();
                            }
                        }
                        Action::Link(term) => {
                            let depth = outer_depth(marks.clone(), link.end, styles.len());
                            self.open_term(out, term, &styles, depth);
                            open = Some(OpenTerm { end: link.end, depth });
                        }
                    }
                }
            }
        }
        self.text(out, &text[done..]);
        self.write_badge(out);
    }

    fn mark(&mut self, out: &mut String, mark: &Mark, styles: &mut Vec<Style>, done: &mut usize) {
        match &mark.item {
            Item::Open(style) => {
                styles.push(*style);
                open_tag(out, *style);
            }
            Item::Close(style) => {
                styles.pop();
                close_tag(out, *style);
            }
            Item::OpenReference(reference, title) => {
                let term = self.term_at(*reference);
                out.push_str(if term.is_some() { "<a class=\"term\" href=\"" } else { "<a href=\"" });
                self.href(out, *reference);
                out.push('"');
                if let Some(term) = term {
                    self.term_data(out, term);
                }
                out.push_str(title);
                out.push('>');
            }
            Item::OpenUrl(tag) => out.push_str(tag),
            Item::CloseLink => {
                out.push_str("</a>");
                self.badge = self.first.take();
            }
            Item::Title(reference) => self.title(out, *reference),
            Item::Html(html) => out.push_str(html),
            Item::Citation(citation) => self.citation(out, citation.0 as usize),
            Item::Image(reference, alt, title) => self.image(out, *reference, alt, title),
        }
        if mark.item.is_object() {
            *done += OBJECT.len_utf8();
        }
    }

    pub(super) fn push_url(&self, out: &mut String, url: &str) {
        out.push_str(self.root);
        percent_encode_into(out, url);
    }

    fn page_url(&self, out: &mut String, page: PageId, anchor: Option<&str>) {
        self.push_url(out, self.site.page(page).url.as_str());
        if let Some(anchor) = anchor {
            out.push('#');
            percent_encode_into(out, anchor);
        }
    }

    pub(super) fn href(&self, out: &mut String, reference: ReferenceId) {
        match self.page.target(reference) {
            Target::Page(page, anchor) => self.page_url(out, *page, anchor.as_deref()),
            Target::Facet(id) => {
                let (facet, value) = self.site.facet_value(*id);
                self.push_url(out, &facet_path(&facet.id, &value.id));
            }
            Target::Here(anchor) => {
                if self.place == Place::Elsewhere {
                    self.push_url(out, self.page.url.page());
                }
                out.push('#');
                percent_encode_into(out, anchor);
            }
            Target::Asset(path) => match self.site.assets.get(path) {
                Some(asset) => self.push_url(out, asset.url.as_str()),
                None => out.push('#'),
            },
            Target::Broken => {
                let written =
                    self.page.document.references.get(reference.0 as usize).map(|reference| reference.written.as_str());
                percent_encode_into(out, written.unwrap_or("#"));
            }
        }
    }

    /// What `[[id]]` shows: the target's title, or what was written where there is none.
    fn title(&self, out: &mut String, reference: ReferenceId) {
        match self.page.target(reference) {
            Target::Page(page, _) => escape_into(out, &self.site.page(*page).title),
            Target::Facet(id) => escape_into(out, &self.site.facet_value(*id).1.title),
            Target::Here(anchor) => {
                let heading = self.page.document.headings.iter().find(|heading| heading.id == *anchor);
                escape_into(out, heading.map_or(anchor.as_str(), |heading| &heading.text));
            }
            Target::Asset(_) | Target::Broken => {
                let written =
                    self.page.document.references.get(reference.0 as usize).map(|reference| reference.written.as_str());
                escape_into(out, written.unwrap_or_default());
            }
        }
    }
}
