//! All that a template can see. A field's doc comment is its manual: `themes/README.md` is made from this file.
//!
//! A view is a Tera value, built from parts that are shared: the card of a page is made once, however many lists hold it.

mod names;

use tera::value::Key;
use tera::{Map, Value};

pub use self::names::{EVERYWHERE, TEMPLATES, TOP_LEVEL};

/// A view as its manual shows it.
#[derive(Debug)]
pub struct Manual {
    /// The name of its type.
    pub name: &'static str,
    /// Its doc comment.
    pub about: &'static str,
    /// Its fields in order, each with its doc comment.
    pub fields: &'static [(&'static str, &'static str)],
}

macro_rules! views {
    ($($(#[doc = $doc:literal])* $name:ident { $($(#[doc = $field_doc:literal])* $field:ident,)* })+) => {
        $(
            $(#[doc = $doc])*
            #[derive(Clone, Debug)]
            pub struct $name {
                $($(#[doc = $field_doc])* pub $field: Value,)*
            }

            impl From<$name> for Value {
                fn from(view: $name) -> Self {
                    let mut map = Map::new();
                    $(map.insert(Key::Str(stringify!($field)), view.$field);)*
                    Self::from(map)
                }
            }
        )+

        /// Every view, with its manual.
        pub const VIEWS: &[Manual] = &[$(Manual {
            name: stringify!($name),
            about: concat!($($doc),*),
            fields: &[$((stringify!($field), concat!($($field_doc),*)),)*],
        },)+];
    };
}

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
        /// `{title, summary, path, count}` of the page of all claims that say how sure they are, or none; `count` is that of the claims.
        evidence,
        /// `{title, summary, path, count}` of the learning map, or none.
        map,
        /// `{title, summary, path, count}` of the page that mixes the questions of all pages, or none.
        quiz,
        /// `{title, summary, path, count}` of the page on which readers put handouts together, or none where there are no exercises; `count` is that of
        /// the exercises.
        handout,
        /// `[{title, path}]`: further pages of the header.
        navigation,
        /// `{title, path, summary}` of the help page, or none.
        help,
        /// `{title, path, core}` of the search page, or none where there is nothing to find; `core` is the path of what a script must load
        /// before it can search.
        search,
        /// The path of each of the theme's static files, by its name in `static/`.
        assets,
        /// The path of the feed.
        feed_path,
        /// Name and version of Hornbook.
        generator,
    }
    /// `page`: what every page has.
    PageView {
        /// `home`, `article`, `section`, `exercise`, `exercises`, `sequence`, `handout`, `term`, `glossary`, `page`, `sources`, `evidence`, `map`, `path`, `quiz`, `search` or `not-found`.
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
        /// Whether it was changed after its review.
        changed_since_review,
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
        /// `[{id, title, summary, count}]`: the words for how sure a claim is that the page uses, surest first; `count` is that of the claims.
        evidence,
        /// `[{label, cards}]`: typed relations, in both directions.
        relations,
        /// Cards of pages whose text links here.
        linked_from,
        /// Cards of articles that want this one read first.
        builds_on_this,
        /// `[HTML]`: the answers of its questions, in order; what shows questions loads `questions.css` and `questions.js`.
        answers,
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
        /// As `facets`, of the first three that the site declares.
        facts,
        /// For exercises the ids of the reasons to ask first that they name.
        cautions,
        /// `{path, width, height}` of an exercise's picture, or none; where nothing tells its size, that is none. A drawing is painted
        /// with the theme's `drawings.css`, in light and dark.
        picture,
        /// Other names of an exercise.
        also_called,
        /// For articles `[{title, path}]` of those to read first; empty otherwise.
        requires,
    }
    /// One of `drawings` of the learning map, in whole units of about a pixel.
    DrawingView {
        /// `wide`, for wide screens, or `tall`, for narrow ones.
        name,
        /// Units from side to side.
        width,
        /// Units from top to bottom.
        height,
        /// `[{x, y, width, height, round, label: [{x, y, text}]}]`: grounds of the sections; none in the tall drawing.
        bands,
        /// Path data of the lines with their arrows, from what is read first.
        edges,
        /// As `bands`, with `path` and `lines: [{x, y, text}]`: the articles. Each text is broken so that it fits; `round` is the radius of the
        /// corners, in which sections differ; `label` is the section's name in the tall drawing.
        boxes,
    }
    /// `exercise`: what an exercise has beside its text.
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
    /// `sheet.exercises`: an exercise on a sheet.
    SheetExerciseView {
        /// Its card.
        card,
        /// What the picture of its card shows, for those who cannot see it.
        alt,
        /// How to do it, HTML: its text up to the first heading.
        steps,
        /// As in `exercise`; a sequence may say otherwise.
        dose,
        /// HTML, or none; a sequence may say otherwise.
        dose_note,
        /// `[HTML]`
        stop_if,
    }
    /// `sequence`: what a sequence has beside its text.
    SequenceView {
        /// Minutes that all of it takes, or none.
        minutes,
        /// The path of a handout with the same exercises, to change.
        handout_path,
    }
    /// `term`: also each term of the glossary.
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
