//! The figures that a hall reports (统计): how many cases, how many on time, how often applicants were
//! told twice, what they were spared, and whether they judged the service.
//!
//! A figure is one question put to one case: how often does it count? Totals, groups, rates and the
//! list of cases behind a number all ask the same question, so that they can't differ. Cases are
//! those *filed* in a period; what became of them is told as it stands. This module knows no
//! screen and no single grade: see [`crate::evaluation`].

mod groups;
mod period;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::case::Case;
use crate::case::state::CaseState;
use crate::checklist::Check;
use crate::evaluation::Answered;
use crate::named::named;

pub use groups::{FiledAt, GroupRow, Groups, HallGroup};
pub use period::Period;

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Figure {
    /// 收件
    Filed,
    /// 受理, also 容缺 and 视为
    Accepted,
    /// 不予受理、不需办理、非本机关职权
    TurnedAway,
    /// 办结
    Decided,
    /// 办结, of a case that had a last day
    DecidedWithLimit,
    /// 按期办结: on or before that day
    DecidedOnTime,
    /// 超期未办结: the last day has passed, and it is not decided
    Overdue,
    /// 一次性告知 (补正)
    Notices,
    /// 二次告知: asked for materials again, after a notice or an earlier list
    SecondNotices,
    /// 延期
    Extensions,
    /// 退件、撤回
    Ended,
    /// 已出件
    HandedOver,
    /// 补打的文书, every time
    Reprints,
    /// 应交材料: what the checklists asked for
    Materials,
    /// 免交材料: what an electronic licence or a commitment stood in for
    MaterialsSpared,
    /// 服务次数
    Services,
    /// 已评价
    Evaluated,
}

named!(Figure {
    Filed "filed" "收件",
    Accepted "accepted" "受理",
    TurnedAway "turned-away" "不受理",
    Decided "decided" "办结",
    DecidedWithLimit "decided-with-limit" "有时限的办结",
    DecidedOnTime "decided-on-time" "按期办结",
    Overdue "overdue" "超期未办结",
    Notices "notices" "一次性告知",
    SecondNotices "second-notices" "二次告知",
    Extensions "extensions" "延期",
    Ended "ended" "退件和撤回",
    HandedOver "handed-over" "已出件",
    Reprints "reprints" "补打文书",
    Materials "materials" "应交材料",
    MaterialsSpared "materials-spared" "免交材料",
    Services "services" "服务次数",
    Evaluated "evaluated" "已评价",
});

/// A part of a whole, both figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Rate {
    /// 按期办结率
    OnTime,
    /// 评价率
    Evaluation,
    /// 二次告知率
    SecondNotice,
    /// 减材料率
    MaterialReduction,
}

named!(Rate {
    OnTime "on-time" "按期办结率",
    Evaluation "evaluation" "评价率",
    SecondNotice "second-notice" "二次告知率",
    MaterialReduction "material-reduction" "减材料率",
});

impl Rate {
    /// What is divided by what.
    pub fn of(self) -> (Figure, Figure) {
        match self {
            Self::OnTime => (Figure::DecidedOnTime, Figure::DecidedWithLimit),
            Self::Evaluation => (Figure::Evaluated, Figure::Services),
            Self::SecondNotice => (Figure::SecondNotices, Figure::Filed),
            Self::MaterialReduction => (Figure::MaterialsSpared, Figure::Materials),
        }
    }
}

impl Figure {
    /// How often a case counts, seen on a day.
    pub fn of(self, case: &Case, today: Date) -> u32 {
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let limit = || Some((case.decision.as_ref()?.on, case.due.as_ref()?.on));
        match self {
            Self::Filed => 1,
            Self::Accepted => u32::from(case.accepted_on.is_some()),
            Self::TurnedAway => u32::from(case.stopped.is_some()),
            Self::Decided => u32::from(case.decision.is_some()),
            Self::DecidedWithLimit => u32::from(limit().is_some()),
            Self::DecidedOnTime => u32::from(limit().is_some_and(|(on, due)| on <= due)),
            Self::Overdue => {
                u32::from(crate::urgency::pressing(case).is_some_and(|due| due < today))
            }
            Self::Notices => u32::from(case.notice_on.is_some()),
            Self::SecondNotices => {
                let told = usize::from(case.notice_on.is_some()) + case.asked.len();
                u32::from(told > 1)
            }
            Self::Extensions => u32::from(case.extended),
            Self::Ended => {
                u32::from(matches!(case.state, CaseState::Returned | CaseState::Withdrawn))
            }
            Self::HandedOver => u32::from(case.delivered.is_some()),
            Self::Reprints => {
                case.documents.iter().map(|paper| paper.printed.saturating_sub(1)).sum()
            }
            Self::Materials => count(case.materials.len()),
            Self::MaterialsSpared => {
                let spared = |check| matches!(check, Some(Check::Licence | Check::Committed));
                count(case.materials.iter().filter(|m| spared(m.check)).count())
            }
            Self::Services => count(case.visits.len()),
            Self::Evaluated => {
                let given = |on| case.answered(on) == Answered::Given;
                count(case.visits.iter().filter(|visit| given(visit.on)).count())
            }
        }
    }
}

/// Every figure of some cases, in the order of [`Figure`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally([u32; 17]);

impl Tally {
    /// Counts one case more.
    pub fn add(&mut self, case: &Case, today: Date) {
        use crate::named::Named as _;
        for (sum, figure) in self.0.iter_mut().zip(Figure::ALL) {
            *sum = sum.saturating_add(figure.of(case, today));
        }
    }

    /// How often something counts.
    pub fn get(&self, figure: Figure) -> u32 {
        use crate::named::Named as _;
        let at = Figure::ALL.iter().position(|one| *one == figure);
        at.and_then(|at| self.0.get(at)).copied().unwrap_or(0)
    }

    /// A part in a thousand of its whole, rounded down: 99.95 % on time is not 100 %. None where
    /// the whole is nothing.
    pub fn per_mille(&self, rate: Rate) -> Option<u32> {
        let (part, whole) = rate.of();
        let (part, whole) = (u64::from(self.get(part)), u64::from(self.get(whole)));
        (part * 1000).checked_div(whole).and_then(|rate| u32::try_from(rate).ok())
    }
}

/// By what the cases of one window are put together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum FigureGroup {
    /// 收件人
    Clerk,
    /// 事项
    Matter,
    /// 部门
    Department,
    /// 日
    Day,
    /// 月
    Month,
}

named!(FigureGroup {
    Clerk "clerk" "收件人",
    Matter "matter" "事项",
    Department "department" "部门",
    Day "day" "日期",
    Month "month" "月份",
});

impl FigureGroup {
    /// The group that a case belongs to: what tells it from others, and how people call it. Clerks
    /// may share a name.
    pub fn of(self, case: &Case) -> (String, String) {
        match self {
            Self::Clerk => (case.filed_by.id.clone(), case.filed_by.name.clone()),
            Self::Matter => (case.matter.code.clone(), case.matter.name.clone()),
            Self::Department => (case.matter.department.clone(), case.matter.department.clone()),
            Self::Day => (case.filed_on.to_string(), case.filed_on.to_string()),
            Self::Month => {
                let month = case.filed_on.strftime("%Y-%m").to_string();
                (month.clone(), month)
            }
        }
    }
}

#[cfg(test)]
mod tests;
