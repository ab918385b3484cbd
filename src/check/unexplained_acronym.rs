//! `unexplained-acronym`: an acronym that is no term, and that its page does not explain.

use std::collections::HashSet;

use crate::diagnostic::{Code, Diagnostic};
use crate::parse::body::{Prose, Segment};
use crate::parse::document::Document;
use crate::parse::front_matter::Meta;
use crate::resolve::site::Site;
use crate::source::Sources;

/// A longer word in capitals is a word in capitals.
const LONGEST: usize = 6;

/// What everybody reads without an explanation, and words that are written in capitals to stress them, by language.
const KNOWN: &[(&str, &str)] = &[
    (
        "en",
        "AIDS AM BC BCE CD CE CET COVID DIY DNA DVD EU FAQ GMT GPS HIV ID IT OK PC PDF PIN PM SMS TV UK UN URL US USA USB UTC VIP \
         AFTER ALL ALWAYS AND ANY ASK BE BEFORE BUT CALL DO DOES EVER FOR GO HOW IF IN IS MUST NEVER NEW NO NOT NOTE NOW OF OFF ON \
         ONE ONLY OR OUT STOP THE TO VERY WHAT WHEN WHO WHY WITH YES YOU",
    ),
    (
        "de",
        "AG AIDS ARD CD COVID DDR DNA DNS DVD EDV EU GPS HIV ID IT LKW MEZ OK PC PDF PIN PKW SMS TÜV TV UN UNO URL USA USB UTC ZDF \
         ABER ALLE AUCH DAS DER DIE EIN IMMER IST JA JETZT KEIN KEINE MUSS NACH NEIN NEU NICHT NICHTS NIE NUR ODER SEHR SIE STOPP UND \
         VOR WANN WARUM WAS WENN WIE ZU",
    ),
];

pub(super) fn check(site: &Site, _: &Sources) -> Vec<Diagnostic> {
    let language = site.config.language.split('-').next().unwrap_or_default();
    let list = KNOWN.iter().find(|(known, _)| known.eq_ignore_ascii_case(language)).unwrap_or(&KNOWN[0]).1;
    let mut known: HashSet<&str> = list.split_whitespace().collect();
    let names = site.pages.iter().flat_map(|page| names(&page.document)).chain([site.config.title.as_str()]);
    known.extend(names.flat_map(words).map(|(_, word)| singular(word)).filter(|word| is_acronym(word)));
    site.pages.iter().flat_map(|page| unexplained(&page.document, &known)).collect()
}

/// What a page itself is called: it explains that.
fn names(document: &Document) -> Vec<&str> {
    match &document.meta {
        Meta::Term(term) => {
            let aliases = term.aliases.iter().map(|alias| &alias.name);
            [&term.name].into_iter().chain(aliases).chain(&term.forms).map(String::as_str).collect()
        }
        Meta::Exercise(exercise) => exercise.also_called.iter().chain([&exercise.title]).map(String::as_str).collect(),
        Meta::Article(_) | Meta::Page(_) | Meta::Section(_) | Meta::Sequence(_) | Meta::Care(_) => Vec::new(),
    }
}

/// The first use of each acronym that nothing explains.
fn unexplained(document: &Document, known: &HashSet<&str>) -> Vec<Diagnostic> {
    let bodies = document.fields.values().chain([&document.body]);
    let texts = bodies.flat_map(|body| &body.segments).filter_map(|segment| {
        let Segment::Prose(prose) = segment else { return None };
        Some(prose)
    });
    let texts: Vec<&Prose> = texts.collect();
    let mut seen = HashSet::new();
    let mut problems = Vec::new();
    for prose in texts.iter().filter(|prose| has_capitals(&prose.text)) {
        let words: Vec<(usize, &str)> = words(&prose.text).collect();
        let is_capital = |at: Option<usize>| at.and_then(|at| words.get(at)).is_some_and(|(_, word)| is_acronym(word));
        // "The ABC Manual": a name is not explained by what its letters stand for.
        let is_name = |end: usize| {
            prose.text[end..].strip_prefix([' ', '\n']).is_some_and(|next| next.starts_with(char::is_uppercase))
        };
        for (number, (at, word)) in words.iter().enumerate() {
            let acronym = singular(word);
            // Several words in capitals are a shout.
            let is_shout = is_capital(number.checked_sub(1)) || is_capital(Some(number + 1));
            if !is_acronym(acronym)
                || is_shout
                || is_name(at + word.len())
                || known.contains(acronym)
                || !seen.insert(acronym)
            {
                continue;
            }
            if !texts.iter().any(|text| explains(&text.text, acronym)) {
                let range = document.locate(prose.origin, prose.source_range(*at, at + word.len()));
                let message = format!("`{acronym}` is not explained on this page, and is no term");
                problems.push(
                    Diagnostic::new(Code::UnexplainedAcronym, document.path(), range, message)
                        .help(format!("write it in full where it comes first: `the full name ({acronym})`"))
                        .help("or make it a term of the glossary, by its name or as an alias"),
                );
            }
        }
    }
    problems
}

/// The words of a text with their offsets: letters and digits.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.split(|character: char| !character.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(|word| (word.as_ptr() as usize - text.as_ptr() as usize, word))
}

/// Whether two capitals stand together: a quick look that most texts do not pass.
fn has_capitals(text: &str) -> bool {
    text.as_bytes().windows(2).any(|pair| pair.iter().all(u8::is_ascii_uppercase))
}

fn singular(word: &str) -> &str {
    word.strip_suffix('s').unwrap_or(word)
}

/// Two to six capitals. Numbers in Roman figures are none.
fn is_acronym(word: &str) -> bool {
    (2..=LONGEST).contains(&word.len())
        && word.bytes().all(|byte| byte.is_ascii_uppercase())
        && !word.bytes().all(|byte| matches!(byte, b'I' | b'V' | b'X'))
}

/// Whether a text has the acronym in brackets, or something in brackets after it.
fn explains(text: &str, acronym: &str) -> bool {
    text.match_indices(acronym).any(|(at, _)| {
        let after = text[at + acronym.len()..].trim_start_matches('s');
        text[..at].ends_with('(') || after.trim_start().starts_with('(')
    })
}
