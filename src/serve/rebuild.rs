//! The thread that compiles: something moved → quiet → read → compile → swap.
#![allow(clippy::disallowed_methods, reason = "how long things take is told to people, never compiled")]

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use jiff::civil::Date;

use super::difference::{changed, differences};
use super::moved::Moved;
use super::news::{News, Rebuilt};
use super::problem::{self, Problem};
use super::published::Published;
use super::rest::{BREATH, Rest};
use super::state::{Chosen, Snapshot, State, Told, json};
use crate::diagnostic::Diagnostic;
use crate::disk::{Coverage, Loaded, Reader, Watch};
use crate::render::{self, Edition, Output};
use crate::resolve::site::Site;
use crate::source::{Drafts, Settings, Sources};
use crate::text::VPath;
use crate::{Cache, Draft, draft, finish, has_errors};

/// Files are left alone for so long before they are read: editors save in several steps.
const QUIET: Duration = Duration::from_millis(10);

/// So long where more moved than one save moves: a version control system or a synchronising one writes file after file, with pauses.
const QUIET_OF_MANY: Duration = Duration::from_millis(60);

/// More words of a change than one save brings.
const MANY: usize = 40;

/// But no longer than this, even if something is written all the time.
const CEILING: Duration = Duration::from_secs(1);

/// Files that vanished or are empty get so long to come back: some editors remove a file, or empty it, before they write it.
const RETURN: Duration = Duration::from_millis(60);

/// After a change it is looked once more: what was written while folders were not watched yet shows then.
const ONCE_MORE: Duration = Duration::from_millis(400);

/// How often it is looked where changes are not told.
const POLL: Duration = Duration::from_millis(300);

/// So many pages are made before a site is served: those that were looked at, then some of every kind. Most sites have no more.
const FIRST: usize = 96;

/// More changed files than this are not listed: whoever shows one of them looks for itself.
const LISTED: usize = 2_000;

/// Why the compiling thread wakes.
#[derive(Debug)]
pub(super) enum Wake {
    /// Something moved on the disk.
    Moved,
    /// Changes are no longer told, for this reason.
    Blind(String),
    /// The site should be looked at in another way.
    Look { drafts: bool, as_of: Option<Date> },
    /// The preview ends.
    End,
}

/// Hears what the compiling thread has to tell.
pub(super) type Tell = Box<dyn FnMut(News) + Send>;

/// Everything that the compiling thread owns.
pub(super) struct Rebuilder {
    pub(super) reader: Reader,
    pub(super) watch: Watch,
    pub(super) inbox: Receiver<Wake>,
    pub(super) state: Arc<State>,
    pub(super) tell: Tell,
    pub(super) settings: Settings,
    /// The day that dates are judged on, unless another was chosen.
    pub(super) today: fn() -> Option<Date>,
    pub(super) as_of: Option<Date>,
    /// The template of addresses that open an editor, in place of the site's.
    pub(super) editor: Option<String>,
    pub(super) memory: Memory,
}

/// What is known of earlier compilations.
#[derive(Default)]
pub(super) struct Memory {
    pub(super) cache: Cache,
    /// What was compiled last, with what was wrong with the reading of it.
    compiled: Option<(Arc<Sources>, Vec<Diagnostic>)>,
    /// The last site that was good.
    good: Option<Arc<Site>>,
    /// All its files, once they are all made.
    pub(super) output: Option<Output>,
    pub(super) moved: Moved,
    failure: Option<String>,
    /// What is still to be made of the site that is served.
    pub(super) rest: Option<Rest>,
    /// The pages that could not be made the last time that all were.
    pub(super) failed: Vec<String>,
}

/// A compiled site, or what is wrong with it.
struct Compiled {
    site: Arc<Site>,
    edition: Option<Arc<Edition>>,
    /// All its files, where it is so small that they are made at once.
    output: Option<Output>,
    rest: Vec<usize>,
    diagnostics: Vec<Diagnostic>,
    cache: Cache,
}

impl Rebuilder {
    /// Compiles whenever something changed, until the preview ends.
    pub(super) fn run(mut self) {
        let mut since = Instant::now();
        let mut is_told = true;
        loop {
            let coverage = self.follow();
            self.look(since);
            let patience = match coverage {
                Coverage::Whole if is_told => Some(ONCE_MORE),
                Coverage::Whole => None,
                Coverage::Partial => Some(POLL),
            };
            match self.wait(patience) {
                Some(woken) => (since, is_told) = woken,
                None => return,
            }
        }
    }

    /// Watches what is there now.
    fn follow(&mut self) -> Coverage {
        let (coverage, notice) = self.watch.follow();
        if let Some(notice) = notice {
            (self.tell)(News::Notice(notice));
        }
        coverage
    }

    /// Waits until something happened, or `patience` is over, and then until it is quiet. When that was, and whether something was told;
    /// nothing if the preview ends.
    fn wait(&mut self, patience: Option<Duration>) -> Option<(Instant, bool)> {
        let end = patience.map(|patience| Instant::now() + patience);
        let mut pause = BREATH;
        let first = loop {
            let left = end.map(|end| end.saturating_duration_since(Instant::now()));
            let heard = match (&self.memory.rest, left) {
                (None, None) => break self.inbox.recv().map_err(|_| RecvTimeoutError::Disconnected),
                (None, Some(left)) => break self.inbox.recv_timeout(left),
                (Some(_), left) => self.inbox.recv_timeout(left.map_or(pause, |left| left.min(pause))),
            };
            match heard {
                Err(RecvTimeoutError::Timeout) if left.is_none_or(|left| left > pause) => pause = self.make_more(),
                heard => break heard,
            }
        };
        let woken = Instant::now();
        match first {
            Ok(wake) => self.take(wake)?,
            Err(RecvTimeoutError::Timeout) => return Some((woken, false)),
            Err(RecvTimeoutError::Disconnected) => return None,
        }
        self.settle(woken + CEILING)?;
        Some((woken, true))
    }

    /// Waits until nothing more happens, at most until `end`.
    fn settle(&mut self, end: Instant) -> Option<()> {
        for heard in 0.. {
            let quiet = if heard < MANY { QUIET } else { QUIET_OF_MANY };
            let left = end.saturating_duration_since(Instant::now()).min(quiet);
            if left.is_zero() {
                return Some(());
            }
            match self.inbox.recv_timeout(left) {
                Ok(wake) => self.take(wake)?,
                Err(RecvTimeoutError::Timeout) => return Some(()),
                Err(RecvTimeoutError::Disconnected) => return None,
            }
        }
        Some(())
    }

    fn take(&mut self, wake: Wake) -> Option<()> {
        match wake {
            Wake::Moved => {}
            Wake::Blind(reason) => self.watch.give_up(&reason),
            Wake::Look { drafts, as_of } => {
                self.settings.drafts = if drafts { Drafts::Included } else { Drafts::Excluded };
                self.as_of = as_of;
            }
            Wake::End => return None,
        }
        Some(())
    }

    /// Reads the site, and compiles it if it is another than before.
    fn look(&mut self, since: Instant) {
        match self.read() {
            Ok(Some(read)) => {
                self.memory.failure = None;
                self.compile(read, since);
            }
            Ok(None) => {}
            Err(message) => {
                if self.memory.failure.as_ref() != Some(&message) {
                    self.publish_failure(&message);
                    self.memory.failure = Some(message);
                }
            }
        }
    }

    /// What is to be compiled: nothing if it is what was compiled last.
    fn read(&mut self) -> Result<Option<Read>, String> {
        let mut read = self.read_once()?;
        // Nothing is known of a failed reading, so what comes after it is always compiled.
        if self.memory.failure.is_none() && read.is_same() {
            return Ok(None);
        }
        if read.has_lost {
            let end = Instant::now() + RETURN;
            while read.has_lost && Instant::now() < end {
                std::thread::sleep(QUIET);
                read = self.read_once()?;
            }
            if self.memory.failure.is_none() && read.is_same() {
                return Ok(None);
            }
        }
        Ok(Some(read))
    }

    fn read_once(&mut self) -> Result<Read, String> {
        let settings =
            Settings { as_of: self.as_of.or(self.settings.as_of).or_else(self.today), ..self.settings.clone() };
        let Loaded { mut sources, problems } =
            self.reader.read(settings).map_err(|error| format!("the site cannot be read: {error:#}"))?;
        render::add_builtin(&mut sources);
        let mut read =
            Read { sources: Arc::new(sources), problems, moved: Vec::new(), has_lost: false, is_other: true };
        if let Some((before, problems)) = &self.memory.compiled {
            (read.moved, read.has_lost) = differences(before, &read.sources);
            read.is_other = before.settings != read.sources.settings || *problems != read.problems;
        }
        Ok(read)
    }

    fn compile(&mut self, read: Read, since: Instant) {
        let Read { sources, problems, moved, .. } = read;
        self.memory.compiled = Some((Arc::clone(&sources), problems.clone()));
        if let Some(rest) = self.memory.rest.take() {
            self.memory.cache.take_up(&rest.edition);
        }
        // A failure of ours must not end the preview: the next edit may well be one that can be compiled.
        let Ok(compiled) = catch_unwind(AssertUnwindSafe(|| self.compiled(&sources, problems))) else {
            self.memory.cache = Cache::default();
            self.publish_failure("hornbook itself failed to compile this: please report it, with what it printed");
            return;
        };
        let Compiled { site, edition, output, rest, diagnostics, cache } = compiled;
        let before = self.state.current();
        let is_good = edition.is_some();
        let listed: Arc<[Problem]> = problem::all(&diagnostics, &sources, &site).into();
        let template = self.editor.clone().or_else(|| site.config.preview.editor.clone()).unwrap_or_default();
        let changed = match (&edition, &before.site) {
            (None, old) => old.as_ref().map(|_| Vec::new()),
            (Some(edition), Some(old)) if old.base == site.config.base_path() => {
                Some(changed([self.memory.output.as_ref(), output.as_ref()], [&old.edition, edition]))
            }
            (Some(_), _) => None,
        };
        let is_whole = output.is_some();
        let files = output.as_ref().map(|output| output.files.len());
        let (published, version) = self.published(&before, edition.clone(), changed.as_deref(), is_whole);
        let files = files.or_else(|| published.as_ref().map(|published| published.edition.len())).unwrap_or_default();
        if let Some(edition) = edition {
            self.memory.output = output;
            self.memory.rest = (!is_whole).then(|| Rest { edition, numbers: rest, diagnostics: diagnostics.clone() });
        }
        let told = Told {
            version,
            ok: is_good,
            changed: changed.as_deref().filter(|changed| changed.len() <= LISTED),
            moved: &self.memory.moved.0,
            problems: &listed,
            settings: Chosen::new(&sources.settings, &template),
        };
        let news: Arc<str> = json(&told).into();
        let introduction = json(&Told { changed: None, ..told }).into();
        self.state.swap(Snapshot {
            number: before.number + 1,
            version,
            site: published,
            sources: Arc::clone(&sources),
            problems: listed,
            editor: template,
            news,
            introduction,
        });
        let took = since.elapsed();
        self.memory.cache = cache;
        let changed = changed.filter(|_| is_whole || !is_good).map(|changed| changed.len());
        (self.tell)(News::Rebuilt(Rebuilt { took, moved, changed, files, diagnostics, sources, is_good }));
    }

    /// Compiles, and makes the first pages: all of them, where there are few.
    fn compiled(&self, sources: &Arc<Sources>, mut diagnostics: Vec<Diagnostic>) -> Compiled {
        let Draft { site, edition, diagnostics: found, mut cache } = draft(sources, &self.memory.cache);
        diagnostics.extend(found);
        let (mut output, mut rest) = (None, Vec::new());
        if let Some(edition) = &edition {
            let wanted = [self.state.asked(), self.memory.failed.clone()].concat();
            let mut first = edition.order(&wanted);
            rest = first.split_off(first.len().min(FIRST));
            // The next ones are taken from the end.
            rest.reverse();
            if rest.is_empty() {
                let (made, found) = finish(edition);
                diagnostics.extend(found);
                cache.take_up(edition);
                output = Some(made);
            } else {
                diagnostics.extend(edition.make(&first));
            }
        }
        crate::diagnostic::sort(&mut diagnostics);
        let edition = edition.filter(|_| !has_errors(&diagnostics)).map(Arc::new);
        Compiled { site, output: output.filter(|_| edition.is_some()), edition, rest, diagnostics, cache }
    }

    /// The site to serve from now on, and its version: the same as before where it is whole and nothing `changed`.
    fn published(
        &mut self,
        before: &Snapshot,
        edition: Option<Arc<Edition>>,
        changed: Option<&[String]>,
        is_whole: bool,
    ) -> (Option<Arc<Published>>, u64) {
        let Some(edition) = edition else { return (before.site.clone(), before.version) };
        let site = Arc::clone(edition.site());
        if let Some(good) = &self.memory.good {
            self.memory.moved.follow(good, &site);
        }
        let is_same = is_whole && changed.is_some_and(<[_]>::is_empty);
        let version = if is_same { before.version } else { before.version + 1 };
        let published = Published::new(edition, site.config.base_path());
        self.memory.good = Some(site);
        (Some(Arc::new(published)), version)
    }

    /// Tells of a failure; the last good site is served on.
    fn publish_failure(&mut self, message: &str) {
        self.announce(false, Arc::new([Problem::failure(message)]));
        (self.tell)(News::Failed(message.to_owned()));
    }

    /// Tells browsers what is wrong; the site that is served stays.
    pub(super) fn announce(&self, ok: bool, problems: Arc<[Problem]>) {
        let before = self.state.current();
        let told = Told {
            version: before.version,
            ok,
            changed: before.site.as_ref().map(|_| [].as_slice()),
            moved: &self.memory.moved.0,
            problems: &problems,
            settings: Chosen::new(&before.sources.settings, &before.editor),
        };
        let news: Arc<str> = json(&told).into();
        let introduction = json(&Told { changed: None, ..told }).into();
        self.state.swap(Snapshot { number: before.number + 1, problems, news, introduction, ..(*before).clone() });
    }
}

/// A state of the files.
struct Read {
    sources: Arc<Sources>,
    problems: Vec<Diagnostic>,
    /// Files that are other than in the last compilation.
    moved: Vec<VPath>,
    /// Whether one of them is gone or empty.
    has_lost: bool,
    /// Whether anything but files is.
    is_other: bool,
}

impl Read {
    fn is_same(&self) -> bool {
        self.moved.is_empty() && !self.is_other
    }
}

/// What every compilation of a preview is told, whatever the command line says.
pub(super) fn settings(given: Settings) -> Settings {
    Settings { positions: true, ..given }
}
