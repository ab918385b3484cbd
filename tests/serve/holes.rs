//! The published holes of other preview servers, by name: none of them is one here.

use super::client::{get, post, request};
use super::site::{Served, Start, page, serve};

/// What no answer may hold.
const SECRET: &str = "SECRET=1";

/// A site with secrets in it and beside it.
fn with_secrets() -> Served {
    let served = serve();
    for path in [
        ".env",
        "content/.env",
        "secret.txt",
        "content/secret.md.bak",
        "../secret.txt",
        "../site-leak/secret.txt",
        "../site.txt",
    ] {
        served.write(path, SECRET);
    }
    served
}

/// Asks for each target, and sees to it that no secret comes back.
fn none_of(served: &Served, targets: &[&str]) {
    for target in targets {
        let root = served.folder.as_str();
        let target = target.replace("ROOT", root);
        let bytes = format!("GET {target} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", served.address);
        let answer = String::from_utf8_lossy(&super::client::exchange(served.address, bytes.as_bytes())).into_owned();
        assert!(!answer.contains(SECRET), "{target}");
        let is_refused =
            ["HTTP/1.1 400 ", "HTTP/1.1 403 ", "HTTP/1.1 404 "].iter().any(|start| answer.starts_with(start));
        assert!(is_refused, "{target}: {answer}");
    }
    assert_eq!(get(served.address, "/").status, 200, "it is still there");
}

/// The file of an address was joined to the folder without a look at `..`.
#[test]
fn zola_cve_2023_40274_traversal() {
    none_of(
        &with_secrets(),
        &[
            "/../secret.txt",
            "/../../secret.txt",
            "/%2e%2e/secret.txt",
            "/a/../../secret.txt",
            "//secret.txt",
            "/ROOT/secret.txt",
        ],
    );
}

/// Methods were looked at for files, not for pages made by the program.
#[test]
fn zola_methods_on_generated_pages() {
    let served = serve();
    for target in ["/sitemap.xml", "/404.html", "/nowhere/", "/-hornbook/client.js"] {
        assert_eq!(post(served.address, target, "{}").status, 405, "{target}");
    }
}

/// The page that shows an error showed what stands in the file as HTML.
#[test]
fn zola_errors_are_shown_escaped() {
    let mut start = Start::default();
    start.files.push(("content/bad.md", page("Bad", "[[<img src=x onerror=alert(1)>]]")));
    let text = get(start.serve().address, "/").text();
    assert!(text.contains("&lt;img src=x") && !text.contains("<img src=x"), "{text}");
}

/// Any site could read pages and listen to events: no Host, no Origin was looked at, and CORS let all in.
#[test]
fn vite_cve_2025_24010_any_origin() {
    let served = serve();
    for target in ["/", "/data.txt", "/-hornbook/events", "/-hornbook/client.js"] {
        for line in ["Host: evil.example:1111", "Origin: http://evil.example", "Sec-Fetch-Site: cross-site"] {
            assert_eq!(request(served.address, "GET", target, &[line], "").status, 403, "{target} {line}");
        }
    }
}

/// `//` before a name got past the list of files that are not served.
#[test]
fn vite_cve_2023_34092_double_slash() {
    none_of(&with_secrets(), &["//.env", "///.env", "//content/.env", "/content//.env"]);
}

/// So did upper case, where the file system makes no difference.
#[test]
fn vite_cve_2024_23331_upper_case() {
    none_of(&with_secrets(), &["/.ENV", "/.Env", "/content/.eNv"]);
    assert_eq!(get(serve().address, "/DATA.txt").status, 404);
}

/// So did parameters that asked for the file in another form.
#[test]
fn vite_cve_2025_30208_31125_31486_parameters() {
    none_of(
        &with_secrets(),
        &[
            "/@fs/ROOT/.env?raw??",
            "/@fs/ROOT/.env?import&raw??",
            "/@fs/ROOT/.env?import&?inline=1.wasm?init",
            "/.env?.svg?.wasm?init",
            "/@fs/x/x/x/../../../ROOT/.env?.svg",
        ],
    );
}

/// So did a `#` in the address, which no browser sends.
#[test]
fn vite_cve_2025_32395_hash_in_target() {
    none_of(&with_secrets(), &["/#/../../secret.txt", "/@fs/ROOT/#/../../secret.txt", "/data.txt#/../../.env"]);
}

/// So did `/.` at the end.
#[test]
fn vite_cve_2025_46565_slash_dot() {
    none_of(&with_secrets(), &["/.env/.", "/content/.env/.", "/.env/./", "/.env/%2e"]);
}

/// A folder whose name begins like the served one was served, and HTML files from anywhere.
#[test]
fn vite_cve_2025_58751_58752_neighbours() {
    none_of(
        &with_secrets(),
        &[
            "/../site-leak/secret.txt",
            "/../site.txt",
            "/-leak/secret.txt",
            "/%2e%2e/site-leak/secret.txt",
            "/../secret.html",
        ],
    );
}

/// A backslash at the end got past the list on Windows.
#[test]
fn vite_cve_2025_62522_backslash() {
    none_of(&with_secrets(), &["/.env\\", "/.env%5c", "/content\\.env", "/..\\secret.txt"]);
}

/// Every answer, the events of changes included, let every origin in.
#[test]
fn esbuild_ghsa_67mh_4wv8_2f99_cors() {
    let served = serve();
    for target in ["/", "/data.txt", "/part/one", "/nowhere/", "/-hornbook/client.js", "/-hornbook/events"] {
        // That no answer lets another origin in is looked at in every answer that any test gets.
        let answer = request(served.address, "HEAD", target, &["Origin: https://evil.example"], "");
        assert_eq!(answer.status, 403, "{target}");
        let answer = request(served.address, "HEAD", target, &[], "");
        assert_eq!(answer.field("cross-origin-resource-policy"), Some("same-origin"), "{target}");
    }
    let lines = ["Origin: https://evil.example", "Access-Control-Request-Method: POST"];
    let answer = request(served.address, "OPTIONS", "/-hornbook/open", &lines, "");
    assert_eq!(answer.status, 403);
}

/// An address that cannot be decoded ended the server.
#[test]
fn eleventy_150_malformed_address() {
    let served = serve();
    for target in ["/%", "/%c0%ae", "/%E0%A4%A", "/%ff/%fe", "/a%2", "/%%%"] {
        assert_eq!(get(served.address, target).status, 400, "{target}");
    }
    assert_eq!(get(served.address, "/").status, 200, "it is still there");
}

/// Whether a file lies in the folder was asked of the string: a neighbour with a longer name did.
#[test]
fn eleventy_152_prefix_of_the_folder() {
    none_of(
        &with_secrets(),
        &["/../site-leak/secret.txt", "/..%2fsite-leak/secret.txt", "/%2e%2e%2fsite-leak%2fsecret.txt"],
    );
}

/// A link out of the site is no way out: what it leads to is never read.
#[cfg(unix)]
#[test]
fn links_out_of_the_site_are_not_followed() {
    let mut served = with_secrets();
    let link = |to: &str, at: &str| std::os::unix::fs::symlink(served.folder.join(to), served.folder.join(at)).unwrap();
    link("../secret.txt", "content/static/link.txt");
    link("..", "content/static/folder");
    served.rebuilt();
    none_of(&served, &["/link.txt", "/folder/secret.txt", "/folder/site/.env"]);
}
