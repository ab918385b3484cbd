//! Layers → two drawings in whole units of about a pixel: one from side to side for wide screens, one from top to bottom for narrow ones.

mod tall;
mod wide;

use std::fmt::Write;

pub use self::tall::tall;
pub use self::wide::wide;
use super::wrap::wrap;

/// An article to draw.
pub struct Article<'a> {
    /// What stands in its box.
    pub title: &'a str,
    /// Its section, an index.
    pub band: usize,
}

/// The way that the site's script runs.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Script {
    /// From left to right.
    LeftToRight,
    /// From right to left: drawings are mirrored.
    RightToLeft,
}

/// A finished drawing.
#[derive(Debug)]
pub struct Drawing {
    /// `wide` or `tall`.
    pub name: &'static str,
    /// Units from side to side.
    pub width: usize,
    /// Units from top to bottom.
    pub height: usize,
    /// The ground and the name of each section; none in the tall drawing.
    pub bands: Vec<Frame>,
    /// Lines with arrows, as path data.
    pub edges: Vec<String>,
    /// The articles with their indices, in reading order of the drawing.
    pub boxes: Vec<(usize, Frame)>,
}

/// A box with words in it.
#[derive(Debug)]
pub struct Frame {
    /// Its start, or its end in a mirrored drawing: in each case its left side.
    pub x: usize,
    /// Its top.
    pub y: usize,
    /// Its width.
    pub width: usize,
    /// Its height.
    pub height: usize,
    /// The radius of its corners: sections differ in it.
    pub round: usize,
    /// Lines of a small label over the text: the name of a section.
    pub label: Vec<Line>,
    /// The lines of the text.
    pub lines: Vec<Line>,
}

/// A line of text, from the side where the script begins.
#[derive(Debug)]
pub struct Line {
    /// Where it begins.
    pub x: usize,
    /// Its base.
    pub y: usize,
    /// What it says.
    pub text: String,
}

/// Corners by section, so that they are told apart without colours.
const ROUND: [usize; 3] = [8, 0, 20];

fn round(band: usize) -> usize {
    ROUND[band % ROUND.len()]
}

/// The hundredths of an em of type of `size` that fit into `room` units.
fn fit(text: &str, room: usize, size: usize) -> Vec<String> {
    wrap(text, room * 100 / size)
}

/// Turns a finished drawing round.
fn mirrored(mut drawing: Drawing) -> Drawing {
    let width = drawing.width;
    for frame in drawing.bands.iter_mut().chain(drawing.boxes.iter_mut().map(|(_, frame)| frame)) {
        frame.x = width - frame.x - frame.width;
        for line in frame.label.iter_mut().chain(&mut frame.lines) {
            line.x = width - line.x;
        }
    }
    drawing
}

/// Writes path data.
struct Pen {
    data: String,
    /// The width of the drawing, where it is mirrored.
    mirror: Option<usize>,
}

impl Pen {
    fn new(script: Script, width: usize) -> Self {
        Self { data: String::new(), mirror: (script == Script::RightToLeft).then_some(width) }
    }

    fn x(&self, x: usize) -> usize {
        self.mirror.map_or(x, |width| width - x)
    }

    fn command(&mut self, letter: char, points: &[(usize, usize)]) {
        self.data.push(letter);
        for (index, (x, y)) in points.iter().enumerate() {
            let gap = if index == 0 { "" } else { " " };
            let _ = write!(self.data, "{gap}{} {y}", self.x(*x));
        }
    }

    fn across(&mut self, x: usize) {
        let _ = write!(self.data, "H{}", self.x(x));
    }

    fn down(&mut self, y: usize) {
        let _ = write!(self.data, "V{y}");
    }

    /// The head of an arrow, where the line ends.
    fn arrow(mut self) -> String {
        self.data += if self.mirror.is_some() { "m7-4-7 4 7 4" } else { "m-7-4 7 4-7 4" };
        self.data
    }
}

#[cfg(test)]
mod tests {
    use super::super::layers::{Node, layers};
    use super::super::wrap::width;
    use super::{Article, Drawing, Frame, Script, tall, wide};

    const TITLES: [&str; 6] = [
        "What is there?",
        "Parts",
        "What makes Donaudampfschifffahrtsgesellschaften?",
        "Why?",
        "背中はなぜ鳴るのか",
        "M",
    ];

    fn drawings(script: Script) -> [Drawing; 2] {
        let requires: [&[usize]; 6] = [&[], &[0], &[1], &[0], &[2, 3], &[0]];
        let nodes: Vec<Node> =
            requires.iter().zip(0..).map(|(r, at)| Node { band: at % 2, requires: r.to_vec() }).collect();
        let articles: Vec<Article<'_>> =
            TITLES.iter().zip(0..).map(|(title, at)| Article { title, band: at % 2 }).collect();
        let layers = layers(&nodes);
        let bands = ["First things", "More"];
        [wide(&articles, &bands, &layers, script), tall(&articles, &bands, &layers, script)]
    }

    fn overlap(one: &Frame, other: &Frame) -> bool {
        one.x < other.x + other.width
            && other.x < one.x + one.width
            && one.y < other.y + other.height
            && other.y < one.y + one.height
    }

    #[test]
    fn boxes_lie_apart_and_hold_their_words() {
        for drawing in drawings(Script::LeftToRight).into_iter().chain(drawings(Script::RightToLeft)) {
            assert_eq!(drawing.boxes.len(), TITLES.len());
            for (index, (article, frame)) in drawing.boxes.iter().enumerate() {
                assert!(frame.x + frame.width <= drawing.width && frame.y + frame.height <= drawing.height);
                assert!(drawing.boxes[..index].iter().all(|(_, other)| !overlap(frame, other)), "{drawing:?}");
                let size = if drawing.name == "wide" { 14 } else { 16 };
                for line in frame.label.iter().chain(&frame.lines) {
                    assert!(width(&line.text) * size / 100 <= frame.width, "{line:?}");
                    assert!(frame.y < line.y && line.y < frame.y + frame.height);
                }
                let said: String = frame.lines.iter().map(|line| line.text.replace([' ', '-'], "")).collect();
                assert_eq!(said, TITLES[*article].replace([' ', '-'], ""));
            }
        }
    }

    #[test]
    fn bands_hold_their_boxes() {
        let [drawing, _] = drawings(Script::LeftToRight);
        for (article, frame) in &drawing.boxes {
            let band = &drawing.bands[article % 2];
            assert!(band.y < frame.y && frame.y + frame.height < band.y + band.height);
        }
    }

    #[test]
    fn a_mirrored_drawing_is_the_same_from_the_other_side() {
        for (one, other) in drawings(Script::LeftToRight).iter().zip(&drawings(Script::RightToLeft)) {
            assert_eq!((one.width, one.height, one.edges.len()), (other.width, other.height, other.edges.len()));
            for ((_, one_box), (_, other_box)) in one.boxes.iter().zip(&other.boxes) {
                assert_eq!(one_box.x + one_box.width + other_box.x, one.width);
            }
        }
    }
}
