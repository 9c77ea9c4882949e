//! Attachments: which bytes are here, who counts on them, and how far they have gone upstream.
//!
//! The bytes are on disk before the row that names them is committed, and a row goes before its
//! bytes; a crash in between leaves a file that nobody can read, and [`Store::clear_attachments`]
//! takes it away at the next start. Bytes that nobody counts on any more go as soon as an action has
//! made them so ([`Store::drop_attachments`]), which looks at no other file.

mod upstream;

use rusqlite::{Connection, OptionalExtension as _, params};
use serde::{Deserialize, Serialize};
use yichuang_domain::attachment::Announced;
use yichuang_domain::case::event::sha256_hex;
use yichuang_domain::case::{Case, EventBody};
use yichuang_domain::matter::MaterialId;

pub(crate) use self::upstream::doubt;
pub use self::upstream::{AttachmentTrouble, AttachmentsWaiting, WaitingAttachment};

use crate::error::StorageError;
use crate::log::{self, AuditFinding};
use crate::store::{Store, Tx};
use crate::upstream::{is_practice_origin, own_origin};
use crate::vault::{FileKey, Shared, Written};

/// Bytes that are on disk and not yet counted on by anybody. Nothing is cleared away while this
/// lives; [`Tx::hold`] makes them stay.
#[derive(Debug)]
pub struct FreshAttachment {
    announced: Announced,
    /// None where the same bytes were here before.
    written: Option<Written>,
    _shared: Shared,
}

/// A scan of a draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftAttachment {
    /// Of which material.
    pub material: MaterialId,
    /// What the event will announce.
    pub announced: Announced,
}

/// How far the bytes of an attachment have come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttachmentStanding {
    /// How many bytes it has.
    pub size: u64,
    /// How many of them the hub holds; all, once it has verified the whole.
    pub held: u64,
    /// Why it does not go up.
    pub trouble: Option<AttachmentTrouble>,
}

struct Row {
    file: String,
    key: FileKey,
    size: u64,
}

fn row(sql: &Connection, hash: &str) -> Result<Option<Row>, StorageError> {
    let mut statement =
        sql.prepare_cached("SELECT file, key, size FROM attachments WHERE hash = ?1")?;
    let found = statement.query_row([hash], |row| {
        Ok((row.get::<_, String>("file")?, row.get::<_, Vec<u8>>("key")?, row.get("size")?))
    });
    let Some((file, key, size)) = found.optional()? else { return Ok(None) };
    let unreadable = StorageError::Unreadable { what: "扫描件的密钥" };
    let key = FileKey::new(key.try_into().map_err(|_| unreadable)?);
    Ok(Some(Row { file, key, size }))
}

fn standing(sql: &Connection, hash: &str) -> Result<Option<AttachmentStanding>, StorageError> {
    let mut statement =
        sql.prepare_cached("SELECT size, held, trouble FROM attachments WHERE hash = ?1")?;
    let found = statement.query_row([hash], |row| {
        Ok((row.get("size")?, row.get("held")?, row.get::<_, Option<String>>("trouble")?))
    });
    let Some((size, held, trouble)) = found.optional()? else { return Ok(None) };
    Ok(Some(AttachmentStanding { size, held, trouble: upstream::trouble(trouble) }))
}

/// Notes which bytes a case counts on.
pub(crate) fn follow(sql: &Connection, case: &Case) -> Result<(), StorageError> {
    // Most cases never had any.
    if case.attachments.is_empty() {
        return Ok(());
    }
    let id = case.id.to_string();
    sql.prepare_cached("DELETE FROM case_attachments WHERE case_id = ?1")?.execute([&id])?;
    let mut statement = sql.prepare_cached(
        "INSERT OR IGNORE INTO case_attachments (case_id, hash, origin) VALUES (?1, ?2, ?3)",
    )?;
    for attachment in case.attached() {
        let added_in = attachment.added_in.as_ref().unwrap_or(&case.origin);
        statement.execute(params![id, attachment.announced.hash, added_in])?;
    }
    Ok(())
}

impl Store {
    /// Puts bytes on disk, encrypted, unless they are here already.
    ///
    /// # Errors
    /// [`StorageError::AttachmentFile`] if the disk refuses; nothing is left then.
    pub fn add_attachment(
        &self,
        announced: &Announced,
        bytes: &[u8],
    ) -> Result<FreshAttachment, StorageError> {
        let shared = self.vault().shared()?;
        let here = row(&self.lock(), &announced.hash)?;
        // A file that can't be read any more is mended by the same bytes coming again.
        let sound = here.is_some_and(|row| self.read_row(&row, 0, row.size).is_ok());
        let written = if sound { None } else { Some(self.vault().write(&shared, bytes)?) };
        Ok(FreshAttachment { announced: announced.clone(), written, _shared: shared })
    }

    fn read_row(&self, row: &Row, offset: u64, len: u64) -> Result<Vec<u8>, StorageError> {
        self.vault().read(&row.file, &row.key, row.size, offset, len)
    }

    /// The bytes of an attachment, proven to be those announced.
    ///
    /// # Errors
    /// [`StorageError::AttachmentMissing`], [`StorageError::AttachmentDamaged`].
    pub fn attachment(&self, hash: &str) -> Result<Vec<u8>, StorageError> {
        let found = row(&self.lock(), hash)?.ok_or(StorageError::AttachmentMissing)?;
        let bytes = self.read_row(&found, 0, found.size)?;
        if sha256_hex(&bytes) == hash { Ok(bytes) } else { Err(StorageError::AttachmentDamaged) }
    }

    /// Up to `len` bytes of an attachment from `offset`.
    ///
    /// # Errors
    /// As [`Self::attachment`]; only what is read is proven.
    pub fn attachment_part(
        &self,
        hash: &str,
        offset: u64,
        len: u64,
    ) -> Result<Vec<u8>, StorageError> {
        let found = row(&self.lock(), hash)?.ok_or(StorageError::AttachmentMissing)?;
        self.read_row(&found, offset, len)
    }

    /// How far the bytes of an attachment have come; none where they are not here.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn attachment_standing(
        &self,
        hash: &str,
    ) -> Result<Option<AttachmentStanding>, StorageError> {
        standing(&self.lock(), hash)
    }

    /// The scans of a draft, by material.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn draft_attachments(&self, draft: &str) -> Result<Vec<DraftAttachment>, StorageError> {
        draft_attachments(&self.lock(), draft)
    }

    /// The names of the files of all attachments that are counted on.
    ///
    /// # Errors
    /// [`StorageError`].
    pub(crate) fn attachment_files(&self) -> Result<Vec<String>, StorageError> {
        let sql = self.lock();
        let mut statement = sql.prepare("SELECT file FROM attachments ORDER BY file")?;
        let files = statement.query_map([], |row| row.get("file"))?;
        Ok(files.collect::<Result<_, _>>()?)
    }

    /// Takes away bytes that nobody counts on. Does nothing while somebody is adding some, as those
    /// may be the same; false then.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn drop_attachments(&self) -> Result<bool, StorageError> {
        self.vault().remove(|| drop_rows(&self.lock()))
    }

    /// Takes away bytes that nobody counts on, and files that no row names: it looks through the
    /// whole folder. Does nothing while somebody is adding one; false then.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn clear_attachments(&self) -> Result<bool, StorageError> {
        self.vault().clear(|| {
            let sql = self.lock();
            drop_rows(&sql)?;
            let mut statement = sql.prepare_cached("SELECT file FROM attachments")?;
            let files = statement.query_map([], |row| row.get("file"))?;
            Ok(files.collect::<Result<_, _>>()?)
        })
    }

    /// Whether a scan was announced by an event that was lost here and had back from the hub: its
    /// bytes are at the hub, or nowhere.
    fn came_back(&self, number: &str, hash: &str) -> Result<bool, StorageError> {
        let sql = self.lock();
        let id: String =
            sql.query_row("SELECT id FROM cases WHERE number = ?1", [number], |row| row.get(0))?;
        let id = id.parse().map_err(|_| StorageError::Unreadable { what: "扫描件的办件" })?;
        Ok(log::had_back(&sql, id)?.iter().any(|event| {
            let body = &event.body;
            matches!(body, EventBody::AttachmentAdded { announced, .. } if announced.hash == hash)
        }))
    }

    /// Proves every attachment that this window's own cases count on; how many there were.
    ///
    /// # Errors
    /// [`StorageError`] if the database can't be read.
    pub fn audit_attachments(&self, findings: &mut Vec<AuditFinding>) -> Result<u64, StorageError> {
        let counted: Vec<(String, String, String)> = {
            let sql = self.lock();
            let own = own_origin(&sql)?;
            let mut statement = sql.prepare_cached(
                "SELECT a.hash, c.number, a.origin FROM case_attachments a JOIN cases c ON c.id = a.case_id
                 ORDER BY c.number, a.hash",
            )?;
            let rows = statement
                .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get::<_, String>(2)?)))?;
            let mut counted = rows.collect::<Result<Vec<_>, _>>()?;
            // Bytes that another window added are there, or at the hub.
            counted.retain(|(_, _, origin)| *origin == own || is_practice_origin(origin));
            counted
        };
        for (hash, number, _) in &counted {
            let (code, message) = match self.attachment(hash) {
                Ok(_) => continue,
                Err(StorageError::AttachmentMissing) if self.came_back(number, hash)? => continue,
                Err(StorageError::AttachmentMissing) => {
                    ("attachment-missing", "日志记载的扫描件不在本机")
                }
                Err(_) => ("attachment-damaged", "本机的扫描件已损坏，请重新扫描"),
            };
            let (place, message) = (number.clone(), message.to_owned());
            findings.push(AuditFinding { code, place, message });
        }
        Ok(counted.len() as u64)
    }
}

/// Forgets the keys of bytes that nobody counts on; the names of their files.
fn drop_rows(sql: &Connection) -> Result<Vec<String>, StorageError> {
    let mut statement = sql.prepare_cached(
        "DELETE FROM attachments AS a
         WHERE NOT EXISTS (SELECT 1 FROM case_attachments c WHERE c.hash = a.hash)
           AND NOT EXISTS (SELECT 1 FROM draft_attachments d WHERE d.hash = a.hash)
         RETURNING file",
    )?;
    let files = statement.query_map([], |row| row.get(0))?;
    Ok(files.collect::<Result<_, _>>()?)
}

fn draft_attachments(sql: &Connection, draft: &str) -> Result<Vec<DraftAttachment>, StorageError> {
    let mut statement = sql.prepare_cached(
        "SELECT material, announced FROM draft_attachments WHERE draft_id = ?1
         ORDER BY material, hash",
    )?;
    let rows = statement
        .query_map([draft], |row| Ok((row.get("material")?, row.get::<_, String>("announced")?)))?;
    rows.map(|row| {
        let (material, announced) = row?;
        let unreadable = |_| StorageError::Unreadable { what: "登记的扫描件" };
        Ok(DraftAttachment {
            material,
            announced: serde_json::from_str(&announced).map_err(unreadable)?,
        })
    })
    .collect()
}

impl Tx<'_> {
    /// Makes fresh bytes stay, together with what this transaction writes.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn hold(&self, fresh: &FreshAttachment) -> Result<(), StorageError> {
        let Some(Written { name, key }) = &fresh.written else { return Ok(()) };
        self.sql.execute(
            "INSERT INTO attachments (hash, file, key, size) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (hash) DO UPDATE SET file = excluded.file, key = excluded.key,
                trouble = NULL",
            params![fresh.announced.hash, name, &key[..], fresh.announced.size],
        )?;
        Ok(())
    }

    /// Adds a scan to a draft; false where it has that one already.
    ///
    /// # Errors
    /// [`StorageError`], also if there is no such draft.
    pub fn attach_to_draft(
        &self,
        draft: &str,
        material: &str,
        announced: &Announced,
    ) -> Result<bool, StorageError> {
        let unreadable = |_| StorageError::Unreadable { what: "登记的扫描件" };
        let text = serde_json::to_string(announced).map_err(unreadable)?;
        let added = self.sql.execute(
            "INSERT INTO draft_attachments (draft_id, material, hash, announced)
             VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING",
            params![draft, material, announced.hash, text],
        )?;
        Ok(added == 1)
    }

    /// Takes a scan off a draft; false where it had none such.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn detach_from_draft(
        &self,
        draft: &str,
        material: &str,
        hash: &str,
    ) -> Result<bool, StorageError> {
        let gone = self.sql.execute(
            "DELETE FROM draft_attachments WHERE draft_id = ?1 AND material = ?2 AND hash = ?3",
            params![draft, material, hash],
        )?;
        Ok(gone == 1)
    }

    /// The scans of a draft, by material.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn draft_attachments(&self, draft: &str) -> Result<Vec<DraftAttachment>, StorageError> {
        draft_attachments(&self.sql, draft)
    }
}

#[cfg(test)]
mod tests;
