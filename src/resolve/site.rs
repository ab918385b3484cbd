//! The resolved site: every page, with everything that it has to do with others.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::glossary::TermLinks;
use super::url::UrlPath;
use crate::config::{CareLevel, Config, Expectations, Facet, FacetValue, Kind};
use crate::parse::bibliography::Bibliography;
use crate::parse::body::ReferenceId;
use crate::parse::document::Document;
use crate::parse::field::Field;
use crate::parse::front_matter::Meta;
use crate::parse::svg::Drawing;
use crate::text::{Fingerprint, VPath};

/// An index into [`Site::pages`].
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct PageId(pub u32);

impl PageId {
    /// As an index.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// The whole site, resolved. Built once, then only read.
#[derive(Debug)]
pub struct Site {
    /// What site.yaml says.
    pub config: Arc<Config>,
    /// Every published content file, in the order of their paths.
    pub pages: Vec<Page>,
    /// Content files that are not published: drafts, and those whose day has not come or is past.
    pub unpublished: Vec<Arc<Document>>,
    /// The home page, where `content/index.md` exists.
    pub home: Option<PageId>,
    /// The sections with their articles in reading order.
    pub sections: Vec<SectionPages>,
    /// The exercises in order.
    pub exercises: Vec<PageId>,
    /// The map of each facet that has one, by the facet's place in site.yaml.
    pub facet_maps: Vec<Option<FacetMap>>,
    /// The introduction of the exercise index.
    pub exercises_intro: Option<PageId>,
    /// The sequences of exercises in order.
    pub sequences: Vec<PageId>,
    /// What handouts say above their exercises, as a page that is nowhere published.
    pub handout_note: Option<Page>,
    /// The care cards of `content/safety/` by their names, as pages that are nowhere published.
    pub cards: BTreeMap<String, Page>,
    /// The terms by name.
    pub terms: Vec<PageId>,
    /// The terms as term links count them.
    pub glossary_order: Vec<PageId>,
    /// The introduction of the glossary.
    pub glossary_intro: Option<PageId>,
    /// The page that every page links to for help.
    pub help: Option<PageId>,
    /// Further pages of the header.
    pub navigation: Vec<PageId>,
    /// The learning paths, in the order of site.yaml.
    pub paths: Vec<PathPages>,
    /// Every file that pages show or link to, by its path.
    pub assets: BTreeMap<VPath, PublishedAsset>,
    /// The sources.
    pub bibliography: Arc<Bibliography>,
    /// Who cites what: pages by key.
    pub cited_by: BTreeMap<String, Vec<PageId>>,
    /// Old addresses and the pages that they lead to.
    pub redirects: BTreeMap<String, PageId>,
    /// What searches are expected to find.
    pub searches: Searches,
}

/// What searches are expected to find.
#[derive(Debug, Default)]
pub struct Searches {
    /// What `content/search.yaml` says, where there is one.
    pub expectations: Option<Expectations>,
    /// The same, bound, in the same order.
    pub expected: Vec<Expected>,
}

/// What a search is expected to find.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Expected {
    /// What a reader types.
    pub query: String,
    /// The page that is found first.
    pub first: Option<PageId>,
    /// The care card that comes before everything else.
    pub care: Option<CareLevel>,
}

/// A section and its articles.
#[derive(Debug)]
pub struct SectionPages {
    /// Its folder.
    pub id: String,
    /// Its name.
    pub title: String,
    /// What it answers.
    pub summary: String,
    /// Its address.
    pub url: UrlPath,
    /// Its `index.md`.
    pub intro: Option<PageId>,
    /// Its articles in reading order.
    pub articles: Vec<PageId>,
}

/// The articles of a learning path.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PathPages {
    /// In their order.
    pub articles: Vec<PageId>,
}

/// An article's place in a learning path.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct PathStep {
    /// Which path of site.yaml.
    pub path: usize,
    /// Its place among the path's articles, from 0.
    pub number: usize,
}

/// A content file that is published.
#[derive(Debug)]
pub struct Page {
    /// What it says.
    pub document: Arc<Document>,
    /// Where it is; a term without a body has its entry in the glossary.
    pub url: UrlPath,
    /// Its title.
    pub title: String,
    /// Its summary in plain text.
    pub summary: String,
    /// What its references point at, by [`ReferenceId`].
    pub targets: Arc<[Target]>,
    /// The terms that are linked in its text.
    pub term_links: Arc<TermLinks>,
    /// What it cites, in the order of its list of sources.
    pub sources: Arc<[String]>,
    /// What it has to do with other pages.
    pub links: PageLinks,
}

impl Page {
    /// Its kind.
    pub fn kind(&self) -> Kind {
        self.document.kind()
    }

    /// Its id.
    pub fn id(&self) -> &str {
        &self.document.id
    }

    /// How urgent it is, for a care card.
    pub fn care_level(&self) -> Option<CareLevel> {
        match &self.document.meta {
            Meta::Care(care) => care.level,
            _ => None,
        }
    }

    /// Whether it has an address of its own, and not an entry on another page.
    pub fn has_page(&self) -> bool {
        !self.url.as_str().contains('#')
    }

    /// The target of a reference.
    pub fn target(&self, reference: ReferenceId) -> &Target {
        self.targets.get(reference.0 as usize).unwrap_or(&Target::Broken)
    }

    /// The number of a source in the page's list, from 1.
    pub fn source_number(&self, key: &str) -> Option<usize> {
        self.sources.iter().position(|source| source == key).map(|index| index + 1)
    }
}

/// Where a reference leads.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Target {
    /// To a page, perhaps to a place on it.
    Page(PageId, Option<String>),
    /// To the exercises with a value of a facet.
    Facet(FacetValueId),
    /// To a place on the same page.
    Here(String),
    /// To a file.
    Asset(VPath),
    /// Nowhere: a problem was reported.
    Broken,
}

/// A value of a facet: an index into the facets of site.yaml, and one into its values.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct FacetValueId {
    /// Of the facet.
    pub facet: usize,
    /// Of the value.
    pub value: usize,
}

/// A drawing whose parts lead to the values of a facet.
#[derive(Clone, Debug)]
pub struct FacetMap {
    /// Of its file.
    pub fingerprint: Fingerprint,
    /// The drawing.
    pub drawing: Arc<Drawing>,
}

/// What a page has to do with others, both ways.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct PageLinks {
    /// The page before it in its section.
    pub previous: Option<PageId>,
    /// The page after it in its section.
    pub next: Option<PageId>,
    /// Its place in its section, from 1, and how many there are.
    pub part: Option<(usize, usize)>,
    /// Articles to read first.
    pub requires: Vec<PageId>,
    /// Articles that want this one read first.
    pub builds_on_this: Vec<PageId>,
    /// The learning paths that lead over this article.
    pub paths: Vec<PathStep>,
    /// Exercises that this article recommends.
    pub exercises: Vec<PageId>,
    /// Articles that recommend this exercise.
    pub recommended_in: Vec<PageId>,
    /// Easier ways.
    pub easier: Vec<Step>,
    /// Harder ways.
    pub harder: Vec<Step>,
    /// The exercises of this sequence.
    pub sequence: Vec<SequencePart>,
    /// Sequences that this exercise is a part of.
    pub part_of: Vec<PageId>,
    /// Terms to look at next.
    pub see_also: Vec<PageId>,
    /// Typed relations, by label, in both directions.
    pub relations: Vec<(String, Vec<PageId>)>,
    /// Pages whose text links here.
    pub linked_from: Vec<PageId>,
    /// Where a term is used: the first use on each page.
    pub used_in: Vec<Use>,
}

/// An easier or harder way.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Step {
    /// Another exercise.
    pub exercise: Option<PageId>,
    /// How: the field of this page that says it.
    pub how: Option<(Field, usize)>,
}

/// An exercise in a sequence.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct SequencePart {
    /// The exercise.
    pub exercise: PageId,
    /// Its place under `exercises` of the sequence.
    pub item: usize,
}

/// A use of a term on a page.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Use {
    /// The page.
    pub page: PageId,
    /// Where on it; nothing for a use that stands in no sentence.
    pub place: Option<UsePlace>,
}

/// A use of a term in a page's text.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct UsePlace {
    /// Which text: the body, or a field.
    pub field: Option<(Field, usize)>,
    /// Which of its segments.
    pub segment: u32,
    /// First byte in the prose.
    pub start: u32,
    /// One past the last.
    pub end: u32,
}

/// A file that is published because a page needs it.
#[derive(Clone, Debug)]
pub struct PublishedAsset {
    /// Where it is published, with the hash of its content in its name.
    pub url: UrlPath,
    /// Of its content.
    pub fingerprint: Fingerprint,
    /// Width and height of a picture, in pixels.
    pub size: Option<(usize, usize)>,
    /// The drawing, where it can be shown in the page itself.
    pub drawing: Option<Arc<Drawing>>,
}

impl Site {
    /// The page with this id.
    pub fn page(&self, id: PageId) -> &Page {
        &self.pages[id.index()]
    }

    /// Words in the body of a page, with those of the care cards that it shows.
    pub fn words(&self, page: &Page) -> usize {
        let cards = page.document.cards.iter().filter_map(|(name, _)| self.cards.get(name));
        let words_of = |card: &Page| card.document.words + card.title.split_whitespace().count();
        page.document.words + cards.map(words_of).sum::<usize>()
    }

    /// The level of the care card of that name.
    pub fn card_level(&self, name: &str) -> Option<CareLevel> {
        self.cards.get(name)?.care_level()
    }

    /// The facet and the value that `id` names.
    pub fn facet_value(&self, id: FacetValueId) -> (&Facet, &FacetValue) {
        let facet = &self.config.exercises.facets[id.facet];
        (facet, &facet.values[id.value])
    }

    /// Every page with its id.
    pub fn ids(&self) -> impl Iterator<Item = (PageId, &Page)> {
        self.pages.iter().enumerate().map(|(index, page)| (page_id(index), page))
    }

    /// The section that an article lies in.
    pub fn section_of(&self, page: &Page) -> Option<&SectionPages> {
        let folder = page.document.folder();
        self.sections.iter().find(|section| section.id == folder)
    }
}

/// The id of the page at `index`.
pub(super) fn page_id(index: usize) -> PageId {
    PageId(u32::try_from(index).unwrap_or(u32::MAX))
}
