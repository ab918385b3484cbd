//! `strength-without-source`: a word for how sure a claim is, and no source behind it.

use crate::diagnostic::{Code, Diagnostic};
use crate::resolve::site::Site;
use crate::source::Sources;

pub(super) fn check(site: &Site, _: &Sources) -> Vec<Diagnostic> {
    let documents = site.pages.iter().map(|page| &page.document);
    let bare = documents.flat_map(|document| document.claims.bare.iter().map(move |bare| (document, bare)));
    bare.filter(|(_, bare)| site.config.evidence.iter().any(|level| level.id == bare.word))
        .map(|(document, bare)| {
            let at = document.locate(bare.origin, bare.range);
            let message = format!("`{}` says how sure this claim is, and no source says why", bare.word);
            Diagnostic::new(Code::StrengthWithoutSource, document.path(), at, message)
                .help(format!("write the key of a source before it: `[@key; {}]`", bare.word))
                .help("if there is none, say that in words")
        })
        .collect()
}
