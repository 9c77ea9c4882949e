//! The programs killed at any instant: every acknowledged action is there afterwards, none is
//! there by half, none twice, neither on the window nor at the hub (invariants 1, 2, 3, 5).
//!
//! `YICHUANG_KILLS=N` kills so often (the long run of `cargo xtask test --long`).

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;
use serde_json::{Value, json};
use yichuang_tests::hub_program::HubProgram;
use yichuang_tests::program;

use crate::attachments::scan;

/// How often the window is killed in a normal run.
const KILLS: usize = 200;

/// Who is killed in a round, with `kill -KILL`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Victims {
    Window,
    /// The hub first, then the window, which works on without it for a while.
    HubThenWindow,
}

/// A window's program with its loopback door open.
struct Door {
    child: Child,
    address: String,
    token: String,
    http: reqwest::blocking::Client,
    /// How many commands were asked.
    asked: Arc<AtomicUsize>,
}

impl Door {
    fn open(data: &Path) -> Self {
        let mut command = program::command("yichuang");
        command.args(["--json", "serve", "--data"]).arg(data);
        let mut child =
            command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("it starts");
        let mut line = String::new();
        let pipe = child.stdout.take().expect("its output");
        BufReader::new(pipe).read_line(&mut line).expect("its output can be read");
        let said: Value = serde_json::from_str(&line).expect("an address");
        let url = said["url"].as_str().expect("an address");
        let (address, token) = url.split_once("/#token=").expect("a token");
        // Installed already by an earlier door of this process, or now.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let http = reqwest::blocking::Client::builder()
            .timeout(Duration::from_secs(30))
            .build()
            .expect("a client");
        let (address, token) = (address.to_owned(), token.to_owned());
        Self { child, address, token, http, asked: Arc::default() }
    }

    /// Runs a command; none if the program died before it answered.
    fn call(&self, command: &str, request: &Value) -> Option<Value> {
        let url = format!("{}/rpc/{command}", self.address);
        self.asked.fetch_add(1, Ordering::Relaxed);
        let answer = self.http.post(url).bearer_auth(&self.token).json(request).send().ok()?;
        let status = answer.status();
        let body: Value = answer.json().ok()?;
        assert!(status.is_success(), "{command}: {body}");
        Some(body)
    }

    /// Adds a scan to a case; none if the program died before it answered.
    fn add_scan(&self, case: &str, material: &Value, bytes: Vec<u8>) -> Option<Value> {
        let owner = json!({ "kind": "case", "id": case });
        let request = json!({ "owner": owner, "material": material, "name": "扫描.pdf" });
        let header = BASE64.encode(request.to_string());
        let url = format!("{}/upload/add_scan", self.address);
        self.asked.fetch_add(1, Ordering::Relaxed);
        let sent = self.http.post(url).bearer_auth(&self.token).header("x-request", header);
        let answer = sent.body(bytes).send().ok()?;
        let status = answer.status();
        let body: Value = answer.json().ok()?;
        assert!(status.is_success(), "add_scan: {body}");
        Some(body)
    }

    fn sign_in(&self) {
        let status = self.call("status", &json!({})).expect("alive");
        let clerk = &status["clerks"][0]["id"];
        self.call("sign_in", &json!({ "clerk": clerk, "pin": "246802" })).expect("alive");
    }
}

impl Drop for Door {
    fn drop(&mut self) {
        // Killed already, mostly.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What the program acknowledged: case id and the state it was said to be in.
type Acknowledged = Vec<(String, String)>;

/// Works as fast as it can until the program is gone: files a case with a notice, records what
/// arrives, accepts. Every answer that came is a promise.
fn work_until_killed(door: &Door, scenario: &Value, promises: &mut Acknowledged) {
    let mut work = || -> Option<()> {
        let view = door.call("start_draft", &json!({ "code": scenario["matter"] }))?;
        let mut draft = view["draft"].clone();
        for field in ["filed_on", "answers", "applicant", "agent", "materials"] {
            draft["intake"][field] = scenario[field].clone();
        }
        let seen = door.call("save_draft", &json!({ "draft": draft }))?;
        let agreed = &seen["assessment"]["determination"];
        let filing = json!({ "id": draft["id"], "confirmed": agreed, "notice_later": false });
        let filed = door.call("file_case", &filing)?;
        let id = filed["case"]["id"].as_str().expect("an id").to_owned();
        let mut promise = |view: &Value| {
            promises.push((id.clone(), view["case"]["state"].as_str().expect("a state").into()));
        };
        promise(&filed);
        let material = &filed["case"]["materials"][0]["material"]["id"];
        let seed = u64::from_str_radix(&id[24..], 16).expect("a hexadecimal id");
        let scans = door.add_scan(&id, material, scan(300_000, seed))?;
        assert_eq!(scans.as_array().map(Vec::len), Some(1));
        let arrived = json!({ "id": id, "on": "2026-09-30", "ids": filed["case"]["listed"] });
        promise(&door.call("supplement", &arrived)?);
        promise(&door.call("accept", &json!({ "id": id, "on": "2026-09-30" }))?);
        Some(())
    };
    while work().is_some() {}
}

/// How far a case has come on its way; a promise may be overtaken, never undone.
fn progress(state: &str) -> usize {
    let way = ["received", "notice-given", "supplemented", "accepted"];
    way.iter().position(|s| *s == state).expect("a state on the way")
}

/// A random instant inside a random command: counted in commands, so that it falls into the work
/// on a slow machine too.
#[derive(Clone, Copy, Debug)]
struct Instants {
    commands: usize,
    microseconds: u64,
}

impl Instants {
    fn wait(self, asked: &AtomicUsize) {
        let start = asked.load(Ordering::Relaxed);
        while asked.load(Ordering::Relaxed) < start + self.commands {
            std::thread::yield_now();
        }
        let instant = Instant::now() + Duration::from_micros(self.microseconds);
        while Instant::now() < instant {
            std::hint::spin_loop();
        }
    }
}

fn kill(process: u32) {
    let process = process.to_string();
    std::process::Command::new("kill").args(["-KILL", &process]).status().expect("kill runs");
}

fn rounds() -> usize {
    std::env::var("YICHUANG_KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(KILLS)
}

#[test]
fn killed_again_and_again_the_programs_lose_nothing_and_repeat_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut hub = HubProgram::start(&folder.path().join("hub"));
    let data = folder.path().join("window");
    hub.enrol(&data);
    let scenario = std::fs::read(program::fixture("scenarios/s37-m17.json")).expect("a scenario");
    let scenario: Value = serde_json::from_slice(&scenario).expect("JSON");

    let account = json!({ "name": "王敏", "pin": "246802" });
    Door::open(&data).call("first_account", &account).expect("alive");
    let mut promises = Acknowledged::new();
    let mut runner = TestRunner::deterministic();
    let (rounds, mut hubs) = (rounds(), 0);
    let instants = || (1usize..12, 0u64..40_000);
    let victims = prop_oneof![2 => Just(Victims::Window), 1 => Just(Victims::HubThenWindow)];
    let dice = (victims, instants(), instants());
    for _ in 0..rounds {
        let door = Door::open(&data);
        door.sign_in();
        let (victims, first, second) = dice.new_tree(&mut runner).expect("dice").current();
        let [first, second] =
            [first, second].map(|(commands, microseconds)| Instants { commands, microseconds });
        let (asked, window, upstream) = (door.asked.clone(), door.child.id(), hub.process());
        let killer = std::thread::spawn(move || {
            if victims == Victims::HubThenWindow {
                first.wait(&asked);
                kill(upstream);
            }
            second.wait(&asked);
            kill(window);
        });
        work_until_killed(&door, &scenario, &mut promises);
        killer.join().expect("the killer ends");
        if victims == Victims::HubThenWindow {
            hub.start_again();
            hubs += 1;
        }
    }
    println!("{rounds} times the window, {hubs} times the hub; {} promises", promises.len());
    assert!(promises.len() > rounds / 4, "hardly anything was done: {}", promises.len());

    let window = data.to_string_lossy().into_owned();
    let audit = program::json("yichuang", ["--data", &window, "--json", "audit"]);
    assert_eq!(audit["findings"], json!([]), "the log, the cases and the archive agree");

    // What was promised is there, at least as far as it was said to be.
    let door = Door::open(&data);
    door.sign_in();
    for (id, state) in &promises {
        let view = door.call("case", &json!({ "id": id })).expect("alive");
        let now = view["case"]["state"].as_str().expect("a state");
        assert!(progress(now) >= progress(state), "{id} was {state} and is {now}");
        assert_eq!(view["case"]["conflicts"], json!([]));
        let papers = view["papers"].as_array().expect("papers").len();
        assert_eq!(papers, if now == "accepted" { 3 } else { 2 }, "{id}: its papers, once each");
    }
    drop(door);

    // Both sides have the same cases, each once, in the same state.
    program::json("yichuang", ["--data", &window, "--json", "sync"]);
    let here = program::json("yichuang", ["--data", &window, "--json", "cases"]);
    let sides = |cases: &[Value]| -> Vec<(String, String)> {
        let mut all: Vec<_> = cases
            .iter()
            .map(|c| {
                let text = |name: &str| c[name].as_str().expect("a text").to_owned();
                (text("case_number"), text("state"))
            })
            .collect();
        all.sort();
        all
    };
    let here = sides(here.as_array().expect("cases"));
    assert_eq!(here, sides(&hub.cases()));
    let numbers: BTreeSet<_> = here.iter().map(|(number, _)| number).collect();
    assert_eq!(numbers.len(), here.len(), "no number twice");
    let promised: BTreeSet<_> = promises.iter().map(|(id, _)| id).collect();
    assert!(here.len() >= promised.len());

    // Every scan of every case is at the hub, and none is missing that was told to be kept.
    let door = Door::open(&data);
    door.sign_in();
    for (id, state) in &promises {
        let view = door.call("case", &json!({ "id": id })).expect("alive");
        let scans = view["scans"].as_array().expect("scans");
        assert!(state == "notice-given" || scans.len() == 1, "{id}: {scans:?}");
        for scan in scans {
            assert_eq!(scan["state"]["state"], "arrived", "{id}: {scan}");
        }
    }
}
