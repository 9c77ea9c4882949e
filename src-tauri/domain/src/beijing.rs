//! The time of Beijing, UTC+8: the whole country keeps it, without daylight saving, so that no time
//! zone data is needed. Every day that is written down is one of these, wherever a machine stands.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::Offset;

const BEIJING: Offset = Offset::constant(8);

/// What the clock on the wall shows.
pub fn time(at: Timestamp) -> DateTime {
    BEIJING.to_datetime(at)
}

/// The day.
pub fn day(at: Timestamp) -> Date {
    time(at).date()
}

/// As people write it down: `2026-03-02 09:30`.
pub fn written(at: Timestamp) -> String {
    time(at).strftime("%Y-%m-%d %H:%M").to_string()
}

/// When a day begins; none at the end of all days.
pub fn start_of(day: Date) -> Option<Timestamp> {
    BEIJING.to_timestamp(day.at(0, 0, 0, 0)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_changes_at_midnight_in_beijing() {
        let (before, midnight) = ("2026-03-01T15:59:59Z", "2026-03-01T16:00:00Z");
        let [before, midnight] =
            [before, midnight].map(|at| at.parse::<Timestamp>().expect("a time"));
        assert_eq!(
            (day(before).to_string(), written(before)),
            ("2026-03-01".into(), "2026-03-01 23:59".into())
        );
        assert_eq!(
            (day(midnight).to_string(), written(midnight)),
            ("2026-03-02".into(), "2026-03-02 00:00".into())
        );
        assert_eq!(start_of(day(midnight)), Some(midnight));
    }
}
