//! How a theme paints drawings: `drawings.css` beside its theme.yaml.
//!
//! The file holds rules for the classes of drawings and nothing else. A stylesheet takes them all with `@drawings;`; a drawing that is
//! shown as a picture, which no stylesheet of a page reaches, gets a copy of those that it needs, with the colours that they use.

use std::collections::{BTreeMap, BTreeSet};

use crate::config::Tokens;
use crate::resolve::asset_url;
use crate::resolve::site::{Site, Target};
use crate::source::Asset;
use crate::text::{TextRange, VPath};

/// The class of the root of a drawing that is shown as a picture.
const PICTURE: &str = "fig-picture";

/// The rules, and the tokens that they may use.
#[derive(Debug, Default)]
pub struct DrawingStyle {
    rules: Vec<Rule>,
    tokens: Tokens,
}

#[derive(Debug)]
struct Rule {
    /// Without their dots.
    classes: Vec<String>,
    declarations: String,
}

/// A picture for a card.
#[derive(Debug)]
pub struct Picture {
    /// Where it is published.
    pub url: String,
    /// Width and height in pixels, where they are known.
    pub size: Option<(usize, usize)>,
    /// Its bytes, where no other asset has them.
    pub asset: Option<Asset>,
}

impl DrawingStyle {
    /// Reads `css`. What is no rule for plain classes is an error, with its place.
    pub fn read(css: &str, tokens: &Tokens) -> Result<Self, TextRange> {
        let css = without_comments(css);
        let mut rules = Vec::new();
        let mut at = 0;
        for rule in css.split_inclusive('}') {
            let start = at + rule.len() - rule.trim_start().len();
            at += rule.len();
            if rule.trim().is_empty() {
                continue;
            }
            let parts = rule.trim().strip_suffix('}').and_then(|rule| rule.split_once('{'));
            let read = parts.filter(|(_, declarations)| !declarations.contains('{')).and_then(|(selectors, rest)| {
                let classes: Option<Vec<String>> = selectors.split(',').map(class).collect();
                Some(Rule { classes: classes?, declarations: compact(rest) })
            });
            rules.push(read.ok_or_else(|| TextRange::new(start, at))?);
        }
        Ok(Self { rules, tokens: tokens.clone() })
    }

    /// All rules, for the stylesheet of a page.
    pub fn stylesheet(&self) -> String {
        let all: BTreeSet<&str> = self.rules.iter().flat_map(|rule| &rule.classes).map(String::as_str).collect();
        self.write(&all.into_iter().filter(|class| *class != PICTURE).collect())
    }

    /// The stylesheet of a drawing with these classes; nothing where none of them has a rule.
    fn of(&self, classes: &BTreeSet<String>) -> Option<String> {
        let has_rule = |class: &&str| self.rules.iter().any(|rule| rule.classes.iter().any(|other| other == class));
        let mut wanted: BTreeSet<&str> = classes.iter().map(String::as_str).filter(has_rule).collect();
        if wanted.is_empty() {
            return None;
        }
        wanted.insert(PICTURE);
        let rules = self.write(&wanted);
        let mut properties = BTreeMap::new();
        self.collect_tokens(&rules, &mut properties);
        let properties: String = properties.iter().map(|(name, value)| format!("--{name}:{value};")).collect();
        Some(format!(".{PICTURE}{{{properties}}}{rules}"))
    }

    fn write(&self, classes: &BTreeSet<&str>) -> String {
        let mut out = String::new();
        for Rule { classes: own, declarations } in &self.rules {
            let shown: Vec<String> =
                own.iter().filter(|class| classes.contains(class.as_str())).map(|class| format!(".{class}")).collect();
            if !shown.is_empty() {
                out += &format!("{}{{{declarations}}}", shown.join(","));
            }
        }
        out
    }

    /// The tokens that `css` uses, and those that these use.
    fn collect_tokens<'s>(&'s self, css: &str, found: &mut BTreeMap<&'s str, String>) {
        for (at, _) in css.match_indices("var(--") {
            let name = &css[at + "var(--".len()..];
            let name = &name[..name.find([')', ',', ' ']).unwrap_or(name.len())];
            if let Some((name, token)) = self.tokens.get_key_value(name)
                && !found.contains_key(name.as_str())
            {
                let value = token.css();
                found.insert(name, value.clone());
                self.collect_tokens(&value, found);
            }
        }
    }

    /// The picture of each file that the front matter of a page names.
    pub fn pictures(&self, site: &Site) -> BTreeMap<VPath, Picture> {
        let mut pictures = BTreeMap::new();
        for page in &site.pages {
            let Some(Target::Asset(path)) = page.document.figure.map(|figure| page.target(figure)) else { continue };
            let Some(published) = site.assets.get(path).filter(|_| !pictures.contains_key(path)) else { continue };
            let drawing = published.drawing.as_deref();
            #[allow(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "a drawing has a size above nought"
            )]
            let size = drawing.map(|drawing| (drawing.size.0.ceil() as usize, drawing.size.1.ceil() as usize));
            let style = drawing.and_then(|drawing| Some((drawing, self.of(&drawing.classes)?)));
            let asset = style.map(|(drawing, style)| Asset::new(drawing.file(PICTURE, &style).as_bytes()));
            let url = asset
                .as_ref()
                .map_or_else(|| published.url.to_string(), |asset| asset_url(path.file_name(), &asset.bytes));
            pictures.insert(path.clone(), Picture { url, size: size.or(published.size), asset });
        }
        pictures
    }
}

fn class(selector: &str) -> Option<String> {
    let name = selector.trim().strip_prefix('.')?;
    let is_name = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'));
    is_name.then(|| name.to_owned())
}

/// Comments become spaces, so that places stay.
fn without_comments(css: &str) -> String {
    let mut out = String::with_capacity(css.len());
    let mut rest = css;
    while let Some(start) = rest.find("/*") {
        let end = rest[start..].find("*/").map_or(rest.len(), |end| start + end + 2);
        out.push_str(&rest[..start]);
        out.extend(std::iter::repeat_n(' ', end - start));
        rest = &rest[end..];
    }
    out + rest
}

/// Declarations without white space that they do not need.
fn compact(declarations: &str) -> String {
    let parts = declarations.split(';').map(str::trim).filter(|part| !part.is_empty());
    let parts = parts.map(|part| match part.split_once(':') {
        Some((name, value)) => format!("{}:{}", name.trim(), value.trim()),
        None => part.to_owned(),
    });
    parts.collect::<Vec<_>>().join(";")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::DrawingStyle;
    use crate::config::{Token, Tokens};

    #[test]
    fn a_drawing_gets_the_rules_and_tokens_that_it_uses() {
        let plain = |value: &str| Token::Plain(value.to_owned());
        let pair = Token::Pair { light: "#fff".to_owned(), dark: "#000".to_owned() };
        let tokens: Tokens = [("bone", plain("var(--base)")), ("base", pair), ("other", plain("red"))]
            .into_iter()
            .map(|(name, token)| (name.to_owned(), token))
            .collect();
        let css = "/* a } */ .fig-picture { color-scheme: light dark }\n.a, .b { fill: var(--bone); stroke: none; }\n.c{fill:var(--other)}";
        let style = DrawingStyle::read(css, &tokens).expect("it is right");
        let classes = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<BTreeSet<_>>();
        assert_eq!(style.stylesheet(), ".a,.b{fill:var(--bone);stroke:none}.c{fill:var(--other)}");
        assert_eq!(
            style.of(&classes(&["b", "x"])).as_deref(),
            Some(
                ".fig-picture{--base:light-dark(#fff, #000);--bone:var(--base);}.fig-picture{color-scheme:light dark}\
                 .b{fill:var(--bone);stroke:none}"
            )
        );
        assert_eq!(style.of(&classes(&["x"])), None);
    }

    #[test]
    fn only_rules_for_classes() {
        for (css, wrong) in [
            (".a{} p { color: red }", "p { color: red }"),
            ("@media print { .a { fill: red } }", "@media print { .a { fill: red }"),
            (".a { fill: red", ".a { fill: red"),
            (".a .b{}", ".a .b{}"),
        ] {
            let at = DrawingStyle::read(css, &Tokens::new()).expect_err(css);
            assert_eq!(&css[at.bytes()], wrong);
        }
    }
}
