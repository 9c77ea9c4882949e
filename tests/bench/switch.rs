//! Searching at a desk while another thread takes a release in: checked, indexed, switched.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use yichuang_desk::Desk;
use yichuang_tests::sync_window::SyncWindow;

use crate::search::queries::{self, Query};
use crate::table::{Table, milliseconds, p99, ratio, timed};

const MATTERS: usize = 20_000;
const RELEASES: u32 = 5;
const LIMIT: usize = 20;

/// Adds its rows.
pub fn measure(table: &mut Table) {
    let mut guide = guide_maker::guide(MATTERS).expect("a guide");
    let queries = queries::of(&guide);
    let window = SyncWindow::new();
    let desk = window.desk();
    let mut next = || {
        guide.release += 1;
        serde_json::to_vec(&guide).expect("a guide is JSON")
    };
    desk.import_guide(&next()).expect("a release");

    let (mut alone, mut beside, mut imports) = (Vec::new(), Vec::new(), Vec::new());
    let mut beside_work = Vec::new();
    for _ in 0..RELEASES {
        let release = next();
        let done = AtomicBool::new(false);
        std::thread::scope(|scope| {
            let taking = scope.spawn(|| {
                let (time, taken) = timed(|| desk.import_guide(&release));
                done.store(true, Ordering::Release);
                taken.expect("a release");
                time
            });
            let searches = searched(desk, &queries, |_| !done.load(Ordering::Acquire));
            imports.push(taking.join().expect("an import"));
            // As many of the same searches, in turns, with nothing beside them.
            let as_many = |n| n < searches.len();
            alone.extend(searched(desk, &queries, as_many));
            // And beside a thread that wants a processor and nothing else: the difference to that
            // is what an import costs a search by its locks and its memory.
            done.store(false, Ordering::Release);
            scope.spawn(|| {
                while !done.load(Ordering::Acquire) {
                    std::hint::spin_loop();
                }
            });
            beside_work.extend(searched(desk, &queries, as_many));
            done.store(true, Ordering::Release);
            beside.extend(searches);
        });
    }
    let most = |times: &[Duration]| milliseconds(times.iter().max().copied().unwrap_or_default());
    println!(
        "{} searches beside {RELEASES} imports of {} to {} each; the longest took {}, alone {}",
        beside.len(),
        milliseconds(imports.iter().min().copied().unwrap_or_default()),
        most(&imports),
        most(&beside),
        most(&alone),
    );
    let (beside, alone, beside_work) = (p99(beside), p99(alone), p99(beside_work));
    table.add(
        "search while a release is taken in, p99",
        (milliseconds(beside), milliseconds(alone)),
        // With a core for each, both threads share the caches and the memory of the machine, not
        // a lock. Where other programs keep the cores busy, the next row tells it apart.
        (ratio(beside, alone), 2.0),
        "20,000 matters, at the desk; beside the same searches alone",
    );
    table.add(
        "search while a release is taken in, beside any work",
        (milliseconds(beside), milliseconds(beside_work)),
        (ratio(beside, beside_work), 1.5),
        "p99; beside the same searches next to a thread that spins",
    );
}

/// How long searches take, one after the other, as long as `goes_on`.
fn searched(desk: &Desk, queries: &[Query], goes_on: impl Fn(usize) -> bool) -> Vec<Duration> {
    let mut times = Vec::new();
    for query in queries.iter().cycle() {
        if !goes_on(times.len()) {
            break;
        }
        times.push(timed(|| desk.search(&query.text, LIMIT).expect("a search")).0);
    }
    times
}
