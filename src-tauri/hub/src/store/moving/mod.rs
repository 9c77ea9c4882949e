//! A hub's records on their way to another database: what is said of it on both sides, and every
//! table, page by page. What is done in which order is [`crate::moving`]'s.

mod tables;
#[cfg(test)]
mod tests;

use sha2::{Digest as _, Sha256};

use self::tables::{Kind, TABLES, Table};
use super::engine::postgres::Postgres;
use super::engine::sqlite::Sqlite;
use super::engine::{Stored, Value, values};
use super::{DATABASE_FILE, Database, Engine, HubStore, StoreError, Tx, make_private_folder};

/// About how many bytes of a table are in memory at once: more only where single rows have more.
const PAGE_BYTES: usize = 1 << 20;
/// How many rows of a table are read at once at most.
const PAGE_ROWS: usize = 512;

/// What is said in a database of a hub that is being moved, or was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Move {
    /// Which move: random, so that what is left of another one is told apart.
    pub id: String,
    /// Which side this is, and how far it is.
    pub state: MoveState,
    /// The other side, as it is shown to people.
    pub peer: String,
    /// On the side that is copied to: how far the copy is.
    pub(crate) reached: Reached,
}

/// See [`Move`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MoveState {
    /// The records are being copied from here.
    Leaving,
    /// They were copied and are served at the other side.
    Left,
    /// The records are being copied to here.
    Arriving,
}

impl MoveState {
    const ALL: [Self; 3] = [Self::Leaving, Self::Left, Self::Arriving];

    fn as_str(self) -> &'static str {
        match self {
            Self::Leaving => "leaving",
            Self::Left => "left",
            Self::Arriving => "arriving",
        }
    }
}

impl Move {
    /// Why the database is not to be opened for anything else.
    pub(super) fn refusal(&self) -> StoreError {
        let peer = self.peer.clone();
        match self.state {
            MoveState::Leaving => StoreError::Leaving { to: peer },
            MoveState::Left => StoreError::Moved { to: peer },
            MoveState::Arriving => StoreError::Arriving { from: peer },
        }
    }
}

/// How far a copy is: nothing yet, or behind which row of which table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Reached {
    table: usize,
    key: Vec<Stored>,
}

impl Reached {
    /// The beginning of the next table.
    pub(crate) fn next_table(&self) -> Self {
        Self { table: self.table + 1, key: Vec::new() }
    }

    /// The table that is being read; none when all were.
    pub(crate) fn table(&self) -> Option<&'static str> {
        TABLES.get(self.table).map(|moving| moving.table.name)
    }

    fn to_text(&self) -> String {
        let key = self.key.iter().map(|value| match value {
            Stored::Int(value) => serde_json::Value::from(*value),
            Stored::Text(value) => serde_json::Value::from(value.as_str()),
            // No key has others.
            _ => serde_json::Value::Null,
        });
        let table = self.table().unwrap_or_default();
        serde_json::Value::from_iter([table.into()].into_iter().chain(key)).to_string()
    }

    fn parse(text: Option<&str>) -> Option<Self> {
        let Some(text) = text else { return Some(Self::default()) };
        let mut parts = serde_json::from_str::<Vec<serde_json::Value>>(text).ok()?.into_iter();
        let name = parts.next()?;
        let name = name.as_str()?;
        let end = name.is_empty().then_some(TABLES.len());
        let named = || TABLES.iter().position(|moving| moving.table.name == name);
        let key = parts.map(|part| match part {
            serde_json::Value::String(text) => Some(Stored::Text(text)),
            number => number.as_i64().map(Stored::Int),
        });
        Some(Self { table: end.or_else(named)?, key: key.collect::<Option<_>>()? })
    }
}

/// Some rows of a table, in the order of their key.
pub(crate) struct Page {
    table: usize,
    rows: Vec<Vec<Stored>>,
}

impl Page {
    /// How many rows.
    pub(crate) fn len(&self) -> usize {
        self.rows.len()
    }

    /// Behind its last row; none if it has no rows: the table is read.
    pub(crate) fn end(&self) -> Option<Reached> {
        let table = TABLES[self.table].table;
        let row = self.rows.last()?;
        let place = |column: &&str| table.columns.iter().position(|(name, _)| name == column);
        let key = table.key.iter().filter_map(place).map(|place| row[place].clone());
        Some(Reached { table: self.table, key: key.collect() })
    }

    /// How many rows to ask for next, so that a page has about as many bytes as it should.
    pub(crate) fn next_rows(&self) -> usize {
        let bytes: usize = self.rows.iter().flatten().map(Stored::size).sum();
        let rows = self.rows.len();
        if bytes < PAGE_BYTES / 2 {
            (rows * 2).clamp(8, PAGE_ROWS)
        } else if bytes > PAGE_BYTES * 2 {
            (rows / 2).max(1)
        } else {
            rows
        }
    }
}

/// What a table holds: how many rows, and a sum of what they say. The order of the rows does not
/// count, because the engines sort text in different ways.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) rows: u64,
    sum: [u128; 2],
}

impl Tally {
    /// Adds a page.
    pub(crate) fn add(&mut self, page: &Page) {
        for row in &page.rows {
            let mut hash = Sha256::new();
            for value in row {
                let (kind, bytes): (u8, &[u8]) = match value {
                    Stored::Null => (0, &[]),
                    Stored::Bool(value) => (1, if *value { &[1] } else { &[0] }),
                    Stored::Int(value) => (2, &value.to_be_bytes()),
                    Stored::Text(value) => (3, value.as_bytes()),
                    Stored::Bytes(value) => (4, value),
                };
                hash.update([kind]);
                hash.update((bytes.len() as u64).to_be_bytes());
                hash.update(bytes);
            }
            let hash: [u8; 32] = hash.finalize().into();
            for (sum, half) in self.sum.iter_mut().zip(hash.chunks_exact(16)) {
                let half = half.iter().fold(0u128, |all, byte| all << 8 | u128::from(*byte));
                *sum = sum.wrapping_add(half);
            }
            self.rows += 1;
        }
    }
}

impl HubStore {
    /// Opens a database that a hub is moved from, alone: nothing else may have it open.
    ///
    /// # Errors
    /// [`StoreError::Missing`], [`StoreError::InUse`]; otherwise as [`Self::open_at`].
    pub(crate) fn open_to_leave(database: &Database) -> Result<Self, StoreError> {
        Ok(Self::bare(match database {
            Database::Folder(folder) => {
                let file = folder.join(DATABASE_FILE);
                if !file.is_file() {
                    return Err(StoreError::Missing);
                }
                Engine::Sqlite(Sqlite::open_alone(&file)?)
            }
            Database::Postgres(address) => Engine::Postgres(Postgres::open_existing(address)?),
        }))
    }

    /// Opens a database that a hub is moved to; makes folder, file and tables where there are none,
    /// and nothing else: no new hub.
    ///
    /// # Errors
    /// As [`Self::open_to_leave`].
    pub(crate) fn open_to_arrive(database: &Database) -> Result<Self, StoreError> {
        Ok(Self::bare(match database {
            Database::Folder(folder) => {
                make_private_folder(folder).map_err(StoreError::Folder)?;
                Engine::Sqlite(Sqlite::open_alone(&folder.join(DATABASE_FILE))?)
            }
            Database::Postgres(address) => Engine::Postgres(Postgres::open(address)?),
        }))
    }

    /// Whether other programs of the hub have the database open.
    ///
    /// # Errors
    /// [`StoreError`].
    pub(crate) fn is_in_use(&self) -> Result<bool, StoreError> {
        match &self.open.engine {
            // Opened alone, or not at all.
            Engine::Sqlite(_) => Ok(false),
            Engine::Postgres(_) => self.read(|tx| {
                let query = "SELECT count(*) AS others FROM pg_stat_activity
                             WHERE datname = current_database() AND pid <> pg_backend_pid()
                               AND application_name = 'yichuang-hub'";
                let mut row = tx.row(query, &values![])?.ok_or(StoreError::Missing)?;
                Ok(row.take::<i64>("others")? > 0)
            }),
        }
    }
}

impl Tx<'_> {
    /// What is said of a move; none where the hub is at home here.
    ///
    /// # Errors
    /// [`StoreError`].
    pub fn moving(&self) -> Result<Option<Move>, StoreError> {
        let query = "SELECT id, state, peer, progress FROM moves WHERE one = 1";
        let Some(mut row) = self.row(query, &values![])? else { return Ok(None) };
        let unreadable = || StoreError::Unreadable("搬迁状态");
        let state: String = row.take("state")?;
        let state = MoveState::ALL.into_iter().find(|known| known.as_str() == state);
        let progress: Option<String> = row.take("progress")?;
        Ok(Some(Move {
            id: row.take("id")?,
            state: state.ok_or_else(unreadable)?,
            peer: row.take("peer")?,
            reached: Reached::parse(progress.as_deref()).ok_or_else(unreadable)?,
        }))
    }

    /// Says something of a move, whatever was said before.
    ///
    /// # Errors
    /// [`StoreError`].
    pub(crate) fn say_moving(&self, said: &Move) -> Result<(), StoreError> {
        self.execute(
            "INSERT INTO moves (one, id, state, peer, progress) VALUES (1, ?1, ?2, ?3, ?4)
             ON CONFLICT (one) DO UPDATE
               SET id = excluded.id, state = excluded.state, peer = excluded.peer,
                   progress = excluded.progress",
            &values![&said.id, said.state.as_str(), &said.peer, said.reached.to_text()],
        )?;
        Ok(())
    }

    /// Says that the hub is at home here.
    ///
    /// # Errors
    /// [`StoreError`].
    pub(crate) fn end_move(&self) -> Result<(), StoreError> {
        self.execute("DELETE FROM moves", &values![])?;
        Ok(())
    }

    /// Whether no table has a row.
    ///
    /// # Errors
    /// [`StoreError`].
    pub(crate) fn is_empty(&self) -> Result<bool, StoreError> {
        for moving in TABLES.iter() {
            if self.row(&moving.any, &values![])?.is_some() {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// How many rows all tables have together.
    ///
    /// # Errors
    /// [`StoreError`].
    pub(crate) fn rows_of_all(&self) -> Result<u64, StoreError> {
        let mut all = 0;
        for moving in TABLES.iter() {
            let row = self.row(&moving.count, &values![])?;
            all += row.ok_or(StoreError::Unreadable("记录数"))?.take::<u64>("rows")?;
        }
        Ok(all)
    }

    /// Up to so many rows behind a place.
    ///
    /// # Errors
    /// [`StoreError`], also if a value is not of its column's kind, or is a text that only one of
    /// the engines can hold.
    pub(crate) fn page(&self, after: &Reached, rows: usize) -> Result<Page, StoreError> {
        let page = |rows| Page { table: after.table, rows };
        let Some(moving) = TABLES.get(after.table) else { return Ok(page(Vec::new())) };
        let mut values: Vec<Value<'_>> = after.key.iter().map(Stored::value).collect();
        let query = if values.is_empty() { &moving.first } else { &moving.next };
        values.push(rows.into());
        let read = |row: super::Row| checked(moving.table, row.into_values());
        Ok(page(self.rows(query, &values)?.into_iter().map(read).collect::<Result<_, _>>()?))
    }

    /// Adds the rows of a page.
    ///
    /// # Errors
    /// [`StoreError`].
    pub(crate) fn add_page(&self, page: &Page) -> Result<(), StoreError> {
        let rows: Vec<Vec<Value<'_>>> =
            page.rows.iter().map(|row| row.iter().map(Stored::value).collect()).collect();
        self.insert_each(&TABLES[page.table].add, &rows).map(drop)
    }

    /// How many logs there are, and how many of them do not end as their table of ends says.
    ///
    /// # Errors
    /// [`StoreError`].
    pub(crate) fn ends_of_logs(&self) -> Result<(u64, u64), StoreError> {
        let query = "SELECT count(*) AS logs, count(e.origin) AS held
                     FROM heads h LEFT JOIN events e
                       ON e.origin = h.origin AND e.seq = h.seq AND e.hash = h.hash";
        let row = self.row(query, &values![])?;
        let mut row = row.ok_or(StoreError::Unreadable("记录数"))?;
        let logs: u64 = row.take("logs")?;
        let held: u64 = row.take("held")?;
        Ok((logs, logs - held.min(logs)))
    }
}

/// A row with each value as its column has it.
fn checked(table: &Table, row: Vec<Stored>) -> Result<Vec<Stored>, StoreError> {
    let value = |(value, (_, kind)): (Stored, &(&str, Kind))| match (kind, value) {
        (_, Stored::Null) => Ok(Stored::Null),
        (Kind::Bool, Stored::Int(value @ (0 | 1))) => Ok(Stored::Bool(value == 1)),
        (Kind::Text, Stored::Text(text)) if !text.contains('\0') => Ok(Stored::Text(text)),
        (Kind::Int, value @ Stored::Int(_))
        | (Kind::Bool, value @ Stored::Bool(_))
        | (Kind::Bytes, value @ Stored::Bytes(_)) => Ok(value),
        _ => Err(StoreError::Unreadable(table.name)),
    };
    row.into_iter().zip(table.columns).map(value).collect()
}
