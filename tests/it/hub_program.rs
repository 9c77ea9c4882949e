//! The hub's program: its command line, its exit codes, its orderly end.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::{Value, json};
use yichuang_domain::case::EventBody;
use yichuang_hub::office_token::OFFICE_TOKEN_FILE;
use yichuang_tests::faults::FaultyLine;
use yichuang_tests::hub::TestHub;
use yichuang_tests::process::Running;
use yichuang_tests::program;
use yichuang_tests::sync_window::{SyncWindow, compare_sides};

fn hub(arguments: &[&str], data: &Path) -> Command {
    let mut command = program::command("yichuang-hub");
    command.args(arguments).arg("--data").arg(data).stderr(Stdio::null());
    command
}

/// What a command prints, and its exit code.
fn run(arguments: &[&str], data: &Path) -> (Value, i32) {
    let output = hub(arguments, data).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert_eq!(text.lines().count(), 1, "one line of JSON: {text}");
    (serde_json::from_str(&text).unwrap(), output.status.code().unwrap())
}

struct Serving {
    url: String,
    trial: bool,
    server: Running,
}

fn serve(arguments: &[&str], data: &Path) -> Serving {
    started(hub(arguments, data))
}

fn started(mut command: Command) -> Serving {
    command.args(["--listen", "127.0.0.1:0"]).stdout(Stdio::piped());
    let mut server = Running::start_piped(&mut command).unwrap();
    let mut line = String::new();
    BufReader::new(server.child().stdout.take().unwrap()).read_line(&mut line).unwrap();
    let said: Value = serde_json::from_str(&line).unwrap();
    let url = said["listening"].as_str().unwrap().to_owned();
    Serving { url, trial: said["trial"].as_bool().unwrap(), server }
}

#[test]
fn a_case_goes_through_the_programs_commands() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("hub");
    let log = folder.path().join("hub.log");
    let mut command = hub(&["serve", "--trial"], &data);
    command.env("RUST_LOG", "trace").stderr(std::fs::File::create(&log).unwrap());
    let mut serving = started(command);
    assert!(serving.trial && serving.url.starts_with("http://127.0.0.1:"));

    // While it serves, the other commands work on the same folder.
    let (made, exit) = run(&["enrol", "--station", "ZX", "--window", "03"], &data);
    assert_eq!(exit, 0);
    assert!(made["expires_at"].is_string());
    let mut window = SyncWindow::new();
    window.join(&serving.url, made["code"].as_str().unwrap(), None).unwrap();
    let case = window.file();
    window.sync().unwrap();
    let (cases, exit) = run(&["cases"], &data);
    assert_eq!((exit, cases.as_array().unwrap().len()), (0, 1));
    assert_eq!(cases[0]["case_number"], json!(case.number.as_str()));
    assert_eq!((&cases[0]["window"], &cases[0]["state"]), (&json!("03"), &json!("accepted")));
    assert_eq!(cases[0]["practice"], json!(true));

    let no = case.number.as_str();
    let deny = ["decide", "--case", no, "--decision", "denied"];
    let (refused, exit) = run(&deny, &data);
    assert_eq!((exit, &refused["code"]), (2, &json!("empty-reason")));
    assert_eq!(refused["field"], json!("reason"));
    let (_, exit) = run(&[&deny[..], &["--reason", "不符合条件"]].concat(), &data);
    assert_eq!(exit, 0);
    let (again, exit) = run(&["decide", "--case", no, "--decision", "granted"], &data);
    assert_eq!((exit, &again["code"]), (2, &json!("not-now")));
    assert_eq!(window.sync().unwrap().pulled, 1);

    serving.server.stop();
    assert!(serving.server.ended());
    assert_eq!(run(&["cases", "--json"], &data).0[0]["state"], json!("decided"));

    // However much is logged, nothing of a person is.
    let log = std::fs::read_to_string(log).unwrap();
    assert!(log.contains("a device joined"));
    let code = made["code"].as_str().unwrap().replace('-', "");
    for secret in ["日嘎拉", "152127199001010019", &code, "Bearer"] {
        assert!(!log.contains(secret), "{secret} in the log");
    }
}

/// The hub is killed outright, again and again, while windows send to it: what it acknowledged it
/// has, and what it has it has once.
#[test]
fn a_hub_killed_while_it_receives_loses_nothing_it_acknowledged() {
    let folder = tempfile::tempdir().unwrap();
    let mut first = TestHub::start(folder.path(), false);
    let line = FaultyLine::to(first.address());
    let mut window = SyncWindow::joined(&first, &line.url(), "03");
    first.stop();
    let mut kills = 0;
    for round in 0..12u64 {
        for _ in 0..3 {
            let case = window.file();
            window.write(case.id, vec![EventBody::ReviewStarted {}; 300]);
        }
        let mut serving = serve(&["serve"], folder.path());
        line.lead_to(serving.url.trim_start_matches("http://").parse().unwrap());
        let seen = line.seen().len();
        std::thread::scope(|scope| {
            let sync = scope.spawn(|| window.sync());
            // Somewhere in the exchange: after so many requests, or when it is over.
            while line.seen().len() < seen + 3 + (round % 5) as usize && !sync.is_finished() {
                std::thread::yield_now();
            }
            serving.server.child().kill().unwrap();
            match sync.join().unwrap() {
                Ok(_) => {}
                Err(error) => {
                    assert!(error.is_passing(), "{}: {error}", error.code());
                    kills += 1;
                }
            }
        });
    }
    assert!(kills > 0, "the hub was never killed in time");
    let hub = TestHub::start(folder.path(), false);
    line.lead_to(hub.address());
    let acknowledged = window.store().sync_state().unwrap().acknowledged_seq;
    let report = window.sync().unwrap();
    assert!(!report.hub_was_behind, "acknowledged {acknowledged}, and lost");
    compare_sides(&hub, &window);
    assert_eq!(hub.cases().len(), 36);
}

#[test]
fn the_office_needs_its_token_and_every_fault_has_a_code() {
    let folder = tempfile::tempdir().unwrap();
    let serving = serve(&["serve"], folder.path());
    let token = std::fs::read_to_string(folder.path().join(OFFICE_TOKEN_FILE)).unwrap();
    let _ = rustls::crypto::ring::default_provider().install_default();
    let http = reqwest::blocking::Client::builder().no_proxy().tls_certs_only([]).build().unwrap();
    let post = |path: &str, token: &str, body: &'static str| {
        let answer = http
            .post(format!("{}{path}", serving.url))
            .bearer_auth(token)
            .body(body)
            .send()
            .unwrap();
        let status = answer.status().as_u16();
        let fault: Value = serde_json::from_slice(&answer.bytes().unwrap()).unwrap();
        (status, fault["code"].as_str().unwrap().to_owned())
    };
    let decide = r#"{"case":"150785-X","decision":"granted"}"#;
    let path = "/v1/office/decide";
    assert_eq!(post(path, "wrong", decide), (401, "unauthorised".to_owned()));
    assert_eq!(post(path, &token, decide), (404, "unknown-case".to_owned()));
    assert_eq!(post(path, &token, "{}"), (400, "malformed".to_owned()));
    assert_eq!(post("/v1/push", &token, "{}"), (401, "unauthorised".to_owned()));
    assert_eq!(post("/v1/nothing", "", ""), (404, "not-found".to_owned()));
    assert_eq!(post("/v1/health", "", ""), (405, "method-not-allowed".to_owned()));
    let endless: &'static str = Box::leak(" ".repeat(5 << 20).into_boxed_str());
    assert_eq!(post("/v1/hello", "", endless), (413, "too-large".to_owned()));
    for n in 0..21 {
        let body = r#"{"code":"ABCDEFGHJKMN","device_key":"","signature":""}"#;
        let expected = if n < 20 { "bad-field" } else { "too-many-attempts" };
        assert_eq!(post("/v1/enrol", "", body).1, expected, "{n}");
    }

    let health = http.get(format!("{}/v1/health", serving.url)).send().unwrap();
    assert_eq!(health.status().as_u16(), 200);
    let described = http.get(format!("{}/v1/openapi.json", serving.url)).send().unwrap();
    let described: Value = serde_json::from_slice(&described.bytes().unwrap()).unwrap();
    assert!(described["openapi"].as_str().unwrap().starts_with("3."));
    assert!(described["paths"]["/v1/push"]["post"]["requestBody"].is_object());
}

#[test]
fn refused_input_exits_with_2_and_names_its_field() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("hub");
    let table: [(&[&str], &str, &str); 6] = [
        (&["cases"], "no-hub", "data"),
        (&["decide", "--case", "X", "--decision", "granted"], "no-hub", "data"),
        (&["serve", "--listen", "0.0.0.0:0"], "insecure-listen", "listen"),
        (&["enrol", "--station", "zx", "--window", "03"], "bad-code", "station"),
        (&["enrol", "--station", "ZX", "--window", "三"], "bad-code", "window"),
        (&["enrol", "--station", "ZX", "--window", "03", "--hall", " "], "bad-hall", "hall"),
    ];
    for (arguments, code, field) in table {
        let (refused, exit) = run(arguments, &data);
        let told = (refused["code"].as_str().unwrap(), refused["field"].as_str().unwrap());
        assert_eq!((exit, told), (2, (code, field)), "{arguments:?}");
        assert!(!refused["message"].as_str().unwrap().is_empty());
    }
    let (refused, exit) = run(&["enrol", "--station", "ZX"], &data);
    assert_eq!((exit, refused["code"].as_str()), (2, Some("bad-arguments")));
}

#[test]
fn a_folder_is_for_practice_or_for_real_work_and_stays_so() {
    let folder = tempfile::tempdir().unwrap();
    drop(serve(&["serve", "--trial"], folder.path()));
    let (refused, exit) = run(&["serve", "--listen", "127.0.0.1:0"], folder.path());
    assert_eq!((exit, refused["code"].as_str()), (2, Some("mode-mismatch")));
    assert!(serve(&["serve", "--trial"], folder.path()).trial);
}

#[test]
fn a_machine_that_fails_exits_with_3() {
    let folder = tempfile::tempdir().unwrap();
    let serving = serve(&["serve"], &folder.path().join("one"));
    let address = serving.url.trim_start_matches("http://").to_owned();
    let (told, exit) = run(&["serve", "--listen", &address], &folder.path().join("two"));
    assert_eq!((exit, told["code"].as_str()), (3, Some("listen-failed")));
    let damaged = folder.path().join("damaged");
    std::fs::create_dir(&damaged).unwrap();
    std::fs::write(damaged.join("hub.db"), [7u8; 8192]).unwrap();
    let (told, exit) = run(&["cases"], &damaged);
    assert_eq!((exit, told["code"].as_str()), (3, Some("storage-damaged")));
    let no_pem = folder.path().join("hub.pem");
    std::fs::write(&no_pem, "no PEM").unwrap();
    let pem = no_pem.to_str().unwrap();
    let listen = ["serve", "--listen", "127.0.0.1:0", "--tls-cert", pem, "--tls-key", pem];
    let (told, exit) = run(&listen, &folder.path().join("three"));
    assert_eq!((exit, told["code"].as_str()), (3, Some("bad-certificate")));
}
