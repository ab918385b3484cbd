//! Claims: the sentences that say how sure they are, and those that should name a source and do not.

use std::ops::Range;

use super::body::{CitationId, Item, Mark, OBJECT, Prose};
use super::document::Citation;
use super::field::{Origin, Role};
use super::wording::Words;
use crate::text::TextRange;

/// What a document claims.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Claims {
    /// The citations that say how sure their claim is, in order.
    pub graded: Vec<Claim>,
    /// `[limited]`: words in square brackets that could say how sure a claim is, but name no source.
    pub bare: Vec<Bare>,
    /// Sentences of the body that should name a source, where a section asks for it.
    pub uncited: Vec<Uncited>,
}

impl Claims {
    /// The number of a citation among those that say how sure their claim is, from 1.
    pub fn number(&self, citation: CitationId) -> Option<usize> {
        self.graded.binary_search_by_key(&citation, |claim| claim.citation).ok().map(|index| index + 1)
    }
}

/// A claim whose citation says how sure it is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Claim {
    /// The citation that says so.
    pub citation: CitationId,
    /// The sentence around it: its text, with titles, code and formulas, and nothing else.
    pub sentence: Prose,
    /// The heading that it stands under: an index into `Document::headings`.
    pub heading: Option<usize>,
    /// Every citation in that sentence.
    pub citations: Vec<CitationId>,
    /// The first strong word of what it claims, in the text that [`Citation::origin`] names.
    pub strong: Option<(String, TextRange)>,
}

/// A word in square brackets.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Bare {
    /// The word.
    pub word: String,
    /// Which text the range counts in.
    pub origin: Origin,
    /// With its brackets.
    pub range: TextRange,
}

/// A sentence that should name a source.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Uncited {
    /// The number, or the words that name a cause.
    pub words: String,
    /// Whether it is a number.
    pub is_number: bool,
    /// Where that stands in the file.
    pub range: TextRange,
}

/// Reads the claims of a block. `is_told` is whether it is text of the body, and neither a heading, a table nor a card.
pub(super) fn read(
    claims: &mut Claims,
    prose: &Prose,
    citations: &[Citation],
    words: &Words,
    source: &str,
    is_told: bool,
) {
    bare(claims, prose, source);
    let cites = |mark: &Mark| matches!(mark.item, Item::Citation(_));
    let is_told = is_told && words.is_asked() && prose.role == Role::Running && prose.origin == Origin::Body;
    if !is_told && !prose.marks.iter().any(cites) {
        return;
    }
    let sentences = sentences(prose);
    for sentence in &sentences {
        graded(claims, prose, sentence, citations, words);
    }
    if is_told {
        uncited(claims, prose, &sentences, words);
    }
}

/// `[limited]`, `[@; limited]`
fn bare(claims: &mut Claims, prose: &Prose, source: &str) {
    for (start, _) in prose.text.match_indices('[') {
        let Some(length) = prose.text[start..].find(']') else { return };
        let word = prose.text[start + 1..start + length].trim_start_matches(['@', ';', ' ']).trim_end();
        let is_word = !word.is_empty() && word.chars().all(|character| character.is_alphanumeric() || character == '-');
        let is_escaped =
            || prose.source_offset(start).checked_sub(1).and_then(|at| source.as_bytes().get(at)) == Some(&b'\\');
        if is_word && !is_escaped() {
            let range = prose.source_range(start, start + length + 1);
            claims.bare.push(Bare { word: word.to_owned(), origin: prose.origin, range });
        }
    }
}

/// The claims of a sentence that say how sure they are. What stands before the first of their citations belongs to that, and so on.
fn graded(claims: &mut Claims, prose: &Prose, sentence: &Range<usize>, citations: &[Citation], words: &Words) {
    let marks = || prose.marks.iter().filter(|mark| sentence.contains(&(mark.at as usize)));
    let cited: Vec<(usize, CitationId)> = marks()
        .filter_map(|mark| match mark.item {
            Item::Citation(id) => Some((mark.at as usize, id)),
            _ => None,
        })
        .collect();
    let is_graded = |id: CitationId| citations.get(id.0 as usize).is_some_and(|citation| citation.evidence.is_some());
    let mut from = sentence.start;
    let last = cited.iter().rposition(|(_, id)| is_graded(*id));
    for (index, (at, id)) in cited.iter().enumerate().filter(|(_, (_, id))| is_graded(*id)) {
        let to = if Some(index) == last { sentence.end } else { *at };
        let strong = words.strong(&prose.text, from..to);
        claims.graded.push(Claim {
            citation: *id,
            sentence: cut(prose, sentence),
            heading: None,
            citations: cited.iter().map(|(_, id)| *id).collect(),
            strong: strong.map(|at| (prose.text[at.clone()].to_owned(), prose.source_range(at.start, at.end))),
        });
        from = *at;
    }
}

/// A stretch of a prose with nothing but its text, titles and what stands for itself.
fn cut(prose: &Prose, range: &Range<usize>) -> Prose {
    let mut text = String::with_capacity(range.len());
    let mut marks = Vec::new();
    let mut objects = prose.marks.iter().filter(|mark| mark.item.is_object() && range.contains(&(mark.at as usize)));
    for character in prose.text[range.clone()].chars() {
        if character != OBJECT {
            text.push(if character == '\n' { ' ' } else { character });
            continue;
        }
        match objects.next().map(|mark| &mark.item) {
            Some(item @ Item::Title(_)) => marks.push(item),
            Some(item @ Item::Html(html)) if !is_note(html) => marks.push(item),
            // A number stands right behind its word.
            Some(_) | None => {
                text.truncate(text.trim_end().len());
                continue;
            }
        }
        text.push(OBJECT);
    }
    let text = text.trim().to_owned();
    let at = text.match_indices(OBJECT).map(|(at, _)| u32::try_from(at).unwrap_or(u32::MAX));
    let marks = at.zip(marks).map(|(at, item)| Mark { at, item: item.clone() }).collect();
    Prose { text, marks, role: Role::Quiet, origin: prose.origin, places: Vec::new() }
}

fn is_note(html: &str) -> bool {
    html.starts_with("<sup class=\"footnote-ref\">")
}

/// Sentences with a number, or with a word that names a cause, where neither they nor those beside them name a source.
fn uncited(claims: &mut Claims, prose: &Prose, sentences: &[Range<usize>], words: &Words) {
    let is_source = |item: &Item| match item {
        Item::Citation(_) => true,
        Item::Html(html) => is_note(html),
        _ => false,
    };
    let cites = |range: &Range<usize>| {
        prose.marks.iter().any(|mark| range.contains(&(mark.at as usize)) && is_source(&mark.item))
    };
    let cited: Vec<bool> = sentences.iter().map(cites).collect();
    for (index, sentence) in sentences.iter().enumerate() {
        let beside = index.saturating_sub(1)..(index + 2).min(cited.len());
        if cited[beside].contains(&true) || prose.text[sentence.clone()].trim_end().ends_with('?') {
            continue;
        }
        let number = words.number(&prose.text, sentence.clone());
        let is_number = number.is_some();
        let Some(at) = number.or_else(|| words.causal(&prose.text, sentence.clone())) else { continue };
        let range = prose.source_range(at.start, at.end);
        claims.uncited.push(Uncited { words: prose.text[at].to_owned(), is_number, range });
    }
}

/// Where the sentences of a block stand. A citation behind the full stop belongs to the sentence that it ends.
fn sentences(prose: &Prose) -> Vec<Range<usize>> {
    let text = &prose.text;
    let is_citation = |at: usize| {
        let first = prose.marks.partition_point(|mark| (mark.at as usize) < at);
        let here = prose.marks[first..].iter().take_while(|mark| mark.at as usize == at);
        here.into_iter().any(|mark| matches!(mark.item, Item::Citation(_)))
    };
    let mut found = Vec::new();
    let mut start = 0;
    for (at, mark) in text.match_indices(['.', '!', '?']) {
        let mut end = at + mark.len();
        if end <= start {
            continue;
        }
        let rest = &text[end..];
        end += rest.len() - rest.trim_start_matches(['”', '’', '"', '\'', ')']).len();
        loop {
            let rest = &text[end..];
            let next = end + rest.len() - rest.trim_start().len();
            if !text[next..].starts_with(OBJECT) || !is_citation(next) {
                break;
            }
            end = next + OBJECT.len_utf8();
        }
        let rest = &text[end..];
        let goes_on = rest.trim_start().starts_with(char::is_lowercase);
        if rest.is_empty() || (rest.starts_with(char::is_whitespace) && !goes_on) {
            found.push(start..end);
            start = end;
        }
    }
    if !text[start..].trim().is_empty() {
        found.push(start..text.len());
    }
    found
}
