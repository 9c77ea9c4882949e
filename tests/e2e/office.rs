//! The pages of the back office in Chromium, as whoever runs the hall and as a department see them.
//! They run no script, so what a form does is what a click on it does.

use fantoccini::Locator;
use serde_json::Value;
use yichuang_desk::scenario;
use yichuang_domain::condition::Answers;
use yichuang_domain::evaluation::{Evaluation, Satisfaction};
use yichuang_tests::display::SMALL;
use yichuang_tests::hub_program::HubProgram;
use yichuang_tests::program;
use yichuang_tests::sync_window::SyncWindow;
use yichuang_tests::webdriver::Session;
use yichuang_tests::window::{Door, Screen};

use crate::steps::{look, scenario as script};

const PASSWORD: &str = "一句只有苏和知道的话2026";

const REVIEWER: [&str; 10] = [
    "account",
    "add",
    "--login",
    "lina",
    "--name",
    "李娜",
    "--role",
    "reviewer",
    "--department",
    "根河市人力资源和社会保障局",
];

/// What a command of the hub prints.
fn hub_says(folder: &std::path::Path, arguments: &[&str]) -> Value {
    let mut command = program::command("yichuang-hub");
    program::json_of(command.args(arguments).arg("--data").arg(folder))
}

async fn type_into(screen: &Screen, name: &str, text: &str) {
    let field = format!("main [name=\"{name}\"], form [name=\"{name}\"]");
    let found = screen.client().find(Locator::Css(&field)).await.expect("a field");
    found.send_keys(text).await.expect("typed");
}

/// Clicks the button or the link of that place, and waits for the next page.
async fn follow(screen: &Screen, place: &str) {
    screen.execute("window.__left = false", Vec::new()).await;
    let found = screen.client().find(Locator::XPath(place)).await;
    found.unwrap_or_else(|_| panic!("no {place}")).click().await.expect("clicked");
    // A new document knows nothing of the mark.
    let gone = "return window.__left === undefined && document.readyState === 'complete'";
    screen
        .until(&format!("the page after {place}"), || async {
            (screen.execute(gone, Vec::new()).await == Value::Bool(true)).then_some(())
        })
        .await;
}

/// The button that sends a form.
fn button(words: &str) -> String {
    format!("//button[normalize-space(.)='{words}']")
}

async fn sign_in(screen: &Screen, login: &str, made: &str) {
    look(screen, "sign-in").await;
    type_into(screen, "login", login).await;
    type_into(screen, "password", made).await;
    follow(screen, &button("登录")).await;
    type_into(screen, "old", made).await;
    type_into(screen, "password", PASSWORD).await;
    type_into(screen, "again", PASSWORD).await;
    follow(screen, &button("修改")).await;
    // Every session ends with the password it began by.
    type_into(screen, "login", login).await;
    type_into(screen, "password", PASSWORD).await;
    follow(screen, &button("登录")).await;
}

/// A window files a case and its applicant is dissatisfied; the hall counts, looks behind a number,
/// and follows the rating up.
#[tokio::test(flavor = "multi_thread")]
async fn the_hall_counts_and_follows_up() {
    let folder = tempfile::tempdir().expect("a folder");
    let hub = HubProgram::start_real(folder.path());
    let add = ["account", "add", "--login", "suhe", "--name", "苏和", "--role", "hall-lead"];
    let made = hub_says(folder.path(), &add)["password"].as_str().expect("made").to_owned();
    let code = hub.code("ZX", "03");
    let address = hub.address().to_owned();
    tokio::task::spawn_blocking(move || rated_case(&address, &code)).await.expect("filed");

    let pages = format!("{}/office", hub.address());
    let session = Session::chromium(&pages, SMALL, folder.path()).await;
    let screen = Screen::new(session.expect("a browser"), Door::Browser, "office");
    sign_in(&screen, "suhe", &made).await;
    look(&screen, "figures").await;
    follow(&screen, "//nav//a[.='差评回访']").await;
    look(&screen, "poor-ratings").await;
    follow(&screen, "//main//a[contains(@href, '/office/poor-ratings/')]").await;
    look(&screen, "poor-rating").await;
    follow(&screen, &button("退出")).await;

    // The department that the case is for.
    let made = hub_says(folder.path(), &REVIEWER)["password"].as_str().expect("made").to_owned();
    sign_in(&screen, "lina", &made).await;
    look(&screen, "queue").await;
    follow(&screen, "//main//a[contains(@href, '/office/cases/')]").await;
    look(&screen, "case").await;
}

/// Somebody is served at a window of the hub, and says that it was poor.
fn rated_case(hub: &str, code: &str) {
    let window = SyncWindow::new();
    window.join(hub, code, None).expect("joined");
    let desk = window.desk();
    desk.ensure_guide().expect("a guide");
    desk.first_account("王敏", "246802").expect("an account");
    let text = script("s01-m01").to_string();
    let mut intake = scenario::read(text.as_bytes()).expect("a script").intake;
    intake.filed_on = desk.clock().today().to_string();
    let mut draft = desk.start_draft(&intake.matter, &Answers::new()).expect("a draft").draft;
    draft.intake = intake;
    let id = draft.id.clone();
    let seen = desk.save_draft(draft).expect("saved").assessment.determination.expect("one");
    let case = desk.file_case(&id, &seen, false).expect("filed").case;
    let said = Evaluation {
        satisfaction: Satisfaction::VeryDissatisfied,
        reasons: Vec::new(),
        words: "让我跑了三趟".to_owned(),
    };
    let (id, day) = (case.id.to_string(), case.filed_on.to_string());
    desk.enter_evaluation(&id, &day, said).expect("entered");
    window.sync().expect("sent");
}
