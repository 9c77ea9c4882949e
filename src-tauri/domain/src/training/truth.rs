//! What is right about a card: the same rules, asked about what is true.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::card::{Brought, CardDocument, RoleCard};
use crate::calendar::WorkCalendar;
use crate::checklist::{self, Check};
use crate::intake::{self, CheckInput, Examined, Intake};
use crate::matter::{Material, MaterialId, Matter, Necessity};
use crate::refusal::Refusal;

/// What a material should be found to be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TrueCheck {
    /// The material.
    pub material: MaterialId,
    /// The right results, the best first.
    pub accepted: Vec<Check>,
    /// Whether it may be left unchecked: nothing of an optional material was brought.
    pub may_be_open: bool,
    /// What is wrong with it, in words.
    pub defect: Option<String>,
}

impl TrueCheck {
    /// The best of the right results.
    pub fn best(&self) -> Check {
        self.accepted.first().copied().unwrap_or(Check::Present)
    }
}

/// What is right about a card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Truth {
    /// The intake of a clerk who saw everything.
    pub examined: Examined,
    /// What each applicable material should be found to be, in guide order; empty after a `stop`.
    pub checks: Vec<TrueCheck>,
}

/// The right results for a material, from what lies on the counter.
fn right(material: &Material, document: Option<&CardDocument>) -> Vec<Check> {
    let Some(document) = document else { return vec![Check::Missing] };
    match (document.how, &document.defect) {
        (Brought::Electronic, _) => vec![Check::Licence],
        (Brought::Pledge, _) => vec![Check::Committed],
        (Brought::Later, _) => vec![Check::Deferred],
        (Brought::Paper, Some(defect)) if defect.on_the_spot => vec![Check::Corrected],
        (Brought::Paper, Some(_)) => vec![Check::Defective],
        // Who fetches the licence although the card lies there has made no mistake.
        (Brought::Paper, None) if material.licence_reuse => vec![Check::Present, Check::Licence],
        (Brought::Paper, None) => vec![Check::Present],
    }
}

/// What is right about a card on a day. `matter` is the one the card names.
///
/// # Errors
/// What the rules refuse of the card, as they would refuse it of a clerk.
pub fn truth(
    card: &RoleCard,
    matter: &Matter,
    calendar: &WorkCalendar,
    on: Date,
) -> Result<Truth, Refusal> {
    let answers = card.answers();
    let walk = checklist::walk(matter, &answers, card.agent.is_some());
    let asked = walk.is_complete() && walk.stopped.is_none();
    let applicable = if asked { checklist::applicable(matter, &walk.answers) } else { Vec::new() };
    let checks: Vec<TrueCheck> = applicable
        .into_iter()
        .map(|material| {
            let document = card.document_of(&material.id);
            let defect = document.and_then(|d| d.defect.as_ref()).map(|d| d.words.clone());
            TrueCheck {
                material: material.id.clone(),
                accepted: right(material, document),
                may_be_open: material.necessity == Necessity::Optional && document.is_none(),
                defect,
            }
        })
        .collect();
    let materials = checks
        .iter()
        .map(|one| CheckInput {
            id: one.material.clone(),
            check: one.best().as_str().to_owned(),
            reason: one.defect.clone().unwrap_or_default(),
        })
        .collect();
    let intake = Intake {
        matter: card.matter.clone(),
        filed_on: on.to_string(),
        answers,
        applicant: card.applicant.clone(),
        agent: card.agent.clone(),
        materials,
    };
    Ok(Truth { examined: intake::examine(matter, calendar, &intake)?, checks })
}
