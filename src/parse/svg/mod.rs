//! An SVG file → a drawing that can stand inside a page: only what is known to be harmless, balanced, with ids of its own.
//!
//! Nothing is copied from the file. It is read as XML into elements and attributes that are on a list, and written anew from those.

mod advice;
mod allowed;
mod drawing;
mod read;
mod references;
mod size;

use std::collections::BTreeSet;

pub use self::drawing::Drawing;
use self::drawing::Piece;
use crate::text::{TextRange, escape_into, escaped};

/// Why a drawing cannot be shown, and where.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Problem {
    /// The bytes of the file that it concerns.
    pub range: TextRange,
    /// What is wrong: lower case, the author's words in backticks, no full stop.
    pub message: String,
    /// What to do.
    pub help: Option<&'static str>,
}

/// Reads the bytes of an SVG file of at most 1 MiB. At least one problem if it cannot be shown, at most twenty.
pub fn parse(bytes: &[u8]) -> Result<Drawing, Vec<Problem>> {
    let nodes = read::read(bytes)?;
    references::check(&nodes)?;
    let Some((Node::Open(root), rest)) = nodes.split_first() else {
        return Err(vec![Problem::new(TextRange::at(0), "the file has no `<svg>` element")]);
    };
    let (view_box, size) = size::of(root).map_err(|problem| vec![problem])?;
    let mut writer = Writer { text: String::new(), pieces: Vec::new(), targets: references::targets(&nodes) };
    writer.text.push_str(&format!(" viewBox=\"{view_box}\""));
    for attribute in root.attributes.iter().filter(|attribute| !allowed::is_of_root(attribute.name)) {
        writer.attribute(attribute);
    }
    writer.text.push('>');
    writer.piece(Piece::Inside);
    writer.content(rest);
    let class = root.attribute("class").map(escaped).unwrap_or_default();
    Ok(Drawing { size, class, classes: classes(&nodes), pieces: writer.finish() })
}

/// Every class of an element.
fn classes(nodes: &[Node]) -> BTreeSet<String> {
    let elements = nodes.iter().filter_map(|node| match node {
        Node::Open(element) => element.attribute("class"),
        Node::Text(_) | Node::Close => None,
    });
    elements.flat_map(str::split_ascii_whitespace).map(str::to_owned).collect()
}

impl Problem {
    fn new(range: TextRange, message: impl Into<String>) -> Self {
        Self { range, message: message.into(), help: None }
    }

    fn help(mut self, help: &'static str) -> Self {
        self.help = Some(help);
        self
    }
}

/// One step through the drawing, in the order of the file. Every `Open` has its `Close`; the first is the root's.
enum Node {
    Open(Element),
    Text(String),
    Close,
}

struct Element {
    name: &'static str,
    /// The start tag.
    range: TextRange,
    attributes: Vec<Attribute>,
}

struct Attribute {
    name: &'static str,
    /// Entities resolved, not escaped.
    value: String,
    /// Name and value.
    range: TextRange,
}

impl Element {
    fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|attribute| attribute.name == name).map(|attribute| &*attribute.value)
    }
}

/// Writes nodes as HTML, in pieces.
struct Writer<'a> {
    /// What is not in `pieces` yet.
    text: String,
    pieces: Vec<Piece>,
    /// The ids that something refers to; others are left out.
    targets: BTreeSet<&'a str>,
}

/// An element that is open.
struct Open<'a> {
    name: &'static str,
    /// The id of an element that is a part of its own.
    part: Option<&'a str>,
    /// Whether nothing in it is drawn where it stands.
    is_definition: bool,
}

impl Writer<'_> {
    /// Ends the stretch of text before `piece`.
    fn piece(&mut self, piece: Piece) {
        let text = std::mem::take(&mut self.text);
        if !text.is_empty() {
            self.pieces.push(Piece::Text(text));
        }
        self.pieces.push(piece);
    }

    fn finish(mut self) -> Vec<Piece> {
        self.pieces.push(Piece::Text(self.text));
        self.pieces
    }

    /// The nodes after the root's start tag, up to and with its end tag.
    fn content(&mut self, nodes: &[Node]) {
        let mut open = vec![Open { name: "svg", part: None, is_definition: false }];
        for (index, node) in nodes.iter().enumerate() {
            match node {
                Node::Text(text) => escape_into(&mut self.text, text),
                Node::Open(element) => {
                    let is_definition =
                        open.last().is_some_and(|parent| parent.is_definition || allowed::is_definition(parent.name));
                    let part = element
                        .attribute("id")
                        .filter(|id| !is_definition && allowed::is_drawn(element.name) && !self.targets.contains(id));
                    if let Some(id) = part {
                        self.piece(Piece::Begin(id.to_owned()));
                    }
                    self.text.push('<');
                    self.text.push_str(element.name);
                    element.attributes.iter().for_each(|attribute| self.attribute(attribute));
                    let is_empty = matches!(nodes.get(index + 1), Some(Node::Close));
                    self.text.push_str(if is_empty { "/>" } else { ">" });
                    open.push(Open { name: element.name, part, is_definition });
                }
                Node::Close => {
                    let Some(Open { name, part, .. }) = open.pop() else { continue };
                    let is_empty = index > 0 && matches!(nodes[index - 1], Node::Open(_));
                    if !is_empty {
                        self.text.push_str(&format!("</{name}>"));
                    }
                    if let Some(id) = part {
                        self.piece(Piece::End(id.to_owned()));
                    }
                }
            }
        }
    }

    fn attribute(&mut self, attribute: &Attribute) {
        let Attribute { name, value, .. } = attribute;
        if *name == "id" && !self.targets.contains(&**value) {
            return;
        }
        self.text.push_str(&format!(" {name}=\""));
        let mut done = 0;
        for id in references::ids(name, value) {
            escape_into(&mut self.text, &value[done..id.start]);
            self.piece(Piece::Prefix);
            done = id.start;
        }
        escape_into(&mut self.text, &value[done..]);
        self.text.push('"');
    }
}

#[cfg(test)]
mod tests;
