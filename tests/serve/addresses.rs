//! The address space is that of a static host.

use super::client::get;
use super::site::{CONFIG, Start, serve};

#[test]
fn folders_files_and_nothing() {
    let served = serve();
    for (target, status, to) in [
        ("/", 200, None),
        ("/part/one/", 200, None),
        ("/part/one/?a=b", 200, None),
        ("/part/one/index.html", 200, None),
        ("/part/one", 308, Some("/part/one/")),
        ("/part/one?a=b&c", 308, Some("/part/one/?a=b&c")),
        ("/part", 308, Some("/part/")),
        ("/part/one/index.html/", 404, None),
        ("/404.html", 200, None),
        ("/data.txt", 200, None),
        ("/data.txt/", 404, None),
        ("/DATA.TXT", 404, None),
        ("/nowhere", 404, None),
        ("/nowhere/", 404, None),
        ("/index.html/", 404, None),
        ("/p%61rt/one/", 200, None),
    ] {
        let answer = get(served.address, target);
        assert_eq!((answer.status, answer.field("location")), (status, to), "{target}");
    }
    let missing = get(served.address, "/nowhere/");
    assert!(missing.text().contains("/-hornbook/client.js") && missing.text().contains("<h1"), "{}", missing.text());
}

#[test]
fn a_site_lies_below_its_base_path() {
    let mut start = Start::default();
    start.files[0].1 = CONFIG.replace("example.org/", "example.org/repo/");
    let served = start.serve();
    for (target, status, to) in [
        ("/", 307, Some("/repo/")),
        ("/repo", 308, Some("/repo/")),
        ("/repo/", 200, None),
        ("/repo/part/one", 308, Some("/repo/part/one/")),
        ("/repo/part/one/", 200, None),
        ("/part/one/", 404, None),
        ("/repository/", 404, None),
        ("/repository", 404, None),
        ("/repo/nowhere", 404, None),
        ("/-hornbook/client.js", 200, None),
        ("/repo/-hornbook/client.js", 404, None),
    ] {
        let answer = get(served.address, target);
        assert_eq!((answer.status, answer.field("location")), (status, to), "{target}");
    }
}

#[test]
fn nobody_can_take_the_previews_own_path() {
    let mut start = Start::default();
    start.files.push(("content/static/-hornbook/client.js", "alert(1)".to_owned()));
    let served = start.serve();
    assert!(!get(served.address, "/-hornbook/client.js").text().contains("alert(1)"));
}
