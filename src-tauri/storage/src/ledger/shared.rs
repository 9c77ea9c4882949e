//! The list of 帮您办 that the windows of a station share: its records as they came, where each stands
//! in the hub's list, and what this window still has to bring there.
//!
//! An entry is either wholly of this list or wholly of this window; which, is settled when it is
//! registered.

use rusqlite::{Connection, OptionalExtension as _, Row, params};
use yichuang_domain::case::log::window_of;
use yichuang_domain::ledger::shared::{
    BrokenHelp, HelpRecord, SealedHelp, SharedEntry, fold_shared, hands_key,
};
use yichuang_domain::ledger::{LedgerAct, LedgerKind, LedgerRecord};

use super::keep_entry;
use crate::error::StorageError;
use crate::store::{Store, Tx};
use crate::{meta, upstream};

const UNREADABLE: StorageError = StorageError::Unreadable { what: "帮您办记录" };
/// Whether the hub was seen to have such a list.
const KNOWN: &str = "upstream.help";

/// In which order the records of the list are folded: the hub's, then what it lost in the order in
/// which it had it, then what it never had.
const ORDER: &str = "place IS NULL, place, was IS NULL, was, arrival";

/// A record that this window does not find in the hub's list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnlistedHelp {
    /// The record.
    pub sealed: SealedHelp,
    /// The hub's word, where it once had it.
    pub signature: Option<String>,
}

/// A record of the hub's list, with where it stands there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedHelp {
    /// What it says.
    pub record: HelpRecord,
    /// The record.
    pub sealed: SealedHelp,
    /// Its place.
    pub place: u64,
    /// The end of the list with it.
    pub head: String,
    /// The hub's word.
    pub signature: String,
}

/// A record of a shared entry, as it stands here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptHelp {
    /// The log of the window that wrote it.
    pub origin: String,
    /// What it says.
    pub record: LedgerRecord,
    /// Whether it was set aside.
    pub aside: bool,
    /// Whether the hub's list has it.
    pub listed: bool,
    /// Why the hub does not take it, in words.
    pub refused: Option<String>,
}

struct Kept {
    hash: String,
    help: HelpRecord,
    listed: bool,
    refused: Option<String>,
}

fn sealed(row: &Row<'_>) -> rusqlite::Result<SealedHelp> {
    Ok(SealedHelp { text: row.get("text")?, hash: row.get("hash")? })
}

fn unreadable(_: BrokenHelp) -> StorageError {
    UNREADABLE
}

fn kept(sql: &Connection, entry: &str) -> Result<Vec<Kept>, StorageError> {
    let query = format!("SELECT * FROM help_records WHERE entry = ?1 ORDER BY {ORDER}");
    let mut statement = sql.prepare_cached(&query)?;
    let rows = statement.query_map([entry], |row| {
        let place: Option<u64> = row.get("place")?;
        Ok((sealed(row)?, place.is_some(), row.get("message")?))
    })?;
    rows.map(|row| {
        let (sealed, listed, refused) = row?;
        let help = sealed.open().map_err(unreadable)?;
        Ok(Kept { hash: sealed.hash, help, listed, refused })
    })
    .collect()
}

/// Whether an entry is of the shared list.
pub(super) fn is_shared(sql: &Connection, entry: &str) -> Result<bool, StorageError> {
    let mut statement =
        sql.prepare_cached("SELECT EXISTS (SELECT 1 FROM help_records WHERE entry = ?1)")?;
    Ok(statement.query_row([entry], |row| row.get(0))?)
}

/// Whether what begins an entry begins one that the station shares: 帮您办, at a window that joined a
/// hub.
pub(super) fn begins_shared(sql: &Connection, record: &LedgerRecord) -> Result<bool, StorageError> {
    let of_list = matches!(record.act, LedgerAct::Registered { kind: LedgerKind::Assistance, .. });
    Ok(of_list && upstream::enrolment(sql)?.is_some())
}

/// Makes the row of a shared entry again from its records; none where its registration is not here.
fn refold(sql: &Connection, id: &str) -> Result<Option<SharedEntry>, StorageError> {
    let records: Vec<_> = kept(sql, id)?.into_iter().map(|kept| (kept.hash, kept.help)).collect();
    let Some(shared) = fold_shared(&records) else { return Ok(None) };
    let first = records.iter().find(|(_, help)| help.registers().is_some());
    let origin = first.map(|(_, help)| window_of(&help.origin));
    let aside = u32::try_from(shared.aside.len()).unwrap_or(u32::MAX);
    keep_entry(sql, id, &shared.entry, (origin, aside))?;
    Ok(Some(shared))
}

/// Writes one more record of a shared entry, upon what counts here.
pub(super) fn write(
    sql: &Connection,
    id: &str,
    record: &LedgerRecord,
) -> Result<yichuang_domain::ledger::LedgerEntry, StorageError> {
    let upon = match record.act {
        LedgerAct::Registered { .. } => None,
        _ => Some(refold(sql, id)?.ok_or(UNREADABLE)?.head),
    };
    let (origin, entry) = (upstream::own_log(sql)?, id.to_owned());
    let help = HelpRecord { origin, entry, upon, record: record.clone() };
    let SealedHelp { text, hash } = SealedHelp::seal(&help).map_err(unreadable)?;
    let mut statement = sql.prepare_cached(
        "INSERT INTO help_records (hash, entry, origin, text) VALUES (?1, ?2, ?3, ?4)",
    )?;
    statement.execute(params![hash, id, help.origin, text])?;
    let entry = refold(sql, id)?.ok_or(UNREADABLE)?.entry;
    // What was done about it here is no news here any more, but for hands it came into.
    let hands = entry.state.is_open().then(|| hands_key(entry.hands()));
    sql.prepare_cached("DELETE FROM help_news WHERE entry = ?1 AND hands IS NOT ?2")?
        .execute(params![id, hands])?;
    Ok(entry)
}

fn end(sql: &Connection) -> Result<Option<(u64, String)>, StorageError> {
    let query = "SELECT place, head FROM help_records WHERE place IS NOT NULL
                 ORDER BY place DESC LIMIT 1";
    let row = |row: &Row<'_>| Ok((row.get("place")?, row.get("head")?));
    Ok(sql.prepare_cached(query)?.query_row([], row).optional()?)
}

/// Notes for whom there is something new in an entry that another window wrote in.
fn note(sql: &Connection, id: &str, shared: &SharedEntry) -> Result<(), StorageError> {
    match shared.entry.state.is_open() {
        true => sql
            .prepare_cached(
                "INSERT INTO help_news (entry, hands) VALUES (?1, ?2)
                 ON CONFLICT (entry) DO UPDATE SET hands = excluded.hands",
            )?
            .execute(params![id, hands_key(shared.entry.hands())])?,
        false => sql.prepare_cached("DELETE FROM help_news WHERE entry = ?1")?.execute([id])?,
    };
    Ok(())
}

impl Tx<'_> {
    /// Who has looked at an entry that came into their hands need not be told of it any more.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn forget_help_news(&self, entry: &str, name: &str) -> Result<(), StorageError> {
        let query = "DELETE FROM help_news WHERE entry = ?1 AND hands = ?2";
        self.sql.prepare_cached(query)?.execute(params![entry, hands_key(name)])?;
        Ok(())
    }
}

impl Store {
    /// Up to where this window holds the hub's list: the place of the last record and the end of
    /// the list with it; none before the first.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn help_end(&self) -> Result<Option<(u64, String)>, StorageError> {
        end(&self.lock())
    }

    /// Whether the hub was seen to have such a list: what an older one does not know is not put
    /// into a file for it.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn hub_has_help(&self) -> Result<bool, StorageError> {
        Ok(meta::get(&self.lock(), KNOWN)?.is_some())
    }

    /// How many records are nowhere but here.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn unsent_help(&self) -> Result<u64, StorageError> {
        let sql = self.lock();
        let mut statement =
            sql.prepare_cached("SELECT count(*) FROM help_records WHERE place IS NULL")?;
        Ok(statement.query_row([], |row| row.get(0))?)
    }

    /// What the hub's list lacks, in the order in which it is to have it; what it refused before
    /// comes last.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn unlisted_help(&self) -> Result<Vec<UnlistedHelp>, StorageError> {
        let sql = self.lock();
        let mut statement = sql.prepare_cached(
            "SELECT text, hash, signature FROM help_records WHERE place IS NULL
             ORDER BY code IS NOT NULL, was IS NULL, was, arrival",
        )?;
        let rows = statement.query_map([], |row| {
            Ok(UnlistedHelp { sealed: sealed(row)?, signature: row.get("signature")? })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Takes in the next records of the hub's list, or with `anew` the first of one that is another
    /// than this window holds: what is here keeps its order until it stands there again.
    ///
    /// # Errors
    /// [`StorageError`]; nothing is kept then.
    pub fn take_help(&self, anew: bool, records: &[ListedHelp]) -> Result<(), StorageError> {
        self.write(|tx| {
            let sql = &tx.sql;
            let own = upstream::own_origin(sql)?;
            meta::set(sql, KNOWN, "1")?;
            if anew {
                sql.execute(
                    "UPDATE help_records SET was = place, place = NULL, head = NULL
                     WHERE place IS NOT NULL",
                    [],
                )?;
            }
            let mut insert = sql.prepare_cached(
                "INSERT INTO help_records (hash, entry, origin, text, place, head, signature)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
                 ON CONFLICT (hash) DO UPDATE SET place = excluded.place, head = excluded.head,
                    signature = excluded.signature, was = NULL, code = NULL, message = NULL",
            )?;
            let mut known =
                sql.prepare_cached("SELECT EXISTS (SELECT 1 FROM help_records WHERE hash = ?1)")?;
            let mut touched: Vec<(&str, bool)> = Vec::new();
            for listed in records {
                let ListedHelp { record, sealed, place, head, signature } = listed;
                let here: bool = known.query_row([&sealed.hash], |row| row.get(0))?;
                let (entry, origin) = (&record.entry, &record.origin);
                insert.execute(params![
                    sealed.hash,
                    entry,
                    origin,
                    sealed.text,
                    place,
                    head,
                    signature
                ])?;
                let news = !here && record.decides() && window_of(origin) != own;
                match touched.iter_mut().find(|(id, _)| id == entry) {
                    Some((_, told)) => *told |= news,
                    None => touched.push((entry, news)),
                }
            }
            for (id, news) in touched {
                if let (Some(shared), true) = (refold(sql, id)?, news) {
                    note(sql, id, &shared)?;
                }
            }
            Ok(())
        })
    }

    /// The hub does not take a record.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn refuse_help(&self, hash: &str, code: &str, message: &str) -> Result<(), StorageError> {
        let query = "UPDATE help_records SET code = ?2, message = ?3
                     WHERE hash = ?1 AND place IS NULL";
        self.lock().prepare_cached(query)?.execute(params![hash, code, message])?;
        Ok(())
    }

    /// The records of an entry of the shared list, in its order; none for an entry that stays here.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn help_records(&self, entry: &str) -> Result<Option<Vec<KeptHelp>>, StorageError> {
        let kept = kept(&self.lock(), entry)?;
        let records: Vec<_> =
            kept.iter().map(|kept| (kept.hash.clone(), kept.help.clone())).collect();
        let Some(shared) = fold_shared(&records) else { return Ok(None) };
        let one = |(at, kept): (usize, Kept)| KeptHelp {
            origin: kept.help.origin,
            record: kept.help.record,
            aside: shared.aside.contains(&at),
            listed: kept.listed,
            refused: kept.refused,
        };
        Ok(Some(kept.into_iter().enumerate().map(one).collect()))
    }

    /// Which entries came from other windows into the hands of that name and were not looked at.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn help_news(&self, name: &str) -> Result<Vec<String>, StorageError> {
        let sql = self.lock();
        let mut statement =
            sql.prepare_cached("SELECT entry FROM help_news WHERE hands = ?1 ORDER BY entry")?;
        let rows = statement.query_map([hands_key(name)], |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The names of those who help or helped by the ledger, those first who help most; `limit` at
    /// most. Of names that mean the same person, the one last written.
    ///
    /// # Errors
    /// [`StorageError`].
    pub fn helper_names(&self, limit: u32) -> Result<Vec<String>, StorageError> {
        let sql = self.lock();
        let mut statement = sql.prepare_cached(
            "SELECT coalesce(json_extract(body, '$.referred_to'), json_extract(body, '$.facts.about'))
                AS name, max(number) FROM ledger WHERE kind = 'assistance' AND hands <> ''
             GROUP BY hands ORDER BY count(*) DESC, hands LIMIT ?1",
        )?;
        let rows = statement.query_map([limit], |row| row.get("name"))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}
