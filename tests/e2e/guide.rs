//! The guide as a whole: its health check, and what changes when a new release comes.

use yichuang_tests::stage::Stage;

use crate::steps::{first_account, look};

/// The health check of the bundled release; then a release that another process takes in, and
/// what it changed.
async fn a_release_and_the_next(stage: &Stage) {
    let screen = &stage.screen;
    first_account(screen).await;
    screen.press("F9").await;
    screen.click("guide-to-release").await;
    screen.wait_for("guide-review").await;
    look(screen, "guide-review").await;
    screen.click("guide-view-renewal").await;
    screen.wait_for("renewal-none").await;

    stage.import_next_release(|guide| {
        let matter = &mut guide["matters"][8];
        matter["promised_limit"]["value"] = 3.into();
        matter["materials"][0]["standard"] = "原件在有效期内".into();
        guide["departments"][0]["phone"] = "0470-5550199".into();
        guide["calendar"]["years"]["2027"]["status"] = "official".into();
    });
    screen.press("F9").await;
    screen.click("guide-to-release").await;
    screen.wait_for("guide-review").await;
    screen.click("guide-view-renewal").await;
    screen.wait_for("renewal-matter").await;
    screen.wait_for("renewal-calendar-year").await;
    look(screen, "guide-renewal").await;
    let text = screen.read("renewal-matter").await;
    assert!(text.contains("5个工作日") && text.contains("3个工作日"), "{text}");
}

crate::both_doors!(a_release_and_the_next from NoAccount);
