//! Devices that read identity cards (读卡器), behind one trait.
//!
//! Owns asking a device for the card that lies on it. Makers' libraries are closed, bound to one
//! system, and crash: each runs as a helper, a program of its own that reads one card, writes what
//! it says to its standard output, as JSON of [`CardRead`] or as a line of text, and ends. Readers
//! that type what they read need nothing of this: the screens notice them.

use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use yichuang_domain::card::{self, CardRead};

use crate::ipc::failure::Failure;

/// How long somebody looks for the card before the device gives up.
const PATIENCE: Duration = Duration::from_secs(20);
/// More than any card says.
const MOST: u64 = 64 * 1024;

/// Why no card was read.
#[derive(Debug, thiserror::Error)]
pub(crate) enum CardError {
    /// The program can't be started.
    #[error("读卡程序启动不了：{}", yichuang_domain::system::words(.0))]
    NotStarted(#[source] std::io::Error),
    /// Nothing came in time.
    #[error("{}秒内没有读到卡，请把证件放好再读", PATIENCE.as_secs())]
    NoCard,
    /// It ended with an error.
    #[error("读卡程序报错：{0}")]
    Device(String),
    /// What came is no card.
    #[error("读到的内容里没有有效的证件号码，请再读一次")]
    Unreadable,
}

impl CardError {
    fn code(&self) -> &'static str {
        match self {
            Self::NotStarted(_) => "card-reader-not-started",
            Self::NoCard => "card-reader-no-card",
            Self::Device(_) => "card-reader-device",
            Self::Unreadable => "card-unreadable",
        }
    }
}

impl From<CardError> for Failure {
    fn from(error: CardError) -> Self {
        Failure::refused(error.code(), None, error.to_string())
    }
}

/// The refusal where no helper is set.
pub(crate) fn none_set() -> Failure {
    Failure::refused("card-reader-not-set", None, "还没有设置读卡程序，请组长在“打印—设备”里设置")
}

/// What reads a card.
pub(crate) trait CardReader {
    /// Waits for a card and says what is on it.
    ///
    /// # Errors
    /// [`CardError`].
    fn read(&self) -> Result<CardRead, CardError>;
}

/// A program that reads one card.
pub(crate) struct Helper {
    program: PathBuf,
    patience: Duration,
}

impl Helper {
    pub(crate) fn new(program: &Path) -> Self {
        Self { program: program.to_owned(), patience: PATIENCE }
    }
}

impl CardReader for Helper {
    fn read(&self) -> Result<CardRead, CardError> {
        let mut child = Command::new(&self.program)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(CardError::NotStarted)?;
        let said = listen(&mut child, self.patience);
        // Whatever came, nothing of it is left running.
        let _ = child.kill();
        let ended = child.wait();
        let said = said?;
        if let Some(card) = recognise(&said) {
            return Ok(card);
        }
        match ended {
            // It ended by itself, with nothing to say but that.
            Ok(status) if said.trim().is_empty() && status.code().is_some_and(|code| code != 0) => {
                Err(CardError::Device(status.to_string()))
            }
            _ => Err(CardError::Unreadable),
        }
    }
}

/// All that the program writes until it ends.
fn listen(child: &mut Child, patience: Duration) -> Result<String, CardError> {
    let Some(output) = child.stdout.take() else { return Err(CardError::Unreadable) };
    let (send, receive) = mpsc::channel();
    thread::spawn(move || {
        let mut bytes = Vec::new();
        let read = output.take(MOST).read_to_end(&mut bytes);
        // Nobody listens any more once the patience is over.
        let _ = send.send(read.map(|_| bytes));
    });
    match receive.recv_timeout(patience) {
        // Another encoding would put signs into names that nobody wrote.
        Ok(Ok(bytes)) => String::from_utf8(bytes).map_err(|_| CardError::Unreadable),
        Ok(Err(error)) => Err(CardError::Device(error.to_string())),
        Err(_) => Err(CardError::NoCard),
    }
}

/// What a text says of a card: as JSON, whose number is looked at as any other, or as a line.
pub(crate) fn recognise(text: &str) -> Option<CardRead> {
    let text = text.trim();
    let Ok(told) = serde_json::from_str::<CardRead>(text) else { return card::read(text) };
    let checked = card::read(&told.id_number)?;
    let kept = |text: &str| text.chars().filter(|c| !c.is_control()).take(200).collect::<String>();
    Some(CardRead { name: kept(&told.name), address: kept(&told.address), ..checked })
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    fn helper(folder: &Path, script: &str) -> Helper {
        let program = folder.join("reader");
        std::fs::write(&program, format!("#!/bin/sh\n{script}\n")).unwrap();
        std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).unwrap();
        Helper { program, patience: Duration::from_secs(2) }
    }

    #[test]
    fn a_helper_says_a_card_as_json_or_as_a_line() {
        let folder = tempfile::tempdir().unwrap();
        let json = r#"echo '{"name":"王䶮","id_number":"150785190105180023","address":"根河市森工路8号"}'"#;
        let card = helper(folder.path(), json).read().unwrap();
        assert_eq!((card.name.as_str(), card.id_type.as_str()), ("王䶮", "resident-id"));
        assert_eq!(card.address, "根河市森工路8号");
        let line = "printf '王䶮|女|150785190105180023\\n'";
        assert_eq!(helper(folder.path(), line).read().unwrap().name, "王䶮");
    }

    #[test]
    fn a_helper_that_hangs_fails_floods_or_lies_is_told_from_one_another() {
        let folder = tempfile::tempdir().unwrap();
        let code = |script: &str| helper(folder.path(), script).read().unwrap_err().code();
        assert_eq!(code("exec sleep 60"), "card-reader-no-card");
        assert_eq!(code("exit 3"), "card-reader-device");
        assert_eq!(code("echo nothing"), "card-unreadable");
        assert_eq!(code("exec yes 150785190105180024"), "card-unreadable");
        assert_eq!(
            code(r#"echo '{"name":"王䶮","id_number":"150785190105180024"}'"#),
            "card-unreadable"
        );
        let nowhere = Helper::new(&folder.path().join("nowhere"));
        assert_eq!(nowhere.read().unwrap_err().code(), "card-reader-not-started");
    }
}
