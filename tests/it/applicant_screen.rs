//! The applicant's screen stands where anybody can touch it: by its own token of the loopback door
//! nothing can be called but what it shows, the answer and the signature.

use serde_json::{Value, json};
use yichuang_tests::program;
use yichuang_tests::served::{Served, every_command};

#[test]
fn nothing_but_the_question_and_its_answer_can_be_called_from_it() {
    let data = tempfile::tempdir().unwrap();
    let listed = program::answered(data.path(), &["cases"]);
    assert!(listed.status.success());
    let served = Served::open(data.path());
    served.clerk("first_account", &json!({ "name": "王敏", "pin": "246802" }));
    let opened = served.clerk("open_applicant_screen", &json!({}));
    let url = opened["url"].as_str().unwrap();
    let (page, token) = url.split_once("#token=").unwrap();
    assert_eq!(page, format!("{}/?applicant", served.address));
    assert_ne!(token, served.token);
    assert!(served.http.get(page).send().unwrap().status().is_success(), "the page itself opens");

    let all = every_command();
    assert!(all.len() > 90, "{}", all.len());
    let mut open = Vec::new();
    for (way, command) in &all {
        let answer = served.send(token, way, command, &json!({}));
        let status = answer.status().as_u16();
        let body: Value = answer.json().unwrap();
        if body["code"] == "not-from-here" {
            assert_eq!(status, 403, "{command}");
        } else {
            open.push(command.as_str());
        }
    }
    assert_eq!(open, ["sign", "leave_signing", "applicant_screen", "answer_evaluation"]);
    let (status, screen) = served.call(token, "applicant_screen", &json!({}));
    assert_eq!((status, &screen["state"]), (200, &json!("idle")));
    let (status, _) = served.call("", "applicant_screen", &json!({}));
    assert_eq!(status, 401, "and nobody without a token may");
    assert_eq!(served.clerk("status", &json!({}))["phase"], "signed-in");
}

#[test]
fn the_answer_outlives_the_program_and_the_question_does_not() {
    let data = tempfile::tempdir().unwrap();
    assert!(program::answered(data.path(), &["cases"]).status.success());
    let scenario = program::fixture("scenarios/s14-m07.json");
    let scenario: Value = serde_json::from_slice(&std::fs::read(scenario).unwrap()).unwrap();
    let served = Served::open(data.path());
    let status = served.clerk("first_account", &json!({ "name": "王敏", "pin": "246802" }));
    let draft = served.clerk("start_draft", &json!({ "code": scenario["matter"] }));
    let mut draft = draft["draft"].clone();
    for field in ["answers", "applicant", "agent", "materials"] {
        draft["intake"][field] = scenario[field].clone();
    }
    draft["intake"]["filed_on"] = status["today"].clone();
    let seen = served.clerk("save_draft", &json!({ "draft": draft }));
    let agreed = &seen["assessment"]["determination"];
    let filing = json!({ "id": draft["id"], "confirmed": agreed, "notice_later": false });
    let filed = served.clerk("file_case", &filing);
    let (id, service) = (filed["case"]["id"].clone(), filed["services"][0]["on"].clone());
    let invitation = json!({ "id": id, "service": service });
    served.clerk("invite_evaluation", &invitation);
    drop(served);

    let served = Served::open(data.path());
    let clerk = served.clerk("status", &json!({}))["clerks"][0]["id"].clone();
    served.clerk("sign_in", &json!({ "clerk": clerk, "pin": "246802" }));
    let url = served.clerk("open_applicant_screen", &json!({}))["url"].as_str().unwrap().to_owned();
    let token = url.split_once("#token=").unwrap().1;
    let (_, idle) = served.call(token, "applicant_screen", &json!({}));
    assert_eq!(idle["state"], "idle");
    served.clerk("invite_evaluation", &invitation);
    let (_, asking) = served.call(token, "applicant_screen", &json!({}));
    for bad in [
        json!({ "satisfaction": 5 }),
        json!({ "satisfaction": "5" }),
        json!({}),
        json!({ "satisfaction": "fair", "reasons": ["manner"] }),
        json!({ "satisfaction": "fair", "words": "好".repeat(501) }),
        json!({ "satisfaction": "fair", "grade": 1 }),
    ] {
        let answer = json!({ "token": asking["token"], "evaluation": bad });
        let (status, body) = served.call(token, "answer_evaluation", &answer);
        assert_eq!(status, 422, "{body}");
    }
    let answer = json!({ "token": asking["token"], "evaluation": { "satisfaction": "fair" } });
    assert_eq!(served.call(token, "answer_evaluation", &answer).0, 200);
    drop(served);

    let served = Served::open(data.path());
    served.clerk("sign_in", &json!({ "clerk": clerk, "pin": "246802" }));
    let view = served.clerk("case", &json!({ "id": id }));
    assert_eq!(view["services"][0]["answered"], "given");
    assert!(!view.to_string().contains("\"fair\""), "the window does not learn what it was");
}
