//! The states of a case and which step may follow which.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::event::EventBody;
use crate::matter::StopOutcome;

/// Where a case stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum CaseState {
    /// 已收件
    Received,
    /// 待补正: the notice was given
    NoticeGiven,
    /// 已补正: everything in the notice arrived
    Supplemented,
    /// 已受理
    Accepted,
    /// 容缺受理
    AcceptedDeferred,
    /// 视为受理
    DeemedAccepted,
    /// 审查中
    InReview,
    /// 审查补正: the department waits for materials it asked for in its review
    SupplementAsked,
    /// 特别程序
    ClockStopped,
    /// 已办结
    Decided,
    /// 待出件
    ReadyForHandover,
    /// 已出件
    HandedOver,
    /// 已归档
    Archived,
    /// 不需办理
    NotRequired,
    /// 非本机关职权
    OutOfScope,
    /// 不予受理
    Refused,
    /// 已撤回
    Withdrawn,
    /// 已退件
    Returned,
}

/// How a case stands to what it was accepted without (容缺后补).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deferral {
    /// Nothing of it is waited for.
    None,
    /// Something is, also after this.
    Open,
    /// With this the last of it is there.
    Arrived,
}

/// What of a case decides whether a step may follow.
#[derive(Clone, Copy, Debug)]
pub struct Standing {
    /// The state; none before the filing.
    pub state: Option<CaseState>,
    /// Whether everything the notice lists has arrived.
    pub nothing_open: bool,
    /// Whether anything was deferred.
    pub deferred: bool,
    /// Whether the limit was extended already.
    pub extended: bool,
    /// Whether something that was asked for in the review has not arrived.
    pub asked_open: bool,
    /// What was deferred.
    pub deferral: Deferral,
}

impl CaseState {
    /// Every state.
    pub const ALL: [Self; 18] = [
        Self::Received,
        Self::NoticeGiven,
        Self::Supplemented,
        Self::Accepted,
        Self::AcceptedDeferred,
        Self::DeemedAccepted,
        Self::InReview,
        Self::SupplementAsked,
        Self::ClockStopped,
        Self::Decided,
        Self::ReadyForHandover,
        Self::HandedOver,
        Self::Archived,
        Self::NotRequired,
        Self::OutOfScope,
        Self::Refused,
        Self::Withdrawn,
        Self::Returned,
    ];

    /// The name used in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::NoticeGiven => "notice-given",
            Self::Supplemented => "supplemented",
            Self::Accepted => "accepted",
            Self::AcceptedDeferred => "accepted-deferred",
            Self::DeemedAccepted => "deemed-accepted",
            Self::InReview => "in-review",
            Self::SupplementAsked => "supplement-asked",
            Self::ClockStopped => "clock-stopped",
            Self::Decided => "decided",
            Self::ReadyForHandover => "ready-for-handover",
            Self::HandedOver => "handed-over",
            Self::Archived => "archived",
            Self::NotRequired => "not-required",
            Self::OutOfScope => "out-of-scope",
            Self::Refused => "refused",
            Self::Withdrawn => "withdrawn",
            Self::Returned => "returned",
        }
    }

    /// As shown to the clerk.
    pub fn label(self) -> &'static str {
        match self {
            Self::Received => "已收件",
            Self::NoticeGiven => "待补正",
            Self::Supplemented => "已补正",
            Self::Accepted => "已受理",
            Self::AcceptedDeferred => "容缺受理",
            Self::DeemedAccepted => "视为受理",
            Self::InReview => "审查中",
            Self::SupplementAsked => "审查补正",
            Self::ClockStopped => "特别程序",
            Self::Decided => "已办结",
            Self::ReadyForHandover => "待出件",
            Self::HandedOver => "已出件",
            Self::Archived => "已归档",
            Self::NotRequired => "不需办理",
            Self::OutOfScope => "非本机关职权",
            Self::Refused => "不予受理",
            Self::Withdrawn => "已撤回",
            Self::Returned => "已退件",
        }
    }

    /// Whether the case has been accepted and not yet decided.
    pub fn is_under_way(self) -> bool {
        matches!(
            self,
            Self::Accepted
                | Self::AcceptedDeferred
                | Self::DeemedAccepted
                | Self::InReview
                | Self::SupplementAsked
                | Self::ClockStopped
        )
    }

    /// Whether the limit of the case is being counted: it is under way, and no procedure of
    /// 行政许可法 第45条 stops the clock.
    pub fn clock_runs(self) -> bool {
        self.is_under_way() && self != Self::ClockStopped
    }

    /// Whether the case waits for its acceptance or its decision.
    pub fn is_open(self) -> bool {
        self.is_before_acceptance() || self.is_under_way()
    }

    /// Whether the case still waits to be accepted.
    pub fn is_before_acceptance(self) -> bool {
        matches!(self, Self::Received | Self::NoticeGiven | Self::Supplemented)
    }
}

/// The state that `event` leads to from where the case stands, or none if it does not apply.
/// Papers and prints apply wherever there is a case, and change no state.
pub fn next(standing: Standing, event: &EventBody) -> Option<CaseState> {
    use CaseState as S;
    let Some(state) = standing.state else {
        return matches!(event, EventBody::Filed { .. }).then_some(S::Received);
    };
    match event {
        EventBody::Filed { .. } => None,
        EventBody::DocumentIssued { .. } | EventBody::DocumentPrinted { .. } => Some(state),
        // Late scans complete the file; what was decided on stays in it.
        EventBody::AttachmentAdded { .. } => (state.is_open()
            || matches!(state, S::Decided | S::ReadyForHandover | S::HandedOver))
        .then_some(state),
        EventBody::AttachmentRemoved { .. } => state.is_open().then_some(state),
        EventBody::Stopped { stopped } => {
            (state == S::Received).then_some(match stopped.stop.outcome {
                StopOutcome::NotRequired => S::NotRequired,
                StopOutcome::OutOfScope => S::OutOfScope,
                StopOutcome::Refused => S::Refused,
            })
        }
        EventBody::NoticeGiven { .. } => {
            (state == S::Received && !standing.nothing_open).then_some(S::NoticeGiven)
        }
        EventBody::Supplemented { .. } => match state {
            S::NoticeGiven | S::Supplemented if standing.nothing_open => Some(S::Supplemented),
            S::NoticeGiven => Some(S::NoticeGiven),
            S::DeemedAccepted => Some(S::DeemedAccepted),
            S::SupplementAsked if standing.asked_open => Some(S::SupplementAsked),
            S::SupplementAsked => Some(S::InReview),
            S::ClockStopped => Some(S::ClockStopped),
            S::AcceptedDeferred => match standing.deferral {
                Deferral::None => None,
                Deferral::Open => Some(S::AcceptedDeferred),
                Deferral::Arrived => Some(S::Accepted),
            },
            S::InReview => (standing.deferral != Deferral::None).then_some(S::InReview),
            _ => None,
        },
        EventBody::Accepted { .. } => {
            let ready = standing.nothing_open && state.is_before_acceptance();
            ready.then_some(if standing.deferred { S::AcceptedDeferred } else { S::Accepted })
        }
        EventBody::DeemedAccepted { .. } => (state == S::Received).then_some(S::DeemedAccepted),
        EventBody::ReviewStarted {} => {
            matches!(state, S::Accepted | S::AcceptedDeferred | S::DeemedAccepted)
                .then_some(S::InReview)
        }
        // One list at a time: whoever is asked must know what is still open.
        EventBody::SupplementAsked { .. } => {
            (state.clock_runs() && !standing.asked_open).then_some(S::SupplementAsked)
        }
        EventBody::ClockStopped { .. } => state.clock_runs().then_some(S::ClockStopped),
        EventBody::ClockResumed { .. } => (state == S::ClockStopped)
            .then_some(if standing.asked_open { S::SupplementAsked } else { S::InReview }),
        // While the clock stands still there is no last day to count.
        EventBody::LimitRecounted { .. } => {
            let counting = state == S::Received || state.is_under_way();
            (counting && state != S::ClockStopped).then_some(state)
        }
        EventBody::LimitExtended { .. } => {
            (state.clock_runs() && !standing.extended).then_some(state)
        }
        EventBody::Decided { .. } => state.clock_runs().then_some(S::Decided),
        EventBody::ReadyForHandover {} => (state == S::Decided).then_some(S::ReadyForHandover),
        EventBody::HandedOver { .. } => {
            matches!(state, S::Decided | S::ReadyForHandover).then_some(S::HandedOver)
        }
        EventBody::Archived {} => matches!(
            state,
            S::HandedOver
                | S::NotRequired
                | S::OutOfScope
                | S::Refused
                | S::Withdrawn
                | S::Returned
        )
        .then_some(S::Archived),
        EventBody::Withdrawn { .. } => {
            (state.is_before_acceptance() || state.is_under_way()).then_some(S::Withdrawn)
        }
        EventBody::Returned { .. } => {
            let waits =
                [S::NoticeGiven, S::AcceptedDeferred, S::DeemedAccepted, S::SupplementAsked];
            waits.contains(&state).then_some(S::Returned)
        }
        // As long as a paper with the name on it may still be needed.
        EventBody::PartiesCorrected { .. } => {
            (!matches!(state, S::HandedOver | S::Archived | S::Withdrawn | S::Returned))
                .then_some(state)
        }
        // As long as a window has anything to do with it.
        EventBody::Transferred { .. } => {
            let in_hand = state.is_open()
                || matches!(state, S::Decided | S::ReadyForHandover | S::HandedOver);
            in_hand.then_some(state)
        }
        // What somebody says of a service is no step of the case.
        EventBody::ConflictSettled { .. } | EventBody::Evaluated { .. } => Some(state),
        // What it hands on applies, not the handing on.
        EventBody::Relayed { .. } => None,
    }
}

#[cfg(test)]
mod tests;
