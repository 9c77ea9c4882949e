//! Guide releases from a real hub into a real window: published, fetched, proven, in use.

use serde_json::{Value, json};
use yichuang_domain::case::event::{CaseId, GuideRef, sha256_hex};
use yichuang_domain::scenario::Scenario;
use yichuang_guide::EXAMPLE;
use yichuang_hub::store::Way;
use yichuang_hub::{Clock as _, HubError, SystemClock};
use yichuang_protocol::guide::{PART_PATH, PATH};
use yichuang_protocol::push;
use yichuang_storage::GuideSource;
use yichuang_tests::faults::{Fault, FaultyLine};
use yichuang_tests::guides::{release, release_with};
use yichuang_tests::hub::TestHub;
use yichuang_tests::program;
use yichuang_tests::sync_window::{SyncWindow, acceptance, compare_sides, filing};

struct Hall {
    _folder: tempfile::TempDir,
    hub: TestHub,
    line: FaultyLine,
    window: SyncWindow,
}

/// A hub, a bad line, and a window that has the example guide of the program.
fn hall() -> Hall {
    let folder = tempfile::tempdir().unwrap();
    let hub = TestHub::start(folder.path(), true);
    let line = FaultyLine::to(hub.address());
    let window = SyncWindow::joined(&hub, &line.url(), "03");
    window.desk().ensure_guide().unwrap();
    Hall { _folder: folder, hub, line, window }
}

/// The bytes in which a release travels.
fn packed_len(hub: &TestHub, digest: &str, base: Option<&str>) -> Option<u64> {
    hub.store().read(|tx| tx.packed_len(Way { digest, base })).unwrap()
}

fn text_in_use(window: &SyncWindow) -> String {
    window.store().current_guide().unwrap().unwrap().text
}

/// What was asked for since the last look: how many news, how many parts.
fn asked(line: &FaultyLine, before: usize) -> (usize, usize) {
    let seen = line.seen().split_off(before);
    let count = |path: &str| seen.iter().filter(|s| *s == path).count();
    (count(PATH), count(PART_PATH))
}

#[test]
fn a_release_comes_down_whole_and_the_next_as_what_changed() {
    let Hall { hub, line, window, _folder } = hall();
    let quiet = window.sync().unwrap();
    assert_eq!((quiet.guide_taken, quiet.guide_trouble), (None, None), "nothing is published");

    let one = release(1, "第一版");
    hub.publish(one.as_bytes()).unwrap();
    let report = window.sync().unwrap();
    assert_eq!(report.guide_taken, Some(1), "the example of the program yields: {report:?}");
    assert_eq!(text_in_use(&window), one);
    assert_eq!(window.store().guide_in_use().unwrap().unwrap().source, GuideSource::Hub);

    let two = release(2, "第二版");
    let published = hub.publish(two.as_bytes()).unwrap();
    let from_one = sha256_hex(one.as_bytes());
    let whole = packed_len(&hub, &published.digest, None).unwrap();
    let delta = packed_len(&hub, &published.digest, Some(&from_one)).unwrap();
    assert!(delta * 10 < whole, "{delta} of {whole}");
    // Without the whole release at the hub only the delta can have brought it.
    let of = published.digest.clone();
    line.next_of(
        PATH,
        Fault::alter(move |news| {
            assert_eq!(news["release"]["delta"], json!(delta), "{of}");
            news["release"]["whole"] = json!(u64::MAX);
        }),
    );
    assert_eq!(window.sync().unwrap().guide_taken, Some(2));
    assert_eq!(text_in_use(&window), two);

    // The same again is no news: nothing is fetched.
    let seen = line.seen().len();
    assert_eq!(window.sync().unwrap().guide_taken, None);
    assert_eq!(asked(&line, seen), (1, 0));
    // A window that is far behind, or new, gets the same bytes.
    let late = SyncWindow::joined(&hub, &line.url(), "04");
    assert_eq!(late.sync().unwrap().guide_taken, Some(2));
    assert_eq!(text_in_use(&late), two);
}

#[test]
fn a_case_stays_with_its_release_while_the_hub_publishes_the_next() {
    let Hall { hub, window, _folder, line: _line } = hall();
    let bytes = std::fs::read(program::fixture("scenarios/s37-m17.json")).unwrap();
    let scenario: Scenario = serde_json::from_slice(&bytes).unwrap();
    let matter = scenario.intake.matter.clone();
    let before = Scenario { supplements: None, ..scenario.clone() };
    hub.publish(EXAMPLE.as_bytes()).unwrap();
    let desk = window.desk();
    let old = desk.play(&before).unwrap();
    assert_eq!(old.case.guide.release, 1);
    window.sync().unwrap();

    let two = release_with(2, |guide| {
        let matters = guide["matters"].as_array_mut().unwrap();
        let of = matters.iter_mut().find(|m| m["code"] == matter.as_str()).unwrap();
        of["promised_limit"]["value"] = 1.into();
    });
    let published = hub.publish(two.as_bytes()).unwrap();
    assert_eq!(window.sync().unwrap().guide_taken, Some(2));

    let id = old.case.id.to_string();
    desk.record_supplement(&id, Some("2026-09-30"), &["m4".into(), "m7".into()]).unwrap();
    let old = desk.accept(&id, Some("2026-09-30")).unwrap();
    assert_eq!(old.case.guide.release, 1);
    assert_eq!(old.case.due.unwrap().on.to_string(), "2026-10-20", "ten workdays, as filed");
    let new = desk.play(&before).unwrap();
    let reference = GuideRef { release: 2, digest: published.digest };
    assert_eq!(new.case.guide, reference);
    let id = new.case.id.to_string();
    desk.record_supplement(&id, Some("2026-09-30"), &["m4".into(), "m7".into()]).unwrap();
    let new = desk.accept(&id, Some("2026-09-30")).unwrap();
    assert_eq!(new.case.due.unwrap().on.to_string(), "2026-10-08", "one workday, as promised now");
    window.sync().unwrap();
    compare_sides(&hub, &window);
}

/// The hub has no say in whether a matter is in force: what was filed while it was is taken, before
/// and after the window hears of the release that ends it, and goes on.
#[test]
fn what_was_filed_in_force_arrives_after_the_release_that_ends_the_matter() {
    let Hall { hub, window, _folder, line: _line } = hall();
    let bytes = std::fs::read(program::fixture("scenarios/s37-m17.json")).unwrap();
    let scenario: Scenario = serde_json::from_slice(&bytes).unwrap();
    let scenario = Scenario { supplements: None, ..scenario };
    let matter = scenario.intake.matter.clone();
    hub.publish(release(1, "第一版").as_bytes()).unwrap();
    window.sync().unwrap();
    let early = window.desk().play(&scenario).unwrap();
    window.sync().unwrap();
    let ended = release_with(2, |guide| {
        let matters = guide["matters"].as_array_mut().unwrap();
        let of = matters.iter_mut().find(|m| m["code"] == matter.as_str()).unwrap();
        of["reference"] = json!({ "catalogue": { "state": "cancelled" } });
    });
    hub.publish(ended.as_bytes()).unwrap();
    // Filed while the window had no line and release 1.
    let late = window.desk().play(&scenario).unwrap();
    assert_eq!(window.sync().unwrap().guide_taken, Some(2));
    assert_eq!(window.desk().play(&scenario).unwrap_err().code(), "not-in-force");
    for view in [&early, &late] {
        let id = view.case.id.to_string();
        assert_eq!(view.case.guide.release, 1);
        let all = ["m4".into(), "m7".into()];
        window.desk().record_supplement(&id, Some("2026-09-30"), &all).unwrap();
        window.desk().accept(&id, Some("2026-09-30")).unwrap();
    }
    let report = window.sync().unwrap();
    assert!(report.sent >= 4, "{report:?}");
    assert_eq!(window.store().parked().unwrap(), vec![], "nothing is refused");
    assert_eq!(hub.cases().len(), 2);
    compare_sides(&hub, &window);
}

#[test]
fn example_data_is_for_practice_hubs_only() {
    let folder = tempfile::tempdir().unwrap();
    let refused = |result| match result {
        Err(HubError::Refused(refused)) => refused,
        other => panic!("{other:?}"),
    };
    // Format 1 is a sample whatever it says; format 2 where it does not say that it is official.
    let silent = release_with(1, |guide| drop(guide.as_object_mut().unwrap().remove("status")));
    let real = TestHub::start(&folder.path().join("real"), false);
    for text in [EXAMPLE, &silent] {
        let said = refused(real.publish(text.as_bytes()));
        assert_eq!((said.code.as_str(), said.field.as_str()), ("guide-sample", "status"));
        assert!(said.message.contains("serve --trial"), "{}", said.message);
    }
    assert_eq!(yichuang_hub::publish::published(real.store()).unwrap(), vec![]);
    real.publish(release(1, "正式").as_bytes()).unwrap();

    let trial = TestHub::start(&folder.path().join("trial"), true);
    assert!(trial.publish(EXAMPLE.as_bytes()).unwrap().sample);

    // A hub that was only prepared may still become either.
    let prepared = yichuang_hub::HubStore::open(&folder.path().join("prepared")).unwrap();
    let publish =
        |text: &str| yichuang_hub::publish::publish(&prepared, text.as_bytes(), SystemClock.now());
    let said = refused(publish(EXAMPLE));
    assert_eq!(said.code, "guide-sample");
    assert!(said.message.contains("还没有启动过"), "{}", said.message);
    publish(&release(1, "正式")).unwrap();
}

#[test]
fn papers_do_not_wait_for_a_large_guide() {
    let Hall { hub, line, mut window, _folder } = hall();
    let noise = |n: u64| sha256_hex(&n.to_le_bytes());
    let large: String = (0..50_000).map(noise).collect();
    let large = release(2, &large);
    hub.publish(large.as_bytes()).unwrap();
    // While the first part is under way, a case is filed.
    let (store, number) = (window.store().clone(), window.next_number());
    line.next_of(
        PART_PATH,
        Fault::alter(move |_| {
            let actor =
                yichuang_domain::case::Actor { id: "1".to_owned(), name: "白哈斯".to_owned() };
            let bodies = vec![filing(number.clone(), true), acceptance()];
            let filed = store
                .write(|tx| tx.append(&actor, CaseId::from_u128(9), bodies, SystemClock.now()));
            filed
                .map(|_| ())
                .unwrap_or_else(|error: yichuang_storage::StorageError| panic!("{error}"));
        }),
    );
    let report = window.sync().unwrap();
    assert_eq!((report.sent, report.guide_taken), (2, Some(2)));
    let seen = line.seen();
    let guide: Vec<_> = seen.iter().skip_while(|path| *path != PART_PATH).collect();
    assert_eq!(guide[..3], [PART_PATH, push::PATH, PART_PATH]);
    assert_eq!(text_in_use(&window), large);
    compare_sides(&hub, &window);
}

#[test]
fn the_hub_takes_only_what_may_follow() {
    let Hall { hub, _folder, .. } = hall();
    let refused = |bytes: &str| match hub.publish(bytes.as_bytes()) {
        Err(HubError::Refused(refused)) => refused,
        other => panic!("{other:?}"),
    };
    let broken = release_with(1, |guide| guide["matters"][0]["department"] = json!("没有"));
    let said = refused(&broken);
    assert_eq!((said.code.as_str(), said.problems.len()), ("bad-guide", 1));
    assert_eq!(said.field, said.problems[0].place);
    assert_eq!(refused("{").code, "bad-guide");

    let two = release(2, "第二版");
    let first = hub.publish(two.as_bytes()).unwrap();
    let again = hub.publish(two.as_bytes()).unwrap();
    assert_eq!(again, first, "the newest again is no fault");
    let rollback = refused(&release(1, "第一版"));
    assert_eq!((rollback.code.as_str(), rollback.field.as_str()), ("guide-not-newer", "release"));
    assert!(rollback.message.contains("作为新版本发布"), "{}", rollback.message);
    assert_eq!(refused(&release(2, "另一个第二版")).code, "guide-not-newer");
    let foreign = release_with(3, |guide| guide["region"]["code"] = json!("150700"));
    assert_eq!(refused(&foreign).code, "guide-foreign");
    // The old content under a new number is a release like any other.
    hub.publish(release(3, "第一版").as_bytes()).unwrap();
    let numbers: Vec<u32> =
        yichuang_hub::publish::published(hub.store()).unwrap().iter().map(|g| g.release).collect();
    assert_eq!(numbers, [3, 2]);
}

#[test]
fn only_the_newest_keeps_deltas_and_only_from_the_last_eight() {
    let Hall { hub, line, window, _folder } = hall();
    hub.publish(release(1, "1").as_bytes()).unwrap();
    window.sync().unwrap();
    for n in 2..=10 {
        hub.publish(release(n, &n.to_string()).as_bytes()).unwrap();
    }
    let of = |n: u32| sha256_hex(release(n, &n.to_string()).as_bytes());
    let deltas = |to: u32| {
        (1..=10).filter(|from| packed_len(&hub, &of(to), Some(&of(*from))).is_some()).count()
    };
    assert_eq!((deltas(10), deltas(9)), (8, 0));
    // From the first there is none: whole.
    line.next_of(PATH, Fault::alter(|news| assert_eq!(news["release"]["delta"], Value::Null)));
    assert_eq!(window.sync().unwrap().guide_taken, Some(10));
}
