//! A file that is brought to its disk as it is written.

use std::fs::File;
use std::io::{self, Write};

/// How much may wait in the system's memory: a second or two of a slow stick.
const STRIDE: u64 = 16 * 1024 * 1024;

/// Writes to a file, and waits for its disk from time to time. A stick takes minutes for what the
/// system takes from a program in seconds: without this the progress would be a lie, and nobody
/// could stop the last, longest wait.
pub(super) struct Steady<'a> {
    file: &'a mut File,
    waiting: u64,
}

impl<'a> Steady<'a> {
    pub(super) fn new(file: &'a mut File) -> Self {
        Self { file, waiting: 0 }
    }
}

impl Write for Steady<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.file.write(bytes)?;
        self.waiting += written as u64;
        if self.waiting >= STRIDE {
            self.file.sync_data()?;
            self.waiting = 0;
        }
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}
