//! A whole case without a mouse, as the screens promise it.

use serde_json::Value;
use yichuang_tests::program::example_guide;
use yichuang_tests::stage::Stage;
use yichuang_tests::window::{Door, Screen};

use crate::steps::{at_step, first_account, look, saved, scenario, text_of};

/// From the workbench to the printed papers with keys only.
async fn a_case_by_keys_alone(stage: &Stage) {
    let screen = &stage.screen;
    let case = scenario("s01-m01");
    first_account(screen).await;

    screen.press("F2").await;
    screen.wait_for("search-input").await;
    screen.write(&text_of(&case, "/matter")).await;
    screen.press("Enter").await;
    at_step(screen, "questions").await;

    for (question, digit) in digits(&case) {
        focus(screen, &format!("question-{question}")).await;
        screen.press(&digit).await;
        saved(screen).await;
    }
    screen.press("Enter").await;
    at_step(screen, "applicant").await;

    screen.tab_to("applicant-name").await;
    for field in ["name", "phone", "id_number"] {
        screen.write(case["applicant"][field].as_str().unwrap_or_default()).await;
        screen.press("Enter").await;
    }
    at_step(screen, "materials").await;

    let materials = case["materials"].as_array().expect("materials");
    for material in materials {
        let id = text_of(material, "/id");
        let row = format!("material-{id}");
        focus(screen, &row).await;
        let check = text_of(material, "/check");
        let place = CHECKS.iter().position(|one| *one == check).expect("a check of the screen");
        screen.press(&(place + 1).to_string()).await;
        if matches!(&*check, "missing" | "defective") {
            focus(screen, &format!("{row}-reason")).await;
            screen.write(&text_of(material, "/reason")).await;
            screen.press("Esc").await;
        }
    }
    look(screen, "materials").await;
    screen.press("Alt+ArrowRight").await;
    at_step(screen, "determination").await;
    screen.wait_for("determination-outcome").await;
    screen.press("Ctrl+Enter").await;
    screen.wait_text("papers", |text| text.contains("受理")).await;

    screen.press("F3").await;
    screen.wait_text("cases", |text| text.contains("王䶮")).await;
}

/// The results of a check, in the order of their keys.
const CHECKS: [&str; 7] =
    ["present", "missing", "defective", "corrected", "deferred", "committed", "licence"];

/// Waits for the focus to come by itself.
async fn focus(screen: &Screen, id: &str) {
    screen
        .until(&format!("[{id}] has the focus"), || async {
            screen.focused().await.iter().any(|one| one == id).then_some(())
        })
        .await;
}

/// The keys of the scenario's answers: each question, and the place of the choice in it.
fn digits(case: &Value) -> Vec<(String, String)> {
    let text = std::fs::read_to_string(example_guide()).expect("the example guide");
    let guide: Value = serde_json::from_str(&text).expect("the example guide is JSON");
    let code = text_of(case, "/matter");
    let matters = guide["matters"].as_array().expect("matters");
    let matter = matters.iter().find(|one| one["code"] == code.as_str()).expect("the matter");
    let answers = case["answers"].as_object().expect("answers");
    let place = |(question, choice): (&String, &Value)| {
        let questions = matter["questions"].as_array()?;
        let question = questions.iter().find(|one| one["id"] == question.as_str())?;
        let choices = question["choices"].as_array()?;
        let at = choices.iter().position(|one| one["id"] == *choice)?;
        Some((question["id"].as_str()?.to_owned(), (at + 1).to_string()))
    };
    answers.iter().map(|answer| place(answer).expect("a choice of the guide")).collect()
}

/// Counts how often the address is changed from here on.
const COUNT: &str = "
    window.__changes = 0;
    for (const way of ['pushState', 'replaceState']) {
      const change = history[way].bind(history);
      history[way] = (...given) => { window.__changes += 1; change(...given); };
    }";

/// More screens within half a minute than a web view lets an address change: each key still answers,
/// and in the window the address is left alone meanwhile.
async fn a_hundred_screens_in_a_row(stage: &Stage) {
    let screen = &stage.screen;
    first_account(screen).await;
    screen.execute(COUNT, Vec::new()).await;
    for _ in 0..60 {
        screen.press("F9").await;
        screen.wait_for("guide").await;
        screen.press("F3").await;
        screen.wait_for("cases").await;
    }
    screen.press("F5").await;
    screen.wait_for("workbench").await;
    let changes = screen.execute("return window.__changes", Vec::new()).await;
    if screen.door() == Door::Window {
        assert!(changes.as_u64().is_some_and(|n| n < 50), "the address changed {changes} times");
    }
}

crate::both_doors!(
    a_case_by_keys_alone from NoAccount,
    a_hundred_screens_in_a_row from NoAccount
);
