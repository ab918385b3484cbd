//! The head of a request, read strictly: what two readers could understand differently is refused.

use std::net::{IpAddr, Ipv4Addr};

use super::{LONGEST_BODY, LONGEST_HEAD, LONGEST_LINE, MOST_FIELDS};

/// A request, as far as it is understood.
#[derive(Clone, Debug)]
pub struct Request {
    /// The method, as it was sent.
    pub method: String,
    /// The target, as it was sent: visible ASCII.
    pub target: String,
    /// Header fields in order, names in lower case.
    pub fields: Vec<(String, String)>,
    /// What was sent with it.
    pub body: Vec<u8>,
    /// Whether the client can take another response on this connection.
    pub keeps: bool,
    /// The address of this machine that the client connected to.
    pub local: IpAddr,
}

impl Request {
    /// The value of the field `name` (in lower case), if it stands there once.
    pub fn field(&self, name: &str) -> Option<&str> {
        let mut values = self.fields.iter().filter(|(known, _)| known == name).map(|(_, value)| value.as_str());
        let first = values.next()?;
        values.next().is_none().then_some(first)
    }

    /// Every value of the field `name` (in lower case).
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.fields.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The target without its query, still encoded.
    pub fn path(&self) -> &str {
        self.target.split('?').next().unwrap_or_default()
    }

    /// What follows the first `?` of the target.
    pub fn query(&self) -> Option<&str> {
        self.target.split_once('?').map(|(_, query)| query)
    }
}

/// Why bytes are no request: a status, and what to say.
pub(super) type Refusal = (u16, &'static str);

/// How many bytes of `buffer` are the head of a request, its empty line included; nothing if there is more to come.
///
/// Fails as soon as the bytes cannot become one.
pub(super) fn head_length(buffer: &[u8]) -> Result<Option<usize>, Refusal> {
    if buffer.first().is_some_and(|byte| !is_token(*byte)) {
        return Err((400, "this is no HTTP request"));
    }
    for (at, byte) in buffer.iter().enumerate().take(LONGEST_HEAD) {
        match byte {
            b'\n' if at == 0 || buffer[at - 1] != b'\r' => return Err((400, "a line ends in a bare line feed")),
            b'\n' if buffer[..=at].ends_with(b"\r\n\r\n") => return Ok(Some(at + 1)),
            _ => {}
        }
    }
    let has_line = buffer.iter().take(LONGEST_LINE).any(|byte| *byte == b'\n');
    match (buffer.len() >= LONGEST_HEAD, !has_line && buffer.len() >= LONGEST_LINE) {
        (_, true) => Err((414, "the address is too long")),
        (true, false) => Err((431, "the header is too large")),
        (false, false) => Ok(None),
    }
}

/// Reads a whole head; and how many bytes of a body follow it.
pub(super) fn parse(head: &[u8]) -> Result<(Request, usize), Refusal> {
    let malformed = (400, "the request is malformed");
    let text = str::from_utf8(head).ok().filter(|text| text.is_ascii()).ok_or(malformed)?;
    let mut lines = text.strip_suffix("\r\n\r\n").ok_or(malformed)?.split("\r\n");
    let mut words = lines.next().unwrap_or_default().split(' ');
    let (Some(method), Some(target), Some(version), None) = (words.next(), words.next(), words.next(), words.next())
    else {
        return Err((400, "a request line is a method, an address and a version"));
    };
    if method.is_empty() || !method.bytes().all(is_token) || !target.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(malformed);
    }
    let is_new = match version {
        "HTTP/1.1" => true,
        "HTTP/1.0" => false,
        _ if version.starts_with("HTTP/") => return Err((505, "only HTTP/1.1 is spoken here")),
        _ => return Err(malformed),
    };
    let mut fields = Vec::new();
    for line in lines {
        let (name, value) = line.split_once(':').ok_or(malformed)?;
        let is_value = |byte: u8| byte == b'\t' || byte == b' ' || byte.is_ascii_graphic();
        if name.is_empty() || !name.bytes().all(is_token) || !value.bytes().all(is_value) {
            return Err(malformed);
        }
        fields.push((name.to_ascii_lowercase(), value.trim_matches([' ', '\t']).to_owned()));
        if fields.len() > MOST_FIELDS {
            return Err((431, "the request has too many header fields"));
        }
    }
    let mut request = Request {
        method: method.to_owned(),
        target: target.to_owned(),
        fields,
        body: Vec::new(),
        keeps: false,
        local: Ipv4Addr::LOCALHOST.into(),
    };
    let closes = request.all("connection").any(|value| value.eq_ignore_ascii_case("close"));
    request.keeps = is_new && !closes;
    let length = body_length(&request)?;
    Ok((request, length))
}

/// How many bytes of a body follow. A body of any other kind than one with a plain length is refused.
fn body_length(request: &Request) -> Result<usize, Refusal> {
    if request.all("transfer-encoding").next().is_some() {
        return Err((411, "send a body with its length, not in chunks"));
    }
    let mut lengths = request.all("content-length");
    let length = match (lengths.next(), lengths.next()) {
        (None, _) => 0,
        (Some(text), None) if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) => {
            text.parse::<usize>().unwrap_or(usize::MAX)
        }
        (Some(_), _) => return Err((400, "the length of the body is malformed")),
    };
    match length {
        0 => Ok(0),
        _ if request.method != "POST" => Err((400, "only POST may have a body")),
        LONGEST_BODY.. => Err((413, "the body is too large")),
        length => Ok(length),
    }
}

/// Whether `byte` can stand in a method or in the name of a field.
fn is_token(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte)
}

#[cfg(test)]
mod tests {
    use super::{head_length, parse};

    #[test]
    fn heads_are_read_strictly() {
        let good = b"GET /a?b=c HTTP/1.1\r\nHost: localhost\r\nX:\r\n\r\n";
        assert_eq!(head_length(good), Ok(Some(good.len())));
        let (request, body) = parse(good).expect("it is a request");
        assert_eq!(
            (request.path(), request.query(), request.field("host"), body),
            ("/a", Some("b=c"), Some("localhost"), 0)
        );
        for (bytes, status) in [
            ("GET /\r\n\r\n", 400),
            ("GET  / HTTP/1.1\r\n\r\n", 400),
            ("GET / HTTP/1.1 \r\n\r\n", 400),
            ("GET /\u{e9} HTTP/1.1\r\n\r\n", 400),
            ("G(T / HTTP/1.1\r\n\r\n", 400),
            ("GET / http/1.1\r\n\r\n", 400),
            ("PRI * HTTP/2.0\r\n\r\n", 505),
            ("GET / HTTP/1.1\r\nHost : a\r\n\r\n", 400),
            ("GET / HTTP/1.1\r\nA: b\r\n c\r\n\r\n", 400),
            ("GET / HTTP/1.1\r\nA: b\rc\r\n\r\n", 400),
            ("GET / HTTP/1.1\r\nA: b\0\r\n\r\n", 400),
            ("GET / HTTP/1.1\r\nContent-Length: 3\r\n\r\n", 400),
            ("GET / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n", 411),
            ("POST / HTTP/1.1\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n", 411),
            ("POST / HTTP/1.1\r\nContent-Length: 3\r\nContent-Length: 3\r\n\r\n", 400),
            ("POST / HTTP/1.1\r\nContent-Length: +3\r\n\r\n", 400),
            ("POST / HTTP/1.1\r\nContent-Length: 99999999999999999999999\r\n\r\n", 413),
        ] {
            assert_eq!(parse(bytes.as_bytes()).map(|_| ()).map_err(|(status, _)| status), Err(status), "{bytes:?}");
        }
    }

    #[test]
    fn heads_have_an_end() {
        assert_eq!(head_length(b"GET / HTTP/1.1\r\nHost"), Ok(None));
        assert_eq!(head_length(b""), Ok(None));
        assert_eq!(head_length(b"\x16\x03\x01").map_err(|(status, _)| status), Err(400));
        assert_eq!(head_length(b"GET / HTTP/1.1\nHost: a\n\n").map_err(|(status, _)| status), Err(400));
        assert_eq!(head_length(&[b'a'; 9_000]).map_err(|(status, _)| status), Err(414));
        let long = format!("GET / HTTP/1.1\r\nA: {}", "a".repeat(40_000));
        assert_eq!(head_length(long.as_bytes()).map_err(|(status, _)| status), Err(431));
    }
}
