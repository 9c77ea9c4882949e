//! 更正: what a case says of who applies was typed wrongly. It puts right what was written of the
//! same person or body; another applicant, or an agent who was not there, is another filing, and is
//! refused.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::applicant::{Applicant, ApplicantInput, Party, PartyInput, name_key};
use crate::case::{Case, CaseState, EventBody, Parties};
use crate::document::DocumentKind;
use crate::identity::mask;
use crate::ink;
use crate::intake::{LONGEST_REASON, party_faults, too_long};
use crate::matter::Matter;
use crate::refusal::{Refusal, RefusalCode};

/// What was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct CorrectionInput {
    /// The applicant as they should stand there.
    pub applicant: PartyInput,
    /// The agent as they should stand there; none where nobody came for the applicant.
    pub agent: Option<PartyInput>,
    /// Why, for the record.
    pub reason: String,
}

/// The event that a correction is.
///
/// # Errors
/// The first fault of a field, as at the filing; `not-allowed` where it would make somebody else of
/// a party, where an agent comes or goes, where nothing changes, and without a reason.
pub fn prepare(
    case: &Case,
    matter: &Matter,
    input: &CorrectionInput,
    on: Date,
) -> Result<EventBody, Refusal> {
    let typed = ApplicantInput {
        kind: case.applicant.kind.as_str().to_owned(),
        party: input.applicant.clone(),
    };
    if input.agent.is_some() != case.agent.is_some() {
        let message = "更正不能增加或取消代理人，请撤回后重新收件";
        return Err(Refusal::new(RefusalCode::NotAllowed, "agent", message));
    }
    let agent_typed = input.agent.as_ref();
    let mut faults = party_faults(matter, &typed, agent_typed, Some(case.filed_on)).into_iter();
    // That somebody came for themselves is nothing that a correction brought, or could take away.
    let numbers = |applicant: &str, agent: Option<&str>| {
        (applicant == case.applicant.party.id_number)
            && agent == case.agent.as_ref().map(|agent| agent.id_number.as_str())
    };
    let untouched =
        numbers(&input.applicant.id_number, agent_typed.map(|agent| agent.id_number.as_str()));
    let of_before = |fault: &Refusal| untouched && fault.field == "agent.id_number";
    if let Some(fault) = faults.find(|fault| !of_before(fault)) {
        return Err(fault);
    }
    let applicant = input.applicant.check("applicant")?;
    let agent = agent_typed.map(|agent| agent.check("agent")).transpose()?;
    same_person(&case.applicant.party, &applicant, "applicant")?;
    if let (Some(was), Some(agent)) = (&case.agent, &agent) {
        same_person(was, agent, "agent")?;
    }
    let now =
        Parties { applicant: Applicant { kind: case.applicant.kind, party: applicant }, agent };
    let was = case.parties();
    if now == was {
        let message = "没有改动，不需要更正";
        return Err(Refusal::new(RefusalCode::NotAllowed, "applicant.name", message));
    }
    let reason = ink::words("reason", &input.reason)?;
    if reason.is_empty() {
        return Err(Refusal::new(RefusalCode::NotAllowed, "reason", "请填写更正的原因"));
    }
    too_long("reason", &reason, LONGEST_REASON)?;
    Ok(EventBody::PartiesCorrected { was, now, on, reason })
}

/// A slip changes a name or a number; both at once are somebody else.
fn same_person(was: &Party, now: &Party, prefix: &str) -> Result<(), Refusal> {
    let named = name_key(&was.name) == name_key(&now.name);
    let numbered = was.id_type == now.id_type && was.id_number == now.id_number;
    if named || numbered {
        return Ok(());
    }
    let message = "姓名和证件号码不能同时更正；换了人，请撤回后重新收件";
    Err(Refusal::new(RefusalCode::NotAllowed, format!("{prefix}.name"), message))
}

/// How a correction leaves a paper that was issued before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum After {
    /// It is issued anew.
    Anew,
    /// Whoever needs it asks for it again, or its time has passed.
    Void,
    /// It stands: it tells of an act whose reasons only that act had, or of what was handed out.
    Stands,
}

fn after(kind: DocumentKind, state: CaseState) -> After {
    match kind {
        DocumentKind::MaterialReceipt
        | DocumentKind::Acceptance
        | DocumentKind::Commitment
        | DocumentKind::DeferralCommitment
        | DocumentKind::Refusal
        | DocumentKind::NotRequiredNotice => After::Anew,
        DocumentKind::OneTimeNotice if state == CaseState::NoticeGiven => After::Anew,
        DocumentKind::OneTimeNotice
        | DocumentKind::PowerOfAttorney
        | DocumentKind::WithdrawalRequest
        | DocumentKind::TransferSheet
        | DocumentKind::EvaluationForm => After::Void,
        DocumentKind::SpecialProcedureNotice
        | DocumentKind::ExtensionNotice
        | DocumentKind::ReturnNotice
        | DocumentKind::DeliveryReceipt
        | DocumentKind::ResultSlip => After::Stands,
    }
}

/// Whether a paper that was issued before a correction is not to be handed out any more.
pub fn outdates(kind: DocumentKind, state: CaseState) -> bool {
    after(kind, state) != After::Stands
}

/// Papers that say who applies and still stand, to be issued anew: the receipt, and what the case
/// was told.
pub fn papers(case: &Case) -> Vec<DocumentKind> {
    let mut kinds = Vec::new();
    for document in &case.documents {
        if after(document.kind, case.state) == After::Anew && !kinds.contains(&document.kind) {
            kinds.push(document.kind);
        }
    }
    kinds
}

/// What was corrected, in words: names whole, numbers masked.
pub fn told(was: &Parties, now: &Parties) -> String {
    let mut parts = changes("申请人", &was.applicant.party, &now.applicant.party);
    if let (Some(was), Some(now)) = (&was.agent, &now.agent) {
        parts.extend(changes("代理人", was, now));
    }
    parts.join("；")
}

fn changes(who: &str, was: &Party, now: &Party) -> Vec<String> {
    let mut parts = Vec::new();
    if was.name != now.name {
        parts.push(format!("{who}姓名由“{}”更正为“{}”", was.name, now.name));
    }
    if (was.id_type, &was.id_number) != (now.id_type, &now.id_number) {
        let (was, now) = (mask(&was.id_number), mask(&now.id_number));
        // A slip in the middle shows in neither.
        parts.push(match was == now {
            true => format!("{who}证件号码已更正"),
            false => format!("{who}证件号码由{was}更正为{now}"),
        });
    }
    if was.phone != now.phone {
        let shown = |phone: &Option<String>| phone.as_deref().map_or("无".to_owned(), mask);
        parts.push(format!("{who}电话由{}更正为{}", shown(&was.phone), shown(&now.phone)));
    }
    if was.address != now.address {
        parts.push(format!("{who}地址已更正"));
    }
    parts
}

#[cfg(test)]
mod tests;
