//! `hornbook check --external`

use anyhow::{Result, bail};
use camino::Utf8Path;
use jiff::civil::Date;

use crate::diagnostic::Diagnostic;
use crate::external::{Answer, LOCK, Link, Lock, findings, is_offline, links, next_lock, plan};
use crate::resolve::site::Site;
use crate::source::Sources;
use crate::text::VPath;
use crate::web::{Limits, ask};
use crate::{disk, levels};

/// Asks other sites whether what `site` links to is there, and remembers what was good on `day`. A line on what was done, and what was found.
pub(super) fn run(root: &Utf8Path, sources: &Sources, site: &Site, day: Date) -> Result<(String, Vec<Diagnostic>)> {
    let path = VPath::new(LOCK).expect("the path is relative");
    let text = sources.assets.get(&path).map(|asset| String::from_utf8_lossy(&asset.bytes).into_owned());
    let lock = Lock::read(text.as_deref().unwrap_or_default());
    let links = links(site, sources);
    let (asked, mut known) = plan(&links, &lock, day, site.config.external.days);
    let name = format!("hornbook/{} (checks links; {})", env!("CARGO_PKG_VERSION"), site.config.base_url);
    let answers = ask(&asked, &name, &Limits::default());
    if is_offline(&answers) {
        bail!("no host could be looked up: this machine seems not to be connected to the internet");
    }
    let left = answers.iter().filter(|answer| answer.is_none()).count();
    let given: Vec<(&Link, Answer)> =
        asked.iter().zip(answers).filter_map(|(link, answer)| Some((*link, answer?))).collect();
    let next = next_lock(&links, &given, &lock, day);
    if next != lock || (text.is_none() && !next.is_empty()) {
        disk::write(root, &path, &next.write())?;
    }
    let mut said = format!("Asked for {} of {} addresses on other sites", given.len(), links.len());
    if !known.is_empty() {
        said += &format!("; {} were good according to {LOCK}", known.len());
    }
    if left > 0 {
        said += &format!("; the time was over before {left} were asked: run it again");
    }
    known.extend(given);
    let mut problems = findings(&known, &lock, sources);
    levels::settle(&mut problems, site);
    Ok((said, problems))
}
