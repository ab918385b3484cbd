//! Authors and editors → `Kawchuk GN, Fryer J, et al` and `Kawchuk et al.`

use biblatex::{ChunksExt, Person};

use super::latex;
use super::read::Field;

/// The most people that a reference names.
const MOST_NAMED: usize = 6;

/// The people of one field.
pub struct People {
    people: Vec<Person>,
    /// Whether the list ends in `and others`.
    others: bool,
}

impl People {
    /// `None` if the field names nobody.
    pub fn of(field: &Field) -> Option<Self> {
        let people: Vec<Person> = field.chunks.parse().ok()?;
        let mut people: Vec<Person> = people.into_iter().filter(|person| !person.name.trim().is_empty()).collect();
        let count = people.len();
        people.retain(|person| !(person.name == "others" && person.given_name.is_empty()));
        let others = people.len() < count;
        (!people.is_empty()).then_some(Self { people, others })
    }

    /// Whether it is one person alone.
    pub fn is_one(&self) -> bool {
        self.people.len() == 1 && !self.others
    }

    /// For the reference, as plain text: up to six people, then `et al`.
    pub fn list(&self) -> String {
        let mut names: Vec<String> = self.people.iter().take(MOST_NAMED).map(name_and_initials).collect();
        if self.others || self.people.len() > MOST_NAMED {
            names.push("et al".to_owned());
        }
        names.join(", ")
    }

    /// For a citation in the text, as plain text.
    pub fn short(&self) -> String {
        match &*self.people {
            [first] if !self.others => surname(first),
            [first, second] if !self.others => format!("{} and {}", surname(first), surname(second)),
            [first, ..] => format!("{} et al.", surname(first)),
            [] => String::new(),
        }
    }
}

fn surname(person: &Person) -> String {
    let name = latex::plain_text(&person.name);
    match latex::plain_text(&person.prefix) {
        prefix if prefix.is_empty() => name,
        prefix if prefix.ends_with('’') || prefix.ends_with('\'') => prefix + &name,
        prefix => format!("{prefix} {name}"),
    }
}

fn name_and_initials(person: &Person) -> String {
    let mut name = surname(person);
    let initials = match &person.given_initials {
        Some(initials) => latex::plain_text(initials),
        None => initials(&latex::plain_text(&person.given_name)),
    };
    for part in [initials, suffix(&person.suffix)] {
        if !part.is_empty() {
            name.push(' ');
            name.push_str(&part);
        }
    }
    name
}

/// `Gregory N.` → `GN`, `Jean-Paul` → `JP`, `J.R.R.` → `JRR`, `GN` → `GN`.
fn initials(given: &str) -> String {
    let mut initials = String::new();
    for word in given.split(|c: char| c.is_whitespace() || matches!(c, '.' | '-' | '\u{2010}' | '\u{2011}')) {
        let are_initials = word.chars().count() <= 3 && word.chars().all(char::is_uppercase);
        match word.chars().find(|c| c.is_alphanumeric()) {
            Some(_) if are_initials => initials.push_str(word),
            Some(first) => initials.extend(first.to_uppercase()),
            None => {}
        }
    }
    initials
}

/// Medical indexes write generations as ordinals.
fn suffix(suffix: &str) -> String {
    match latex::plain_text(suffix).trim_end_matches('.') {
        "II" => "2nd".to_owned(),
        "III" => "3rd".to_owned(),
        "IV" => "4th".to_owned(),
        suffix => suffix.to_owned(),
    }
}
