//! The published folder is the whole old site or the whole new one, and nothing else in the world is touched.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, reason = "tests touch files, and a panic is their failure")]
#![cfg(unix)]

mod publishing;

use std::ffi::OsStr;
use std::fs::{self, File, FileTimes};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::sync::Arc;
use std::time::SystemTime;

use camino::{Utf8Path, Utf8PathBuf};
use hornbook::disk::{Emitted, MANIFEST, emit};
use hornbook::render::{OutPath, Output};
use publishing::{Place, published, snapshot, tree};

fn site(files: &[(&str, &str)]) -> Output {
    let files = files.iter().map(|(path, text)| (OutPath::new(path), Arc::from(text.as_bytes())));
    Output { files: files.collect() }
}

#[test]
fn a_site_replaces_the_one_before() {
    let place = Place::new();
    let (one, two) = (tree(1, 5), tree(2, 5));
    let bytes = one.files.values().map(|bytes| bytes.len() as u64).sum();
    assert_eq!(place.emit(&one), Emitted { written: 7, unchanged: 0, removed: 0, bytes });
    place.holds(&one);
    assert_eq!(place.emit(&two), Emitted { written: 2, unchanged: 5, removed: 1, bytes: 32 });
    place.holds(&two);
    assert_eq!(place.emit(&Output::default()), Emitted { written: 0, unchanged: 0, removed: 7, bytes: 0 });
    place.holds(&Output::default());
}

#[test]
fn a_file_becomes_a_folder_and_back() {
    let place = Place::new();
    let (file, folder) = (site(&[("a", "file")]), site(&[("a/b", "folder")]));
    for output in [&file, &folder, &file] {
        place.emit(output);
        place.holds(output);
    }
}

#[test]
fn folders_on_the_way_are_made() {
    let place = Place::new();
    let folder = place.parent.join("not/there/yet");
    emit(&tree(1, 1), &folder, &[]).unwrap();
    assert_eq!(snapshot(&folder), published(&tree(1, 1)));
    emit(&tree(2, 1), &place.parent.join("not/here/../there/yet/"), &[]).unwrap();
    assert_eq!(snapshot(&folder), published(&tree(2, 1)));
}

#[test]
fn an_empty_folder_is_filled() {
    let place = Place::new();
    fs::create_dir_all(place.out.join("empty/as/well")).unwrap();
    place.emit(&tree(1, 1));
    place.holds(&tree(1, 1));
}

#[test]
fn what_is_written_has_the_usual_mode() {
    let place = Place::new();
    place.write("plain/file", "");
    let mode = |path: Utf8PathBuf| fs::metadata(path).unwrap().permissions().mode();
    place.emit(&site(&[("a/b", "")]));
    assert_eq!(mode(place.out.clone()), mode(place.parent.join("plain")));
    assert_eq!(mode(place.out.join("a")), mode(place.parent.join("plain")));
    assert_eq!(mode(place.out.join("a/b")), mode(place.parent.join("plain/file")));
}

#[test]
fn unchanged_files_stay_where_they_are() {
    let place = Place::new();
    place.emit(&site(&[("a/same", "1"), ("a/changed", "1")]));
    let inode = |path: &str| fs::metadata(place.out.join(path)).unwrap().ino();
    let (same, changed, folder) = (inode("a/same"), inode("a/changed"), inode(""));
    // Held open, so that its inode cannot be given to the file that takes its place.
    let held = File::open(place.out.join("a/changed")).unwrap();
    place.emit(&site(&[("a/same", "1"), ("a/changed", "2"), ("b", "")]));
    assert_eq!(inode("a/same"), same);
    assert_ne!(inode("a/changed"), changed);
    assert_ne!(inode(""), folder);
    assert_eq!(std::io::read_to_string(held).unwrap(), "1");
    assert_eq!(fs::metadata(place.out.join("a/same")).unwrap().nlink(), 1);
}

#[test]
fn if_nothing_changed_nothing_is_touched() {
    let place = Place::new();
    place.emit(&tree(1, 3));
    let paths = || walkdir::WalkDir::new(&place.parent).into_iter().map(|entry| entry.unwrap().into_path());
    for path in paths() {
        File::open(path).unwrap().set_times(FileTimes::new().set_modified(SystemTime::UNIX_EPOCH)).unwrap();
    }
    let states = || -> Vec<_> {
        let state =
            |metadata: fs::Metadata| (metadata.ino(), metadata.mtime(), metadata.ctime(), metadata.ctime_nsec());
        paths().map(|path| (path.clone(), state(fs::symlink_metadata(path).unwrap()))).collect()
    };
    let before = states();
    assert_eq!(place.emit(&tree(1, 3)), Emitted { written: 0, unchanged: 5, removed: 0, bytes: 0 });
    assert_eq!(before, states());
}

#[test]
fn a_damaged_file_is_written_anew() {
    let place = Place::new();
    place.emit(&tree(1, 3));
    fs::write(place.out.join("index.html"), "").unwrap();
    fs::remove_file(place.out.join("only/1/index.html")).unwrap();
    assert_eq!(place.emit(&tree(1, 3)).written, 2);
    place.holds(&tree(1, 3));
}

#[test]
fn foreign_files_are_refused_and_kept() {
    let output = tree(1, 2);
    let place = Place::new();
    for name in ["thesis.doc", ".git/config", "a/notes.md", "CNAME"] {
        place.write(&format!("out/{name}"), "mine");
    }
    let words = "`.git/config`, `CNAME`, `a/notes.md`, and 1 more; move them away";
    place.refuses(&output, &place.out, &[], words);

    let place = Place::new();
    place.emit(&output);
    place.write("out/section-0/mine.html", "mine");
    place.refuses(&tree(2, 2), &place.out, &[], "`section-0/mine.html`");
    place.refuses(&output, &place.out, &[], "`section-0/mine.html`");
    fs::remove_file(place.out.join("section-0/mine.html")).unwrap();
    place.emit(&tree(2, 2));
    place.holds(&tree(2, 2));
}

#[test]
fn a_folder_without_a_manifest_is_taken_if_it_holds_nothing_else() {
    let place = Place::new();
    place.write("out/a/same", "same");
    let output = site(&[("a/same", "same"), ("new", "new")]);
    place.refuses(&site(&[("a/same", "other")]), &place.out, &[], "`a/same`");
    assert_eq!(place.emit(&output), Emitted { written: 1, unchanged: 1, removed: 0, bytes: 3 });
    place.holds(&output);
    fs::remove_file(place.out.join(MANIFEST)).unwrap();
    place.emit(&output);
    place.holds(&output);
}

#[test]
fn a_manifest_of_another_version_vouches_for_nothing() {
    let place = Place::new();
    place.emit(&tree(1, 1));
    let manifest = fs::read_to_string(place.out.join(MANIFEST)).unwrap();
    place.write(&format!("out/{MANIFEST}"), &manifest.replace("manifest 1", "manifest 2"));
    place.refuses(&tree(2, 1), &place.out, &[], "`index.html`, `only/1/index.html`");
}

#[test]
fn a_manifest_cannot_reach_out_of_its_folder() {
    let place = Place::new();
    place.write("precious", "mine");
    let outside = place.parent.join("precious");
    place.write(
        &format!("out/{MANIFEST}"),
        &format!("hornbook manifest 1\n0 ../precious\n0 {outside}\n0 link/precious\n"),
    );
    symlink(&place.parent, place.out.join("link")).unwrap();
    place.refuses(&tree(1, 1), &place.out, &[], "`link`");
    fs::remove_file(place.out.join("link")).unwrap();
    place.emit(&tree(1, 1));
    assert_eq!(fs::read_to_string(outside).unwrap(), "mine");
    assert_eq!(snapshot(&place.out), published(&tree(1, 1)));
}

#[test]
fn a_listed_file_that_became_a_link_is_foreign() {
    let place = Place::new();
    place.emit(&tree(1, 1));
    place.write("precious", "mine");
    fs::remove_file(place.out.join("index.html")).unwrap();
    symlink("../precious", place.out.join("index.html")).unwrap();
    place.refuses(&tree(2, 1), &place.out, &[], "`index.html`");
    fs::remove_file(place.out.join("index.html")).unwrap();
    fs::remove_file(place.out.join(MANIFEST)).unwrap();
    symlink("../precious", place.out.join(MANIFEST)).unwrap();
    place.refuses(&tree(2, 1), &place.out, &[], MANIFEST);
}

#[test]
fn names_that_are_not_utf8_are_foreign() {
    let place = Place::new();
    place.emit(&tree(1, 1));
    if fs::write(place.out.as_std_path().join(OsStr::from_bytes(b"caf\xe9")), "mine").is_err() {
        return; // Such names cannot be made on this file system.
    }
    place.refuses(&tree(2, 1), &place.out, &[], "`caf\u{fffd}`");
}

#[test]
fn folders_with_sources_are_refused() {
    let place = Place::new();
    place.write("site/content/a.md", "text");
    place.write("site/themes/mine/theme.yaml", "");
    place.write("site/Cargo.toml", "");
    let site = place.parent.join("site");
    let home = Utf8PathBuf::from_path_buf(std::env::home_dir().unwrap()).unwrap();
    let mut protected: Vec<_> = ["content", "themes", "src", ".git", "Cargo.toml"].map(|name| site.join(name)).into();
    protected.push(home.clone());
    symlink("content", site.join("link")).unwrap();
    symlink("nowhere", site.join("dangling")).unwrap();
    let output = tree(1, 1);
    let refused = [
        ("site/content", "is or holds"),
        ("site/themes/", "is or holds"),
        ("site", "is or holds"),
        ("site/.", "is or holds"),
        ("site/content/..", "is or holds"),
        ("", "is or holds"),
        ("site/content/out", "lies in"),
        ("site/themes/mine", "lies in"),
        ("site/public/../content/out", "lies in"),
        ("site/src/out", "lies in"),
        ("site/.git", "is or holds"),
        ("site/Cargo.toml", "is or holds"),
        ("site/Cargo.toml/out", "lies in"),
        ("site/link", "is or holds"),
        ("site/link/out", "lies in"),
        ("site/dangling", "cannot follow the link"),
    ];
    for (folder, words) in refused {
        place.refuses(&output, &place.parent.join(folder), &protected, words);
    }
    place.refuses(&output, Utf8Path::new("/"), &[], "the root of the file system");
    place.refuses(&output, &home, &protected, "is or holds");
    place.refuses(&output, home.parent().unwrap(), &protected, "");
    place.refuses(&output, &site.join("content/a.md"), &[], "is a file");
    // Only a whole name counts: `content-out` does not lie in `content`.
    emit(&output, &site.join("content-out"), &protected).unwrap();
    assert_eq!(snapshot(&site.join("content-out")), published(&output));
}

#[test]
fn a_link_to_the_published_folder_stays_a_link() {
    let place = Place::new();
    let real = place.parent.join("elsewhere/real");
    fs::create_dir_all(&real).unwrap();
    symlink("elsewhere/real", &place.out).unwrap();
    for generation in [1, 2] {
        place.emit(&tree(generation, 2));
        assert_eq!(fs::read_link(&place.out).unwrap().to_str(), Some("elsewhere/real"));
        assert_eq!(snapshot(&real), published(&tree(generation, 2)));
    }
}

#[test]
fn paths_out_of_the_folder_are_refused() {
    let place = Place::new();
    place.emit(&tree(1, 1));
    let bad = ["", "/etc/passwd", "../up", "a/../b", "a//b", "a/", "./a", "a\\b", "a\nb", "a\0b", MANIFEST];
    for path in bad {
        place.refuses(&site(&[(path, "")]), &place.out, &[], "");
    }
    place.refuses(&site(&[("a", ""), ("a/b/c", "")]), &place.out, &[], "`a` cannot be both a file and a folder");
    place.refuses(&site(&[("a/b", ""), ("a-b", ""), ("a", "")]), &place.out, &[], "`a` cannot be both");
}

#[test]
fn an_error_on_the_way_leaves_the_folder_as_it_was() {
    let place = Place::new();
    let long = format!("z/{}", "n".repeat(300));
    place.refuses(&site(&[("a", "1"), (&long, "2")]), &place.out, &[], "cannot write `");
    place.emit(&tree(1, 2));
    place.refuses(&site(&[("index.html", "1"), (&long, "2")]), &place.out, &[], "cannot write `");
    place.refuses(
        &site(&[("index.html", "1"), (&format!("{long}/x"), "2")]),
        &place.out,
        &[],
        "cannot make the folder `",
    );
    place.emit(&tree(2, 2));
    place.holds(&tree(2, 2));
}

#[test]
fn leavings_of_a_killed_build_are_removed() {
    let place = Place::new();
    place.emit(&tree(1, 2));
    // Killed before the exchange, in the midst of the staged manifest, after the exchange, and between the two renames.
    for (name, manifest) in [(".out.hornbook", "hornbook manifest 1\n0 a/b\n0 c"), (".out.hornbook-old", "hornb")] {
        place.write(&format!("{name}/{MANIFEST}"), manifest);
        if !manifest.ends_with("hornb") {
            place.write(&format!("{name}/a/b"), "half");
        }
        place.write(&format!("{name}/index.html"), "an old one");
        assert_eq!(place.emit(&tree(1, 2)).written, 0);
        place.holds(&tree(1, 2));
    }
    fs::rename(&place.out, place.parent.join(".out.hornbook-old")).unwrap();
    place.write(&format!(".out.hornbook/{MANIFEST}"), "");
    assert_eq!(place.emit(&tree(2, 2)).unchanged, 2);
    place.holds(&tree(2, 2));
}

#[test]
fn leavings_that_are_not_ours_are_kept() {
    let place = Place::new();
    place.emit(&tree(1, 2));
    place.write("precious/index.html", "mine");
    symlink("precious", place.parent.join(".out.hornbook")).unwrap();
    place.refuses(&tree(2, 2), &place.out, &[], "is a file or a link");
    fs::remove_file(place.parent.join(".out.hornbook")).unwrap();
    place.write(".out.hornbook/thesis.doc", "mine");
    place.refuses(&tree(2, 2), &place.out, &[], ".out.hornbook/thesis.doc` is not Hornbook's");
}

#[test]
fn two_builds_at_once_both_end_whole() {
    let place = Place::new();
    place.emit(&tree(0, 20));
    std::thread::scope(|scope| {
        for generation in 1..=8 {
            let out = &place.out;
            scope.spawn(move || {
                for _ in 0..5 {
                    emit(&tree(generation, 20), out, &[]).unwrap();
                }
            });
        }
    });
    let index = fs::read_to_string(place.out.join("index.html")).unwrap();
    let generation = index.rsplit(' ').next().unwrap().parse().unwrap();
    place.holds(&tree(generation, 20));
}

#[test]
fn readers_see_a_whole_site_while_it_is_replaced() {
    let place = Place::new();
    place.emit(&tree(0, 20));
    std::thread::scope(|scope| {
        let writer = scope.spawn(|| {
            for generation in 1..=40 {
                place.emit(&tree(generation, 20));
            }
        });
        let mut seen = 0;
        while !writer.is_finished() {
            // A system that has just looked up `out` may look for the page in the tree that is being removed: it looks again.
            let read = || fs::read_to_string(place.out.join("index.html"));
            let index = read().or_else(|_| read()).or_else(|_| read()).expect("the page is there at every instant");
            let generation: u64 = index.rsplit(' ').next().unwrap().parse().expect("the page is whole");
            assert!(generation >= seen, "generation {generation} was published after {seen}");
            seen = generation;
        }
    });
}
