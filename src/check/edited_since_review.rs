//! `edited-since-review`: a page that says something else than what was reviewed.

use crate::diagnostic::{Code, Diagnostic};
use crate::resolve::site::Site;
use crate::review::is_broken;
use crate::source::Sources;
use crate::yaml::Step;

pub(super) fn check(site: &Site, _: &Sources) -> Vec<Diagnostic> {
    let changed =
        site.pages.iter().chain(site.cards.values()).filter(|page| is_broken(&page.document) == Some(true)).map(
            |page| {
                let path = page.document.path();
                let since =
                    page.document.meta.common().reviewed.map_or_else(String::new, |date| format!(" on {}", date.0));
                let message = format!("this page was changed after its review{since}");
                Diagnostic::new(Code::EditedSinceReview, path, page.document.value_range(&[Step::key("seal")]), message)
                    .help(format!("have it reviewed again, then run `hornbook review sign {path}`"))
            },
        );
    changed.collect()
}
