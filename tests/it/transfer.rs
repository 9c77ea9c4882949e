//! 窗口交接: a case begun at one window of a station and continued at another, by line and by stick,
//! and what comes of it where both worked on.

use yichuang_desk::transfer::Verdict;
use yichuang_desk::verification;
use yichuang_desk::view::CaseView;
use yichuang_domain::case::{CaseState, EventPlace};
use yichuang_domain::document::DocumentKind;
use yichuang_tests::hub::TestHub;
use yichuang_tests::program;
use yichuang_tests::sync_window::SyncWindow;

/// A hub for practice, with the example guide, and two windows of its station.
fn station() -> (tempfile::TempDir, TestHub, SyncWindow, SyncWindow) {
    let folder = tempfile::tempdir().unwrap();
    let hub = TestHub::start(folder.path(), true);
    hub.publish(&std::fs::read(program::example_guide()).unwrap()).unwrap();
    let joined = |name: &str| {
        let window = SyncWindow::joined(&hub, hub.url(), name);
        window.sync().unwrap();
        window.desk().sign_in_practice_clerk().unwrap();
        window
    };
    let (three, seven) = (joined("03"), joined("07"));
    // Only now the first one's roster knows of the second.
    three.sync().unwrap();
    (folder, hub, three, seven)
}

/// A case that waits for what its notice asked for.
fn noticed(window: &SyncWindow) -> CaseView {
    let script = std::fs::read(program::fixture("scenarios/s37-m17.json")).unwrap();
    let mut script = yichuang_desk::scenario::read(&script).unwrap();
    script.supplements = None;
    let view = window.desk().play(&script).unwrap();
    assert_eq!(view.case.state, CaseState::NoticeGiven);
    view
}

fn seen(window: &SyncWindow, id: &str) -> CaseView {
    window.desk().case(id).unwrap()
}

fn code<T: std::fmt::Debug>(result: Result<T, yichuang_desk::DeskError>) -> String {
    result.unwrap_err().code().to_owned()
}

fn both_are_whole(windows: [&SyncWindow; 2], id: &str) {
    for window in windows {
        assert_eq!(window.store().audit().unwrap().findings, []);
    }
    let [one, other] = windows.map(|window| seen(window, id).case);
    assert_eq!(one, other);
}

#[test]
fn a_case_is_continued_at_another_window_to_its_last_paper() {
    let (_folder, hub, three, seven) = station();
    let view = noticed(&three);
    let (id, number) = (view.case.id.to_string(), view.case.number.clone());
    assert_eq!(code(seven.desk().take_over("150785-1", "申请人在场")), "bad-case-number");
    assert_eq!(code(seven.desk().take_over(number.as_str(), " ")), "not-allowed");
    assert_eq!(code(three.desk().take_over(number.as_str(), "要办")), "not-now");

    // Asked for before its own window has sent it: refused in words, and asked for again.
    let wanted = seven.desk().take_over(number.as_str(), "三号窗口停办").unwrap();
    assert_eq!((wanted.len(), &wanted[0].refused), (1, &None));
    seven.sync().unwrap();
    let refused = seven.desk().wanted_cases().unwrap().remove(0).refused.unwrap();
    assert!(refused.contains("大厅中心没有这件办件"), "{refused}");
    three.sync().unwrap();
    seven.sync().unwrap();
    assert_eq!(
        seven.desk().wanted_cases().unwrap().len(),
        1,
        "what was refused is not asked again"
    );
    // By the code of its receipt, as a scanner types it.
    let receipt = three.store().document(view.papers[0].number.as_str()).unwrap().unwrap();
    let mark = verification_code(&receipt.words.unwrap());
    seven.desk().take_over(&mark, "三号窗口停办").unwrap();
    seven.sync().unwrap();
    assert!(seven.desk().wanted_cases().unwrap().is_empty());

    let here = seen(&seven, &id);
    assert_eq!((here.holder.as_deref(), here.papers[0].archived), (None, false));
    assert_eq!(here.timeline.last().unwrap().title, "窗口交接");
    let open = here.notice_items.iter().map(|item| item.id.clone()).collect::<Vec<_>>();
    seven.desk().record_supplement(&id, None, &open).unwrap();
    let accepted = seven.desk().accept(&id, None).unwrap();
    let paper = accepted.papers.last().unwrap();
    assert_eq!(paper.kind, DocumentKind::Acceptance);
    let device = seven.store().enrolment().unwrap().unwrap().device_code;
    assert_eq!(paper.number, format!("{number}-{device}-SL01"));

    // The first window still thinks that it has the case, until it hears.
    assert_eq!(seen(&three, &id).holder, None);
    seven.sync().unwrap();
    three.sync().unwrap();
    let there = seen(&three, &id);
    assert_eq!((there.holder.as_deref(), there.case.state), (Some("07"), accepted.case.state));
    assert!(there.actions.iter().all(|action| action.obstacle.is_some()));
    let refused = three.desk().withdraw(&id, "不办了").unwrap_err().to_string();
    assert!(refused.contains("07"), "{refused}");
    both_are_whole([&three, &seven], &id);
    // The paper is the other window's own, and the first one knows it for genuine.
    let pdf = seven.store().document(&paper.number).unwrap().unwrap().pdf;
    let told = three.desk().verify_pdf(&pdf).unwrap();
    assert_eq!(told.verdict, verification::Verdict::Genuine, "{told:?}");
    assert!(told.signed.unwrap().window.unwrap().contains("07"));

    hub.grant(number.as_str()).unwrap();
    three.sync().unwrap();
    seven.sync().unwrap();
    assert_eq!(seen(&three, &id).case.state, CaseState::Decided);
    both_are_whole([&three, &seven], &id);
}

/// The text of a paper's code, from its archived words.
fn verification_code(words: &str) -> String {
    let paper: serde_json::Value = serde_json::from_str(words).unwrap();
    paper["qr_text"].as_str().unwrap().to_owned()
}

#[test]
fn a_window_hands_on_and_the_other_fetches_it_by_stick() {
    let (_folder, hub, three, seven) = station();
    let view = noticed(&three);
    let id = view.case.id.to_string();
    let windows = three.desk().station_windows().unwrap();
    assert_eq!(windows.iter().map(|w| w.window.as_str()).collect::<Vec<_>>(), ["07"]);
    assert_eq!(code(three.desk().hand_on(&id, "XXXX", "换班")), "unknown-window");
    let handed = three.desk().hand_on(&id, &windows[0].device, "换班").unwrap();
    assert_eq!(handed.holder.as_deref(), Some("07"), "without any network");
    assert_eq!(code(three.desk().give_notice(&id, None)), "not-now");

    let carry = |window: &SyncWindow| {
        let (answer, _) = hub.ferry(&window.ferry_out(0).unwrap().0).unwrap();
        window.ferry_in(&answer).unwrap();
    };
    carry(&three);
    carry(&seven);
    assert_eq!(seen(&seven, &id).holder, None);
    // And back, asked for by stick.
    three.desk().take_over(view.case.number.as_str(), "申请人又到三号窗口").unwrap();
    carry(&three);
    assert_eq!(seen(&three, &id).holder, None);
    assert!(three.desk().wanted_cases().unwrap().is_empty());
    carry(&seven);
    assert_eq!(seen(&seven, &id).holder.as_deref(), Some("03"));
    both_are_whole([&three, &seven], &id);
}

#[test]
fn what_both_windows_did_is_shown_and_settled_by_a_person() {
    let (_folder, _hub, three, seven) = station();
    let view = noticed(&three);
    let id = view.case.id.to_string();
    three.sync().unwrap();
    seven.desk().take_over(view.case.number.as_str(), "申请人在场").unwrap();
    seven.sync().unwrap();
    let open: Vec<_> = view.notice_items.iter().map(|item| item.id.clone()).collect();
    seven.desk().record_supplement(&id, None, &open[..1]).unwrap();
    // The first window is offline, and takes in the rest.
    three.desk().record_supplement(&id, None, &open[1..]).unwrap();
    three.sync().unwrap();
    seven.sync().unwrap();
    three.sync().unwrap();
    both_are_whole([&three, &seven], &id);

    let at_seven = seen(&seven, &id);
    assert_eq!(at_seven.case.state, CaseState::NoticeGiven);
    let conflict = at_seven.conflicts.iter().find(|c| c.settled.is_none()).unwrap();
    assert_eq!(
        (conflict.aside.title.as_str(), conflict.aside.window.as_deref()),
        ("补正", Some("03"))
    );
    let stands: Vec<_> = conflict.stands.iter().map(|side| side.title.as_str()).collect();
    assert_eq!(stands, ["窗口交接", "补正"]);
    assert_eq!(conflict.stands[1].window.as_deref(), Some("07"));
    assert!(conflict.if_adopted.is_some());
    let listed = seven.desk().workbench().unwrap().attention.rows;
    assert_eq!(listed.len(), 1);
    let of = EventPlace { origin: conflict.origin.clone(), seq: conflict.seq };
    let verdict = Verdict { of: &of, adopted: true, reason: "材料确已交到三号窗口" };
    assert_eq!(code(three.desk().settle_conflict(&id, verdict)), "not-now", "who holds it settles");
    let settled = seven.desk().settle_conflict(&id, verdict).unwrap();
    assert_eq!(settled.case.state, CaseState::Supplemented);
    assert!(settled.conflicts[0].settled.as_ref().unwrap().adopted);
    assert_eq!(code(seven.desk().settle_conflict(&id, verdict)), "not-now");
    assert!(seven.desk().workbench().unwrap().attention.rows.is_empty());
    seven.sync().unwrap();
    three.sync().unwrap();
    both_are_whole([&three, &seven], &id);
    assert!(three.desk().workbench().unwrap().attention.rows.is_empty());
}
