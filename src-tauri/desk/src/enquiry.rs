//! Enquiries (咨询): a matter looked at without a case, and the sheet that whoever asks takes home.
//! Nothing of it is logged, numbered or archived.

use std::path::{Path, PathBuf};

use jiff::tz;
use yichuang_documents::{Pdf, SheetFacts, guide_sheet};
use yichuang_domain::condition::Answers;
use yichuang_domain::enquiry::{Enquiry, Prospect, enquire};
use yichuang_domain::matter::Matter;

use crate::desk::Desk;
use crate::error::DeskError;
use crate::guide::{Guide, matter_view};
use crate::papers::write_pdf;
use crate::profile::window_names;
use crate::view::{EnquiryView, ProspectView};

/// A sheet as made.
#[derive(Clone, Debug)]
pub struct GuideSheet {
    /// A file name that says what it is, and when it was made: sheets of one matter for different
    /// situations do not overwrite each other.
    pub name: String,
    /// The paper.
    pub pdf: Pdf,
}

impl Desk {
    /// What a matter asks for in the situation told so far.
    ///
    /// # Errors
    /// `unknown-matter`, and what [`enquire`] refuses of the answers.
    pub fn enquire(&self, matter: &str, answers: &Answers) -> Result<EnquiryView, DeskError> {
        let guide = self.guide()?;
        let matter = guide.matter(matter)?;
        let found = enquire(matter, answers)?;
        let prospect = |p: &Prospect<'_>| ProspectView {
            material: p.material.clone(),
            when: p.when.as_ref().map(|when| when.explain(matter)),
        };
        Ok(EnquiryView {
            matter: matter_view(&guide, matter)?,
            settled: found.is_settled(),
            materials: found.materials.iter().map(prospect).collect(),
            questions: found.questions,
            answers: found.answers,
            stopped: found.stopped,
        })
    }

    /// Makes the sheet (一次性告知单) of a matter for the situation told so far.
    ///
    /// # Errors
    /// As [`Desk::enquire`]; [`DeskError::Document`] where a character can't be printed.
    pub fn guide_sheet(&self, matter: &str, answers: &Answers) -> Result<GuideSheet, DeskError> {
        let guide = self.guide()?;
        let matter = guide.matter(matter)?;
        let pdf = self.set_sheet(&guide, matter, &enquire(matter, answers)?)?;
        let now = tz::offset(8).to_datetime(self.clock.now());
        let code: String = matter.code.chars().map(in_a_file_name).collect();
        Ok(GuideSheet { name: format!("{code}-{}.pdf", now.strftime("%Y%m%d-%H%M%S")), pdf })
    }

    fn set_sheet(
        &self,
        guide: &Guide,
        matter: &Matter,
        enquiry: &Enquiry<'_>,
    ) -> Result<Pdf, DeskError> {
        let (hall, window) = window_names(self.store.enrolment()?, guide);
        let (release, today) = (guide.package.release, self.clock.today());
        let paper = guide_sheet(&SheetFacts {
            matter,
            department: guide.department(matter)?,
            enquiry,
            given_on: today,
            hall: &hall,
            window: &window,
            qr_text: &format!("YC1/guide/{}/R{release}/{today}", matter.code),
            practice: self.mode()?.is_practice(),
            sample: guide.is_sample(),
            guide_release: release,
            guide_issued_on: &guide.package.issued_on.to_string(),
        });
        Ok(self.press()?.render(&paper)?)
    }

    /// Saves the sheet as PDF into `folder`; returns where.
    ///
    /// # Errors
    /// As [`Desk::guide_sheet`]; [`DeskError::Unwritable`], [`DeskError::NotSignedIn`].
    pub fn save_guide_sheet(
        &self,
        matter: &str,
        answers: &Answers,
        folder: &Path,
    ) -> Result<PathBuf, DeskError> {
        self.actor()?;
        let sheet = self.guide_sheet(matter, answers)?;
        write_pdf(folder, &sheet.name, &sheet.pdf.bytes)
    }

    /// Hands the sheet to a printer; returns what to tell the clerk.
    ///
    /// # Errors
    /// As [`Desk::guide_sheet`]; [`DeskError::Print`], [`DeskError::NotSignedIn`].
    pub fn print_guide_sheet(
        &self,
        matter: &str,
        answers: &Answers,
        printer: Option<&str>,
    ) -> Result<String, DeskError> {
        self.actor()?;
        let sheet = self.guide_sheet(matter, answers)?;
        Ok(self.spooler.submit(&sheet.pdf.bytes, &sheet.name, printer)?.words())
    }
}

/// A matter's code is text of no fixed form, and a file name is not.
fn in_a_file_name(character: char) -> char {
    if character.is_ascii_alphanumeric() || character == '-' { character } else { '_' }
}

#[cfg(test)]
mod tests;
