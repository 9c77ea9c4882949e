//! Papers on request (开具文书): which a case can get now, and what each needs to be told.
//!
//! Some only say something or wait to be signed; others are an act that changes the case: an
//! extension (行政许可法 第42条), a special procedure that stops the clock (第45条), a return. The act
//! and its paper go together: nobody can do the one without the other.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::calendar::{DueDate, WorkCalendar, chinese_date};
use crate::case::Case;
use crate::case::event::EventBody;
use crate::case::state::CaseState;
use crate::document::DocumentKind;
use crate::ink;
use crate::intake::{LONGEST_NAME, LONGEST_REASON, too_long};
use crate::matter::{Limit, LimitUnit, Matter, MatterKind, SpecialProcedure};
use crate::particulars::Particulars;
use crate::refusal::{Refusal, RefusalCode};

/// What the clerk asks for, as typed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
pub enum PaperRequest {
    /// 特别程序告知书
    SpecialProcedureNotice {
        /// The procedure's name, one of the matter's.
        procedure: String,
        /// Why it is needed in this case.
        reason: String,
    },
    /// 延期告知书
    ExtensionNotice {
        /// How many days are added, in the unit of [`extension_unit`].
        days: u16,
        /// Who approved it.
        approver: String,
        /// Why.
        reason: String,
    },
    /// 退件通知书
    ReturnNotice {
        /// Why.
        reason: String,
    },
    /// 撤回申请书, for the applicant to sign
    WithdrawalRequest {
        /// Why; may be left for the applicant to write.
        reason: String,
    },
    /// 材料流转交接单
    TransferSheet {
        /// Whom the materials go to.
        to: String,
    },
    /// 授权委托书
    PowerOfAttorney {},
    /// 送达回证
    DeliveryReceipt {},
    /// 领取凭条
    ResultSlip {},
    /// 评价表
    EvaluationForm {},
}

/// A request that was examined: what happens to the case, if anything, and what the paper says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prepared {
    /// The act that goes with the paper.
    pub act: Option<EventBody>,
    /// What the paper is about.
    pub particulars: Particulars,
}

impl PaperRequest {
    /// Which paper it asks for.
    pub fn kind(&self) -> DocumentKind {
        match self {
            Self::SpecialProcedureNotice { .. } => DocumentKind::SpecialProcedureNotice,
            Self::ExtensionNotice { .. } => DocumentKind::ExtensionNotice,
            Self::ReturnNotice { .. } => DocumentKind::ReturnNotice,
            Self::WithdrawalRequest { .. } => DocumentKind::WithdrawalRequest,
            Self::TransferSheet { .. } => DocumentKind::TransferSheet,
            Self::PowerOfAttorney {} => DocumentKind::PowerOfAttorney,
            Self::DeliveryReceipt {} => DocumentKind::DeliveryReceipt,
            Self::ResultSlip {} => DocumentKind::ResultSlip,
            Self::EvaluationForm {} => DocumentKind::EvaluationForm,
        }
    }
}

/// The most that a licence's limit can be extended by, in workdays (行政许可法 第42条第一款).
pub const LONGEST_LICENCE_EXTENSION: u16 = 10;
/// The most that any other limit can be extended by here, in days of its own unit; what the
/// matter's own law allows may be less, which the approver answers for.
pub const LONGEST_EXTENSION: u16 = 30;

/// The unit that an extension is counted in: workdays for a licence (第82条), for others that of the
/// limit itself.
pub fn extension_unit(matter: &Matter, due: &DueDate) -> LimitUnit {
    match matter.kind {
        MatterKind::Licence => LimitUnit::Workdays,
        _ => due.limit.unit,
    }
}

/// Why the limit of `case` can't be extended any more on the day `on`: what may be extended is a
/// limit that still runs (行政许可法 第42条第一款: who can't decide *within* it). None where it has
/// not run out.
pub fn ran_out(case: &Case, on: Date) -> Option<String> {
    let due = case.due.as_ref().filter(|due| due.on < on)?;
    Some(format!("应办结日{}已过，不能再延期，请尽快办结", chinese_date(due.on)))
}

/// The papers that the case can get on the day `on`, in the order shown.
pub fn offered(case: &Case, matter: &Matter, on: Date) -> Vec<DocumentKind> {
    use DocumentKind as K;
    let counting = case.state.clock_runs();
    let can = |kind: K| match kind {
        K::SpecialProcedureNotice => counting && !matter.special_procedures.is_empty(),
        K::ExtensionNotice => {
            counting && case.due.is_some() && !case.extended && ran_out(case, on).is_none()
        }
        K::ReturnNotice => {
            let returned = EventBody::Returned { reason: String::new(), on: case.filed_on };
            case.next_state(&returned).is_some()
        }
        K::WithdrawalRequest => case.state.is_open(),
        K::TransferSheet => case.state.is_under_way() || case.state == CaseState::Received,
        K::PowerOfAttorney => matter.agent_allowed && case.state != CaseState::Archived,
        K::DeliveryReceipt => case.documents.iter().any(|d| d.kind.is_sealed()),
        K::ResultSlip => {
            matches!(case.state, CaseState::Decided | CaseState::ReadyForHandover)
        }
        K::EvaluationForm => true,
        _ => false,
    };
    K::ALL.iter().copied().filter(|kind| can(*kind)).collect()
}

/// Examines a request for a paper of `case` on the day `on`.
///
/// # Errors
/// `not-now` where the case can't get that paper; `not-allowed` and `too-long`, with the field, for
/// what was typed.
pub fn prepare(
    request: &PaperRequest,
    case: &Case,
    matter: &Matter,
    calendar: &WorkCalendar,
    on: Date,
) -> Result<Prepared, Refusal> {
    let kind = request.kind();
    if !offered(case, matter, on).contains(&kind) {
        let late = ran_out(case, on).filter(|_| kind == DocumentKind::ExtensionNotice);
        let message = late.unwrap_or_else(|| {
            format!("办件现在是“{}”，不能开具《{}》", case.state.label(), kind.title())
        });
        return Err(Refusal::new(RefusalCode::NotNow, "case", message));
    }
    let (act, particulars) = match request {
        PaperRequest::SpecialProcedureNotice { procedure, reason } => {
            let procedure = procedure_of(matter, procedure)?;
            let reason = filled("reason", reason, "请填写需要进行特别程序的原因")?;
            let act = procedure.stops_clock.then(|| EventBody::ClockStopped {
                kind: procedure.kind.clone(),
                on,
                reason: reason.clone(),
                basis: procedure.ground().to_owned(),
            });
            (act, Particulars::SpecialProcedure { procedure, on, reason })
        }
        PaperRequest::ExtensionNotice { days, approver, reason } => {
            extension(*days, approver, reason, case, matter, calendar)?
        }
        PaperRequest::ReturnNotice { reason } => {
            let reason = filled("reason", reason, "请填写退件的原因")?;
            let act = EventBody::Returned { reason: reason.clone(), on };
            (Some(act), Particulars::Return { reason })
        }
        PaperRequest::WithdrawalRequest { reason } => {
            too_long("reason", reason, LONGEST_REASON)?;
            (None, Particulars::Withdrawal { reason: ink::words("reason", reason)? })
        }
        PaperRequest::TransferSheet { to } => {
            too_long("to", to, LONGEST_NAME)?;
            (None, Particulars::Transfer { to: filled("to", to, "请填写接收材料的部门")? })
        }
        PaperRequest::PowerOfAttorney {}
        | PaperRequest::DeliveryReceipt {}
        | PaperRequest::ResultSlip {}
        | PaperRequest::EvaluationForm {} => (None, Particulars::None),
    };
    Ok(Prepared { act, particulars })
}

pub(crate) fn filled(
    field: &'static str,
    text: &str,
    otherwise: &'static str,
) -> Result<String, Refusal> {
    let text = ink::words(field, text)?;
    if text.is_empty() {
        return Err(Refusal::new(RefusalCode::NotAllowed, field, otherwise));
    }
    too_long(field, &text, LONGEST_REASON)?;
    Ok(text)
}

fn procedure_of(matter: &Matter, name: &str) -> Result<SpecialProcedure, Refusal> {
    let found = matter.special_procedures.iter().find(|p| p.kind.label() == name.trim());
    found.cloned().ok_or_else(|| {
        let message = "办事指南没有为本事项规定这项特别程序，请从列出的程序中选择";
        Refusal::new(RefusalCode::NotAllowed, "procedure", message)
    })
}

fn extension(
    days: u16,
    approver: &str,
    reason: &str,
    case: &Case,
    matter: &Matter,
    calendar: &WorkCalendar,
) -> Result<(Option<EventBody>, Particulars), Refusal> {
    // Offered only where there is a last day.
    let Some(was) = case.due.clone() else {
        let message = "本事项没有应办结日，不需要延期";
        return Err(Refusal::new(RefusalCode::NotNow, "case", message));
    };
    let most = match matter.kind {
        MatterKind::Licence => LONGEST_LICENCE_EXTENSION,
        _ => LONGEST_EXTENSION,
    };
    if days == 0 || days > most {
        let message = format!("延长的天数应当是1至{most}");
        return Err(Refusal::new(RefusalCode::NotAllowed, "days", message));
    }
    let approver = filled("approver", approver, "请填写批准延期的负责人")?;
    too_long("approver", &approver, LONGEST_NAME)?;
    let reason = filled("reason", reason, "请填写延期的理由")?;
    let added = Limit { value: days, unit: extension_unit(matter, &was) };
    // In one unit both are one limit from the same day, which a new calendar counts anew as one.
    let until = match added.unit == was.limit.unit {
        true => {
            let value = was.limit.value.saturating_add(days);
            calendar.due(was.from, Limit { value, unit: added.unit })
        }
        false => calendar.due(was.on, added),
    };
    let act = EventBody::LimitExtended {
        limit: until.clone(),
        was: was.on,
        approver: approver.clone(),
        reason: reason.clone(),
    };
    Ok((Some(act), Particulars::Extension { was, added, until, approver, reason }))
}

/// The last day after the clock stood still from `stopped_on` until `resumed_on`: what was left of
/// the limit on the day it stopped is counted again from the day it runs on (行政许可法 第45条: the
/// time of the procedure is not counted). A limit that had run out before stays run out: there was
/// nothing left to stop.
///
/// What was left is the limit without the days used, never the days up to the last day as it was
/// counted then: where that was an estimate, `calendar` may have become official since.
pub fn resumed_due(
    due: &DueDate,
    calendar: &WorkCalendar,
    stopped_on: Date,
    resumed_on: Date,
) -> DueDate {
    if due.on < stopped_on {
        return due.clone();
    }
    let Limit { value, unit } = due.limit;
    let count = |after, until| calendar.count(after, until, unit);
    // What an extension in another unit added begins only where the limit before it ends.
    let left = match due.from <= stopped_on {
        true => value.saturating_sub(count(due.from, stopped_on)),
        false => value.saturating_add(count(stopped_on, due.from)),
    };
    calendar.due(resumed_on, Limit { value: left, unit })
}

#[cfg(test)]
mod tests;
