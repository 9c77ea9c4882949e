//! Finding a matter among 100,000, beside SQLite's `LIKE` and FTS5 (trigram) and, with the
//! feature `tantivy`, beside tantivy: the same texts, the same queries, in turns. The rivals are
//! given names, aliases, pinyin, initials and codes ready made.

pub mod queries;
mod sqlite;
#[cfg(feature = "tantivy")]
mod tantivy;

use std::time::Duration;

use yichuang_guide::{GuidePackage, SearchIndex, Usage};

use crate::table::{Table, median, milliseconds, p99, ratio, timed};
use queries::Query;

const MATTERS: usize = 100_000;
const FEW_MATTERS: usize = 2_000;
const BUDGET: Duration = Duration::from_millis(2);
/// A query counts by the middle of so many times, so that other work of the machine does not.
const ROUNDS: usize = 3;
const LIMIT: usize = 20;

/// Something that finds matters: by their index, the best first.
trait Engine {
    fn find(&self, text: &str) -> Vec<usize>;
}

type Named = (&'static str, Box<dyn Engine>);

struct Ours(SearchIndex, Usage);

impl Engine for Ours {
    fn find(&self, text: &str) -> Vec<usize> {
        self.0.search(text, LIMIT, &self.1).into_iter().map(|hit| hit.matter).collect()
    }
}

/// What an engine took for each query, and how many it answered.
#[derive(Default)]
struct Score {
    times: Vec<Duration>,
    answered: usize,
}

/// Memory of this process, in MB.
fn memory() -> f64 {
    let text = std::fs::read_to_string("/proc/self/statm").unwrap_or_default();
    let pages: f64 = text.split(' ').nth(1).and_then(|n| n.parse().ok()).unwrap_or_default();
    pages * 4096.0 / 1e6
}

fn built(guide: &GuidePackage) -> (Duration, SearchIndex) {
    let before = memory();
    let (time, index) = timed(|| SearchIndex::build(guide));
    let (count, size) = (guide.matters.len(), memory() - before);
    println!("index of {count} matters: built in {}, {size:.1} MB", milliseconds(time));
    (time, index)
}

/// Adds its rows.
pub fn measure(table: &mut Table) {
    drop(built(&guide_maker::guide(FEW_MATTERS).expect("a guide")));
    let guide = guide_maker::guide(MATTERS).expect("a guide");
    let (build, index) = built(&guide);
    let queries = queries::of(&guide);
    let mut engines: Vec<Named> = vec![
        ("ours", Box::new(Ours(index, Usage::default()))),
        ("LIKE", Box::new(sqlite::Like::new(&guide))),
        ("FTS5 trigram", Box::new(sqlite::Fts::new(&guide))),
    ];
    engines.extend(beside_tantivy(&guide, build, table));
    let known = queries.iter().filter(|q| q.means.is_some()).count();
    let scores = compare(&guide, &queries, &engines);
    for ((name, _), score) in engines.iter().zip(&scores) {
        println!("{name}: answers {} of {known} queries", score.answered);
    }
    let times: Vec<Duration> = scores.into_iter().map(|score| p99(score.times)).collect();
    table.add(
        "search, 100,000 matters, p99",
        (milliseconds(times[0]), milliseconds(BUDGET)),
        (ratio(times[0], BUDGET), 1.0),
        "any way to type, slips included",
    );
    let rows = ["", "search, beside LIKE", "search, beside FTS5 trigram", "search, beside tantivy"];
    for (what, theirs) in rows.into_iter().zip(&times).skip(1) {
        let measured = (milliseconds(times[0]), milliseconds(*theirs));
        // Tantivy is there to compare with: it is asked for less, and answers less.
        let budget = if what.ends_with("tantivy") { f64::INFINITY } else { 1.0 };
        table.add(what, measured, (ratio(times[0], *theirs), budget), "p99, same queries");
    }
}

/// Tantivy over the same guide; adds the row of how long it took to build.
#[cfg(feature = "tantivy")]
fn beside_tantivy(guide: &GuidePackage, build: Duration, table: &mut Table) -> Option<Named> {
    let (theirs, engine) = timed(|| tantivy::Tantivy::new(guide));
    let measured = (milliseconds(build), milliseconds(theirs));
    table.add("index build, beside tantivy", measured, (ratio(build, theirs), 1.0), "in memory");
    Some(("tantivy", Box::new(engine)))
}

#[cfg(not(feature = "tantivy"))]
fn beside_tantivy(_: &GuidePackage, _: Duration, _: &mut Table) -> Option<Named> {
    None
}

fn compare(guide: &GuidePackage, queries: &[Query], engines: &[Named]) -> Vec<Score> {
    let mut scores: Vec<Score> = engines.iter().map(|_| Score::default()).collect();
    for query in queries {
        let mut times = vec![Vec::new(); engines.len()];
        for round in 0..ROUNDS {
            for (i, (_, engine)) in engines.iter().enumerate() {
                let (time, hits) = timed(|| engine.find(&query.text));
                times[i].push(time);
                let is_right = |hit: &usize| query.is_answered_by(&guide.matters[*hit]);
                scores[i].answered += usize::from(round == 0 && hits.iter().any(is_right));
            }
        }
        for (score, times) in scores.iter_mut().zip(times) {
            score.times.push(median(times));
        }
    }
    scores
}
