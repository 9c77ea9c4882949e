//! An enrolled device that speaks for another one, in every step and on a stick; and logs that have
//! gaps, fork or lie.

use std::io::Cursor;

use serde_json::json;
use yichuang_domain::case::SealedEvent;
use yichuang_domain::case::event::{EventBody, sha256_hex};
use yichuang_protocol::check::CheckRequest;
use yichuang_protocol::ferry::{CARGO, Cargo, Load, Loading, Progress};
use yichuang_protocol::hub_log::HeldLog;
use yichuang_protocol::limits::{BATCH_EVENTS, EVENT_BYTES};
use yichuang_protocol::push::PushRequest;
use yichuang_protocol::{Position, attachment, check, pull};

use super::{SCAN, Stage, Window};
use crate::ferry::{Ferried, ferry};
use crate::sample::{Log, On, accepted, case, filed, now, number, on_both_engines};

fn anothers_log_is_neither_written_nor_read(on: On) {
    let mut stage = Stage::new(on);
    let (token, own) = stage.session(&stage.one);
    let (_, others) = stage.session(&stage.two);
    // The next event of the other's log, and one that fits into this one but names the other.
    let next = stage.two.log.clone().write(case(2), accepted());
    stage.unchanged(&[], |stage| {
        let told = stage.push(&token, vec![next]);
        assert_eq!((told.status, told.code()), (409, "fork"), "{told:?}");
    });
    let two = stage.two.device.origin.clone();
    let other = |stage: &Stage| {
        let store = stage.store();
        let events = store.read(|tx| tx.events_after(&two, 0, 100)).unwrap();
        (events, store.read(|tx| tx.head(&two)).unwrap(), crate::listing::cases(store).unwrap())
    };
    let before = other(&stage);
    let mut named = stage.one.log.event(case(2), accepted());
    named.origin.clone_from(&two);
    let named = stage.one.log.keep(SealedEvent::seal(&named).unwrap());
    // Its own log, the other's case; and the other's number.
    let foreign = stage.one.log.write(case(2), accepted());
    let stolen = stage.one.log.write(case(9), filed(number(&stage.two.device, false, 9), false));
    let told = stage.push(&token, vec![named, foreign, stolen]);
    assert_eq!(told.outcomes(), ["origin-mismatch", "case-parked", "bad-number"]);
    assert_eq!(other(&stage), before);

    stage.unchanged(&[], |stage| {
        for log in [others.as_str(), &two, "", "' OR 1=1 --", &format!("{own}.x"), "\0"] {
            let told = stage.ask(pull::PATH, &token, &json!({ "log": log, "after": 0 }));
            assert_eq!((told.status, told.code()), (409, "gap"), "{log}: {told:?}");
            let sent = json!({ "seq": 0, "head": "0".repeat(64) });
            let body = json!({ "sent": sent, "hub_log": log, "pulled": 0 });
            assert_eq!(stage.ask(check::PATH, &token, &body).code(), "gap", "{log}");
        }
        let told = stage.ask(pull::PATH, &token, &json!({ "log": own, "after": u64::MAX }));
        assert_eq!((told.status, &told.body["events"]), (200, &json!([])));
    });
}

fn anothers_scan_is_neither_brought_nor_asked_for(on: On) {
    let stage = Stage::new(on);
    let (token, _) = stage.session(&stage.one);
    let hash = sha256_hex(SCAN);
    stage.unchanged(&[], |stage| {
        // Its own case has announced the same scan, the other's is none of its business.
        let chunk = json!({ "case": case(2), "hash": hash, "offset": 0, "bytes": "JVBERi0=" });
        let told = stage.ask(attachment::CHUNK_PATH, &token, &chunk);
        assert_eq!((told.status, told.code()), (404, "unknown-attachment"));
        let offer = json!({ "attachments": [{ "case": case(2), "hash": hash }] });
        let told = stage.ask(attachment::OFFER_PATH, &token, &offer);
        assert_eq!(told.body["attachments"][0]["fault"]["code"], "unknown-attachment");
        for path in [
            "../../../hub.db",
            "..\\..\\hub.db",
            "/etc/passwd",
            "file:///etc/passwd",
            "C:\\hub.db",
            "%2e%2e%2fhub.db",
            "CON",
            &format!("{}/..", &hash[..61]),
            &format!("{}\0", &hash[..63]),
            &hash.to_uppercase(),
            &format!("{hash}/x"),
        ] {
            let chunk = json!({ "case": case(1), "hash": path, "offset": 0, "bytes": "JVBERi0=" });
            let told = stage.ask(attachment::CHUNK_PATH, &token, &chunk);
            assert_eq!((told.status, told.code()), (400, "bad-field"), "{path}");
        }
    });
}

/// The name of a scan is what the clerk's file was called: text, and no path anywhere.
fn a_path_for_a_name_is_parked_or_stays_text(on: On) {
    let mut stage = Stage::new(on);
    let (token, _) = stage.session(&stage.one);
    let (_, scans) = stage.kept();
    for (nth, name) in
        ["../../hub.db", "/etc/passwd", "C:\\a.pdf", "a\0.pdf", "..", "\u{202e}fdp.a"]
            .into_iter()
            .enumerate()
    {
        let n = 20 + u32::try_from(nth).unwrap();
        let events = vec![stage.one.file(n), stage.one.announce(n, name)];
        let told = stage.push(&token, events);
        assert_eq!(told.outcomes()[0], "accepted", "{name}");
        assert!(["accepted", "bad-attachment"].contains(&told.outcomes()[1]), "{name}: {told:?}");
        let bytes = json!({
            "case": case(n.into()), "hash": sha256_hex(SCAN), "offset": 0,
            "bytes": "JVBERi0xLjcKJSVFT0YK",
        });
        let told = stage.ask(attachment::CHUNK_PATH, &token, &bytes);
        assert!(told.status == 200 || told.code() == "unknown-attachment", "{name}: {told:?}");
    }
    // All of them brought the same scan: it is kept once, under its hash.
    let (_, now) = stage.kept();
    assert!(now.len() <= scans.len() + 1, "{now:?}");
    assert!(now.iter().all(|path| path.contains(&sha256_hex(SCAN)[..8])), "{now:?}");
}

fn a_log_with_a_gap_a_fork_or_a_lie_is_refused_whole(on: On) {
    let stage = Stage::new(on);
    let (token, _) = stage.session(&stage.one);
    let mut log = stage.one.log.clone();
    let next = log.write(case(1), accepted());
    let after = log.write(case(1), EventBody::ReviewStarted {});
    let twin = Log::of(&stage.one.device).write(case(1), accepted());
    let lie = SealedEvent { hash: "0".repeat(64), ..next.clone() };
    let shouted = SealedEvent { hash: next.hash.to_uppercase(), ..next.clone() };
    let of_text =
        |text: &str| SealedEvent { hash: sha256_hex(text.as_bytes()), text: text.to_owned() };
    let large = of_text(&" ".repeat(EVENT_BYTES + 1));
    let half =
        of_text(&next.text.replace(
            "\"body\"",
            &format!("\"x\":\"{}\",\"body\"", "x".repeat(EVENT_BYTES * 2 / 3)),
        ));
    let huge = |seq: &str| of_text(&next.text.replace("\"seq\":3", &format!("\"seq\":{seq}")));
    stage.unchanged(&[], |stage| {
        for (events, code) in [
            (vec![after.clone()], "gap"),
            (vec![next.clone(), twin.clone()], "fork"),
            (vec![twin], "fork"),
            (vec![after.clone(), next.clone()], "gap"),
            (vec![next.clone(), lie], "hash-mismatch"),
            (vec![shouted], "hash-mismatch"),
            (vec![next.clone(), of_text("null")], "malformed"),
            (vec![of_text("")], "malformed"),
            (vec![of_text(&"[".repeat(100_000))], "malformed"),
            (vec![huge("18446744073709551615")], "gap"),
            (vec![huge("9223372036854775808")], "gap"),
            (vec![huge("-1")], "malformed"),
            (vec![huge("0")], "fork"),
            (vec![large], "too-large"),
            (vec![half.clone(), half], "too-large"),
            (vec![next.clone(); BATCH_EVENTS + 1], "too-large"),
        ] {
            let told = stage.push(&token, events);
            assert_eq!(told.code(), code, "{told:?}");
        }
    });
    assert_eq!(stage.push(&token, vec![next, after]).outcomes(), ["accepted", "accepted"]);
}

/// A file that is signed by one window and names another, or carries another's events.
fn a_stick_speaks_for_the_window_that_signed_it(on: On) {
    let stage = Stage::new(on);
    let hub = stage.store().read(|tx| tx.hub_key()).unwrap().public();
    let with =
        |by: &Window, origin: &str, to_hub: &str, logs: &[&str], events: Vec<SealedEvent>| {
            let cargo = Cargo {
                kind: CARGO.to_owned(),
                hub: to_hub.to_owned(),
                origin: origin.to_owned(),
                made_at: now(),
                hub_logs: logs.iter().map(|log| HeldLog::nothing_of((*log).to_owned())).collect(),
                guide: None,
                roster: None,
                help: None,
            };
            let mut file = Loading::begin(Vec::new(), &hub, &by.key, &cargo).unwrap();
            file.add(&Load::Push(PushRequest { events })).unwrap();
            let (sent, hub_log) = (Position::start(), String::new());
            file.add(&Load::Check(CheckRequest { sent, hub_log, pulled: 0 })).unwrap();
            file.finish().unwrap()
        };
    let file =
        |by: &Window, origin: &str, to_hub: &str, events| with(by, origin, to_hub, &[], events);
    let take = |stage: &Stage, file: Vec<u8>| {
        let (store, objects) = (stage.store(), stage.hub.objects());
        let mut answer = Vec::new();
        let progress = Progress::default();
        ferry((store, objects), Cursor::new(file), &mut answer, now(), &progress)
            .map_err(|error| crate::error::HubError::from(error).code().to_owned())
    };
    let (one, two) = (&stage.one, &stage.two);
    let others = two.log.clone().write(case(2), accepted());
    stage.unchanged(&[], |stage| {
        for (by, origin, to_hub, code) in [
            (one, &two.device.origin, hub.hub_id(), "ferry-bad-signature"),
            (one, &"' OR 1=1 --".to_owned(), hub.hub_id(), "unknown-device"),
            (one, &"\0".to_owned(), hub.hub_id(), "unknown-device"),
            (one, &one.device.origin, "hub-0".to_owned(), "ferry-not-for-us"),
        ] {
            let told = take(stage, file(by, origin, &to_hub, vec![others.clone()]));
            assert_eq!(told, Err(code.to_owned()), "{origin}");
        }
        let told = take(stage, file(one, &one.device.origin, &hub.hub_id(), vec![others.clone()]));
        assert_eq!(told, Err("fork".to_owned()));
        // Its own event, and places of logs that are none of its own.
        let next = one.log.clone().write(case(1), accepted());
        for log in ["hub-0-XXXX", "", "' OR 1=1 --", "\0", &two.device.origin] {
            let (origin, events) = (&one.device.origin, vec![next.clone()]);
            let told = take(stage, with(one, origin, &hub.hub_id(), &[log], events));
            assert_eq!(told, Err("bad-field".to_owned()), "{log}");
        }
    });
    let named = {
        let mut event = one.log.event(case(2), accepted());
        event.origin.clone_from(&two.device.origin);
        SealedEvent::seal(&event).unwrap()
    };
    let told = take(&stage, file(one, &one.device.origin, &hub.hub_id(), vec![named]));
    assert!(matches!(told, Ok(Ferried { new: 0, rejected: 1, .. })), "{told:?}");
    assert_eq!(stage.store().read(|tx| tx.head(&two.device.origin)).unwrap(), two.log.head);
}

on_both_engines!(
    anothers_log_is_neither_written_nor_read,
    anothers_scan_is_neither_brought_nor_asked_for,
    a_path_for_a_name_is_parked_or_stays_text,
    a_log_with_a_gap_a_fork_or_a_lie_is_refused_whole,
    a_stick_speaks_for_the_window_that_signed_it,
);
