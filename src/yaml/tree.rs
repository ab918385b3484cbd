//! YAML as a tree whose nodes know their bytes.

use std::collections::HashMap;

use granit_parser::{Event, Parser, ScalarStyle, Span};

use crate::text::TextRange;

/// A node of a [`Tree`].
pub(super) type NodeId = usize;

/// Deeper YAML than this is refused.
const DEPTH_AT_MOST: usize = 64;

/// A step on the way from the root to a value.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Step {
    /// Into the value of this key.
    Key(String),
    /// To this item of a list, from 0.
    Index(usize),
    /// To this key itself.
    Name(String),
}

impl Step {
    /// Into the value of `name`.
    pub fn key(name: &str) -> Self {
        Self::Key(name.to_owned())
    }

    /// To the key `name` itself.
    pub fn name(name: &str) -> Self {
        Self::Name(name.to_owned())
    }
}

#[derive(Debug)]
pub(super) enum Value {
    /// Text, and whether it stands without quotes (and so may be a number, a truth value or null).
    Scalar {
        text: String,
        plain: bool,
    },
    Sequence(Vec<NodeId>),
    Mapping(Vec<(NodeId, NodeId)>),
}

#[derive(Debug)]
struct Node {
    range: TextRange,
    value: Value,
    parent: Option<NodeId>,
}

/// One YAML document.
#[derive(Debug)]
pub(super) struct Tree {
    nodes: Vec<Node>,
    root: NodeId,
    duplicates: Vec<(TextRange, TextRange, String)>,
}

impl Tree {
    /// Reads `text`; `Err` says where and why it is not YAML.
    pub(super) fn parse(text: &str) -> Result<Self, (TextRange, String)> {
        let mut builder = Builder { nodes: Vec::new(), open: Vec::new(), anchors: HashMap::new(), root: None };
        for next in Parser::new_from_str(text) {
            let (event, span) = next.map_err(|error| {
                let at = error.marker().byte_offset().unwrap_or(text.len());
                (TextRange::at(at), error.info())
            })?;
            let range = span_range(&span, text);
            builder.event(event, range).map_err(|message| (range, message.to_owned()))?;
        }
        let root = builder.root.ok_or_else(|| (TextRange::at(0), "there is nothing in it".to_owned()))?;
        let mut tree = Self { nodes: builder.nodes, root, duplicates: Vec::new() };
        tree.drop_duplicates();
        Ok(tree)
    }

    pub(super) fn root(&self) -> NodeId {
        self.root
    }

    pub(super) fn value(&self, node: NodeId) -> &Value {
        &self.nodes[node].value
    }

    pub(super) fn range(&self, node: NodeId) -> TextRange {
        self.nodes[node].range
    }

    /// The text of a one-line scalar.
    pub(super) fn scalar(&self, node: NodeId) -> Option<&str> {
        match self.value(node) {
            Value::Scalar { text, .. } if !text.contains('\n') => Some(text),
            Value::Scalar { .. } | Value::Sequence(_) | Value::Mapping(_) => None,
        }
    }

    /// What to call a node in a message: the key that it is the value of, in backticks; `whole` for the root.
    pub(super) fn name(&self, node: NodeId, whole: &str) -> String {
        let Some(parent) = self.nodes[node].parent else { return whole.to_owned() };
        match self.value(parent) {
            Value::Mapping(pairs) => pairs
                .iter()
                .find(|(key, value)| *value == node || *key == node)
                .and_then(|(key, _)| self.scalar(*key))
                .map_or_else(|| "this".to_owned(), |key| format!("`{key}`")),
            Value::Sequence(_) => format!("an item of {}", self.name(parent, whole)),
            Value::Scalar { .. } => "this".to_owned(),
        }
    }

    /// Whether the mapping that `node` is a key of has the key `name` too.
    pub(super) fn has_beside(&self, node: NodeId, name: &str) -> bool {
        let parent = self.nodes[node].parent.map(|parent| &self.nodes[parent].value);
        match parent {
            Some(Value::Mapping(pairs)) => pairs.iter().any(|(key, _)| self.scalar(*key) == Some(name)),
            Some(Value::Scalar { .. } | Value::Sequence(_)) | None => false,
        }
    }

    /// Takes a node out of its parent: an item, or a key with its value. False for the root.
    pub(super) fn remove(&mut self, node: NodeId) -> bool {
        let Some(parent) = self.nodes[node].parent else { return false };
        match &mut self.nodes[parent].value {
            Value::Mapping(pairs) => pairs.retain(|(key, value)| *key != node && *value != node),
            Value::Sequence(items) => items.retain(|item| *item != node),
            Value::Scalar { .. } => return false,
        }
        true
    }

    /// The keys that stood twice: the second's range, the first's, the key. The second was dropped.
    pub(super) fn take_duplicates(&mut self) -> Vec<(TextRange, TextRange, String)> {
        std::mem::take(&mut self.duplicates)
    }

    /// The range of the value at `path`; of its key where the value is empty.
    pub(super) fn find(&self, path: &[Step]) -> Option<TextRange> {
        let mut node = self.root;
        for step in path {
            node = match (step, self.value(node)) {
                (Step::Key(wanted), Value::Mapping(pairs)) => {
                    pairs.iter().find(|(key, _)| self.scalar(*key) == Some(wanted))?.1
                }
                (Step::Index(index), Value::Sequence(items)) => *items.get(*index)?,
                (Step::Name(wanted), Value::Mapping(pairs)) => {
                    pairs.iter().find(|(key, _)| self.scalar(*key) == Some(wanted))?.0
                }
                // A single value may stand where a list of one is meant.
                (Step::Index(0), Value::Scalar { .. } | Value::Mapping(_)) => node,
                (Step::Key(_) | Step::Name(_) | Step::Index(_), _) => return None,
            };
        }
        Some(self.range(node))
    }

    fn drop_duplicates(&mut self) {
        let mut duplicates = Vec::new();
        for index in 0..self.nodes.len() {
            let Value::Mapping(pairs) = &self.nodes[index].value else { continue };
            let mut seen: HashMap<&str, NodeId> = HashMap::new();
            let mut kept = Vec::with_capacity(pairs.len());
            for (key, value) in pairs {
                match self.scalar(*key).map(|name| (name, seen.get(name).copied())) {
                    Some((name, Some(first))) => {
                        duplicates.push((self.range(*key), self.range(first), name.to_owned()));
                        continue;
                    }
                    Some((name, None)) => {
                        seen.insert(name, *key);
                    }
                    None => {}
                }
                kept.push((*key, *value));
            }
            self.nodes[index].value = Value::Mapping(kept);
        }
        self.duplicates = duplicates;
    }
}

fn span_range(span: &Span, text: &str) -> TextRange {
    let range = span.byte_range().unwrap_or(0..0);
    let end = range.start + text.get(range.clone()).map_or(0, |slice| slice.trim_end().len());
    TextRange::new(range.start, end)
}

/// A collection whose end has not come yet.
struct Open {
    node: NodeId,
    anchor: usize,
    key: Option<NodeId>,
}

struct Builder {
    nodes: Vec<Node>,
    open: Vec<Open>,
    anchors: HashMap<usize, NodeId>,
    root: Option<NodeId>,
}

impl Builder {
    fn event(&mut self, event: Event<'_>, range: TextRange) -> Result<(), &'static str> {
        match event {
            Event::Scalar(text, style, anchor, _) => {
                let plain = style == ScalarStyle::Plain;
                let node = self.push(Value::Scalar { text: text.into_owned(), plain }, range);
                self.attach(node, anchor);
            }
            Event::SequenceStart(_, anchor, _) => self.begin(Value::Sequence(Vec::new()), range, anchor)?,
            Event::MappingStart(_, anchor, _) => self.begin(Value::Mapping(Vec::new()), range, anchor)?,
            Event::SequenceEnd | Event::MappingEnd => {
                let Some(open) = self.open.pop() else { return Err("an end without a beginning") };
                self.nodes[open.node].range.end = range.end.max(self.nodes[open.node].range.end);
                self.attach(open.node, open.anchor);
            }
            Event::Alias(anchor) => {
                let value = match self.anchors.get(&anchor).map(|node| &self.nodes[*node].value) {
                    Some(Value::Scalar { text, plain }) => Value::Scalar { text: text.clone(), plain: *plain },
                    Some(Value::Sequence(items)) => Value::Sequence(items.clone()),
                    Some(Value::Mapping(pairs)) => Value::Mapping(pairs.clone()),
                    None => Value::Scalar { text: String::new(), plain: true },
                };
                let node = self.push(value, range);
                self.attach(node, 0);
            }
            Event::DocumentStart(..) if self.root.is_some() => return Err("there is a second document in it"),
            Event::DocumentStart(..) | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => {}
            _ => {}
        }
        Ok(())
    }

    fn push(&mut self, value: Value, range: TextRange) -> NodeId {
        self.nodes.push(Node { range, value, parent: None });
        self.nodes.len() - 1
    }

    fn begin(&mut self, value: Value, range: TextRange, anchor: usize) -> Result<(), &'static str> {
        if self.open.len() >= DEPTH_AT_MOST {
            return Err("it is nested too deep");
        }
        let node = self.push(value, range);
        self.open.push(Open { node, anchor, key: None });
        Ok(())
    }

    /// Puts a finished node into the collection that is open.
    fn attach(&mut self, node: NodeId, anchor: usize) {
        if anchor != 0 {
            self.anchors.insert(anchor, node);
        }
        let Some(open) = self.open.last_mut() else {
            self.root.get_or_insert(node);
            return;
        };
        self.nodes[node].parent = Some(open.node);
        match &mut self.nodes[open.node].value {
            Value::Sequence(items) => items.push(node),
            Value::Mapping(pairs) => match open.key.take() {
                None => open.key = Some(node),
                Some(key) => pairs.push((key, node)),
            },
            Value::Scalar { .. } => {}
        }
    }
}
