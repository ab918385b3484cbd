//! What a reader's browser needs to search: `search/core.js` with what can be found, and shards with words, which are loaded as they are
//! needed. They are scripts that only hold data, so that they load from a disk and under a strict policy. The core keeps its name when words
//! change, because every page names it; shards are named by their content.

use rayon::prelude::*;
use serde_json::{Map, Value, json};

use super::{Made, Making};
use crate::diagnostic::Diagnostic;
use crate::render::care;
use crate::render::parts::SEARCH_CORE;
use crate::resolve::{UrlPath, asset_url};
use crate::search::Index;
use crate::search::words::Language;
use crate::text::percent_encode_into;

/// A summary in the list of what is found is cut to about so many bytes.
const SUMMARY_AT_MOST: usize = 240;

pub(super) fn make(making: &Making) -> (Vec<Made>, Vec<Diagnostic>) {
    let parts = &making.parts;
    if !parts.is_searchable() {
        return (Vec::new(), Vec::new());
    }
    let index = parts.index();
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
            json!([document.group as u8, document.title, path(&document.url), shortened(&document.summary)])
        })
        .collect();
    // Links in a card begin at the site's root; a sign is a list of words, each with what it says.
    let cards: Vec<Value> = index.cards.iter().map(|card| json!([care::alone(parts, card, ""), card.signs])).collect();
    let help = parts.site.help.map(|help| parts.site.page(help));
    let help = help.map(|page| json!([page.title, path(&page.url)]));
    let words: Map<String, Value> = parts.theme.words.iter().filter_map(of_search).collect();
    let core = json!({
        "english": index.language == Language::English,
        "documents": documents,
        "usual": index.usual_digits(),
        "names": index.names,
        "terms": terms.as_ref().map(url),
        "shards": shards,
        "cards": cards,
        "help": help,
        "words": words,
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

/// A word of the theme that its script says, without `search_` before its key.
fn of_search((key, word): (&String, &String)) -> Option<(String, Value)> {
    Some((key.strip_prefix("search_")?.to_owned(), Value::from(word.as_str())))
}

/// An address as links hold it, from the site's root.
fn path(url: &UrlPath) -> String {
    let mut path = String::new();
    percent_encode_into(&mut path, url.as_str());
    path
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

    use super::{harmless, shortened};

    #[test]
    fn texts_hold_no_tags_and_quotes() {
        let value = json!(["</script>", "\"onload=\"", "\\\"", "\\"]);
        let text = harmless(&value.to_string());
        assert!(!text.contains('<') && !text.contains("\"onload"), "{text}");
        assert_eq!(serde_json::from_str::<Value>(&text).expect("it is JSON"), value);
    }

    #[test]
    fn long_summaries_are_cut_at_words() {
        assert_eq!(shortened("short"), "short");
        let cut = shortened(&"straße ".repeat(50));
        assert!(cut.ends_with("straße …") && cut.len() < 250, "{cut}");
    }
}
