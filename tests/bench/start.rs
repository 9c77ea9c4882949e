//! From the start of the program to a search box that answers, with 2,000 matters, beside a
//! window with nothing in it.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use yichuang_tests::display::{Display, SMALL};
use yichuang_tests::program;

use crate::table::{Table, median, milliseconds, ratio};

const ROUNDS: usize = 7;
const MATTERS: usize = 2_000;

/// Adds its row.
pub fn measure(table: &mut Table) {
    let display = Display::start(SMALL).expect("a virtual display");
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("data");
    let guide = folder.path().join("guide.json");
    let package = serde_json::to_vec(&guide_maker::guide(MATTERS).expect("a guide")).expect("JSON");
    std::fs::write(&guide, package).expect("a file");
    let import = [Path::new("--data"), &data, "guide".as_ref(), "import".as_ref(), &guide];
    assert!(program::run("yichuang", import).status.success(), "the guide is imported");

    // The first of each fills the caches of the machine.
    blank(&display);
    searched(&display, &data);
    let (mut blanks, mut starts) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        blanks.push(blank(&display));
        starts.push(searched(&display, &data));
    }
    let (blank, start) = (median(blanks), median(starts));
    table.add(
        "start to a search that answers",
        (milliseconds(start), milliseconds(blank)),
        (ratio(start, blank), 1.3),
        "beside a blank window, 2,000 matters",
    );
}

fn end(mut child: Child) {
    child.kill().expect("it ends");
    child.wait().expect("it is gone");
}

/// How long a window with nothing in it takes to load its page.
fn blank(display: &Display) -> Duration {
    let start = Instant::now();
    let mut child = program::command("blank-window")
        .env("DISPLAY", display.name())
        .env("WEBKIT_DISABLE_DMABUF_RENDERER", "1")
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("it starts");
    let mut line = String::new();
    let pipe = child.stdout.take().expect("its output");
    BufReader::new(pipe).read_line(&mut line).expect("a line");
    let time = start.elapsed();
    end(child);
    time
}

/// How long the program takes until its screens had a search answered: the scripted case of the
/// window begins with one.
fn searched(display: &Display, data: &Path) -> Duration {
    let logs = data.join("logs");
    // A log of an earlier round would answer for this one; there may be none.
    let _ = std::fs::remove_dir_all(&logs);
    let script = format!(
        r#"{{"matter":"11150785MB0A{:019}","filed_on":"2026-03-02","applicant":{{}},"answers":{{}},"materials":[]}}"#,
        MATTERS / 2
    );
    let scenario = data.join("scenario.json");
    std::fs::write(&scenario, script).expect("a file");
    let start = Instant::now();
    let child = program::command("yichuang")
        .arg("--data")
        .arg(data)
        .arg("play")
        .arg(&scenario)
        .arg("--window")
        .env("DISPLAY", display.name())
        .env("WEBKIT_DISABLE_DMABUF_RENDERER", "1")
        .env("YICHUANG_LOG", "yichuang_app=debug")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("it starts");
    let answered = || {
        let files = std::fs::read_dir(&logs).into_iter().flatten().flatten();
        files
            .filter_map(|file| std::fs::read_to_string(file.path()).ok())
            .any(|log| log.contains("command=\"search\""))
    };
    while !answered() {
        assert!(start.elapsed() < Duration::from_secs(60), "no search was answered");
        std::thread::sleep(Duration::from_millis(2));
    }
    let time = start.elapsed();
    end(child);
    time
}
