//! Enquiries (咨询) about a bundle: its matters looked at as one without a case, and the one sheet
//! that whoever asks takes home. Nothing of it is logged, numbered or archived.

use std::path::{Path, PathBuf};

use jiff::civil::Date;
use yichuang_documents::{JointSheetFacts, joint_sheet};
use yichuang_domain::bundle::{Joint, JointEnquiry, JointProspect, Want, due_within};
use yichuang_domain::calendar::DueDate;
use yichuang_domain::condition::Answers;
use yichuang_domain::enquiry::enquire;
use yichuang_domain::matter::{Department, Material, Matter, MatterCode};
use yichuang_guide::{Bundle, Form};

use super::{NO_MATTER, find, joint};
use crate::desk::Desk;
use crate::enquiry::{GuideSheet, SheetAbout, in_a_file_name, samples_of};
use crate::error::DeskError;
use crate::forms;
use crate::guide::{Guide, matter_view};
use crate::papers::write_file;
use crate::view::{BundleEnquiryView, EnquiredMember, JointProspectView, WantView};

/// What somebody asks about a bundle.
#[derive(Clone, Debug)]
pub struct AboutBundle {
    /// The bundle's id in the guide.
    pub id: String,
    /// Which of its matters; none means every one that is taken today. The leading one is always
    /// among them, and one that is not taken today never, unless it leads.
    pub taken: Option<Vec<MatterCode>>,
    /// Choices by the bundle's questions, as many as there are; `agent` (`yes`, `no`) among them.
    pub answers: Answers,
}

/// A bundle as it is asked about, found in the guide.
pub(super) struct Asked<'g> {
    pub(super) bundle: &'g Bundle,
    pub(super) joint: Joint<'g>,
    pub(super) enquiry: JointEnquiry<'g>,
}

impl<'g> Asked<'g> {
    /// Finds it and looks at it.
    ///
    /// # Errors
    /// [`DeskError::NotFound`], and what [`Joint::enquire`] refuses of the answers.
    pub(super) fn of(guide: &'g Guide, about: &AboutBundle, on: Date) -> Result<Self, DeskError> {
        let bundle = find(guide, &about.id)?;
        let joint = joint(guide, bundle);
        let wanted = |matter: &Matter| {
            let chosen = about.taken.as_ref().is_none_or(|codes| codes.contains(&matter.code));
            chosen && matter.in_force(on).is_ok()
        };
        let members = joint.members().iter().filter(|matter| wanted(matter));
        let taken: Vec<MatterCode> = members.map(|matter| matter.code.clone()).collect();
        let joint = joint.taking(&taken);
        if joint.members().is_empty() {
            return Err(NO_MATTER);
        }
        let enquiry = joint.enquire(&about.answers)?;
        Ok(Self { bundle, joint, enquiry })
    }

    /// The matters that are taken, as a draft keeps them.
    pub(super) fn taken(&self) -> Vec<MatterCode> {
        let members = self.joint.members();
        self.joint.taken().filter_map(|at| members.get(at)).map(|m| m.code.clone()).collect()
    }

    fn lead(&self) -> Result<&'g Matter, DeskError> {
        self.joint.members().get(self.joint.lead()).copied().ok_or(NO_MATTER)
    }

    /// By when a matter would be done that is accepted on a day.
    fn due(&self, guide: &Guide, member: usize, on: Date) -> Option<DueDate> {
        let matter = self.joint.members().get(member)?;
        due_within(self.joint.promised(self.enquiry.live()), matter, &guide.package.calendar, on)
    }
}

impl Desk {
    /// Whether the guide has a bundle of that id.
    ///
    /// # Errors
    /// [`DeskError::NoGuide`].
    pub fn is_bundle(&self, id: &str) -> Result<bool, DeskError> {
        Ok(find(&*self.guide()?, id).is_ok())
    }

    /// What the matters of a bundle ask for together in the situation told so far.
    ///
    /// # Errors
    /// [`DeskError::NotFound`] for a bundle that the guide does not have, and what
    /// [`Joint::enquire`] refuses of the answers.
    pub fn enquire_bundle(&self, about: &AboutBundle) -> Result<BundleEnquiryView, DeskError> {
        let guide = self.guide()?;
        let today = self.clock.today();
        let asked = Asked::of(&guide, about, today)?;
        let Asked { bundle, joint, enquiry } = &asked;
        let promised = joint.promised(enquiry.live());
        let taken: Vec<usize> = joint.taken().collect();
        let mut members = Vec::with_capacity(joint.members().len());
        for (at, matter) in joint.members().iter().enumerate() {
            let part = enquiry.part(at);
            let live = part.is_some_and(|part| part.stopped.is_none());
            let due = asked.due(&guide, at, today).filter(|_| live);
            members.push(EnquiredMember {
                view: matter_view(&guide, matter, today)?,
                lead: at == joint.lead(),
                taken: taken.contains(&at),
                stopped: part.and_then(|part| part.stopped.clone()),
                limit: due.as_ref().map(|due| due.limit),
                lawful: promised.is_some_and(|p| due.as_ref().is_some_and(|due| due.limit != p)),
                due,
            });
        }
        Ok(BundleEnquiryView {
            id: bundle.id.clone(),
            name: bundle.name.clone(),
            note: bundle.note.clone(),
            sample: guide.is_sample(),
            limit: promised,
            settled: enquiry.is_settled(),
            cost: joint.cost(enquiry),
            savings: joint.spared(enquiry),
            materials: enquiry.materials.iter().map(|row| prospect_view(joint, row)).collect(),
            members,
            questions: enquiry.questions.clone(),
            answers: enquiry.answers.clone(),
        })
    }

    /// Makes the one sheet (一次性告知单) of a bundle for the situation told so far; with `samples`,
    /// the samples of the forms it asks for lie behind it, as far as they can be printed.
    ///
    /// # Errors
    /// As [`Desk::enquire_bundle`]; [`DeskError::Document`] where a character can't be printed.
    pub fn bundle_sheet(
        &self,
        about: &AboutBundle,
        samples: bool,
    ) -> Result<GuideSheet, DeskError> {
        let guide = self.guide()?;
        let asked = Asked::of(&guide, about, self.clock.today())?;
        let Asked { bundle, joint, enquiry } = &asked;
        let today = self.clock.today();
        let wanted = enquiry.materials.iter().flat_map(|row| &row.wants);
        let wanted = wanted.filter_map(|want| material_of(joint, want));
        let departments = joint.members().iter().map(|matter| guide.department(matter));
        let departments: Vec<&Department> = departments.collect::<Result<_, _>>()?;
        let dues: Vec<(usize, Option<DueDate>)> =
            enquiry.live().map(|at| (at, asked.due(&guide, at, today))).collect();
        let lead = asked.lead()?;
        let about = SheetAbout {
            // Its code is ASCII, and an id need not be.
            code: &in_a_file_name(&bundle.id),
            matter: lead,
            enquiry: &enquire(lead, &Answers::new())?,
            samples: if samples { samples_of(&guide, wanted) } else { Vec::new() },
            forms: forms_of(&guide, joint),
        };
        let (departments, dues) = (&departments, &dues);
        self.press_sheet(&guide, about, |sheet| {
            joint_sheet(&JointSheetFacts { joint, enquiry, departments, dues, sheet: *sheet })
        })
    }

    /// Saves the sheet as PDF into `folder`; returns where.
    ///
    /// # Errors
    /// As [`Desk::bundle_sheet`]; [`DeskError::Unwritable`], [`DeskError::NotSignedIn`].
    pub fn save_bundle_sheet(
        &self,
        about: &AboutBundle,
        samples: bool,
        folder: &Path,
    ) -> Result<PathBuf, DeskError> {
        self.actor()?;
        let sheet = self.bundle_sheet(about, samples)?;
        write_file(folder, &sheet.name, &sheet.pdf.bytes)
    }

    /// Hands the sheet to a printer; returns what to tell the clerk.
    ///
    /// # Errors
    /// As [`Desk::bundle_sheet`]; [`DeskError::Print`], [`DeskError::NotSignedIn`].
    pub fn print_bundle_sheet(
        &self,
        about: &AboutBundle,
        samples: bool,
        printer: Option<&str>,
    ) -> Result<String, DeskError> {
        self.actor()?;
        let sheet = self.bundle_sheet(about, samples)?;
        self.print_sheet(&sheet.pdf.bytes, &sheet.name, printer)
    }
}

fn material_of<'m>(joint: &Joint<'m>, want: &Want) -> Option<&'m Material> {
    joint.members().get(want.member)?.material(&want.id)
}

/// The forms that the matters name, each once.
fn forms_of<'g>(guide: &'g Guide, joint: &Joint<'g>) -> Vec<&'g Form> {
    let mut named: Vec<&Form> = Vec::new();
    for form in joint.members().iter().flat_map(|matter| forms::named(guide, matter)) {
        if !named.iter().any(|known| known.id == form.id) {
            named.push(form);
        }
    }
    named
}

fn prospect_view(joint: &Joint<'_>, row: &JointProspect) -> JointProspectView {
    let want = |want: &Want| {
        let matter = joint.members().get(want.member)?;
        let reference = material_of(joint, want).and_then(|m| m.reference.as_deref());
        Some(WantView {
            code: matter.code.clone(),
            name: matter.name.clone(),
            // A condition that is the row's own is not said again.
            when: want.when.as_ref().filter(|_| want.when != row.when).map(|w| joint.explain(w)),
            blank_form: reference.map(|r| r.blank_form.clone()).unwrap_or_default(),
            sample_form: reference.map(|r| r.sample_form.clone()).unwrap_or_default(),
        })
    };
    JointProspectView {
        material: row.material.clone(),
        when: row.when.as_ref().map(|when| joint.explain(when)),
        wants: row.wants.iter().filter_map(want).collect(),
    }
}

#[cfg(test)]
mod tests;
