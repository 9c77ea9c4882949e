//! A scripted case that the window plays by itself.

use std::path::Path;
use std::process::Output;

use serde_json::Value;
use yichuang_tests::demonstration::{Ended, Script, play};
use yichuang_tests::program::{fixture, run};

fn result(printed: &str) -> Value {
    serde_json::from_str(printed).unwrap_or_else(|e| panic!("no JSON ({e}): {printed}"))
}

/// Both ways give the same, apart from numbers and file names, which are issued.
fn comparable(mut result: Value) -> Value {
    result["case_number"] = Value::Null;
    for document in result["documents"].as_array_mut().into_iter().flatten() {
        document["file"] = Value::Null;
    }
    result
}

fn plainly(scenario: &Path, folder: &Path) -> Output {
    let text = |path: &Path| path.to_string_lossy().into_owned();
    let arguments = ["--data", &text(&folder.join("plain")), "play", &text(scenario), "--out"];
    run("yichuang", arguments.into_iter().chain([&*text(&folder.join("plain-papers"))]))
}

async fn in_the_window(scenario: &Path, folder: &Path) -> Ended {
    let script = Script {
        data: folder.join("window"),
        scenario: scenario.to_owned(),
        guide: None,
        out: folder.join("window-papers"),
    };
    play(&script).await.unwrap_or_else(|e| panic!("{e}"))
}

async fn both_ways_are_the_same(name: &str) {
    let folder = tempfile::tempdir().expect("a folder");
    let scenario = fixture("scenarios").join(name);
    let plain = plainly(&scenario, folder.path());
    let window = in_the_window(&scenario, folder.path()).await;
    let printed = String::from_utf8_lossy(&plain.stdout);
    assert_eq!(
        comparable(result(&window.result)),
        comparable(result(&printed)),
        "steps {:?}, {}",
        window.steps,
        window.said
    );
    assert_eq!(Some(window.code), plain.status.code());
    assert_eq!(window.code, 0, "{}", window.result);
    let documents = result(&window.result)["documents"].as_array().cloned().unwrap_or_default();
    assert!(!documents.is_empty());
    for document in &documents {
        let file = document["file"].as_str().expect("a file");
        let head = std::fs::read(folder.path().join("window-papers").join(file)).expect(file);
        assert!(head.starts_with(b"%PDF-"), "{file} is no PDF");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_notice_and_its_supplements_in_the_window_equal_the_plain_play() {
    both_ways_are_the_same("s37-m17.json").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_agent_with_a_commitment_in_the_window_equals_the_plain_play() {
    both_ways_are_the_same("s03-m01.json").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stop_in_the_window_equals_the_plain_play() {
    both_ways_are_the_same("s19-m11.json").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_scenario_is_refused_in_the_window_with_the_same_code() {
    let folder = tempfile::tempdir().expect("a folder");
    let bad = std::fs::read_to_string(fixture("bad_inputs.json")).expect("bad inputs");
    let bad: Value = serde_json::from_str(&bad).expect("JSON");
    let scenario = folder.path().join("bad.json");
    std::fs::write(&scenario, bad[0]["scenario"].to_string()).expect("a file");
    refused_alike(&scenario, folder.path()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_is_no_scenario_is_refused_without_a_window() {
    let folder = tempfile::tempdir().expect("a folder");
    let scenario = folder.path().join("bad.json");
    std::fs::write(&scenario, "{ not json").expect("a file");
    refused_alike(&scenario, folder.path()).await;
}

async fn refused_alike(scenario: &Path, folder: &Path) {
    let plain = plainly(scenario, folder);
    let window = in_the_window(scenario, folder).await;
    let (plain_said, window_said) =
        (result(&String::from_utf8_lossy(&plain.stdout)), result(&window.result));
    assert_eq!(plain.status.code(), Some(2));
    assert_eq!(window.code, 2);
    assert_eq!(window_said["code"], plain_said["code"]);
    assert_eq!(window_said["field"], plain_said["field"]);
}
