//! Citations in a text: numbers that lead to the sources, and how sure the claim is.

use super::body::{Filler, Place};
use crate::config::Evidence;
use crate::parse::body::CitationId;
use crate::text::escape_into;

impl Filler<'_> {
    pub(super) fn citation(&mut self, out: &mut String, index: usize) {
        let page = self.page;
        let Some(citation) = page.document.citations.get(index).filter(|_| self.place == Place::Own) else {
            trim_space(out);
            return;
        };
        // Numbers follow the word that they belong to, however the line was broken.
        trim_space(out);
        // One that follows another joins it, or 1 and 2 would read as 12.
        let opens_at = out.ends_with("</sup>").then(|| out.rfind("<sup class=\"")).flatten();
        let mut is_open = opens_at.is_some_and(|at| out[at..].starts_with("<sup class=\"cite\">"));
        if is_open {
            out.truncate(out.len() - "</sup>".len());
        }
        for item in &citation.items {
            let Some(number) = page.source_number(&item.key) else { continue };
            self.cited[number - 1] += 1;
            let use_number = self.cited[number - 1];
            out.push_str(if is_open { ", " } else { "<sup class=\"cite\">" });
            is_open = true;
            let mut label = self.theme.word("source").replace("{n}", &number.to_string());
            if !item.locator.is_empty() {
                label = format!("{label}, {}", item.locator);
            }
            out.push_str(&format!("<a href=\"#ref-{number}\" id=\"cite-{number}-{use_number}\" aria-label=\""));
            escape_into(out, &label);
            out.push_str(&format!("\">{number}"));
            if !item.locator.is_empty() {
                out.push_str(", ");
                escape_into(out, &item.locator);
            }
            out.push_str("</a>");
        }
        if is_open {
            out.push_str("</sup>");
        }
        let levels = &self.site.config.evidence;
        let word = citation.evidence.as_ref().map(|(word, _)| word);
        if let Some(level) = levels.iter().position(|level| Some(&level.id) == word) {
            *self.evidence.entry(level).or_default() += 1;
            let Evidence { id, title, .. } = &levels[level];
            out.push_str(" <a class=\"evidence\"");
            // Questions show an option twice: the first is meant.
            let number = u32::try_from(index).ok().and_then(|index| page.document.claims.number(CitationId(index)));
            if let Some(number) = number.filter(|number| self.claims.insert(*number)) {
                out.push_str(&format!(" id=\"claim-{number}\""));
            }
            out.push_str(&format!(" href=\"#hb-evidence-{id}\">"));
            escape_into(out, title);
            out.push_str("</a>");
        }
    }
}

/// Takes the white space before a citation away.
fn trim_space(out: &mut String) {
    out.truncate(out.trim_end_matches([' ', '\n']).len());
}
