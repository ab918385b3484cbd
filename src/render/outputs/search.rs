//! What a reader's browser needs to search: `search/core.js` with what can be found, and shards with words, which are loaded as they are
//! needed. They are scripts that only hold data, so that they load from a disk and under a strict policy. The core keeps its name when words
//! change, because every page names it; shards are named by their content.

use rayon::prelude::*;
use serde_json::{Value, json};

use super::{Made, Making};
use crate::diagnostic::Diagnostic;
use crate::render::body::{Filler, Place};
use crate::render::parts::SEARCH_CORE;
use crate::resolve::asset_url;
use crate::search::words::Language;
use crate::search::{Card, Index};
use crate::text::percent_encode_into;

/// A summary in the list of what is found is cut to about so many bytes.
const SUMMARY_AT_MOST: usize = 240;

pub(super) fn make(making: &Making<'_>) -> (Vec<Made>, Vec<Diagnostic>) {
    let index = making.parts.index;
    if index.documents.is_empty() {
        return (Vec::new(), Vec::new());
    }
    let terms = (!index.terms.is_empty()).then(|| shard(index, 0));
    let numbers: Vec<usize> = (1..=index.shards.len()).collect();
    let mut made: Vec<Made> = numbers.into_par_iter().map(|number| shard(index, number)).collect();
    let url = |made: &Made| made.path.as_str().to_owned();
    let first = |number: usize| &index.words[index.shards[number]].text;
    let shards: Vec<Value> = made.iter().enumerate().map(|(number, made)| json!([first(number), url(made)])).collect();
    let documents: Vec<Value> = index
        .documents
        .iter()
        .map(|document| {
            let mut path = String::new();
            percent_encode_into(&mut path, document.url.as_str());
            json!([document.group as u8, document.title, path, shortened(&document.summary)])
        })
        .collect();
    let core = json!({
        "english": index.language == Language::English,
        "documents": documents,
        "usual": index.usual_digits(),
        "names": index.names,
        "terms": terms.as_ref().map(url),
        "shards": shards,
        "cards": index.cards.iter().map(|card| self::card(making, card)).collect::<Vec<Value>>(),
    });
    made.extend(terms);
    let core = harmless(&core.to_string());
    made.push(Made::file(SEARCH_CORE, format!("(window.hornbook||={{}}).index={core};\n").into_bytes()));
    (made, Vec::new())
}

/// Where terms are used, which is shard 0, or the words of a shard, counted from 1.
fn shard(index: &Index, number: usize) -> Made {
    let text = match number.checked_sub(1) {
        None => index.terms_shard(),
        Some(words) => index.shard(words),
    };
    let script = format!("((window.hornbook||={{}}).shards||=[])[{number}]={};\n", json!(text));
    Made::file(&asset_url(&format!("search-{number}.js"), script.as_bytes()), script.into_bytes())
}

/// `[HTML, signs]`: links in the HTML begin at the site's root; a sign is a list of words, each with what it says.
fn card(making: &Making<'_>, card: &Card) -> Value {
    let site = making.parts.site;
    let page = site.page(card.page);
    let mut filler = Filler::new(site, making.parts.theme, page, "", Place::Elsewhere);
    let html = filler.segments(card.segments.clone());
    json!([without_ids(&top_heading(html.trim())), card.signs])
}

/// JSON without tags and quotation marks in its texts, so that it is harmless wherever it is put.
fn harmless(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    let mut characters = json.chars();
    while let Some(character) = characters.next() {
        match character {
            '<' => out.push_str("\\u003c"),
            '\\' => match characters.next() {
                Some('"') => out.push_str("\\u0022"),
                other => out.extend(['\\'].into_iter().chain(other)),
            },
            _ => out.push(character),
        }
    }
    out
}

/// The card with its heading as a second-level one, whatever it was on its page: it stands among groups of results.
fn top_heading(html: &str) -> String {
    let Some(at) = html.find(" class=\"care-title\">") else { return html.to_owned() };
    let (before, after) = html.split_at(at);
    let Some((before, level)) = before.rsplit_once("<h") else { return html.to_owned() };
    format!("{before}<h2{}", after.replacen(&format!("</h{level}>"), "</h2>", 1))
}

/// The card without ids: the page that it is shown on may have them already.
fn without_ids(html: &str) -> String {
    let mut pieces = html.split(" id=\"");
    let first = pieces.next().unwrap_or_default().to_owned();
    pieces.fold(first, |out, piece| out + piece.split_once('"').map_or(piece, |(_, after)| after))
}

/// A summary that fits a list: cut at a word where it is long.
fn shortened(summary: &str) -> String {
    let Some(end) = summary.char_indices().map(|(at, _)| at).find(|at| *at >= SUMMARY_AT_MOST) else {
        return summary.to_owned();
    };
    let cut = summary[..end].rfind(' ').unwrap_or(end);
    format!("{} …", &summary[..cut])
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{harmless, shortened, top_heading, without_ids};

    #[test]
    fn texts_hold_no_tags_and_quotes() {
        let value = json!(["</script>", "\"onload=\"", "\\\"", "\\"]);
        let text = harmless(&value.to_string());
        assert!(!text.contains('<') && !text.contains("\"onload"), "{text}");
        assert_eq!(serde_json::from_str::<Value>(&text).expect("it is JSON"), value);
    }

    #[test]
    fn a_card_has_a_heading_of_its_place() {
        assert_eq!(
            top_heading("<section><h3 class=\"care-title\">Go</h3>\n<p>x</p></section>"),
            "<section><h2 class=\"care-title\">Go</h2>\n<p>x</p></section>"
        );
        assert_eq!(top_heading("<section></section>"), "<section></section>");
        assert_eq!(without_ids("<h4 id=\"a\">x</h4><p class=\"b\" id=\"c\">"), "<h4>x</h4><p class=\"b\">");
    }

    #[test]
    fn long_summaries_are_cut_at_words() {
        assert_eq!(shortened("short"), "short");
        let cut = shortened(&"straße ".repeat(50));
        assert!(cut.ends_with("straße …") && cut.len() < 250, "{cut}");
    }
}
