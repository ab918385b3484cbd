//! The connections: one thread each, a cap on all of them.
#![allow(clippy::disallowed_types, reason = "connections come and go on threads of their own")]
#![allow(clippy::disallowed_methods, reason = "the connection that waited longest is spared first")]

use std::collections::BTreeMap;
use std::io;
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use super::connection::converse;
use super::{Limits, Request, Response};

/// Makes the answer to a request.
pub type Handler = dyn Fn(&Request) -> Response + Send + Sync;

/// Memory for one connection's thread.
const STACK: usize = 512 * 1024;

/// A server that answers until it is dropped.
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    connections: Arc<Connections>,
}

impl Server {
    /// Answers on `listener` with `handler`, on threads of its own.
    ///
    /// Fails if no thread can be started.
    pub fn start(listener: TcpListener, limits: Limits, handler: Arc<Handler>) -> io::Result<Self> {
        let address = listener.local_addr()?;
        let connections = Arc::new(Connections::default());
        let own = Arc::clone(&connections);
        thread::Builder::new()
            .name("hornbook-listen".to_owned())
            .spawn(move || accept(&listener, limits, &handler, &own))?;
        Ok(Self { address, connections })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// How many connections are open.
    pub fn connections(&self) -> usize {
        self.connections.lock().len()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.connections.ended.store(true, Ordering::Relaxed);
        for entry in self.connections.lock().values() {
            entry.stream.shutdown(Shutdown::Both).ok();
        }
        // Wakes the thread that waits for connections, so that it sees the end.
        let mut address = self.address;
        if address.ip().is_unspecified() {
            address.set_ip(std::net::Ipv4Addr::LOCALHOST.into());
        }
        TcpStream::connect_timeout(&address, Duration::from_secs(1)).ok();
    }
}

/// The open connections by number.
#[derive(Debug, Default)]
struct Connections {
    open: Mutex<BTreeMap<u64, Entry>>,
    ended: AtomicBool,
}

impl Connections {
    fn lock(&self) -> MutexGuard<'_, BTreeMap<u64, Entry>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Closes the connection that can best be spared.
    fn spare_one(&self) {
        let mut open = self.lock();
        let spare = open.iter().min_by_key(|(_, entry)| (entry.doing, entry.since)).map(|(number, _)| *number);
        if let Some(entry) = spare.and_then(|number| open.remove(&number)) {
            entry.stream.shutdown(Shutdown::Both).ok();
        }
    }
}

/// An open connection.
#[derive(Debug)]
struct Entry {
    stream: Arc<TcpStream>,
    doing: Doing,
    since: Instant,
}

/// What a connection is doing, from the easiest to spare.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Doing {
    Waiting,
    Answering,
    Streaming,
}

/// A connection's place among the others; it is given back when dropped.
pub(super) struct Place {
    number: u64,
    connections: Arc<Connections>,
}

impl Place {
    /// A request is waited for.
    pub(super) fn waits(&self) {
        self.now(Doing::Waiting);
    }

    /// A request is answered.
    pub(super) fn answers(&self) {
        self.now(Doing::Answering);
    }

    /// A response has begun that ends when the client goes.
    pub(super) fn streams(&self) {
        self.now(Doing::Streaming);
    }

    fn now(&self, doing: Doing) {
        if let Some(entry) = self.connections.lock().get_mut(&self.number) {
            entry.doing = doing;
            entry.since = Instant::now();
        }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.connections.lock().remove(&self.number);
    }
}

fn accept(listener: &TcpListener, limits: Limits, handler: &Arc<Handler>, connections: &Arc<Connections>) {
    for number in 0.. {
        let accepted = listener.accept();
        if connections.ended.load(Ordering::Relaxed) {
            return;
        }
        let Ok((stream, _)) = accepted else {
            // Mostly too many open files: others may be closed for this one.
            connections.spare_one();
            thread::sleep(Duration::from_millis(10));
            continue;
        };
        if connections.lock().len() >= limits.connections {
            connections.spare_one();
        }
        let stream = Arc::new(stream);
        let entry = Entry { stream: Arc::clone(&stream), doing: Doing::Waiting, since: Instant::now() };
        connections.lock().insert(number, entry);
        let place = Place { number, connections: Arc::clone(connections) };
        let handler = Arc::clone(handler);
        let name = "hornbook-answer".to_owned();
        let spawned = thread::Builder::new().name(name).stack_size(STACK).spawn(move || {
            // A client that goes away is no fault of anybody's.
            converse(&stream, &*handler, &limits, &place).ok();
            stream.shutdown(Shutdown::Both).ok();
        });
        if spawned.is_err() {
            connections.spare_one();
        }
    }
}
