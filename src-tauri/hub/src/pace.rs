//! How much one device may ask at a time, so that one that runs wild takes nothing from the others.
//!
//! Counted by device, never by address: a whole hall often shares one. Each process counts for
//! itself; of several on one database each allows as much, which still keeps any of them from being
//! flooded. By the machine's own steady time: a clock that is set right shuts nobody out.

use std::num::NonZeroU32;

use governor::clock::{Clock, DefaultClock};
use governor::middleware::NoOpMiddleware;
use governor::state::keyed::DefaultKeyedStateStore;
use governor::{Quota, RateLimiter};

/// The most requests of a device at once: a guide of 256 MiB is fetched in as many parts.
const BURST: NonZeroU32 = NonZeroU32::new(600).unwrap();
/// How many requests a second it may go on with.
const STEADY: NonZeroU32 = NonZeroU32::new(60).unwrap();

/// The requests of every device so far, as far as they still count.
pub struct Pace<C: Clock = DefaultClock> {
    limiter: RateLimiter<String, DefaultKeyedStateStore<String>, C, NoOpMiddleware<C::Instant>>,
}

impl Default for Pace {
    fn default() -> Self {
        Self::of(Quota::per_second(STEADY).allow_burst(BURST), DefaultClock::default())
    }
}

impl Pace {
    /// So many requests an hour, all of them at once if need be.
    pub fn hourly(requests: NonZeroU32) -> Self {
        Self::of(Quota::per_hour(requests), DefaultClock::default())
    }
}

impl<C: Clock> Pace<C> {
    fn of(quota: Quota, clock: C) -> Self {
        Self { limiter: RateLimiter::dashmap_with_clock(quota, clock) }
    }

    /// Counts a request of a device; whether it may go on.
    pub fn allows(&self, device: &String) -> bool {
        self.limiter.check_key(device).is_ok()
    }

    /// Forgets devices that have been quiet long enough.
    pub fn forget_quiet(&self) {
        self.limiter.retain_recent();
        self.limiter.shrink_to_fit();
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use governor::clock::FakeRelativeClock;

    use super::*;

    #[test]
    fn a_device_that_runs_wild_slows_down_itself_only() {
        let clock = FakeRelativeClock::default();
        let pace = Pace::of(Quota::per_second(STEADY).allow_burst(BURST), clock.clone());
        let (wild, calm) = ("win-1".to_owned(), "win-2".to_owned());
        assert_eq!((0..10_000).filter(|_| pace.allows(&wild)).count(), 600);
        assert!(pace.allows(&calm));
        clock.advance(Duration::from_secs(1));
        assert_eq!((0..10_000).filter(|_| pace.allows(&wild)).count(), 60);
        clock.advance(Duration::from_secs(60));
        pace.forget_quiet();
        assert_eq!(pace.limiter.len(), 0);
        assert_eq!((0..10_000).filter(|_| pace.allows(&wild)).count(), 600);
    }
}
