//! HTML in Markdown: refused, or let through where the site allows it.

use super::Writer;
use crate::config::RawHtml;
use crate::diagnostic::Code;
use crate::text::TextRange;

impl Writer<'_, '_> {
    pub(super) fn raw_block(&mut self, html: &str, range: TextRange) {
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

    pub(super) fn raw_inline(&mut self, html: &str, range: TextRange) {
        match self.input.raw_html {
            RawHtml::Allow => self.inline_html(html.to_owned(), range),
            RawHtml::Refuse if is_comment(html) => {}
            RawHtml::Refuse => self.report_html(range),
        }
    }

    pub(super) fn source_slice(&self, range: TextRange) -> String {
        let start = (range.start as usize).saturating_sub(self.input.offset);
        let end = (range.end as usize).saturating_sub(self.input.offset);
        self.input.text.get(start..end).unwrap_or_default().trim().to_owned()
    }

    pub(super) fn report_html(&mut self, range: TextRange) {
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
}

fn is_comment(html: &str) -> bool {
    html.starts_with("<!--") && html.trim_end().ends_with("-->") && html.matches("-->").count() == 1
}
