//! `untaught-objective`, `untested-objective`, `tested-before-taught`: what a page promises, where it keeps it, and where readers can tell.

use crate::diagnostic::{Code, Diagnostic};
use crate::parse::document::Document;
use crate::parse::front_matter::Meta;
use crate::resolve::site::Site;
use crate::source::Sources;
use crate::yaml::Step;

pub(super) fn check(site: &Site, _: &Sources) -> Vec<Diagnostic> {
    site.pages.iter().flat_map(|page| of(&page.document)).collect()
}

fn of(document: &Document) -> Vec<Diagnostic> {
    let Meta::Article(article) = &document.meta else { return Vec::new() };
    let mut problems = Vec::new();
    for (number, objective) in article.objectives.iter().enumerate() {
        let Some(id) = &objective.id else { continue };
        let heading = document.headings.iter().find(|heading| heading.teaches.iter().any(|(taught, _)| taught == id));
        let tests = document.questions.iter().flat_map(|question| &question.tests);
        let test = tests.clone().find(|(tested, _)| tested == id);
        let report = |code: Code, message: String| {
            let path = [Step::key("objectives"), Step::Index(number), Step::key("id")];
            Diagnostic::new(code, document.path(), document.value_range(&path), message)
        };
        if heading.is_none() {
            problems.push(
                report(Code::UntaughtObjective, format!("no heading teaches `{id}`"))
                    .help(format!("say where it is taught: `## Its heading {{teaches={id}}}`")),
            );
        }
        if test.is_none() {
            problems.push(
                report(Code::UntestedObjective, format!("no question tests `{id}`"))
                    .help(format!("say which question does: `> [!QUIZ] {{tests={id}}}`")),
            );
        }
        if let (Some(heading), Some((_, at))) = (heading, test)
            && at.start < heading.range.start
        {
            let message = format!("`{id}` is tested before it is taught");
            problems.push(
                Diagnostic::new(Code::TestedBeforeTaught, document.path(), *at, message)
                    .note(document.path(), heading.range, "here it is taught")
                    .help("move the question below, or name what it tests instead"),
            );
        }
    }
    problems
}
