//! How much each problem matters on a site: levels of site.yaml, of some of its files, and what a file allows itself.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use globset::GlobMatcher;

use crate::config::{Config, pattern};
use crate::diagnostic::{self, Code, Diagnostic, Level, Rule, fault_of_check};
use crate::resolve::site::Site;
use crate::text::VPath;
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
        let allow = allow.filter(|(name, reason)| fault_of_check(name).is_none() && !reason.trim().is_empty());
        allow.map(move |(name, _)| (page, path, name))
    });
    let unused = allowed.filter(|(_, path, name)| !found.contains(&(*path, name.as_str())));
    let report = unused.map(|(page, path, name)| {
        let at = page.document.value_range(&[Step::key("allow"), Step::name(name)]);
        Diagnostic::new(Code::UnusedAllow, path, at, format!("there is no `{name}` in this file to allow"))
            .help(format!("take `{name}` out of `allow:`"))
    });
    report.collect()
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
