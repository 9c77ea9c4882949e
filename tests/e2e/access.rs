//! The first start, signing in and locking.

use yichuang_tests::stage::Stage;

use crate::steps::{CLERK, PIN, first_account, look};

/// A new machine without a keyring: passphrase, first account, workbench; then the lock, a wrong
/// PIN, and the right one.
async fn a_first_start(stage: &Stage) {
    let screen = &stage.screen;
    screen.wait_for("first-name").await;
    look(screen, "first-start").await;
    screen.fill("first-passphrase", "山花烂漫 2026").await;
    screen.fill("first-passphrase-again", "山花烂漫 2026").await;
    screen.fill("first-name", CLERK).await;
    screen.fill("first-pin", PIN).await;
    screen.fill("first-pin-again", "135791").await;
    screen.click("first-submit").await;
    screen.wait_for("first-pin-again-fault").await;
    assert!(!screen.shows("workbench").await, "two different PINs make no account");

    screen.fill("first-pin-again", PIN).await;
    screen.click("first-submit").await;
    screen.wait_for("workbench").await;
    screen.wait_for("practice-mark").await;
    look(screen, "workbench").await;

    screen.press("F12").await;
    screen.fill("sign-in-pin", "000000").await;
    look(screen, "sign-in").await;
    screen.press("Enter").await;
    screen.wait_for("fault").await;
    assert!(!screen.shows("workbench").await, "a wrong PIN opens nothing");
    assert_eq!(screen.value("sign-in-pin").await, "", "a wrong PIN is cleared");

    screen.fill("sign-in-pin", PIN).await;
    screen.press("Enter").await;
    screen.wait_for("workbench").await;
}

/// What must be there for a practice profile: the frame and the mark, on every screen.
async fn practice_shows(stage: &Stage) {
    let screen = &stage.screen;
    first_account(screen).await;
    for key in ["F2", "F3", "F5", "F8", "F9"] {
        screen.press(key).await;
        screen.wait_for("practice-mark").await;
    }
}

crate::both_doors!(a_first_start from Nothing, practice_shows from NoAccount);
