//! 后台分类审批: what a department can do with a case that a window took in, who may do it, and what
//! each step needs to be told.
//!
//! Whether a step may follow is the state machine's word ([`Case::next_state`]); the special
//! procedures and the extension are those of the papers on request ([`crate::issue`]).

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::calendar::WorkCalendar;
use crate::case::Case;
use crate::case::event::{AskedItem, Decision, EventBody};
use crate::document::DocumentKind;
use crate::ink;
use crate::intake::{LONGEST_NAME, LONGEST_REASON, too_long};
use crate::issue::{self, PaperRequest, filled};
use crate::matter::{Department, Matter};
use crate::named::named;
use crate::refusal::{Refusal, RefusalCode};

/// What an account of the back office is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// 审批人员: examines and decides.
    Reviewer,
    /// 部门负责人: that, and approves what the law reserves for the head of the office.
    Lead,
    /// 大厅负责人: runs the hall. Sees what the windows come to and follows up poor ratings; belongs
    /// to no department, sees no case and decides none.
    HallLead,
    /// 管理员: accounts and the audit. Sees no case: who gives out the keys does not decide.
    Administrator,
}

named!(Role {
    Reviewer "reviewer" "审批人员",
    Lead "lead" "部门负责人",
    HallLead "hall-lead" "大厅负责人",
    Administrator "administrator" "管理员",
});

/// A step of the back office.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Step {
    /// 开始审查
    Review,
    /// 审查补正
    Ask,
    /// 特别程序
    StopClock,
    /// 恢复计时
    Resume,
    /// 延期
    Extend,
    /// 准予
    Grant,
    /// 不予许可
    Deny,
    /// 结果已备好，转窗口出件
    Ready,
}

named!(Step {
    Review "review" "开始审查",
    Ask "ask" "要求补正",
    StopClock "stop-clock" "特别程序",
    Resume "resume" "恢复计时",
    Extend "extend" "延期",
    Grant "grant" "准予",
    Deny "deny" "不予许可",
    Ready "ready" "转窗口出件",
});

impl Role {
    /// Whether an account of this role may see cases at all.
    pub fn sees_cases(self) -> bool {
        matches!(self, Self::Reviewer | Self::Lead)
    }

    /// Whether an account of this role belongs to a department, or to all of them. The others serve
    /// the hall.
    pub fn is_of_departments(self) -> bool {
        self.sees_cases()
    }

    /// Whether it may see figures (统计): of the whole hall, or of the cases that it sees.
    pub fn sees_figures(self) -> bool {
        matches!(self, Self::Lead | Self::HallLead)
    }

    /// Whether it follows up poor ratings (差评回访): somebody who neither served nor decides.
    pub fn follows_up_ratings(self) -> bool {
        self == Self::HallLead
    }

    /// Whether it may take a step. An extension is for the head of the office to approve
    /// (行政许可法 第42条).
    pub fn may(self, step: Step) -> bool {
        match step {
            Step::Extend => self == Self::Lead,
            _ => self.sees_cases(),
        }
    }
}

/// A step as an official fills it in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    /// 开始审查
    Review,
    /// 要求补正
    Ask {
        /// Which materials, and how each is to be mended.
        items: Vec<AskedItem>,
        /// Why.
        reason: String,
    },
    /// 特别程序
    StopClock {
        /// The procedure's name, one of the matter's.
        procedure: String,
        /// Why it is needed.
        reason: String,
    },
    /// 恢复计时
    Resume,
    /// 延期
    Extend {
        /// How many days are added.
        days: u16,
        /// Why.
        reason: String,
    },
    /// 准予
    Grant {
        /// What there is to say; may be empty.
        reason: String,
        /// 结果证号; may be empty.
        result_number: String,
    },
    /// 不予许可
    Deny {
        /// Why (第38条).
        reason: String,
        /// On what ground.
        basis: String,
        /// How and where to object.
        remedies: String,
    },
    /// 转窗口出件
    Ready,
}

impl Act {
    /// Which step it is.
    pub fn step(&self) -> Step {
        match self {
            Self::Review => Step::Review,
            Self::Ask { .. } => Step::Ask,
            Self::StopClock { .. } => Step::StopClock,
            Self::Resume => Step::Resume,
            Self::Extend { .. } => Step::Extend,
            Self::Grant { .. } => Step::Grant,
            Self::Deny { .. } => Step::Deny,
            Self::Ready => Step::Ready,
        }
    }
}

/// What a step is judged by.
#[derive(Clone, Copy, Debug)]
pub struct Ground<'a> {
    /// The case.
    pub case: &'a Case,
    /// Its matter in the guide it is pinned to; none where the hub does not have that release.
    pub matter: Option<&'a Matter>,
    /// The calendar in use.
    pub calendar: &'a WorkCalendar,
    /// Today.
    pub on: Date,
}

/// The longest number of a result.
const LONGEST_RESULT_NUMBER: usize = 100;

/// The steps that a role can take with the case now, in the order shown.
pub fn offered(ground: &Ground<'_>, role: Role) -> Vec<Step> {
    let steps = <Step as crate::named::Named>::ALL.iter().copied();
    steps.filter(|step| role.may(*step) && is_open(ground, *step)).collect()
}

fn is_open(ground: &Ground<'_>, step: Step) -> bool {
    let Ground { case, matter, on, .. } = *ground;
    let paper = |kind| matter.is_some_and(|m| issue::offered(case, m, on).contains(&kind));
    let follows = |event: EventBody| case.next_state(&event).is_some();
    match step {
        Step::Review => follows(EventBody::ReviewStarted {}),
        Step::Ask => case.materials.first().is_some_and(|material| {
            let item = AskedItem { id: material.material.id.clone(), mend: String::new() };
            follows(EventBody::SupplementAsked { on, items: vec![item], reason: String::new() })
        }),
        Step::StopClock => {
            let stops = matter.is_some_and(|m| m.special_procedures.iter().any(|p| p.stops_clock));
            stops && paper(DocumentKind::SpecialProcedureNotice)
        }
        Step::Resume => follows(EventBody::ClockResumed { on, due: None }),
        Step::Extend => paper(DocumentKind::ExtensionNotice),
        Step::Grant | Step::Deny => follows(decided(Decision::Granted, on)),
        Step::Ready => follows(EventBody::ReadyForHandover {}),
    }
}

fn decided(decision: Decision, on: Date) -> EventBody {
    EventBody::Decided {
        decision,
        on,
        reason: String::new(),
        result_number: None,
        basis: String::new(),
        remedies: String::new(),
    }
}

/// The words about 行政复议 and 行政诉讼 that a denial begins with; the official completes them where
/// the guide does not name the bodies.
pub fn remedies(department: Option<&Department>) -> String {
    let or = |said: Option<&String>, otherwise: &str| match said.map(|text| text.trim()) {
        None | Some("") => otherwise.to_owned(),
        Some(text) => text.to_owned(),
    };
    let review = or(department.map(|d| &d.review_body), "有管辖权的行政复议机关");
    let court = or(department.map(|d| &d.court), "有管辖权的人民法院");
    format!(
        "如不服本决定，可以自收到之日起60日内，依法向{review}申请行政复议；\
         也可以自收到之日起六个月内，依法向{court}提起行政诉讼。"
    )
}

/// Examines an act and says what happens to the case. `by` is the name of who does it, as it stands
/// in an extension.
///
/// # Errors
/// `not-now` where the step does not follow; `not-allowed`, `too-long` and `unprintable`, with the field, for what
/// was filled in, and where the role may not take the step.
pub fn prepare(act: &Act, ground: &Ground<'_>, role: Role, by: &str) -> Result<EventBody, Refusal> {
    let step = act.step();
    let refuse =
        |field: &str, message: &str| Err(Refusal::new(RefusalCode::NotAllowed, field, message));
    if !role.may(step) {
        return match step {
            Step::Extend => refuse("role", "延期须由部门负责人批准，请报负责人办理"),
            _ => refuse("role", "这个账号不能办理办件"),
        };
    }
    let Ground { case, on, .. } = *ground;
    if !is_open(ground, step) {
        return Err(not_now(ground, step));
    }
    Ok(match act {
        Act::Review => EventBody::ReviewStarted {},
        Act::Ask { items, reason } => {
            // 一次告知: a second list needs somebody to answer for it.
            if !case.asked.is_empty() && role != Role::Lead {
                return refuse("role", "这件办件已经要求过补正，再次要求须由部门负责人提出");
            }
            let items =
                items.iter().map(|item| mended(item, case)).collect::<Result<Vec<_>, _>>()?;
            if items.is_empty() {
                return refuse("items", "请勾选需要补正的材料");
            }
            let reason = filled("reason", reason, "请填写要求补正的理由和依据")?;
            EventBody::SupplementAsked { on, items, reason }
        }
        Act::StopClock { procedure, reason } => {
            let request = PaperRequest::SpecialProcedureNotice {
                procedure: procedure.clone(),
                reason: reason.clone(),
            };
            match by_paper(&request, ground)? {
                Some(event) => event,
                None => return refuse("procedure", "这项程序的时间计入办理期限，不停止计时"),
            }
        }
        Act::Resume => {
            let since = case.clock_stopped_on.unwrap_or(on);
            if on < since {
                return refuse("on", "停止计时的日期在今天之后，请核对大厅中心的时间");
            }
            let resumed = |due| issue::resumed_due(due, ground.calendar, since, on);
            EventBody::ClockResumed { on, due: case.due.as_ref().map(resumed) }
        }
        Act::Extend { days, reason } => {
            let (approver, reason) = (by.to_owned(), reason.clone());
            let request = PaperRequest::ExtensionNotice { days: *days, approver, reason };
            match by_paper(&request, ground)? {
                Some(event) => event,
                None => return Err(not_now(ground, step)),
            }
        }
        Act::Grant { reason, result_number } => {
            too_long("reason", reason, LONGEST_REASON)?;
            too_long("result_number", result_number, LONGEST_RESULT_NUMBER)?;
            let number = ink::number("result_number", result_number)?;
            EventBody::Decided {
                decision: Decision::Granted,
                on,
                reason: ink::words("reason", reason)?,
                result_number: (!number.is_empty()).then_some(number),
                basis: String::new(),
                remedies: String::new(),
            }
        }
        Act::Deny { reason, basis, remedies } => EventBody::Decided {
            decision: Decision::Denied,
            on,
            reason: filled("reason", reason, "不予许可须书面说明理由（行政许可法第三十八条）")?,
            result_number: None,
            basis: filled("basis", basis, "请写明不予许可所依据的法律条款")?,
            remedies: filled("remedies", remedies, "请写明申请行政复议、提起行政诉讼的途径和期限")?,
        },
        Act::Ready => EventBody::ReadyForHandover {},
    })
}

fn not_now(ground: &Ground<'_>, step: Step) -> Refusal {
    let word = crate::named::Named::word(step);
    let message = match (step, ground.matter) {
        (Step::StopClock | Step::Extend, None) => {
            format!("大厅中心没有这件办件所依据的指南版本，不能办理“{word}”：请先发布该版本")
        }
        _ => {
            issue::ran_out(ground.case, ground.on).filter(|_| step == Step::Extend).unwrap_or_else(
                || format!("办件现在是“{}”，不能办理“{word}”", ground.case.state.label()),
            )
        }
    };
    Refusal::new(RefusalCode::NotNow, "case", message)
}

fn by_paper(request: &PaperRequest, ground: &Ground<'_>) -> Result<Option<EventBody>, Refusal> {
    let Some(matter) = ground.matter else { return Ok(None) };
    Ok(issue::prepare(request, ground.case, matter, ground.calendar, ground.on)?.act)
}

/// A material of the list, with the words that say how to mend it.
fn mended(item: &AskedItem, case: &Case) -> Result<AskedItem, Refusal> {
    let field = format!("mend.{}", item.id);
    if !case.materials.iter().any(|m| m.material.id == item.id) {
        let message = "这份材料不在本办件的材料清单里，清单外材料不得要求提交";
        return Err(Refusal::new(RefusalCode::UnknownMaterial, field, message));
    }
    let mend = ink::words(&field, &item.mend)?;
    if mend.is_empty() {
        let name = case.material_name(&item.id);
        let message = format!("请写明“{name}”哪里不符、怎样补正");
        return Err(Refusal::new(RefusalCode::NotAllowed, field, message));
    }
    too_long(&field, &mend, LONGEST_NAME)?;
    Ok(AskedItem { id: item.id.clone(), mend })
}

/// Whether an act of the department is for the window to know of: somebody there has something to
/// do, or something to tell the applicant.
pub fn is_for_the_window(event: &EventBody) -> bool {
    matches!(
        event,
        EventBody::SupplementAsked { .. }
            | EventBody::ClockStopped { .. }
            | EventBody::ClockResumed { .. }
            | EventBody::LimitExtended { .. }
            | EventBody::Decided { .. }
            | EventBody::ReadyForHandover {}
    )
}

#[cfg(test)]
mod tests;
