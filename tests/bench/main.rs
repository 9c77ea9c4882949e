//! The budgets of the design, measured as ratios within one run: both sides of a ratio are timed
//! on this machine, in turns, so that a slow machine is slow for both.

mod catch_up;
mod commit;
mod notice;
mod releases;
mod search;
mod start;
mod table;

use table::Table;

fn main() -> std::process::ExitCode {
    let mut table = Table::default();
    search::measure(&mut table);
    commit::measure(&mut table);
    notice::measure(&mut table);
    catch_up::measure(&mut table);
    releases::measure(&mut table);
    start::measure(&mut table);
    table.print()
}
