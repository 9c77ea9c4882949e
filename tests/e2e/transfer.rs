//! 窗口交接 on the screens: a case of another window is asked for and arrives, what both did is settled,
//! and it is handed on.

use yichuang_domain::case::CaseState;
use yichuang_tests::program;
use yichuang_tests::stage::Stage;
use yichuang_tests::sync_window::SyncWindow;

use crate::cases::open;
use crate::steps::{first_account, look};

/// Another window of the station, with the example guide, that has filed a case and told its
/// applicant what is missing.
fn other_window(stage: &Stage) -> (SyncWindow, String, String) {
    let other = SyncWindow::new();
    let hub = stage.hub();
    other.join(hub.address(), &hub.code("01", "07"), None).expect("it joins");
    other.desk().ensure_guide().expect("the example guide");
    let script = std::fs::read(program::fixture("scenarios/s37-m17.json")).expect("a scenario");
    let mut script = yichuang_desk::scenario::read(&script).expect("a scenario");
    script.supplements = None;
    let view = other.desk().play(&script).expect("it is filed");
    assert_eq!(view.case.state, CaseState::NoticeGiven);
    other.sync().expect("it is sent");
    (other, view.case.id.to_string(), view.case.number.to_string())
}

async fn a_case_changes_hands_and_a_conflict_is_settled(stage: &Stage) {
    let screen = &stage.screen;
    let (other, id, number) = tokio::task::block_in_place(|| other_window(stage));
    first_account(screen).await;
    screen.press("F3").await;
    screen.click("cases-take-over").await;
    screen.fill("take-over-number", &number).await;
    screen.click("take-over-submit").await;
    screen.wait_text("dialog-take-over", |text| text.contains("请填写原因")).await;
    look(screen, "take-over").await;
    screen.click("take-over-here").await;
    screen.click("take-over-submit").await;
    open(screen, &number).await;
    screen.wait_for("case-hand-on").await;
    look(screen, "taken-over").await;

    // The other window has not heard, and notes that everything came.
    tokio::task::block_in_place(|| {
        let view = other.desk().case(&id).expect("its case");
        let open: Vec<_> = view.notice_items.iter().map(|item| item.id.clone()).collect();
        other.desk().record_supplement(&id, None, &open).expect("it goes on");
        other.sync().expect("it is sent");
    });
    screen.press("F8").await;
    screen.click("upstream-now").await;
    open(screen, &number).await;
    screen.wait_for("conflict-0-adopt").await;
    look(screen, "conflict").await;
    screen.click("conflict-0-adopt").await;
    screen.click("settle-true").await;
    screen.click("settle-submit").await;
    screen.wait_text("case-state", |text| text.contains("已补正")).await;
    screen.wait_for("conflict-0-settled").await;
    look(screen, "settled").await;

    screen.click("case-hand-on").await;
    screen.wait_for("dialog-hand-on").await;
    look(screen, "hand-on").await;
    screen.click("hand-on-shift").await;
    screen.click("hand-on-submit").await;
    screen.wait_text("case-holder", |text| text.contains("07号窗口")).await;
    look(screen, "held-elsewhere").await;
}

crate::both_doors!(a_case_changes_hands_and_a_conflict_is_settled from Enrolled);
