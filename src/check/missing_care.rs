//! `missing-care`: an article that does not say when to get help, in a section whose articles must.

use crate::config::Safety;
use crate::diagnostic::{Code, Diagnostic};
use crate::parse::outline::Shape;
use crate::resolve::site::{Page, PageId, Site, Target};
use crate::source::Sources;
use crate::yaml::Step;

pub(super) fn check(site: &Site, _: &Sources) -> Vec<Diagnostic> {
    let strict = site.config.sections.iter().filter(|section| section.safety == Safety::Required);
    let strict = strict.filter_map(|section| site.sections.iter().find(|pages| pages.id == section.id));
    let silent = strict.flat_map(|section| section.articles.iter().map(move |id| (section, *id)));
    let silent = silent.filter(|(_, id)| site.help != Some(*id) && !says_when(site.page(*id), site.help));
    silent
        .map(|(section, id)| {
            let document = &site.page(id).document;
            let at = document.value_range(&[Step::key(document.meta.title_key())]);
            let message =
                format!("this article says nowhere when to get help, which the section `{}` requires", section.id);
            let problem = Diagnostic::new(Code::MissingCare, document.path(), at, message)
                .help("add a care card: `> [!URGENT] Call a doctor today if:` and a list of signs");
            match site.help {
                Some(help) => {
                    problem.help(format!("or link to the help page, `[[{}]]`, in its text", site.page(help).id()))
                }
                None => problem,
            }
        })
        .collect()
}

/// Whether a page has a care card, or leads to the help page.
fn says_when(page: &Page, help: Option<PageId>) -> bool {
    page.document.outline.iter().any(|block| matches!(block.shape, Shape::Care { .. } | Shape::Card { .. }))
        || page.targets.iter().any(|target| matches!(target, Target::Page(to, _) if Some(*to) == help))
}
