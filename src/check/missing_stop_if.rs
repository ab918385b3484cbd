//! `missing-stop-if`: an exercise that does not say when to stop.

use crate::diagnostic::{Code, Diagnostic};
use crate::parse::front_matter::Meta;
use crate::resolve::site::Site;
use crate::source::Sources;
use crate::yaml::Step;

pub(super) fn check(site: &Site, _: &Sources) -> Vec<Diagnostic> {
    let silent = site.exercises.iter().map(|id| &site.page(*id).document).filter(|document| {
        let Meta::Exercise(exercise) = &document.meta else { return false };
        // Where the front matter is at fault, the signs may be what could not be read.
        exercise.stop_if.iter().all(|sign| sign.trim().is_empty()) && document.problems.is_empty()
    });
    silent
        .map(|document| {
            let at = document.value_range(&[Step::key(document.meta.title_key())]);
            Diagnostic::new(Code::MissingStopIf, document.path(), at, "this exercise does not say when to stop")
                .help("add `stop_if:` with the signs to stop at, each a line that begins with `- `")
        })
        .collect()
}
