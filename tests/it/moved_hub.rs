//! A hub moves from SQLite to PostgreSQL: its windows go on as if nothing had happened.
//!
//! `cargo xtask test` installs PostgreSQL and runs these; elsewhere they count as left out.

use std::path::Path;
use std::process::Output;

use serde_json::Value;
use throwaway_postgres::Cluster;
use yichuang_domain::case::CaseState;
use yichuang_hub::cli::DATABASE_VARIABLE;
use yichuang_tests::faults::FaultyLine;
use yichuang_tests::hub::TestHub;
use yichuang_tests::hub_program::HubProgram;
use yichuang_tests::program;
use yichuang_tests::sync_window::{SyncWindow, compare_sides};

fn move_to(target: &str, data: &Path) -> Output {
    let mut command = program::command("yichuang-hub");
    command.env("YICHUANG_HUB_MOVE_TO", target).env_remove(DATABASE_VARIABLE);
    command.args(["move", "--data"]).arg(data).output().expect("it starts")
}

/// The code of a refusal, and how the program ended.
fn refused(output: &Output) -> (String, Option<i32>) {
    let told: Value = program::printed(output);
    (told["code"].as_str().unwrap_or_default().to_owned(), output.status.code())
}

fn line_to(hub: &HubProgram) -> std::net::SocketAddr {
    hub.address().trim_start_matches("http://").parse().expect("an address")
}

#[test]
#[ignore = "needs PostgreSQL"]
fn windows_go_on_at_the_moved_hub() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("hub");
    let mut old = HubProgram::start_real(&data);
    let line = FaultyLine::to(line_to(&old));
    let mut window = SyncWindow::new();
    window.join(&line.url(), &old.code("ZX", "03"), None).unwrap();
    let spare_code = old.code("ZX", "04");
    let (first, second) = (window.file(), window.file());
    window.sync().unwrap();
    old.grant(first.number.as_str());
    window.file();

    let cluster = Cluster::start();
    let database = cluster.database();
    // Nothing is done to a hub that runs, not even a mark.
    assert_eq!(refused(&move_to(&database, &data)), ("hub-running".to_owned(), Some(2)));
    let tables = "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'";
    assert_eq!(cluster.ask(&database, tables), "0");
    window.sync().unwrap();
    window.file();
    old.stop();

    let moved = move_to(&database, &data);
    assert!(moved.status.success(), "{moved:?}");
    let told: Value = program::printed(&moved);
    assert_eq!((&told["rows"]["cases"], &told["rows"]["devices"]), (&3.into(), &1.into()));
    let said = [moved.stdout, moved.stderr].concat();
    assert!(!String::from_utf8_lossy(&said).contains("postgres://"), "the address was shown");

    // The old records are refused by every command, with the way to the new ones.
    for command in [&["serve", "--listen", "127.0.0.1:0"][..], &["cases"]] {
        let mut old = program::command("yichuang-hub");
        let output = old.args(command).arg("--data").arg(&data).output().unwrap();
        assert_eq!(refused(&output), ("hub-moved".to_owned(), Some(2)), "{command:?}");
        assert!(program::printed(&output)["message"].as_str().unwrap().contains("PostgreSQL"));
    }
    assert_eq!(refused(&move_to(&database, &data)), ("hub-moved".to_owned(), Some(2)));

    let new = HubProgram::start_on(&database, &data);
    line.lead_to(line_to(&new));
    let report = window.sync().unwrap();
    assert!(!report.hub_was_behind, "the hub knows how far the window is");
    assert_eq!(window.state(first.id), Some(CaseState::Decided));
    window.file();
    window.sync().unwrap();
    new.grant(second.number.as_str());
    window.sync().unwrap();
    assert_eq!(window.state(second.id), Some(CaseState::Decided));
    // A code that was given out before the move lets its window in after it.
    let other = SyncWindow::new();
    other.join(&line.url(), &spare_code, None).unwrap();
    let look = TestHub::start_on(&database, &folder.path().join("look"));
    compare_sides(&look, &window);
    assert_eq!(look.cases().len(), 5);
}
