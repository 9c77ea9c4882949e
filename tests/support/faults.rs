//! A bad line: a proxy on the loopback address that cuts, drops, repeats, delays and alters.
//!
//! It understands just enough HTTP to see where a request and an answer end, so that a test can
//! say what goes wrong where. Each connection carries one request.

use std::collections::VecDeque;
use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;

use serde_json::Value;

/// What the line does to one request.
#[derive(Clone)]
pub enum Fault {
    /// Nothing.
    Pass,
    /// No connection.
    Refuse,
    /// Only so many bytes of the request arrive at the hub.
    CutRequest(usize),
    /// The request arrives, and no answer comes back.
    DropAnswer,
    /// Only so many bytes of the answer come back.
    CutAnswer(usize),
    /// The request arrives twice; the second answer comes back.
    Repeat,
    /// The request arrives only after the next one; its sender sees the line break.
    Late,
    /// The answer is replaced by a status and a body.
    Replace(u16, Vec<u8>),
    /// The answer comes back with its JSON altered.
    Alter(Arc<dyn Fn(&mut Value) + Send + Sync>),
}

impl Fault {
    /// The answer comes back with its JSON altered.
    pub fn alter(alter: impl Fn(&mut Value) + Send + Sync + 'static) -> Self {
        Self::Alter(Arc::new(alter))
    }
}

#[derive(Default)]
struct Script {
    /// What happens to the requests of a path, one after the other; then they pass.
    faults: VecDeque<(Option<&'static str>, Fault)>,
    /// Requests that arrive after the next one.
    late: Vec<Vec<u8>>,
    /// The paths asked for.
    seen: Vec<String>,
}

struct Line {
    target: Mutex<SocketAddr>,
    script: Mutex<Script>,
    closed: AtomicBool,
}

/// A bad line to a hub.
pub struct FaultyLine {
    address: SocketAddr,
    line: Arc<Line>,
    listening: Option<JoinHandle<()>>,
}

impl FaultyLine {
    /// Opens a line to an address. It is a good one until told otherwise.
    pub fn to(target: SocketAddr) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("a bound port");
        let line = Arc::new(Line {
            target: Mutex::new(target),
            script: Mutex::default(),
            closed: AtomicBool::new(false),
        });
        let shared = Arc::clone(&line);
        let listening = std::thread::spawn(move || {
            for client in listener.incoming() {
                if shared.closed.load(Ordering::SeqCst) {
                    return;
                }
                // One after the other: what a script says is then what happens.
                if let Ok(client) = client {
                    let _ = shared.carry(client);
                }
            }
        });
        Self { address, line, listening: Some(listening) }
    }

    /// The URL of this end.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    fn script(&self) -> MutexGuard<'_, Script> {
        self.line.script.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Leads to another address from now on.
    pub fn lead_to(&self, target: SocketAddr) {
        *self.line.target.lock().unwrap_or_else(PoisonError::into_inner) = target;
    }

    /// Does this to the next request.
    pub fn next(&self, fault: Fault) {
        self.script().faults.push_back((None, fault));
    }

    /// Does this to the next request of a path; others pass.
    pub fn next_of(&self, path: &'static str, fault: Fault) {
        self.script().faults.push_back((Some(path), fault));
    }

    /// A good line from now on. What was late arrives with the next request.
    pub fn heal(&self) {
        self.script().faults.clear();
    }

    /// The paths asked for so far, in order.
    pub fn seen(&self) -> Vec<String> {
        self.script().seen.clone()
    }
}

impl Drop for FaultyLine {
    fn drop(&mut self) {
        self.line.closed.store(true, Ordering::SeqCst);
        // Wakes the listener.
        let _ = TcpStream::connect(self.address);
        if let Some(listening) = self.listening.take() {
            let _ = listening.join();
        }
    }
}

impl Line {
    fn carry(&self, mut client: TcpStream) -> io::Result<()> {
        let Some(request) = read_request(&mut client)? else { return Ok(()) };
        let path = request.path.clone();
        let (fault, late) = {
            let mut script = self.script.lock().unwrap_or_else(PoisonError::into_inner);
            script.seen.push(path.clone());
            let matches =
                script.faults.front().is_some_and(|(only, _)| only.is_none_or(|only| only == path));
            let fault = if matches { script.faults.pop_front() } else { None };
            let fault = fault.map_or(Fault::Pass, |(_, fault)| fault);
            if let Fault::Late = fault {
                script.late.push(request.bytes);
                return Ok(());
            }
            (fault, std::mem::take(&mut script.late))
        };
        let bytes = request.bytes;
        let answer = match fault {
            Fault::Refuse | Fault::Late => return Ok(()),
            Fault::CutRequest(len) => {
                let mut hub = self.connect()?;
                hub.write_all(&bytes[..len.min(bytes.len())])?;
                return Ok(());
            }
            Fault::DropAnswer => {
                self.ask(&bytes)?;
                return Ok(());
            }
            Fault::CutAnswer(len) => {
                let answer = self.ask(&bytes)?;
                answer[..len.min(answer.len().saturating_sub(1))].to_vec()
            }
            Fault::Repeat => {
                self.ask(&bytes)?;
                self.ask(&bytes)?
            }
            Fault::Pass => self.ask(&bytes)?,
            Fault::Replace(status, body) => whole(status, &body),
            Fault::Alter(alter) => {
                let answer = self.ask(&asking_for_plain(&bytes))?;
                let body = answer.windows(4).position(|w| w == b"\r\n\r\n").map_or(0, |i| i + 4);
                let mut json: Value = serde_json::from_slice(&answer[body..])?;
                alter(&mut json);
                whole(200, &serde_json::to_vec(&json)?)
            }
        };
        for request in late {
            // Nobody waits for this answer any more.
            let _ = self.ask(&request);
        }
        client.write_all(&answer)
    }

    fn connect(&self) -> io::Result<TcpStream> {
        TcpStream::connect(*self.target.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn ask(&self, request: &[u8]) -> io::Result<Vec<u8>> {
        let mut hub = self.connect()?;
        hub.write_all(request)?;
        let mut answer = Vec::new();
        hub.read_to_end(&mut answer)?;
        Ok(answer)
    }
}

fn whole(status: u16, body: &[u8]) -> Vec<u8> {
    let head = format!(
        "HTTP/1.1 {status} X\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\
         connection: close\r\n\r\n",
        body.len()
    );
    [head.as_bytes(), body].concat()
}

/// The request without its word that the answer may be packed.
fn asking_for_plain(request: &[u8]) -> Vec<u8> {
    let name = b"accept-encoding";
    let mut plain = request.to_vec();
    if let Some(at) = plain.windows(name.len()).position(|w| w.eq_ignore_ascii_case(name)) {
        plain[at..at + name.len()].copy_from_slice(b"x-not-packed-is");
    }
    plain
}

struct Request {
    path: String,
    bytes: Vec<u8>,
}

/// Reads one request, and asks for the connection to be closed after its answer.
fn read_request(client: &mut TcpStream) -> io::Result<Option<Request>> {
    let mut bytes = Vec::new();
    let mut chunk = [0u8; 65536];
    let body = loop {
        if let Some(end) = bytes.windows(4).position(|w| w == b"\r\n\r\n") {
            break end + 4;
        }
        let len = client.read(&mut chunk)?;
        if len == 0 {
            return Ok(None);
        }
        bytes.extend_from_slice(&chunk[..len]);
    };
    let head = String::from_utf8_lossy(&bytes[..body]).into_owned();
    let mut lines = head.lines();
    let path = lines.next().and_then(|l| l.split(' ').nth(1)).unwrap_or_default().to_owned();
    let length = lines
        .filter_map(|line| line.split_once(':'))
        .find(|(name, _)| name.eq_ignore_ascii_case("content-length"))
        .and_then(|(_, value)| value.trim().parse::<usize>().ok())
        .unwrap_or(0);
    while bytes.len() < body + length {
        let len = client.read(&mut chunk)?;
        if len == 0 {
            return Ok(None);
        }
        bytes.extend_from_slice(&chunk[..len]);
    }
    let closing = b"connection: close\r\n\r\n";
    let bytes = [&bytes[..body - 2], closing, &bytes[body..]].concat();
    Ok(Some(Request { path, bytes }))
}
