//! The command itself: ports, words, the end.
#![cfg(unix)]

use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::net::{SocketAddr, TcpListener};
use std::process::{Child, ChildStdout, Command, ExitStatus, Stdio};

use camino::Utf8PathBuf;
use tempfile::TempDir;

use super::client::get;
use super::site::{files, page, write};

struct Running {
    child: Child,
    lines: BufReader<ChildStdout>,
    address: SocketAddr,
    folder: Utf8PathBuf,
    _temporary: TempDir,
}

impl Running {
    fn start(arguments: &[&str]) -> Self {
        let temporary = TempDir::new().unwrap();
        let folder = Utf8PathBuf::from_path_buf(temporary.path().join("site")).unwrap();
        for (path, text) in files() {
            write(&folder, path, &text);
        }
        let mut child = Command::new(env!("CARGO_BIN_EXE_hornbook"))
            .args(["serve", "--root", folder.as_str()])
            .args(arguments)
            .env("SOURCE_DATE_EPOCH", "1795392000")
            .env("NO_COLOR", "1")
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        lines.read_line(&mut line).unwrap();
        let address =
            line.trim_end().strip_prefix("Serving http://").and_then(|rest| rest.strip_suffix("/ (Ctrl+C ends it)"));
        let address = address.unwrap_or_else(|| panic!("it says `{line}`")).parse().unwrap();
        Self { child, lines, address, folder, _temporary: temporary }
    }

    fn line(&mut self) -> String {
        let mut line = String::new();
        self.lines.read_line(&mut line).unwrap();
        line.trim_end().to_owned()
    }

    /// Ends it with a signal: how it ended, and what it said to standard error.
    fn end(mut self, signal: &str) -> (ExitStatus, String) {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args([signal, &id]).status().unwrap().success());
        let status = self.child.wait().unwrap();
        let mut said = String::new();
        self.child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
        (status, said)
    }
}

/// A line without the time that something took.
fn timeless(line: &str) -> String {
    let words: Vec<&str> = line.split_whitespace().collect();
    let is_unit = |word: &str| matches!(word.trim_end_matches(':'), "µs" | "ms" | "s");
    let at = words.iter().position(|word| is_unit(word));
    let kept = words.iter().enumerate().filter(|(index, _)| !at.is_some_and(|at| *index == at || index + 1 == at));
    kept.map(|(_, word)| *word).collect::<Vec<&str>>().join(" ")
}

#[test]
fn it_says_what_it_does_and_ends_well() {
    let mut running = Running::start(&["--port", "0"]);
    assert!(running.line().starts_with("Compiled "), "the first compilation is told of");
    fs::create_dir(running.folder.join("public")).unwrap();
    write(&running.folder, "content/part/one.md", &page("One", "Changed."));
    let line = running.line();
    assert!(
        timeless(&line).starts_with("content/part/one.md: ") && line.ends_with(" published files changed"),
        "{line}"
    );
    assert!(get(running.address, "/part/one/").text().contains("Changed."));
    write(&running.folder, "content/part/one.md", &page("One", "[[nowhere]]"));
    assert_eq!(timeless(&running.line()), "content/part/one.md: 1 error; the last good site is served");
    let folder = running.folder.clone();
    let left = fs::read_dir(folder.join("public")).unwrap().count();
    assert_eq!(left, 0, "nothing is published");
    let (status, said) = running.end("-INT");
    assert_eq!(status.code(), Some(0));
    assert!(said.contains("error[broken-link]: ") && said.contains("5 | [[nowhere]]"), "{said}");
}

#[test]
fn a_taken_port_leads_to_the_next() {
    // The one after it may be taken as well, by anybody.
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port();
    let running = Running::start(&["--port", &port.to_string()]);
    let used = running.address.port();
    assert!(used > port, "{used}");
    let (status, said) = running.end("-TERM");
    assert_eq!((status.code(), said), (Some(0), format!("Port {port} is taken: {used} is used instead\n")));
}

#[test]
fn others_on_the_network_are_warned_of() {
    let mut running = Running::start(&["--port", "0", "--host", "0.0.0.0"]);
    assert!(running.address.ip().is_loopback(), "the address can be typed");
    running.line();
    assert_eq!(get(running.address, "/").status, 200);
    let (_, said) = running.end("-INT");
    assert!(said.contains("warning: others on the network can read this site"), "{said}");
}

#[test]
fn mistakes_in_the_command_are_told() {
    for (arguments, said) in [
        (["--host", "example.org"], "write an address such as 127.0.0.1"),
        (["--editor", "javascript:alert('{path}')"], "write it like vscode://file/{path}:{line}:{column}"),
        (["--port", "99999"], "99999"),
    ] {
        let output = Command::new(env!("CARGO_BIN_EXE_hornbook")).arg("serve").args(arguments).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        let text = String::from_utf8(output.stderr).unwrap();
        assert!(text.contains(said), "{text}");
    }
}
