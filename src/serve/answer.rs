//! A request → its answer, from the snapshot that holds when it arrives.

use std::sync::Arc;
use std::sync::mpsc::Sender;

use camino::Utf8PathBuf;
use jiff::civil::Date;
use serde::Deserialize;
use serde_json::json;

use super::client::{self, RESERVED};
use super::editor::{self, Editor, Opened, Spot};
use super::guard::Guard;
use super::http::{Body, Request, Response};
use super::page::{self, Lens};
use super::published::Found;
use super::rebuild::Wake;
use super::state::{Snapshot, State};
use super::{address, condition, events, mime};
use crate::disk;
use crate::text::{Fingerprint, VPath, escaped};

/// The parameter that chooses a lens.
const LENS: &str = "-hornbook=no-script";

/// What our own pages may do: what the client needs.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; frame-src 'self'";

/// Everything that answers are made with.
#[derive(Debug)]
pub(super) struct Desk {
    pub(super) root: Utf8PathBuf,
    pub(super) guard: Guard,
    pub(super) state: Arc<State>,
    pub(super) inbox: Sender<Wake>,
    pub(super) editor: Editor,
}

impl Desk {
    /// Answers `request`.
    pub(super) fn answer(&self, request: &Request) -> Response {
        let path = address::decoded(request.path());
        let reserved = path.as_deref().and_then(|path| path.strip_prefix(RESERVED));
        let mut response = match self.guard.check(request, reserved.is_some()) {
            Err(refused) => refused,
            Ok(()) => match (&path, reserved) {
                (_, Some(name)) => self.own(request, name),
                _ if !matches!(request.method.as_str(), "GET" | "HEAD") => not_allowed("GET, HEAD"),
                (None, _) => Response::text(400, "the address is malformed"),
                (Some(path), None) => self.site(request, path),
            },
        };
        response.set("X-Content-Type-Options", "nosniff");
        response.set("Cross-Origin-Resource-Policy", "same-origin");
        response.set(
            "Cache-Control",
            if response.field("Content-Type").is_some_and(is_stream) { "no-store" } else { "no-cache" },
        );
        response
    }

    /// What stands below the reserved path.
    fn own(&self, request: &Request, name: &str) -> Response {
        let method = request.method.as_str();
        match (name, method) {
            ("open", "POST") => self.open(request),
            ("settings", "POST") => self.settings(request),
            ("open" | "settings", _) => not_allowed("POST"),
            (_, "GET" | "HEAD") if name == "events" => events::stream(&self.state),
            (_, "GET" | "HEAD") => match client::file(name) {
                Some(response) => condition::apply(request, tagged(response, "")),
                None => Response::text(404, "the preview has no such part"),
            },
            _ => not_allowed("GET, HEAD"),
        }
    }

    /// A page or file of the site, at a decoded path.
    fn site(&self, request: &Request, path: &str) -> Response {
        let snapshot = self.state.current();
        let Some(site) = &snapshot.site else { return beginning(&snapshot) };
        let mut response = match site.find(path) {
            Found::Elsewhere(to, status) => {
                let query = request.query().map(|query| format!("?{query}")).unwrap_or_default();
                let to = if to.contains(['?', '#']) { to } else { to + &query };
                Response::new(status, Body::Own(&[])).with("Location", to)
            }
            Found::Broken => return beginning(&snapshot),
            Found::Nothing => Response::text(404, "the site has no such page"),
            Found::File(file, bytes, status) => {
                let kind = mime::of(&file);
                let whole = 0..bytes.len();
                let (body, version) = match kind.starts_with("text/html") {
                    true => {
                        self.state.note(&file);
                        let is_lens = request.query().is_some_and(|query| query.split('&').any(|pair| pair == LENS));
                        let lens = if is_lens { Lens::NoScript } else { Lens::None };
                        (Body::Made(page::with_client(&bytes, snapshot.version, lens)), snapshot.version.to_string())
                    }
                    false => (Body::File(bytes, whole), String::new()),
                };
                tagged(Response::new(status, body).with("Content-Type", kind), &version)
            }
        };
        site.add_headers(path, &mut response);
        condition::apply(request, response)
    }

    /// Opens a source file in the author's editor.
    fn open(&self, request: &Request) -> Response {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Wanted {
            file: String,
            #[serde(default = "one")]
            line: u32,
            #[serde(default = "one")]
            column: u32,
        }
        fn one() -> u32 {
            1
        }
        let wanted: Wanted = match read(request) {
            Ok(wanted) => wanted,
            Err(refused) => return refused,
        };
        let snapshot = self.state.current();
        let path = VPath::new(&wanted.file).filter(|path| path.as_str() == wanted.file);
        let known =
            path.filter(|path| snapshot.sources.files.contains_key(path) || snapshot.sources.assets.contains_key(path));
        let Some(path) = known else { return Response::text(404, "the site has no such file") };
        let Some(file) = disk::locate(&self.root, &path) else {
            let message = format!("`{path}` travels in hornbook itself: save a file there to have your own");
            return message_of(409, &message);
        };
        let spot = Spot { path: &file, line: wanted.line.max(1), column: wanted.column.max(1) };
        match editor::open(&self.editor.commands, &snapshot.editor, spot) {
            Ok(Opened::Started) => Response::new(204, Body::Own(&[])),
            Ok(Opened::Url(url)) => json_of(200, &json!({ "url": url })),
            Err(message) => message_of(409, &message),
        }
    }

    /// Changes how the site is looked at, for all tabs.
    fn settings(&self, request: &Request) -> Response {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Wanted {
            drafts: bool,
            as_of: Option<String>,
        }
        let wanted: Wanted = match read(request) {
            Ok(wanted) => wanted,
            Err(refused) => return refused,
        };
        let as_of = match wanted.as_of.map(|text| text.parse::<Date>()).transpose() {
            Ok(as_of) => as_of,
            Err(_) => return message_of(400, "write the date like 2026-11-25"),
        };
        match self.inbox.send(Wake::Look { drafts: wanted.drafts, as_of }) {
            Ok(()) => Response::new(204, Body::Own(&[])),
            Err(_) => message_of(503, "the preview has ended"),
        }
    }
}

fn is_stream(kind: &str) -> bool {
    kind.starts_with("text/event-stream")
}

/// The JSON of a request that a page of this very site sent.
fn read<T: for<'a> Deserialize<'a>>(request: &Request) -> Result<T, Response> {
    if request.field("sec-fetch-site") != Some("same-origin") {
        return Err(Response::text(403, "only a page of this preview may ask for this"));
    }
    let kind = request.field("content-type").unwrap_or_default();
    if !kind.split(';').next().unwrap_or_default().trim().eq_ignore_ascii_case("application/json") {
        return Err(Response::text(415, "send JSON, as application/json"));
    }
    serde_json::from_slice(&request.body)
        .map_err(|error| message_of(400, &format!("the request is not understood: {error}")))
}

fn json_of(status: u16, value: &serde_json::Value) -> Response {
    Response::new(status, Body::Made(value.to_string().into_bytes()))
        .with("Content-Type", "application/json; charset=utf-8")
}

fn message_of(status: u16, message: &str) -> Response {
    json_of(status, &json!({ "message": message }))
}

fn not_allowed(allowed: &str) -> Response {
    Response::text(405, "this method is not answered here").with("Allow", allowed)
}

/// With a tag of its bytes, and of the version where they are a page of it.
fn tagged(response: Response, version: &str) -> Response {
    let tag = format!("\"{}-{version}\"", Fingerprint::of(response.body.bytes()).digits());
    response.with("ETag", tag)
}

/// What is shown until there has been a site: the problems, or that it is being compiled.
fn beginning(snapshot: &Snapshot) -> Response {
    let texts: Vec<String> = snapshot.problems.iter().map(|problem| escaped(problem.text())).collect();
    let (title, text) = match texts.is_empty() {
        true => ("The site is being compiled", "<p>This page changes as soon as it is there.</p>".to_owned()),
        false => {
            let intro = "<p>Nothing can be shown yet. This page changes as soon as they are mended.</p>";
            ("The site has errors", format!("{intro}\n<pre>{}</pre>", texts.join("\n\n")))
        }
    };
    let html = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>{title}</title>\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n\
         </head>\n<body>\n<h1>{title}</h1>\n{text}\n</body>\n</html>\n"
    );
    let page = page::with_client(html.as_bytes(), snapshot.version, Lens::None);
    Response::new(503, Body::Made(page))
        .with("Content-Type", "text/html; charset=utf-8")
        .with("Content-Security-Policy", POLICY)
        .with("Retry-After", "1")
}
