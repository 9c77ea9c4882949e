//! What the bench measures ours beside: packages of Python and Node.js, kept in `target/tools`.

use std::fs;
use std::path::Path;

use crate::step::{Done, command, finish};
use crate::workspace::at;

/// Makers of papers: exactly what their list names, unless that was done.
pub fn papers() -> Done {
    python("target/tools/papers", "tests/bench/papers/requirements.txt")
}

/// Servers that keep devices in step. Where one can't be installed, for want of a network or of
/// Node.js, its rows are left out of the table and nothing else is.
pub fn servers() -> Done {
    let anki = || python("target/tools/beside/anki", "tests/bench/beside/requirements.txt");
    for (name, install) in [("Anki", &anki as &dyn Fn() -> Done), ("PouchDB Server", &pouchdb)] {
        if let Err(why) = install() {
            println!("{name} is not measured: {why}");
        }
    }
    Ok(())
}

fn pouchdb() -> Done {
    unless_done("target/tools/beside/pouchdb", "tests/bench/beside/package.json", |folder| {
        fs::copy(at("tests/bench/beside/package.json"), folder.join("package.json"))?;
        let mut npm = command(if cfg!(windows) { "npm.cmd" } else { "npm" });
        // Its other database would have to be compiled, and is not used.
        npm.args(["install", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]);
        finish(npm.current_dir(folder))
    })
}

fn python(folder: &str, wanted: &str) -> Done {
    unless_done(folder, wanted, |folder| {
        finish(command("python3").args(["-m", "venv", "--clear"]).arg(folder))?;
        let pip = folder.join("bin/pip");
        finish(command(pip).args(["install", "--quiet", "--requirement", wanted]))
    })
}

/// Installs into a folder what a list names, unless that very list was installed there.
fn unless_done(folder: &str, wanted: &str, install: impl FnOnce(&Path) -> Done) -> Done {
    let list = fs::read_to_string(at(wanted))?;
    let note = at(folder).join("installed.txt");
    if fs::read_to_string(&note).is_ok_and(|installed| installed == list) {
        println!("{folder}: up to date");
        return Ok(());
    }
    fs::create_dir_all(at(folder))?;
    install(&at(folder))?;
    fs::write(note, list)?;
    Ok(())
}
