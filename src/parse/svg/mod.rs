//! An SVG file → a drawing that can stand inside a page: only what is known to be harmless, balanced, with ids of its own.
//!
//! Nothing is copied from the file. It is read as XML into elements and attributes that are on a list, and written anew from those.

mod advice;
mod allowed;
mod read;
mod references;
mod size;

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

/// A drawing that is safe to write into any page, any number of times.
#[derive(Clone, PartialEq, Debug)]
pub struct Drawing {
    /// Width and height in CSS pixels: those of the file, or else of its `viewBox`.
    pub size: (f64, f64),
    /// The `class` of the root, escaped.
    class: String,
    /// Everything after the root's own attributes, cut where the prefix of an id goes.
    pieces: Vec<String>,
}

/// Reads the bytes of an SVG file of at most 1 MiB. At least one problem if it cannot be shown, at most twenty.
pub fn parse(bytes: &[u8]) -> Result<Drawing, Vec<Problem>> {
    let nodes = read::read(bytes)?;
    references::check(&nodes)?;
    let Some((Node::Open(root), rest)) = nodes.split_first() else {
        return Err(vec![Problem::new(TextRange::at(0), "the file has no `<svg>` element")]);
    };
    let (view_box, size) = size::of(root).map_err(|problem| vec![problem])?;
    let mut writer = Writer { pieces: vec![String::new()], targets: references::targets(&nodes) };
    writer.piece().push_str(&format!(" viewBox=\"{view_box}\""));
    for attribute in root.attributes.iter().filter(|attribute| !allowed::is_of_root(attribute.name)) {
        writer.attribute(attribute);
    }
    writer.piece().push('>');
    writer.content(rest);
    let class = root.attribute("class").map(escaped).unwrap_or_default();
    Ok(Drawing { size, class, pieces: writer.pieces })
}

impl Drawing {
    /// Appends the drawing to `out`.
    ///
    /// `id_prefix` must differ between all drawings of one page and be fit to begin an id. `label` says what the drawing shows, not
    /// escaped; where it is empty, the drawing is hidden from those who cannot see it. `class` is not escaped and may be empty.
    pub fn write(&self, out: &mut String, id_prefix: &str, label: &str, class: &str) {
        out.push_str("<svg");
        let classes = [escaped(class), self.class.clone()];
        let classes = classes.iter().map(|class| class.trim()).filter(|class| !class.is_empty());
        let classes = classes.collect::<Vec<_>>().join(" ");
        if !classes.is_empty() {
            out.push_str(&format!(" class=\"{classes}\""));
        }
        if label.is_empty() {
            out.push_str(" aria-hidden=\"true\"");
        } else {
            out.push_str(" role=\"img\" aria-label=\"");
            escape_into(out, label);
            out.push('"');
        }
        let prefix = escaped(id_prefix);
        for (index, piece) in self.pieces.iter().enumerate() {
            if index > 0 {
                out.push_str(&prefix);
                out.push('-');
            }
            out.push_str(piece);
        }
    }
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

/// Writes nodes as HTML, leaving a cut wherever an id begins.
struct Writer<'a> {
    pieces: Vec<String>,
    /// The ids that something refers to; others are left out.
    targets: std::collections::BTreeSet<&'a str>,
}

impl Writer<'_> {
    fn piece(&mut self) -> &mut String {
        if self.pieces.is_empty() {
            self.pieces.push(String::new());
        }
        let last = self.pieces.len() - 1;
        &mut self.pieces[last]
    }

    /// The nodes after the root's start tag, up to and with its end tag.
    fn content(&mut self, nodes: &[Node]) {
        let mut open = vec!["svg"];
        for (index, node) in nodes.iter().enumerate() {
            match node {
                Node::Text(text) => escape_into(self.piece(), text),
                Node::Open(element) => {
                    self.piece().push('<');
                    self.piece().push_str(element.name);
                    element.attributes.iter().for_each(|attribute| self.attribute(attribute));
                    let is_empty = matches!(nodes.get(index + 1), Some(Node::Close));
                    self.piece().push_str(if is_empty { "/>" } else { ">" });
                    open.push(element.name);
                }
                Node::Close => {
                    let name = open.pop().unwrap_or_default();
                    let is_empty = index > 0 && matches!(nodes[index - 1], Node::Open(_));
                    if !is_empty {
                        self.piece().push_str(&format!("</{name}>"));
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
        self.piece().push_str(&format!(" {name}=\""));
        let mut done = 0;
        for id in references::ids(name, value) {
            escape_into(self.piece(), &value[done..id.start]);
            self.pieces.push(String::new());
            done = id.start;
        }
        escape_into(self.piece(), &value[done..]);
        self.piece().push('"');
    }
}

#[cfg(test)]
mod tests;
