//! Writes a made-up guide: what `cargo xtask fixtures guide` runs.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Parser;

/// Writes a made-up guide package.
#[derive(Parser)]
struct Arguments {
    /// How many matters.
    #[arg(long)]
    matters: usize,
    /// Where to write the package.
    #[arg(long)]
    out: PathBuf,
}

fn main() -> ExitCode {
    let Arguments { matters, out } = Arguments::parse();
    match write(matters, &out) {
        Ok(()) => {
            println!("{}", out.display());
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("guide-maker: {}: {error}", out.display());
            ExitCode::FAILURE
        }
    }
}

/// Writes only what passes the check that every package must pass.
fn write(matters: usize, out: &Path) -> Result<(), Box<dyn Error>> {
    let text = serde_json::to_vec(&guide_maker::guide(matters)?)?;
    if let Err(problems) = yichuang_guide::check(&text) {
        let first = problems.first().map(ToString::to_string).unwrap_or_default();
        return Err(format!("{} problems, the first: {first}", problems.len()).into());
    }
    Ok(std::fs::write(out, text)?)
}
