//! `hornbook serve`: a whole preview, in this process, asked over real connections by a client that sends whatever it likes.
#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    clippy::disallowed_types,
    reason = "tests touch files and clocks, and a panic is their failure"
)]

#[path = "serve/addresses.rs"]
mod addresses;
#[path = "serve/client.rs"]
mod client;
#[path = "serve/command.rs"]
mod command;
#[path = "serve/crowds.rs"]
mod crowds;
#[path = "serve/events.rs"]
mod events;
#[path = "serve/holes.rs"]
mod holes;
#[path = "serve/hostile.rs"]
mod hostile;
#[path = "serve/large.rs"]
mod large;
#[path = "serve/lens.rs"]
mod lens;
#[path = "serve/requests.rs"]
mod requests;
#[path = "serve/site.rs"]
mod site;
#[path = "serve/watching.rs"]
mod watching;
