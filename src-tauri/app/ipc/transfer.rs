//! Files through a door: their bytes travel beside the JSON, as they are. A file of 50 MiB in JSON
//! would be a text several times as large, held several times in memory.
//!
//! What is sent up has its request in a header ([`REQUEST_HEADER`]), since the body is the file;
//! what comes down has its request in the body, and the answer is the file.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use serde_json::Value;
use yichuang_domain::attachment;

use super::contract::*;
use super::dispatch::{Handlers, bad_request};
use super::failure::Failure;

/// The header with the request of a file that is sent up: JSON in UTF-8, base64.
pub const REQUEST_HEADER: &str = "x-request";
/// The most bytes of a file that is sent up.
pub const LARGEST: usize = attachment::LARGEST as usize;

/// One handler for each kind of transfer.
pub trait Transfers: Handlers {
    /// Adds a scan of a material.
    ///
    /// # Errors
    /// What the desk refuses.
    fn add_scan(&self, request: AddScan, bytes: &[u8]) -> Result<Vec<ScanView>, Failure>;

    /// Takes in the hub's answer to a ferry file.
    ///
    /// # Errors
    /// `ferry-damaged`, `ferry-not-for-us`, …
    fn ferry_answer(&self, request: Nothing, bytes: &[u8]) -> Result<FerryTaken, Failure>;

    /// The bytes of a scan.
    ///
    /// # Errors
    /// What the desk refuses.
    fn scan(&self, request: ScanOnly) -> Result<Vec<u8>, Failure>;
}

fn unknown(command: &str) -> Failure {
    Failure::refused("unknown-command", None, format!("没有“{command}”这个命令"))
}

/// Takes a file.
///
/// # Errors
/// What the handler fails with; `unknown-command`; `bad-request`.
pub fn upload(
    handlers: &impl Transfers,
    command: &str,
    header: &[u8],
    bytes: &[u8],
) -> Result<Value, Failure> {
    handlers.allow(command)?;
    let malformed = || Failure::refused("bad-request", None, "文件传送的请求格式不对");
    let json = BASE64.decode(header).map_err(|_| malformed())?;
    match command {
        "add_scan" => {
            let request = serde_json::from_slice(&json).map_err(bad_request)?;
            serde_json::to_value(handlers.add_scan(request, bytes)?).map_err(bad_request)
        }
        "ferry_answer" => {
            let request = serde_json::from_slice(&json).map_err(bad_request)?;
            serde_json::to_value(handlers.ferry_answer(request, bytes)?).map_err(bad_request)
        }
        _ => Err(unknown(command)),
    }
}

/// Gives a file.
///
/// # Errors
/// As [`upload`].
pub fn download(
    handlers: &impl Transfers,
    command: &str,
    request: Value,
) -> Result<Vec<u8>, Failure> {
    handlers.allow(command)?;
    match command {
        "scan" => handlers.scan(serde_json::from_value(request).map_err(bad_request)?),
        _ => Err(unknown(command)),
    }
}
