use jiff::SignedDuration;
use proptest::prelude::*;

use super::*;

fn start() -> Timestamp {
    "2026-03-02T01:00:00Z".parse().unwrap()
}

fn after(hours: i64) -> Timestamp {
    start() + SignedDuration::from_hours(hours)
}

fn limit(days: u32, cases: u32) -> AwayLimit {
    AwayLimit { days: Some(days), cases: Some(cases) }
}

fn policy() -> AwayPolicy {
    AwayPolicy { warn: limit(7, 50), confirm: limit(15, 200) }
}

fn lead(at: Timestamp, days: u32) -> AwayConfirmation {
    let lead = Actor { id: "k1".to_owned(), name: "白哈斯".to_owned() };
    let (reason, exchanged) = ("光缆被挖断".to_owned(), Some(start()));
    AwayConfirmation { lead, at, days, reason, exchanged }
}

fn away(policy: &AwayPolicy, hours: i64, cases: u32) -> AwayStanding {
    let exchanged = Some(start());
    let now = after(hours);
    Away { policy: Some(policy), exchanged, cases, now, confirmed: None }.standing()
}

#[test]
fn days_and_cases_remind_first_and_then_ask_a_lead() {
    let level = |hours, cases| away(&policy(), hours, cases).level;
    assert_eq!(level(7 * 24 - 1, 49), AwayLevel::Fine);
    assert_eq!(level(7 * 24, 0), AwayLevel::Warn);
    assert_eq!(level(0, 50), AwayLevel::Warn);
    assert_eq!(level(15 * 24, 0), AwayLevel::Confirm);
    assert_eq!(level(0, 200), AwayLevel::Confirm);
    let told = away(&policy(), 15 * 24, 3).words;
    assert!(told.contains("15天") && told.contains("3件") && told.contains("组长"), "{told}");
    assert!(told.contains("照常进行"), "nobody is to think that work stops: {told}");
    assert!(!away(&policy(), 3, 60).words.contains("0天"), "today is not a time away");
    assert_eq!(away(&policy(), 1, 1).words, "");
}

#[test]
fn without_a_policy_or_a_known_exchange_nobody_is_bothered_by_days() {
    assert_eq!(away(&AwayPolicy::default(), 9999, 9999).level, AwayLevel::Fine);
    let policy = policy();
    let unknown =
        Away { policy: None, exchanged: None, cases: 999, now: after(9999), confirmed: None };
    assert_eq!(unknown.standing().level, AwayLevel::Fine);
    let unknown = Away { policy: Some(&policy), ..unknown };
    assert_eq!(unknown.standing().level, AwayLevel::Confirm, "cases count all the same");
    assert_eq!(Away { cases: 1, ..unknown }.standing().level, AwayLevel::Fine);
}

#[test]
fn a_leads_word_holds_for_its_days_and_until_the_next_exchange() {
    let policy = policy();
    let word = lead(after(16 * 24), 5);
    let at = |hours, exchanged: i64| {
        let away = Away {
            policy: Some(&policy),
            exchanged: Some(after(exchanged)),
            cases: 300,
            now: after(hours),
            confirmed: Some(&word),
        };
        away.standing()
    };
    assert_eq!(at(16 * 24 - 1, 0).level, AwayLevel::Confirm, "not before it was given");
    let confirmed = at(16 * 24, 0);
    assert_eq!(confirmed.level, AwayLevel::Warn);
    assert_eq!(confirmed.confirmed_until, Some(after(21 * 24)));
    assert!(confirmed.words.contains("白哈斯"));
    assert_eq!(at(21 * 24 - 1, 0).level, AwayLevel::Warn);
    assert_eq!(at(21 * 24, 0).level, AwayLevel::Confirm, "its days are over");
    assert_eq!(at(17 * 24, 17 * 24).level, AwayLevel::Confirm, "another time away, another word");
}

#[test]
fn a_policy_that_makes_no_sense_is_refused() {
    assert_eq!(policy().check(), Ok(()));
    assert_eq!(AwayPolicy::default().check(), Ok(()));
    let days = AwayPolicy { warn: limit(0, 1), ..policy() };
    assert_eq!(days.check(), Err(BadPolicy::Days));
    let cases = AwayPolicy { confirm: limit(15, MOST_CASES + 1), ..policy() };
    assert_eq!(cases.check(), Err(BadPolicy::Cases));
    let turned = AwayPolicy { confirm: limit(6, 200), ..policy() };
    assert_eq!(turned.check(), Err(BadPolicy::ConfirmBeforeWarn));
}

/// Looks at an honest clock: hours apart, in order.
fn looks() -> impl Strategy<Value = Vec<i64>> {
    prop::collection::vec(0i64..40, 1..40).prop_map(|steps| {
        let mut at = 0;
        steps
            .into_iter()
            .map(|step| {
                at += step;
                at
            })
            .collect()
    })
}

fn limits() -> impl Strategy<Value = AwayLimit> {
    let days = prop::option::of(1..=MOST_DAYS);
    let cases = prop::option::of(1..=500u32);
    (days, cases).prop_map(|(days, cases)| AwayLimit { days, cases })
}

proptest! {
    /// The longer away and the more unsent, the more follows, never the less.
    #[test]
    fn more_is_never_less(
        warn in limits(), confirm in limits(), hours in 0i64..9000, cases in 0u32..600,
        more_hours in 0i64..500, more_cases in 0u32..100,
    ) {
        let policy = AwayPolicy { warn, confirm };
        let less = away(&policy, hours, cases);
        let more = away(&policy, hours + more_hours, cases + more_cases);
        prop_assert!(less.level <= more.level);
        prop_assert_eq!(less.level == AwayLevel::Fine, less.words.is_empty());
    }

    /// A lead's word never makes more of it, and never less than a reminder.
    #[test]
    fn a_leads_word_reminds_still(
        hours in 0i64..900, cases in 0u32..400, given in -100i64..900, days in 0u32..99,
    ) {
        let policy = policy();
        let word = lead(after(given), days);
        let plain = Away {
            policy: Some(&policy), exchanged: Some(start()), cases, now: after(hours), confirmed: None,
        };
        let with = Away { confirmed: Some(&word), ..plain }.standing();
        let without = plain.standing();
        prop_assert!(with.level <= without.level);
        prop_assert!(with.level >= without.level.min(AwayLevel::Warn));
        if with.level < without.level {
            prop_assert!(hours - given < 24 * i64::from(LONGEST_CONFIRMATION));
        }
    }

    /// However often and far a clock is set back, time that was believed stays, and no more is lost
    /// than half a day.
    #[test]
    fn a_clock_that_goes_back_does_not_help(honest in looks(), back in prop::collection::vec(0i64..5000, 0..9)) {
        let mut clock = SeenClock::default();
        for hours in &honest {
            clock = clock.seen(after(*hours));
        }
        let last = *honest.last().unwrap();
        let before = clock.at(Timestamp::MIN);
        for hours in back {
            clock = clock.seen(after(last - hours));
            prop_assert!(clock.at(after(last - hours)) >= before);
        }
        // The latest look that another one followed well after.
        let mut proven = None;
        let mut waits: Option<i64> = None;
        for hours in &honest {
            match waits {
                Some(at) if hours - at >= 6 => { proven = Some(at); waits = Some(*hours) }
                Some(_) => {}
                None => waits = Some(*hours),
            }
        }
        if let Some(proven) = proven {
            prop_assert!(before >= after(proven));
        }
    }

    /// One wrong look, however wild, changes nothing once the clock is right again.
    #[test]
    fn a_clock_that_was_wrong_for_a_moment_does_not_harm(
        honest in looks(), wrong in -100_000i64..100_000, place in any::<prop::sample::Index>(),
    ) {
        let place = place.index(honest.len());
        let mut clock = SeenClock::default();
        for (n, hours) in honest.iter().enumerate() {
            if n == place {
                clock = clock.seen(after(wrong));
            }
            clock = clock.seen(after(*hours));
            prop_assert_eq!(clock.at(after(*hours)), after(*hours));
        }
    }

    /// A clock that was wrong for long is put right by the next exchange.
    #[test]
    fn an_exchange_heals_what_was_believed(seen in prop::collection::vec(-9000i64..9000, 0..30), hub in -9000i64..9000) {
        let clock = seen.into_iter().fold(SeenClock::default(), |clock, h| clock.seen(after(h)));
        let clock = clock.put_right(after(hub));
        prop_assert!(clock.at(after(hub)) == after(hub));
    }
}

/// A window that works by a right clock, three days after it met its hub.
fn evidence(records: &[Timestamp], now: Timestamp) -> ClockEvidence<'_> {
    ClockEvidence { at_least: now, exchanged: Some(start()), skew: None, records, now }
}

#[test]
fn a_clock_is_doubted_where_the_records_or_the_hub_contradict_it() {
    let day = |text: &str| text.parse().unwrap();
    let records = [after(24), after(71)];
    let doubt = |now: &str| evidence(&records, now.parse().unwrap()).doubt();
    assert_eq!(evidence(&records, after(72)).doubt(), None);
    assert_eq!(doubt("2026-03-04T16:00:00Z"), None, "the same day, at midnight");
    let behind = Some(ClockDoubt::Behind { known: day("2026-03-05") });
    assert_eq!(doubt("2026-03-04T15:59:59Z"), behind);
    assert_eq!(doubt("2025-01-05T01:00:00Z"), behind);
    let jumped = |to| Some(ClockDoubt::Jumped { from: day("2026-03-05"), to: day(to) });
    assert_eq!(doubt("2099-01-05T01:00:00Z"), jumped("2099-01-05"));
    assert_eq!(doubt("2026-05-03T01:00:00Z"), None, "a long holiday");
    for doubt in [behind, jumped("2099-01-05")] {
        let words = doubt.unwrap().words("2099-01-05T01:00:00Z".parse().unwrap());
        assert!(words.contains("2099-01-05") && words.contains("2026-03-05"), "{words}");
    }
}

#[test]
fn a_doubt_outlives_the_records_that_were_made_in_spite_of_it() {
    let wrong: Timestamp = "2099-01-05T01:00:00Z".parse().unwrap();
    let mut records = vec![after(71), wrong, wrong];
    assert!(matches!(evidence(&records, wrong).doubt(), Some(ClockDoubt::Jumped { .. })));
    let back: Timestamp = "2025-01-05T01:00:00Z".parse().unwrap();
    records = vec![after(71), back, back];
    assert!(matches!(evidence(&records, back).doubt(), Some(ClockDoubt::Behind { .. })));
    // What was seen for long enough counts, if nothing was written.
    let seen = ClockEvidence { at_least: after(71), ..evidence(&[], back) };
    assert!(matches!(seen.doubt(), Some(ClockDoubt::Behind { .. })));
}

#[test]
fn the_hub_says_that_a_clock_is_right_or_runs_ahead() {
    let met = |skew: i64, now| ClockEvidence {
        skew: Some(SignedDuration::from_hours(skew)),
        ..evidence(&[], now)
    };
    assert_eq!(met(24, after(25)).doubt(), None, "a day is not far");
    let hub = "2026-03-02".parse().unwrap();
    assert_eq!(met(30, after(31)).doubt(), Some(ClockDoubt::AheadOfHub { hub }));
    assert_eq!(met(30, after(2)).doubt(), None, "it was put right since");
    assert!(matches!(met(-48, after(-48)).doubt(), Some(ClockDoubt::Behind { .. })));
    assert_eq!(met(-48, after(1)).doubt(), None, "so was this one");
    let practising = ClockEvidence { exchanged: None, ..evidence(&[], after(9000)) };
    assert_eq!(practising.doubt(), None);
}
