//! How far the work on a ferry file has come, for those who wait, and their word to stop it.
//!
//! Several gigabytes on a slow stick take minutes: whoever works tells here what it does, and looks
//! here between two messages whether it is still wanted.

use std::fmt;
use std::io::{self, Read, Seek, SeekFrom};
use std::sync::atomic::{AtomicBool, AtomicU8, AtomicU64, Ordering};

use super::FerryError;

/// What is being done to a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// The file is copied, so that what is proven is what is taken in. In bytes of the file.
    Copying,
    /// It is read to its end and proven. In bytes of the file.
    Proving,
    /// It is read again and taken in. In bytes of the file.
    Taking,
    /// Events are written. In events.
    Events,
    /// Scans are written. In bytes of scans.
    Scans,
    /// The answer is written. Not measured.
    Answering,
}

const PHASES: [Phase; 6] =
    [Phase::Copying, Phase::Proving, Phase::Taking, Phase::Events, Phase::Scans, Phase::Answering];

/// Where the work stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// What is being done.
    pub phase: Phase,
    /// How much of it is done, in the unit of the phase.
    pub done: u64,
    /// Of how much; 0 where nobody knows.
    pub of: u64,
}

impl fmt::Display for Standing {
    /// In words, for a terminal.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = match self.phase {
            Phase::Copying => "正在读取摆渡文件",
            Phase::Proving => "正在核验",
            Phase::Taking => "正在导入",
            Phase::Events => "正在写入记录",
            Phase::Scans => "正在写入扫描件",
            Phase::Answering => "正在写出回执",
        };
        f.write_str(what)?;
        let megabytes = |bytes: u64| bytes as f64 / 1e6;
        match self.phase {
            _ if self.of == 0 => Ok(()),
            Phase::Events => write!(f, " {}/{}条", self.done.min(self.of), self.of),
            _ => {
                let (done, of) = (megabytes(self.done.min(self.of)), megabytes(self.of));
                write!(f, " {done:.1}/{of:.1} MB")
            }
        }
    }
}

/// Shared by who works and who waits. The numbers are for people: two of them may be read from
/// either side of a step.
#[derive(Debug, Default)]
pub struct Progress {
    phase: AtomicU8,
    done: AtomicU64,
    of: AtomicU64,
    stop: AtomicBool,
}

impl Progress {
    /// Begins a phase, of so much.
    pub fn begin(&self, phase: Phase, of: u64) {
        let nth = PHASES.iter().position(|known| *known == phase).unwrap_or_default();
        self.phase.store(u8::try_from(nth).unwrap_or_default(), Ordering::Relaxed);
        self.done.store(0, Ordering::Relaxed);
        self.of.store(of, Ordering::Relaxed);
    }

    /// So much more is done.
    pub fn add(&self, done: u64) {
        self.done.fetch_add(done, Ordering::Relaxed);
    }

    /// Where the work stands.
    pub fn standing(&self) -> Standing {
        let phase = usize::from(self.phase.load(Ordering::Relaxed));
        Standing {
            phase: PHASES.get(phase).copied().unwrap_or(Phase::Copying),
            done: self.done.load(Ordering::Relaxed),
            of: self.of.load(Ordering::Relaxed),
        }
    }

    /// Asks the work to stop. It stops between two messages, and leaves no half file.
    pub fn stop(&self) {
        self.stop.store(true, Ordering::Relaxed);
    }

    /// Whether the work is to go on.
    ///
    /// # Errors
    /// [`FerryError::Stopped`].
    pub fn go_on(&self) -> Result<(), FerryError> {
        if self.stop.load(Ordering::Relaxed) { Err(FerryError::Stopped) } else { Ok(()) }
    }

    /// What is read through this counts, and ends with [`FerryError::Stopped`] once it is to stop.
    pub fn reading<R>(&self, input: R) -> Watched<'_, R> {
        Watched { input, progress: self }
    }
}

/// Input that is counted as it is read.
#[derive(Debug)]
pub struct Watched<'a, R> {
    input: R,
    progress: &'a Progress,
}

impl<R: Read> Read for Watched<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.progress.go_on().map_err(|_| io::Error::other(Stopped))?;
        let read = self.input.read(buffer)?;
        self.progress.add(read as u64);
        Ok(read)
    }
}

impl<R: Seek> Seek for Watched<'_, R> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.input.seek(to)
    }
}

/// How the word to stop comes through readers that know only errors of the system.
#[derive(Debug, thiserror::Error)]
#[error("stopped")]
struct Stopped;

impl From<io::Error> for FerryError {
    /// Of a disk, or the word to stop.
    fn from(error: io::Error) -> Self {
        if is_stop(&error) { Self::Stopped } else { Self::Disk(error) }
    }
}

/// Whether an error is the word to stop.
pub(super) fn is_stop(error: &io::Error) -> bool {
    error.get_ref().is_some_and(|inner| inner.is::<Stopped>())
}
