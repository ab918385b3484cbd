//! A serde deserializer over a [`Tree`] whose errors know their node.

use std::cell::Cell;
use std::fmt::{self, Display};

use serde::de::value::{MapDeserializer, SeqDeserializer};
use serde::de::{self, DeserializeSeed, EnumAccess, Expected, IntoDeserializer, Unexpected, VariantAccess, Visitor};
use serde::forward_to_deserialize_any;

use super::tree::{NodeId, Tree, Value};

/// Values nested through aliases can be many more than nodes; reading more than this is refused.
const VISITS_AT_MOST: usize = 100_000;

/// Why a node could not be read.
#[derive(Debug)]
pub(super) struct Fault {
    /// The innermost node to blame.
    pub(super) node: Option<NodeId>,
    pub(super) kind: FaultKind,
}

#[derive(Debug)]
pub(super) enum FaultKind {
    Type { found: String, expected: String },
    Value { found: String, expected: String },
    UnknownKey { key: String, expected: &'static [&'static str] },
    UnknownWord { word: String, expected: &'static [&'static str] },
    Missing(String),
    Other(String),
}

impl Fault {
    fn of(kind: FaultKind) -> Self {
        Self { node: None, kind }
    }

    fn at(mut self, node: NodeId) -> Self {
        self.node.get_or_insert(node);
        self
    }
}

impl Display for Fault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:?}", self.kind)
    }
}

impl std::error::Error for Fault {}

impl de::Error for Fault {
    fn custom<T: Display>(message: T) -> Self {
        Self::of(FaultKind::Other(message.to_string()))
    }
    fn invalid_type(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::of(FaultKind::Type { found: found_in_words(found), expected: expected_in_words(expected) })
    }
    fn invalid_value(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::of(FaultKind::Value { found: found_in_words(found), expected: expected_in_words(expected) })
    }
    fn unknown_field(field: &str, expected: &'static [&'static str]) -> Self {
        Self::of(FaultKind::UnknownKey { key: field.to_owned(), expected })
    }
    fn unknown_variant(variant: &str, expected: &'static [&'static str]) -> Self {
        Self::of(FaultKind::UnknownWord { word: variant.to_owned(), expected })
    }
    fn missing_field(field: &'static str) -> Self {
        Self::of(FaultKind::Missing(field.to_owned()))
    }
}

fn found_in_words(found: Unexpected<'_>) -> String {
    match found {
        Unexpected::Bool(truth) => format!("`{truth}`, which YAML reads as a truth value"),
        Unexpected::Unsigned(number) => format!("the number `{number}`"),
        Unexpected::Signed(number) => format!("the number `{number}`"),
        Unexpected::Float(number) => format!("the number `{number}`"),
        Unexpected::Str(text) => format!("`{text}`"),
        Unexpected::Unit | Unexpected::Option => "nothing".to_owned(),
        Unexpected::Seq => "a list".to_owned(),
        Unexpected::Map => "keys and values".to_owned(),
        other => other.to_string(),
    }
}

/// serde's words for what it wanted, in an author's words.
fn expected_in_words(expected: &dyn Expected) -> String {
    let expected = expected.to_string();
    match expected.as_str() {
        "a string" | "a borrowed string" | "string or map" => "text".to_owned(),
        "a boolean" => "true or false".to_owned(),
        "a sequence" => "a list".to_owned(),
        "a map" => "keys and values".to_owned(),
        "u8" | "u16" | "u32" | "u64" | "usize" | "nonzero u32" => "a whole number".to_owned(),
        "i8" | "i16" | "i32" | "i64" | "isize" => "a whole number".to_owned(),
        _ if expected.starts_with("struct ") => "keys and values".to_owned(),
        _ => expected,
    }
}

/// One node, ready to be read as any type.
#[derive(Clone, Copy)]
pub(super) struct TreeDeserializer<'t> {
    tree: &'t Tree,
    node: NodeId,
    visits: &'t Cell<usize>,
}

impl<'t> TreeDeserializer<'t> {
    /// The whole of `tree`; `visits` counts the nodes read, from nought.
    pub(super) fn root(tree: &'t Tree, visits: &'t Cell<usize>) -> Self {
        Self { tree, node: tree.root(), visits }
    }

    fn to(self, node: NodeId) -> Self {
        Self { node, ..self }
    }

    fn count(self) -> Result<(), Fault> {
        self.visits.set(self.visits.get() + 1);
        if self.visits.get() > VISITS_AT_MOST {
            return Err(Fault::of(FaultKind::Other("it holds too many values".to_owned())).at(self.tree.root()));
        }
        Ok(())
    }

    fn any<'de, V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.count()?;
        let result = match self.tree.value(self.node) {
            Value::Scalar { text, plain: true } => plain(text, visitor),
            Value::Scalar { text, plain: false } => visitor.visit_str(text),
            Value::Sequence(items) => visitor.visit_seq(SeqDeserializer::new(items.iter().map(|item| self.to(*item)))),
            Value::Mapping(pairs) => visitor
                .visit_map(MapDeserializer::new(pairs.iter().map(|(key, value)| (self.to(*key), self.to(*value))))),
        };
        result.map_err(|fault| fault.at(self.node))
    }

    fn is_null(self) -> bool {
        matches!(self.tree.value(self.node), Value::Scalar { text, plain: true } if is_null(text))
    }
}

fn is_null(text: &str) -> bool {
    matches!(text, "" | "~" | "null" | "Null" | "NULL")
}

/// A scalar without quotes, as the core schema of YAML 1.2 resolves it.
fn plain<'de, V: Visitor<'de>>(text: &str, visitor: V) -> Result<V::Value, Fault> {
    match text {
        "true" | "True" | "TRUE" => return visitor.visit_bool(true),
        "false" | "False" | "FALSE" => return visitor.visit_bool(false),
        _ if is_null(text) => return visitor.visit_unit(),
        _ => {}
    }
    let is_number = text.starts_with(|first: char| first.is_ascii_digit() || matches!(first, '-' | '+' | '.'));
    if is_number {
        if let Ok(number) = text.parse::<u64>() {
            return visitor.visit_u64(number);
        }
        if let Ok(number) = text.parse::<i64>() {
            return visitor.visit_i64(number);
        }
        if let Ok(number) = text.parse::<f64>() {
            return visitor.visit_f64(number);
        }
    }
    visitor.visit_str(text)
}

impl<'de> de::Deserializer<'de> for TreeDeserializer<'_> {
    type Error = Fault;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.any(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        if self.is_null() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_newtype_struct(self)
    }

    /// Text is taken as written, as `serde_yaml` does: `title: 1984` is the text `1984`.
    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.tree.value(self.node) {
            Value::Scalar { text, .. } if !self.is_null() => {
                visitor.visit_str(text).map_err(|fault: Fault| fault.at(self.node))
            }
            Value::Scalar { .. } | Value::Sequence(_) | Value::Mapping(_) => self.any(visitor),
        }
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.deserialize_str(visitor)
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.deserialize_str(visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        visitor.visit_enum(self).map_err(|fault| fault.at(self.node))
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char bytes byte_buf unit unit_struct seq tuple tuple_struct
        map struct ignored_any
    }
}

impl<'de> IntoDeserializer<'de, Fault> for TreeDeserializer<'_> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

/// Enums are words only.
impl<'de> EnumAccess<'de> for TreeDeserializer<'_> {
    type Error = Fault;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Self), Fault> {
        Ok((seed.deserialize(self)?, self))
    }
}

impl<'de> VariantAccess<'de> for TreeDeserializer<'_> {
    type Error = Fault;

    fn unit_variant(self) -> Result<(), Fault> {
        Ok(())
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Fault> {
        seed.deserialize(self)
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Fault> {
        self.any(visitor)
    }

    fn struct_variant<V: Visitor<'de>>(self, _: &'static [&'static str], visitor: V) -> Result<V::Value, Fault> {
        self.any(visitor)
    }
}
