//! `cargo xtask run`: the program as a clerk meets it, joined to a practice hub on this machine.
//!
//! Built in the profile of development: the optimised build takes several times as long and
//! differs only in speed (`cargo xtask build --release` makes it).

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use clap::Args;

use crate::build;
use crate::hub::{Hub, free_port};
use crate::setup::{self, Purpose, Tool};
use crate::step::{Done, Failure, Steps, command, failed, finish, printed};
use crate::workspace::{at, program};

/// What to run.
#[derive(Args)]
pub struct Options {
    /// The scripted case to play where there is no display.
    #[arg(long)]
    scenario: Option<PathBuf>,
    /// The guide package to play it with; none means the bundled example.
    #[arg(long)]
    guide: Option<PathBuf>,
    /// Where to leave what comes of it; none means out/demo.
    #[arg(long)]
    out: Option<PathBuf>,
    /// Play the scripted case under a virtual display even where there is a display.
    #[arg(long)]
    demo: bool,
    /// Forget the practice records of earlier runs.
    #[arg(long)]
    fresh: bool,
}

/// Runs.
pub fn run(options: &Options) -> Done {
    // Before the long build, so that a slip costs no time.
    for file in [&options.scenario, &options.guide].into_iter().flatten() {
        if !file.is_file() {
            return failed(format!("there is no file {}", file.display()));
        }
    }
    let windowless = !has_display();
    let demo = windowless || options.demo || options.scenario.is_some();
    if windowless {
        println!(
            "There is no display here: a scripted case is played in the real window under a \
             virtual one."
        );
    }
    let mut steps = Steps::new();
    let purposes: &[Purpose] =
        if demo { &[Purpose::Build, Purpose::Test] } else { &[Purpose::Build] };
    setup::for_building(&mut steps, purposes)?;
    if demo {
        steps.step("tools", || setup::tools(&[Tool::TauriDriver]))?;
    }
    steps.step("programs", build::for_testing)?;
    if demo { demonstrate(&mut steps, options) } else { open(&mut steps, options) }
}

/// Opens the window. Its records and the hub's stay in out/run from one run to the next.
fn open(steps: &mut Steps, options: &Options) -> Done {
    let folder = at("out/run");
    if options.fresh && folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    let (hub_data, window_data) = (folder.join("hub"), folder.join("window"));
    fs::create_dir_all(&hub_data)?;
    // The window remembers the hub's address, so the port must stay the same.
    let note = folder.join("port");
    let noted = fs::read_to_string(&note).ok().and_then(|text| text.trim().parse().ok());
    let port = match noted {
        Some(port) => port,
        None => free_port()?,
    };
    let hub = Hub::start(&hub_data, port)?;
    if noted.is_none() {
        steps.step("enrolment", || hub.enrol(&hub_data, &mut window(&window_data)))?;
        fs::write(&note, port.to_string())?;
    }
    println!("\nThe window opens; closing it ends the hub as well.");
    if let Some(guide) = &options.guide {
        finish(window(&window_data).args(["guide", "import"]).arg(absolute(guide)?))?;
    }
    finish(&mut window(&window_data))
}

/// The program over a window's records.
fn window(data: &Path) -> Command {
    let mut window = command(program("debug", "yichuang"));
    window.arg("--data").arg(data);
    window
}

/// The same for records that are thrown away: they leave the user's keyring alone.
fn passing_window(data: &Path) -> Command {
    let mut window = window(data);
    window.env("YICHUANG_KEYRING", "off");
    window
}

/// Plays a scripted case in the real window and keeps its papers, its pictures and the hub's
/// copy of it.
fn demonstrate(steps: &mut Steps, options: &Options) -> Done {
    let out = match &options.out {
        // A folder of somebody else's: nothing in it is removed.
        Some(given) => absolute(given)?,
        None => emptied(at("out/demo"))?,
    };
    fs::create_dir_all(&out)?;
    let scenario = match &options.scenario {
        Some(given) => absolute(given)?,
        None => at("tests/fixtures/scenarios/s37-m17.json"),
    };
    let records = emptied(at(&format!("out/demo-records-{}", std::process::id())))?;
    let (hub_data, window_data) = (records.join("hub"), records.join("window"));
    fs::create_dir_all(&hub_data)?;

    let hub = Hub::start(&hub_data, free_port()?)?;
    steps.step("enrolment", || hub.enrol(&hub_data, &mut passing_window(&window_data)))?;
    let played = steps.step("the case in the window", || {
        let mut demo = command(program("debug", "demo"));
        demo.arg("--data").arg(&window_data).arg("--scenario").arg(&scenario);
        demo.arg("--out").arg(&out);
        if let Some(guide) = &options.guide {
            demo.arg("--guide").arg(absolute(guide)?);
        }
        finish(&mut demo)
    });
    // Even after a failure: what did arrive helps to see why.
    let kept = steps.step("the hub's copy", || {
        finish(passing_window(&window_data).arg("sync"))?;
        let mut cases = command(program("debug", "yichuang-hub"));
        let cases = printed(cases.arg("cases").arg("--data").arg(&hub_data))?;
        fs::write(out.join("hub-cases.json"), cases)?;
        Ok(())
    });
    drop(hub);
    fs::remove_dir_all(&records)?;
    played.and(kept)?;
    steps.summary();
    println!("\nPapers, pictures, result.json and hub-cases.json are in {}", out.display());
    Ok(())
}

/// Whether a window can be seen here.
fn has_display() -> bool {
    let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    !cfg!(target_os = "linux") || set("DISPLAY") || set("WAYLAND_DISPLAY")
}

fn absolute(path: &Path) -> Result<PathBuf, Failure> {
    std::path::absolute(path)
        .map_err(|error| Failure(format!("{} is no path: {error}", path.display())))
}

/// A folder of ours, with nothing of an earlier run in it.
fn emptied(folder: PathBuf) -> Result<PathBuf, Failure> {
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir_all(&folder)?;
    Ok(folder)
}
