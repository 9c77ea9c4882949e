use jiff::ToSpan as _;
use jiff::civil::Date;
use proptest::prelude::*;

use super::NotInForce;
use crate::fixture::{bare_matter, date};
use crate::matter::{Catalogue, Matter, MatterReference, MatterState};

fn matter(state: Option<MatterState>, from: Option<Date>, until: Option<Date>) -> Matter {
    let catalogue =
        Catalogue { state, effective_from: from, effective_until: until, ..Catalogue::default() };
    let reference = MatterReference { catalogue, ..MatterReference::default() };
    Matter { reference: Some(Box::new(reference)), ..bare_matter() }
}

#[test]
fn what_is_judged_on_which_day() {
    use MatterState::{Cancelled, InForce, Suspended};
    let none = (None, None);
    let both = (Some("2026-03-01"), Some("2026-11-24"));
    type Row<'a> = (Option<MatterState>, (Option<&'a str>, Option<&'a str>), &'a str, &'a str);
    let table: [Row<'_>; 15] = [
        (None, none, "2026-11-24", ""),
        (Some(InForce), none, "2026-11-24", ""),
        (None, both, "2026-02-28", "未生效（2026年3月1日起办理）"),
        (None, both, "2026-03-01", ""),
        (None, both, "2026-11-23", ""),
        (None, both, "2026-11-24", "已取消（2026年11月24日起）"),
        (None, both, "2027-01-01", "已取消（2026年11月24日起）"),
        (Some(InForce), both, "2026-11-24", "已取消（2026年11月24日起）"),
        (Some(Suspended), both, "2026-02-28", "暂停办理"),
        (Some(Suspended), both, "2026-06-01", "暂停办理"),
        (Some(Suspended), both, "2026-11-24", "已取消（2026年11月24日起）"),
        (Some(Suspended), none, "2026-11-24", "暂停办理"),
        (Some(Cancelled), none, "2026-11-24", "已取消"),
        (Some(Cancelled), both, "2026-06-01", "已取消"),
        (Some(Cancelled), both, "2026-12-01", "已取消（2026年11月24日起）"),
    ];
    for (state, (from, until), on, expected) in table {
        let judged = matter(state, from.map(date), until.map(date)).in_force(date(on));
        let said = judged.err().map(|why| why.label()).unwrap_or_default();
        assert_eq!(said, expected, "{state:?} {from:?} {until:?} on {on}");
    }
}

#[test]
fn a_guide_that_says_nothing_means_in_force() {
    let mut bare = bare_matter();
    bare.reference = None;
    assert_eq!(bare.in_force(date("2026-11-24")), Ok(()));
    bare.reference = Some(Box::default());
    assert_eq!(bare.in_force(date("2026-11-24")), Ok(()));
}

fn days() -> impl Strategy<Value = Date> {
    (0i64..1500).prop_map(|n| date("2025-01-01") + n.days())
}

fn states() -> impl Strategy<Value = Option<MatterState>> {
    prop_oneof![
        Just(None),
        Just(Some(MatterState::InForce)),
        Just(Some(MatterState::Suspended)),
        Just(Some(MatterState::Cancelled)),
    ]
}

proptest! {
    /// Told another way round: a matter is taken on the days from the first of its two dates on
    /// and before the second, if nothing else is written in its state.
    #[test]
    fn it_is_taken_between_its_two_days_and_nowhere_else(
        state in states(),
        from in proptest::option::of(days()),
        until in proptest::option::of(days()),
        on in days(),
    ) {
        let judged = matter(state, from, until).in_force(on);
        let first = from.unwrap_or(Date::MIN);
        let taken = match until {
            None => on >= first,
            Some(until) => (first..until).contains(&on),
        };
        let silent = !matches!(state, Some(MatterState::Suspended | MatterState::Cancelled));
        prop_assert_eq!(judged.is_ok(), taken && silent);
    }

    /// What was cancelled stays cancelled, and what is not yet in force is not called cancelled.
    #[test]
    fn days_only_go_from_not_yet_to_in_force_to_cancelled(
        state in states(),
        from in proptest::option::of(days()),
        until in proptest::option::of(days()),
        (earlier, later) in (days(), days()).prop_map(|(a, b)| (a.min(b), a.max(b))),
    ) {
        let matter = matter(state, from, until);
        let rank = |on: Date| match matter.in_force(on) {
            Err(NotInForce::NotYet { .. }) => 0,
            Ok(()) | Err(NotInForce::Suspended {}) => 1,
            Err(NotInForce::Cancelled { .. }) => 2,
        };
        prop_assert!(rank(earlier) <= rank(later));
    }

    /// A day that is said is a day on which the judgement turns, and what has no day does not.
    #[test]
    fn the_day_that_is_said_is_where_it_turns(
        state in states(),
        from in proptest::option::of(days()),
        until in proptest::option::of(days()),
        on in days(),
    ) {
        let matter = matter(state, from, until);
        let Err(why) = matter.in_force(on) else { return Ok(()) };
        match why {
            NotInForce::NotYet { from } => {
                prop_assert!(on < from);
                prop_assert!(matter.in_force(from) != Err(why));
            }
            NotInForce::Cancelled { since: Some(since) } => {
                prop_assert!(since <= on);
                prop_assert!(matter.in_force(since.yesterday().unwrap()) != Err(why));
            }
            NotInForce::Cancelled { since: None } | NotInForce::Suspended {} => {
                prop_assert!(!why.is_dated());
                prop_assert!(matter.in_force(date("2025-01-01")).is_err());
            }
        }
        prop_assert!(!why.reason().is_empty() && why.way_out().starts_with('请'));
    }
}
