//! Layers as columns, sections as bands across them.

use super::{Article, Drawing, Frame, Line, Pen, Script, fit, mirrored, round};
use crate::render::map::layers::{Layers, neighbours};

/// What fits on a wide screen. More columns than that make the drawing wider, and it is scrolled.
const WIDTH: usize = 1150;

/// The narrowest and the widest box.
const COLUMN: [usize; 2] = [128, 200];

/// Between columns, where the lines run.
const GAP: usize = 32;

/// At the sides.
const MARGIN: usize = 12;

/// Between the boxes of a column, between bands, and above the boxes of a band.
const ROW_GAP: usize = 12;

/// Inside a box.
const PAD: usize = 10;

/// The size of type, and the height of a line.
const SIZE: usize = 14;
const LINE: usize = 18;

/// As the names of bands.
const LABEL_SIZE: usize = 16;
const LABEL_LINE: usize = 22;

/// The height of a bend: what two lines that run side by side keep apart.
const BEND: usize = 10;

/// Where everything stands.
struct Table<'a> {
    layers: &'a Layers,
    /// The height of each item.
    heights: Vec<usize>,
    /// The middle of each item.
    middles: Vec<usize>,
    /// Top and bottom of each band's boxes.
    rooms: Vec<[usize; 2]>,
    /// The width of a column.
    column: usize,
}

/// The drawing for wide screens: a box for each article, in the column of its layer and the band of its section.
pub fn wide(articles: &[Article<'_>], bands: &[&str], layers: &Layers, script: Script) -> Drawing {
    let columns = layers.order.len().max(1);
    let column = ((WIDTH - 2 * MARGIN).saturating_sub(GAP * (columns - 1)) / columns).clamp(COLUMN[0], COLUMN[1]);
    let width = 2 * MARGIN + columns * column + (columns - 1) * GAP;
    let texts: Vec<Vec<String>> = articles.iter().map(|article| fit(article.title, column - 2 * PAD, SIZE)).collect();
    let height = |item: usize| texts.get(item).map_or(BEND, |lines| 2 * PAD + lines.len() * LINE);
    let heights: Vec<usize> = (0..layers.items.len()).map(height).collect();
    let mut table =
        Table { layers, middles: vec![0; heights.len()], heights, rooms: vec![[0, 0]; bands.len()], column };
    let (grounds, bottom) = table.make_room(bands, width);
    table.settle();
    let frames = texts.into_iter().enumerate().map(|(item, lines)| {
        let (x, y) = (table.x(layers.items[item].layer), table.middles[item] - table.heights[item] / 2);
        let lines = lines.into_iter().enumerate().map(|(number, text)| Line {
            x: x + PAD,
            y: y + PAD + SIZE + number * LINE,
            text,
        });
        let (label, lines) = (Vec::new(), lines.collect());
        Frame { x, y, width: column, height: table.heights[item], round: round(articles[item].band), label, lines }
    });
    let mut boxes: Vec<(usize, Frame)> = frames.enumerate().collect();
    boxes.sort_by_key(|(item, frame)| (layers.items[*item].layer, frame.y));
    let edges = layers.edges.iter().map(|edge| table.edge(edge, Pen::new(script, width))).collect();
    let drawing = Drawing { name: "wide", width, height: bottom, bands: grounds, edges, boxes };
    if script == Script::RightToLeft { mirrored(drawing) } else { drawing }
}

impl Table<'_> {
    /// The side of a column where the script begins.
    fn x(&self, layer: usize) -> usize {
        MARGIN + layer * (self.column + GAP)
    }

    /// The items of a layer that lie in a band.
    fn cell(&self, layer: usize, band: usize) -> Vec<usize> {
        self.layers.order[layer].iter().copied().filter(|item| self.layers.items[*item].band == band).collect()
    }

    /// Puts the bands one under the other, each as high as its fullest column. Returns them, and where the last ends.
    fn make_room(&mut self, bands: &[&str], width: usize) -> (Vec<Frame>, usize) {
        let mut grounds = Vec::new();
        let mut y = 0;
        for (band, title) in bands.iter().enumerate() {
            let full = |layer| {
                let cell = self.cell(layer, band);
                cell.iter().map(|item| self.heights[*item] + ROW_GAP).sum::<usize>()
            };
            let needed = (0..self.layers.order.len()).map(full).max().unwrap_or(0);
            if needed == 0 {
                continue;
            }
            let label: Vec<Line> = fit(title, width - 2 * MARGIN, LABEL_SIZE)
                .into_iter()
                .enumerate()
                .map(|(number, text)| Line { x: MARGIN, y: y + ROW_GAP + LABEL_SIZE + number * LABEL_LINE, text })
                .collect();
            let top = y + 2 * ROW_GAP + label.len() * LABEL_LINE;
            let bottom = top + needed - ROW_GAP;
            self.rooms[band] = [top, bottom];
            let height = bottom + ROW_GAP - y;
            grounds.push(Frame { x: 0, y, width, height, round: round(band), label, lines: Vec::new() });
            y += height + ROW_GAP;
        }
        (grounds, y.saturating_sub(ROW_GAP))
    }

    /// Gives every item its middle: first beside what comes before it, then beside what comes after it.
    fn settle(&mut self) {
        let (left, right) = neighbours(self.layers.items.len(), &self.layers.edges);
        let last = self.layers.order.len();
        let steps = (0..last).map(|layer| (layer, &left)).chain((0..last).rev().map(|layer| (layer, &right)));
        for (layer, joined) in steps {
            for band in 0..self.rooms.len() {
                self.settle_cell(&self.cell(layer, band), self.rooms[band], joined);
            }
        }
    }

    /// Puts the items of a cell as near as they can come to the middle of what they are joined to in their band.
    fn settle_cell(&mut self, cell: &[usize], [top, bottom]: [usize; 2], joined: &[Vec<usize>]) {
        let items = &self.layers.items;
        let mut free = top;
        let mut tops = Vec::with_capacity(cell.len());
        for item in cell {
            let band = items[*item].band;
            let others = joined[*item].iter().filter(|other| items[**other].band == band);
            let middles: Vec<usize> = others.map(|other| self.middles[*other]).collect();
            let wish = middles.iter().sum::<usize>().checked_div(middles.len()).unwrap_or(self.middles[*item]);
            let y = wish.saturating_sub(self.heights[*item] / 2).max(free);
            tops.push(y);
            free = y + self.heights[*item] + ROW_GAP;
        }
        let mut limit = bottom;
        for (item, y) in cell.iter().zip(tops).rev() {
            let y = y.min(limit.saturating_sub(self.heights[*item]));
            self.middles[*item] = y + self.heights[*item] / 2;
            limit = y.saturating_sub(ROW_GAP);
        }
    }

    /// A line along the middles of what an edge runs through.
    fn edge(&self, edge: &[usize], mut pen: Pen) -> String {
        let mut at = (0, 0);
        for (step, item) in edge.iter().enumerate() {
            let (x, y) = (self.x(self.layers.items[*item].layer), self.middles[*item]);
            if step == 0 {
                at = (x + self.column, y);
                pen.command('M', &[at]);
                continue;
            }
            if at.1 == y {
                pen.across(x);
            } else {
                let middle = at.0 + GAP / 2;
                pen.command('C', &[(middle, at.1), (middle, y), (x, y)]);
            }
            at = (x, y);
            if step + 1 < edge.len() {
                at = (x + self.column, y);
                pen.across(at.0);
            }
        }
        pen.arrow()
    }
}
