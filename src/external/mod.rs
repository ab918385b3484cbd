//! Links to other sites: which a site has, what it means what they answered, and the file that remembers it. Nothing here asks anybody:
//! see [`web`](crate::web).

mod links;
mod lock;
pub mod retractions;

pub use links::{Link, links};
pub use lock::{Entry, LOCK, Lock};

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::diagnostic::{Code, Diagnostic, Fix};
use crate::source::Sources;

/// What became of an address.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Answer {
    /// It is there.
    Good,
    /// It is there, at another address for good.
    Moved(String),
    /// It is not there, and why.
    Dead(String),
    /// There is no such host.
    NoHost(String),
    /// Its host cannot be looked up now.
    NoLookup(String),
    /// Nobody can tell, and why.
    Unanswered(String),
}

/// Whether nothing could be looked up: then it is this machine that is not connected.
pub fn is_offline(answers: &[Option<Answer>]) -> bool {
    let is_unknown = |answer: &Answer| matches!(answer, Answer::NoHost(_) | Answer::NoLookup(_));
    let mut given = answers.iter().flatten().peekable();
    given.peek().is_some() && given.all(is_unknown)
}

/// What is wrong with `links`, each with its answer. `lock` is what was known before.
pub fn findings(links: &[(&Link, Answer)], lock: &Lock, sources: &Sources) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    for (link, answer) in links {
        let Some((code, message, help)) = judged(link, answer, lock) else { continue };
        for place in &link.places {
            let problem = Diagnostic::new(code, &place.path, place.range, message.clone()).help(help.clone());
            let text = sources.text(&place.path).unwrap_or_default();
            let fix = match answer {
                Answer::Moved(to) if is_only_safer(&link.url, to) => Fix::of_word(text, place.range, &link.url, to),
                _ => None,
            };
            problems.push(problem.fixed_by(fix));
        }
    }
    problems
}

/// The finding that an answer is, and what to do.
fn judged(link: &Link, answer: &Answer, lock: &Lock) -> Option<(Code, String, String)> {
    let url = &link.url;
    let dead = |why: &str| {
        let message = match link.is_doi {
            true => format!("`{url}` is not registered: {why}"),
            false => format!("`{url}` is not there: {why}"),
        };
        let help = match link.is_doi {
            true => "compare the DOI with the article",
            false => "find its new address, or a copy in an archive",
        };
        (Code::DeadLink, message, was_good(lock, link, help))
    };
    let unanswered = |why: &str| {
        let help = was_good(lock, link, "try again later, or look at it in a browser");
        (Code::UnansweredLink, format!("nobody can tell whether `{url}` is there: {why}"), help)
    };
    match answer {
        Answer::Good => None,
        Answer::Moved(to) => {
            let help = format!("write `{to}`, if that says the same");
            Some((Code::MovedLink, format!("`{url}` has moved for good"), help))
        }
        Answer::Dead(why) => Some(dead(why)),
        Answer::NoHost(host) => Some(dead(&format!("there is no host `{host}`"))),
        Answer::NoLookup(host) => Some(unanswered(&format!("the host `{host}` cannot be looked up"))),
        Answer::Unanswered(why) => Some(unanswered(why)),
    }
}

/// What to do, and when it was last good.
fn was_good(lock: &Lock, link: &Link, help: &str) -> String {
    match lock.entry(&link.url) {
        Some(entry) => format!("{help}; it was there on {}", entry.good),
        None => help.to_owned(),
    }
}

/// Whether nothing but `http` became `https`.
fn is_only_safer(from: &str, to: &str) -> bool {
    from.strip_prefix("http://").is_some_and(|from| to.strip_prefix("https://") == Some(from))
}

/// What is to be asked of `links`, and what is known: an address that was good within so many `days` before `day` is not asked again.
pub fn plan<'l>(links: &'l [Link], lock: &Lock, day: Date, days: u32) -> (Vec<&'l Link>, Vec<(&'l Link, Answer)>) {
    let mut asked = Vec::new();
    let mut known = Vec::new();
    for link in links {
        match lock.entry(&link.url).filter(|entry| is_fresh(entry.good, day, days)) {
            Some(entry) => known.push((link, entry.moved.clone().map_or(Answer::Good, Answer::Moved))),
            None => asked.push(link),
        }
    }
    (asked, known)
}

/// Whether what was good on `good` need not be asked again on `day`.
fn is_fresh(good: Date, day: Date, days: u32) -> bool {
    day.duration_since(good).as_hours() <= i64::from(days) * 24
}

/// What is known after `answers` were given on `day`. What is good is so from then on; what is not there is forgotten; where nobody could tell,
/// or nobody asked, what was known stays, as long as a site links to it.
pub fn next_lock(links: &[Link], answers: &[(&Link, Answer)], lock: &Lock, day: Date) -> Lock {
    let answers: BTreeMap<&str, &Answer> = answers.iter().map(|(link, answer)| (link.url.as_str(), answer)).collect();
    let entries = links.iter().filter_map(|link| {
        let entry = match answers.get(link.url.as_str()) {
            Some(Answer::Good) => Entry { good: day, moved: None },
            Some(Answer::Moved(to)) => Entry { good: day, moved: Some(to.clone()) },
            Some(Answer::Dead(_) | Answer::NoHost(_)) => return None,
            Some(Answer::NoLookup(_) | Answer::Unanswered(_)) | None => lock.entry(&link.url)?.clone(),
        };
        Some((link.url.clone(), entry))
    });
    entries.collect()
}
