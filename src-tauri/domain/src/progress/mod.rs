//! What an applicant is told of a case from afar (办件进度): how far it is, by when it will be
//! decided, and what to do next. Who asks has a number and a code and may be anybody who found a
//! receipt, so no full name and no identity number is in it.

mod discreet;

use jiff::civil::Date;

use crate::calendar::DueDate;
use crate::case::event::Decision;
use crate::case::state::CaseState;
use crate::case::{Asked, Case};
use crate::checklist::Check;
use crate::matter::MaterialId;

pub use discreet::masked_name;

/// How a case stands, in the applicant's words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Progress<'c> {
    /// 事项名称.
    pub matter: &'c str,
    /// 实施主体.
    pub department: &'c str,
    /// The applicant's name, masked: `张*`.
    pub applicant: String,
    /// In two to eight characters.
    pub headline: &'static str,
    /// In one or two sentences.
    pub meaning: &'static str,
    /// Whether it is over.
    pub closed: bool,
    /// The days that matter, in the order of the case.
    pub days: Vec<Milestone>,
    /// What the applicant should do, if anything.
    pub next: Option<Next<'c>>,
    /// Made in practice (演练).
    pub practice: bool,
}

/// A day of the case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Milestone {
    /// What it is the day of.
    pub name: &'static str,
    /// The day.
    pub on: Date,
    /// Whether it may still move, because a calendar is not official yet (暂估).
    pub estimated: bool,
}

/// What the applicant should do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Next<'c> {
    /// Bring these materials to the window.
    Bring(Vec<Lacking<'c>>),
    /// Collect the result, or the written decision.
    Collect,
}

/// A material that is still to be brought.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lacking<'c> {
    /// 材料名称.
    pub name: &'c str,
    /// What was found: 缺少, 不符, 容缺后补.
    pub found: &'static str,
    /// Why, as told at the window.
    pub reason: String,
    /// 受理标准.
    pub standard: &'c str,
    /// How to get it.
    pub how_to_get: &'c str,
}

/// How a case stands.
pub fn progress(case: &Case) -> Progress<'_> {
    let (headline, meaning) = words(case);
    Progress {
        matter: &case.matter.name,
        department: &case.matter.department,
        applicant: masked_name(case.applicant.kind, &case.applicant.party.name),
        headline,
        meaning,
        closed: !case.state.is_open() && next(case).is_none(),
        days: days(case),
        next: next(case),
        practice: case.practice,
    }
}

fn words(case: &Case) -> (&'static str, &'static str) {
    let denied = case.decision.as_ref().is_some_and(|d| d.decision == Decision::Denied);
    match case.state {
        CaseState::Received => ("已收件", "申请材料已经收下，正在核对。"),
        CaseState::NoticeGiven => {
            ("待补正", "申请材料还不齐全或者不符合要求，请按下面的清单补正，交到收件的窗口。")
        }
        CaseState::Supplemented => ("已补正", "补正的材料已经收到，正在核对是否受理。"),
        CaseState::Accepted => ("已受理", "申请已经受理，正在办理。"),
        CaseState::AcceptedDeferred => {
            ("已容缺受理", "申请已经受理，正在办理；承诺后补的材料请在应办结日之前交到窗口。")
        }
        CaseState::DeemedAccepted => ("视为受理", "申请自收到材料之日起视为受理，正在办理。"),
        CaseState::InReview => ("审查中", "申请已经受理，审批部门正在审查。"),
        CaseState::SupplementAsked => (
            "待补正",
            "审批部门在审查中发现材料需要补正，请按下面的清单补正，交到收件的窗口；办理期限照常计算。",
        ),
        CaseState::ClockStopped => (
            "特别程序",
            "正在进行听证、检验、检测、专家评审等特别程序，所需时间不计入办理期限，\
             详见特别程序告知书；结束后重新计算应办结日。",
        ),
        CaseState::Decided | CaseState::ReadyForHandover if denied => (
            "不予许可",
            "已经作出书面决定，请领取。决定书写明理由，以及申请行政复议、提起行政诉讼的途径和期限。",
        ),
        CaseState::Decided => ("已办结", "办理结果已经作出，请领取。"),
        CaseState::ReadyForHandover => ("待领取", "办理结果已经备好，请领取。"),
        CaseState::HandedOver => {
            ("已领取", "办理结果已经交付。如果不是您或者您委托的人领取的，请尽快与窗口联系。")
        }
        CaseState::Archived => ("已归档", "办理已经结束，材料已经归档。"),
        CaseState::NotRequired => {
            ("不需办理", "所申请的事项不需要办理，详见窗口出具的即时告知书。")
        }
        CaseState::OutOfScope => (
            "不属本机关职权",
            "所申请的事项不属于本机关职权范围，应当向哪个机关申请，详见窗口出具的书面通知。",
        ),
        CaseState::Refused => (
            "不予受理",
            "申请没有受理，理由以及申请行政复议、提起行政诉讼的途径，详见不予受理通知书。",
        ),
        CaseState::Withdrawn => ("已撤回", "申请人已经撤回申请。"),
        CaseState::Returned => ("已退件", "申请已经退回，原因详见退件通知书。"),
    }
}

fn days(case: &Case) -> Vec<Milestone> {
    let day = |name, on| Milestone { name, on, estimated: false };
    let limit = |name, due: &DueDate| Milestone { name, on: due.on, estimated: due.estimated };
    let mut days = vec![day("收件日期", case.filed_on)];
    if case.state == CaseState::Received {
        days.extend(case.notify_by.as_ref().map(|due| limit("最迟告知日期", due)));
    }
    days.extend(case.notice_on.map(|on| day("告知补正日期", on)));
    days.extend(case.accepted_on.map(|on| day("受理日期", on)));
    // While the clock stands still there is no last day.
    if case.state.clock_runs() {
        days.extend(case.due.as_ref().map(|due| limit("应办结日", due)));
    }
    days.extend(case.decision.as_ref().map(|taken| day("办结日期", taken.on)));
    days
}

fn next(case: &Case) -> Option<Next<'_>> {
    let open = match case.state {
        CaseState::NoticeGiven => {
            case.open_items().into_iter().filter_map(|id| lacking(case, id)).collect()
        }
        CaseState::SupplementAsked => case.asked.last().map_or_else(Vec::new, |asked| {
            asked
                .open_items()
                .into_iter()
                .filter_map(|id| lacking_in_review(case, asked, id))
                .collect()
        }),
        state if state.is_under_way() => {
            let later = case.with_check(Check::Deferred);
            let open = case.open_items().into_iter().chain(&later);
            let arrived = |id: &MaterialId| case.arrived.iter().any(|a| a.id == *id);
            open.filter(|id| !arrived(id)).filter_map(|id| lacking(case, id)).collect()
        }
        CaseState::Decided | CaseState::ReadyForHandover => return Some(Next::Collect),
        _ => Vec::new(),
    };
    (!open.is_empty()).then_some(Next::Bring(open))
}

fn lacking<'c>(case: &'c Case, id: &str) -> Option<Lacking<'c>> {
    let found = case.materials.iter().find(|m| m.material.id == id)?;
    Some(Lacking {
        name: &found.material.name,
        found: found.check.map_or("", Check::label),
        reason: discreet::without_persons(case, &found.reason),
        standard: &found.material.standard,
        how_to_get: &found.material.how_to_get,
    })
}

/// What the review asked for: what it says of the material counts, not what the window found.
fn lacking_in_review<'c>(case: &'c Case, asked: &Asked, id: &str) -> Option<Lacking<'c>> {
    let item = asked.items.iter().find(|item| item.id == id)?;
    let reason = discreet::without_persons(case, &item.mend);
    Some(Lacking { found: "需补正", reason, ..lacking(case, id)? })
}

#[cfg(test)]
mod tests;
