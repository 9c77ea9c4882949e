//! How long a window may be away from its hub (离网): what a station's policy says of it.
//!
//! Nothing here forbids anything. A receipt that the law demands is given whatever the policy says;
//! the most that follows is a reminder, and that a lead (组长) confirms that work goes on so.

mod clock;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

pub use clock::{ClockDoubt, ClockEvidence, SeenClock};

use crate::case::event::Actor;

/// The longest a policy can allow, in days.
pub const MOST_DAYS: u32 = 365;
/// The most unsent cases that a policy can allow.
pub const MOST_CASES: u32 = 100_000;
/// The longest that a lead can confirm at once, in days.
pub const LONGEST_CONFIRMATION: u32 = 30;

const DAY: SignedDuration = SignedDuration::from_hours(24);

/// Where something begins; a part that is none never does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AwayLimit {
    /// So many whole days of 24 hours since the last exchange.
    pub days: Option<u32>,
    /// So many cases that the hub has not acknowledged whole.
    pub cases: Option<u32>,
}

/// The policy of a station.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AwayPolicy {
    /// From where the clerk is reminded.
    pub warn: AwayLimit,
    /// From where a lead must confirm.
    pub confirm: AwayLimit,
}

/// What is wrong with a policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadPolicy {
    /// A number of days that is none.
    #[error("天数应在1至365之间")]
    Days,
    /// A number of cases that is none.
    #[error("件数应在1至100000之间")]
    Cases,
    /// The lead would be asked before the clerk is reminded.
    #[error("请组长确认的限度不能低于提醒的限度")]
    ConfirmBeforeWarn,
}

impl AwayPolicy {
    /// Whether its numbers make sense.
    ///
    /// # Errors
    /// [`BadPolicy`].
    pub fn check(&self) -> Result<(), BadPolicy> {
        let within = |limit: Option<u32>, most| limit.is_none_or(|n| (1..=most).contains(&n));
        let Self { warn, confirm } = self;
        if !within(warn.days, MOST_DAYS) || !within(confirm.days, MOST_DAYS) {
            return Err(BadPolicy::Days);
        }
        if !within(warn.cases, MOST_CASES) || !within(confirm.cases, MOST_CASES) {
            return Err(BadPolicy::Cases);
        }
        let before = |warn: Option<u32>, confirm: Option<u32>| {
            warn.zip(confirm).is_some_and(|(warn, confirm)| confirm < warn)
        };
        if before(warn.days, confirm.days) || before(warn.cases, confirm.cases) {
            return Err(BadPolicy::ConfirmBeforeWarn);
        }
        Ok(())
    }
}

/// A lead's word that work goes on without the hub.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AwayConfirmation {
    /// The lead.
    pub lead: Actor,
    /// When, by this machine's clock.
    #[ts(type = "string")]
    pub at: Timestamp,
    /// For how many days.
    pub days: u32,
    /// Why, in the lead's words.
    pub reason: String,
    /// The exchange that it was given after: another time away needs another word.
    #[ts(type = "string | null")]
    pub exchanged: Option<Timestamp>,
}

impl AwayConfirmation {
    /// Until when it holds.
    fn until(&self) -> Timestamp {
        let days = i64::from(self.days.min(LONGEST_CONFIRMATION));
        self.at.saturating_add(DAY * i32::try_from(days).unwrap_or_default()).unwrap_or(self.at)
    }

    /// Whether it holds. One that was given by a clock that ran ahead holds no longer than one that
    /// was given now.
    fn holds(&self, now: Timestamp, exchanged: Option<Timestamp>) -> bool {
        self.at <= now && now < self.until() && self.exchanged == exchanged
    }
}

/// What is known of a window's way to its hub.
#[derive(Clone, Copy, Debug)]
pub struct Away<'a> {
    /// The policy of its station; none where the hub set none.
    pub policy: Option<&'a AwayPolicy>,
    /// When hub and window last exchanged what they had, by the hub's clock; none before the first
    /// time that is known of.
    pub exchanged: Option<Timestamp>,
    /// How many cases the hub has not acknowledged whole.
    pub cases: u32,
    /// What this machine's clock says, as far as it is to be believed: [`SeenClock::at`].
    pub now: Timestamp,
    /// The last word of a lead.
    pub confirmed: Option<&'a AwayConfirmation>,
}

/// What follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum AwayLevel {
    /// Nothing.
    Fine,
    /// The clerk is reminded.
    Warn,
    /// A lead is to confirm that work goes on. Work goes on meanwhile.
    Confirm,
}

/// How a window stands with its station's policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AwayStanding {
    /// What follows.
    pub level: AwayLevel,
    /// How many whole days it is away; none where nobody knows since when.
    pub days: Option<u32>,
    /// A lead has confirmed, until then: what would ask for a lead reminds only.
    pub confirmed_until: Option<Timestamp>,
    /// What the clerk is told; empty where all is well.
    pub words: String,
}

impl Away<'_> {
    /// How the window stands.
    pub fn standing(&self) -> AwayStanding {
        let days = self.exchanged.map(|since| whole_days(since, self.now));
        let reached = |limit: &AwayLimit| {
            let by_days = limit.days.zip(days).is_some_and(|(most, days)| days >= most);
            by_days || limit.cases.is_some_and(|most| self.cases >= most)
        };
        let level = match self.policy {
            Some(policy) if reached(&policy.confirm) => AwayLevel::Confirm,
            Some(policy) if reached(&policy.warn) => AwayLevel::Warn,
            _ => AwayLevel::Fine,
        };
        let holding = self.confirmed.filter(|word| word.holds(self.now, self.exchanged));
        let holding = holding.filter(|_| level == AwayLevel::Confirm);
        let words = match (level, holding) {
            (AwayLevel::Fine, _) => String::new(),
            (AwayLevel::Warn, _) => format!("{}，{NEXT}", self.told(days)),
            (AwayLevel::Confirm, None) => {
                format!("{}，已超过本站的限度：请组长确认，并{NEXT}", self.told(days))
            }
            (AwayLevel::Confirm, Some(word)) => {
                format!("{}，组长{}已确认可以继续，{NEXT}", self.told(days), word.lead.name)
            }
        };
        AwayStanding {
            level: if holding.is_some() { AwayLevel::Warn } else { level },
            days,
            confirmed_until: holding.map(AwayConfirmation::until),
            words,
        }
    }

    fn told(&self, days: Option<u32>) -> String {
        match (days, self.cases) {
            (None | Some(0), cases) => format!("本窗口有{cases}件办件还没有上传"),
            (Some(days), 0) => format!("本窗口已有{days}天没有与大厅中心交换"),
            (Some(days), cases) => {
                format!("本窗口已有{days}天没有与大厅中心交换，{cases}件办件还没有上传")
            }
        }
    }
}

/// What helps.
const NEXT: &str = "尽快联网上传，或用摆渡文件带到大厅中心。收件和打印照常进行";

fn whole_days(since: Timestamp, now: Timestamp) -> u32 {
    let hours = now.duration_since(since).as_hours().max(0);
    u32::try_from(hours / 24).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests;
