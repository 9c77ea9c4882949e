//! Releases that are broken, older, foreign, tampered with or cut short: nothing changes, the
//! window says why, and the cases go on.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use yichuang_domain::case::event::sha256_hex;
use yichuang_hub::store::{PublishedGuide, Way};
use yichuang_hub::{Clock as _, HubError, StoreError, SystemClock};
use yichuang_protocol::guide::{PART_PATH, PATH, RELEASE, ReleaseStatement};
use yichuang_protocol::limits::{BODY_BYTES, GUIDE_BYTES};
use yichuang_protocol::{PrivateKey, SignedText, packing};
use yichuang_tests::faults::{Fault, FaultyLine};
use yichuang_tests::guides::{release, release_with};
use yichuang_tests::hub::TestHub;
use yichuang_tests::sync_window::{SyncWindow, compare_sides};

pub(crate) struct Hall {
    pub(crate) _folder: tempfile::TempDir,
    pub(crate) hub: TestHub,
    pub(crate) line: FaultyLine,
    pub(crate) window: SyncWindow,
}

/// A window that has release 1 of its hub, which has published release 2.
pub(crate) fn hall() -> Hall {
    let folder = tempfile::tempdir().unwrap();
    let hub = TestHub::start(folder.path(), false);
    let line = FaultyLine::to(hub.address());
    let window = SyncWindow::joined(&hub, &line.url(), "03");
    hub.publish(release(1, "第一版").as_bytes()).unwrap();
    assert_eq!(window.sync().unwrap().guide_taken, Some(1));
    hub.publish(release(2, "第二版").as_bytes()).unwrap();
    Hall { _folder: folder, hub, line, window }
}

/// Everything of the guide in a window's store.
pub(crate) fn kept(window: &SyncWindow) -> (Option<yichuang_storage::GuideInUse>, String) {
    let store = window.store();
    (store.guide_in_use().unwrap(), store.current_guide().unwrap().unwrap().text)
}

/// By this clock an hour and a bit has passed.
pub(crate) fn later() -> Timestamp {
    SystemClock.now() + SignedDuration::from_mins(61)
}

fn statement(hub: &TestHub, text: &str, release: u32) -> ReleaseStatement {
    ReleaseStatement {
        kind: RELEASE.to_owned(),
        hub: hub.store().read(|tx| tx.hub_id()).unwrap(),
        format: "yichuang-guide/1".to_owned(),
        region: "150785".to_owned(),
        release,
        digest: sha256_hex(text.as_bytes()),
        length: text.len() as u64,
        published_at: SystemClock.now(),
    }
}

fn signed(hub: &TestHub, said: &ReleaseStatement) -> SignedText {
    let key = hub.store().read(|tx| tx.hub_key()).unwrap();
    key.sign(serde_json::to_string(said).unwrap())
}

/// What a hub would hold whose administrator went around the check.
fn force(hub: &TestHub, said: &ReleaseStatement, text: &str) {
    let guide = PublishedGuide {
        release: said.release,
        digest: said.digest.clone(),
        region: said.region.clone(),
        issued_on: "2026-03-01".to_owned(),
        matters: 1,
        sample: true,
        length: said.length,
        published_at: said.published_at,
        statement: signed(hub, said),
    };
    let packed = packing::pack(text.as_bytes()).unwrap();
    hub.store()
        .write::<_, StoreError>(|tx| {
            tx.add_guide(&guide)?;
            tx.add_packed(Way { digest: &guide.digest, base: None }, &packed)
        })
        .unwrap();
}

/// The window says why, keeps its guide, and its cases arrive all the same.
fn refuses(hub: &TestHub, window: &mut SyncWindow, code: &str, name: &str) {
    let before = kept(window);
    window.file();
    let report = window.sync().unwrap_or_else(|error| panic!("{name}: {error}"));
    assert_eq!(report.guide_taken, None, "{name}");
    let trouble = report.guide_trouble.unwrap_or_else(|| panic!("{name}: no trouble is told"));
    assert_eq!(trouble.code, code, "{name}: {}", trouble.message);
    assert!(trouble.message.contains("未能启用"), "{name}");
    assert_eq!(window.store().guide_trouble().unwrap(), Some(trouble), "{name}");
    assert_eq!(kept(window), before, "{name}");
    compare_sides(hub, window);
}

/// The next time all is well: the release is taken, and nothing is said any more.
fn recovers(window: &SyncWindow, name: &str) {
    let report = window.sync_at(&later).unwrap();
    assert_eq!((report.guide_taken, report.guide_trouble), (Some(2), None), "{name}");
    assert_eq!(window.store().guide_trouble().unwrap(), None, "{name}");
    assert_eq!(kept(window).1, release(2, "第二版"), "{name}");
}

/// Leaves only the whole release to the window, so that nothing can mend what is broken.
pub(crate) fn without_delta(alter: impl Fn(&mut Value) + Send + Sync + 'static) -> Fault {
    Fault::alter(move |news| {
        news["release"]["delta"] = Value::Null;
        alter(news);
    })
}

/// How many parts were fetched so far.
fn parts(line: &FaultyLine) -> usize {
    line.seen().iter().filter(|path| *path == PART_PATH).count()
}

/// Puts other bytes in the place of a packed form, of the size that fits them.
fn serve(line: &FaultyLine, form: &'static str, packed: Vec<u8>) {
    let size = packed.len();
    let told = move |news: &mut Value| {
        news["release"]["delta"] = Value::Null;
        news["release"][form] = json!(size);
    };
    line.next_of(PATH, Fault::alter(told));
    let bytes = STANDARD.encode(packed);
    line.next_of(PART_PATH, Fault::alter(move |part| part["bytes"] = json!(bytes)));
}

#[test]
fn a_line_that_breaks_in_the_middle_of_a_package_passes() {
    for step in [PATH, PART_PATH] {
        let faults = [
            ("refused", Fault::Refuse),
            ("cut request", Fault::CutRequest(60)),
            ("answer lost", Fault::DropAnswer),
            ("cut in the head", Fault::CutAnswer(30)),
            ("cut in the body", Fault::CutAnswer(400)),
        ];
        for (name, fault) in faults {
            let Hall { hub, line, mut window, _folder } = hall();
            line.next_of(step, fault);
            refuses(&hub, &mut window, "hub-unreachable", &format!("{step} {name}"));
            assert!(window.store().guide_trouble().unwrap().unwrap().passing);
            // At once, not only after an hour.
            assert_eq!(window.sync().unwrap().guide_taken, Some(2), "{step} {name}");
        }
    }
}

#[test]
fn what_is_not_the_hubs_word_is_not_taken() {
    let forge = |news: &mut Value| {
        let text = news["release"]["statement"]["text"].as_str().unwrap().to_owned();
        let forged = PrivateKey::from_seed(&[66; 32]).sign(text);
        news["release"]["statement"] = serde_json::to_value(forged).unwrap();
    };
    let lies: [(&str, Fault, &str); 6] = [
        ("another key", Fault::alter(forge), "guide-untrusted"),
        (
            "an altered number",
            Fault::alter(|news| {
                let said = &mut news["release"]["statement"]["text"];
                *said = json!(said.as_str().unwrap().replace("\"release\":2", "\"release\":3"));
            }),
            "guide-untrusted",
        ),
        (
            "an altered signature",
            Fault::alter(|news| {
                let signature = &mut news["release"]["statement"]["signature"];
                let altered: String = signature.as_str().unwrap().chars().rev().collect();
                *signature = json!(altered);
            }),
            "guide-untrusted",
        ),
        ("no statement", Fault::alter(|news| news["release"] = json!({})), "bad-hub-answer"),
        ("huge", Fault::Replace(200, vec![b' '; BODY_BYTES + 2]), "bad-hub-answer"),
        ("no hub", Fault::Replace(502, b"<html>".to_vec()), "hub-busy"),
    ];
    for (name, lie, code) in lies {
        let Hall { hub, line, mut window, _folder } = hall();
        line.next_of(PATH, lie);
        refuses(&hub, &mut window, code, name);
        recovers(&window, name);
    }
}

#[test]
fn what_is_not_what_the_hub_signed_is_not_taken() {
    let part = |alter: fn(&mut Vec<u8>)| {
        Fault::alter(move |part| {
            let mut bytes = STANDARD.decode(part["bytes"].as_str().unwrap()).unwrap();
            alter(&mut bytes);
            part["bytes"] = json!(STANDARD.encode(bytes));
        })
    };
    let lies = [
        ("an altered byte", part(|bytes| bytes[5000] ^= 1)),
        (
            "another package",
            part(|bytes| {
                let other = packing::pack(release(2, "别的").as_bytes()).unwrap();
                let len = bytes.len();
                *bytes = other;
                bytes.resize(len, 0);
            }),
        ),
        ("too short", part(|bytes| bytes.truncate(bytes.len() - 1))),
        ("too long", part(|bytes| bytes.push(0))),
        ("nothing", part(Vec::clear)),
    ];
    for (name, lie) in lies {
        let Hall { hub, line, mut window, _folder } = hall();
        line.next_of(PATH, without_delta(|_| {}));
        line.next_of(PART_PATH, lie);
        refuses(&hub, &mut window, "guide-damaged", name);
        // It would be refused again: for an hour it is not even fetched.
        let seen = line.seen().len();
        window.sync().unwrap();
        assert!(!line.seen()[seen..].iter().any(|path| path == PART_PATH), "{name}");
        assert_eq!(window.store().guide_trouble().unwrap().unwrap().code, "guide-damaged");
        recovers(&window, name);
    }
}

#[test]
fn a_delta_that_leads_astray_costs_only_the_whole_release() {
    let Hall { hub: _hub, line, window, _folder } = hall();
    let lie = Fault::alter(|part| {
        let text = part["bytes"].as_str().unwrap().to_owned();
        part["bytes"] = json!(text.replacen(char::is_alphanumeric, "B", 9));
    });
    line.next_of(PART_PATH, lie);
    recovers(&window, "a broken delta");
    assert_eq!(parts(&line), 3, "release 1, the delta, the whole");

    // A sound delta, to a text of the same length that nobody signed.
    let Hall { hub: _hub, line, window, _folder } = hall();
    let (one, other) = (release(1, "第一版"), release(2, "第三版"));
    serve(&line, "delta", packing::delta(one.as_bytes(), other.as_bytes()).unwrap());
    recovers(&window, "a delta to something else");
    assert_eq!(parts(&line), 3, "release 1, the delta, the whole");
}

#[test]
fn a_sound_package_that_nobody_signed_is_not_taken() {
    let Hall { hub, line, mut window, _folder } = hall();
    let other = packing::pack(release(2, "第三版").as_bytes()).unwrap();
    serve(&line, "whole", other);
    refuses(&hub, &mut window, "guide-damaged", "something else of the same length");
    recovers(&window, "something else of the same length");
}

#[test]
fn a_hub_that_signs_what_may_not_be_used_is_not_followed() {
    type Made = fn(&TestHub) -> (String, ReleaseStatement);
    let lies: [(&str, &str, Made); 7] = [
        ("a broken guide", "bad-guide", |hub| {
            let text = release_with(3, |guide| guide["matters"][0]["department"] = json!("没有"));
            (text.clone(), statement(hub, &text, 3))
        }),
        ("no guide", "bad-guide", |hub| ("早".to_owned(), statement(hub, "早", 3))),
        ("another region, and says so", "guide-foreign", |hub| {
            let text = release_with(3, |guide| guide["region"]["code"] = json!("150700"));
            let said = statement(hub, &text, 3);
            (text, ReleaseStatement { region: "150700".to_owned(), ..said })
        }),
        ("another region, and hides it", "guide-foreign", |hub| {
            let text = release_with(3, |guide| guide["region"]["code"] = json!("150700"));
            (text.clone(), statement(hub, &text, 3))
        }),
        ("another number than it says", "guide-damaged", |hub| {
            let text = release(9, "第九版");
            (text.clone(), statement(hub, &text, 3))
        }),
        ("example data for real applications", "guide-sample", |hub| {
            let text = release_with(3, |guide| guide["status"] = json!("sample"));
            (text.clone(), statement(hub, &text, 3))
        }),
        ("a digest of something else", "guide-damaged", |hub| {
            let said = statement(hub, &release(3, "第三版"), 3);
            (release(3, "第四版"), said)
        }),
    ];
    for (name, code, made) in lies {
        let Hall { hub, line: _line, mut window, _folder } = hall();
        let (text, said) = made(&hub);
        force(&hub, &said, &text);
        refuses(&hub, &mut window, code, name);
        let stale = window.desk().guide_view().unwrap().unwrap().stale.unwrap();
        assert_eq!(stale.code, "newer-not-taken", "{name}");
    }
    // A small package that would grow beyond all bounds.
    let Hall { hub, line: _line, mut window, _folder } = hall();
    let text = release(3, "第三版");
    let said = ReleaseStatement { length: GUIDE_BYTES + 1, ..statement(&hub, &text, 3) };
    force(&hub, &said, &text);
    refuses(&hub, &mut window, "guide-too-large", "too large");
}

#[test]
fn an_old_release_played_again_is_refused_and_another_hubs_as_well() {
    let Hall { hub, line, mut window, _folder } = hall();
    // What the hub said of release 2 is genuine, and stays so.
    let old = signed(&hub, &statement(&hub, &release(2, "第二版"), 2));
    hub.publish(release(3, "第三版").as_bytes()).unwrap();
    assert_eq!(window.sync().unwrap().guide_taken, Some(3));
    let replay = move |news: &mut Value| {
        news["release"]["statement"] = serde_json::to_value(&old).unwrap();
    };
    line.next_of(PATH, Fault::alter(replay));
    refuses(&hub, &mut window, "guide-not-newer", "played again");
    let stale = window.desk().guide_view().unwrap().unwrap().stale;
    assert!(stale.is_none_or(|stale| stale.code != "newer-not-taken"), "3 is newer than 2");

    // A practice hub's release is genuine there, and worth nothing here.
    let folder = tempfile::tempdir().unwrap();
    let trial = TestHub::start(folder.path(), true);
    let theirs = signed(&trial, &statement(&trial, &release(4, "演练"), 4));
    line.next_of(
        PATH,
        Fault::alter(move |news| {
            news["release"]["statement"] = serde_json::to_value(&theirs).unwrap();
        }),
    );
    refuses(&hub, &mut window, "guide-untrusted", "another hub's");
    trial.publish(release(4, "演练").as_bytes()).unwrap();
    let before = kept(&window);
    line.lead_to(trial.address());
    assert_eq!(window.sync_code(), Err("hub-changed"));
    assert_eq!(kept(&window), before);
}

/// A hub of before there were releases.
#[test]
fn a_hub_without_releases_is_no_trouble() {
    let Hall { hub, line, mut window, _folder } = hall();
    let fault = json!({ "code": "not-found", "message": "没有", "retry": false });
    line.next_of(PATH, Fault::Replace(404, fault.to_string().into_bytes()));
    window.file();
    let report = window.sync().unwrap();
    assert_eq!((report.guide_taken, report.guide_trouble), (None, None));
    compare_sides(&hub, &window);
}

#[test]
fn a_release_withdrawn_by_a_newer_one_in_the_middle_is_fetched_next_time() {
    let Hall { hub, line, window, _folder } = hall();
    let store = hub.store().clone();
    line.next_of(
        PATH,
        Fault::alter(move |_| {
            let three = release(3, "第三版");
            let done: Result<_, HubError> =
                yichuang_hub::publish::publish(&store, three.as_bytes(), SystemClock.now());
            done.unwrap();
        }),
    );
    let report = window.sync().unwrap();
    let trouble = report.guide_trouble.unwrap();
    assert!(trouble.passing, "{trouble:?}");
    assert_eq!(window.sync().unwrap().guide_taken, Some(3));
}
