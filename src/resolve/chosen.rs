//! The pages that site.yaml names: its help page, those of the header.

use super::site::PageId;
use super::symbols::{Found, Symbols};
use crate::config::{self, Config, Kind};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Sources;
use crate::text::{TextRange, VPath};
use crate::yaml::{self, Step};

/// `help`, `navigation`, and what is wrong with them.
pub fn chosen(
    config: &Config,
    symbols: &Symbols<'_>,
    sources: &Sources,
) -> (Option<PageId>, Vec<PageId>, Vec<Diagnostic>) {
    let kinds = [Kind::Page, Kind::Article];
    let mut chosen = Chosen::new(symbols, sources);
    let help = config.help.as_ref().and_then(|id| chosen.page(&[Step::key("help")], id, &kinds));
    let navigation = config.navigation.iter().enumerate();
    let navigation = navigation
        .filter_map(|(number, id)| chosen.page(&[Step::key("navigation"), Step::Index(number)], id, &kinds))
        .collect();
    (help, navigation, chosen.problems)
}

/// Looks up the pages that site.yaml names.
pub(super) struct Chosen<'a> {
    symbols: &'a Symbols<'a>,
    sources: &'a Sources,
    pub(super) problems: Vec<Diagnostic>,
}

impl<'a> Chosen<'a> {
    pub(super) fn new(symbols: &'a Symbols<'a>, sources: &'a Sources) -> Self {
        Self { symbols, sources, problems: Vec::new() }
    }

    /// The page of that id and of one of `kinds`, which stands at `path` of site.yaml.
    pub(super) fn page(&mut self, path: &[Step], id: &str, kinds: &[Kind]) -> Option<PageId> {
        let (code, message) = match self.symbols.id(id, kinds) {
            Found::One(page) => return Some(page),
            Found::Hidden(why) => (Code::UnpublishedLink, format!("`{id}` is {}", why.reason())),
            Found::Many(_) => (Code::AmbiguousLink, format!("`{id}` names a page and an article")),
            Found::None if kinds.contains(&Kind::Page) => (Code::UnknownId, format!("there is no page `{id}`")),
            Found::None => (Code::UnknownId, format!("there is no article `{id}`")),
        };
        let near = if code == Code::UnknownId { self.symbols.ids_near(id, kinds) } else { Vec::new() };
        let problem = self.problem(code, path, message).suggest(&near);
        self.problems.push(problem);
        None
    }

    /// Says what is wrong with the value at `path` of site.yaml.
    pub(super) fn report(&mut self, code: Code, path: &[Step], message: String, help: Option<String>) {
        let mut problem = self.problem(code, path, message);
        problem.help.extend(help);
        self.problems.push(problem);
    }

    fn problem(&self, code: Code, path: &[Step], message: String) -> Diagnostic {
        let site = VPath::new(config::PATH).expect("the path is relative");
        let at = self
            .sources
            .files
            .get(&site)
            .map_or_else(TextRange::default, |file| yaml::locate(file, TextRange::new(0, file.text.len()), path));
        Diagnostic::new(code, &site, at, message)
    }
}
