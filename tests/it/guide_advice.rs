//! What the program says about a guide: the health check, what changed, the next calendar year.

use std::path::Path;

use serde_json::{Value, json};
use yichuang_tests::program::{self, answered as yichuang, printed};

fn guide() -> Value {
    let text = std::fs::read_to_string(program::example_guide()).expect("the example guide");
    serde_json::from_str(&text).expect("the example guide is JSON")
}

fn write(file: &Path, value: &Value) -> String {
    std::fs::write(file, value.to_string()).expect("a file");
    file.to_string_lossy().into_owned()
}

#[test]
fn a_health_check_fails_on_what_must_be_mended_and_goes_into_a_workbook() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("data");
    let own = yichuang(&data, &["guide", "review"]);
    assert_eq!(own.status.code(), Some(0), "nothing must be mended in the example");

    let mut bad = guide();
    bad["matters"][0]["basis"] = json!([]);
    bad["matters"][1]["materials"][0]["name"] = json!("\u{2EBF0}的证明");
    let file = write(&folder.path().join("bad.json"), &bad);
    let book = folder.path().join("体检.xlsx").to_string_lossy().into_owned();
    let found = yichuang(&data, &["guide", "review", &file, "--workbook", &book]);
    assert_eq!(found.status.code(), Some(1));
    let findings = printed(&found)["findings"].as_array().expect("findings").clone();
    let at = |code: &str| findings.iter().find(|f| f["code"] == code).map(|f| f["place"].clone());
    assert_eq!(at("no-basis"), Some(json!("matters[0].basis")));
    assert_eq!(at("unprintable"), Some(json!("matters[1].materials[0].name")));
    assert!(std::fs::read(&book).expect("a workbook").starts_with(b"PK"));
    let again = yichuang(&data, &["guide", "review", &file, "--workbook", &book]);
    assert_eq!(printed(&again)["code"], "file-exists", "nothing is written over");
}

#[test]
fn a_holiday_notice_becomes_the_next_release_and_moves_the_days_it_must() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("data");
    let scenario = program::fixture("scenarios/s14-m07.json").to_string_lossy().into_owned();
    let out = folder.path().join("out").to_string_lossy().into_owned();
    let played = yichuang(&data, &["play", &scenario, "--out", &out]);
    assert_eq!(printed(&played)["due_estimated"], true, "it runs into the estimated year");
    let was = printed(&played)["due"].clone();
    assert_eq!(printed(&yichuang(&data, &["guide", "changes"])), json!({ "changes": [] }));

    let year = json!({
        "year": 2027, "status": "official", "source": "放假通知",
        "holidays": ["2027-01-01", "2027-01-04", "2027-01-05"], "workdays": [],
    });
    let file = write(&folder.path().join("2027.json"), &year);
    let package = folder.path().join("next.json").to_string_lossy().into_owned();
    let only = yichuang(&data, &["guide", "calendar", &file, "--out", &package]);
    assert_eq!((only.status.code(), &printed(&only)["release"]), (Some(0), &json!(2)));
    assert_eq!(printed(&yichuang(&data, &["guide", "info"]))["release"], 1, "only written");
    assert_eq!(yichuang(&data, &["guide", "check", &package]).status.code(), Some(0));

    let taken = printed(&yichuang(&data, &["guide", "calendar", &file]));
    assert_eq!(taken["release"], 2);
    let moved = taken["recounted"].as_array().expect("a list");
    assert_eq!(moved.len(), 1, "{moved:?}");
    assert_eq!((&moved[0]["was"], &moved[0]["estimated"]), (&was, &json!(false)));
    assert!(moved[0]["on"].as_str() > was.as_str(), "two more days off");
    let changes = printed(&yichuang(&data, &["guide", "changes"]));
    assert_eq!(changes["changes"][0]["subject"], "calendar-year");
    assert_eq!(yichuang(&data, &["audit"]).status.code(), Some(0));

    let wrong = write(&folder.path().join("wrong.json"), &json!({ "year": "2027" }));
    let refused = yichuang(&data, &["guide", "calendar", &wrong]);
    assert_eq!((refused.status.code(), &printed(&refused)["code"]), (Some(2), &json!("bad-guide")));
    assert_eq!(printed(&yichuang(&data, &["guide", "info"]))["release"], 2, "nothing changed");
}
