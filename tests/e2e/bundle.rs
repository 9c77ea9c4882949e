//! 一件事一次办 on the screens: asked about as one, found by its name, taken in once, told once, three
//! cases upstream.

use yichuang_tests::stage::Stage;
use yichuang_tests::window::Screen;

use crate::cases::{drawn, open};
use crate::steps::{at_step, first_account, look, saved, search_answered};

/// Answers whatever is asked with its first choice, by its digit alone.
async fn answer_all(screen: &Screen) {
    loop {
        let asked = screen.execute(OPEN_QUESTION, Vec::new()).await;
        let Some(id) = asked.as_str() else { return };
        screen
            .until(&format!("{id} has the focus"), || async {
                screen.focused().await.iter().any(|one| one == id).then_some(())
            })
            .await;
        screen.press("1").await;
        saved(screen).await;
    }
}

/// The first question without an answer.
const OPEN_QUESTION: &str = "
    const open = [...document.querySelectorAll('[data-testid^=\"question-\"]')]
        .filter((one) => !one.querySelector('[aria-checked=\"true\"], input:checked'));
    return open.length ? open[0].dataset.testid : null;";

/// From the name of a bundle to its cases at the hub.
async fn a_birth_is_taken_in_once(stage: &Stage) {
    let screen = &stage.screen;
    first_account(screen).await;
    screen.press("F2").await;
    screen.wait_for("search-input").await;
    screen.write("新生儿出生").await;
    screen.wait_for("bundle-offer").await;
    search_answered(screen, "新生儿出生").await;
    look(screen, "bundle-offer").await;
    screen.press("Alt+Enter").await;
    at_step(screen, "questions").await;
    assert_eq!(screen.read("walk-matter").await, "新生儿出生一件事");
    answer_all(screen).await;
    look(screen, "bundle-questions").await;
    screen.press("Alt+ArrowRight").await;
    at_step(screen, "applicant").await;
    screen.tab_to("applicant-name").await;
    for text in ["乌云其其格", "13800000000", "150785190105180023"] {
        screen.write(text).await;
        screen.press("Enter").await;
    }
    at_step(screen, "materials").await;
    screen.press("Alt+ArrowLeft").await;
    at_step(screen, "applicant").await;
    screen.click("agent-toggle").await;
    screen.fill("agent-name", "额尔敦巴图").await;
    screen.fill("agent-id-number", "15078519080609008X").await;
    screen.press("Alt+ArrowRight").await;
    at_step(screen, "materials").await;
    screen
        .until("the first material has the focus", || async {
            screen.focused().await.iter().any(|one| one.starts_with("material-")).then_some(())
        })
        .await;
    screen.press("a").await;
    saved(screen).await;
    let shared = screen.execute(SHARED_ROW, Vec::new()).await;
    let shared = shared.as_str().expect("a material that several matters ask for").to_owned();
    screen.click(&format!("{shared}-check-missing")).await;
    saved(screen).await;
    look(screen, "bundle-materials").await;
    screen.press("Alt+ArrowRight").await;
    at_step(screen, "determination").await;
    screen.wait_for("bundle-savings").await;
    let spared = |what: &'static str| async move {
        let row = format!("savings-{what}");
        let number = |name: &'static str| {
            let row = row.clone();
            async move {
                screen.now(&row, name).await.and_then(|n| n.parse::<u32>().ok()).expect("a number")
            }
        };
        (number("data-apart").await, number("data-joint").await)
    };
    for what in ["materials", "steps", "visits"] {
        let (apart, joint) = spared(what).await;
        assert!(joint < apart, "{what}: {joint} of {apart}");
    }
    look(screen, "bundle-determination").await;
    screen.press("Ctrl+Enter").await;
    screen.wait_for("paper-material-receipt").await;
    screen.wait_for("paper-one-time-notice").await;
    drawn(screen).await;
    look(screen, "bundle-papers").await;
    let number = screen.read("papers-case-number").await;

    open(screen, &number).await;
    screen.wait_for("case-linked").await;
    look(screen, "bundle-case").await;
    screen.click("case-supplement").await;
    screen.wait_for("dialog-supplement").await;
    screen.click("supplement-all").await;
    screen.click("supplement-submit").await;
    screen
        .until("every linked case has what was brought", || async {
            let open = screen.execute(WAITING, Vec::new()).await;
            (open.as_u64() == Some(0)).then_some(())
        })
        .await;
    screen.click("case-accept").await;
    screen.click("step-submit").await;
    screen.wait_text("case-state", |text| text.contains("已受理")).await;
    screen.press("F8").await;
    screen.click("upstream-now").await;
    screen
        .until("the hub has all three cases, accepted", || async {
            let all = stage.hub().cases();
            let accepted = all.iter().filter(|case| case["state"] == "accepted").count();
            (accepted == 3).then_some(())
        })
        .await;
    the_results_go_out_together(stage, &number).await;
}

/// The departments have decided, and one person takes all that waits along.
async fn the_results_go_out_together(stage: &Stage, number: &str) {
    let screen = &stage.screen;
    for case in stage.hub().cases() {
        stage.hub().grant(case["case_number"].as_str().expect("a number"));
    }
    screen.click("upstream-now").await;
    open(screen, number).await;
    screen.click("case-hand-over").await;
    screen.wait_for("hand-over-also").await;
    screen.click("hand-over-checked").await;
    look(screen, "bundle-hand-over").await;
    screen.click("hand-over-submit").await;
    screen.wait_for("paper-delivery-receipt").await;
    screen
        .until("both papers of both others are there to be signed", || async {
            (screen.count("paper-of").await == 4).then_some(())
        })
        .await;
    drawn(screen).await;
    look(screen, "bundle-handed-over").await;
}

/// By keys alone: from the shelf to what the matters of a bundle want together, told in part, a
/// matter left out, one sheet for all of it, and with all that into the draft.
async fn a_bundle_is_asked_about_and_then_begun(stage: &Stage) {
    let screen = &stage.screen;
    first_account(screen).await;
    screen.press("F2").await;
    screen.wait_for("search-input").await;
    screen.write("新生儿出生").await;
    screen.wait_for("bundle-offer").await;
    search_answered(screen, "新生儿出生").await;
    screen.press("Alt+g").await;
    screen.wait_text("matter-name", |name| name.contains("新生儿出生一件事")).await;
    screen.wait_for("bundle-members").await;
    look(screen, "bundle-enquiry").await;
    screen.wait_text("prospects", |text| text.contains("由他人代办时提交")).await;
    let whole = listed(screen).await;
    assert_eq!(doubled(screen).await, 0, "each material stands there once");

    // 由本人办理: what only an agent brings is gone.
    screen.tab_to("choice-agent-no").await;
    screen.press("1").await;
    screen
        .until("fewer materials are asked for", || async {
            (listed(screen).await < whole).then_some(())
        })
        .await;
    let all = listed(screen).await;
    // Without the card, the last matter: back to its box, and Space.
    screen.tab_to(&format!("bundle-member-{CARD}")).await;
    screen.press("Space").await;
    screen
        .until("what the card wants is gone", || async {
            (listed(screen).await < all).then_some(())
        })
        .await;
    answer_open(screen).await;
    screen
        .until("nothing is open", || async {
            (screen.now("bundle-page", "data-settled").await.as_deref() == Some("true"))
                .then_some(())
        })
        .await;
    screen.press("Ctrl+g").await;
    drawn(screen).await;
    look(screen, "bundle-sheet").await;
    let shown = screen.now("paper-preview", "data-drawn").await.unwrap_or_default();
    assert!(shown.contains("agent=no") && shown.contains(';'), "{shown}");
    assert_eq!(stage.cases().as_array().map(Vec::len), Some(0), "an enquiry is no case");
    let materials = listed(screen).await;

    screen.press("Ctrl+Enter").await;
    at_step(screen, "questions").await;
    screen.wait_for("bundle-members").await;
    let open = screen.execute(OPEN_QUESTION, Vec::new()).await;
    assert!(open.is_null(), "nobody is asked twice: {open}");
    screen.press("Alt+ArrowRight").await;
    at_step(screen, "applicant").await;
    screen.tab_to("applicant-name").await;
    for text in ["乌云其其格", "13800000000", "150785190105180023"] {
        screen.write(text).await;
        screen.press("Enter").await;
    }
    at_step(screen, "materials").await;
    let rows = screen.execute(ROWS, Vec::new()).await;
    assert_eq!(rows.as_u64(), Some(materials), "what was told is what is asked for");
}

const CARD: &str = "11150785MB0A0001884002001004000";

/// Answers each open question of the enquiry with its first choice; who applies was said.
async fn answer_open(screen: &Screen) {
    loop {
        let asked = screen.execute(OPEN_QUESTION, Vec::new()).await;
        let Some(id) = asked.as_str() else { return };
        let question = id.trim_start_matches("question-");
        let choice = screen.execute(FIRST_CHOICE, vec![question.into()]).await;
        screen.tab_to(choice.as_str().expect("a choice")).await;
        screen.press("1").await;
        screen
            .until(&format!("{id} is answered"), || async {
                let open = screen.execute(OPEN_QUESTION, Vec::new()).await;
                (open.as_str() != Some(id)).then_some(())
            })
            .await;
    }
}

async fn listed(screen: &Screen) -> u64 {
    let count = screen.attribute("prospects", "data-count").await.unwrap_or_default();
    count.parse().expect("a number")
}

/// How many names of materials stand there more than once.
async fn doubled(screen: &Screen) -> u64 {
    screen.execute(DOUBLED, Vec::new()).await.as_u64().expect("a number")
}

const DOUBLED: &str = "
    const names = [...document.querySelectorAll('[data-testid=\"prospects\"] .name strong')]
        .map((one) => one.textContent);
    return names.length - new Set(names).size;";

/// The radio of a question that Tab comes to.
const FIRST_CHOICE: &str = "
    return document.querySelector(`[data-testid=\"question-${arguments[0]}\"] input`).dataset.testid;";

/// How many materials the draft lists.
const ROWS: &str =
    "return document.querySelectorAll('[data-testid^=\"material-\"][data-check]').length;";

/// A row of a material that is for several matters.
const SHARED_ROW: &str = "
    const named = document.querySelector('[data-testid$=\"-used-by\"]');
    return named ? named.dataset.testid.replace(/-used-by$/, '') : null;";

/// How many linked cases wait for what the notice lists.
const WAITING: &str = "return document.querySelectorAll('[data-testid^=\"linked-\"][data-state=\"notice-given\"]').length;";

crate::both_doors!(
    a_birth_is_taken_in_once from Enrolled,
    a_bundle_is_asked_about_and_then_begun from NoAccount,
);
