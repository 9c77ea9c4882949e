//! A WebDriver session: with the real window through tauri-driver, or with Chromium.
//!
//! Traps that this file knows: WebKitWebDriver refuses a session that asks for a `browserName`;
//! the session must be deleted before its server is stopped, and the server asked to stop rather
//! than killed, or the native driver lives on and keeps its port; every run takes fresh ports.

use std::fmt;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicU16, Ordering};
use std::time::{Duration, Instant};

use fantoccini::error::NewSessionError;
use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use tempfile::TempDir;

use super::display::{Display, Size};
use super::process::Running;
use super::program;

/// Why there is no session, or none any more.
#[derive(Debug)]
pub struct DriverError(pub String);

impl fmt::Display for DriverError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for DriverError {}

impl From<io::Error> for DriverError {
    fn from(error: io::Error) -> Self {
        Self(error.to_string())
    }
}

impl From<fantoccini::error::CmdError> for DriverError {
    fn from(error: fantoccini::error::CmdError) -> Self {
        Self(error.to_string())
    }
}

impl From<fantoccini::error::NewSessionError> for DriverError {
    fn from(error: fantoccini::error::NewSessionError) -> Self {
        Self(error.to_string())
    }
}

/// How long a server may take to answer its first request.
const READY_WITHIN: Duration = Duration::from_secs(30);
/// How often a server is started. Between finding a port and using it another program may take it.
const TRIES: u32 = 3;

/// Below the folder of the logs: where papers are saved that a test wants to read.
pub const DOCUMENTS: &str = "documents";

/// A session. The order of the fields is the order of the end: the session is deleted in `drop`,
/// then the driver stops, then the display, then the folders go.
pub struct Session {
    client: Client,
    id: String,
    port: u16,
    _driver: Running,
    _display: Option<Display>,
    _profile: Option<TempDir>,
}

impl Session {
    /// Opens a program with a Tauri window on a display of its own. `log` is a folder for what
    /// the driver and the program say.
    pub async fn window(
        application: &Path,
        arguments: &[String],
        size: Size,
        log: &Path,
    ) -> Result<Self, DriverError> {
        let display = Display::start(size)?;
        let wanted = json!({
            "tauri:options": { "application": application, "args": arguments },
        });
        let mut tries = 0;
        let (driver, port, (client, id)) = loop {
            tries += 1;
            let native = free_port()?;
            let (driver, port) = start_driver(log, |port| {
                let mut command = Command::new(tauri_driver());
                command
                    .args(["--port", &port.to_string(), "--native-port", &native.to_string()])
                    .env("DISPLAY", display.name())
                    .env_remove("WAYLAND_DISPLAY")
                    .env("GDK_BACKEND", "x11")
                    .env("YICHUANG_KEYRING", "off")
                    .env("XDG_DOCUMENTS_DIR", log.join(DOCUMENTS))
                    .env("NO_AT_BRIDGE", "1");
                Ok(command)
            })?;
            // tauri-driver answers before the driver behind it does.
            answers(native)?;
            match open(port, wanted.clone()).await {
                Ok(session) => break (driver, port, session),
                // Nobody made a session: the port behind the driver was another program's.
                Err(OpenError::NoAnswer(error)) if tries < TRIES => {
                    eprintln!("the WebDriver server is started anew: {error}");
                }
                Err(error) => return Err(error.into()),
            }
        };
        Ok(Self { client, id, port, _driver: driver, _display: Some(display), _profile: None })
    }

    /// Opens headless Chromium at an address.
    pub async fn chromium(address: &str, size: Size, log: &Path) -> Result<Self, DriverError> {
        let profile = tempfile::tempdir()?;
        // The pages of the hub use the fonts of the machine they are read on: here those of papers.
        #[cfg(unix)]
        std::os::unix::fs::symlink(program::fonts(), profile.path().join("fonts"))?;
        let (driver, port) = start_driver(log, |port| {
            let mut command = Command::new("chromedriver");
            command.arg(format!("--port={port}"));
            command.env("XDG_DATA_HOME", profile.path());
            Ok(command)
        })?;
        let wanted = json!({
            "goog:chromeOptions": { "binary": "/usr/bin/chromium",
                "prefs": { "download.default_directory": log.join(DOCUMENTS) }, "args": [
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--lang=zh-CN",
                // A camera that shows a test picture, and nobody to ask whether it may be used.
                "--use-fake-device-for-media-stream",
                "--use-fake-ui-for-media-stream",
                format!("--window-size={},{}", size.width, size.height),
                format!("--user-data-dir={}", profile.path().display()),
            ]},
        });
        let (client, id) = open(port, wanted).await?;
        let session =
            Self { client, id, port, _driver: driver, _display: None, _profile: Some(profile) };
        session.client.goto(address).await?;
        Ok(session)
    }

    /// The WebDriver client.
    pub fn client(&self) -> &Client {
        &self.client
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        // By hand, because a panicking test has no runtime left to await in.
        if let Err(error) = http(self.port, "DELETE", &format!("/session/{}", self.id)) {
            eprintln!("the WebDriver session was already gone: {error}");
        }
    }
}

/// Waits until a WebDriver server answers on a port.
fn answers(port: u16) -> Result<(), DriverError> {
    let deadline = Instant::now() + READY_WITHIN;
    while http(port, "GET", "/status").is_err() {
        if Instant::now() > deadline {
            return Err(DriverError(format!("no WebDriver server answers on port {port}")));
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    Ok(())
}

/// Why a session was not made.
enum OpenError {
    /// The server did not answer at all.
    NoAnswer(String),
    /// The server said no.
    Refused(DriverError),
}

impl From<OpenError> for DriverError {
    fn from(error: OpenError) -> Self {
        match error {
            OpenError::NoAnswer(error) => Self(error),
            OpenError::Refused(error) => error,
        }
    }
}

async fn open(port: u16, wanted: Value) -> Result<(Client, String), OpenError> {
    let Value::Object(capabilities) = wanted else {
        return Err(OpenError::Refused(DriverError("capabilities are an object".to_owned())));
    };
    let client = ClientBuilder::new(HttpConnector::new())
        .capabilities(capabilities)
        .connect(&format!("http://127.0.0.1:{port}"))
        .await
        .map_err(|error| match error {
            NewSessionError::Failed(_) | NewSessionError::Lost(_) => {
                OpenError::NoAnswer(error.to_string())
            }
            said => OpenError::Refused(said.into()),
        })?;
    // `Drop` deletes the session, in its order; the client must not do it a second time.
    client.persist().await.map_err(|error| OpenError::Refused(error.into()))?;
    let id = client.session_id().await.map_err(|error| OpenError::Refused(error.into()))?;
    let id = id.ok_or_else(|| OpenError::Refused(DriverError("a session without id".into())))?;
    Ok((client, id))
}

/// Starts a driver on a free port; one that does not come up gets two more tries.
fn start_driver(
    log: &Path,
    command: impl Fn(u16) -> io::Result<Command>,
) -> Result<(Running, u16), DriverError> {
    let file = log.join("driver.log");
    for _ in 0..TRIES {
        let port = free_port()?;
        let mut driver = Running::start(&mut command(port)?, &file)?;
        let patience = Instant::now() + READY_WITHIN;
        while Instant::now() < patience && !driver.ended() {
            if http(port, "GET", "/status").is_ok_and(|answer| answer.contains("\"ready\"")) {
                return Ok((driver, port));
            }
            std::thread::sleep(Duration::from_millis(10));
        }
    }
    Err(DriverError(format!("the WebDriver server does not start: see {}", file.display())))
}

/// A port that was free a moment ago. Below the ports which the system lends to connections, and
/// from a stretch of the process's own: every test is a process, so no two look in one place.
fn free_port() -> io::Result<u16> {
    const FIRST: u16 = 10_000;
    const STRETCH: u16 = 8;
    const STRETCHES: u16 = 2_750;
    static TAKEN: AtomicU16 = AtomicU16::new(0);
    let own = u16::try_from(std::process::id() % u32::from(STRETCHES)).unwrap_or_default();
    let mut last = io::Error::other("no port was tried");
    for _ in 0..STRETCH {
        let step = TAKEN.fetch_add(1, Ordering::Relaxed) % STRETCH;
        match TcpListener::bind((Ipv4Addr::LOCALHOST, FIRST + own * STRETCH + step)) {
            Ok(free) => return Ok(free.local_addr()?.port()),
            Err(error) => last = error,
        }
    }
    Err(last)
}

/// `cargo xtask` installs it into `target/tools`.
fn tauri_driver() -> PathBuf {
    let own = program::repository().join("target/tools/bin/tauri-driver");
    if own.is_file() { own } else { PathBuf::from("tauri-driver") }
}

/// One request to a server on the loopback address, without a runtime.
fn http(port: u16, method: &str, path: &str) -> io::Result<String> {
    let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port))?;
    stream.set_read_timeout(Some(Duration::from_secs(10)))?;
    write!(
        stream,
        "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\
         Content-Length: 0\r\n\r\n"
    )?;
    // The servers keep the connection open whatever the request says: read as much as they announce.
    let mut reader = BufReader::new(stream);
    let mut head = Vec::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line)?;
        if line.trim().is_empty() {
            break;
        }
        head.push(line.to_ascii_lowercase());
    }
    let announced = head.iter().find_map(|line| line.strip_prefix("content-length:"));
    let mut body = vec![0; announced.and_then(|length| length.trim().parse().ok()).unwrap_or(0)];
    reader.read_exact(&mut body)?;
    match head.first().and_then(|line| line.split_whitespace().nth(1)) {
        Some("200") => Ok(String::from_utf8_lossy(&body).into_owned()),
        other => Err(io::Error::other(format!("answer {}", other.unwrap_or("without a status")))),
    }
}
