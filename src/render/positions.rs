//! Where in the sources a page's parts stand, for a preview: `data-source` on the elements that hold them.
//!
//! A field is put into the page by the theme, inside an element of the theme's. So it carries a mark into the template; when the page
//! is rendered, each mark is taken out and the element around it gets the attribute. The page is then what it would be without, but for
//! these attributes.

use crate::parse::document::Document;
use crate::text::escaped;

/// Around a mark: characters that no text means.
const OPEN: char = '\u{fdd0}';
const CLOSE: char = '\u{fdd1}';

/// Elements without an end.
const VOID: &[&str] =
    &["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"];

/// Elements that hold text and no tags.
const TEXT_ONLY: &[&str] = &["script", "style", "textarea", "title"];

/// Marks what follows as standing at `place`, which is escaped for an attribute.
pub fn mark(out: &mut String, place: &str) {
    out.push(OPEN);
    out.push_str(place);
    out.push(CLOSE);
}

/// ` data-source="…"`
pub fn attribute(place: &str) -> String {
    format!(" data-source=\"{place}\"")
}

/// An element that is open.
struct Element<'h> {
    name: &'h str,
    /// Where an attribute can be put in.
    at: usize,
    has_source: bool,
}

/// The page with its marks turned into attributes. `document` is what the page is for: its main part and its title say where that is.
pub fn settle(html: &str, document: Option<&Document>) -> String {
    let mut settler =
        Settler { out: String::with_capacity(html.len() * 9 / 8), open: Vec::new(), attributes: Vec::new() };
    settler.run(html, document);
    let Settler { out, mut attributes, .. } = settler;
    attributes.sort_by_key(|(at, _)| *at);
    let mut settled = String::with_capacity(out.len() + attributes.len() * 48);
    let mut done = 0;
    for (at, text) in attributes {
        settled.push_str(&out[done..at]);
        settled.push_str(&text);
        done = at;
    }
    settled.push_str(&out[done..]);
    settled
}

struct Settler<'h> {
    out: String,
    open: Vec<Element<'h>>,
    attributes: Vec<(usize, String)>,
}

impl<'h> Settler<'h> {
    fn run(&mut self, html: &'h str, document: Option<&Document>) {
        let (mut path, mut title) = (document.map(|document| escaped(document.path().as_str())), None);
        let mut rest = html;
        while let Some(at) = rest.find(['<', OPEN]) {
            self.out.push_str(&rest[..at]);
            rest = &rest[at..];
            let taken = if rest.starts_with(OPEN) {
                self.mark(rest)
            } else if rest.starts_with("<!--") {
                self.copy(rest, rest.find("-->").map_or(rest.len(), |end| end + 3))
            } else if rest.starts_with("</") {
                self.end(rest)
            } else if rest[1..].starts_with(|first: char| first.is_ascii_alphabetic()) {
                self.start(rest)
            } else {
                self.copy(rest, 1)
            };
            let tag = &rest[..taken];
            if tag.starts_with("<main")
                && let Some(path) = path.take()
            {
                self.give(&format!("{path}:1"));
                title = document.and_then(|document| document.positions.as_ref()).map(|positions| &positions.title);
            } else if tag.starts_with("<h1")
                && let Some(title) = title.take()
            {
                self.give(title);
            }
            rest = &rest[taken..];
        }
        self.out.push_str(rest);
    }

    fn copy(&mut self, rest: &str, length: usize) -> usize {
        self.out.extend(rest[..length].chars().filter(|character| !matches!(*character, OPEN | CLOSE)));
        length
    }

    /// The innermost element that is open stands at `place`.
    fn give(&mut self, place: &str) {
        if let Some(element) = self.open.last_mut()
            && !element.has_source
        {
            element.has_source = true;
            self.attributes.push((element.at, attribute(place)));
        }
    }

    fn mark(&mut self, rest: &str) -> usize {
        // What a template cut in two is no mark any more.
        let inside = &rest[OPEN.len_utf8()..];
        let Some(length) = inside.find([CLOSE, OPEN, '<', '"']) else { return OPEN.len_utf8() };
        if inside[length..].starts_with(CLOSE) {
            self.give(&inside[..length]);
            return OPEN.len_utf8() + length + CLOSE.len_utf8();
        }
        OPEN.len_utf8()
    }

    fn start(&mut self, rest: &'h str) -> usize {
        let length = tag_length(rest);
        let name_length =
            rest[1..].find(|next: char| !next.is_ascii_alphanumeric() && next != '-').unwrap_or(length - 1);
        let name = &rest[1..=name_length];
        let element = Element {
            name,
            at: self.out.len() + 1 + name_length,
            has_source: rest[..length].contains(" data-source=\""),
        };
        if !rest[..length].contains(OPEN) {
            self.out.push_str(&rest[..length]);
        } else {
            self.out.push_str(&without_marks(&rest[..length]));
        }
        if VOID.contains(&name) || rest[..length].ends_with("/>") {
            return length;
        }
        if !TEXT_ONLY.contains(&name) {
            self.open.push(element);
            return length;
        }
        let end = rest[length..].find(&format!("</{name}")).map_or(rest.len(), |end| length + end);
        self.out.push_str(&without_marks(&rest[length..end]));
        end
    }

    fn end(&mut self, rest: &str) -> usize {
        let length = tag_length(rest);
        let name = rest[2..length].trim_end_matches('>').trim_end();
        if let Some(index) = self.open.iter().rposition(|element| element.name == name) {
            self.open.truncate(index);
        }
        self.copy(rest, length)
    }
}

/// The bytes of the tag that `rest` begins with.
fn tag_length(rest: &str) -> usize {
    let mut quote = None;
    for (at, byte) in rest.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return at + 1,
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
    }
    rest.len()
}

fn without_marks(text: &str) -> String {
    let mut pieces = text.split(OPEN);
    let first = pieces.next().unwrap_or_default().to_owned();
    pieces.fold(first, |out, piece| out + piece.split_once(CLOSE).map_or(piece, |(_, after)| after))
}

#[cfg(test)]
mod tests {
    use super::settle;

    fn settled(html: &str) -> String {
        settle(&html.replace('[', "\u{fdd0}").replace(']', "\u{fdd1}"), None)
    }

    #[test]
    fn the_element_around_a_mark_gets_it() {
        assert_eq!(
            settled("<ul><li class=\"x\">[a:1]one</li><li>[a:2]two</li></ul>"),
            "<ul><li data-source=\"a:1\" class=\"x\">one</li><li data-source=\"a:2\">two</li></ul>"
        );
        assert_eq!(settled("<p><b>From</b> <br>[a:1]x, [b:2]y</p>"), "<p data-source=\"a:1\"><b>From</b> <br>x, y</p>");
        assert_eq!(settled("<li>a<li>[a:1]b</ul>"), "<li>a<li data-source=\"a:1\">b</ul>");
        assert_eq!(settled("<p data-source=\"a:1\">[b:2]x</p>"), "<p data-source=\"a:1\">x</p>");
    }

    #[test]
    fn nothing_else_of_a_mark_stays() {
        assert_eq!(settled("<title>[a:1]x</title><p title=\"[a:1]>\">y</p>"), "<title>x</title><p title=\">\">y</p>");
        assert_eq!(settled("[a:1]x<p>[a<b>y</b>"), "x<p>a<b>y</b>");
        assert_eq!(
            settled("<!-- [a:1] --><script>if (a<b) '[a:1]'</script>"),
            "<!-- a:1 --><script>if (a<b) ''</script>"
        );
    }
}
