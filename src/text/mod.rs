//! What text is: paths, ranges, hashes, slugs, how hard it is to read. No I/O, no domain.

mod edit;
mod hash;
mod html;
mod passive;
mod path;
mod range;
pub mod readability;
mod slug;

pub use edit::{misspelt, nearest};
pub use hash::{Fingerprint, asset_digest};
pub use html::{escape_into, escaped, percent_encode_into, percent_encoded};
pub use passive::is_passive;
pub use path::VPath;
pub use range::{LineIndex, Position, TextRange};
pub use slug::{slugify, unique_slug};
