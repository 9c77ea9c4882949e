//! Coming back to a case: the list, the search, the timeline, the supplement, the acceptance.

use yichuang_tests::stage::Stage;
use yichuang_tests::window::Screen;

use crate::steps::{first_account, look, scenario, text_of, to_determination};

/// The main path: a notice that lists two materials, one of them arrives, the other, acceptance.
async fn a_notice_two_supplements_and_acceptance(stage: &Stage) {
    let screen = &stage.screen;
    let case = scenario("s37-m17");
    first_account(screen).await;
    to_determination(screen, &case, "林木采伐").await;
    screen.wait_text("determination-listed", |text| text.lines().count() >= 2).await;
    screen.wait_text("told", |text| text.contains("未带来")).await;
    look(screen, "determination").await;
    screen.click("determination-file").await;

    screen.wait_for("paper-one-time-notice").await;
    drawn(screen).await;
    look(screen, "papers").await;
    let number = screen.read("papers-case-number").await;
    screen.press("F5").await;
    screen.wait_for("workbench-supplement_waiting").await;
    look(screen, "workbench").await;

    screen.press("F3").await;
    screen.fill("cases-text", "敖力格").await;
    screen.wait_text("cases", |text| text.contains(&number)).await;
    look(screen, "list").await;
    screen.fill("cases-text", "没有这个人").await;
    screen.wait_for("cases-none").await;
    open(screen, &number).await;
    look(screen, "case").await;

    for supplement in case["supplements"].as_array().expect("supplements") {
        screen.click("case-supplement").await;
        screen.wait_for("dialog-supplement").await;
        for id in supplement["ids"].as_array().expect("ids") {
            screen.click(&format!("supplement-{}", id.as_str().expect("an id"))).await;
        }
        screen.fill("supplement-on", &text_of(supplement, "/on")).await;
        look(screen, "supplement").await;
        screen.click("supplement-submit").await;
        screen.wait_gone("dialog-supplement").await;
    }
    screen.click("case-accept").await;
    screen.fill("step-on", &text_of(&case, "/expect/accepted_on")).await;
    screen.click("step-submit").await;
    screen.wait_gone("dialog-accept").await;
    let due = screen.attribute("case-due", "data-date").await;
    assert_eq!(due, Some(text_of(&case, "/expect/due")));
    screen.wait_text("case-timeline", |text| text.contains("受理")).await;
    for kind in ["material-receipt", "one-time-notice", "acceptance"] {
        screen.wait_for(&format!("case-paper-{kind}")).await;
    }
    look(screen, "accepted").await;
}

/// Waits until the preview has drawn a page.
pub async fn drawn(screen: &Screen) {
    screen
        .until("the preview is drawn", || async {
            screen.now("paper-preview", "data-drawn").await.filter(|drawn| !drawn.is_empty())
        })
        .await;
}

/// Opens a case of the list by its number, as a clerk does: the search finds it, Enter opens it.
pub async fn open(screen: &Screen, number: &str) {
    screen.press("F3").await;
    screen.fill("cases-text", number).await;
    screen
        .until("the list has found it", || async {
            (screen.now("cases-total", "data-total").await.as_deref() == Some("1")).then_some(())
        })
        .await;
    screen.press("Enter").await;
    screen.wait_text("case-number", |found| found == number).await;
}

crate::both_doors!(a_notice_two_supplements_and_acceptance from NoAccount);
