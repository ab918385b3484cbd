//! Care cards where they stand alone: on handouts, and above what a search found.

use super::body::{Filler, Place};
use super::parts::Parts;
use crate::config::CareLevel;
use crate::parse::body::Word;
use crate::search::Card;
use crate::text::escaped;

/// A card of the help page as HTML, whose links begin with `root`: its heading is a second-level one, and it has no ids, which the page
/// that it is shown on may have already, and no marks of footnotes, which are not there.
pub fn alone(parts: &Parts, card: &Card, root: &str) -> String {
    let page = parts.site.page(card.page);
    let mut filler = Filler::new(&parts.site, &parts.theme, page, root, Place::Elsewhere);
    let html = filler.segments(card.segments.clone());
    without_ids(&without_footnotes(&top_heading(html.trim())))
}

impl Filler<'_> {
    /// A card that stands in a file of its own, with a heading of that `level`.
    pub(super) fn card(&self, out: &mut String, name: &str, level: u8) {
        let (Some(card), Some(care)) = (self.site.cards.get(name), self.site.card_level(name)) else { return };
        let word = match care {
            CareLevel::Emergency => Word::CareEmergency,
            CareLevel::Urgent => Word::CareUrgent,
            CareLevel::Routine => Word::CareRoutine,
        };
        let place = card.document.positions.as_ref().map(|known| known.title.as_str());
        let source = place.map_or_else(String::new, |place| format!(" data-source=\"{place}\""));
        let word = escaped(self.theme.word(word.key()));
        let (care, title) = (care.name(), escaped(&card.title));
        out.push_str(&format!(
            "<section class=\"care care-{care}\"{source}><h{level} class=\"care-title\"><span class=\"visually-hidden\">{word}: </span>{title}</h{level}>\n"
        ));
        out.push_str(&Filler::new(self.site, self.theme, card, self.root, Place::Elsewhere).body());
        out.push_str("</section>\n");
    }
}

/// The card with its heading as a second-level one, whatever it was on its page.
fn top_heading(html: &str) -> String {
    let Some(at) = html.find(" class=\"care-title\">") else { return html.to_owned() };
    let (before, after) = html.split_at(at);
    let Some((before, level)) = before.rsplit_once("<h") else { return html.to_owned() };
    format!("{before}<h2{}", after.replacen(&format!("</h{level}>"), "</h2>", 1))
}

/// Without ids, which the page that it is shown on may have already.
pub fn without_ids(html: &str) -> String {
    let mut pieces = html.split(" id=\"");
    let first = pieces.next().unwrap_or_default().to_owned();
    pieces.fold(first, |out, piece| out + piece.split_once('"').map_or(piece, |(_, after)| after))
}

/// Without the marks of footnotes, which stand below the text that was cut off.
pub fn without_footnotes(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((before, mark)) = rest.split_once("<sup class=\"footnote-ref\">") {
        out.push_str(before);
        rest = mark.split_once("</sup>").map_or("", |(_, after)| after);
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::{top_heading, without_footnotes, without_ids};

    #[test]
    fn a_card_stands_for_itself() {
        assert_eq!(
            top_heading("<section><h3 class=\"care-title\">Go</h3>\n<p>x</p></section>"),
            "<section><h2 class=\"care-title\">Go</h2>\n<p>x</p></section>"
        );
        assert_eq!(top_heading("<section></section>"), "<section></section>");
        assert_eq!(without_ids("<h4 id=\"a\">x</h4><p class=\"b\" id=\"c\">"), "<h4>x</h4><p class=\"b\">");
        assert_eq!(without_footnotes("a<sup class=\"footnote-ref\"><a>1</a></sup>b<sup>2</sup>"), "ab<sup>2</sup>");
    }
}
