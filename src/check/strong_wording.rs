//! `strong-wording`: words such as "proves" in a claim whose evidence is weak or contested.

use crate::config::Evidence;
use crate::diagnostic::{Code, Diagnostic};
use crate::resolve::site::Site;
use crate::source::Sources;

pub(super) fn check(site: &Site, _: &Sources) -> Vec<Diagnostic> {
    let weak: Vec<&Evidence> = site.config.evidence.iter().filter(|level| level.weak || level.contested).collect();
    if weak.is_empty() {
        return Vec::new();
    }
    let mut problems = Vec::new();
    for page in &site.pages {
        let document = &page.document;
        for claim in &document.claims.graded {
            let Some((strong, range)) = &claim.strong else { continue };
            let Some(citation) = document.citations.get(claim.citation.0 as usize) else { continue };
            let Some((word, said)) = &citation.evidence else { continue };
            let Some(level) = weak.iter().find(|level| level.id == *word) else { continue };
            let at = document.locate(citation.origin, *range);
            let message = format!("`{strong}` is too strong for what is `{}`", level.title);
            problems.push(
                Diagnostic::new(Code::StrongWording, document.path(), at, message)
                    .note(document.path(), document.locate(citation.origin, *said), "how sure the claim is")
                    .help(
                        "say what was seen and no more (“may”, “goes with”, “in one study”), or find better evidence",
                    ),
            );
        }
    }
    problems
}
