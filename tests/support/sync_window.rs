//! A window without a screen: its real encrypted records, and the real sync.

use std::io::Cursor;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use jiff::Timestamp;
use jiff::civil::Date;
use tempfile::TempDir;
use yichuang_desk::releases::Offer;
use yichuang_desk::{Desk, DeskError, SystemClock as MachineClock};
use yichuang_domain::applicant::{Applicant, ApplicantKind, Party};
use yichuang_domain::attachment::Announced;
use yichuang_domain::case::event::{Actor, CaseId, EventBody, GuideRef, MatterRef};
use yichuang_domain::case::{Case, CaseState};
use yichuang_domain::checklist::{Check, CheckedMaterial};
use yichuang_domain::identity::IdType;
use yichuang_domain::numbering::{CaseNumber, NumberSource};
use yichuang_hub::{Clock, SystemClock};
use yichuang_protocol::ferry::Progress;
use yichuang_protocol::{Position, ReleaseStatement};
use yichuang_storage::key::Key;
use yichuang_storage::{Enrolment, StorageError, Store};
use yichuang_sync::ferry::{self, Loaded, Unloaded};
use yichuang_sync::{Declined, GuideShelf, SyncError, SyncReport};

use super::hub::TestHub;
use super::program;

/// A window.
pub struct SyncWindow {
    folder: TempDir,
    key: Key,
    store: Store,
    desk: Desk,
    filed: u32,
}

fn now() -> Timestamp {
    SystemClock.now()
}

/// The day on which everything here happens.
pub fn day() -> Date {
    jiff::civil::date(2026, 3, 2)
}

/// The body of a filing.
pub fn filing(number: CaseNumber, practice: bool) -> EventBody {
    EventBody::Filed {
        number,
        matter: MatterRef {
            code: "11150785000000001X".to_owned(),
            name: "食品经营许可".to_owned(),
            department: "根河市市场监督管理局".to_owned(),
        },
        guide: GuideRef { release: 1, digest: "a".repeat(64) },
        filed_on: day(),
        applicant: Applicant {
            kind: ApplicantKind::Person,
            party: Party {
                name: "𠮷日嘎拉\"\\".to_owned(),
                id_type: IdType::ResidentId,
                id_number: "152127199001010019".to_owned(),
                phone: None,
                address: None,
            },
        },
        agent: None,
        answers: Default::default(),
        materials: Vec::new(),
        listed: Vec::new(),
        notify_by: None,
        practice,
        bundle: None,
    }
}

/// The body of a filing with one material, `m1`.
pub fn filing_with_material(number: CaseNumber, practice: bool) -> EventBody {
    let mut body = filing(number, practice);
    if let EventBody::Filed { materials, .. } = &mut body {
        let material = serde_json::json!({ "id": "m1", "name": "身份证" });
        materials.push(CheckedMaterial {
            material: serde_json::from_value(material).expect("a material"),
            check: Some(Check::Present),
            reason: String::new(),
        });
    }
    body
}

/// The body of an acceptance.
pub fn acceptance() -> EventBody {
    EventBody::Accepted { on: day(), due: None, deferred: Vec::new() }
}

impl SyncWindow {
    /// A window that joined no hub.
    pub fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let key = Key::random().expect("a key");
        let store = Store::open_with_key(folder.path(), &key).expect("a database");
        let desk = Desk::new(store.clone(), Arc::new(MachineClock), &program::fonts());
        Self { folder, key, store, desk, filed: 0 }
    }

    /// The program ends and is started again.
    pub fn reopen(&mut self) {
        self.store = Store::open_with_key(self.folder.path(), &self.key).expect("a database");
        self.desk = Desk::new(self.store.clone(), Arc::new(MachineClock), &program::fonts());
        self.desk.clear_scans();
    }

    /// A window that joined a hub at an address, which may be that of a proxy.
    pub fn joined(hub: &TestHub, url: &str, window: &str) -> Self {
        let this = Self::new();
        this.join(url, &hub.code(window), None).expect("the window joins");
        this
    }

    /// Its records.
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// Its desk.
    pub fn desk(&self) -> &Desk {
        &self.desk
    }

    /// Its folder.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Joins a hub.
    pub fn join(
        &self,
        url: &str,
        code: &str,
        authority: Option<&str>,
    ) -> Result<Enrolment, SyncError> {
        yichuang_sync::enrol(&self.store, url, code, authority, &now)
    }

    /// Syncs once.
    pub fn sync(&self) -> Result<SyncReport, SyncError> {
        self.sync_at(&now)
    }

    /// Syncs once, by another clock.
    pub fn sync_at(&self, now: &dyn Fn() -> Timestamp) -> Result<SyncReport, SyncError> {
        yichuang_sync::run(&self.store, &self.shelf(), now, &AtomicBool::new(false))
    }

    /// Writes a ferry file with at most so many bytes of scans.
    pub fn ferry_out(&self, room: u64) -> Result<(Vec<u8>, Loaded), SyncError> {
        let mut file = Vec::new();
        let loaded = ferry::load(&self.store, &mut file, room, &now, &Progress::default())?;
        Ok((file, loaded))
    }

    /// Takes in the hub's answer.
    pub fn ferry_in(&self, answer: &[u8]) -> Result<Unloaded, SyncError> {
        let progress = Progress::default();
        ferry::unload(&self.store, Cursor::new(answer), &self.shelf(), &now, &progress)
    }

    /// Where guide releases of the hub go: its desk.
    pub fn shelf(&self) -> impl GuideShelf + '_ {
        DeskShelf(&self.desk)
    }

    /// Syncs once; the code of the error where it fails.
    pub fn sync_code(&self) -> Result<SyncReport, &'static str> {
        self.sync().map_err(|error| error.code())
    }

    /// The next number of this device.
    pub fn next_number(&mut self) -> CaseNumber {
        let enrolment = self.store.enrolment().expect("readable").expect("joined");
        self.filed += 1;
        let source = NumberSource {
            region: enrolment.region,
            station: enrolment.station,
            device: enrolment.device_code,
            practice: enrolment.trial,
        };
        CaseNumber::new(&source, day(), self.filed)
    }

    /// Writes events of a case.
    pub fn write(&self, case: CaseId, bodies: Vec<EventBody>) -> Case {
        let actor = Actor { id: "1001".to_owned(), name: "白哈斯".to_owned() };
        self.store
            .write(|tx| tx.append(&actor, case, bodies, now()))
            .unwrap_or_else(|error: StorageError| panic!("{error}"))
    }

    /// Files and accepts a case.
    pub fn file(&mut self) -> Case {
        let number = self.next_number();
        let trial = number.is_practice();
        let case = CaseId::from_u128(u128::from(self.filed) + self.own_number());
        self.write(case, vec![filing(number, trial), acceptance()])
    }

    /// Files a case that has one material, `m1`.
    pub fn file_with_material(&mut self) -> Case {
        let number = self.next_number();
        let body = filing_with_material(number.clone(), number.is_practice());
        let case = CaseId::from_u128(u128::from(self.filed) + self.own_number());
        self.write(case, vec![body])
    }

    /// Adds a scan of `m1` to a case.
    pub fn attach(&self, case: CaseId, name: &str, bytes: &[u8]) -> Announced {
        let announced = Announced::of(name, bytes).expect("an attachment");
        let fresh = self.store.add_attachment(&announced, bytes).expect("room on the disk");
        let (material, said) = ("m1".to_owned(), announced.clone());
        let event = EventBody::AttachmentAdded { material, announced: said };
        let actor = Actor { id: "1001".to_owned(), name: "白哈斯".to_owned() };
        let written = self.store.write(|tx| {
            tx.hold(&fresh)?;
            tx.append(&actor, case, vec![event], now())
        });
        written.unwrap_or_else(|error: StorageError| panic!("{error}"));
        announced
    }

    /// A number no other window has, so that case ids differ.
    fn own_number(&self) -> u128 {
        let enrolment = self.store.enrolment().expect("readable").expect("joined");
        enrolment.device_code.bytes().fold(1, |n, b| n * 256 + u128::from(b)) << 32
    }

    /// The state of a case here.
    pub fn state(&self, case: CaseId) -> Option<CaseState> {
        self.store.case(&case.to_string()).expect("readable").map(|case| case.state)
    }

    /// How many of its own events count as unsent.
    pub fn unsent(&self) -> u64 {
        let head = self.store.head().expect("readable").seq;
        head - self.store.sync_state().expect("readable").acknowledged_seq
    }
}

/// As the program does it.
struct DeskShelf<'a>(&'a Desk);

fn offer(said: &ReleaseStatement) -> Offer<'_> {
    Offer { release: said.release, region: &said.region, digest: &said.digest }
}

fn declined(error: DeskError) -> Declined {
    Declined { code: error.code(), message: error.to_string() }
}

impl GuideShelf for DeskShelf<'_> {
    fn wants(&self, said: &ReleaseStatement) -> Result<bool, Declined> {
        self.0.wants_release(offer(said)).map_err(declined)
    }

    fn take(&self, said: &ReleaseStatement, text: &[u8]) -> Result<(), Declined> {
        self.0.take_release(offer(said), text).map_err(declined)
    }
}

impl Default for SyncWindow {
    fn default() -> Self {
        Self::new()
    }
}

/// Compares window and hub, event by event and case by case: nothing lost, nothing twice,
/// nothing changed.
pub fn compare_sides(hub: &TestHub, window: &SyncWindow) {
    let enrolment = window.store.enrolment().expect("readable").expect("joined");
    let own = window.store.head().expect("readable");
    let (head, (count, _)) = hub
        .store()
        .read::<_, yichuang_hub::StoreError>(|tx| {
            Ok((tx.head(&enrolment.origin)?, tx.count(&enrolment.origin)?))
        })
        .expect("readable");
    assert_eq!(head, Position { seq: own.seq, head: own.hash }, "the heads of the logs");
    assert_eq!(count, own.seq, "the number of events");
    assert_eq!(window.unsent(), 0, "unsent");
    let here = window.store.unsent(0, usize::MAX >> 1).expect("readable");
    let there = hub
        .store()
        .read(|tx| tx.events_after(&enrolment.origin, 0, usize::MAX >> 1))
        .expect("readable");
    assert!(here == there, "the bytes of the events");
    let report = window.store.audit().expect("readable");
    assert!(report.findings.is_empty(), "{:?}", report.findings);

    for listed in hub.cases().iter().filter(|case| case.device == enrolment.device_code) {
        let here = window.store.case(&listed.case_id).expect("readable").expect("the case");
        assert_eq!(here.number.as_str(), listed.case_number);
        if listed.rejected == 0 {
            assert_eq!(here.state.as_str(), listed.state, "{}", listed.case_number);
            let events = window.store.case_events(here.id).expect("readable");
            assert_eq!(events.len() as u64, listed.events, "{}", listed.case_number);
        }
    }
}
