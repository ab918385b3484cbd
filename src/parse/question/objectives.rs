//! What headings teach and questions test are objectives of their own page.

use crate::diagnostic::{Code, Diagnostic};
use crate::parse::document::Document;
use crate::parse::front_matter::Meta;
use crate::text::nearest;

/// Objectives that the page does not have.
pub(in crate::parse) fn unknown(document: &Document) -> Vec<Diagnostic> {
    let named = document.headings.iter().flat_map(|heading| &heading.teaches);
    let named = named.chain(document.questions.iter().flat_map(|question| &question.tests));
    let mut known: Option<Vec<&str>> = None;
    let mut problems = Vec::new();
    for (id, range) in named {
        let known = known.get_or_insert_with(|| ids(&document.meta));
        if known.contains(&id.as_str()) {
            continue;
        }
        let message = format!("this page has no objective `{id}`");
        let problem = Diagnostic::new(Code::UnknownObjective, document.path(), *range, message);
        let near = nearest(id, known.iter().copied());
        problems.push(match (near.is_empty(), known.is_empty()) {
            (false, _) => problem.suggest(&near),
            (true, false) => problem.help(format!("its objectives are {}", known.join(", "))),
            (true, true) => problem.help(format!(
                "name one in its front matter: `objectives: [{{id: {id}, text: What the reader will be able to do}}]`"
            )),
        });
    }
    problems
}

/// The objectives of a page that have a name.
fn ids(meta: &Meta) -> Vec<&str> {
    match meta {
        Meta::Article(article) => article.objectives.iter().filter_map(|objective| objective.id.as_deref()).collect(),
        Meta::Exercise(_) | Meta::Term(_) | Meta::Page(_) | Meta::Section(_) | Meta::Sequence(_) | Meta::Care(_) => {
            Vec::new()
        }
    }
}
