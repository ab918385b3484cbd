//! `unexplained-acronym`: an acronym that is no term, and that its page does not explain.

use std::collections::HashSet;

use crate::diagnostic::{Code, Diagnostic};
use crate::parse::acronym::{is_acronym, singular, words};
use crate::parse::document::{Acronym, Document};
use crate::parse::front_matter::Meta;
use crate::resolve::site::Site;
use crate::source::Sources;

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
    let uses = site.pages.iter().flat_map(|page| page.document.acronyms.iter().map(move |acronym| (page, acronym)));
    let unknown = uses.filter(|(_, acronym)| !known.contains(acronym.text.as_str()));
    unknown.map(|(page, acronym)| report(&page.document, acronym)).collect()
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

fn report(document: &Document, acronym: &Acronym) -> Diagnostic {
    let text = &acronym.text;
    let range = document.locate(acronym.origin, acronym.range);
    let message = format!("`{text}` is not explained on this page, and is no term");
    Diagnostic::new(Code::UnexplainedAcronym, document.path(), range, message)
        .help(format!("write it in full where it comes first: `the full name ({text})`"))
        .help("or make it a term of the glossary, by its name or as an alias")
}
