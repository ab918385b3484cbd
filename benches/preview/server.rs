//! A server as another process, asked over HTTP.

use std::env;
use std::fs;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use camino::{Utf8Path, Utf8PathBuf};

use super::Edit;

/// The longest that anything may take.
const PATIENCE: Duration = Duration::from_secs(300);

/// After an edit is served, so long nothing is done: every server may have its afterthoughts.
const REST: Duration = Duration::from_millis(100);

/// A running server.
pub struct Server {
    /// What it is called.
    pub name: &'static str,
    /// Milliseconds until it served the first page.
    pub start: f64,
    child: Child,
    address: SocketAddr,
    folder: Utf8PathBuf,
    /// Which of an edit's files is this server's.
    side: usize,
}

impl Drop for Server {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

impl Server {
    /// Hornbook, as it is built for this bench.
    pub fn hornbook(folder: &Utf8Path) -> Result<Self> {
        let port = free_port()?.to_string();
        let mut command = Command::new(env!("CARGO_BIN_EXE_hornbook"));
        command.args(["serve", "--root", folder.as_str(), "--port", &port]);
        Self::start("hornbook", command, &port, folder, 0)
    }

    /// Hugo, if there is one.
    pub fn hugo(folder: &Utf8Path) -> Result<Option<Self>> {
        let program = env::var("HUGO").unwrap_or_else(|_| "hugo".to_owned());
        let version = Command::new(&program).arg("version").stdout(Stdio::null()).stderr(Stdio::null()).status();
        if !version.is_ok_and(|status| status.success()) {
            return Ok(None);
        }
        let port = free_port()?.to_string();
        let mut command = Command::new(&program);
        command.args(["server", "--source", folder.as_str(), "--bind", "127.0.0.1", "--port", &port]);
        Self::start("hugo", command, &port, folder, 1).map(Some)
    }

    fn start(name: &'static str, mut command: Command, port: &str, folder: &Utf8Path, side: usize) -> Result<Self> {
        let start = Instant::now();
        let child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn()?;
        let address = format!("127.0.0.1:{port}").parse()?;
        let mut server = Self { name, start: 0.0, child, address, folder: folder.to_owned(), side };
        while !server.get("/part-1/page-1/").is_some_and(|page| page.contains("<article")) {
            if start.elapsed() > PATIENCE || server.child.try_wait()?.is_some() {
                bail!("{name} does not start");
            }
            thread::sleep(Duration::from_millis(2));
        }
        server.start = start.elapsed().as_secs_f64() * 1e3;
        Ok(server)
    }

    /// Makes an edit: milliseconds from saving it until it is served.
    pub fn time(&mut self, edit: &Edit, marker: &str) -> Result<f64> {
        let path = self.folder.join(edit.files[self.side]);
        let text = super::edited(edit, &fs::read_to_string(&path)?, marker);
        let start = Instant::now();
        fs::write(&path, text)?;
        while !self.shows(edit, marker) {
            if start.elapsed() > PATIENCE {
                bail!("{} does not show the edit of {}", self.name, edit.kind);
            }
            thread::sleep(Duration::from_micros(500));
        }
        let time = start.elapsed().as_secs_f64() * 1e3;
        thread::sleep(REST);
        Ok(time)
    }

    fn shows(&self, edit: &Edit, marker: &str) -> bool {
        let Some(page) = self.get(edit.page) else { return false };
        if !edit.is_style {
            return page.contains(marker);
        }
        // The first stylesheet that is not of the preview.
        let links = page.split("<link rel=\"stylesheet\" href=\"").skip(1).filter_map(|rest| rest.split('"').next());
        let Some(link) = links.into_iter().find(|link| !link.contains("-hornbook")) else { return false };
        let link = format!("/{}", link.trim_start_matches("../").trim_start_matches('/'));
        self.get(&link).is_some_and(|style| style.contains(marker))
    }

    /// What is served at `path`.
    fn get(&self, path: &str) -> Option<String> {
        let mut stream = TcpStream::connect_timeout(&self.address, Duration::from_secs(5)).ok()?;
        stream.set_read_timeout(Some(PATIENCE)).ok()?;
        let head = format!("GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", self.address);
        stream.write_all(head.as_bytes()).ok()?;
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).ok()?;
        let text = String::from_utf8_lossy(&bytes).into_owned();
        text.starts_with("HTTP/1.1 200 ").then_some(text)
    }
}

fn free_port() -> Result<u16> {
    Ok(TcpListener::bind("127.0.0.1:0").context("there is no free port")?.local_addr()?.port())
}
