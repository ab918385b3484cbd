//! What is answered.

use std::borrow::Cow;
use std::fmt;
use std::io;
use std::ops::Range;
use std::sync::Arc;

use super::connection::Outgoing;

/// Writes a response that ends when the client goes.
pub type Streaming = Box<dyn FnOnce(&mut Outgoing<'_>) -> io::Result<()> + Send>;

/// An answer to one request.
#[derive(Debug)]
pub struct Response {
    /// Its status.
    pub status: u16,
    /// Header fields, but those of the connection and of the body's length.
    pub fields: Vec<(Cow<'static, str>, String)>,
    /// Its body. One that is not sent, to a HEAD request, still counts for the length.
    pub body: Body,
}

/// The body of a response.
pub enum Body {
    /// Bytes made for it.
    Made(Vec<u8>),
    /// Bytes of a published file, or a range of them.
    File(Arc<[u8]>, Range<usize>),
    /// Bytes of the program.
    Own(&'static [u8]),
    /// Written as it comes.
    Stream(Streaming),
}

impl Body {
    /// The bytes; nothing for a stream.
    pub fn bytes(&self) -> &[u8] {
        match self {
            Self::Made(bytes) => bytes,
            Self::File(bytes, range) => &bytes[range.clone()],
            Self::Own(bytes) => bytes,
            Self::Stream(_) => &[],
        }
    }

    /// Only `range` of the bytes, which lies within them.
    #[must_use]
    pub fn cut(self, range: Range<usize>) -> Self {
        match self {
            Self::Made(bytes) => Self::Made(bytes[range].to_vec()),
            Self::File(bytes, old) => Self::File(bytes, old.start + range.start..old.start + range.end),
            Self::Own(bytes) => Self::Own(&bytes[range]),
            Self::Stream(stream) => Self::Stream(stream),
        }
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Stream(_) => formatter.write_str("Stream"),
            Self::Made(_) | Self::File(..) | Self::Own(_) => write!(formatter, "{} bytes", self.bytes().len()),
        }
    }
}

impl Response {
    /// An answer of one line for people.
    pub fn text(status: u16, message: &str) -> Self {
        Self::new(status, Body::Made(format!("{message}\n").into_bytes()))
            .with("Content-Type", "text/plain; charset=utf-8")
    }

    /// An answer without a type.
    pub fn new(status: u16, body: Body) -> Self {
        Self { status, fields: Vec::new(), body }
    }

    /// With a field, beside others of its name.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.fields.push((name.into(), value.into()));
        self
    }

    /// The value of the field `name`.
    pub fn field(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// With the field `name` once, whatever it was.
    pub fn set(&mut self, name: impl Into<Cow<'static, str>>, value: impl Into<String>) {
        let name = name.into();
        self.fields.retain(|(known, _)| !known.eq_ignore_ascii_case(&name));
        self.fields.push((name, value.into()));
    }
}

/// The words that stand behind a status. Browsers show them nowhere; people who read bytes do.
pub(super) fn reason(status: u16) -> &'static str {
    match status {
        200 => "OK",
        204 => "No Content",
        206 => "Partial Content",
        301 => "Moved Permanently",
        302 => "Found",
        303 => "See Other",
        304 => "Not Modified",
        307 => "Temporary Redirect",
        308 => "Permanent Redirect",
        400 => "Bad Request",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        408 => "Request Timeout",
        409 => "Conflict",
        410 => "Gone",
        411 => "Length Required",
        413 => "Content Too Large",
        414 => "URI Too Long",
        415 => "Unsupported Media Type",
        416 => "Range Not Satisfiable",
        431 => "Request Header Fields Too Large",
        500 => "Internal Server Error",
        503 => "Service Unavailable",
        505 => "HTTP Version Not Supported",
        _ => "Other",
    }
}
