//! The window's encrypted database: the only SQL of the client.
//!
//! Owns the file, its key, its migrations and one file per table, and the encrypted files of
//! attachments beside it. It knows no rule: what may
//! happen is asked of `domain` before anything is written here, and each action is written in one
//! [`Store::write`]. It refuses to open a database of a newer program, and never opens one
//! without encryption.

mod attachments;
mod away;
pub mod backup;
mod cases;
pub mod clerks;
mod database;
mod devices;
mod documents;
mod drafts;
mod error;
mod ferry;
mod guides;
mod habits;
mod hub_logs;
pub mod key;
mod ledger;
mod log;
mod meta;
mod migrations;
mod news;
mod numbers;
mod parked;
mod parties;
mod printing;
mod roster;
mod shifts;
mod signing;
mod store;
mod templates;
#[cfg(test)]
mod tests;
mod training;
pub mod upstream;
mod vault;
mod wanted;

pub use attachments::{
    AttachmentStanding, AttachmentTrouble, AttachmentsWaiting, DraftAttachment, FreshAttachment,
    WaitingAttachment,
};
pub use away::{AwayFacts, StoredPolicy};
pub use cases::{CaseListRow, CaseQuery};
pub use database::DATABASE_FILE;
pub use documents::ArchivedDocument;
pub use drafts::StoredDraft;
pub use error::StorageError;
pub use guides::{GuideInUse, GuideSource, GuideTrouble, NewGuide, StoredGuide};
pub use ledger::{
    KeptHelp, LedgerCount, LedgerCounted, LedgerQuery, LedgerStates, LedgerViewer, ListedHelp,
    StoredLedgerEntry, UnlistedHelp,
};
pub use log::{AuditFinding, AuditReport, Head};
pub use parked::Parked;
pub use parties::KnownParty;
pub use printing::{GivenPaper, IssuedPaper, PrintJobQuery, PrintRule, StoredPrintJob};
pub use roster::StoredRoster;
pub use shifts::StoredShift;
pub use store::{Store, Tx};
pub use templates::TemplateEdition;
pub use training::{
    NewAttempt, StoredAttempt, StoredCard, StoredResult, TRAINING_FOLDER, erase_training,
};
pub use upstream::{Enrolment, OwnLog, SyncState};
pub use wanted::WantedCase;
