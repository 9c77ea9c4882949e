//! `cargo xtask bindings`: the TypeScript of the contract between screens and program.

use crate::setup::{self, Purpose};
use crate::step::{Done, Steps, cargo, finish};

/// Writes `ui/src/api/bindings.ts`. The test that compares the file writes it when told to.
pub fn run() -> Done {
    let mut steps = Steps::new();
    setup::for_building(&mut steps, &[Purpose::Build])?;
    steps.step("bindings", || {
        let mut test = cargo();
        test.args(["test", "--package", "yichuang", "--lib", "--quiet", "--"])
            .args(["--exact", "ipc::bindings::tests::the_committed_bindings_are_up_to_date"])
            .env("YICHUANG_WRITE_BINDINGS", "1");
        finish(&mut test)
    })
}
