//! 前台综合受理 → 后台分类审批 → 窗口统一出件, by the real programs: a window files, an official with a
//! browser examines and decides, the window hands over.

use reqwest::header::LOCATION;
use serde_json::json;
use yichuang_desk::view::CaseView;
use yichuang_desk::{Desk, scenario};
use yichuang_domain::applicant::PartyInput;
use yichuang_domain::case::CaseState;
use yichuang_domain::condition::Answers;
use yichuang_domain::document::DocumentKind;
use yichuang_domain::handover::{HandoverInput, ReceiverRole};
use yichuang_domain::matter::Delivery;
use yichuang_tests::faults::FaultyLine;
use yichuang_tests::hub_program::HubProgram;
use yichuang_tests::program;
use yichuang_tests::sync_window::SyncWindow;

use crate::browser::{Browser, command};

/// A case of the example guide, taken in today as a clerk does it, and accepted.
pub(crate) fn filed(desk: &Desk) -> CaseView {
    desk.ensure_guide().unwrap();
    desk.first_account("王敏", "246802").unwrap();
    let script = std::fs::read(program::fixture("scenarios/s01-m01.json")).unwrap();
    let mut intake = scenario::read(&script).unwrap().intake;
    intake.filed_on = desk.clock().today().to_string();
    let mut draft = desk.start_draft(&intake.matter, &Answers::new()).unwrap().draft;
    draft.intake = intake;
    let id = draft.id.clone();
    let seen = desk.save_draft(draft).unwrap().assessment.determination.unwrap();
    let view = desk.file_case(&id, &seen, false).unwrap();
    assert_eq!(view.case.state, CaseState::Accepted);
    view
}

#[test]
fn a_case_goes_from_the_window_through_a_department_and_back() {
    let folder = tempfile::tempdir().unwrap();
    let mut hub = HubProgram::start_real(folder.path());
    let department = "根河市人力资源和社会保障局";
    let add = ["account", "add", "--login", "lina", "--name", "李娜", "--role", "reviewer"];
    let (refused, exit) = command(&add, folder.path());
    assert_eq!((exit, &refused["field"]), (2, &json!("department")));
    let add = [&add[..], &["--department", department]].concat();
    let (made, exit) = command(&add, folder.path());
    assert_eq!(exit, 0);
    let (refused, exit) = command(&add, folder.path());
    assert_eq!((exit, &refused["code"]), (2, &json!("login-taken")));

    let window = SyncWindow::new();
    let socket = |hub: &HubProgram| hub.address().trim_start_matches("http://").parse().unwrap();
    let line = FaultyLine::to(socket(&hub));
    window.join(&line.url(), &hub.code("ZX", "03"), None).unwrap();
    let case = filed(window.desk()).case;
    window.sync().unwrap();
    let (id, at) = (case.id.to_string(), hub.address().to_owned());

    let mut browser = Browser::new();
    let password = made["password"].as_str().unwrap();
    browser.begin(&at, "lina", password, "一句只有李娜知道的话2026");
    assert!(browser.page(&format!("{at}/office/cases")).contains(&id));

    browser.act(&at, &id, "review", &[]);
    let asks =
        [("items", "m1"), ("mend.m1", "证件已过期，请换领后提交"), ("reason", "证件须在有效期内")];
    browser.act(&at, &id, "ask", &asks);
    assert_eq!(window.sync().unwrap().pulled, 2);
    assert_eq!(window.state(case.id), Some(CaseState::SupplementAsked));
    window.desk().record_supplement(&id, None, &["m1".to_owned()]).unwrap();
    window.sync().unwrap();
    assert!(browser.page(&format!("{at}/office/cases/{id}")).contains("审查中"));

    // The hub is started anew; whoever was signed in still is.
    hub.stop();
    let hub = HubProgram::start_real(folder.path());
    let at = hub.address().to_owned();
    browser.act(&at, &id, "grant", &[("result_number", "JY1150785"), ("reason", "")]);
    browser.act(&at, &id, "ready", &[]);
    line.lead_to(socket(&hub));
    window.sync().unwrap();
    assert_eq!(window.state(case.id), Some(CaseState::ReadyForHandover));
    let handover = HandoverInput {
        delivery: Delivery::Window,
        role: ReceiverRole::Applicant,
        receiver: PartyInput::default(),
        authority: String::new(),
        copies: 1,
        postal_number: String::new(),
        identity_checked: true,
    };
    let view = window.desk().hand_over(&id, &handover, None).unwrap();
    let last: Vec<_> = view.papers.iter().rev().take(2).map(|paper| paper.kind).collect();
    assert_eq!(last, [DocumentKind::DeliveryReceipt, DocumentKind::ResultSlip]);
    window.sync().unwrap();
    assert!(browser.page(&format!("{at}/office/cases/{id}")).contains("领取，1件"));
    let (cases, _) = command(&["cases"], folder.path());
    assert_eq!((&cases[0]["state"], &cases[0]["conflicts"]), (&json!("handed-over"), &json!(0)));

    let (listed, exit) = command(&["account", "disable", "--login", "lina"], folder.path());
    assert_eq!((exit, &listed["disabled"]), (0, &json!(true)));
    let out = browser.get(&format!("{at}/office/cases"));
    assert_eq!(
        (out.status().as_u16(), &out.headers()[LOCATION]),
        (303, &"/office/sign-in".parse().unwrap())
    );
    let (listed, _) = command(&["account", "list"], folder.path());
    assert_eq!(listed[0]["department"], json!(department));
}
