//! `cargo xtask build`: both programs, with the screens inside and the fonts beside.

use clap::Args;

use crate::setup::{self, Purpose};
use crate::step::{Done, Steps, cargo, finish};
use crate::workspace;

/// What to build.
#[derive(Args)]
pub struct Options {
    /// Optimised, as it is shipped.
    #[arg(long)]
    release: bool,
}

/// Builds.
pub fn run(options: &Options) -> Done {
    let mut steps = Steps::new();
    setup::for_building(&mut steps, &[Purpose::Build])?;
    steps.step("programs", || {
        let mut build = cargo();
        build.args(["build", "--package", "yichuang", "--package", "yichuang-hub"]);
        if options.release {
            build.arg("--release");
        }
        finish(&mut build)
    })?;
    steps.summary();
    let profile = if options.release { "release" } else { "debug" };
    for name in ["yichuang", "yichuang-hub"] {
        println!("{}", workspace::program(profile, name).display());
    }
    Ok(())
}

/// Builds everything the tests and the demonstration run, in the profile of development: one
/// build serves them all.
pub fn for_testing() -> Done {
    finish(cargo().args(["build", "--workspace", "--exclude", "xtask", "--bins"]))
}
