//! Intake in one breath: who was here before is not typed again, papers are taken with a camera, and
//! nothing of it needs a mouse.

use serde_json::Value;
use yichuang_tests::stage::Stage;
use yichuang_tests::window::Door;

use crate::steps::{
    answer, at_step, begin, first_account, look, next, saved, scenario, to_determination,
};

/// Somebody comes a second time, with a paper to be scanned.
async fn nobody_is_typed_twice(stage: &Stage) {
    let screen = &stage.screen;
    let case = scenario("s01-m01");
    first_account(screen).await;
    to_determination(screen, &case, "养老").await;
    screen.click("determination-file").await;
    screen.wait_for("papers-case-number").await;

    begin(screen, &case, "养老").await;
    answer(screen, &case).await;
    next(screen, "applicant").await;
    screen.tab_to("applicant-name").await;
    screen.write("王䶮").await;
    screen.wait_for("applicant-known-0").await;
    look(screen, "known-party").await;
    screen.press("Alt+1").await;
    screen.wait_text("party-filled", |text| text.contains("与证件核对")).await;
    assert_eq!(screen.value("applicant-id-number").await, "150785190105180023");
    look(screen, "party-taken").await;
    screen.press("Enter").await;
    at_step(screen, "materials").await;

    let first = &case["materials"][0]["id"];
    let Value::String(first) = first else { panic!("a material without id") };
    screen.click(&format!("scan-camera-{first}")).await;
    screen.wait_for("dialog-camera").await;
    if screen.door() == Door::Browser {
        screen
            .until("the camera shows something", || async {
                let wide = screen.execute(SEEN, Vec::new()).await;
                wide.as_u64().filter(|wide| *wide > 0)
            })
            .await;
        screen.click("camera-shoot").await;
        screen.wait_for("camera-drop-0").await;
        look(screen, "camera").await;
        screen.click("camera-finish").await;
        screen
            .until("the page is among the scans", || async {
                let count = screen.now(&format!("scans-{first}"), "data-count").await;
                (count.as_deref() == Some("1")).then_some(())
            })
            .await;
    } else {
        // The machine of the tests has no camera: the window says so, and what else there is.
        screen.wait_text("camera-trouble", |text| text.contains("添加扫描件")).await;
        look(screen, "no-camera").await;
        screen.press("Escape").await;
        screen.wait_gone("camera-trouble").await;
    }
    saved(screen).await;

    screen.press("F8").await;
    screen.click("nav-print").await;
    screen.click("print-view-devices").await;
    screen.fill("card-reader-program", "/no/such/reader").await;
    screen.click("card-reader-save").await;
    screen.wait_text("card-reader", |text| text.contains("没有这个读卡程序")).await;
    look(screen, "card-reader").await;
}

/// How wide the picture of the camera is.
const SEEN: &str =
    "return document.querySelector('[data-testid=\"camera-view\"]')?.videoWidth ?? 0;";

crate::both_doors!(nobody_is_typed_twice from NoAccount);
