//! A small site in a folder of its own, and a preview of it.

use std::collections::VecDeque;
use std::fs;
use std::net::{SocketAddr, TcpListener};
use std::sync::mpsc::{self, Receiver};
use std::time::Duration;

use camino::{Utf8Path, Utf8PathBuf};
use hornbook::diagnostic::Diagnostic;
use hornbook::disk::Watching;
use hornbook::serve::{Editor, Limits, News, Options, Preview, Rebuilt};
use hornbook::source::Settings;
use tempfile::TempDir;

use super::client::PATIENCE;

/// What site.yaml says of it.
pub const CONFIG: &str = "title: A site\nbase_url: https://example.org/\nlanguage: en\nnavigation: [about]\nsections:\n  - {id: part, title: Part}\n";

/// A site that is being served.
pub struct Served {
    pub address: SocketAddr,
    pub preview: Preview,
    pub folder: Utf8PathBuf,
    news: Receiver<News>,
    heard: VecDeque<Rebuilt>,
    _temporary: TempDir,
}

/// A page.
pub fn page(title: &str, body: &str) -> String {
    format!("---\ntitle: {title}\nsummary: What it says.\n---\n{body}\n")
}

/// The files of a small site.
pub fn files() -> Vec<(&'static str, String)> {
    vec![
        ("content/site.yaml", CONFIG.to_owned()),
        ("content/index.md", page("Home", "Welcome.")),
        ("content/part/one.md", page("One", "The first page.")),
        ("content/part/two.md", page("Two", "The second page.")),
        ("content/about.md", page("About", "About it.")),
        ("content/static/data.txt", "0123456789".to_owned()),
        ("content/static/empty.bin", String::new()),
    ]
}

/// How a preview is started.
pub struct Start {
    pub files: Vec<(&'static str, String)>,
    pub limits: Limits,
    pub watching: Watching,
    pub names: Vec<String>,
    pub editor: Editor,
}

impl Default for Start {
    fn default() -> Self {
        Self {
            files: files(),
            limits: Limits::default(),
            watching: Watching::Told,
            names: Vec::new(),
            editor: Editor::default(),
        }
    }
}

impl Start {
    /// Starts it, and waits for the first compilation.
    pub fn serve(self) -> Served {
        let temporary = TempDir::new().unwrap();
        let folder = Utf8PathBuf::from_path_buf(temporary.path().canonicalize().unwrap()).unwrap().join("site");
        for (path, text) in &self.files {
            write(&folder, path, text);
        }
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let (sender, news) = mpsc::channel();
        let options = Options {
            root: folder.clone(),
            settings: Settings::default(),
            today: || Some(jiff::civil::date(2026, 11, 25)),
            watching: self.watching,
            names: self.names,
            editor: self.editor,
            limits: self.limits,
        };
        let preview = Preview::start(listener, options, move |news| {
            sender.send(news).ok();
        });
        let preview = preview.unwrap();
        let mut served = Served { address, preview, folder, news, heard: VecDeque::new(), _temporary: temporary };
        served.rebuilt();
        served
    }
}

/// A preview of the small site.
pub fn serve() -> Served {
    Start::default().serve()
}

/// Writes a file, and the folders that it lies in.
pub fn write(folder: &Utf8Path, path: &str, text: &str) {
    let path = folder.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

impl Served {
    /// Writes a file of the site.
    pub fn write(&self, path: &str, text: &str) {
        write(&self.folder, path, text);
    }

    /// The next thing that the compiling thread tells.
    pub fn told(&self) -> News {
        self.news.recv_timeout(PATIENCE).expect("there is news")
    }

    /// The next compilation.
    pub fn rebuilt(&mut self) -> Rebuilt {
        loop {
            if let Some(rebuilt) = self.heard.pop_front() {
                return rebuilt;
            }
            if let News::Rebuilt(rebuilt) = self.told() {
                return rebuilt;
            }
        }
    }

    /// What is wrong with pages that nobody looked at, once it is told.
    pub fn found(&mut self) -> Vec<Diagnostic> {
        loop {
            match self.told() {
                News::Found(diagnostics, _) => return diagnostics,
                News::Rebuilt(rebuilt) => self.heard.push_back(rebuilt),
                News::Notice(_) | News::Failed(_) => {}
            }
        }
    }

    /// How often the site is compiled within `time`: for what must not happen there is no event to wait for.
    pub fn rebuilds_within(&mut self, time: Duration) -> usize {
        std::thread::sleep(time);
        self.heard.extend(self.news.try_iter().filter_map(|news| match news {
            News::Rebuilt(rebuilt) => Some(rebuilt),
            News::Found(..) | News::Notice(_) | News::Failed(_) => None,
        }));
        self.heard.len()
    }
}
