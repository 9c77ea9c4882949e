use proptest::prelude::*;

use super::*;
use crate::case::Case;
use crate::case::event::{Actor, CaseId, GENESIS, SealedEvent};
use crate::case::fold::in_order;
use crate::case::fold::tests::any_events;

fn signed(event: &Event) -> SignedEvent {
    let SealedEvent { text, hash } = SealedEvent::seal(event).expect("sealed");
    SignedEvent { text, hash, signature: String::new() }
}

fn relay(origin: &str, seq: u64, lamport: u64, case: CaseId, event: SignedEvent) -> Event {
    Event {
        origin: origin.to_owned(),
        seq,
        at: jiff::Timestamp::UNIX_EPOCH,
        clock_skew: None,
        lamport,
        actor: Actor::program(),
        case,
        body: EventBody::Relayed { event },
        prev_hash: GENESIS.to_owned(),
    }
}

proptest! {
    /// What comes by a relay, by itself, or both ways, counts once and in its own place.
    #[test]
    fn a_relayed_event_counts_as_itself(
        (events, ways) in any_events().prop_flat_map(|events| {
            let ways = prop::collection::vec((0u8..3, 1u64..99), events.len());
            (Just(events), ways)
        }),
    ) {
        let mut had = Vec::new();
        for (seq, (event, (way, lamport))) in (1..).zip(events.iter().zip(ways)) {
            if way != 1 {
                had.push(event.clone());
            }
            if way != 0 {
                had.push(relay("window", seq, lamport, event.case, signed(event)));
            }
        }
        prop_assert_eq!(in_order(had.clone()), in_order(events.clone()));
        prop_assert_eq!(Case::fold(had), Case::fold(events));
    }

    /// Two different events of one place in a log both count, in the same order everywhere.
    #[test]
    fn a_place_written_twice_has_both(events in any_events(), nth: prop::sample::Index) {
        let twin = Event { clock_skew: Some(7), ..nth.get(&events).clone() };
        let with = |first: bool| {
            let mut all = events.clone();
            all.insert(if first { 0 } else { all.len() }, twin.clone());
            all
        };
        prop_assert_eq!(in_order(with(true)).len(), events.len() + 1);
        prop_assert_eq!(in_order(with(true)), in_order(with(false)));
        prop_assert_eq!(Case::fold(with(true)), Case::fold(with(false)));
    }
}

#[test]
fn what_is_not_sound_is_kept_and_applies_nowhere() {
    let event = Event {
        body: EventBody::ReviewStarted {},
        ..relay(
            "hub",
            1,
            2,
            CaseId::nil(),
            SignedEvent { text: String::new(), hash: String::new(), signature: String::new() },
        )
    };
    let sound = relay("window", 9, 5, CaseId::nil(), signed(&event));
    let EventBody::Relayed { event: good } = &sound.body else { unreachable!() };
    assert_eq!(inner(&sound, good), Ok(event.clone()));

    let nested = relay("window", 10, 6, CaseId::nil(), signed(&sound));
    let altered = SignedEvent { text: good.text.replace("review", "preview"), ..good.clone() };
    let cases = [
        (altered, CaseId::nil(), BadRelay::Unreadable),
        (good.clone(), CaseId::max(), BadRelay::OtherCase),
        (signed(&sound), CaseId::nil(), BadRelay::Nested),
    ];
    for (signed, case, why) in cases {
        let relay = relay("window", 9, 5, case, signed.clone());
        assert_eq!(inner(&relay, &signed), Err(why));
        assert_eq!(unwrapped(relay.clone()), relay);
    }
    assert_eq!(in_order(vec![nested.clone()]), vec![nested]);
}
