//! An action's durable commit, beside one bare row committed to the same encrypted database.

use yichuang_domain::case::EventBody;
use yichuang_tests::hub::TestHub;
use yichuang_tests::sync_window::{SyncWindow, day};

use crate::table::{Table, median, milliseconds, ratio, timed};

const ROUNDS: usize = 300;

/// Adds its row.
pub fn measure(table: &mut Table) {
    let folder = tempfile::tempdir().expect("a folder");
    let hub = TestHub::start(folder.path(), true);
    let mut window = SyncWindow::joined(&hub, hub.url(), "3");
    let (mut actions, mut rows) = (Vec::new(), Vec::new());
    for round in 0..ROUNDS {
        let case = window.file();
        let withdrawn = EventBody::Withdrawn { reason: "撤回".to_owned(), on: day() };
        actions.push(timed(|| window.write(case.id, vec![withdrawn])).0);
        let bare = || window.store().set_clock_skew(round as i64).expect("a row");
        rows.push(timed(bare).0);
    }
    let (action, row) = (median(actions), median(rows));
    table.add(
        "an action's commit",
        (milliseconds(action), milliseconds(row)),
        (ratio(action, row), 1.3),
        "beside one bare row, same database",
    );
}
