//! The ledgers: a question on the telephone and a complaint, written and settled without the mouse.

use yichuang_tests::stage::Stage;
use yichuang_tests::window::Screen;

use crate::steps::{first_account, look};

/// Waits until the cursor stands in a field.
async fn stands_in(screen: &Screen, field: &str) {
    let what = format!("the cursor stands in {field}");
    screen
        .until(&what, || async {
            screen.focused().await.iter().any(|id| id == field).then_some(())
        })
        .await;
}

/// From the key that opens the ledger to the last word, no mouse.
async fn a_question_and_a_complaint_by_keys(stage: &Stage) {
    let screen = &stage.screen;
    first_account(screen).await;
    screen.press("F6").await;
    screen.wait_for("ledger-none").await;
    stands_in(screen, "ledger-content").await;
    look(screen, "ledger-none").await;
    screen.write("社保卡丢了怎么补").await;
    screen.press("Enter").await;
    stands_in(screen, "ledger-answer").await;
    screen.write("带身份证到社保窗口，当场补").await;
    screen.press("Ctrl+Enter").await;
    screen.wait_text("ledger-told", |text| text.contains("YS-ZX-")).await;
    stands_in(screen, "ledger-content").await;

    screen.press("Alt+3").await;
    screen.wait_text("ledger-form", |text| text.contains("登记投诉")).await;
    stands_in(screen, "ledger-content").await;
    screen.write("窗口让跑了三趟").await;
    screen.press("Ctrl+Enter").await;
    screen.wait_for("ledger-about-fault").await;
    stands_in(screen, "ledger-about").await;
    look(screen, "ledger-fault").await;
    screen.write("2号窗口").await;
    screen.press("Ctrl+Enter").await;
    screen.wait_text("ledger-told", |text| text.contains("YS-TS-")).await;
    assert_eq!(screen.attribute("today-ledger", "data-open").await.as_deref(), Some("1"));
    look(screen, "ledger-complaint").await;

    screen.press("Alt+f").await;
    stands_in(screen, "ledger-text-search").await;
    screen.press("Enter").await;
    screen.wait_for("ledger-entry").await;
    screen.click("ledger-step-close").await;
    look(screen, "ledger-close").await;
    screen.click("ledger-outcome-upheld").await;
    screen.click("ledger-reply-in-person").await;
    screen.fill("ledger-text", "已批评教育，并当场办结").await;
    screen.press("Ctrl+Enter").await;
    screen.wait_text("ledger-result", |text| text.contains("属实")).await;
    look(screen, "ledger-closed").await;
}

crate::both_doors!(a_question_and_a_complaint_by_keys from NoAccount);
