//! The limits of being away: they remind, they ask a lead, and they never stand in the way.

use yichuang_domain::away::{AwayLevel, AwayLimit, AwayPolicy};
use yichuang_domain::clerk::ClerkRoles;
use yichuang_protocol::PrivateKey;
use yichuang_protocol::policy::{POLICY, PolicyStatement};
use yichuang_storage::{Enrolment, StoredPolicy};

use super::{Bench, script};
use crate::away::LeadsWord;
use crate::view::AwayView;

const DAY: i64 = 24 * 60;

fn hub() -> PrivateKey {
    PrivateKey::from_seed(&[2; 32])
}

fn set_policy(bench: &Bench, station: &str, by: &PrivateKey) {
    let limit = |days, cases| AwayLimit { days: Some(days), cases: Some(cases) };
    let said = PolicyStatement {
        kind: POLICY.to_owned(),
        hub: hub().public().hub_id(),
        region: "150785".to_owned(),
        station: station.to_owned(),
        policy: AwayPolicy { warn: limit(7, 1), confirm: limit(15, 50) },
        as_of: bench.desk.clock().now(),
    };
    let signed = by.sign(serde_json::to_string(&said).unwrap());
    let policy = StoredPolicy { statement: signed.text, signature: signed.signature };
    bench.desk.store().keep_away_policy(&policy).unwrap();
}

/// A window of a practice hub, with a lead (`k`), another clerk, and limits.
fn township() -> Bench {
    let bench = Bench::new();
    let enrolment = Enrolment {
        hub_url: "https://hub".into(),
        origin: "win-1".into(),
        device_code: "A1".into(),
        region: "150785".into(),
        station: "DT".into(),
        window: "3".into(),
        hall: "根河市政务服务中心".into(),
        trial: true,
        device_seed: [1; 32],
        hub_key: hub().public().to_bytes(),
        authority_pem: None,
    };
    bench.desk.store().save_enrolment(&enrolment).unwrap();
    bench.desk.store().note_exchange(bench.desk.clock().now()).unwrap();
    bench.desk.first_account("王敏", "246802").unwrap();
    bench.desk.add_clerk("乌兰图雅", "135791", &ClerkRoles::new()).unwrap();
    set_policy(&bench, "DT", &hub());
    bench
}

fn account(bench: &Bench, name: &str) -> String {
    bench.desk.clerks().unwrap().into_iter().find(|c| c.name == name).unwrap().id
}

fn look(bench: &Bench) -> AwayView {
    bench.desk.see_clock().unwrap();
    bench.desk.away().unwrap()
}

fn confirm(
    bench: &Bench,
    who: &str,
    pin: &str,
    days: u32,
    reason: &str,
) -> Result<(), &'static str> {
    let lead = account(bench, who);
    let word = LeadsWord { lead: &lead, pin, days, reason };
    bench.desk.confirm_away(word).map_err(|error| error.code())
}

#[test]
fn only_the_hubs_own_policy_for_this_station_counts() {
    let bench = township();
    bench.wait(99 * DAY);
    assert_eq!(look(&bench).level, AwayLevel::Confirm);
    set_policy(&bench, "DT", &PrivateKey::from_seed(&[3; 32]));
    assert_eq!((look(&bench).level, look(&bench).policy), (AwayLevel::Fine, None));
    set_policy(&bench, "QX", &hub());
    assert_eq!(look(&bench).policy, None);
}

#[test]
fn a_window_away_for_too_long_files_and_makes_its_papers_all_the_same() {
    let bench = township();
    bench.wait(400 * DAY);
    assert_eq!(look(&bench).level, AwayLevel::Confirm);
    let played = bench.desk.play(&script("s01-m01.json")).unwrap();
    let number = &played.case.documents[0].number;
    assert!(!bench.desk.paper(number.as_str()).unwrap().pdf.is_empty());
    let folder = tempfile::tempdir().unwrap();
    bench.desk.save_paper(number.as_str(), folder.path()).unwrap();
    assert!(look(&bench).words.contains("收件和打印照常进行"));
}

#[test]
fn a_lead_confirms_by_pin_and_who_is_signed_in_stays_so() {
    let bench = township();
    bench.wait(16 * DAY);
    let clerk = account(&bench, "乌兰图雅");
    bench.desk.sign_in(&clerk, "135791").unwrap();
    let reason = "光缆被挖断，已报修";
    assert_eq!(confirm(&bench, "乌兰图雅", "135791", 3, reason), Err("not-lead"));
    assert_eq!(confirm(&bench, "王敏", "999999", 3, reason), Err("wrong-pin"));
    assert_eq!(confirm(&bench, "王敏", "246802", 0, reason), Err("bad-confirmation"));
    assert_eq!(confirm(&bench, "王敏", "246802", 31, reason), Err("bad-confirmation"));
    assert_eq!(confirm(&bench, "王敏", "246802", 3, "  "), Err("bad-confirmation"));
    assert_eq!(look(&bench).level, AwayLevel::Confirm);

    confirm(&bench, "王敏", "246802", 3, reason).unwrap();
    assert_eq!(bench.desk.clerk().unwrap().id, clerk);
    let away = look(&bench);
    assert_eq!(away.level, AwayLevel::Warn);
    assert!(away.words.contains("王敏") && away.confirmed_until.is_some(), "{}", away.words);
    assert_eq!(away.confirmations[0].reason, reason);
    bench.wait(3 * DAY);
    assert_eq!(look(&bench).level, AwayLevel::Confirm, "its days are over");

    // The hub is met, and the window goes away again: another word is needed then.
    confirm(&bench, "王敏", "246802", 30, reason).unwrap();
    bench.desk.store().note_exchange(bench.desk.clock().now()).unwrap();
    assert_eq!(look(&bench).level, AwayLevel::Fine);
    bench.wait(16 * DAY);
    let bench = bench.restart();
    assert_eq!(look(&bench).level, AwayLevel::Confirm);
    assert_eq!(look(&bench).confirmations.len(), 2, "what was said stays on record");
}

#[test]
fn a_clock_set_back_or_wrong_for_a_moment_changes_nothing() {
    let bench = township();
    for _ in 0..16 {
        bench.wait(DAY);
        look(&bench);
    }
    bench.wait(60);
    assert_eq!(look(&bench).level, AwayLevel::Confirm);
    bench.wait(-16 * DAY);
    assert_eq!(look(&bench).level, AwayLevel::Confirm, "set back");
    let bench = bench.restart();
    assert_eq!(look(&bench).level, AwayLevel::Confirm, "and started again");

    let bench = {
        drop(bench);
        township()
    };
    bench.wait(9000 * DAY);
    assert_eq!(look(&bench).level, AwayLevel::Confirm, "what the clock says now counts");
    bench.wait(-9000 * DAY + 10);
    assert_eq!(look(&bench).level, AwayLevel::Fine, "it was put right");
}

#[test]
fn a_clock_that_went_wrong_is_said_and_keeps_nobody_from_work() {
    let bench = township();
    let right = bench.desk.clock().now();
    bench.desk.play(&script("s01-m01.json")).unwrap();
    assert_eq!(look(&bench).clock, "");
    for minutes in [-680 * DAY, 72 * 365 * DAY] {
        bench.wait(minutes);
        let words = look(&bench).clock;
        assert!(words.contains("2026-11-24") && words.contains("核对"), "{words}");
        bench.desk.play(&script("s01-m01.json")).unwrap();
        assert!(!look(&bench).clock.is_empty(), "not by the case that was filed in spite of it");
        bench.wait(-minutes);
        // The hub has all of it, and said what time it is.
        let head = bench.desk.store().head().unwrap().seq;
        bench.desk.store().acknowledge(head, "").unwrap();
        bench.desk.store().note_exchange(right).unwrap();
        assert_eq!(look(&bench).clock, "");
    }
}
