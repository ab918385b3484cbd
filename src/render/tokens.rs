//! The colours, fonts and measures of a theme, as its site sets them, in its stylesheets; there too the rules for drawings.

use super::css::squeeze;
use crate::config::{self, Config, Tokens};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{Asset, Sources};
use crate::text::{TextRange, VPath, nearest};
use crate::yaml::{self, Step};

/// Stands in a stylesheet for all tokens.
const TOKENS: &str = "@tokens;";

/// Stands in a stylesheet for the theme's rules for drawings.
const DRAWINGS: &str = "@drawings;";

/// The tokens of `themes`, each over those before it, and over them all those of the site, which can only set what there is.
pub fn merge<'t>(
    themes: impl Iterator<Item = (&'t str, &'t Tokens)>,
    config: &Config,
    sources: &Sources,
) -> (Tokens, Vec<Diagnostic>) {
    let mut problems = Vec::new();
    let mut tokens = Tokens::new();
    for (theme, own) in themes {
        check(own, None, &format!("themes/{theme}/theme.yaml"), sources, &mut problems);
        tokens.extend(own.clone());
    }
    check(&config.tokens, Some(&tokens), config::PATH, sources, &mut problems);
    tokens.extend(config.tokens.clone());
    (tokens, problems)
}

/// Names that cannot be, or that `known` does not have, and values that no stylesheet can hold.
fn check(tokens: &Tokens, known: Option<&Tokens>, path: &str, sources: &Sources, problems: &mut Vec<Diagnostic>) {
    let path = VPath::new(path).expect("theme names hold no dots");
    let report = |name: &str, code, message: String| {
        let at = sources.files.get(&path).map_or_else(TextRange::default, |file| {
            yaml::locate(file, TextRange::new(0, file.text.len()), &[Step::key("tokens"), Step::name(name)])
        });
        Diagnostic::new(code, &path, at, message)
    };
    for (name, token) in tokens {
        let is_name =
            !name.is_empty() && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        if let Some(known) = known.filter(|known| !known.contains_key(name)) {
            let near = nearest(name, known.keys().map(String::as_str));
            let problem = report(name, Code::UnknownKey, format!("the theme has no token `{name}`"));
            problems.push(match near.is_empty() {
                true => problem.help("its tokens stand under `tokens:` in its theme.yaml"),
                false => problem.suggest(&near),
            });
        } else if !is_name {
            let message = format!("`{name}` cannot be the name of a token");
            problems.push(report(name, Code::InvalidValue, message).help("write it in lower case, with hyphens"));
        } else if let Some(fault) = token.fault() {
            let message = format!("the token `{name}` {fault}");
            problems.push(report(name, Code::InvalidValue, message).help("write one value of CSS, like `#0b6270`"));
        }
    }
}

/// The tokens as custom properties.
pub fn stylesheet(tokens: &Tokens) -> String {
    let properties: String = tokens.iter().map(|(name, token)| format!("--{name}:{};", token.css())).collect();
    format!(":root{{{properties}}}")
}

/// A stylesheet as it is published: with the tokens, and the rules for drawings, where it wants them.
pub fn put_in(asset: Asset, tokens: &str, drawings: &str) -> Asset {
    match str::from_utf8(&asset.bytes) {
        Ok(css) => {
            let whole = css.replacen(TOKENS, tokens, 1).replacen(DRAWINGS, drawings, 1);
            Asset::new(squeeze(&whole).into_bytes())
        }
        Err(_) => asset,
    }
}
