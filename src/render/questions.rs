//! Questions: their answers, for paper; and the page that mixes those of all pages.

use tera::Value;

use super::body::{Filler, Place};
use super::care::{without_footnotes, without_ids};
use super::lists::context;
use super::page::{generated_page, home_crumb};
use super::pages::View;
use super::parts::Parts;
use super::view::{html, list, record};
use crate::parse::body::Segment;
use crate::resolve::site::{Page, PageId, Site};
use crate::text::Fingerprint;

/// Where the page that mixes questions is.
pub const QUIZ_PATH: &str = "quiz/";

/// Questions on it: whoever has answered so many has had enough, and the page stays light however large the site.
const QUESTIONS_AT_MOST: usize = 30;

/// How many questions that page has; none where the site does not ask for it.
pub fn count(site: &Site) -> usize {
    let all = || site.pages.iter().map(|page| answered(page).count()).sum::<usize>();
    site.config.quiz.as_ref().map_or(0, |_| all().min(QUESTIONS_AT_MOST))
}

/// The numbers of a page's questions that have an answer.
fn answered(page: &Page) -> impl Iterator<Item = usize> {
    let questions = page.document.questions.iter().enumerate();
    questions.filter(|(_, question)| question.kind.is_some()).map(|(number, _)| number)
}

/// The questions of all pages, mixed in the same way on every build.
pub fn quiz(parts: &Parts) -> View {
    let heading = parts.site.config.quiz.clone().unwrap_or_default();
    let title = heading.title.unwrap_or_else(|| parts.theme.word("quiz").to_owned());
    let chosen = chosen(&parts.site);
    let root = "../";
    let mut page = generated_page(parts, "quiz", &title, &heading.summary, QUIZ_PATH, list([home_crumb(parts)]));
    page.answers = list(chosen.iter().map(|(id, number)| html(&answer(parts, parts.site.page(*id), root, *number))));
    let mut context = context(root, page);
    let questions = chosen.iter().map(|(id, number)| {
        let text = question(parts, parts.site.page(*id), root, *number);
        record([("text", html(&text)), ("card", parts.card(*id))])
    });
    context.insert_value("questions", list(questions));
    View { template: "quiz.html", context }
}

/// Questions of the quiz: pages take turns, so that no two of one page follow each other while there are others.
fn chosen(site: &Site) -> Vec<(PageId, usize)> {
    let mut all: Vec<(usize, Fingerprint, PageId, usize)> = Vec::new();
    for (id, page) in site.ids() {
        let key = |number: usize| Fingerprint::of(&(page.document.path().as_str(), number));
        let mut own: Vec<(Fingerprint, usize)> = answered(page).map(|number| (key(number), number)).collect();
        own.sort();
        all.extend(own.into_iter().enumerate().map(|(turn, (key, number))| (turn, key, id, number)));
    }
    all.sort();
    all.into_iter().take(QUESTIONS_AT_MOST).map(|(_, _, id, number)| (id, number)).collect()
}

/// A question as HTML, on another page than its own.
fn question(parts: &Parts, page: &Page, root: &str, number: usize) -> String {
    let segments = &page.document.body.segments;
    let is_start = |segment: &Segment| matches!(segment, Segment::QuestionStart(start) if *start as usize == number);
    let Some(start) = segments.iter().position(is_start) else { return String::new() };
    let mut depth = 0_usize;
    let end = segments[start..].iter().position(|segment| {
        match segment {
            Segment::QuestionStart(_) => depth += 1,
            Segment::QuestionEnd => depth -= 1,
            _ => {}
        }
        depth == 0
    });
    let mut filler = Filler::new(&parts.site, &parts.theme, page, root, Place::Elsewhere);
    alone(&filler.segments(start..start + end.unwrap_or_default()))
}

/// The answers of a page's questions as HTML, in order: a sheet of its own on paper.
pub fn answers(parts: &Parts, page: &Page) -> Value {
    let root = page.url.root();
    list((0..page.document.questions.len()).map(|number| html(&answer(parts, page, &root, number))))
}

fn answer(parts: &Parts, page: &Page, root: &str, number: usize) -> String {
    let mut out = String::new();
    Filler::new(&parts.site, &parts.theme, page, root, Place::Elsewhere)
        .answer(&mut out, u32::try_from(number).unwrap_or(u32::MAX));
    alone(&out)
}

impl Filler<'_> {
    /// What answers a question of the page. No term is linked in it.
    pub(super) fn answer(&mut self, out: &mut String, number: u32) {
        let page = self.page;
        let Some(question) = page.document.questions.get(number as usize) else { return };
        for segment in &question.answer.segments {
            match segment {
                Segment::Prose(prose) => self.prose(out, prose, &[]),
                other => self.segment(out, None, other, u32::MAX),
            }
        }
    }
}

/// Without ids and marks of footnotes, which are those of its own page.
fn alone(html: &str) -> String {
    without_ids(&without_footnotes(html)).trim().to_owned()
}
