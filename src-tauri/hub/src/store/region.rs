//! What the adapter of the regional platform asks of the database: the logs in the order they came,
//! how far each has been told, the one process that tells, and what was not taken.

use jiff::{SignedDuration, Timestamp};
use serde::Serialize;
use yichuang_domain::case::SealedEvent;
use yichuang_domain::case::event::CaseId;

use super::engine::values;
use super::log::case_id;
use super::{Row, StoreError, Tx};

/// An applied event, and when it came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArrivedEvent {
    /// Its log.
    pub origin: String,
    /// Where in it.
    pub seq: u64,
    /// When the hub took it, by the hub's clock.
    pub received_at: Timestamp,
    /// Its case.
    pub case: Option<CaseId>,
    /// The event.
    pub sealed: SealedEvent,
    /// Whether it is not applied.
    pub rejected: bool,
}

/// The logs of a device.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeviceLogs {
    /// The code of the device.
    pub code: String,
    /// Its own log, and the hub's for it.
    pub logs: Vec<String>,
}

/// What became of a record that was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum DeadState {
    /// Waits for somebody.
    Dead,
    /// Is to be sent once more.
    Retry,
    /// Was given up by somebody; stays on record.
    Dropped,
}

impl DeadState {
    /// The name used in the database and in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Dead => "dead",
            Self::Retry => "retry",
            Self::Dropped => "dropped",
        }
    }

    fn read(text: &str) -> Result<Self, StoreError> {
        let known = [Self::Dead, Self::Retry, Self::Dropped];
        let found = known.into_iter().find(|state| state.as_str() == text);
        found.ok_or(StoreError::Unreadable("未上报记录的状态"))
    }
}

/// A record that was not taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DeadRecord {
    /// The record's id.
    pub record: String,
    /// Which table.
    pub table: String,
    /// 办件编号.
    pub project: String,
    /// The log of its event.
    pub origin: String,
    /// Where in it.
    pub seq: u64,
    /// Why, for machines.
    pub code: String,
    /// Why, in words.
    pub message: String,
    /// When that was last said.
    pub at: Timestamp,
    /// How often.
    pub tries: u32,
    /// What became of it.
    pub state: DeadState,
}

fn dead(mut row: Row) -> Result<DeadRecord, StoreError> {
    let at = Timestamp::from_millisecond(row.take("at")?);
    Ok(DeadRecord {
        record: row.take("record")?,
        table: row.take("sheet")?,
        project: row.take("project")?,
        origin: row.take("origin")?,
        seq: row.take("seq")?,
        code: row.take("code")?,
        message: row.take("message")?,
        at: at.map_err(|_| StoreError::Unreadable("未上报记录的时间"))?,
        tries: row.take("tries")?,
        state: DeadState::read(&row.take::<String>("state")?)?,
    })
}

fn arrived(origin: &str, mut row: Row) -> Result<ArrivedEvent, StoreError> {
    let received_at: String = row.take("received_at")?;
    let case: Option<String> = row.take("case_id")?;
    Ok(ArrivedEvent {
        origin: origin.to_owned(),
        seq: row.take("seq")?,
        received_at: received_at.parse().map_err(|_| StoreError::Unreadable("收到时间"))?,
        case: case.as_deref().map(case_id).transpose()?,
        sealed: SealedEvent { text: row.take("text")?, hash: row.take("hash")? },
        rejected: row.take::<Option<String>>("code")?.is_some(),
    })
}

impl Tx<'_> {
    fn device_logs(&self, mut row: Row) -> Result<DeviceLogs, StoreError> {
        let (origin, code): (String, String) = (row.take("origin")?, row.take("code")?);
        let mut logs = self.logs_of_device(&origin)?;
        logs.extend(self.hub_logs(&origin, &code)?);
        Ok(DeviceLogs { logs, code })
    }

    /// Up to `limit` devices after a code, in their order, of whose logs something has not been
    /// told.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn region_behind(&self, after: &str, limit: usize) -> Result<Vec<DeviceLogs>, StoreError> {
        let query = "SELECT d.origin, d.code FROM devices d
                     WHERE d.code > ?2 AND EXISTS (
                       SELECT 1 FROM heads h LEFT JOIN region_cursors c ON c.origin = h.origin
                       WHERE (h.origin IN (d.origin, ?1 || '-' || d.code) OR h.origin IN
                           (SELECT l.name FROM hub_logs l WHERE l.origin = d.origin) OR h.origin IN
                           (SELECT o.log FROM device_logs o WHERE o.origin = d.origin))
                         AND h.seq > COALESCE(c.seq, 0))
                     ORDER BY d.code LIMIT ?3";
        let rows = self.rows(query, &values![self.hub_id()?, after, limit])?;
        rows.into_iter().map(|row| self.device_logs(row)).collect()
    }

    /// The logs of every device.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn every_log(&self) -> Result<Vec<DeviceLogs>, StoreError> {
        let rows = self.rows("SELECT origin, code FROM devices ORDER BY code", &values![])?;
        rows.into_iter().map(|row| self.device_logs(row)).collect()
    }

    /// How far a log has been told.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn region_cursor(&self, origin: &str) -> Result<u64, StoreError> {
        let query = "SELECT seq FROM region_cursors WHERE origin = ?1";
        let row = self.row(query, &values![origin])?;
        row.map_or(Ok(0), |mut row| row.take("seq"))
    }

    /// Notes how far a log has been told.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn set_region_cursor(&self, origin: &str, seq: u64) -> Result<(), StoreError> {
        self.execute(
            "INSERT INTO region_cursors (origin, seq) VALUES (?1, ?2)
             ON CONFLICT (origin) DO UPDATE SET seq = excluded.seq",
            &values![origin, seq],
        )?;
        Ok(())
    }

    /// Up to `limit` events of a log after a place, in order, also those not applied.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn arrived_after(
        &self,
        origin: &str,
        after: u64,
        limit: usize,
    ) -> Result<Vec<ArrivedEvent>, StoreError> {
        let query = "SELECT seq, hash, text, case_id, received_at, code FROM events
                     WHERE origin = ?1 AND seq > ?2 ORDER BY seq LIMIT ?3";
        let rows = self.rows(query, &values![origin, after, limit])?;
        rows.into_iter().map(|row| arrived(origin, row)).collect()
    }

    /// Every applied event of a case in some logs.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn arrived_of_case(
        &self,
        case: CaseId,
        logs: &[String],
    ) -> Result<Vec<ArrivedEvent>, StoreError> {
        let query = "SELECT origin, seq, hash, text, case_id, received_at, code FROM events
                     WHERE origin IN LIST ?1 AND case_id = ?2 AND code IS NULL";
        let rows = self.rows(query, &values![logs.to_vec(), case.to_string()])?;
        let read = |mut row: Row| {
            let origin: String = row.take("origin")?;
            arrived(&origin, row)
        };
        rows.into_iter().map(read).collect()
    }

    /// Takes or keeps the lease for one process; whether it has it now.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn take_region_lease(
        &self,
        holder: &str,
        now: Timestamp,
        long: SignedDuration,
    ) -> Result<bool, StoreError> {
        let now = now.as_millisecond();
        let until = now.saturating_add(i64::try_from(long.as_millis()).unwrap_or(i64::MAX));
        let taken = self.execute(
            "INSERT INTO region_lease (one, holder, held_until) VALUES (1, ?1, ?3)
             ON CONFLICT (one) DO UPDATE
               SET holder = excluded.holder, held_until = excluded.held_until
               WHERE region_lease.held_until < ?2 OR region_lease.holder = ?1",
            &values![holder, now, until],
        )?;
        Ok(taken == 1)
    }

    /// Lets the lease go, if that process has it.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn free_region_lease(&self, holder: &str) -> Result<(), StoreError> {
        self.execute("DELETE FROM region_lease WHERE holder = ?1", &values![holder])?;
        Ok(())
    }

    /// Notes a record that was not taken. Again: how often, and the newest reason. What somebody
    /// gave up stays given up.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn bury(&self, record: &DeadRecord) -> Result<(), StoreError> {
        self.execute(
            "INSERT INTO region_dead
               (record, origin, seq, sheet, project, code, message, at, tries, state)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 1, 'dead')
             ON CONFLICT (record) DO UPDATE
               SET code = excluded.code, message = excluded.message, at = excluded.at,
                   tries = region_dead.tries + 1, state = 'dead'
               WHERE region_dead.state <> 'dropped'",
            &values![
                &record.record,
                &record.origin,
                record.seq,
                &record.table,
                &record.project,
                &record.code,
                &record.message,
                record.at.as_millisecond(),
            ],
        )?;
        Ok(())
    }

    /// Forgets that some records were not taken: they are now, or there is nothing to take any
    /// more.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn unbury(&self, records: Vec<String>) -> Result<(), StoreError> {
        self.execute(
            "DELETE FROM region_dead WHERE record IN LIST ?1 AND state = 'retry'",
            &values![records],
        )?;
        Ok(())
    }

    /// The records in a state, by id.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn buried(&self, state: DeadState, limit: usize) -> Result<Vec<DeadRecord>, StoreError> {
        let query = "SELECT record, origin, seq, sheet, project, code, message, at, tries, state
                     FROM region_dead WHERE state = ?1 ORDER BY record LIMIT ?2";
        let rows = self.rows(query, &values![state.as_str(), limit])?;
        rows.into_iter().map(dead).collect()
    }

    /// Puts records that wait into another state: one, or all; how many.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn settle_buried(&self, record: Option<&str>, state: DeadState) -> Result<u64, StoreError> {
        match record {
            // Also what was given up may be taken up again by name.
            Some(record) => self.execute(
                "UPDATE region_dead SET state = ?2 WHERE record = ?1",
                &values![record, state.as_str()],
            ),
            None => self.execute(
                "UPDATE region_dead SET state = ?1 WHERE state = 'dead'",
                &values![state.as_str()],
            ),
        }
    }
}
