//! Catching up 10,000 unsent events on loopback, beside the bare inserts at the hub, beside other
//! systems, and with a hub on PostgreSQL beside the one on SQLite.

use std::time::Duration;

use rusqlite::{Connection, TransactionBehavior, params};
use throwaway_postgres::Cluster;
use yichuang_domain::case::SealedEvent;
use yichuang_protocol::limits::{BATCH_EVENTS, batch_len};
use yichuang_tests::hub::TestHub;
use yichuang_tests::sync_window::SyncWindow;

use crate::beside::{anki, pouchdb};
use crate::table::{Table, milliseconds, ratio, timed};

const EVENTS: usize = 10_000;
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
    let batches = batches(&events);
    let (bare, ()) = timed(|| {
        for (n, batch) in batches.iter().enumerate() {
            let tx = sql.transaction_with_behavior(TransactionBehavior::Immediate).expect("one");
            for (i, event) in batch.iter().enumerate() {
                let row = params![(n * BATCH_EVENTS + i) as i64, event.text, event.hash];
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
    beside_others(table, sent, &events, &batches);
    let shared = on_postgres();
    table.add(
        "the same, hub on PostgreSQL",
        (milliseconds(shared), milliseconds(sent)),
        (ratio(shared, sent), 2.0),
        "beside the hub on SQLite; both wait for the disk",
    );
}

/// The batches that a window makes of its log.
fn batches(events: &[SealedEvent]) -> Vec<&[SealedEvent]> {
    let mut batches = Vec::new();
    let mut rest = events;
    while !rest.is_empty() {
        let (batch, later) = rest.split_at(batch_len(rest.iter().map(|event| event.text.len())));
        batches.push(batch);
        rest = later;
    }
    batches
}

/// The same events to servers of others, at the same sizes.
fn beside_others(
    table: &mut Table,
    sent: Duration,
    events: &[SealedEvent],
    batches: &[&[SealedEvent]],
) {
    let rate = |time: Duration| {
        let rate = events.len() as f64 / time.as_secs_f64();
        format!("{} ({rate:.0} events/s)", milliseconds(time))
    };
    let what = "catch-up beside PouchDB Server";
    match pouchdb::start().and_then(|server| pouchdb::catch_up(&server, batches)) {
        Err(why) => table.leave_out(what, &why),
        Ok(its) => table.add(
            what,
            (rate(sent), rate(its)),
            (ratio(sent, its), 1.0),
            "the same batches by CouchDB's protocol; unsigned, unjudged, no wait for the disk",
        ),
    }
    let what = "catch-up beside Anki's sync server";
    match anki::catch_up(events) {
        Err(why) => table.leave_out(what, &why),
        Ok(its) => table.add(
            what,
            (rate(sent), rate(its)),
            (ratio(sent, its), 1.0),
            "5,000 notes with their cards hold the same text; unjudged, one commit at the end",
        ),
    }
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
