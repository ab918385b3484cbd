//! Every file of a site is read, or there is a problem that names it.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, reason = "tests touch files, and a panic is their failure")]

use std::fs::{self, File};

use camino::{Utf8Path, Utf8PathBuf};
use hornbook::diagnostic::{Code, Diagnostic};
use hornbook::disk::{Loaded, find_root, load};
use hornbook::source::{Drafts, Settings};
use hornbook::text::{TextRange, VPath};
use tempfile::TempDir;

/// A site in a folder of its own, with `content/site.yaml`.
struct Site {
    _directory: TempDir,
    root: Utf8PathBuf,
}

impl Site {
    fn new() -> Self {
        let directory = tempfile::tempdir().unwrap();
        let root = Utf8Path::from_path(directory.path()).unwrap().canonicalize_utf8().unwrap();
        let site = Self { _directory: directory, root };
        site.write("content/site.yaml", "title: A site");
        site
    }

    fn write(&self, path: &str, bytes: impl AsRef<[u8]>) {
        let path = self.root.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    fn load(&self) -> Loaded {
        load(&self.root, Settings::default()).unwrap()
    }

    /// The only problem.
    #[track_caller]
    fn problem(&self) -> Diagnostic {
        let problems = self.load().problems;
        assert_eq!(problems.len(), 1, "{problems:#?}");
        problems.into_iter().next().unwrap()
    }
}

fn path(path: &str) -> VPath {
    VPath::new(path).unwrap()
}

/// Everything that was read, texts before assets.
fn names(loaded: &Loaded) -> Vec<&str> {
    loaded.sources.files.keys().chain(loaded.sources.assets.keys()).map(VPath::as_str).collect()
}

#[test]
fn texts_and_assets_are_told_apart() {
    let site = Site::new();
    for name in ["a.md", "b.yml", "c.bib", "d.html", "e.xml", "static/robots.txt", "f.svg", "g.css", "h", "i.MD"] {
        site.write(&format!("content/{name}"), "x");
    }
    site.write("themes/mine/static/theme.js", "y");
    site.write("themes/mine/templates/page.html", "z");
    site.write("src/main.rs", "not the site's");
    site.write("README.md", "not the site's");
    let settings = Settings { drafts: Drafts::Included, ..Settings::default() };
    let loaded = load(&site.root, settings.clone()).unwrap();
    let texts: Vec<&str> = loaded.sources.files.keys().map(VPath::as_str).collect();
    let assets: Vec<&str> = loaded.sources.assets.keys().map(VPath::as_str).collect();
    let expected = ["a.md", "b.yml", "c.bib", "d.html", "e.xml", "site.yaml", "static/robots.txt"];
    let mut expected: Vec<String> = expected.map(|name| format!("content/{name}")).into();
    expected.push("themes/mine/templates/page.html".to_owned());
    assert_eq!(texts, expected);
    assert_eq!(assets, ["content/f.svg", "content/g.css", "content/h", "content/i.MD", "themes/mine/static/theme.js"]);
    assert_eq!(loaded.sources.text(&path("content/a.md")), Some("x"));
    assert_eq!(*loaded.sources.assets[&path("content/f.svg")].bytes, *b"x");
    assert_eq!(loaded.sources.settings, settings);
    assert_eq!(loaded.problems, []);
}

#[test]
fn line_ends_and_byte_order_marks_make_no_difference() {
    let site = Site::new();
    site.write("content/a.md", "\u{feff}one\r\ntwo\r\n");
    assert_eq!(site.load().sources.text(&path("content/a.md")), Some("one\ntwo\n"));
}

#[test]
fn leavings_are_passed_over() {
    let site = Site::new();
    let leavings =
        [".git/config", ".DS_Store", "a.md~", ".#a.md", "#a.md#", ".a.md.swp", "a.bak", "a.orig", "a.md___jb_tmp___"];
    for name in leavings.into_iter().chain([".obsidian/app.json", ".hidden.md"]) {
        site.write(&format!("content/{name}"), b"\xff");
        site.write(&format!("themes/mine/{name}"), b"\xff");
    }
    for name in [".DS_Store", "a.html~", "b.bak"] {
        site.write(&format!("content/static/{name}"), b"\xff");
    }
    let loaded = site.load();
    assert_eq!(loaded.problems, []);
    assert_eq!(names(&loaded), ["content/site.yaml"]);
}

#[test]
fn hidden_files_are_not_published() {
    let site = Site::new();
    site.write("content/static/.well-known/security.txt", "Contact: x");
    site.write("content/static/.env", "SECRET=1");
    site.write("content/static/.git/config", "x");
    site.write("content/static/.well-known/.htaccess", "x");
    let loaded = site.load();
    assert_eq!(names(&loaded), ["content/site.yaml", "content/static/.well-known/security.txt"]);
    let problems: Vec<_> =
        loaded.problems.iter().map(|problem| (problem.code, problem.location.path.as_str())).collect();
    let expected = ["content/static/.env", "content/static/.git", "content/static/.well-known/.htaccess"];
    assert_eq!(problems, expected.map(|path| (Code::UnpublishableFile, path)));
}

#[test]
fn only_utf8_is_text() {
    let utf16 = |text: &str, bytes: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(bytes).collect::<Vec<u8>>();
    let cases: [(Vec<u8>, usize, &str); 6] = [
        (b"one\ntwo\ncaf\xe9 au lait".to_vec(), 11, "is not UTF-8: 0xe9 at byte offset 11, in line 3"),
        (b"caf\xc3".to_vec(), 3, "is not UTF-8: a character that is cut off at byte offset 3, in line 1"),
        (b"\xef\xbb\xbfone\r\n\x80".to_vec(), 8, "is not UTF-8: 0x80 at byte offset 8, in line 2"),
        (utf16("\u{feff}title", u16::to_le_bytes), 0, "is UTF-16 (little-endian), not UTF-8"),
        (utf16("\u{feff}title", u16::to_be_bytes), 0, "is UTF-16 (big-endian), not UTF-8"),
        (b"\xff\xfe\0\0t\0\0\0".to_vec(), 0, "is UTF-32 (little-endian), not UTF-8"),
    ];
    for (bytes, offset, message) in cases {
        let site = Site::new();
        site.write("content/a.md", bytes);
        let problem = site.problem();
        assert_eq!(problem.code, Code::InvalidUtf8);
        assert_eq!(problem.message, format!("`content/a.md` {message}"));
        assert_eq!((problem.location.path, problem.location.range), (path("content/a.md"), TextRange::at(offset)));
        assert_eq!(names(&site.load()), ["content/site.yaml"]);
    }
    let site = Site::new();
    site.write("content/a.png", b"\x89PNG\0\xff");
    assert_eq!(site.load().problems, []);
}

#[test]
fn control_characters_are_shown_in_the_text() {
    let cases = [
        ("ab\0c", 2..3, "U+0000 is a character that no page can show"),
        ("\u{feff}a\r\n\u{1b}[31m\u{7f}", 2..3, "U+001B is a character that no page can show (and 1 more)"),
        ("é\u{85}\u{9f}\u{c}", 2..4, "U+0085 is a character that no page can show (and 2 more)"),
        ("\u{fffe}", 0..3, "U+FFFE is a character that no page can show"),
    ];
    for (text, range, message) in cases {
        let site = Site::new();
        site.write("content/a.md", text);
        let problem = site.problem();
        assert_eq!((problem.code, &*problem.message), (Code::ControlCharacter, message));
        assert_eq!(problem.location.range.bytes(), range);
        assert!(site.load().sources.text(&path("content/a.md")).is_some());
    }
    let site = Site::new();
    site.write("content/a.md", "tab\t, nbsp\u{a0}, section §, lone\rreturn, line\u{2028}separator, ﬁn, 骨, \u{202e}");
    assert_eq!(site.load().problems, []);
}

#[test]
fn large_files_are_not_read() {
    let site = Site::new();
    let cases = [("a.md", 16), ("b.txt", 16), ("c.mp4", 64), ("static/d.zip", 64)];
    for (name, mib) in cases {
        let name = format!("content/{name}");
        site.write(&name, "");
        File::options().write(true).open(site.root.join(&name)).unwrap().set_len((mib << 20) + 1).unwrap();
        let problem = site.problem();
        assert_eq!((problem.code, problem.location.path), (Code::TooLarge, path(&name)));
        assert!(problem.message.contains(&format!("larger than {mib} MiB")), "{}", problem.message);
        fs::remove_file(site.root.join(&name)).unwrap();
    }
    site.write("content/a.md", "x".repeat(16 << 20));
    assert_eq!(site.load().problems, []);
}

#[test]
fn deep_folders_are_not_read() {
    let site = Site::new();
    site.write(&format!("content/{}a.md", "d/".repeat(63)), "x");
    assert_eq!(site.load().problems, []);
    site.write(&format!("content/{}a.md", "d/".repeat(200)), "x");
    assert_eq!(site.problem().code, Code::TooLarge);
}

#[test]
fn names_that_differ_in_case_or_accents_collide() {
    let pairs = [
        ("A.md", "a.md", "differ only in upper and lower case"),
        ("Anatomy/x.md", "anatomy/y.md", "differ only in upper and lower case"),
        ("cafe\u{301}.md", "caf\u{e9}.md", "differ only in how their accents are stored"),
    ];
    for (one, other, words) in pairs {
        let site = Site::new();
        site.write(&format!("content/{one}"), "1");
        site.write(&format!("content/{other}"), "2");
        let files =
            walkdir::WalkDir::new(&site.root).into_iter().filter(|entry| entry.as_ref().unwrap().file_type().is_file());
        if files.count() < 3 || site.root.join("content/ANATOMY").exists() {
            continue; // This file system cannot hold both, or not apart.
        }
        let problem = site.problem();
        assert_eq!(problem.code, Code::UnreadablePath);
        let first = |path: &str| path.split('/').next().unwrap().to_owned();
        let message = format!("`{}` and `{}` in `content` {words}", first(one), first(other));
        assert_eq!(problem.message, message);
        assert_eq!(names(&site.load()).len(), 2);
    }
}

#[test]
fn names_are_composed() {
    let site = Site::new();
    site.write("content/re\u{301}sume\u{301}/cafe\u{301}.md", "x");
    assert_eq!(names(&site.load()), ["content/r\u{e9}sum\u{e9}/caf\u{e9}.md", "content/site.yaml"]);
}

#[test]
fn the_order_of_the_disk_makes_no_difference() {
    let orders: [&[&str]; 2] = [&["b.md", "a.md", "c#.md", "d#.md"], &["d#.md", "c#.md", "a.md", "b.md"]];
    let [one, other] = orders.map(|order| {
        let site = Site::new();
        for name in order {
            site.write(&format!("content/{name}"), "\0");
        }
        let loaded = site.load();
        (loaded.sources.files.keys().cloned().collect::<Vec<_>>(), loaded.problems)
    });
    assert_eq!(one, other);
    assert_eq!(one.1.len(), 4);
}

#[test]
fn sites_may_lack_folders_but_not_have_files_for_them() {
    let site = Site::new();
    assert_eq!(names(&site.load()), ["content/site.yaml"]);
    site.write("themes", "a file");
    let error = load(&site.root, Settings::default()).unwrap_err().to_string();
    assert_eq!(error, format!("`{}/themes` is not a folder", site.root));
}

#[test]
fn the_root_is_found_from_below() {
    let site = Site::new();
    site.write("content/anatomy/joints.md", "x");
    for start in ["", "content", "content/anatomy", "content/anatomy/..", "not/there"] {
        assert_eq!(find_root(&site.root.join(start)).unwrap(), site.root, "{start}");
    }
    // A site in a folder of another site is a site of its own.
    site.write("examples/small/content/site.yaml", "title: Small");
    assert_eq!(find_root(&site.root.join("examples/small/content")).unwrap(), site.root.join("examples/small"));
    let empty = tempfile::tempdir().unwrap();
    let start = Utf8Path::from_path(empty.path()).unwrap();
    let expected =
        format!("no `content/site.yaml` in `{start}` or any folder above it: run hornbook inside the site's folder");
    assert_eq!(find_root(start).unwrap_err().to_string(), expected);
}

#[cfg(unix)]
mod unix {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::{PermissionsExt, symlink};

    use super::*;

    #[test]
    fn names_that_no_host_can_serve_are_refused() {
        let cases = [
            ("c#.md", "the name of `c#.md` holds `#` or `?`, which end the path of an address"),
            ("why?.md", "the name of `why?.md` holds `#` or `?`, which end the path of an address"),
            ("a\\b.md", "the name of `a\\\\b.md` holds a backslash, which some systems take for a folder's end"),
            ("a\nb.md", "the name of `a\\nb.md` holds a control character"),
            ("\u{1b}[31m.svg", "the name of `\\u{1b}[31m.svg` holds a control character"),
            ("folder?/a.md", "the name of `folder?` holds `#` or `?`, which end the path of an address"),
        ];
        for (name, message) in cases {
            let site = Site::new();
            site.write(&format!("content/anatomy/{name}"), "x");
            let problem = site.problem();
            assert_eq!((problem.code, problem.location.path), (Code::UnreadablePath, path("content/anatomy")));
            assert_eq!(problem.message, message);
            assert_eq!(names(&site.load()), ["content/site.yaml"]);
        }
    }

    #[test]
    fn names_that_are_not_utf8_are_refused() {
        for name in [&b"caf\xe9.md"[..], b"fol\xffder"] {
            let site = Site::new();
            let odd = site.root.join("content").as_std_path().join(OsStr::from_bytes(name));
            let made = if name.ends_with(b"md") { fs::write(odd, "x") } else { fs::create_dir(odd) };
            if made.is_err() {
                return; // Such names cannot be made on this file system.
            }
            let problem = site.problem();
            assert_eq!((problem.code, problem.location.path), (Code::UnreadablePath, path("content")));
            assert_eq!(problem.message, format!("the name of `{}` is not UTF-8", String::from_utf8_lossy(name)));
        }
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn devices_are_refused_and_do_not_hang() {
        use rustix::fs::{CWD, FileType, Mode, mknodat};

        let site = Site::new();
        mknodat(CWD, site.root.join("content/pipe.md").as_std_path(), FileType::Fifo, Mode::RUSR | Mode::WUSR, 0)
            .unwrap();
        assert_eq!(site.problem().message, "`content/pipe.md` is a named pipe, not a file");
        symlink("pipe.md", site.root.join("content/link.md")).unwrap();
        assert_eq!(site.load().problems[0].message, "`content/link.md` is a named pipe, not a file");

        let site = Site::new();
        let _listener = std::os::unix::net::UnixListener::bind(site.root.join("content/socket")).unwrap();
        assert_eq!(site.problem().message, "`content/socket` is a socket, not a file");
    }

    #[test]
    fn links_out_of_the_site_are_refused() {
        let site = Site::new();
        site.write("secret.md", "secret");
        site.write("outside/a.md", "secret");
        site.write("content-not/a.md", "secret");
        fs::create_dir(site.root.join("themes")).unwrap();
        let cases = [
            ("/etc/passwd", "is a link out of the site"),
            ("/dev/zero", "is a link out of the site"),
            ("../secret.md", "is a link out of the site"),
            ("../outside", "is a link out of the site"),
            ("../content-not", "is a link out of the site"),
            ("..", "is a link out of the site"),
            ("nowhere", "is a link that leads nowhere"),
            ("link.md", "is a link that leads nowhere"),
            (".", "is a link to a folder that it lies in"),
        ];
        for (target, words) in cases {
            for folder in ["content", "themes"] {
                let link = site.root.join(folder).join("link.md");
                symlink(target, &link).unwrap();
                let problem = site.problem();
                assert_eq!(
                    (problem.code, &problem.location.path),
                    (Code::UnreadablePath, &path(&format!("{folder}/link.md")))
                );
                assert_eq!(problem.message, format!("`{folder}/link.md` {words}"));
                assert_eq!(names(&site.load()), ["content/site.yaml"]);
                fs::remove_file(link).unwrap();
            }
        }
    }

    #[test]
    fn links_inside_the_site_are_followed() {
        let site = Site::new();
        site.write("content/figures/a.svg", "<svg/>");
        site.write("content/anatomy/a.md", "x");
        fs::create_dir(site.root.join("themes")).unwrap();
        symlink("../figures/a.svg", site.root.join("content/anatomy/b.svg")).unwrap();
        symlink("../content/anatomy", site.root.join("themes/mine")).unwrap();
        let loaded = site.load();
        assert_eq!(loaded.problems, []);
        let expected = [
            "content/anatomy/a.md",
            "content/site.yaml",
            "themes/mine/a.md",
            "content/anatomy/b.svg",
            "content/figures/a.svg",
            "themes/mine/b.svg",
        ];
        assert_eq!(names(&loaded), expected);
    }

    #[test]
    fn links_cannot_lead_in_circles() {
        let site = Site::new();
        site.write("content/a/x.md", "x");
        site.write("content/b/y.md", "y");
        symlink("../b", site.root.join("content/a/to-b")).unwrap();
        symlink("../a", site.root.join("content/b/to-a")).unwrap();
        let loaded = site.load();
        let expected = ["a/to-b/y.md", "a/x.md", "b/to-a/x.md", "b/y.md", "site.yaml"];
        assert_eq!(names(&loaded), expected.map(|name| format!("content/{name}")));
        let problems: Vec<&str> = loaded.problems.iter().map(|problem| &*problem.message).collect();
        let words = "is a link to a folder, inside a linked folder";
        assert_eq!(problems, ["a/to-b/to-a", "b/to-a/to-b"].map(|link| format!("`content/{link}` {words}")));
    }

    #[test]
    fn a_linked_content_folder_is_the_content() {
        let site = Site::new();
        fs::rename(site.root.join("content"), site.root.join("elsewhere")).unwrap();
        symlink("elsewhere", site.root.join("content")).unwrap();
        assert_eq!(names(&site.load()), ["content/site.yaml"]);
    }

    #[test]
    fn a_file_that_cannot_be_read_is_named() {
        let site = Site::new();
        site.write("content/locked.md", "x");
        let locked = site.root.join("content/locked.md");
        fs::set_permissions(&locked, fs::Permissions::from_mode(0o000)).unwrap();
        if fs::read(&locked).is_ok() {
            eprintln!("SKIPPED: this user may read every file");
            return;
        }
        let error = format!("{:#}", load(&site.root, Settings::default()).unwrap_err());
        assert!(error.contains(&format!("cannot read `{locked}`: ")), "{error}");
    }
}
