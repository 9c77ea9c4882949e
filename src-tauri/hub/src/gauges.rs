//! What the hub counts about itself, for Prometheus: how many requests of which step with what
//! outcome, how long they took, what became of events, how often transactions were run again. No
//! device, case or person is in it: there is one line for each step, however many windows there are.

use std::sync::OnceLock;
use std::time::Duration;

use metrics::{counter, describe_counter, describe_histogram, histogram};
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};

const REQUESTS: &str = "yichuang_hub_requests_total";
const SECONDS: &str = "yichuang_hub_request_seconds";
const EVENTS: &str = "yichuang_hub_events_total";
const REGION: &str = "yichuang_hub_region_records_total";
const REPEATED: &str = "yichuang_hub_transactions_repeated_total";

/// The upper bounds of the classes of durations, in seconds.
const CLASSES: [f64; 8] = [0.005, 0.02, 0.05, 0.1, 0.5, 1.0, 5.0, 20.0];

/// The counts of this process, which begin when first asked for.
fn counts() -> Option<&'static PrometheusHandle> {
    static COUNTS: OnceLock<Option<PrometheusHandle>> = OnceLock::new();
    let begin = || {
        let recorder = PrometheusBuilder::new().set_buckets(&CLASSES).ok()?.build_recorder();
        let handle = recorder.handle();
        // An error means that somebody else counts in this process: then it is not ours to tell.
        metrics::set_global_recorder(recorder).ok()?;
        describe_counter!(REQUESTS, "Requests by step and HTTP status");
        describe_histogram!(SECONDS, "How long requests took, by step");
        describe_counter!(EVENTS, "Events received, by outcome");
        describe_counter!(REGION, "Records for the regional platform, by outcome");
        describe_counter!(REPEATED, "Transactions run again because another was in the way");
        counter!(REPEATED).absolute(0);
        Some(handle)
    };
    COUNTS.get_or_init(begin).as_ref()
}

/// Begins to count.
pub(crate) fn begin() {
    let _ = counts();
}

/// Counts a request.
pub(crate) fn request(step: &str, status: u16, took: Duration) {
    counter!(REQUESTS, "step" => step.to_owned(), "status" => status.to_string()).increment(1);
    histogram!(SECONDS, "step" => step.to_owned()).record(took.as_secs_f64());
}

/// Counts events of one outcome: `accepted`, `already-have` or `rejected`.
pub(crate) fn events(outcome: &'static str, count: u64) {
    counter!(EVENTS, "outcome" => outcome).increment(count);
}

/// Counts records that the regional platform took, and such that went to the list.
pub(crate) fn region(taken: usize, buried: usize) {
    for (outcome, count) in [("taken", taken), ("buried", buried)] {
        counter!(REGION, "outcome" => outcome).increment(count as u64);
    }
}

/// Counts a transaction that is run again.
pub(crate) fn repeated() {
    counter!(REPEATED).increment(1);
}

/// Keeps the counts small.
pub(crate) fn tidy() {
    if let Some(counts) = counts() {
        counts.run_upkeep();
    }
}

/// The counts as Prometheus reads them.
pub(crate) fn text() -> String {
    counts().map(PrometheusHandle::render).unwrap_or_default()
}
