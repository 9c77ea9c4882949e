//! What a workbook becomes once it is unpacked, looked at before its reader sees it. A zip of a
//! few kilobytes can hold gigabytes, and what its parts say of their own size can be a lie: they
//! are unpacked here once, kept nowhere, and counted.

use std::io::{Cursor, Read as _};

use zip::ZipArchive;

/// The most bytes of all parts together. A made-up guide of 20,000 matters has 73 MB;
/// with all of its reference data a real one has several times as much.
const MOST_BYTES: u64 = 512 * 1024 * 1024;

/// Why a workbook is not given to its reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unfit {
    /// It unpacks to more than a guide can be.
    TooLarge,
    /// It announces more different texts than there may be cells. The reader makes room for as
    /// many as are announced, and a number without bounds would end the program.
    TooManyTexts,
}

/// Looks at every part. What can't be unpacked is left to the reader, which then refuses it.
///
/// # Errors
/// [`Unfit`].
pub fn look(bytes: &[u8], most_texts: u64) -> Result<(), Unfit> {
    let Ok(mut zip) = ZipArchive::new(Cursor::new(bytes)) else { return Ok(()) };
    let mut left = MOST_BYTES;
    let mut buffer = vec![0; 64 * 1024];
    for i in 0..zip.len() {
        let Ok(mut part) = zip.by_index(i) else { continue };
        let of_texts = part.name().is_ok_and(|n| n.to_lowercase().ends_with("sharedstrings.xml"));
        let mut announced = Announced::default();
        // A part that breaks off counts as far as it came.
        while let Ok(count @ 1..) = part.read(&mut buffer) {
            left = left.checked_sub(count as u64).ok_or(Unfit::TooLarge)?;
            if of_texts {
                buffer.iter().take(count).for_each(|byte| announced.take(*byte));
            }
        }
        if announced.most > most_texts {
            return Err(Unfit::TooManyTexts);
        }
    }
    Ok(())
}

/// Looks for the attribute that announces how many texts follow, byte by byte, in any of the
/// encodings that XML may have. A text that merely looks like it must say a huge number to count.
#[derive(Default)]
struct Announced {
    /// The largest number announced.
    most: u64,
    at: At,
}

/// What was read of the attribute.
#[derive(Clone, Copy, Default)]
enum At {
    #[default]
    Nothing,
    /// So many letters of its name.
    Name(usize),
    /// Its name; the sign comes next.
    Sign,
    /// The sign; a quote comes next.
    Equals,
    /// Digits.
    Number(u64),
}

impl Announced {
    const NAME: &'static [u8] = b"uniqueCount";

    fn take(&mut self, byte: u8) {
        // Every other byte of UTF-16.
        if byte == 0 {
            return;
        }
        self.at = match (self.at, byte) {
            (At::Name(n), byte) if byte == Self::NAME[n] => match n + 1 {
                n if n == Self::NAME.len() => At::Sign,
                n => At::Name(n),
            },
            (At::Sign, b'=') => At::Equals,
            (At::Sign | At::Equals, b' ' | b'\t' | b'\r' | b'\n') => self.at,
            (At::Equals, b'"' | b'\'') => At::Number(0),
            (At::Number(n), b'0'..=b'9') => {
                At::Number(n.saturating_mul(10).saturating_add(u64::from(byte - b'0')))
            }
            (at, byte) => {
                if let At::Number(n) = at {
                    self.most = self.most.max(n);
                }
                // No letter of the name begins it anew but the first.
                if byte == Self::NAME[0] { At::Name(1) } else { At::Nothing }
            }
        };
    }
}
