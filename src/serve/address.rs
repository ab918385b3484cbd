//! The path of a request → the path of a published file. Files are looked up by their exact path in a map: nothing is joined,
//! normalised or followed, so there is no way out of the site.

/// The path that a target means: percent-decoded once. Nothing if it is none: it does not begin with a slash, holds what no published
/// path holds, or a part that some system takes for another folder.
pub(super) fn decoded(path: &str) -> Option<String> {
    let rest = path.strip_prefix('/')?;
    if path.contains('#') {
        return None;
    }
    let mut bytes = Vec::with_capacity(rest.len() + 1);
    bytes.push(b'/');
    let mut rest = rest.bytes();
    while let Some(byte) = rest.next() {
        match byte {
            b'%' => {
                let digit = |byte: Option<u8>| byte.and_then(|byte| char::from(byte).to_digit(16));
                let value = digit(rest.next())? * 16 + digit(rest.next())?;
                let value = u8::try_from(value).ok()?;
                // An encoded slash is no slash to some hosts, and one to others.
                if value == b'/' {
                    return None;
                }
                bytes.push(value);
            }
            byte => bytes.push(byte),
        }
    }
    let path = String::from_utf8(bytes).ok()?;
    let is_plain = |part: &str| !matches!(part, "." | "..") && !part.contains(|c: char| c == '\\' || c.is_control());
    let mut parts = path[1..].split('/').peekable();
    while let Some(part) = parts.next() {
        // Only the last part may be empty: two slashes at the start would name a host.
        if !is_plain(part) || (part.is_empty() && parts.peek().is_some()) {
            return None;
        }
    }
    Some(path)
}

#[cfg(test)]
mod tests {
    use super::decoded;

    #[test]
    fn no_path_climbs() {
        let good = [
            ("/", "/"),
            ("/a/b/", "/a/b/"),
            ("/a%20b", "/a b"),
            ("/stra%C3%9Fe/", "/straße/"),
            ("/%252e%252e/", "/%2e%2e/"),
            ("/...", "/..."),
        ];
        for (path, expected) in good {
            assert_eq!(decoded(path).as_deref(), Some(expected), "{path}");
        }
        for path in [
            "",
            "a",
            "*",
            "http://evil/",
            "//etc/passwd",
            "///",
            "/a//b",
            "/../a",
            "/a/..",
            "/./",
            "/a/.",
            "/%2e%2e/a",
            "/%2e/",
            "/..%2fa",
            "/..%5ca",
            "/..\\a",
            "/a\\b",
            "/%00",
            "/a%0a",
            "/%c0%ae%c0%ae/",
            "/%ff",
            "/%",
            "/%2",
            "/%zz",
            "/%+1",
            "/a#b",
            "/%2fetc/passwd",
        ] {
            assert_eq!(decoded(path), None, "{path}");
        }
    }
}
