//! Bytes on a connection → requests → a handler's responses → bytes.
//!
//! A strict subset of HTTP/1.1, on plain threads: what a browser sends is understood, everything else is refused and the connection
//! closed. Every wait has an end, every buffer a size, and the number of connections a cap.

mod connection;
mod request;
mod response;
mod server;

use std::time::Duration;

pub use self::connection::Outgoing;
pub use self::request::Request;
pub use self::response::{Body, Response, Streaming};
pub use self::server::{Handler, Server};

/// What a client may take of time and space.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// From the last response, or from connecting, until a request is there as a whole.
    pub head: Duration,
    /// The longest wait until a client takes some bytes of a response.
    pub write: Duration,
    /// The slowest that a client may take a response, in bytes a second.
    pub slowest: u64,
    /// Between signs of life on a stream.
    pub heartbeat: Duration,
    /// Connections at once. At the cap, the one that has been waiting longest is closed for a new one.
    pub connections: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            head: Duration::from_secs(10),
            write: Duration::from_secs(10),
            slowest: 64 * 1024,
            heartbeat: Duration::from_secs(15),
            connections: 400,
        }
    }
}

/// The longest request line: beyond it, 414.
const LONGEST_LINE: usize = 8 * 1024;

/// The longest head of a request: beyond it, 431.
const LONGEST_HEAD: usize = 32 * 1024;

/// The most header fields: beyond them, 431.
const MOST_FIELDS: usize = 100;

/// The longest body: beyond it, 413.
const LONGEST_BODY: usize = 64 * 1024;
