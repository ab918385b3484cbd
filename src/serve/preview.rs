//! A preview, from start to end.
#![allow(
    clippy::disallowed_methods,
    reason = "versions count on from the time of the start, so that two starts share none"
)]

use std::io;
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::sync::mpsc::{self, Sender};
use std::thread;
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{Context, Result};
use camino::Utf8PathBuf;
use jiff::civil::Date;

use super::answer::Desk;
use super::editor::Editor;
use super::guard::Guard;
use super::http::{Limits, Request, Server};
use super::news::News;
use super::rebuild::{self, Memory, Rebuilder, Wake};
use super::state::State;
use crate::disk::{Notice, Reader, Watch, Watching};
use crate::source::Settings;

/// Memory for the compiling thread: as much as the main thread has, which compiles for `hornbook build`.
const STACK: usize = 8 * 1024 * 1024;

/// What to preview, and how.
#[derive(Clone, Debug)]
pub struct Options {
    /// The site's folder.
    pub root: Utf8PathBuf,
    /// As for every compilation; `as_of` is left out, because days pass.
    pub settings: Settings,
    /// The day on which dates are judged.
    pub today: fn() -> Option<Date>,
    /// How changes are noticed.
    pub watching: Watching,
    /// Further names that the server goes by: `name`, or `name:port`.
    pub names: Vec<String>,
    /// The author's editor.
    pub editor: Editor,
    /// What clients may take of time and space.
    pub limits: Limits,
}

/// A site that is being served, until this is dropped.
#[derive(Debug)]
pub struct Preview {
    server: Server,
    inbox: Sender<Wake>,
}

impl Preview {
    /// Serves the site of `options` on `listener`, and tells of each compilation. Returns at once: the first one is still to come.
    ///
    /// Fails if no thread can be started.
    pub fn start(listener: TcpListener, options: Options, tell: impl FnMut(News) + Send + 'static) -> Result<Self> {
        let address = listener.local_addr().context("cannot tell where the server listens")?;
        let version = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_millis());
        let state = Arc::new(State::new(u64::try_from(version).unwrap_or_default()));
        let (inbox, wakes) = mpsc::channel();
        let names = options.names.iter().map(|name| name.to_ascii_lowercase()).collect();
        let desk = Desk {
            root: options.root.clone(),
            guard: Guard { port: address.port(), names },
            state: Arc::clone(&state),
            inbox: inbox.clone(),
            editor: options.editor.clone(),
        };
        let server = Server::start(listener, options.limits, Arc::new(move |request: &Request| desk.answer(request)))
            .context("cannot start a thread")?;
        let own = inbox.clone();
        let heard = move |notice: Notice| {
            // Nobody listens any more once the preview has ended.
            own.send(match notice {
                Notice::Moved => Wake::Moved,
                Notice::Blind(reason) => Wake::Blind(reason),
            })
            .ok();
        };
        let rebuilder = Rebuilder {
            reader: Reader::new(&options.root),
            watch: Watch::new(&options.root, options.watching, heard),
            inbox: wakes,
            state,
            tell: Box::new(tell),
            settings: rebuild::settings(options.settings),
            today: options.today,
            as_of: None,
            editor: options.editor.template,
            memory: Memory::default(),
        };
        spawn(rebuilder).context("cannot start a thread")?;
        Ok(Self { server, inbox })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.server.address()
    }

    /// How many connections are open.
    pub fn connections(&self) -> usize {
        self.server.connections()
    }
}

impl Drop for Preview {
    fn drop(&mut self) {
        self.inbox.send(Wake::End).ok();
    }
}

fn spawn(rebuilder: Rebuilder) -> io::Result<()> {
    thread::Builder::new()
        .name("hornbook-compile".to_owned())
        .stack_size(STACK)
        .spawn(move || rebuilder.run())
        .map(|_| ())
}
