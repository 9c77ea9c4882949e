//! The project's own commands: `cargo xtask …`. Each installs what it needs before it does its
//! work, says what it does, and stops at the first thing that fails.

mod bench;
mod bindings;
mod build;
mod check_windows;
mod fixtures;
mod hub;
mod run;
mod setup;
mod step;
mod test;
mod workspace;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// 一窗 Yichuang: the project's own commands.
#[derive(Parser)]
#[command(name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Install what is missing, build, start a practice hub and open the window enrolled to it.
    /// Without a display: play a scripted case in the real window and keep what came of it.
    Run(run::Options),
    /// Fetch the fonts and build the screens, which the program carries: what Cargo cannot do.
    Assets,
    /// Build the screens and both programs.
    Build(build::Options),
    /// Install what the tests need and run everything.
    Test(test::Options),
    /// Write the TypeScript of the contract, ui/src/api/bindings.ts.
    Bindings,
    /// Make data of any size, for tests and for trying things out.
    #[command(subcommand)]
    Fixtures(fixtures::Fixture),
    /// Measure the budgets, as ratios within one run.
    Bench(bench::Options),
    /// Check the types of the Windows build, on Debian; runs nothing of it.
    CheckWindows,
}

fn main() -> ExitCode {
    let done = match Arguments::parse().command {
        Command::Run(options) => run::run(&options),
        Command::Assets => setup::for_building(&mut step::Steps::new(), &[setup::Purpose::Build]),
        Command::Build(options) => build::run(&options),
        Command::Test(options) => test::run(&options),
        Command::Bindings => bindings::run(),
        Command::Fixtures(fixture) => fixtures::run(&fixture),
        Command::Bench(options) => bench::run(&options),
        Command::CheckWindows => check_windows::run(),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("\nxtask: {failure}");
            ExitCode::FAILURE
        }
    }
}
