//! A virtual display.

use std::io::{self, BufRead, BufReader};
use std::process::{Command, Stdio};

use super::process::Running;

/// What a display measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
}

/// The screen of an old office PC.
pub const SMALL: Size = Size { width: 1366, height: 768 };
/// The screen of a new one.
pub const LARGE: Size = Size { width: 1920, height: 1080 };

/// An Xvfb of its own.
pub struct Display {
    name: String,
    _server: Running,
}

impl Display {
    /// Starts one on a display number that the server itself finds free.
    pub fn start(size: Size) -> io::Result<Self> {
        let screen = format!("{}x{}x24", size.width, size.height);
        let mut command = Command::new("Xvfb");
        command.args(["-displayfd", "1", "-screen", "0", &screen, "-nolisten", "tcp"]);
        let mut server =
            Running::start_piped(command.stdout(Stdio::piped()).stderr(Stdio::null()))?;
        let mut number = String::new();
        if let Some(pipe) = server.child().stdout.take() {
            BufReader::new(pipe).read_line(&mut number)?;
        }
        match number.trim() {
            "" => Err(io::Error::other("Xvfb names no display")),
            number => Ok(Self { name: format!(":{number}"), _server: server }),
        }
    }

    /// What `DISPLAY` must say.
    pub fn name(&self) -> &str {
        &self.name
    }
}
