//! Who may ask: this machine's own browser, for a page of this site. A web page elsewhere must not read what is being written, even if
//! its name is made to point here (DNS rebinding), and even if it is served from another port of this machine.

use std::net::IpAddr;

use super::http::{Request, Response};

/// Knows the names that this server goes by.
#[derive(Clone, Debug)]
pub(super) struct Guard {
    /// The port that it listens on.
    pub(super) port: u16,
    /// Further names, in lower case: `name`, with any port, or `name:port`.
    pub(super) names: Vec<String>,
}

impl Guard {
    /// Fails with the answer to a request that must not be served.
    pub(super) fn check(&self, request: &Request, is_reserved: bool) -> Result<(), Response> {
        let host = self.host(request)?;
        check_origin(request, host)?;
        check_site(request, is_reserved)
    }

    /// The one host that the request is for, if it is this one.
    fn host<'a>(&self, request: &'a Request) -> Result<&'a str, Response> {
        let Some(host) = request.field("host") else {
            return Err(Response::text(400, "a request names one host"));
        };
        match split(host) {
            Some((name, port)) if self.knows(&name, port, request.local) => Ok(host),
            Some((name, _)) => {
                let message = format!(
                    "this preview does not go by the name `{name}`: if it should, start it with `--allow-host {name}`"
                );
                Err(Response::text(403, &message))
            }
            None => Err(Response::text(400, "the host is malformed")),
        }
    }

    fn knows(&self, name: &str, port: Option<u16>, local: IpAddr) -> bool {
        let is_named = |known: &String| match known.rsplit_once(':') {
            Some((known, number)) if number.parse::<u16>().is_ok() => known == name && number.parse().ok() == port,
            Some(_) | None => known == name,
        };
        if self.names.iter().any(is_named) {
            return true;
        }
        if port.unwrap_or(80) != self.port {
            return false;
        }
        // An address cannot be made to point elsewhere, as a name can.
        let address = name.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>().map(|ip| ip.to_canonical());
        name == "localhost" || address.is_ok_and(|address| address.is_loopback() || address == local)
    }
}

/// A host in lower case, without the dot that may end it, and its port.
fn split(host: &str) -> Option<(String, Option<u16>)> {
    let (name, port) = match host.rsplit_once(':') {
        Some((name, port)) if !port.contains(']') => (name, Some(port.parse().ok()?)),
        Some(_) | None => (host, None),
    };
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || b"-._[]:".contains(&byte);
    if name.is_empty()
        || !name.bytes().all(is_part)
        || name.starts_with('[') != name.ends_with(']')
        || name.contains(':') != name.starts_with('[')
    {
        return None;
    }
    let name = name.to_ascii_lowercase();
    Some((name.strip_suffix('.').unwrap_or(&name).to_owned(), port))
}

/// A request from a page says which one: it must be of this very origin.
fn check_origin(request: &Request, host: &str) -> Result<(), Response> {
    let is_ours = |origin: &str| {
        let authority = origin.strip_prefix("http://").or_else(|| origin.strip_prefix("https://"));
        authority.is_some_and(|authority| authority.eq_ignore_ascii_case(host))
    };
    // A policy of the site can make the browser hide the origin; no page can write this other field itself.
    let is_hidden = |origin: &str| origin == "null" && request.field("sec-fetch-site") == Some("same-origin");
    match request.all("origin").all(|origin| is_ours(origin) || is_hidden(origin)) {
        true => Ok(()),
        false => Err(Response::text(403, "a page of another origin asked for this")),
    }
}

/// What the browser says about who asks: nobody but a page of this origin, or the person at the address bar.
fn check_site(request: &Request, is_reserved: bool) -> Result<(), Response> {
    let is_page = request.field("sec-fetch-mode") == Some("navigate")
        && request.field("sec-fetch-dest") == Some("document")
        && matches!(request.method.as_str(), "GET" | "HEAD");
    let is_allowed = |site: &str| match site {
        "same-origin" | "none" => true,
        // A link in another tool on this machine may lead here; what it leads to stays out of that tool's reach.
        "same-site" => is_page && !is_reserved,
        _ => false,
    };
    match request.all("sec-fetch-site").all(is_allowed) {
        true => Ok(()),
        false => Err(Response::text(403, "another site led here: type the address, or reload this page")),
    }
}

#[cfg(test)]
mod tests {
    use super::{Guard, split};
    use std::net::{IpAddr, Ipv4Addr};

    #[test]
    fn names_are_told_apart() {
        let guard = Guard { port: 1111, names: vec!["box.example".to_owned(), "other.example:8080".to_owned()] };
        let knows = |host: &str| {
            split(host).is_some_and(|(name, port)| guard.knows(&name, port, IpAddr::V4(Ipv4Addr::new(192, 168, 1, 9))))
        };
        for host in [
            "localhost:1111",
            "LOCALHOST:1111",
            "localhost.:1111",
            "127.0.0.1:1111",
            "127.9.9.9:1111",
            "[::1]:1111",
            "[::ffff:127.0.0.1]:1111",
            "192.168.1.9:1111",
            "box.example",
            "box.example:1",
            "other.example:8080",
        ] {
            assert!(knows(host), "{host}");
        }
        for host in [
            "evil.example:1111",
            "localhost:1112",
            "localhost",
            "127.0.0.1.evil.example:1111",
            "localhost.evil.example:1111",
            "evillocalhost:1111",
            "192.168.1.8:1111",
            "0.0.0.0:1111",
            "127.1:1111",
            "0x7f000001:1111",
            "2130706433:1111",
            "[::2]:1111",
            "other.example",
            "localhost..:1111",
            "a@localhost:1111",
            "localhost:1111:1111",
            "localhost:",
            ":1111",
            "",
            "localhost:99999",
            "[::1:1111",
            "sub.box.example",
        ] {
            assert!(!knows(host), "{host}");
        }
    }
}
