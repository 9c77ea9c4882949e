//! 帮您办 on the screens: what another window wrote is found by who is to help, goes back to it, and
//! what both wrote at once is shown.

use yichuang_desk::view::{LedgerEntryView, LedgerInput};
use yichuang_domain::ledger::{LedgerChannel, LedgerKind, LedgerStep};
use yichuang_tests::stage::Stage;
use yichuang_tests::sync_window::SyncWindow;

use crate::steps::{first_account, look};

const HELP: LedgerKind = LedgerKind::Assistance;

/// Another window of the station, that wrote down for whom somebody is to help.
fn other_window(stage: &Stage, helper: &str) -> (SyncWindow, LedgerEntryView) {
    let other = SyncWindow::new();
    let hub = stage.hub();
    other.join(hub.address(), &hub.code("01", "07"), None).expect("it joins");
    other.desk().ensure_guide().expect("the example guide");
    other.desk().first_account("额尔敦", "135790").expect("an account");
    let input = |about: &str, content: &str| LedgerInput {
        channel: LedgerChannel::Window,
        on: None,
        person: "乌云".to_owned(),
        contact: "13800000000".to_owned(),
        content: content.to_owned(),
        about: about.to_owned(),
        matter: None,
        case_number: String::new(),
    };
    let register = |input| other.desk().register_ledger(HELP, input, None).expect("written");
    register(input("白哈斯", "上门采集照片，补办社会保障卡"));
    let view = register(input(helper, "腿脚不便，代办高龄津贴"));
    other.sync().expect("it is sent");
    (other, view)
}

fn refer(window: &SyncWindow, view: &LedgerEntryView, to: &str) {
    let step = LedgerStep::Refer { to: to.to_owned(), text: "下周二上门".to_owned() };
    window.desk().step_ledger((&view.id, view.entry.revision), step).expect("passed on");
}

async fn sync(screen: &yichuang_tests::window::Screen) {
    screen.press("F8").await;
    screen.wait_for("upstream-now").await;
    let before = screen.now("upstream-last-sync", "data-at").await;
    screen.click("upstream-now").await;
    screen
        .until("another sync came to its end", || async {
            let at = screen.now("upstream-last-sync", "data-at").await;
            (at != before).then_some(())
        })
        .await;
}

async fn who_helps_finds_what_another_window_wrote(stage: &Stage) {
    let screen = &stage.screen;
    first_account(screen).await;
    let (other, view) = tokio::task::block_in_place(|| other_window(stage, crate::steps::CLERK));
    sync(screen).await;
    look(screen, "help-unsent").await;
    screen.wait_for("today-help").await;
    screen.click("today-help").await;
    screen.wait_for(&format!("ledger-arrived-{}", view.id)).await;
    look(screen, "help-mine").await;
    screen.click(&format!("ledger-row-{}", view.id)).await;
    screen.wait_text("ledger-written-at", |text| text.contains("07号窗口")).await;
    look(screen, "help-entry").await;

    // Both pass it on, and neither knows of the other.
    tokio::task::block_in_place(|| {
        refer(&other, &view, "乌兰");
        other.sync().expect("it is sent");
    });
    screen.click("ledger-step-refer").await;
    screen.fill("ledger-to", "额尔敦").await;
    screen.press("Ctrl+Enter").await;
    screen.wait_text("ledger-history", |text| text.contains("额尔敦")).await;
    sync(screen).await;
    screen.press("F6").await;
    screen.press("Alt+4").await;
    screen.wait_for(&format!("ledger-aside-{}", view.id)).await;
    look(screen, "help-station").await;
    screen.click(&format!("ledger-row-{}", view.id)).await;
    screen.wait_text("ledger-aside", |text| text.contains("额尔敦")).await;
    look(screen, "help-aside").await;
}

crate::both_doors!(who_helps_finds_what_another_window_wrote from Enrolled);
