//! `one-sided-claim`: a contested claim with sources on one side only.

use crate::config::Evidence;
use crate::diagnostic::{Code, Diagnostic};
use crate::resolve::site::Site;
use crate::source::Sources;

pub(super) fn check(site: &Site, _: &Sources) -> Vec<Diagnostic> {
    let contested: Vec<&Evidence> = site.config.evidence.iter().filter(|level| level.contested).collect();
    if contested.is_empty() {
        return Vec::new();
    }
    let mut problems = Vec::new();
    for page in &site.pages {
        let document = &page.document;
        for claim in &document.claims.graded {
            let Some(citation) = document.citations.get(claim.citation.0 as usize) else { continue };
            let Some((word, said)) = &citation.evidence else { continue };
            if !contested.iter().any(|level| level.id == *word) {
                continue;
            }
            let cited = claim.citations.iter().filter_map(|id| document.citations.get(id.0 as usize));
            let sides: Vec<bool> = cited.flat_map(|citation| &citation.items).map(|item| item.against).collect();
            let missing = match (sides.contains(&false), sides.contains(&true)) {
                (true, true) => continue,
                (true, false) => "against",
                (false, _) => "for",
            };
            let at = document.locate(citation.origin, *said);
            let message = format!("this claim is `{word}`, and no source speaks {missing} it");
            let problem = Diagnostic::new(Code::OneSidedClaim, document.path(), at, message);
            problems.push(match missing {
                "against" => problem.help(format!("mark what speaks against it: `[@key; against @other; {word}]`")),
                _ => problem.help("what is not marked `against` speaks for it: name such a source too"),
            });
        }
    }
    problems
}
