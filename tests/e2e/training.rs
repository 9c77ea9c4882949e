//! Training on the screens: in from the records, a card played on the real walk, its score with the
//! reasons, the board, a card of one's own, and back out.

use yichuang_tests::stage::Stage;
use yichuang_tests::window::Screen;

use crate::steps::{at_step, first_account, look, next, saved};

/// Waits for a view of training.
async fn at_view(screen: &Screen, view: &str) {
    let what = format!("training shows {view}");
    screen
        .until(&what, || async {
            (screen.now("training", "data-view").await.as_deref() == Some(view)).then_some(())
        })
        .await;
}

/// From the records and back: a card with three faults, of which the trainee sees two.
async fn a_card_is_played_and_scored(stage: &Stage) {
    let screen = &stage.screen;
    first_account(screen).await;
    screen.click("nav-training").await;
    at_view(screen, "outside").await;
    look(screen, "enter").await;
    screen.click("training-enter").await;
    at_view(screen, "cards").await;
    screen.wait_for("practice-mark").await;
    screen.wait_for("card-social-card-child").await;
    look(screen, "cards").await;

    screen.click("training-tour").await;
    screen.wait_for("tour-step").await;
    look(screen, "tour").await;
    screen.press("Escape").await;
    screen.wait_gone("tour-step").await;

    screen.click("card-social-card-child").await;
    at_step(screen, "questions").await;
    screen.wait_text("role-story", |text| text.contains("孩子的社保卡弄丢了")).await;
    look(screen, "role").await;
    for choice in ["choice-q1-a", "choice-q2-b", "choice-q3-a"] {
        screen.click(choice).await;
        saved(screen).await;
    }
    next(screen, "applicant").await;
    screen.click("applicant-kind-person").await;
    screen.fill("applicant-name", "张晓雨").await;
    screen.fill("applicant-phone", "19900000101").await;
    screen.fill("applicant-id-number", "150785190101010019").await;
    next(screen, "materials").await;
    screen.press("Alt+z").await;
    screen.wait_for("document-dialog").await;
    look(screen, "document-form").await;
    screen.press("3").await;
    screen
        .until("the third paper is shown", || async {
            (screen.now("document-dialog", "data-at").await.as_deref() == Some("2")).then_some(())
        })
        .await;
    look(screen, "document-register").await;
    screen.press("ArrowRight").await;
    screen
        .until("the fourth paper is shown", || async {
            (screen.now("document-dialog", "data-at").await.as_deref() == Some("3")).then_some(())
        })
        .await;
    look(screen, "document-expired").await;
    screen.press("Escape").await;
    screen.wait_gone("document-dialog").await;
    // The mother's card has expired, and goes through.
    for (material, check) in [("m1", "present"), ("m2", "present"), ("m8", "present")] {
        screen.click(&format!("material-{material}-check-{check}")).await;
    }
    screen.click("material-m3-check-missing").await;
    screen.fill("material-m3-reason", "没有挂失").await;
    screen.click("material-m6-check-defective").await;
    screen.fill("material-m6-reason", "只有复印件").await;
    look(screen, "materials").await;
    screen.press("Alt+x").await;
    screen.wait_for("told").await;
    next(screen, "determination").await;
    screen.press("Alt+c").await;
    screen.wait_for("words-panel").await;
    for digit in ["1", "2", "3"] {
        screen.press(digit).await;
    }
    screen.wait_text("training-words", |text| text.contains("3/7")).await;
    look(screen, "words").await;
    screen.press("Escape").await;
    screen.wait_gone("words-panel").await;
    screen.click("determination-file").await;
    let number = screen.read("papers-case-number").await;
    assert!(number.starts_with("YS-"), "{number}");
    screen.wait_for("training-finish").await;
    look(screen, "papers").await;
    screen.press("Alt+j").await;
    at_view(screen, "result").await;
    screen.wait_text("finding-0", |text| text.contains("监护人有效身份证件")).await;
    screen.wait_text("finding-0", |text| text.contains("受理标准")).await;
    let points = screen.read("result-points").await;
    assert!(points.contains("84"), "a missed fault and two words: {points}");
    look(screen, "result").await;

    screen.click("training-view-board").await;
    screen.wait_for("board-trainees").await;
    look(screen, "board").await;

    screen.click("training-view-cards").await;
    screen.click("edit-social-card-child").await;
    screen.wait_for("card-report").await;
    look(screen, "editor").await;
    screen.wait_for("document-3").await;
    look(screen, "editor-papers").await;
    screen.fill("document-3-valid", "400").await;
    screen
        .until("the editor says that the picture shows no fault", || async {
            (screen.now("card-report", "data-blocked").await.as_deref() == Some("true"))
                .then_some(())
        })
        .await;
    look(screen, "editor-blocked").await;

    screen.press("Ctrl+k").await;
    screen.fill("palette-input", "演示模式").await;
    screen.press("Enter").await;
    // It is fetched when it is first wanted, and hears only what comes after.
    screen
        .until("keys are shown", || async {
            (screen.count("key-captions").await > 0).then_some(())
        })
        .await;
    screen.press("F8").await;
    // What was changed on the card is not saved, and is not lost without a word.
    screen.wait_for("dialog-leave-card").await;
    look(screen, "editor-leave").await;
    screen.click("leave-discard").await;
    screen.wait_for("upstream-training").await;
    screen.wait_text("key-captions", |text| text.contains("F8")).await;
    look(screen, "presenting").await;
    screen.press("Ctrl+k").await;
    screen.fill("palette-input", "演示模式").await;
    screen.press("Enter").await;
    screen.wait_gone("key-captions").await;
    screen.click("training-leave").await;
    screen.wait_for("sign-in-training").await;
    look(screen, "left").await;
    assert_eq!(stage.cases().as_array().map(Vec::len), Some(0), "the records have no case");
}

crate::both_doors!(a_card_is_played_and_scored from Enrolled);
