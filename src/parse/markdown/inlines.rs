//! Text, links and pictures within a line.

use pulldown_cmark::LinkType;

use super::Writer;
use super::alerts::OpenAlert;
use crate::diagnostic::Code;
use crate::parse::body::{Item, ReferenceId};
use crate::parse::document::{Address, Link, Reference};
use crate::parse::link::{Destination, classify, classify_wiki, is_allowed};
use crate::text::{TextRange, escaped, percent_encode_into};

impl Writer<'_, '_> {
    pub(super) fn text(&mut self, text: &str, range: TextRange) {
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

    pub(super) fn inline_html(&mut self, html: String, range: TextRange) {
        if let Some((Item::Image(_, alt, _), _)) = &mut self.image {
            let code = html.strip_prefix("<code>").and_then(|html| html.strip_suffix("</code>"));
            alt.push_str(code.unwrap_or(" "));
            return;
        }
        self.prose().item(Item::Html(html), range.start as usize);
    }

    pub(super) fn style(&mut self, item: Item, range: TextRange) {
        if self.image.is_none() {
            self.prose().item(item, range.start as usize);
        }
    }

    pub(super) fn start_link(&mut self, link_type: LinkType, url: &str, title: &str, range: TextRange) {
        if self.image.is_some() {
            return;
        }
        let source = range.start as usize;
        let title = if title.is_empty() { String::new() } else { format!(" title=\"{}\"", escaped(title)) };
        if let LinkType::WikiLink { has_pothole } = link_type {
            // In a table the bar before the words is escaped.
            let url = url.strip_suffix('\\').unwrap_or(url);
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
                if is_web {
                    let origin = self.input.origin;
                    self.findings.addresses.push(Address { url: written.trim().to_owned(), origin, range });
                }
                tag += if is_web { "\" rel=\"noopener noreferrer\"" } else { "\"" };
                self.prose().item(Item::OpenUrl(tag + &title + ">"), source);
            }
            Destination::Refused(scheme) => {
                let (message, help) = match is_allowed(scheme.trim_end_matches(':')) {
                    true => ("an address cannot hold white space".to_owned(), "write a space as `%20`"),
                    false => (
                        format!("links to `{scheme}` are not allowed"),
                        "a link begins with `https:`, `http:`, `mailto:` or `tel:`, or names a file of this site",
                    ),
                };
                let diagnostic = self.diagnostic(Code::RefusedScheme, range, message);
                self.report(diagnostic.help(help));
                self.prose().item(Item::OpenUrl("<a>".to_owned()), source);
            }
        }
    }

    pub(super) fn end_link(&mut self, range: TextRange) {
        if self.image.is_none() {
            self.wiki_titles = 0;
            self.prose().item(Item::CloseLink, range.end as usize);
        }
    }

    pub(super) fn start_image(&mut self, url: &str, title: &str, range: TextRange) {
        self.image_depth += 1;
        if self.image.is_some() {
            return;
        }
        let id = match classify(&self.input.file.path, url) {
            Destination::Internal(Link::File(path, _)) => self.reference(Link::Image(path), url, range),
            Destination::Internal(_) => self.reference(Link::Outside, url, range),
            Destination::Url | Destination::Refused(_) => {
                let message = format!("the picture `{url}` lies elsewhere");
                let diagnostic = self.diagnostic(Code::RefusedScheme, range, message);
                self.report(
                    diagnostic.help("put the file beside this one: a page must not load anything from another site"),
                );
                self.silent_reference(url, range)
            }
        };
        self.image = Some((Item::Image(id, String::new(), title.to_owned()), range.start as usize));
    }

    pub(super) fn end_image(&mut self) {
        self.image_depth = self.image_depth.saturating_sub(1);
        if self.image_depth == 0
            && let Some((item, source)) = self.image.take()
        {
            self.prose().item(item, source);
        }
    }

    pub(super) fn reference(&mut self, link: Link, written: &str, range: TextRange) -> ReferenceId {
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
    pub(super) fn silent_reference(&mut self, written: &str, range: TextRange) -> ReferenceId {
        self.reference(Link::Anchor(String::new()), written, range)
    }
}
