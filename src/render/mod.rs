//! [`Site`](crate::resolve::site::Site) → [`Output`], through a [`Theme`].

pub mod body;
mod care;
mod cite;
mod colour;
mod contrast;
mod css;
mod drawings;
mod edition;
mod evidence;
mod face;
mod facets;
mod figure;
mod foreign;
mod handout;
mod home;
mod key;
mod lists;
mod map;
mod output;
mod outputs;
mod page;
mod pages;
mod parts;
mod paths;
mod positions;
mod questions;
mod sentence;
mod tags;
mod template_error;
mod term;
mod term_link;
mod theme;
mod tokens;
pub mod view;

use std::collections::HashMap;
use std::sync::Arc;

pub use self::contrast::too_much_alike;
pub use self::edition::Edition;
pub use self::output::{OutPath, Output};
pub use self::theme::{Theme, add_builtin, fingerprint as theme_fingerprint};
use crate::text::Fingerprint;

/// Pages rendered before.
pub type Rendered = HashMap<OutPath, Kept>;

/// A page rendered before, and how to tell that it would be the same again.
#[derive(Clone, Debug)]
pub struct Kept {
    /// Its bytes.
    bytes: Arc<[u8]>,
    /// Of the values that its template was given.
    view: Fingerprint,
    /// Of what those values were made from, where that can be told without making them.
    face: Option<Fingerprint>,
}
