//! All that a database holds, as text: so that a test can say that nothing changed.

use std::collections::BTreeMap;

use super::{Engine, HubStore, StoreError};

/// The rows of every table, sorted.
pub(crate) type Dump = BTreeMap<String, Vec<String>>;

impl HubStore {
    /// What the tables hold.
    pub(crate) fn dump(&self) -> Dump {
        let tables: Vec<String> = self.texts(match self.open.engine {
            Engine::Sqlite(_) => "SELECT name AS said FROM sqlite_master WHERE type = 'table'",
            Engine::Postgres(_) => {
                "SELECT CAST(tablename AS text) AS said FROM pg_tables WHERE schemaname = 'public'"
            }
        });
        tables
            .into_iter()
            .map(|table| {
                let mut rows = self.rows_of(&table);
                rows.sort_unstable();
                (table, rows)
            })
            .collect()
    }

    /// What differs between then and now, but for some tables.
    pub(crate) fn changes(&self, before: &Dump, but: &[&str]) -> Vec<String> {
        let now = self.dump();
        let tables = before.keys().chain(now.keys());
        let mut changed: Vec<String> = tables
            .filter(|table| !but.contains(&table.as_str()))
            .filter(|table| before.get(*table) != now.get(*table))
            .cloned()
            .collect();
        changed.sort_unstable();
        changed.dedup();
        changed
    }

    fn rows_of(&self, table: &str) -> Vec<String> {
        match &self.open.engine {
            Engine::Sqlite(sqlite) => {
                let sql = sqlite.lock();
                let mut statement = sql.prepare(&format!("SELECT * FROM \"{table}\"")).unwrap();
                let columns = statement.column_count();
                let row = |row: &rusqlite::Row<'_>| {
                    (0..columns).map(|nth| Ok(format!("{:?}", row.get_ref(nth)?))).collect()
                };
                let rows = statement.query_map([], row).unwrap();
                rows.map(|row: rusqlite::Result<Vec<String>>| row.unwrap().join("|")).collect()
            }
            Engine::Postgres(_) => {
                let sql = format!("SELECT CAST(t AS text) AS said FROM \"{table}\" AS t");
                self.texts(Box::leak(sql.into_boxed_str()))
            }
        }
    }

    fn texts(&self, sql: &'static str) -> Vec<String> {
        let said = self.read(|tx| {
            let mut rows = tx.sql.query(sql, &[])?;
            rows.iter_mut().map(|row| row.take::<String>("said")).collect::<Result<_, StoreError>>()
        });
        said.unwrap()
    }
}
