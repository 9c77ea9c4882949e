//! CUPS, through its own `lp` and `lpstat`: argument vectors, no shell, the PDF by a pipe so that
//! no copy of a paper is left on the disk.
//!
//! `lp` says the same about a queue that does not exist and about a server that is not there, and
//! `lpstat -e` says nothing at all, so the server is asked for first (`lpstat -r`).

use std::ffi::OsString;
use std::io::{Read, Write};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use super::{JobRef, PrintError, Printer, Spooler, choose, clean_title};

/// CUPS on this machine.
#[derive(Clone, Debug)]
pub struct Cups {
    server: Option<OsString>,
    lp: OsString,
    lpstat: OsString,
    patience: Duration,
}

impl Default for Cups {
    /// The server the system is set up for, waited for up to 15 seconds.
    fn default() -> Self {
        Self {
            server: None,
            lp: "lp".into(),
            lpstat: "lpstat".into(),
            patience: Duration::from_secs(15),
        }
    }
}

/// What a command said.
struct Said {
    ok: bool,
    out: String,
    err: String,
}

impl Cups {
    /// The server at a socket or an address, as `CUPS_SERVER` takes it.
    #[must_use]
    pub fn at(mut self, server: impl Into<OsString>) -> Self {
        self.server = Some(server.into());
        self
    }

    /// How long a command may take.
    #[must_use]
    pub fn patience(mut self, patience: Duration) -> Self {
        self.patience = patience;
        self
    }

    /// Other programs in the place of `lp` and `lpstat`.
    #[cfg(test)]
    pub(super) fn with_programs(mut self, lp: impl Into<OsString>, lpstat: &str) -> Self {
        self.lp = lp.into();
        self.lpstat = lpstat.into();
        self
    }

    fn lpstat(&self, argument: &str) -> Result<Said, PrintError> {
        self.run(&self.lpstat, &[argument], Vec::new())
    }

    fn run(&self, program: &OsString, args: &[&str], input: Vec<u8>) -> Result<Said, PrintError> {
        let mut command = Command::new(program);
        // English words, names in UTF-8. `LANGUAGE` outranks `LC_ALL` for translations.
        command.args(args).env("LC_ALL", "C.UTF-8").env("LANG", "C.UTF-8").env_remove("LANGUAGE");
        if let Some(server) = &self.server {
            command.env("CUPS_SERVER", server);
        }
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let child = command.spawn().map_err(|error| match error.kind() {
            std::io::ErrorKind::NotFound => PrintError::NotInstalled,
            _ => PrintError::Machine(error),
        })?;
        converse(child, input, self.patience)
    }
}

/// Feeds `input` to a process and takes what it says, all at once so that no pipe fills up; kills
/// it when patience ends.
fn converse(mut child: Child, input: Vec<u8>, patience: Duration) -> Result<Said, PrintError> {
    let (done, wait) = mpsc::channel::<(usize, Vec<u8>)>();
    if let Some(mut stdin) = child.stdin.take() {
        // A process that ends early closes the pipe; what it said counts, not the broken pipe.
        std::thread::spawn(move || drop(stdin.write_all(&input)));
    }
    let listen = |from: usize, mut pipe: Box<dyn Read + Send>| {
        let done = done.clone();
        std::thread::spawn(move || {
            let mut bytes = Vec::new();
            // What arrived before a read error is all there is.
            let _ = pipe.read_to_end(&mut bytes);
            let _ = done.send((from, bytes));
        })
    };
    if let (Some(out), Some(err)) = (child.stdout.take(), child.stderr.take()) {
        listen(0, Box::new(out));
        listen(1, Box::new(err));
    }
    let mut said = [Vec::new(), Vec::new()];
    for _ in 0..2 {
        match wait.recv_timeout(patience) {
            Ok((from, bytes)) => said[from] = bytes,
            Err(_) => {
                // It may have ended in this moment; either way it is waited for.
                let _ = child.kill();
                let _ = child.wait();
                return Err(PrintError::TimedOut { after: patience });
            }
        }
    }
    let status = child.wait().map_err(PrintError::Machine)?;
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    Ok(Said { ok: status.success(), out: text(&said[0]), err: text(&said[1]) })
}

/// The name in `system default destination: NAME`.
fn default_name(said: &str) -> Option<&str> {
    said.lines().find_map(|line| line.strip_prefix("system default destination: ")).map(str::trim)
}

/// The id in `request id is NAME-12 (1 file(s))`. A name may hold blanks of no kind.
fn job_id(said: &str) -> Option<&str> {
    let line = said.lines().find_map(|line| line.strip_prefix("request id is "))?;
    line.split_whitespace().next()
}

impl Spooler for Cups {
    fn printers(&self) -> Result<Vec<Printer>, PrintError> {
        if !self.lpstat("-r")?.out.contains("scheduler is running") {
            return Err(PrintError::NotRunning);
        }
        let default = self.lpstat("-d")?.out;
        let default = default_name(&default);
        let names = self.lpstat("-e")?.out;
        let printer =
            |name: &str| Printer { name: name.to_owned(), is_default: Some(name) == default };
        Ok(names.lines().map(str::trim).filter(|name| !name.is_empty()).map(printer).collect())
    }

    fn submit(&self, pdf: &[u8], title: &str, printer: Option<&str>) -> Result<JobRef, PrintError> {
        let printer = choose(&self.printers()?, printer)?;
        let title = clean_title(title);
        let args = ["-d", &printer, "-t", &title, "-o", "media=A4", "-o", "sides=one-sided", "-"];
        let said = self.run(&self.lp, &args, pdf.to_vec())?;
        match job_id(&said.out) {
            Some(id) if said.ok => Ok(JobRef { printer, id: id.to_owned() }),
            _ => {
                let detail = said.err.lines().next().unwrap_or("没有说明原因");
                let detail = detail.trim_start_matches("lp: ").trim().to_owned();
                Err(PrintError::Refused { printer, detail })
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_from_what_cups_says() {
        assert_eq!(default_name("system default destination: 前台_HP\n"), Some("前台_HP"));
        assert_eq!(default_name("no system default destination\n"), None);
        assert_eq!(job_id("request id is 前台-HP-12 (1 file(s))\n"), Some("前台-HP-12"));
        assert_eq!(job_id("lp: something else"), None);
    }

    #[test]
    fn a_machine_without_cups_says_so() {
        let cups = Cups::default().with_programs("no-such-lp", "no-such-lpstat");
        assert_eq!(cups.printers().unwrap_err().code(), "printing-not-installed");
        assert_eq!(cups.submit(b"", "", None).unwrap_err().code(), "printing-not-installed");
    }

    #[test]
    fn a_system_that_never_answers_is_given_up() {
        let folder = tempfile::tempdir().unwrap();
        let program = folder.path().join("mute");
        std::fs::write(&program, "#!/bin/sh\nexec sleep 600\n").unwrap();
        std::fs::set_permissions(&program, std::os::unix::fs::PermissionsExt::from_mode(0o755))
            .unwrap();
        let program = program.to_str().unwrap();
        let patience = Duration::from_millis(50);
        let cups = Cups::default().with_programs(program, program).patience(patience);
        assert_eq!(cups.printers().unwrap_err().code(), "print-timeout");
    }
}
