//! Where time comes from: the only place that reads the system's clock.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::Offset;

/// A clock.
pub trait Clock: Send + Sync {
    /// Now.
    fn now(&self) -> Timestamp;
}

/// The system's clock.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is the clock that everything else asks")]
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }
}

/// The day in China, which has one time and no summer time, wherever the server stands.
pub fn day_in_china(at: Timestamp) -> Date {
    Offset::constant(8).to_datetime(at).date()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_changes_at_midnight_in_china() {
        let day = |text: &str| day_in_china(text.parse().unwrap()).to_string();
        assert_eq!(day("2026-03-01T15:59:59Z"), "2026-03-01");
        assert_eq!(day("2026-03-01T16:00:00Z"), "2026-03-02");
    }
}
