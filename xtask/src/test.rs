//! `cargo xtask test`: everything, cheapest first, stopping at the first failure.

use crate::build;
use crate::setup::{self, Purpose, Tool};
use crate::step::{Done, Steps, cargo, finish, npm};

/// How many histories the long run plays.
const LONG_HISTORIES: &str = "10000";
/// How often it kills the programs.
const LONG_KILLS: &str = "500";

/// What `cargo xtask test` takes.
#[derive(clap::Args)]
pub struct Options {
    /// Play 10,000 histories of a hall instead of 300, and kill the programs 500 times instead of
    /// 200: three quarters of an hour more
    #[arg(long)]
    long: bool,
}

/// Runs everything.
pub fn run(options: &Options) -> Done {
    let mut steps = Steps::new();
    steps.step("rustfmt", || finish(cargo().args(["fmt", "--all", "--", "--check"])))?;
    setup::for_building(&mut steps, &[Purpose::Build, Purpose::Test, Purpose::Spreadsheets])?;
    steps.step("tools", || setup::tools(&[Tool::Nextest, Tool::TauriDriver]))?;
    steps.step("screens: types", || finish(npm().args(["run", "typecheck"])))?;
    steps.step("screens: lints", || finish(npm().args(["run", "lint"])))?;
    steps.step("screens: unit tests", || finish(npm().args(["run", "test"])))?;
    steps.step("clippy", || {
        let mut clippy = cargo();
        clippy.args(["clippy", "--workspace", "--all-targets", "--", "--deny", "warnings"]);
        finish(&mut clippy)
    })?;
    steps.step("programs", build::for_testing)?;
    // Unit tests (the generated bindings among them), tests of the whole, and the screens in the
    // real window and in Chromium.
    steps.step("nextest", || {
        let mut nextest = cargo();
        nextest.args(["nextest", "run", "--workspace", "--exclude", "xtask"]);
        if options.long {
            nextest.args(["--profile", "long"]);
            nextest.env("YICHUANG_SIM_HISTORIES", LONG_HISTORIES).env("YICHUANG_KILLS", LONG_KILLS);
        }
        // What needs a large program of the system is left out elsewhere; here it is installed.
        finish(nextest.args(["--run-ignored", "all"]))
    })?;
    steps.summary();
    println!("\nEverything passed.");
    Ok(())
}
