//! A region after a power cut: 1,000 windows come back at once to one hub, beside one that comes
//! alone; what the hub's memory grows by; and what a batch costs when a million events are stored.

use std::sync::Arc;
use std::time::{Duration, Instant};

use reqwest::Client;
use serde::Serialize;
use serde::de::DeserializeOwned;
use tokio::runtime::Runtime;
use tokio::sync::Barrier;
use yichuang_domain::case::SealedEvent;
use yichuang_domain::case::event::CaseId;
use yichuang_hub::enrolment::{DEFAULT_HALL, DEFAULT_REGION, join, make_code};
use yichuang_hub::receive;
use yichuang_hub::store::CodeHolder;
use yichuang_hub::{Clock as _, HubStore, SystemClock};
use yichuang_protocol::check::{self, CheckReply, CheckRequest};
use yichuang_protocol::hello::{self, HelloReply, HelloRequest};
use yichuang_protocol::hub_log::first_log;
use yichuang_protocol::pull::{self, PullReply, PullRequest};
use yichuang_protocol::push::{self, PushReply, PushRequest};
use yichuang_protocol::session::{self, ChallengeReply, ChallengeRequest, SessionReply};
use yichuang_protocol::{Position, PrivateKey};
use yichuang_tests::hub_program::HubProgram;
use yichuang_tests::raw_window::{RawWindow, enrol_request};

use crate::beside::{pouchdb, told};
use crate::table::{Table, kilobytes, median, milliseconds, p99, ratio};

const WINDOWS: usize = 1_000;
/// How often one window comes alone.
const ALONE: usize = 100;
/// As many as the protocol puts into one batch.
const BATCH: usize = 500;
/// How many batches are timed where so many events are stored.
const TIMED: usize = 40;
const FEW: usize = 10_000;
const MANY: usize = 1_000_000;

/// Adds its rows.
pub fn measure(table: &mut Table) {
    at_once(table);
    growth(table);
}

fn joined(store: &HubStore, n: usize) -> RawWindow {
    let mut seed = [7; 32];
    seed[..8].copy_from_slice(&(n as u64).to_le_bytes());
    let key = PrivateKey::from_seed(&seed);
    let holder = CodeHolder {
        region: DEFAULT_REGION.to_owned(),
        station: format!("S{:03}", n / 10),
        window: format!("{:02}", n % 10 + 1),
        hall: DEFAULT_HALL.to_owned(),
    };
    let code = make_code(store, &holder, SystemClock.now()).expect("a code").code;
    let reply = join(store, &enrol_request(&code, &key), SystemClock.now()).expect("it joins");
    RawWindow::joined(key, reply)
}

fn case(window: usize, n: usize) -> CaseId {
    CaseId::from_u128(((window as u128 + 1) << 64) | n as u128)
}

fn at_once(table: &mut Table) {
    let folder = tempfile::tempdir().expect("a folder");
    let store = HubStore::open(folder.path()).expect("a database");
    store.write(|tx| tx.settle_trial(false)).expect("a real hub");
    let windows: Vec<_> = (0..WINDOWS).map(|n| joined(&store, n)).collect();
    drop(store);
    let mut hub = HubProgram::start_real(folder.path());
    let before = memory(hub.process());
    let url: Arc<str> = hub.address().into();
    let runtime = Runtime::new().expect("a runtime");
    let _ = rustls::crypto::ring::default_provider().install_default();

    let mut lone = windows[0].clone();
    let mut alone = Vec::with_capacity(ALONE);
    for n in 0..ALONE {
        let event = lone.file(case(WINDOWS, n));
        alone.push(runtime.block_on(reconnect(&url, &lone, event)).expect("it comes back"));
    }
    let alone = median(alone);

    // The first has its log already.
    let mut events = Vec::with_capacity(WINDOWS);
    let all = windows.into_iter().enumerate().skip(1).map(|(n, mut window)| {
        let url = Arc::clone(&url);
        let event = window.file(case(n, 0));
        events.push(event.clone());
        async move { reconnect(&url, &window, event).await }
    });
    let Crowd { times, errors, whole } = together(&runtime, all);
    println!("{} without an answer {:?}", errors.len(), errors.first());
    let (middle, slowest) = (median(times.clone()), p99(times));
    let one_by_one = alone * (WINDOWS as u32 - 1);
    table.add(
        "1,000 windows come back at once",
        (milliseconds(whole), milliseconds(one_by_one)),
        (if errors.is_empty() { ratio(whole, one_by_one) } else { f64::INFINITY }, 1.0),
        "beside as many one after the other",
    );
    let grown = memory(hub.process());
    table.add(
        "the hub's memory after that",
        (kilobytes(grown), kilobytes(before)),
        (grown as f64 / before as f64, 4.0),
        "beside the same hub before it was asked anything",
    );
    drop(hub);
    beside_pouchdb(table, &runtime, events, [middle, slowest]);
}

/// As many clients that come back to PouchDB Server, each with one event.
fn beside_pouchdb(
    table: &mut Table,
    runtime: &Runtime,
    events: Vec<SealedEvent>,
    ours: [Duration; 2],
) {
    const ROWS: [&str; 2] =
        ["half of 1,000 at once beside PouchDB Server", "99 of 100 of them beside PouchDB Server"];
    let server = match pouchdb::start() {
        Ok(server) => server,
        Err(why) => return ROWS.iter().for_each(|row| table.leave_out(row, &why)),
    };
    let url: Arc<str> = server.url.as_str().into();
    let clients = events.into_iter().map(|event| {
        let url = Arc::clone(&url);
        async move { pouchdb::reconnect(&url, &event).await }
    });
    let Crowd { times, errors, .. } = together(runtime, clients);
    println!("PouchDB Server: {} without an answer {:?}", errors.len(), errors.first());
    if times.is_empty() {
        return ROWS.iter().for_each(|row| table.leave_out(row, "nobody got an answer"));
    }
    let theirs = [median(times.clone()), p99(times)];
    for ((row, ours), theirs) in ROWS.into_iter().zip(ours).zip(theirs) {
        table.add(
            row,
            (milliseconds(ours), milliseconds(theirs)),
            (ratio(ours, theirs), 1.0),
            "six requests and one event each; there nobody signs in and no write waits for the disk",
        );
    }
}

/// What came of many who came at once.
struct Crowd {
    times: Vec<Duration>,
    errors: Vec<String>,
    /// From the first to the last.
    whole: Duration,
}

/// Lets everybody go at once, and waits for all.
fn together<F>(runtime: &Runtime, all: impl Iterator<Item = F>) -> Crowd
where
    F: Future<Output = Result<Duration, String>> + Send + 'static,
{
    let all: Vec<F> = all.collect();
    let waiting = Arc::new(Barrier::new(all.len()));
    let start = Instant::now();
    let all: Vec<_> = all
        .into_iter()
        .map(|one| {
            let waiting = Arc::clone(&waiting);
            runtime.spawn(async move {
                waiting.wait().await;
                one.await
            })
        })
        .collect();
    let mut crowd = Crowd { times: Vec::new(), errors: Vec::new(), whole: Duration::ZERO };
    for one in all {
        match runtime.block_on(one).expect("a task") {
            Ok(time) => crowd.times.push(time),
            Err(error) => crowd.errors.push(error),
        }
    }
    crowd.whole = start.elapsed();
    crowd
}

/// The resident bytes of a process.
fn memory(process: u32) -> usize {
    let said = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = said.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let pages = line.and_then(|line| line.trim().trim_end_matches("kB").trim().parse().ok());
    pages.unwrap_or(0) * 1024
}

/// Everything a window does that comes back with one case; how long that took.
async fn reconnect(url: &str, window: &RawWindow, event: SealedEvent) -> Result<Duration, String> {
    let http = Client::builder().no_proxy().tls_certs_only([]).build().map_err(told)?;
    let line = Line { http, url, token: None };
    let start = Instant::now();
    let origin = window.joined.origin.clone();
    let versions = vec![1];
    let hello = HelloRequest { versions, program: "bench".to_owned() };
    let HelloReply { .. } = line.ask(hello::PATH, &hello).await?;
    let request = ChallengeRequest { origin };
    let ChallengeReply { challenge } = line.ask(session::CHALLENGE_PATH, &request).await?;
    let opened: SessionReply = line.ask(session::PATH, &window.session_request(&challenge)).await?;
    let line = Line { token: Some(opened.token), ..line };
    let seq = serde_json::from_str::<serde_json::Value>(&event.text).map_err(told)?["seq"].clone();
    let sent = Position { seq: seq.as_u64().unwrap_or(0), head: event.hash.clone() };
    let PushReply { .. } = line.ask(push::PATH, &PushRequest { events: vec![event] }).await?;
    let log = first_log(&window.joined.hub, &window.joined.device);
    let request = PullRequest { log: log.clone(), after: 0 };
    let PullReply { .. } = line.ask(pull::PATH, &request).await?;
    let request = CheckRequest { sent, hub_log: log, pulled: 0 };
    let CheckReply { .. } = line.ask(check::PATH, &request).await?;
    Ok(start.elapsed())
}

struct Line<'a> {
    http: Client,
    url: &'a str,
    token: Option<String>,
}

impl Line<'_> {
    async fn ask<A: DeserializeOwned>(
        &self,
        path: &str,
        request: &impl Serialize,
    ) -> Result<A, String> {
        let mut asking = self.http.post(format!("{}{path}", self.url)).json(request);
        if let Some(token) = &self.token {
            asking = asking.bearer_auth(token);
        }
        let answer = asking.send().await.map_err(told)?;
        let answer = answer.error_for_status().map_err(told)?;
        answer.json().await.map_err(told)
    }
}

/// What a batch costs at the hub with few events stored, and with many: each of new cases, and of
/// devices that take turns.
fn growth(table: &mut Table) {
    let folder = tempfile::tempdir().expect("a folder");
    let store = HubStore::open(folder.path()).expect("a database");
    store.write(|tx| tx.settle_trial(false)).expect("a real hub");
    let mut windows: Vec<_> = (0..20).map(|n| joined(&store, n)).collect();
    let devices: Vec<_> = windows
        .iter()
        .map(|window| store.read(|tx| tx.device(&window.joined.origin)).expect("readable"))
        .map(|device| device.expect("a device"))
        .collect();
    let mut stored = 0;
    let mut push_until = |many: usize| {
        let mut times = Vec::new();
        while stored < many {
            let n = stored / BATCH % windows.len();
            let events = (0..BATCH).map(|i| windows[n].file(case(n, stored + i))).collect();
            let request = PushRequest { events };
            let start = Instant::now();
            receive::push(&store, &devices[n], &request, SystemClock.now()).expect("taken in");
            times.push(start.elapsed());
            stored += BATCH;
        }
        median(times.split_off(times.len().saturating_sub(TIMED)))
    };
    let (few, many) = (push_until(FEW), push_until(MANY));
    table.add(
        "a batch where 1,000,000 events are stored",
        (milliseconds(many), milliseconds(few)),
        (ratio(many, few), 1.5),
        "beside one where 10,000 are",
    );
}
