//! The first start, signing in and locking.

use yichuang_tests::stage::Stage;
use yichuang_tests::window::Screen;

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

/// The id of the account of that name, as the screen shows it.
async fn account(screen: &Screen, name: &str) -> String {
    let script =
        format!("return document.querySelector('[data-name=\"{name}\"]')?.dataset.account");
    let shown = || async { Some(screen.execute(&script, Vec::new()).await.as_str()?.to_owned()) };
    screen.until(&format!("the account of {name} is shown"), shown).await
}

/// Another clerk is added, forgets their PIN, gets one for a single sign-in and sets their own;
/// they keep nothing, and who has left is offered no more.
async fn accounts_are_kept(stage: &Stage) {
    let screen = &stage.screen;
    first_account(screen).await;
    screen.click("nav-clerks").await;
    screen.fill("clerk-name", "赵一").await;
    screen.fill("clerk-pin", "246802").await;
    screen.fill("clerk-pin-again", "246802").await;
    screen.click("clerk-role-trainer").await;
    screen.click("clerk-submit").await;
    screen.wait_for("account-records").await;
    let id = account(screen, "赵一").await;
    look(screen, "clerks").await;
    screen.click(&format!("clerk-open-{id}")).await;
    screen.wait_for("dialog-account").await;
    look(screen, "account").await;
    screen.click("account-reset").await;
    screen.fill("account-pin", "864209").await;
    screen.fill("account-pin-again", "864209").await;
    screen.click("account-pin-save").await;
    screen.wait_gone("dialog-account").await;

    screen.press("F12").await;
    screen.click(&format!("sign-in-clerk-{id}")).await;
    screen.fill("sign-in-pin", "864209").await;
    screen.press("Enter").await;
    screen.wait_for("sign-in-new").await;
    look(screen, "own-pin").await;
    screen.fill("sign-in-new", "975319").await;
    screen.fill("sign-in-new-again", "975319").await;
    screen.press("Enter").await;
    screen.wait_for("clerk-not-keeper").await;
    assert!(!screen.shows("nav-figures").await, "figures are a lead's");
    assert!(!screen.shows("clerk-name").await, "a trainer adds nobody");
    look(screen, "clerks-of-a-trainer").await;

    screen.press("F12").await;
    let first = account(screen, CLERK).await;
    screen.click(&format!("sign-in-clerk-{first}")).await;
    screen.fill("sign-in-pin", PIN).await;
    screen.press("Enter").await;
    screen.click(&format!("clerk-open-{id}")).await;
    screen.click("account-retire").await;
    screen.wait_gone("dialog-account").await;
    screen.press("F12").await;
    screen.wait_for(&format!("sign-in-clerk-{first}")).await;
    assert!(!screen.shows(&format!("sign-in-clerk-{id}")).await, "who has left is not offered");
}

crate::both_doors!(accounts_are_kept from NoAccount, a_first_start from Nothing, practice_shows from NoAccount);
