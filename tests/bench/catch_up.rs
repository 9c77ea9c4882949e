//! Catching up 10,000 unsent events on loopback, beside the bare inserts at the hub; and with a hub
//! on PostgreSQL, beside the one on SQLite.

use std::time::Duration;

use rusqlite::{Connection, TransactionBehavior, params};
use throwaway_postgres::Cluster;
use yichuang_tests::hub::TestHub;
use yichuang_tests::sync_window::SyncWindow;

use crate::table::{Table, milliseconds, ratio, timed};

const EVENTS: usize = 10_000;
/// As many as the protocol puts into one batch.
const BATCH: usize = 500;

/// Adds its row.
pub fn measure(table: &mut Table) {
    let folder = tempfile::tempdir().expect("a folder");
    let hub = TestHub::start(&folder.path().join("hub"), true);
    let mut window = SyncWindow::joined(&hub, hub.url(), "3");
    while (window.unsent() as usize) < EVENTS {
        window.file();
    }
    let events = window.store().unsent(0, EVENTS).expect("the log");

    let mut sql = Connection::open(folder.path().join("bare.db")).expect("a database");
    sql.pragma_update(None, "journal_mode", "WAL").expect("a setting");
    sql.pragma_update(None, "synchronous", "FULL").expect("a setting");
    sql.execute_batch("CREATE TABLE events (seq INTEGER PRIMARY KEY, text TEXT, hash TEXT)")
        .expect("a table");
    let (bare, ()) = timed(|| {
        for (n, batch) in events.chunks(BATCH).enumerate() {
            let tx = sql.transaction_with_behavior(TransactionBehavior::Immediate).expect("one");
            for (i, event) in batch.iter().enumerate() {
                let row = params![(n * BATCH + i) as i64, event.text, event.hash];
                let mut insert =
                    tx.prepare_cached("INSERT INTO events VALUES (?1, ?2, ?3)").expect("one");
                insert.execute(row).expect("a row");
            }
            tx.commit().expect("a commit");
        }
    });
    let (sent, report) = timed(|| window.sync().expect("a sync"));
    assert!(report.sent as usize >= EVENTS && window.unsent() == 0, "everything went up");
    table.add(
        "catch-up of 10,000 events",
        (milliseconds(sent), milliseconds(bare)),
        (ratio(sent, bare), 2.0),
        "beside bare inserts at the hub; 2 is half their rate",
    );
    let shared = on_postgres();
    table.add(
        "the same, hub on PostgreSQL",
        (milliseconds(shared), milliseconds(sent)),
        (ratio(shared, sent), 2.0),
        "beside the hub on SQLite; both wait for the disk",
    );
}

fn on_postgres() -> Duration {
    let folder = tempfile::tempdir().expect("a folder");
    let cluster = Cluster::start_durable();
    let hub = TestHub::start_on(&cluster.database(), folder.path());
    let mut window = SyncWindow::joined(&hub, hub.url(), "3");
    while (window.unsent() as usize) < EVENTS {
        window.file();
    }
    let (sent, report) = timed(|| window.sync().expect("a sync"));
    assert!(report.sent as usize >= EVENTS && window.unsent() == 0, "everything went up");
    sent
}
