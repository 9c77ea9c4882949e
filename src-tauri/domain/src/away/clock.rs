//! What a machine's clock is to be believed of, where nothing else tells the time.
//!
//! Batteries of old PCs run empty, and clocks are set by hand. A clock that goes back must not make
//! a long time away look short; a clock that was wrong for a moment, years ahead even, must not make
//! a short time look long once it is put right.

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::beijing::day;

/// How much later another look must be for the one before to be believed: a wrong clock is noticed
/// on the papers of the same half-day.
const APART: SignedDuration = SignedDuration::from_hours(6);

/// How far the clock may be from the hub's before somebody is told.
const FAR: SignedDuration = SignedDuration::from_hours(24);
/// How long nothing may have happened before the clock is doubted: longer than any holiday.
const LONG: SignedDuration = SignedDuration::from_hours(60 * 24);

/// What was seen of a clock so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeenClock {
    /// The latest time that is believed: a later one was seen well after it.
    believed: Option<Timestamp>,
    /// A time that was seen since and waits for that.
    candidate: Option<Timestamp>,
}

impl SeenClock {
    /// After a look at the clock.
    #[must_use]
    pub fn seen(self, now: Timestamp) -> Self {
        let ahead = self.believed.is_none_or(|believed| now > believed);
        match self.candidate {
            Some(candidate) if now.duration_since(candidate) >= APART => {
                Self { believed: Some(candidate), candidate: Some(now) }
            }
            Some(candidate) if candidate <= now => self,
            // The clock went back behind it: it may have been the wrong one.
            _ => Self { candidate: ahead.then_some(now), ..self },
        }
    }

    /// After an exchange with the hub, whose clock is the measure: what was believed beyond it was
    /// wrong.
    #[must_use]
    pub fn put_right(self, hub: Timestamp) -> Self {
        Self { believed: self.believed.map(|believed| believed.min(hub)), candidate: None }
    }

    /// What time it is at least, while the clock says `now`.
    pub fn at(&self, now: Timestamp) -> Timestamp {
        self.believed.map_or(now, |believed| believed.max(now))
    }
}

/// What says whether today is today. Cases are filed and numbered by the clock, so a wrong one is
/// said where they are; nothing asks it for leave.
#[derive(Clone, Copy, Debug)]
pub struct ClockEvidence<'a> {
    /// What time it is at least: [`SeenClock::at`].
    pub at_least: Timestamp,
    /// When hub and window last exchanged what they had, by the hub's clock.
    pub exchanged: Option<Timestamp>,
    /// How far the clock was ahead of the hub's then; negative where it was behind.
    pub skew: Option<SignedDuration>,
    /// When the last records were written, by this clock, the oldest first: those that the hub has
    /// not acknowledged, as its own word is better than theirs.
    pub records: &'a [Timestamp],
    /// What the clock says.
    pub now: Timestamp,
}

/// Why the clock is doubted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClockDoubt {
    /// Today lies before a day on which this machine worked already.
    Behind {
        /// That day.
        known: Date,
    },
    /// At the last exchange it ran ahead of the hub by more than a day, and still does.
    AheadOfHub {
        /// The hub's day then.
        hub: Date,
    },
    /// Between two records, or the last one and now, lies more time than work stands still.
    Jumped {
        /// The day before.
        from: Date,
        /// The day after.
        to: Date,
    },
}

impl ClockEvidence<'_> {
    /// Why the clock is doubted; none where nothing speaks against it.
    pub fn doubt(&self) -> Option<ClockDoubt> {
        let latest = self.records.iter().copied().chain(self.exchanged).max();
        let known = day(latest.map_or(self.at_least, |latest| latest.max(self.at_least)));
        if day(self.now) < known {
            return Some(ClockDoubt::Behind { known });
        }
        if let (Some(exchanged), Some(skew)) = (self.exchanged, self.skew)
            && skew > FAR
            // Put right since, it says less than it did then.
            && self.now.duration_since(exchanged) >= skew
        {
            return Some(ClockDoubt::AheadOfHub { hub: day(exchanged) });
        }
        // Who joined no hub practises, now and then.
        let mut before = self.exchanged?;
        for at in self.records.iter().copied().chain([self.now]) {
            if at.duration_since(before) > LONG {
                return Some(ClockDoubt::Jumped { from: day(before), to: day(at) });
            }
            before = before.max(at);
        }
        None
    }
}

impl ClockDoubt {
    /// What the clerk is told, with the day that the clock says.
    pub fn words(self, now: Timestamp) -> String {
        let today = day(now);
        let wrong = match self {
            Self::Behind { known } => {
                format!("电脑的日期是{today}，早于本机已经记到的{known}")
            }
            Self::AheadOfHub { hub } => {
                format!("电脑的日期是{today}，上次交换时（大厅中心的{hub}）就比大厅中心快一天以上")
            }
            Self::Jumped { from, to } if to == today => {
                format!("电脑的日期是{today}，离本机上一次记录（{from}）已过了两个月以上")
            }
            Self::Jumped { from, to } => {
                format!("本机的记录从{from}一下到了{to}，电脑的日期可能不对，今天显示为{today}")
            }
        };
        format!("{wrong}。请先核对电脑的日期和时间：办件的日期、编号和期限都按它算")
    }
}
