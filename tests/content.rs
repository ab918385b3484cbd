//! What the first site promises its readers, held against its own files. `cargo test --test content -- --nocapture` prints a table of
//! its pages.
#![allow(clippy::unwrap_used, reason = "a panic is a test's failure")]

mod shared;

use std::collections::{BTreeSet, HashSet};

use hornbook::config::CareLevel;
use hornbook::diagnostic::{Code, Rule};
use hornbook::parse::front_matter::{Article, Exercise, Meta};
use hornbook::parse::question::QuestionKind;
use hornbook::reading::report;
use hornbook::resolve::site::{Page, Site};
use hornbook::source::SourceFile;
use hornbook::text::VPath;
use hornbook::text::readability::{Counts, words};
use hornbook::{Cache, check, compile};
use shared::own_site;

/// The hardest page may ask for so many years of school.
const HARDEST_GRADE: f64 = 8.0;

/// The page that lists every claim.
const REGISTER: &str = "content/how-we-know.md";

fn with_site(test: impl FnOnce(&Site)) {
    let analysis = check(&own_site(), &Cache::default());
    assert!(analysis.diagnostics.is_empty(), "{:#?}", analysis.diagnostics);
    test(&analysis.site);
}

/// With every opinion an error, those too that are silent unless a site asks for them.
#[test]
fn it_is_clean_under_the_strictest_levels() {
    let mut sources = own_site();
    let site = VPath::new("content/site.yaml").unwrap();
    let strict = Code::ALL.iter().filter(|code| code.rule() == Rule::Check);
    let levels: String = strict.map(|code| format!("  {}: error\n", code.name())).collect();
    let text = format!("{}\nchecks:\n{levels}", sources.text(&site).unwrap());
    sources.insert(SourceFile::new(site, &text));
    let problems = compile(&sources, &Cache::default()).diagnostics;
    assert!(problems.is_empty(), "{problems:#?}");
}

fn path(page: &Page) -> &str {
    page.document.path().as_str()
}

fn source(page: &Page) -> &str {
    &page.document.source.text
}

fn articles(site: &Site) -> Vec<(&Page, &Article)> {
    let articles = site.pages.iter().filter_map(|page| match &page.document.meta {
        Meta::Article(article) => Some((page, article)),
        Meta::Exercise(_) | Meta::Term(_) | Meta::Page(_) | Meta::Section(_) | Meta::Sequence(_) | Meta::Care(_) => {
            None
        }
    });
    articles.collect()
}

fn exercises(site: &Site) -> Vec<(&Page, &Exercise)> {
    let exercises = site.pages.iter().filter_map(|page| match &page.document.meta {
        Meta::Exercise(exercise) => Some((page, exercise)),
        Meta::Article(_) | Meta::Term(_) | Meta::Page(_) | Meta::Section(_) | Meta::Sequence(_) | Meta::Care(_) => None,
    });
    exercises.collect()
}

/// The lines of every quotation that begins with `> [!MARK]`, without their `>`.
fn alerts<'t>(text: &'t str, mark: &str) -> Vec<Vec<&'t str>> {
    let mut found: Vec<Vec<&str>> = Vec::new();
    let mut inside = false;
    for line in text.lines() {
        let quoted = line.strip_prefix('>');
        if quoted.is_some_and(|rest| rest.trim_start().starts_with("[!")) {
            inside = quoted.is_some_and(|rest| rest.trim_start().starts_with(mark));
            if inside {
                found.push(Vec::new());
            }
        }
        match quoted.filter(|_| inside) {
            Some(rest) => found.last_mut().unwrap().push(rest.strip_prefix(' ').unwrap_or(rest)),
            None => inside = false,
        }
    }
    found
}

#[test]
fn pages_read_easily() {
    with_site(|site| {
        let mut glossary = Counts::default();
        println!(
            "{:<58} {:>5} {:>6} {:>7} {:>6} {:>7} {:>7}",
            "page", "grade", "words", "long %", "claims", "marked", "sources"
        );
        let register = site.pages.iter().find(|page| path(page) == REGISTER).unwrap();
        let readings = report(site);
        for page in &site.pages {
            let counts = readings.iter().find(|reading| reading.path == *page.document.path()).unwrap().plain;
            if matches!(page.document.meta, Meta::Term(_)) {
                glossary += counts;
                continue;
            }
            let grade = counts.grade().unwrap();
            let file = path(page).strip_prefix("content/").unwrap();
            let claims = source(register)
                .lines()
                .filter(|line| line.starts_with("- **") && line.contains(&format!("({file}#")))
                .count();
            let marked = page.document.citations.iter().filter(|citation| citation.evidence.is_some()).count();
            let long = 100 * counts.long_sentences / counts.sentences;
            println!(
                "{file:<58} {grade:>5.1} {:>6} {long:>7} {claims:>6} {marked:>7} {:>7}",
                counts.words,
                page.sources.len()
            );
            assert!(grade <= HARDEST_GRADE, "{} has grade {grade:.1}", path(page));
            assert!(long <= 25, "{}: {long} % of its sentences are longer than twenty words", path(page));
        }
        let grade = glossary.grade().unwrap();
        println!("{:<58} {grade:>5.1} {:>6}", "glossary/*.md", glossary.words);
        assert!(grade <= HARDEST_GRADE, "the glossary has grade {grade:.1}");
    });
}

#[test]
fn articles_answer_one_question_each() {
    with_site(|site| {
        assert!(articles(site).len() >= 17);
        for (page, article) in articles(site) {
            let file = path(page);
            assert!(article.title.ends_with('?'), "{file}: its title asks nothing");
            assert!(words(&article.summary).count() <= 25, "{file}: its summary is longer than 25 words");
            assert!(article.at_a_glance.len() == 3, "{file}: at a glance");
            assert!(article.objectives.len() >= 2 && article.takeaways.len() >= 3, "{file}: objectives and takeaways");
            assert!(!page.sources.is_empty(), "{file}: no source");
            let common = page.document.meta.common();
            assert!(common.published.is_some() && common.review_by.is_some(), "{file}: no dates");
            assert!(!common.authors.is_empty() && common.reviewed_by.is_empty(), "{file}: nobody has reviewed it yet");
            assert!(words(source(page)).count() < 1700, "{file}: no short page");
        }
    });
}

#[test]
fn questions_answer_every_option() {
    with_site(|site| {
        for (page, _) in articles(site) {
            let questions = &page.document.questions;
            assert!(questions.len() >= 2, "{} has {} questions", path(page), questions.len());
            for quiz in alerts(source(page), "[!QUIZ]") {
                let options: Vec<usize> = (0..quiz.len()).filter(|at| quiz[*at].starts_with("- [")).collect();
                for (number, at) in options.iter().enumerate() {
                    let end = options.get(number + 1).copied().unwrap_or(quiz.len());
                    let feedback = quiz[at + 1..end].join(" ");
                    assert!(feedback.contains("](#"), "{}: `{}` leads back to no section", path(page), quiz[*at]);
                }
                assert!(
                    quiz.iter().any(|line| line.contains("](#")),
                    "{}: {quiz:?} leads back to no section",
                    path(page)
                );
            }
        }
        let kinds = |site: &Site| -> HashSet<QuestionKind> {
            site.pages.iter().flat_map(|page| &page.document.questions).filter_map(|question| question.kind).collect()
        };
        assert_eq!(kinds(site).len(), 7, "each kind of question is used: {:?}", kinds(site));
    });
}

#[test]
fn exercises_are_complete() {
    with_site(|site| {
        let facets: Vec<&str> = site.config.exercises.facets.iter().map(|facet| facet.id.as_str()).collect();
        assert!(exercises(site).len() >= 16);
        for (page, exercise) in exercises(site) {
            let file = path(page);
            for facet in &facets {
                assert!(exercise.facets.contains_key(*facet), "{file} has no {facet}");
            }
            assert!(exercise.dose.source.is_some() && exercise.dose.note.is_some(), "{file}: where is the dose from?");
            assert!(exercise.stop_if.len() >= 2, "{file}: when to stop");
            assert!(
                exercise.avoid_if.iter().any(|item| item.text.contains("when-to-get-help.md")),
                "{file}: who should ask first"
            );
            assert!(exercise.mistakes.len() >= 2 && !exercise.muscles.is_empty(), "{file}: mistakes and muscles");
            assert!(!exercise.easier.is_empty() && !exercise.harder.is_empty(), "{file}: easier and harder");
            let figure = exercise.figure.as_ref().unwrap_or_else(|| panic!("{file} has no figure"));
            assert!(!figure.alt.is_empty() && figure.caption.is_some(), "{file}: words for its figure");
            assert!(source(page).contains("\n1. "), "{file} has no steps");
        }
        let linked = |page: &Page| !page.links.easier.is_empty() || !page.links.harder.is_empty();
        assert!(exercises(site).iter().all(|(page, _)| linked(page)));
    });
}

#[test]
fn terms_are_short_and_nothing_is_an_orphan() {
    with_site(|site| {
        assert!(site.terms.len() >= 67);
        for id in &site.terms {
            let page = site.page(*id);
            let Meta::Term(term) = &page.document.meta else { unreachable!("only terms are listed") };
            let length = words(&term.definition).count();
            assert!(length <= 40, "{} has {length} words", path(page));
            assert!(!page.links.used_in.is_empty() || !page.links.linked_from.is_empty(), "{} is unused", path(page));
        }
        for page in site.pages.iter().filter(|page| page.has_page() && path(page) != "content/index.md") {
            let links = &page.links;
            let is_linked = !links.linked_from.is_empty()
                || !links.builds_on_this.is_empty()
                || !links.recommended_in.is_empty()
                || !links.used_in.is_empty()
                || matches!(page.document.meta, Meta::Section(_));
            assert!(is_linked, "no page leads to {}", path(page));
        }
    });
}

#[test]
fn every_claim_is_listed_with_its_sources() {
    const WORDS: [&str; 5] = ["Strong", "Moderate", "Limited", "Contested", "Disputed term"];
    with_site(|site| {
        let register = site.pages.iter().find(|page| path(page) == REGISTER).unwrap();
        let (_, claims) = source(register).split_once("## Every claim").unwrap();
        let claims: Vec<&str> =
            claims.split("\n## ").next().unwrap().lines().filter(|line| line.starts_with("- ")).collect();
        // 46 claims of the fact sheet, and two beside it.
        assert_eq!(claims.len(), 48);
        for claim in claims {
            let word = WORDS.iter().find(|word| claim.starts_with(&format!("- **{word}")));
            let word = word.unwrap_or_else(|| panic!("how sure is it? {claim}"));
            let keys: BTreeSet<&str> =
                claim.split('@').skip(1).map(|rest| rest.split([';', ']', ',']).next().unwrap()).collect();
            let least = match *word {
                "Strong" | "Moderate" => 1,
                "Contested" => 2,
                _ => usize::from(
                    !["no study that we could check", "found no study", "found no trial"]
                        .iter()
                        .any(|words| claim.to_lowercase().contains(words)),
                ),
            };
            assert!(keys.len() >= least, "{} sources for {claim}", keys.len());
            assert!(claim.contains(".md#"), "it leads nowhere: {claim}");
        }
    });
}

#[test]
fn care_cards_are_short_and_stand_once() {
    with_site(|site| {
        for page in &site.pages {
            for mark in ["[!EMERGENCY]", "[!URGENT]", "[!ROUTINE]"] {
                let has_own = !alerts(source(page), mark).is_empty();
                assert!(!has_own, "{} words a care card itself: it belongs in content/safety/", path(page));
            }
        }
        for card in site.cards.values() {
            let signs = source(card).lines().filter(|line| line.starts_with("- ")).count();
            assert!((1..=5).contains(&signs), "{}: {signs} signs", path(card));
        }
        let help = site.page(site.help.unwrap());
        let levels: Vec<_> = help.document.cards.iter().map(|(name, _)| site.card_level(name).unwrap()).collect();
        assert_eq!(levels, [CareLevel::Emergency, CareLevel::Urgent, CareLevel::Routine]);
    });
}

#[test]
fn words_that_claim_too_much_are_left_out() {
    // Each with what must stand near it where it is quoted to correct it.
    let corrected = [
        ("out of place", "slip out"),
        ("slipped", "slip out"),
        ("wear and tear", "not"),
        ("Over Manipulation Syndrome", "not an accepted diagnosis"),
    ];
    with_site(|site| {
        for page in site.pages.iter().filter(|page| !path(page).starts_with("content/glossary/")) {
            for paragraph in source(page).split("\n\n") {
                for (words, correction) in corrected.iter().take(3) {
                    let is_quoted = paragraph.contains(&format!("“{words}”"));
                    assert!(
                        !paragraph.contains(words) || paragraph.contains(correction) || is_quoted,
                        "{}: {paragraph}",
                        path(page)
                    );
                }
            }
            let (label, correction) = corrected[3];
            let text = source(page).to_owned();
            if let Some(at) = text.split("\n---\n").nth(1).and_then(|body| body.find(label).map(|at| (body, at))) {
                let near: String = at.0[at.1..].chars().take(120).collect();
                let is_quoted = at.0[..at.1].ends_with('“');
                assert!(is_quoted || near.contains(correction), "{}: {near}", path(page));
            }
        }
    });
}
