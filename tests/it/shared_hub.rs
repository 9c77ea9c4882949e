//! Several hub programs on one PostgreSQL database: windows can't tell them from one.
//!
//! `cargo xtask test` installs PostgreSQL and runs these; elsewhere they count as left out.

use std::sync::Barrier;

use throwaway_postgres::Cluster;
use yichuang_domain::case::event::{CaseId, EventBody};
use yichuang_protocol::hub_log::first_log;
use yichuang_protocol::limits::BATCH_EVENTS;
use yichuang_protocol::pull::{self, PullRequest};
use yichuang_protocol::{PrivateKey, enrol};
use yichuang_tests::faults::FaultyLine;
use yichuang_tests::hub::TestHub;
use yichuang_tests::hub_program::HubProgram;
use yichuang_tests::raw_window::{RawWindow, Told, enrol_request, post};
use yichuang_tests::sync_window::{SyncWindow, acceptance, compare_sides};

/// Two programs on one database, each with a folder of its own, as on two machines.
struct Pair {
    folder: tempfile::TempDir,
    cluster: Cluster,
    database: String,
    one: HubProgram,
    two: HubProgram,
}

impl Pair {
    fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let cluster = Cluster::start();
        let database = cluster.database();
        // Both at once on an empty database: its tables are made once.
        let start = |name: &str| HubProgram::start_on(&database, &folder.path().join(name));
        let (one, two) = std::thread::scope(|scope| {
            let one = scope.spawn(|| start("one"));
            let two = start("two");
            (one.join().unwrap(), two)
        });
        Self { folder, cluster, database, one, two }
    }

    /// A third one inside the test, to look at what they did.
    fn look(&self) -> TestHub {
        TestHub::start_on(&self.database, &self.folder.path().join("look"))
    }

    fn raw_window(&self, window: &str, seed: u8) -> RawWindow {
        RawWindow::join(self.one.address(), &self.one.code("ZX", window), seed)
    }

    /// Does the same at both at once.
    fn at_once<T: Send>(&self, ask: impl Fn(&str) -> T + Sync) -> [T; 2] {
        let gate = Barrier::new(2);
        std::thread::scope(|scope| {
            let ask = |hub: &HubProgram| {
                let url = hub.address().to_owned();
                let (gate, ask) = (&gate, &ask);
                scope.spawn(move || {
                    gate.wait();
                    ask(&url)
                })
            };
            [ask(&self.one), ask(&self.two)].map(|asked| asked.join().unwrap())
        })
    }
}

fn codes(told: &[Told; 2]) -> Vec<&str> {
    let mut codes: Vec<&str> = told.iter().map(Told::code).collect();
    codes.sort_unstable();
    codes
}

#[test]
#[ignore = "needs PostgreSQL"]
fn what_one_began_the_other_goes_on_with() {
    let pair = Pair::start();
    let (one, two) = (pair.one.address(), pair.two.address());
    let mut window = pair.raw_window("03", 1);
    let challenge = window.challenge(one);
    let session = window.answer(two, &challenge);
    let token = session.body["token"].as_str().unwrap();
    assert_eq!(window.answer(one, &challenge).code(), "bad-challenge", "it serves once");

    let case = CaseId::from_u128(1);
    let events = [window.file(case), window.write(case, acceptance())];
    assert_eq!(window.push(one, token, &events[..1]).unwrap().outcomes(), ["accepted"]);
    let rest = window.push(two, token, &events).unwrap();
    assert_eq!(rest.outcomes(), ["already-have", "accepted"]);

    // The back office decides at either, with the one token they share.
    let token_of = |name: &str| {
        std::fs::read_to_string(pair.folder.path().join(name).join("office.token")).unwrap()
    };
    assert_eq!(token_of("one"), token_of("two"));
    let cases = pair.two.cases();
    pair.one.grant(cases[0]["case_number"].as_str().unwrap());
    assert_eq!(pair.two.cases()[0]["state"], "decided");
    let log = first_log(&window.joined.hub, &window.joined.device);
    let pull = post(two, pull::PATH, token, &PullRequest { log, after: 0 }).unwrap();
    assert_eq!(pull.body["events"].as_array().unwrap().len(), 1);
}

#[test]
#[ignore = "needs PostgreSQL"]
fn the_same_batch_at_both_at_once_is_taken_once() {
    let pair = Pair::start();
    let mut window = pair.raw_window("03", 1);
    let token = window.session(pair.one.address());
    for round in 0..10u128 {
        let case = CaseId::from_u128(round + 1);
        let mut events = vec![window.file(case), window.write(case, acceptance())];
        events.extend((0..40).map(|_| window.write(case, EventBody::ReviewStarted {})));
        let told = pair.at_once(|url| window.push(url, &token, &events).unwrap());
        let mut outcomes: Vec<_> = told.iter().map(Told::outcomes).collect();
        outcomes.sort_unstable();
        let all = |word| vec![word; events.len()];
        assert_eq!(outcomes, [all("accepted"), all("already-have")], "round {round}: {told:?}");
    }
    let look = pair.look();
    assert_eq!(look.cases().len(), 10);
    let (count, _) = look.store().read(|tx| tx.count(&window.joined.origin)).unwrap();
    assert_eq!(count, 420);
}

#[test]
#[ignore = "needs PostgreSQL"]
fn of_two_that_write_one_log_one_is_told_of_the_fork() {
    let pair = Pair::start();
    for round in 0..6u8 {
        let window = pair.raw_window("03", 1 + round);
        let token = window.session(pair.one.address());
        // Each has a case of its own, so that nothing but the log is in dispute.
        let case = |url: &str| {
            CaseId::from_u128(2 * u128::from(round) + u128::from(url == pair.one.address()))
        };
        let event = |url: &str| window.clone().file(case(url));
        let told = pair.at_once(|url| window.push(url, &token, &[event(url)]).unwrap());
        assert_eq!(codes(&told), ["", "fork"], "round {round}: {told:?}");
    }
}

#[test]
#[ignore = "needs PostgreSQL"]
fn a_case_filed_by_two_windows_at_once_is_the_firsts() {
    let pair = Pair::start();
    let windows = [pair.raw_window("03", 1), pair.raw_window("04", 2)];
    let tokens = [0, 1].map(|n: usize| windows[n].session(pair.one.address()));
    let at = |url: &str| usize::from(url == pair.two.address());
    let mut logs = windows.clone();
    for round in 0..10u128 {
        let case = CaseId::from_u128(round + 1);
        let events = [logs[0].file(case), logs[1].file(case)];
        let told = pair.at_once(|url| {
            let n = at(url);
            windows[n].push(url, &tokens[n], &[events[n].clone()]).unwrap()
        });
        let mut outcomes: Vec<_> = told.iter().flat_map(Told::outcomes).collect();
        outcomes.sort_unstable();
        assert_eq!(outcomes, ["accepted", "foreign-case"], "round {round}: {told:?}");
    }
    assert_eq!(pair.look().cases().len(), 10);
}

#[test]
#[ignore = "needs PostgreSQL"]
fn a_code_used_at_both_at_once_lets_one_device_in() {
    let pair = Pair::start();
    for round in 0..6u8 {
        let code = pair.two.code("ZX", "03");
        let told = pair.at_once(|url| {
            let other = u8::from(url == pair.two.address());
            let key = PrivateKey::from_seed(&[1 + 2 * round + other; 32]);
            post(url, enrol::PATH, "", &enrol_request(&code, &key)).unwrap()
        });
        assert_eq!(codes(&told), ["", "bad-enrol-code"], "round {round}: {told:?}");
    }
    let devices = pair.look().store().read(|tx| tx.roster()).unwrap();
    assert_eq!(devices.len(), 6);
}

/// Eight windows work and sync through both, each through one and then the other; one of the hubs
/// is killed in the middle and started again. Everything is there once.
#[test]
#[ignore = "needs PostgreSQL"]
fn windows_go_on_through_the_other_when_one_is_killed() {
    let mut pair = Pair::start();
    let addresses: Vec<std::net::SocketAddr> = [&pair.one, &pair.two]
        .map(|hub| hub.address().trim_start_matches("http://").parse().unwrap())
        .to_vec();
    let mut windows: Vec<(SyncWindow, FaultyLine)> = (0..4)
        .map(|n| {
            let line = FaultyLine::to(addresses[n % 2]);
            let window = SyncWindow::new();
            window.join(&line.url(), &pair.one.code("ZX", &format!("0{n}")), None).unwrap();
            (window, line)
        })
        .collect();
    let seen = |windows: &[(SyncWindow, FaultyLine)]| -> usize {
        windows.iter().map(|(_, line)| line.seen().len()).sum()
    };
    for (window, _) in &mut windows {
        for _ in 0..4 {
            let case = window.file();
            window.write(case.id, vec![EventBody::ReviewStarted {}; BATCH_EVENTS / 2]);
        }
    }
    let before = seen(&windows);
    let lines: Vec<&FaultyLine> = windows.iter().map(|(_, line)| line).collect();
    let one = &mut pair.one;
    std::thread::scope(|scope| {
        let syncing: Vec<_> =
            windows.iter().map(|(window, _)| scope.spawn(|| window.sync())).collect();
        let asked = || lines.iter().map(|line| line.seen().len()).sum::<usize>();
        // Each says hello, opens a session and pushes: this falls among the pushes.
        while asked() < before + 16 && syncing.iter().any(|sync| !sync.is_finished()) {
            std::thread::yield_now();
        }
        one.kill();
        for line in &lines {
            line.lead_to(addresses[1]);
        }
        for sync in syncing {
            if let Err(error) = sync.join().unwrap() {
                assert!(error.is_passing(), "{error}");
            }
        }
    });
    let look = pair.look();
    for (window, _) in &mut windows {
        window.file();
        window.sync().unwrap();
        compare_sides(&look, window);
    }
    assert_eq!(look.cases().len(), 4 * 5);
}

/// Many windows at once through both hubs: what each is in the way of another costs a repetition
/// inside, never an answer that fails.
#[test]
#[ignore = "needs PostgreSQL"]
fn a_crowd_at_both_is_served() {
    let pair = Pair::start();
    let hubs = [pair.one.address(), pair.two.address()];
    let windows: Vec<(RawWindow, String)> = (0..8u8)
        .map(|n| {
            let window = pair.raw_window(&format!("1{n}"), n + 1);
            let token = window.session(hubs[usize::from(n % 2)]);
            (window, token)
        })
        .collect();
    std::thread::scope(|scope| {
        for (n, (window, token)) in windows.iter().enumerate() {
            scope.spawn(move || {
                let mut log = window.clone();
                for round in 0..6u128 {
                    let mut events = Vec::new();
                    for k in 0..20u128 {
                        // Ordered by time, as real ones are: side by side with everybody's.
                        let case = CaseId::from_u128(round << 64 | k << 32 | n as u128);
                        events.push(log.file(case));
                        events.push(log.write(case, acceptance()));
                    }
                    let told = window.push(hubs[(n + round as usize) % 2], token, &events).unwrap();
                    assert_eq!(told.outcomes(), vec!["accepted"; 40], "{told:?}");
                }
            });
        }
    });
    assert_eq!(pair.look().cases().len(), 8 * 6 * 20);
}

#[test]
#[ignore = "needs PostgreSQL"]
fn a_database_that_stops_is_waited_for() {
    let mut pair = Pair::start();
    let url = pair.one.address().to_owned();
    let mut window = SyncWindow::new();
    window.join(&url, &pair.one.code("ZX", "03"), None).unwrap();
    window.file();
    window.sync().unwrap();
    window.file();

    pair.cluster.pause();
    let request = serde_json::json!({ "origin": "win-x" });
    let told = post(&url, "/v1/challenge", "", &request).unwrap();
    assert_eq!((told.status, told.code()), (503, "unavailable"));
    assert_eq!(told.retry_after.as_deref(), Some("5"));
    assert_eq!(told.body["retry"], true);
    let error = window.sync().unwrap_err();
    assert!(error.is_passing(), "{error}");
    assert_eq!(window.unsent(), 2);

    pair.cluster.resume();
    window.sync().unwrap();
    let look = pair.look();
    compare_sides(&look, &window);
    pair.one.stop();
    pair.two.stop();
}

/// The password of the database stands in an address that is not to be shown anywhere.
#[test]
#[ignore = "needs PostgreSQL"]
fn a_database_that_can_not_be_reached_is_told_without_its_password() {
    let folder = tempfile::tempdir().unwrap();
    let nowhere = "postgres://u:geheimes-wort@127.0.0.1:1/hub";
    for (address, code, exit) in
        [(nowhere, "storage-unavailable", 3), ("postgres://u:geheimes-wort@:x/", "bad-database", 2)]
    {
        let mut command = yichuang_tests::program::command("yichuang-hub");
        command.env(yichuang_hub::cli::DATABASE_VARIABLE, address).env("RUST_LOG", "trace");
        command.args(["serve", "--listen", "127.0.0.1:0", "--data"]).arg(folder.path());
        let output = command.output().unwrap();
        let told = yichuang_tests::program::printed(&output);
        assert_eq!((told["code"].as_str(), output.status.code()), (Some(code), Some(exit)));
        let said = [output.stdout, output.stderr].concat();
        assert!(!String::from_utf8_lossy(&said).contains("geheimes-wort"), "{address}");
    }
}
