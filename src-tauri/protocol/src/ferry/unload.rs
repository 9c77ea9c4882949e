//! Reading a ferry file: first to its end, to prove it, then again, to take it in.

use std::io::{self, BufRead as _, BufReader, Read};

use age::stream::StreamReader;
use age::{DecryptError, Decryptor};
use serde::de::DeserializeOwned;
use sha2::{Digest as _, Sha256};
use zstd::stream::read::Decoder;

use super::load::hex;
use super::progress::is_stop;
use super::{CLOSING, Closing, FerryError, Load, key};
use crate::SignedText;
use crate::keys::{PrivateKey, PublicKey};
use crate::limits::BODY_BYTES;

/// The longest line: a message as large as the line would carry, and its name.
const LINE: u64 = BODY_BYTES as u64 + 1024;

/// A ferry file that is being read.
pub struct Unloading<R: Read> {
    lines: BufReader<Decoder<'static, BufReader<StreamReader<R>>>>,
    first: SignedText,
    digest: Sha256,
    read: u64,
}

/// Opens a file that is encrypted for `own`, and reads its first line.
///
/// # Errors
/// [`FerryError`].
pub fn open<R: Read>(input: R, own: &PrivateKey) -> Result<Unloading<R>, FerryError> {
    let identity = key::identity(own)?;
    let decryptor = Decryptor::new(input).map_err(|error| match error {
        DecryptError::Io(error) if is_stop(&error) => FerryError::Stopped,
        DecryptError::Io(error) if error.kind() != io::ErrorKind::UnexpectedEof => {
            FerryError::Disk(error)
        }
        _ => FerryError::Foreign,
    })?;
    let opened =
        decryptor.decrypt(std::iter::once(&identity as _)).map_err(|error| match error {
            DecryptError::Io(error) => broken(error),
            DecryptError::NoMatchingKeys => FerryError::NotForUs,
            _ => FerryError::Damaged,
        })?;
    let lines = BufReader::new(Decoder::new(opened).map_err(broken)?);
    let first = SignedText { text: String::new(), signature: String::new() };
    let mut this = Unloading { lines, first, digest: Sha256::new(), read: 0 };
    let line = this.line()?.ok_or(FerryError::Damaged)?;
    this.first = serde_json::from_slice(&line).map_err(|_| FerryError::Damaged)?;
    Ok(this)
}

/// What went wrong below: encryption and packing tell of damage as of bad data.
fn broken(error: io::Error) -> FerryError {
    match error.kind() {
        _ if is_stop(&error) => FerryError::Stopped,
        io::ErrorKind::UnexpectedEof | io::ErrorKind::InvalidData | io::ErrorKind::Other => {
            FerryError::Damaged
        }
        _ => FerryError::Disk(error),
    }
}

impl<R: Read> Unloading<R> {
    /// What the first line says, not proven.
    ///
    /// # Errors
    /// [`FerryError::Foreign`] if it is of another kind.
    pub fn says<T: DeserializeOwned>(&self) -> Result<T, FerryError> {
        serde_json::from_str(&self.first.text).map_err(|_| FerryError::Foreign)
    }

    /// Reads to the end and proves that `by` signed all of it.
    ///
    /// # Errors
    /// [`FerryError`].
    pub fn prove(mut self, by: &PublicKey) -> Result<(), FerryError> {
        by.open(&self.first).map_err(|_| FerryError::BadSignature)?;
        loop {
            let (lines, digest) = (self.read, self.digest.clone());
            if let Load::End(signed) = self.next_load()? {
                let said = by.open(&signed).map_err(|_| FerryError::BadSignature)?;
                let said: Closing = serde_json::from_str(said).map_err(|_| FerryError::Damaged)?;
                let whole =
                    said.kind == CLOSING && said.lines == lines && said.digest == hex(digest);
                // Nothing may follow; and age proves only at its end that the file is not cut.
                return match self.line()? {
                    None if whole => Ok(()),
                    _ => Err(FerryError::Damaged),
                };
            }
        }
    }

    /// The next message; none at the end.
    ///
    /// # Errors
    /// [`FerryError`].
    pub fn take(&mut self) -> Result<Option<Load>, FerryError> {
        match self.next_load()? {
            Load::End(_) => Ok(None),
            load => Ok(Some(load)),
        }
    }

    fn next_load(&mut self) -> Result<Load, FerryError> {
        let line = self.line()?.ok_or(FerryError::Damaged)?;
        serde_json::from_slice(&line).map_err(|_| FerryError::Newer)
    }

    fn line(&mut self) -> Result<Option<Vec<u8>>, FerryError> {
        let mut line = Vec::new();
        let mut bounded = (&mut self.lines).take(LINE);
        bounded.read_until(b'\n', &mut line).map_err(broken)?;
        if line.is_empty() {
            return Ok(None);
        }
        if line.last() != Some(&b'\n') {
            return Err(FerryError::Damaged);
        }
        self.digest.update(&line);
        self.read += 1;
        Ok(Some(line))
    }
}
