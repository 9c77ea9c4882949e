//! Taking a case in.

use yichuang_tests::stage::Stage;

use crate::steps::{
    answer, applicant, begin, first_account, look, next, scenario, text_of, to_determination,
};

/// 荀𫖮, whose second character lies beyond the basic plane, with a deferred material that follows.
async fn a_deferred_acceptance_with_a_rare_name(stage: &Stage) {
    let screen = &stage.screen;
    let case = scenario("s09-m05");
    first_account(screen).await;
    to_determination(screen, &case, "失业保险金").await;
    let due = text_of(&case, "/expect/due");
    screen
        .until(&format!("the due date is {due}"), || async {
            (screen.now("determination-due", "data-date").await.as_ref() == Some(&due))
                .then_some(())
        })
        .await;
    look(screen, "determination").await;
    screen.click("determination-file").await;
    screen.wait_text("papers", |text| text.contains("受理")).await;
    screen.wait_for("paper-preview").await;
    look(screen, "papers").await;
    assert_eq!(stage.cases()[0]["applicant"], "荀𫖮");

    screen.click("papers-to-case").await;
    screen.wait_text("case-notice", |text| text.contains("容缺后补 1 项，已到 0 项")).await;
    look(screen, "deferred").await;
    screen.click("case-supplement").await;
    screen.click("supplement-all").await;
    screen.fill("supplement-on", &text_of(&case, "/filed_on")).await;
    look(screen, "deferred-arrives").await;
    screen.click("supplement-submit").await;
    screen.wait_text("case-state", |text| text.contains("已受理")).await;
}

/// A choice that ends the walk: the reason and the place to go, the right paper, no materials.
async fn a_stop(stage: &Stage) {
    let screen = &stage.screen;
    let case = scenario("s29-m14");
    first_account(screen).await;
    begin(screen, &case, "公司设立").await;
    answer(screen, &case).await;
    let outcome = screen.attribute("questions-stopped", "data-outcome").await;
    assert_eq!(outcome, Some(text_of(&case, "/expect/outcome")));
    look(screen, "stopped").await;
    next(screen, "applicant").await;
    applicant(screen, &case).await;
    next(screen, "determination").await;
    screen.click("determination-file").await;
    screen.wait_text("papers", |text| text.contains("不予受理")).await;
}

/// An identity number with a wrong check digit: the error stands beside its field, and the walk
/// does not go on; corrected, it does.
async fn a_refused_identity_number(stage: &Stage) {
    let screen = &stage.screen;
    let case = scenario("s01-m01");
    first_account(screen).await;
    begin(screen, &case, "居民养老").await;
    answer(screen, &case).await;
    next(screen, "applicant").await;
    applicant(screen, &case).await;
    let right = text_of(&case, "/applicant/id_number");
    let last = if right.ends_with('8') { "7" } else { "8" };
    let wrong = format!("{}{last}", &right[..17]);
    screen.fill("applicant-id-number", &wrong).await;
    screen.click("walk-next").await;
    screen.wait_text("applicant-id-number-fault", |text| !text.is_empty()).await;
    look(screen, "refused-number").await;
    assert_eq!(screen.now("walk", "data-step").await.as_deref(), Some("applicant"));

    screen.fill("applicant-id-number", &right).await;
    next(screen, "materials").await;
}

crate::both_doors!(
    a_deferred_acceptance_with_a_rare_name from NoAccount,
    a_stop from NoAccount,
    a_refused_identity_number from NoAccount,
);
