//! Plays a scripted case in the real window for `cargo xtask run`.

use std::path::PathBuf;
use std::process::ExitCode;

use yichuang_tests::demonstration::{Script, play};

#[tokio::main]
async fn main() -> ExitCode {
    let Some(script) = script(std::env::args_os().skip(1)) else {
        eprintln!("demo --data DIR --scenario FILE --out DIR [--guide FILE]");
        return ExitCode::from(2);
    };
    match play(&script).await {
        Ok(ended) => {
            print!("{}", ended.result);
            eprint!("{}", ended.said);
            println!("steps: {}", ended.steps.join(" → "));
            u8::try_from(ended.code).map_or(ExitCode::FAILURE, ExitCode::from)
        }
        Err(error) => {
            eprintln!("{error}");
            eprintln!("what the window said is in {}", script.out.join("logs").display());
            ExitCode::FAILURE
        }
    }
}

fn script(mut arguments: impl Iterator<Item = std::ffi::OsString>) -> Option<Script> {
    let (mut data, mut scenario, mut guide, mut out) = (None, None, None, None);
    while let Some(name) = arguments.next() {
        let slot = match name.to_str()? {
            "--data" => &mut data,
            "--scenario" => &mut scenario,
            "--guide" => &mut guide,
            "--out" => &mut out,
            _ => return None,
        };
        *slot = Some(PathBuf::from(arguments.next()?));
    }
    Some(Script { data: data?, scenario: scenario?, guide, out: out? })
}
