use jiff::Timestamp;
use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::case::event::{Event, Holder};
use crate::case::fold::tests::filed_body;
use crate::document::DocumentKind;
use crate::fixture::date;
use crate::printing::PrintProof;

const THREE: &str = "win-3";
const SEVEN: &str = "win-7";
const NINE: &str = "win-9";
const HUB: &str = "hub-1-D03";

fn window(origin: &str) -> Holder {
    let code = origin.trim_start_matches("win-");
    Holder { origin: origin.to_owned(), device: format!("D0{code}"), window: format!("0{code}") }
}

fn at((origin, seq, lamport): (&str, u64, u64), body: EventBody) -> Event {
    Event {
        origin: origin.to_owned(),
        seq,
        at: Timestamp::UNIX_EPOCH,
        clock_skew: None,
        lamport,
        actor: Actor { id: origin.to_owned(), name: format!("{origin}的人员") },
        case: Uuid::from_u128(7),
        body,
        prev_hash: String::new(),
    }
}

fn transfer(from: &str, to: &str) -> EventBody {
    EventBody::Transferred {
        from: window(from),
        to: window(to),
        on: date("2026-03-03"),
        reason: "三号窗口停办".to_owned(),
    }
}

fn accepted() -> EventBody {
    EventBody::Accepted { on: date("2026-03-05"), due: None, deferred: Vec::new() }
}

fn withdrawn() -> EventBody {
    EventBody::Withdrawn { reason: "不办了".to_owned(), on: date("2026-03-05") }
}

fn settle(of: (&str, u64), adopted: bool) -> EventBody {
    let of = EventPlace { origin: of.0.to_owned(), seq: of.1 };
    EventBody::ConflictSettled { of, adopted, reason: "核实过".to_owned() }
}

fn fold(events: Vec<Event>) -> Case {
    Case::fold(events).expect("a filing is among them")
}

fn filed() -> Event {
    at((THREE, 1, 1), filed_body(&[]))
}

#[test]
fn who_has_the_case_alone_continues_it() {
    let case = fold(vec![filed()]);
    assert_eq!((case.held_by(), &case.holder), (THREE, &None));
    let taken = at((HUB, 1, 2), transfer(THREE, SEVEN));
    let late = at((THREE, 2, 3), accepted());
    let case = fold(vec![filed(), taken.clone(), late]);
    assert_eq!((case.held_by(), case.state), (SEVEN, CaseState::Received));
    assert_eq!(case.open_conflicts().count(), 1);
    let case = fold(vec![filed(), taken.clone(), at((SEVEN, 1, 3), accepted())]);
    assert_eq!((case.state, case.conflicts.len()), (CaseState::Accepted, 0));
    // The hub goes on writing whoever has it.
    let review = at((HUB, 2, 4), EventBody::ReviewStarted {});
    let case = fold(vec![filed(), taken.clone(), at((SEVEN, 1, 3), accepted()), review]);
    assert_eq!(case.state, CaseState::InReview);
    // And it can go back.
    let back = at((SEVEN, 1, 3), transfer(SEVEN, THREE));
    let case = fold(vec![filed(), taken, back, at((THREE, 2, 4), accepted())]);
    assert_eq!((case.held_by(), case.state), (THREE, CaseState::Accepted));
    assert_eq!(case.holder, None);
}

#[test]
fn of_two_windows_that_take_it_at_once_one_has_it() {
    let (given, taken) = (transfer(THREE, SEVEN), transfer(THREE, NINE));
    let events = vec![
        filed(),
        at((THREE, 2, 2), given),
        at((HUB, 1, 2), taken),
        at((SEVEN, 1, 3), accepted()),
        at((NINE, 1, 3), accepted()),
    ];
    let case = fold(events);
    // The hub's log comes before a window's.
    assert_eq!(case.held_by(), NINE);
    let aside: Vec<_> = case.conflicts.iter().map(|c| c.origin.as_str()).collect();
    assert_eq!(aside, [THREE, SEVEN]);
    assert!(!case.may_adopt(&case.conflicts[0]), "a transfer is made anew");
    // Who does not have it can't hand it on.
    let stolen = at((SEVEN, 2, 9), transfer(SEVEN, THREE));
    let case = fold(vec![filed(), at((HUB, 1, 2), transfer(THREE, NINE)), stolen]);
    assert_eq!(case.held_by(), NINE);
}

#[test]
fn a_print_is_a_fact_whoever_has_the_case() {
    let case = fold(vec![filed()]);
    let (nth, number) = case.next_paper("D07", DocumentKind::MaterialReceipt);
    assert_eq!(nth, 1);
    let issued = EventBody::DocumentIssued {
        kind: DocumentKind::MaterialReceipt,
        number: number.clone(),
        sha256: String::new(),
        formal: None,
    };
    let printed = EventBody::DocumentPrinted {
        number: number.clone(),
        printer: "P".to_owned(),
        nth: 1,
        proof: Some(PrintProof::System),
        reason: None,
        job: None,
    };
    let taken = at((HUB, 1, 3), transfer(THREE, SEVEN));
    let case = fold(vec![
        filed(),
        at((THREE, 2, 2), issued.clone()),
        taken.clone(),
        at((THREE, 3, 4), printed),
    ]);
    assert_eq!((case.documents[0].printed, case.conflicts.len()), (1, 0));
    assert_eq!(case.documents[0].issued_in, None);
    // A paper whose issue came too late keeps its number for itself.
    let case = fold(vec![filed(), taken, at((THREE, 2, 4), issued)]);
    assert_eq!((case.documents.len(), case.conflicts.len()), (0, 1));
    assert_eq!(case.next_paper("D07", DocumentKind::MaterialReceipt).0, 2);
    let (_, of_seven) = case.next_paper("7", DocumentKind::MaterialReceipt);
    assert_eq!(of_seven.as_str(), format!("{}-7-SJ01", case.number));
}

#[test]
fn a_person_settles_a_conflict_once_and_for_all() {
    let taken = at((HUB, 1, 2), transfer(THREE, SEVEN));
    let late = at((THREE, 2, 3), withdrawn());
    let with = |more: Vec<Event>| {
        let mut events = vec![filed(), taken.clone(), late.clone()];
        events.extend(more);
        fold(events)
    };
    let open = with(vec![]);
    assert!(open.may_adopt(&open.conflicts[0]));
    let dismissed = with(vec![at((SEVEN, 1, 4), settle((THREE, 2), false))]);
    assert_eq!((dismissed.state, dismissed.open_conflicts().count()), (CaseState::Received, 0));
    let settled = dismissed.conflicts[0].settled.clone().expect("it is settled");
    assert_eq!((settled.adopted, settled.by.id.as_str()), (false, SEVEN));
    let adopted = with(vec![at((SEVEN, 1, 4), settle((THREE, 2), true))]);
    assert_eq!((adopted.state, adopted.open_conflicts().count()), (CaseState::Withdrawn, 0));
    // A second word on the same, and one on what is no conflict, are conflicts themselves.
    for second in [settle((THREE, 2), true), settle((THREE, 1), false), settle((NINE, 2), false)] {
        let case =
            with(vec![at((SEVEN, 1, 4), settle((THREE, 2), false)), at((SEVEN, 2, 5), second)]);
        assert_eq!((case.state, case.open_conflicts().count()), (CaseState::Received, 1));
    }
    // What can't count as the case stands can only be left aside.
    let gone = at((SEVEN, 1, 4), withdrawn());
    let case = with(vec![gone.clone()]);
    assert!(!case.may_adopt(&case.conflicts[0]));
    let case = with(vec![gone, at((SEVEN, 2, 5), settle((THREE, 2), true))]);
    assert_eq!(case.open_conflicts().count(), 2);
}

fn named(origin: &str, events: &[Event]) -> bool {
    let names = |event: &Event| match &event.body {
        EventBody::Transferred { from, to, .. } => from.origin == origin || to.origin == origin,
        _ => false,
    };
    origin == HUB || origin == THREE || events.iter().any(names)
}

/// Anything that windows and hub may write, in any order of causes.
fn history() -> impl Strategy<Value = Vec<Event>> {
    let origin = prop_oneof![Just(THREE), Just(SEVEN), Just(NINE), Just(HUB)];
    let body = (0u8..7, 0u64..6, any::<bool>()).prop_map(|(kind, seq, flag)| match kind {
        0 => transfer(THREE, SEVEN),
        1 => transfer(SEVEN, NINE),
        2 => transfer(if flag { NINE } else { SEVEN }, THREE),
        3 => accepted(),
        4 => withdrawn(),
        5 => settle((THREE, seq), flag),
        _ => settle((SEVEN, seq), flag),
    });
    prop::collection::vec((origin, 1u64..9, body), 0..12).prop_map(|steps| {
        let mut seqs = std::collections::HashMap::from([(THREE, 1)]);
        let mut events = vec![filed()];
        for (origin, lamport, body) in steps {
            let seq = seqs.entry(origin).or_insert(0);
            *seq += 1;
            events.push(at((origin, *seq, lamport + 1), body));
        }
        // The hub takes nothing of a window that no transfer ever named.
        loop {
            let known: Vec<Event> =
                events.iter().filter(|e| named(&e.origin, &events)).cloned().collect();
            if known.len() == events.len() {
                return events;
            }
            events = known;
        }
    })
}

proptest! {
    #[test]
    fn every_machine_sees_the_same_and_nothing_is_lost(
        events in history(),
        order in any::<prop::sample::Index>(),
    ) {
        let case = fold(events.clone());
        let mut other = events.clone();
        other.rotate_left(order.index(events.len()));
        other.extend(events.iter().take(order.index(events.len())).cloned());
        prop_assert_eq!(&fold(other), &case);
        // Whoever continued it had it in hand: replayed one by one, nothing applies out of turn.
        let mut ordered = crate::case::fold::in_order(events);
        ordered.retain(|event| {
            !case.conflicts.iter().any(|c| c.is_at(&event.place()))
        });
        let mut holder = THREE.to_owned();
        for event in ordered {
            if event.origin != HUB {
                prop_assert_eq!(&event.origin, &holder);
            }
            if let EventBody::Transferred { to, .. } = event.body {
                holder = to.origin;
            }
        }
        prop_assert_eq!(case.held_by(), holder);
    }
}
