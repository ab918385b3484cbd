//! Colours of a site and its theme → those that cannot be told apart well enough. The theme says which stand on which.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::colour::{Colour, contrast};
use super::theme::{Manifest, chain};
use crate::config::{self, Config, Token, Tokens};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Sources;
use crate::text::{TextRange, VPath, nearest};
use crate::yaml::{self, Step};

/// What stands on what in a theme.
#[derive(Clone, Deserialize, Debug)]
#[serde(deny_unknown_fields)]
pub struct Standing {
    /// Tokens of text and edges, or a colour itself.
    of: Vec<String>,
    /// The tokens that they stand on.
    on: Vec<String>,
    /// The least contrast between them: 4.5 for text, 3 for edges.
    least: f64,
}

/// Who sets tokens: the site, or a theme.
struct Setter<'a> {
    path: VPath,
    tokens: &'a Tokens,
}

/// What is wrong with a colour in one scheme: the ground on which it is worst, and the others.
struct Finding {
    of: String,
    on: String,
    ratio: f64,
    least: f64,
    others: Vec<String>,
}

/// Every two colours of the site that are too much alike, where the nearest of site and themes sets one of them.
pub fn too_much_alike(config: &Config, sources: &Sources) -> Vec<Diagnostic> {
    // A theme that cannot be used is reported when it is loaded.
    let mut unusable = Vec::new();
    let chain = chain(config, sources, &mut unusable);
    if !unusable.is_empty() {
        return Vec::new();
    }
    let site = Setter { path: VPath::new(config::PATH).expect("the path is relative"), tokens: &config.tokens };
    let themes = chain.iter().map(|(theme, manifest)| Setter { path: manifest_path(theme), tokens: &manifest.tokens });
    let setters: Vec<Setter<'_>> = std::iter::once(site).chain(themes).collect();
    let mut problems = unknown(&chain, &setters, sources);
    // By place: who set the colour, which one, in which scheme.
    let mut findings: BTreeMap<(usize, String, &str), Finding> = BTreeMap::new();
    for standing in chain.iter().flat_map(|(_, manifest)| &manifest.contrast) {
        for (of, on) in standing.of.iter().flat_map(|of| standing.on.iter().map(move |on| (of, on))) {
            for scheme in ["light", "dark"] {
                find(&setters, (of, on), standing.least, scheme, &mut findings);
            }
        }
    }
    problems.extend(
        findings
            .into_iter()
            .map(|((setter, name, scheme), found)| report(&setters[setter], &name, scheme, &found, sources)),
    );
    problems
}

fn find<'s>(
    setters: &[Setter<'_>],
    (of, on): (&String, &String),
    least: f64,
    scheme: &'s str,
    findings: &mut BTreeMap<(usize, String, &'s str), Finding>,
) {
    let (Some((own, above)), Some((ground, below))) = (colour(setters, of, scheme), colour(setters, on, scheme)) else {
        return;
    };
    let ratio = contrast(above, below);
    if ratio >= least {
        return;
    }
    // Where both are set in one place, what stands on the other is to blame.
    let (setter, name) =
        if own.unwrap_or(usize::MAX) <= ground.unwrap_or(usize::MAX) { (own, of) } else { (ground, on) };
    let Some(setter) = setter else { return };
    let new = Finding { of: of.clone(), on: on.clone(), ratio, least, others: Vec::new() };
    match findings.get_mut(&(setter, name.clone(), scheme)) {
        None => {
            findings.insert((setter, name.clone(), scheme), new);
        }
        Some(known) => {
            let pair = |finding: &Finding| format!("`{}` on `{}`", finding.of, finding.on);
            // The one that lacks most is said first.
            let is_worse = new.ratio / new.least < known.ratio / known.least;
            let mut others = std::mem::take(&mut known.others);
            others.push(pair(if is_worse { known } else { &new }));
            if is_worse {
                *known = new;
            }
            known.others = others;
        }
    }
}

/// The colour that a name stands for, and who sets it; nobody, where the name is the colour. Nothing for what cannot be judged.
fn colour(setters: &[Setter<'_>], name: &str, scheme: &str) -> Option<(Option<usize>, Colour)> {
    if name.starts_with('#') {
        return Some((None, Colour::read(name)?));
    }
    let setter = setters.iter().position(|setter| setter.tokens.contains_key(name))?;
    let value = match setters[setter].tokens.get(name)? {
        Token::Pair { light, dark } => if scheme == "light" { light } else { dark }.as_str(),
        Token::Plain(value) => match value.strip_prefix("light-dark(").and_then(|rest| rest.strip_suffix(')')) {
            Some(both) => {
                let (light, dark) = both.split_once(',').filter(|_| both.matches(',').count() == 1)?;
                if scheme == "light" { light } else { dark }
            }
            None => value,
        },
    };
    Some((Some(setter), Colour::read(value.trim())?))
}

fn report(setter: &Setter<'_>, name: &str, scheme: &str, found: &Finding, sources: &Sources) -> Diagnostic {
    let Finding { of, on, ratio, least, others } = found;
    let mut path = vec![Step::key("tokens"), Step::key(name)];
    if let Some(Token::Pair { .. }) = setter.tokens.get(name) {
        path.push(Step::key(scheme));
    }
    let at = locate(&setter.path, &path, sources);
    let message = format!(
        "in {scheme} colours `{of}` on `{on}` has a contrast of {:.1}; readers need {least}",
        (ratio * 10.0).floor() / 10.0
    );
    let mut problem = Diagnostic::new(Code::LowContrast, &setter.path, at, message);
    if !others.is_empty() {
        problem = problem.help(format!("too low as well: {}", others.join(", ")));
    }
    problem.help(if of == name {
        "move it further from its ground, lighter or darker"
    } else {
        "move it further from what stands on it"
    })
}

/// Tokens in the tables of themes that no theme has.
fn unknown(chain: &[(String, Manifest)], setters: &[Setter<'_>], sources: &Sources) -> Vec<Diagnostic> {
    let known = || setters.iter().flat_map(|setter| setter.tokens.keys()).map(String::as_str);
    let mut problems = Vec::new();
    for (theme, manifest) in chain {
        for (number, standing) in manifest.contrast.iter().enumerate() {
            for (key, names) in [("of", &standing.of), ("on", &standing.on)] {
                for (place, name) in names.iter().enumerate().filter(|(_, name)| !name.starts_with('#')) {
                    if known().any(|known| known == name) {
                        continue;
                    }
                    let path = [Step::key("contrast"), Step::Index(number), Step::key(key), Step::Index(place)];
                    let file = manifest_path(theme);
                    let at = locate(&file, &path, sources);
                    let message = format!("the theme has no token `{name}`");
                    problems
                        .push(Diagnostic::new(Code::UnknownKey, &file, at, message).suggest(&nearest(name, known())));
                }
            }
        }
    }
    problems
}

fn manifest_path(theme: &str) -> VPath {
    VPath::new(&format!("themes/{theme}/theme.yaml")).expect("theme names hold no dots")
}

fn locate(path: &VPath, steps: &[Step], sources: &Sources) -> TextRange {
    let file = sources.files.get(path);
    file.map_or_else(TextRange::default, |file| yaml::locate(file, TextRange::new(0, file.text.len()), steps))
}
