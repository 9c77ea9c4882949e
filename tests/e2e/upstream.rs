//! The work goes upstream, and what the hub adds comes back.

use yichuang_tests::stage::Stage;

use crate::cases::open;
use crate::steps::{first_account, look, scenario, to_determination};

/// A filed case reaches the hub by itself, and the decision of the back office reaches the window.
async fn a_case_goes_up_and_its_decision_comes_back(stage: &Stage) {
    let screen = &stage.screen;
    let case = scenario("s14-m07");
    first_account(screen).await;
    to_determination(screen, &case, "报销").await;
    screen.click("determination-file").await;
    let number = screen.read("papers-case-number").await;

    screen.press("F8").await;
    screen.click("upstream-now").await;
    unsent_is_nothing(stage).await;
    let arrived = stage.hub().cases();
    assert!(
        arrived.iter().any(|one| one["case_number"] == number.as_str()),
        "the hub has no {number}: {arrived:?}"
    );
    look(screen, "upstream").await;

    stage.hub().grant(&number);
    screen.click("upstream-now").await;
    open(screen, &number).await;
    screen.wait_text("case-state", |text| text.contains("办结")).await;
    let decision = screen.attribute("case-decision", "data-decision").await;
    assert_eq!(decision.as_deref(), Some("granted"));
    look(screen, "decided").await;
}

async fn unsent_is_nothing(stage: &Stage) {
    let screen = &stage.screen;
    screen
        .until("nothing is unsent", || async {
            let count = screen.now("upstream-unsent-events", "data-count").await;
            (count.as_deref() == Some("0")).then_some(())
        })
        .await;
}

crate::both_doors!(a_case_goes_up_and_its_decision_comes_back from Enrolled);
