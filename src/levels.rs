//! How much each problem matters on a site: levels of site.yaml, of some of its files, and what a file allows itself.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use globset::GlobMatcher;

use crate::config::{Config, pattern};
use crate::diagnostic::{self, Code, Diagnostic, Fix, Level, Rule, fault_of_check};
use crate::parse::document::Document;
use crate::resolve::site::Site;
use crate::text::{TextRange, VPath};
use crate::yaml::Step;

/// Gives each problem the level that the site wants, drops what it does not want to hear, and sorts the rest.
pub fn settle(diagnostics: &mut Vec<Diagnostic>, site: &Site) {
    let levels = Levels::new(site);
    for diagnostic in &mut *diagnostics {
        diagnostic.level = levels.of(diagnostic.code, &diagnostic.location.path);
    }
    diagnostics.retain(|diagnostic| diagnostic.level != Level::Allow);
    diagnostic::sort(diagnostics);
}

/// What files allow themselves though nothing of that kind is found in them.
pub fn unused(diagnostics: &[Diagnostic], site: &Site) -> Vec<Diagnostic> {
    let found: BTreeSet<(&VPath, &str)> =
        diagnostics.iter().map(|diagnostic| (&diagnostic.location.path, diagnostic.code.name())).collect();
    let allowed = site.pages.iter().flat_map(|page| {
        let path = page.document.path();
        // What is no check, or has no reason, is a fault of its own.
        let allow = page.document.meta.common().allow.iter();
        let allow = allow.filter(|(name, reason)| {
            fault_of_check(name).is_none()
                && !Code::from_name(name).is_some_and(Code::is_asked_for)
                && !reason.trim().is_empty()
        });
        allow.map(move |(name, _)| (page, path, name))
    });
    let unused = allowed.filter(|(_, path, name)| !found.contains(&(*path, name.as_str())));
    let report = unused.map(|(page, path, name)| {
        let at = page.document.value_range(&[Step::key("allow"), Step::name(name)]);
        Diagnostic::new(Code::UnusedAllow, path, at, format!("there is no `{name}` in this file to allow"))
            .help(format!("take `{name}` out of `allow:`"))
            .fixed_by(taken_out(&page.document, name, at))
    });
    report.collect()
}

/// The lines of `name`, at `at` under `allow:`, taken out: with `allow:` itself where nothing else is allowed. Nothing if what is allowed does not
/// stand on lines of its own.
fn taken_out(document: &Document, name: &str, at: TextRange) -> Option<Fix> {
    let text = &*document.source.text;
    let line = |offset: usize| {
        let start = text[..offset].rfind('\n').map_or(0, |newline| newline + 1);
        let end = text[offset..].find('\n').map_or(text.len(), |newline| offset + newline + 1);
        start..end
    };
    let own = line(at.start as usize);
    let is_whole = |lines: &str| {
        serde_yaml::from_str::<BTreeMap<String, serde_yaml::Value>>(lines).is_ok_and(|map| map.len() == 1)
    };
    let allow = &document.meta.common().allow;
    let key = line(document.value_range(&[Step::name("allow")]).start as usize);
    let lines = match allow.len() {
        // `allow: {name: …}`, or the two lines of it.
        1 => key.start..own.end,
        _ if key == own => return None,
        _ => own,
    };
    let starts_right = allow.len() == 1 || text[lines.clone()].trim_start().starts_with(name);
    let is_alone = is_whole(&text[lines.clone()]) && starts_right;
    let goes_on = text[lines.end..].starts_with([' ', '\t']) && allow.len() == 1;
    (is_alone && !goes_on).then(|| Fix::new(TextRange::new(lines.start, lines.end), ""))
}

struct Levels<'s> {
    config: &'s Config,
    files: Vec<(GlobMatcher, &'s BTreeMap<String, Level>)>,
    allowed: HashMap<&'s VPath, &'s BTreeMap<String, String>>,
}

impl<'s> Levels<'s> {
    fn new(site: &'s Site) -> Self {
        let config = &*site.config;
        let files = config.checks_in.iter();
        let files = files.filter_map(|some| Some((pattern(&some.files).ok()?.compile_matcher(), &some.checks)));
        let allowed = site.pages.iter().map(|page| (page.document.path(), &page.document.meta.common().allow));
        Self { config, files: files.collect(), allowed: allowed.filter(|(_, allow)| !allow.is_empty()).collect() }
    }

    fn of(&self, code: Code, path: &VPath) -> Level {
        let name = code.name();
        if code.rule() == Rule::Check && self.allowed.get(path).is_some_and(|allow| allow.contains_key(name)) {
            return Level::Allow;
        }
        let inside = path.strip_folder("content").unwrap_or(path.as_str());
        let own = self.files.iter().rev().filter(|(files, _)| files.is_match(inside));
        let own = own.filter_map(|(_, checks)| checks.get(name)).next();
        match own {
            Some(level) if code.rule() == Rule::Check => *level,
            Some(_) | None => self.config.level(code),
        }
    }
}
