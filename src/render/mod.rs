//! [`Site`] → [`Output`], through a [`Theme`].

pub mod body;
mod lists;
mod output;
mod outputs;
mod page;
mod pages;
mod parts;
mod sentence;
mod template_error;
mod term;
mod theme;
pub mod view;

use std::collections::HashMap;
use std::sync::Arc;

use rayon::prelude::*;

pub use self::output::{OutPath, Output};
use self::outputs::{Made, Making, OUTPUTS};
use self::parts::Parts;
pub use self::theme::{Theme, add_builtin, fingerprint as theme_fingerprint};
use crate::config;
use crate::diagnostic::{Code, Diagnostic};
use crate::resolve::site::Site;
use crate::source::Sources;
use crate::text::{Fingerprint, TextRange, VPath};

/// Pages rendered before, with the fingerprint of what each was made from.
pub type Rendered = HashMap<OutPath, (Fingerprint, Arc<[u8]>)>;

/// Makes every published file. Pages in `before` whose views are the same are not rendered again.
pub fn render(site: &Site, theme: &Theme, sources: &Sources, before: &Rendered) -> (Output, Rendered, Vec<Diagnostic>) {
    let parts = Parts::new(site, theme);
    let shared = Fingerprint::of(&(
        theme.fingerprint,
        view::value_fingerprint(&parts.site_view),
        view::value_fingerprint(&parts.words),
    ));
    let making = Making { parts, sources, before, shared };
    let results: Vec<(Vec<Made>, Vec<Diagnostic>)> = OUTPUTS.par_iter().map(|output| output(&making)).collect();
    let mut output = Output::default();
    let mut rendered = Rendered::new();
    let mut problems = Vec::new();
    for (made, mut found) in results {
        problems.append(&mut found);
        for file in made {
            if let Some(fingerprint) = file.fingerprint {
                rendered.insert(file.path.clone(), (fingerprint, Arc::clone(&file.bytes)));
            }
            let same = output.files.get(&file.path).is_some_and(|bytes| *bytes == file.bytes);
            if !same && output.files.insert(file.path.clone(), file.bytes).is_some() {
                problems.push(collision(&file.path));
            }
        }
    }
    problems.extend(nested(&output));
    (output, rendered, problems)
}

fn collision(path: &OutPath) -> Diagnostic {
    let content =
        VPath::new(&format!("content/static/{path}")).unwrap_or_else(|| VPath::new(config::PATH).expect("relative"));
    Diagnostic::new(
        Code::DuplicateUrl,
        &content,
        TextRange::default(),
        format!("two files would be published at `/{path}`"),
    )
    .help("rename one of them, or give a page another `slug:`")
}

/// Files that would have to be folders too.
fn nested(output: &Output) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    for path in output.files.keys() {
        let mut folder = path.as_str();
        while let Some((parent, _)) = folder.rsplit_once('/') {
            folder = parent;
            if output.files.contains_key(&OutPath::new(parent)) {
                problems.push(collision(&OutPath::new(parent)));
            }
        }
    }
    problems
}
