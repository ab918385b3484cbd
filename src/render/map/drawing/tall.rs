//! One article under the other, layer after layer, with the lines on tracks beside them.

use std::collections::BTreeMap;

use super::{Article, Drawing, Frame, Line, Pen, Script, fit, mirrored, round};
use crate::render::map::layers::Layers;

/// What fits on a phone.
const WIDTH: usize = 320;

/// Between articles, and between layers.
const ROW_GAP: usize = 10;
const LAYER_GAP: usize = 22;

/// Inside a box.
const PAD: usize = 12;

/// The size of type, and the height of a line.
const SIZE: usize = 16;
const LINE: usize = 20;

/// As the name of the section over it.
const LABEL_SIZE: usize = 14;
const LABEL_LINE: usize = 18;

/// Room for all tracks, and between two of them at most.
const TRACKS: usize = 96;
const TRACK: usize = 12;

/// Between the nearest track and the boxes.
const STUB: usize = 14;

/// Where lines enter a box and leave it, from its top and its bottom, so that two on one track never touch.
const PORT: usize = 20;

/// The corner of a line.
const BEND: usize = 6;

/// The drawing for narrow screens. All lines from one article share a track.
pub fn tall(articles: &[Article<'_>], bands: &[&str], layers: &Layers, script: Script) -> Drawing {
    let rows: Vec<usize> = layers.order.iter().flatten().copied().filter(|item| *item < articles.len()).collect();
    let (track_of, tracks) = tracks(&rows, layers);
    let step = TRACKS.checked_div(tracks).unwrap_or(TRACK).clamp(2, TRACK);
    let start = if tracks == 0 { 0 } else { tracks * step + STUB - 2 };
    let room = WIDTH - start - 2 * PAD;
    let mut boxes: Vec<(usize, Frame)> = Vec::with_capacity(rows.len());
    let mut y = 0;
    for item in &rows {
        if let Some((before, _)) = boxes.last() {
            y += if layers.items[*before].layer == layers.items[*item].layer { ROW_GAP } else { LAYER_GAP };
        }
        let article = &articles[*item];
        let label = fit(bands.get(article.band).copied().unwrap_or_default(), room, LABEL_SIZE);
        let lines = fit(article.title, room, SIZE);
        let x = start + PAD;
        let after_label = y + PAD + label.len() * LABEL_LINE;
        let height = after_label + lines.len() * LINE + PAD - y;
        let rows_of = |texts: Vec<String>, top: usize, size: usize, line: usize| -> Vec<Line> {
            let rows = texts.into_iter().enumerate();
            rows.map(|(number, text)| Line { x, y: top + size + number * line, text }).collect()
        };
        let label = rows_of(label, y + PAD - 2, LABEL_SIZE, LABEL_LINE);
        let lines = rows_of(lines, after_label, SIZE, LINE);
        let frame = Frame { x: start, y, width: WIDTH - start, height, round: round(article.band), label, lines };
        boxes.push((*item, frame));
        y += height;
    }
    let frame_of: BTreeMap<usize, &Frame> = boxes.iter().map(|(item, frame)| (*item, frame)).collect();
    let edge = |edge: &Vec<usize>| {
        let (from, to) = (*edge.first()?, *edge.last()?);
        let (leaves, enters) = (frame_of[&from], frame_of[&to]);
        let x = start.saturating_sub(STUB + track_of.get(&from)? * step);
        let (out, into) = (leaves.y + leaves.height - PORT, enters.y + PORT);
        let mut pen = Pen::new(script, WIDTH);
        pen.command('M', &[(start, out)]);
        pen.across(x + BEND);
        pen.command('Q', &[(x, out), (x, out + BEND)]);
        pen.down(into - BEND);
        pen.command('Q', &[(x, into), (x + BEND, into)]);
        pen.across(start);
        Some(pen.arrow())
    };
    let edges = layers.edges.iter().filter_map(edge).collect();
    let drawing = Drawing { name: "tall", width: WIDTH, height: y, bands: Vec::new(), edges, boxes };
    if script == Script::RightToLeft { mirrored(drawing) } else { drawing }
}

/// The track of each item that lines leave, from the nearest to the boxes, and how many there are. Short lines lie near.
fn tracks(rows: &[usize], layers: &Layers) -> (BTreeMap<usize, usize>, usize) {
    let row: BTreeMap<usize, usize> = rows.iter().copied().zip(0..).collect();
    let mut reach: BTreeMap<usize, usize> = BTreeMap::new();
    for edge in &layers.edges {
        if let (Some(from), Some(end)) = (edge.first(), edge.last().and_then(|to| row.get(to))) {
            let last = reach.entry(*from).or_insert(*end);
            *last = (*last).max(*end);
        }
    }
    let mut spans: Vec<(usize, usize, usize)> = reach.iter().map(|(from, end)| (row[from], *end, *from)).collect();
    spans.sort_by_key(|(start, end, _)| (end - start, *start));
    let mut taken: Vec<Vec<(usize, usize)>> = Vec::new();
    let mut track_of = BTreeMap::new();
    for (start, end, from) in spans {
        let is_free = |track: &Vec<(usize, usize)>| track.iter().all(|other| end <= other.0 || other.1 <= start);
        let track = taken.iter().position(is_free).unwrap_or(taken.len());
        if track == taken.len() {
            taken.push(Vec::new());
        }
        taken[track].push((start, end));
        track_of.insert(from, track);
    }
    (track_of, taken.len())
}
