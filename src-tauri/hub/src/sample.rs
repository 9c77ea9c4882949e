//! Devices and events for this crate's tests.

use jiff::Timestamp;
use jiff::civil::Date;
use yichuang_domain::applicant::{Applicant, ApplicantKind, Party};
use yichuang_domain::calendar::WorkCalendar;
use yichuang_domain::case::event::{
    Actor, CaseId, Decision, Event, EventBody, GuideRef, MatterRef, SealedEvent,
};
use yichuang_domain::evaluation::{Evaluation, EvaluationChannel, Satisfaction};
use yichuang_domain::identity::IdType;
use yichuang_domain::ledger::shared::{HelpRecord, SealedHelp};
use yichuang_domain::ledger::{
    LedgerAct, LedgerChannel, LedgerFacts, LedgerKind, LedgerLimitSet, LedgerRecord, NoteKind,
};
use yichuang_domain::numbering::CaseNumber;
use yichuang_protocol::enrol::{EnrolReply, EnrolRequest, proof};
use yichuang_protocol::help::SentHelp;
use yichuang_protocol::{Position, PrivateKey};

use crate::enrolment::{join, make_code};
use crate::store::{CodeHolder, Database, Device, HubStore, PostgresAddress};

pub(crate) fn now() -> Timestamp {
    "2026-03-02T01:30:00Z".parse().unwrap()
}

pub(crate) fn day() -> Date {
    "2026-03-02".parse().unwrap()
}

pub(crate) fn case(n: u128) -> CaseId {
    CaseId::from_u128(n)
}

/// Which engine a test's hub stands on.
#[derive(Clone, Copy, Debug)]
pub(crate) enum On {
    Sqlite,
    Postgres,
}

/// A database that goes away with the test.
pub(crate) struct Place {
    pub(crate) database: Database,
    _folder: tempfile::TempDir,
}

impl On {
    /// An empty database.
    pub(crate) fn place(self) -> Place {
        let folder = tempfile::tempdir().unwrap();
        let database = match self {
            Self::Sqlite => Database::Folder(folder.path().to_owned()),
            Self::Postgres => {
                let address = throwaway_postgres::Cluster::shared().database();
                Database::Postgres(Box::new(PostgresAddress::parse(&address, None).unwrap()))
            }
        };
        Place { database, _folder: folder }
    }

    /// A real hub on one.
    pub(crate) fn hub(self) -> (Place, HubStore) {
        let place = self.place();
        let store = HubStore::open_at(&place.database).unwrap();
        store.write(|tx| tx.settle_trial(false)).unwrap();
        (place, store)
    }
}

/// The contract of the store and of what stands on it: runs each of the named functions, which take
/// an [`On`], as a test on either engine. Those on PostgreSQL are left out where that may not be
/// installed; `cargo xtask test` installs it and runs them.
macro_rules! on_both_engines {
    ($($test:ident),* $(,)?) => {
        mod on_sqlite {
            $(#[test]
            fn $test() {
                super::$test($crate::sample::On::Sqlite);
            })*
        }
        mod on_postgres {
            $(#[test]
            #[ignore = "needs PostgreSQL"]
            fn $test() {
                super::$test($crate::sample::On::Postgres);
            })*
        }
    };
}
pub(crate) use on_both_engines;

pub(crate) fn code_for(store: &HubStore, window: &str) -> String {
    code_at(store, "ZX", window)
}

fn code_at(store: &HubStore, station: &str, window: &str) -> String {
    let holder = CodeHolder {
        region: "150785".to_owned(),
        station: station.to_owned(),
        window: window.to_owned(),
        hall: "根河市政务服务中心".to_owned(),
    };
    make_code(store, &holder, now()).unwrap().code
}

pub(crate) fn enrol_request(code: &str, key: &PrivateKey) -> EnrolRequest {
    let device_key = key.public().to_base64();
    let signature = key.signature(&proof(code, &device_key));
    EnrolRequest { code: code.to_owned(), device_key, signature }
}

pub(crate) fn enrolled(store: &HubStore, window: &str, key: &PrivateKey) -> (EnrolReply, Device) {
    enrolled_at(store, ("ZX", window), key)
}

pub(crate) fn enrolled_at(
    store: &HubStore,
    (station, window): (&str, &str),
    key: &PrivateKey,
) -> (EnrolReply, Device) {
    let code = code_at(store, station, window);
    let reply = join(store, &enrol_request(&code, key), now()).unwrap();
    let device = store.read(|tx| tx.device(&reply.origin)).unwrap().unwrap();
    (reply, device)
}

pub(crate) fn number(device: &Device, practice: bool, sequence: u32) -> CaseNumber {
    CaseNumber::new(&device.number_source(practice), day(), sequence)
}

pub(crate) fn filed(number: CaseNumber, practice: bool) -> EventBody {
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
                name: "𠮷日嘎拉".to_owned(),
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

/// What an applicant says of the service on the day of [`filed`].
pub(crate) fn rated(satisfaction: Satisfaction, words: &str) -> EventBody {
    let (reasons, words) = (Vec::new(), words.to_owned());
    let evaluation = Some(Evaluation { satisfaction, reasons, words });
    EventBody::Evaluated { service: day(), channel: EvaluationChannel::Screen, evaluation }
}

pub(crate) fn accepted() -> EventBody {
    EventBody::Accepted { on: day(), due: None, deferred: Vec::new() }
}

pub(crate) fn decided() -> EventBody {
    EventBody::Decided {
        decision: Decision::Granted,
        on: day(),
        reason: String::new(),
        result_number: None,
        basis: String::new(),
        remedies: String::new(),
    }
}

/// A device's log, written here as its window would.
#[derive(Clone)]
pub(crate) struct Log {
    pub(crate) origin: String,
    pub(crate) head: Position,
}

impl Log {
    pub(crate) fn of(device: &Device) -> Self {
        Self { origin: device.origin.clone(), head: Position::start() }
    }

    pub(crate) fn event(&self, case: CaseId, body: EventBody) -> Event {
        Event {
            origin: self.origin.clone(),
            seq: self.head.seq + 1,
            at: now(),
            clock_skew: None,
            lamport: self.head.seq + 1,
            actor: Actor { id: "1001".to_owned(), name: "白哈斯".to_owned() },
            case,
            body,
            prev_hash: self.head.head.clone(),
        }
    }

    pub(crate) fn keep(&mut self, sealed: SealedEvent) -> SealedEvent {
        self.head = Position { seq: self.head.seq + 1, head: sealed.hash.clone() };
        sealed
    }

    pub(crate) fn write(&mut self, case: CaseId, body: EventBody) -> SealedEvent {
        let sealed = SealedEvent::seal(&self.event(case, body)).unwrap();
        self.keep(sealed)
    }
}

/// A window that writes into its station's list of 帮您办.
pub(crate) struct Help {
    origin: String,
    number: String,
}

impl Help {
    pub(crate) fn of(device: &Device) -> Self {
        let number = format!("BN-{}-{}-20260302", device.station, device.code);
        Self { origin: device.log.clone(), number }
    }

    /// The record of an act in an entry.
    pub(crate) fn record(&self, entry: u128, upon: Option<&str>, act: LedgerAct) -> HelpRecord {
        let actor = Actor { id: "1001".to_owned(), name: "白哈斯".to_owned() };
        HelpRecord {
            origin: self.origin.clone(),
            entry: case(entry).to_string(),
            upon: upon.map(str::to_owned),
            record: LedgerRecord { at: now(), actor, act },
        }
    }

    /// What registers an entry.
    pub(crate) fn registers(&self, entry: u128) -> LedgerAct {
        let kind = LedgerKind::Assistance;
        let limits = LedgerLimitSet::default().of(kind);
        let facts = LedgerFacts {
            channel: LedgerChannel::Window,
            on: day(),
            person: "乌云".to_owned(),
            contact: "13800000000".to_owned(),
            content: "代办高龄津贴".to_owned(),
            about: "额尔敦".to_owned(),
            matter: None,
            case: None,
        };
        let due = limits.due(day(), &WorkCalendar::default());
        let number = format!("{}-{entry:03}", self.number);
        LedgerAct::Registered { number, kind, facts, limits, due, practice: false }
    }

    /// The registration of an entry, as it is sent.
    pub(crate) fn register(&self, entry: u128) -> SentHelp {
        sent(&self.record(entry, None, self.registers(entry)))
    }

    /// A note, as it is sent.
    pub(crate) fn note(&self, entry: u128, upon: &str, text: &str) -> SentHelp {
        let act = LedgerAct::Noted { note: NoteKind::Progress, text: text.to_owned() };
        sent(&self.record(entry, Some(upon), act))
    }
}

pub(crate) fn sent(record: &HelpRecord) -> SentHelp {
    let SealedHelp { text, hash } = SealedHelp::seal(record).unwrap();
    SentHelp { text, hash, signature: None }
}
