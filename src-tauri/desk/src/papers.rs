//! Papers: making and archiving them with the action they belong to, and reading them again. How
//! they leave the window is `printing`'s.

use std::path::{Path, PathBuf};

use jiff::civil::Date;
use yichuang_documents::template::TemplateSet;
use yichuang_documents::{LinkedCase, PaperFacts, ProgressFacts, compose};
use yichuang_domain::case::{Actor, Case, CaseId, EventBody};
use yichuang_domain::document::DocumentKind;
use yichuang_domain::formal::NumberParts;
use yichuang_domain::matter::Matter;
use yichuang_domain::particulars::Particulars;
use yichuang_storage::{ArchivedDocument, Tx};

use crate::desk::Desk;
use crate::error::DeskError;
use crate::guide::Guide;
use crate::profile::window_names;
use crate::progress::Asking;
use crate::seal::Seal;

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

/// Whose papers are made.
pub(crate) struct Paperwork<'a> {
    /// The case as the paper shows it.
    pub(crate) shown: &'a Case,
    /// The cases that have the paper on record.
    pub(crate) of: &'a [CaseId],
    /// Those cases by name, where there are several (一件事).
    pub(crate) linked: &'a [LinkedCase<'a>],
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
        let paperwork = Paperwork { shown: &case, of: &[case.id], linked: &[] };
        self.issue_of(tx, issue, &paperwork, kinds)
    }

    /// [`Self::issue`] of papers that several cases may have in common.
    pub(crate) fn issue_of(
        &self,
        tx: &Tx<'_>,
        issue: &Issue<'_>,
        paperwork: &Paperwork<'_>,
        kinds: &[DocumentKind],
    ) -> Result<(), DeskError> {
        let &Issue { guide, matter, actor, on, particulars } = issue;
        let &Paperwork { shown: case, of, linked } = paperwork;
        let templates = self.templates(tx)?;
        let (hall, window) = window_names(tx.enrolment()?, guide);
        let seal = Seal::of(tx)?;
        let asking = Asking::of(tx)?;
        // The check code goes with the device that gave out the number: a window that took the case
        // over can't tell it, and the applicant has it.
        let asking = asking.filter(|_| case.number.device() == seal.device);
        let progress = asking
            .as_ref()
            .map(|asking| (asking.code(&case.number).shown(), asking.address.page()));
        let progress = progress.as_ref().map(|(code, page)| ProgressFacts { code, page });
        let at = self.clock.now();
        let mut events = Vec::with_capacity(kinds.len());
        for &kind in kinds {
            let (nth, number) = case.next_paper(&seal.device, kind);
            let device = (seal.device.as_str(), case.practice);
            let formal = formal_number(tx, &templates.set, device, matter, kind, on)?;
            let mut paper = compose(
                kind,
                &PaperFacts {
                    case,
                    linked,
                    matter,
                    department: guide.department(matter)?,
                    particulars,
                    document_number: &number,
                    formal_number: formal.as_deref(),
                    issued_on: on,
                    issued_by: actor,
                    hall: &hall,
                    window: &window,
                    qr_text: "",
                    progress,
                    sample: guide.is_sample(),
                    guide_release: guide.package.release,
                    guide_issued_on: &guide.package.issued_on.to_string(),
                    template_edition: templates.edition,
                },
                &templates.set,
            )?;
            let mark = seal.mark(&case.number, (kind, nth), on, &paper);
            paper.qr_text = match &asking {
                Some(asking) if kind.leads_to_progress() => asking.address.with_mark(&mark),
                _ => mark.to_string(),
            };
            let pdf = seal.close(self.press()?.render(&paper)?, &mark);
            let archived = ArchivedDocument {
                number: number.to_string(),
                case: case.id.to_string(),
                kind: kind.as_str().to_owned(),
                sha256: pdf.sha256.clone(),
                parts: u32::try_from(paper.parts.len()).unwrap_or(u32::MAX),
                words: serde_json::to_string(&paper).ok(),
                pdf: pdf.bytes,
            };
            tx.archive_document(&archived, at)?;
            events.push(EventBody::DocumentIssued { kind, number, sha256: pdf.sha256, formal });
        }
        for id in of {
            tx.append(actor, *id, events.clone(), at)?;
        }
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
}

/// 发文字号 by the hall's rule, if it has one for this department and kind. Practice numbers are
/// marked, so that none can be taken for a real one.
fn formal_number(
    tx: &Tx<'_>,
    templates: &TemplateSet,
    (device, practice): (&str, bool),
    matter: &Matter,
    kind: DocumentKind,
    on: Date,
) -> Result<Option<String>, DeskError> {
    let Some(numbering) = &templates.numbering else { return Ok(None) };
    let authority = numbering.authorities.get(&matter.department);
    let (Some(authority), Some(word)) = (authority, numbering.kinds.get(&kind)) else {
        return Ok(None);
    };
    let mark = if practice { "演练" } else { "" };
    let authority = format!("{mark}{authority}");
    let parts = |sequence| NumberParts {
        authority: &authority,
        kind: word,
        year: on.year(),
        device,
        sequence,
    };
    let prefix = format!("{authority}{word}〔{}〕{device}", on.year());
    let number =
        tx.next_formal_number(&prefix, |sequence| numbering.pattern.write(&parts(sequence)));
    Ok(Some(number?))
}

/// Writes a file into `folder`, which is made where it is not there yet; returns where.
///
/// # Errors
/// [`DeskError::Unwritable`].
pub fn write_file(folder: &Path, name: &str, bytes: &[u8]) -> Result<PathBuf, DeskError> {
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
