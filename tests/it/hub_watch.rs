//! What the hub shows to those who keep it running: health, counts and log, and how it ends.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::num::NonZeroU32;
use std::path::Path;
use std::process::{Command, Stdio};

use reqwest::blocking::Client;
use serde_json::{Value, json};
use throwaway_postgres::Cluster;
use yichuang_domain::case::event::CaseId;
use yichuang_hub::cli::DATABASE_VARIABLE;
use yichuang_protocol::hub_log::first_log;
use yichuang_protocol::pull::{self, PullRequest};
use yichuang_tests::hub::TestHub;
use yichuang_tests::process::Running;
use yichuang_tests::program;
use yichuang_tests::raw_window::{RawWindow, get, post};
use yichuang_tests::sync_window::acceptance;

/// A served hub whose log goes to a file.
struct Logged {
    url: String,
    server: Running,
}

fn serve(data: &Path, log: &Path, database: Option<&str>) -> Logged {
    let mut command = program::command("yichuang-hub");
    command.envs(database.map(|address| (DATABASE_VARIABLE, address))).env("RUST_LOG", "trace");
    command.args(["serve", "--listen", "127.0.0.1:0", "--data"]).arg(data);
    command.args(["--progress-url", "https://cx.genhe.gov.cn"]);
    command.stdout(Stdio::piped()).stderr(std::fs::File::create(log).unwrap());
    let mut server = Running::start_piped(&mut command).unwrap();
    let mut line = String::new();
    let out = server.child().stdout.take().unwrap();
    std::io::BufRead::read_line(&mut std::io::BufReader::new(out), &mut line).unwrap();
    let said: Value = serde_json::from_str(&line).unwrap();
    Logged { url: said["listening"].as_str().unwrap().to_owned(), server }
}

fn code(data: &Path, database: Option<&str>) -> String {
    let mut command = program::command("yichuang-hub");
    command.envs(database.map(|address| (DATABASE_VARIABLE, address)));
    command.args(["enrol", "--station", "ZX", "--window", "03", "--data"]).arg(data);
    program::json_of(&mut command)["code"].as_str().unwrap().to_owned()
}

/// The value of a line of the counts.
fn count(counts: &str, line: &str) -> Option<f64> {
    counts.lines().find_map(|found| found.strip_prefix(line)?.trim().parse().ok())
}

#[test]
fn health_and_counts_are_there_for_who_keeps_it_running() {
    let folder = tempfile::tempdir().unwrap();
    let hub = TestHub::start(folder.path(), false);
    let mut window = RawWindow::join(hub.url(), &hub.code("03"), 1);
    for path in ["/health", "/health/live", "/health/ready", "/v1/health"] {
        let answer = get(hub.url(), path).unwrap();
        assert_eq!(answer.status(), 200, "{path}");
        assert_eq!(answer.json::<Value>().unwrap()["status"], "ok", "{path}");
    }
    let counts = || get(hub.url(), "/metrics").unwrap().text().unwrap();
    let accepted = r#"yichuang_hub_events_total{outcome="accepted"}"#;
    let before = count(&counts(), accepted).unwrap_or_default();
    let token = window.session(hub.url());
    let case = CaseId::from_u128(1);
    let events = [window.file(case), window.write(case, acceptance())];
    window.push(hub.url(), &token, &events).unwrap();
    get(hub.url(), "/someone/152127199001010019").unwrap();
    let after = counts();
    assert_eq!(count(&after, accepted), Some(before + 2.0), "{after}");
    let pushes = r#"yichuang_hub_requests_total{step="/v1/push",status="200"}"#;
    assert!(count(&after, pushes).is_some_and(|count| count >= 1.0), "{after}");
    let class = r#"yichuang_hub_request_seconds_bucket{step="/v1/push",le="20"}"#;
    assert!(count(&after, class).is_some_and(|count| count >= 1.0), "{after}");
    assert!(after.contains("yichuang_hub_transactions_repeated_total"), "{after}");
    for private in ["152127199001010019", window.joined.origin.as_str(), "win-"] {
        assert!(!after.contains(private), "{private} in {after}");
    }
}

#[test]
fn a_device_that_asks_without_end_waits_and_the_others_do_not() {
    let folder = tempfile::tempdir().unwrap();
    let hub = TestHub::start_paced(folder.path(), NonZeroU32::new(5).unwrap());
    let windows = [1, 2].map(|n| RawWindow::join(hub.url(), &hub.code("03"), n));
    let tokens = windows.each_ref().map(|window| window.session(hub.url()));
    let ask_for = |window: usize, token: &str| {
        let joined = &windows[window].joined;
        let request = PullRequest { log: first_log(&joined.hub, &joined.device), after: 0 };
        post(hub.url(), pull::PATH, token, &request).unwrap()
    };
    let ask = |token: &str| ask_for(0, token);
    let told: Vec<u16> = (0..7).map(|_| ask(&tokens[0]).status).collect();
    assert_eq!(told, [200, 200, 200, 200, 200, 429, 429]);
    let slowed = ask(&tokens[0]);
    assert_eq!((slowed.code(), slowed.retry_after.as_deref()), ("too-many-requests", Some("5")));
    // A new session is no way around it.
    let again = windows[0].session(hub.url());
    assert_eq!(ask(&again).status, 429);
    assert_eq!(ask_for(1, &tokens[1]).status, 200);
}

/// However much is logged, on either engine: nothing of a person, no secret, and every line is for
/// programs to read.
fn nothing_private_is_logged(database: Option<&str>) {
    let folder = tempfile::tempdir().unwrap();
    let (data, log) = (folder.path().join("hub"), folder.path().join("log"));
    let mut logged = serve(&data, &log, database);
    let code = code(&data, database);
    let mut window = RawWindow::join(&logged.url, &code, 1);
    let token = window.session(&logged.url);
    let case = CaseId::from_u128(1);
    let filing = window.file(case);
    let events = [filing.clone(), window.write(case, acceptance())];
    assert_eq!(window.push(&logged.url, &token, &events).unwrap().outcomes(), ["accepted"; 2]);
    // Refused ones too: a fork, rubbish, a case of an unknown kind.
    let other = RawWindow::clone(&window).write(CaseId::from_u128(2), acceptance());
    assert_eq!(window.push(&logged.url, &token, &[other]).unwrap().outcomes(), ["unknown-case"]);
    let rubbish = json!({ "events": [{ "text": "𠮷日嘎拉 152127199001010019", "hash": "x" }] });
    post(&logged.url, "/v1/push", &token, &rubbish).unwrap();
    let number = filing.open().unwrap();
    let yichuang_domain::case::EventBody::Filed { number, .. } = number.body else { panic!() };
    // Applicants too, with what they type.
    assert_eq!(get(&logged.url, &format!("/p/{number}")).unwrap().status(), 200);
    let form = format!("number={number}&code=7K2M-9QAB");
    let asked = Client::new().post(format!("{}/p", logged.url)).body(form);
    let asked = asked.header("content-type", "application/x-www-form-urlencoded").send().unwrap();
    assert_eq!(asked.status(), 404);
    logged.server.stop();
    let text = std::fs::read_to_string(&log).unwrap();
    for line in text.lines() {
        let line: Value = serde_json::from_str(line).unwrap_or_else(|e| panic!("{e}: {line}"));
        assert!(line["level"].is_string() && line["timestamp"].is_string(), "{line}");
    }
    assert!(text.contains("a device joined") && text.contains("unknown-case"));
    let code = code.replace('-', "");
    for secret in [
        "日嘎拉",
        "152127199001010019",
        "食品经营许可",
        number.as_str(),
        &code,
        "7K2M-9QAB",
        &token,
        "Bearer",
    ] {
        assert!(!text.contains(secret), "{secret} in the log");
    }
}

#[test]
fn nothing_private_is_logged_on_sqlite() {
    nothing_private_is_logged(None);
}

#[test]
#[ignore = "needs PostgreSQL"]
fn nothing_private_is_logged_on_postgres() {
    nothing_private_is_logged(Some(&Cluster::shared().database()));
}

/// Told to stop in the middle of a request: that one is answered, no other is taken.
#[test]
fn what_runs_is_finished_and_no_more_is_taken() {
    let folder = tempfile::tempdir().unwrap();
    let mut logged = serve(&folder.path().join("hub"), &folder.path().join("log"), None);
    let address = logged.url.trim_start_matches("http://").to_owned();
    let body = br#"{"versions":[1],"program":"t"}"#;
    let mut half = TcpStream::connect(&address).unwrap();
    write!(
        half,
        "POST /v1/hello HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: {}\r\n\r\n",
        body.len()
    )
    .unwrap();
    // It says so when it begins to read the body: then the request is under way.
    let mut go_on = [0u8; 25];
    half.read_exact(&mut go_on).unwrap();
    assert!(go_on.starts_with(b"HTTP/1.1 100 "));
    let told = Command::new("kill").args(["-TERM", &logged.server.id().to_string()]).status();
    assert!(told.unwrap().success());
    while TcpStream::connect(&address).is_ok() {
        std::thread::yield_now();
    }
    assert!(!logged.server.ended(), "it waits for the request");
    half.write_all(body).unwrap();
    let mut answer = String::new();
    half.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200 ") && answer.contains("hub_key"), "{answer}");
    assert!(logged.server.child().wait().unwrap().success(), "an orderly end");
}
