//! Files: the site's folders → `Sources`, and `Output` → the published folder. The only module that touches the disk.

mod load;
mod find;
mod names;
mod reader;
mod watch;
mod emit;
mod place;
mod rewrite;
mod stage;
mod manifest;
mod tree;

pub use emit::{Emitted, emit};
pub use load::{Loaded, find_root, load};
pub use manifest::MANIFEST;
pub use reader::{Reader, locate};
pub use rewrite::{read_bytes, read_text, rewrite, write};
pub use watch::{Coverage, Notice, Watch, Watching};
