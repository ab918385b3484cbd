//! What runs in the pages of a preview, and only there.

mod bundle;

use super::http::{Body, Response};

/// Everything of the preview itself stands below this path, which no page can have: ids do not begin with a dash.
pub(super) const RESERVED: &str = "/-hornbook/";

/// The files of the client.
pub(super) fn file(name: &str) -> Option<Response> {
    let (text, kind): (&'static str, _) = match name {
        "client.js" => (bundle::SCRIPT, "text/javascript; charset=utf-8"),
        "client.css" => (bundle::STYLE, "text/css; charset=utf-8"),
        _ => return None,
    };
    Some(Response::new(200, Body::Own(text.as_bytes())).with("Content-Type", kind))
}
