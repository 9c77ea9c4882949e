//! `cargo xtask fixtures guide`: made-up data of any size.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use crate::step::{Done, Steps, cargo, finish};
use crate::workspace;

/// What to make.
#[derive(Subcommand)]
pub enum Fixture {
    /// Write a valid guide package with made-up matters.
    Guide(Guide),
}

/// A guide package.
#[derive(Args)]
pub struct Guide {
    /// How many matters.
    #[arg(long)]
    matters: usize,
    /// Where to write it; otherwise out/guide-N.json.
    #[arg(long)]
    out: Option<PathBuf>,
}

/// Makes it. The maker is a program of its own, so that this one stays small.
pub fn run(Fixture::Guide(guide): &Fixture) -> Done {
    let mut steps = Steps::new();
    let default = || workspace::at(&format!("out/guide-{}.json", guide.matters));
    let out = std::path::absolute(guide.out.clone().unwrap_or_else(default))?;
    if let Some(folder) = out.parent() {
        std::fs::create_dir_all(folder)?;
    }
    steps.step("guide", || {
        let mut maker = cargo();
        maker.args(["run", "--quiet", "--package", "guide-maker", "--"]);
        maker.args(["--matters", &guide.matters.to_string(), "--out"]).arg(&out);
        finish(&mut maker)
    })
}
