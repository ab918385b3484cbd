//! `vague-link`: a link whose words do not say where it leads.

use crate::config::Config;
use crate::diagnostic::{Code, Diagnostic};
use crate::parse::body::{Item, OBJECT, Prose, Segment};
use crate::parse::document::Document;

/// Words that say nothing about where a link leads, by language.
const VAGUE: &[(&str, &[&str])] = &[
    (
        "en",
        &[
            "here",
            "click",
            "click here",
            "tap here",
            "press here",
            "see here",
            "look here",
            "go here",
            "click this link",
            "this",
            "this link",
            "this page",
            "this site",
            "this website",
            "this article",
            "link",
            "the link",
            "page",
            "website",
            "more",
            "read more",
            "see more",
            "learn more",
            "find out more",
            "read on",
            "read this",
            "more info",
            "more information",
            "further information",
            "details",
            "more details",
            "continue",
            "continue reading",
        ],
    ),
    (
        "de",
        &[
            "hier",
            "hier klicken",
            "klick hier",
            "klicke hier",
            "klicken sie hier",
            "siehe hier",
            "dies",
            "diese seite",
            "dieser link",
            "dieser artikel",
            "link",
            "der link",
            "seite",
            "webseite",
            "website",
            "mehr",
            "mehr lesen",
            "mehr erfahren",
            "mehr dazu",
            "mehr infos",
            "mehr informationen",
            "weiter",
            "weiterlesen",
            "weitere infos",
            "weitere informationen",
            "lesen sie mehr",
            "lies mehr",
            "erfahren sie mehr",
            "details",
            "zur seite",
        ],
    ),
];

pub(super) fn check(document: &Document, config: &Config) -> Vec<Diagnostic> {
    let language = config.language.split('-').next().unwrap_or_default();
    let vague =
        VAGUE.iter().find(|(known, _)| known.eq_ignore_ascii_case(language)).map_or(&[][..], |(_, words)| words);
    links(document, vague)
}

fn links(document: &Document, vague: &[&str]) -> Vec<Diagnostic> {
    let bodies = document.fields.values().chain([&document.body]);
    let texts = bodies.flat_map(|body| &body.segments).filter_map(|segment| {
        let Segment::Prose(prose) = segment else { return None };
        Some(prose)
    });
    texts.flat_map(|prose| links_of(document, prose, vague)).collect()
}

fn links_of(document: &Document, prose: &Prose, vague: &[&str]) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    let mut open = None;
    for mark in &prose.marks {
        match &mark.item {
            Item::OpenReference(..) | Item::OpenUrl(_) => open = Some(mark.at as usize),
            // What has a title, or is a picture with words or code, says where it leads.
            Item::Title(_) | Item::Html(_) => open = None,
            Item::Image(_, alt, _) if !alt.trim().is_empty() => open = None,
            Item::CloseLink => {
                let Some(start) = open.take() else { continue };
                let end = mark.at as usize;
                let Some(fault) = fault(prose.text.get(start..end).unwrap_or_default(), vague) else { continue };
                let at = document.locate(prose.origin, prose.source_range(start, end));
                problems.push(
                    Diagnostic::new(Code::VagueLink, document.path(), at, fault)
                        .help("name what the reader finds there, as its title does"),
                );
            }
            Item::Open(_) | Item::Close(_) | Item::Citation(_) | Item::Image(..) => {}
        }
    }
    problems
}

/// What is wrong with the words of a link.
fn fault(words: &str, vague: &[&str]) -> Option<String> {
    let words = words.replace(OBJECT, "");
    let shown = words.split_whitespace().collect::<Vec<_>>().join(" ");
    if shown.is_empty() {
        return Some("this link has no words".to_owned());
    }
    let bare = shown.to_lowercase();
    if !bare.contains(' ') && ["http://", "https://", "www."].iter().any(|start| bare.starts_with(start)) {
        return Some("this link shows its address and not what is there".to_owned());
    }
    let bare = bare.trim_matches(|character: char| !character.is_alphanumeric());
    vague.contains(&bare).then(|| format!("the words `{shown}` do not say where this link leads"))
}
