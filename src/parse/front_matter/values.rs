//! The types of front-matter values.

use std::fmt;

use jiff::civil;
use serde::de::{self, Deserializer, MapAccess, SeqAccess, Unexpected, Visitor};
use serde::{Deserialize, Serialize};

use crate::yaml;

/// A day, written `2026-11-23`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct Date(pub civil::Date);

/// What the reader will be able to do: Markdown, or an id with Markdown.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Objective {
    /// What questions call it.
    pub id: Option<String>,
    /// What it is. Markdown.
    pub text: String,
}

/// How much of an exercise. Numbers may be ranges: `6–10`.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Dose {
    /// Sets.
    pub sets: Option<Amount>,
    /// Repetitions in a set.
    pub reps: Option<Amount>,
    /// How long to hold each, with its unit: `15–30 s`.
    pub hold: Option<String>,
    /// How long to rest between sets, with its unit.
    pub rest: Option<String>,
    /// How often a day.
    pub times_a_day: Option<Amount>,
    /// On how many days a week.
    pub days_a_week: Option<Amount>,
    /// More about it. Markdown.
    pub note: Option<String>,
    /// Where it comes from, honestly. Markdown.
    pub source: Option<String>,
}

impl Dose {
    /// What is given, by its key: all but the note and the source.
    pub fn amounts(&self) -> impl Iterator<Item = (&'static str, &str)> {
        fn number(amount: Option<&Amount>) -> Option<&str> {
            amount.map(|amount| amount.0.as_str())
        }
        [
            ("sets", number(self.sets.as_ref())),
            ("reps", number(self.reps.as_ref())),
            ("hold", self.hold.as_deref()),
            ("rest", self.rest.as_deref()),
            ("times_a_day", number(self.times_a_day.as_ref())),
            ("days_a_week", number(self.days_a_week.as_ref())),
        ]
        .into_iter()
        .filter_map(|(key, amount)| Some((key, amount?)))
    }

    /// This dose with whatever `other` gives in its place.
    pub fn with(&self, other: &Self) -> Self {
        Self {
            sets: other.sets.as_ref().or(self.sets.as_ref()).cloned(),
            reps: other.reps.as_ref().or(self.reps.as_ref()).cloned(),
            hold: other.hold.as_ref().or(self.hold.as_ref()).cloned(),
            rest: other.rest.as_ref().or(self.rest.as_ref()).cloned(),
            times_a_day: other.times_a_day.as_ref().or(self.times_a_day.as_ref()).cloned(),
            days_a_week: other.days_a_week.as_ref().or(self.days_a_week.as_ref()).cloned(),
            note: other.note.as_ref().or(self.note.as_ref()).cloned(),
            source: other.source.as_ref().or(self.source.as_ref()).cloned(),
        }
    }
}

/// A number or a range of numbers, as written.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize)]
pub struct Amount(pub String);

/// An easier or harder way: another exercise, or how to change this one, or both.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Variation {
    /// The id of an exercise.
    pub exercise: Option<String>,
    /// How. Markdown.
    pub how: Option<String>,
}

/// Who should ask before an exercise, or not do it: Markdown, or the site's reasons to ask first with Markdown.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct AvoidIf {
    /// Ids of `exercises: {cautions: …}` in site.yaml.
    pub cautions: Vec<String>,
    /// Who, and what to do instead. Markdown.
    pub text: String,
}

/// An exercise of a sequence: its id, and how much of it where that differs from what the exercise says itself.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct SequenceExercise {
    /// The id of the exercise.
    pub exercise: String,
    /// What is given here takes the place of the exercise's own; it has no source.
    pub dose: Dose,
}

/// A picture with words.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Figure {
    /// The file, relative to this one.
    pub src: String,
    /// What it shows, for those who cannot see it.
    #[serde(default)]
    pub alt: String,
    /// The point that it makes. Markdown.
    pub caption: Option<String>,
}

/// Another name of a term.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Alias {
    /// The name.
    pub name: String,
    /// How it is matched, where it differs from the term.
    pub matching: Option<Match>,
}

/// How uses of a term are found.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Match {
    /// Wherever a form of it stands, in any case; forms with two or more capitals only as written.
    #[default]
    Automatic,
    /// Only where an author writes `[[id]]`.
    Explicit,
    /// Wherever a form of it stands, in upper and lower case as written.
    Exact,
}

/// Whether a term is agreed upon.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// Its experts use it in one sense.
    #[default]
    Accepted,
    /// What is claimed with it is contested.
    Contested,
    /// The term itself is not accepted.
    Disputed,
}

impl Status {
    /// The word for templates.
    pub fn name(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Contested => "contested",
            Self::Disputed => "disputed",
        }
    }
}

/// One value, or a list of them.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct OneOrMany(pub Vec<String>);

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visit;
        impl Visitor<'_> for Visit {
            type Value = Date;
            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str(yaml::DATE)
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<Date, E> {
                let is_plain = text.len() == 10 && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
                let date = is_plain.then(|| text.parse::<civil::Date>().ok()).flatten();
                date.map(Date).ok_or_else(|| E::invalid_value(Unexpected::Str(text), &self))
            }
        }
        deserializer.deserialize_str(Visit)
    }
}

impl<'de> Deserialize<'de> for Amount {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visit;
        impl Visitor<'_> for Visit {
            type Value = Amount;
            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a number such as `8`, or a range such as `6–10`")
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<Amount, E> {
                let parts: Vec<&str> = text.split(['-', '–']).map(str::trim).collect();
                let numbers: Option<Vec<u32>> = parts.iter().map(|part| part.parse().ok()).collect();
                match numbers.as_deref() {
                    Some([number]) => Ok(Amount(number.to_string())),
                    Some([low, high]) if low < high => Ok(Amount(format!("{low}–{high}"))),
                    Some(_) | None => Err(E::invalid_value(Unexpected::Str(text), &self)),
                }
            }
        }
        deserializer.deserialize_str(Visit)
    }
}

/// Reads text as `$from_text`, or keys and values as `$written`.
macro_rules! text_or_mapping {
    ($type:ident, $expecting:literal, |$text:ident| $from_text:expr, $written:ident => $from_mapping:expr) => {
        impl<'de> Deserialize<'de> for $type {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                struct Visit;
                impl<'de> Visitor<'de> for Visit {
                    type Value = $type;
                    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                        formatter.write_str($expecting)
                    }
                    fn visit_str<E: de::Error>(self, $text: &str) -> Result<$type, E> {
                        Ok($from_text)
                    }
                    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<$type, A::Error> {
                        let $written = Deserialize::deserialize(de::value::MapAccessDeserializer::new(map))?;
                        Ok($from_mapping)
                    }
                    fn visit_bool<E: de::Error>(self, truth: bool) -> Result<$type, E> {
                        self.visit_str(if truth { "true" } else { "false" })
                    }
                    fn visit_u64<E: de::Error>(self, number: u64) -> Result<$type, E> {
                        self.visit_str(&number.to_string())
                    }
                }
                deserializer.deserialize_any(Visit)
            }
        }
    };
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenObjective {
    id: Option<String>,
    text: String,
}

#[derive(Deserialize)]
#[serde(default, deny_unknown_fields)]
#[derive(Default)]
struct WrittenVariation {
    exercise: Option<String>,
    how: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenAvoidIf {
    #[serde(default)]
    caution: OneOrMany,
    text: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenSequenceExercise {
    exercise: String,
    sets: Option<Amount>,
    reps: Option<Amount>,
    hold: Option<String>,
    rest: Option<String>,
    times_a_day: Option<Amount>,
    days_a_week: Option<Amount>,
    note: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenAlias {
    name: String,
    #[serde(rename = "match")]
    matching: Option<Match>,
}

text_or_mapping!(
    Objective,
    "text, or `id` and `text`",
    |text| Objective { id: None, text: text.to_owned() },
    written => { let written: WrittenObjective = written; Objective { id: written.id, text: written.text } }
);
text_or_mapping!(
    Variation,
    "the id of an exercise, or `exercise` and `how`",
    |text| Variation { exercise: Some(text.to_owned()), how: None },
    written => { let written: WrittenVariation = written; Variation { exercise: written.exercise, how: written.how } }
);
text_or_mapping!(
    AvoidIf,
    "text, or `caution` and `text`",
    |text| AvoidIf { cautions: Vec::new(), text: text.to_owned() },
    written => { let written: WrittenAvoidIf = written; AvoidIf { cautions: written.caution.0, text: written.text } }
);
text_or_mapping!(
    SequenceExercise,
    "the id of an exercise, or `exercise` with how much of it",
    |text| SequenceExercise { exercise: text.to_owned(), dose: Dose::default() },
    written => {
        let WrittenSequenceExercise { exercise, sets, reps, hold, rest, times_a_day, days_a_week, note } = written;
        SequenceExercise { exercise, dose: Dose { sets, reps, hold, rest, times_a_day, days_a_week, note, source: None } }
    }
);
text_or_mapping!(
    Alias,
    "a name, or `name` and `match`",
    |text| Alias { name: text.to_owned(), matching: None },
    written => { let written: WrittenAlias = written; Alias { name: written.name, matching: written.matching } }
);

impl<'de> Deserialize<'de> for OneOrMany {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visit;
        impl<'de> Visitor<'de> for Visit {
            type Value = OneOrMany;
            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a value or a list of values")
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<OneOrMany, E> {
                Ok(OneOrMany(vec![text.to_owned()]))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<OneOrMany, A::Error> {
                let mut values = Vec::new();
                while let Some(value) = items.next_element::<String>()? {
                    values.push(value);
                }
                Ok(OneOrMany(values))
            }
        }
        deserializer.deserialize_any(Visit)
    }
}
