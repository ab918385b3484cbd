//! What in a drawing refers to what: `href="#a"`, `fill="url(#a)"`, `aria-labelledby="a b"`.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::{Element, Node, Problem, allowed};

/// The most elements that a drawing may come to once every reference is replaced by what it refers to.
const MOST_DRAWN: u64 = 100_000;

/// The longest chain of references.
const LONGEST_CHAIN: usize = 32;

/// Where ids stand in the value of the attribute `name`.
pub fn ids(name: &str, value: &str) -> Vec<Range<usize>> {
    match name {
        "id" => std::iter::once(0..value.len()).collect(),
        "href" => std::iter::once(1.min(value.len())..value.len()).collect(),
        "aria-labelledby" | "aria-describedby" => words(value),
        "aria-label" | "class" | "lang" | "role" | "aria-hidden" => Vec::new(),
        _ => urls(value),
    }
}

fn words(value: &str) -> Vec<Range<usize>> {
    let mut words = Vec::new();
    let mut offset = 0;
    for word in value.split(|c: char| c.is_ascii_whitespace()) {
        if !word.is_empty() {
            words.push(offset..offset + word.len());
        }
        offset += word.len() + 1;
    }
    words
}

fn urls(value: &str) -> Vec<Range<usize>> {
    let opens = value.match_indices('(').filter(|(open, _)| {
        value[..*open].get(open.saturating_sub(3)..).is_some_and(|word| word.eq_ignore_ascii_case("url"))
    });
    let after = opens.map(|(open, _)| open + 1);
    after.filter_map(|at| allowed::local_url(&value[at..]).map(|id| id.start + at..id.end + at)).collect()
}

/// All ids that something refers to.
pub fn targets(nodes: &[Node]) -> BTreeSet<&str> {
    nodes.iter().filter_map(element).flat_map(|element| references(element, &["id"])).collect()
}

fn element(node: &Node) -> Option<&Element> {
    match node {
        Node::Open(element) => Some(element),
        Node::Text(_) | Node::Close => None,
    }
}

fn references<'a>(element: &'a Element, except: &'a [&str]) -> impl Iterator<Item = &'a str> {
    let attributes = element.attributes.iter().filter(|attribute| !except.contains(&attribute.name));
    attributes.flat_map(|attribute| ids(attribute.name, &attribute.value).into_iter().map(|id| &attribute.value[id]))
}

/// Refuses ids that stand twice, and references that go in a circle or that multiply into more than a browser can draw.
pub fn check(nodes: &[Node]) -> Result<(), Vec<Problem>> {
    let mut definitions: BTreeMap<&str, Range<usize>> = BTreeMap::new();
    let mut problems = Vec::new();
    for (index, node) in nodes.iter().enumerate() {
        for attribute in element(node).iter().flat_map(|element| &element.attributes) {
            if attribute.name == "id" && definitions.insert(&attribute.value, index..end(nodes, index)).is_some() {
                let message = format!("the id `{}` stands twice", attribute.value);
                problems.push(Problem::new(attribute.range, message).help("give each element an id of its own"));
            }
        }
    }
    if problems.is_empty()
        && let Err(problem) = (Cost { nodes, definitions, known: BTreeMap::new() }).of(0..nodes.len(), LONGEST_CHAIN)
    {
        problems.push(problem);
    }
    problems.truncate(super::read::MOST_PROBLEMS);
    if problems.is_empty() { Ok(()) } else { Err(problems) }
}

/// One past the `Close` of the element that `nodes[start]` opens.
fn end(nodes: &[Node], start: usize) -> usize {
    let mut depth = 0_usize;
    for (index, node) in nodes.iter().enumerate().skip(start) {
        match node {
            Node::Open(_) => depth += 1,
            Node::Close => depth -= 1,
            Node::Text(_) => {}
        }
        if depth == 0 {
            return index + 1;
        }
    }
    nodes.len()
}

/// How many elements a browser draws.
struct Cost<'a> {
    nodes: &'a [Node],
    definitions: BTreeMap<&'a str, Range<usize>>,
    known: BTreeMap<&'a str, u64>,
}

impl<'a> Cost<'a> {
    /// Of `nodes[range]`. A circle is a chain without end.
    fn of(&mut self, range: Range<usize>, chain: usize) -> Result<u64, Problem> {
        let nodes = self.nodes;
        let mut total = 0_u64;
        for element in nodes[range].iter().filter_map(element) {
            total += 1;
            for id in references(element, &["id", "aria-labelledby", "aria-describedby"]) {
                total = total.saturating_add(self.of_id(element, id, chain)?);
            }
            if total > MOST_DRAWN {
                let message = format!("this drawing comes to more than {MOST_DRAWN} shapes through its references");
                return Err(Problem::new(element.range, message));
            }
        }
        Ok(total)
    }

    fn of_id(&mut self, element: &Element, id: &'a str, chain: usize) -> Result<u64, Problem> {
        if let Some(known) = self.known.get(id) {
            return Ok(*known);
        }
        let Some(definition) = self.definitions.get(id).cloned() else {
            return Ok(0);
        };
        if chain == 0 {
            let message = format!("references to `#{id}` go in a circle or through too many elements");
            return Err(Problem::new(element.range, message));
        }
        let cost = self.of(definition, chain - 1)?;
        self.known.insert(id, cost);
        Ok(cost)
    }
}
