//! Many clients, slow ones, and such as never go.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use hornbook::serve::Limits;

use super::client::{PATIENCE, connect, get};
use super::events::Events;
use super::site::{Start, page, serve};

/// What a normal request may take while others do their worst, on a machine that may be busy.
const SOON: Duration = Duration::from_secs(2);

fn is_answered_soon(served: &super::site::Served) {
    let start = Instant::now();
    assert_eq!(get(served.address, "/").status, 200);
    assert!(start.elapsed() < SOON, "it took {:?}", start.elapsed());
}

/// Waits until `holds`.
fn wait(what: &str, holds: impl Fn() -> bool) {
    let deadline = Instant::now() + PATIENCE;
    while !holds() {
        assert!(Instant::now() < deadline, "{what}");
        std::thread::sleep(Duration::from_millis(5));
    }
}

#[test]
fn slow_and_silent_clients_keep_nobody_waiting() {
    let served = serve();
    let cap = Limits::default().connections;
    let mut crowd: Vec<TcpStream> = Vec::new();
    for number in 0..500 {
        let mut stream = connect(served.address);
        if number % 2 == 0 {
            stream.write_all(b"GET / HT").unwrap();
        }
        crowd.push(stream);
    }
    for _ in 0..5 {
        for stream in crowd.iter_mut().step_by(2) {
            stream.write_all(b"T").ok();
        }
        is_answered_soon(&served);
        assert!(served.preview.connections() <= cap, "{}", served.preview.connections());
    }
    drop(crowd);
    wait("every connection is given back", || served.preview.connections() == 0);
}

#[test]
fn a_request_that_does_not_come_is_waited_for_so_long() {
    let limits = Limits { head: Duration::from_millis(200), ..Limits::default() };
    let served = Start { limits, ..Start::default() }.serve();
    for start in
        ["", "G", "GET / HTTP/1.1\r\nHost:", "POST /-hornbook/open HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n{"]
    {
        let mut stream = connect(served.address);
        stream.write_all(start.as_bytes()).unwrap();
        let mut all = Vec::new();
        stream.read_to_end(&mut all).ok();
        assert!(all.is_empty(), "{start}: {}", String::from_utf8_lossy(&all));
    }
    // Bytes that trickle in win no time.
    let mut stream = connect(served.address);
    let start = Instant::now();
    while start.elapsed() < PATIENCE && stream.write_all(b"a").is_ok() {
        std::thread::sleep(Duration::from_millis(20));
    }
    assert!(start.elapsed() < PATIENCE, "it is still listened to");
    wait("every connection is given back", || served.preview.connections() == 0);
}

#[test]
fn an_answer_that_nobody_reads_is_given_up() {
    let limits = Limits { write: Duration::from_millis(200), slowest: 1 << 30, ..Limits::default() };
    let mut start = Start { limits, ..Start::default() };
    start.files.push(("content/static/large.bin", "x".repeat(50 << 20)));
    let served = start.serve();
    let mut crowd: Vec<TcpStream> = Vec::new();
    for _ in 0..50 {
        let mut stream = connect(served.address);
        stream.write_all(format!("GET /large.bin HTTP/1.1\r\nHost: {}\r\n\r\n", served.address).as_bytes()).unwrap();
        crowd.push(stream);
    }
    is_answered_soon(&served);
    wait("every connection is given back", || served.preview.connections() == 0);
}

#[test]
fn streams_do_not_take_the_place_of_pages() {
    let limits = Limits { heartbeat: Duration::from_millis(100), ..Limits::default() };
    let mut served = Start { limits, ..Start::default() }.serve();
    let mut tabs: Vec<Events> = (0..200).map(|_| Events::of(&served)).collect();
    for tab in &mut tabs {
        tab.next();
    }
    is_answered_soon(&served);
    served.write("content/part/one.md", &page("One", "Changed."));
    served.rebuilt();
    for tab in &mut tabs {
        assert_eq!(tab.next()["ok"], true);
    }
    is_answered_soon(&served);
    drop(tabs);
    // A stream learns that its client is gone when it next says something.
    wait("every stream is given back", || served.preview.connections() == 0);
    // A storm of clients that come back changes nothing.
    for _ in 0..5 {
        let tabs: Vec<Events> = (0..100).map(|_| Events::of(&served)).collect();
        drop(tabs);
    }
    is_answered_soon(&served);
    wait("every stream is given back", || served.preview.connections() == 0);
}

#[test]
fn streams_have_an_end_at_the_cap_too() {
    let limits = Limits { connections: 8, ..Limits::default() };
    let served = Start { limits, ..Start::default() }.serve();
    let mut tabs: Vec<Events> = Vec::new();
    for _ in 0..20 {
        let mut tab = Events::of(&served);
        tab.next();
        tabs.push(tab);
        is_answered_soon(&served);
    }
    assert!(served.preview.connections() <= 8);
}
