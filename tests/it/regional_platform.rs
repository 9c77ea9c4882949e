//! The real hub program and a stand-in of the regional platform: posted once each, whatever happens
//! to answers and to the program, and written to files.

use std::collections::HashMap;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use serde_json::{Value, json};
use yichuang_tests::hub_program::HubProgram;
use yichuang_tests::program;
use yichuang_tests::sync_window::SyncWindow;

/// Longer than any wait of the hub between two rounds.
const PATIENCE: Duration = Duration::from_secs(30);

/// What the stand-in got: the token, and the batch.
type Got = (String, Value);

/// A platform that answers requests in turn; behind the last answer all are good.
fn platform(answers: Vec<Option<String>>) -> (String, Receiver<Got>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/batches", listener.local_addr().unwrap());
    let (tell, told) = channel();
    std::thread::spawn(move || {
        let mut answers = answers.into_iter();
        for stream in listener.incoming().flatten() {
            let Some(got) = read(&stream) else { continue };
            let good = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{}";
            match answers.next().unwrap_or_else(|| Some(good.to_owned())) {
                Some(answer) => drop((&stream).write_all(answer.as_bytes())),
                // The line breaks before the answer.
                None => drop(stream),
            }
            if tell.send(got).is_err() {
                break;
            }
        }
    });
    (url, told)
}

fn read(stream: &TcpStream) -> Option<Got> {
    let mut lines = BufReader::new(stream);
    let (mut length, mut token) = (0, String::new());
    loop {
        let mut line = String::new();
        lines.read_line(&mut line).ok()?;
        let line = line.trim_end().to_ascii_lowercase();
        if line.is_empty() {
            break;
        }
        if let Some(value) = line.strip_prefix("content-length: ") {
            length = value.parse().ok()?;
        }
        if let Some(value) = line.strip_prefix("authorization: bearer ") {
            token = value.to_owned();
        }
    }
    let mut body = vec![0; length];
    lines.read_exact(&mut body).ok()?;
    Some((token, serde_json::from_slice(&body).ok()?))
}

/// The records that came, by table and id, and how often, until one of a table is there.
fn gather(told: &Receiver<Got>, until: &str) -> HashMap<(String, String), usize> {
    let mut seen = HashMap::new();
    loop {
        let (token, batch) = told.recv_timeout(PATIENCE).expect("the hub posts");
        assert_eq!(token, "s3cret");
        for record in batch["records"].as_array().unwrap() {
            let text = |name: &str| record[name].as_str().unwrap().to_owned();
            *seen.entry((text("table"), text("id"))).or_default() += 1;
        }
        if seen.keys().any(|(table, _)| table == until) {
            return seen;
        }
    }
}

#[test]
fn a_case_reaches_the_platform_over_a_line_that_breaks() {
    let folder = tempfile::tempdir().unwrap();
    let token = folder.path().join("token");
    std::fs::write(&token, "s3cret\n").unwrap();
    let busy = "HTTP/1.1 503 Busy\r\ncontent-length: 0\r\nconnection: close\r\n\r\n".to_owned();
    // The first answer is lost; then it is busy; then it takes everything.
    let (url, told) = platform(vec![None, Some(busy)]);
    let token = token.to_string_lossy();
    let posting = ["--region", &url, "--region-token", &token];
    let data = folder.path().join("hub");
    let mut hub = HubProgram::start_real_with(&data, &posting);
    let mut window = SyncWindow::new();
    window.join(hub.address(), &hub.code("ZX", "03"), None).unwrap();
    let case = window.file();
    window.sync().unwrap();
    let ids = |seen: HashMap<(String, String), usize>| {
        let mut ids: Vec<_> = seen.into_keys().collect();
        ids.sort();
        ids
    };
    let first = ids(gather(&told, "up_pro_accept"));
    assert_eq!(ids(gather(&told, "up_pro_accept")), first, "the same records again");

    // Stopped while it was put off: another goes on at once.
    hub.stop();
    let hub = HubProgram::start_real_with(&data, &posting);
    assert_eq!(ids(gather(&told, "up_pro_accept")), first);
    hub.grant(case.number.as_str());
    let more = ids(gather(&told, "up_pro_result"));
    assert_eq!(more.len(), 2, "{more:?}");
    assert!(more.iter().all(|record| !first.contains(record)), "{more:?}");
    let export = |table: &str, form: &str| {
        let file = folder.path().join(format!("{table}.{form}"));
        let mut command = program::command("yichuang-hub");
        command.args(["region", "export", "--table", table, "--data"]).arg(&data);
        let said = program::json_of(command.arg("--out").arg(&file));
        (said, std::fs::read_to_string(file).unwrap())
    };
    let (said, file) = export("accept", "csv");
    assert_eq!((&said["rows"], &said["left_out"]), (&json!(1), &json!([])));
    let lines: Vec<&str> = file.lines().collect();
    assert_eq!(lines.len(), 2);
    assert!(
        lines[0].starts_with("row_guid,project_no,") && lines[1].contains(case.number.as_str())
    );
    let (_, file) = export("result", "json");
    let file: Value = serde_json::from_str(&file).unwrap();
    assert_eq!(file["records"][0]["project_no"], case.number.as_str());
}

#[test]
fn practice_is_not_told_and_a_wrong_setting_is_refused_before_anything_starts() {
    let folder = tempfile::tempdir().unwrap();
    let refused = |more: &[&str]| {
        let mut command = program::command("yichuang-hub");
        command.args(["serve", "--listen", "127.0.0.1:0", "--data"]).arg(folder.path().join("hub"));
        let out = command.args(more).output().unwrap();
        assert_eq!(out.status.code(), Some(2), "{more:?}");
        let said: Value = serde_json::from_slice(&out.stdout).unwrap();
        said["code"].as_str().unwrap().to_owned()
    };
    let url = "https://exchange.example.gov.cn/";
    assert_eq!(refused(&["--trial", "--region", url]), "region-trial");
    assert_eq!(refused(&["--region", "http://exchange.example.gov.cn/"]), "bad-region-url");
    assert_eq!(refused(&["--region", url, "--region-token", "/nowhere"]), "bad-region-token");
    let codes = folder.path().join("codes.json");
    std::fs::write(&codes, "{}").unwrap();
    let codes = codes.to_string_lossy();
    assert_eq!(refused(&["--region", url, "--region-codes", &codes]), "bad-region-codes");
    assert_eq!(refused(&["--progress-url", "https://a.cn/jindu"]), "bad-progress-url");
    assert!(!folder.path().join("hub").exists(), "what is refused changes nothing");
}
