//! PostgreSQL's steps, for several processes that start at once.
//!
//! The relatives of PostgreSQL take changes of the schema one statement at a time, and not all of
//! them have locks that a session can hold. So there is a row that one process takes for a while;
//! every statement may be run again; and which steps are done is written down when they are.

use std::time::{Duration, Instant};

use crate::store::StoreError;
use crate::store::engine::postgres::Postgres;
use crate::store::engine::{Access, Failed, Retry, Row, Statements, values};

const STEPS: &[&str] = &[
    include_str!("../schema/postgres/1.sql"),
    include_str!("../schema/postgres/2.sql"),
    include_str!("../schema/postgres/3.sql"),
    include_str!("../schema/postgres/4.sql"),
    include_str!("../schema/postgres/5.sql"),
    include_str!("../schema/postgres/6.sql"),
    include_str!("../schema/postgres/7.sql"),
    include_str!("../schema/postgres/8.sql"),
    include_str!("../schema/postgres/9.sql"),
    include_str!("../schema/postgres/10.sql"),
];

/// The newest version this program knows.
const KNOWN: i64 = STEPS.len() as i64;

/// How many partitions a table that is cut up by log has.
const PARTITIONS: usize = 16;

/// Where it is written down which steps are done, and who is at it. Its one row is 1.
const LEDGER: &str = "CREATE TABLE IF NOT EXISTS schema_version (
  one BIGINT PRIMARY KEY,
  version BIGINT NOT NULL,
  holder TEXT NOT NULL,
  held_until TIMESTAMPTZ NOT NULL
)";

/// For how long the row is taken, unless it is taken again: `take` says so to the database.
const HELD: Duration = Duration::from_secs(60);
/// How long to wait between two looks while another process is at it.
const LOOK_AGAIN: Duration = Duration::from_millis(100);
/// How often to look before giving up: ten minutes.
const LOOKS: u32 = 6000;

/// Brings the schema up to date.
///
/// # Errors
/// [`StoreError::Newer`] for a database of a newer program, which is left untouched;
/// [`StoreError::Contended`] where another process does not come to an end with it.
pub(in crate::store) fn run(database: &Postgres) -> Result<(), StoreError> {
    let me = crate::secrets::token()?;
    if has_begun(database)? {
        if let Some(found) = version(database)?.filter(|found| *found >= KNOWN) {
            return settled(found);
        }
    } else {
        make(database, LEDGER)?;
    }
    for _ in 0..LOOKS {
        if take(database, &me)? {
            return climb(database, &me);
        }
        if let Some(found) = version(database)?.filter(|found| *found >= KNOWN) {
            return settled(found);
        }
        std::thread::sleep(LOOK_AGAIN);
    }
    Err(StoreError::Contended)
}

/// Whether a hub ever began to make its tables here.
///
/// # Errors
/// [`StoreError`].
pub(in crate::store) fn has_begun(database: &Postgres) -> Result<bool, StoreError> {
    const UNDEFINED_TABLE: &str = "42P01";
    match version(database) {
        Ok(_) => Ok(true),
        Err(StoreError::Postgres { sqlstate }) if sqlstate == UNDEFINED_TABLE => Ok(false),
        Err(error) => Err(error),
    }
}

fn settled(found: i64) -> Result<(), StoreError> {
    if found > KNOWN { Err(StoreError::Newer { found, known: KNOWN }) } else { Ok(()) }
}

fn version(database: &Postgres) -> Result<Option<i64>, StoreError> {
    let look = |sql: &dyn Statements| {
        let query = "SELECT version FROM schema_version WHERE one = 1";
        let row = sql.query(query, &values![])?.pop();
        row.map(|mut row: Row| row.take("version")).transpose()
    };
    again(|| database.transact(Access::Read, look))
}

/// Takes the row for [`HELD`], if nobody has it; whether that worked.
fn take(database: &Postgres, me: &str) -> Result<bool, StoreError> {
    let sql = "INSERT INTO schema_version (one, version, holder, held_until)
               VALUES (1, 0, ?1, now() + INTERVAL '1 minute')
               ON CONFLICT (one) DO UPDATE
                 SET holder = excluded.holder, held_until = excluded.held_until
                 WHERE schema_version.held_until < now() OR schema_version.holder = ?1";
    let taken: u64 = again(|| {
        database.transact(Access::Write, |tx: &dyn Statements| tx.execute(sql, &values![me]))
    })?;
    Ok(taken == 1)
}

/// Does every step that is missing, and lets the row go.
fn climb(database: &Postgres, me: &str) -> Result<(), StoreError> {
    let mut taken = Instant::now();
    let done = version(database)?.unwrap_or(0);
    let whole = !cuts_tables(database)?;
    for (step, text) in STEPS.iter().enumerate().skip(usize::try_from(done).unwrap_or(0)) {
        for statement in statements(text, whole) {
            make(database, &statement)?;
            if taken.elapsed() > HELD / 3 {
                if !take(database, me)? {
                    // It took longer than that, and another process goes on with it.
                    return run(database);
                }
                taken = Instant::now();
            }
        }
        let note = "UPDATE schema_version SET version = ?2 WHERE one = 1 AND holder = ?1";
        again(|| {
            let note = |tx: &dyn Statements| tx.execute(note, &values![me, step + 1]);
            database.transact(Access::Write, note)
        })?;
    }
    let free = "UPDATE schema_version SET held_until = now() - INTERVAL '1 second'
                WHERE one = 1 AND holder = ?1";
    again(|| database.transact(Access::Write, |tx| tx.execute(free, &values![me])))?;
    settled(done)
}

/// Whether this database cuts tables into partitions by itself. CockroachDB and Citus spread them
/// by the first column of the key instead.
fn cuts_tables(database: &Postgres) -> Result<bool, StoreError> {
    let sql = "SELECT version() AS version,
                 EXISTS (SELECT 1 FROM pg_extension WHERE extname = 'citus') AS citus";
    let row = again(|| database.transact(Access::Read, |tx| tx.query(sql, &values![])))?.pop();
    let Some(mut row) = row else { return Ok(false) };
    let version: String = row.take("version")?;
    Ok(!row.take::<bool>("citus")? && !version.contains("Cockroach"))
}

/// The statements of a step, with the partitions of each table that has some.
fn statements(text: &str, whole: bool) -> Vec<String> {
    const CUT: &str = " PARTITION BY HASH (origin)";
    let without_comments: Vec<&str> =
        text.lines().filter(|line| !line.trim_start().starts_with("--")).collect();
    let mut all = Vec::new();
    for statement in without_comments.join("\n").split(';').map(str::trim) {
        match statement.strip_suffix(CUT) {
            _ if statement.is_empty() => {}
            None => all.push(statement.to_owned()),
            Some(table) if whole => all.push(table.to_owned()),
            Some(table) => {
                all.push(statement.to_owned());
                let name = table.split_whitespace().nth(5).unwrap_or_default();
                all.extend((0..PARTITIONS).map(|n| {
                    format!(
                        "CREATE TABLE IF NOT EXISTS {name}_{n:02} PARTITION OF {name}
                         FOR VALUES WITH (MODULUS {PARTITIONS}, REMAINDER {n})"
                    )
                }));
            }
        }
    }
    all
}

/// Runs a statement that makes something where it is missing. Two that make the same at once get
/// in each other's way in ways of their own (a duplicate in the catalogue, a table that is there
/// after all); the second time it is there.
fn make(database: &Postgres, statement: &str) -> Result<(), StoreError> {
    const MET: [&str; 4] = ["23505", "42P07", "42710", "XX000"];
    let mut met = 0;
    again(|| match database.alone(statement) {
        Err(Failed::With(StoreError::Postgres { sqlstate }))
            if met < 10 && MET.contains(&sqlstate.as_str()) =>
        {
            met += 1;
            Err(Failed::Conflict)
        }
        done => done,
    })
}

fn again<T>(mut run: impl FnMut() -> Result<T, Failed<StoreError>>) -> Result<T, StoreError> {
    let mut retry = Retry::default();
    loop {
        match run() {
            Ok(done) => return Ok(done),
            Err(Failed::With(error)) => return Err(error),
            Err(Failed::Conflict) => retry.pause()?,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_is_cut_into_statements_and_tables_into_partitions() {
        let text = "-- A comment; with a semicolon.\nCREATE TABLE IF NOT EXISTS t (\n  a TEXT -- no\n);\n\
                    CREATE TABLE IF NOT EXISTS p (\n  origin TEXT\n) PARTITION BY HASH (origin);\n";
        let text = text.replace(" -- no", "");
        let cut = statements(&text, false);
        assert_eq!(cut.len(), 2 + PARTITIONS);
        assert!(cut[1].ends_with("PARTITION BY HASH (origin)"), "{}", cut[1]);
        assert!(cut[2].starts_with("CREATE TABLE IF NOT EXISTS p_00 PARTITION OF p"), "{}", cut[2]);
        let whole = statements(&text, true);
        assert_eq!(whole.len(), 2);
        assert!(whole[1].ends_with(')'), "{}", whole[1]);
        // A step must be safe to run again after a crash in the middle.
        for statement in STEPS.iter().flat_map(|step| statements(step, false)) {
            let again = statement.contains("IF NOT EXISTS") || statement.contains("IF EXISTS");
            assert!(again, "{statement}");
        }
    }
}
