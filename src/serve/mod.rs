//! The preview: a site that is compiled again whenever its files change, served from memory, with a client in its pages that shows the
//! change.
//!
//! ```text
//!  disk::Watch ──"something moved"──▶ rebuild ──▶ compile ──▶ State (one Snapshot, swapped whole) ──▶ events ──▶ browsers
//!                                                                   ▲
//!                                              http ──▶ answer ─────┘
//! ```
//!
//! A request reads the one snapshot that holds when it arrives, and nothing else: no file is opened to answer it. The published folder
//! is never touched. The pages of a small site are all made before it is served; of a large one those that were looked at last and some of every
//! kind, and the others when they are asked for, or while nothing happens.

mod address;
mod answer;
mod client;
mod condition;
mod difference;
mod editor;
mod events;
mod guard;
mod headers;
pub mod http;
mod mime;
mod moved;
mod news;
mod page;
mod preview;
mod problem;
mod published;
mod rebuild;
mod redirects;
mod rest;
mod rule;
mod state;

pub use self::editor::Editor;
pub use self::http::Limits;
pub use self::news::{News, Rebuilt};
pub use self::preview::{Options, Preview};
