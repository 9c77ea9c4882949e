//! How often enrolment may fail: per address, and over all. Successes cost nothing.
//!
//! Each process counts for itself: of several on one database each allows as much, which for codes
//! of 58 bits makes no difference, and no process has to ask another.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};

use crate::neighbourhood::neighbourhood;

/// The span over which failures are counted.
const SPAN: SignedDuration = SignedDuration::from_mins(10);
/// The most failures of one address in that span. A hall often shares one address.
const PER_ADDRESS: u32 = 20;
/// The most failures of all together.
const OVER_ALL: u32 = 200;
/// The most addresses remembered.
const ADDRESSES: usize = 1000;

#[derive(Clone, Copy)]
struct Failures {
    since: Timestamp,
    count: u32,
}

impl Failures {
    fn current(self, now: Timestamp) -> Option<Self> {
        (now.duration_since(self.since).abs() < SPAN).then_some(self)
    }
}

/// Failed attempts so far.
#[derive(Default)]
pub struct Throttle {
    failed: Mutex<(Option<Failures>, HashMap<IpAddr, Failures>)>,
}

impl Throttle {
    /// Whether another attempt from there is allowed.
    pub fn allows(&self, from: IpAddr, now: Timestamp) -> bool {
        let from = neighbourhood(from);
        let failed = self.failed.lock().unwrap_or_else(PoisonError::into_inner);
        let count = |failures: Option<Failures>| {
            failures.and_then(|f| f.current(now)).map_or(0, |f| f.count)
        };
        count(failed.0) < OVER_ALL && count(failed.1.get(&from).copied()) < PER_ADDRESS
    }

    /// Counts a failed attempt.
    pub fn failed(&self, from: IpAddr, now: Timestamp) {
        let from = neighbourhood(from);
        let mut failed = self.failed.lock().unwrap_or_else(PoisonError::into_inner);
        let next = |failures: Option<Failures>| {
            let Failures { since, count } =
                failures.and_then(|f| f.current(now)).unwrap_or(Failures { since: now, count: 0 });
            Failures { since, count: count.saturating_add(1) }
        };
        failed.0 = Some(next(failed.0));
        if failed.1.len() >= ADDRESSES {
            failed.1.retain(|_, failures| failures.current(now).is_some());
        }
        // Beyond that many addresses at once, the count over all is what protects.
        if failed.1.len() < ADDRESSES || failed.1.contains_key(&from) {
            let of_address = next(failed.1.get(&from).copied());
            failed.1.insert(from, of_address);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn guessing_is_stopped_and_forgiven_later() {
        let throttle = Throttle::default();
        let start: Timestamp = "2026-03-02T01:00:00Z".parse().unwrap();
        let (here, there) = (IpAddr::from([10, 0, 0, 1]), IpAddr::from([10, 0, 0, 2]));
        for _ in 0..PER_ADDRESS {
            assert!(throttle.allows(here, start));
            throttle.failed(here, start);
        }
        assert!(!throttle.allows(here, start));
        assert!(throttle.allows(there, start));
        assert!(throttle.allows(here, start + SPAN));
    }

    #[test]
    fn who_has_a_network_of_ipv6_has_no_more_tries_for_it() {
        let throttle = Throttle::default();
        let now: Timestamp = "2026-03-02T01:00:00Z".parse().unwrap();
        let of = |network: u16, n: u16| IpAddr::from([0x2001, 0xdb8, 0, network, 0, 0, 0, n]);
        for n in 0..20 {
            assert!(throttle.allows(of(7, n), now));
            throttle.failed(of(7, n), now);
        }
        assert!(!throttle.allows(of(7, 999), now));
        assert!(throttle.allows(of(8, 1), now));
    }

    #[test]
    fn many_addresses_together_are_stopped_and_remembered_in_bounds() {
        let throttle = Throttle::default();
        let now: Timestamp = "2026-03-02T01:00:00Z".parse().unwrap();
        for n in 0..5000u16 {
            let [a, b] = n.to_be_bytes();
            throttle.failed(IpAddr::from([10, 0, a, b]), now);
        }
        assert!(!throttle.allows(IpAddr::from([10, 1, 0, 1]), now));
        assert!(throttle.failed.lock().unwrap().1.len() <= ADDRESSES);
    }
}
