//! What the text of a page is bound to. It is kept as long as the text is the same, and everything that names in texts can mean.

use std::collections::HashMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::backlinks::uses;
use super::cite::cite;
use super::glossary::{Glossary, TermLinks};
use super::links::Resolver;
use super::site::{PageId, Target, Use, page_id};
use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::parse::bibliography::Bibliography;
use crate::parse::document::Document;
use crate::source::Sources;
use crate::text::Fingerprint;

/// What the text of one page is bound to.
#[derive(PartialEq, Eq, Debug)]
pub(super) struct Bound {
    /// By reference.
    pub(super) targets: Arc<[Target]>,
    /// In the order of first citation.
    pub(super) sources: Arc<[String]>,
    /// Where terms are linked.
    pub(super) term_links: Arc<TermLinks>,
    /// The first use of each other page, by that page.
    pub(super) uses: Vec<(PageId, Use)>,
    /// The other pages that it links to, each once.
    pub(super) linked: Vec<PageId>,
    /// Names that nothing has.
    pub(super) problems: Vec<Diagnostic>,
}

/// What the last resolution found.
#[derive(Clone, Debug, Default)]
pub(super) struct Memory {
    glossary: Fingerprint,
    names: Fingerprint,
    by_document: HashMap<Fingerprint, Arc<Bound>>,
}

/// Everything that names in texts can mean.
pub(super) struct Binder<'a> {
    pub(super) config: &'a Config,
    pub(super) sources: &'a Sources,
    pub(super) bibliography: &'a Bibliography,
    pub(super) glossary: &'a Glossary,
    pub(super) resolver: &'a Resolver<'a>,
    /// The pages of terms, as the glossary counts them.
    pub(super) terms: &'a [PageId],
}

impl Binder<'_> {
    /// Binds `pages`, which are those of all `documents` that are published; also what the next resolution can use.
    pub(super) fn bind(
        &self,
        pages: &[&Arc<Document>],
        documents: &[Arc<Document>],
        memory: &Memory,
    ) -> (Vec<Arc<Bound>>, Memory) {
        let (names, glossary) = (self.names(documents), self.glossary.fingerprint);
        let is_same = memory.names == names;
        let has_same_terms = memory.glossary == glossary;
        let bind = |(index, document): (usize, &&Arc<Document>)| {
            let known = memory.by_document.get(&document.source.fingerprint);
            let term_links = known.filter(|_| has_same_terms).map(|known| Arc::clone(&known.term_links));
            match known.filter(|_| is_same && has_same_terms) {
                Some(known) => {
                    if cfg!(debug_assertions) {
                        let fresh = self.fresh(document, page_id(index), None);
                        assert_eq!(**known, fresh, "{} is bound to something else", document.path());
                    }
                    Arc::clone(known)
                }
                None => Arc::new(self.fresh(document, page_id(index), term_links)),
            }
        };
        let bound: Vec<Arc<Bound>> = pages.par_iter().enumerate().map(bind).collect();
        let fingerprints = pages.iter().map(|document| document.source.fingerprint);
        let by_document = fingerprints.zip(bound.iter().map(Arc::clone)).collect();
        (bound, Memory { glossary, names, by_document })
    }

    fn fresh(&self, document: &Document, page: PageId, term_links: Option<Arc<TermLinks>>) -> Bound {
        let (targets, mut problems) = self.resolver.resolve(document);
        let (sources, mut unknown) = cite(document, self.bibliography, self.config);
        problems.append(&mut unknown);
        let term_links = term_links.unwrap_or_else(|| Arc::new(self.glossary.link(document)));
        let uses = uses(document, &targets, &term_links, page, self.terms);
        let pages = targets.iter().filter_map(|target| match target {
            Target::Page(to, _) if *to != page => Some(*to),
            _ => None,
        });
        let mut linked: Vec<PageId> = pages.collect();
        linked.sort_unstable();
        linked.dedup();
        Bound { targets: targets.into(), sources: sources.into(), term_links, uses, linked, problems }
    }

    /// Of everything that names in texts can mean, but the forms of terms.
    fn names(&self, documents: &[Arc<Document>]) -> Fingerprint {
        let of_documents: Vec<Fingerprint> = documents.iter().map(|document| document.names).collect();
        let keys: Vec<&String> = self.bibliography.entries.keys().collect();
        let files: Vec<_> = self.sources.files.keys().chain(self.sources.assets.keys()).collect();
        Fingerprint::of(&(self.config, of_documents, keys, files, &self.sources.settings))
    }
}
