//! The way to the hub, as the limits of being away look at it: the policy as the hub signed it, the
//! last exchange, what was seen of the clock, and the leads' words.

use jiff::Timestamp;
use rusqlite::{Connection, params};
use serde::{Deserialize, Serialize};
use yichuang_domain::away::{AwayConfirmation, SeenClock};

use crate::error::StorageError;
use crate::meta;
use crate::store::{Store, Tx};

const POLICY: &str = "away.policy";
const EXCHANGED: &str = "away.exchanged";
const CLOCK: &str = "away.clock";

/// A policy as it came. What it says is proven again whenever it is read: see
/// `yichuang_protocol::policy`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredPolicy {
    /// The hub's statement.
    pub statement: String,
    /// The hub's signature of it, base64.
    pub signature: String,
}

/// How it stood when a lead gave their word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AwayFacts {
    /// How many days the window was away; none where nobody knew.
    pub days: Option<u32>,
    /// How many cases were unsent.
    pub cases: u32,
}

fn read<T: for<'de> Deserialize<'de>>(
    sql: &Connection,
    name: &str,
    what: &'static str,
) -> Result<Option<T>, StorageError> {
    let unreadable = |_| StorageError::Unreadable { what };
    meta::get(sql, name)?.map(|text| serde_json::from_str(&text).map_err(unreadable)).transpose()
}

fn write<T: Serialize>(
    sql: &Connection,
    name: &str,
    value: &T,
    what: &'static str,
) -> Result<(), StorageError> {
    let text = serde_json::to_string(value).map_err(|_| StorageError::Unreadable { what })?;
    meta::set(sql, name, &text)
}

fn clock(sql: &Connection) -> Result<SeenClock, StorageError> {
    Ok(read(sql, CLOCK, "时钟记录")?.unwrap_or_default())
}

impl Store {
    /// The newest policy; none before the first exchange with a hub that has one.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn away_policy(&self) -> Result<Option<StoredPolicy>, StorageError> {
        read(&self.lock(), POLICY, "离网管理办法")
    }

    /// Keeps a policy in place of the one before. Whether it is newer was asked before.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn keep_away_policy(&self, policy: &StoredPolicy) -> Result<(), StorageError> {
        write(&self.lock(), POLICY, policy, "离网管理办法")
    }

    /// When hub and window last exchanged what they had, by the hub's clock.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn exchanged(&self) -> Result<Option<Timestamp>, StorageError> {
        read(&self.lock(), EXCHANGED, "上次交换的时间")
    }

    /// Hub and window exchanged what they had at a time of the hub's clock. An older exchange, whose
    /// answer took long to come home, changes nothing.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn note_exchange(&self, at: Timestamp) -> Result<(), StorageError> {
        self.write(|tx| {
            let known: Option<Timestamp> = read(&tx.sql, EXCHANGED, "上次交换的时间")?;
            if known.is_some_and(|known| at <= known) {
                return Ok(());
            }
            write(&tx.sql, EXCHANGED, &at, "上次交换的时间")?;
            write(&tx.sql, CLOCK, &clock(&tx.sql)?.put_right(at), "时钟记录")
        })
    }

    /// What was seen of this machine's clock.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn seen_clock(&self) -> Result<SeenClock, StorageError> {
        clock(&self.lock())
    }

    /// Remembers a look at this machine's clock. Most looks tell nothing new and write nothing.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn see_clock(&self, now: Timestamp) -> Result<(), StorageError> {
        if self.seen_clock()?.seen(now) == self.seen_clock()? {
            return Ok(());
        }
        self.write(|tx| write(&tx.sql, CLOCK, &clock(&tx.sql)?.seen(now), "时钟记录"))
    }

    /// The last words of leads, the newest first.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn away_confirmations(&self, most: u32) -> Result<Vec<AwayConfirmation>, StorageError> {
        let sql = self.lock();
        let mut statement = sql.prepare_cached(
            "SELECT confirmation FROM away_confirmations ORDER BY id DESC LIMIT ?1",
        )?;
        let rows = statement.query_map([most], |row| row.get::<_, String>("confirmation"))?;
        let unreadable = |_| StorageError::Unreadable { what: "组长的确认" };
        rows.map(|text| serde_json::from_str(&text?).map_err(unreadable)).collect()
    }
}

impl Tx<'_> {
    /// Puts a lead's word on record, with who was signed in and how it stood.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn confirm_away(
        &self,
        word: &AwayConfirmation,
        clerk: &str,
        facts: AwayFacts,
    ) -> Result<(), StorageError> {
        let unreadable = |_| StorageError::Unreadable { what: "组长的确认" };
        let text = serde_json::to_string(word).map_err(unreadable)?;
        self.sql.execute(
            "INSERT INTO away_confirmations (confirmation, clerk, days, cases)
             VALUES (?1, ?2, ?3, ?4)",
            params![text, clerk, facts.days, facts.cases],
        )?;
        Ok(())
    }
}
