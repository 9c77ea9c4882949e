//! The npm packages of the screens.

use crate::step::{Done, failed, finish, npm, succeeds};
use crate::workspace::{at, written};

/// Installs exactly what the lock file names, unless that was done since it was last changed.
pub fn install() -> Done {
    if !succeeds(npm().arg("--version")) {
        return failed("npm is missing: install Node.js 20.19 or newer");
    }
    // npm's own note of what it installed.
    let installed = written(&at("ui/node_modules/.package-lock.json"));
    if installed.is_some() && installed >= written(&at("ui/package-lock.json")) {
        println!("up to date");
        return Ok(());
    }
    finish(npm().args(["ci", "--no-audit", "--no-fund"]))
}
