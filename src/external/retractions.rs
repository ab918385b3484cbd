//! A list of retractions → what it says about the sources of a site.
//!
//! The list is the Retraction Watch database, as Crossref publishes it: CSV with a line for each notice. Its columns are found by name:
//! `OriginalPaperDOI` (the study), `RetractionDOI` (the notice), `RetractionNature` (what the notice does) and `RetractionDate`.

use std::collections::BTreeMap;

use anyhow::{Context, Result, bail};
use csv::ByteRecord;
use jiff::civil::Date;

use crate::diagnostic::{Code, Diagnostic};
use crate::parse::bibliography::{Entry, identifier};
use crate::parse::document::Document;
use crate::resolve::site::Site;

/// What a notice does to a study.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Nature {
    Retraction,
    Concern,
    Correction,
    Reinstatement,
}

impl Nature {
    fn from_name(name: &str) -> Option<Self> {
        match name.trim().to_ascii_lowercase().as_str() {
            "retraction" => Some(Self::Retraction),
            "expression of concern" => Some(Self::Concern),
            "correction" => Some(Self::Correction),
            "reinstatement" => Some(Self::Reinstatement),
            _ => None,
        }
    }
}

/// One notice.
#[derive(Clone, Debug)]
struct Notice {
    nature: Nature,
    date: Option<Date>,
    /// The DOI of the study, in lower case.
    study: Option<String>,
    /// The DOI of the notice, in lower case.
    notice: Option<String>,
}

/// A list of notices, by the DOIs of studies and of notices.
#[derive(Debug, Default)]
pub struct Retractions {
    notices: Vec<Notice>,
    by_study: BTreeMap<String, Vec<usize>>,
    by_notice: BTreeMap<String, Vec<usize>>,
}

impl Retractions {
    /// Reads a list. What is not UTF-8 in it is passed over; a list without the columns is an error.
    pub fn read(bytes: &[u8]) -> Result<Self> {
        let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
        let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(bytes);
        let head = reader.byte_headers().context("the list of retractions is no CSV")?.clone();
        let column = |name: &str| head.iter().position(|cell| cell.trim_ascii().eq_ignore_ascii_case(name.as_bytes()));
        let need = |name: &str| column(name).with_context(|| format!("the list of retractions has no column `{name}`"));
        let (study, notice, nature) = (need("OriginalPaperDOI")?, need("RetractionDOI")?, need("RetractionNature")?);
        let date = column("RetractionDate");
        let mut list = Self::default();
        for record in reader.byte_records() {
            let record = record.context("the list of retractions is no CSV")?;
            let Some(nature) = Nature::from_name(&text(&record, nature)) else { continue };
            let doi = |column: usize| identifier::doi(&text(&record, column)).map(|doi| doi.to_lowercase());
            list.add(Notice {
                nature,
                date: date.and_then(|column| day(&text(&record, column))),
                study: doi(study),
                notice: doi(notice),
            });
        }
        if list.notices.is_empty() {
            bail!("the list of retractions has no notice in it");
        }
        Ok(list)
    }

    fn add(&mut self, notice: Notice) {
        let index = self.notices.len();
        for (doi, map) in [(&notice.study, &mut self.by_study), (&notice.notice, &mut self.by_notice)] {
            if let Some(doi) = doi {
                map.entry(doi.clone()).or_default().push(index);
            }
        }
        self.notices.push(notice);
    }

    /// How many notices there are.
    pub fn len(&self) -> usize {
        self.notices.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.notices.is_empty()
    }

    /// What the list says about the sources of `site`: at each entry of the bibliography, with the places that cite it.
    pub fn findings(&self, site: &Site) -> Vec<Diagnostic> {
        let pages = site.pages.iter().map(|page| &*page.document);
        let documents: Vec<&Document> = pages.chain(site.unpublished.iter().map(|document| &**document)).collect();
        let found = site.bibliography.entries.values().filter_map(|entry| {
            let (code, message, help) = self.judge(entry, &doi_of(entry)?)?;
            let at = entry.doi.as_ref().or(entry.address.as_ref()).map_or(entry.range, |(_, range)| *range);
            let problem = Diagnostic::new(code, &site.bibliography.path, at, message).help(help);
            Some(documents.iter().fold(problem, |problem, document| noted(problem, document, &entry.key)))
        });
        found.collect()
    }

    fn judge(&self, entry: &Entry, doi: &str) -> Option<(Code, String, String)> {
        let key = &entry.key;
        let about = |map: &BTreeMap<String, Vec<usize>>| -> Vec<&Notice> {
            map.get(doi).into_iter().flatten().map(|index| &self.notices[*index]).collect()
        };
        let study = about(&self.by_study);
        if let Some(last) = decisive(&study) {
            let on = last.date.map(|date| format!(" on {date}")).unwrap_or_default();
            let at = last.notice.as_ref().filter(|notice| *notice != doi);
            let read = at.map_or_else(
                || format!("read `https://doi.org/{doi}`"),
                |at| format!("read the notice: `https://doi.org/{at}`"),
            );
            return Some(match last.nature {
                Nature::Retraction => (Code::RetractedSource, format!("`{key}` was retracted{on}"), read),
                Nature::Concern => {
                    (Code::QuestionedSource, format!("the journal of `{key}` expressed concern about it{on}"), read)
                }
                Nature::Correction => (Code::CorrectedSource, format!("`{key}` was corrected{on}"), read),
                Nature::Reinstatement => {
                    (Code::CorrectedSource, format!("`{key}` was retracted, and reinstated{on}"), read)
                }
            });
        }
        let notices = about(&self.by_notice);
        let notice = decisive(&notices).filter(|notice| notice.nature != Nature::Reinstatement)?;
        let study = notice.study.as_ref().map(|study| format!(" of `{study}`")).unwrap_or_default();
        let (what, code) = match notice.nature {
            Nature::Retraction => ("the notice of retraction", Code::RetractionNotice),
            Nature::Concern => ("the expression of concern", Code::RetractionNotice),
            Nature::Correction | Nature::Reinstatement => ("the correction", Code::CorrectedSource),
        };
        let study = if notice.nature == Nature::Concern { study.replace(" of ", " about ") } else { study };
        Some((
            code,
            format!("`{key}` is {what}{study}, and not the study"),
            "cite the study, if it still stands".to_owned(),
        ))
    }
}

/// The notice that says how a study stands: the newest, a graver one before a lighter one of the same day. A later correction or expression of
/// concern does not undo a retraction; only a reinstatement does.
fn decisive<'n>(notices: &[&'n Notice]) -> Option<&'n Notice> {
    let newest = |natures: &[Nature]| {
        let some = notices.iter().filter(|notice| natures.contains(&notice.nature));
        some.copied().max_by_key(|notice| notice.date)
    };
    let settled = match (newest(&[Nature::Retraction]), newest(&[Nature::Reinstatement])) {
        (Some(retraction), Some(back)) if back.date >= retraction.date => Some(back),
        (Some(retraction), _) => Some(retraction),
        (None, _) => None,
    };
    settled.or_else(|| newest(&[Nature::Concern])).or_else(|| newest(&[Nature::Correction]))
}

/// The DOI of an entry, in its own field or in its address, in lower case.
fn doi_of(entry: &Entry) -> Option<String> {
    let field = |field: &Option<(String, _)>| field.as_ref().and_then(|(text, _)| identifier::doi(text));
    let doi = field(&entry.doi).or_else(|| field(&entry.address))?;
    Some(doi.trim_end_matches(['.', ',', ';']).to_lowercase())
}

/// How many sources have a DOI, and how many have none.
pub fn known(site: &Site) -> (usize, usize) {
    let with = site.bibliography.entries.values().filter(|entry| doi_of(entry).is_some()).count();
    (with, site.bibliography.entries.len() - with)
}

fn noted(problem: Diagnostic, document: &Document, key: &str) -> Diagnostic {
    let items =
        document.citations.iter().flat_map(|citation| citation.items.iter().map(move |item| (citation.origin, item)));
    items.filter(|(_, item)| item.key == key).fold(problem, |problem, (origin, item)| {
        problem.note(document.path(), document.locate(origin, item.range), "it is cited here")
    })
}

fn text(record: &ByteRecord, column: usize) -> String {
    String::from_utf8_lossy(record.get(column).unwrap_or_default()).trim().to_owned()
}

/// `8/29/2016 0:00`, as the database writes days, or `2016-08-29`.
fn day(text: &str) -> Option<Date> {
    let day = text.split_whitespace().next()?;
    if let Ok(date) = day.parse() {
        return Some(date);
    }
    let mut parts = day.split('/');
    let (month, day, year) = (parts.next()?, parts.next()?, parts.next()?);
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::{Nature, Notice, day, decisive};

    fn notice(nature: Nature, date: &str) -> Notice {
        Notice { nature, date: date.parse().ok(), study: None, notice: None }
    }

    #[test]
    fn only_reinstatement_undoes_a_retraction() {
        let retracted = notice(Nature::Retraction, "2016-08-29");
        let corrected = notice(Nature::Correction, "2018-01-01");
        let back = notice(Nature::Reinstatement, "2019-01-01");
        let of = |notices: &[&Notice]| decisive(notices).map(|notice| notice.nature);
        assert_eq!(of(&[&corrected, &retracted]), Some(Nature::Retraction));
        assert_eq!(of(&[&back, &retracted]), Some(Nature::Reinstatement));
        assert_eq!(of(&[&corrected]), Some(Nature::Correction));
        assert_eq!(of(&[&back]), None);
    }

    #[test]
    fn days_are_written_in_two_ways() {
        assert_eq!(day("8/29/2016 0:00"), "2016-08-29".parse().ok());
        assert_eq!(day("2016-08-29"), "2016-08-29".parse().ok());
        assert_eq!(day("soon"), None);
    }
}
