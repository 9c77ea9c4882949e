//! Writing a ferry file.

use std::io::{self, Write};

use age::Encryptor;
use age::stream::StreamWriter;
use serde::Serialize;
use sha2::{Digest as _, Sha256};
use zstd::stream::write::Encoder;

use super::{CLOSING, Closing, FerryError, Load, key};
use crate::keys::{PrivateKey, PublicKey};

/// How hard to pack: a stick is slower than that.
const LEVEL: i32 = 6;

/// A ferry file that is being written.
pub struct Loading<W: Write> {
    out: Encoder<'static, StreamWriter<W>>,
    digest: Sha256,
    lines: u64,
    by: PrivateKey,
}

impl<W: Write> Loading<W> {
    /// Begins one: encrypted for `to`, signed by `by`, with its first line.
    ///
    /// # Errors
    /// [`FerryError`].
    pub fn begin<T: Serialize>(
        out: W,
        to: &PublicKey,
        by: &PrivateKey,
        first: &T,
    ) -> Result<Self, FerryError> {
        let recipient = key::recipient(to)?;
        let encryptor = Encryptor::with_recipients(std::iter::once(&recipient as _))
            .map_err(|_| FerryError::NotForUs)?;
        let encrypted = encryptor.wrap_output(out).map_err(FerryError::Disk)?;
        let packed = Encoder::new(encrypted, LEVEL).map_err(FerryError::Disk)?;
        let mut this = Self { out: packed, digest: Sha256::new(), lines: 0, by: by.clone() };
        let first = this.by.sign(written(first)?);
        this.line(&first)?;
        Ok(this)
    }

    /// Adds a message.
    ///
    /// # Errors
    /// [`FerryError`].
    pub fn add(&mut self, load: &Load) -> Result<(), FerryError> {
        self.line(load)
    }

    /// Signs and ends it. What it was written to still has to be made durable.
    ///
    /// # Errors
    /// [`FerryError`].
    pub fn finish(mut self) -> Result<W, FerryError> {
        let digest = hex(self.digest.clone());
        let closing = Closing { kind: CLOSING.to_owned(), lines: self.lines, digest };
        let end = Load::End(self.by.sign(written(&closing)?));
        self.line(&end)?;
        let encrypted = self.out.finish().map_err(FerryError::Disk)?;
        let mut out = encrypted.finish().map_err(FerryError::Disk)?;
        // A buffer that is only dropped would swallow a full disk.
        out.flush().map_err(FerryError::Disk)?;
        Ok(out)
    }

    fn line<T: Serialize>(&mut self, message: &T) -> Result<(), FerryError> {
        let mut text = written(message)?;
        text.push('\n');
        self.digest.update(text.as_bytes());
        self.lines += 1;
        self.out.write_all(text.as_bytes()).map_err(FerryError::Disk)
    }
}

fn written<T: Serialize>(message: &T) -> Result<String, FerryError> {
    serde_json::to_string(message).map_err(|error| FerryError::Disk(io::Error::other(error)))
}

/// A digest as it is written.
pub(super) fn hex(digest: Sha256) -> String {
    digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}
