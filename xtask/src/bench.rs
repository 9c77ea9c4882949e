//! `cargo xtask bench`: the budgets of the design, as ratios within one run.

use clap::Args;

use crate::setup::{self, Purpose};
use crate::step::{Done, Steps, cargo, command, finish};
use crate::workspace::program;

/// What is measured.
#[derive(Args)]
pub struct Options {
    /// Only these: search, commit, notice, catch-up, releases, switch, workbook, start.
    parts: Vec<String>,
}

/// Builds everything optimised and measures.
pub fn run(options: &Options) -> Done {
    let mut steps = Steps::new();
    setup::for_building(&mut steps, &[Purpose::Build, Purpose::Test])?;
    steps.step("programs", || {
        let mut build = cargo();
        build.args(["build", "--workspace", "--exclude", "xtask", "--bins", "--release"]);
        finish(build.args(["--features", "yichuang-tests/tantivy"]))
    })?;
    steps.step("measurements", || finish(command(program("release", "bench")).args(&options.parts)))
}
