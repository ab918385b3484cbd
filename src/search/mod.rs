//! A [`Site`](crate::resolve::site::Site) → an [`Index`] of its words; a query → what it finds.
//!
//! Names of terms are synonyms: a query with any of them finds the term, and the pages that use it under whatever name. Prefixes and one
//! typo are forgiven. What a help page says cannot wait comes before everything else.

pub mod care;
pub mod documents;
mod encode;
mod entry;
pub mod fixed;
mod index;
mod merge;
mod names;
mod near;
mod query;
mod text;
pub mod words;
mod worth;

pub use self::care::{Card, Sign};
pub use self::documents::{Document, Group};
pub use self::index::{Index, Memory, Posting, Word};
pub use self::query::{Hit, Results};
