//! Programs that run beside a test and are stopped with it.
//!
//! They stay in the test's own process group, so that a test runner that ends the group (a
//! timeout, Ctrl+C) ends them too.

use std::fs::File;
use std::io;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// A running program. Dropping it asks it to end (SIGTERM) and waits: the WebDriver servers
/// orphan their children when killed outright.
pub struct Running {
    child: Child,
    name: String,
}

impl Running {
    /// Starts a program whose output goes to a log file.
    pub fn start(command: &mut Command, log: &Path) -> io::Result<Self> {
        let out = File::create(log)?;
        let err = out.try_clone()?;
        Self::start_piped(command.stdout(out).stderr(err))
    }

    /// Starts a program with the output the command asks for.
    pub fn start_piped(command: &mut Command) -> io::Result<Self> {
        let name = command.get_program().to_string_lossy().into_owned();
        let child = command.stdin(Stdio::null()).spawn().map_err(|error| {
            io::Error::new(error.kind(), format!("{name} did not start: {error}"))
        })?;
        Ok(Self { child, name })
    }

    /// The child, for its pipes.
    pub fn child(&mut self) -> &mut Child {
        &mut self.child
    }

    /// Its process id.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Whether it has ended.
    pub fn ended(&mut self) -> bool {
        !matches!(self.child.try_wait(), Ok(None))
    }

    /// Asks it to end and waits; after ten seconds it is killed.
    pub fn stop(&mut self) {
        if self.ended() {
            return;
        }
        let asked = Command::new("kill").arg("-TERM").arg(self.id().to_string()).status();
        let patience = Instant::now() + Duration::from_secs(10);
        while asked.is_ok() && Instant::now() < patience {
            if self.ended() {
                return;
            }
            std::thread::sleep(Duration::from_millis(5));
        }
        eprintln!("{} does not end when asked and is killed", self.name);
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.stop();
    }
}
