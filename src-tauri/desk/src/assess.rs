//! A draft seen through the rules: what to ask, what applies, what is at fault, what follows.

use yichuang_domain::checklist::{self, Check};
use yichuang_domain::intake::{self, Intake};
use yichuang_domain::matter::{Material, Matter};

use crate::error::DeskError;
use crate::guide::Guide;
use crate::told;
use crate::view::{Assessment, CheckOption, ChecklistRow};

pub(crate) fn row(material: &Material) -> ChecklistRow {
    let option =
        |check: Check| CheckOption { check, obstacle: check.obstacle(material).map(str::to_owned) };
    ChecklistRow {
        material: material.clone(),
        options: Check::ALL.map(option).to_vec(),
        used_by: Vec::new(),
    }
}

/// What the rules say of what was typed so far. Materials that were checked and no longer apply
/// (an answer changed) are kept in the draft and left out here.
///
/// # Errors
/// [`DeskError::NotFound`] if the guide has no department for the matter.
pub fn assess(guide: &Guide, matter: &Matter, typed: &Intake) -> Result<Assessment, DeskError> {
    let walk = checklist::walk(matter, &typed.answers, typed.agent.is_some());
    let answered = walk.is_complete();
    let applicable = if answered && walk.stopped.is_none() {
        checklist::applicable(matter, &walk.answers)
    } else {
        Vec::new()
    };
    let intake = relevant(typed, &applicable);
    let calendar = &guide.package.calendar;

    let filed_on = intake::parse_date(&intake.filed_on, "filed_on").ok();
    // First: where the matter is not taken, nothing else that is mended helps.
    let mut faults: Vec<_> =
        filed_on.and_then(|on| intake::require_in_force(matter, on).err()).into_iter().collect();
    faults.extend(intake::party_faults(matter, &intake.applicant, intake.agent.as_ref(), filed_on));
    faults.extend(walk.faults);
    let examined = intake::examine(matter, calendar, &intake);
    if let Err(fault) = &examined
        && !faults.contains(fault)
    {
        faults.push(fault.clone());
    }
    let determination = examined.ok().map(|e| e.determination);
    let told = told::tell(guide, matter, &intake, walk.stopped.as_ref(), &applicable)?;
    Ok(Assessment {
        questions: walk.visible.into_iter().cloned().collect(),
        answered,
        stopped: walk.stopped,
        checklist: applicable.into_iter().map(row).collect(),
        faults,
        due_explained: determination.as_ref().and_then(|d| Some(d.due.as_ref()?.explain())),
        notify_by_explained: determination
            .as_ref()
            .and_then(|d| Some(d.notify_by.as_ref()?.explain())),
        determination,
        told,
    })
}

/// What was typed, without checks of materials that do not apply (any more) and without rows that
/// were touched and not decided.
pub(crate) fn relevant(typed: &Intake, applicable: &[&Material]) -> Intake {
    let mut intake = typed.clone();
    intake
        .materials
        .retain(|input| !input.check.is_empty() && applicable.iter().any(|m| m.id == input.id));
    intake
}
