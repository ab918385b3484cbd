//! Pages of a large site that nobody has looked at yet: they are made while nothing else happens.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::Duration;

use super::news::News;
use super::problem::{self, Problem};
use super::rebuild::Rebuilder;
use crate::diagnostic::{self, Diagnostic};
use crate::render::Edition;
use crate::{finish, has_errors};

/// Pages that are made at once while nothing happens.
const AT_ONCE: usize = 32;

/// The others are made once nothing happened for so long,
pub(super) const BREATH: Duration = Duration::from_millis(100);

/// and what takes long, once nothing happened for so long after them.
const LULL: Duration = Duration::from_secs(1);

/// Pages that are not made yet.
pub(super) struct Rest {
    pub(super) edition: Arc<Edition>,
    /// The next ones stand at the end.
    pub(super) numbers: Vec<usize>,
    /// What is wrong with the site, as far as it was told.
    pub(super) diagnostics: Vec<Diagnostic>,
}

impl Rebuilder {
    /// Makes some more of the site that is served. How long to wait before the next time, while nothing happens.
    pub(super) fn make_more(&mut self) -> Duration {
        let Some(mut rest) = self.memory.rest.take() else { return BREATH };
        if !rest.numbers.is_empty() {
            let next = rest.numbers.split_off(rest.numbers.len().saturating_sub(AT_ONCE));
            // What is wrong with them is told when all are made, each problem once.
            let made = catch_unwind(AssertUnwindSafe(|| rest.edition.make(&next)));
            let pause = if rest.numbers.is_empty() { LULL } else { Duration::ZERO };
            self.memory.rest = made.is_ok().then_some(rest);
            return pause;
        }
        let finished = catch_unwind(AssertUnwindSafe(|| {
            rest.edition.make_files();
            finish(&rest.edition)
        }));
        let Ok((output, found)) = finished else { return BREATH };
        self.memory.cache.take_up(&rest.edition);
        self.memory.failed = rest.edition.failed();
        self.memory.output = Some(output);
        if !found.is_empty() {
            self.tell_more(&rest, found);
        }
        BREATH
    }

    /// Tells what is wrong with pages that nobody looked at.
    fn tell_more(&mut self, rest: &Rest, found: Vec<Diagnostic>) {
        let before = self.state.current();
        let mut diagnostics = rest.diagnostics.clone();
        diagnostics.extend(found);
        diagnostic::sort(&mut diagnostics);
        let problems: Arc<[Problem]> = problem::all(&diagnostics, &before.sources, rest.edition.site()).into();
        self.announce(!has_errors(&diagnostics), problems);
        (self.tell)(News::Found(diagnostics, Arc::clone(&before.sources)));
    }
}
