//! `cargo xtask bench`: the budgets of the design, as ratios within one run.

use clap::Args;

use crate::setup::{self, Purpose};
use crate::step::{Done, Steps, cargo, command, finish};
use crate::workspace::program;

/// What is measured.
#[derive(Args)]
pub struct Options {
    /// Only these: search, commit, notice, papers, receipts, catch-up, reconnect, releases, switch, workbook, start, answers.
    parts: Vec<String>,
}

/// Builds everything optimised and measures.
pub fn run(options: &Options) -> Done {
    let mut steps = Steps::new();
    let measured = |names: &[&str]| {
        let named = |part: &String| names.contains(&part.as_str());
        cfg!(unix) && (options.parts.is_empty() || options.parts.iter().any(named))
    };
    let (papers, servers) = (measured(&["papers"]), measured(&["catch-up", "reconnect"]));
    let mut purposes = vec![Purpose::Build, Purpose::Test];
    purposes.extend(papers.then_some(Purpose::Papers));
    purposes.extend(servers.then_some(Purpose::Servers));
    setup::for_building(&mut steps, &purposes)?;
    if papers {
        steps.step("other makers of papers", setup::rivals::papers)?;
    }
    if servers {
        steps.step("other servers", setup::rivals::servers)?;
    }
    steps.step("programs", || {
        let mut build = cargo();
        build.args(["build", "--workspace", "--exclude", "xtask", "--bins", "--release"]);
        finish(build.args(["--features", "yichuang-tests/tantivy"]))
    })?;
    steps.step("measurements", || finish(command(program("release", "bench")).args(&options.parts)))
}
