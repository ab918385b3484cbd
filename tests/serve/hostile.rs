//! Requests that no browser sends, and pages elsewhere that make one send them.

use std::io::Write;
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;

use hornbook::serve::http::{Body, Limits, Response, Server};

use super::client::{connect, exchange, get, request, status};
use super::site::{Start, serve};

/// The status of a request for `target`, sent as it is.
fn raw(address: SocketAddr, target: &str) -> u16 {
    status(address, format!("GET {target} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n").as_bytes())
}

#[test]
fn no_path_leads_out_of_the_site() {
    let served = serve();
    served.write("../site-leak/secret.txt", "secret");
    served.write("secret.txt", "secret");
    for target in [
        "/../",
        "/..",
        "/../secret.txt",
        "/../site-leak/secret.txt",
        "/..%2f",
        "/..%2fsecret.txt",
        "/%2e%2e/",
        "/%2e%2e/secret.txt",
        "/%252e%252e/secret.txt",
        "/..%5c",
        "/..\\",
        "/..%5csecret.txt",
        "//etc/passwd",
        "///etc/passwd",
        "/./",
        "/a/..//..",
        "/%c0%ae%c0%ae/",
        "/%c0%ae",
        "/C:/",
        "/c:/windows/win.ini",
        "\\\\host\\share",
        "/\\\\host\\share",
        "/data.txt::$DATA",
        "/data.txt%00",
        "/data.txt%00.html",
        "/%00",
        "/data.txt.",
        "/data.txt%20",
        "/data.txt/",
        "http://evil.example/",
        "https://evil.example/data.txt",
        "*",
        "data.txt",
        "",
        "?a",
        "/#",
        "/data.txt#x",
        "/part/one/#/../../../etc/passwd",
        "/%",
        "/%2",
        "/%zz",
        "/%ff",
        "/part//one/",
        "/part/./one/",
        "/part/%2e/one/",
        "/.git/config",
        "/.env",
        "/site.yaml",
        "/content/site.yaml",
        "/-hornbook",
        "/-hornbook/",
        "/-hornbook/../data.txt",
        "/-hornbook/client.js/",
        "/.hornbook",
        "/%2fetc/passwd",
        "/data.txt;x",
        "/data%2etxt%2f..%2f..",
    ] {
        let status = raw(served.address, target);
        assert!(matches!(status, 400 | 404), "{target}: {status}");
    }
    for target in ["/\u{e9}", "/a b", "/\t", "/\0", "/\u{7f}"] {
        assert_eq!(raw(served.address, target), 400, "{target:?}");
    }
    assert_eq!(get(served.address, "/").status, 200, "it is still there");
}

#[test]
fn only_its_own_names_are_answered() {
    let names = vec!["Preview.example".to_owned(), "other.example:8080".to_owned()];
    let served = Start { names, ..Start::default() }.serve();
    let port = served.address.port();
    let status = |lines: &[&str]| request(served.address, "GET", "/", lines, "").status;
    for host in [
        "localhost:PORT",
        "LocalHost:PORT",
        "localhost.:PORT",
        "127.0.0.1:PORT",
        "127.1.2.3:PORT",
        "[::1]:PORT",
        "[0:0:0:0:0:0:0:1]:PORT",
        "preview.example",
        "PREVIEW.EXAMPLE:9",
        "other.example:8080",
    ] {
        assert_eq!(status(&[&format!("Host: {host}").replace("PORT", &port.to_string())]), 200, "{host}");
    }
    for host in [
        "evil.example",
        "evil.example:PORT",
        "127.0.0.1.evil.example:PORT",
        "localhost.evil.example:PORT",
        "localhost:1",
        "localhost",
        "127.0.0.1",
        "0.0.0.0:PORT",
        "192.168.0.1:PORT",
        "[::2]:PORT",
        "2130706433:PORT",
        "0x7f.1:PORT",
        "127.1:PORT",
        "other.example:8081",
        "sub.preview.example",
    ] {
        assert_eq!(status(&[&format!("Host: {host}").replace("PORT", &port.to_string())]), 403, "{host}");
    }
    for host in [
        "",
        ":",
        ":PORT",
        "localhost:",
        "localhost:x",
        "a b",
        "localhost:PORT:PORT",
        "http://localhost:PORT",
        "a@localhost:PORT",
        "[::1:PORT",
        "a,b",
    ] {
        assert_eq!(status(&[&format!("Host: {host}").replace("PORT", &port.to_string())]), 400, "{host}");
    }
    let own = format!("Host: 127.0.0.1:{port}");
    assert_eq!(status(&[&own, &own]), 400, "two hosts");
    assert_eq!(super::client::status(served.address, b"GET / HTTP/1.1\r\nConnection: close\r\n\r\n"), 400, "no host");
    assert_eq!(super::client::status(served.address, b"GET / HTTP/1.0\r\n\r\n"), 400, "no host, as of old");
}

#[test]
fn pages_elsewhere_get_nothing() {
    let served = serve();
    let own = format!("Origin: http://{}", served.address);
    let page = ["Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: document"];
    for target in ["/", "/part/one/", "/data.txt", "/nowhere", "/-hornbook/events", "/-hornbook/client.js"] {
        let head = |lines: &[&str]| request(served.address, "HEAD", target, lines, "").status;
        for lines in [
            vec!["Origin: http://evil.example"],
            vec!["Origin: null"],
            vec!["Origin: http://127.0.0.1:1"],
            vec!["Origin: http://localhost"],
            vec!["Origin: "],
            vec!["Origin: file://"],
            vec![own.as_str(), "Origin: http://evil.example"],
            vec!["Sec-Fetch-Site: cross-site"],
            vec!["Sec-Fetch-Site: same-site"],
            vec!["Sec-Fetch-Site: none", "Sec-Fetch-Site: cross-site"],
            vec!["Sec-Fetch-Site: cross-site", page[0], page[1]],
            vec!["Sec-Fetch-Site: other"],
            vec![own.as_str(), "Sec-Fetch-Site: cross-site"],
        ] {
            assert_eq!(head(&lines), 403, "{target} {lines:?}");
        }
        for lines in [
            vec![],
            vec![own.as_str()],
            vec!["Sec-Fetch-Site: none"],
            vec![own.as_str(), "Sec-Fetch-Site: same-origin"],
            vec!["Origin: null", "Sec-Fetch-Site: same-origin"],
        ] {
            assert!(matches!(head(&lines), 200 | 404), "{target} {lines:?}");
        }
        let linked = head(&["Sec-Fetch-Site: same-site", page[0], page[1]]);
        assert_eq!(
            linked == 403,
            target.starts_with("/-hornbook/"),
            "{target}: a link in another tool of this machine"
        );
    }
}

#[test]
fn what_is_no_http_is_refused() {
    let served = serve();
    let host = format!("Host: {}\r\n", served.address);
    let long = "a".repeat(1 << 20);
    let fields: String = (0..100_000).map(|number| format!("A{number}: b\r\n")).collect();
    let cases: Vec<(&str, Vec<u8>, &[u16])> = vec![
        ("a long line", format!("GET /{long} HTTP/1.1\r\n{host}\r\n").into(), &[414]),
        ("a long field", format!("GET / HTTP/1.1\r\n{host}A: {long}\r\n\r\n").into(), &[431]),
        ("many fields", format!("GET / HTTP/1.1\r\n{host}{fields}\r\n").into(), &[431]),
        ("some too many fields", format!("GET / HTTP/1.1\r\n{host}{}\r\n", "A: b\r\n".repeat(101)).into(), &[431]),
        ("a folded field", format!("GET / HTTP/1.1\r\n{host}A: b\r\n c\r\n\r\n").into(), &[400]),
        ("bare line feeds", format!("GET / HTTP/1.1\nHost: {}\n\n", served.address).into(), &[400]),
        (
            "two lengths",
            format!("POST / HTTP/1.1\r\n{host}Content-Length: 1\r\nContent-Length: 2\r\n\r\nab").into(),
            &[400],
        ),
        (
            "a length and chunks",
            format!("POST / HTTP/1.1\r\n{host}Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nG")
                .into(),
            &[400, 411],
        ),
        (
            "GET in chunks",
            format!("GET / HTTP/1.1\r\n{host}Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n").into(),
            &[400, 411],
        ),
        ("GET with a body", format!("GET / HTTP/1.1\r\n{host}Content-Length: 3\r\n\r\nabc").into(), &[400]),
        (
            "a body too large",
            format!("POST /-hornbook/open HTTP/1.1\r\n{host}Content-Length: 99999999\r\n\r\n").into(),
            &[413],
        ),
        ("HTTP/0.9", b"GET /\r\n\r\n".to_vec(), &[400]),
        ("HTTP/2", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".to_vec(), &[505]),
        ("HTTP/3", format!("GET / HTTP/3.0\r\n{host}\r\n").into(), &[505]),
        ("TLS", vec![0x16, 3, 1, 2, 0, 1, 0, 1, 0xfc, 3, 3], &[400]),
        ("zeros", vec![0; 100], &[400]),
        ("a field without a name", format!("GET / HTTP/1.1\r\n{host}: b\r\n\r\n").into(), &[400]),
        ("a space before the colon", format!("GET / HTTP/1.1\r\nHost : {}\r\n\r\n", served.address).into(), &[400]),
        ("a control in a field", format!("GET / HTTP/1.1\r\n{host}A: \u{1}\r\n\r\n").into(), &[400]),
        ("no field at all", format!("GET / HTTP/1.1\r\n{host}nothing\r\n\r\n").into(), &[400]),
    ];
    for (what, bytes, expected) in cases {
        let status = status(served.address, &bytes);
        assert!(expected.contains(&status), "{what}: {status}");
    }
    assert_eq!(get(served.address, "/").status, 200, "it is still there");
}

#[test]
fn requests_in_a_row_are_answered_in_a_row() {
    let served = serve();
    let one = format!("GET /data.txt HTTP/1.1\r\nHost: {}\r\n\r\n", served.address);
    let last = format!("GET /data.txt HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", served.address);
    let mut sending = connect(served.address);
    let mut receiving = sending.try_clone().unwrap();
    let sent = std::thread::spawn(move || sending.write_all((one.repeat(999) + &last).as_bytes()));
    let mut text = String::new();
    std::io::Read::read_to_string(&mut receiving, &mut text).unwrap();
    sent.join().unwrap().unwrap();
    assert_eq!((text.matches("HTTP/1.1 200 OK\r\n").count(), text.matches("0123456789").count()), (1_000, 1_000));
}

#[test]
fn random_bytes_do_no_harm() {
    let served = serve();
    let pieces: Vec<Vec<u8>> = [
        "GET ",
        "POST ",
        "/",
        "..",
        "%2e",
        "%00",
        "%",
        "\\",
        "?",
        "#",
        " HTTP/1.1\r\n",
        "HTTP/1.0",
        "\r\n",
        "\n",
        "\r",
        "Host: ",
        ":",
        " ",
        "\t",
        "a",
        "-hornbook/",
        "events",
        "open",
        "Content-Length: 5\r\n",
        "Transfer-Encoding: chunked\r\n",
        "Range: bytes=0-",
        "If-None-Match: *",
        "Origin: null\r\n",
        "\u{e9}",
        "Connection: close\r\n\r\n",
    ]
    .iter()
    .map(|piece| piece.as_bytes().to_vec())
    .chain([vec![0], vec![0xff, 0xfe], vec![0x16, 3, 1], format!("Host: {}\r\n", served.address).into_bytes()])
    .collect();
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    let mut chance = move |limit: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state >> 11).unwrap() % limit
    };
    for _ in 0..3_000 {
        let bytes: Vec<u8> = (0..chance(14)).flat_map(|_| pieces[chance(pieces.len())].clone()).collect();
        let mut stream = connect(served.address);
        stream.write_all(&bytes).ok();
        stream.shutdown(std::net::Shutdown::Write).ok();
        // A stream of events would go on for ever.
        if !String::from_utf8_lossy(&bytes).contains("events") {
            std::io::Read::read_to_end(&mut stream, &mut Vec::new()).ok();
        }
    }
    assert_eq!(get(served.address, "/").status, 200, "it is still there");
}

#[test]
fn a_handler_that_fails_ends_nothing() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let handler = |request: &hornbook::serve::http::Request| {
        assert!(request.path() != "/fail", "it fails");
        Response::new(200, Body::Own(b"good"))
    };
    let server = Server::start(listener, Limits::default(), Arc::new(handler)).unwrap();
    let address = server.address();
    let both = "GET /fail HTTP/1.1\r\nHost: a\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
    let text = String::from_utf8(exchange(address, both.as_bytes())).unwrap();
    assert!(text.starts_with("HTTP/1.1 500 ") && text.contains("HTTP/1.1 200 OK") && text.ends_with("good"), "{text}");
}
