//! However a file is saved, the site is compiled once, and only if something changed.

use std::fs;
use std::io::Write;
use std::time::Duration;

use camino::Utf8Path;
use hornbook::disk::Watching;
use hornbook::serve::News;
use hornbook::text::VPath;

use super::client::get;
use super::site::{Served, Start, page, serve};

/// So long nothing more may happen after a change.
const QUIET: Duration = Duration::from_millis(500);

/// Saves `text` at a path, as an editor does.
type Save = fn(&Utf8Path, &str);

/// The ways in which editors save.
const SAVES: &[(&str, Save)] = &[
    ("written in place", |path, text| fs::write(path, text).unwrap()),
    ("written in pieces", |path, text| {
        let mut file = fs::File::create(path).unwrap();
        for piece in text.as_bytes().chunks(16) {
            file.write_all(piece).unwrap();
            file.flush().unwrap();
        }
        file.sync_all().unwrap();
    }),
    ("vim: the old file is renamed, a new one written", |path, text| {
        let (probe, backup) = (path.with_file_name("4913"), Utf8Path::new(&format!("{path}~")).to_owned());
        fs::write(&probe, "").unwrap();
        fs::remove_file(&probe).unwrap();
        fs::rename(path, &backup).unwrap();
        let mut file = fs::File::create(path).unwrap();
        file.write_all(text.as_bytes()).unwrap();
        file.sync_all().unwrap();
        drop(file);
        fs::remove_file(&backup).unwrap();
    }),
    ("vim with backupcopy=yes: a copy is made, the file written in place", |path, text| {
        let backup = format!("{path}~");
        fs::copy(path, &backup).unwrap();
        fs::write(path, text).unwrap();
        fs::remove_file(&backup).unwrap();
    }),
    ("vim with a swap file", |path, text| {
        let swap = path.with_file_name(format!(".{}.swp", path.file_name().unwrap()));
        fs::write(&swap, "b0VIM").unwrap();
        fs::write(path, text).unwrap();
        fs::remove_file(&swap).unwrap();
    }),
    ("emacs: a lock, a file of its own, a backup", |path, text| {
        let name = path.file_name().unwrap();
        let (lock, own) = (path.with_file_name(format!(".#{name}")), path.with_file_name(format!("#{name}#")));
        #[cfg(unix)]
        std::os::unix::fs::symlink("user@host.1:1", &lock).unwrap();
        fs::write(&own, text).unwrap();
        fs::rename(path, format!("{path}~")).unwrap();
        fs::write(path, text).unwrap();
        fs::remove_file(&own).unwrap();
        fs::remove_file(&lock).ok();
    }),
    ("JetBrains: written beside, old one away, new one there", |path, text| {
        let (new, old) = (format!("{path}___jb_tmp___"), format!("{path}___jb_old___"));
        fs::write(&new, text).unwrap();
        fs::rename(path, &old).unwrap();
        fs::rename(&new, path).unwrap();
        fs::remove_file(&old).unwrap();
    }),
    ("VS Code: written in place, then cut", |path, text| {
        let mut file = fs::OpenOptions::new().write(true).open(path).unwrap();
        file.write_all(text.as_bytes()).unwrap();
        file.set_len(text.len() as u64).unwrap();
    }),
    ("helix: a backup by another name, then written", |path, text| {
        let backup = format!("{path}.bck");
        fs::rename(path, &backup).unwrap();
        fs::write(path, text).unwrap();
        fs::remove_file(&backup).unwrap();
    }),
    ("sed -i, kate, rsync: written beside, and renamed over", |path, text| {
        let new = path.with_file_name("sedAbC123");
        fs::write(&new, text).unwrap();
        fs::rename(&new, path).unwrap();
    }),
    ("removed, and written a moment later", |path, text| {
        fs::remove_file(path).unwrap();
        std::thread::sleep(Duration::from_millis(25));
        fs::write(path, text).unwrap();
    }),
    ("emptied, and written a moment later", |path, text| {
        let mut file = fs::File::create(path).unwrap();
        std::thread::sleep(Duration::from_millis(25));
        file.write_all(text.as_bytes()).unwrap();
    }),
];

fn shows(served: &Served, text: &str) {
    let shown = get(served.address, "/part/one/").text();
    assert!(shown.contains(text), "`{text}` is not in {shown}");
}

/// Waits for the compilation of a page with this text.
fn until(served: &mut Served, text: &str) {
    let path = VPath::new("content/part/one.md").unwrap();
    while !served.rebuilt().sources.text(&path).is_some_and(|found| found.contains(text)) {}
    shows(served, text);
}

#[test]
fn every_way_to_save_compiles_once() {
    let mut served = serve();
    let path = served.folder.join("content/part/one.md");
    for (name, save) in SAVES {
        // A watch on the old file is no watch on the new one: the second and the third time must be noticed too.
        for number in 0..3 {
            let text = format!("Saved {name}, number {number}.");
            save(&path, &page("One", &text));
            let rebuilt = served.rebuilt();
            assert!(rebuilt.is_good, "{name}: {:?}", rebuilt.diagnostics);
            shows(&served, &text);
        }
        assert_eq!(served.rebuilds_within(QUIET), 0, "{name}");
    }
}

#[test]
fn nothing_new_is_nothing_to_compile() {
    let mut served = serve();
    let path = served.folder.join("content/part/one.md");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, &text).unwrap();
    fs::write(&path, text.replace('\n', "\r\n")).unwrap();
    fs::File::options().append(true).open(&path).unwrap().set_modified(std::time::SystemTime::UNIX_EPOCH).unwrap();
    #[cfg(unix)]
    fs::set_permissions(&path, std::os::unix::fs::PermissionsExt::from_mode(0o600)).unwrap();
    served.write("content/.hidden", "x");
    served.write("content/part/one.md~", "x");
    served.write("README.md", "x");
    served.write("public/index.html", "x");
    fs::create_dir(served.folder.join("content/empty")).unwrap();
    fs::rename(served.folder.join("public"), served.folder.join("public-2")).unwrap();
    assert_eq!(served.rebuilds_within(QUIET * 2), 0);
}

#[test]
fn an_idle_preview_compiles_nothing() {
    let mut served = serve();
    for _ in 0..3 {
        get(served.address, "/");
    }
    assert_eq!(served.rebuilds_within(Duration::from_secs(2)), 0);
}

#[test]
fn an_edit_of_the_same_size_at_the_same_time_is_noticed() {
    let mut served = serve();
    let path = served.folder.join("content/part/one.md");
    let time = fs::metadata(&path).unwrap().modified().unwrap();
    for text in ["aaaa", "bbbb", "cccc"] {
        fs::write(&path, page("One", text)).unwrap();
        fs::File::options().append(true).open(&path).unwrap().set_modified(time).unwrap();
        served.rebuilt();
        shows(&served, text);
    }
}

#[test]
fn folders_come_and_go() {
    let mut served = serve();
    let folder = |path: &str| served.folder.join(path);
    let (part, away, themes, new) =
        (folder("content/part"), folder("away"), folder("themes"), folder("content/static/new"));
    // Files that are there as soon as their folder is.
    served.write("content/static/new/deep/er/a.txt", "a");
    served.rebuilt();
    assert_eq!(get(served.address, "/new/deep/er/a.txt").status, 200);
    served.write("content/static/new/deep/er/a.txt", "b");
    served.rebuilt();
    fs::rename(&new, new.with_file_name("newer")).unwrap();
    served.rebuilt();
    assert_eq!(get(served.address, "/newer/deep/er/a.txt").text(), "b");
    served.write("content/static/newer/deep/er/a.txt", "c");
    served.rebuilt();
    assert_eq!(get(served.address, "/newer/deep/er/a.txt").text(), "c");
    // A folder of themes that was not there at the start.
    served.write("themes/default/static/extra.txt", "a");
    served.rebuilt();
    served.write(
        "themes/default/templates/article.html",
        "{% extends \"base.html\" %}{% block main %}Mine{% endblock main %}",
    );
    served.rebuilt();
    shows(&served, "Mine");
    fs::remove_dir_all(&themes).unwrap();
    served.rebuilt();
    shows(&served, "The first page.");
    // A section that is replaced by another of its name, as a version control system does.
    fs::rename(&part, &away).unwrap();
    fs::create_dir(&part).unwrap();
    fs::write(part.join("one.md"), page("One", "Of the other branch.")).unwrap();
    fs::write(part.join("two.md"), page("Two", "Two.")).unwrap();
    served.rebuilt();
    shows(&served, "Of the other branch.");
    served.write("content/part/one.md", &page("One", "And again."));
    served.rebuilt();
    shows(&served, "And again.");
}

#[test]
fn the_whole_content_is_replaced() {
    let mut served = serve();
    let (content, old) = (served.folder.join("content"), served.folder.join("old"));
    let copy = |from: &Utf8Path, to: &Utf8Path| {
        for (path, text) in super::site::files() {
            let path = path.strip_prefix("content/").unwrap();
            assert!(from.join(path).exists());
            super::site::write(to, path, &text.replace("The first page.", "Replaced."));
        }
    };
    let new = served.folder.join("new");
    copy(&content, &new);
    fs::rename(&content, &old).unwrap();
    fs::rename(&new, &content).unwrap();
    until(&mut served, "Replaced.");
    served.write("content/part/one.md", &page("One", "In the new folder."));
    served.rebuilt();
    shows(&served, "In the new folder.");
    // Nothing is left of the site, and then it is back.
    let away = served.folder.with_file_name("away");
    fs::rename(&served.folder, &away).unwrap();
    assert!(!served.rebuilt().is_good);
    shows(&served, "In the new folder.");
    fs::rename(&away, &served.folder).unwrap();
    while !served.rebuilt().is_good {}
    served.write("content/part/one.md", &page("One", "It is back."));
    served.rebuilt();
    shows(&served, "It is back.");
}

#[test]
fn many_files_at_once_are_one_change() {
    let mut served = serve();
    let paths: Vec<String> = (0..500).map(|number| format!("content/part/page-{number}.md")).collect();
    let write = |served: &Served, text: &str| {
        for path in &paths {
            let title = path.rsplit('/').next().unwrap();
            served.write(path, &page(title, text));
        }
    };
    for text in ["First.", "Second."] {
        write(&served, text);
        let mut rebuilds = 1;
        while served.rebuilt().moved.is_empty() || !get(served.address, "/part/page-499/").text().contains(text) {
            rebuilds += 1;
        }
        // A machine that is busy may pause in between.
        assert!(rebuilds + served.rebuilds_within(QUIET) <= 2, "{rebuilds} for {text}");
    }
}

#[test]
fn writing_without_end_is_compiled_all_the_same() {
    let mut served = serve();
    let (stop, stopped) = std::sync::mpsc::channel::<()>();
    let path = served.folder.join("content/part/one.md");
    let writer = std::thread::spawn(move || {
        let mut number = 0;
        while stopped.try_recv().is_err() {
            number += 1;
            fs::write(&path, page("One", &format!("Number {number}."))).unwrap();
            std::thread::sleep(Duration::from_millis(3));
        }
        number
    });
    served.rebuilt();
    served.rebuilt();
    stop.send(()).unwrap();
    let number = writer.join().unwrap();
    until(&mut served, &format!("Number {number}."));
    assert_eq!(served.rebuilds_within(QUIET), 0);
}

#[test]
fn changes_are_found_by_looking() {
    let mut served = Start { watching: Watching::Polled, ..Start::default() }.serve();
    let path = served.folder.join("content/part/one.md");
    for (name, save) in SAVES {
        save(&path, &page("One", name));
        until(&mut served, name);
    }
    assert_eq!(served.rebuilds_within(QUIET), 0);
}

#[test]
fn a_file_that_cannot_be_read_is_told_of() {
    let mut served = serve();
    let path = served.folder.join("content/part/bytes.md");
    fs::write(&path, [0xff, 0xfe, b'a', 0]).unwrap();
    let rebuilt = served.rebuilt();
    assert!(!rebuilt.is_good);
    assert!(
        rebuilt.diagnostics.iter().any(|problem| problem.code.name() == "invalid-utf8"),
        "{:?}",
        rebuilt.diagnostics
    );
    shows(&served, "The first page.");
    fs::remove_file(&path).unwrap();
    assert!(served.rebuilt().is_good);
    // A folder that is no folder is no site that could be read.
    let (content, away) = (served.folder.join("content"), served.folder.join("away"));
    fs::rename(&content, &away).unwrap();
    fs::write(&content, "").unwrap();
    loop {
        if let News::Failed(message) = served.told() {
            assert!(message.contains("is not a folder"), "{message}");
            break;
        }
    }
    shows(&served, "The first page.");
    fs::remove_file(&content).unwrap();
    fs::rename(&away, &content).unwrap();
    while !served.rebuilt().is_good {}
}
