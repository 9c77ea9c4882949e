//! 出件, 好差评 and 统计 on the screens: what the department decided is handed over, the applicant says on a
//! screen of their own how it was, and the lead sees what it comes to.

use yichuang_tests::stage::Stage;

use crate::cases::{drawn, open};
use crate::steps::{first_account, look, scenario, to_determination};

/// A case that the department has decided; its number.
pub async fn to_a_decided_case(stage: &Stage) -> String {
    let screen = &stage.screen;
    first_account(screen).await;
    to_determination(screen, &scenario("s14-m07"), "报销").await;
    screen.click("determination-file").await;
    let number = screen.read("papers-case-number").await;
    screen.press("F8").await;
    screen.click("upstream-now").await;
    screen
        .until("the hub has the case", || async {
            let all = stage.hub().cases();
            all.iter().any(|one| one["case_number"] == number.as_str()).then_some(())
        })
        .await;
    stage.hub().grant(&number);
    screen.click("upstream-now").await;
    number
}

/// From the decision to the last word of the applicant.
async fn a_result_is_handed_over_and_the_service_judged(stage: &Stage) {
    let screen = &stage.screen;
    let number = to_a_decided_case(stage).await;
    open(screen, &number).await;
    screen.wait_for("case-decision").await;
    screen.press("F5").await;
    screen.wait_for("workbench-decided").await;
    look(screen, "result-waits").await;

    open(screen, &number).await;
    screen.click("case-hand-over").await;
    screen.wait_for("hand-over-known").await;
    look(screen, "hand-over").await;
    screen.click("hand-over-submit").await;
    screen.wait_for("hand-over-checked-fault").await;
    screen.click("hand-over-role-other").await;
    screen.fill("receiver-name", "额尔敦巴图").await;
    screen.fill("receiver-id-number", "150785190806090081").await;
    screen.fill("hand-over-authority", "授权委托书").await;
    screen.click("hand-over-checked").await;
    screen.click("hand-over-submit").await;
    screen.wait_for("receiver-id-number-fault").await;
    look(screen, "hand-over-fault").await;
    screen.fill("receiver-id-number", "15078519080609008X").await;
    screen.press("Enter").await;
    screen.wait_for("paper-result-slip").await;
    screen.wait_for("paper-delivery-receipt").await;
    drawn(screen).await;
    look(screen, "hand-over-papers").await;

    screen.click("papers-to-case").await;
    screen.wait_text("case-state", |text| text.contains("已出件")).await;
    screen.wait_text("case-delivered", |text| text.contains("额尔敦巴图")).await;
    screen.click("evaluation-invite").await;
    screen.wait_for("evaluation-waiting").await;
    let desk = screen.to_other_window().await;
    screen.wait_for("grade-very-dissatisfied").await;
    look(screen, "applicant").await;
    screen.click("grade-very-dissatisfied").await;
    screen.click("why-sent-to-and-fro").await;
    screen.fill("applicant-words", "跑了三趟").await;
    look(screen, "applicant-why").await;
    screen.click("applicant-send").await;
    screen.wait_text("applicant-screen", |text| text.contains("感谢您的评价")).await;
    look(screen, "applicant-thanks").await;
    screen.to_window(desk).await;
    let told = screen.wait_text("evaluation", |text| text.contains("已评价")).await;
    assert!(!told.contains("不满意") && !told.contains("三趟"), "{told}");
    look(screen, "evaluated").await;

    screen.click("nav-figures").await;
    screen.fill("figures-from", "2026-11-01").await;
    screen.fill("figures-to", "2026-12-31").await;
    screen.wait_text("rate-on-time", |text| text.contains("100.0%")).await;
    screen.wait_text("rate-evaluation", |text| text.contains("50.0%")).await;
    screen.wait_for("figures-course").await;
    look(screen, "figures").await;
    screen.click("figure-handed-over").await;
    screen.wait_for("figure-cases").await;
    look(screen, "figure-cases").await;
    screen.press("Escape").await;
    screen.wait_gone("figure-cases").await;
    screen.press("F1").await;
    screen.wait_text("help-page", |text| text.contains("按收件日期数")).await;
    look(screen, "handbook").await;
    screen.fill("help-search", "代领依据").await;
    screen.press("Enter").await;
    screen.wait_text("help-page", |text| text.contains("代领人要填姓名")).await;
    look(screen, "handbook-found").await;
}

crate::both_doors!(a_result_is_handed_over_and_the_service_judged from Enrolled);
