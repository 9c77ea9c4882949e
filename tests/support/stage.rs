//! A window with records of its own, behind either door, as far along as a test wants it.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::Stdio;

use serde_json::Value;
use tempfile::TempDir;

use super::display::{SMALL, Size};
use super::hub_program::HubProgram;
use super::process::Running;
use super::program;
use super::webdriver::{DOCUMENTS, Session};
use super::window::{Door, Screen};

/// Where the program stands when the test begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Begin {
    /// No records at all, on a machine without a keyring.
    Nothing,
    /// No account yet; how the records are protected was decided elsewhere.
    NoAccount,
    /// As [`Begin::NoAccount`], joined to a hub.
    Enrolled,
}

/// A screen and all that stands behind it. The order of the fields is the order of the end.
pub struct Stage {
    /// The screen.
    pub screen: Screen,
    /// The hub, for [`Begin::Enrolled`].
    pub hub: Option<HubProgram>,
    _door: Option<Running>,
    data: TempDir,
}

impl Stage {
    /// Sets it up. Pictures carry the test's name.
    pub async fn set(door: Door, begin: Begin, size: Size, test: &str) -> Self {
        let data = tempfile::tempdir().expect("a folder");
        let window = data.path().join("window");
        std::fs::create_dir(&window).expect("a folder");
        let mut hub = None;
        match begin {
            Begin::Nothing => {}
            // Any command of the program makes the records, unprotected where nobody is asked.
            Begin::NoAccount => {
                program::run("yichuang", ["--data", &window.to_string_lossy(), "cases"]);
            }
            Begin::Enrolled => {
                let started = HubProgram::start(&data.path().join("hub"));
                started.enrol(&window);
                hub = Some(started);
            }
        }
        let logs = data.path().to_owned();
        let opened = match door {
            Door::Window => {
                let arguments = ["--data".to_owned(), window.to_string_lossy().into_owned()];
                let program = program::program("yichuang");
                Session::window(&program, &arguments, size, &logs).await.map(|one| (one, None))
            }
            Door::Browser => {
                let (address, server) = serve(&window, &logs);
                Session::chromium(&address, size, &logs).await.map(|one| (one, Some(server)))
            }
        };
        let (session, beside) = opened.unwrap_or_else(|error| {
            let said = std::fs::read_to_string(logs.join("driver.log")).unwrap_or_default();
            panic!("no session: {error}\n{said}")
        });
        Self { screen: Screen::new(session, door, test), hub, _door: beside, data }
    }

    /// As [`Stage::set`], on the screen of an old office PC.
    pub async fn small(door: Door, begin: Begin, test: &str) -> Self {
        Self::set(door, begin, SMALL, test).await
    }

    /// The hub; only where the stage was set with one.
    pub fn hub(&self) -> &HubProgram {
        self.hub.as_ref().expect("the stage was set with a hub")
    }

    /// Takes the bundled guide in as its next release, changed by `change`, by another process.
    pub fn import_next_release(&self, change: impl FnOnce(&mut Value)) {
        let text = std::fs::read_to_string(program::example_guide()).expect("the example guide");
        let mut guide: Value = serde_json::from_str(&text).expect("the example guide is JSON");
        guide["release"] = 2.into();
        change(&mut guide);
        let file = self.data.path().join("next.json");
        std::fs::write(&file, guide.to_string()).expect("a file");
        let data = self.data.path().join("window");
        let import = [Path::new("--data"), &data, "guide".as_ref(), "import".as_ref(), &file];
        assert!(program::run("yichuang", import).status.success(), "the release is taken in");
    }

    /// The papers that were saved from the screen whose names end so.
    pub fn saved(&self, end: &str) -> Vec<Vec<u8>> {
        // The window has a folder of its own there; a browser takes what it downloads.
        let folder = self.data.path().join(DOCUMENTS);
        let folders = [folder.join("一窗文书"), folder];
        let files = folders.iter().flat_map(std::fs::read_dir).flatten().filter_map(Result::ok);
        let named = files.filter(|file| file.file_name().to_string_lossy().ends_with(end));
        let read = named.map(|file| std::fs::read(file.path()).expect("a saved paper"));
        // A browser holds the name by an empty file until it has the whole.
        read.filter(|paper| !paper.is_empty()).collect()
    }

    /// What the program itself says of its cases, beside the screen.
    pub fn cases(&self) -> Value {
        let data = self.data.path().join("window");
        program::json("yichuang", ["--data", &data.to_string_lossy(), "--json", "cases"])
    }
}

/// Opens the loopback door; its address with the token.
fn serve(data: &Path, logs: &Path) -> (String, Running) {
    let log = std::fs::File::create(logs.join("serve.log")).expect("a log");
    let mut command = program::command("yichuang");
    command.arg("--data").arg(data).args(["--json", "serve", "--port", "0"]);
    command.env("XDG_DOCUMENTS_DIR", logs.join(DOCUMENTS));
    let mut server = Running::start_piped(command.stdout(Stdio::piped()).stderr(log))
        .unwrap_or_else(|e| panic!("{e}"));
    let mut line = String::new();
    if let Some(pipe) = server.child().stdout.take() {
        BufReader::new(pipe).read_line(&mut line).expect("the program's output can be read");
    }
    let said: Value = serde_json::from_str(&line)
        .unwrap_or_else(|e| panic!("`yichuang serve` did not say its address ({e}): {line}"));
    (said["url"].as_str().expect("an address").to_owned(), server)
}
