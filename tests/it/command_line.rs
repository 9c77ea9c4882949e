//! The command line as scripts see it: what it prints and its exit codes.

use std::path::Path;
use std::process::Output;

use serde_json::{Value, json};
use yichuang_tests::hub_program::HubProgram;
use yichuang_tests::program::{self, printed};
use yichuang_tests::served::Served;

fn yichuang(data: &Path, arguments: &[&str]) -> Output {
    let data = data.to_string_lossy().into_owned();
    let all = ["--data", data.as_str()].into_iter().chain(arguments.iter().copied());
    program::run("yichuang", all)
}

fn written(folder: &Path, name: &str, value: &Value) -> String {
    let path = folder.join(name);
    std::fs::write(&path, value.to_string()).expect("a file");
    path.to_string_lossy().into_owned()
}

fn scenario(name: &str) -> Value {
    let bytes = std::fs::read(program::fixture("scenarios").join(name)).expect("a scenario");
    serde_json::from_slice(&bytes).expect("JSON")
}

#[test]
fn play_prints_the_result_and_writes_the_papers() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = program::fixture("scenarios/s37-m17.json");
    let out = folder.path().join("out");
    let (file, out) = (file.to_string_lossy(), out.to_string_lossy());
    let output = yichuang(folder.path(), &["play", &file, "--out", &out]);
    assert_eq!(output.status.code(), Some(0));
    let result = printed(&output);
    assert_eq!(result["outcome"], "accept");
    assert_eq!(result["listed"], json!(["m4", "m7"]));
    assert_eq!(result["due"], "2026-10-20");
    assert_eq!(result["notify_by"], Value::Null);
    for document in result["documents"].as_array().expect("documents") {
        let pdf = std::fs::read(document["file"].as_str().expect("a path")).expect("a paper");
        assert!(pdf.starts_with(b"%PDF"));
    }
}

#[test]
fn a_result_that_was_not_expected_exits_1_and_says_what_differs() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut script = scenario("s01-m01.json");
    script["expect"]["outcome"] = "refused".into();
    let file = written(folder.path(), "s.json", &script);
    let output = yichuang(&folder.path().join("data"), &["play", &file]);
    assert_eq!(output.status.code(), Some(1));
    let difference = &printed(&output)["differences"][0];
    assert_eq!(
        (&difference["field"], &difference["actual"]),
        (&json!("outcome"), &json!("accept"))
    );
}

#[test]
fn refused_input_exits_2_with_code_field_and_message() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("data");
    let bytes = std::fs::read(program::fixture("bad_inputs.json")).expect("bad inputs");
    let inputs: Vec<Value> = serde_json::from_slice(&bytes).expect("JSON");
    for input in &inputs {
        let file = written(folder.path(), "s.json", &input["scenario"]);
        let output = yichuang(&data, &["play", &file]);
        assert_eq!(output.status.code(), Some(2), "{}", input["title"]);
        let refusal = printed(&output);
        assert_eq!(refusal["code"], input["expect_error"]["code"], "{}", input["title"]);
        assert_eq!(refusal["field"], input["expect_error"]["field"], "{}", input["title"]);
        assert!(!refusal["message"].as_str().expect("a message").is_empty());
    }
    let output = yichuang(&data, &["--json", "cases"]);
    assert_eq!(printed(&output), json!([]));
}

#[test]
fn a_guide_sheet_is_written_or_refused_with_its_place() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("data");
    let out = folder.path().join("sheet.pdf");
    let file = out.to_string_lossy().into_owned();
    let food = "11150785MB0A00122C4000103011000";
    let sheet = |code: &str, answers: &str, to: &str| {
        yichuang(&data, &["--json", "guide", "sheet", code, "--answers", answers, "--out", to])
    };
    let output = sheet(food, "q1=c,agent=yes", &file);
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(printed(&output)["file"], json!(file));
    assert!(printed(&output)["pages"].as_u64().is_some_and(|pages| pages > 0));
    assert!(std::fs::read(&out).expect("a sheet").starts_with(b"%PDF"));
    std::fs::remove_file(&out).expect("a file");
    for (code, answers, refused, field) in [
        ("nothing", "", "unknown-matter", "matter"),
        (food, "q1=z", "unknown-choice", "answers.q1"),
        (food, "q99=a", "unknown-question", "answers.q99"),
        (food, "q1", "bad-answers", "answers"),
    ] {
        let output = sheet(code, answers, &file);
        assert_eq!(output.status.code(), Some(2), "{refused}");
        let said = printed(&output);
        assert_eq!((&said["code"], &said["field"]), (&json!(refused), &json!(field)));
    }
    assert!(!out.exists());
    let nowhere = sheet(food, "", &folder.path().join("no/where.pdf").to_string_lossy());
    assert_eq!(nowhere.status.code(), Some(3));
    assert_eq!(printed(&nowhere)["code"], json!("file-unwritable"));
    assert_eq!(printed(&yichuang(&data, &["--json", "cases"])), json!([]), "it is no case");
}

#[test]
fn the_sheet_of_a_bundle_is_written_for_the_matters_that_are_wanted() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("data");
    let out = folder.path().join("sheet.pdf");
    let file = out.to_string_lossy().into_owned();
    let lead = "11150785MB0A00165R4000707021000";
    let insurance = "11150785MB0A00114H4002002006000";
    let sheet = |arguments: &[&str]| {
        let always = ["--json", "guide", "sheet", "--out", &file];
        yichuang(&data, &[&always[..], arguments].concat())
    };
    let pages = |arguments: &[&str]| {
        let output = sheet(arguments);
        assert_eq!(output.status.code(), Some(0), "{output:?}");
        assert!(std::fs::read(&out).expect("a sheet").starts_with(b"%PDF"));
        std::fs::remove_file(&out).expect("a file");
        printed(&output)["pages"].as_u64().expect("pages")
    };
    let told = format!("{lead}:q1=a,agent=no");
    let whole = pages(&["B1", "--without-samples"]);
    let some = pages(&["B1", "--without-samples", "--answers", &told, "--matters", insurance]);
    assert!(some < whole, "{some} of {whole}");
    for (arguments, refused, field) in [
        (&["B1", "--answers", "q1=a"][..], "unknown-question", "answers.q1"),
        (&["B1", "--answers", "agent=maybe"], "unknown-choice", "answers.agent"),
        (&[lead, "--matters", lead], "bad-matters", "matters"),
    ] {
        let output = sheet(arguments);
        assert_eq!(output.status.code(), Some(2), "{refused}");
        let said = printed(&output);
        assert_eq!((&said["code"], &said["field"]), (&json!(refused), &json!(field)));
    }
    assert!(!out.exists());
    assert_eq!(printed(&yichuang(&data, &["--json", "cases"])), json!([]), "it is no case");
}

#[test]
fn files_that_are_no_scenario_are_refused_and_nothing_panics() {
    let folder = tempfile::tempdir().expect("a folder");
    let whole = scenario("s37-m17.json").to_string();
    let mut files: Vec<Vec<u8>> = vec![
        Vec::new(),
        b"{".to_vec(),
        b"[]".to_vec(),
        b"null".to_vec(),
        vec![0xff, 0xfe, 0x00],
        b"{\"matter\": 5}".to_vec(),
        "[".repeat(100_000).into_bytes(),
    ];
    files.extend((0..whole.len()).step_by(173).map(|at| whole.as_bytes()[..at].to_vec()));
    for bytes in files {
        let path = folder.path().join("s.json");
        std::fs::write(&path, &bytes).expect("a file");
        let output = yichuang(&folder.path().join("data"), &["play", &path.to_string_lossy()]);
        assert_eq!(output.status.code(), Some(2), "{}", String::from_utf8_lossy(&bytes));
        assert!(printed(&output)["code"].is_string());
    }
    let missing = yichuang(&folder.path().join("data"), &["play", "/nowhere/s.json"]);
    assert_eq!((missing.status.code(), &printed(&missing)["code"]), (Some(2), &json!("file")));
}

#[test]
fn a_guide_is_checked_imported_and_searched() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("data");
    let mut guide: Value =
        serde_json::from_slice(&std::fs::read(program::example_guide()).expect("a guide"))
            .expect("JSON");
    guide["matters"][0]["name"] = "林下经济备案".into();
    let good = written(folder.path(), "good.json", &guide);
    assert_eq!(yichuang(&data, &["guide", "check", &good]).status.code(), Some(0));
    assert_eq!(yichuang(&data, &["guide", "import", &good]).status.code(), Some(0));
    let hits = printed(&yichuang(&data, &["--json", "guide", "search", "lxjj", "--limit", "5"]));
    assert_eq!(hits[0]["name"], "林下经济备案");

    guide["release"] = 2.into();
    guide["matters"][0]["department"] = "nobody".into();
    guide["matters"][1]["materials"][0]["necessity"] = "perhaps".into();
    let bad = written(folder.path(), "bad.json", &guide);
    let checked = yichuang(&data, &["--json", "guide", "check", &bad]);
    assert_eq!(checked.status.code(), Some(1));
    let problems = printed(&checked)["problems"].as_array().expect("problems").clone();
    assert!(problems.iter().filter(|p| p["severity"] == "error").count() >= 2, "{problems:?}");
    let refused = yichuang(&data, &["--json", "guide", "import", &bad]);
    assert_eq!(refused.status.code(), Some(2));
    assert_eq!(printed(&refused)["code"], "bad-guide");
    let hits = printed(&yichuang(&data, &["--json", "guide", "search", "林下", "--limit", "5"]));
    assert_eq!(hits.as_array().expect("hits").len(), 1, "the guide in use is the one before");
}

#[test]
fn a_damaged_or_newer_database_is_said_and_left_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = program::fixture("scenarios/s01-m01.json");
    let file = file.to_string_lossy();
    assert_eq!(yichuang(folder.path(), &["play", &file]).status.code(), Some(0));
    let database = folder.path().join("yichuang.db");
    let good = std::fs::read(&database).expect("a database");
    let mut bad = good.clone();
    bad[200..4000].fill(7);
    std::fs::write(&database, &bad).expect("written");
    let output = yichuang(folder.path(), &["--json", "cases"]);
    assert_eq!(output.status.code(), Some(3));
    assert_eq!(printed(&output)["code"], "storage-damaged");
    assert_eq!(std::fs::read(&database).expect("a database"), bad, "left as it was found");
    std::fs::write(&database, &good).expect("written");
    assert_eq!(yichuang(folder.path(), &["audit"]).status.code(), Some(0));

    std::fs::remove_file(folder.path().join("key.json")).expect("the key is lost");
    let output = yichuang(folder.path(), &["--json", "cases"]);
    assert_eq!((output.status.code(), &printed(&output)["code"]), (Some(3), &json!("key-missing")));
}

#[test]
fn a_practice_case_has_no_way_into_a_real_hub() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("window");
    let file = program::fixture("scenarios/s01-m01.json");
    assert_eq!(yichuang(&data, &["play", &file.to_string_lossy()]).status.code(), Some(0));
    let hub = HubProgram::start_real(&folder.path().join("hub"));
    let (address, code) = (hub.address().to_owned(), hub.code("01", "03"));
    let joined = yichuang(&data, &["--json", "enrol", "--hub", &address, "--code", &code]);
    assert_eq!(joined.status.code(), Some(2));
    assert_eq!(printed(&joined)["code"], "practice-profile");

    let clean = folder.path().join("clean");
    let code = hub.code("01", "04");
    let joined = yichuang(&clean, &["enrol", "--hub", &address, "--code", &code]);
    assert_eq!(joined.status.code(), Some(0));
    let refused = yichuang(&clean, &["play", &file.to_string_lossy()]);
    assert_eq!(refused.status.code(), Some(2));
    assert_eq!(printed(&refused)["code"], "real-records");
    assert_eq!(hub.cases(), Vec::<Value>::new());
}

#[test]
fn logs_and_errors_show_no_identity_number_and_no_phone() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("window");
    let hub = HubProgram::start(&folder.path().join("hub"));
    hub.enrol(&data);
    let script = scenario("s18-m10.json");
    let file = written(folder.path(), "s.json", &script);
    let mut said = Vec::new();
    for arguments in
        [&["play", &file][..], &["sync"], &["--json", "cases"], &["audit"], &["--json", "doctor"]]
    {
        let output = yichuang(&data, arguments);
        said.extend(output.stdout);
        said.extend(output.stderr);
    }
    let mut bad = script.clone();
    bad["applicant"]["phone"] = "12012345678".into();
    let file = written(folder.path(), "bad.json", &bad);
    let output = yichuang(&data, &["play", &file]);
    said.extend(output.stdout);
    said.extend(output.stderr);
    said.extend(serde_json::to_vec(&hub.cases()).expect("JSON"));
    let said = String::from_utf8_lossy(&said);
    for party in ["applicant", "agent"] {
        let secret = script[party]["id_number"].as_str().expect("a number");
        assert!(!said.contains(secret), "{party}");
    }
    assert!(!said.contains("19900000032") && !said.contains("12012345678"));
}

#[test]
fn templates_are_exported_changed_checked_previewed_installed_and_taken_back() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("data");
    let path = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
    let run = |arguments: &[&str]| {
        let output = yichuang(&data, &[&["--json", "templates"], arguments].concat());
        (output.status.code(), printed(&output))
    };
    assert_eq!(run(&["list"]).1["edition"], 0);
    let (set, paper) = (path("set.json"), path("paper.pdf"));
    assert_eq!(run(&["export", &set]).0, Some(0));
    assert_eq!(run(&["check", &set]), (Some(0), json!({ "findings": [] })));

    let text = std::fs::read_to_string(&set).expect("a set");
    let faulty = path("faulty.json");
    std::fs::write(&faulty, text.replace("{复议期限}", "60日")).expect("a file");
    let (code, told) = run(&["check", &faulty]);
    assert_eq!((code, &told["findings"][0]["code"]), (Some(1), &json!("required-missing")));
    let (code, told) = run(&["install", &faulty]);
    assert_eq!((code, &told["code"]), (Some(2), &json!("templates-faulty")));
    assert_eq!(run(&["install", &path("none.json")]).0, Some(2));

    std::fs::write(&set, text.replace("感谢您到", "欢迎您到")).expect("a file");
    let preview = ["preview", &set, "--sheet", "roll", "-o", &paper, "--kind"];
    let (code, told) = run(&[&preview[..], &["evaluation-form"]].concat());
    assert_eq!((code, &told["pages"]), (Some(0), &json!(1)));
    assert!(std::fs::read(&paper).expect("a paper").starts_with(b"%PDF"));
    assert_eq!(run(&[&preview[..], &["绝无此种"]].concat()).1["code"], "unknown-kind");
    assert_eq!(run(&["editions"]).1, json!({ "editions": [] }));
    assert_eq!(run(&["install", &set, "--note", "改了称谓"]).1["edition"], 1);
    let changed = |told: Value| {
        let kinds = told["kinds"].as_array().expect("kinds").clone();
        let changed = kinds.into_iter().filter(|kind| kind["changed"] == true);
        changed.map(|kind| kind["kind"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(changed(run(&["list"]).1), [json!("evaluation-form")]);
    assert_eq!(run(&["restore", "evaluation-form"]).1["edition"], 2);
    assert_eq!(changed(run(&["list"]).1), [] as [Value; 0]);
    assert_eq!(run(&["editions", "--reuse", "1"]).1["edition"], 3);
    assert_eq!(run(&["restore"]).1["edition"], 4);
    let editions = run(&["editions"]).1["editions"].clone();
    let notes: Vec<_> = editions.as_array().expect("editions").iter().map(|e| &e["note"]).collect();
    assert_eq!(notes, ["", "恢复第1版", "", "改了称谓"]);
    assert_eq!((&editions[0]["own"], &editions[0]["in_use"]), (&json!(true), &json!(true)));
}

#[test]
fn a_scan_is_attached_and_arrives_at_the_hub() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("window");
    let hub = HubProgram::start(&folder.path().join("hub"));
    hub.enrol(&data);
    let file = program::fixture("scenarios/s01-m01.json");
    let played = printed(&yichuang(&data, &["play", &file.to_string_lossy()]));
    let number = played["case_number"].as_str().expect("a number");
    let bytes = crate::attachments::scan(700_000, 1);
    let scan = folder.path().join("身份证.pdf");
    std::fs::write(&scan, &bytes).expect("a file");
    let scan = scan.to_string_lossy();

    let attached = yichuang(&data, &["--json", "attach", number, "m1", &scan]);
    assert_eq!(attached.status.code(), Some(0), "{}", printed(&attached));
    let hash = printed(&attached)["scans"][0]["hash"].as_str().expect("a hash").to_owned();
    let again = yichuang(&data, &["--json", "attach", number, "m1", &scan]);
    assert_eq!(
        (again.status.code(), &printed(&again)["code"]),
        (Some(2), &json!("bad-attachment"))
    );
    let other = written(folder.path(), "a.json", &json!({}));
    let refused = yichuang(&data, &["--json", "attach", number, "m1", &other]);
    assert_eq!(printed(&refused)["code"], "bad-attachment");
    let refused = yichuang(&data, &["--json", "attach", number, "zz", &scan]);
    assert_eq!(printed(&refused)["code"], "unknown-material");

    assert_eq!(yichuang(&data, &["sync"]).status.code(), Some(0));
    let kept = folder.path().join("hub/attachments/objects").join(&hash[..2]).join(&hash);
    assert!(std::fs::read(kept).expect("it arrived") == bytes);
    let audit = yichuang(&data, &["--json", "audit"]);
    assert_eq!((&printed(&audit)["attachments"], audit.status.code()), (&json!(1), Some(0)));
}

#[test]
fn a_forgotten_pin_is_reset_on_the_computer_and_serves_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("window");
    let served = Served::open(&data);
    let status = served.clerk("first_account", &json!({ "name": "王敏", "pin": "246802" }));
    let id = status["clerk"]["id"].clone();
    let reset = |name: &str, pin: &str| {
        let place = data.to_string_lossy();
        let mut command = program::command("yichuang");
        command.args(["--data", &*place, "--json", "reset-pin", name]);
        program::given(&mut command, pin)
    };
    let unknown = reset("李四", "864209");
    assert_eq!((unknown.status.code(), &printed(&unknown)["code"]), (Some(2), &json!("not-found")));
    let weak = reset("王敏", "111111");
    assert_eq!((weak.status.code(), &printed(&weak)["code"]), (Some(2), &json!("weak-pin")));
    let done = reset("王敏", "864209");
    assert_eq!(done.status.code(), Some(0), "{}", printed(&done));

    served.clerk("sign_out", &json!({}));
    let old = served.refused("sign_in", &json!({ "clerk": id, "pin": "246802" }));
    assert_eq!(old, "wrong-pin");
    let alone = served.refused("sign_in", &json!({ "clerk": id, "pin": "864209" }));
    assert_eq!(alone, "pin-temporary");
    let own = json!({ "clerk": id, "pin": "864209", "new_pin": "975319" });
    served.clerk("sign_in", &own);
    let records = served.clerk("accounts", &json!({}))["records"].clone();
    assert_eq!(records[0]["change"]["kind"], "pin-changed");
    assert_eq!(records[1]["change"]["kind"], "pin-reset");
    assert_eq!(records[1]["by"], Value::Null, "by nobody who was signed in");
}

#[test]
fn a_mistyped_folder_is_refused_and_no_profile_begins_in_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("typo");
    let copy = folder.path().join("03.backup");
    let copy = copy.to_string_lossy();
    for arguments in [
        &["status"][..],
        &["print", "jobs"],
        &["print", "reconcile"],
        &["backup", &copy],
        &["reset-pin", "王敏"],
    ] {
        let output = yichuang(&data, &[&["--json"], arguments].concat());
        let said = printed(&output);
        assert_eq!(
            (output.status.code(), &said["code"], &said["field"]),
            (Some(2), &json!("no-profile"), &json!("data")),
            "{arguments:?}"
        );
        assert!(said["message"].as_str().is_some_and(|words| words.contains("typo")), "{said}");
        assert!(!data.exists() && !Path::new(&*copy).exists(), "{arguments:?}");
    }
    let file = program::fixture("scenarios/s01-m01.json");
    assert_eq!(yichuang(&data, &["play", &file.to_string_lossy()]).status.code(), Some(0));
    assert_eq!(yichuang(&data, &["backup", &copy]).status.code(), Some(0));
    let missing = yichuang(&data, &["ferry", "import", "/nowhere.ferry"]);
    let words = String::from_utf8_lossy(&missing.stderr).into_owned();
    // What the system says is said in Chinese.
    assert!(words.contains("找不到") && !words.contains("os error"), "{words}");
}
