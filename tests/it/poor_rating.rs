//! 差评回访 by the real programs: a window sends what an applicant said, the hall follows it up, and
//! the window never hears of it.

use serde_json::json;
use yichuang_domain::evaluation::{Evaluation, Satisfaction};
use yichuang_tests::hub_program::HubProgram;
use yichuang_tests::sync_window::SyncWindow;

use crate::browser::{Browser, command};
use crate::office::filed;

#[test]
fn a_poor_rating_reaches_the_hall_and_nothing_of_it_the_window() {
    let folder = tempfile::tempdir().unwrap();
    let hub = HubProgram::start_real(folder.path());
    let add = ["account", "add", "--login", "suhe", "--name", "苏和", "--role", "hall-lead"];
    let (made, exit) = command(&add, folder.path());
    assert_eq!(exit, 0, "who runs the hall has no department: {made}");
    let (listed, _) = command(&["account", "list"], folder.path());
    assert_eq!((&listed[0]["role"], &listed[0]["department"]), (&json!("hall-lead"), &json!(null)));

    let window = SyncWindow::new();
    window.join(hub.address(), &hub.code("ZX", "03"), None).unwrap();
    let case = filed(window.desk()).case;
    let (id, today) = (case.id.to_string(), case.filed_on.to_string());
    let said = Evaluation {
        satisfaction: Satisfaction::VeryDissatisfied,
        reasons: Vec::new(),
        words: "让我跑了三趟".to_owned(),
    };
    window.desk().enter_evaluation(&id, &today, said).unwrap();
    window.sync().unwrap();

    let at = hub.address().to_owned();
    let mut browser = Browser::new();
    let password = made["password"].as_str().unwrap();
    browser.begin(&at, "suhe", password, "一句只有苏和知道的话2026");
    let task = format!("/office/poor-ratings/{id}/{today}");
    assert!(browser.page(&format!("{at}/office/poor-ratings")).contains(&task));
    assert!(browser.page(&format!("{at}{task}")).contains("让我跑了三趟"));
    browser.take(&at, &task, "verify", &[("finding", "upheld"), ("words", "属实")]);
    browser.take(&at, &task, "mend", &[("on", &today), ("words", "已整改")]);
    let visit = [("on", today.as_str()), ("way", "phone"), ("words", "表示认可")];
    browser.take(&at, &task, "visit", &visit);
    assert!(browser.page(&format!("{at}/office/poor-ratings?shelf=done")).contains(&task));
    let figures = browser.page(&format!("{at}/office/figures"));
    assert!(figures.contains("<b>100.0%</b><span>回访率</span>"), "{figures}");
    let book = browser.get(&format!("{at}/office/figures/export"));
    assert!(book.bytes().unwrap().starts_with(b"PK"), "a workbook");
    assert_eq!(browser.get(&format!("{at}/office/cases/{id}")).status().as_u16(), 403);

    // Nothing comes down, and the window still shows whether, never what.
    assert_eq!(window.sync().unwrap().pulled, 0);
    let shown = serde_json::to_string(&window.desk().case(&id).unwrap()).unwrap();
    assert!(!shown.contains("dissatisfied") && !shown.contains("让我跑了三趟"), "{shown}");
}
