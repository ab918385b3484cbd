//! The patterns of `_headers` and `_redirects`, as hosts read them: `*` is anything, `:name` a part of a path.

/// What a pattern found in a path: names and values; the one of `*` is called `splat`.
pub(super) type Found<'a> = Vec<(&'a str, &'a str)>;

/// What `pattern` finds in `path`, if it fits it whole. A slash at the end makes no difference.
pub(super) fn fit<'a>(pattern: &'a str, path: &'a str) -> Option<Found<'a>> {
    let mut found = Found::new();
    let mut patterns = pattern.trim_start_matches('/').trim_end_matches('/').split('/');
    let mut rest = Some(path.trim_start_matches('/'));
    loop {
        match (patterns.next(), rest) {
            (None, None | Some("")) => return Some(found),
            (Some("*"), Some(rest)) => {
                found.push(("splat", rest));
                return Some(found);
            }
            (Some("*"), None) => {
                found.push(("splat", ""));
                return Some(found);
            }
            (Some(pattern), Some(text)) => {
                let (part, after) = match text.split_once('/') {
                    Some((part, after)) => (part, Some(after)),
                    None => (text, None),
                };
                if let Some(name) = pattern.strip_prefix(':').filter(|_| !part.is_empty()) {
                    found.push((name, part));
                } else if let Some((start, end)) = pattern.split_once('*') {
                    // A star inside of a part goes on to the end of the path where nothing follows it.
                    let whole = if end.is_empty() { text } else { part };
                    let inner = whole.strip_prefix(start)?.strip_suffix(end)?;
                    found.push(("splat", inner));
                    if end.is_empty() {
                        return Some(found);
                    }
                } else if pattern != part {
                    return None;
                }
                rest = after;
            }
            (Some(_), None) | (None, Some(_)) => return None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::fit;

    #[test]
    fn patterns_fit() {
        let fits = [
            ("/a", "/a/", vec![]),
            ("/a/", "/a", vec![]),
            ("/", "/", vec![]),
            ("/*", "/", vec![("splat", "")]),
            ("/*", "/a/b/", vec![("splat", "a/b/")]),
            ("/a/*", "/a/b", vec![("splat", "b")]),
            ("/a/*", "/a/", vec![("splat", "")]),
            ("/:x/b/:y", "/a/b/c", vec![("x", "a"), ("y", "c")]),
            ("/a/*.css", "/a/b.css", vec![("splat", "b")]),
            ("/a-*", "/a-b/c", vec![("splat", "b/c")]),
        ];
        for (pattern, path, expected) in fits {
            assert_eq!(fit(pattern, path), Some(expected), "{pattern} {path}");
        }
        for (pattern, path) in
            [("/a", "/b"), ("/a", "/a/b"), ("/a/b", "/a"), ("/:x", "/"), ("/a/*.css", "/a/b.js"), ("/a/*", "/ab")]
        {
            assert_eq!(fit(pattern, path), None, "{pattern} {path}");
        }
    }
}
