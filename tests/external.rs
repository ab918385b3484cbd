//! Links to other sites, asked of a server on this machine: no test needs the internet, and none waits.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, reason = "tests touch files, and a panic is their failure")]

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::process::{Command, Output};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use hornbook::external::{Answer, Link};
use hornbook::web::{Limits, ask};
use serde_json::Value;

/// A server that answers by the path: what it was asked comes out of the channel.
fn server() -> (SocketAddr, Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let (heard, asked) = channel();
    thread::spawn(move || {
        for stream in listener.incoming().map_while(Result::ok) {
            let heard = heard.clone();
            thread::spawn(move || answer(stream, &|line| drop(heard.send(line))));
        }
    });
    (address, asked)
}

fn answer(mut stream: TcpStream, heard: &dyn Fn(String)) {
    let mut lines = BufReader::new(stream.try_clone().unwrap()).lines().map_while(Result::ok);
    let Some(first) = lines.next() else { return };
    let head: Vec<String> = lines.take_while(|line| !line.is_empty()).collect();
    let agent = head.iter().find(|line| line.to_lowercase().starts_with("user-agent:")).cloned().unwrap_or_default();
    let (method, rest) = first.split_once(' ').unwrap();
    let path = rest.split(' ').next().unwrap();
    heard(format!("{method} {path} {agent}"));
    let moved = |code: u16, to: &str| format!("{code} Moved\r\nLocation: {to}");
    let status = match (method, path) {
        (_, "/good") | ("GET", "/head-is-refused") | ("GET", "/head-is-missing") => "200 OK".to_owned(),
        ("HEAD", "/head-is-refused") => "405 Method Not Allowed".to_owned(),
        (_, "/private") => "403 Forbidden".to_owned(),
        (_, "/gone") => "410 Gone".to_owned(),
        (_, "/fault") => "500 Internal Server Error".to_owned(),
        (_, "/old") => moved(301, "/newer"),
        (_, "/newer") => moved(308, "good"),
        (_, "/for-now") => moved(302, "/good"),
        (_, "/to-nothing") => moved(301, "/missing"),
        (_, "/circle") => moved(301, "/circle"),
        (_, "/nowhere") => "301 Moved".to_owned(),
        (_, "/later") => "429 Too Many Requests\r\nRetry-After: 7200".to_owned(),
        (_, "/at-once") => "503 Service Unavailable\r\nRetry-After: 0".to_owned(),
        // Nothing is ever said.
        (_, "/silent") => {
            let mut end = String::new();
            BufReader::new(stream).read_line(&mut end).ok();
            return;
        }
        _ => "404 Not Found".to_owned(),
    };
    write!(stream, "HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n").ok();
}

fn link(address: SocketAddr, path: &str) -> Link {
    Link { url: format!("http://{address}{path}"), is_doi: false, places: Vec::new() }
}

fn limits() -> Limits {
    Limits { answer: Duration::from_millis(500), ..Limits::default() }
}

#[test]
fn answers_are_told_apart() {
    let (address, asked) = server();
    let expected = [
        ("/good", "good"),
        ("/head-is-refused", "good"),
        ("/head-is-missing", "good"),
        ("/for-now", "good"),
        ("/old", "moved /good"),
        ("/missing", "dead it answers 404 Not Found"),
        ("/gone", "dead it answers 410 Gone"),
        ("/to-nothing", "dead it answers 404 Not Found"),
        ("/private", "unanswered it does not let programs look (403)"),
        ("/fault", "unanswered it answers 500 Internal Server Error"),
        ("/circle", "unanswered it leads from one address to the next without end"),
        ("/nowhere", "unanswered it answers 301 and does not say where to"),
        ("/later", "unanswered it is busy (429)"),
        ("/at-once", "unanswered it answers 503 Service Unavailable"),
        ("/silent", "unanswered it does not answer in time"),
    ];
    let links: Vec<Link> = expected.iter().map(|(path, _)| link(address, path)).collect();
    let answers = ask(&links.iter().collect::<Vec<_>>(), "tester/1", &limits());
    for ((path, expected), answer) in expected.iter().zip(answers) {
        let said = match answer.unwrap() {
            Answer::Good => "good".to_owned(),
            Answer::Moved(to) => format!("moved {}", to.strip_prefix(&format!("http://{address}")).unwrap()),
            Answer::Dead(why) => format!("dead {why}"),
            Answer::NoHost(host) | Answer::NoLookup(host) => format!("no host {host}"),
            Answer::Unanswered(why) => format!("unanswered {why}"),
        };
        assert_eq!(said, *expected, "{path}");
    }
    let asked: Vec<String> = asked.try_iter().collect();
    let count = |start: &str| asked.iter().filter(|line| line.starts_with(start)).count();
    assert!(asked.iter().all(|line| line.to_lowercase().ends_with("user-agent: tester/1")), "{asked:#?}");
    // A head alone is enough for what is good; who asks for time is asked for nothing more, or once.
    assert_eq!((count("HEAD /good"), count("GET /good")), (3, 0), "{asked:#?}");
    assert_eq!((count("HEAD /later"), count("GET /later")), (1, 0), "{asked:#?}");
    assert_eq!((count("HEAD /at-once"), count("GET /at-once")), (2, 0), "{asked:#?}");
    assert_eq!(count("HEAD /circle"), limits().redirects + 1, "{asked:#?}");
}

#[test]
fn a_doi_is_asked_of_its_registry_alone() {
    let (address, asked) = server();
    let links = [("/for-now", true), ("/missing", true)].map(|(path, is_doi)| Link { is_doi, ..link(address, path) });
    let answers = ask(&links.iter().collect::<Vec<_>>(), "tester/1", &limits());
    assert_eq!(answers, [Some(Answer::Good), Some(Answer::Dead("it answers 404 Not Found".to_owned()))]);
    assert!(asked.try_iter().all(|line| !line.contains("/good")), "where it leads is not asked");
}

#[test]
fn nothing_is_asked_when_the_time_is_over() {
    let (address, asked) = server();
    let link = link(address, "/good");
    assert_eq!(ask(&[&link], "tester/1", &Limits { whole: Duration::ZERO, ..limits() }), [None]);
    assert_eq!(asked.try_iter().count(), 0);
}

#[test]
fn a_port_where_nobody_listens_is_no_answer() {
    let address = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let link = link(address, "/");
    let answers = ask(&[&link], "tester/1", &limits());
    assert!(matches!(&answers[..], [Some(Answer::Unanswered(why))] if why.contains("no connection")), "{answers:?}");
}

/// A site whose links lead to `address`.
fn site(address: SocketAddr) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let write = |path: &str, text: &str| {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text.replace("HOST", &address.to_string())).unwrap();
    };
    write(
        "content/site.yaml",
        "title: T\nbase_url: https://t.example.org/\nlanguage: en\nsections: [{id: one, title: One}]\n\
         publisher: {name: P, url: \"http://HOST/gone\"}\nexternal: {skip: [\"http://HOST/skipped/**\"]}\n\
         checks: {missing-summary: allow, orphan-page: allow}\n",
    );
    write(
        "content/one/a.md",
        "---\ntitle: A\nat_a_glance: [\"A [remark](http://HOST/old) on it.\"]\n---\n\
         One [good](http://HOST/good#part) and one\n[fault](http://HOST/fault), [skipped](http://HOST/skipped/x), \
         [own](https://t.example.org/x) [@k].\n",
    );
    write(
        "content/references.bib",
        "@book{k, title = {K}, author = {Kay, Ann}, year = 2001,\n  url = {http://HOST/missing}}\n",
    );
    folder
}

fn hornbook(folder: &tempfile::TempDir, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_hornbook"));
    command.args(arguments).current_dir(folder.path()).env("NO_COLOR", "1").env_remove("SOURCE_DATE_EPOCH");
    command.output().unwrap()
}

/// `path:line:column level code` of each finding.
fn found(output: &Output) -> Vec<String> {
    let report: Value = serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{output:?}"));
    let text = |problem: &Value, key: &str| problem[key].to_string().replace('"', "");
    let line = |problem: &Value| {
        let [file, line, column, level, code] =
            ["file", "line", "column", "level", "code"].map(|key| text(problem, key));
        format!("{file}:{line}:{column} {level} {code}")
    };
    report["diagnostics"].as_array().unwrap().iter().map(line).collect()
}

#[test]
fn findings_stand_at_the_links_and_what_is_good_is_remembered() {
    let (address, asked) = server();
    let folder = site(address);
    let check = |day: &str| hornbook(&folder, &["check", "--external", "--format", "json", "--as-of", day]);
    let output = check("2026-11-25");
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    let expected = [
        "content/one/a.md:3:18 note moved-link",
        "content/one/a.md:6:1 warning unanswered-link",
        "content/references.bib:2:9 error dead-link",
        "content/site.yaml:5:27 error dead-link",
    ];
    assert_eq!(found(&output), expected);
    let asked_for = |asked: &Receiver<String>| -> Vec<String> {
        let paths = asked.try_iter().map(|line| line.split(' ').nth(1).unwrap().to_owned());
        paths.collect::<std::collections::BTreeSet<_>>().into_iter().collect()
    };
    assert_eq!(asked_for(&asked), ["/fault", "/gone", "/good", "/missing", "/newer", "/old"]);
    let lock = || fs::read_to_string(folder.path().join("content/links.lock")).unwrap();
    let known = |day: &str| format!("{day} http://{address}/good\n{day} http://{address}/old http://{address}/good\n");
    assert!(lock().ends_with(&known("2026-11-25")) && lock().lines().count() == 3, "{}", lock());

    // What was good a month ago or less is not asked again; what it had moved to is still said.
    assert_eq!(found(&check("2026-12-25")), expected);
    assert_eq!(asked_for(&asked), ["/fault", "/gone", "/missing"]);
    assert!(lock().ends_with(&known("2026-11-25")), "{}", lock());
    assert_eq!(found(&check("2026-12-26")), expected);
    assert_eq!(asked_for(&asked).len(), 6);
    assert!(lock().ends_with(&known("2026-12-26")), "{}", lock());

    // The lock is no file of the site, and nothing is asked unless it is wanted.
    let output = hornbook(&folder, &["check", "--as-of", "2026-12-26"]);
    assert!(String::from_utf8_lossy(&output.stdout).contains("no problems"), "{output:?}");
    assert_eq!(asked.try_iter().count(), 0);
}
