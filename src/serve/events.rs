//! Word to the browsers, as server-sent events: one when they connect, one after each compilation.

use std::io;
use std::sync::Arc;

use super::http::{Body, Outgoing, Response};
use super::state::{Snapshot, State};

/// A stream of events.
pub(super) fn stream(state: &Arc<State>) -> Response {
    let state = Arc::clone(state);
    Response::new(200, Body::Stream(Box::new(move |outgoing| tell(&state, outgoing))))
        .with("Content-Type", "text/event-stream; charset=utf-8")
}

/// Tells until the client is gone.
fn tell(state: &State, outgoing: &mut Outgoing<'_>) -> io::Result<()> {
    let mut known = state.current();
    outgoing.send(format!("retry: 500\n\n{}", event(&known, &known.introduction)).as_bytes())?;
    loop {
        let Some(next) = state.next(known.number, outgoing.heartbeat()) else {
            outgoing.send(b":\n\n")?;
            continue;
        };
        let message = if next.number == known.number + 1 { &next.news } else { &next.introduction };
        outgoing.send(event(&next, message).as_bytes())?;
        known = next;
    }
}

/// JSON has no line ends, so an event is three lines.
fn event(snapshot: &Snapshot, json: &str) -> String {
    format!("event: site\nid: {}\ndata: {json}\n\n", snapshot.version)
}
