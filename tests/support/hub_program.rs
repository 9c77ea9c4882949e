//! A real hub: the program itself, on the loopback address, for practice.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::Stdio;

use serde_json::Value;
use yichuang_hub::cli::DATABASE_VARIABLE;

use super::process::Running;
use super::program;

/// A running `yichuang-hub serve --trial`.
pub struct HubProgram {
    address: String,
    data: PathBuf,
    /// What it was started with, beside where it listens and where its records are.
    more: Vec<String>,
    /// The address of its PostgreSQL database, if it has one.
    database: Option<String>,
    server: Running,
}

impl HubProgram {
    /// Starts one for practice with its records in a folder, on a port that it finds free itself.
    pub fn start(data: &Path) -> Self {
        Self::start_with(data, &["--trial"], None)
    }

    /// Starts one for real records.
    pub fn start_real(data: &Path) -> Self {
        Self::start_with(data, &[], None)
    }

    /// Starts one for real records, with more said.
    pub fn start_real_with(data: &Path, more: &[&str]) -> Self {
        Self::start_with(data, more, None)
    }

    /// Starts one for real records on a PostgreSQL database, which others may serve too.
    pub fn start_on(database: &str, data: &Path) -> Self {
        Self::start_with(data, &[], Some(database.to_owned()))
    }

    fn start_with(data: &Path, more: &[&str], database: Option<String>) -> Self {
        let more = more.iter().map(|word| (*word).to_owned()).collect();
        Self::start_at("127.0.0.1:0", data, more, database)
    }

    fn start_at(listen: &str, data: &Path, more: Vec<String>, database: Option<String>) -> Self {
        let mut command = program::command("yichuang-hub");
        command.envs(database.as_ref().map(|address| (DATABASE_VARIABLE, address)));
        command.arg("serve").args(&more).args(["--listen", listen, "--data"]).arg(data);
        let mut server = Running::start_piped(command.stdout(Stdio::piped()).stderr(Stdio::null()))
            .unwrap_or_else(|e| panic!("{e}"));
        let mut line = String::new();
        if let Some(pipe) = server.child().stdout.take() {
            BufReader::new(pipe).read_line(&mut line).expect("the hub's output can be read");
        }
        let said: Value = serde_json::from_str(&line)
            .unwrap_or_else(|e| panic!("the hub did not say where it listens ({e}): {line}"));
        let address = said["listening"].as_str().expect("an address").to_owned();
        Self { address, data: data.to_owned(), more, database, server }
    }

    /// Starts it again where it listened before, with the records that it left.
    pub fn start_again(&mut self) {
        self.kill();
        let listen = self.address.rsplit('/').next().expect("an address").to_owned();
        *self = Self::start_at(&listen, &self.data, self.more.clone(), self.database.clone());
    }

    /// The process.
    pub fn process(&mut self) -> u32 {
        self.server.child().id()
    }

    /// Kills it outright.
    pub fn kill(&mut self) {
        self.server.child().kill().expect("it can be killed");
        self.server.child().wait().expect("it ends");
    }

    /// Asks it to end, and waits until it has.
    pub fn stop(&mut self) {
        self.server.stop();
    }

    /// Its address.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// A one-time code for a new window.
    pub fn code(&self, station: &str, window: &str) -> String {
        let answer = self.ask(["enrol", "--station", station, "--window", window]);
        answer["code"].as_str().expect("a one-time code").to_owned()
    }

    /// Joins a window's records to it.
    pub fn enrol(&self, window_data: &Path) {
        let code = self.code("01", "03");
        let data = window_data.to_string_lossy();
        program::json(
            "yichuang",
            ["--data", &data, "--json", "enrol", "--hub", &self.address, "--code", &code],
        );
    }

    /// What has arrived.
    pub fn cases(&self) -> Vec<Value> {
        self.ask(["cases"]).as_array().cloned().unwrap_or_default()
    }

    /// The back office grants a case.
    pub fn grant(&self, case_number: &str) {
        self.ask(["decide", "--case", case_number, "--decision", "granted"]);
    }

    fn ask<const N: usize>(&self, arguments: [&str; N]) -> Value {
        let data = self.data.to_string_lossy();
        let mut command = program::command("yichuang-hub");
        command.envs(self.database.as_ref().map(|address| (DATABASE_VARIABLE, address)));
        program::json_of(command.args(arguments).args(["--data", &data]))
    }
}
