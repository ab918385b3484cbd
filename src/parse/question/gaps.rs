//! Words to fill in: what stands in `___three underscores___` is a field, and the text with the words is the answer.

use super::html;
use crate::parse::body::{Item, Mark, Prose, Segment, Style, Word};
use crate::text::escaped;

/// A gap: its marks, and the text between them.
struct Gap {
    /// The marks that open and close it, by their numbers.
    marks: (usize, usize),
    /// First byte of its text.
    start: usize,
    /// One past the last.
    end: usize,
}

/// What a paragraph with gaps is shown as, with numbers from `first` on, and how many they are; nothing if it has none.
pub(in crate::parse) fn gaps(prose: &Prose, first: usize) -> Option<(Vec<Segment>, usize)> {
    let gaps = find(prose);
    if gaps.is_empty() {
        return None;
    }
    let mut out = Vec::new();
    let (mut done, mut mark) = (0, 0);
    for (gap, number) in gaps.iter().zip(first..) {
        out.push(Segment::Prose(part(prose, done..gap.start, mark..gap.marks.0)));
        let words = prose.text[gap.start..gap.end].trim();
        let length = words.split(" / ").map(|word| word.chars().count()).max().unwrap_or_default() + 1;
        out.push(html("<label class=\"gap\"><span class=\"visually-hidden\">"));
        out.push(Segment::Word(Word::QuizGap));
        out.push(html(format!(
            " {number}</span><input size=\"{length}\" autocomplete=\"off\" autocapitalize=\"none\" spellcheck=\"false\" data-answer=\"{}\"></label>",
            escaped(words)
        )));
        (done, mark) = (gap.end, gap.marks.1 + 1);
    }
    out.push(Segment::Prose(part(prose, done..prose.text.len(), mark..prose.marks.len())));
    out.retain(|segment| !matches!(segment, Segment::Prose(prose) if prose.text.is_empty() && prose.marks.is_empty()));
    Some((out, gaps.len()))
}

/// Gaps stand in no other emphasis, and have nothing but text in them.
fn find(prose: &Prose) -> Vec<Gap> {
    let mut gaps = Vec::new();
    let mut depth = 0_usize;
    for (number, mark) in prose.marks.iter().enumerate() {
        if let (0, [open, inner, inner_end, end, ..]) = (depth, &prose.marks[number..])
            && is_gap([open, inner, inner_end, end])
        {
            let (start, end) = (open.at as usize, end.at as usize);
            gaps.push(Gap { marks: (number, number + 3), start, end });
        }
        match mark.item {
            Item::Open(_) | Item::OpenReference(..) | Item::OpenUrl(_) => depth += 1,
            Item::Close(_) | Item::CloseLink => depth = depth.saturating_sub(1),
            Item::Title(_) | Item::Html(_) | Item::Citation(_) | Item::Image(..) => {}
        }
    }
    gaps
}

fn is_gap([open, inner, inner_end, end]: [&Mark; 4]) -> bool {
    let styles = [&open.item, &inner.item, &inner_end.item, &end.item];
    let gap = [
        &Item::Open(Style::Emphasis),
        &Item::Open(Style::Strong),
        &Item::Close(Style::Strong),
        &Item::Close(Style::Emphasis),
    ];
    styles == gap && open.at == inner.at && inner_end.at == end.at && open.at < end.at
}

/// Some of a prose: its text in `text`, with its marks in `marks`.
fn part(prose: &Prose, text: std::ops::Range<usize>, marks: std::ops::Range<usize>) -> Prose {
    let start = u32::try_from(text.start).unwrap_or(u32::MAX);
    let source = u32::try_from(prose.source_offset(text.start)).unwrap_or(u32::MAX);
    let later = prose.places.iter().filter(|(at, _)| (*at as usize) > text.start && (*at as usize) < text.end);
    let later = later.map(|(at, source)| (at - start, *source));
    Prose {
        marks: prose.marks[marks].iter().map(|mark| Mark { at: mark.at - start, item: mark.item.clone() }).collect(),
        role: prose.role,
        origin: prose.origin,
        places: [(0, source)].into_iter().chain(later).collect(),
        text: prose.text[text].to_owned(),
    }
}
