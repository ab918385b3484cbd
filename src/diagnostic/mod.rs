//! Problems as data: what, where, and what to do.

mod code;
mod fix;
mod human;
mod report;

pub use code::{Code, Rule};
pub use fix::{Fix, fixes, mended};
pub use human::{Colour, WIDTH, render};
pub use report::{to_github, to_json, to_sarif};

use crate::text::{TextRange, VPath, nearest};

/// How much a problem matters. Ordered from least to most.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Not reported.
    Allow,
    /// Worth knowing.
    Note,
    /// Should be mended; the site is published all the same.
    Warning,
    /// Must be mended; nothing is published.
    Error,
}

/// A range in a file of the snapshot.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct Location {
    /// Which file.
    pub path: VPath,
    /// Which bytes.
    pub range: TextRange,
}

/// Something more to show beside a problem: another place that it concerns.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct Note {
    /// What that place has to do with it.
    pub message: String,
    /// The place.
    pub location: Location,
}

/// One problem, at one place.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Diagnostic {
    /// Which problem.
    pub code: Code,
    /// How much it matters on this site.
    pub level: Level,
    /// What is wrong: lower case, the author's words in backticks, no full stop.
    pub message: String,
    /// Where.
    pub location: Location,
    /// Other places that it concerns.
    pub notes: Vec<Note>,
    /// What to do, one sentence each, most useful first.
    pub help: Vec<String>,
    /// What mends it, where that is certain.
    pub fix: Option<Fix>,
}

impl Diagnostic {
    /// A problem of kind `code` at `range` of `path`, at the code's own level.
    pub fn new(code: Code, path: &VPath, range: TextRange, message: impl Into<String>) -> Self {
        Self {
            code,
            level: code.default_level(),
            message: message.into(),
            location: Location { path: path.clone(), range },
            notes: Vec::new(),
            help: Vec::new(),
            fix: None,
        }
    }

    /// With a sentence on what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help.push(help.into());
        self
    }

    /// With "did you mean", if there are `names` to offer.
    #[must_use]
    pub fn suggest(self, names: &[&str]) -> Self {
        match names {
            [] => self,
            [name] => self.help(format!("did you mean `{name}`?")),
            [first @ .., last] => {
                let first: Vec<String> = first.iter().map(|name| format!("`{name}`")).collect();
                self.help(format!("did you mean {} or `{last}`?", first.join(", ")))
            }
        }
    }

    /// As [`suggest`](Self::suggest); where `wrong`, at the problem's place in `text`, is a slip of the finger for the only name, that mends it.
    #[must_use]
    pub fn suggest_for(self, text: &str, wrong: &str, names: &[&str]) -> Self {
        let fix = Fix::of_misspelt(text, self.location.range, wrong, names);
        self.suggest(names).fixed_by(fix)
    }

    /// With what mends it, if that is certain.
    #[must_use]
    pub fn fixed_by(mut self, fix: Option<Fix>) -> Self {
        self.fix = fix;
        self
    }

    /// With another place that the problem concerns.
    #[must_use]
    pub fn note(mut self, path: &VPath, range: TextRange, message: impl Into<String>) -> Self {
        self.notes.push(Note { message: message.into(), location: Location { path: path.clone(), range } });
        self
    }
}

/// Sorts by place, then code and message, and drops exact repetitions: the order in which people and tests read problems.
pub fn sort(diagnostics: &mut Vec<Diagnostic>) {
    diagnostics.sort_by(|a, b| (&a.location, a.code.name(), &a.message).cmp(&(&b.location, b.code.name(), &b.message)));
    diagnostics.dedup();
}

/// What is wrong with `name` as that of a check whose level can be set: its code, a message, and what to do.
pub fn fault_of_check(name: &str) -> Option<(Code, String, Option<String>)> {
    match Code::from_name(name) {
        Some(code) if code.rule() == Rule::Check => None,
        Some(_) => Some((
            Code::InvalidValue,
            format!("`{name}` is always an error"),
            Some(format!("run `hornbook explain {name}` to see why")),
        )),
        None => {
            let checks = Code::ALL.iter().filter(|code| code.rule() == Rule::Check).map(|code| code.name());
            let near = nearest(name, checks);
            let help = near.first().map(|_| {
                let names: Vec<String> = near.iter().map(|near| format!("`{near}`")).collect();
                format!("did you mean {}?", names.join(" or "))
            });
            Some((Code::UnknownKey, format!("no check is called `{name}`"), help))
        }
    }
}
