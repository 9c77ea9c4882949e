use yichuang_domain::case::event::Decision;
use yichuang_protocol::PrivateKey;
use yichuang_protocol::hub_log::{check_voucher, first_log};
use yichuang_protocol::office::DecideRequest;
use yichuang_protocol::push::{ItemOutcome, PushRequest};

use super::*;
use crate::decide::decide;
use crate::listing::cases;
use crate::receive::push;
use crate::sample::{
    Log, On, accepted, case, decided, enrolled, filed, now, number, on_both_engines,
};
use crate::store::HubStore;

fn settle(store: &HubStore, device: &Device, held: &[HeldLog]) -> Result<Agreed, StepError> {
    store.write(|tx| agree(tx, device, held, now()))
}

fn events(store: &HubStore, log: &str) -> Vec<SealedEvent> {
    store.read(|tx| tx.events_after(log, 0, 100)).unwrap()
}

fn handed_on(store: &HubStore, log: &str) -> Vec<SignedEvent> {
    let inner = |sealed: SealedEvent| match sealed.open().unwrap().body {
        EventBody::Relayed { event } => event,
        other => panic!("{other:?}"),
    };
    events(store, log).into_iter().map(inner).collect()
}

fn send(store: &HubStore, device: &Device, event: SealedEvent) -> String {
    let reply = push(store, device, &PushRequest { events: vec![event] }, now()).unwrap();
    match &reply.items[0].outcome {
        ItemOutcome::Rejected { rejection } => rejection.code.clone(),
        ItemOutcome::Accepted => "accepted".to_owned(),
        ItemOutcome::AlreadyHave => "already-have".to_owned(),
    }
}

/// A hub, a device with a case that the hub has decided, and the hub's log for it.
fn one_decision(on: On) -> (crate::sample::Place, HubStore, Device, Log, String) {
    let (place, store) = on.hub();
    let (_, device) = enrolled(&store, "03", &PrivateKey::from_seed(&[1; 32]));
    let mut log = Log::of(&device);
    let number = number(&device, false, 1);
    assert_eq!(send(&store, &device, log.write(case(1), filed(number.clone(), false))), "accepted");
    assert_eq!(send(&store, &device, log.write(case(1), accepted())), "accepted");
    let request = DecideRequest {
        case: number.to_string(),
        decision: Decision::Granted,
        reason: String::new(),
        result_number: None,
    };
    decide(&store, &request, now()).unwrap();
    let hub = store.read(|tx| tx.hub_id()).unwrap();
    let first = first_log(&hub, &device.code);
    (place, store, device, log, first)
}

fn at(seq: u64, head: &str) -> Position {
    Position { seq, head: head.to_owned() }
}

fn a_device_that_follows_goes_on(on: On) {
    let (_place, store, device, _, first) = one_decision(on);
    let head = store.read(|tx| tx.head(&first)).unwrap();
    assert_eq!(head.seq, 1);
    for from in [Position::start(), head.clone()] {
        let held = HeldLog { log: first.clone(), held: from.clone(), earlier: Vec::new() };
        let agreed = Agreed { log: first.clone(), at: head.clone(), from, give_back: Vec::new() };
        assert_eq!(settle(&store, &device, &[held]).unwrap(), agreed);
    }
    assert_eq!(settle(&store, &device, &[]).unwrap().from, Position::start());
}

fn a_hub_that_was_put_back_begins_another_log(on: On) {
    let (_place, store, device, _, first) = one_decision(on);
    let decision = events(&store, &first).remove(0);
    // The device has seven events of the log, of which the first is the one that is here.
    let parted = HeldLog {
        log: first.clone(),
        held: at(7, &"ab".repeat(32)),
        earlier: vec![at(5, &"cd".repeat(32)), at(1, &decision.hash)],
    };
    let agreed = settle(&store, &device, std::slice::from_ref(&parted)).unwrap();
    assert_ne!(agreed.log, first);
    assert_eq!((agreed.from.seq, agreed.at.seq), (0, 0), "the device lacks nothing");
    assert_eq!(agreed.give_back, [GiveBack { log: first.clone(), after: 1 }]);
    // The answer was lost: the same again, and no third log.
    assert_eq!(settle(&store, &device, std::slice::from_ref(&parted)).unwrap(), agreed);

    // Now it comes with the new log, of which it has nothing yet.
    let second = HeldLog::nothing_of(agreed.log.clone());
    assert_eq!(settle(&store, &device, &[parted, second.clone()]).unwrap(), agreed);

    // The hub was put back once more, and knows nothing of the device's newest log. The device
    // did not tell where the first parted, so that everything is handed on, each event once.
    let hub = store.read(|tx| tx.hub_id()).unwrap();
    let strange = HeldLog::nothing_of(further_log(&hub, &device.code, "strange"));
    let lost = HeldLog { log: first.clone(), held: at(7, &"ab".repeat(32)), earlier: Vec::new() };
    let third = settle(&store, &device, &[lost.clone(), second, strange.clone()]).unwrap();
    assert_eq!((third.from.seq, third.at.seq), (0, 1));
    let given = handed_on(&store, &third.log);
    assert_eq!(given.iter().map(SignedEvent::sealed).collect::<Vec<_>>(), [decision]);
    let key = store.read(|tx| tx.hub_key()).unwrap().public();
    assert_eq!(check_voucher(&key, &given[0]), Ok(()));
    let lacks: Vec<_> = third.give_back.iter().map(|lost| lost.after).collect();
    assert_eq!(lacks, [0, 0], "the first log and the strange one");

    // What was handed on is not wrapped again.
    let stranger = HeldLog::nothing_of(further_log(&hub, &device.code, "stranger"));
    let fourth = settle(&store, &device, &[lost, stranger]).unwrap();
    assert_eq!(handed_on(&store, &fourth.log), given);
}

fn what_is_no_position_changes_nothing(on: On) {
    let (_place, store, device, _, first) = one_decision(on);
    let odd = [
        HeldLog { log: first.clone(), held: at(8, &"zz".repeat(32)), earlier: Vec::new() },
        HeldLog { log: first.clone(), held: at(u64::MAX, &"ab".repeat(32)), earlier: Vec::new() },
        HeldLog::nothing_of("hub-other-9QAB".to_owned()),
    ];
    let refused = |held: &[HeldLog]| match settle(&store, &device, held) {
        Err(StepError::Fault(fault)) => fault.code,
        other => panic!("{other:?}"),
    };
    for odd in odd {
        assert_eq!(refused(&[odd]), FaultCode::BadField);
    }
    assert_eq!(
        refused(&vec![HeldLog::nothing_of(first.clone()); HELD_LOGS + 1]),
        FaultCode::BadField
    );
    assert_eq!(store.read(|tx| tx.hub_logs(&device.origin, &device.code)).unwrap(), [first]);
}

/// A window gives back a decision that the hub lost, and can't make one up.
fn what_a_window_gives_back_counts_if_the_hub_signed_it(on: On) {
    let (_place, store) = on.hub();
    let (_, device) = enrolled(&store, "03", &PrivateKey::from_seed(&[1; 32]));
    let hub = store.read(|tx| Ok::<_, StoreError>((tx.hub_id()?, tx.hub_key()?))).unwrap();
    let lost = |of| {
        let mut log = Log { origin: first_log(&hub.0, &device.code), head: Position::start() };
        let event = Event { lamport: 3, ..log.event(of, decided()) };
        log.keep(SealedEvent::seal(&event).unwrap())
    };
    let mut log = Log::of(&device);
    for n in [1, 2, 3] {
        let body = filed(number(&device, false, n), false);
        assert_eq!(send(&store, &device, log.write(case(n.into()), body)), "accepted");
        assert_eq!(send(&store, &device, log.write(case(n.into()), accepted())), "accepted");
    }
    let mut give =
        |of, event| send(&store, &device, log.write(case(of), EventBody::Relayed { event }));
    let sound = vouch(&hub.1, lost(case(1)));
    assert_eq!(give(1, sound.clone()), "accepted");
    assert_eq!(give(1, sound.clone()), "accepted", "a repetition changes nothing");
    assert_eq!(give(2, sound), "bad-relay");
    let forged = vouch(&PrivateKey::from_seed(&[9; 32]), lost(case(3)));
    assert_eq!(give(3, forged), "bad-relay");
    let states: Vec<_> = cases(&store).unwrap().into_iter().map(|case| case.state).collect();
    assert_eq!(states, ["decided", "accepted", "accepted"]);
}

on_both_engines!(
    a_device_that_follows_goes_on,
    a_hub_that_was_put_back_begins_another_log,
    what_is_no_position_changes_nothing,
    what_a_window_gives_back_counts_if_the_hub_signed_it,
);
