//! The limits of being away: set at the hub, carried by line and by stick, and never in the way.

use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use yichuang_domain::away::{AwayLevel, AwayLimit, AwayPolicy};
use yichuang_hub::policy::set_station_policy;
use yichuang_hub::{Clock as _, SystemClock};
use yichuang_protocol::SignedText;
use yichuang_storage::StoredPolicy;
use yichuang_tests::hub::TestHub;
use yichuang_tests::hub_program::HubProgram;
use yichuang_tests::program;
use yichuang_tests::sync_window::SyncWindow;

fn limits(days: u32) -> AwayPolicy {
    AwayPolicy {
        warn: AwayLimit { days: Some(days), cases: None },
        confirm: AwayLimit { days: Some(days), cases: Some(2) },
    }
}

fn set(hub: &TestHub, days: u32, at: Timestamp) {
    set_station_policy(hub.store(), ("150785", "ZX"), &limits(days), at).unwrap();
}

fn policy(window: &SyncWindow) -> Option<AwayPolicy> {
    window.desk().away().unwrap().policy
}

#[test]
fn a_policy_comes_by_line_and_by_stick_and_the_newest_holds() {
    let folder = tempfile::tempdir().unwrap();
    let hub = TestHub::start(folder.path(), false);
    let mut window = SyncWindow::joined(&hub, hub.url(), "03");
    assert!(window.store().exchanged().unwrap().is_some(), "joining is an exchange");
    window.sync().unwrap();
    assert_eq!(policy(&window), None, "none was set");

    set(&hub, 7, SystemClock.now());
    let (old_file, _) = window.ferry_out(0).unwrap();
    let (old_answer, _) = hub.ferry(&old_file).unwrap();
    set(&hub, 9, SystemClock.now());
    window.sync().unwrap();
    assert_eq!(policy(&window), Some(limits(9)));
    window.ferry_in(&old_answer).unwrap();
    assert_eq!(policy(&window), Some(limits(9)), "an older one changes nothing");

    set(&hub, 11, SystemClock.now());
    window.file();
    window.file();
    assert_eq!(window.desk().away().unwrap().level, AwayLevel::Confirm, "two cases are unsent");
    let before = window.store().exchanged().unwrap().unwrap();
    let (answer, _) = hub.ferry(&window.ferry_out(0).unwrap().0).unwrap();
    window.ferry_in(&answer).unwrap();
    let away = window.desk().away().unwrap();
    assert_eq!((away.level, away.policy, away.days), (AwayLevel::Fine, Some(limits(11)), Some(0)));
    assert!(window.store().exchanged().unwrap().unwrap() > before, "a stick is an exchange too");
}

#[test]
fn what_the_hub_did_not_sign_for_this_station_is_not_kept() {
    let folder = tempfile::tempdir().unwrap();
    let hub = TestHub::start(folder.path(), false);
    let window = SyncWindow::joined(&hub, hub.url(), "03");
    set(&hub, 7, SystemClock.now());
    window.sync().unwrap();
    let kept = window.store().away_policy().unwrap().unwrap();
    let statement = kept.statement.replace("7", "9");
    let SignedText { text, signature } =
        SignedText { text: statement, signature: kept.signature.clone() };
    window.store().keep_away_policy(&StoredPolicy { statement: text, signature }).unwrap();
    assert_eq!(policy(&window), None, "what was altered counts as none");
    window.sync().unwrap();
    assert_eq!(policy(&window), Some(limits(7)), "and is replaced");
}

/// A window whose own clock is days off: the hub's clock says when they met.
#[test]
fn when_they_last_met_is_told_by_the_hubs_clock() {
    let folder = tempfile::tempdir().unwrap();
    let hub = TestHub::start(folder.path(), false);
    let window = SyncWindow::joined(&hub, hub.url(), "03");
    let ahead = || SystemClock.now() + SignedDuration::from_hours(24 * 400);
    window.sync_at(&ahead).unwrap();
    let met = window.store().exchanged().unwrap().unwrap();
    let off = SystemClock.now().duration_since(met).abs();
    assert!(off < SignedDuration::from_mins(5), "{off}");
}

#[test]
fn the_programs_set_it_carry_it_and_tell_of_it() {
    let folder = tempfile::tempdir().unwrap();
    let (hub_data, data) = (folder.path().join("hub"), folder.path().join("window"));
    let hub = HubProgram::start(&hub_data);
    let at = hub_data.to_string_lossy().into_owned();
    let station = |more: &[&str]| {
        let all = ["station", "policy", "--data", &at, "--station", "01"];
        program::run("yichuang-hub", all.iter().chain(more))
    };
    let set = station(&["--warn-days", "7", "--warn-cases", "1", "--lead-cases", "1"]);
    assert_eq!(set.status.code(), Some(0));
    let told = program::printed(&station(&[]));
    assert_eq!(told["warn"], json!({ "days": 7, "cases": 1 }));
    assert_eq!(told["confirm"], json!({ "days": null, "cases": 1 }));
    let refused = station(&["--warn-days", "0"]);
    assert_eq!(refused.status.code(), Some(2));
    assert_eq!(program::printed(&refused)["code"], "bad-policy");

    hub.enrol(&data);
    assert_eq!(program::answered(&data, &["sync"]).status.code(), Some(0));
    assert_eq!(program::answered(&data, &["status"]).status.code(), Some(0));
    drop(hub);
    let script = program::fixture("scenarios/s01-m01.json");
    let script = script.to_string_lossy();
    for _ in 0..2 {
        let filed = program::answered(&data, &["play", &script]);
        assert_eq!(filed.status.code(), Some(0), "work goes on");
        let status = program::answered(&data, &["status"]);
        assert_eq!(status.status.code(), Some(1));
        assert_eq!(program::printed(&status)["away"]["level"], "confirm");
    }
    let doctor = program::printed(&program::answered(&data, &["doctor"]));
    let checks = doctor["checks"].as_array().unwrap();
    let away = checks.iter().find(|check| check["name"] == "away").unwrap();
    assert_eq!(away["ok"], false);
    assert!(away["message"].as_str().unwrap().contains("收件和打印照常进行"));
}
