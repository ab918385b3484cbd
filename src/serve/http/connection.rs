//! One connection: requests in, responses out, each within its time.
#![allow(clippy::disallowed_methods, reason = "a client has so much time and no more")]

use std::io::{self, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

use super::Limits;
use super::request::{self, Refusal, Request};
use super::response::{Body, Response, reason};
use super::server::{Handler, Place};

/// Bytes written at a time: so often is looked whether a client is too slow.
const PIECE: usize = 64 * 1024;

/// What is read of a client that was refused, so that it gets to read why.
const LINGER: Duration = Duration::from_millis(200);

/// Answers the requests on `stream` until either side is done with it.
pub(super) fn converse(stream: &TcpStream, handler: &Handler, limits: &Limits, place: &Place) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let local = stream.local_addr()?.ip().to_canonical();
    let mut buffer = Vec::new();
    loop {
        place.waits();
        let deadline = Instant::now() + limits.head;
        let mut request = match receive(stream, &mut buffer, deadline)? {
            Received::Request(request) => request,
            Received::Gone => return Ok(()),
            Received::Refused((status, message)) => {
                let response = Response::text(status, message);
                write(stream, response, &Manner { is_head: false, keeps: false }, limits, place)?;
                return linger(stream);
            }
        };
        place.answers();
        request.local = local;
        let manner = Manner { is_head: request.method == "HEAD", keeps: request.keeps };
        // A handler that fails is a fault of ours; the next request may well be one that it knows.
        let response = catch_unwind(AssertUnwindSafe(|| handler(&request)))
            .unwrap_or_else(|_| Response::text(500, "hornbook failed to answer this: please report it"));
        if !write(stream, response, &manner, limits, place)? {
            return linger(stream);
        }
    }
}

enum Received {
    Request(Request),
    Refused(Refusal),
    /// The client left between two requests, or took too long.
    Gone,
}

/// Reads one request; what follows it stays in `buffer`.
fn receive(stream: &TcpStream, buffer: &mut Vec<u8>, deadline: Instant) -> io::Result<Received> {
    let length = loop {
        match request::head_length(buffer) {
            Ok(Some(length)) => break length,
            Ok(None) => {}
            Err(refusal) => return Ok(Received::Refused(refusal)),
        }
        if !read_more(stream, buffer, deadline)? {
            return Ok(Received::Gone);
        }
    };
    let (mut request, body) = match request::parse(&buffer[..length]) {
        Ok(parsed) => parsed,
        Err(refusal) => return Ok(Received::Refused(refusal)),
    };
    while buffer.len() < length + body {
        if !read_more(stream, buffer, deadline)? {
            return Ok(Received::Gone);
        }
    }
    request.body = buffer[length..length + body].to_vec();
    buffer.drain(..length + body);
    Ok(Received::Request(request))
}

/// Reads what has come, and says whether anything has before `deadline`.
fn read_more(mut stream: &TcpStream, buffer: &mut Vec<u8>, deadline: Instant) -> io::Result<bool> {
    let left = deadline.saturating_duration_since(Instant::now());
    if left.is_zero() {
        return Ok(false);
    }
    stream.set_read_timeout(Some(left))?;
    let mut piece = [0; 8 * 1024];
    match stream.read(&mut piece) {
        Ok(read) => {
            buffer.extend_from_slice(&piece[..read]);
            Ok(read > 0)
        }
        Err(error) if error.kind() == io::ErrorKind::Interrupted => Ok(true),
        Err(error) if is_late(&error) => Ok(false),
        Err(error) => Err(error),
    }
}

/// Whether a socket gave up because its time was over.
fn is_late(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut)
}

/// How a response is sent.
struct Manner {
    /// Without its body.
    is_head: bool,
    /// The connection is kept.
    keeps: bool,
}

/// Sends a response, and says whether another may follow.
fn write(stream: &TcpStream, response: Response, manner: &Manner, limits: &Limits, place: &Place) -> io::Result<bool> {
    let Response { status, fields, body } = response;
    let is_stream = matches!(body, Body::Stream(_));
    let keeps = manner.keeps && (!is_stream || manner.is_head);
    let mut head = format!("HTTP/1.1 {status} {}\r\n", reason(status));
    for (name, value) in &fields {
        // What an author wrote can stand here; it never ends a line.
        let value: String = value.chars().filter(|character| !character.is_control()).collect();
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    if !is_stream && !matches!(status, 204 | 304) {
        head.push_str(&format!("Content-Length: {}\r\n", body.bytes().len()));
    }
    head.push_str(if keeps { "\r\n" } else { "Connection: close\r\n\r\n" });
    let length = head.len() + body.bytes().len();
    let time = limits.write + Duration::from_secs(length as u64 / limits.slowest.max(1));
    let mut outgoing = Outgoing { stream, limits, deadline: Some(Instant::now() + time) };
    if manner.is_head || matches!(status, 204 | 304) {
        outgoing.send(head.as_bytes())?;
        return Ok(keeps);
    }
    match body {
        Body::Stream(streaming) => {
            outgoing.send(head.as_bytes())?;
            outgoing.deadline = None;
            place.streams();
            streaming(&mut outgoing)?;
        }
        // Small answers leave in one packet.
        body if body.bytes().len() < PIECE => {
            let mut bytes = head.into_bytes();
            bytes.extend_from_slice(body.bytes());
            outgoing.send(&bytes)?;
        }
        body => {
            outgoing.send(head.as_bytes())?;
            outgoing.send(body.bytes())?;
        }
    }
    Ok(keeps)
}

/// The sending side of a connection.
#[derive(Debug)]
pub struct Outgoing<'a> {
    stream: &'a TcpStream,
    limits: &'a Limits,
    deadline: Option<Instant>,
}

impl Outgoing<'_> {
    /// Sends `bytes`. Fails if the client is gone or too slow.
    pub fn send(&mut self, bytes: &[u8]) -> io::Result<()> {
        for piece in bytes.chunks(PIECE) {
            let left = self.deadline.map(|deadline| deadline.saturating_duration_since(Instant::now()));
            if left.is_some_and(|left| left.is_zero()) {
                return Err(io::ErrorKind::TimedOut.into());
            }
            self.stream.set_write_timeout(Some(left.map_or(self.limits.write, |left| left.min(self.limits.write))))?;
            let mut stream = self.stream;
            stream.write_all(piece)?;
        }
        Ok(())
    }

    /// The time between signs of life.
    pub fn heartbeat(&self) -> Duration {
        self.limits.heartbeat
    }
}

/// Ends a connection so that the client can still read the last response: bytes that nobody reads would make the system take it back.
fn linger(mut stream: &TcpStream) -> io::Result<()> {
    stream.shutdown(Shutdown::Write)?;
    stream.set_read_timeout(Some(LINGER))?;
    let mut piece = [0; 8 * 1024];
    for _ in 0..16 {
        match stream.read(&mut piece) {
            Ok(0) | Err(_) => break,
            Ok(_) => {}
        }
    }
    Ok(())
}
