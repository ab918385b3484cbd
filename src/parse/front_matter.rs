//! The typed front matter of each kind of page. A field's doc comment is its manual page.

use std::collections::BTreeMap;
use std::fmt;

use jiff::civil;
use serde::de::{self, Deserializer, MapAccess, SeqAccess, Unexpected, Visitor};
use serde::{Deserialize, Serialize};

use super::document::Field;
use crate::config::Kind;
use crate::yaml;

/// A day, written `2026-11-23`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct Date(pub civil::Date);

/// A map of an author's own keys.
pub type Extra = BTreeMap<String, serde_json::Value>;

macro_rules! front_matter {
    ($($(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident $(as $key:literal)?: $type:ty,)* })+) => {
        $(
            $(#[$doc])*
            #[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
            pub struct $name {
                /// What every kind has.
                pub common: Common,
                $($(#[$field_doc])* pub $field: $type,)*
            }

            impl<'de> Deserialize<'de> for $name {
                fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                    // One flat mapping for the author, so that unknown keys are found; `flatten` would let them pass.
                    #[derive(Deserialize, Default)]
                    #[serde(default, deny_unknown_fields)]
                    struct Written {
                        $($(#[serde(rename = $key)])? $field: $type,)*
                        kind: Option<Kind>,
                        slug: Option<String>,
                        draft: bool,
                        publish_on: Option<Date>,
                        expire_on: Option<Date>,
                        published: Option<Date>,
                        updated: Option<Date>,
                        reviewed: Option<Date>,
                        review_by: Option<Date>,
                        reviewed_by: Vec<String>,
                        authors: Vec<String>,
                        tags: Vec<String>,
                        unlinked: Vec<String>,
                        relations: BTreeMap<String, Vec<String>>,
                        extra: Extra,
                    }
                    let written = Written::deserialize(deserializer)?;
                    Ok(Self {
                        $($field: written.$field,)*
                        common: Common {
                            kind: written.kind,
                            slug: written.slug,
                            draft: written.draft,
                            publish_on: written.publish_on,
                            expire_on: written.expire_on,
                            published: written.published,
                            updated: written.updated,
                            reviewed: written.reviewed,
                            review_by: written.review_by,
                            reviewed_by: written.reviewed_by,
                            authors: written.authors,
                            tags: written.tags,
                            unlinked: written.unlinked,
                            relations: written.relations,
                            extra: written.extra,
                        },
                    })
                }
            }
        )+
    };
}

/// What the front matter of every kind can hold.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Common {
    /// The kind, where the file's folder does not tell it.
    pub kind: Option<Kind>,
    /// The last part of the address, in place of the file's name. The id stays.
    pub slug: Option<String>,
    /// Not to be published yet.
    pub draft: bool,
    /// The first day on which the page is published.
    pub publish_on: Option<Date>,
    /// The first day on which it is published no more.
    pub expire_on: Option<Date>,
    /// When it was first published, as shown to readers.
    pub published: Option<Date>,
    /// When its content last changed.
    pub updated: Option<Date>,
    /// When somebody last reviewed it as a whole.
    pub reviewed: Option<Date>,
    /// When it must be reviewed again.
    pub review_by: Option<Date>,
    /// Who reviewed it: ids of authors. Only if it is true.
    pub reviewed_by: Vec<String>,
    /// Who wrote it: ids of authors.
    pub authors: Vec<String>,
    /// Free words.
    pub tags: Vec<String>,
    /// Ids of terms that are not linked by themselves on this page.
    pub unlinked: Vec<String>,
    /// Typed relations: ids by the id of the relation in site.yaml.
    pub relations: BTreeMap<String, Vec<String>>,
    /// Keys of your own, for your theme.
    pub extra: Extra,
}

front_matter! {
    /// The front matter of an article.
    Article {
        /// The title, best a question or a statement. Required.
        title: String,
        /// The answer in at most 25 words, for lists, search engines and shared links.
        summary: String,
        /// Its place in the section; pages without one come after, by id.
        order: Option<i32>,
        /// What the reader will be able to do. Markdown.
        objectives: Vec<Objective>,
        /// The page in three or so points. Markdown.
        at_a_glance: Vec<String>,
        /// What to remember. Markdown.
        takeaways: Vec<String>,
        /// Ids of articles to read first.
        requires: Vec<String>,
        /// Ids of exercises to try.
        exercises: Vec<String>,
        /// Old addresses of this page, from the site's root: `/old/page/`.
        aliases: Vec<String>,
    }
    /// The front matter of an exercise.
    Exercise {
        /// Its name. Required.
        title: String,
        /// What it is for, in a sentence.
        summary: String,
        /// Its place in lists; exercises without one come after, by id.
        order: Option<i32>,
        /// Its other names.
        also_called: Vec<String>,
        /// Values of the site's facets, by the facet's id; one or a list.
        facets: BTreeMap<String, OneOrMany>,
        /// The muscles that work or stretch.
        muscles: Vec<String>,
        /// How much of it.
        dose: Dose,
        /// Easier exercises, or ways to make it easier.
        easier: Vec<Variation>,
        /// Harder exercises, or ways to make it harder.
        harder: Vec<Variation>,
        /// Signs to stop at. Markdown.
        stop_if: Vec<String>,
        /// Who should not do it, or ask first. Markdown.
        avoid_if: Vec<String>,
        /// What often goes wrong. Markdown.
        mistakes: Vec<String>,
        /// A picture.
        figure: Option<Figure>,
        /// Old addresses of this page, from the site's root.
        aliases: Vec<String>,
    }
    /// The front matter of a term.
    Term {
        /// The term, as it stands in a sentence. Required.
        name: String,
        /// What it means, in one paragraph of plain words. Markdown. Required.
        definition: String,
        /// Other names, shown as "also called" and matched like the name.
        aliases: Vec<Alias>,
        /// Further surface forms, matched but not shown: irregular plurals, adjectives.
        forms: Vec<String>,
        /// How its uses in the text are found.
        matching as "match": Match,
        /// Whether the term itself is agreed upon.
        status: Status,
        /// Ids of terms to look at next.
        see_also: Vec<String>,
        /// Old addresses of the term's page, from the site's root.
        former_urls: Vec<String>,
    }
    /// The front matter of a page.
    Page {
        /// The title. Required.
        title: String,
        /// What it is about, in a sentence.
        summary: String,
        /// Its place in lists.
        order: Option<i32>,
        /// The page in three or so points. Markdown.
        at_a_glance: Vec<String>,
        /// What to remember. Markdown.
        takeaways: Vec<String>,
        /// Old addresses of this page, from the site's root.
        aliases: Vec<String>,
    }
    /// The front matter of an `index.md` that introduces a section, the exercises or the glossary.
    Section {
        /// The title; the one in site.yaml where it is missing.
        title: String,
        /// What it is about; the one in site.yaml where it is missing.
        summary: String,
        /// Old addresses of this page, from the site's root.
        aliases: Vec<String>,
    }
}

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

/// Front matter, by kind.
#[allow(clippy::large_enum_variant, reason = "each stands once in a document, never in a list of its own")]
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Meta {
    /// Of an article.
    Article(Article),
    /// Of an exercise.
    Exercise(Exercise),
    /// Of a term.
    Term(Term),
    /// Of a page.
    Page(Page),
    /// Of an introduction.
    Section(Section),
}

impl Meta {
    /// Which kind it is.
    pub fn kind(&self) -> Kind {
        match self {
            Self::Article(_) => Kind::Article,
            Self::Exercise(_) => Kind::Exercise,
            Self::Term(_) => Kind::Term,
            Self::Page(_) => Kind::Page,
            Self::Section(_) => Kind::Section,
        }
    }

    /// What every kind has.
    pub fn common(&self) -> &Common {
        match self {
            Self::Article(meta) => &meta.common,
            Self::Exercise(meta) => &meta.common,
            Self::Term(meta) => &meta.common,
            Self::Page(meta) => &meta.common,
            Self::Section(meta) => &meta.common,
        }
    }

    /// The title, or the term's name; empty where a section leaves it to site.yaml.
    pub fn title(&self) -> &str {
        match self {
            Self::Article(meta) => &meta.title,
            Self::Exercise(meta) => &meta.title,
            Self::Term(meta) => &meta.name,
            Self::Page(meta) => &meta.title,
            Self::Section(meta) => &meta.title,
        }
    }

    /// The key that holds the title.
    pub fn title_key(&self) -> &'static str {
        match self {
            Self::Term(_) => "name",
            Self::Article(_) | Self::Exercise(_) | Self::Page(_) | Self::Section(_) => "title",
        }
    }

    /// The summary; a term has its definition instead.
    pub fn summary(&self) -> &str {
        match self {
            Self::Article(meta) => &meta.summary,
            Self::Exercise(meta) => &meta.summary,
            Self::Term(_) => "",
            Self::Page(meta) => &meta.summary,
            Self::Section(meta) => &meta.summary,
        }
    }

    /// The place in lists.
    pub fn order(&self) -> Option<i32> {
        match self {
            Self::Article(meta) => meta.order,
            Self::Exercise(meta) => meta.order,
            Self::Page(meta) => meta.order,
            Self::Term(_) | Self::Section(_) => None,
        }
    }

    /// Old addresses, and the key that they stand under.
    pub fn former_urls(&self) -> (&'static str, &[String]) {
        match self {
            Self::Article(meta) => ("aliases", &meta.aliases),
            Self::Exercise(meta) => ("aliases", &meta.aliases),
            Self::Term(meta) => ("former_urls", &meta.former_urls),
            Self::Page(meta) => ("aliases", &meta.aliases),
            Self::Section(meta) => ("aliases", &meta.aliases),
        }
    }
}

impl Meta {
    /// Every field that holds Markdown, with its index in its list, in the order of [`Field`].
    pub fn markdown_fields(&self) -> Vec<(Field, usize, &str)> {
        fn list(field: Field, texts: &[String]) -> impl Iterator<Item = (Field, usize, &str)> {
            texts.iter().enumerate().map(move |(index, text)| (field, index, text.as_str()))
        }
        fn one(field: Field, text: Option<&String>) -> impl Iterator<Item = (Field, usize, &str)> {
            text.into_iter().map(move |text| (field, 0, text.as_str()))
        }
        fn variations(field: Field, variations: &[Variation]) -> impl Iterator<Item = (Field, usize, &str)> {
            let texts = variations.iter().enumerate();
            texts.filter_map(move |(index, variation)| Some((field, index, variation.how.as_deref()?)))
        }
        match self {
            Self::Article(meta) => {
                let objectives = meta.objectives.iter().enumerate();
                objectives
                    .map(|(index, objective)| (Field::Objective, index, objective.text.as_str()))
                    .chain(list(Field::AtAGlance, &meta.at_a_glance))
                    .chain(list(Field::Takeaway, &meta.takeaways))
                    .collect()
            }
            Self::Page(meta) => {
                list(Field::AtAGlance, &meta.at_a_glance).chain(list(Field::Takeaway, &meta.takeaways)).collect()
            }
            Self::Term(meta) => one(Field::Definition, Some(&meta.definition)).collect(),
            Self::Exercise(meta) => {
                one(Field::FigureCaption, meta.figure.as_ref().and_then(|figure| figure.caption.as_ref()))
                    .chain(one(Field::DoseNote, meta.dose.note.as_ref()))
                    .chain(one(Field::DoseSource, meta.dose.source.as_ref()))
                    .chain(variations(Field::EasierHow, &meta.easier))
                    .chain(variations(Field::HarderHow, &meta.harder))
                    .chain(list(Field::StopIf, &meta.stop_if))
                    .chain(list(Field::AvoidIf, &meta.avoid_if))
                    .chain(list(Field::Mistake, &meta.mistakes))
                    .collect()
            }
            Self::Section(_) => Vec::new(),
        }
    }

    /// The text of one field.
    pub fn markdown(&self, field: Field, index: usize) -> Option<&str> {
        if let (Self::Exercise(exercise), Field::FigureSource) = (self, field) {
            return exercise.figure.as_ref().map(|figure| figure.src.as_str());
        }
        self.markdown_fields().into_iter().find(|(f, i, _)| (*f, *i) == (field, index)).map(|(_, _, text)| text)
    }
}
