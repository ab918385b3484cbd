//! XML → the nodes of a drawing, or what stands in the way.

use std::ops::Range;

use quick_xml::events::attributes::{AttrError, Attribute as RawAttribute};
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::name::ResolveResult;
use quick_xml::{NsReader, XmlVersion};

use super::{Attribute, Element, Node, Problem, advice, allowed};
use crate::text::TextRange;

/// The largest file, in bytes.
const LARGEST: usize = 1024 * 1024;

/// How deep elements may nest.
const DEEPEST: usize = 64;

/// After so many problems the rest is not looked at: a drawing program that writes styles writes thousands.
pub const MOST_PROBLEMS: usize = 20;

const SVG: &str = "http://www.w3.org/2000/svg";
const XLINK: &str = "http://www.w3.org/1999/xlink";
const HTML: &str = "http://www.w3.org/1999/xhtml";
const XML: &str = "http://www.w3.org/XML/1998/namespace";

/// Reads a whole file.
pub fn read(bytes: &[u8]) -> Result<Vec<Node>, Vec<Problem>> {
    if bytes.len() > LARGEST {
        return Err(vec![Problem::new(TextRange::at(0), "the drawing is larger than 1 MiB")]);
    }
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let range = TextRange::new(error.valid_up_to(), error.valid_up_to() + 1);
            return Err(vec![Problem::new(range, "the drawing is not UTF-8 text")]);
        }
    };
    if let Some((offset, character)) = text.char_indices().find(|(_, character)| !is_xml(*character)) {
        let range = TextRange::new(offset, offset + character.len_utf8());
        return Err(vec![Problem::new(
            range,
            format!("a drawing cannot hold the character U+{:04X}", character as u32),
        )]);
    }
    let mut reading =
        Reading { text, nodes: Vec::new(), open: Vec::new(), foreign: 0, problems: Vec::new(), rooted: false };
    reading.run();
    reading.problems.truncate(MOST_PROBLEMS);
    if reading.problems.is_empty() { Ok(reading.nodes) } else { Err(reading.problems) }
}

/// The characters of XML, without those that HTML refuses.
fn is_xml(character: char) -> bool {
    match character {
        '\t' | '\n' | '\r' => true,
        '\u{feff}' => true,
        '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{fdd0}'..='\u{fdef}' => false,
        _ => character as u32 & 0xfffe != 0xfffe,
    }
}

struct Reading<'a> {
    text: &'a str,
    nodes: Vec<Node>,
    /// The elements that are open and kept.
    open: Vec<&'static str>,
    /// How many elements are open inside of, and with, one that is left out.
    foreign: usize,
    problems: Vec<Problem>,
    /// Whether the root has begun.
    rooted: bool,
}

impl<'a> Reading<'a> {
    fn run(&mut self) {
        let offset = self.text.len() - self.text.trim_start_matches('\u{feff}').len();
        let mut reader = NsReader::from_str(&self.text[offset..]);
        while self.problems.len() < MOST_PROBLEMS {
            let start = offset + position(reader.buffer_position());
            let event = reader.read_event();
            let range = start..offset + position(reader.buffer_position());
            match event {
                Ok(Event::Eof) => return self.end(),
                Ok(event) => {
                    if !self.event(&reader, event, range) {
                        return;
                    }
                }
                Err(error) => {
                    let at = offset + position(reader.error_position());
                    self.ill_formed(at..range.end.max(at), &error.to_string());
                    return;
                }
            }
        }
    }

    fn refuse(&mut self, range: Range<usize>, message: impl Into<String>, help: &'static str) {
        let range = TextRange::new(range.start, range.end).within(self.text);
        self.problems.push(Problem::new(range, message).help(help));
    }

    fn ill_formed(&mut self, range: Range<usize>, why: &str) {
        let why = why.replace("ill-formed document: ", "").replace("syntax error: ", "");
        let range = TextRange::new(range.start, range.end.max(range.start + 1).min(self.text.len())).within(self.text);
        self.problems.push(Problem::new(range, format!("the drawing is not well-formed XML: {why}")));
    }

    fn end(&mut self) {
        let at = self.text.len();
        if !self.open.is_empty() || self.foreign > 0 {
            let name = self.open.last().copied().unwrap_or("svg");
            self.ill_formed(at..at, &format!("`<{name}>` is not closed"));
        } else if !self.rooted && self.problems.is_empty() {
            self.problems.push(Problem::new(TextRange::at(0), "the file has no `<svg>` element"));
        }
    }

    /// Whether to go on.
    fn event(&mut self, reader: &NsReader<&[u8]>, event: Event<'a>, range: Range<usize>) -> bool {
        match event {
            Event::Start(start) => return self.start(reader, &start, range),
            Event::Empty(start) => {
                let goes_on = self.start(reader, &start, range);
                self.close();
                return goes_on;
            }
            Event::End(_) => self.close(),
            Event::Text(text) => self.characters(&text, range),
            Event::CData(text) => self.characters(&text, range),
            Event::GeneralRef(reference) => self.reference(&reference, range),
            Event::DocType(_) => {
                self.refuse(range, "a drawing cannot have a document type", "remove the `<!DOCTYPE …>`");
            }
            Event::PI(instruction) if instruction.target() == "xml-stylesheet" => {
                self.refuse(
                    range,
                    "a drawing cannot have a style sheet",
                    "set `fill`, `stroke` and the like on the shapes",
                );
            }
            Event::PI(_) | Event::Comment(_) | Event::Decl(_) | Event::Eof => {}
        }
        true
    }

    /// Opens an element, or begins to leave one out. Whether to go on.
    fn start(&mut self, reader: &NsReader<&[u8]>, start: &BytesStart<'_>, range: Range<usize>) -> bool {
        if self.open.len() + self.foreign >= DEEPEST {
            self.refuse(range, format!("elements nest more than {DEEPEST} deep"), "draw it with fewer groups");
            return false;
        }
        if self.foreign > 0 || !self.is_kept(reader, start, &range) {
            self.foreign += 1;
            return true;
        }
        let Some(name) = allowed::element(start.local_name().as_ref()) else {
            self.foreign += 1;
            return true;
        };
        let attributes = self.attributes(reader, start, &range);
        self.rooted = true;
        self.open.push(name);
        let range = TextRange::new(range.start, range.end);
        self.nodes.push(Node::Open(Element { name, range, attributes }));
        true
    }

    /// Whether the element belongs into the drawing. What drawing programs keep for themselves does not; what is refused is reported.
    fn is_kept(&mut self, reader: &NsReader<&[u8]>, start: &BytesStart<'_>, range: &Range<usize>) -> bool {
        let (namespace, local) = reader.resolver().resolve_element(start.name());
        let (local, tag) = (local.as_ref(), start.name());
        let full = tag.as_ref();
        match namespace {
            ResolveResult::Unbound => {}
            ResolveResult::Bound(namespace) if namespace.as_ref() == SVG => {}
            ResolveResult::Bound(namespace) if namespace.as_ref() == HTML => {
                self.refuse(range.clone(), format!("`<{full}>` is HTML, which a drawing cannot hold"), "remove it");
                return false;
            }
            ResolveResult::Bound(_) => {
                self.refuse_foreign_root(range);
                return false;
            }
            ResolveResult::Unknown(prefix) => {
                self.ill_formed(range.clone(), &format!("no `xmlns:{prefix}` says what `{full}` is"));
                return false;
            }
        }
        if !self.rooted && local != "svg" {
            self.refuse(range.clone(), format!("the file begins with `<{full}>`"), "a drawing begins with `<svg>`");
            self.rooted = true;
            return false;
        }
        if self.rooted && self.open.is_empty() {
            self.ill_formed(range.clone(), &format!("`<{full}>` stands after the end"));
            return false;
        }
        if self.open.last().is_some_and(|parent| allowed::is_html(parent)) {
            self.refuse(range.clone(), format!("`<{full}>` stands in a title or description"), "leave only text there");
            return false;
        }
        if local != "metadata" && allowed::element(local).is_none() {
            self.refuse(range.clone(), format!("a drawing cannot have `<{full}>`"), advice::element(local));
        }
        true
    }

    /// Elements of other namespaces are left out, but a file that begins with one is no drawing.
    fn refuse_foreign_root(&mut self, range: &Range<usize>) {
        if !self.rooted {
            self.refuse(
                range.clone(),
                "the file is not SVG",
                "a drawing begins with `<svg xmlns=\"http://www.w3.org/2000/svg\">`",
            );
            self.rooted = true;
        }
    }

    fn close(&mut self) {
        if self.foreign > 0 {
            self.foreign -= 1;
        } else if self.open.pop().is_some() {
            self.nodes.push(Node::Close);
        }
    }

    fn attributes(&mut self, reader: &NsReader<&[u8]>, start: &BytesStart<'_>, tag: &Range<usize>) -> Vec<Attribute> {
        let mut attributes: Vec<Attribute> = Vec::new();
        let mut cursor = tag.start + 1 + start.name().as_ref().len();
        for raw in start.attributes() {
            let raw = match raw {
                Ok(raw) => raw,
                Err(error) => {
                    self.ill_formed(attribute_error(&error, tag), &error.to_string());
                    break;
                }
            };
            let range = place(self.text, &raw, cursor, tag.end);
            cursor = range.end;
            let element = start.local_name();
            let Some(name) = self.attribute_name(reader, element.as_ref(), &raw, &range) else {
                continue;
            };
            let value = match raw.normalized_value(XmlVersion::Implicit1_0) {
                Ok(value) if value.chars().all(is_xml) => value.into_owned(),
                Ok(_) | Err(_) => {
                    self.refuse(
                        range,
                        format!("`{name}` holds an entity or character that a drawing cannot hold"),
                        "write the text itself",
                    );
                    continue;
                }
            };
            if let Some(fault) = allowed::fault(name, &value) {
                self.refuse(range.clone(), format!("`{name}=\"{}\"` {fault}", shortened(&value)), advice::value(name));
            }
            if attributes.iter().all(|attribute| attribute.name != name) {
                attributes.push(Attribute { name, value, range: TextRange::new(range.start, range.end) });
            }
        }
        attributes
    }

    /// The name to write; `None` if the attribute is left out, with a problem if it is refused.
    fn attribute_name(
        &mut self,
        reader: &NsReader<&[u8]>,
        element: &str,
        raw: &RawAttribute<'_>,
        range: &Range<usize>,
    ) -> Option<&'static str> {
        let full = raw.key.as_ref();
        let (namespace, local) = reader.resolver().resolve_attribute(raw.key);
        let local = local.as_ref();
        let name = match namespace {
            ResolveResult::Unbound => full,
            ResolveResult::Bound(namespace) if namespace.as_ref() == XLINK && local == "href" => "href",
            ResolveResult::Bound(namespace) if namespace.as_ref() == XML && local == "lang" => "lang",
            ResolveResult::Unknown(_) if full == "xlink:href" => "href",
            ResolveResult::Bound(_) | ResolveResult::Unknown(_) => return None,
        };
        if name == "xmlns" || allowed::is_meaningless(name) {
            return None;
        }
        if name == "href" && !matches!(element, "use" | "textPath" | "linearGradient" | "radialGradient" | "pattern") {
            self.refuse(range.clone(), format!("`<{element}>` cannot have `{full}`"), "remove it");
            return None;
        }
        let allowed = allowed::attribute(name);
        if allowed.is_none() {
            self.refuse(
                range.clone(),
                format!("a drawing cannot have the attribute `{full}`"),
                advice::attribute(name),
            );
        }
        allowed
    }

    /// Keeps text where it is shown; line breaks and runs of spaces are one space, as a browser would draw them.
    fn characters(&mut self, text: &str, range: Range<usize>) {
        if self.open.is_empty() && self.foreign == 0 && !text.trim().is_empty() {
            return self.ill_formed(range, "text stands outside of `<svg>`");
        }
        if self.foreign > 0 || !self.open.last().is_some_and(|element| allowed::has_text(element)) {
            return;
        }
        if !matches!(self.nodes.last(), Some(Node::Text(_))) {
            self.nodes.push(Node::Text(String::new()));
        }
        let Some(Node::Text(kept)) = self.nodes.last_mut() else {
            return;
        };
        for character in text.chars() {
            match character {
                ' ' | '\t' | '\n' | '\r' if kept.ends_with(' ') => {}
                ' ' | '\t' | '\n' | '\r' => kept.push(' '),
                '\u{feff}' => {}
                _ => kept.push(character),
            }
        }
    }

    /// `&amp;`, `&#233;`; any other entity would need a document type.
    fn reference(&mut self, reference: &BytesRef<'_>, range: Range<usize>) {
        let resolved = match reference.resolve_char_ref() {
            Ok(Some(character)) if is_xml(character) => Some(character.to_string()),
            Ok(None) => quick_xml::escape::resolve_predefined_entity(reference).map(str::to_owned),
            Ok(Some(_)) | Err(_) => None,
        };
        match resolved {
            Some(text) => self.characters(&text, range),
            None => {
                let message = format!("a drawing cannot hold the entity `&{};`", &**reference);
                self.refuse(range, message, "write the character itself");
            }
        }
    }
}

/// Files are at most 1 MiB.
fn position(offset: u64) -> usize {
    usize::try_from(offset).unwrap_or(usize::MAX)
}

/// Where the attribute stands in `text`, which is searched from `cursor` to `end`.
fn place(text: &str, raw: &RawAttribute<'_>, cursor: usize, end: usize) -> Range<usize> {
    let find = |from: usize, part: &str| text.get(from..end).and_then(|rest| rest.find(part)).map(|at| from + at);
    let start = find(cursor, raw.key.as_ref()).unwrap_or(cursor);
    let after_key = start + raw.key.as_ref().len();
    let quote = find(after_key, "=").map_or(after_key, |equals| equals + 1);
    let value = find(quote, &raw.value).unwrap_or(quote);
    start..(value + raw.value.len() + 1).min(end)
}

/// Errors count from the start of the tag, after its `<`.
fn attribute_error(error: &AttrError, tag: &Range<usize>) -> Range<usize> {
    let at = match error {
        AttrError::ExpectedEq(at)
        | AttrError::ExpectedValue(at)
        | AttrError::UnquotedValue(at)
        | AttrError::ExpectedQuote(at, _)
        | AttrError::Duplicated(at, _) => *at,
    };
    let start = (tag.start + 1 + at).min(tag.end);
    start..start
}

/// Enough of a value to know it by.
fn shortened(value: &str) -> String {
    match value.char_indices().nth(40) {
        Some((end, _)) => format!("{}…", &value[..end]),
        None => value.to_owned(),
    }
}
