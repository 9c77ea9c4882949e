//! The lists of 帮您办, one for each station.

use std::collections::{HashMap, HashSet};

use jiff::Timestamp;
use yichuang_domain::ledger::shared::SealedHelp;
use yichuang_protocol::Position;

use super::engine::values;
use super::{Row, StoreError, Tx};

/// A record that comes into a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewHelp {
    /// Its place, and the end of the list with it.
    pub at: Position,
    /// The record.
    pub sealed: SealedHelp,
    /// Its entry.
    pub entry: String,
    /// The log of the window that wrote it.
    pub origin: String,
}

/// A station: its region's code and its own.
type Station<'a> = (&'a str, &'a str);

fn position(mut row: Row) -> Result<Position, StoreError> {
    Ok(Position { seq: row.take("seq")?, head: row.take("head")? })
}

impl Tx<'_> {
    /// The end of a station's list.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn help_end(&self, (region, station): Station<'_>) -> Result<Position, StoreError> {
        let query = "SELECT seq, head FROM help_records WHERE region = ?1 AND station = ?2
                     ORDER BY seq DESC LIMIT 1";
        let end = self.row(query, &values![region, station])?.map(position).transpose()?;
        Ok(end.unwrap_or_else(Position::start))
    }

    /// Whether a station's list has that place.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn has_help_place(
        &self,
        (region, station): Station<'_>,
        at: &Position,
    ) -> Result<bool, StoreError> {
        if *at == Position::start() {
            return Ok(true);
        }
        let query = "SELECT seq, head FROM help_records
                     WHERE region = ?1 AND station = ?2 AND seq = ?3";
        let there =
            self.row(query, &values![region, station, at.seq])?.map(position).transpose()?;
        Ok(there.as_ref() == Some(at))
    }

    /// Which of some records a station's list has.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn known_help(
        &self,
        (region, station): Station<'_>,
        hashes: Vec<String>,
    ) -> Result<HashSet<String>, StoreError> {
        let query = "SELECT hash FROM help_records
                     WHERE region = ?1 AND station = ?2 AND hash IN LIST ?3";
        let rows = self.rows(query, &values![region, station, hashes])?;
        rows.into_iter().map(|mut row| row.take("hash")).collect()
    }

    /// How many records some entries of a station's list have; an entry that is not there has none.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn help_of_entries(
        &self,
        (region, station): Station<'_>,
        entries: Vec<String>,
    ) -> Result<HashMap<String, u64>, StoreError> {
        let query = "SELECT entry, count(*) AS n FROM help_records
                     WHERE region = ?1 AND station = ?2 AND entry IN LIST ?3 GROUP BY entry";
        let read = |mut row: Row| Ok((row.take("entry")?, row.take("n")?));
        self.rows(query, &values![region, station, entries])?.into_iter().map(read).collect()
    }

    /// The records of a station's list behind a place, `limit` at most.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn help_after(
        &self,
        (region, station): Station<'_>,
        after: u64,
        limit: usize,
    ) -> Result<Vec<SealedHelp>, StoreError> {
        let query = "SELECT text, hash FROM help_records
                     WHERE region = ?1 AND station = ?2 AND seq > ?3 ORDER BY seq LIMIT ?4";
        let read =
            |mut row: Row| Ok(SealedHelp { text: row.take("text")?, hash: row.take("hash")? });
        self.rows(query, &values![region, station, after, limit])?.into_iter().map(read).collect()
    }

    /// Puts records behind the end of a station's list.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn add_help(
        &self,
        (region, station): Station<'_>,
        records: &[NewHelp],
        at: Timestamp,
    ) -> Result<(), StoreError> {
        let at = at.to_string();
        let row = |new: &NewHelp| {
            values![
                region.to_owned(),
                station.to_owned(),
                new.at.seq,
                new.sealed.hash.clone(),
                new.at.head.clone(),
                new.entry.clone(),
                new.origin.clone(),
                new.sealed.text.clone(),
                at.clone(),
            ]
            .to_vec()
        };
        let rows: Vec<_> = records.iter().map(row).collect();
        self.insert_each(
            "INSERT INTO help_records
               (region, station, seq, hash, head, entry, origin, text, received_at)
             VALUES EACH (text, text, bigint, text, text, text, text, text, text)",
            &rows,
        )?;
        Ok(())
    }
}
