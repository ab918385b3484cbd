//! What decides whether a page is rendered again: the hash of exactly the values that its template is given.

use std::hash::{Hash, Hasher};

use tera::value::ValueKind;
use tera::{Context, Value};

use super::view::TOP_LEVEL;
use crate::text::Fingerprint;

/// The fingerprint of everything in a context but the names in `constant`, which the caller hashes once for all pages.
pub fn of_context(context: &Context, constant: &[&str]) -> Fingerprint {
    struct Whole<'a>(&'a Context, &'a [&'a str]);
    impl Hash for Whole<'_> {
        fn hash<H: Hasher>(&self, state: &mut H) {
            for (name, _) in TOP_LEVEL.iter().filter(|(name, _)| !self.1.contains(name)) {
                if let Some(value) = self.0.get(name) {
                    name.hash(state);
                    hash_value(value, state);
                }
            }
        }
    }
    Fingerprint::of(&Whole(context, constant))
}

/// The fingerprint of one value.
pub fn of_value(value: &Value) -> Fingerprint {
    struct One<'a>(&'a Value);
    impl Hash for One<'_> {
        fn hash<H: Hasher>(&self, state: &mut H) {
            hash_value(self.0, state);
        }
    }
    Fingerprint::of(&One(value))
}

fn hash_value<H: Hasher>(value: &Value, state: &mut H) {
    if let Some(text) = value.as_str() {
        (0_u8, value.is_safe(), text).hash(state);
    } else if let Some(map) = value.as_map() {
        (1_u8, map.len()).hash(state);
        for (key, value) in map {
            key.as_str().hash(state);
            hash_value(value, state);
        }
    } else if let Some(items) = value.as_array() {
        (2_u8, items.len()).hash(state);
        for item in items {
            hash_value(item, state);
        }
    } else if value.kind() == ValueKind::Bool {
        (3_u8, value.as_bool()).hash(state);
    } else if let Some(number) = value.as_i128() {
        (4_u8, number).hash(state);
    } else {
        (5_u8, value.as_f64().map(f64::to_bits), value.is_none()).hash(state);
    }
}

#[cfg(test)]
mod tests {
    use tera::Value;

    use super::of_value;
    use crate::render::view::{html, list, record};

    #[test]
    fn every_difference_shows() {
        let values = [
            Value::from("a"),
            html("a"),
            Value::from(true),
            Value::from(1_u64),
            Value::from(1.5),
            Value::none(),
            list([]),
            list([Value::from("a")]),
            record([("a", Value::from("b"))]),
            record([("b", Value::from("a"))]),
        ];
        for (index, one) in values.iter().enumerate() {
            for (other_index, other) in values.iter().enumerate() {
                assert_eq!(of_value(one) == of_value(other), index == other_index, "{one:?} {other:?}");
            }
        }
    }
}
