//! The published folder, whatever kills or starves the process: each system call that changes a file is made to fail in turn.
#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "tests touch files and say what they skip"
)]
#![cfg(target_os = "linux")]

mod publishing;

use std::env;
use std::fs;
use std::os::unix::process::ExitStatusExt;
use std::path::PathBuf;
use std::process::{Command, ExitStatus, Stdio};

use hornbook::render::Output;
use publishing::{Place, Snapshot, published, snapshot, tree};

/// Every call that can change what is published, under the names of every architecture, and those that lead to one.
const CALLS: &[&str] = &[
    "openat",
    "flock",
    "mkdir",
    "mkdirat",
    "link",
    "linkat",
    "write",
    "rename",
    "renameat",
    "renameat2",
    "unlink",
    "unlinkat",
    "rmdir",
];

/// No build makes as many calls of one kind: a sweep that comes this far has found no end.
const MANY: usize = 400;

/// How a build ended.
struct Ended {
    status: ExitStatus,
    message: String,
    /// Whether it came to the call that was to fail.
    was_hit: bool,
}

/// A build of `tree(2, 3)` in its own process, under strace.
#[derive(Clone)]
struct Build {
    example: PathBuf,
    threads: Option<&'static str>,
    always: Option<&'static str>,
}

impl Build {
    /// `None`, loudly, where there is no strace that works; with HORNBOOK_REQUIRE_TOOLS set that is a failure.
    fn new() -> Option<Self> {
        let traces = Command::new("strace").args(["-qq", "-o", "/dev/null", "true"]).output();
        if !traces.is_ok_and(|ended| ended.status.success()) {
            assert!(env::var_os("HORNBOOK_REQUIRE_TOOLS").is_none(), "strace is missing or may not trace");
            eprintln!("SKIPPED: strace is missing or may not trace, so nothing was killed");
            return None;
        }
        Some(Self { example: example(), threads: None, always: None })
    }

    /// Runs the build with `fault` at the call number `when` of `call`.
    fn run(&self, place: &Place, call: &str, fault: &str, when: usize) -> Ended {
        let log = tempfile::NamedTempFile::new().unwrap();
        let mut strace = Command::new("strace");
        // Only calls that are traced can be made to fail; a `?` passes over a name that this machine does not have.
        strace.args(["-f", "-qq", "-o"]).arg(log.path()).args(["-e", &format!("trace=?{}", CALLS.join(",?"))]);
        if let Some(always) = self.always {
            strace.args(["-e", &format!("inject={always}")]);
        }
        strace.args(["-e", &format!("inject=?{call}:{fault}:when={when}")]);
        strace.arg(&self.example).args([place.out.as_str(), "2", "3"]).stdin(Stdio::null());
        match self.threads {
            Some(threads) => strace.env("RAYON_NUM_THREADS", threads),
            None => strace.env_remove("RAYON_NUM_THREADS"),
        };
        let ended = strace.output().unwrap();
        let message = String::from_utf8_lossy(&ended.stderr).into_owned();
        let log = fs::read_to_string(log.path()).unwrap();
        let was_hit = log.contains("(INJECTED)") || log.contains("+++ killed by SIGKILL");
        Ended { status: ended.status, message, was_hit }
    }

    /// Makes each call fail in turn until the build makes no more of them, from a folder that holds `old`. Hands each end
    /// to `check`, and counts them.
    fn sweep(&self, calls: &[&str], fault: &str, old: Option<&Output>, check: impl Fn(&Place, &Ended, &str)) -> usize {
        let mut ends = 0;
        for call in calls {
            for when in 1.. {
                assert!(when < MANY, "{call} never comes to an end");
                let place = Place::new();
                if let Some(old) = old {
                    place.emit(old);
                }
                let ended = self.run(&place, call, fault, when);
                let what = format!("{call} {when} {fault}: {}", ended.message);
                check(&place, &ended, &what);
                // Whatever happened, the next build publishes the new site and leaves nothing lying about.
                place.emit(&tree(2, 3));
                place.holds(&tree(2, 3));
                if !ended.was_hit || (self.always.is_some() && ended.status.success()) {
                    break;
                }
                ends += 1;
            }
        }
        ends
    }
}

/// The helper, built as this test was.
fn example() -> PathBuf {
    let test = env::current_exe().unwrap();
    let profile = test.parent().unwrap().parent().unwrap();
    let name = profile.file_name().unwrap().to_str().unwrap();
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut build = Command::new(cargo);
    build.args(["build", "--quiet", "--offline", "--example", "emit_tree", "--profile"]);
    build.arg(if name == "debug" { "dev" } else { name }).current_dir(env!("CARGO_MANIFEST_DIR"));
    let built = build.output().unwrap();
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    let example = profile.join("examples/emit_tree");
    assert!(example.is_file(), "{example:?} was not built");
    example
}

/// What is published: nothing, or all that the folder holds.
fn state(place: &Place) -> Option<Snapshot> {
    place.out.is_dir().then(|| snapshot(&place.out))
}

/// Killed or not, the old site or the new one is there whole.
fn old_or_new(old: Option<&Output>, place: &Place, ended: &Ended, what: &str) {
    let state = state(place);
    let is_new = state == Some(published(&tree(2, 3)));
    assert!(is_new || state == old.map(published), "{what}");
    let is_killed = ended.status.signal() == Some(9) || ended.status.code() == Some(128 + 9);
    assert!(is_killed || (ended.status.success() && is_new), "{what}: {:?}", ended.status);
}

#[test]
fn a_kill_leaves_the_old_site_or_the_new_one() {
    let Some(build) = Build::new() else { return };
    let old = tree(1, 3);
    let ends = build.sweep(CALLS, "signal=KILL", Some(&old), |place, ended, what| {
        old_or_new(Some(&old), place, ended, what);
    });
    assert!(ends > 30, "only {ends} kills hit");
}

#[test]
fn a_kill_of_the_first_build_leaves_nothing_or_the_new_site() {
    let Some(build) = Build::new() else { return };
    let ends = build.sweep(CALLS, "signal=KILL", None, |place, ended, what| old_or_new(None, place, ended, what));
    assert!(ends > 20, "only {ends} kills hit");
}

#[test]
fn a_kill_among_many_threads_leaves_the_old_site_or_the_new_one() {
    let Some(build) = Build::new() else { return };
    let build = Build { threads: Some("4"), ..build };
    let old = tree(1, 3);
    build.sweep(
        &["linkat", "write", "renameat2", "unlink", "rmdir"],
        "signal=KILL",
        Some(&old),
        |place, ended, what| {
            old_or_new(Some(&old), place, ended, what);
        },
    );
}

#[test]
fn without_an_exchange_a_kill_leaves_a_whole_site_to_bring_back() {
    let Some(build) = Build::new() else { return };
    for error in ["renameat2:error=EINVAL", "renameat2:error=ENOSYS", "renameat2:error=EOPNOTSUPP"] {
        let build = Build { always: Some(error), ..build.clone() };
        let old = tree(1, 3);
        let calls = ["rename", "renameat", "unlink", "unlinkat", "rmdir"];
        let ends = build.sweep(&calls, "signal=KILL", Some(&old), |place, ended, what| match state(place) {
            Some(_) => old_or_new(Some(&old), place, ended, what),
            None => {
                assert_eq!(snapshot(&place.parent.join(".out.hornbook-old")), published(&old), "{what}");
                assert_eq!(snapshot(&place.parent.join(".out.hornbook")), published(&tree(2, 3)), "{what}");
            }
        });
        assert!(ends > 5, "only {ends} kills hit");
    }
}

#[test]
fn an_error_leaves_the_old_site_or_the_new_one() {
    let Some(build) = Build::new() else { return };
    let old = tree(1, 3);
    for error in ["ENOSPC", "EIO", "EMFILE"] {
        let ends = build.sweep(CALLS, &format!("error={error}"), Some(&old), |place, ended, what| {
            let state = state(place);
            if ended.status.success() || what.contains("the new site is published") {
                assert_eq!(state, Some(published(&tree(2, 3))), "{what}");
                return;
            }
            assert_eq!(state, Some(published(&old)), "{what}");
            if what.contains("error while loading shared libraries") {
                return;
            }
            assert_eq!(ended.status.code(), Some(1), "{what}");
            assert!(what.contains("os error") && what.contains(place.parent.as_str()), "{what}");
            assert!(!place.parent.join(".out.hornbook").exists(), "{what}");
        });
        assert!(ends > 30, "only {ends} errors hit");
    }
}

#[test]
fn a_full_disk_leaves_the_old_site() {
    let Some(build) = Build::new() else { return };
    let place = Place::new();
    place.emit(&tree(1, 3));
    let ended = build.run(&place, "write", "error=ENOSPC", 1);
    assert!(ended.message.contains("No space left on device"), "{}", ended.message);
    place.holds(&tree(1, 3));
}

#[test]
fn without_hard_links_files_are_written_anew() {
    let Some(build) = Build::new() else { return };
    let build = Build { always: Some("?linkat,?link:error=EPERM"), ..build };
    let place = Place::new();
    place.emit(&tree(1, 3));
    let ended = build.run(&place, "rename", "error=EIO", MANY);
    assert!(ended.status.success(), "{}", ended.message);
    place.holds(&tree(2, 3));
}
