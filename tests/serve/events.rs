//! What browsers are told.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;

use hornbook::serve::Limits;
use serde_json::{Value, json};

use super::client::{connect, get};
use super::site::{Served, Start, page, serve};

/// A stream of events.
pub struct Events {
    reader: BufReader<TcpStream>,
}

impl Events {
    pub fn of(served: &Served) -> Self {
        let mut stream = connect(served.address);
        let head =
            format!("GET /-hornbook/events HTTP/1.1\r\nHost: {}\r\nAccept: text/event-stream\r\n\r\n", served.address);
        stream.write_all(head.as_bytes()).unwrap();
        Self { reader: BufReader::new(stream) }
    }

    /// The lines up to the next empty one.
    pub fn block(&mut self) -> Vec<String> {
        let mut lines = Vec::new();
        loop {
            let mut line = String::new();
            assert!(self.reader.read_line(&mut line).unwrap() > 0, "the stream ended: {lines:?}");
            match line.trim_end() {
                "" => return lines,
                line => lines.push(line.to_owned()),
            }
        }
    }

    /// What the next event holds.
    pub fn next(&mut self) -> Value {
        loop {
            let block = self.block();
            if block.first().is_some_and(|line| line == "event: site") {
                let value: Value = serde_json::from_str(block[2].strip_prefix("data: ").unwrap()).unwrap();
                assert_eq!(block[1], format!("id: {}", value["version"]));
                return value;
            }
        }
    }
}

#[test]
fn browsers_hear_of_every_compilation() {
    let mut served = serve();
    let mut events = Events::of(&served);
    let head = events.block().join("\n");
    for line in [
        "HTTP/1.1 200 OK",
        "Content-Type: text/event-stream; charset=utf-8",
        "Cache-Control: no-store",
        "Connection: close",
    ] {
        assert!(head.contains(line), "{head}");
    }
    let first = events.next();
    let version = first["version"].as_u64().unwrap();
    assert_eq!(
        first,
        json!({"version": version, "ok": true, "changed": null, "moved": {}, "problems": [],
            "settings": {"drafts": false, "as_of": "2026-11-25", "editor": ""}})
    );
    assert!(get(served.address, "/").text().contains(&format!("data-version=\"{version}\"")));
    served.write("content/part/one.md", &page("One", "Changed."));
    served.rebuilt();
    let next = events.next();
    assert_eq!((next["version"].as_u64(), next["ok"].as_bool()), (Some(version + 1), Some(true)));
    let changed = next["changed"].as_array().unwrap();
    assert!(
        changed.contains(&json!("part/one/index.html")) && !changed.contains(&json!("part/two/index.html")),
        "{changed:?}"
    );
    served.write("content/part/one.md", &page("One", "<b>[[nowhere]]</b>"));
    served.rebuilt();
    let broken = events.next();
    assert_eq!(
        (broken["version"].as_u64(), broken["ok"].as_bool(), &broken["changed"]),
        (Some(version + 1), Some(false), &json!([]))
    );
    let problems = broken["problems"].as_array().unwrap();
    let link = problems.iter().find(|problem| problem["code"] == "broken-link").unwrap();
    assert_eq!(
        (&link["level"], &link["file"], &link["line"], &link["column"], &link["end_line"], &link["page"]),
        (&json!("error"), &json!("content/part/one.md"), &json!(5), &json!(4), &json!(5), &json!("/part/one/"))
    );
    assert!(link["text"].as_str().unwrap().contains("5 | <b>[[nowhere]]</b>\n  |    ^"), "{}", link["text"]);
    assert!(get(served.address, "/part/one/").text().contains("Changed."), "the last good page stays");
    assert_eq!(get(served.address, "/nowhere/").status, 404);
    served.write("content/part/one.md", &page("One", "Changed."));
    served.rebuilt();
    let mended = events.next();
    assert_eq!(
        (&mended["version"], &mended["ok"], &mended["changed"], &mended["problems"]),
        (&json!(version + 1), &json!(true), &json!([]), &json!([]))
    );
}

#[test]
fn pages_that_move_are_followed() {
    let mut served = serve();
    let mut events = Events::of(&served);
    events.next();
    let mut moved = |served: &mut Served| {
        served.rebuilt();
        events.next()["moved"].clone()
    };
    std::fs::rename(served.folder.join("content/part/one.md"), served.folder.join("content/part/uno.md")).unwrap();
    assert_eq!(moved(&mut served), json!({"part/one/": "part/uno/"}));
    std::fs::rename(served.folder.join("content/part/uno.md"), served.folder.join("content/part/un.md")).unwrap();
    assert_eq!(moved(&mut served), json!({"part/one/": "part/un/", "part/uno/": "part/un/"}));
    std::fs::remove_file(served.folder.join("content/part/two.md")).unwrap();
    assert_eq!(moved(&mut served), json!({"part/one/": "part/un/", "part/uno/": "part/un/", "part/two/": "part/"}));
    served.write("content/part/un.md", &page("One", "slug").replace("summary:", "slug: one\nsummary:"));
    assert_eq!(moved(&mut served), json!({"part/uno/": "part/one/", "part/un/": "part/one/", "part/two/": "part/"}));
}

#[test]
fn a_stream_shows_that_it_lives() {
    let limits = Limits { heartbeat: std::time::Duration::from_millis(20), ..Limits::default() };
    let served = Start { limits, ..Start::default() }.serve();
    let mut events = Events::of(&served);
    events.next();
    assert_eq!(events.block(), [":"]);
    assert_eq!(events.block(), [":"]);
}

#[test]
fn broken_files_of_every_kind_are_overcome_without_a_restart() {
    let mut served = serve();
    let mut events = Events::of(&served);
    events.next();
    let config = super::site::CONFIG;
    let template = include_str!("../../themes/default/templates/article.html");
    for (path, bad, good) in [
        ("content/site.yaml", "title: [".to_owned(), config.to_owned()),
        ("content/site.yaml", "sections: 3\n".to_owned(), config.to_owned()),
        ("content/part/one.md", "---\ntitle: [\n---\n".to_owned(), page("One", "Good again.")),
        ("themes/default/templates/article.html", "{% if %}".to_owned(), format!("{template}\n")),
        ("themes/default/theme.yaml", "words: 3\n".to_owned(), String::new()),
        ("content/search.yaml", "- 3\n".to_owned(), "[]\n".to_owned()),
    ] {
        served.write(path, &bad);
        assert!(!served.rebuilt().is_good, "{path}");
        let event = events.next();
        assert_eq!(event["ok"], false, "{path}");
        assert!(!event["problems"].as_array().unwrap().is_empty(), "{path}");
        assert_eq!(get(served.address, "/part/one/").status, 200, "{path}");
        match good.is_empty() {
            true => std::fs::remove_file(served.folder.join(path)).unwrap(),
            false => served.write(path, &good),
        }
        assert!(served.rebuilt().is_good, "{path}");
        assert_eq!(events.next()["ok"], true, "{path}");
    }
    std::fs::rename(served.folder.join("content/part"), served.folder.join("away")).unwrap();
    assert!(served.rebuilt().is_good, "a section without pages is one all the same");
    assert_eq!(get(served.address, "/part/one/").status, 404);
    std::fs::rename(served.folder.join("away"), served.folder.join("content/part")).unwrap();
    assert!(served.rebuilt().is_good);
    assert_eq!(get(served.address, "/part/one/").status, 200);
}
