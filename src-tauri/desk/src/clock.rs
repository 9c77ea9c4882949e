//! Time comes from outside, so that tests and practice can choose it.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz;

/// Tells the time.
pub trait Clock: Send + Sync {
    /// Now.
    fn now(&self) -> Timestamp;

    /// Today at the counter. The whole country keeps the time of Beijing, UTC+8, without
    /// daylight saving, so no time zone data is needed.
    fn today(&self) -> Date {
        tz::offset(8).to_datetime(self.now()).date()
    }
}

/// The machine's clock.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is the clock")]
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }
}
