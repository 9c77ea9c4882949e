//! Anki's own sync server, and its own client: thousands of new notes, each with its card, whose
//! fields hold the text of two events. A note and a card are two objects of its protocol, so as
//! many objects travel as events, with as many bytes.
//!
//! It is asked for less than our hub: the server takes what comes without judging it, and commits
//! once, at the end; our hub commits each batch before it answers.

use std::process::Command;
use std::time::Duration;

use serde::Deserialize;
use yichuang_domain::case::SealedEvent;
use yichuang_tests::program;

use super::{Server, installed, told};

const PYTHON: &str = "beside/anki/bin/python";

/// What the client prints.
#[derive(Deserialize)]
struct Synced {
    seconds: f64,
    notes: usize,
    cards: usize,
}

/// Starts the server and syncs events to it as notes; how long the sync took.
///
/// # Errors
/// Why it can't be measured.
pub fn catch_up(events: &[SealedEvent]) -> Result<Duration, String> {
    let python = installed(PYTHON)?;
    let server = Server::start(|port, folder| {
        let mut command = Command::new(&python);
        command.args(["-m", "anki.syncserver"]);
        command.env("SYNC_USER1", "window:window").env("SYNC_BASE", folder.path().join("base"));
        command.env("SYNC_HOST", "127.0.0.1").env("SYNC_PORT", port.to_string());
        command
    })?;
    let fields: Vec<[&str; 2]> = events
        .chunks_exact(2)
        .filter_map(|pair| Some([pair.first()?.text.as_str(), pair.last()?.text.as_str()]))
        .collect();
    let notes = server.folder.path().join("notes.json");
    std::fs::write(&notes, serde_json::to_vec(&fields).map_err(told)?).map_err(told)?;
    let script = program::repository().join("tests/bench/beside/by_anki.py");
    let window = server.folder.path().join("window.anki2");
    let output = Command::new(&python).arg(script).arg(&server.url).arg(window).arg(notes).output();
    let output = output.map_err(told)?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).trim().to_owned());
    }
    let synced: Synced = serde_json::from_slice(&output.stdout).map_err(told)?;
    if (synced.notes, synced.cards) != (fields.len(), fields.len()) {
        return Err(format!("{} notes and {} cards arrived", synced.notes, synced.cards));
    }
    Ok(Duration::from_secs_f64(synced.seconds))
}
