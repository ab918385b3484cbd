//! Parts of views that many pages share: made once.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

use tera::{Map, Value};

use super::drawings::Picture;
use super::evidence;
use super::facets::cautions_of;
use super::handout::HANDOUT_PATH;
use super::map;
use super::questions::{self, QUIZ_PATH};
use super::theme::Theme;
use super::view::{CardView, SiteView, list, record};
use crate::config;
use crate::parse::front_matter::{Date, Exercise, Meta};
use crate::resolve::site::{Page, PageId, Site, Target};
use crate::search::{self, Index};
use crate::text::{VPath, percent_encode_into};

/// Words that a reader reads in a minute, and seconds for a picture.
const WORDS_A_MINUTE: usize = 200;
const SECONDS_A_PICTURE: usize = 12;

/// Facets that a card shows.
const FACTS_AT_MOST: usize = 3;

/// Where the search page is, and what its script is told of what can be found.
const SEARCH_PATH: &str = "search/";
pub const SEARCH_CORE: &str = "search/core.js";

/// Scripts that run from right to left, by language.
const RIGHT_TO_LEFT: &[&str] = &["ar", "dv", "fa", "he", "ku", "ps", "sd", "ug", "ur", "yi"];

/// What every page's view is made of. What takes time is made when it is first asked for.
#[derive(Debug)]
pub struct Parts {
    /// The site.
    pub site: Arc<Site>,
    /// Its theme.
    pub theme: Arc<Theme>,
    /// `site`
    pub site_view: Value,
    /// `words`
    pub words: Value,
    /// The pictures of cards, by file.
    pub pictures: BTreeMap<VPath, Picture>,
    cards: Vec<OnceLock<Value>>,
    /// What was read in texts before the index is made.
    known_words: search::Memory,
    index: OnceLock<(Index, search::Memory)>,
}

impl Parts {
    /// Makes the view of the site. Texts that `known_words` has are not read again for the index.
    pub fn new(site: Arc<Site>, theme: Arc<Theme>, known_words: search::Memory) -> Self {
        let words =
            theme.words.iter().map(|(key, word)| (key.clone().into(), Value::from(word.as_str()))).collect::<Map>();
        Self {
            site_view: site_view(&site, &theme),
            words: Value::from(words),
            pictures: theme.drawings.pictures(&site),
            cards: site.pages.iter().map(|_| OnceLock::new()).collect(),
            known_words,
            index: OnceLock::new(),
            site,
            theme,
        }
    }

    /// The words of the site.
    pub fn index(&self) -> &Index {
        &self.index.get_or_init(|| Index::new(&self.site, &self.known_words)).0
    }

    /// What the next index can use.
    pub fn memory(&self) -> &search::Memory {
        self.index.get().map_or(&self.known_words, |(_, memory)| memory)
    }

    /// Whether there is anything to search.
    pub fn is_searchable(&self) -> bool {
        is_searchable(&self.site)
    }

    /// The card of a page.
    pub fn card(&self, page: PageId) -> Value {
        let made = || card(&self.site, self.site.page(page), &self.pictures);
        self.cards[page.index()].get_or_init(made).clone()
    }

    /// The cards of some pages.
    pub fn cards(&self, pages: &[PageId]) -> Value {
        list(pages.iter().map(|page| self.card(*page)))
    }

    /// The card of a page, or none.
    pub fn card_or_none(&self, page: Option<PageId>) -> Value {
        page.map_or_else(Value::none, |page| self.card(page))
    }

    /// A day, `{iso, text}`, or none.
    pub fn date(&self, date: Option<Date>) -> Value {
        let Some(Date(date)) = date else { return Value::none() };
        let months: Vec<&str> = self.theme.word("months").split(',').map(str::trim).collect();
        let month = months.get(usize::try_from(date.month() - 1).unwrap_or_default()).copied().unwrap_or_default();
        let text = self.theme.word("date").replace("{day}", &date.day().to_string());
        let text = text.replace("{month}", month).replace("{year}", &date.year().to_string());
        record([("iso", Value::from(date.to_string())), ("text", Value::from(text))])
    }

    /// The name of the exercise index.
    pub fn exercises_title(&self) -> String {
        self.title_of(self.site.exercises_intro, self.site.config.exercises.title.as_ref(), "exercises")
    }

    /// The name of the glossary.
    pub fn glossary_title(&self) -> String {
        self.title_of(self.site.glossary_intro, self.site.config.glossary.title.as_ref(), "glossary")
    }

    /// The name of the page of sources.
    pub fn sources_title(&self) -> String {
        self.title_of(None, self.site.config.sources.title.as_ref(), "sources")
    }

    /// The name of the page of all claims.
    pub fn claims_title(&self) -> String {
        self.title_of(None, self.site.config.claims.title.as_ref(), "evidence")
    }

    /// The name of the learning map.
    pub fn map_title(&self) -> String {
        self.title_of(None, self.site.config.map.title.as_ref(), "map")
    }

    /// The name of the page that puts handouts together.
    pub fn handout_title(&self) -> String {
        self.title_of(None, self.site.config.handout.title.as_ref(), "handout")
    }

    /// Whether the site's script runs from right to left.
    pub fn is_mirrored(&self) -> bool {
        is_mirrored(&self.site)
    }

    fn title_of(&self, intro: Option<PageId>, configured: Option<&String>, word: &str) -> String {
        heading_title(&self.site, &self.theme, intro, configured, word)
    }
}

fn is_mirrored(site: &Site) -> bool {
    RIGHT_TO_LEFT.contains(&site.config.language.split('-').next().unwrap_or_default())
}

/// The title of a generated page: its introduction's, else site.yaml's, else the theme's word.
fn heading_title(site: &Site, theme: &Theme, intro: Option<PageId>, configured: Option<&String>, word: &str) -> String {
    let own = intro.map(|page| site.page(page).title.clone()).filter(|title| !title.is_empty());
    own.or_else(|| configured.cloned()).unwrap_or_else(|| theme.word(word).to_owned())
}

/// The summary of a generated page: its introduction's, else site.yaml's.
pub fn heading_summary(site: &Site, intro: Option<PageId>, configured: &str) -> String {
    let own = intro.map(|page| site.page(page).summary.clone()).filter(|summary| !summary.is_empty());
    own.unwrap_or_else(|| configured.to_owned())
}

/// A path as it stands in a link.
pub fn path_value(path: &str) -> Value {
    let mut out = String::with_capacity(path.len());
    percent_encode_into(&mut out, path);
    // Paths hold no character that the encoding turns into an entity, so the value is escaped like any other.
    Value::from(out)
}

/// Minutes to read a page, at least one.
pub fn minutes(site: &Site, page: &Page) -> usize {
    let seconds = site.words(page) * 60 / WORDS_A_MINUTE + page.document.figures * SECONDS_A_PICTURE;
    seconds.div_ceil(60).max(1)
}

/// The word for a page's kind in templates.
pub fn kind_name(site: &Site, page: &Page) -> &'static str {
    if site.home.is_some_and(|home| std::ptr::eq(site.page(home), page)) { "home" } else { page.kind().name() }
}

fn card(site: &Site, page: &Page, pictures: &BTreeMap<VPath, Picture>) -> Value {
    let (status, facets, facts, also_called) = match &page.document.meta {
        Meta::Term(term) => (term.status.name(), list([]), list([]), list([])),
        Meta::Exercise(exercise) => {
            let all = &site.config.exercises.facets;
            let first = &all[..all.len().min(FACTS_AT_MOST)];
            ("", facets(all, exercise), facets(first, exercise), texts(&exercise.also_called))
        }
        Meta::Article(_) | Meta::Page(_) | Meta::Section(_) | Meta::Sequence(_) | Meta::Care(_) => {
            ("", list([]), list([]), list([]))
        }
    };
    let cautions: BTreeSet<&String> = cautions_of(page).collect();
    CardView {
        kind: Value::from(kind_name(site, page)),
        id: Value::from(page.id()),
        title: Value::from(page.title.as_str()),
        path: path_value(page.url.as_str()),
        summary: Value::from(page.summary.as_str()),
        minutes: Value::from(minutes(site, page)),
        status: Value::from(status),
        facets,
        facts,
        cautions: list(cautions.into_iter().map(|id| Value::from(id.as_str()))),
        picture: picture(page, pictures),
        also_called,
        requires: list(page.links.requires.iter().map(|other| title_and_path(site.page(*other)))),
    }
    .into()
}

/// The picture that the front matter names, or none.
fn picture(page: &Page, pictures: &BTreeMap<VPath, Picture>) -> Value {
    let Some(Target::Asset(path)) = page.document.figure.map(|figure| page.target(figure)) else {
        return Value::none();
    };
    let Some(Picture { url, size, .. }) = pictures.get(path) else { return Value::none() };
    record([
        ("path", path_value(url)),
        ("width", Value::from(size.map(|(width, _)| width))),
        ("height", Value::from(size.map(|(_, height)| height))),
    ])
}

/// `{title, path}`
fn title_and_path(page: &Page) -> Value {
    record([("title", Value::from(page.title.as_str())), ("path", path_value(page.url.as_str()))])
}

/// The values that an exercise has of `facets`, in the order of site.yaml, each with the path of its page.
pub fn facets(facets: &[config::Facet], exercise: &Exercise) -> Value {
    let facets = facets.iter().filter_map(|facet| {
        let chosen = &exercise.facets.get(&facet.id)?.0;
        let values = facet.values.iter().filter(|value| chosen.contains(&value.id)).map(|value| {
            record([
                ("id", Value::from(value.id.as_str())),
                ("title", Value::from(value.title.as_str())),
                ("path", path_value(&facet_path(&facet.id, &value.id))),
            ])
        });
        Some(record([
            ("id", Value::from(facet.id.as_str())),
            ("title", Value::from(facet.title.as_str())),
            ("values", list(values)),
        ]))
    });
    list(facets)
}

/// The path of a facet value's page.
pub fn facet_path(facet: &str, value: &str) -> String {
    format!("exercises/{facet}/{value}/")
}

/// A list of texts.
pub fn texts(texts: &[String]) -> Value {
    list(texts.iter().map(|text| Value::from(text.as_str())))
}

fn link(link: Option<&config::Link>) -> Value {
    link.map_or_else(Value::none, |link| {
        record([("name", Value::from(link.name.as_str())), ("url", Value::from(link.url.clone()))])
    })
}

/// Whether a site has anything to search: a page beside its lists.
fn is_searchable(site: &Site) -> bool {
    search::documents::are_there(site)
}

fn search_view(site: &Site, theme: &Theme) -> Value {
    if !is_searchable(site) {
        return Value::none();
    }
    record([
        ("title", Value::from(theme.word("search"))),
        ("path", Value::from(SEARCH_PATH)),
        ("core", Value::from(SEARCH_CORE)),
    ])
}

/// The sections, for menus.
fn sections_view(site: &Site) -> Value {
    list(site.sections.iter().map(|section| {
        record([
            ("id", Value::from(section.id.as_str())),
            ("title", Value::from(section.title.as_str())),
            ("summary", Value::from(section.summary.as_str())),
            ("path", path_value(section.url.as_str())),
            ("count", Value::from(section.articles.len())),
        ])
    }))
}

fn site_view(site: &Site, theme: &Theme) -> Value {
    let config = &*site.config;
    let generated = |intro, title: Option<&String>, word: &'static str, summary: &str, path: &str, count: usize| {
        if count == 0 {
            return Value::none();
        }
        record([
            ("title", Value::from(heading_title(site, theme, intro, title, word))),
            ("summary", Value::from(heading_summary(site, intro, summary))),
            ("path", Value::from(path)),
            ("count", Value::from(count)),
        ])
    };
    let page = |id: &PageId| {
        let page = site.page(*id);
        record([
            ("title", Value::from(page.title.as_str())),
            ("path", path_value(page.url.as_str())),
            ("summary", Value::from(page.summary.as_str())),
        ])
    };
    let assets =
        theme.statics.iter().map(|(name, (url, _))| (name.clone().into(), Value::from(url.as_str()))).collect::<Map>();
    let of = |heading: &config::Heading, word: &'static str, path: &str, count: usize| {
        generated(None, heading.title.as_ref(), word, &heading.summary, path, count)
    };
    let quiz = config.quiz.clone().unwrap_or_default();
    let (exercises, glossary, sources) = (&config.exercises, &config.glossary, &config.sources);
    SiteView {
        title: Value::from(config.title.as_str()),
        summary: Value::from(config.summary.as_str()),
        language: Value::from(config.language.as_str()),
        direction: Value::from(if is_mirrored(site) { "rtl" } else { "ltr" }),
        base_url: Value::from(config.base_url.as_str()),
        home_path: Value::from(""),
        licence: link(config.licence.as_ref()),
        publisher: link(config.publisher.as_ref()),
        sections: sections_view(site),
        exercises: generated(
            site.exercises_intro,
            exercises.title.as_ref(),
            "exercises",
            &exercises.summary,
            "exercises/",
            site.exercises.len(),
        ),
        glossary: generated(
            site.glossary_intro,
            glossary.title.as_ref(),
            "glossary",
            &glossary.summary,
            "glossary/",
            site.terms.len(),
        ),
        sources: of(sources, "sources", "sources/", site.cited_by.len()),
        evidence: of(&config.claims, "evidence", evidence::PATH, evidence::count(site)),
        map: of(&config.map, "map", map::PATH, map::count(site)),
        quiz: of(&quiz, "quiz", QUIZ_PATH, questions::count(site)),
        handout: generated(
            None,
            config.handout.title.as_ref(),
            "handout",
            &config.handout.summary,
            HANDOUT_PATH,
            site.exercises.len(),
        ),
        navigation: list(site.navigation.iter().map(page)),
        help: site.help.as_ref().map_or_else(Value::none, page),
        search: search_view(site, theme),
        assets: Value::from(assets),
        feed_path: Value::from("feed.xml"),
        generator: Value::from(concat!("Hornbook ", env!("CARGO_PKG_VERSION"))),
    }
    .into()
}
