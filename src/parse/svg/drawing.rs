//! A drawing, ready to be written: into a page, as a map of links, or as a file of its own.

use std::collections::BTreeSet;

use crate::text::{escape_into, escaped};

/// A drawing that is safe to write into any page, any number of times.
#[derive(Clone, PartialEq, Debug)]
pub struct Drawing {
    /// Width and height in CSS pixels: those of the file, or else of its `viewBox`.
    pub size: (f64, f64),
    /// The `class` of the root, escaped.
    pub(super) class: String,
    /// Every class in it.
    pub classes: BTreeSet<String>,
    /// Everything after the root's own attributes.
    pub(super) pieces: Vec<Piece>,
}

/// A stretch of a drawing, or what happens between two.
#[derive(Clone, PartialEq, Debug)]
pub(super) enum Piece {
    /// HTML.
    Text(String),
    /// The prefix of an id.
    Prefix,
    /// The root's start tag has ended.
    Inside,
    /// The element with this id begins. Nothing refers to it, and it is drawn where it stands.
    Begin(String),
    /// It has ended.
    End(String),
}

/// An element of a drawing that has an id of its own.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Part<'a> {
    /// Its id in the file.
    pub id: &'a str,
    /// The parts that it lies in, outermost first.
    pub within: Vec<&'a str>,
}

impl Drawing {
    /// Appends the drawing to `out`, as one picture.
    ///
    /// `id_prefix` must differ between all drawings of one page and be fit to begin an id. `label` says what the drawing shows, not
    /// escaped; where it is empty, the drawing is hidden from those who cannot see it. `class` is not escaped and may be empty.
    pub fn write(&self, out: &mut String, id_prefix: &str, label: &str, class: &str) {
        self.start(out, class);
        if label.is_empty() {
            out.push_str(" aria-hidden=\"true\"");
        } else {
            write_label(out, "img", label);
        }
        self.rest(out, id_prefix, "", &|_| None);
    }

    /// Appends the drawing to `out`, as a group of links: a part for which `link` gives the start tag of one becomes one.
    pub fn write_links(&self, out: &mut String, id_prefix: &str, label: &str, link: &dyn Fn(&str) -> Option<String>) {
        self.start(out, "");
        write_label(out, "group", label);
        self.rest(out, id_prefix, "", link);
    }

    /// The drawing as a file of its own, with `style` as its stylesheet and `class` on its root.
    pub fn file(&self, class: &str, style: &str) -> String {
        let mut out = String::new();
        self.start(&mut out, class);
        out.push_str(" xmlns=\"http://www.w3.org/2000/svg\"");
        self.rest(&mut out, "d", &format!("<style>{}</style>", escaped(style)), &|_| None);
        out
    }

    /// Its parts, in order.
    pub fn parts(&self) -> Vec<Part<'_>> {
        let mut parts = Vec::new();
        let mut open: Vec<&str> = Vec::new();
        for piece in &self.pieces {
            match piece {
                Piece::Begin(id) => {
                    parts.push(Part { id, within: open.clone() });
                    open.push(id);
                }
                Piece::End(_) => {
                    open.pop();
                }
                Piece::Text(_) | Piece::Prefix | Piece::Inside => {}
            }
        }
        parts
    }

    fn start(&self, out: &mut String, class: &str) {
        out.push_str("<svg");
        let classes = [escaped(class), self.class.clone()];
        let classes = classes.iter().map(|class| class.trim()).filter(|class| !class.is_empty());
        let classes = classes.collect::<Vec<_>>().join(" ");
        if !classes.is_empty() {
            out.push_str(&format!(" class=\"{classes}\""));
        }
    }

    /// Everything after the attributes that are the caller's; `inside` stands first in the root.
    fn rest(&self, out: &mut String, id_prefix: &str, inside: &str, link: &dyn Fn(&str) -> Option<String>) {
        let prefix = escaped(id_prefix);
        for piece in &self.pieces {
            match piece {
                Piece::Text(text) => out.push_str(text),
                Piece::Prefix => {
                    out.push_str(&prefix);
                    out.push('-');
                }
                Piece::Inside => out.push_str(inside),
                Piece::Begin(id) => out.push_str(&link(id).unwrap_or_default()),
                Piece::End(id) => {
                    if link(id).is_some() {
                        out.push_str("</a>");
                    }
                }
            }
        }
    }
}

fn write_label(out: &mut String, role: &str, label: &str) {
    out.push_str(&format!(" role=\"{role}\" aria-label=\""));
    escape_into(out, label);
    out.push('"');
}
