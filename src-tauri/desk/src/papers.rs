//! Papers: making and archiving them with the action they belong to, showing, saving, printing.

use std::path::{Path, PathBuf};

use jiff::civil::Date;
use yichuang_documents::{PaperFacts, compose};
use yichuang_domain::case::{Actor, Case, EventBody};
use yichuang_domain::document::{DocumentKind, DocumentNumber};
use yichuang_domain::matter::Matter;
use yichuang_domain::particulars::Particulars;
use yichuang_storage::{ArchivedDocument, Tx};

use crate::desk::Desk;
use crate::error::DeskError;
use crate::guide::Guide;
use crate::profile::window_names;
use crate::steps::refuse_foreign;
use crate::view::{CaseView, PrinterView};

/// What papers are issued from, besides the case.
#[derive(Clone, Copy)]
pub(crate) struct Issue<'a> {
    /// The guide that the case is pinned to.
    pub(crate) guide: &'a Guide,
    /// Its matter there.
    pub(crate) matter: &'a Matter,
    /// Who issues them.
    pub(crate) actor: &'a Actor,
    /// The day on them.
    pub(crate) on: Date,
    /// What they are about, where the case does not hold it.
    pub(crate) particulars: &'a Particulars,
}

impl Desk {
    /// Makes, archives and logs papers of a case, inside the action they belong to: if one can't
    /// be made, nothing of the action happens.
    pub(crate) fn issue(
        &self,
        tx: &Tx<'_>,
        issue: &Issue<'_>,
        case: Case,
        kinds: &[DocumentKind],
    ) -> Result<(), DeskError> {
        let &Issue { guide, matter, actor, on, particulars } = issue;
        let templates = self.templates(tx)?;
        let (hall, window) = window_names(tx.enrolment()?, guide);
        let at = self.clock.now();
        let mut events = Vec::with_capacity(kinds.len());
        for &kind in kinds {
            let earlier = case.documents.iter().filter(|d| d.kind == kind).count();
            let nth = u32::try_from(earlier).unwrap_or(u32::MAX).saturating_add(1);
            let number = DocumentNumber::new(&case.number, kind, nth);
            let paper = compose(
                kind,
                &PaperFacts {
                    case: &case,
                    matter,
                    department: guide.department(matter)?,
                    particulars,
                    document_number: &number,
                    issued_on: on,
                    issued_by: actor,
                    hall: &hall,
                    window: &window,
                    qr_text: &qr_text(&number, on),
                    sample: guide.is_sample(),
                    guide_release: guide.package.release,
                    guide_issued_on: &guide.package.issued_on.to_string(),
                    template_edition: templates.edition,
                },
                &templates.set,
            )?;
            let pdf = self.press()?.render(&paper)?;
            tx.archive_document(case.id, kind, &number, &pdf.sha256, &pdf.bytes, at)?;
            events.push(EventBody::DocumentIssued { kind, number, sha256: pdf.sha256 });
        }
        tx.append(actor, case.id, events, at)?;
        Ok(())
    }

    /// An archived paper.
    ///
    /// # Errors
    /// [`DeskError::NotFound`], [`DeskError::NotSignedIn`].
    pub fn paper(&self, number: &str) -> Result<ArchivedDocument, DeskError> {
        self.actor()?;
        self.store.document(number)?.ok_or(DeskError::NotFound { what: "这份文书" })
    }

    /// Saves a paper as PDF into `folder`; returns where.
    ///
    /// # Errors
    /// [`DeskError::Unwritable`].
    pub fn save_paper(&self, number: &str, folder: &Path) -> Result<PathBuf, DeskError> {
        let paper = self.paper(number)?;
        write_file(folder, &file_name(&paper.number, &paper.kind), &paper.pdf)
    }

    /// The printers of this machine.
    ///
    /// # Errors
    /// [`DeskError::Print`].
    pub fn printers(&self) -> Result<Vec<PrinterView>, DeskError> {
        let printers = self.spooler.printers()?.into_iter();
        Ok(printers.map(|p| PrinterView { name: p.name, default: p.is_default }).collect())
    }

    /// Hands a paper to a printer and logs it. What the log says is that the system took it, not
    /// that it came out.
    ///
    /// # Errors
    /// [`DeskError::Print`], [`DeskError::NotFound`].
    pub fn print_paper(&self, number: &str, printer: Option<&str>) -> Result<CaseView, DeskError> {
        let actor = self.actor()?;
        let paper = self.paper(number)?;
        let job =
            self.spooler.submit(&paper.pdf, &file_name(&paper.number, &paper.kind), printer)?;
        let not_found = || DeskError::NotFound { what: "这件办件" };
        self.store.write(|tx| {
            let case = tx.case(&paper.case)?.ok_or_else(not_found)?;
            refuse_foreign(tx, &case)?;
            let document = case.documents.iter().find(|d| d.number.as_str() == paper.number);
            let document = document.ok_or_else(not_found)?;
            let printed = EventBody::DocumentPrinted {
                number: document.number.clone(),
                printer: job.printer.clone(),
                nth: document.printed.saturating_add(1),
            };
            tx.append(&actor, case.id, vec![printed], self.clock.now())?;
            Ok::<_, DeskError>(())
        })?;
        self.case(&paper.case)
    }
}

/// Writes a file into `folder`, which is made where it is not there yet; returns where.
pub(crate) fn write_file(folder: &Path, name: &str, bytes: &[u8]) -> Result<PathBuf, DeskError> {
    let path = folder.join(name);
    let failed = |source| DeskError::Unwritable { path: path.display().to_string(), source };
    std::fs::create_dir_all(folder).map_err(failed)?;
    std::fs::write(&path, bytes).map_err(failed)?;
    Ok(path)
}

/// The name of a paper's file: sorts by case, says what it is.
pub fn file_name(number: &str, kind: &str) -> String {
    format!("{number}-{kind}.pdf")
}

/// What the QR code says: a version mark, the document number (the case number is in it) and the
/// date. Plain ASCII, which every scanner reads.
fn qr_text(number: &DocumentNumber, on: Date) -> String {
    format!("YC1/{number}/{on}")
}
