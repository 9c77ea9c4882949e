//! Whole histories of a hall, played by dice in one process: windows that file and send, hubs that
//! store and answer, and between them everything that goes wrong. Real records, the real sync, the
//! real hub behind its real door; only the line, the clocks and the disk's refusals are played.
//!
//! A history is made from its seed alone. `YICHUANG_SIM_SEED=N` plays one again and tells every
//! step; `YICHUANG_SIM_HISTORIES=N` plays so many (the long run of `cargo xtask test --long`).
//! What this can't show, a program killed in the middle of a write, is in `tests/it/killed.rs`.

mod check;
mod help;
mod hub;
mod line;
mod sabotage;
mod window;
mod world;

use world::World;

/// How many histories a normal run plays.
const HISTORIES: u64 = 300;
/// Where their seeds begin.
const FIRST: u64 = 1;

fn number(variable: &str) -> Option<u64> {
    std::env::var(variable).ok()?.parse().ok()
}

/// Plays a history to its end and checks it; the trace, and what is wrong with it.
fn play(seed: u64, sabotage: Option<&sabotage::Sabotage>) -> (Vec<String>, Result<(), String>) {
    let mut world = World::new(seed, sabotage);
    let outcome = world.play();
    (world.into_trace(), outcome)
}

fn must_hold(seed: u64) -> Vec<String> {
    let (trace, outcome) = play(seed, None);
    if let Err(broken) = outcome {
        panic!("history {seed}: {broken}\nafter\n{}", trace.join("\n"));
    }
    trace
}

#[test]
fn every_history_ends_whole() {
    if let Some(seed) = number("YICHUANG_SIM_SEED") {
        return println!("{}", must_hold(seed).join("\n"));
    }
    let histories = number("YICHUANG_SIM_HISTORIES").unwrap_or(HISTORIES);
    println!("seeds {FIRST} to {}", FIRST + histories - 1);
    let halves = [FIRST, FIRST + 1].map(|from| {
        std::thread::spawn(move || {
            (from..FIRST + histories).step_by(2).flat_map(must_hold).collect::<Vec<_>>()
        })
    });
    let mut happened = Vec::new();
    for half in halves {
        match half.join() {
            Ok(traces) => happened.extend(traces),
            Err(panic) => std::panic::resume_unwind(panic),
        }
    }
    everything_happened(&happened);
}

/// A history in which nothing goes wrong proves nothing.
fn everything_happened(trace: &[String]) {
    for what in line::FAULTS.iter().chain(&world::EVENTS) {
        let times = trace.iter().filter(|line| line.contains(what)).count();
        println!("{times:6} times: {what}");
        assert!(times > 0, "it never happened: {what}");
    }
}

#[test]
fn a_seed_makes_the_same_history_again() {
    for seed in [7, 8] {
        assert_eq!(play(seed, None).0, play(seed, None).0);
    }
}

/// Each of these breaks the program on purpose; the simulation must see it, and say what is wrong.
#[test]
fn every_sabotage_is_found() {
    for sabotage in sabotage::ALL {
        let found = (1..=60).find_map(|seed| play(seed, Some(sabotage)).1.err());
        let found = found.unwrap_or_else(|| panic!("nobody saw: {}", sabotage.what));
        println!("{}: {found}", sabotage.what);
        assert!(
            sabotage.seen_as.iter().any(|sign| found.contains(sign)),
            "{}: seen as something else: {found}",
            sabotage.what
        );
    }
}
