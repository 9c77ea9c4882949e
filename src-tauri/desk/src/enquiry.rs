//! Enquiries (咨询): a matter looked at without a case, and the sheet that whoever asks takes home.
//! Nothing of it is logged, numbered or archived.

use std::path::{Path, PathBuf};

use yichuang_documents::{Annex, Paper, Pdf, SheetFacts, SheetForm, guide_sheet};
use yichuang_domain::beijing;
use yichuang_domain::condition::Answers;
use yichuang_domain::enquiry::{Enquiry, Prospect, enquire};
use yichuang_domain::matter::{Material, Matter};
use yichuang_guide::Form;

use crate::desk::Desk;
use crate::error::DeskError;
use crate::forms;
use crate::guide::{Guide, matter_view};
use crate::papers::write_file;
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
            matter: matter_view(&guide, matter, self.clock.today())?,
            settled: found.is_settled(),
            materials: found.materials.iter().map(prospect).collect(),
            questions: found.questions,
            answers: found.answers,
            stopped: found.stopped,
        })
    }

    /// Makes the sheet (一次性告知单) of a matter for the situation told so far; with `samples`, the
    /// samples of the forms it asks for lie behind it, as far as they can be printed.
    ///
    /// # Errors
    /// As [`Desk::enquire`]; [`DeskError::Document`] where a character can't be printed.
    pub fn guide_sheet(
        &self,
        matter: &str,
        answers: &Answers,
        samples: bool,
    ) -> Result<GuideSheet, DeskError> {
        let guide = self.guide()?;
        let matter = guide.matter(matter)?;
        let enquiry = enquire(matter, answers)?;
        let wanted = enquiry.materials.iter().map(|prospect| prospect.material);
        let about = SheetAbout {
            code: &matter.code,
            matter,
            enquiry: &enquiry,
            samples: if samples { samples_of(&guide, wanted) } else { Vec::new() },
            forms: forms::named(&guide, matter),
        };
        self.press_sheet(&guide, about, guide_sheet)
    }

    /// Makes a sheet with what stands on every one: where and when, and by which guide.
    pub(crate) fn press_sheet(
        &self,
        guide: &Guide,
        about: SheetAbout<'_>,
        write: impl FnOnce(&SheetFacts<'_>) -> Paper,
    ) -> Result<GuideSheet, DeskError> {
        let SheetAbout { code, matter, enquiry, samples, forms } = about;
        let bound = |form: &Form| {
            let found = samples.iter().find(|(sample, _)| sample.id == form.id);
            found.map(|(_, annex)| annex.pages())
        };
        // Those behind the sheet first, in the order they lie there.
        let behind = samples.iter().map(|(form, _)| *form);
        let others = forms.into_iter().filter(|form| bound(form).is_none());
        let named: Vec<SheetForm<'_>> = behind
            .chain(others)
            .map(|form| SheetForm { id: &form.id, name: &form.name, bound: bound(form) })
            .collect();
        let (hall, window) = window_names(self.store.enrolment()?, guide);
        let templates = self.templates_in_use()?;
        let (release, today) = (guide.package.release, self.clock.today());
        let paper = write(&SheetFacts {
            matter,
            department: guide.department(matter)?,
            enquiry,
            forms: &named,
            given_on: today,
            hall: &hall,
            window: &window,
            qr_text: &format!("YC1/guide/{code}/R{release}/{today}"),
            logo: templates.set.logo.as_ref(),
            practice: self.mode()?.is_practice(),
            sample: guide.is_sample(),
            guide_release: release,
            guide_issued_on: &guide.package.issued_on.to_string(),
        });
        let annexes = samples.into_iter().map(|(_, annex)| annex).collect();
        let pdf = self.press()?.render(&paper)?.with(annexes)?;
        let now = beijing::time(self.clock.now());
        let code = in_a_file_name(code);
        Ok(GuideSheet { name: format!("{code}-{}.pdf", now.strftime("%Y%m%d-%H%M%S")), pdf })
    }

    /// Saves the sheet as PDF into `folder`; returns where.
    ///
    /// # Errors
    /// As [`Desk::guide_sheet`]; [`DeskError::Unwritable`], [`DeskError::NotSignedIn`].
    pub fn save_guide_sheet(
        &self,
        matter: &str,
        answers: &Answers,
        samples: bool,
        folder: &Path,
    ) -> Result<PathBuf, DeskError> {
        self.actor()?;
        let sheet = self.guide_sheet(matter, answers, samples)?;
        write_file(folder, &sheet.name, &sheet.pdf.bytes)
    }

    /// Hands the sheet to a printer; returns what to tell the clerk.
    ///
    /// # Errors
    /// As [`Desk::guide_sheet`]; [`DeskError::Print`], [`DeskError::NotSignedIn`].
    pub fn print_guide_sheet(
        &self,
        matter: &str,
        answers: &Answers,
        samples: bool,
        printer: Option<&str>,
    ) -> Result<String, DeskError> {
        self.actor()?;
        let sheet = self.guide_sheet(matter, answers, samples)?;
        self.print_sheet(&sheet.pdf.bytes, &sheet.name, printer)
    }
}

/// What a sheet is about, beside what stands on every one.
pub(crate) struct SheetAbout<'a> {
    /// In its code and its name: 实施编码, or the id of a bundle.
    pub(crate) code: &'a str,
    /// The matter, or the one that leads a bundle.
    pub(crate) matter: &'a Matter,
    /// What is asked for.
    pub(crate) enquiry: &'a Enquiry<'a>,
    /// What lies behind it.
    pub(crate) samples: Vec<(&'a Form, Annex)>,
    /// Every form that the guide names for it.
    pub(crate) forms: Vec<&'a Form>,
}

/// The samples of what is asked for, each once, as far as they can be bound. One that can't is
/// named on the sheet all the same, and says why where the clerk opens it.
pub(crate) fn samples_of<'g, 'm>(
    guide: &'g Guide,
    wanted: impl Iterator<Item = &'m Material>,
) -> Vec<(&'g Form, Annex)> {
    let references = wanted.filter_map(|material| material.reference.as_deref());
    let mut samples: Vec<(&Form, Annex)> = Vec::new();
    for form in references.filter_map(|reference| guide.form(&reference.sample_form)) {
        if samples.iter().any(|(known, _)| known.id == form.id) {
            continue;
        }
        samples.extend(forms::annex(form).ok().map(|annex| (form, annex)));
    }
    samples
}

/// A code is text of no fixed form, and a file name is not.
pub(crate) fn in_a_file_name(code: &str) -> String {
    let allowed = |c: char| if c.is_ascii_alphanumeric() || c == '-' { c } else { '_' };
    code.chars().map(allowed).collect()
}

#[cfg(test)]
pub(crate) mod tests;
