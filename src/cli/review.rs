//! `hornbook review`

use std::fmt::Write as _;

use anyhow::{Result, bail};
use camino::{Utf8Path, Utf8PathBuf};
use clap::Subcommand;
use jiff::civil::Date;
use jiff::{Span, ToSpan};
use serde_json::{Value, json};

use super::{Outcome, Reading};
use crate::parse::document::Document;
use crate::resolve::site::{Page, Site};
use crate::review::{Due, due, seal, with_keys};
use crate::{Cache, check, disk};

#[derive(clap::Args, Debug)]
pub(super) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand, Debug)]
enum Command {
    /// Write into pages that they were reviewed today, with a seal over what they say.
    ///
    /// From then on `hornbook check` says when such a page was changed, and the page tells its readers. Sign only what somebody has read
    /// as a whole.
    Sign(Sign),
    /// List pages whose review is due, or that were changed after it.
    Due(DueArguments),
}

#[derive(clap::Args, Debug)]
struct Sign {
    /// The files that were reviewed.
    #[arg(required = true)]
    paths: Vec<Utf8PathBuf>,
    /// Who reviewed them: ids of `authors:` in site.yaml. Without it, whoever stands there stays.
    #[arg(long, value_name = "AUTHOR", value_delimiter = ',')]
    by: Vec<String>,
    /// The day of the next review; a year from the review where it is missing.
    #[arg(long, value_name = "DATE")]
    next: Option<Date>,
    #[command(flatten)]
    reading: Reading,
}

#[derive(clap::Args, Debug)]
struct DueArguments {
    /// How far to look ahead: `60d`, `8w`, `3m`, `1y`.
    #[arg(long, value_name = "TIME", default_value = "60d", value_parser = span)]
    within: Span,
    /// How to print the list; `ics` is a calendar.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    #[command(flatten)]
    reading: Reading,
}

#[derive(Clone, Copy, clap::ValueEnum, Debug)]
enum Format {
    Text,
    Json,
    Ics,
}

/// Reads `60d`, `8w`, `3m`, `1y`.
fn span(text: &str) -> Result<Span, &'static str> {
    let fault = "write a number with `d`, `w`, `m` or `y`, like 60d";
    let (number, unit) = text.split_at_checked(text.len().saturating_sub(1)).ok_or(fault)?;
    let number: i32 = number.parse().ok().filter(|number| (0..=9999).contains(number)).ok_or(fault)?;
    match unit {
        "d" => Ok(number.days()),
        "w" => Ok(number.weeks()),
        "m" => Ok(number.months()),
        "y" => Ok(number.years()),
        _ => Err(fault),
    }
}

impl Arguments {
    pub(super) fn run(&self, start: &Utf8Path) -> Result<Outcome> {
        match &self.command {
            Command::Sign(sign) => sign.run(start),
            Command::Due(due) => due.run(start),
        }
    }
}

impl Sign {
    fn run(&self, start: &Utf8Path) -> Result<Outcome> {
        let (root, loaded) = self.reading.load(start)?;
        let site = check(&loaded.sources, &Cache::default()).site;
        let day = self.reading.as_of()?;
        let next = match self.next {
            Some(next) if next <= day => bail!("the next review, on {next}, lies before this one"),
            Some(next) => next,
            None => day.checked_add(1.year())?,
        };
        for author in &self.by {
            if !site.config.authors.iter().any(|known| known.id == *author) {
                let known: Vec<&str> = site.config.authors.iter().map(|author| author.id.as_str()).collect();
                bail!("site.yaml has no author `{author}`: it has {}", known.join(", "));
            }
        }
        // Whatever is wrong is found before the first file is changed.
        let pages = self.paths.iter().map(|path| page(&site, &root, path)).collect::<Result<Vec<&Page>>>()?;
        let mut signed = Vec::with_capacity(pages.len());
        for page in &pages {
            signed.push((page, self.signed(&page.document, day, next)?));
        }
        for (page, text) in signed {
            disk::rewrite(&root, page.document.path(), &text)?;
            println!("Signed {} as reviewed on {day}; the next review is due on {next}", page.document.path());
        }
        Ok(Outcome::Good)
    }

    fn signed(&self, document: &Document, day: Date, next: Date) -> Result<String> {
        let mut keys = vec![("reviewed", day.to_string())];
        if !self.by.is_empty() {
            keys.push(("reviewed_by", format!("[{}]", self.by.join(", "))));
        }
        keys.extend([("review_by", next.to_string()), ("seal", format!("\"{}\"", seal(document)))]);
        match with_keys(&document.source.text, document.front_matter.bytes(), &keys) {
            Some(text) if document.front_matter.start > 0 => Ok(text),
            Some(_) | None => bail!("{} has no front matter to write into", document.path()),
        }
    }
}

/// The page of a file that was typed.
fn page<'s>(site: &'s Site, root: &Utf8Path, path: &Utf8Path) -> Result<&'s Page> {
    let below = super::read::below(root, path)?;
    match site.pages.iter().chain(site.cards.values()).find(|page| page.document.path().as_str() == below) {
        Some(page) => Ok(page),
        None => bail!("{path} is no page that is published; `--drafts` takes drafts for pages too"),
    }
}

impl DueArguments {
    fn run(&self, start: &Utf8Path) -> Result<Outcome> {
        let (_, loaded) = self.reading.load(start)?;
        let site = check(&loaded.sources, &Cache::default()).site;
        let day = self.reading.as_of()?;
        let last = day.checked_add(self.within)?;
        let found = due(&site, last);
        match self.format {
            Format::Text => print!("{}", text(&found, day, last)),
            Format::Json => {
                println!("{:#}", Value::from(found.iter().map(|due| to_json(due, day)).collect::<Vec<_>>()));
            }
            Format::Ics => print!("{}", calendar(&found, day)),
        }
        Ok(Outcome::Good)
    }
}

fn text(found: &[Due], day: Date, last: Date) -> String {
    let mut out = String::new();
    for due in found {
        let when = match due.on {
            Some(on) if on < day => format!("{on}  overdue"),
            Some(on) if on <= last => format!("{on}         "),
            Some(_) | None => "            changed".to_owned(),
        };
        let changed = if due.is_changed { "  (changed after its review)" } else { "" };
        let _ = writeln!(out, "{when:<19}  {}{changed}", due.path);
    }
    let overdue = found.iter().filter(|due| due.on.is_some_and(|on| on < day)).count();
    let changed = found.iter().filter(|due| due.is_changed).count();
    let _ = writeln!(
        out,
        "Until {last}: {} to review, {overdue} overdue, {changed} changed after their review",
        found.len()
    );
    out
}

fn to_json(due: &Due, day: Date) -> Value {
    json!({
        "file": due.path.as_str(), "title": due.title, "url": due.url, "review_by": due.on.map(|on| on.to_string()),
        "overdue": due.on.is_some_and(|on| on < day), "changed": due.is_changed,
    })
}

/// A calendar (RFC 5545) with a whole day for each review. What is past or has no date stands on `day`.
fn calendar(found: &[Due], day: Date) -> String {
    let stamp = day.strftime("%Y%m%dT000000Z");
    let mut lines =
        vec!["BEGIN:VCALENDAR".to_owned(), "VERSION:2.0".to_owned(), "PRODID:-//Hornbook//review due//EN".to_owned()];
    for due in found {
        let on = due.on.filter(|on| *on >= day).unwrap_or(day).strftime("%Y%m%d");
        lines.extend([
            "BEGIN:VEVENT".to_owned(),
            format!("UID:{}", escaped(&due.url)),
            format!("DTSTAMP:{stamp}"),
            format!("DTSTART;VALUE=DATE:{on}"),
            format!("SUMMARY:{}", escaped(&format!("Review: {}", due.title))),
            format!("DESCRIPTION:{}", escaped(due.path.as_str())),
            format!("URL:{}", due.url),
            "END:VEVENT".to_owned(),
        ]);
    }
    lines.push("END:VCALENDAR".to_owned());
    lines.iter().fold(String::new(), |out, line| out + &folded(line))
}

/// Text of a calendar: its signs have meanings there.
fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace(';', "\\;").replace(',', "\\,").replace('\n', "\\n")
}

/// A line of a calendar, in pieces of at most 75 bytes.
fn folded(line: &str) -> String {
    let mut out = String::new();
    let mut room = 75;
    for character in line.chars() {
        if character.len_utf8() > room {
            out.push_str("\r\n ");
            room = 74;
        }
        room -= character.len_utf8();
        out.push(character);
    }
    out + "\r\n"
}

#[cfg(test)]
mod tests {
    use super::{folded, span};

    #[test]
    fn lines_of_calendars_are_short() {
        let line = folded(&"ü".repeat(100));
        assert!(line.split("\r\n").all(|piece| piece.len() <= 75), "{line}");
        assert_eq!(line.replace("\r\n ", "").trim_end(), "ü".repeat(100));
    }

    #[test]
    fn times_are_numbers_with_units() {
        assert!(["60d", "8w", "3m", "1y", "0d"].iter().all(|text| span(text).is_ok()));
        assert!(["", "d", "60", "-1d", "1.5w", "60ü", "99999d"].iter().all(|text| span(text).is_err()));
    }
}
