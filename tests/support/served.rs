//! The program behind its loopback door, for tests that call its commands as a page does.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Stdio};

use reqwest::blocking::{Client, Response};
use serde_json::{Value, json};

use super::program;

/// The names of every command, upload and download, as the screens know them, each with its way.
pub fn every_command() -> Vec<(&'static str, String)> {
    let bindings = program::repository().join("ui/src/api/bindings.ts");
    let text = std::fs::read_to_string(bindings).expect("the bindings");
    let mut names = Vec::new();
    for (kind, way) in [("Commands", "rpc"), ("Uploads", "upload"), ("Downloads", "download")] {
        let (_, rest) =
            text.split_once(&format!("export interface {kind} {{")).expect("the bindings");
        let (list, _) = rest.split_once('}').expect("the bindings");
        let of = list.lines().filter_map(|line| line.trim().split_once(':'));
        names.extend(of.map(|(name, _)| (way, name.to_owned())));
    }
    names
}

/// A running `yichuang serve`.
pub struct Served {
    child: Child,
    /// Where it listens.
    pub address: String,
    /// The token of the clerk's page.
    pub token: String,
    /// A client.
    pub http: Client,
}

impl Served {
    /// Opens the door over a data folder.
    pub fn open(data: &Path) -> Self {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let mut command = program::command("yichuang");
        command.args(["--json", "serve", "--data"]).arg(data);
        let mut child = command
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("a built program starts");
        let mut line = String::new();
        let pipe = child.stdout.take().expect("its output");
        BufReader::new(pipe).read_line(&mut line).expect("it says its address");
        let said: Value = serde_json::from_str(&line).expect("JSON");
        let url = said["url"].as_str().expect("an address");
        let (address, token) = url.split_once("/#token=").expect("a token");
        let (address, token) = (address.to_owned(), token.to_owned());
        Self { child, address, token, http: Client::new() }
    }

    /// Sends a request to one of the ways of the door.
    pub fn send(&self, token: &str, way: &str, command: &str, request: &Value) -> Response {
        let url = format!("{}/{way}/{command}", self.address);
        self.http.post(url).bearer_auth(token).json(request).send().expect("an answer")
    }

    /// As [`Self::send`], from a page of the clerk's that shows `clerk`, before `place`.
    pub fn send_as(&self, place: &str, clerk: &str, way: &str, command: &str) -> Response {
        let url = format!("{}/{way}/{command}", self.address);
        let request = self.http.post(url).bearer_auth(&self.token);
        let shown = request.header("x-clerk", format!("{place}/{clerk}"));
        shown.json(&json!({})).send().expect("an answer")
    }

    /// Calls a command; the status and the answer.
    pub fn call(&self, token: &str, command: &str, request: &Value) -> (u16, Value) {
        let answer = self.send(token, "rpc", command, request);
        (answer.status().as_u16(), answer.json().expect("JSON"))
    }

    /// Calls a command that must succeed.
    pub fn clerk(&self, command: &str, request: &Value) -> Value {
        let (status, answer) = self.call(&self.token, command, request);
        assert_eq!(status, 200, "{command}: {answer}");
        answer
    }

    /// Calls a command that must be refused; its code.
    pub fn refused(&self, command: &str, request: &Value) -> String {
        let (status, answer) = self.call(&self.token, command, request);
        assert_ne!(status, 200, "{command}: {answer}");
        answer["code"].as_str().unwrap_or_default().to_owned()
    }

    /// Files a case as the screens do: what is typed, then what the rules make of it, agreed to.
    pub fn file(&self, mut draft: Value, typed: &Value) -> Value {
        for field in ["answers", "applicant", "agent", "materials"] {
            draft["intake"][field] = typed[field].clone();
        }
        let seen = self.clerk("save_draft", &json!({ "draft": draft }));
        let agreed = &seen["assessment"]["determination"];
        assert!(agreed.is_object(), "{}", seen["assessment"]["faults"]);
        let filing = json!({ "id": draft["id"], "confirmed": agreed, "notice_later": false });
        self.clerk("file_case", &filing)
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
