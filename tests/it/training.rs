//! Training has no way to the hub, to the real database or to a real number: three layers stand in
//! between, and each holds where those before it are gone round.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use yichuang_domain::numbering::{CaseNumber, NumberSource};
use yichuang_storage::key::{self, KEYRING_VARIABLE};
use yichuang_storage::{Enrolment, Store};
use yichuang_tests::hub_program::HubProgram;
use yichuang_tests::program::{self, answered, printed};
use yichuang_tests::served::Served;
use yichuang_tests::sync_window::{day, filing};

const PIN: &str = "246802";

/// A window with real records, joined to a real hub, and the program over it.
struct Hall {
    folder: tempfile::TempDir,
    hub: HubProgram,
    served: Served,
    real: Value,
}

fn scenario(name: &str) -> Value {
    let path = program::fixture("scenarios").join(name);
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

impl Hall {
    fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let hub = HubProgram::start_real(&folder.path().join("hub"));
        let data = folder.path().join("window");
        hub.enrol(&data);
        let served = Served::open(&data);
        served.clerk("first_account", &json!({ "name": "王敏", "pin": PIN }));
        let typed = scenario("s14-m07.json");
        let begun = served.clerk("start_draft", &json!({ "code": typed["matter"] }));
        let real = served.file(begun["draft"].clone(), &typed);
        Self { folder, hub, served, real }
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("window")
    }

    fn training(&self) -> PathBuf {
        self.data().join("training")
    }

    /// Plays a card whole; the case that came of it.
    fn play(&self) -> Value {
        let begun = self.served.clerk("start_training", &json!({ "id": "pension-first" }));
        let card = self.served.clerk("edited_card", &json!({ "id": "pension-first" }));
        let typed = json!({
            "answers": { "q1": "a", "q2": "a" },
            "applicant": card["applicant"],
            "agent": null,
            "materials": [
                { "id": "m1", "check": "present", "reason": "" },
                { "id": "m2", "check": "present", "reason": "" },
                { "id": "m3", "check": "present", "reason": "" },
            ],
        });
        let filed = self.served.file(begun["draft"].clone(), &typed);
        let attempt = self.served.clerk("current_attempt", &json!({}))["id"].clone();
        let result = self.served.clerk("finish_training", &json!({ "attempt": attempt }));
        // Nothing was said: five words were owed.
        assert_eq!(result["score"]["points"], 90, "{result}");
        filed
    }
}

/// Everything that a page can call, as the screens know it.
fn commands(of: &str) -> Vec<String> {
    let bindings = program::repository().join("ui/src/api/bindings.ts");
    let text = std::fs::read_to_string(bindings).unwrap();
    let (_, rest) = text.split_once(&format!("export interface {of} {{")).unwrap();
    let (list, _) = rest.split_once('}').unwrap();
    let names = list.lines().filter_map(|line| line.trim().split_once(':'));
    names.map(|(name, _)| name.to_owned()).collect()
}

fn cases(data: &Path) -> Vec<Value> {
    printed(&answered(data, &["cases"])).as_array().cloned().unwrap()
}

#[test]
fn the_first_layer_the_door_lets_nothing_of_training_out() {
    let hall = Hall::open();
    let served = &hall.served;
    let status = served.clerk("enter_training", &json!({}));
    assert_eq!((&status["training"], &status["phase"]), (&json!(true), &json!("signed-in")));
    assert_eq!(status["profile"]["mode"], "practice");

    // The hub.
    let code = hall.hub.code("01", "04");
    let enrol = json!({ "hub": hall.hub.address(), "code": code, "authority": null });
    assert_eq!(served.refused("enrol", &enrol), "training");
    let mut closed = Vec::new();
    for name in commands("Commands") {
        // These lead out of it, or are for it.
        if name.contains("training") || name == "sign_out" {
            continue;
        }
        let (_, answer) = served.call(&served.token, &name, &json!({}));
        if answer["code"] == "training" {
            closed.push(name);
        }
    }
    let hub = [
        "unlock",
        "enrol",
        "take_over",
        "forget_wanted",
        "hand_on",
        "settle_conflict",
        "sync_now",
        "confirm_away",
        "ferry_places",
        "save_ferry_file",
        "take_ferry_answer",
        "ferry_progress",
        "stop_ferry",
    ];
    for name in hub {
        assert!(closed.iter().any(|one| one == name), "{name} is open in training");
    }
    let answer = served.send(&served.token, "upload", "ferry_answer", &json!({}));
    assert_eq!(answer.json::<Value>().unwrap()["code"], "training");
    assert_eq!(served.clerk("sync_status", &json!({}))["enrolled"], false);

    // The real database.
    let real = &hall.real["case"];
    assert_eq!(served.refused("case", &json!({ "id": real["id"] })), "not-found");
    let number = hall.real["papers"][0]["number"].clone();
    assert_eq!(served.refused("paper", &json!({ "number": number })), "not-found");
    let all = json!({ "text": "", "states": [], "unsent": false, "offset": 0, "limit": 9 });
    assert_eq!(served.clerk("cases", &all)["total"], 0);

    // The real numbers.
    let filed = hall.play();
    let number = filed["case"]["number"].as_str().unwrap();
    assert!(number.starts_with("YS-") && filed["case"]["practice"] == true, "{number}");
    assert_eq!(served.clerk("cases", &all)["total"], 1);

    // What was done here is nowhere else, and the work of before is where it was.
    let left = served.clerk("leave_training", &json!({}));
    assert_eq!((&left["training"], &left["phase"]), (&json!(false), &json!("signed-out")));
    assert_eq!(served.refused("start_draft", &json!({ "code": "x" })), "not-signed-in");
    let clerk = left["clerks"][0]["id"].clone();
    served.clerk("sign_in", &json!({ "clerk": clerk, "pin": PIN }));
    assert_eq!(served.clerk("cases", &all)["total"], 1);
    assert_eq!(served.refused("case", &json!({ "id": filed["case"]["id"] })), "not-found");
    assert_eq!(served.refused("training_board", &json!({})), "not-training");
    assert_eq!(cases(&hall.data()).len(), 1);
    let typed = scenario("s14-m07.json");
    let begun = served.clerk("start_draft", &json!({ "code": typed["matter"] }));
    let next = served.file(begun["draft"].clone(), &typed);
    let sequence = |case: &Value| {
        let number = case["case"]["number"].as_str().unwrap().to_owned();
        number.split('-').nth(4).unwrap().parse::<u32>().unwrap()
    };
    assert_eq!(sequence(&next), sequence(&hall.real) + 1, "training took no number");
    assert!(answered(&hall.data(), &["sync"]).status.success());
    let arrived = hall.hub.cases();
    assert_eq!(arrived.len(), 2);
    assert!(arrived.iter().all(|case| !case["case_number"].as_str().unwrap().starts_with("YS-")));
    // The code was not used up by the attempt.
    let other = hall.folder.path().join("other");
    let joined = ["enrol", "--hub", hall.hub.address(), "--code", &code];
    assert!(answered(&other, &joined).status.success());
}

#[test]
fn the_second_layer_the_database_refuses_who_goes_round_the_door() {
    let hall = Hall::open();
    hall.served.clerk("enter_training", &json!({}));
    hall.play();
    let training = hall.training();

    // The command line over the folder itself: another door, which knows of no training.
    for hub in [hall.hub.address().to_owned(), "http://127.0.0.1:1".to_owned()] {
        let code = hall.hub.code("01", "05");
        let output = answered(&training, &["enrol", "--hub", &hub, "--code", &code]);
        assert_eq!(output.status.code(), Some(2));
        assert_eq!(printed(&output)["code"], "training");
    }
    assert_eq!(printed(&answered(&training, &["sync"]))["code"], "not-enrolled");

    // Without any program: the database alone.
    let key = key::open(&training, None).unwrap();
    let store = Store::open_with_key(&training, &key).unwrap();
    let stolen = Store::open_with_key(&hall.data(), &key::open(&hall.data(), None).unwrap());
    let enrolment: Enrolment = stolen.unwrap().enrolment().unwrap().unwrap();
    assert_eq!(store.save_enrolment(&enrolment).unwrap_err().code(), "training");
    let real = NumberSource {
        region: enrolment.region.clone(),
        station: enrolment.station.clone(),
        device: enrolment.device_code.clone(),
        practice: false,
    };
    let taken = store.write(|tx| tx.next_number(&real, day()));
    assert_eq!(taken.unwrap_err().code(), "training");
    assert!(store.enrolment().unwrap().is_none());
    // And its key opens no other.
    assert_eq!(Store::open_with_key(&hall.data(), &key).unwrap_err().code(), "storage-damaged");
    assert_eq!(Store::open_training(&hall.data()).unwrap_err().code(), "training-foreign");
    assert_eq!(cases(&hall.data()).len(), 1);
}

#[test]
fn the_third_layer_the_hub_and_the_numbers_refuse_who_goes_round_the_database() {
    let hall = Hall::open();
    let (data, hub) = (hall.data(), &hall.hub);
    drop(hall.served);
    // Training written into the database of the records itself, under its own credentials.
    let store = Store::open_with_key(&data, &key::open(&data, None).unwrap()).unwrap();
    let enrolment = store.enrolment().unwrap().unwrap();
    let source = NumberSource {
        region: enrolment.region.clone(),
        station: enrolment.station.clone(),
        device: enrolment.device_code.clone(),
        practice: true,
    };
    let actor = yichuang_domain::case::Actor { id: "c".into(), name: "学员".into() };
    let at = jiff::Timestamp::UNIX_EPOCH;
    let write = |body: &dyn Fn(CaseNumber) -> yichuang_domain::case::EventBody| {
        store.write(|tx| {
            let number = tx.next_number(&source, day())?;
            assert!(number.is_practice() && number.as_str().starts_with("YS-"));
            tx.append(&actor, uuid::Uuid::now_v7(), vec![body(number)], at)
        })
    };
    // The records take nothing of training either.
    let attempt = yichuang_storage::NewAttempt {
        id: "a",
        card: "{}",
        clerk: "c",
        clerk_name: "学员",
        draft: "d",
    };
    let kept = store.write(|tx| tx.add_training_attempt(&attempt, at));
    assert_eq!(kept.unwrap_err().code(), "training-foreign");
    // Said to be practice, and said not to be.
    write(&|number| filing(number, true)).unwrap();
    write(&|number| filing(number, false)).unwrap();
    drop(store);
    let output = answered(&data, &["sync"]);
    assert_eq!(output.status.code(), Some(1), "the hub took something: {}", printed(&output));
    let parked = printed(&output)["parked"].clone();
    let codes: Vec<_> = parked.as_array().unwrap().iter().map(|one| one["code"].clone()).collect();
    assert_eq!(codes.len(), 2, "{parked}");
    assert!(codes.contains(&json!("practice-mismatch")), "{parked}");
    let arrived = hub.cases();
    let practice = |case: &&Value| case["case_number"].as_str().unwrap().starts_with("YS-");
    assert_eq!(arrived.iter().filter(practice).count(), 0, "{arrived:?}");
}

#[test]
fn what_was_unsent_goes_up_while_somebody_trains() {
    let mut hall = Hall::open();
    let wait = |hall: &Hall, cases: usize| {
        let late = std::time::Instant::now() + std::time::Duration::from_secs(60);
        while hall.hub.cases().len() != cases {
            assert!(std::time::Instant::now() < late, "the real case never arrived");
            std::thread::sleep(std::time::Duration::from_millis(100));
        }
    };
    wait(&hall, 1);
    hall.hub.kill();
    let typed = scenario("s14-m07.json");
    let begun = hall.served.clerk("start_draft", &json!({ "code": typed["matter"] }));
    hall.served.file(begun["draft"].clone(), &typed);
    hall.served.clerk("enter_training", &json!({}));
    hall.hub.start_again();
    // Filing wakes the thread, as it always does; what it sends is of the records.
    hall.play();
    wait(&hall, 2);
    let status = hall.served.clerk("sync_status", &json!({}));
    assert_eq!((&status["enrolled"], &status["unsent_cases"]), (&json!(false), &json!(0)));
    assert!(
        hall.hub.cases().iter().all(|c| !c["case_number"].as_str().unwrap().starts_with("YS-"))
    );
}

#[test]
fn training_begins_anew_and_without_accounts_where_nothing_is() {
    let folder = tempfile::tempdir().unwrap();
    let served = Served::open(folder.path());
    let status = served.clerk("enter_training", &json!({}));
    assert_eq!((&status["training"], &status["phase"]), (&json!(true), &json!("first-start")));
    assert!(!folder.path().join("yichuang.db").exists(), "no database of records was made");
    served.clerk("first_account", &json!({ "name": "教员", "pin": PIN }));
    served.clerk("start_training", &json!({ "id": "pension-first" }));
    let reset = served.clerk("reset_training", &json!({}));
    assert_eq!((&reset["training"], &reset["phase"]), (&json!(true), &json!("first-start")));
    served.clerk("first_account", &json!({ "name": "教员", "pin": PIN }));
    assert_eq!(served.clerk("current_attempt", &json!({})), Value::Null);
    // Who has an account of training stays in it.
    let out = served.clerk("sign_out", &json!({}));
    assert_eq!((&out["training"], &out["phase"]), (&json!(true), &json!("signed-out")));
    let again = served.clerk("leave_training", &json!({}));
    assert_eq!(again["training"], false);
    assert_eq!(std::env::var(KEYRING_VARIABLE).ok(), None, "the test sets it for the program only");
}
