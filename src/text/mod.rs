//! What text is: paths, ranges, hashes, slugs. No I/O, no domain.

mod edit;
mod hash;
mod html;
mod path;
mod range;
mod slug;

pub use edit::nearest;
pub use hash::{Fingerprint, asset_digest};
pub use html::{escape_into, escaped, percent_encode_into};
pub use path::VPath;
pub use range::{LineIndex, Position, TextRange};
pub use slug::{slugify, unique_slug};
