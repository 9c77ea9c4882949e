use std::collections::BTreeMap;

use super::tables::STAYING;
use super::*;
use crate::sample::{On, on_both_engines};

/// How many rows of events `fill` makes: several pages.
const EVENTS: usize = 1300;
/// How many of every other table.
const OTHERS: usize = 20;

impl HubStore {
    /// Puts rows into every table that moves, which say nothing but are each different.
    pub(crate) fn fill(&self) {
        for (place, moving) in TABLES.iter().enumerate() {
            let table = moving.table;
            let rows = if table.name == "events" { EVENTS } else { OTHERS };
            let value = |column: &(&str, Kind), n| said(column, table.key.contains(&column.0), n);
            let rows =
                (1..=rows).map(|n| table.columns.iter().map(|column| value(column, n)).collect());
            let page = Page { table: place, rows: rows.collect() };
            self.write(|tx| tx.add_page(&page)).unwrap();
        }
    }
}

/// The same for the same column of every table, so that what refers to another table finds it.
fn said((column, kind): &(&str, Kind), in_key: bool, n: usize) -> Stored {
    match kind {
        _ if ["used_by", "disabled_at", "revoked_at", "due", "case_id"].contains(column)
            && !in_key
            && n.is_multiple_of(2) =>
        {
            Stored::Null
        }
        Kind::Text if *column == "used_by" => Stored::Text(format!("origin-{n}")),
        Kind::Text if *column == "text" => Stored::Text(format!("𠮷\"'\\\u{1}\n-{n}")),
        Kind::Text => Stored::Text(format!("{column}-{n}")),
        Kind::Int => Stored::Int(n as i64),
        Kind::Bool => Stored::Bool(n.is_multiple_of(3)),
        Kind::Bytes => Stored::Bytes(vec![n as u8; 300_000 * (n % 4)]),
    }
}

/// What a schema has: of each table its columns, each with its kind and whether it is in the key.
type Schema = BTreeMap<String, BTreeMap<String, (String, bool)>>;

fn schema(store: &HubStore) -> Schema {
    let query = match store.open.engine {
        Engine::Sqlite(_) => {
            "SELECT m.name AS tab, p.name AS col, lower(p.type) AS kind, p.pk > 0 AS in_key
             FROM sqlite_master m JOIN pragma_table_info(m.name) p WHERE m.type = 'table'"
        }
        Engine::Postgres(_) => {
            "SELECT CAST(c.relname AS text) AS tab, CAST(a.attname AS text) AS col,
                    format_type(a.atttypid, NULL) AS kind,
                    COALESCE(a.attnum = ANY(i.indkey), false) AS in_key
             FROM pg_class c
               JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
               LEFT JOIN pg_index i ON i.indrelid = c.oid AND i.indisprimary
             WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition
               AND c.relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = 'public')"
        }
    };
    let mut schema = Schema::new();
    let rows = store.read(|tx| tx.rows(query, &values![])).unwrap();
    for mut row in rows {
        let told = (row.take("kind").unwrap(), row.take("in_key").unwrap());
        let columns = schema.entry(row.take("tab").unwrap()).or_default();
        columns.insert(row.take("col").unwrap(), told);
    }
    schema
}

fn every_table_and_column_moves(on: On) {
    let (_place, store) = on.hub();
    let mut there = schema(&store);
    there.retain(|table, _| !STAYING.contains(&table.as_str()));
    let word = |kind: Kind| match (on, kind) {
        (On::Postgres, Kind::Text) | (On::Sqlite, Kind::Text) => "text",
        (On::Postgres, Kind::Int) => "bigint",
        (On::Postgres, Kind::Bool) => "boolean",
        (On::Postgres, Kind::Bytes) => "bytea",
        (On::Sqlite, Kind::Int | Kind::Bool) => "integer",
        (On::Sqlite, Kind::Bytes) => "blob",
    };
    let known: Schema = TABLES
        .iter()
        .map(|moving| {
            let columns = moving.table.columns.iter().map(|(column, kind)| {
                let in_key = there.get(moving.table.name).and_then(|columns| columns.get(*column));
                let in_key = in_key.is_some_and(|(_, in_key)| *in_key);
                // Rows are read in the order of this key: it must tell every two apart.
                assert!(!in_key || moving.table.key.contains(column), "{}", moving.table.name);
                ((*column).to_owned(), (word(*kind).to_owned(), in_key))
            });
            (moving.table.name.to_owned(), columns.collect())
        })
        .collect();
    assert_eq!(known, there);
}

fn a_table_is_read_whole_in_pages(on: On) {
    let (_place, store) = on.hub();
    store.fill();
    let (mut reached, mut rows) = (Reached::default(), 1);
    let mut found: BTreeMap<&str, usize> = BTreeMap::new();
    while let Some(name) = reached.table() {
        let page = store.read(|tx| tx.page(&reached, rows)).unwrap();
        assert!(page.len() <= rows);
        *found.entry(name).or_default() += page.len();
        rows = page.next_rows();
        assert!((1..=PAGE_ROWS).contains(&rows));
        reached = page.end().unwrap_or_else(|| reached.next_table());
        assert_eq!(Reached::parse(Some(&reached.to_text())).unwrap(), reached);
    }
    assert_eq!((found["events"], found["devices"]), (EVENTS, OTHERS));
    assert_eq!(found["meta"], OTHERS + 2, "the key and whether it is for practice");
    assert_eq!(found.len(), TABLES.len());
    assert_eq!(found.values().sum::<usize>() as u64, store.read(|tx| tx.rows_of_all()).unwrap());
    assert!(!store.read(|tx| tx.is_empty()).unwrap());
    let logs = OTHERS as u64;
    assert_eq!(store.read(|tx| tx.ends_of_logs()).unwrap(), (logs, 0));
}

on_both_engines!(every_table_and_column_moves, a_table_is_read_whole_in_pages);

#[test]
fn a_tally_sees_every_change_and_no_order() {
    let text = |text: &str| Stored::Text(text.to_owned());
    let tally = |rows: &[[Stored; 2]]| {
        let mut tally = Tally::default();
        tally.add(&Page { table: 0, rows: rows.iter().map(|row| row.to_vec()).collect() });
        tally
    };
    let [one, other] = [[text("a"), text("b")], [text("c"), Stored::Null]];
    let both = tally(&[one.clone(), other.clone()]);
    assert_eq!(both, tally(&[other.clone(), one.clone()]));
    for changed in [
        vec![one.clone()],
        vec![one.clone(), one.clone()],
        vec![[text("ab"), text("")], other.clone()],
        vec![[text("a"), Stored::Bytes(b"b".to_vec())], other.clone()],
        vec![one.clone(), [text("c"), text("")]],
        vec![one, other, [Stored::Int(0), Stored::Bool(false)]],
    ] {
        assert_ne!(both, tally(&changed));
    }
}

#[test]
fn what_only_one_engine_can_hold_is_not_moved_otherwise() {
    let (_place, store) = On::Sqlite.hub();
    let Engine::Sqlite(sqlite) = &store.open.engine else { panic!("not SQLite") };
    sqlite.lock().execute("INSERT INTO meta VALUES ('a', 'x' || char(0) || 'y')", []).unwrap();
    let error =
        store.read(|tx| tx.page(&Reached::default(), 9)).map(|page| page.len()).unwrap_err();
    assert_eq!(error.to_string(), "数据库中的meta无法解读");
}
