//! One window's papers at another, without a network: what the hub said once is enough.

use jiff::SignedDuration;
use serde_json::{Value, json};
use yichuang_desk::verification::{Verdict, Verification};
use yichuang_domain::case::Case;
use yichuang_domain::document::DocumentKind;
use yichuang_hub::roster::revoke;
use yichuang_hub::{Clock as _, SystemClock};
use yichuang_protocol::sealed_pdf::{SealedPdf, seal};
use yichuang_protocol::{Fault as HubFault, FaultCode, PaperMark, PrivateKey, SignedText, roster};
use yichuang_tests::faults::{Fault, FaultyLine};
use yichuang_tests::hub::TestHub;
use yichuang_tests::program::{self, printed};
use yichuang_tests::sync_window::{SyncWindow, day};

fn hub() -> (tempfile::TempDir, TestHub) {
    let folder = tempfile::tempdir().unwrap();
    let hub = TestHub::start(folder.path(), false);
    (folder, hub)
}

/// The mark and the file of a paper, as the window of the case makes them.
fn paper(window: &SyncWindow, case: &Case) -> (String, Vec<u8>) {
    let seed = window.store().enrolment().unwrap().unwrap().device_seed;
    let key = PrivateKey::from_seed(&seed);
    let kind = (DocumentKind::Acceptance, 1);
    let mark = PaperMark::sign((case.number.device(), &key), &case.number, kind, day(), &[7; 32]);
    let file = seal(b"%PDF-1.7\n%%EOF\n".to_vec(), &mark, &key);
    (mark.to_string(), file)
}

fn at(window: &SyncWindow, (code, file): &(String, Vec<u8>)) -> Verification {
    let by_code = window.desk().verify_code(code).unwrap();
    let by_file = window.desk().verify_pdf(file).unwrap();
    assert_eq!(by_code.verdict, by_file.verdict);
    by_code
}

#[test]
fn one_sync_is_enough_to_know_every_window_offline() {
    let (_folder, mut hub) = hub();
    let mut issuer = SyncWindow::joined(&hub, hub.url(), "03");
    let other = SyncWindow::joined(&hub, hub.url(), "04");
    let own = issuer.file();
    let paper = paper(&issuer, &own);

    assert_eq!(at(&issuer, &paper).verdict, Verdict::Genuine, "its own, before any sync");
    assert_eq!(at(&other, &paper).verdict, Verdict::Unjudged, "no roster yet");
    other.sync().unwrap();
    hub.stop();

    let told = at(&other, &paper);
    assert_eq!(told.verdict, Verdict::Genuine);
    let signed = told.signed.unwrap();
    assert_eq!(signed.window.as_deref(), Some("根河市政务服务中心 ZX站 03号窗口"));
    assert_eq!(signed.case_number, own.number.as_str());
    assert!(told.archived.is_none() && told.roster_as_of.is_some());

    let forger = PrivateKey::from_seed(&[66; 32]);
    let forged = PaperMark::sign(
        (own.number.device(), &forger),
        &own.number,
        (DocumentKind::Acceptance, 1),
        day(),
        &[7; 32],
    );
    let file = seal(b"%PDF-1.7\n%%EOF\n".to_vec(), &forged, &forger);
    assert_eq!(at(&other, &(forged.to_string(), file)).verdict, Verdict::Altered);
}

#[test]
fn another_halls_paper_is_of_an_unknown_device() {
    let (_folder, here) = hub();
    let (_other_folder, there) = hub();
    let window = SyncWindow::joined(&here, here.url(), "03");
    let mut stranger = SyncWindow::joined(&there, there.url(), "03");
    window.sync().unwrap();
    let case = stranger.file();
    assert_eq!(at(&window, &paper(&stranger, &case)).verdict, Verdict::UnknownDevice);
}

#[test]
fn a_revoked_window_is_known_as_such_and_no_longer_syncs() {
    let (_folder, hub) = hub();
    let mut issuer = SyncWindow::joined(&hub, hub.url(), "03");
    let other = SyncWindow::joined(&hub, hub.url(), "04");
    let case = issuer.file();
    let paper = paper(&issuer, &case);
    let device = issuer.store().enrolment().unwrap().unwrap().device_code;

    let after = day().tomorrow().unwrap();
    revoke(hub.store(), &device, after, SystemClock.now()).unwrap();
    assert_eq!(at(&other, &paper).verdict, Verdict::Unjudged);
    other.sync().unwrap();
    let told = at(&other, &paper);
    assert_eq!(told.verdict, Verdict::Genuine, "issued before");
    assert!(told.reason.contains("停用"), "{}", told.reason);
    assert_eq!(issuer.sync_code().unwrap_err(), "revoked-device");

    let third = SyncWindow::joined(&hub, hub.url(), "05");
    let mut stolen = SyncWindow::joined(&hub, hub.url(), "06");
    let case = stolen.file();
    let device = stolen.store().enrolment().unwrap().unwrap().device_code;
    revoke(hub.store(), &device, day(), SystemClock.now()).unwrap();
    third.sync().unwrap();
    assert_eq!(at(&third, &self::paper(&stolen, &case)).verdict, Verdict::Revoked);
}

/// Signs a roster again after it was altered, with a key that is not the hub's.
fn forge(answer: &mut Value) {
    let text = answer["statement"]["text"].as_str().unwrap().to_owned();
    let forged: SignedText = PrivateKey::from_seed(&[66; 32]).sign(text);
    answer["statement"] = serde_json::to_value(forged).unwrap();
}

#[test]
fn a_false_roster_is_not_kept_and_fails_no_sync() {
    let (_folder, hub) = hub();
    let line = FaultyLine::to(hub.address());
    let mut window = SyncWindow::joined(&hub, &line.url(), "03");
    window.file();
    window.sync().unwrap();
    let kept = window.store().roster().unwrap().unwrap();
    let _new = SyncWindow::joined(&hub, hub.url(), "04");

    let old = serde_json::to_value(SignedText {
        text: kept.statement.clone(),
        signature: kept.signature.clone(),
    })
    .unwrap();
    let lies: Vec<(&str, Fault, Option<&str>)> = vec![
        ("forged", Fault::alter(forge), Some("roster-untrusted")),
        ("another list", Fault::alter(|j| j["list"] = json!("[]")), Some("roster-damaged")),
        ("no list", Fault::alter(|j| j["list"] = Value::Null), Some("roster-damaged")),
        ("rubbish", Fault::Replace(200, b"{}".to_vec()), Some("bad-hub-answer")),
        (
            "old hub",
            Fault::Replace(
                404,
                serde_json::to_vec(&HubFault::new(FaultCode::NotFound, "无")).unwrap(),
            ),
            None,
        ),
    ];
    for (name, lie, code) in lies {
        line.next_of(roster::PATH, lie);
        let report = window.sync().unwrap();
        assert_eq!(report.roster_trouble, code, "{name}");
        assert_eq!(window.store().roster().unwrap().as_ref(), Some(&kept), "{name}");
    }
    assert_eq!(window.sync().unwrap().roster_trouble, None);
    let newer = window.store().roster().unwrap().unwrap();
    assert_ne!(newer.list, kept.list);

    // The hub's own word of before, played again: the device that joined would be unknown.
    let list = kept.list.clone();
    let played_again = Fault::alter(move |j| {
        j["statement"] = old.clone();
        j["list"] = json!(list);
    });
    line.next_of(roster::PATH, played_again.clone());
    assert_eq!(window.sync().unwrap().roster_trouble, Some("roster-older"));
    assert_eq!(window.store().roster().unwrap(), Some(newer));

    // For a machine where that day has yet to come, what is here was dated by a hub's clock that ran
    // ahead, and would otherwise keep out every roster until then.
    let before = SystemClock.now() - SignedDuration::from_hours(48);
    line.next_of(roster::PATH, played_again);
    assert_eq!(window.sync_at(&|| before).unwrap().roster_trouble, None);
    assert_eq!(window.store().roster().unwrap(), Some(kept));
}

#[test]
fn a_roster_that_was_changed_on_the_disk_is_fetched_anew() {
    let (_folder, hub) = hub();
    let window = SyncWindow::joined(&hub, hub.url(), "03");
    window.sync().unwrap();
    let mut changed = window.store().roster().unwrap().unwrap();
    changed.list = "[]".to_owned();
    window.store().keep_roster(&changed).unwrap();
    assert_eq!(window.sync().unwrap().roster_trouble, None);
    assert_ne!(window.store().roster().unwrap().unwrap().list, "[]");
}

/// What a scanner reads from the first page of a paper.
fn scanned(file: &str, folder: &std::path::Path) -> String {
    let stem = folder.join("page");
    let made = std::process::Command::new("pdftoppm")
        .args(["-png", "-gray", "-singlefile", "-f", "1", "-r", "300", file])
        .arg(&stem)
        .status()
        .expect("pdftoppm");
    assert!(made.success());
    let picture = image::open(stem.with_extension("png")).expect("a picture").into_luma8();
    let mut picture = rqrr::PreparedImage::prepare(picture);
    let (_, text) = picture.detect_grids()[0].decode().expect("a code");
    text
}

#[test]
fn the_command_line_verifies_and_exits_by_the_verdict() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let out = folder.path().join("out");
    let script = program::fixture("scenarios/s37-m17.json");
    let script = script.to_string_lossy();
    let played =
        printed(&program::answered(&data, &["play", &script, "--out", &out.to_string_lossy()]));
    let file = played["documents"][0]["file"].as_str().unwrap();

    let verify = |what: &str| program::answered(&data, &["verify", what]);
    let genuine = verify(file);
    assert_eq!(genuine.status.code(), Some(0));
    let told = printed(&genuine);
    assert_eq!((&told["verdict"], &told["practice"]), (&json!("genuine"), &json!(true)));
    assert_eq!(told["signed"]["case_number"], played["case_number"]);
    assert_eq!(told["archived"]["same"], true);

    let mut bytes = std::fs::read(file).unwrap();
    let code = SealedPdf::open(&bytes).unwrap().mark.to_string();
    assert_eq!(scanned(file, folder.path()), code);
    assert_eq!(verify(&code).status.code(), Some(0));
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    let altered = folder.path().join("altered.pdf");
    std::fs::write(&altered, bytes).unwrap();
    let altered = verify(&altered.to_string_lossy());
    assert_eq!(
        (altered.status.code(), &printed(&altered)["verdict"]),
        (Some(1), &json!("altered"))
    );
    assert_eq!(verify("https://example.cn").status.code(), Some(1));
    let missing = verify("/nowhere/paper.pdf");
    assert_eq!((missing.status.code(), &printed(&missing)["code"]), (Some(2), &json!("file")));
}

#[test]
fn the_hub_revokes_by_its_command_line() {
    let (folder, mut hub) = hub();
    let window = SyncWindow::joined(&hub, hub.url(), "03");
    let device = window.store().enrolment().unwrap().unwrap().device_code;
    hub.stop();
    let data = folder.path().to_string_lossy().into_owned();
    let run = |device: &str| {
        program::run(
            "yichuang-hub",
            ["revoke", "--data", &data, "--device", device, "--from", "2026-03-02"],
        )
    };
    let told = printed(&run(&device));
    assert_eq!((&told["window"], &told["from"]), (&json!("03"), &json!("2026-03-02")));
    let unknown = run("ZZZZ");
    assert_eq!(unknown.status.code(), Some(2));
    assert_eq!(printed(&unknown)["code"], "unknown-device");
}
