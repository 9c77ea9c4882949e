//! A scripted case that the real window plays by itself: `yichuang play … --window`, watched
//! through WebDriver, with a picture of every step.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::display::SMALL;
use super::program;
use super::webdriver::{DriverError, Session};
use super::window::picture;

/// How long a scripted case may take in the window.
const PATIENCE: Duration = Duration::from_secs(180);
/// How long to leave the screen alone between two looks.
const PAUSE: Duration = Duration::from_millis(10);

/// What to play and where.
#[derive(Clone, Debug)]
pub struct Script {
    /// The window's records.
    pub data: PathBuf,
    /// The scripted case.
    pub scenario: PathBuf,
    /// The guide package; none means the bundled one.
    pub guide: Option<PathBuf>,
    /// Where papers, pictures and the result go.
    pub out: PathBuf,
}

/// How it ended.
#[derive(Clone, Debug)]
pub struct Ended {
    /// What `play` printed.
    pub result: String,
    /// What it said besides.
    pub said: String,
    /// Its exit code: 0 as expected, 1 not as expected, 2 refused.
    pub code: i32,
    /// The steps that were seen, in order.
    pub steps: Vec<String>,
}

/// Plays a scripted case in the real window. Leaves `result.json`, the papers, `screens/` and
/// `logs/` in the script's folder.
pub async fn play(script: &Script) -> Result<Ended, DriverError> {
    let screens = script.out.join("screens");
    let logs = script.out.join("logs");
    fs::create_dir_all(&screens)?;
    fs::create_dir_all(&logs)?;
    let launcher = launcher(&script.out, &logs)?;
    let mut arguments = vec!["--data".to_owned(), text(&script.data)];
    arguments.extend(["play".to_owned(), text(&script.scenario)]);
    if let Some(guide) = &script.guide {
        arguments.extend(["--guide".to_owned(), text(guide)]);
    }
    arguments.extend(["--out".to_owned(), text(&script.out), "--window".to_owned()]);

    let code_file = logs.join("exit-code");
    // A scenario that cannot even be read opens no window, and the driver would wait for one.
    let session = tokio::select! {
        opened = Session::window(&launcher, &arguments, SMALL, &logs) => match opened {
            Ok(session) => session,
            Err(_) if code_file.is_file() => return ended(script, &logs, Vec::new()),
            Err(error) => return Err(error),
        },
        () = written(&code_file) => return ended(script, &logs, Vec::new()),
    };
    let mut steps: Vec<String> = Vec::new();
    let deadline = Instant::now() + PATIENCE;
    // The window closes itself at the end, and then answers no more.
    while !code_file.is_file() {
        if Instant::now() > deadline {
            let _ = picture(session.client(), &screens.join("stuck.png")).await;
            let last = steps.last().map_or("the first one", String::as_str);
            return Err(DriverError(format!("the window does not get beyond the step {last}")));
        }
        let script = "return document.body?.dataset.demonstrationStep ?? ''";
        let step = session.client().execute(script, Vec::new()).await.unwrap_or_default();
        if let Some(step) = step.as_str().filter(|step| !step.is_empty())
            && steps.last().is_none_or(|last| last != step)
        {
            steps.push(step.to_owned());
            let name = format!("{:02}-{step}.png", steps.len());
            if let Err(error) = picture(session.client(), &screens.join(&name)).await
                && !code_file.is_file()
            {
                eprintln!("no picture of the step {step}: {error}");
            }
        }
        tokio::time::sleep(PAUSE).await;
    }
    drop(session);
    ended(script, &logs, steps)
}

/// Waits until a file is there.
async fn written(file: &Path) {
    while !file.is_file() {
        tokio::time::sleep(PAUSE).await;
    }
}

fn ended(script: &Script, logs: &Path, steps: Vec<String>) -> Result<Ended, DriverError> {
    let code = fs::read_to_string(logs.join("exit-code"))?;
    Ok(Ended {
        result: fs::read_to_string(script.out.join("result.json"))?,
        said: fs::read_to_string(logs.join("window.log"))?,
        code: code.trim().parse().map_err(|_| DriverError(format!("exit code {code}")))?,
        steps,
    })
}

/// The WebDriver server throws away what the program prints and how it ends, so a script stands
/// between them and keeps both. The exit code is written under another name and then renamed: it
/// is there whole or not at all.
fn launcher(out: &Path, logs: &Path) -> io::Result<PathBuf> {
    let path = logs.join("launch.sh");
    let stale = fs::remove_file(logs.join("exit-code"));
    if stale.is_err_and(|error| error.kind() != io::ErrorKind::NotFound) {
        return Err(io::Error::other(format!("{} cannot be written", logs.display())));
    }
    let quoted = |path: &Path| format!("'{}'", text(path).replace('\'', r"'\''"));
    fs::write(
        &path,
        format!(
            "#!/bin/sh\n{} \"$@\" >{} 2>{}\necho $? >{code}.new\nmv {code}.new {code}\n",
            quoted(&program::program("yichuang")),
            quoted(&out.join("result.json")),
            quoted(&logs.join("window.log")),
            code = quoted(&logs.join("exit-code")),
        ),
    )?;
    #[cfg(unix)]
    fs::set_permissions(&path, std::os::unix::fs::PermissionsExt::from_mode(0o755))?;
    Ok(path)
}

fn text(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}
