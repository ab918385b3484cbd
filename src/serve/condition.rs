//! What a client has already, and what part it wants: `If-None-Match`, `Range`, `If-Range`.

use std::ops::Range;

use super::http::{Body, Request, Response};

/// Makes of a whole file, with its `ETag`, what was asked for: all of it, a part, or the word that nothing changed.
pub(super) fn apply(request: &Request, mut response: Response) -> Response {
    if response.status != 200 {
        return response;
    }
    let tag = response.field("ETag").unwrap_or_default().to_owned();
    if request.all("if-none-match").any(|list| lists(list, &tag)) {
        response.status = 304;
        response.body = Body::Own(&[]);
        return response;
    }
    response.set("Accept-Ranges", "bytes");
    let is_same = request.all("if-range").all(|known| known == tag);
    let Some(wanted) = request.field("range").filter(|_| is_same && request.method == "GET") else {
        return response;
    };
    let length = response.body.bytes().len();
    match range(wanted, length) {
        Wanted::Whole => response,
        Wanted::Part(part) => {
            response.status = 206;
            response.set("Content-Range", format!("bytes {}-{}/{length}", part.start, part.end - 1));
            response.body = response.body.cut(part);
            response
        }
        Wanted::Nothing => {
            Response::text(416, "there is no such range").with("Content-Range", format!("bytes */{length}"))
        }
    }
}

/// Whether a list of tags names `tag`; a weak one counts as well.
fn lists(list: &str, tag: &str) -> bool {
    list.split(',').map(str::trim).any(|known| known == "*" || known.strip_prefix("W/").unwrap_or(known) == tag)
}

#[derive(PartialEq, Eq, Debug)]
enum Wanted {
    /// What is no range, or several, is answered with everything.
    Whole,
    Part(Range<usize>),
    Nothing,
}

fn range(wanted: &str, length: usize) -> Wanted {
    let Some((unit, spec)) = wanted.split_once('=') else { return Wanted::Whole };
    let Some((from, to)) = spec.trim().split_once('-').filter(|_| unit.eq_ignore_ascii_case("bytes")) else {
        return Wanted::Whole;
    };
    let number = |text: &str| match text.bytes().all(|byte| byte.is_ascii_digit()) && !text.is_empty() {
        true => Some(text.parse::<usize>().unwrap_or(usize::MAX)),
        false => None,
    };
    match (from, number(from), to, number(to)) {
        ("", _, _, Some(0)) => Wanted::Nothing,
        ("", _, _, Some(last)) if length > 0 => Wanted::Part(length.saturating_sub(last)..length),
        ("", _, _, Some(_)) => Wanted::Nothing,
        (_, Some(from), "", _) if from < length => Wanted::Part(from..length),
        (_, Some(_), "", _) => Wanted::Nothing,
        (_, Some(from), _, Some(to)) if to < from => Wanted::Whole,
        (_, Some(from), _, Some(to)) if from < length => Wanted::Part(from..to.saturating_add(1).min(length)),
        (_, Some(_), _, Some(_)) => Wanted::Nothing,
        _ => Wanted::Whole,
    }
}

#[cfg(test)]
mod tests {
    use super::{Wanted, lists, range};

    #[test]
    fn ranges_are_read() {
        let cases = [
            ("bytes=0-0", Wanted::Part(0..1)),
            ("bytes=-1", Wanted::Part(9..10)),
            ("bytes=-99", Wanted::Part(0..10)),
            ("bytes=5-", Wanted::Part(5..10)),
            ("bytes=5-99999999999999999999999", Wanted::Part(5..10)),
            ("BYTES=0-3", Wanted::Part(0..4)),
            ("bytes=10-", Wanted::Nothing),
            ("bytes=99999999-", Wanted::Nothing),
            ("bytes=10-11", Wanted::Nothing),
            ("bytes=-0", Wanted::Nothing),
            ("bytes=5-2", Wanted::Whole),
            ("bytes=0-1,3-4", Wanted::Whole),
            ("bytes=0-,0-,0-", Wanted::Whole),
            ("bytes=-", Wanted::Whole),
            ("bytes=a-b", Wanted::Whole),
            ("bytes=+1-2", Wanted::Whole),
            ("items=0-1", Wanted::Whole),
            ("", Wanted::Whole),
        ];
        for (text, expected) in cases {
            assert_eq!(range(text, 10), expected, "{text}");
        }
        assert_eq!([range("bytes=0-", 0), range("bytes=-1", 0)], [Wanted::Nothing, Wanted::Nothing]);
    }

    #[test]
    fn tags_are_found() {
        for list in ["\"a\"", "W/\"a\"", "\"b\", \"a\"", "*", " \"a\" "] {
            assert!(lists(list, "\"a\""), "{list}");
        }
        assert!(!lists("\"b\", a", "\"a\""));
    }
}
