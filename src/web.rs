//! Addresses → what became of them. The only module that asks other machines; only `hornbook check --external` has it asked.
//!
//! It is bounded and polite: a few hosts at once, one after another on each host with a pause between, a time for each answer and for all,
//! heads before bodies, no body read, no more redirects than a browser follows; it says who asks, and comes back when it is told to.

#![allow(
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "whoever waits for other machines needs a clock, and hosts are asked side by side"
)]

use std::collections::{HashMap, VecDeque};
use std::sync::Mutex;
use std::thread;
use std::time::{Duration, Instant};

use ureq::http::{Response, StatusCode, Uri, header};
use ureq::{Agent, Body};

use crate::external::{Answer, Link};
use crate::text::percent_encoded;

mod address;

/// How much may be asked.
#[derive(Clone, Debug)]
pub struct Limits {
    /// So many hosts at once.
    pub at_once: usize,
    /// The time between two questions to one host, unless it is this machine.
    pub pause: Duration,
    /// The time for one answer.
    pub answer: Duration,
    /// The time for everything.
    pub whole: Duration,
    /// The longest time to wait where a host says when to come back.
    pub patience: Duration,
    /// So many redirects are followed.
    pub redirects: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            at_once: 8,
            pause: Duration::from_secs(1),
            answer: Duration::from_secs(20),
            whole: Duration::from_secs(15 * 60),
            patience: Duration::from_secs(60),
            redirects: 10,
        }
    }
}

/// Asks for `links`, and says what became of each, in the same order; nothing where the time was over. `name` says who asks.
pub fn ask(links: &[&Link], name: &str, limits: &Limits) -> Vec<Option<Answer>> {
    let agent: Agent = Agent::config_builder()
        .user_agent(name)
        .http_status_as_error(false)
        .max_redirects(0)
        .max_redirects_will_error(false)
        .max_response_header_size(64 * 1024)
        .timeout_global(Some(limits.answer))
        .build()
        .into();
    let asker = Asker { agent, limits, until: Instant::now() + limits.whole, free: Mutex::default() };
    // One host after another is taken by whoever has nothing to do.
    let mut hosts: HashMap<String, Vec<usize>> = HashMap::new();
    for (index, link) in links.iter().enumerate() {
        hosts.entry(host(&link.url)).or_default().push(index);
    }
    let mut queue: Vec<Vec<usize>> = hosts.into_values().collect();
    // The longest first, so that it does not end alone.
    queue.sort_by_key(|list| (std::cmp::Reverse(list.len()), list.first().copied()));
    let queue = Mutex::new(VecDeque::from(queue));
    let answers = Mutex::new(vec![None; links.len()]);
    thread::scope(|scope| {
        for _ in 0..limits.at_once.min(links.len()) {
            scope.spawn(|| {
                while let Some(list) = held(&queue).pop_front() {
                    for index in list {
                        let answer = asker.ask(links[index]);
                        held(&answers)[index] = answer;
                    }
                }
            });
        }
    });
    answers.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner)
}

fn held<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

/// The host of an address, in lower case, with its port.
fn host(url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split(['/', '?']).next().unwrap_or_default().to_lowercase()
}

struct Asker<'l> {
    agent: Agent,
    limits: &'l Limits,
    until: Instant,
    /// When each host may be asked next.
    free: Mutex<HashMap<String, Instant>>,
}

/// Why there is no response.
enum Failure {
    /// The time for everything is over.
    Over,
    /// There is no such host.
    NoHost,
    /// The host could not be looked up.
    NoLookup,
    Other(String),
}

impl Asker<'_> {
    /// What became of `link`; nothing if the time is over.
    fn ask(&self, link: &Link) -> Option<Answer> {
        let mut url = percent_encoded(&link.url);
        // Whether each step so far was for good.
        let mut is_for_good = true;
        for _ in 0..=self.limits.redirects {
            let response = match self.response(&url) {
                Ok(response) => response,
                Err(Failure::Over) => return None,
                Err(Failure::NoHost) => return Some(Answer::NoHost(host(&url))),
                Err(Failure::NoLookup) => return Some(Answer::NoLookup(host(&url))),
                Err(Failure::Other(why)) => return Some(Answer::Unanswered(why)),
            };
            let status = response.status();
            if !status.is_redirection() {
                let has_moved = is_for_good && url != percent_encoded(&link.url);
                return Some(judged(status, has_moved.then_some(url)));
            }
            if link.is_doi {
                // The registry knows it.
                return Some(Answer::Good);
            }
            let Some(next) = text(&response, &header::LOCATION).and_then(|to| address::joined(&url, to)) else {
                return Some(Answer::Unanswered(format!("it answers {} and does not say where to", status.as_u16())));
            };
            is_for_good &= matches!(status, StatusCode::MOVED_PERMANENTLY | StatusCode::PERMANENT_REDIRECT);
            url = next;
        }
        Some(Answer::Unanswered("it leads from one address to the next without end".to_owned()))
    }

    /// The answer to a question about its head, or, where that is not liked, about the page itself, of which nothing is read.
    fn response(&self, url: &str) -> Result<Response<Body>, Failure> {
        let mut response = self.patient(url, "HEAD")?;
        let is_wait = matches!(response.status(), StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE);
        if response.status().as_u16() >= 400 && !is_wait {
            response = self.patient(url, "GET")?;
        }
        Ok(response)
    }

    /// Asks, and once more if it is told to come back soon.
    fn patient(&self, url: &str, method: &str) -> Result<Response<Body>, Failure> {
        let response = self.once(url, method)?;
        let is_wait = matches!(response.status(), StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE);
        let wait = text(&response, &header::RETRY_AFTER).and_then(address::seconds).filter(|_| is_wait);
        match wait {
            Some(wait) if wait <= self.limits.patience => {
                held(&self.free).insert(host(url), Instant::now() + wait);
                self.once(url, method)
            }
            Some(_) | None => Ok(response),
        }
    }

    fn once(&self, url: &str, method: &str) -> Result<Response<Body>, Failure> {
        let uri: Uri = url.parse().map_err(|_| Failure::Other("it is not written as addresses are".to_owned()))?;
        self.wait(uri.host().unwrap_or_default(), &host(url))?;
        let request = match method {
            "HEAD" => self.agent.head(uri),
            _ => self.agent.get(uri),
        };
        request.header(header::ACCEPT, "*/*").call().map_err(|error| failure(&error))
    }

    /// Waits for the turn at a host, and takes it.
    fn wait(&self, name: &str, host: &str) -> Result<(), Failure> {
        let pause = if address::is_this_machine(name) { Duration::ZERO } else { self.limits.pause };
        let now = Instant::now();
        let turn = {
            let mut free = held(&self.free);
            let turn = free.get(host).copied().unwrap_or(now).max(now);
            if turn >= self.until {
                return Err(Failure::Over);
            }
            free.insert(host.to_owned(), turn + pause);
            turn
        };
        thread::sleep(turn.saturating_duration_since(now));
        Ok(())
    }
}

/// What the last answer means.
fn judged(status: StatusCode, moved: Option<String>) -> Answer {
    let code = status.as_u16();
    match status {
        _ if status.is_success() => moved.map_or(Answer::Good, Answer::Moved),
        StatusCode::UNAUTHORIZED
        | StatusCode::FORBIDDEN
        | StatusCode::METHOD_NOT_ALLOWED
        | StatusCode::NOT_ACCEPTABLE => Answer::Unanswered(format!("it does not let programs look ({code})")),
        StatusCode::REQUEST_TIMEOUT | StatusCode::TOO_EARLY | StatusCode::TOO_MANY_REQUESTS => {
            Answer::Unanswered(format!("it is busy ({code})"))
        }
        StatusCode::UNAVAILABLE_FOR_LEGAL_REASONS => Answer::Unanswered(format!("it may not be shown here ({code})")),
        _ if status.is_client_error() => Answer::Dead(format!("it answers {}", named(status))),
        _ => Answer::Unanswered(format!("it answers {}", named(status))),
    }
}

/// `404 Not Found`.
fn named(status: StatusCode) -> String {
    format!("{} {}", status.as_u16(), status.canonical_reason().unwrap_or_default()).trim().to_owned()
}

fn failure(error: &ureq::Error) -> Failure {
    match error {
        ureq::Error::HostNotFound => Failure::NoHost,
        ureq::Error::Timeout(_) => Failure::Other("it does not answer in time".to_owned()),
        ureq::Error::Io(error) => {
            let text = error.to_string();
            // The standard library tells faults of looking up by their words alone; these are those of Linux, macOS and Windows.
            let is_lookup = text.contains("lookup address") || text.contains("No such host");
            let is_certain =
                ["not known", "No address", "No such host is known"].iter().any(|words| text.contains(words));
            match (is_lookup, is_certain) {
                (true, true) => Failure::NoHost,
                (true, false) => Failure::NoLookup,
                (false, _) => Failure::Other(format!("no connection: {text}")),
            }
        }
        other => Failure::Other(other.to_string()),
    }
}

fn text<'r>(response: &'r Response<Body>, name: &header::HeaderName) -> Option<&'r str> {
    response.headers().get(name).and_then(|value| value.to_str().ok())
}
