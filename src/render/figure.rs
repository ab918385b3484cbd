//! Pictures in a body: drawings in the page itself, everything else by its address.

use super::body::Filler;
use super::positions;
use crate::parse::body::ReferenceId;
use crate::parse::field::Field;
use crate::parse::front_matter::{Exercise, Meta};
use crate::resolve::site::{PublishedAsset, Target};
use crate::text::escape_into;

impl<'a> Filler<'a> {
    fn asset(&self, reference: ReferenceId) -> Option<&'a PublishedAsset> {
        match self.page.target(reference) {
            Target::Asset(path) => self.site.assets.get(path),
            Target::Page(..) | Target::Facet(_) | Target::Here(_) | Target::Broken => None,
        }
    }

    pub(super) fn image(&self, out: &mut String, reference: ReferenceId, alt: &str, title: &str) {
        out.push_str("<img src=\"");
        self.href(out, reference);
        out.push_str("\" alt=\"");
        escape_into(out, alt);
        if let Some((width, height)) = self.asset(reference).and_then(|asset| asset.size) {
            out.push_str(&format!("\" width=\"{width}\" height=\"{height}"));
        }
        if !title.is_empty() {
            out.push_str("\" title=\"");
            escape_into(out, title);
        }
        out.push_str("\" loading=\"lazy\">");
    }

    /// The picture that the front matter names, as HTML.
    pub fn front_matter_figure(&mut self) -> Option<String> {
        let page = self.page;
        let reference = page.document.figure?;
        let Meta::Exercise(Exercise { figure: Some(figure), .. }) = &page.document.meta else { return None };
        let caption = self.field(Field::FigureCaption, 0).unwrap_or_default();
        let known = page.document.positions.as_ref();
        let source = known.map_or_else(String::new, |known| positions::attribute(&known.figure));
        let mut out = String::new();
        self.figure(&mut out, reference, &figure.alt, &caption, &source);
        Some(out)
    }

    /// A picture that stands alone; `caption` is HTML, `source` an attribute that says where it stands, or empty.
    pub(super) fn figure(&mut self, out: &mut String, reference: ReferenceId, alt: &str, caption: &str, source: &str) {
        out.push_str("<figure class=\"figure\"");
        out.push_str(source);
        out.push('>');
        match self.asset(reference).and_then(|asset| asset.drawing.as_ref()) {
            Some(drawing) => {
                self.drawings += 1;
                drawing.write(out, &format!("fig{}", self.drawings), alt, "");
            }
            None => self.image(out, reference, alt, ""),
        }
        if !caption.is_empty() {
            out.push_str("<figcaption>");
            out.push_str(caption);
            out.push_str("</figcaption>");
        }
        out.push_str("</figure>\n");
    }
}
