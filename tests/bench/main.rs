//! The budgets of the design, measured as ratios within one run: both sides of a ratio are timed
//! on this machine, in turns, so that a slow machine is slow for both.

mod answers;
mod beside;
mod catch_up;
mod commit;
mod desk;
mod notice;
mod papers;
mod receipts;
mod reconnect;
mod releases;
mod search;
mod start;
mod switch;
mod table;
mod workbook;

use table::Table;

/// What can be measured by itself, and its name.
type Part = (&'static str, fn(&mut Table));

const PARTS: [Part; 12] = [
    ("search", search::measure),
    ("commit", commit::measure),
    ("notice", notice::measure),
    ("papers", papers::measure),
    ("receipts", receipts::measure),
    ("catch-up", catch_up::measure),
    ("reconnect", reconnect::measure),
    ("releases", releases::measure),
    ("switch", switch::measure),
    ("workbook", workbook::measure),
    ("start", start::measure),
    ("answers", answers::measure),
];

fn main() -> std::process::ExitCode {
    let wanted: Vec<String> = std::env::args().skip(1).collect();
    if wanted == [receipts::ALONE] {
        receipts::alone();
        return std::process::ExitCode::SUCCESS;
    }
    if let Some(unknown) = wanted.iter().find(|name| PARTS.iter().all(|(part, _)| part != *name)) {
        let names = PARTS.map(|(name, _)| name).join(", ");
        eprintln!("there is no measurement \"{unknown}\"; there are {names}");
        return std::process::ExitCode::from(2);
    }
    let mut table = Table::default();
    for (name, measure) in PARTS {
        if wanted.is_empty() || wanted.iter().any(|wanted| wanted == name) {
            measure(&mut table);
        }
    }
    table.print()
}
