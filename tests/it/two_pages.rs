//! Two pages of a browser at one door: whoever is signed in, no page does anything for somebody whom
//! it does not show.

use serde_json::{Value, json};
use yichuang_tests::program;
use yichuang_tests::served::{Served, every_command};

/// What any page may ask.
const ANYBODYS: [&str; 8] = [
    "status",
    "unlock",
    "first_account",
    "sign_in",
    "sign_out",
    "save_draft",
    "enter_training",
    "leave_training",
];

/// The commands that a page is refused because it shows somebody else.
fn refused(served: &Served, place: &str, clerk: &str) -> Vec<String> {
    let commands = every_command().into_iter().filter(|(_, name)| !ANYBODYS.contains(&&**name));
    let refused = commands.filter(|(way, command)| {
        let answer = served.send_as(place, clerk, way, command);
        let status = answer.status().as_u16();
        let text = answer.text().unwrap();
        let code = serde_json::from_str::<Value>(&text).unwrap_or_default()["code"].clone();
        assert!(code != "another-clerk" || status == 422, "{command}: {status}");
        code == "another-clerk"
    });
    refused.map(|(_, command)| command).collect()
}

#[test]
fn no_page_acts_for_a_clerk_that_it_does_not_show() {
    let data = tempfile::tempdir().unwrap();
    assert!(program::answered(data.path(), &["cases"]).status.success());
    let served = Served::open(data.path());
    let status = served.clerk("first_account", &json!({ "name": "王敏", "pin": "246802" }));
    let min = status["clerk"]["id"].as_str().unwrap().to_owned();
    let other = json!({ "name": "乌兰图雅", "pin": "135791", "roles": [] });
    let status = served.clerk("add_clerk", &other);
    let clerks = status["clerks"].as_array().unwrap();
    let tuya = clerks.iter().find(|one| one["name"] == "乌兰图雅").unwrap()["id"].clone();
    let tuya = tuya.as_str().unwrap();

    let everything = every_command().len() - ANYBODYS.len();
    assert_eq!(refused(&served, "records", tuya).len(), everything);
    assert_eq!(refused(&served, "training", &min).len(), everything, "other records");
    assert_eq!(refused(&served, "records", "").len(), everything);
    // What anybody may ask is answered, and nothing of it was done.
    assert_eq!(served.send_as("records", tuya, "rpc", "status").status().as_u16(), 200);
    assert_eq!(served.clerk("status", &json!({}))["clerk"]["name"], "王敏");
    let right = served.send_as("records", &min, "rpc", "workbench");
    assert_eq!(right.status().as_u16(), 200);
    served.clerk("enter_training", &json!({}));
    assert_eq!(refused(&served, "records", &min).len(), everything, "training is not the records");
    served.clerk("leave_training", &json!({}));
    // Where nobody is signed in, that is what is said.
    served.clerk("sign_out", &json!({}));
    let answer: Value = served.send_as("records", &min, "rpc", "workbench").json().unwrap();
    assert_eq!(answer["code"], "not-signed-in");
}
