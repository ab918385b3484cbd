//! `_headers` of a published site: what its host would send with its files.

use super::http::Response;
use super::rule;

/// What a preview sends in its own way, or not at all: what frames the answer, what would outlive the preview in a browser (another site
/// may be served on the same port tomorrow), and what would let other sites in.
const KEPT_BACK: &[&str] = &[
    "accept-ranges",
    "alt-svc",
    "cache-control",
    "clear-site-data",
    "connection",
    "content-encoding",
    "content-length",
    "content-range",
    "cross-origin-resource-policy",
    "date",
    "etag",
    "expect-ct",
    "keep-alive",
    "nel",
    "public-key-pins",
    "report-to",
    "server",
    "set-cookie",
    "strict-transport-security",
    "trailer",
    "transfer-encoding",
    "upgrade",
    "x-content-type-options",
];

/// The rules of a `_headers` file, in order.
#[derive(Debug, Default)]
pub(super) struct Headers(Vec<Rule>);

#[derive(Debug)]
struct Rule {
    pattern: String,
    fields: Vec<(String, String)>,
}

impl Headers {
    /// Reads `text`. What a host would drop is dropped.
    pub(super) fn read(text: &str) -> Self {
        let mut rules: Vec<Rule> = Vec::new();
        for line in text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#')) {
            if line.starts_with('/') {
                rules.push(Rule { pattern: line.to_owned(), fields: Vec::new() });
            } else if let (Some(rule), Some((name, value))) = (rules.last_mut(), line.split_once(':')) {
                let (name, value) = (name.trim(), value.trim());
                let is_name = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
                if !name.is_empty() && !value.is_empty() && name.bytes().all(is_name) {
                    match rule.fields.iter_mut().find(|(known, _)| known.eq_ignore_ascii_case(name)) {
                        Some((_, values)) => {
                            values.push_str(", ");
                            values.push_str(value);
                        }
                        None => rule.fields.push((name.to_owned(), value.to_owned())),
                    }
                }
            }
        }
        Self(rules)
    }

    /// Adds what the rules say of `path`; a later rule wins.
    pub(super) fn apply(&self, path: &str, response: &mut Response) {
        for rule in self.0.iter().filter(|rule| rule::fit(&rule.pattern, path).is_some()) {
            for (name, value) in &rule.fields {
                let lower = name.to_ascii_lowercase();
                if KEPT_BACK.contains(&lower.as_str()) || lower.starts_with("access-control-") {
                    continue;
                }
                response
                    .set(name.clone(), if lower == "content-security-policy" { plain(value) } else { value.clone() });
            }
        }
    }
}

/// A policy without the directive that would make the browser ask for everything over TLS, which nobody speaks here.
fn plain(policy: &str) -> String {
    let kept =
        policy.split(';').filter(|directive| !directive.trim().eq_ignore_ascii_case("upgrade-insecure-requests"));
    kept.collect::<Vec<&str>>().join(";")
}

#[cfg(test)]
mod tests {
    use super::Headers;
    use crate::serve::http::{Body, Response};

    #[test]
    fn rules_are_applied_in_order() {
        let headers = Headers::read(
            "X-Lost: 1\n/*\n  X-One: a\n  Referrer-Policy: no-referrer\n  Access-Control-Allow-Origin: *\n  Strict-Transport-Security: max-age=9\n\
             # a comment\n/b/*\n\tx-one: b\n\tx-one: c\n  nothing\n  Content-Security-Policy: default-src 'none'; upgrade-insecure-requests\n",
        );
        let mut response = Response::new(200, Body::Own(&[]));
        headers.apply("/b/c", &mut response);
        let fields: Vec<(&str, &str)> = response.fields.iter().map(|(name, value)| (&**name, value.as_str())).collect();
        assert_eq!(
            fields,
            [("Referrer-Policy", "no-referrer"), ("x-one", "b, c"), ("Content-Security-Policy", "default-src 'none'")]
        );
    }
}
