//! `overdue-review`: a page that should have been looked at again.

use crate::diagnostic::{Code, Diagnostic};
use crate::resolve::site::Site;
use crate::source::Sources;
use crate::yaml::Step;

pub(super) fn check(site: &Site, sources: &Sources) -> Vec<Diagnostic> {
    let Some(as_of) = sources.settings.as_of else { return Vec::new() };
    let overdue = site.pages.iter().chain(site.cards.values()).filter_map(|page| {
        let due = page.document.meta.common().review_by.filter(|due| due.0 < as_of)?;
        let at = page.document.value_range(&[Step::key("review_by")]);
        let message = format!("the review of this page was due on {}", due.0);
        Some(
            Diagnostic::new(Code::OverdueReview, page.document.path(), at, message)
                .help("review the page as a whole, then set `reviewed:` to that day and `review_by:` to the next"),
        )
    });
    overdue.collect()
}
