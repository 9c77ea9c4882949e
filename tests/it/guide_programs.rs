//! Publishing and taking a guide release with the programs' own commands.

use std::path::Path;

use serde_json::{Value, json};
use yichuang_domain::case::event::sha256_hex;
use yichuang_guide::EXAMPLE;
use yichuang_tests::guides::{release, release_with};
use yichuang_tests::hub_program::HubProgram;
use yichuang_tests::program;

/// Runs a command; what it prints, and its exit code.
fn run(name: &str, data: &Path, arguments: &[&str]) -> (Value, i32) {
    let data = data.to_string_lossy().into_owned();
    let all = arguments.iter().copied().chain(["--json", "--data", &data]);
    let output = program::run(name, all);
    let text = String::from_utf8_lossy(&output.stdout);
    let json = serde_json::from_str(&text).unwrap_or_else(|e| panic!("no JSON ({e}): {text}"));
    (json, output.status.code().expect("an exit code"))
}

fn finding<'a>(doctor: &'a Value, name: &str) -> &'a Value {
    let checks = doctor["checks"].as_array().expect("checks");
    checks.iter().find(|check| check["name"] == name).expect("the check")
}

#[test]
fn a_release_goes_from_a_file_at_the_hub_into_use_at_a_window() {
    let folder = tempfile::tempdir().expect("a folder");
    let (at_hub, at_window) = (folder.path().join("hub"), folder.path().join("window"));
    let hub = HubProgram::start(&at_hub);
    let publish = |name: &str, text: &str| {
        let file = folder.path().join(name);
        std::fs::write(&file, text).expect("a file");
        run("yichuang-hub", &at_hub, &["guide", "publish", &file.to_string_lossy()])
    };
    let yichuang = |arguments: &[&str]| run("yichuang", &at_window, arguments);

    // A machine of its own has the example of the program, which nobody calls stale.
    let (info, exit) = yichuang(&["guide", "info"]);
    assert_eq!((exit, &info["origin"], &info["stale"]), (0, &json!("bundled"), &Value::Null));
    assert_eq!((&info["sample"], info["age_days"].is_number()), (&json!(true), true));

    assert_eq!(run("yichuang-hub", &at_hub, &["guide", "list"]), (json!([]), 0));
    let issued = |date: &'static str, number: u32| {
        release_with(number, |guide| guide["issued_on"] = json!(date))
    };
    let old = issued("2024-01-02", 1);
    let (published, exit) = publish("one.json", &old);
    assert_eq!((exit, &published["release"], &published["sample"]), (0, &json!(1), &json!(false)));
    assert_eq!(published["digest"], json!(sha256_hex(old.as_bytes())));
    let (refused, exit) = publish("other.json", &release(1, "另一个第一版"));
    assert_eq!((exit, &refused["code"]), (2, &json!("guide-not-newer")));
    let (refused, exit) = publish("bad.json", "{}");
    assert_eq!((exit, &refused["code"]), (2, &json!("bad-guide")));
    assert!(refused["problems"].as_array().expect("problems").len() > 3);
    let missing = run("yichuang-hub", &at_hub, &["guide", "publish", "/nowhere.json"]);
    assert_eq!((missing.1, &missing.0["code"]), (2, &json!("file")));

    hub.enrol(&at_window);
    let (status, exit) = yichuang(&["sync"]);
    assert_eq!((exit, &status["guide_failure"]), (0, &Value::Null));
    let (info, exit) = yichuang(&["guide", "info"]);
    assert_eq!((&info["origin"], &info["release"]), (&json!("hub"), &json!(1)));
    assert_eq!(info["digest"], published["digest"]);
    // It is old, and said to be.
    assert_eq!((exit, &info["stale"]["code"]), (1, &json!("old")));
    let (doctor, exit) = yichuang(&["doctor"]);
    let said = finding(&doctor, "guide");
    assert_eq!((exit, &said["ok"]), (1, &json!(false)));
    assert!(said["message"].as_str().expect("words").contains("没有更新"), "{said}");

    let (_, exit) = publish("two.json", &release(2, "第二版"));
    assert_eq!(exit, 0);
    assert_eq!(yichuang(&["sync"]).1, 0);
    assert_eq!(yichuang(&["guide", "info"]).0["release"], json!(2));
    let (list, _) = run("yichuang-hub", &at_hub, &["guide", "list"]);
    let numbers: Vec<_> = list.as_array().expect("a list").iter().map(|g| &g["release"]).collect();
    assert_eq!(numbers, [2, 1]);
}

#[test]
fn example_data_goes_through_a_practice_hub_and_no_other() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name);
    let file = |name: &str, text: &str| {
        std::fs::write(path(name), text).expect("a file");
        path(name).to_string_lossy().into_owned()
    };
    let example = file("example.json", EXAMPLE);
    let real = HubProgram::start_real(&path("real-hub"));
    let publish =
        |hub: &str, file: &str| run("yichuang-hub", &path(hub), &["guide", "publish", file]);
    let (refused, exit) = publish("real-hub", &example);
    assert_eq!(
        (exit, &refused["code"], &refused["field"]),
        (2, &json!("guide-sample"), &json!("status"))
    );
    assert_eq!(run("yichuang-hub", &path("real-hub"), &["guide", "list"]), (json!([]), 0));
    assert_eq!(publish("real-hub", &file("1.json", &release(1, "正式"))).1, 0);

    // A window for real applications takes it from no file either; nothing is changed.
    real.enrol(&path("real-window"));
    assert_eq!(run("yichuang", &path("real-window"), &["sync"]).1, 0);
    let later = file("later.json", &EXAMPLE.replacen("\"release\": 1", "\"release\": 7", 1));
    let (refused, exit) = run("yichuang", &path("real-window"), &["guide", "import", &later]);
    assert_eq!((exit, &refused["code"]), (2, &json!("guide-sample")));
    let (info, _) = run("yichuang", &path("real-window"), &["guide", "info"]);
    assert_eq!((&info["release"], &info["sample"]), (&json!(1), &json!(false)));

    let trial = HubProgram::start(&path("trial-hub"));
    let (published, exit) = publish("trial-hub", &later);
    assert_eq!((exit, &published["sample"]), (0, &json!(true)));
    trial.enrol(&path("trial-window"));
    assert_eq!(run("yichuang", &path("trial-window"), &["sync"]).1, 0);
    let (info, _) = run("yichuang", &path("trial-window"), &["guide", "info"]);
    assert_eq!((&info["release"], &info["sample"]), (&json!(7), &json!(true)));
}

#[test]
fn a_window_that_is_ahead_of_its_hub_says_so_and_works_on() {
    let folder = tempfile::tempdir().expect("a folder");
    let (at_hub, at_window) = (folder.path().join("hub"), folder.path().join("window"));
    let hub = HubProgram::start(&at_hub);
    let file = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).expect("a file");
        path.to_string_lossy().into_owned()
    };
    hub.enrol(&at_window);
    let ahead = file("5.json", &release(5, "第五版"));
    assert_eq!(run("yichuang", &at_window, &["guide", "import", &ahead]).1, 0);
    let behind = file("3.json", &release(3, "第三版"));
    assert_eq!(run("yichuang-hub", &at_hub, &["guide", "publish", &behind]).1, 0);
    let (status, exit) = run("yichuang", &at_window, &["sync"]);
    assert_eq!((exit, &status["guide_failure"]["code"]), (1, &json!("guide-not-newer")));
    assert_eq!((&status["failure"], &status["unsent_events"]), (&Value::Null, &json!(0)));
    let (info, _) = run("yichuang", &at_window, &["guide", "info"]);
    assert_eq!((&info["release"], &info["origin"]), (&json!(5), &json!("file")));
}
