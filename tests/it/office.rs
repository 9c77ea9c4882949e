//! 前台综合受理 → 后台分类审批 → 窗口统一出件, by the real programs: a window files, an official with a
//! browser examines and decides, the window hands over.

use std::path::Path;

use reqwest::blocking::{Client, Response};
use reqwest::header::{COOKIE, LOCATION, SET_COOKIE};
use reqwest::redirect::Policy;
use serde_json::{Value, json};
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

/// What a command of the hub prints, and its exit code.
fn command(arguments: &[&str], data: &Path) -> (Value, i32) {
    let output =
        program::command("yichuang-hub").args(arguments).arg("--data").arg(data).output().unwrap();
    (serde_json::from_slice(&output.stdout).unwrap(), output.status.code().unwrap())
}

/// A browser that runs no script.
struct Browser {
    http: Client,
    cookie: String,
}

fn hidden(page: &str, name: &str) -> String {
    let at = format!("name=\"{name}\" value=\"");
    let from = page.find(&at).unwrap_or_else(|| panic!("no {name} in {page}")) + at.len();
    page[from..].split('"').next().unwrap().to_owned()
}

impl Browser {
    fn new() -> Self {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let http = Client::builder().no_proxy().tls_certs_only([]).redirect(Policy::none());
        Self { http: http.build().unwrap(), cookie: String::new() }
    }

    fn get(&self, url: &str) -> Response {
        self.http.get(url).header(COOKIE, &self.cookie).send().unwrap()
    }

    fn page(&self, url: &str) -> String {
        let answer = self.get(url);
        assert_eq!(answer.status().as_u16(), 200, "{url}");
        answer.text().unwrap()
    }

    fn send(&self, url: &str, fields: &[(&str, &str)]) -> Response {
        // As a browser writes a form: what is no letter or digit as bytes in hexadecimal.
        let coded = |text: &str| -> String { text.bytes().map(|b| format!("%{b:02X}")).collect() };
        let body: Vec<String> = fields
            .iter()
            .map(|(name, value)| format!("{}={}", coded(name), coded(value)))
            .collect();
        self.http
            .post(url)
            .header(COOKIE, &self.cookie)
            .header("content-type", "application/x-www-form-urlencoded")
            .body(body.join("&"))
            .send()
            .unwrap()
    }

    fn sign_in(&mut self, hub: &str, login: &str, password: &str) {
        let fields = [("login", login), ("password", password)];
        let answer = self.send(&format!("{hub}/office/sign-in"), &fields);
        assert_eq!(answer.status().as_u16(), 303);
        let cookie = answer.headers()[SET_COOKIE].to_str().unwrap();
        self.cookie = cookie.split(';').next().unwrap().to_owned();
    }

    /// Sends a form of a case's page, which is taken.
    fn act(&self, hub: &str, case: &str, step: &str, fields: &[(&str, &str)]) {
        let page = self.page(&format!("{hub}/office/cases/{case}"));
        let (form, seen) = (hidden(&page, "form"), hidden(&page, "seen"));
        let own = [("form", form.as_str()), ("seen", seen.as_str())];
        let url = format!("{hub}/office/cases/{case}/{step}");
        let answer = self.send(&url, &[&own, fields].concat());
        let status = answer.status().as_u16();
        assert_eq!(status, 303, "{step}: {}", answer.text().unwrap());
    }
}

/// A case of the example guide, taken in today as a clerk does it, and accepted.
fn filed(desk: &Desk) -> CaseView {
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
    browser.sign_in(&at, "lina", made["password"].as_str().unwrap());
    let first = browser.get(&format!("{at}/office/cases"));
    assert_eq!(first.headers()[LOCATION], "/office/password");
    let form = hidden(&browser.page(&format!("{at}/office/password")), "form");
    let new = "一句只有李娜知道的话2026";
    let fields = [
        ("form", &*form),
        ("old", made["password"].as_str().unwrap()),
        ("password", new),
        ("again", new),
    ];
    assert_eq!(browser.send(&format!("{at}/office/password"), &fields).status().as_u16(), 303);
    browser.sign_in(&at, "lina", new);
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
