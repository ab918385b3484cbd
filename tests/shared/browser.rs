//! What tests in a browser need of a machine.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, reason = "tests ask the environment and say what they skip")]

use std::env;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Whether this machine can run specs in the folder `specs`. Where it cannot, it is said; where it must, that is a failure.
pub fn is_ready(specs: &Path) -> bool {
    let Some(missing) = missing(specs) else { return true };
    assert!(env::var_os("HORNBOOK_REQUIRE_TOOLS").is_none(), "{missing}");
    // Past the test harness, which keeps what passing tests print.
    writeln!(std::io::stderr(), "SKIPPED: {missing}, so nothing was looked at in a browser").ok();
    false
}

/// What the specs need and this machine lacks, if anything.
fn missing(specs: &Path) -> Option<String> {
    let answers =
        |command: &Path| Command::new(command).arg("--version").output().is_ok_and(|ended| ended.status.success());
    let chromium = env::var_os("CHROMIUM").map_or_else(|| PathBuf::from("/usr/bin/chromium"), PathBuf::from);
    if !answers(&chromium) {
        return Some(format!("there is no {} (CHROMIUM names another)", chromium.display()));
    }
    if !answers(Path::new("node")) {
        return Some("there is no node".to_owned());
    }
    let tools = env::var_os("HORNBOOK_BROWSER_TOOLS").map_or_else(|| specs.to_owned(), PathBuf::from);
    let lacks =
        ["playwright-core", "axe-core"].into_iter().find(|name| !tools.join("node_modules").join(name).is_dir());
    lacks.map(|name| {
        format!("{name} is not in {}/node_modules: `npm ci --prefix tests/browser` puts it there", tools.display())
    })
}
