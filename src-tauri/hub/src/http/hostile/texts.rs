//! SQL, and what else trips programs, in every text of every request and of every event: refused
//! with a code, or kept as the text it is. No table is harmed, and the log names nobody.

use serde_json::{Value, json};
use yichuang_domain::case::SealedEvent;
use yichuang_domain::case::event::{EventBody, sha256_hex};
use yichuang_protocol::{
    attachment, check, enrol, guide, hello, help, office, policy, pull, push, roster, session,
    transfer,
};

use super::{SCAN, Stage, logged};
use crate::sample::{On, accepted, case, code_for, day, decided, on_both_engines};

/// A name and a number that must stand in no log.
const PERSON: &str = "王小明152127199001010019";

/// What is put in place of every text.
fn texts() -> Vec<String> {
    vec![
        format!("'; DROP TABLE events; -- {PERSON}"),
        format!("' OR '1'='1' /* {PERSON} */"),
        format!("\"; DELETE FROM devices; -- {PERSON}"),
        format!("') UNION SELECT token_hash FROM sessions; -- {PERSON}"),
        format!("\\'; SELECT pg_sleep(60); -- {PERSON}"),
        format!("$$; COPY cases TO PROGRAM 'sh'; $$ {PERSON}"),
        format!("?1 $1 :a @b %s {{}} %_ {PERSON}"),
        format!("\0{PERSON}"),
        format!("{PERSON}\0'; --"),
        format!("\u{202e}\u{feff}\u{fffd}\u{1f469}\u{200d}\u{1f4bb}{PERSON}\r\n\t\u{7}\u{1b}[2J"),
        format!("<script>alert(1)</script>${{jndi:ldap://x}}../../{PERSON}"),
        format!("{PERSON}{}", "长'\"".repeat(40_000)),
        String::new(),
    ]
}

/// The places of all values in a message.
pub(super) fn places(value: &Value) -> Vec<String> {
    fn gather(value: &Value, at: &str, found: &mut Vec<String>) {
        found.push(at.to_owned());
        match value {
            Value::Array(items) => {
                items.iter().enumerate().for_each(|(n, v)| gather(v, &format!("{at}/{n}"), found));
            }
            Value::Object(fields) => {
                fields.iter().for_each(|(name, v)| gather(v, &format!("{at}/{name}"), found));
            }
            _ => {}
        }
    }
    let mut found = Vec::new();
    gather(value, "", &mut found);
    found
}

/// The message with something else in one place.
pub(super) fn put(message: &Value, place: &str, what: &Value) -> Value {
    let mut message = message.clone();
    *message.pointer_mut(place).unwrap() = what.clone();
    message
}

/// A good request of every step: its path, which token it needs, and its body.
pub(super) fn requests(stage: &Stage, own_log: &str) -> Vec<(&'static str, Needs, Value)> {
    let (origin, hash) = (&stage.one.device.origin, sha256_hex(SCAN));
    let place = json!({ "seq": 2, "head": stage.one.log.head.head });
    let code = code_for(stage.store(), "05");
    let key = yichuang_protocol::PrivateKey::from_seed(&[5; 32]);
    let public = key.public().to_base64();
    let signature = key.signature(&enrol::proof(&code, &public));
    let held =
        json!({ "log": own_log, "held": { "seq": 0, "head": "0".repeat(64) }, "earlier": [] });
    let next = stage.one.log.clone().write(case(1), accepted());
    let challenge = stage.challenge(&stage.one);
    vec![
        (hello::PATH, Needs::Nothing, json!({ "versions": [1], "program": "yichuang 0.1.0" })),
        (
            enrol::PATH,
            Needs::Nothing,
            json!({ "code": code, "device_key": public, "signature": signature }),
        ),
        (session::CHALLENGE_PATH, Needs::Nothing, json!({ "origin": origin })),
        (
            session::PATH,
            Needs::Nothing,
            json!({
                "version": 1, "origin": origin, "signature": stage.one.key.signature(&challenge),
                "challenge": challenge, "hub_logs": [held],
            }),
        ),
        (push::PATH, Needs::Session, json!({ "events": [next] })),
        (pull::PATH, Needs::Session, json!({ "log": own_log, "after": 0 })),
        (check::PATH, Needs::Session, json!({ "sent": place, "hub_log": own_log, "pulled": 0 })),
        (guide::PATH, Needs::Session, json!({ "have": hash })),
        (guide::PART_PATH, Needs::Session, json!({ "digest": hash, "base": hash, "part": 0 })),
        (roster::PATH, Needs::Session, json!({ "have": hash })),
        (policy::PATH, Needs::Session, json!({})),
        (
            transfer::PATH,
            Needs::Session,
            json!({ "wanted": [{
                "number": crate::sample::number(&stage.two.device, false, 2),
                "reason": "申请人在场", "actor": { "id": "1001", "name": "白哈斯" },
            }] }),
        ),
        (
            help::PATH,
            Needs::Session,
            json!({ "after": { "seq": 0, "head": "0".repeat(64) }, "records": [
            crate::sample::Help::of(&stage.one.device).register(1),
        ] }),
        ),
        (
            attachment::OFFER_PATH,
            Needs::Session,
            json!({ "attachments": [{ "case": case(1), "hash": hash }] }),
        ),
        (
            attachment::CHUNK_PATH,
            Needs::Session,
            json!({ "case": case(1), "hash": hash, "offset": 0, "bytes": "JVBERi0xLjcKJSVFT0YK" }),
        ),
        (
            office::DECIDE_PATH,
            Needs::Office,
            json!({
                "case": crate::sample::number(&stage.two.device, false, 2), "decision": "granted",
                "reason": "符合条件", "result_number": "JY1150785",
            }),
        ),
    ]
}

/// A session's request with a challenge that is still open, so that what is wrong is what was put
/// there.
pub(super) fn with_open_challenge(stage: &Stage, good: &Value) -> Value {
    let challenge = stage.challenge(&stage.one);
    let mut good = good.clone();
    good["signature"] = json!(stage.one.key.signature(&challenge));
    good["challenge"] = json!(challenge);
    good
}

/// What a request must come with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Needs {
    Nothing,
    Session,
    Office,
}

/// Steps that write something of what is asked, when they take it.
const WRITES: [&str; 8] = [
    enrol::PATH,
    session::CHALLENGE_PATH,
    session::PATH,
    push::PATH,
    attachment::CHUNK_PATH,
    office::DECIDE_PATH,
    transfer::PATH,
    help::PATH,
];

fn every_text_of_every_request_is_refused_or_stays_text(on: On) {
    let log = logged();
    let mut stage = Stage::new(on);
    let (token, own_log) = stage.session(&stage.one);
    let tables: Vec<String> = stage.store().dump().into_keys().collect();
    let mut sent = 0;
    // A case for each decision that is taken.
    let decisions = texts().len() as u32 * 2;
    let filings: Vec<_> = (200..200 + decisions).map(|n| stage.two.file(n)).collect();
    let (of_two, _) = stage.session(&stage.two);
    assert_eq!(stage.push(&of_two, filings).status, 200);
    let mut undecided = 200..200 + decisions;
    for (path, needs, good) in requests(&stage, &own_log) {
        let token = match needs {
            Needs::Nothing => "",
            Needs::Session => &token,
            Needs::Office => &stage.office,
        };
        let is_text = |place: &String| good.pointer(place).is_some_and(Value::is_string);
        let texts_of: Vec<String> = places(&good).into_iter().filter(is_text).collect();
        let mut good = good;
        for place in &texts_of {
            for text in texts() {
                if path == office::DECIDE_PATH
                    && place != "/case"
                    && let Some(n) = undecided.next()
                {
                    let number = crate::sample::number(&stage.two.device, false, n);
                    good["case"] = json!(number);
                }
                if path == session::PATH {
                    good = with_open_challenge(&stage, &good);
                }
                let body = put(&good, place, &json!(text));
                let (dump, scans) = stage.kept();
                let told = stage.ask(path, token, &body);
                sent += 1;
                // A challenge is used up by whoever answers it.
                let but: &[&str] = if path == session::PATH { &["challenges"] } else { &[] };
                if told.status != 200 || !WRITES.contains(&path) {
                    let changes = stage.store().changes(&dump, but);
                    assert_eq!(changes, Vec::<String>::new(), "{path} {place} {told:?}");
                    assert_eq!(stage.kept().1, scans, "{path} {place}");
                }
            }
        }
    }
    assert!(sent > 300, "{sent}");
    assert_eq!(stage.store().dump().into_keys().collect::<Vec<_>>(), tables);
    assert_eq!(
        stage.push(&of_two, vec![stage.two.log.clone().write(case(2), accepted())]).status,
        200
    );
    let said = log.text();
    assert!(!said.contains("王小明") && !said.contains("152127199001010019"), "{said}");
}

/// Events of every kind with texts of people in them.
fn bodies(stage: &Stage) -> Vec<Value> {
    let (n, hash) = (crate::sample::number(&stage.one.device, false, 1), sha256_hex(SCAN));
    let filed = serde_json::to_value(crate::sample::filed(n, false)).unwrap();
    let mut filed = filed;
    filed["answers"] = json!({ "q1": "是" });
    filed["agent"] = filed["applicant"].clone();
    let on = day();
    let due = json!({ "due": on, "counted": [] });
    let mut all = vec![
        filed,
        serde_json::to_value(accepted()).unwrap(),
        serde_json::to_value(decided()).unwrap(),
        serde_json::to_value(EventBody::ReviewStarted {}).unwrap(),
    ];
    all.extend([
        json!({ "type": "notice-given", "on": on, "listed": ["m1"] }),
        json!({ "type": "supplemented", "on": on, "ids": ["m1"] }),
        json!({ "type": "deemed-accepted", "on": on, "due": due, "noticed_on": on }),
        json!({ "type": "attachment-added", "material": "m1", "hash": hash, "size": 15,
            "kind": "pdf", "name": "a.pdf" }),
        json!({ "type": "attachment-removed", "material": "m1", "hash": hash, "reason": "错" }),
        json!({ "type": "supplement-asked", "on": on, "items": [], "reason": "缺" }),
        json!({ "type": "clock-stopped", "kind": "expert-review", "on": on, "reason": "评审" }),
        json!({ "type": "clock-resumed", "on": on, "due": due }),
        json!({ "type": "ready-for-handover" }),
        json!({ "type": "handed-over", "receiver": "白哈斯", "on": on }),
        json!({ "type": "withdrawn", "reason": "不办了", "on": on }),
        json!({ "type": "returned", "reason": "退", "on": on }),
        json!({ "type": "archived" }),
        json!({ "type": "transferred", "on": on, "reason": "停办",
            "from": { "origin": stage.one.device.origin, "device": "7K2M", "window": "03" },
            "to": { "origin": stage.two.device.origin, "device": "9QAB", "window": "04" } }),
        json!({ "type": "conflict-settled", "of": { "origin": "win-1", "seq": 1 },
            "adopted": true, "reason": "属实" }),
        json!({ "type": "tomorrow", "reason": "新" }),
    ]);
    all
}

/// Days that no calendar has, or that end it.
fn days() -> Vec<Value> {
    ["9999-12-31", "-009999-01-01", "2026-02-30", "0000-01-01"].map(Value::from).to_vec()
}

/// What is no text, and numbers beyond all counting.
fn others() -> Vec<Value> {
    vec![Value::Null, json!(-1), json!(u64::MAX), json!(1.5), json!([[]]), json!({})]
}

fn every_text_of_every_event_is_refused_or_kept_as_it_came(on: On) {
    let log = logged();
    let mut stage = Stage::new(on);
    let (token, _) = stage.session(&stage.one);
    let origin = stage.one.device.origin.clone();
    let mut n = 1000;
    let (mut refused, mut kept) = (0, 0);
    for body in bodies(&stage) {
        let filing = body["type"] == "filed";
        let event = serde_json::to_value(stage.one.log.event(case(1), accepted())).unwrap();
        let event = put(&event, "/body", &body);
        for (place, what) in places(&event).iter().flat_map(|at| {
            // The envelope is the same for all kinds.
            let known = !filing && !at.starts_with("/body/");
            let text = event.pointer(at).unwrap().is_string();
            let texts = texts().into_iter().map(Value::from).chain(days()).filter(move |_| text);
            texts.chain(others()).filter(move |_| !known).map(move |what| (at, what))
        }) {
            n += 1;
            // Each about a case of its own, so that none waits for another.
            let mut event = event.clone();
            event["case"] = json!(case(n.into()));
            event["lamport"] = json!(2);
            let mut events = Vec::new();
            if filing {
                event["body"]["number"] = json!(crate::sample::number(&stage.one.device, false, n));
            } else {
                events.push(stage.one.file(n));
            }
            event["seq"] = json!(stage.one.log.head.seq + 1);
            event["prev_hash"] = json!(stage.one.log.head.head);
            let text = put(&event, place, &what).to_string();
            let sealed = SealedEvent { hash: sha256_hex(text.as_bytes()), text };
            events.push(sealed.clone());
            let before = stage.store().read(|tx| tx.head(&origin)).unwrap();
            let told = stage.push(&token, events.clone());
            if told.status != 200 {
                refused += 1;
                assert_eq!(stage.store().read(|tx| tx.head(&origin)).unwrap(), before);
                // The filing that came with it was not kept either.
                if !filing {
                    assert_eq!(stage.push(&token, events[..1].to_vec()).status, 200);
                }
                continue;
            }
            kept += 1;
            let seq = event["seq"].as_u64().unwrap();
            stage.one.log.keep(sealed.clone());
            let there = stage.store().read(|tx| tx.events_after(&origin, seq - 1, 1)).unwrap();
            assert_eq!(there, [sealed], "{place}");
        }
    }
    assert!(refused > 20 && kept > 1000, "{refused} refused, {kept} kept");
    // What was kept can be looked at, and others go on.
    assert!(crate::listing::cases(stage.store()).unwrap().len() > 100);
    let said = log.text();
    assert!(!said.contains("王小明") && !said.contains("152127199001010019"), "{said}");
    assert!(said.contains("rejected"), "what was refused is told");
}

on_both_engines!(
    every_text_of_every_request_is_refused_or_stays_text,
    every_text_of_every_event_is_refused_or_kept_as_it_came,
);
