//! Signing papers: the mark in the code, and the line behind the PDF.

use jiff::civil::Date;
use yichuang_documents::{Paper, Pdf};
use yichuang_domain::case::event::sha256_hex;
use yichuang_domain::document::DocumentKind;
use yichuang_domain::numbering::CaseNumber;
use yichuang_protocol::{PaperMark, PrivateKey, sealed_pdf};
use yichuang_storage::Tx;

use crate::error::DeskError;

/// What this device signs with.
pub(crate) struct Seal {
    key: PrivateKey,
    /// The code of the device.
    pub(crate) device: String,
}

impl Seal {
    /// The device's, as a transaction sees it.
    pub(crate) fn of(tx: &Tx<'_>) -> Result<Self, DeskError> {
        let device = match tx.enrolment()? {
            Some(enrolment) => enrolment.device_code,
            None => tx.practice_device()?,
        };
        Ok(Self { key: PrivateKey::from_seed(&*tx.signing_key()?), device })
    }

    /// The mark of the `nth` (from 1) paper of a kind in a case.
    pub(crate) fn mark(
        &self,
        case: &CaseNumber,
        paper: (DocumentKind, u32),
        on: Date,
        says: &Paper,
    ) -> PaperMark {
        PaperMark::sign((&self.device, &self.key), case, paper, on, &says.digest())
    }

    /// Signs a finished PDF: the file proves itself from here on, and no byte of it may change.
    pub(crate) fn close(&self, pdf: Pdf, mark: &PaperMark) -> Pdf {
        let bytes = sealed_pdf::seal(pdf.bytes, mark, &self.key);
        Pdf { sha256: sha256_hex(&bytes), bytes, pages: pdf.pages }
    }
}
