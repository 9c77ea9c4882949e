//! A hub that lies: every answer that can be checked is, and a false one changes nothing.

use serde_json::{Value, json};
use yichuang_protocol::hub_log::vouch;
use yichuang_protocol::limits::BODY_BYTES;
use yichuang_protocol::{PrivateKey, check, enrol, hello, pull, push, session};
use yichuang_tests::faults::{Fault, FaultyLine};
use yichuang_tests::hub::TestHub;
use yichuang_tests::sync_window::{SyncWindow, compare_sides};

struct Desk {
    _folder: tempfile::TempDir,
    hub: TestHub,
    line: FaultyLine,
    window: SyncWindow,
}

fn desk() -> Desk {
    let folder = tempfile::tempdir().unwrap();
    let hub = TestHub::start(folder.path(), false);
    let line = FaultyLine::to(hub.address());
    let window = SyncWindow::joined(&hub, &line.url(), "03");
    Desk { _folder: folder, hub, line, window }
}

/// Signs a text again after it was altered, with a key that is not the hub's.
fn forge(signed: &mut Value, alter: impl Fn(&mut Value)) {
    let mut text: Value = serde_json::from_str(signed["text"].as_str().unwrap()).unwrap();
    alter(&mut text);
    let forged = PrivateKey::from_seed(&[66; 32]).sign(text.to_string());
    *signed = serde_json::to_value(forged).unwrap();
}

#[test]
fn a_false_answer_ends_the_sync_with_a_code_and_changes_nothing() {
    let Desk { hub, line, mut window, _folder } = desk();
    window.file();
    window.sync().unwrap();

    let lies: Vec<(&str, &'static str, Fault, &str)> = vec![
        ("hello", hello::PATH, Fault::alter(|j| j["hub_key"] = json!("AAAA")), "hub-changed"),
        ("hello", hello::PATH, Fault::alter(|j| j["trial"] = json!(true)), "hub-changed"),
        ("hello", hello::PATH, Fault::alter(|j| j["version"] = json!(9)), "version-unsupported"),
        ("hello", hello::PATH, Fault::Replace(200, b"{}".to_vec()), "bad-hub-answer"),
        ("no hub", hello::PATH, Fault::Replace(404, b"<html>".to_vec()), "bad-hub-answer"),
        ("moved", hello::PATH, Fault::Replace(302, b"".to_vec()), "bad-hub-answer"),
        ("huge", hello::PATH, Fault::Replace(200, vec![b' '; BODY_BYTES + 2]), "bad-hub-answer"),
        (
            "a challenge that is something else",
            session::CHALLENGE_PATH,
            Fault::alter(|j| j["challenge"] = json!("yichuang-enrol/1 A B")),
            "bad-hub-answer",
        ),
        (
            "another hub's signature on the position",
            session::PATH,
            Fault::alter(|j| forge(&mut j["holds"], |_| {})),
            "bad-hub-answer",
        ),
        (
            "a position moved back",
            session::PATH,
            Fault::alter(|j| forge(&mut j["holds"], |said| said["seq"] = json!(0))),
            "bad-hub-answer",
        ),
        (
            "a token with a line break",
            session::PATH,
            Fault::alter(|j| j["token"] = json!("a\r\nx: y")),
            "bad-hub-answer",
        ),
        (
            "another log",
            session::PATH,
            Fault::alter(|j| j["hub_origin"] = json!("hub-x")),
            "bad-hub-answer",
        ),
        (
            "a forged acknowledgement",
            push::PATH,
            Fault::alter(|j| forge(&mut j["acknowledgement"], |_| {})),
            "bad-hub-answer",
        ),
        (
            "an altered acknowledgement",
            push::PATH,
            Fault::alter(|j| {
                let text = j["acknowledgement"]["text"].as_str().unwrap();
                j["acknowledgement"]["text"] = json!(text.replace("\"seq\":", "\"seq\":9"));
            }),
            "bad-hub-answer",
        ),
        (
            "too few items",
            push::PATH,
            Fault::alter(|j| drop(j["items"].as_array_mut().unwrap().pop())),
            "bad-hub-answer",
        ),
        (
            "a refusal beside a forged acknowledgement",
            push::PATH,
            Fault::alter(|j| {
                let rejection = json!({ "code": "x", "field": "y", "message": "z" });
                j["items"][0] = json!({ "seq": j["items"][0]["seq"], "outcome": "rejected",
                    "rejection": rejection });
                forge(&mut j["acknowledgement"], |_| {});
            }),
            "bad-hub-answer",
        ),
        (
            "items of other events",
            push::PATH,
            Fault::alter(|j| j["items"][0]["seq"] = json!(1)),
            "bad-hub-answer",
        ),
    ];
    for (name, path, lie, code) in lies {
        window.file();
        let before = window.store().sync_state().unwrap();
        line.next_of(path, lie);
        assert_eq!(window.sync_code().unwrap_err(), code, "{name}");
        let after = window.store().sync_state().unwrap();
        assert_eq!(after.acknowledged_seq, before.acknowledged_seq, "{name}");
        assert_eq!((after.receipt, after.last_sync), (before.receipt, before.last_sync), "{name}");
        assert_eq!((window.store().parked().unwrap(), window.unsent()), (vec![], 2), "{name}");
        window.sync().unwrap();
        compare_sides(&hub, &window);
    }
}

/// An old acknowledgement is genuine, but says nothing about what was sent now.
#[test]
fn an_old_acknowledgement_does_not_pass_for_a_new_one() {
    let Desk { hub, line, mut window, _folder } = desk();
    window.file();
    window.sync().unwrap();
    let old: Value =
        serde_json::from_str(&window.store().sync_state().unwrap().receipt.unwrap()).unwrap();
    window.file();
    line.next_of(push::PATH, Fault::alter(move |j| j["acknowledgement"] = old.clone()));
    assert_eq!(window.sync_code(), Err("bad-hub-answer"));
    assert_eq!(window.unsent(), 2);

    // Nor does the word for where the log stood at the last session: it is sent again, to no harm.
    let old: Value =
        serde_json::from_str(&window.store().sync_state().unwrap().receipt.unwrap()).unwrap();
    line.next_of(session::PATH, Fault::alter(move |j| j["holds"] = old.clone()));
    assert_eq!(window.sync().unwrap().sent, 2);
    compare_sides(&hub, &window);
    assert_eq!(hub.cases().len(), 2);
}

#[test]
fn a_false_decision_is_not_taken() {
    let Desk { hub, line, mut window, _folder } = desk();
    let case = window.file();
    window.sync().unwrap();
    hub.grant(case.number.as_str()).unwrap();
    // The worst of hubs signs its lies.
    let key = hub.store().read(|tx| tx.hub_key()).unwrap();
    let event = |alter: fn(&mut Value)| {
        let key = key.clone();
        Fault::alter(move |j| {
            let event = &mut j["events"][0];
            alter(event);
            let sealed = serde_json::from_value(event.clone()).unwrap();
            *event = serde_json::to_value(vouch(&key, sealed)).unwrap();
        })
    };
    let lies: [(&str, Fault, &str); 7] = [
        (
            "an event that the hub did not sign",
            Fault::alter(|j| {
                let event = &mut j["events"][0];
                reseal(event, |event| event["actor"]["name"] = json!("无名"));
            }),
            "bad-hub-answer",
        ),
        (
            "an altered event",
            event(|e| e["text"] = json!(e["text"].as_str().unwrap().replace("granted", "denied"))),
            "bad-hub-answer",
        ),
        (
            "an event twice",
            Fault::alter(|j| {
                let events = j["events"].as_array_mut().unwrap();
                let first = events[0].clone();
                events.push(first);
            }),
            "bad-hub-answer",
        ),
        ("a gap", event(|e| reseal(e, |event| event["seq"] = json!(2))), "bad-hub-answer"),
        (
            "an event of the window's own log",
            event(|e| reseal(e, |event| event["origin"] = json!("win-x"))),
            "bad-hub-answer",
        ),
        (
            "an event of a case that is not here",
            event(|e| {
                reseal(e, |event| {
                    event["case"] = json!("00000000-0000-0000-0000-000000000009");
                })
            }),
            "bad-hub-answer",
        ),
        (
            "an event of an unknown kind",
            event(|e| reseal(e, |event| event["body"] = json!({ "type": "tomorrow" }))),
            "unknown-event",
        ),
    ];
    for (name, lie, code) in lies {
        line.next_of(pull::PATH, lie);
        assert_eq!(window.sync_code().unwrap_err(), code, "{name}");
        assert_eq!(window.store().sync_state().unwrap().pull_cursor, 0, "{name}");
        let here = window.store().case(&case.id.to_string()).unwrap().unwrap();
        assert_eq!((here.state.as_str(), here.conflicts.len()), ("accepted", 0), "{name}");
    }
    // Endless promises of more end too.
    line.next_of(pull::PATH, Fault::alter(|j| *j = json!({ "events": [], "more": true })));
    assert_eq!(window.sync_code(), Err("bad-hub-answer"));
    window.sync().unwrap();
    compare_sides(&hub, &window);
}

/// Alters an event and gives it the right hash.
fn reseal(sealed: &mut Value, alter: impl Fn(&mut Value)) {
    let mut event: Value = serde_json::from_str(sealed["text"].as_str().unwrap()).unwrap();
    alter(&mut event);
    let text = event.to_string();
    let hash = yichuang_domain::case::event::sha256_hex(text.as_bytes());
    *sealed = json!({ "text": text, "hash": hash });
}

#[test]
fn a_false_comparison_is_not_believed() {
    let Desk { hub, line, mut window, _folder } = desk();
    window.file();
    let refusal = |log: Option<&str>, seq: u64| {
        let because = json!({ "code": "x", "field": "y", "message": "z" });
        let mut refusal = json!({ "seq": seq, "case": null, "rejection": because });
        if let Some(log) = log {
            refusal["log"] = json!(log);
        }
        Fault::alter(move |j| j["rejected"] = json!([refusal]))
    };
    let own = window.store().own_origin().unwrap();
    let lies: [(&str, Fault); 6] = [
        ("a forged statement", Fault::alter(|j| forge(&mut j["statement"], |_| {}))),
        ("refusals of events that do not exist", refusal(None, 99)),
        ("refusals in another window's log", refusal(Some("win-0000-abcd"), 1)),
        ("refusals in a log that this window never had", refusal(Some(&format!("{own}.q9")), 1)),
        ("refusals in a log with a name that is none", refusal(Some(&format!("{own}./")), 1)),
        ("no statement", Fault::Replace(200, b"[]".to_vec())),
    ];
    for (name, lie) in lies {
        line.next_of(check::PATH, lie);
        assert_eq!(window.sync_code().unwrap_err(), "bad-hub-answer", "{name}");
        assert_eq!(window.store().parked().unwrap(), [], "{name}");
    }
    window.sync().unwrap();
    compare_sides(&hub, &window);
}

#[test]
fn a_false_answer_to_an_enrolment_is_not_kept() {
    let Desk { hub, line, _folder, .. } = desk();
    let lies: [fn(&mut Value); 6] = [
        |j| j["hub_key"] = json!("AAAA"),
        |j| j["trial"] = json!(true),
        |j| j["device"] = json!("7-K"),
        |j| j["station"] = json!(""),
        |j| j["origin"] = json!("hub-x"),
        |j| j["hall"] = json!("\u{7}"),
    ];
    for lie in lies {
        let window = SyncWindow::new();
        line.next_of(enrol::PATH, Fault::alter(lie));
        let error = window.join(&line.url(), &hub.code("05"), None).unwrap_err();
        assert_eq!(error.code(), "bad-hub-answer");
        assert!(window.store().enrolment().unwrap().is_none());
    }
}

#[test]
fn a_refusal_is_told_in_the_hubs_words_on_one_line() {
    let Desk { line, window, _folder, hub: _hub } = desk();
    let fault = json!({ "code": "not-found", "message": "一\n二", "retry": false });
    line.next_of(hello::PATH, Fault::Replace(404, fault.to_string().into_bytes()));
    let error = window.sync().unwrap_err();
    assert_eq!((error.code(), error.is_passing()), ("hub-refused", false));
    assert_eq!(error.to_string(), "大厅中心拒绝了请求（not-found）：一二");
    for code in ["internal", "unavailable", "too-many-attempts", "too-many-requests"] {
        let fault = json!({ "code": code, "message": "", "retry": true });
        line.next_of(hello::PATH, Fault::Replace(503, fault.to_string().into_bytes()));
        assert_eq!(window.sync_code(), Err("hub-busy"));
    }
}
