//! A PDF that carries its own proof: one comment line behind its end, signed by the device.
//!
//! ```text
//! …%%EOF
//! %YC2 <mark of the paper> <signature, base64>
//! ```
//!
//! Readers of PDF skip comments, and look for `%%EOF` in the last kilobyte (PDF 32000-1, annex H,
//! note 18). The signature covers the SHA-256 of every byte before the line, and the mark in it: a
//! file in which anything was changed, added or cut off is no longer the one that was signed.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use yichuang_domain::case::event::sha256_hex;

use crate::keys::{PrivateKey, PublicKey, Unsigned};
use crate::mark::PaperMark;

/// What the line begins with.
const LINE: &[u8] = b"%YC2 ";

/// The longest line, its beginning and end included.
const LONGEST: usize = 512;

/// What the line of a PDF says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SealedPdf {
    /// The mark of the paper.
    pub mark: PaperMark,
    /// SHA-256 of everything before the line.
    body: String,
    signature: [u8; 64],
}

/// A file that carries no whole line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotSealed {
    /// It carries nothing of the kind.
    #[error("the file carries no signature of a device")]
    Never,
    /// It carried one, and was changed, added to or cut off since.
    #[error("the file was changed after it was signed")]
    Damaged,
}

fn signed_text(body: &str, mark: &PaperMark) -> String {
    format!("yichuang-pdf/1 {body} {mark}")
}

/// Adds the line to a PDF.
pub fn seal(mut pdf: Vec<u8>, mark: &PaperMark, key: &PrivateKey) -> Vec<u8> {
    if pdf.last() != Some(&b'\n') {
        pdf.push(b'\n');
    }
    let signature = key.signature(&signed_text(&sha256_hex(&pdf), mark));
    pdf.extend_from_slice(LINE);
    pdf.extend_from_slice(format!("{mark} {signature}\n").as_bytes());
    pdf
}

impl SealedPdf {
    /// Reads the line of a file. That it is there proves nothing yet: see [`Self::verify`].
    ///
    /// # Errors
    /// [`NotSealed`].
    pub fn open(file: &[u8]) -> Result<Self, NotSealed> {
        Self::read(file).ok_or_else(|| {
            let carried = file.windows(LINE.len()).any(|found| found == LINE);
            if carried { NotSealed::Damaged } else { NotSealed::Never }
        })
    }

    fn read(file: &[u8]) -> Option<Self> {
        let file = file.strip_suffix(b"\n")?;
        let end = file.iter().rev().take(LONGEST).position(|byte| *byte == b'\n')?;
        let (body, line) = file.split_at_checked(file.len() - end)?;
        let line = std::str::from_utf8(line.strip_prefix(LINE)?).ok()?;
        let (mark, signature) = line.split_once(' ')?;
        // The form without an address is the only one that is written here.
        let mark = PaperMark::parse(mark).ok().filter(|read| read.to_string() == mark)?;
        let signature = STANDARD.decode(signature).ok()?.try_into().ok()?;
        Some(Self { mark, body: sha256_hex(body), signature })
    }

    /// Whether the device with that key made this very file.
    ///
    /// # Errors
    /// [`Unsigned::BadSignature`].
    pub fn verify(&self, key: &PublicKey) -> Result<(), Unsigned> {
        key.verify_bytes(&signed_text(&self.body, &self.mark), &self.signature)?;
        self.mark.verify(key)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::mark::tests::{key, mark};

    const PDF: &[u8] = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n%%EOF";

    fn sealed() -> Vec<u8> {
        seal(PDF.to_vec(), &mark(false), &key())
    }

    fn genuine(file: &[u8]) -> bool {
        SealedPdf::open(file).is_ok_and(|opened| opened.verify(&key().public()).is_ok())
    }

    #[test]
    fn a_file_proves_itself() {
        let file = sealed();
        assert!(file.starts_with(PDF) && genuine(&file));
        assert_eq!(SealedPdf::open(&file).unwrap().mark, mark(false));
        let other = PrivateKey::from_seed(&[12; 32]).public();
        assert!(SealedPdf::open(&file).unwrap().verify(&other).is_err());
    }

    #[test]
    fn what_was_changed_is_told_from_what_was_never_signed() {
        let file = sealed();
        assert_eq!(SealedPdf::open(PDF), Err(NotSealed::Never));
        assert_eq!(SealedPdf::open(b""), Err(NotSealed::Never));
        assert_eq!(SealedPdf::open(b"\n"), Err(NotSealed::Never));
        for changed in [
            [file.as_slice(), b"\n"].concat(),
            [file.as_slice(), b"trailer\n%%EOF\n"].concat(),
            file[..file.len() - 1].to_vec(),
            file[..file.len() - 9].to_vec(),
        ] {
            assert_eq!(SealedPdf::open(&changed), Err(NotSealed::Damaged));
        }
    }

    #[test]
    fn the_line_of_another_file_proves_nothing() {
        let file = sealed();
        let line = &file[PDF.len()..];
        let other = [b"%PDF-1.7\n2 0 obj\n%%EOF".as_slice(), line].concat();
        assert!(SealedPdf::open(&other).is_ok() && !genuine(&other));
        // A mark of another paper with the signature of this file.
        let text = String::from_utf8(file.clone()).unwrap();
        let swapped = text.replace(&mark(false).to_string(), &mark(true).to_string());
        assert!(SealedPdf::open(swapped.as_bytes()).is_ok() && !genuine(swapped.as_bytes()));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn no_changed_byte_is_genuine(at: prop::sample::Index, to: u8) {
            let mut file = sealed();
            let at = at.index(file.len());
            prop_assume!(file[at] != to);
            file[at] = to;
            prop_assert!(!genuine(&file));
        }

        #[test]
        fn no_cut_and_no_addition_is_genuine(at: prop::sample::Index, more: Vec<u8>) {
            let file = sealed();
            let at = at.index(file.len());
            prop_assert!(!genuine(&file[..at]));
            prop_assume!(!more.is_empty());
            prop_assert!(!genuine(&[&file[..at], &more, &file[at..]].concat()));
        }

        #[test]
        fn no_file_breaks_the_reading(bytes: Vec<u8>) {
            prop_assert!(SealedPdf::open(&bytes).is_err());
            let line = [LINE, &bytes, b"\n"].concat();
            prop_assert!(SealedPdf::open(&line).is_err());
        }
    }
}
