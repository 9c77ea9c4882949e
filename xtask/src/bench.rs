//! `cargo xtask bench`: the budgets of the design, as ratios within one run.

use crate::setup::{self, Purpose};
use crate::step::{Done, Steps, cargo, command, finish};
use crate::workspace::program;

/// Builds everything optimised and measures.
pub fn run() -> Done {
    let mut steps = Steps::new();
    setup::for_building(&mut steps, &[Purpose::Build, Purpose::Test])?;
    steps.step("programs", || {
        let mut build = cargo();
        build.args(["build", "--workspace", "--exclude", "xtask", "--bins", "--release"]);
        finish(build.args(["--features", "yichuang-tests/tantivy"]))
    })?;
    steps.step("measurements", || finish(&mut command(program("release", "bench"))))
}
