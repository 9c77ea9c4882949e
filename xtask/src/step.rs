//! Steps: what is being done, how long it took, and a clear end.

use std::ffi::OsStr;
use std::fmt;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use crate::workspace;

/// Why a command of the project stopped: one sentence or more, with what to do.
#[derive(Debug)]
pub struct Failure(pub String);

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        Self(error.to_string())
    }
}

/// What a step comes to.
pub type Done = Result<(), Failure>;

/// A failure in words.
pub fn failed<T>(why: impl Into<String>) -> Result<T, Failure> {
    Err(Failure(why.into()))
}

/// A run of several steps, with a summary at its end.
pub struct Steps {
    started: Instant,
    done: Vec<(String, Duration)>,
}

impl Steps {
    /// Nothing done yet.
    pub fn new() -> Self {
        Self { started: Instant::now(), done: Vec::new() }
    }

    /// Takes a step. On failure the summary is printed, so that the end of a log tells all.
    pub fn step(&mut self, name: &str, body: impl FnOnce() -> Done) -> Done {
        println!("\n── {name}");
        let begun = Instant::now();
        let outcome = body();
        let took = begun.elapsed();
        match outcome {
            Ok(()) => {
                println!("── {name}: done in {}", seconds(took));
                self.done.push((name.to_owned(), took));
                Ok(())
            }
            Err(failure) => {
                self.summary();
                println!("  {:>8}  {name}: FAILED", seconds(took));
                Err(Failure(format!("{name}: {failure}")))
            }
        }
    }

    /// Prints what was done and how long each step took.
    pub fn summary(&self) {
        println!("\nSteps, {} in all:", seconds(self.started.elapsed()));
        for (name, took) in &self.done {
            println!("  {:>8}  {name}", seconds(*took));
        }
    }
}

fn seconds(time: Duration) -> String {
    format!("{:.1} s", time.as_secs_f64())
}

/// A command in the repository. The tools that `cargo xtask` installs are found first.
pub fn command(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    let tools = workspace::at("target/tools/bin");
    let path = std::env::var_os("PATH").unwrap_or_default();
    let with_tools = std::iter::once(tools).chain(std::env::split_paths(&path));
    if let Ok(joined) = std::env::join_paths(with_tools) {
        command.env("PATH", joined);
    }
    command.current_dir(workspace::root());
    command
}

/// Cargo, the one that runs this program.
pub fn cargo() -> Command {
    let mut cargo = command(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    // Set for this program by `cargo run`; for another Cargo they would only cause rebuilds.
    for (name, _) in std::env::vars_os() {
        let name = name.to_string_lossy().into_owned();
        if name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_") {
            cargo.env_remove(name);
        }
    }
    cargo
}

/// npm in `ui/`.
pub fn npm() -> Command {
    let mut npm = command(if cfg!(windows) { "npm.cmd" } else { "npm" });
    npm.current_dir(workspace::at("ui"));
    npm
}

/// Runs a command to its end, showing what it says.
pub fn finish(command: &mut Command) -> Done {
    println!("$ {}", spoken(command));
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => failed(format!("`{}` ended with {status}", spoken(command))),
        Err(error) => failed(format!("`{}` did not start: {error}", spoken(command))),
    }
}

/// Runs a command to its end and takes what it prints.
pub fn printed(command: &mut Command) -> Result<String, Failure> {
    let output = command
        .stderr(std::process::Stdio::inherit())
        .output()
        .map_err(|error| Failure(format!("`{}` did not start: {error}", spoken(command))))?;
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    if output.status.success() {
        Ok(said)
    } else {
        failed(format!("`{}` ended with {}\n{said}", spoken(command), output.status))
    }
}

/// Whether a command can be run and succeeds; what it says is not shown.
pub fn succeeds(command: &mut Command) -> bool {
    command.output().is_ok_and(|output| output.status.success())
}

fn spoken(command: &Command) -> String {
    let name = Path::new(command.get_program());
    let name = name.file_name().unwrap_or(command.get_program()).to_string_lossy();
    let arguments = command.get_args().map(|one| one.to_string_lossy());
    std::iter::once(name).chain(arguments).collect::<Vec<_>>().join(" ")
}
