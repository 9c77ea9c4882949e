//! A practice hub on the loopback address, and a window that has joined it.

use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::step::{Done, Failure, command, failed, finish, printed};
use crate::workspace::program;

/// How long the hub may take to answer.
const READY_WITHIN: Duration = Duration::from_secs(20);

/// A running hub. It ends with this value.
pub struct Hub {
    child: Child,
    address: SocketAddr,
}

impl Hub {
    /// Starts one with its records in a folder.
    pub fn start(data: &Path, port: u16) -> Result<Self, Failure> {
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        if TcpStream::connect(address).is_ok() {
            return failed(format!(
                "{address} is taken. Is another `cargo xtask run` open? `--fresh` starts over"
            ));
        }
        let child = command(program("debug", "yichuang-hub"))
            .args(["serve", "--trial", "--listen", &address.to_string(), "--data"])
            .arg(data)
            .env("RUST_LOG", "warn")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .spawn()?;
        let mut hub = Self { child, address };
        let deadline = Instant::now() + READY_WITHIN;
        while TcpStream::connect(address).is_err() {
            if let Ok(Some(status)) = hub.child.try_wait() {
                return failed(format!("the hub ended at once with {status}"));
            }
            if Instant::now() > deadline {
                return failed("the hub does not answer");
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        println!("the hub listens on http://{address}");
        Ok(hub)
    }

    /// Joins a window to it with a one-time code; `window` is the program over its records.
    pub fn enrol(&self, hub_data: &Path, window: &mut Command) -> Done {
        let answer = printed(
            command(program("debug", "yichuang-hub"))
                .args(["enrol", "--station", "01", "--window", "01", "--data"])
                .arg(hub_data)
                .env("RUST_LOG", "warn"),
        )?;
        let answer: serde_json::Value = serde_json::from_str(&answer)
            .map_err(|error| Failure(format!("the hub printed no JSON ({error}): {answer}")))?;
        let Some(code) = answer["code"].as_str() else {
            return failed(format!("the hub printed no one-time code: {answer}"));
        };
        let hub = format!("http://{}", self.address);
        finish(window.args(["enrol", "--hub", &hub, "--code", code]))
    }
}

impl Drop for Hub {
    fn drop(&mut self) {
        // Its records are written with every answer; there is nothing to wind down.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A port that was free a moment ago.
pub fn free_port() -> Result<u16, Failure> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port())
}
