//! 文书核验: is this paper genuine? Told without a network, from a paper's code or a PDF.
//!
//! Owns gathering what this window knows (its own key, the hub's roster, its archive) and the words
//! of the answer; the judgement itself is [`judge`], which is pure. Nothing is written.

mod finding;
mod judge;
mod view;

use yichuang_domain::case::event::sha256_hex;
use yichuang_domain::document::DocumentNumber;
use yichuang_domain::typed::half_width;
use yichuang_protocol::mark::NotAMark;
use yichuang_protocol::sealed_pdf::{NotSealed, SealedPdf};
use yichuang_protocol::{PaperMark, PrivateKey, PublicKey, Roster, SignedText};
use yichuang_storage::{ArchivedDocument, StorageError};

use crate::desk::Desk;
use crate::error::DeskError;
use finding::{By, Finding};
use judge::{Knowledge, KnownDevice, judge};
pub use view::{ArchivedCopy, SignedPaper, Verdict, Verification};

/// A paper as it was archived here.
struct Archived {
    case: String,
    document: ArchivedDocument,
    /// Whether the archive holds what the log says was issued.
    as_logged: bool,
}

impl Desk {
    /// Judges what the code of a paper says, as it was scanned or typed.
    ///
    /// # Errors
    /// [`DeskError::Storage`]. What is wrong with the code is an answer, not an error.
    pub fn verify_code(&self, text: &str) -> Result<Verification, DeskError> {
        let text = tidy(text);
        let knowledge = self.knowledge()?;
        let mark = match PaperMark::parse(&text) {
            Ok(mark) => mark,
            Err(NotAMark::Damaged) => return Ok(knowledge.tell(Finding::DamagedMark)),
            Err(NotAMark::Other) if text.starts_with("YC1/") => {
                return Ok(knowledge.tell(Finding::UnsignedCode));
            }
            Err(NotAMark::Other) => return Ok(knowledge.tell(Finding::OtherCode)),
        };
        let judged = judge(&mark, &|key| mark.verify(key).is_ok(), &knowledge);
        let archived = self.archived(&mark)?;
        let same = archived.as_ref().and_then(|archived| {
            let here = SealedPdf::open(&archived.document.pdf).ok()?;
            Some(archived.as_logged && here.mark == mark)
        });
        Ok(knowledge.answer(judged, &mark, archived, same, By::Code))
    }

    /// Judges a file by its bytes.
    ///
    /// # Errors
    /// [`DeskError::Storage`]. What is wrong with the file is an answer, not an error.
    pub fn verify_pdf(&self, file: &[u8]) -> Result<Verification, DeskError> {
        let knowledge = self.knowledge()?;
        let sealed = match SealedPdf::open(file) {
            Ok(sealed) => sealed,
            Err(NotSealed::Damaged) => return Ok(knowledge.tell(Finding::DamagedFile)),
            Err(NotSealed::Never) if file.starts_with(b"%PDF-") => {
                return Ok(knowledge.tell(Finding::UnsignedFile));
            }
            Err(NotSealed::Never) => return Ok(knowledge.tell(Finding::OtherFile)),
        };
        let mark = &sealed.mark;
        let judged = judge(mark, &|key| sealed.verify(key).is_ok(), &knowledge);
        let judged = match judged {
            Finding::BadSignature => Finding::DamagedFile,
            judged => judged,
        };
        let archived = self.archived(mark)?;
        let same = archived
            .as_ref()
            .map(|archived| archived.as_logged && archived.document.sha256 == sha256_hex(file));
        Ok(knowledge.answer(judged, mark, archived, same, By::File))
    }

    /// Everything this window knows about who may sign.
    fn knowledge(&self) -> Result<Knowledge, DeskError> {
        let enrolment = self.store.enrolment()?;
        let practised = PrivateKey::from_seed(&*self.store.practice_key()?).public();
        let mut own = vec![KnownDevice {
            code: self.store.practice_device()?,
            key: practised,
            window: "本机（演练）".to_owned(),
        }];
        let mut roster = None;
        if let Some(enrolment) = &enrolment {
            let window =
                judge::window_words(&enrolment.hall, &enrolment.station, &enrolment.window);
            let key = PrivateKey::from_seed(&enrolment.device_seed).public();
            own.push(KnownDevice { code: enrolment.device_code.clone(), key, window });
            roster = self.roster_of(&enrolment.hub_key)?;
        }
        Ok(Knowledge {
            joined: enrolment.is_some(),
            practice: enrolment.is_none_or(|enrolment| enrolment.trial),
            own,
            roster,
            today: self.clock.today(),
        })
    }

    /// The newest roster, proven again: what lies on a disk is not believed either.
    pub(crate) fn roster_of(&self, hub_key: &[u8; 32]) -> Result<Option<Roster>, DeskError> {
        let unreadable = || StorageError::Unreadable { what: "设备名册" };
        let Some(stored) = self.store.roster()? else { return Ok(None) };
        let key = PublicKey::from_bytes(hub_key).map_err(|_| unreadable())?;
        let signed = SignedText { text: stored.statement, signature: stored.signature };
        Ok(Some(Roster::open(&key, &signed, &stored.list).map_err(|_| unreadable())?))
    }

    /// The paper that a mark names, if it was issued here.
    fn archived(&self, mark: &PaperMark) -> Result<Option<Archived>, DeskError> {
        let (Some(case), Some(kind)) = (self.store.case_numbered(&mark.case)?, mark.kind()) else {
            return Ok(None);
        };
        let number = DocumentNumber::new(&mark.case, &mark.device, kind, mark.nth);
        let Some(issued) = case.documents.iter().find(|d| d.number == number) else {
            return Ok(None);
        };
        let document = self.store.document(issued.number.as_str())?;
        Ok(document.map(|document| Archived {
            case: case.id.to_string(),
            as_logged: issued.sha256 == document.sha256
                && sha256_hex(&document.pdf) == document.sha256,
            document,
        }))
    }
}

/// A code as it was made: scanners that type add an end of line, and an input method for Chinese
/// makes letters small or signs wide.
pub(crate) fn tidy(text: &str) -> String {
    text.trim().chars().map(half_width).map(|c| c.to_ascii_uppercase()).collect()
}

#[cfg(test)]
mod tests;
