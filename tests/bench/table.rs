//! The rows, and the times they are made of.

use std::process::ExitCode;
use std::time::{Duration, Instant};

/// One line of the table.
struct Row {
    what: &'static str,
    /// None where it was not measured.
    measured: Option<Measured>,
    load: String,
    note: String,
}

struct Measured {
    measured: String,
    reference: String,
    ratio: f64,
    budget: f64,
}

/// Everything that was measured.
#[derive(Default)]
pub struct Table(Vec<Row>);

/// Milliseconds, to read.
pub fn milliseconds(time: Duration) -> String {
    format!("{:.3} ms", time.as_secs_f64() * 1e3)
}

/// How long something takes once.
pub fn timed<T>(work: impl FnOnce() -> T) -> (Duration, T) {
    let start = Instant::now();
    let result = work();
    (start.elapsed(), result)
}

/// The shortest of several times: what a machine needs that does nothing else.
pub fn best(times: &[Duration]) -> Duration {
    times.iter().min().copied().unwrap_or_default()
}

/// Kilobytes, to read.
pub fn kilobytes(bytes: usize) -> String {
    format!("{:.1} KB", bytes as f64 / 1024.0)
}

/// How many programs wanted to run in the last minute, and how many can at once: what a time is
/// worth that was measured then. Empty where the system does not tell.
fn load() -> String {
    let said = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let wanted = said.split(' ').next().unwrap_or_default();
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    if wanted.is_empty() { String::new() } else { format!("{wanted} of {cores}") }
}

/// The middle of several times.
pub fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

/// The time that all but one in a hundred stay below.
pub fn p99(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times.get(times.len() * 99 / 100).copied().unwrap_or_default()
}

/// One duration in units of another.
pub fn ratio(of: Duration, to: Duration) -> f64 {
    of.as_secs_f64() / to.as_secs_f64().max(1e-12)
}

impl Table {
    /// Adds a row: within its budget if the ratio is at most `budget`.
    pub fn add(
        &mut self,
        what: &'static str,
        (measured, reference): (String, String),
        (ratio, budget): (f64, f64),
        note: &'static str,
    ) {
        println!("{what}: {measured} against {reference}, ratio {ratio:.3} (budget {budget})");
        let measured = Some(Measured { measured, reference, ratio, budget });
        self.0.push(Row { what, measured, load: load(), note: note.to_owned() });
    }

    /// Adds a row for what could not be measured here, and why: no fault of what is measured.
    pub fn leave_out(&mut self, what: &'static str, why: &str) {
        println!("{what}: not measured: {why}");
        // A table has a line for each row.
        let note = why.split_whitespace().collect::<Vec<_>>().join(" ").replace('|', "/");
        self.0.push(Row { what, measured: None, load: load(), note });
    }

    /// Prints the table; fails if a row is over its budget.
    pub fn print(self) -> ExitCode {
        println!("\n| what | measured | reference | ratio | budget | within | load | note |");
        println!("|---|---|---|---|---|---|---|---|");
        let mut within = true;
        for Row { what, measured, load, note } in &self.0 {
            let Some(Measured { measured, reference, ratio, budget }) = measured else {
                println!("| {what} | not measured | | | | | {load} | {note} |");
                continue;
            };
            let fits = ratio <= budget;
            within &= fits;
            let fits = if fits { "yes" } else { "NO" };
            println!(
                "| {what} | {measured} | {reference} | {ratio:.3} | {budget:.3} | {fits} | {load} | {note} |"
            );
        }
        if within { ExitCode::SUCCESS } else { ExitCode::FAILURE }
    }
}
