//! The ferry by the real programs: a window that never has a network, and what comes home to it.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use tempfile::TempDir;
use yichuang_tests::hub_program::HubProgram;
use yichuang_tests::program::{self, printed};

struct Township {
    folder: TempDir,
}

impl Township {
    /// A window that was enrolled at the hall and then carried away; the hub's program has ended.
    fn new() -> Self {
        let this = Self { folder: tempfile::tempdir().expect("a folder") };
        let mut hub = HubProgram::start(&this.at("hub"));
        hub.enrol(&this.at("window"));
        hub.stop();
        this
    }

    fn at(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// What a program prints, and its exit code.
    fn run(&self, name: &str, data: &str, arguments: &[&str]) -> (Option<i32>, Value) {
        let data = self.at(data).to_string_lossy().into_owned();
        let last = ["--json", "--data", data.as_str()];
        let all = arguments.iter().copied().chain(last);
        let output = program::run(name, all);
        (output.status.code(), printed(&output))
    }

    fn window(&self, arguments: &[&str]) -> (Option<i32>, Value) {
        self.run("yichuang", "window", arguments)
    }

    fn hub(&self, arguments: &[&str]) -> (Option<i32>, Value) {
        self.run("yichuang-hub", "hub", arguments)
    }

    fn file_a_case(&self) -> String {
        let script = program::fixture("scenarios/s01-m01.json");
        let (code, told) = self.window(&["play", &script.to_string_lossy()]);
        assert_eq!(code, Some(0));
        told["case_number"].as_str().expect("a number").to_owned()
    }

    fn unsent(&self) -> usize {
        self.window(&["cases", "--unsent"]).1.as_array().expect("cases").len()
    }

    fn path(&self, name: &str) -> String {
        self.at(name).to_string_lossy().into_owned()
    }
}

fn cut(file: &Path) {
    let bytes = std::fs::read(file).expect("a file");
    std::fs::write(file, &bytes[..bytes.len() / 2]).expect("a file");
}

#[test]
fn cases_go_by_stick_and_the_decision_comes_home() {
    let here = Township::new();
    let number = here.file_a_case();
    let (stick, answer) = (here.path("one.ferry"), here.path("one.answer.ferry"));
    assert_eq!(here.window(&["ferry", "export", &stick]).0, Some(0));
    assert_eq!(here.unsent(), 1, "a file on a stick has not arrived");

    let (code, told) = here.hub(&["ferry", &stick]);
    assert_eq!((code, &told["ferried"]["rejected"]), (Some(0), &json!(0)));
    assert_eq!(told["ferried"]["new"], told["ferried"]["events"]);
    assert_eq!(here.hub(&["ferry", &stick]).1["ferried"]["new"], 0, "a second time");
    assert_eq!(here.hub(&["cases"]).1[0]["case_number"], number.as_str());
    assert_eq!(here.window(&["ferry", "import", &answer]).0, Some(0));
    assert_eq!(here.unsent(), 0);

    let granted = here.hub(&["decide", "--case", &number, "--decision", "granted"]);
    assert_eq!(granted.0, Some(0), "{}", granted.1);
    assert_eq!(here.window(&["ferry", "export", &stick]).1["events"], 0);
    assert_eq!(here.hub(&["ferry", &stick]).0, Some(0));
    let (code, told) = here.window(&["ferry", "import", &answer]);
    assert_eq!((code, &told["pulled"], &told["stale"]), (Some(0), &json!(1), &json!(false)));
    assert_eq!(here.window(&["cases"]).1[0]["state"], "decided");
    assert_eq!(here.window(&["audit"]).0, Some(0));
}

#[test]
fn what_is_cut_foreign_or_not_there_is_refused_and_changes_nothing() {
    let here = Township::new();
    here.file_a_case();
    let (stick, answer) = (here.path("one.ferry"), here.path("one.answer.ferry"));
    here.window(&["ferry", "export", &stick]);
    let refused = |told: (Option<i32>, Value)| (told.0, told.1["code"].clone());
    let says = |code: &str| (Some(2), json!(code));

    assert_eq!(refused(here.window(&["ferry", "import", &stick])), says("ferry-not-for-us"));
    let other = Township::new();
    assert_eq!(refused(other.hub(&["ferry", &stick])), says("ferry-not-for-us"));
    assert_eq!(refused(here.hub(&["ferry", &here.path("none.ferry")])), says("ferry-disk"));
    let nowhere = here.path("no/such/folder/a.ferry");
    assert_eq!(refused(here.hub(&["ferry", &stick, "--answer", &nowhere])), says("ferry-disk"));
    assert_eq!(here.hub(&["cases"]).1, json!([]), "without an answer nothing is taken in");

    assert_eq!(here.hub(&["ferry", &stick]).0, Some(0));
    cut(&here.at("one.answer.ferry"));
    assert_eq!(refused(here.window(&["ferry", "import", &answer])), says("ferry-damaged"));
    assert_eq!(here.unsent(), 1);
    cut(&here.at("one.ferry"));
    assert_eq!(refused(here.hub(&["ferry", &stick])), says("ferry-damaged"));
}
