//! What the papers are measured beside: Python packages, kept in `target/tools/papers`.

use std::fs;

use crate::step::{Done, command, finish};
use crate::workspace::at;

const FOLDER: &str = "target/tools/papers";
const WANTED: &str = "tests/bench/papers/requirements.txt";

/// Installs exactly what the list names, unless that was done.
pub fn install() -> Done {
    let wanted = fs::read_to_string(at(WANTED))?;
    let note = at(FOLDER).join("installed.txt");
    if fs::read_to_string(&note).is_ok_and(|installed| installed == wanted) {
        println!("up to date");
        return Ok(());
    }
    finish(command("python3").args(["-m", "venv", "--clear", FOLDER]))?;
    let pip = at(FOLDER).join("bin/pip");
    finish(command(pip).args(["install", "--quiet", "--requirement", WANTED]))?;
    fs::write(note, wanted)?;
    Ok(())
}
