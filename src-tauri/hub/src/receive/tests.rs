use proptest::prelude::*;
use yichuang_domain::case::{Case, CaseState, EventBody, SealedEvent};
use yichuang_protocol::push::Rejection;
use yichuang_protocol::{PrivateKey, PublicKey};

use super::*;
use crate::decide::decide;
use crate::listing::cases;
use crate::sample::{
    Log, On, accepted, case, decided, enrolled, filed, now, number, on_both_engines,
};
use yichuang_domain::case::event::Decision;
use yichuang_protocol::office::DecideRequest;

fn key(n: u8) -> PrivateKey {
    PrivateKey::from_seed(&[n; 32])
}

fn send(
    store: &HubStore,
    device: &Device,
    events: &[SealedEvent],
) -> Result<Vec<String>, FaultCode> {
    match push(store, device, &PushRequest { events: events.to_vec() }, now()) {
        Ok(reply) => Ok(reply
            .items
            .into_iter()
            .map(|item| match item.outcome {
                ItemOutcome::Accepted => "accepted".to_owned(),
                ItemOutcome::AlreadyHave => "already-have".to_owned(),
                ItemOutcome::Rejected { rejection } => rejection.code,
            })
            .collect()),
        Err(StepError::Fault(fault)) => Err(fault.code),
        Err(StepError::Store(error)) => panic!("{error}"),
    }
}

fn a_batch_is_taken_once_and_acknowledged_with_the_hubs_signature(on: On) {
    let (_folder, store) = on.hub();
    let (reply, device) = enrolled(&store, "03", &key(1));
    let mut log = Log::of(&device);
    let events = vec![
        log.write(case(1), filed(number(&device, false, 1), false)),
        log.write(case(1), accepted()),
    ];
    let pushed = push(&store, &device, &PushRequest { events: events.clone() }, now()).unwrap();
    let hub_key = PublicKey::from_base64(&reply.hub_key).unwrap();
    let said: Acknowledgement =
        serde_json::from_str(hub_key.open(&pushed.acknowledgement).unwrap()).unwrap();
    assert_eq!(said.position(), log.head);
    assert_eq!((said.origin, said.hub), (device.origin.clone(), reply.hub));

    assert_eq!(send(&store, &device, &events), Ok(vec!["already-have".to_owned(); 2]));
    let listed = cases(&store).unwrap();
    assert_eq!(listed.len(), 1);
    assert_eq!((listed[0].events, listed[0].conflicts, listed[0].state), (2, 0, "accepted"));
    assert_eq!((listed[0].window.as_str(), listed[0].outcome), ("03", Some("accept")));
}

fn a_gap_a_fork_and_a_damaged_text_refuse_the_batch_whole(on: On) {
    let (_folder, store) = on.hub();
    let (_, device) = enrolled(&store, "03", &key(1));
    let mut log = Log::of(&device);
    let first = log.write(case(1), filed(number(&device, false, 1), false));
    let before_second = log.clone();
    let second = log.write(case(1), accepted());
    let third = log.write(case(1), EventBody::ReviewStarted {});

    assert_eq!(send(&store, &device, std::slice::from_ref(&second)), Err(FaultCode::Gap));
    let damaged =
        SealedEvent { text: second.text.replace("accepted", "Accepted"), ..second.clone() };
    let batch = [first.clone(), damaged];
    assert_eq!(send(&store, &device, &batch), Err(FaultCode::HashMismatch));
    assert_eq!(send(&store, &device, &[first.clone(), third]), Err(FaultCode::Gap));
    let rubbish = SealedEvent { hash: sha256_hex(b"x"), text: "x".to_owned() };
    assert_eq!(send(&store, &device, &[first.clone(), rubbish]), Err(FaultCode::Malformed));
    assert_eq!(cases(&store).unwrap(), [], "nothing of a refused batch is kept");

    assert_eq!(send(&store, &device, &[first.clone(), second.clone()]).unwrap().len(), 2);
    let mut twin = before_second.clone();
    let other = twin.write(case(1), EventBody::ReviewStarted {});
    assert_eq!(send(&store, &device, std::slice::from_ref(&other)), Err(FaultCode::Fork));
    // The twin's next one: its place is free, but it does not follow.
    let next = twin.write(case(1), accepted());
    assert_eq!(send(&store, &device, &[next]), Err(FaultCode::Fork));
    assert_eq!(
        store.read(|tx| tx.head(&device.origin)).unwrap(),
        Position { seq: 2, head: second.hash }
    );
}

fn too_much_at_once_is_refused(on: On) {
    let (_folder, store) = on.hub();
    let (_, device) = enrolled(&store, "03", &key(1));
    let event = Log::of(&device).write(case(1), accepted());
    let many = vec![event.clone(); BATCH_EVENTS + 1];
    assert_eq!(send(&store, &device, &many), Err(FaultCode::TooLarge));
    let large = SealedEvent { text: "x".repeat(EVENT_BYTES + 1), ..event.clone() };
    assert_eq!(send(&store, &device, &[large]), Err(FaultCode::TooLarge));
    let half = SealedEvent { text: "x".repeat(BATCH_BYTES - 1), ..event };
    assert_eq!(send(&store, &device, &[half.clone(), half]), Err(FaultCode::TooLarge));
    assert_eq!(send(&store, &device, &[]), Ok(vec![]));
}

fn a_bad_case_waits_and_the_others_go_on(on: On) {
    let (_folder, store) = on.hub();
    let (_, device) = enrolled(&store, "03", &key(1));
    let mut log = Log::of(&device);
    let practice = log.write(case(1), filed(number(&device, true, 1), true));
    let follows = log.write(case(1), accepted());
    let good = log.write(case(2), filed(number(&device, false, 1), false));
    let same_number = log.write(case(3), filed(number(&device, false, 1), false));
    let unknown = {
        let mut event = log.event(case(4), accepted());
        event.lamport = 9;
        let text = serde_json::to_string(&event).unwrap().replace("\"accepted\"", "\"arrived\"");
        log.keep(SealedEvent { hash: sha256_hex(text.as_bytes()), text })
    };
    let good_goes_on = log.write(case(2), accepted());
    let batch = [practice, follows, good, same_number, unknown, good_goes_on];
    let verdicts =
        ["practice-mismatch", "case-parked", "accepted", "bad-number", "unreadable", "accepted"];
    assert_eq!(send(&store, &device, &batch).unwrap(), verdicts);
    // A lost answer loses no reason.
    let again = send(&store, &device, &batch).unwrap();
    assert_eq!(again[0], "practice-mismatch");
    assert_eq!(again[2], "already-have");

    let listed = cases(&store).unwrap();
    assert_eq!(listed.len(), 1);
    assert_eq!((listed[0].state, listed[0].events), ("accepted", 2));
    let hub_log = store.read(|tx| tx.hub_log(&device)).unwrap();
    let request = CheckRequest { sent: log.head.clone(), hub_log, pulled: 0 };
    let reply = check(&store, &device, &request, now()).unwrap();
    let said: Statement = serde_json::from_str(&reply.statement.text).unwrap();
    assert!(said.agrees && said.count == 6 && said.rejected == 4, "{said:?}");
    let named: Vec<(u64, &Rejection)> =
        reply.rejected.iter().map(|r| (r.seq, &r.rejection)).collect();
    assert_eq!(named.iter().map(|(seq, _)| *seq).collect::<Vec<_>>(), [1, 2, 4, 5]);
    assert_eq!(reply.rejected[3].case, Some(case(4)));
}

fn another_windows_bad_event_does_not_hold_up_a_case(on: On) {
    let (_folder, store) = on.hub();
    let (_, one) = enrolled(&store, "03", &key(1));
    let (_, two) = enrolled(&store, "04", &key(2));
    let (mut log_one, mut log_two) = (Log::of(&one), Log::of(&two));
    let filing = log_one.write(case(1), filed(number(&one, false, 1), false));
    assert_eq!(send(&store, &one, &[filing]).unwrap(), ["accepted"]);
    let intruding = log_two.write(case(1), accepted());
    assert_eq!(send(&store, &two, &[intruding]).unwrap(), ["foreign-case"]);
    let acceptance = log_one.write(case(1), accepted());
    assert_eq!(send(&store, &one, &[acceptance]).unwrap(), ["accepted"]);
    assert_eq!(cases(&store).unwrap()[0].state, "accepted");
}

fn a_step_that_does_not_follow_is_kept_as_a_conflict(on: On) {
    let (_folder, store) = on.hub();
    let (_, device) = enrolled(&store, "03", &key(1));
    let mut log = Log::of(&device);
    let batch = [
        log.write(case(1), filed(number(&device, false, 1), false)),
        log.write(case(1), EventBody::ReadyForHandover {}),
        log.write(case(1), accepted()),
    ];
    assert_eq!(send(&store, &device, &batch).unwrap(), ["accepted"; 3]);
    let listed = cases(&store).unwrap();
    assert_eq!((listed[0].state, listed[0].conflicts, listed[0].events), ("accepted", 1, 3));
}

fn decide_request(case: &str, decision: Decision, reason: &str) -> DecideRequest {
    DecideRequest {
        case: case.to_owned(),
        decision,
        reason: reason.to_owned(),
        result_number: None,
    }
}

fn a_decision_comes_down_sealed_and_chained_and_only_once(on: On) {
    let (_folder, store) = on.hub();
    let (_, device) = enrolled(&store, "03", &key(1));
    let mut log = Log::of(&device);
    let no = number(&device, false, 1).to_string();
    let filing = log.write(case(1), filed(number(&device, false, 1), false));
    send(&store, &device, &[filing]).unwrap();

    let refused = |request: &DecideRequest| match decide(&store, request, now()) {
        Err(StepError::Fault(fault)) => (fault.code, fault.field.unwrap()),
        other => panic!("{other:?}"),
    };
    let unknown = decide_request("150785-XX", Decision::Granted, "");
    assert_eq!(refused(&unknown), (FaultCode::UnknownCase, "case".to_owned()));
    let early = decide_request(&no, Decision::Granted, "");
    assert_eq!(refused(&early), (FaultCode::NotNow, "case".to_owned()));
    let silent = decide_request(&no, Decision::Denied, "  ");
    assert_eq!(refused(&silent), (FaultCode::EmptyReason, "reason".to_owned()));

    for strange in ["JY1\u{E123}", "JY1😀", "JY\u{E01}1"] {
        let number = Some(strange.to_owned());
        let granted = DecideRequest { result_number: number, ..early.clone() };
        assert_eq!(refused(&granted), (FaultCode::BadField, "result_number".to_owned()));
    }
    let strange = decide_request(&no, Decision::Denied, "不符合\u{E123}");
    assert_eq!(refused(&strange), (FaultCode::BadField, "reason".to_owned()));

    let acceptance = log.write(case(1), accepted());
    send(&store, &device, &[acceptance]).unwrap();
    let reply =
        decide(&store, &decide_request(&no, Decision::Denied, "不符合条件"), now()).unwrap();
    assert_eq!(
        (reply.state.as_str(), reply.decided_on.to_string().as_str()),
        ("decided", "2026-03-02")
    );
    assert_eq!(refused(&early), (FaultCode::NotNow, "case".to_owned()));

    let after = |device: &Device, after| {
        let log = store.read(|tx| tx.hub_log(device)).unwrap();
        pull(&store, device, &PullRequest { log, after }).unwrap()
    };
    let pulled = after(&device, 0);
    assert!(!pulled.more);
    let event = pulled.events[0].sealed().open().unwrap();
    assert!(
        event.origin.starts_with("hub-")
            && event.seq == 1
            && event.prev_hash == Position::start().head
    );
    assert_eq!(after(&device, 1).events, []);
    let (_, other) = enrolled(&store, "04", &key(2));
    assert_eq!(after(&other, 0).events, []);
    let log = store.read(|tx| tx.hub_log(&device)).unwrap();
    let foreign = pull(&store, &other, &PullRequest { log, after: 0 });
    assert!(matches!(foreign, Err(StepError::Fault(fault)) if fault.code == FaultCode::Gap));
    assert_eq!(cases(&store).unwrap()[0].state, CaseState::Decided.as_str());
}

fn a_case_with_a_rejected_event_is_not_decided(on: On) {
    let (_folder, store) = on.hub();
    let (_, device) = enrolled(&store, "03", &key(1));
    let mut log = Log::of(&device);
    let mut batch = vec![
        log.write(case(1), filed(number(&device, false, 1), false)),
        log.write(case(1), accepted()),
    ];
    let mut event = log.event(case(1), decided());
    event.lamport = u64::MAX;
    batch.push(SealedEvent::seal(&event).unwrap());
    assert_eq!(send(&store, &device, &batch).unwrap()[2], "bad-lamport");
    let no = number(&device, false, 1).to_string();
    let decision = decide(&store, &decide_request(&no, Decision::Granted, ""), now());
    assert!(matches!(decision, Err(StepError::Fault(f)) if f.code == FaultCode::NotNow));
}

/// However a log is cut into batches, repeated and overlapped, the hub ends up with it once.
fn batches_may_repeat_and_overlap(on: On) {
    let cuts = prop::collection::vec((0usize..12, 1usize..8), 1..16);
    let steps = prop::collection::vec(0u8..4, 12);
    let (_place, store) = on.hub();
    let window = std::cell::Cell::new(0u8);
    proptest!(ProptestConfig::with_cases(24), |(cuts in cuts, steps in steps)| {
        window.set(window.get() + 1);
        let (_, device) = enrolled(&store, "03", &key(window.get()));
        let mut log = Log::of(&device);
        let id = |n: u32| case(u128::from(window.get()) << 32 | u128::from(n));
        let mut events = Vec::new();
        let mut cases_filed = 0u32;
        for step in steps {
            if step == 0 || cases_filed == 0 {
                cases_filed += 1;
                let number = number(&device, false, cases_filed);
                events.push(log.write(id(cases_filed), filed(number, false)));
            } else {
                let body = if step == 1 { accepted() } else { EventBody::ReviewStarted {} };
                events.push(log.write(id(cases_filed), body));
            }
        }
        for (from, len) in cuts {
            let held = store.read(|tx| tx.head(&device.origin)).unwrap().seq as usize;
            let to = (from + len).min(events.len());
            let result = send(&store, &device, &events[from.min(to)..to]);
            if from > held && from < to {
                prop_assert_eq!(result, Err(FaultCode::Gap));
            } else {
                prop_assert!(result.is_ok(), "{:?}", result);
            }
        }
        let held = store.read(|tx| tx.head(&device.origin)).unwrap().seq as usize;
        send(&store, &device, &events[held..]).unwrap();
        let (count, rejected) = store.read(|tx| tx.count(&device.origin)).unwrap();
        prop_assert_eq!((count, rejected), (12, 0));
        prop_assert_eq!(store.read(|tx| tx.head(&device.origin)).unwrap(), log.head);
        let mut listed = cases(&store).unwrap();
        listed.retain(|listed| listed.device == device.code);
        prop_assert_eq!(listed.len() as u32, cases_filed);
        prop_assert_eq!(listed.iter().map(|c| c.events).sum::<u64>(), 12);
        // A case folded as its events came in is what all its events make.
        let stored = store.read(|tx| tx.every_case()).unwrap();
        for stored in stored.into_iter().filter(|stored| stored.device == device.code) {
            let of_case = |event: &&SealedEvent| event.open().unwrap().case == stored.case.id;
            let own = events.iter().filter(of_case).map(|event| event.open().unwrap());
            prop_assert_eq!(Some(stored.case.clone()), Case::fold(own.collect()));
        }
    });
}

on_both_engines!(
    batches_may_repeat_and_overlap,
    a_batch_is_taken_once_and_acknowledged_with_the_hubs_signature,
    a_gap_a_fork_and_a_damaged_text_refuse_the_batch_whole,
    too_much_at_once_is_refused,
    a_bad_case_waits_and_the_others_go_on,
    another_windows_bad_event_does_not_hold_up_a_case,
    a_step_that_does_not_follow_is_kept_as_a_conflict,
    a_decision_comes_down_sealed_and_chained_and_only_once,
    a_case_with_a_rejected_event_is_not_decided,
);
