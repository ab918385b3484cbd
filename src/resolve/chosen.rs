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
    let mut chosen = Chosen { symbols, sources, problems: Vec::new() };
    let help = config.help.as_ref().and_then(|id| chosen.page(&[Step::key("help")], id));
    let navigation = config.navigation.iter().enumerate();
    let navigation = navigation
        .filter_map(|(number, id)| chosen.page(&[Step::key("navigation"), Step::Index(number)], id))
        .collect();
    (help, navigation, chosen.problems)
}

/// Looks up the pages that site.yaml names.
struct Chosen<'a> {
    symbols: &'a Symbols<'a>,
    sources: &'a Sources,
    problems: Vec<Diagnostic>,
}

impl Chosen<'_> {
    fn page(&mut self, path: &[Step], id: &str) -> Option<PageId> {
        let kinds = [Kind::Page, Kind::Article];
        let (code, message) = match self.symbols.id(id, &kinds) {
            Found::One(page) => return Some(page),
            Found::Hidden(why) => (Code::UnpublishedLink, format!("`{id}` is {}", why.reason())),
            Found::Many(_) => (Code::AmbiguousLink, format!("`{id}` names a page and an article")),
            Found::None => (Code::UnknownId, format!("there is no page `{id}`")),
        };
        let site = VPath::new(config::PATH).expect("the path is relative");
        let at = self
            .sources
            .files
            .get(&site)
            .map_or_else(TextRange::default, |file| yaml::locate(file, TextRange::new(0, file.text.len()), path));
        let near = if code == Code::UnknownId { self.symbols.ids_near(id, &kinds) } else { Vec::new() };
        self.problems.push(Diagnostic::new(code, &site, at, message).suggest(&near));
        None
    }
}
