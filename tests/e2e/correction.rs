//! 更正 on the screens: found, put right, and printed anew.

use yichuang_tests::stage::Stage;

use crate::cases::{drawn, open};
use crate::steps::{PIN, first_account, look, scenario, to_determination};

/// A name with a wrong character, noticed after the filing; the screen locks while it is put right.
async fn a_wrong_name_is_put_right(stage: &Stage) {
    let screen = &stage.screen;
    let case = scenario("s37-m17");
    first_account(screen).await;
    to_determination(screen, &case, "林木采伐").await;
    screen.click("determination-file").await;
    screen.wait_for("paper-one-time-notice").await;
    let number = screen.read("papers-case-number").await;
    open(screen, &number).await;
    screen.tab_to("case-correct").await;
    screen.press("Enter").await;
    screen.wait_for("dialog-correct").await;
    screen.fill("applicant-name", "敖力格𬱖").await;
    look(screen, "correct").await;

    screen.press("F12").await;
    screen.fill("sign-in-pin", PIN).await;
    screen.press("Enter").await;
    screen.wait_for("dialog-correct").await;
    assert_eq!(screen.value("applicant-name").await, "敖力格𬱖", "the lock loses nothing");

    screen.click("correct-document").await;
    screen.tab_to("correct-submit").await;
    screen.press("Enter").await;
    screen.wait_for("paper-material-receipt-outdated").await;
    screen.wait_for("paper-one-time-notice-outdated").await;
    drawn(screen).await;
    look(screen, "corrected-papers").await;
    open(screen, &number).await;
    screen.wait_text("case-timeline", |text| text.contains("更正为“敖力格𬱖”")).await;
    look(screen, "corrected").await;
}

crate::both_doors!(a_wrong_name_is_put_right from NoAccount);
