//! How far attachments have gone upstream.

use jiff::Timestamp;
use rusqlite::{Connection, params};
use serde::{Deserialize, Serialize};
use yichuang_domain::case::CaseId;
use yichuang_domain::case::event::Hash;

use crate::error::StorageError;
use crate::store::Store;
use crate::upstream::own_origin;

/// Why an attachment does not go up, while it does not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttachmentTrouble {
    /// Machine-readable.
    pub code: String,
    /// In the clerk's words, with what to do.
    pub message: String,
    /// Since when.
    pub at: Timestamp,
}

/// An attachment that the hub does not have whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WaitingAttachment {
    /// A case that counts on it.
    pub case: CaseId,
    /// SHA-256 of its bytes.
    pub hash: Hash,
    /// How many bytes it has.
    pub size: u64,
    /// How many of them the hub was last heard to hold.
    pub held: u64,
    /// What stood in the way when it was last tried.
    pub trouble: Option<AttachmentTrouble>,
}

/// What waits, in all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AttachmentsWaiting {
    /// How many attachments.
    pub count: u64,
    /// How many bytes of them the hub does not hold.
    pub bytes: u64,
}

/// What was kept of a trouble; one that can't be read is none.
pub(super) fn trouble(text: Option<String>) -> Option<AttachmentTrouble> {
    text.and_then(|text| serde_json::from_str(&text).ok())
}

/// Added here, to cases of which the hub refused nothing.
const WAITING: &str = "FROM attachments a JOIN case_attachments c ON c.hash = a.hash
     WHERE a.held < a.size AND c.origin = ?1
       AND c.case_id NOT IN (SELECT case_id FROM parked)";

impl Store {
    /// What the hub does not have whole, those of the oldest cases first.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn waiting_attachments(&self) -> Result<Vec<WaitingAttachment>, StorageError> {
        let sql = self.lock();
        let origin = own_origin(&sql)?;
        let mut statement = sql.prepare_cached(&format!(
            "SELECT a.hash, a.size, a.held, a.trouble, min(c.case_id) AS case_id {WAITING}
             GROUP BY a.hash ORDER BY case_id, a.hash"
        ))?;
        let rows = statement.query_map([origin], |row| {
            let case: String = row.get("case_id")?;
            let text = row.get("trouble")?;
            Ok((case, row.get("hash")?, row.get("size")?, row.get("held")?, trouble(text)))
        })?;
        rows.map(|row| {
            let (case, hash, size, held, trouble) = row?;
            let unreadable = |_| StorageError::Unreadable { what: "扫描件的办件" };
            let case = case.parse().map_err(unreadable)?;
            Ok(WaitingAttachment { case, hash, size, held, trouble })
        })
        .collect()
    }

    /// How much waits.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn attachments_waiting(&self) -> Result<AttachmentsWaiting, StorageError> {
        let sql = self.lock();
        let origin = own_origin(&sql)?;
        let mut statement = sql.prepare_cached(&format!(
            "SELECT count(*), coalesce(sum(left), 0) FROM (
               SELECT DISTINCT a.hash, a.size - a.held AS left {WAITING})"
        ))?;
        Ok(statement.query_row([origin], |row| {
            Ok(AttachmentsWaiting { count: row.get(0)?, bytes: row.get(1)? })
        })?)
    }

    /// The hub holds so many bytes of an attachment. What stood in its way is over.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn attachment_held(&self, hash: &str, held: u64) -> Result<(), StorageError> {
        let query = "UPDATE attachments SET held = min(?2, size), trouble = NULL WHERE hash = ?1";
        self.lock().prepare_cached(query)?.execute(params![hash, held])?;
        Ok(())
    }

    /// What stands in the way of an attachment.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn attachment_trouble(
        &self,
        hash: &str,
        trouble: &AttachmentTrouble,
    ) -> Result<(), StorageError> {
        let unreadable = |_| StorageError::Unreadable { what: "扫描件的状态" };
        let text = serde_json::to_string(trouble).map_err(unreadable)?;
        self.lock()
            .execute("UPDATE attachments SET trouble = ?2 WHERE hash = ?1", params![hash, text])?;
        Ok(())
    }
}

/// The hub has lost what it acknowledged, and may have lost scans too: each is offered to it once
/// more. Bytes that it has are not sent again.
pub(crate) fn doubt(sql: &Connection) -> Result<(), StorageError> {
    sql.execute("UPDATE attachments SET held = 0, trouble = NULL", [])?;
    Ok(())
}
