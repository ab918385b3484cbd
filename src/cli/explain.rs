//! `hornbook explain`

use anyhow::{Result, bail};

use super::Outcome;
use crate::diagnostic::{Code, Level, Rule};
use crate::text::nearest;

#[derive(clap::Args, Debug)]
pub(super) struct Arguments {
    /// The code, such as `broken-link`; every code where it is missing.
    code: Option<String>,
}

impl Arguments {
    pub(super) fn run(&self) -> Result<Outcome> {
        let Some(name) = &self.code else {
            for code in Code::ALL {
                let words: Vec<&str> = code.explanation().split_whitespace().collect();
                let first = words.join(" ");
                let sentence = first.split_inclusive(". ").next().unwrap_or_default();
                println!("{:<22} {}", code.name(), sentence.trim());
            }
            return Ok(Outcome::Good);
        };
        // The name is often copied with its brackets.
        let name = name.trim_start_matches("error").trim_start_matches("warning").trim_matches(['[', ']', ':']);
        let Some(code) = Code::from_name(name) else {
            let near = nearest(name, Code::ALL.iter().map(|code| code.name()));
            match near.first() {
                Some(near) => bail!("no message has the code `{name}`: did you mean `{near}`?"),
                None => bail!("no message has the code `{name}`: `hornbook explain` lists all"),
            }
        };
        let level = match code.default_level() {
            Level::Allow => "not reported",
            Level::Note => "a note",
            Level::Warning => "a warning",
            Level::Error => "an error",
        };
        let rule = match code.rule() {
            Rule::Fixed => format!("It is always {level}."),
            Rule::Check => format!(
                "It is {level}; `checks: {{{name}: allow|note|warning|error}}` in content/site.yaml changes that."
            ),
        };
        println!("{name}\n");
        for line in code.explanation().trim_end().lines() {
            println!("{}", line.trim());
        }
        println!("\n{rule}");
        Ok(Outcome::Good)
    }
}
