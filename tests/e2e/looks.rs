//! Every screen in a full state, at the size of an old office PC: nothing runs out at the side,
//! neither in high contrast nor twice as large nor in English.

use serde_json::json;
use yichuang_tests::sight::{Dress, dress, out_of_reach};
use yichuang_tests::stage::Stage;
use yichuang_tests::window::{Door, Screen};

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
    // The frame fills the screen; what is longer scrolls inside it, and the head stays.
    let moved = screen.execute("scrollTo(0, 10000); return scrollY;", vec![]).await;
    assert_eq!(moved, json!(0), "{what} can be scrolled away as a whole");
}

/// A look for every eye: as it is, in high contrast, and twice as large, where nothing may be lost.
async fn seen(screen: &Screen, name: &str) {
    look(screen, name).await;
    // Both doors draw the same page: the one in which axe looks is enough.
    if screen.door() != Door::Browser {
        return;
    }
    dress(screen, Dress::HighContrast).await;
    look(screen, &format!("{name}-contrast")).await;
    dress(screen, Dress::TwiceAsLarge).await;
    look(screen, &format!("{name}-large")).await;
    fits(screen, name).await;
    let lost = out_of_reach(screen).await;
    assert!(lost.is_empty(), "{name} twice as large has out of reach:\n{}", lost.join("\n"));
    dress(screen, Dress::Plain).await;
}

/// The display settings, by their key, and the workbench in English.
async fn in_english(screen: &Screen) {
    visit(screen, "/", "workbench").await;
    screen.press("F10").await;
    screen.wait_for("display").await;
    seen(screen, "display").await;
    screen.click("display-language-en").await;
    screen.wait_text("nav-cases", |text| text.contains("Find case")).await;
    screen.click("display-close").await;
    screen.wait_gone("display").await;
    seen(screen, "workbench-english").await;
    screen.press("F10").await;
    screen.click("display-language-zh-CN").await;
    screen.wait_text("nav-cases", |text| text.contains("找办件")).await;
    screen.click("display-close").await;
    screen.wait_gone("display").await;
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
        ("/print/devices", "card-reader", "devices"),
        ("/verify", "verify-text", "verify-none"),
        ("/new", "search-input", "new-case"),
        ("/bundle/B1", "bundle-members", "bundle"),
        ("/ledger/complaint", "ledger-form", "ledger"),
        ("/templates", "templates", "templates"),
    ] {
        visit(screen, address, shows).await;
        seen(screen, name).await;
    }
    to_determination(screen, &case, "林木采伐").await;
    screen.wait_text("determination-listed", |text| text.lines().count() >= 2).await;
    seen(screen, "determination").await;
    screen.click("determination-file").await;
    screen.wait_for("paper-one-time-notice").await;
    drawn(screen).await;
    fits(screen, "papers").await;
    let number = screen.read("papers-case-number").await;
    crate::cases::open(screen, &number).await;
    seen(screen, "case").await;
    screen.click("case-issue").await;
    screen.wait_for("dialog-issue").await;
    seen(screen, "issue").await;
    screen.click("issue-cancel").await;
    screen.wait_gone("dialog-issue").await;
    for (address, shows, name) in [
        ("/print/day-end", "day-end-sum", "day-end"),
        ("/guide", "guide", "guide"),
        ("/guide/release", "guide-release-page", "guide-release"),
        ("/clerks", "clerks", "clerks"),
        ("/cases", "cases", "cases"),
        ("/figures", "figures", "figures"),
        ("/upstream", "upstream", "upstream"),
        ("/", "workbench", "workbench"),
    ] {
        visit(screen, address, shows).await;
        seen(screen, name).await;
    }
    screen.execute("location.hash = '/verify'", vec![]).await;
    screen.fill("verify-text", "YC1:not-a-mark").await;
    screen.click("verify-submit").await;
    screen.wait_for("verify-verdict").await;
    seen(screen, "verify-verdict").await;
    in_english(screen).await;
}

crate::both_doors!(every_screen_fits from NoAccount);
