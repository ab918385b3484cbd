//! A client that sends bytes as they are.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

/// The longest that any answer may take.
pub const PATIENCE: Duration = Duration::from_secs(20);

/// An answer, as it came.
#[derive(Clone, Debug)]
pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn field(&self, name: &str) -> Option<&str> {
        let lines = self.head.lines().skip(1).filter_map(|line| line.split_once(':'));
        lines.filter(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim()).next()
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

/// A connection.
pub fn connect(address: SocketAddr) -> TcpStream {
    let stream = TcpStream::connect_timeout(&address, PATIENCE).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    stream.set_write_timeout(Some(PATIENCE)).unwrap();
    stream
}

/// Everything that comes back until the server closes, after `bytes` were sent. A server that closes before it has read everything is
/// no failure.
pub fn exchange(address: SocketAddr, bytes: &[u8]) -> Vec<u8> {
    let mut stream = connect(address);
    stream.write_all(bytes).ok();
    let mut all = Vec::new();
    stream.read_to_end(&mut all).ok();
    all
}

/// The status that `bytes` are answered with; 0 if the connection is closed without an answer.
pub fn status(address: SocketAddr, bytes: &[u8]) -> u16 {
    let all = exchange(address, bytes);
    if all.is_empty() { 0 } else { parse(&all, false).status }
}

/// Sends a request with further header lines, and takes the answer. The connection is closed after it.
pub fn request(address: SocketAddr, method: &str, target: &str, lines: &[&str], body: &str) -> Answer {
    let mut head = format!("{method} {target} HTTP/1.1\r\nConnection: close\r\n");
    if !lines.iter().any(|line| line.to_ascii_lowercase().starts_with("host:")) {
        head.push_str(&format!("Host: {address}\r\n"));
    }
    for line in lines {
        head.push_str(&format!("{line}\r\n"));
    }
    if !body.is_empty() {
        head.push_str(&format!("Content-Length: {}\r\n", body.len()));
    }
    parse(&exchange(address, format!("{head}\r\n{body}").as_bytes()), method == "HEAD")
}

/// The answer to a plain request for `target`.
pub fn get(address: SocketAddr, target: &str) -> Answer {
    request(address, "GET", target, &[], "")
}

/// What a page of the preview itself sends.
pub fn post(address: SocketAddr, target: &str, body: &str) -> Answer {
    let origin = format!("Origin: http://{address}");
    request(address, "POST", target, &[&origin, "Sec-Fetch-Site: same-origin", "Content-Type: application/json"], body)
}

/// Reads an answer, and holds it to what every answer must be.
fn parse(all: &[u8], is_head: bool) -> Answer {
    let end = all.windows(4).position(|window| window == b"\r\n\r\n");
    let end = end.unwrap_or_else(|| panic!("no answer: {:?}", String::from_utf8_lossy(all)));
    let head = String::from_utf8(all[..end].to_vec()).unwrap();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    let answer = Answer { status, head, body: all[end + 4..].to_vec() };
    assert!(!answer.head.to_ascii_lowercase().contains("access-control-"), "no other site is let in: {}", answer.head);
    if !is_head && let Some(length) = answer.field("content-length") {
        assert_eq!(length.parse::<usize>().unwrap(), answer.body.len(), "{}", answer.head);
    }
    answer
}
