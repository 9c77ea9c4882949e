//! Every screen in a full state, at the size of an old office PC: nothing runs out at the side.

use serde_json::json;
use yichuang_tests::stage::Stage;
use yichuang_tests::window::Screen;

use crate::cases::drawn;
use crate::steps::{first_account, look, scenario, to_determination};

/// Goes to a screen by its address.
async fn visit(screen: &Screen, address: &str, shows: &str) {
    screen.execute("location.hash = arguments[0]", vec![json!(address)]).await;
    screen.wait_for(shows).await;
    fits(screen, address).await;
}

/// The page is no wider than what shows it.
async fn fits(screen: &Screen, what: &str) {
    let script =
        "const page = document.documentElement; return page.scrollWidth - page.clientWidth;";
    let over = screen.execute(script, vec![]).await;
    assert_eq!(over, json!(0), "{what} runs out at the side, in pixels");
}

/// All screens, after one case was filed.
async fn every_screen_fits(stage: &Stage) {
    let screen = &stage.screen;
    let case = scenario("s37-m17");
    first_account(screen).await;
    for (address, shows, name) in [
        ("/print/jobs", "print-none", "print-none"),
        ("/print/day-end", "day-end-sum", "day-end-none"),
        ("/print/rules", "rules-no-printer", "rules-none"),
        ("/verify", "verify-text", "verify-none"),
    ] {
        visit(screen, address, shows).await;
        look(screen, name).await;
    }
    to_determination(screen, &case, "林木采伐").await;
    screen.wait_text("determination-listed", |text| text.lines().count() >= 2).await;
    screen.click("determination-file").await;
    screen.wait_for("paper-one-time-notice").await;
    drawn(screen).await;
    fits(screen, "papers").await;
    let number = screen.read("papers-case-number").await;
    crate::cases::open(screen, &number).await;
    look(screen, "case").await;
    screen.click("case-issue").await;
    screen.wait_for("dialog-issue").await;
    look(screen, "issue").await;
    screen.click("issue-cancel").await;
    screen.wait_gone("dialog-issue").await;
    for (address, shows, name) in [
        ("/print/day-end", "day-end-sum", "day-end"),
        ("/guide", "guide", "guide"),
        ("/guide/release", "guide-release-page", "guide-release"),
        ("/clerks", "clerks", "clerks"),
        ("/upstream", "upstream", "upstream"),
        ("/", "workbench", "workbench"),
    ] {
        visit(screen, address, shows).await;
        look(screen, name).await;
    }
    screen.execute("location.hash = '/verify'", vec![]).await;
    screen.fill("verify-text", "YC1:not-a-mark").await;
    screen.click("verify-submit").await;
    screen.wait_for("verify-verdict").await;
    look(screen, "verify-verdict").await;
}

crate::both_doors!(every_screen_fits from NoAccount);
