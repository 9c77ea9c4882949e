//! What a clerk takes in at the counter, as typed, and its check in the order of the fields.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::applicant::{Applicant, ApplicantInput, ApplicantKind, Party, PartyInput};
use crate::calendar::WorkCalendar;
use crate::checklist::{self, Check, CheckedMaterial};
use crate::condition::Answers;
use crate::determination::{self, Determination};
use crate::identity::{self, IdType};
use crate::ink;
use crate::matter::{Material, MaterialId, Matter, Necessity};
use crate::refusal::{Refusal, RefusalCode};

/// One checked material, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct CheckInput {
    /// The material.
    pub id: MaterialId,
    /// The name of a [`Check`].
    pub check: String,
    /// Why, for the applicant.
    pub reason: String,
}

/// Everything typed until a case can be determined.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct Intake {
    /// 实施编码.
    pub matter: String,
    /// The day of filing, `YYYY-MM-DD`.
    pub filed_on: String,
    /// Choices by question.
    #[ts(type = "Record<string, string>")]
    pub answers: Answers,
    /// 申请人.
    pub applicant: ApplicantInput,
    /// 代理人, if someone else came.
    pub agent: Option<PartyInput>,
    /// The materials looked at.
    pub materials: Vec<CheckInput>,
}

/// An intake that was checked whole, with what follows from it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Examined {
    /// The day of filing.
    pub filed_on: Date,
    /// The answers that count.
    pub answers: Answers,
    /// 申请人.
    pub applicant: Applicant,
    /// 代理人.
    pub agent: Option<Party>,
    /// Every applicable material in guide order; empty after a `stop`.
    pub materials: Vec<CheckedMaterial>,
    /// What follows on the day of filing.
    pub determination: Determination,
}

/// The longest reason, in characters: a page of it.
pub const LONGEST_REASON: usize = 1000;
/// The longest name, in characters. Names of 50 are real; ten times that is a slip of the paste.
pub const LONGEST_NAME: usize = 500;
/// The longest address, in characters: three lines of an envelope.
pub const LONGEST_ADDRESS: usize = 200;

/// Refuses a text that no paper and no batch could carry.
///
/// # Errors
/// `too-long` at `field`.
pub fn too_long(field: &str, text: &str, longest: usize) -> Result<(), Refusal> {
    if text.chars().count() <= longest {
        return Ok(());
    }
    let message = format!("内容过长，请不要超过{longest}个字");
    Err(Refusal::new(RefusalCode::TooLong, field, message))
}

/// Reads `YYYY-MM-DD` strictly.
///
/// # Errors
/// `bad-date` at `field`.
pub fn parse_date(text: &str, field: &str) -> Result<Date, Refusal> {
    let strict = text.len() == 10
        && text.bytes().enumerate().all(|(i, b)| match i {
            4 | 7 => b == b'-',
            _ => b.is_ascii_digit(),
        });
    // Nobody alive filed a case before 1900: an older year is a slip.
    let read = || text.parse().ok().filter(|date: &Date| date.year() >= 1900);
    strict.then(read).flatten().ok_or_else(|| {
        Refusal::new(RefusalCode::BadDate, field, format!("“{text}”不是有效日期，应形如2026-03-02"))
    })
}

/// The refusal of a matter code that the guide does not have.
pub fn unknown_matter(code: &str) -> Refusal {
    let message = format!("指南里没有实施编码为“{code}”的事项，请重新查找");
    Refusal::new(RefusalCode::UnknownMatter, "matter", message)
}

/// Refuses a matter for which no application is taken on a day.
///
/// # Errors
/// `not-in-force` at `matter`, with the reason and what the clerk can do.
pub fn require_in_force(matter: &Matter, on: Date) -> Result<(), Refusal> {
    matter.in_force(on).map_err(|why| {
        let message = format!("{}，不能收件。{}", why.reason(), why.way_out());
        Refusal::new(RefusalCode::NotInForce, "matter", message)
    })
}

/// Every fault of what was typed about who applies, in the order of the fields; on the day of
/// filing, as far as that is one.
pub fn party_faults(
    matter: &Matter,
    applicant: &ApplicantInput,
    agent: Option<&PartyInput>,
    filed_on: Option<Date>,
) -> Vec<Refusal> {
    let mut faults = Vec::new();
    let kind = ApplicantKind::parse(&applicant.kind);
    if kind.is_none_or(|k| !matter.audience.contains(&k)) {
        let audience: Vec<_> = matter.audience.iter().map(|k| k.label()).collect();
        let message = format!("本事项面向{}，请核对申请人类型", audience.join("、"));
        faults.push(Refusal::new(RefusalCode::AudienceMismatch, "applicant.kind", message));
    }
    faults.extend(applicant.party.faults("applicant"));
    if let Some(agent) = agent {
        faults.extend(agent.faults("agent"));
        if !matter.agent_allowed {
            let message = "本事项须申请人本人到场办理，不能委托代办";
            faults.push(Refusal::new(RefusalCode::AgentNotAllowed, "agent", message));
        }
    }
    faults.extend(unlikely(applicant, agent, filed_on));
    faults
}

/// What no number by itself shows: somebody who is not born yet, and somebody who would come for
/// themselves.
fn unlikely(
    applicant: &ApplicantInput,
    agent: Option<&PartyInput>,
    filed_on: Option<Date>,
) -> Option<Refusal> {
    let number = |party: &PartyInput| {
        let id_type = IdType::parse(&party.id_type)?;
        Some((id_type, identity::check_id_number(id_type, &party.id_number).ok()?))
    };
    let unborn = |party: &PartyInput, field: &str| {
        let (id_type, number) = number(party)?;
        let born = identity::birth_date(&number).filter(|_| id_type == IdType::ResidentId)?;
        let message = "身份证号中的出生日期晚于收件日期，请核对第7至14位";
        (born > filed_on?).then(|| Refusal::new(RefusalCode::BadIdNumber, field, message))
    };
    let unborn_agent = || unborn(agent?, "agent.id_number");
    let themselves = || {
        let message = "代理人和申请人是同一个人；本人来办的，请去掉代理人";
        (number(agent?)? == number(&applicant.party)?)
            .then(|| Refusal::new(RefusalCode::NotAllowed, "agent.id_number", message))
    };
    unborn(&applicant.party, "applicant.id_number").or_else(unborn_agent).or_else(themselves)
}

/// Joins what was typed about the materials with those that apply.
///
/// # Errors
/// The first fault, in the order of the list typed; then `unchecked-material`.
pub(crate) fn check_materials(
    known: &[Material],
    applicable: &[&Material],
    given: &[CheckInput],
) -> Result<Vec<CheckedMaterial>, Refusal> {
    let mut joined: Vec<CheckedMaterial> = applicable
        .iter()
        .map(|m| CheckedMaterial { material: m.as_filed(), check: None, reason: String::new() })
        .collect();
    for (i, input) in given.iter().enumerate() {
        let id_fault =
            |code, message: String| Err(Refusal::new(code, format!("materials[{i}].id"), message));
        let Some(material) = known.iter().find(|m| m.id == input.id) else {
            let message = format!("本事项的材料清单里没有“{}”，清单外材料不得收取", input.id);
            return id_fault(RefusalCode::UnknownMaterial, message);
        };
        let Some(entry) = joined.iter_mut().find(|m| m.material.id == input.id) else {
            let message = format!("按所选情形不需要“{}”，请勿收取", material.name);
            return id_fault(RefusalCode::NotApplicable, message);
        };
        if entry.check.is_some() {
            let message = format!("“{}”登记了两次，请删去一次", material.name);
            return id_fault(RefusalCode::DuplicateMaterial, message);
        }
        let field = format!("materials[{i}].check");
        let Some(check) = Check::parse(&input.check) else {
            let message = format!("“{}”的核对结果无法识别，请重新选择", material.name);
            return Err(Refusal::new(RefusalCode::UnknownCheck, field, message));
        };
        if let Some(obstacle) = check.obstacle(material) {
            let message = format!("“{}”：{obstacle}", material.name);
            return Err(Refusal::new(RefusalCode::NotAllowed, field, message));
        }
        let field = format!("materials[{i}].reason");
        too_long(&field, &input.reason, LONGEST_REASON)?;
        entry.check = Some(check);
        entry.reason = ink::words(&field, &input.reason)?;
    }
    let unchecked =
        joined.iter().find(|m| m.check.is_none() && m.material.necessity != Necessity::Optional);
    match unchecked {
        Some(m) => Err(Refusal::new(
            RefusalCode::UncheckedMaterial,
            "materials",
            format!("“{}”还没有核对", m.material.name),
        )),
        None => Ok(joined),
    }
}

/// Checks an intake whole and says what follows. `matter` is the one the intake names; whether it
/// is in force is judged on the day of filing, whenever the typing began.
///
/// # Errors
/// The first fault, in the order of the fields (format `yichuang-guide/1`). After a `stop`
/// nothing further is checked.
pub fn examine(
    matter: &Matter,
    calendar: &WorkCalendar,
    intake: &Intake,
) -> Result<Examined, Refusal> {
    let filed_on = parse_date(&intake.filed_on, "filed_on")?;
    require_in_force(matter, filed_on)?;
    let faults = party_faults(matter, &intake.applicant, intake.agent.as_ref(), Some(filed_on));
    if let Some(fault) = faults.into_iter().next() {
        return Err(fault);
    }
    let applicant = Applicant {
        kind: ApplicantKind::parse(&intake.applicant.kind).ok_or_else(|| {
            Refusal::new(RefusalCode::AudienceMismatch, "applicant.kind", "请选择申请人类型")
        })?,
        party: intake.applicant.party.check("applicant")?,
    };
    let agent = intake.agent.as_ref().map(|a| a.check("agent")).transpose()?;

    let walk = checklist::walk(matter, &intake.answers, agent.is_some());
    if let Some(fault) = walk.faults.into_iter().next() {
        return Err(fault);
    }
    if let Some(stop) = walk.stopped {
        return Ok(Examined {
            filed_on,
            answers: walk.answers,
            applicant,
            agent,
            materials: Vec::new(),
            determination: determination::stopped(stop),
        });
    }
    let applicable = checklist::applicable(matter, &walk.answers);
    let materials = check_materials(&matter.materials, &applicable, &intake.materials)?;
    let determination = determination::determine(matter, calendar, filed_on, &materials);
    Ok(Examined { filed_on, answers: walk.answers, applicant, agent, materials, determination })
}

#[cfg(test)]
mod tests;
