//! `hornbook serve`

use std::env;
use std::io::ErrorKind;
use std::net::{IpAddr, SocketAddr, TcpListener};
use std::process::{Command, Stdio};
use std::sync::mpsc;

use anyhow::{Context, Result, bail};
use camino::{Utf8Path, Utf8PathBuf};
use jiff::civil::Date;

use super::report::{self, Progress};
use super::{Outcome, Reading, today};
use crate::config;
use crate::diagnostic::Diagnostic;
use crate::disk::{self, Watching};
use crate::serve::{Editor, Limits, News, Options, Preview, Rebuilt};
use crate::source::Sources;

/// So many ports after the wanted one are tried.
const PORTS: u16 = 100;

#[derive(clap::Args, Debug)]
pub(super) struct Arguments {
    /// The port to listen on; if it is taken, the next one that is free. 0 is any.
    #[arg(long, value_name = "N", default_value_t = 1111)]
    port: u16,
    /// The address of this machine to listen on. Anything but a loopback address lets others on the network read what is being written.
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1", value_parser = host)]
    host: IpAddr,
    /// Open the site in the browser.
    #[arg(long)]
    open: bool,
    /// Look for changes from time to time, where the system does not tell of them: network drives, some containers.
    #[arg(long)]
    poll: bool,
    /// Another name that the preview goes by, for a proxy or a tunnel; can be given more than once.
    #[arg(long, value_name = "NAME")]
    allow_host: Vec<String>,
    /// An address that opens a source file in an editor: `vscode://file/{path}:{line}:{column}`.
    #[arg(long, value_name = "TEMPLATE", value_parser = editor)]
    editor: Option<String>,
    #[command(flatten)]
    reading: Reading,
}

/// Reads the value of `--host`.
fn host(text: &str) -> Result<IpAddr, &'static str> {
    match text {
        "localhost" => Ok(std::net::Ipv4Addr::LOCALHOST.into()),
        _ => text.trim_matches(['[', ']']).parse().map_err(|_| "write an address such as 127.0.0.1, ::1 or 0.0.0.0"),
    }
}

/// Reads the value of `--editor`.
fn editor(text: &str) -> Result<String, &'static str> {
    match config::is_editor_template(text) {
        true => Ok(text.to_owned()),
        false => Err("write it like vscode://file/{path}:{line}:{column}"),
    }
}

impl Arguments {
    pub(super) fn run(&self, start: &Utf8Path) -> Result<Outcome> {
        let root = disk::find_root(start)?;
        let (end, ended) = mpsc::channel();
        ctrlc::set_handler(move || {
            // The second time there is nobody left to hear it.
            end.send(()).ok();
        })
        .context("cannot listen for Ctrl+C")?;
        let listener = self.listen()?;
        let address = url(listener.local_addr().context("cannot tell where the server listens")?);
        println!("Serving {address} (Ctrl+C ends it)");
        if !self.host.is_loopback() {
            anstream::eprintln!("warning: others on the network can read this site, drafts and source paths included");
        }
        let progress = Progress::new();
        progress.step("compiling");
        // Where dates are judged must be known to be a day before it is asked for again and again.
        today()?;
        let mut reporter = Reporter { progress: Some(progress), known: Vec::new(), open: self.open.then_some(address) };
        let preview = Preview::start(listener, self.options(root), move |news| reporter.tell(news))?;
        ended.recv().context("nothing listens for Ctrl+C")?;
        drop(preview);
        Ok(Outcome::Good)
    }

    fn options(&self, root: Utf8PathBuf) -> Options {
        let commands = ["HORNBOOK_EDITOR", "VISUAL", "EDITOR"].iter().filter_map(|name| env::var(name).ok()).collect();
        Options {
            root,
            settings: self.reading.settings(self.reading.as_of),
            today: || -> Option<Date> { today().ok() },
            watching: if self.poll { Watching::Polled } else { Watching::Told },
            names: self.allow_host.clone(),
            editor: Editor { commands, template: self.editor.clone() },
            limits: Limits::default(),
        }
    }

    /// Listens on the wanted port, or the next one that is free, and says so.
    fn listen(&self) -> Result<TcpListener> {
        let last = self.port.saturating_add(if self.port == 0 { 0 } else { PORTS });
        for port in self.port..=last {
            let address = SocketAddr::new(self.host, port);
            match TcpListener::bind(address) {
                Ok(listener) => {
                    if port != self.port {
                        anstream::eprintln!("Port {} is taken: {port} is used instead", self.port);
                    }
                    return Ok(listener);
                }
                Err(error) if error.kind() == ErrorKind::AddrInUse => {}
                Err(error) if error.kind() == ErrorKind::PermissionDenied => {
                    bail!("port {port} is reserved by the system: choose one above 1023 with `--port`")
                }
                Err(error) => return Err(error).with_context(|| format!("cannot listen on {address}")),
            }
        }
        bail!("the ports from {} to {last} are all taken: choose another with `--port`", self.port)
    }
}

/// The address to type.
fn url(address: SocketAddr) -> String {
    let mut address = address;
    if address.ip().is_unspecified() {
        address.set_ip(std::net::Ipv4Addr::LOCALHOST.into());
    }
    format!("http://{address}/")
}

/// Tells the person at the terminal.
struct Reporter {
    progress: Option<Progress>,
    /// What was wrong the last time, and is not said again.
    known: Vec<Diagnostic>,
    /// What to open in the browser once there is something to see.
    open: Option<String>,
}

impl Reporter {
    fn tell(&mut self, news: News) {
        let is_first = match self.progress.take() {
            Some(progress) => {
                progress.clear();
                true
            }
            None => false,
        };
        match news {
            News::Rebuilt(rebuilt) => self.rebuilt(rebuilt, is_first),
            News::Found(diagnostics, sources) => self.found(diagnostics, &sources),
            News::Notice(notice) => anstream::eprintln!("note: {notice}"),
            News::Failed(message) => anstream::eprintln!("error: {message}"),
        }
        if let Some(address) = self.open.take() {
            open(&address);
        }
    }

    fn found(&mut self, diagnostics: Vec<Diagnostic>, sources: &Sources) {
        let mut new: Vec<Diagnostic> =
            diagnostics.iter().filter(|problem| !self.known.contains(problem)).cloned().collect();
        report::print(&mut new, sources);
        println!("Every page is made: {}", report::counts(&diagnostics));
        self.known = diagnostics;
    }

    fn rebuilt(&mut self, rebuilt: Rebuilt, is_first: bool) {
        let mut new: Vec<Diagnostic> =
            rebuilt.diagnostics.iter().filter(|problem| !self.known.contains(problem)).cloned().collect();
        report::print(&mut new, &rebuilt.sources);
        println!("{}", line(&rebuilt, is_first));
        self.known = rebuilt.diagnostics;
    }
}

/// One line: how long it took, what changed, what is wrong.
fn line(rebuilt: &Rebuilt, is_first: bool) -> String {
    let took = report::duration(rebuilt.took);
    let problems = report::counts(&rebuilt.diagnostics);
    if is_first {
        return match rebuilt.is_good {
            true => format!("Compiled {} files in {took}: {problems}", rebuilt.files),
            false => format!("Not compiled: {problems}; mend them, and the site is shown"),
        };
    }
    let moved = match rebuilt.moved.as_slice() {
        [] => "settings".to_owned(),
        [one] => one.to_string(),
        [one, two] => format!("{one}, {two}"),
        [one, rest @ ..] => format!("{one} and {} more", rest.len()),
    };
    if !rebuilt.is_good {
        return format!("{took}  {moved}: {problems}; the last good site is served");
    }
    let changed = match rebuilt.changed {
        None => "shown, and every page is made when it is looked at".to_owned(),
        Some(0) => "no published file changed".to_owned(),
        Some(1) => "1 published file changed".to_owned(),
        Some(changed) => format!("{changed} published files changed"),
    };
    match rebuilt.diagnostics.is_empty() {
        true => format!("{took}  {moved}: {changed}"),
        false => format!("{took}  {moved}: {changed}, {problems}"),
    }
}

/// Opens `address` in the browser that the system has.
fn open(address: &str) {
    let program = match env::consts::OS {
        "macos" => "open",
        "windows" => "explorer",
        _ => "xdg-open",
    };
    let child =
        Command::new(program).arg(address).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
    match child {
        Ok(mut child) => {
            std::thread::spawn(move || child.wait().ok());
        }
        Err(error) => anstream::eprintln!("note: cannot start `{program}` to open {address}: {error}"),
    }
}
