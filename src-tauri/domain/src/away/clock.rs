//! What a machine's clock is to be believed of, where nothing else tells the time.
//!
//! Batteries of old PCs run empty, and clocks are set by hand. A clock that goes back must not make
//! a long time away look short; a clock that was wrong for a moment, years ahead even, must not make
//! a short time look long once it is put right.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// How much later another look must be for the one before to be believed: a wrong clock is noticed
/// on the papers of the same half-day.
const APART: SignedDuration = SignedDuration::from_hours(6);

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
