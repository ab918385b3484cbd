//! What runs in the pages of a preview, and only there.

use super::http::{Body, Response};

/// Everything of the preview itself stands below this path, which no page can have: ids do not begin with a dash.
pub(super) const RESERVED: &str = "/-hornbook/";

/// The files of the client.
pub(super) fn file(name: &str) -> Option<Response> {
    let (bytes, kind): (&'static [u8], _) = match name {
        "client.js" => (include_bytes!("client/client.js"), "text/javascript; charset=utf-8"),
        "client.css" => (include_bytes!("client/client.css"), "text/css; charset=utf-8"),
        _ => return None,
    };
    Some(Response::new(200, Body::Own(bytes)).with("Content-Type", kind))
}
