//! A thousand receipts in one run: nothing of a paper stays behind when it is made. Measured in a
//! process of its own, so that no other measurement is counted.

use std::process::Command;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use yichuang_domain::document::DocumentKind;

use crate::desk::Desk;
use crate::notice::press;
use crate::table::{Table, milliseconds, ratio, timed};

const RECEIPTS: u32 = 1_000;
/// By when everything is there that the first ones need.
const WARM: u32 = 100;
const GROWTH: f64 = 1.1;
/// A receipt has two parts: twice what a page may take.
const TIME: Duration = Duration::from_millis(10);

/// The argument with which the bench starts itself for this.
pub const ALONE: &str = "receipts-alone";

/// What a run comes to; memory in kilobytes.
#[derive(Deserialize, Serialize)]
struct Run {
    /// The peak after the first hundred, and after all.
    peaks: (u64, u64),
    /// What is held then.
    held: (u64, u64),
    /// In making the files, in seconds.
    seconds: f64,
    bytes: usize,
}

/// Adds its rows.
pub fn measure(table: &mut Table) {
    if memory("VmHWM").is_none() {
        println!("receipts: not measured, this system does not tell the memory of a process");
        return;
    }
    let own = std::env::current_exe().expect("a running program has a path");
    let output = Command::new(own).arg(ALONE).output().expect("this program");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let said = String::from_utf8_lossy(&output.stdout);
    let run: Run = serde_json::from_str(said.lines().last().unwrap_or_default()).expect("a run");
    let kilobytes = |kilobytes: u64| kilobytes as f64 / 1024.0;
    println!(
        "held after {WARM}: {:.1} MB, after {RECEIPTS}: {:.1} MB; {:.1} KB a receipt",
        kilobytes(run.held.0),
        kilobytes(run.held.1),
        run.bytes as f64 / f64::from(RECEIPTS) / 1024.0,
    );
    let peak = |kilobytes: f64| format!("{kilobytes:.1} MB");
    table.add(
        "1,000 receipts in one run, peak memory",
        (peak(kilobytes(run.peaks.1)), peak(kilobytes(run.peaks.0))),
        (run.peaks.1 as f64 / run.peaks.0 as f64, GROWTH),
        "beside the peak after 100; another name on each",
    );
    let each = Duration::from_secs_f64(run.seconds) / RECEIPTS;
    table.add(
        "1,000 receipts in one run, time for each",
        (milliseconds(each), "10 ms".to_owned()),
        (ratio(each, TIME), 1.0),
        "mean; two parts, two pages",
    );
}

/// The run itself; prints what it comes to.
pub fn alone() {
    let press = press();
    let mut desk = Desk::open();
    let mut run = Run { peaks: (0, 0), held: (0, 0), seconds: 0.0, bytes: 0 };
    for running in 1..=RECEIPTS {
        desk.next_applicant(running);
        let paper = desk.paper(DocumentKind::MaterialReceipt, running);
        let (time, pdf) = timed(|| press.render(&paper).expect("a receipt"));
        run.seconds += time.as_secs_f64();
        run.bytes += pdf.bytes.len();
        if running == WARM {
            (run.peaks.0, run.held.0) = now();
        }
    }
    (run.peaks.1, run.held.1) = now();
    println!("{}", serde_json::to_string(&run).expect("JSON"));
}

/// Peak and present memory.
fn now() -> (u64, u64) {
    (memory("VmHWM").unwrap_or_default(), memory("VmRSS").unwrap_or_default())
}

/// Kilobytes of this process; none where the system does not tell.
fn memory(of: &str) -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix(of))?;
    line.trim_start_matches(':').trim().strip_suffix("kB")?.trim().parse().ok()
}
