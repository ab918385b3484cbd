//! Links to terms in a text, and the badge behind the first link to a term that is not agreed upon.

use super::body::{Filler, Place};
use crate::config::Kind;
use crate::parse::body::{Item, Mark, ReferenceId, Style};
use crate::parse::front_matter::{Meta, Status};
use crate::resolve::site::{PageId, Target};
use crate::text::escape_into;

/// A term link that is open.
pub(super) struct OpenTerm {
    pub(super) end: u32,
    /// How many styles were open outside it.
    pub(super) depth: usize,
}

impl Filler<'_> {
    pub(super) fn open_term(&mut self, out: &mut String, term: u32, styles: &[Style], depth: usize) {
        for style in styles[depth..].iter().rev() {
            close_tag(out, *style);
        }
        let page = self.site.glossary_order[term as usize];
        out.push_str("<a class=\"term\" href=\"");
        self.push_url(out, self.site.page(page).url.as_str());
        out.push('"');
        self.term_data(out, page);
        out.push('>');
        for style in &styles[depth..] {
            open_tag(out, *style);
        }
    }

    /// The term that a link written by the author leads to, if it leads to one as a whole.
    pub(super) fn term_at(&self, reference: ReferenceId) -> Option<PageId> {
        match self.page.target(reference) {
            Target::Page(page, None) if self.site.page(*page).kind() == Kind::Term => Some(*page),
            Target::Page(..) | Target::Facet(_) | Target::Here(_) | Target::Asset(_) | Target::Broken => None,
        }
    }

    /// What a link to a term tells about it; notes that it is there.
    pub(super) fn term_data(&mut self, out: &mut String, id: PageId) {
        let is_first = !self.terms.contains(&id);
        if is_first {
            self.terms.push(id);
        }
        let page = self.site.page(id);
        out.push_str(" data-term=\"");
        escape_into(out, page.id());
        out.push('"');
        if let Meta::Term(meta) = &page.document.meta
            && meta.status != Status::Accepted
        {
            out.push_str(" data-status=\"");
            out.push_str(meta.status.name());
            out.push('"');
            if is_first && self.place == Place::Own && !std::ptr::eq(page, self.page) {
                self.first = Some(meta.status);
            }
        }
    }

    /// Writes text; a badge that waits comes before it, but behind the quotation mark that closes what is named.
    pub(super) fn text(&mut self, out: &mut String, text: &str) {
        let mut rest = text;
        if self.badge.is_some() {
            rest = text.trim_start_matches(['”', '“', '’', '"', '»', '«']);
            escape_into(out, &text[..text.len() - rest.len()]);
            self.write_badge(out);
        }
        escape_into(out, rest);
    }

    /// The badge of a term that was linked just now, if one waits.
    pub(super) fn write_badge(&mut self, out: &mut String) {
        let word = match self.badge.take() {
            Some(Status::Contested) => "term_contested",
            Some(Status::Disputed) => "term_disputed",
            Some(Status::Accepted) | None => return,
        };
        out.push_str(" <span class=\"badge\">");
        escape_into(out, self.theme.word(word));
        out.push_str("</span>");
    }
}

/// The number of styles open at a link's start that stay open to its end: those that close inside must open inside too.
pub(super) fn outer_depth<'m>(marks: impl Iterator<Item = &'m Mark>, end: u32, open: usize) -> usize {
    let mut depth = open;
    let mut lowest = open;
    for mark in marks.take_while(|mark| mark.at < end) {
        match mark.item {
            Item::Open(_) => depth += 1,
            Item::Close(_) => {
                depth = depth.saturating_sub(1);
                lowest = lowest.min(depth);
            }
            _ => {}
        }
    }
    lowest
}

pub(super) fn close_term(out: &mut String, styles: &[Style], depth: usize) {
    for style in styles[depth..].iter().rev() {
        close_tag(out, *style);
    }
    out.push_str("</a>");
    for style in &styles[depth..] {
        open_tag(out, *style);
    }
}

pub(super) fn open_tag(out: &mut String, style: Style) {
    out.push('<');
    out.push_str(style.element());
    out.push('>');
}

pub(super) fn close_tag(out: &mut String, style: Style) {
    out.push_str("</");
    out.push_str(style.element());
    out.push('>');
}
