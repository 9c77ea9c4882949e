//! What walks have in common: signing in, and taking a scripted case step by step through the
//! screens.

use serde_json::Value;
use yichuang_tests::axe::serious_violations;
use yichuang_tests::program::fixture;
use yichuang_tests::window::{Door, Screen};

/// The account of every test.
pub const CLERK: &str = "王敏";
/// Its PIN.
pub const PIN: &str = "135790";

/// A scripted case of `tests/fixtures/scenarios/`, by the first letters of its name.
pub fn scenario(name: &str) -> Value {
    let path = fixture("scenarios").join(format!("{name}.json"));
    let text = std::fs::read_to_string(&path)
        .unwrap_or_else(|e| panic!("{} cannot be read: {e}", path.display()));
    serde_json::from_str(&text).unwrap_or_else(|e| panic!("{} is no JSON: {e}", path.display()))
}

/// Takes a picture; in the browser, axe must find nothing serious either.
pub async fn look(screen: &Screen, name: &str) {
    screen.at_rest().await;
    screen.picture(name).await;
    if screen.door() == Door::Browser {
        let found = serious_violations(screen).await;
        assert!(found.is_empty(), "on the screen {name} axe finds:\n{}", found.join("\n"));
    }
}

/// Makes the first account, which leads to the workbench.
pub async fn first_account(screen: &Screen) {
    screen.fill("first-name", CLERK).await;
    screen.fill("first-pin", PIN).await;
    screen.fill("first-pin-again", PIN).await;
    screen.click("first-submit").await;
    screen.wait_for("workbench").await;
}

/// Waits until this very text is answered: until then the list still moves, and a click would land
/// beside.
pub async fn search_answered(screen: &Screen, text: &str) {
    screen
        .until(&format!("the search for {text} is answered"), || async {
            let answered = screen.now("search-results", "data-answered").await;
            (answered.as_deref() == Some(text)).then_some(())
        })
        .await;
}

/// Finds the matter by a part of its name and begins.
pub async fn begin(screen: &Screen, case: &Value, text: &str) {
    screen.press("F2").await;
    screen.fill("search-input", text).await;
    search_answered(screen, text).await;
    let code = text_of(case, "/matter");
    screen.click(&format!("matter-{code}")).await;
    at_step(screen, "questions").await;
}

/// Waits for a step of the walk.
pub async fn at_step(screen: &Screen, step: &str) {
    let what = format!("the walk is at the step {step}");
    screen
        .until(&what, || async {
            (screen.now("walk", "data-step").await.as_deref() == Some(step)).then_some(())
        })
        .await;
}

/// Answers the questions in the order in which they show; a choice that ends the walk ends this
/// too, whatever else the scenario says.
pub async fn answer(screen: &Screen, case: &Value) {
    let answers = case["answers"].as_object().expect("answers");
    for (question, choice) in answers {
        let choice = choice.as_str().expect("a choice");
        screen.click(&format!("choice-{question}-{choice}")).await;
        saved(screen).await;
        if screen.shows("questions-stopped").await {
            return;
        }
    }
}

/// Waits until the program has looked at what was entered.
pub async fn saved(screen: &Screen) {
    screen
        .until("everything is saved", || async {
            (screen.now("walk-saved", "data-saved").await.as_deref() == Some("true")).then_some(())
        })
        .await;
}

/// Goes on to the step after this one.
pub async fn next(screen: &Screen, step: &str) {
    screen.click("walk-next").await;
    at_step(screen, step).await;
}

/// Enters the applicant, and the agent where one came.
pub async fn applicant(screen: &Screen, case: &Value) {
    party(screen, case, "applicant").await;
    if !case["agent"].is_null() {
        screen.click("agent-toggle").await;
        party(screen, case, "agent").await;
    }
}

async fn party(screen: &Screen, case: &Value, path: &str) {
    let field = |name: &str| case[path][name].as_str().unwrap_or_default().to_owned();
    if path == "applicant" {
        screen.click(&format!("applicant-kind-{}", field("kind"))).await;
    }
    screen.click(&format!("{path}-id-type-{}", field("id_type"))).await;
    screen.fill(&format!("{path}-name"), &field("name")).await;
    screen.fill(&format!("{path}-phone"), &field("phone")).await;
    screen.fill(&format!("{path}-id-number"), &field("id_number")).await;
}

/// Records what was found of each material.
pub async fn materials(screen: &Screen, case: &Value) {
    for material in case["materials"].as_array().expect("materials") {
        let id = material["id"].as_str().expect("an id");
        let check = material["check"].as_str().expect("a check");
        screen.click(&format!("material-{id}-check-{check}")).await;
        let reason = material["reason"].as_str().unwrap_or_default();
        if matches!(check, "missing" | "defective") {
            screen.fill(&format!("material-{id}-reason"), reason).await;
        }
    }
}

/// From the search to the determination, on the scenario's day.
pub async fn to_determination(screen: &Screen, case: &Value, text: &str) {
    begin(screen, case, text).await;
    answer(screen, case).await;
    next(screen, "applicant").await;
    applicant(screen, case).await;
    if case["materials"].as_array().is_some_and(|all| !all.is_empty()) {
        next(screen, "materials").await;
        materials(screen, case).await;
    }
    next(screen, "determination").await;
    screen.fill("filed-on", &text_of(case, "/filed_on")).await;
    let outcome = text_of(case, "/expect/outcome");
    let first = match case["supplements"].as_array() {
        Some(_) => "one-time-notice".to_owned(),
        None => outcome,
    };
    screen
        .until(&format!("the determination is {first}"), || async {
            let found = screen.now("determination-outcome", "data-outcome").await;
            (found.as_deref() == Some(&first)).then_some(())
        })
        .await;
}

/// A text of a scripted case.
pub fn text_of(case: &Value, pointer: &str) -> String {
    case.pointer(pointer)
        .and_then(Value::as_str)
        .unwrap_or_else(|| panic!("the scenario has no {pointer}"))
        .to_owned()
}
