//! From a window's receipt to the applicant's telephone, over a real line and by the real program.

use reqwest::StatusCode;
use reqwest::blocking::Client;
use yichuang_domain::case::Case;
use yichuang_domain::document::DocumentKind;
use yichuang_protocol::{CheckCode, PaperMark, PrivateKey, ProgressAddress, PublicKey, SignedText};
use yichuang_tests::hub_program::HubProgram;
use yichuang_tests::sync_window::{SyncWindow, day};

/// What a window knows of its hub's page.
fn address_at(window: &SyncWindow) -> Option<ProgressAddress> {
    let store = window.store();
    let key = PublicKey::from_bytes(&store.enrolment().unwrap().unwrap().hub_key).unwrap();
    let kept = store.roster().unwrap()?;
    let signed = SignedText { text: kept.statement, signature: kept.signature };
    yichuang_protocol::roster::statement(&key, &signed).unwrap().progress_address()
}

fn code(window: &SyncWindow, case: &Case) -> String {
    let enrolment = window.store().enrolment().unwrap().unwrap();
    let hub = PublicKey::from_bytes(&enrolment.hub_key).unwrap();
    CheckCode::of(&PrivateKey::from_seed(&enrolment.device_seed), &hub, &case.number).shown()
}

fn ask(hub: &HubProgram, from: &str, number: &str, code: &str) -> (StatusCode, String) {
    let form = format!("number={number}&code={code}");
    let request = Client::new()
        .post(format!("{}/p", hub.address()))
        .header("content-type", "application/x-www-form-urlencoded")
        .header("x-forwarded-for", from);
    let answer = request.body(form).send().unwrap();
    (answer.status(), answer.text().unwrap())
}

#[test]
fn a_receipt_opens_its_case_on_a_telephone_and_a_guesser_is_locked_out() {
    let folder = tempfile::tempdir().unwrap();
    let hub = HubProgram::start_real_with(
        folder.path(),
        &["--progress-url", "https://cx.genhe.gov.cn", "--proxy", "127.0.0.1"],
    );
    let mut window = SyncWindow::new();
    window.join(hub.address(), &hub.code("ZX", "03"), None).unwrap();
    let case = window.file();
    assert_eq!(address_at(&window), None, "not before its hub said so");
    let number = case.number.as_str();
    let code = code(&window, &case);
    // The receipt is in a hand already, and the window was not online yet.
    let (status, early) = ask(&hub, "1.1.1.1", number, &code);
    assert_eq!(status, StatusCode::OK);
    assert!(early.contains("还没有传到大厅"), "{early}");

    window.sync().unwrap();
    let address = address_at(&window).unwrap();
    assert_eq!(address.as_str(), "https://cx.genhe.gov.cn");
    let (status, told) = ask(&hub, "1.1.1.1", &number.to_lowercase(), &code.replace('-', ""));
    assert_eq!(status, StatusCode::OK);
    assert!(told.contains("已受理") && told.contains("𠮷*"), "{told}");
    assert!(!told.contains("日嘎拉") && !told.contains("152127199001010019"), "{told}");
    hub.grant(number);
    assert!(ask(&hub, "1.1.1.1", number, &code).1.contains("已办结"));

    // What the paper's code leads to.
    let key = PrivateKey::from_seed(&window.store().enrolment().unwrap().unwrap().device_seed);
    let kind = (DocumentKind::MaterialReceipt, 1);
    let mark = PaperMark::sign((case.number.device(), &key), &case.number, kind, day(), &[7; 32]);
    let scanned = address.with_mark(&mark);
    let path = scanned.strip_prefix("HTTPS://CX.GENHE.GOV.CN").unwrap();
    let page = Client::new().get(format!("{}{path}", hub.address())).send().unwrap();
    let page = page.text().unwrap();
    assert!(page.contains(number) && page.contains("签发，请核对纸面"), "{page}");
    assert!(!page.contains("已办结"), "nothing without the code: {page}");

    let wrong = (0..10).map(|_| ask(&hub, "6.6.6.6", number, "00000000").0);
    assert!(wrong.into_iter().all(|status| status == StatusCode::NOT_FOUND));
    assert_eq!(ask(&hub, "1.1.1.1", number, &code).0, StatusCode::TOO_MANY_REQUESTS);
}
