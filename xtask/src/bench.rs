//! `cargo xtask bench`: the budgets of the design, as ratios within one run.

use clap::Args;

use crate::setup::{self, Purpose};
use crate::step::{Done, Steps, cargo, command, finish};
use crate::workspace::program;

/// What is measured.
#[derive(Args)]
pub struct Options {
    /// Only these: search, commit, notice, papers, receipts, catch-up, reconnect, releases, switch, workbook, start.
    parts: Vec<String>,
}

/// Builds everything optimised and measures.
pub fn run(options: &Options) -> Done {
    let mut steps = Steps::new();
    let beside_others = cfg!(unix)
        && (options.parts.is_empty() || options.parts.iter().any(|part| part == "papers"));
    let mut purposes = vec![Purpose::Build, Purpose::Test];
    if beside_others {
        purposes.push(Purpose::Papers);
    }
    setup::for_building(&mut steps, &purposes)?;
    if beside_others {
        steps.step("other makers of papers", setup::rivals)?;
    }
    steps.step("programs", || {
        let mut build = cargo();
        build.args(["build", "--workspace", "--exclude", "xtask", "--bins", "--release"]);
        finish(build.args(["--features", "yichuang-tests/tantivy"]))
    })?;
    steps.step("measurements", || finish(command(program("release", "bench")).args(&options.parts)))
}
