//! What is served now: one snapshot, swapped as a whole, and word of it to whoever waits.
#![allow(clippy::disallowed_types, reason = "the one place where the compiling thread and those that answer meet")]

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde::Serialize;

use super::problem::Problem;
use super::published::Published;
use crate::source::{Drafts, Settings, Sources};

/// So many pages are remembered as looked at.
const LOOKED_AT: usize = 8;

/// Everything that answers are made from. Never changed, only replaced.
#[derive(Clone, Debug)]
pub(super) struct Snapshot {
    /// How many there have been before.
    pub(super) number: u64,
    /// Of the site that is served; the same as before while that is.
    pub(super) version: u64,
    /// The last good site, if there has been one.
    pub(super) site: Option<Arc<Published>>,
    /// What it was compiled from, or what could not be.
    pub(super) sources: Arc<Sources>,
    /// What is wrong with the newest state of the files.
    pub(super) problems: Arc<[Problem]>,
    /// The template of addresses that open an editor, or nothing.
    pub(super) editor: String,
    /// What browsers are told that knew the snapshot before.
    pub(super) news: Arc<str>,
    /// What browsers are told that knew none, or an older one.
    pub(super) introduction: Arc<str>,
}

/// What browsers are told.
#[derive(Serialize, Debug)]
pub(super) struct Told<'a> {
    pub(super) version: u64,
    pub(super) ok: bool,
    pub(super) changed: Option<&'a [String]>,
    pub(super) moved: &'a BTreeMap<String, String>,
    pub(super) problems: &'a [Problem],
    pub(super) settings: Chosen<'a>,
}

/// How the site is looked at.
#[derive(Serialize, Debug)]
pub(super) struct Chosen<'a> {
    drafts: bool,
    as_of: Option<String>,
    editor: &'a str,
}

impl<'a> Chosen<'a> {
    /// What `settings` say, with the template of addresses that open an editor.
    pub(super) fn new(settings: &Settings, editor: &'a str) -> Self {
        let drafts = settings.drafts == Drafts::Included;
        Self { drafts, as_of: settings.as_of.map(|date| date.to_string()), editor }
    }
}

/// The snapshot that holds now.
#[derive(Debug)]
pub(super) struct State {
    current: Mutex<Arc<Snapshot>>,
    swapped: Condvar,
    /// The pages that were asked for, the last one at the end.
    asked: Mutex<VecDeque<String>>,
}

impl State {
    /// Nothing is compiled yet.
    pub(super) fn new(version: u64) -> Self {
        let told = Told {
            version,
            ok: false,
            changed: None,
            moved: &BTreeMap::new(),
            problems: &[],
            settings: Chosen::new(&Settings::default(), ""),
        };
        let introduction: Arc<str> = json(&told).into();
        let snapshot = Snapshot {
            number: 0,
            version,
            site: None,
            sources: Arc::default(),
            problems: Arc::new([]),
            editor: String::new(),
            news: Arc::clone(&introduction),
            introduction,
        };
        Self { current: Mutex::new(Arc::new(snapshot)), swapped: Condvar::new(), asked: Mutex::default() }
    }

    fn lock(&self) -> MutexGuard<'_, Arc<Snapshot>> {
        self.current.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes that the page in the file at `path` is looked at.
    pub(super) fn note(&self, path: &str) {
        let mut asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        asked.retain(|other| other != path);
        if asked.len() == LOOKED_AT {
            asked.pop_front();
        }
        asked.push_back(path.to_owned());
    }

    /// The files of the pages that were looked at last.
    pub(super) fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).iter().cloned().collect()
    }

    /// The snapshot that holds now.
    pub(super) fn current(&self) -> Arc<Snapshot> {
        Arc::clone(&self.lock())
    }

    /// Puts `snapshot` in place of the one before.
    pub(super) fn swap(&self, snapshot: Snapshot) {
        *self.lock() = Arc::new(snapshot);
        self.swapped.notify_all();
    }

    /// The next snapshot after the one numbered `number`, or nothing if there is none within `patience`.
    pub(super) fn next(&self, number: u64, patience: Duration) -> Option<Arc<Snapshot>> {
        let (guard, late) = self
            .swapped
            .wait_timeout_while(self.lock(), patience, |current| current.number == number)
            .unwrap_or_else(PoisonError::into_inner);
        (!late.timed_out()).then(|| Arc::clone(&guard))
    }
}

/// What is told, as JSON.
pub(super) fn json(told: &Told<'_>) -> String {
    serde_json::to_string(told).expect("texts, numbers and maps of texts can all be written")
}
