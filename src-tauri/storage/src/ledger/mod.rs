//! The ledgers: records that stay, and the entries that follow from them. Those of 帮您办 are records
//! of a list that the station shares ([`shared`]) where the window joined a hub.

mod query;
mod shared;
#[cfg(test)]
mod shared_tests;
#[cfg(test)]
mod tests;

use jiff::Timestamp;
use jiff::civil::Date;
use rusqlite::{Connection, OptionalExtension as _, params};
use yichuang_domain::applicant::name_key;
use yichuang_domain::ledger::shared::hands_key;
use yichuang_domain::ledger::{LedgerEntry, LedgerKind, LedgerLimitSet, LedgerRecord};
use yichuang_domain::named::Named as _;
use yichuang_domain::numbering::NumberSource;

pub use query::{
    LedgerCount, LedgerCounted, LedgerQuery, LedgerStates, LedgerViewer, StoredLedgerEntry,
};
pub use shared::{KeptHelp, ListedHelp, UnlistedHelp};

use crate::error::StorageError;
use crate::store::{Store, Tx};

fn unreadable(_: serde_json::Error) -> StorageError {
    StorageError::Unreadable { what: "台账" }
}

fn records(sql: &Connection, entry: &str) -> Result<Vec<LedgerRecord>, StorageError> {
    let mut statement =
        sql.prepare_cached("SELECT record FROM ledger_records WHERE entry = ?1 ORDER BY position")?;
    let rows = statement.query_map([entry], |row| row.get::<_, String>("record"))?;
    rows.map(|text| serde_json::from_str(&text?).map_err(unreadable)).collect()
}

fn load(sql: &Connection, id: &str) -> Result<Option<LedgerEntry>, StorageError> {
    let mut statement = sql.prepare_cached("SELECT body FROM ledger WHERE id = ?1")?;
    let body: Option<String> = statement.query_row([id], |row| row.get("body")).optional()?;
    body.map(|body| serde_json::from_str(&body).map_err(unreadable)).transpose()
}

fn limits(sql: &Connection) -> Result<LedgerLimitSet, StorageError> {
    let mut statement =
        sql.prepare_cached("SELECT limits FROM ledger_limits ORDER BY id DESC LIMIT 1")?;
    let text: Option<String> = statement.query_row([], |row| row.get("limits")).optional()?;
    text.map_or_else(
        || Ok(LedgerLimitSet::default()),
        |t| serde_json::from_str(&t).map_err(unreadable),
    )
}

/// Makes the row of an entry again from its records.
fn refold(sql: &Connection, id: &str) -> Result<LedgerEntry, StorageError> {
    let entry = LedgerEntry::fold(&records(sql, id)?);
    let entry = entry.ok_or(StorageError::Unreadable { what: "台账" })?;
    keep_entry(sql, id, &entry, (None, 0))?;
    Ok(entry)
}

/// Keeps the row of an entry. Of the shared list: the window that registered it, and how many of
/// its records were set aside.
fn keep_entry(
    sql: &Connection,
    id: &str,
    entry: &LedgerEntry,
    (origin, aside): (Option<&str>, u32),
) -> Result<(), StorageError> {
    let facts = &entry.facts;
    let words = [
        entry.number.as_str(),
        &facts.content,
        &facts.about,
        facts.matter.as_ref().map_or("", |matter| &matter.name),
        facts.case.as_ref().map_or("", |case| &case.number),
        entry.referred_to.as_deref().unwrap_or_default(),
        entry.resolution.as_ref().map_or("", |done| &done.text),
    ];
    let body = serde_json::to_string(entry).map_err(unreadable)?;
    let mut statement = sql.prepare_cached(
        "INSERT INTO ledger (id, number, kind, state, brought_on, pressing, person_key, words,
            registered_by, body, hands, origin, aside)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)
         ON CONFLICT (id) DO UPDATE SET number = excluded.number, state = excluded.state,
            brought_on = excluded.brought_on, pressing = excluded.pressing,
            person_key = excluded.person_key, words = excluded.words,
            registered_by = excluded.registered_by, body = excluded.body, hands = excluded.hands,
            origin = excluded.origin, aside = excluded.aside",
    )?;
    statement.execute(params![
        id,
        entry.number,
        entry.kind.name(),
        entry.state.name(),
        facts.on.to_string(),
        entry.pressing().map(|day| day.to_string()),
        name_key(&format!("{}\n{}", facts.person, facts.contact)),
        name_key(&words.join("\n")),
        entry.registered_by.id,
        body,
        hands_key(entry.hands()),
        origin,
        aside,
    ])?;
    Ok(())
}

impl Store {
    /// The entry of that id.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn ledger_entry(&self, id: &str) -> Result<Option<LedgerEntry>, StorageError> {
        load(&self.lock(), id)
    }

    /// The records of an entry that stays here, the oldest first; see [`Self::help_records`] for one
    /// of the shared list.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn ledger_records(&self, id: &str) -> Result<Vec<LedgerRecord>, StorageError> {
        records(&self.lock(), id)
    }

    /// The limits in use: those that a lead set last, or those that a hall begins with.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn ledger_limits(&self) -> Result<LedgerLimitSet, StorageError> {
        limits(&self.lock())
    }
}

impl Tx<'_> {
    /// The entry of that id, as this transaction sees it.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn ledger_entry(&self, id: &str) -> Result<Option<LedgerEntry>, StorageError> {
        load(&self.sql, id)
    }

    /// The limits in use, as this transaction sees them.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn ledger_limits(&self) -> Result<LedgerLimitSet, StorageError> {
        limits(&self.sql)
    }

    /// Sets the limits for what is written from now on.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn set_ledger_limits(
        &self,
        limits: &LedgerLimitSet,
        clerk: &str,
        at: Timestamp,
    ) -> Result<(), StorageError> {
        let text = serde_json::to_string(limits).map_err(unreadable)?;
        self.sql.execute(
            "INSERT INTO ledger_limits (limits, clerk, at) VALUES (?1, ?2, ?3)",
            params![text, clerk, at.to_string()],
        )?;
        Ok(())
    }

    /// Gives out the next number of a ledger on that day: kind, station, device, day, sequence.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn next_ledger_number(
        &self,
        kind: LedgerKind,
        source: &NumberSource,
        on: Date,
    ) -> Result<String, StorageError> {
        let day = on.to_string().replace('-', "");
        let prefix = format!("{}{day}", source.ledger_prefix(kind));
        let sequence = self.next_sequence(&prefix)?;
        let number = format!("{prefix}-{sequence:03}");
        self.keep_number(&prefix, sequence, &number)?;
        Ok(number)
    }

    /// Writes one more record of an entry, and gives the entry that follows: into the list that the
    /// station shares where the entry is of that.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn add_ledger_record(
        &self,
        entry: &str,
        record: &LedgerRecord,
    ) -> Result<LedgerEntry, StorageError> {
        if shared::is_shared(&self.sql, entry)? || shared::begins_shared(&self.sql, record)? {
            return shared::write(&self.sql, entry, record);
        }
        let text = serde_json::to_string(record).map_err(unreadable)?;
        let mut statement = self.sql.prepare_cached(
            "INSERT INTO ledger_records (entry, position, record)
             SELECT ?1, coalesce(max(position), 0) + 1, ?2 FROM ledger_records WHERE entry = ?1",
        )?;
        statement.execute(params![entry, text])?;
        refold(&self.sql, entry)
    }

    /// Puts an export on record.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn note_ledger_export(
        &self,
        kind: LedgerKind,
        (clerk, at): (&str, Timestamp),
        (entries, names): (u32, bool),
    ) -> Result<(), StorageError> {
        self.sql.execute(
            "INSERT INTO ledger_exports (at, clerk, kind, names, entries)
             VALUES (?1, ?2, ?3, ?4, ?5)",
            params![at.to_string(), clerk, kind.name(), names, entries],
        )?;
        Ok(())
    }
}
