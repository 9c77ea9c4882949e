//! A window: real encrypted records, and what its clerk was told.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::io::Cursor;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use jiff::Timestamp;
use yichuang_domain::attachment::Announced;
use yichuang_domain::case::Case;
use yichuang_domain::case::event::{Actor, CaseId, EventBody, EventPlace, Holder, sha256_hex};
use yichuang_domain::document::{DocumentKind, DocumentNumber};
use yichuang_domain::evaluation::{Evaluation, EvaluationChannel, Satisfaction};
use yichuang_domain::numbering::{CaseNumber, NumberSource};
use yichuang_protocol::ReleaseStatement;
use yichuang_protocol::ferry::{Progress, SCAN_BYTES};
use yichuang_storage::key::Key;
use yichuang_storage::{
    ArchivedDocument, CaseListRow, CaseQuery, Enrolment, StorageError, Store, Tx,
};
use yichuang_sync::{Declined, GuideShelf, SyncError, SyncReport, ferry};
use yichuang_tests::sync_window::{acceptance, day, filing_with_material};

use crate::line::{Net, SimLine};

/// A case that the clerk was told is filed, its receipt in the applicant's hand.
pub struct Receipt {
    /// The case.
    pub case: CaseId,
    /// 办件编号.
    pub number: CaseNumber,
    /// The paper.
    pub paper: DocumentNumber,
    /// Whether its number is one that the hub must refuse.
    pub bad: bool,
}

/// A scan that the clerk was told is kept.
pub struct Scan {
    /// Of which case.
    pub case: CaseId,
    /// SHA-256 of its bytes.
    pub hash: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// A window.
pub struct Window {
    folder: PathBuf,
    key: [u8; 32],
    store: Option<Store>,
    /// What its clock shows beyond the true time, in milliseconds.
    pub clock_off: i64,
    /// What was handed out.
    pub receipts: Vec<Receipt>,
    /// What was scanned.
    pub scans: Vec<Scan>,
    /// How many events the clerk knows to be kept.
    pub told: u64,
    /// What the clerk knows to be written into the list of 帮您办.
    pub helped: BTreeSet<String>,
    cases: u128,
}

struct NoGuide;

impl GuideShelf for NoGuide {
    fn wants(&self, _: &ReleaseStatement) -> Result<bool, Declined> {
        Ok(false)
    }

    fn take(&self, _: &ReleaseStatement, _: &[u8]) -> Result<(), Declined> {
        Ok(())
    }
}

fn source(enrolment: Enrolment) -> NumberSource {
    NumberSource {
        region: enrolment.region,
        station: enrolment.station,
        device: enrolment.device_code,
        practice: enrolment.trial,
    }
}

/// A number that is another device's.
fn stolen(own: &CaseNumber, other: &NumberSource) -> CaseNumber {
    let sequence = own.as_str().bytes().fold(7, |n: u32, b| n.wrapping_mul(31) + u32::from(b));
    CaseNumber::new(other, day(), sequence % 900 + 100)
}

impl Window {
    /// The `nth` window, which joins a hub over a good line.
    pub fn joined(folder: &Path, nth: usize, net: &RefCell<Net>, code: &str) -> Self {
        let folder = folder.join(format!("window-{nth}"));
        std::fs::create_dir(&folder).expect("a folder");
        let key = [nth as u8 + 1; 32];
        let cases = (nth as u128 + 1) << 64;
        let (receipts, scans, told) = (Vec::new(), Vec::new(), 0);
        let mut this = Self {
            folder,
            key,
            store: None,
            clock_off: 0,
            receipts,
            scans,
            told,
            helped: BTreeSet::new(),
            cases,
        };
        this.reopen();
        let clock = net.borrow().clock.clone();
        let line = SimLine(net);
        let kept = ("http://127.0.0.1:1", None);
        yichuang_sync::enrol_over(&line, this.store(), kept, code, &|| clock.off_by(0))
            .expect("the window joins");
        this
    }

    /// The key of the records, in hex.
    pub fn key(&self) -> String {
        self.key.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// The database file.
    pub fn database(&self) -> PathBuf {
        self.folder.join(yichuang_storage::DATABASE_FILE)
    }

    /// The records.
    pub fn store(&self) -> &Store {
        self.store.as_ref().expect("the program runs")
    }

    /// The program ends wherever it is, and is started again.
    pub fn reopen(&mut self) {
        self.store = None;
        let opened = Store::open_with_key(&self.folder, &Key::from_bytes(self.key));
        self.store = Some(opened.expect("the records open"));
    }

    /// What the hub knows this window by.
    pub fn enrolment(&self) -> Enrolment {
        self.store().enrolment().expect("readable").expect("joined")
    }

    fn write(
        &mut self,
        action: impl FnOnce(&Tx<'_>) -> Result<u64, StorageError>,
    ) -> Result<(), String> {
        match self.store().write(action) {
            Ok(events) => {
                self.told += events;
                Ok(())
            }
            Err(error) => Err(error.to_string()),
        }
    }

    /// A clerk files a case and prints its receipt. With `other`, under a number of that device.
    pub fn file(&mut self, now: Timestamp, other: Option<Enrolment>) -> Result<(), String> {
        self.cases += 1;
        let case = CaseId::from_u128(self.cases);
        let own = source(self.enrolment());
        let bad = other.is_some();
        let mut receipt = None;
        self.write(|tx| {
            let mut number = tx.next_number(&own, day())?;
            if let Some(other) = other {
                number = stolen(&number, &source(other));
            }
            let paper =
                DocumentNumber::new(&number, number.device(), DocumentKind::MaterialReceipt, 1);
            let pdf = format!("%PDF of {paper}").into_bytes();
            let sha256 = sha256_hex(&pdf);
            let archived = ArchivedDocument {
                number: paper.to_string(),
                case: case.to_string(),
                kind: "material-receipt".to_owned(),
                sha256: sha256.clone(),
                parts: 2,
                words: None,
                pdf,
            };
            let kind = DocumentKind::MaterialReceipt;
            let issued =
                EventBody::DocumentIssued { kind, number: paper.clone(), sha256, formal: None };
            let filed = filing_with_material(number.clone(), false);
            let bodies = vec![filed, issued, acceptance()];
            let events = bodies.len() as u64;
            tx.append(&clerk(), case, bodies, now)?;
            tx.archive_document(&archived, now)?;
            receipt = Some(Receipt { case, number, paper, bad });
            Ok(events)
        })?;
        self.receipts.extend(receipt);
        Ok(())
    }

    /// The cases that it has in hand, as far as it knows.
    pub fn in_hand(&self) -> Vec<Case> {
        let all = CaseQuery { in_hand: true, limit: u32::MAX, ..CaseQuery::default() };
        let rows = self.store().list_cases(&all).expect("readable");
        let case = |row: &CaseListRow| self.store().case(&row.id).expect("readable");
        rows.iter().filter_map(case).collect()
    }

    /// A clerk goes on with a case.
    pub fn go_on(&mut self, now: Timestamp, case: CaseId) -> Result<(), String> {
        self.act(now, case, EventBody::ReviewStarted {})
    }

    /// An applicant says how a service was, or that they do not want to.
    pub fn judge(&mut self, now: Timestamp, case: CaseId, given: bool) -> Result<(), String> {
        let said = Evaluation {
            satisfaction: Satisfaction::Fair,
            reasons: Vec::new(),
            words: String::new(),
        };
        let body = EventBody::Evaluated {
            service: day(),
            channel: EvaluationChannel::Screen,
            evaluation: given.then_some(said),
        };
        self.act(now, case, body)
    }

    /// A clerk puts the applicant's name right, as far as they know it.
    pub fn correct(&mut self, now: Timestamp, case: &Case, name: &str) -> Result<(), String> {
        let (was, mut right) = (case.parties(), case.parties());
        right.applicant.party.name = name.to_owned();
        let reason = "录入有误".to_owned();
        let body = EventBody::PartiesCorrected { was, now: right, on: day(), reason };
        self.act(now, case.id, body)
    }

    fn act(&mut self, now: Timestamp, case: CaseId, body: EventBody) -> Result<(), String> {
        self.write(|tx| {
            tx.append(&clerk(), case, vec![body], now)?;
            Ok(1)
        })
    }

    /// As its cases name it.
    pub fn holder(&self) -> Holder {
        let Enrolment { origin, device_code: device, window, .. } = self.enrolment();
        Holder { origin, device, window }
    }

    /// A clerk hands a case on to another window.
    pub fn hand_on(&mut self, now: Timestamp, case: CaseId, to: Holder) -> Result<(), String> {
        let from = self.holder();
        let body = EventBody::Transferred { from, to, on: day(), reason: "换班".to_owned() };
        self.act(now, case, body)
    }

    /// A clerk asks for a case of another window.
    pub fn want(&mut self, now: Timestamp, number: &CaseNumber) -> Result<(), String> {
        self.write(|tx| {
            tx.want_case(number, (&clerk(), "申请人在场"), now)?;
            Ok(0)
        })
    }

    /// A clerk says what is to become of the first open conflict of a case.
    pub fn settle(&mut self, now: Timestamp, case: &Case, adopt: bool) -> Result<(), String> {
        let Some(conflict) = case.open_conflicts().next() else { return Ok(()) };
        let of = EventPlace { origin: conflict.origin.clone(), seq: conflict.seq };
        let adopted = adopt && case.may_adopt(conflict);
        let body = EventBody::ConflictSettled { of, adopted, reason: "核实过".to_owned() };
        self.act(now, case.id, body)
    }

    /// A clerk adds a scan to a case.
    pub fn attach(&mut self, now: Timestamp, case: CaseId, bytes: Vec<u8>) -> Result<(), String> {
        let announced = Announced::of("扫描.pdf", &bytes).map_err(|error| error.to_string())?;
        let fresh = self.store().add_attachment(&announced, &bytes);
        let fresh = fresh.map_err(|error| error.to_string())?;
        let (material, said) = ("m1".to_owned(), announced.clone());
        let body = EventBody::AttachmentAdded { material, announced: said };
        self.write(|tx| {
            tx.hold(&fresh)?;
            tx.append(&clerk(), case, vec![body], now)?;
            Ok(1)
        })?;
        self.scans.push(Scan { case, hash: announced.hash, bytes });
        Ok(())
    }

    /// Syncs once.
    pub fn sync(&self, net: &RefCell<Net>, cancel: bool) -> Result<SyncReport, SyncError> {
        let clock = net.borrow().clock.clone();
        let off = self.clock_off;
        let now = || clock.off_by(off);
        let cancel = AtomicBool::new(cancel);
        yichuang_sync::run_over(&SimLine(net), self.store(), &NoGuide, &now, &cancel)
    }

    /// Writes what is unsent into a ferry file.
    pub fn ferry_out(&self, now: Timestamp) -> Result<Vec<u8>, SyncError> {
        let mut file = Vec::new();
        ferry::load(self.store(), &mut file, SCAN_BYTES, &|| now, &Progress::default())?;
        Ok(file)
    }

    /// Takes in the hub's answer.
    pub fn ferry_in(&self, now: Timestamp, answer: &[u8]) -> Result<ferry::Unloaded, SyncError> {
        let progress = Progress::default();
        ferry::unload(self.store(), Cursor::new(answer), &NoGuide, &|| now, &progress)
    }

    /// How many events of people it holds: all that are not given back to a hub.
    pub fn acted(&self) -> u64 {
        let own = self.store().unsent(0, usize::MAX >> 1).expect("readable");
        own.iter().filter(|event| !event.text.contains(r#"{"type":"relayed","#)).count() as u64
    }
}

fn clerk() -> Actor {
    Actor { id: "1001".to_owned(), name: "白哈斯".to_owned() }
}
