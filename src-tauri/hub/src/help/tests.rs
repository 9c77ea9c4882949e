use yichuang_domain::ledger::NoteKind;
use yichuang_domain::ledger::shared::fold_shared;
use yichuang_protocol::PrivateKey;
use yichuang_protocol::help::SignedHelp;

use super::*;
use crate::sample::{Help, On, enrolled, enrolled_at, now, on_both_engines, sent};

fn key(n: u8) -> PrivateKey {
    PrivateKey::from_seed(&[n; 32])
}

fn ask(store: &HubStore, device: &Device, after: &Position, records: &[SentHelp]) -> HelpReply {
    let request = HelpRequest { after: after.clone(), records: records.to_vec() };
    help(store, device, &request, now()).unwrap()
}

/// All of a station's list, and its end.
fn whole(store: &HubStore, device: &Device) -> (Vec<SignedHelp>, Position) {
    let (mut all, mut at) = (Vec::new(), Position::start());
    loop {
        let reply = ask(store, device, &at, &[]);
        assert_eq!(reply.from, at);
        at = reply.end();
        all.extend(reply.records);
        if !reply.more {
            return (all, at);
        }
    }
}

fn codes(reply: &HelpReply) -> Vec<&str> {
    reply.refused.iter().map(|refused| refused.code.as_str()).collect()
}

fn every_window_of_the_station_gets_the_list_once_and_no_other_station(on: On) {
    let (_place, store) = on.hub();
    let (_, three) = enrolled(&store, "03", &key(1));
    let (_, seven) = enrolled(&store, "07", &key(2));
    let (_, other) = enrolled_at(&store, ("ZY", "01"), &key(3));
    let first = Help::of(&three).register(1);
    let reply = ask(&store, &three, &Position::start(), std::slice::from_ref(&first));
    assert_eq!((codes(&reply), reply.records.len()), (vec![], 1));
    let second = Help::of(&seven).note(1, &first.hash, "已联系");
    // Sent twice, the first answer lost, and with what is there already.
    for _ in 0..2 {
        ask(&store, &seven, &Position::start(), &[first.clone(), second.clone(), second.clone()]);
    }
    let (of_three, end) = whole(&store, &three);
    assert_eq!(of_three.len(), 2);
    assert_eq!(
        (of_three[0].text.as_str(), of_three[1].hash.as_str()),
        (&*first.text, &*second.hash)
    );
    assert_eq!(whole(&store, &seven), (of_three.clone(), end.clone()));
    assert_eq!(whole(&store, &other).0, []);
    let hub = store.read(|tx| tx.hub_key()).unwrap_or_else(|e: StoreError| panic!("{e}")).public();
    for signed in &of_three {
        let word = (signed.hash.as_str(), signed.signature.as_str());
        assert!(check_voucher(&hub, ("150785", "ZX"), word).is_ok());
        assert!(check_voucher(&hub, ("150785", "ZY"), word).is_err());
    }
    // What follows a place, and the start again for a place that is none.
    assert_eq!(ask(&store, &three, &end, &[]).records, []);
    for nowhere in [
        Position { seq: 3, ..end.clone() },
        Position { head: "0".repeat(64), ..end.clone() },
        Position { seq: 0, ..end },
        Position { seq: u64::MAX, head: "\0".to_owned() },
    ] {
        let reply = ask(&store, &three, &nowhere, &[]);
        assert_eq!((reply.from, reply.records.len()), (Position::start(), 2));
    }
}

fn a_long_list_comes_in_parts(on: On) {
    let (_place, store) = on.hub();
    let (_, three) = enrolled(&store, "03", &key(1));
    let hand = Help::of(&three);
    let all: Vec<SentHelp> = (1..=450).map(|n| hand.register(n)).collect();
    for part in all.chunks(HELP_RECORDS) {
        ask(&store, &three, &Position::start(), part);
    }
    let (listed, end) = whole(&store, &three);
    let hashes = |n: usize| (listed[n].hash.as_str(), all[n].hash.as_str());
    assert_eq!((listed.len(), end.seq), (450, 450));
    assert!((0..450).all(|n| hashes(n).0 == hashes(n).1));
    let request = HelpRequest { after: end.clone(), records: all };
    let refused = help(&store, &three, &request, now()).unwrap_err();
    assert!(matches!(refused, StepError::Fault(f) if f.code == FaultCode::TooLarge));
    // As many bytes as a message may have, in few records.
    let long = SentHelp { text: "长".repeat(BATCH_BYTES), hash: "0".repeat(64), signature: None };
    let request = HelpRequest { after: end.clone(), records: vec![long.clone(), long.clone()] };
    assert!(help(&store, &three, &request, now()).is_err());
    assert_eq!(codes(&ask(&store, &three, &end, &[long])), ["malformed"]);
}

fn what_must_not_come_in_is_refused_by_its_code_and_the_rest_comes_in(on: On) {
    let (_place, store) = on.hub();
    let (_, three) = enrolled(&store, "03", &key(1));
    let (_, seven) = enrolled(&store, "07", &key(2));
    let hand = Help::of(&three);
    let registered = |n, change: fn(&mut LedgerAct)| {
        let mut act = hand.registers(n);
        change(&mut act);
        sent(&hand.record(n, None, act))
    };
    let kind = |to: LedgerKind| {
        let mut act = hand.registers(20);
        if let LedgerAct::Registered { kind, .. } = &mut act {
            *kind = to;
        }
        sent(&hand.record(20, None, act))
    };
    let good = hand.register(1);
    let mut nobody = hand.record(9, None, hand.registers(9));
    nobody.record.actor.name = "\u{7}".to_owned();
    let tries = vec![
        (Help::of(&seven).register(2), "other-device"),
        (kind(LedgerKind::Complaint), "other-ledger"),
        (kind(LedgerKind::Consultation), "other-ledger"),
        (kind(LedgerKind::Obstruction), "other-ledger"),
        // A note about a complaint that stayed where it was written.
        (hand.note(21, &"a".repeat(64), "张三投诉的事"), "unknown-entry"),
        (
            registered(3, |act| {
                if let LedgerAct::Registered { practice, .. } = act {
                    *practice = true;
                }
            }),
            "practice-mismatch",
        ),
        (
            registered(4, |act| {
                if let LedgerAct::Registered { number, .. } = act {
                    *number = number.replace("BN-ZX-", "BN-ZY-");
                }
            }),
            "malformed",
        ),
        (SentHelp { hash: "0".repeat(64), ..hand.register(5) }, "hash-mismatch"),
        (SentHelp { text: "{}".to_owned(), ..hand.register(5) }, "hash-mismatch"),
        (sent(&nobody), "malformed"),
        (
            SentHelp { signature: Some(String::new()), ..Help::of(&seven).register(6) },
            "other-device",
        ),
    ];
    let mut records: Vec<SentHelp> = tries.iter().map(|(sent, _)| sent.clone()).collect();
    records.push(good.clone());
    let reply = ask(&store, &three, &Position::start(), &records);
    let expected: Vec<(&str, &str)> =
        tries.iter().map(|(sent, code)| (sent.hash.as_str(), *code)).collect();
    let mut told: Vec<(&str, &str)> =
        reply.refused.iter().map(|r| (r.hash.as_str(), r.code.as_str())).collect();
    let mut all = expected.clone();
    told.sort_unstable();
    all.sort_unstable();
    assert_eq!(told, all);
    assert_eq!(whole(&store, &seven).0.len(), 1);
    assert_eq!(whole(&store, &seven).0[0].hash, good.hash);
}

fn what_the_hub_lost_is_given_back_by_any_window_that_has_its_word(on: On) {
    let (_place, store) = on.hub();
    let (_elsewhere, foreign) = on.hub();
    let (_, three) = enrolled(&store, "03", &key(1));
    let (_, seven) = enrolled(&store, "07", &key(2));
    let first = Help::of(&three).register(1);
    ask(&store, &three, &Position::start(), std::slice::from_ref(&first));
    let held = whole(&store, &seven).0.remove(0);
    let SignedHelp { text, hash, signature } = held;
    let given = SentHelp { text, hash, signature: Some(signature) };
    assert_eq!(
        codes(&ask(&store, &seven, &Position::start(), std::slice::from_ref(&given))),
        [""; 0]
    );
    assert_eq!(whole(&store, &seven).0.len(), 1, "what is there is not there twice");
    // As if it had stood in the list before the hub was put back.
    let hub = store.read(|tx| tx.hub_key()).unwrap_or_else(|e: StoreError| panic!("{e}"));
    let lost = Help::of(&three).register(2);
    let sealed = SealedHelp { text: lost.text, hash: lost.hash };
    let SignedHelp { text, hash, signature } = vouch(&hub, ("150785", "ZX"), sealed);
    let back = SentHelp { text, hash, signature: Some(signature) };
    assert_eq!(codes(&ask(&store, &seven, &Position::start(), &[back])), [""; 0]);
    assert_eq!(whole(&store, &three).0.len(), 2);
    // Another hub never gave its word.
    let (_, stranger) = enrolled(&foreign, "07", &key(2));
    let reply = ask(&foreign, &stranger, &Position::start(), std::slice::from_ref(&given));
    assert_eq!(codes(&reply), ["other-device"]);
    // In another station of the same hub neither.
    let (_, other) = enrolled_at(&store, ("ZY", "01"), &key(3));
    assert_eq!(codes(&ask(&store, &other, &Position::start(), &[given])), ["other-device"]);
}

fn an_entry_has_an_end(on: On) {
    let (_place, store) = on.hub();
    let (_, three) = enrolled(&store, "03", &key(1));
    let hand = Help::of(&three);
    let first = hand.register(1);
    ask(&store, &three, &Position::start(), std::slice::from_ref(&first));
    let notes: Vec<SentHelp> =
        (1..=ENTRY_RECORDS).map(|n| hand.note(1, &first.hash, &format!("{n}"))).collect();
    let mut refused = Vec::new();
    for part in notes.chunks(HELP_RECORDS) {
        refused.extend(ask(&store, &three, &Position::start(), part).refused);
    }
    assert_eq!(refused.len(), 1);
    assert_eq!(refused[0].code, "entry-full");
    let (listed, _) = whole(&store, &three);
    let opened: Vec<_> =
        listed.iter().map(|s| (s.hash.clone(), s.sealed().open().unwrap())).collect();
    let seen = fold_shared(&opened).unwrap();
    assert_eq!((u64::from(seen.entry.revision), seen.aside.len()), (ENTRY_RECORDS, 0));
    assert!(opened.iter().skip(1).all(|(_, record)| matches!(
        record.record.act,
        LedgerAct::Noted { note: NoteKind::Progress, .. }
    )));
}

on_both_engines!(
    every_window_of_the_station_gets_the_list_once_and_no_other_station,
    a_long_list_comes_in_parts,
    what_must_not_come_in_is_refused_by_its_code_and_the_rest_comes_in,
    what_the_hub_lost_is_given_back_by_any_window_that_has_its_word,
    an_entry_has_an_end,
);
