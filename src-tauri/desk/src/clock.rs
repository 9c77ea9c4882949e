//! Time comes from outside, so that tests and practice can choose it.

use jiff::Timestamp;
use jiff::civil::Date;
use yichuang_domain::beijing;

/// Tells the time.
pub trait Clock: Send + Sync {
    /// Now.
    fn now(&self) -> Timestamp;

    /// Today at the counter.
    fn today(&self) -> Date {
        beijing::day(self.now())
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
