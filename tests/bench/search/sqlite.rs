//! The same with SQLite: `LIKE` over every text, and FTS5's trigrams.

use rusqlite::Connection;
use yichuang_guide::GuidePackage;

use super::queries::{full, initials};
use super::{Engine, LIMIT};

/// A table of this kind with all texts of a guide.
fn filled(guide: &GuidePackage, table: &str) -> Connection {
    let mut sql = Connection::open_in_memory().expect("a database");
    sql.execute_batch(table).expect("a table");
    let tx = sql.transaction().expect("a transaction");
    for (i, matter) in guide.matters.iter().enumerate() {
        let text = "INSERT INTO texts (rowid, name, alias, said, initials, code)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
        let (name, alias) = (&matter.name, matter.aliases.join("\n"));
        let said = (full(name), initials(name));
        let mut insert = tx.prepare_cached(text).expect("a statement");
        insert.execute((i, name, alias, said.0, said.1, &matter.code)).expect("a row");
    }
    tx.commit().expect("kept");
    sql
}

fn rows(sql: &Connection, text: &str, parameter: &str) -> Vec<usize> {
    let mut statement = sql.prepare_cached(text).expect("a statement");
    let rows = statement.query_map((parameter, LIMIT), |row| row.get(0)).expect("rows");
    rows.map(|row| row.expect("a row")).collect()
}

/// `LIKE` over every column.
pub struct Like(Connection);

impl Like {
    /// Of a guide.
    pub fn new(guide: &GuidePackage) -> Self {
        Self(filled(guide, "CREATE TABLE texts (name, alias, said, initials, code)"))
    }
}

impl Engine for Like {
    fn find(&self, text: &str) -> Vec<usize> {
        let query = "SELECT rowid FROM texts WHERE name LIKE ?1 OR alias LIKE ?1 OR said LIKE ?1
            OR initials LIKE ?1 OR code LIKE ?1 LIMIT ?2";
        rows(&self.0, query, &format!("%{text}%"))
    }
}

/// FTS5 with the trigram tokenizer, ranked; it can't look up fewer than three characters, so
/// that those go through `LIKE` on the same table, as its manual says.
pub struct Fts(Connection);

impl Fts {
    /// Of a guide.
    pub fn new(guide: &GuidePackage) -> Self {
        let table = "CREATE VIRTUAL TABLE texts
            USING fts5 (name, alias, said, initials, code, tokenize = 'trigram')";
        Self(filled(guide, table))
    }
}

impl Engine for Fts {
    fn find(&self, text: &str) -> Vec<usize> {
        if text.chars().count() < 3 {
            let query = "SELECT rowid FROM texts WHERE name LIKE ?1 LIMIT ?2";
            return rows(&self.0, query, &format!("%{text}%"));
        }
        let words: Vec<String> = text.split(' ').map(|word| format!("\"{word}\"")).collect();
        let query = "SELECT rowid FROM texts WHERE texts MATCH ?1 ORDER BY rank LIMIT ?2";
        rows(&self.0, query, &words.join(" AND "))
    }
}
