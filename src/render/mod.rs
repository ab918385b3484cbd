//! `Site` → `Output`, through a theme.

mod output;

pub use output::{OutPath, Output};
