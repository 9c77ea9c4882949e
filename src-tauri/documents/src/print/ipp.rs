//! One question to a printing system, and its answer: IPP (RFC 8010) in HTTP/1.0 over a socket of
//! this machine or TCP. The `ipp` crate encodes and reads; its own clients know no local sockets,
//! which is where CUPS listens.

use std::ffi::OsStr;
use std::io::{Cursor, ErrorKind, Read, Write};
use std::net::{TcpStream, ToSocketAddrs};
use std::os::unix::net::UnixStream;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use ipp::attribute::{IppAttribute, IppAttributeGroup, IppAttributes};
use ipp::model::{DelimiterTag, IppVersion, Operation, StatusCode};
use ipp::parser::{IppParseError, IppParser};
use ipp::request::IppRequestResponse;
use ipp::value::IppValue;

use super::PrintError;

/// Where a printing system listens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Server {
    /// On a socket of this machine.
    Socket(PathBuf),
    /// On an address, `host:port`.
    Address(String),
}

const PORT: u16 = 631;
/// No answer is longer: a thousand jobs are a megabyte.
const LONGEST_ANSWER: u64 = 32 << 20;

impl Server {
    /// The server at a socket or an address, as `CUPS_SERVER` takes it.
    pub(super) fn named(name: &OsStr) -> Self {
        let text = name.to_string_lossy();
        let host = text.split('/').next().unwrap_or_default();
        match text.starts_with('/') {
            true => Self::Socket(name.into()),
            false if host.contains(':') => Self::Address(host.to_owned()),
            false => Self::Address(format!("{host}:{PORT}")),
        }
    }

    fn connect(&self, patience: Duration) -> std::io::Result<Box<dyn Stream>> {
        match self {
            Self::Socket(path) => Ok(Box::new(UnixStream::connect(path)?)),
            Self::Address(address) => {
                let mut last = std::io::Error::from(ErrorKind::NotFound);
                for address in address.to_socket_addrs()? {
                    match TcpStream::connect_timeout(&address, patience) {
                        Ok(stream) => return Ok(Box::new(stream)),
                        Err(error) => last = error,
                    }
                }
                Err(last)
            }
        }
    }
}

/// What both kinds of socket can.
trait Stream: Read + Write {
    fn wait_at_most(&self, left: Duration) -> std::io::Result<()>;
}

impl Stream for UnixStream {
    fn wait_at_most(&self, left: Duration) -> std::io::Result<()> {
        self.set_read_timeout(Some(left))?;
        self.set_write_timeout(Some(left))
    }
}

impl Stream for TcpStream {
    fn wait_at_most(&self, left: Duration) -> std::io::Result<()> {
        self.set_read_timeout(Some(left))?;
        self.set_write_timeout(Some(left))
    }
}

/// A question.
pub(super) struct Question {
    request: IppRequestResponse,
    path: String,
}

/// An answer that came, whatever it says.
pub(super) struct Answer {
    pub(super) status: StatusCode,
    pub(super) attributes: IppAttributes,
}

fn machine(error: IppParseError) -> PrintError {
    PrintError::Machine(std::io::Error::other(error))
}

impl Question {
    /// A question to the resource at `path`, about what lives at `target` under `name`
    /// (`printer-uri`, `job-uri`), asked by this user.
    pub(super) fn new(
        operation: Operation,
        path: &str,
        name: &str,
        target: &str,
    ) -> Result<Self, PrintError> {
        let request =
            IppRequestResponse::new(IppVersion::v2_0(), operation, None).map_err(machine)?;
        let uri = IppValue::new_uri(format!("ipp://localhost{target}"));
        let user = IppValue::new_name_without_language(user_name());
        Self { request, path: path.to_owned() }.say(name, uri)?.say("requesting-user-name", user)
    }

    fn put(
        mut self,
        tag: DelimiterTag,
        name: &str,
        value: Result<IppValue, IppParseError>,
    ) -> Result<Self, PrintError> {
        let attribute =
            value.and_then(|value| IppAttribute::with_name(name, value)).map_err(machine)?;
        self.request.attributes_mut().add(tag, attribute);
        Ok(self)
    }

    /// Adds an attribute of the operation.
    pub(super) fn say(
        self,
        name: &str,
        value: Result<IppValue, IppParseError>,
    ) -> Result<Self, PrintError> {
        self.put(DelimiterTag::OperationAttributes, name, value)
    }

    /// Adds an attribute of the job.
    pub(super) fn order(
        self,
        name: &str,
        value: Result<IppValue, IppParseError>,
    ) -> Result<Self, PrintError> {
        self.put(DelimiterTag::JobAttributes, name, value)
    }

    /// Names what is wanted of the answer.
    pub(super) fn want(self, names: &[&str]) -> Result<Self, PrintError> {
        let names: Result<Vec<_>, _> = names.iter().map(|&n| IppValue::new_keyword(n)).collect();
        self.say("requested-attributes", names.map(IppValue::Array))
    }

    /// Asks, with `document` after the question, and waits for the answer no longer than
    /// `patience`.
    pub(super) fn ask(
        self,
        server: &Server,
        document: &[u8],
        patience: Duration,
    ) -> Result<Answer, PrintError> {
        let question = self.request.to_bytes();
        let head = format!(
            "POST {} HTTP/1.0\r\nHost: localhost\r\nUser-Agent: yichuang\r\n\
             Content-Type: application/ipp\r\nContent-Length: {}\r\n\r\n",
            self.path,
            question.len() + document.len(),
        );
        let stream = server.connect(patience).map_err(|error| absent_or(error, patience))?;
        let said = converse(stream, &[head.as_bytes(), &question, document], patience)
            .map_err(|error| late_or(error, patience))?;
        let body = body_of(&said)?;
        let answer = IppParser::new(ipp::reader::IppReader::new(Cursor::new(body)));
        let answer = answer.parse().map_err(machine)?;
        Ok(Answer {
            status: answer.header().status_code(),
            attributes: answer.attributes().clone(),
        })
    }
}

/// Who prints: CUPS lets only them look after a job.
fn user_name() -> String {
    let named = ["USER", "LOGNAME"].into_iter().find_map(|name| std::env::var(name).ok());
    named.filter(|name| !name.is_empty()).unwrap_or_else(|| "yichuang".to_owned())
}

/// Nobody listens there, or something else is wrong.
fn absent_or(error: std::io::Error, patience: Duration) -> PrintError {
    match error.kind() {
        ErrorKind::NotFound | ErrorKind::ConnectionRefused => PrintError::NotRunning,
        _ => late_or(error, patience),
    }
}

fn late_or(error: std::io::Error, patience: Duration) -> PrintError {
    match error.kind() {
        ErrorKind::TimedOut | ErrorKind::WouldBlock => PrintError::TimedOut { after: patience },
        _ => PrintError::Machine(error),
    }
}

/// Says everything and hears everything, to the end of the connection.
fn converse(
    mut stream: Box<dyn Stream>,
    say: &[&[u8]],
    patience: Duration,
) -> std::io::Result<Vec<u8>> {
    let start = Instant::now();
    let left = || {
        let left = patience.saturating_sub(start.elapsed());
        if left.is_zero() { Err(ErrorKind::TimedOut.into()) } else { Ok::<_, std::io::Error>(left) }
    };
    for part in say {
        stream.wait_at_most(left()?)?;
        match stream.write_all(part) {
            // A server that refuses early closes its ear; what it said counts.
            Err(error) if error.kind() == ErrorKind::BrokenPipe => break,
            done => done?,
        }
    }
    let mut heard = Vec::new();
    let mut piece = [0; 16 << 10];
    loop {
        stream.wait_at_most(left()?)?;
        match stream.read(&mut piece) {
            Ok(0) => return Ok(heard),
            Ok(n) => heard.extend_from_slice(piece.get(..n).unwrap_or_default()),
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
        if heard.len() as u64 > LONGEST_ANSWER {
            return Err(std::io::Error::other("the answer has no end"));
        }
    }
}

/// The body of an HTTP answer that went well.
fn body_of(said: &[u8]) -> Result<Vec<u8>, PrintError> {
    let broken = || PrintError::Machine(std::io::Error::other("打印服务的回答不完整"));
    let at = said.windows(4).position(|four| four == b"\r\n\r\n").ok_or_else(broken)?;
    let (head, body) = said.split_at_checked(at + 4).ok_or_else(broken)?;
    let status = head.split(|&byte| byte == b' ').nth(1).unwrap_or_default();
    match status {
        b"200" => Ok(body.to_owned()),
        b"401" | b"403" => Err(PrintError::NotAllowed),
        other => {
            let other = String::from_utf8_lossy(other);
            Err(PrintError::Machine(std::io::Error::other(format!("打印服务回答 HTTP {other}"))))
        }
    }
}

impl Answer {
    /// The groups of one kind: printers, jobs.
    pub(super) fn all(&self, tag: DelimiterTag) -> impl Iterator<Item = Facts<'_>> {
        self.attributes.groups_of(tag).map(Facts)
    }

    /// What the server says of the answer as a whole; its code where it says nothing.
    pub(super) fn message(&self) -> String {
        let said = self.all(DelimiterTag::OperationAttributes).next();
        let said = said.map(|facts| facts.text("status-message")).unwrap_or_default();
        if said.is_empty() { format!("{:?}", self.status) } else { said }
    }
}

/// What an answer says of one printer or job.
pub(super) struct Facts<'a>(&'a IppAttributeGroup);

impl Facts<'_> {
    /// Every text of an attribute.
    pub(super) fn texts(&self, name: &str) -> Vec<String> {
        let Some(found) = self.0.get(name) else { return Vec::new() };
        found.value().into_iter().filter_map(text_of).collect()
    }

    /// The first text of an attribute; empty if it has none.
    pub(super) fn text(&self, name: &str) -> String {
        self.texts(name).into_iter().next().unwrap_or_default()
    }

    /// A number.
    pub(super) fn number(&self, name: &str) -> Option<i32> {
        match self.0.get(name)?.value() {
            IppValue::Integer(n) | IppValue::Enum(n) => Some(*n),
            _ => None,
        }
    }

    /// Whether it is said to be so.
    pub(super) fn yes(&self, name: &str) -> Option<bool> {
        match self.0.get(name)?.value() {
            IppValue::Boolean(yes) => Some(*yes),
            _ => None,
        }
    }
}

fn text_of(value: &IppValue) -> Option<String> {
    match value {
        IppValue::Keyword(_)
        | IppValue::NameWithoutLanguage(_)
        | IppValue::TextWithoutLanguage(_)
        | IppValue::Uri(_) => Some(value.to_string()),
        IppValue::TextWithLanguage { text, .. } => Some(text.as_ref().to_owned()),
        IppValue::NameWithLanguage { name, .. } => Some(name.as_str().to_owned()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_is_a_socket_or_an_address() {
        let named = |name: &str| Server::named(OsStr::new(name));
        assert_eq!(named("/run/cups/cups.sock"), Server::Socket("/run/cups/cups.sock".into()));
        assert_eq!(named("print.hall"), Server::Address("print.hall:631".into()));
        assert_eq!(named("10.0.0.7:632/version=1.1"), Server::Address("10.0.0.7:632".into()));
    }

    #[test]
    fn an_answer_that_is_none_is_refused() {
        assert_eq!(body_of(b"HTTP/1.1 200 OK\r\n\r\nabc").unwrap(), b"abc");
        assert_eq!(
            body_of(b"HTTP/1.1 403 Forbidden\r\n\r\n").unwrap_err().code(),
            "print-not-allowed"
        );
        for odd in [b"".as_slice(), b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 500 \r\n\r\n", b"\r\n\r\n"] {
            assert_eq!(body_of(odd).unwrap_err().code(), "print-failed");
        }
    }

    #[test]
    fn a_server_that_never_answers_is_given_up() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("mute.sock");
        let _mute = std::os::unix::net::UnixListener::bind(&path).unwrap();
        let question = Question::new(Operation::CupsGetDefault, "/", "printer-uri", "/").unwrap();
        let patience = Duration::from_millis(50);
        let given_up = question.ask(&Server::Socket(path), b"", patience).err().unwrap();
        assert_eq!(given_up.code(), "print-timeout");
    }
}
