//! 帮您办: the list that the windows of a station share, by line and by stick, with real windows and a
//! real hub; what both wrote at once; and the hub of before there was such a list.

use serde_json::json;
use tempfile::TempDir;
use yichuang_desk::view::{LedgerEntryView, LedgerFilter, LedgerInput, LedgerPage, LedgerShow};
use yichuang_domain::clerk::ClerkRoles;
use yichuang_domain::condition::Answers;
use yichuang_domain::ledger::{LedgerChannel, LedgerKind, LedgerState, LedgerStep, NoteKind};
use yichuang_hub::enrolment::{DEFAULT_HALL, DEFAULT_REGION, make_code};
use yichuang_hub::store::CodeHolder;
use yichuang_hub::{Clock as _, SystemClock};
use yichuang_protocol::help;
use yichuang_storage::backup::{BackupError, RecoveryReader, back_up, restore};
use yichuang_storage::{Store, key};
use yichuang_tests::faults::{Fault, FaultyLine};
use yichuang_tests::hub::TestHub;
use yichuang_tests::program;
use yichuang_tests::sync_window::SyncWindow;

const PIN: &str = "135790";
const HELP: LedgerKind = LedgerKind::Assistance;

/// A hub for practice with the example guide.
fn hub() -> (TempDir, TestHub) {
    let folder = tempfile::tempdir().unwrap();
    let hub = TestHub::start(folder.path(), true);
    hub.publish(&std::fs::read(program::example_guide()).unwrap()).unwrap();
    (folder, hub)
}

/// A window of the station with a lead 王敏 and a helper, who is signed in.
fn window(hub: &TestHub, url: &str, name: &str, helper: &str) -> SyncWindow {
    let window = SyncWindow::joined(hub, url, name);
    window.sync().unwrap();
    window.desk().first_account("王敏", PIN).unwrap();
    let id = window.desk().add_clerk(helper, PIN, &ClerkRoles::new()).unwrap().id;
    window.desk().sign_in(&id, PIN).unwrap();
    window
}

/// Signs in whom the window knows by a name.
fn as_clerk(window: &SyncWindow, name: &str) {
    let clerk = window.desk().clerks().unwrap().into_iter().find(|clerk| clerk.name == name);
    window.desk().sign_in(&clerk.unwrap().id, PIN).unwrap();
}

fn input(helper: &str) -> LedgerInput {
    LedgerInput {
        channel: LedgerChannel::Window,
        on: None,
        person: "乌云".to_owned(),
        contact: "13800000000".to_owned(),
        content: "腿脚不便，代办高龄津贴".to_owned(),
        about: helper.to_owned(),
        matter: None,
        case_number: String::new(),
    }
}

fn page(window: &SyncWindow, show: LedgerShow) -> LedgerPage {
    let (text, kind) = (String::new(), HELP);
    let filter = LedgerFilter { kind, text, show, from: None, to: None, offset: 0, limit: 0 };
    window.desk().ledger(filter).unwrap()
}

fn ids(window: &SyncWindow, show: LedgerShow) -> Vec<String> {
    page(window, show).rows.into_iter().map(|row| row.id).collect()
}

fn refer(window: &SyncWindow, view: &LedgerEntryView, to: &str) -> LedgerEntryView {
    let step = LedgerStep::Refer { to: to.to_owned(), text: "我下乡三天".to_owned() };
    window.desk().step_ledger((&view.id, view.entry.revision), step).unwrap()
}

fn note(window: &SyncWindow, id: &str, text: &str) {
    let seen = window.desk().ledger_entry(id).unwrap().entry.revision;
    let step = LedgerStep::Note { note: NoteKind::Missed, text: text.to_owned() };
    window.desk().step_ledger((id, seen), step).unwrap();
}

fn arrived(window: &SyncWindow) -> u32 {
    let counts = window.desk().workbench().unwrap().ledgers;
    counts.into_iter().find(|count| count.kind == HELP).unwrap().arrived
}

fn unsent(window: &SyncWindow) -> u64 {
    window.store().unsent_help().unwrap()
}

#[test]
fn who_helps_at_another_window_finds_it_goes_on_and_begins_the_case() {
    let (_folder, hub) = hub();
    let three = window(&hub, hub.url(), "03", "白哈斯");
    let seven = window(&hub, hub.url(), "07", "额尔敦");
    // An answer that changes nothing: who is agent is asked in the form.
    let matter = three.desk().search("", 50).unwrap().into_iter().find(|hit| {
        let begun = three.desk().start_draft(&hit.code, &agent());
        begun.is_ok_and(|draft| draft.draft.intake.agent.is_some())
    });
    let matter = matter.unwrap().code;
    let asked = LedgerInput { matter: Some(matter.clone()), ..input("额尔敦") };
    let view = three.desk().register_ledger(HELP, asked, None).unwrap();
    assert!(view.shared && view.window.is_none());
    assert!(view.history[0].unsent, "nobody else can see it yet");
    let complaint =
        LedgerInput { content: "投诉三号窗口张三".to_owned(), ..input("2号窗口") };
    let complaint = three.desk().register_ledger(LedgerKind::Complaint, complaint, None).unwrap();
    assert!(!complaint.shared);
    assert_eq!((ids(&seven, LedgerShow::All).len(), unsent(&three)), (0, 1));
    three.sync().unwrap();
    seven.sync().unwrap();
    three.sync().unwrap();

    assert_eq!((ids(&seven, LedgerShow::Mine), unsent(&three)), (vec![view.id.clone()], 0));
    assert!(seven.desk().ledger_entry(&complaint.id).is_err(), "a complaint stays where it is");
    let row = page(&seven, LedgerShow::All).rows.remove(0);
    assert_eq!((row.window.as_deref(), row.arrived), (Some("03"), true));
    assert_eq!((arrived(&seven), arrived(&three)), (1, 0));
    as_clerk(&seven, "王敏");
    assert_eq!((arrived(&seven), ids(&seven, LedgerShow::Mine).len()), (0, 0));
    assert!(seven.desk().ledger_entry(&view.id).is_ok());
    as_clerk(&seven, "额尔敦");
    assert_eq!(arrived(&seven), 1, "that somebody else looked is not theirs");
    let here = seven.desk().ledger_entry(&view.id).unwrap();
    assert_eq!(arrived(&seven), 0);
    assert_eq!(
        (here.window.as_deref(), here.history[0].window.as_deref()),
        (Some("03"), Some("03"))
    );
    assert!(!here.history[0].unsent && !here.case_here);

    // A case with the helper as agent, of an entry that another window wrote.
    let draft = seven.desk().start_draft(&matter, &agent()).unwrap().draft;
    assert!(draft.intake.agent.is_some());

    // Back to a person who has an account at the first window too, by another spelling.
    let offered = page(&seven, LedgerShow::All).helpers;
    assert!(
        ["额尔敦", "王敏"].iter().all(|name| offered.contains(&(*name).to_owned())),
        "{offered:?}"
    );
    refer(&seven, &here, "王 敏");
    seven.sync().unwrap();
    three.sync().unwrap();
    as_clerk(&three, "王敏");
    assert_eq!((ids(&three, LedgerShow::Mine).len(), arrived(&three)), (1, 1));
    assert!(page(&three, LedgerShow::All).helpers.iter().any(|name| name == "王 敏"));
    let back = three.desk().ledger_entry(&view.id).unwrap();
    assert_eq!(back.history[1].window.as_deref(), Some("07"));
    assert_eq!(back.entry.state, LedgerState::Referred);
    assert_eq!(ids(&three, LedgerShow::Here).len(), 1);
    assert_eq!(ids(&seven, LedgerShow::Here).len(), 0);
}

fn agent() -> Answers {
    let mut answers = Answers::new();
    answers.insert("agent".to_owned(), "yes".to_owned());
    answers
}

#[test]
fn what_two_windows_did_at_once_is_the_same_at_both_and_nothing_is_lost() {
    let (_folder, hub) = hub();
    let line = FaultyLine::to(hub.address());
    let three = window(&hub, &line.url(), "03", "白哈斯");
    let seven = window(&hub, hub.url(), "07", "额尔敦");
    let view = three.desk().register_ledger(HELP, input("额尔敦"), None).unwrap();
    three.sync().unwrap();
    seven.sync().unwrap();
    three.sync().unwrap();
    let at_seven = seven.desk().ledger_entry(&view.id).unwrap();
    // Both offline.
    refer(&three, &view, "白哈斯");
    note(&three, &view.id, "三号窗口打过");
    refer(&seven, &at_seven, "乌兰");
    note(&seven, &view.id, "七号窗口打过");
    seven.sync().unwrap();
    // The hub takes it in, and the answer is lost; then it comes twice.
    line.next_of(help::PATH, Fault::Pass);
    line.next_of(help::PATH, Fault::DropAnswer);
    three.sync().unwrap();
    assert!(unsent(&three) > 0, "nobody said that it arrived");
    line.next_of(help::PATH, Fault::Repeat);
    three.sync().unwrap();
    seven.sync().unwrap();
    for window in [&three, &seven] {
        let seen = window.desk().ledger_entry(&view.id).unwrap();
        assert_eq!((seen.entry.referred_to.as_deref(), seen.entry.missed), (Some("乌兰"), 2));
        assert_eq!((seen.history.len(), unsent(window)), (5, 0));
        let aside: Vec<_> = seen.history.iter().filter(|line| line.aside).collect();
        assert_eq!(aside.len(), 1);
        assert_eq!(
            (aside[0].title.as_str(), aside[0].detail.as_str()),
            ("转办", "转白哈斯：我下乡三天")
        );
        assert_eq!(page(window, LedgerShow::All).rows[0].aside, 1);
    }
    let [one, other] = [&three, &seven].map(|w| w.desk().ledger_entry(&view.id).unwrap().entry);
    assert_eq!(one, other);
    // Who had it on the screen from before must look again.
    let stale = LedgerStep::Refer { to: "白哈斯".to_owned(), text: String::new() };
    let refused = three.desk().step_ledger((&view.id, 3), stale).unwrap_err();
    assert_eq!(refused.code(), "stale");
}

#[test]
fn another_station_sees_nothing_of_it() {
    let (_folder, hub) = hub();
    let three = window(&hub, hub.url(), "03", "白哈斯");
    three.desk().register_ledger(HELP, input("额尔敦"), None).unwrap();
    three.sync().unwrap();
    let holder = CodeHolder {
        region: DEFAULT_REGION.to_owned(),
        station: "ZY".to_owned(),
        window: "01".to_owned(),
        hall: DEFAULT_HALL.to_owned(),
    };
    let code = make_code(hub.store(), &holder, SystemClock.now()).unwrap().code;
    let other = SyncWindow::new();
    other.join(hub.url(), &code, None).unwrap();
    other.sync().unwrap();
    assert_eq!(
        (other.store().help_end().unwrap(), other.sync().unwrap().help_trouble),
        (None, None)
    );
}

#[test]
fn it_goes_by_stick_once_the_hub_is_known_to_have_a_list() {
    let (_folder, hub) = hub();
    let joined = |name: &str| {
        let window = SyncWindow::joined(&hub, hub.url(), name);
        window.desk().first_account("王敏", PIN).unwrap();
        window
    };
    let (three, seven) = (joined("03"), joined("07"));
    let carry = |window: &SyncWindow| {
        let (file, loaded) = window.ferry_out(0).unwrap();
        let (answer, _) = hub.ferry(&file).unwrap();
        assert_eq!(window.ferry_in(&answer).unwrap().report.help_trouble, None);
        (loaded.help, answer)
    };
    let view = three.desk().register_ledger(HELP, input("王敏"), None).unwrap();
    assert_eq!(carry(&three).0, 0, "an older hub could read nothing of a file with that in it");
    assert_eq!(unsent(&three), 1);
    let (file, loaded) = three.ferry_out(0).unwrap();
    assert_eq!((loaded.help, unsent(&three)), (1, 1), "a file on a stick has not arrived");
    let (answer, _) = hub.ferry(&file).unwrap();
    hub.ferry(&file).unwrap();
    three.ferry_in(&answer).unwrap();
    three.ferry_in(&answer).unwrap();
    assert_eq!(unsent(&three), 0);
    let (_, old) = carry(&seven);
    assert_eq!(ids(&seven, LedgerShow::Mine), [view.id.as_str()]);
    // By line meanwhile, and an answer that is older than that.
    note(&three, &view.id, "没人接");
    three.sync().unwrap();
    seven.sync().unwrap();
    seven.ferry_in(&old).unwrap();
    assert_eq!(seven.desk().ledger_entry(&view.id).unwrap().entry.missed, 1);
    assert_eq!(seven.store().help_end().unwrap().unwrap().0, 2);
}

#[test]
fn a_hub_of_before_holds_up_nothing_and_a_lying_one_changes_nothing() {
    let (_folder, hub) = hub();
    let line = FaultyLine::to(hub.address());
    let three = window(&hub, hub.url(), "03", "白哈斯");
    let view = three.desk().register_ledger(HELP, input("王敏"), None).unwrap();
    three.sync().unwrap();
    let seven = SyncWindow::joined(&hub, &line.url(), "07");
    seven.desk().first_account("王敏", PIN).unwrap();
    seven.desk().register_ledger(HELP, input("王敏"), None).unwrap();
    let unknown = json!({ "code": "not-found", "message": "没有", "retry": false });
    line.next_of(help::PATH, Fault::Replace(404, unknown.to_string().into_bytes()));
    let report = seven.sync().unwrap();
    assert_eq!((report.help_trouble, unsent(&seven)), (None, 1));
    assert!(!seven.store().hub_has_help().unwrap());
    assert_eq!(seven.ferry_out(0).unwrap().1.help, 0);

    let lies: Vec<Fault> = vec![
        Fault::alter(|j| j["records"][0]["signature"] = json!("AAAA")),
        Fault::alter(|j| j["records"][0]["hash"] = json!("0".repeat(64))),
        Fault::alter(|j| j["records"][0]["text"] = json!("{}")),
        Fault::alter(|j| j["asked"]["seq"] = json!(9)),
        Fault::alter(|j| j["from"]["seq"] = json!(9)),
        Fault::alter(|j| {
            j["records"] = json!([]);
            j["more"] = json!(true);
        }),
        Fault::Replace(200, b"{}".to_vec()),
    ];
    for (nth, lie) in lies.into_iter().enumerate() {
        line.next_of(help::PATH, lie);
        let report = seven.sync().unwrap();
        assert_eq!(report.help_trouble, Some("bad-hub-answer"), "{nth}");
        assert_eq!(seven.store().help_end().unwrap(), None, "{nth}");
        assert!(seven.desk().ledger_entry(&view.id).is_err());
    }
    assert_eq!(seven.sync().unwrap().help_trouble, None);
    assert_eq!((ids(&seven, LedgerShow::All).len(), unsent(&seven)), (2, 0));
}

#[test]
fn a_window_that_came_back_from_a_backup_gets_the_list_again() {
    let (_folder, hub) = hub();
    let now = || SystemClock.now();
    let data = tempfile::tempdir().unwrap();
    // In a folder as the program keeps it, with its key beside it.
    let own = |folder: &std::path::Path| {
        let store = Store::open(folder, None).unwrap();
        yichuang_desk::Desk::new(
            store,
            std::sync::Arc::new(yichuang_desk::SystemClock),
            &program::fonts(),
        )
    };
    let desk = own(data.path());
    yichuang_sync::enrol(desk.store(), hub.url(), &hub.code("03"), None, &now).unwrap();
    desk.first_account("王敏", PIN).unwrap();
    let (sync, reader) = (NoShelf, RecoveryReader::new());
    let exchange = |desk: &yichuang_desk::Desk| {
        yichuang_sync::run(desk.store(), &sync, &now, &Default::default()).unwrap()
    };
    desk.register_ledger(HELP, input("王敏"), None).unwrap();
    exchange(&desk);
    let file = tempfile::NamedTempFile::new().unwrap().into_temp_path();
    let key = key::open(data.path(), None).unwrap();
    back_up(data.path(), &key, &reader.public(), &file, now(), &mut |_, _| {}).unwrap();
    let later = desk.register_ledger(HELP, input("额尔敦"), None).unwrap();
    exchange(&desk);
    let lost = desk.register_ledger(HELP, input("白哈斯"), None).unwrap();
    drop(desk);

    // Onto the same folder: what only this window has is not replaced.
    let refused = restore(data.path(), &file, &reader, None, now(), &mut |_, _| {}).unwrap_err();
    assert!(matches!(refused, BackupError::UnsentWork { ledger: 1, .. }), "{refused}");
    let fresh = tempfile::tempdir().unwrap();
    restore(fresh.path(), &file, &reader, None, now(), &mut |_, _| {}).unwrap();
    let back = own(fresh.path());
    back.sign_in(&back.clerks().unwrap()[0].id, PIN).unwrap();
    let written = back.register_ledger(HELP, input("王敏"), None).unwrap();
    exchange(&back);
    assert!(back.ledger_entry(&later.id).is_ok(), "what had arrived comes back");
    assert!(back.ledger_entry(&later.id).unwrap().window.is_none(), "and is this window's");
    assert!(back.ledger_entry(&lost.id).is_err());
    assert_eq!(back.store().unsent_help().unwrap(), 0);
    assert_ne!(written.entry.number, lost.entry.number);
    // The copy that was thought lost lives on, and both are right.
    let old = own(data.path());
    exchange(&old);
    exchange(&back);
    assert!(back.store().ledger_entry(&lost.id).unwrap().is_some());
    assert!(old.store().ledger_entry(&written.id).unwrap().is_some());
}

/// Takes no guide.
struct NoShelf;

impl yichuang_sync::GuideShelf for NoShelf {
    fn wants(
        &self,
        _: &yichuang_protocol::ReleaseStatement,
    ) -> Result<bool, yichuang_sync::Declined> {
        Ok(false)
    }

    fn take(
        &self,
        _: &yichuang_protocol::ReleaseStatement,
        _: &[u8],
    ) -> Result<(), yichuang_sync::Declined> {
        Ok(())
    }
}
