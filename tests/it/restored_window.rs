//! A window that is put back to a backup: what it had sent comes back, what it writes meets nothing
//! that it wrote before, and nothing stops.

use jiff::Timestamp;
use jiff::civil::date;
use tempfile::TempDir;
use yichuang_domain::case::event::{Actor, CaseId, EventBody};
use yichuang_domain::case::{Case, CaseState};
use yichuang_domain::numbering::{CaseNumber, NumberSource};
use yichuang_hub::{Clock as _, SystemClock};
use yichuang_protocol::ferry::SCAN_BYTES;
use yichuang_storage::backup::{RecoveryReader, back_up, restore};
use yichuang_storage::{Enrolment, Store, key};
use yichuang_tests::faults::FaultyLine;
use yichuang_tests::hub::TestHub;
use yichuang_tests::hub_program::HubProgram;
use yichuang_tests::program;
use yichuang_tests::sync_window::{acceptance, filing};

/// A window in a folder as the program keeps it, with its key beside it.
struct Window {
    data: TempDir,
    store: Store,
}

fn now() -> Timestamp {
    SystemClock.now()
}

fn actor() -> Actor {
    Actor { id: "1001".to_owned(), name: "白哈斯".to_owned() }
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

impl Window {
    fn open(data: TempDir) -> Self {
        let store = Store::open(data.path(), None).unwrap();
        Self { data, store }
    }

    fn new() -> Self {
        Self::open(tempfile::tempdir().unwrap())
    }

    fn join(&self, url: &str, code: &str) {
        yichuang_sync::enrol(&self.store, url, code, None, &now).unwrap();
    }

    fn joined(hub: &TestHub) -> Self {
        let this = Self::new();
        this.join(hub.url(), &hub.code("03"));
        this
    }

    fn enrolment(&self) -> Enrolment {
        self.store.enrolment().unwrap().unwrap()
    }

    /// Files and accepts a case, numbered as the program does.
    fn file(&self) -> Case {
        let e = self.enrolment();
        let source = NumberSource {
            region: e.region,
            station: e.station,
            device: e.device_code,
            practice: e.trial,
        };
        let id = CaseId::now_v7();
        let written: Result<Case, yichuang_storage::StorageError> = self.store.write(|tx| {
            let number = tx.next_number(&source, date(2026, 3, 2))?;
            tx.append(&actor(), id, vec![filing(number, e.trial), acceptance()], now())
        });
        written.unwrap()
    }

    fn go_on(&self, case: CaseId) {
        let written: Result<Case, yichuang_storage::StorageError> = self
            .store
            .write(|tx| tx.append(&actor(), case, vec![EventBody::ReviewStarted {}], now()));
        written.unwrap();
    }

    fn sync(&self) -> yichuang_sync::SyncReport {
        yichuang_sync::run(&self.store, &NoShelf, &now, &Default::default()).unwrap()
    }

    fn back_up(&self, reader: &RecoveryReader) -> tempfile::TempPath {
        let file = tempfile::NamedTempFile::new().unwrap().into_temp_path();
        let own = key::open(self.data.path(), None).unwrap();
        let recovery = reader.public();
        back_up(self.data.path(), &own, &recovery, &file, now(), &mut |_, _| {}).unwrap();
        file
    }

    fn state(&self, case: &Case) -> Option<CaseState> {
        self.store.case(&case.id.to_string()).unwrap().map(|case| case.state)
    }

    fn count(&self) -> u32 {
        self.store.count_cases(&Default::default()).unwrap()
    }
}

fn come_back(file: &std::path::Path, reader: &RecoveryReader) -> Window {
    let data = tempfile::tempdir().unwrap();
    restore(data.path(), file, reader, None, now(), &mut |_, _| {}).unwrap();
    Window::open(data)
}

/// Window and hub know the same cases, each in the same state, with nothing unsent and no conflict.
fn compare(hub: &TestHub, window: &Window, cases: usize) {
    assert_eq!(window.store.unsent_events().unwrap(), 0);
    let listed = hub.cases();
    assert_eq!((listed.len(), window.count()), (cases, cases as u32));
    for there in listed {
        let here = window.store.case(&there.case_id).unwrap().unwrap();
        assert_eq!(here.number.as_str(), there.case_number);
        assert_eq!((here.state.as_str(), there.rejected), (there.state, 0));
        assert_eq!(window.store.case_events(here.id).unwrap().len() as u64, there.events);
        assert!(here.conflicts.is_empty(), "{:?}", here.conflicts);
    }
    let audit = window.store.audit().unwrap();
    assert!(audit.findings.is_empty(), "{:?}", audit.findings);
}

#[test]
fn what_was_sent_after_the_backup_comes_back() {
    let folder = tempfile::tempdir().unwrap();
    let hub = TestHub::start(folder.path(), false);
    let (reader, old) = (RecoveryReader::new(), Window::joined(&hub));
    let first = [old.file(), old.file(), old.file()];
    old.sync();
    let backup = old.back_up(&reader);
    let later = [old.file(), old.file()];
    old.go_on(first[0].id);
    old.sync();
    hub.grant(later[0].number.as_str()).unwrap();
    // Never sent: they are lost with the machine, their numbers are in applicants' hands.
    let lost = [old.file(), old.file()];

    let new = come_back(&backup, &reader);
    assert_eq!(new.count(), 3);
    // Work goes on at once, before anybody hears of the hub.
    let fresh = new.file();
    new.go_on(first[1].id);
    let report = new.sync();
    assert_eq!((report.recovered, report.sent, report.hub_was_behind), (5, 3, false));
    for case in &later {
        assert!(new.state(case).is_some(), "{}", case.number);
    }
    assert_eq!(new.state(&later[0]), Some(CaseState::Decided));
    assert_eq!(new.state(&first[0]), Some(CaseState::InReview));
    let again = new.file();
    let given = [&first[..], &later, &lost].concat();
    for case in [&fresh, &again] {
        assert!(given.iter().all(|old| old.number != case.number), "{} twice", case.number);
        assert_eq!(case.origin, new.enrolment().origin);
    }
    new.go_on(later[1].id);
    assert_eq!(new.sync().recovered, 0);
    compare(&hub, &new, 7);
    // What the office decides of a case of the new log arrives as ever.
    hub.grant(fresh.number.as_str()).unwrap();
    new.sync();
    assert_eq!(new.state(&fresh), Some(CaseState::Decided));
    compare(&hub, &new, 7);
}

#[test]
fn what_the_backup_has_and_the_hub_does_not_is_sent() {
    let folder = tempfile::tempdir().unwrap();
    let hub = TestHub::start(folder.path(), false);
    let (reader, old) = (RecoveryReader::new(), Window::joined(&hub));
    old.file();
    old.sync();
    old.file();
    let waiting = old.file();
    let backup = old.back_up(&reader);
    drop(old);
    let new = come_back(&backup, &reader);
    assert_eq!(new.store.unsent_events().unwrap(), 4);
    new.go_on(waiting.id);
    let report = new.sync();
    assert_eq!((report.recovered, report.sent), (0, 5));
    compare(&hub, &new, 3);
}

/// Files a case with a number that belongs to another window, which no hub takes.
fn file_wrongly(window: &Window, number: &CaseNumber) -> CaseId {
    let id = CaseId::now_v7();
    let written: Result<Case, yichuang_storage::StorageError> = window.store.write(|tx| {
        tx.append(&actor(), id, vec![filing(number.clone(), false), acceptance()], now())
    });
    written.unwrap().id
}

/// The cases that count as refused, with the places in their log.
fn refused(window: &Window) -> Vec<(String, u64, String)> {
    let parked = window.store.parked().unwrap().into_iter();
    parked.map(|p| (p.log, p.seq, p.case)).collect()
}

/// Two logs of one window have places of the same number, and a refusal is of one of them.
#[test]
fn what_was_refused_stays_refused_in_whichever_log() {
    let folder = tempfile::tempdir().unwrap();
    let hub = TestHub::start(folder.path(), false);
    let (reader, old) = (RecoveryReader::new(), Window::joined(&hub));
    let other = Window::new();
    other.join(hub.url(), &hub.code("04"));
    let before = file_wrongly(&old, &other.file().number);
    // One backup of before the hub said no, and one of after.
    let unaware = old.back_up(&reader);
    old.sync();
    let first_log = old.store.own_log().unwrap();
    let of_before = [1, 2].map(|seq| (first_log.clone(), seq, before.to_string()));
    assert_eq!(refused(&old), of_before);
    let aware = old.back_up(&reader);
    for backup in [&aware, &unaware] {
        let new = come_back(backup, &reader);
        let after = file_wrongly(&new, &other.file().number);
        let good = new.file();
        for _ in 0..2 {
            assert_eq!(new.sync().rejected, refused(&new).len() as u64);
            let log = new.store.own_log().unwrap();
            let of_after = [1, 2].map(|seq| (log.clone(), seq, after.to_string()));
            let own = |places: &[(String, u64, String)]| {
                refused(&new).iter().filter(|one| places.contains(one)).count()
            };
            assert_eq!((own(&of_before), own(&of_after)), (2, 2), "{:?}", refused(&new));
        }
        // What follows of it in the new log waits with it, at the hub as here.
        new.go_on(before);
        new.sync();
        let behind = (new.store.own_log().unwrap(), 5, before.to_string());
        assert!(refused(&new).contains(&behind), "{:?}", refused(&new));
        assert_eq!(new.state(&good), Some(CaseState::Accepted));
    }
}

/// Nobody can make sure that the PC that was replaced never runs again: then both go on.
#[test]
fn the_copy_that_was_thought_dead_does_no_harm() {
    let folder = tempfile::tempdir().unwrap();
    let hub = TestHub::start(folder.path(), false);
    let (reader, old) = (RecoveryReader::new(), Window::joined(&hub));
    let shared = old.file();
    old.sync();
    let backup = old.back_up(&reader);
    let twins = [come_back(&backup, &reader), come_back(&backup, &reader)];
    let all = [&old, &twins[0], &twins[1]];
    let mut numbers = vec![shared.number.clone()];
    for _ in 0..3 {
        for window in all {
            numbers.push(window.file().number);
            window.sync();
        }
    }
    numbers.sort();
    numbers.dedup();
    assert_eq!(numbers.len(), 10, "a number was given twice");
    for window in all {
        window.sync();
    }
    for window in all {
        compare(&hub, window, 10);
    }
}

/// Back to an older backup once more, and once more: everything that arrived is there each time.
#[test]
fn again_and_again() {
    let folder = tempfile::tempdir().unwrap();
    let hub = TestHub::start(folder.path(), false);
    let (reader, first) = (RecoveryReader::new(), Window::joined(&hub));
    first.file();
    first.sync();
    let oldest = first.back_up(&reader);
    let mut window = first;
    for round in 0..3 {
        window = come_back(&oldest, &reader);
        window.file();
        window.sync();
        compare(&hub, &window, 2 + round);
    }
    let newer = window.back_up(&reader);
    window.file();
    window.sync();
    let window = come_back(&newer, &reader);
    window.file();
    window.sync();
    compare(&hub, &window, 6);
}

/// A month without a network: the work of before and after the backup leaves by stick.
#[test]
fn sticks_carry_both_logs() {
    let folder = tempfile::tempdir().unwrap();
    let hub = TestHub::start(folder.path(), false);
    let (reader, old) = (RecoveryReader::new(), Window::joined(&hub));
    let sent = old.file();
    old.sync();
    let unsent = old.file();
    let backup = old.back_up(&reader);
    // A stick that was written before the machine was lost, and arrives last.
    let late = carried(&old);
    let new = come_back(&backup, &reader);
    new.go_on(sent.id);
    new.go_on(unsent.id);
    let fresh = new.file();
    let (answer, ferried) = hub.ferry(&carried(&new)).unwrap();
    assert_eq!((ferried.new, ferried.rejected), (6, 0));
    let progress = Default::default();
    let unloaded = yichuang_sync::ferry::unload(
        &new.store,
        std::io::Cursor::new(answer),
        &NoShelf,
        &now,
        &progress,
    );
    assert_eq!(unloaded.unwrap().report.acknowledged, 4);
    let (_, ferried) = hub.ferry(&late).unwrap();
    assert_eq!((ferried.new, ferried.rejected), (0, 0));
    hub.grant(fresh.number.as_str()).unwrap();
    new.sync();
    assert_eq!(new.state(&fresh), Some(CaseState::Decided));
    compare(&hub, &new, 3);
}

fn carried(window: &Window) -> Vec<u8> {
    let mut file = Vec::new();
    yichuang_sync::ferry::load(&window.store, &mut file, SCAN_BYTES, &now, &Default::default())
        .unwrap();
    file
}

/// A device that joined may name logs of its own, a bounded number of them, and no others.
#[test]
fn nobody_asks_for_the_log_of_another_window() {
    use yichuang_protocol::pull::{self, PullRequest};
    use yichuang_tests::raw_window::{RawWindow, post};
    let folder = tempfile::tempdir().unwrap();
    let hub = TestHub::start(folder.path(), false);
    let mut one = RawWindow::join(hub.url(), &hub.code("03"), 1);
    let two = RawWindow::join(hub.url(), &hub.code("04"), 2);
    let token = one.session(hub.url());
    let filed = one.file(CaseId::from_u128(1));
    one.push(hub.url(), &token, &[filed]).unwrap();
    let own = PullRequest { log: one.joined.origin.clone(), after: 0 };
    let told = post(hub.url(), pull::PATH, &token, &own).unwrap();
    assert_eq!(told.body["events"].as_array().map(Vec::len), Some(1));
    let other = two.session(hub.url());
    for log in [one.joined.origin.clone(), format!("{}.abc", one.joined.origin)] {
        let told = post(hub.url(), pull::PATH, &other, &PullRequest { log, after: 0 }).unwrap();
        assert_eq!((told.status, told.code()), (409, "gap"));
    }
}

/// Window and hub both come back from backups, the hub from one of before the window's.
#[test]
fn the_hub_was_put_back_as_well() {
    let folder = tempfile::tempdir().unwrap();
    let mut hub = TestHub::start(folder.path(), false);
    let line = FaultyLine::to(hub.address());
    let (reader, old) = (RecoveryReader::new(), Window::new());
    old.join(&line.url(), &hub.code("03"));
    old.file();
    old.sync();
    hub.stop();
    let earlier = tempfile::tempdir().unwrap();
    for name in std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()) {
        if folder.path().join(&name).is_file() {
            std::fs::copy(folder.path().join(&name), earlier.path().join(&name)).unwrap();
        }
    }
    let mut hub = TestHub::start(folder.path(), false);
    line.lead_to(hub.address());
    old.file();
    old.sync();
    let backup = old.back_up(&reader);
    let lost = old.file();
    old.sync();
    let new = come_back(&backup, &reader);
    let fresh = new.file();
    assert_eq!(new.sync().recovered, 2);
    hub.stop();

    let hub = TestHub::start(earlier.path(), false);
    line.lead_to(hub.address());
    new.go_on(lost.id);
    let error = yichuang_sync::run(&new.store, &NoShelf, &now, &Default::default()).unwrap_err();
    assert_eq!((error.code(), error.is_passing()), ("hub-behind", true));
    new.sync();
    new.go_on(fresh.id);
    new.sync();
    compare(&hub, &new, 4);
}

/// The programs themselves: three cases, a backup, two more, and another PC.
#[test]
fn the_program_backs_up_and_another_pc_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    let (burnt, new) = (folder.path().join("burnt"), folder.path().join("new"));
    let hub = HubProgram::start(&folder.path().join("hub"));
    hub.enrol(&burnt);
    let scenario = program::fixture("scenarios/s01-m01.json").display().to_string();
    let play = |data: &std::path::Path| {
        let told = program::answered(data, &["play", &scenario]);
        assert!(told.status.success(), "{told:?}");
        program::printed(&told)["case_number"].as_str().unwrap().to_owned()
    };
    let mut numbers: Vec<String> = (0..3).map(|_| play(&burnt)).collect();
    assert!(program::answered(&burnt, &["sync"]).status.success());
    let file = folder.path().join("03.backup").display().to_string();
    let backed = program::answered(&burnt, &["backup", &file]);
    assert!(backed.status.success(), "{backed:?}");
    let told = program::printed(&backed);
    let recovery = told["recovery_key"].as_str().unwrap().to_owned();
    assert_eq!(told["cases"], 3);
    numbers.extend((0..2).map(|_| play(&burnt)));
    assert!(program::answered(&burnt, &["sync"]).status.success());
    numbers.push(play(&burnt));

    let come_back = |data: &std::path::Path, key: &str| {
        let mut command = program::command("yichuang");
        command.env("YICHUANG_RECOVERY_KEY", key).arg("--data").arg(data);
        command.args(["--json", "restore", &file]).output().unwrap()
    };
    let other = RecoveryReader::new();
    let refused = come_back(&new, &other.text());
    assert_eq!(refused.status.code(), Some(2));
    assert_eq!(program::printed(&refused)["code"], "backup-other-key");
    // What only the old PC has is not removed from it.
    let refused = come_back(&burnt, &recovery);
    assert_eq!(program::printed(&refused)["code"], "unsent-work");
    let restored = come_back(&new, &recovery);
    assert!(restored.status.success(), "{restored:?}");
    for said in [&backed.stderr, &restored.stdout, &restored.stderr] {
        assert!(!String::from_utf8_lossy(said).contains("AGE-SECRET-KEY"), "the key was shown");
    }
    numbers.push(play(&new));
    assert!(program::answered(&new, &["sync"]).status.success());
    numbers.push(play(&new));
    assert!(program::answered(&new, &["sync"]).status.success());
    numbers.sort();
    numbers.dedup();
    assert_eq!(numbers.len(), 8, "a number was given twice: {numbers:?}");
    // All but the one that nobody else had.
    let cases = program::printed(&program::answered(&new, &["cases"]));
    assert_eq!(cases.as_array().map(Vec::len), Some(7), "{cases}");
    assert_eq!(hub.cases().len(), 7);
    let audit = program::answered(&new, &["audit"]);
    assert!(audit.status.success(), "{audit:?}");
}
