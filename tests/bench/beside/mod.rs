//! Other systems that keep many devices in step with one server, on this machine and in this run:
//! their servers are started by the bench on free ports of the loopback address, and end with it,
//! also when it panics. `cargo xtask bench` installs them; where one is missing its row says why.

pub mod anki;
pub mod pouchdb;

use std::net::{Ipv4Addr, TcpListener};
use std::path::PathBuf;
use std::process::Command;
use std::time::{Duration, Instant};

use tempfile::TempDir;
use yichuang_tests::process::Running;
use yichuang_tests::program;

/// How long a server may take until it answers.
const PATIENCE: Duration = Duration::from_secs(60);

/// A server of somebody else, with a folder of its own.
pub struct Server {
    /// `http://127.0.0.1:PORT`.
    pub url: String,
    // Dropped in this order: the program ends before its folder goes.
    _running: Running,
    folder: TempDir,
}

/// A file of an installed system; why there is none otherwise.
fn installed(path: &str) -> Result<PathBuf, String> {
    let file = program::repository().join("target/tools").join(path);
    let missing = || format!("{path} is not installed; `cargo xtask bench` said why");
    file.is_file().then_some(file).ok_or_else(missing)
}

/// Why something was not measured.
pub fn told(error: impl std::fmt::Display) -> String {
    error.to_string()
}

impl Server {
    /// Starts a server with a port and a folder, and waits until it answers anything at all.
    fn start(command: impl FnOnce(u16, &TempDir) -> Command) -> Result<Self, String> {
        let folder = tempfile::tempdir().map_err(told)?;
        // Free a moment ago. Should somebody else take it in between, the server ends, and says so.
        let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).and_then(|free| free.local_addr());
        let port = port.map_err(told)?.port();
        let log = folder.path().join("log");
        let mut running = Running::start(&mut command(port, &folder), &log).map_err(told)?;
        let url = format!("http://127.0.0.1:{port}");
        let patience = Instant::now() + PATIENCE;
        while client()?.get(&url).send().is_err() {
            if running.ended() || Instant::now() > patience {
                let said = std::fs::read_to_string(log).unwrap_or_default();
                return Err(format!("it did not start: {}", said.trim()));
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        Ok(Self { url, _running: running, folder })
    }
}

/// A client that goes straight there.
fn client() -> Result<reqwest::blocking::Client, String> {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let client = reqwest::blocking::Client::builder().no_proxy().tls_certs_only([]);
    client.timeout(PATIENCE).build().map_err(told)
}
