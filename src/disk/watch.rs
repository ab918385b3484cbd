//! Word that something in the site's folders moved. It says no more than that: whoever hears it looks for itself, so renames, deletions and the
//! ways in which editors save need no code.
#![allow(clippy::disallowed_methods)]

use std::fs;
use std::path::Path;

use camino::{Utf8Path, Utf8PathBuf};
use notify::event::{AccessKind, AccessMode, EventKind};
use notify::{ErrorKind, Event, RecommendedWatcher, RecursiveMode, Watcher};

use super::names;

/// How changes are noticed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Watching {
    /// The system tells of them.
    Told,
    /// Everything is looked at from time to time.
    Polled,
}

/// What a [`Watch`] tells.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Notice {
    /// Something moved.
    Moved,
    /// The system tells no longer of every change, for this reason.
    Blind(String),
}

/// How much of the site is watched.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Coverage {
    /// Every change is told.
    Whole,
    /// The site must be looked at from time to time.
    Partial,
}

/// The folders that a site is made of.
const FOLDERS: [&str; 2] = ["content", "themes"];

/// Watches a site's folders.
#[derive(Debug)]
pub struct Watch {
    root: Utf8PathBuf,
    watcher: Option<RecommendedWatcher>,
    watched: Vec<Watched>,
    /// What there is to say that was not said yet.
    notice: Option<String>,
}

#[derive(Debug)]
struct Watched {
    real: Utf8PathBuf,
    /// Tells the folder from another one in its place.
    identity: Option<(u64, u64)>,
}

impl Watch {
    /// Watches the site at `root` from the first [`Watch::follow`] on, and tells `hear`, on a thread of its own.
    pub fn new(root: &Utf8Path, watching: Watching, hear: impl Fn(Notice) + Send + 'static) -> Self {
        let root = root.canonicalize_utf8().unwrap_or_else(|_| root.to_owned());
        let mut watch = Self { root: root.clone(), watcher: None, watched: Vec::new(), notice: None };
        if watching == Watching::Told {
            let heard = move |event: notify::Result<Event>| match event {
                Ok(event) if is_change(&root, &event) => hear(Notice::Moved),
                Ok(_) => {}
                Err(error) if matches!(error.kind, ErrorKind::PathNotFound) => hear(Notice::Moved),
                Err(error) => hear(Notice::Blind(reason(&error))),
            };
            match notify::recommended_watcher(heard) {
                Ok(watcher) => watch.watcher = Some(watcher),
                Err(error) => watch.give_up(&reason(&error)),
            }
        }
        watch
    }

    /// Sees to it that the folders that are there now are watched, whatever was put in their place; and says how far that went, and, once,
    /// why not further.
    pub fn follow(&mut self) -> (Coverage, Option<String>) {
        let mut coverage = Coverage::Whole;
        let mut wanted = vec![(self.root.clone(), RecursiveMode::NonRecursive)];
        wanted.extend(
            FOLDERS.iter().filter_map(|folder| {
                Some((self.root.join(folder).canonicalize_utf8().ok()?, RecursiveMode::Recursive))
            }),
        );
        let gone: Vec<Utf8PathBuf> = self
            .watched
            .iter()
            .filter(|watched| {
                identity(&watched.real) != watched.identity || !wanted.iter().any(|(real, _)| *real == watched.real)
            })
            .map(|watched| watched.real.clone())
            .collect();
        self.watched.retain(|watched| !gone.contains(&watched.real));
        let mut failure = None;
        if let Some(watcher) = &mut self.watcher {
            for real in &gone {
                // What is gone is watched no more anyway.
                watcher.unwatch(real.as_std_path()).ok();
            }
            for (real, mode) in wanted {
                if self.watched.iter().any(|watched| watched.real == real) {
                    continue;
                }
                let identity = identity(&real);
                match watcher.watch(real.as_std_path(), mode) {
                    Ok(()) => self.watched.push(Watched { real, identity }),
                    // A folder that is away for a moment: it is looked for again.
                    Err(_) if !real.is_dir() => coverage = Coverage::Partial,
                    Err(error) => {
                        failure = Some(reason(&error));
                        break;
                    }
                }
            }
        }
        if let Some(failure) = failure {
            self.give_up(&failure);
        }
        if self.watcher.is_none() || !self.root.join(FOLDERS[0]).is_dir() {
            coverage = Coverage::Partial;
        }
        (coverage, self.notice.take())
    }

    /// Watches nothing any more: from now on the site must be looked at from time to time.
    pub fn give_up(&mut self, reason: &str) {
        if self.watcher.take().is_some() || self.watched.is_empty() {
            self.notice = Some(format!("changes are looked for instead of told, which is slower: {reason}"));
        }
        self.watched.clear();
    }
}

/// Whether an event can be a change of the site. That a file was read is none, nor is what happens beside the site's folders, nor what editors
/// leave lying about.
fn is_change(root: &Utf8Path, event: &Event) -> bool {
    match event.kind {
        EventKind::Access(AccessKind::Close(AccessMode::Write)) => {}
        EventKind::Access(_) => return false,
        _ => {}
    }
    let is_beside = |path: &Path| {
        path.parent() == Some(root.as_std_path())
            && !path.file_name().is_some_and(|name| FOLDERS.iter().any(|folder| name == *folder))
    };
    let is_left = |path: &Path| path.file_name().and_then(|name| name.to_str()).is_some_and(names::is_leaving);
    event.need_rescan() || event.paths.is_empty() || event.paths.iter().any(|path| !is_beside(path) && !is_left(path))
}

/// What tells the folder at `path` from another one; nothing if there is none.
fn identity(path: &Utf8Path) -> Option<(u64, u64)> {
    let metadata = fs::metadata(path).ok()?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        Some((metadata.dev(), metadata.ino()))
    }
    #[cfg(not(unix))]
    {
        let created = metadata.created().ok()?.duration_since(std::time::UNIX_EPOCH).ok()?;
        Some((created.as_secs(), u64::from(created.subsec_nanos())))
    }
}

/// Why watching fails, and what can be done.
fn reason(error: &notify::Error) -> String {
    match &error.kind {
        ErrorKind::MaxFilesWatch => {
            "the system watches no more folders (raise `fs.inotify.max_user_watches`)".to_owned()
        }
        ErrorKind::Io(error) if error.raw_os_error() == Some(24) => {
            "the system makes no more watchers (raise `fs.inotify.max_user_instances`)".to_owned()
        }
        _ => error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use camino::Utf8Path;
    use notify::Event;
    use notify::event::{AccessKind, AccessMode, CreateKind, EventKind, Flag, ModifyKind};

    use super::is_change;

    #[test]
    fn only_changes_of_the_site_are_told() {
        let root = Utf8Path::new("/site");
        let event = |kind, path: &str| Event::new(kind).add_path(path.into());
        let created = EventKind::Create(CreateKind::Any);
        let written = EventKind::Access(AccessKind::Close(AccessMode::Write));
        let read =
            [AccessKind::Open(AccessMode::Any), AccessKind::Close(AccessMode::Read), AccessKind::Read, AccessKind::Any];
        for path in ["/site/content/a.md", "/site/themes/x/site.css", "/site/content", "/site", "/elsewhere/a.md"] {
            for kind in [created, written, EventKind::Modify(ModifyKind::Any), EventKind::Any] {
                assert!(is_change(root, &event(kind, path)), "{kind:?} {path}");
            }
            for kind in read {
                assert!(!is_change(root, &event(EventKind::Access(kind), path)), "{kind:?} {path}");
            }
        }
        for path in [
            "/site/public",
            "/site/.public.staging",
            "/site/content/.a.md.swp",
            "/site/content/.#a.md",
            "/site/content/a.md~",
        ] {
            assert!(!is_change(root, &event(created, path)), "{path}");
        }
        assert!(is_change(root, &Event::new(EventKind::Other).set_flag(Flag::Rescan)));
    }
}
