//! Where a page went that is no longer where it was: a tab that shows it is led there.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::resolve::site::{Page, Site};

/// Old addresses and new ones, below the base path, since the preview began.
#[derive(Clone, Default, Debug)]
pub(super) struct Moved(pub(super) BTreeMap<String, String>);

impl Moved {
    /// Takes up what changed between two versions of a site. A page is the same if it comes from the same file; or says the same; or has the
    /// same title. One that is gone leads to what stands above it.
    pub(super) fn follow(&mut self, before: &Site, after: &Site) {
        let old: HashMap<&str, &Page> = addresses(before);
        let new: HashMap<&str, &Page> = addresses(after);
        let mut gone: Vec<&Page> =
            old.iter().filter(|(url, _)| !new.contains_key(*url)).map(|(_, page)| *page).collect();
        gone.sort_by(|a, b| a.url.cmp(&b.url));
        let mut come: Vec<&Page> =
            new.iter().filter(|(url, _)| !old.contains_key(*url)).map(|(_, page)| *page).collect();
        come.sort_by(|a, b| a.url.cmp(&b.url));
        let sections: HashSet<&str> = after.sections.iter().map(|section| section.url.as_str()).collect();
        for page in gone {
            let same: [&dyn Fn(&Page) -> bool; 3] = [
                &|other| other.document.path() == page.document.path(),
                &|other| other.document.source.text == page.document.source.text,
                &|other| other.kind() == page.kind() && other.title == page.title,
            ];
            let found = same.iter().find_map(|same| come.iter().position(|other| same(other)));
            let to = match found {
                Some(at) => come.remove(at).url.as_str().to_owned(),
                None => above(page.url.as_str(), |url| new.contains_key(url) || sections.contains(url)),
            };
            for target in self.0.values_mut().filter(|target| target.as_str() == page.url.as_str()) {
                target.clone_from(&to);
            }
            self.0.insert(page.url.as_str().to_owned(), to);
        }
        self.0.retain(|from, _| !new.contains_key(from.as_str()));
    }
}

fn addresses(site: &Site) -> HashMap<&str, &Page> {
    site.pages.iter().filter(|page| page.has_page()).map(|page| (page.url.as_str(), page)).collect()
}

/// The nearest address above `url` that exists; in the end the home page.
fn above(url: &str, exists: impl Fn(&str) -> bool) -> String {
    let mut folder = url.trim_end_matches('/');
    while let Some((parent, _)) = folder.rsplit_once('/') {
        folder = parent;
        let candidate = format!("{parent}/");
        if exists(&candidate) {
            return candidate;
        }
    }
    String::new()
}
