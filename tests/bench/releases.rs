//! A guide of 20,000 matters from the hub into use, whole and as what changed.

use std::time::Duration;

use yichuang_domain::case::event::sha256_hex;
use yichuang_guide::GuidePackage;
use yichuang_protocol::packing;
use yichuang_tests::hub::TestHub;
use yichuang_tests::sync_window::SyncWindow;

use crate::table::{Table, median, milliseconds, ratio, timed};

const MATTERS: usize = 20_000;
const CHANGED: usize = 20;
const LOAD: Duration = Duration::from_secs(3);
const DELTA: Duration = Duration::from_millis(200);
const ROUNDS: usize = 5;

fn text(guide: &GuidePackage) -> String {
    serde_json::to_string(guide).expect("a guide is JSON")
}

/// Two releases, the second with some matters changed.
fn releases() -> (String, String) {
    let mut guide = guide_maker::guide(MATTERS).expect("a guide");
    let first = text(&guide);
    guide.release += 1;
    for n in 0..CHANGED {
        let matter = &mut guide.matters[n * (MATTERS / CHANGED)];
        matter.name.push_str("（新）");
        if let Some(material) = matter.materials.first_mut() {
            material.standard = format!("第{n}次修订");
        }
    }
    (first, text(&guide))
}

/// Adds its rows.
pub fn measure(table: &mut Table) {
    let (first, second) = releases();
    let folder = tempfile::tempdir().expect("a folder");
    let hub = TestHub::start(folder.path(), true);
    let window = SyncWindow::joined(&hub, hub.url(), "3");
    window.desk().ensure_guide().expect("the example");

    let (published, guide) = timed(|| hub.publish(first.as_bytes()).expect("published"));
    println!("{} bytes of guide published in {}", guide.length, milliseconds(published));
    let (loaded, report) = timed(|| window.sync().expect("a sync"));
    assert_eq!(report.guide_taken, Some(guide.release));
    table.add(
        "guide of 20,000 matters, first load",
        (milliseconds(loaded), "3 s".to_owned()),
        (ratio(loaded, LOAD), 1.0),
        "a whole sync: fetched, unpacked, proven, checked, indexed, switched",
    );

    let (base, changed) = (first.as_bytes(), second.as_bytes());
    let whole = packing::pack(changed).expect("packed");
    let (made, delta) = timed(|| packing::delta(base, changed).expect("a delta"));
    println!(
        "delta of {CHANGED}: {} bytes (the whole release: {}), made in {}",
        delta.len(),
        whole.len(),
        milliseconds(made)
    );
    let length = changed.len() as u64;
    let apply = || {
        let applied = packing::apply(base, &delta, length).expect("applied");
        sha256_hex(&applied)
    };
    let digest = sha256_hex(changed);
    let times = (0..ROUNDS).map(|_| {
        let (time, found) = timed(apply);
        assert_eq!(found, digest, "the very bytes");
        time
    });
    let applied = median(times.collect());
    table.add(
        "delta of 20, applied and proven",
        (milliseconds(applied), "200 ms".to_owned()),
        (ratio(applied, DELTA), 1.0),
        "from the bytes that came to the bytes that were signed",
    );

    hub.publish(changed).expect("published");
    let (searchable, report) = timed(|| {
        let report = window.sync().expect("a sync");
        let hits = window.desk().search("（新）", 2 * CHANGED).expect("a search");
        assert!(hits.len() >= CHANGED, "the changed matters are found");
        report
    });
    assert!(report.guide_taken.is_some(), "{report:?}");
    table.add(
        "delta of 20, from asking to the first search in it",
        (milliseconds(searchable), "3 s".to_owned()),
        // What a first load may take: the whole result is checked and indexed, in the background.
        (ratio(searchable, LOAD), 1.0),
        "a whole sync: fetched, applied, proven, checked whole, indexed, switched, searched",
    );
}
