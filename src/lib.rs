//! Hornbook compiles educational microsites: typed Markdown in, a static site out.

pub mod diagnostic;
pub mod render;
pub mod source;
pub mod text;
