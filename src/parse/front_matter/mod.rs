//! The typed front matter of each kind of page. A field's doc comment is its manual page.

mod fields;
mod values;

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::de::Deserializer;

pub use self::values::{
    Alias, Amount, AvoidIf, Date, Dose, Figure, Match, Objective, OneOrMany, SequenceExercise, Status, Variation,
};
use crate::config::{CareLevel, Kind};

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
                        seal: Option<String>,
                        authors: Vec<String>,
                        tags: Vec<String>,
                        unlinked: Vec<String>,
                        relations: BTreeMap<String, Vec<String>>,
                        allow: BTreeMap<String, String>,
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
                            seal: written.seal,
                            authors: written.authors,
                            tags: written.tags,
                            unlinked: written.unlinked,
                            relations: written.relations,
                            allow: written.allow,
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
    /// What `hornbook review sign` wrote when it was reviewed: a hash of what the page says, by which later changes are noticed.
    pub seal: Option<String>,
    /// Who wrote it: ids of authors.
    pub authors: Vec<String>,
    /// Free words.
    pub tags: Vec<String>,
    /// Ids of terms that are not linked by themselves on this page.
    pub unlinked: Vec<String>,
    /// Typed relations: ids by the id of the relation in site.yaml.
    pub relations: BTreeMap<String, Vec<String>>,
    /// Findings to take back in this file: the reason by the code, as `{vague-link: The form says so}`.
    pub allow: BTreeMap<String, String>,
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
        /// Who should not do it, or ask first. Markdown, or with a reason that site.yaml declares: `{caution: wrists, text: …}`.
        avoid_if: Vec<AvoidIf>,
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
    /// The front matter of a sequence. Its body says whom it suits and when to move on.
    Sequence {
        /// The title. Required.
        title: String,
        /// What it is for, in a sentence.
        summary: String,
        /// Its place in lists; sequences without one come after, by id.
        order: Option<i32>,
        /// Minutes that all of it takes.
        minutes: Option<u32>,
        /// The exercises in their order: ids, or `exercise` with `sets`, `reps`, `hold`, `rest`, `times_a_day`, `days_a_week` or `note`
        /// in place of what the exercise says itself. Required.
        exercises: Vec<SequenceExercise>,
        /// Old addresses of this page, from the site's root.
        aliases: Vec<String>,
    }
    /// The front matter of a care card. Its body lists the signs, and may say more below.
    Care {
        /// How urgent it is: `emergency`, `urgent` or `routine`. Required.
        level: Option<CareLevel>,
        /// What to do, up to the signs: `Call a doctor today if:`. Required.
        title: String,
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
    /// Of a sequence.
    Sequence(Sequence),
    /// Of a care card.
    Care(Care),
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
            Self::Sequence(_) => Kind::Sequence,
            Self::Care(_) => Kind::Care,
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
            Self::Sequence(meta) => &meta.common,
            Self::Care(meta) => &meta.common,
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
            Self::Sequence(meta) => &meta.title,
            Self::Care(meta) => &meta.title,
        }
    }

    /// The key that holds the title.
    pub fn title_key(&self) -> &'static str {
        match self {
            Self::Term(_) => "name",
            Self::Article(_)
            | Self::Exercise(_)
            | Self::Page(_)
            | Self::Section(_)
            | Self::Sequence(_)
            | Self::Care(_) => "title",
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
            Self::Sequence(meta) => &meta.summary,
            Self::Care(_) => "",
        }
    }

    /// The place in lists.
    pub fn order(&self) -> Option<i32> {
        match self {
            Self::Article(meta) => meta.order,
            Self::Exercise(meta) => meta.order,
            Self::Page(meta) => meta.order,
            Self::Sequence(meta) => meta.order,
            Self::Term(_) | Self::Section(_) | Self::Care(_) => None,
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
            Self::Sequence(meta) => ("aliases", &meta.aliases),
            Self::Care(_) => ("aliases", &[]),
        }
    }
}
