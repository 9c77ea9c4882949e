//! Whether a matter is in force (在用) on a day, by its reference data (`task_state`,
//! `plan_effective_date`, `plan_cancel_date`). A guide that says nothing of it means in force.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Matter, MatterState};
use crate::calendar::chinese_date;

/// Why no application for a matter is taken on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "state", rename_all = "kebab-case")]
pub enum NotInForce {
    /// 未生效.
    NotYet {
        /// The first day on which it is taken.
        #[ts(type = "string")]
        from: Date,
    },
    /// 已取消.
    Cancelled {
        /// The first day on which it was taken no more; none where the guide does not say, or
        /// names a day that is still to come.
        #[ts(type = "string | null")]
        since: Option<Date>,
    },
    /// 暂停办理. The guide has no day for it.
    Suspended {},
}

impl Matter {
    /// Whether applications for this matter are taken on a day.
    ///
    /// What the state says holds on every day: the editor has written down what is. It goes
    /// before the dates, and what lasts (cancelled) before what will pass. The day of
    /// cancellation itself is out of force (自该日起取消).
    ///
    /// # Errors
    /// Why not.
    pub fn in_force(&self, on: Date) -> Result<(), NotInForce> {
        let Some(reference) = &self.reference else { return Ok(()) };
        let catalogue = &reference.catalogue;
        let since = catalogue.effective_until.filter(|until| *until <= on);
        if since.is_some() || catalogue.state == Some(MatterState::Cancelled) {
            return Err(NotInForce::Cancelled { since });
        }
        if catalogue.state == Some(MatterState::Suspended) {
            return Err(NotInForce::Suspended {});
        }
        match catalogue.effective_from {
            Some(from) if on < from => Err(NotInForce::NotYet { from }),
            _ => Ok(()),
        }
    }
}

impl NotInForce {
    /// Whether it follows from a day, so that another day may be judged otherwise.
    pub fn is_dated(&self) -> bool {
        matches!(self, Self::NotYet { .. } | Self::Cancelled { since: Some(_) })
    }

    /// As marked in a list, for instance 已取消（2026年11月24日起）.
    pub fn label(&self) -> String {
        match self {
            Self::NotYet { from } => format!("未生效（{}起办理）", chinese_date(*from)),
            Self::Cancelled { since: Some(since) } => {
                format!("已取消（{}起）", chinese_date(*since))
            }
            Self::Cancelled { since: None } => "已取消".to_owned(),
            Self::Suspended {} => "暂停办理".to_owned(),
        }
    }

    /// In a sentence without its full stop, for whoever applies.
    pub fn reason(&self) -> String {
        match self {
            Self::NotYet { from } => {
                format!("本事项尚未生效，自{}起办理", chinese_date(*from))
            }
            Self::Cancelled { since: Some(since) } => {
                format!("本事项已自{}起取消，不再办理", chinese_date(*since))
            }
            Self::Cancelled { since: None } => "本事项已取消，不再办理".to_owned(),
            Self::Suspended {} => "本事项暂停办理".to_owned(),
        }
    }

    /// What the clerk can do, in a sentence without its full stop.
    pub fn way_out(&self) -> &'static str {
        match self {
            Self::NotYet { .. } => "请告诉申请人生效日期，可打印告知单，到时再来办理",
            Self::Cancelled { .. } => "请向申请人说明原因，指引向主管部门咨询，可打印告知单",
            Self::Suspended {} => "请向申请人说明原因，指引向主管部门咨询恢复时间，可打印告知单",
        }
    }
}

#[cfg(test)]
mod tests;
