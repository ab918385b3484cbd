//! Addresses that answers name, and times.

use std::net::IpAddr;
use std::time::Duration;

use jiff::Timestamp;
use jiff::fmt::rfc2822;

use crate::text::percent_encoded;

/// Where `to`, as an answer of `from` writes it, leads; nothing if that is no address of the web.
pub(super) fn joined(from: &str, to: &str) -> Option<String> {
    let to = percent_encoded(to.trim().split('#').next().unwrap_or_default());
    let (scheme, rest) = from.split_once("://")?;
    let end = rest.find(['/', '?']).unwrap_or(rest.len());
    let (host, path) = rest.split_at(end);
    let path = path.split('?').next().unwrap_or_default();
    let has_scheme = |scheme: &str| to.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme));
    if has_scheme("http://") || has_scheme("https://") {
        return Some(to);
    }
    // `mailto:` and the like.
    if to.split(['/', '?']).next().is_some_and(|first| first.contains(':')) {
        return None;
    }
    Some(match to.as_bytes() {
        [] => from.to_owned(),
        [b'/', b'/', ..] => format!("{scheme}:{to}"),
        [b'/', ..] => format!("{scheme}://{host}{to}"),
        [b'?', ..] => format!("{scheme}://{host}{path}{to}"),
        _ => format!("{scheme}://{host}{}/{to}", path.rsplit_once('/').map_or("", |(folder, _)| folder)),
    })
}

/// The time that `Retry-After` asks for: seconds, or a day and time.
pub(super) fn seconds(text: &str) -> Option<Duration> {
    if let Ok(seconds) = text.trim().parse() {
        return Some(Duration::from_secs(seconds));
    }
    let then = rfc2822::DateTimeParser::new().parse_timestamp(text.trim()).ok()?;
    let seconds = then.as_second() - Timestamp::now().as_second();
    Some(Duration::from_secs(seconds.max(0).unsigned_abs()))
}

/// Whether a host is the machine that asks, which needs no pauses.
pub(super) fn is_this_machine(host: &str) -> bool {
    let address = host.trim_matches(['[', ']']).parse::<IpAddr>();
    host.eq_ignore_ascii_case("localhost") || address.is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::{joined, seconds};

    #[test]
    fn addresses_are_joined_as_browsers_do() {
        let from = "https://a.example/one/two?x=1";
        for (to, wanted) in [
            ("http://b.example/c#d", Some("http://b.example/c")),
            ("//b.example/c", Some("https://b.example/c")),
            ("/c d", Some("https://a.example/c%20d")),
            ("three", Some("https://a.example/one/three")),
            ("?y=2", Some("https://a.example/one/two?y=2")),
            ("", Some(from)),
            ("mailto:a@b.example", None),
        ] {
            assert_eq!(joined(from, to).as_deref(), wanted, "{to}");
        }
        assert_eq!(joined("https://a.example", "b").as_deref(), Some("https://a.example/b"));
    }

    #[test]
    fn times_are_seconds_or_days() {
        assert_eq!(seconds("120").map(|wait| wait.as_secs()), Some(120));
        assert_eq!(seconds("Wed, 21 Oct 2015 07:28:00 GMT").map(|wait| wait.as_secs()), Some(0));
        assert_eq!(seconds("soon"), None);
    }
}
