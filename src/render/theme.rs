//! Files of themes → a [`Theme`]: templates, words and static files, each theme over the one that it extends.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};
use std::sync::Arc;

use serde::Deserialize;
use tera::{Context, Tera};

use super::contrast::Standing;
use super::drawings::DrawingStyle;
use super::template_error::{Rendering, template_problems};
use super::tokens;
use super::view::TEMPLATES;
use crate::config::{self, Config, Tokens};
use crate::diagnostic::{Code, Diagnostic};
use crate::parse::body::Word;
use crate::resolve::{asset_url, bytes_of};
use crate::source::{Asset, SourceFile, Sources};
use crate::text::{Fingerprint, TextRange, VPath, nearest};
use crate::yaml::{self, Step};

/// The theme that travels in the binary.
const BUILTIN: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/builtin_theme.rs"));

/// The theme that every other extends in the end.
const DEFAULT: &str = "default";

/// Words that the compiler itself uses, beside those of [`Word`].
const WORDS: &[&str] =
    &["source", "months", "date", "glossary", "exercises", "handout", "sources", "map", "home", "search", "not_found"];

/// A page larger than this is a template running away.
pub(super) const PAGE_AT_MOST: usize = 16 << 20;

/// theme.yaml
#[derive(Deserialize, Default)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Manifest {
    /// The theme's name, for people.
    name: String,
    /// The theme that lends what this one lacks; `default` where it is missing.
    extends: Option<String>,
    /// Words by language.
    words: BTreeMap<String, BTreeMap<String, String>>,
    /// Colours, fonts and measures: a value of CSS, or `light` and `dark`. In a stylesheet, `@tokens;` stands for all of them as
    /// custom properties, and `var(--name)` for one.
    pub(super) tokens: Tokens,
    /// Which tokens stand on which, and how well they must be told apart; beside what the theme says that this one extends.
    pub(super) contrast: Vec<Standing>,
}

/// A theme, ready to render.
#[derive(Debug)]
pub struct Theme {
    tera: Tera,
    /// The words of the site's language, by key.
    pub words: BTreeMap<String, String>,
    /// Static files: where each is published, and what is in it.
    pub statics: BTreeMap<String, (String, Asset)>,
    /// How drawings are painted.
    pub drawings: DrawingStyle,
    templates: BTreeMap<String, Arc<SourceFile>>,
    /// Of everything in it.
    pub fingerprint: Fingerprint,
}

/// Adds the files of the built-in theme that `sources` does not have itself.
pub fn add_builtin(sources: &mut Sources) {
    for (path, bytes) in BUILTIN {
        let path = VPath::new(path).expect("the build script lists paths below the root");
        match str::from_utf8(bytes) {
            Ok(text) if is_text(&path) => {
                if !sources.files.contains_key(&path) {
                    sources.insert(SourceFile::new(path, text));
                }
            }
            Ok(_) | Err(_) => {
                sources.assets.entry(path).or_insert_with(|| Asset::new(*bytes));
            }
        }
    }
}

fn is_text(path: &VPath) -> bool {
    matches!(path.extension(), "html" | "yaml" | "yml" | "xml" | "txt" | "md")
}

/// The fingerprint of everything that [`Theme::load`] would read.
pub fn fingerprint(config: &Config, sources: &Sources) -> Fingerprint {
    let files: Vec<(&VPath, Fingerprint)> = sources
        .files
        .iter()
        .filter(|(path, _)| path.strip_folder("themes").is_some())
        .map(|(path, file)| (path, file.fingerprint))
        .collect();
    let assets: Vec<(&VPath, Fingerprint)> = sources
        .assets
        .iter()
        .filter(|(path, _)| path.strip_folder("themes").is_some())
        .map(|(path, asset)| (path, asset.fingerprint))
        .collect();
    Fingerprint::of(&(files, assets, &config.theme, &config.language, &config.tokens))
}

impl Theme {
    /// Loads the site's theme; nothing where it cannot be used, with the reasons.
    pub fn load(config: &Config, sources: &Sources) -> (Option<Self>, Vec<Diagnostic>) {
        let mut problems = Vec::new();
        let chain = chain(config, sources, &mut problems);
        if !problems.is_empty() {
            return (None, problems);
        }
        let templates = templates(&chain, sources);
        let words = words(&chain, &config.language);
        let tokens = tokens::merge(
            chain.iter().map(|(name, manifest)| (name.as_str(), &manifest.tokens)).rev(),
            config,
            sources,
        );
        let (tokens, mut found) = tokens;
        problems.append(&mut found);
        let drawings = drawings(&chain, sources, &tokens, &mut problems);
        let last = chain.last().map_or(DEFAULT, |(name, _)| name);
        let manifest = VPath::new(&format!("themes/{last}/theme.yaml")).expect("theme names hold no dots");
        for (name, ..) in TEMPLATES.iter().filter(|(name, ..)| !templates.contains_key(*name)) {
            let message = format!("the theme has no template `{name}`");
            problems.push(Diagnostic::new(Code::InvalidTheme, &manifest, TextRange::default(), message));
        }
        for key in
            WORDS.iter().copied().chain(ALL_WORDS.iter().map(|word| word.key())).filter(|key| !words.contains_key(*key))
        {
            let message = format!("the theme has no word `{key}`");
            problems.push(
                Diagnostic::new(Code::InvalidTheme, &manifest, TextRange::default(), message)
                    .help(format!("add `{key}:` under `words: {{en: …}}` in theme.yaml")),
            );
        }
        if !problems.is_empty() {
            return (None, problems);
        }
        let mut tera = Tera::new();
        tera.set_escape_fn(escape);
        tera.autoescape_on([".html", ".xml"]);
        if let Err(error) = tera.add_raw_templates(templates.iter().map(|(name, file)| (name.as_str(), &*file.text))) {
            return (None, template_problems(&error, &templates, None));
        }
        let theme = Self {
            tera,
            words,
            statics: statics(&chain, sources, &tokens::stylesheet(&tokens), &drawings.stylesheet()),
            drawings,
            templates,
            fingerprint: fingerprint(config, sources),
        };
        (Some(theme), problems)
    }

    /// The word for `key`; the key itself where the theme has none, so that a missing word shows.
    pub fn word<'a>(&'a self, key: &'a str) -> &'a str {
        self.words.get(key).map_or(key, String::as_str)
    }

    /// The files of its templates; one that stands under two names comes twice.
    pub(super) fn templates(&self) -> impl Iterator<Item = &SourceFile> {
        self.templates.values().map(|file| &**file)
    }

    /// Renders a template. `page` is the content file that it is for, and `context` all that it sees.
    pub fn render(&self, template: &str, context: &Context, page: Option<&VPath>) -> Result<Vec<u8>, Vec<Diagnostic>> {
        let mut out = Bounded { bytes: Vec::with_capacity(16 << 10) };
        match self.tera.render_to(template, context, &mut out) {
            Ok(()) => Ok(out.bytes),
            Err(error) => Err(template_problems(&error, &self.templates, Some(&Rendering { template, page }))),
        }
    }
}

/// Every word of the compiler.
const ALL_WORDS: &[Word] = &[
    Word::AlertNote,
    Word::AlertTip,
    Word::AlertImportant,
    Word::AlertWarning,
    Word::AlertCaution,
    Word::CareEmergency,
    Word::CareUrgent,
    Word::CareRoutine,
    Word::QuizTitle,
    Word::QuizSeveral,
    Word::QuizOrder,
    Word::QuizMatch,
    Word::QuizGap,
    Word::QuizThink,
    Word::QuizShowAnswer,
    Word::QuizRight,
    Word::QuizWrong,
    Word::LinkToSection,
    Word::Notes,
    Word::BackToText,
];

/// The site's theme and what it extends, by name, nearest first; always ends with the default one.
pub(super) fn chain(config: &Config, sources: &Sources, problems: &mut Vec<Diagnostic>) -> Vec<(String, Manifest)> {
    let mut chain: Vec<(String, Manifest)> = Vec::new();
    let mut next = config.theme.clone().unwrap_or_else(|| DEFAULT.to_owned());
    let mut asked = VPath::new(config::PATH).expect("the path is relative");
    let mut step = Step::key("theme");
    loop {
        let folder = format!("themes/{next}");
        let path = VPath::new(&format!("{folder}/theme.yaml"));
        let exists = sources.files.keys().chain(sources.assets.keys()).any(|path| path.strip_folder(&folder).is_some());
        let asking = sources.files.get(&asked);
        let at = asking.map_or_else(TextRange::default, |file| {
            yaml::locate(file, TextRange::new(0, file.text.len()), std::slice::from_ref(&step))
        });
        let is_name =
            !next.is_empty() && next.chars().all(|character| character.is_alphanumeric() || "-_".contains(character));
        let Some(path) = path.filter(|_| exists && is_name) else {
            let names = theme_names(sources);
            let near = nearest(&next, names.iter().map(String::as_str));
            let problem = Diagnostic::new(Code::InvalidTheme, &asked, at, format!("there is no theme `{next}`"));
            problems.push(match near.is_empty() {
                true => problem.help(format!("the themes are: {}", names.into_iter().collect::<Vec<_>>().join(", "))),
                false => problem.suggest(&near),
            });
            return chain;
        };
        if chain.iter().any(|(name, _)| *name == next) {
            problems.push(Diagnostic::new(
                Code::InvalidTheme,
                &asked,
                at,
                format!("the theme `{next}` extends itself"),
            ));
            return chain;
        }
        let manifest = match sources.files.get(&path) {
            None => Manifest::default(),
            Some(file) => {
                let (manifest, mut found) = yaml::read(file, TextRange::new(0, file.text.len()));
                problems.append(&mut found);
                manifest
            }
        };
        let _ = &manifest.name;
        let extends = manifest.extends.clone();
        let is_default = next == DEFAULT;
        chain.push((next, manifest));
        if is_default {
            return chain;
        }
        next = extends.unwrap_or_else(|| DEFAULT.to_owned());
        (asked, step) = (path, Step::key("extends"));
    }
}

fn theme_names(sources: &Sources) -> BTreeSet<String> {
    let paths = sources.files.keys().chain(sources.assets.keys());
    paths.filter_map(|path| Some(path.strip_folder("themes")?.split_once('/')?.0.to_owned())).collect()
}

/// Templates by name: under its plain name the nearest theme's, and each under `<theme>/<name>` too, so that a template can extend
/// the one that it replaces. Files of components have their plain name only: the names of components are global, and one file
/// takes the place of the other.
fn templates(chain: &[(String, Manifest)], sources: &Sources) -> BTreeMap<String, Arc<SourceFile>> {
    let mut templates = BTreeMap::new();
    for (theme, _) in chain.iter().rev() {
        let folder = format!("themes/{theme}/templates");
        for (path, file) in &sources.files {
            if let Some(name) = path.strip_folder(&folder) {
                if !file.text.contains("{% component ") && !file.text.contains("{%- component ") {
                    templates.insert(format!("{theme}/{name}"), Arc::clone(file));
                }
                templates.insert(name.to_owned(), Arc::clone(file));
            }
        }
    }
    templates
}

/// The words of a language: those of `en-GB` over those of `en`, those of a theme over those of the one that it extends; English last.
fn words(chain: &[(String, Manifest)], language: &str) -> BTreeMap<String, String> {
    let primary = language.split('-').next().unwrap_or_default();
    let mut words = BTreeMap::new();
    for wanted in ["en", primary, language] {
        for (_, manifest) in chain.iter().rev() {
            words.extend(manifest.words.get(wanted).cloned().unwrap_or_default());
        }
    }
    words
}

/// The rules for drawings of the nearest theme that has some.
fn drawings(
    chain: &[(String, Manifest)],
    sources: &Sources,
    tokens: &Tokens,
    problems: &mut Vec<Diagnostic>,
) -> DrawingStyle {
    let files = chain.iter().filter_map(|(theme, _)| VPath::new(&format!("themes/{theme}/drawings.css")));
    let found = files.into_iter().find_map(|path| Some((path.clone(), bytes_of(&path, sources)?)));
    let Some((path, asset)) = found else { return DrawingStyle::default() };
    let read = match str::from_utf8(&asset.bytes) {
        Ok(css) => DrawingStyle::read(css, tokens),
        Err(error) => Err(TextRange::at(error.valid_up_to())),
    };
    read.unwrap_or_else(|at| {
        let message = "this is no rule for classes of drawings";
        let problem = Diagnostic::new(Code::InvalidTheme, &path, at, message);
        problems.push(problem.help("write only rules like `.fig-bone { fill: var(--bone) }` here; everything else belongs into a stylesheet in `static/`"));
        DrawingStyle::default()
    })
}

fn statics(
    chain: &[(String, Manifest)],
    sources: &Sources,
    tokens: &str,
    drawings: &str,
) -> BTreeMap<String, (String, Asset)> {
    let mut statics = BTreeMap::new();
    for (theme, _) in chain.iter().rev() {
        let folder = format!("themes/{theme}/static");
        let texts = sources.files.iter().map(|(path, file)| (path, Asset::new(file.text.as_bytes())));
        for (path, asset) in sources.assets.iter().map(|(path, asset)| (path, asset.clone())).chain(texts) {
            if let Some(name) = path.strip_folder(&folder) {
                let asset = if path.extension() == "css" { tokens::put_in(asset, tokens, drawings) } else { asset };
                statics.insert(name.to_owned(), (asset_url(path.file_name(), &asset.bytes), asset));
            }
        }
    }
    statics
}

/// Escapes what HTML and XML cannot hold in text and quoted attributes.
fn escape(text: &str, out: &mut dyn Write) -> io::Result<()> {
    let mut done = 0;
    for (index, byte) in text.bytes().enumerate() {
        let entity: &[u8] = match byte {
            b'&' => b"&amp;",
            b'<' => b"&lt;",
            b'>' => b"&gt;",
            b'"' => b"&quot;",
            b'\'' => b"&#39;",
            _ => continue,
        };
        out.write_all(&text.as_bytes()[done..index])?;
        out.write_all(entity)?;
        done = index + 1;
    }
    out.write_all(&text.as_bytes()[done..])
}

/// Refuses to grow beyond what a page can be.
struct Bounded {
    bytes: Vec<u8>,
}

impl Write for Bounded {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.bytes.len() + bytes.len() > PAGE_AT_MOST {
            return Err(io::Error::from(io::ErrorKind::FileTooLarge));
        }
        self.bytes.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
