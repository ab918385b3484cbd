//! Methods, conditions, ranges, headers.

use super::client::{get, post, request};
use super::site::{CONFIG, Served, Start, files, page, serve};

#[test]
fn a_page_is_served_with_the_client_in_it() {
    let served = serve();
    let answer = get(served.address, "/part/one/");
    assert_eq!((answer.status, answer.field("content-type")), (200, Some("text/html; charset=utf-8")));
    let text = answer.text();
    let (head, body) = text.split_once("</head>").unwrap();
    assert!(head.ends_with("\" defer></script>") && head.contains("<link rel=\"stylesheet\" href=\"/-hornbook/client.css\"><script src=\"/-hornbook/client.js\" data-version=\""), "{head}");
    assert!(body.contains("The first page."), "{body}");
    for (name, value) in [
        ("X-Content-Type-Options", "nosniff"),
        ("Cache-Control", "no-cache"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
    ] {
        assert_eq!(answer.field(name), Some(value), "{name}");
    }
    for (name, kind) in [("client.js", "text/javascript; charset=utf-8"), ("client.css", "text/css; charset=utf-8")] {
        let answer = get(served.address, &format!("/-hornbook/{name}"));
        assert_eq!((answer.status, answer.field("content-type")), (200, Some(kind)), "{name}");
    }
    assert_eq!(get(served.address, "/-hornbook/other").status, 404);
}

#[test]
fn what_is_served_is_what_is_published() {
    assert_published(&serve());
}

/// Every file is served as it would be published.
pub fn assert_published(served: &Served) {
    // A preview says where in the sources things stand; `tests/positions.rs` holds that nothing else differs.
    let settings = hornbook::source::Settings { positions: true, ..hornbook::source::Settings::default() };
    let mut sources = hornbook::disk::load(&served.folder, settings).unwrap().sources;
    hornbook::render::add_builtin(&mut sources);
    let output = hornbook::compile(&sources, &hornbook::Cache::default()).output.unwrap();
    for (path, bytes) in &output.files {
        let answer = get(served.address, &format!("/{path}"));
        assert_eq!(answer.status, 200, "{path}");
        let mut body = answer.body;
        if path.as_str().ends_with(".html") {
            let text = String::from_utf8(body).unwrap();
            let start = text.find("<link rel=\"stylesheet\" href=\"/-hornbook/").unwrap();
            let end = start + text[start..].find("</script>").unwrap() + "</script>".len();
            body = (text[..start].to_owned() + &text[end..]).into_bytes();
        }
        assert!(body == **bytes, "{path} is other than what is published");
    }
}

#[test]
fn only_reading_is_answered() {
    let served = serve();
    for method in ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "FOO", "get"] {
        for target in ["/", "/part/one/", "/404.html", "/nowhere/", "/-hornbook/client.js", "/-hornbook/events"] {
            let answer = request(served.address, method, target, &[], "");
            assert_eq!((answer.status, answer.field("allow")), (405, Some("GET, HEAD")), "{method} {target}");
        }
    }
    for target in ["/-hornbook/open", "/-hornbook/settings"] {
        let answer = get(served.address, target);
        assert_eq!((answer.status, answer.field("allow")), (405, Some("POST")), "{target}");
    }
    for bytes in [
        "OPTIONS * HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n\r\n",
        "CONNECT a:1 HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n\r\n",
    ] {
        let bytes = bytes.replace("HOST", &served.address.to_string());
        assert_eq!(super::client::status(served.address, bytes.as_bytes()), 405, "{bytes}");
    }
}

#[test]
fn head_is_get_without_a_body() {
    let served = serve();
    for target in ["/", "/part/one/", "/part/one", "/nowhere/", "/data.txt", "/empty.bin", "/-hornbook/client.js"] {
        let (full, head) = (get(served.address, target), request(served.address, "HEAD", target, &[], ""));
        assert_eq!(head.head, full.head, "{target}");
        assert!(head.body.is_empty(), "{target}");
    }
}

#[test]
fn parts_are_served() {
    let served = serve();
    let part = |range: &str, target: &str| {
        let answer = request(served.address, "GET", target, &[&format!("Range: {range}")], "");
        (answer.status, answer.field("content-range").map(str::to_owned), answer.text())
    };
    let whole = |text: &str| (200, None, text.to_owned());
    assert_eq!(part("bytes=0-0", "/data.txt"), (206, Some("bytes 0-0/10".to_owned()), "0".to_owned()));
    assert_eq!(part("bytes=-1", "/data.txt"), (206, Some("bytes 9-9/10".to_owned()), "9".to_owned()));
    assert_eq!(part("bytes=4-", "/data.txt"), (206, Some("bytes 4-9/10".to_owned()), "456789".to_owned()));
    assert_eq!(part("bytes=5-2", "/data.txt"), whole("0123456789"));
    assert_eq!(part("bytes=0-,0-,0-", "/data.txt"), whole("0123456789"));
    assert_eq!(part(&format!("bytes=0-0{}", ",1-1".repeat(1_000)), "/data.txt"), whole("0123456789"));
    assert_eq!(part("bytes=0-", "/empty.bin").0, 416);
    let (status, range, _) = part("bytes=99999999-", "/data.txt");
    assert_eq!((status, range.as_deref()), (416, Some("bytes */10")));
    let same = get(served.address, "/data.txt").field("etag").unwrap().to_owned();
    for (tag, status) in [(same.as_str(), 206), ("\"other\"", 200)] {
        let lines = ["Range: bytes=0-0".to_owned(), format!("If-Range: {tag}")];
        let answer = request(served.address, "GET", "/data.txt", &[&lines[0], &lines[1]], "");
        assert_eq!(answer.status, status, "{tag}");
    }
    assert_eq!(part("bytes=0-14", "/").2, "<!doctype html>");
}

#[test]
fn what_is_known_is_not_sent_again() {
    let served = serve();
    for target in ["/", "/data.txt", "/-hornbook/client.js"] {
        let tag = get(served.address, target).field("etag").unwrap().to_owned();
        for known in [tag.clone(), format!("\"x\", W/{tag}"), "*".to_owned()] {
            let answer = request(served.address, "GET", target, &[&format!("If-None-Match: {known}")], "");
            assert_eq!((answer.status, answer.body.len()), (304, 0), "{target} {known}");
        }
        for line in [
            "If-None-Match: \"x\"",
            "If-None-Match: ,,",
            "If-Modified-Since: tomorrow",
            "If-Modified-Since: Fri, 31 Dec 9999 23:59:59 GMT",
        ] {
            assert_eq!(request(served.address, "GET", target, &[line], "").status, 200, "{target} {line}");
        }
    }
}

#[test]
fn the_hosts_files_are_honoured_and_never_served() {
    let mut start = Start::default();
    start.files.push((
        "content/static/_headers",
        "/*\n  X-Frame-Options: DENY\n  Access-Control-Allow-Origin: *\n/part/*\n  X-Part: yes\n  Content-Length: 1\n"
            .to_owned(),
    ));
    start.files.push(("content/static/_redirects", "/old /about/\n/blog/* /part/:splat 302\n/shown /about/ 200\n/gone /about/ 404\n/part/two /about/ 302!\n/about/ /nowhere 302\n".to_owned()));
    let served = start.serve();
    for name in ["/_headers", "/_redirects", "/%5fheaders", "/_HEADERS"] {
        assert_eq!(get(served.address, name).status, 404, "{name}");
    }
    for (target, status, to) in [
        ("/old", 301, Some("/about/")),
        ("/blog/one/?a=b", 302, Some("/part/one/?a=b")),
        ("/blog/%0d%0aSet-Cookie:a", 400, None),
        ("/shown", 200, None),
        ("/gone", 404, None),
        ("/part/two/", 302, Some("/about/")),
        ("/about/", 200, None),
    ] {
        let answer = get(served.address, target);
        assert_eq!((answer.status, answer.field("location")), (status, to), "{target}");
    }
    let answer = get(served.address, "/part/one/");
    assert_eq!((answer.field("x-frame-options"), answer.field("x-part")), (Some("DENY"), Some("yes")));
    assert_eq!(get(served.address, "/nowhere/").field("x-frame-options"), Some("DENY"));
    assert_eq!(get(served.address, "/about/").field("x-part"), None);
}

#[test]
fn types_are_said() {
    let names = [
        ("a.mjs", "text/javascript; charset=utf-8"),
        ("a.wasm", "application/wasm"),
        ("a.avif", "image/avif"),
        ("a.WEBP", "image/webp"),
        ("a.webmanifest", "application/manifest+json; charset=utf-8"),
        ("a.vtt", "text/vtt; charset=utf-8"),
        ("a.woff2", "font/woff2"),
        ("a.unknown", "application/octet-stream"),
        ("noextension", "application/octet-stream"),
        ("b.css", "text/css; charset=utf-8"),
    ];
    let mut start = Start::default();
    let paths: Vec<String> = names.iter().map(|(name, _)| format!("content/static/{name}")).collect();
    start.files.extend(paths.iter().map(|path| (&*path.clone().leak(), "x".to_owned())));
    let served = start.serve();
    for (name, kind) in names {
        assert_eq!(get(served.address, &format!("/{name}")).field("content-type"), Some(kind), "{name}");
    }
}

#[test]
fn a_site_that_was_never_good_says_so() {
    let mut start = Start { files: files(), ..Start::default() };
    start.files.push(("content/bad.md", page("Bad", "[[<script>alert(1)</script>]]")));
    let mut served = start.serve();
    for target in ["/", "/part/one/", "/nowhere/"] {
        let answer = get(served.address, target);
        assert_eq!((answer.status, answer.field("retry-after")), (503, Some("1")), "{target}");
        let text = answer.text();
        assert!(text.contains("broken-link") && text.contains("/-hornbook/client.js"), "{text}");
        assert!(text.contains("&lt;script&gt;") && !text.contains("<script>alert"), "{text}");
        assert!(answer.field("content-security-policy").is_some_and(|policy| policy.contains("script-src 'self'")));
    }
    assert_eq!(get(served.address, "/-hornbook/client.js").status, 200);
    served.write("content/bad.md", &page("Bad", "Mended."));
    assert!(served.rebuilt().is_good);
    assert_eq!(get(served.address, "/").status, 200);
}

#[test]
fn other_settings_compile_anew() {
    let mut start = Start::default();
    start.files.push((
        "content/part/later.md",
        "---\ntitle: Later\nsummary: x\npublish_on: 2027-01-01\n---\nLater.\n".to_owned(),
    ));
    start.files.push(("content/part/draft.md", "---\ntitle: Draft\nsummary: x\ndraft: true\n---\nDraft.\n".to_owned()));
    let mut served = start.serve();
    let status = |target: &str| get(served.address, target).status;
    assert_eq!((status("/part/later/"), status("/part/draft/")), (404, 404));
    assert_eq!(post(served.address, "/-hornbook/settings", r#"{"drafts": false, "as_of": "2027-01-01"}"#).status, 204);
    served.rebuilt();
    let status = |target: &str| get(served.address, target).status;
    assert_eq!((status("/part/later/"), status("/part/draft/")), (200, 404));
    assert_eq!(post(served.address, "/-hornbook/settings", r#"{"drafts": true, "as_of": null}"#).status, 204);
    served.rebuilt();
    let status = |target: &str| get(served.address, target).status;
    assert_eq!(status("/part/draft/"), 200);
    for body in [
        "",
        "{",
        "[]",
        r#"{"drafts": 1, "as_of": null}"#,
        r#"{"drafts": true, "as_of": "tomorrow"}"#,
        r#"{"drafts": true, "as_of": null, "x": 1}"#,
    ] {
        assert_eq!(post(served.address, "/-hornbook/settings", body).status, 400, "{body}");
    }
}

#[test]
fn an_editor_is_opened_at_files_of_the_site_only() {
    let mut start = Start::default();
    start.files[0].1 = format!("{CONFIG}preview: {{editor: \"vscode://file/{{path}}:{{line}}:{{column}}\"}}\n");
    let served = start.serve();
    let open = |file: &str| {
        post(served.address, "/-hornbook/open", &format!("{{\"file\": {file:?}, \"line\": 3, \"column\": 2}}"))
    };
    let answer = open("content/part/one.md");
    let folder = served.folder.as_str();
    assert_eq!(
        (answer.status, answer.text()),
        (200, format!("{{\"url\":\"vscode://file{folder}/content/part/one.md:3:2\"}}"))
    );
    for file in [
        "content/nowhere.md",
        "/etc/passwd",
        "content/../../../etc/passwd",
        "content/part/../part/one.md",
        "../site/content/about.md",
        "",
        "content",
        "Cargo.toml",
    ] {
        assert_eq!(open(file).status, 404, "{file}");
    }
    let answer = open("themes/default/templates/base.html");
    assert_eq!(answer.status, 409);
    assert!(answer.text().contains("travels in hornbook itself"), "{}", answer.text());
    let json = r#"{"file": "content/part/one.md"}"#;
    let same = "Sec-Fetch-Site: same-origin";
    for (lines, status) in [
        (vec![same], 415),
        (vec![same, "Content-Type: text/plain"], 415),
        (vec!["Content-Type: application/json"], 403),
        (vec!["Sec-Fetch-Site: none", "Content-Type: application/json"], 403),
        (vec!["Sec-Fetch-Site: same-site", "Content-Type: application/json"], 403),
        (vec![same, "Content-Type: application/json", "Origin: http://evil.example"], 403),
        (vec![same, "Content-Type: application/json; charset=utf-8"], 200),
    ] {
        assert_eq!(request(served.address, "POST", "/-hornbook/open", &lines, json).status, status, "{lines:?}");
    }
}

#[cfg(unix)]
#[test]
fn an_editor_is_started_with_the_line() {
    use hornbook::serve::Editor;
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::TempDir::new().unwrap();
    let (program, log) = (folder.path().join("code"), folder.path().join("log"));
    // The log appears whole, by its new name, so that whoever waits for it never reads a part.
    std::fs::write(
        &program,
        format!("#!/bin/sh\nprintf '%s|' \"$@\" > '{0}.new'\nmv '{0}.new' '{0}'\n", log.display()),
    )
    .unwrap();
    std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).unwrap();
    let commands = vec!["vim".to_owned(), format!("'{}' --wait", program.display())];
    let served = Start { editor: Editor { commands, template: None }, ..Start::default() }.serve();
    let answer = post(served.address, "/-hornbook/open", r#"{"file": "content/part/one.md", "line": 7}"#);
    assert_eq!(answer.status, 204);
    let deadline = std::time::Instant::now() + super::client::PATIENCE;
    while !log.exists() && std::time::Instant::now() < deadline {
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    let expected = format!("--wait|-g|{}/content/part/one.md:7:1|", served.folder);
    assert_eq!(std::fs::read_to_string(log).unwrap(), expected);
    let served =
        Start { editor: Editor { commands: vec!["vim".to_owned()], template: None }, ..Start::default() }.serve();
    let answer = post(served.address, "/-hornbook/open", r#"{"file": "content/part/one.md"}"#);
    assert_eq!(answer.status, 409);
    assert!(answer.text().contains("runs in a terminal"), "{}", answer.text());
}
