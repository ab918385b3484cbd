//! What pages can see of each other: as long as that is the same, a page whose own file is the same looks the same, and is not even viewed.
//!
//! It is everything but the texts: of a page's file its front matter, of a term's all. Pages that show texts of others (lists, terms with
//! where they are used, sequences, handouts) cannot be known by it. Tests, which are built with debug assertions, view every page all the same,
//! and compare.

use std::hash::{Hash, Hasher};

use super::parts::minutes;
use crate::config::Kind;
use crate::resolve::site::{Page, PageLinks, PublishedAsset, Site};
use crate::source::Settings;
use crate::text::Fingerprint;

/// What every page can see of the others.
pub fn of_site(site: &Site, settings: &Settings) -> Fingerprint {
    struct Face<'a>(&'a Site);
    impl Hash for Face<'_> {
        fn hash<H: Hasher>(&self, state: &mut H) {
            let site = self.0;
            site.config.hash(state);
            site.bibliography.entries.hash(state);
            site.pages.len().hash(state);
            for page in &site.pages {
                hash_page(site, page, state);
            }
            for section in &site.sections {
                (&section.id, &section.title, &section.summary, &section.url, section.intro).hash(state);
                section.articles.hash(state);
            }
            for (path, PublishedAsset { url, fingerprint, size, drawing: _ }) in &site.assets {
                (path, url, fingerprint, size).hash(state);
            }
            for card in site.cards.values() {
                (card.id(), card.document.source.fingerprint, &card.targets).hash(state);
            }
            (site.home, site.exercises_intro, site.glossary_intro, site.help).hash(state);
            (&site.exercises, &site.sequences, &site.terms, &site.glossary_order, &site.navigation).hash(state);
        }
    }
    Fingerprint::of(&(Fingerprint::of(&Face(site)), settings))
}

fn hash_page<H: Hasher>(site: &Site, page: &Page, state: &mut H) {
    let Page { document, url, title, summary, targets, term_links: _, sources, links } = page;
    (document.path(), url, title, summary, minutes(site, page)).hash(state);
    if document.kind() == Kind::Term {
        // The links of a term's own text follow from it and from the other terms.
        (document.source.fingerprint, targets, sources).hash(state);
    } else {
        document.source.text[document.front_matter.within(&document.source.text).bytes()].hash(state);
        // The picture on its card.
        document.figure.map(|figure| page.target(figure)).hash(state);
    }
    hash_links(links, state);
}

/// Where terms are used is seen by terms alone.
fn hash_links<H: Hasher>(links: &PageLinks, state: &mut H) {
    let PageLinks {
        previous,
        next,
        part,
        requires,
        builds_on_this,
        paths,
        exercises,
        recommended_in,
        easier,
        harder,
        sequence,
        part_of,
        see_also,
        relations,
        linked_from,
        used_in: _,
    } = links;
    (previous, next, part, requires, builds_on_this, exercises, recommended_in).hash(state);
    (paths, easier, harder, sequence, part_of, see_also, relations, linked_from).hash(state);
}

/// What a page looks like, where what it can see of the others is `face`; nothing for one that shows their texts. `shared` is of what
/// all pages have.
pub fn of_page(page: &Page, face: Fingerprint, shared: Fingerprint) -> Option<Fingerprint> {
    match page.kind() {
        Kind::Article | Kind::Exercise | Kind::Page => {
            Some(Fingerprint::of(&(face, shared, page.document.source.fingerprint, &page.targets, &page.sources)))
        }
        Kind::Term | Kind::Section | Kind::Sequence | Kind::Care => None,
    }
}
