//! How often a question may fail: for each case number, and for each address it comes from.
//!
//! A code has 40 bits, so that ten guesses in a quarter of an hour are hopeless; the limits keep a
//! guesser from being many. A question counts before it is answered, and is taken off again if it
//! was right: so many at once get no further than many one after another. Each process counts for
//! itself. No number and no address is logged.

use std::collections::HashMap;
use std::hash::Hash;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};
use yichuang_domain::numbering::CaseNumber;

use crate::neighbourhood::neighbourhood;

/// The span over which failures are counted, from the first of them.
const SPAN: SignedDuration = SignedDuration::from_mins(15);
/// The most failures for one number in that span.
pub(super) const OF_NUMBER: u32 = 10;
/// The most failures from one address: a hall, and many telephones, share one.
pub(super) const OF_ADDRESS: u32 = 40;
/// The most numbers, and the most addresses, remembered.
const REMEMBERED: usize = 10_000;

/// It failed too often.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooMany {
    /// After how many seconds it may be tried again.
    pub seconds: i64,
}

#[derive(Clone, Copy)]
struct Failures {
    since: Timestamp,
    count: u32,
}

struct Counted<K>(HashMap<K, Failures>);

impl<K> Default for Counted<K> {
    fn default() -> Self {
        Self(HashMap::new())
    }
}

impl<K: Hash + Eq + Clone> Counted<K> {
    /// After how many seconds there may be another one.
    fn wait(&self, key: &K, most: u32, now: Timestamp) -> Option<i64> {
        let failed = self.0.get(key).filter(|failed| failed.count >= most)?;
        let left = SPAN - now.duration_since(failed.since).abs();
        left.is_positive().then(|| left.as_secs().max(1))
    }

    fn add(&mut self, key: K, now: Timestamp) {
        let over = |failed: &Failures| now.duration_since(failed.since).abs() >= SPAN;
        if self.0.len() >= REMEMBERED && !self.0.contains_key(&key) {
            self.0.retain(|_, failed| !over(failed));
            self.push_out();
        }
        let failed = self.0.entry(key).or_insert(Failures { since: now, count: 0 });
        if over(failed) {
            *failed = Failures { since: now, count: 0 };
        }
        failed.count = failed.count.saturating_add(1);
    }

    /// Whoever makes up that many numbers pushes out the older quarter, and no more.
    fn push_out(&mut self) {
        let mut since: Vec<Timestamp> = self.0.values().map(|failed| failed.since).collect();
        if since.len() >= REMEMBERED {
            let (_, until, _) = since.select_nth_unstable(REMEMBERED / 4);
            self.0.retain(|_, failed| failed.since > *until);
        }
    }

    fn take_off(&mut self, key: &K) {
        if let Some(failed) = self.0.get_mut(key) {
            failed.count = failed.count.saturating_sub(1);
            if failed.count == 0 {
                self.0.remove(key);
            }
        }
    }
}

/// Failures so far.
#[derive(Default)]
pub struct Guard {
    failed: Mutex<(Counted<CaseNumber>, Counted<IpAddr>)>,
}

impl Guard {
    /// Counts a question, if it may be asked.
    ///
    /// # Errors
    /// [`TooMany`], and counts nothing.
    pub fn admit(&self, number: &CaseNumber, from: IpAddr, now: Timestamp) -> Result<(), TooMany> {
        let from = neighbourhood(from);
        let mut failed = self.failed.lock().unwrap_or_else(PoisonError::into_inner);
        let wait = failed.0.wait(number, OF_NUMBER, now).max(failed.1.wait(&from, OF_ADDRESS, now));
        if let Some(seconds) = wait {
            return Err(TooMany { seconds });
        }
        failed.0.add(number.clone(), now);
        failed.1.add(from, now);
        Ok(())
    }

    /// Takes a question off again that was right.
    pub fn forgive(&self, number: &CaseNumber, from: IpAddr) {
        let mut failed = self.failed.lock().unwrap_or_else(PoisonError::into_inner);
        failed.0.take_off(number);
        failed.1.take_off(&neighbourhood(from));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::{day, now};
    use yichuang_domain::numbering::NumberSource;

    fn number(sequence: u32) -> CaseNumber {
        let source = NumberSource {
            region: "150785".to_owned(),
            station: "ZX".to_owned(),
            device: "7K2M".to_owned(),
            practice: false,
        };
        CaseNumber::new(&source, day(), sequence)
    }

    fn address(n: u16) -> IpAddr {
        let [a, b] = n.to_be_bytes();
        IpAddr::from([10, 0, a, b])
    }

    #[test]
    fn a_number_is_locked_wherever_the_guesses_come_from_and_opens_again() {
        let guard = Guard::default();
        for n in 0..OF_NUMBER {
            let from = address(u16::try_from(n).unwrap());
            assert_eq!(guard.admit(&number(1), from, now()), Ok(()));
        }
        let later = now() + SignedDuration::from_secs(60);
        let wait = guard.admit(&number(1), address(99), later);
        assert_eq!(wait, Err(TooMany { seconds: SPAN.as_secs() - 60 }));
        assert_eq!(guard.admit(&number(2), address(99), later), Ok(()));
        assert_eq!(guard.admit(&number(1), address(99), now() + SPAN), Ok(()));
    }

    #[test]
    fn an_address_is_locked_whatever_it_asks_for_with_its_whole_neighbourhood() {
        let guard = Guard::default();
        let of = |n: u16| IpAddr::from([0x2001, 0xdb8, 0, 7, 0, 0, 0, n]);
        for n in 0..OF_ADDRESS {
            let from = of(u16::try_from(n).unwrap());
            assert_eq!(guard.admit(&number(n + 1), from, now()), Ok(()));
        }
        assert!(guard.admit(&number(999), of(9999), now()).is_err());
        let mapped: IpAddr = "::ffff:10.0.0.1".parse().unwrap();
        assert_eq!(guard.admit(&number(999), mapped, now()), Ok(()));
        assert_eq!(neighbourhood(mapped), address(1));
    }

    #[test]
    fn who_is_right_may_ask_as_often_as_they_like() {
        let guard = Guard::default();
        for _ in 0..1000 {
            assert_eq!(guard.admit(&number(1), address(1), now()), Ok(()));
            guard.forgive(&number(1), address(1));
        }
        assert!(guard.failed.lock().unwrap().0.0.is_empty());
    }

    #[test]
    fn made_up_numbers_take_bounded_room_and_push_out_the_oldest() {
        let guard = Guard::default();
        for n in 1..=20_000u32 {
            let at = now() + SignedDuration::from_millis(n.into());
            guard.admit(&number(n), address(u16::try_from(n % 1000).unwrap()), at).unwrap();
        }
        let failed = guard.failed.lock().unwrap();
        assert!(failed.0.0.len() <= REMEMBERED);
        assert!(failed.0.0.contains_key(&number(20_000)) && !failed.0.0.contains_key(&number(1)));
    }
}
