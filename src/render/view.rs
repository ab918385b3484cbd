//! All that a template can see. A field's doc comment is its manual.
//!
//! A view is a Tera value, built from parts that are shared: the card of a page is made once, however many lists hold it. The key that
//! decides whether a page is rendered again is the hash of exactly the values that its template is given.

use std::hash::{Hash, Hasher};

use tera::value::{Key, ValueKind};
use tera::{Context, Map, Value};

use crate::text::Fingerprint;

macro_rules! views {
    ($($(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident,)* })+) => {
        $(
            $(#[$doc])*
            #[derive(Clone, Debug)]
            pub struct $name {
                $($(#[$field_doc])* pub $field: Value,)*
            }

            impl From<$name> for Value {
                fn from(view: $name) -> Self {
                    let mut map = Map::new();
                    $(map.insert(Key::Str(stringify!($field)), view.$field);)*
                    Self::from(map)
                }
            }
        )+
    };
}

/// Every name that some template sees at its top. `root`, `words`, `site` and `page` are everywhere.
pub const TOP_LEVEL: &[&str] = &[
    "root",
    "words",
    "site",
    "page",
    "sections",
    "featured",
    "counts",
    "articles",
    "siblings",
    "at_a_glance",
    "objectives",
    "takeaways",
    "requires",
    "exercises",
    "part",
    "previous",
    "next",
    "exercise",
    "sheet",
    "sequence",
    "sequences",
    "intro",
    "count",
    "current",
    "facets",
    "groups",
    "letters",
    "alphabet",
    "term",
    "sources",
];

views! {
    /// `site`: the same on every page.
    SiteView {
        /// The site's name.
        title,
        /// What it is about.
        summary,
        /// Its language, as a BCP 47 tag.
        language,
        /// `ltr` or `rtl`.
        direction,
        /// Its public address, with a slash at the end.
        base_url,
        /// The path of the home page: empty.
        home_path,
        /// `{name, url}`, or none.
        licence,
        /// `{name, url}`, or none.
        publisher,
        /// `[{id, title, summary, path, count}]` in reading order.
        sections,
        /// `{title, summary, path, count}`, or none.
        exercises,
        /// `{title, summary, path, count}`, or none.
        glossary,
        /// `{title, summary, path, count}`, or none.
        sources,
        /// `{title, path}` of the page on which readers put handouts together, or none where there are no exercises.
        handout,
        /// `[{title, path}]`: further pages of the header.
        navigation,
        /// `{title, path, summary}` of the help page, or none.
        help,
        /// The path of each of the theme's static files, by its name in `static/`.
        assets,
        /// The path of the feed.
        feed_path,
        /// Name and version of Hornbook.
        generator,
    }
    /// `page`: what every page has.
    PageView {
        /// `home`, `article`, `section`, `exercise`, `exercises`, `sequence`, `handout`, `term`, `glossary`, `page`, `sources` or `not-found`.
        kind,
        /// The id; empty for generated pages.
        id,
        /// The title, plain text.
        title,
        /// The path below the root, with a slash at the end.
        path,
        /// The public address.
        canonical,
        /// The summary, plain text; may be empty.
        summary,
        /// For search engines: the summary, or the site's.
        description,
        /// Empty, or `noindex`.
        robots,
        /// Whether it is a draft.
        draft,
        /// `[{title, path}]` from the home page to its parent.
        breadcrumbs,
        /// Free words.
        tags,
        /// `[{name, url, credentials}]`
        authors,
        /// As `authors`.
        reviewed_by,
        /// `{published, updated, reviewed, review_by}`, each `{iso, text}` or none.
        dates,
        /// Minutes to read it, at 200 words a minute and 12 seconds a picture, at least one.
        minutes,
        /// Words.
        words,
        /// `[{id, title, children: [{id, title}]}]`: second-level headings and the third-level ones in them.
        contents,
        /// The text, HTML.
        body,
        /// The author's own keys.
        extra,
        /// `[{number, id, key, text, short, url, uses: [{href, label}]}]`: the page's sources, in order; `text` is HTML,
        /// `short` says who and when.
        sources,
        /// `[{id, name, definition, status, path}]`: the terms that the page links to, by name; `definition` is HTML.
        definitions,
        /// `[{id, title, summary}]`: the words for how sure a claim is that the page uses, surest first.
        evidence,
        /// `[{label, cards}]`: typed relations, in both directions.
        relations,
        /// Cards of pages whose text links here.
        linked_from,
        /// Cards of articles that want this one read first.
        builds_on_this,
    }
    /// A page in a list.
    CardView {
        /// As in `page`.
        kind,
        /// As in `page`.
        id,
        /// As in `page`.
        title,
        /// Path, perhaps with an anchor.
        path,
        /// As in `page`.
        summary,
        /// As in `page`.
        minutes,
        /// For terms `accepted`, `contested` or `disputed`; empty otherwise.
        status,
        /// For exercises `[{id, title, values: [{id, title, path}]}]`; empty otherwise.
        facets,
        /// Other names of an exercise.
        also_called,
    }
    /// `exercise`
    ExerciseView {
        /// Other names.
        also_called,
        /// `[{id, title, values: [{id, title, path}]}]`
        facets,
        /// The muscles that work or stretch.
        muscles,
        /// `[{id, value}]`: what is given of sets, reps, hold, rest, times_a_day, days_a_week.
        dose,
        /// HTML, or none.
        dose_note,
        /// HTML, or none.
        dose_source,
        /// `[{card, how}]`: a card or none, HTML or none.
        easier,
        /// As `easier`.
        harder,
        /// `[HTML]`
        stop_if,
        /// `[HTML]`
        avoid_if,
        /// `[HTML]`
        mistakes,
        /// HTML, or none.
        figure,
        /// Cards of articles.
        recommended_in,
        /// Cards of the sequences that it is a part of.
        part_of,
        /// The path of a new handout with it.
        handout_path,
    }
    /// `sheet`: what a handout shows, on the page of a sequence and on the one where readers put their own together.
    SheetView {
        /// The first emergency card of the help page, HTML with a second-level heading, or none.
        emergency,
        /// What site.yaml says on every handout, HTML, or none.
        note,
        /// `[sheet exercise]`, in order; on the page to choose from, every exercise of the site.
        exercises,
        /// More exercises than this are advised against.
        advise_at_most,
    }
    /// An exercise on a sheet.
    SheetExerciseView {
        /// Its card.
        card,
        /// HTML, or none.
        figure,
        /// How to do it, HTML: its text up to the first heading.
        steps,
        /// As in `exercise`; a sequence may say otherwise.
        dose,
        /// HTML, or none; a sequence may say otherwise.
        dose_note,
        /// `[HTML]`
        stop_if,
    }
    /// `sequence`
    SequenceView {
        /// Minutes that all of it takes, or none.
        minutes,
        /// The path of a handout with the same exercises, to change.
        handout_path,
    }
    /// `term`, and each term of the glossary.
    TermView {
        /// The id.
        id,
        /// The name.
        name,
        /// HTML.
        definition,
        /// Other names.
        also_called,
        /// `accepted`, `contested` or `disputed`.
        status,
        /// Path of its entry or page.
        path,
        /// Whether it has a page of its own.
        has_page,
        /// `[{name, path}]`
        see_also,
        /// `[{card, sentence}]`: where it is used, with the sentence around the first use, HTML.
        used_in,
        /// How many more pages use it.
        used_in_more,
        /// `[{label, cards}]`
        relations,
    }
}

/// A map of a few named values.
pub fn record<const N: usize>(fields: [(&'static str, Value); N]) -> Value {
    let mut map = Map::new();
    for (name, value) in fields {
        map.insert(Key::Str(name), value);
    }
    Value::from(map)
}

/// A list of values.
pub fn list(values: impl IntoIterator<Item = Value>) -> Value {
    Value::from(values.into_iter().collect::<Vec<Value>>())
}

/// HTML that is not escaped again.
pub fn html(html: &str) -> Value {
    Value::safe_string(html)
}

/// The fingerprint of everything in a context but the names in `constant`, which the caller hashes once for all pages.
pub fn fingerprint(context: &Context, constant: &[&str]) -> Fingerprint {
    struct Whole<'a>(&'a Context, &'a [&'a str]);
    impl Hash for Whole<'_> {
        fn hash<H: Hasher>(&self, state: &mut H) {
            for name in TOP_LEVEL.iter().filter(|name| !self.1.contains(name)) {
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
pub fn value_fingerprint(value: &Value) -> Fingerprint {
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

    use super::{html, list, record, value_fingerprint};

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
                assert_eq!(
                    value_fingerprint(one) == value_fingerprint(other),
                    index == other_index,
                    "{one:?} {other:?}"
                );
            }
        }
    }
}
