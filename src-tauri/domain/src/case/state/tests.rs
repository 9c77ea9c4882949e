use super::*;
use crate::attachment::Announced;
use crate::case::event::Decision;
use crate::case::fold::tests::{extended, filed_body, fold, number, recounted};
use crate::checklist::Stopped;
use crate::document::{DocumentKind, DocumentNumber};
use crate::evaluation::EvaluationChannel;
use crate::fixture::date;
use crate::matter::{SpecialProcedureKind, Stop};

/// One event of every type, by a short name.
fn event(name: &str) -> EventBody {
    let on = date("2026-03-02");
    let reason = "理由".to_owned();
    let stop = |outcome| EventBody::Stopped {
        stopped: Stopped {
            question: "q1".to_owned(),
            question_text: String::new(),
            choice: "a".to_owned(),
            choice_text: String::new(),
            stop: Stop { outcome, reason: "理由".to_owned(), refer_to: String::new() },
        },
    };
    let paper = DocumentNumber::new(&number(), number().device(), DocumentKind::Acceptance, 1);
    match name {
        "filed" => filed_body(&[]),
        "not-required" => stop(StopOutcome::NotRequired),
        "out-of-scope" => stop(StopOutcome::OutOfScope),
        "refused" => stop(StopOutcome::Refused),
        "notice" => EventBody::NoticeGiven { on, listed: Vec::new() },
        "supplement" => EventBody::Supplemented { on, ids: Vec::new() },
        "accept" => EventBody::Accepted { on, due: None, deferred: Vec::new() },
        "deem" => EventBody::DeemedAccepted { on, due: None, noticed_on: on },
        "issue" => EventBody::DocumentIssued {
            kind: DocumentKind::Acceptance,
            number: paper,
            sha256: String::new(),
            formal: None,
        },
        "print" => EventBody::DocumentPrinted {
            number: paper,
            printer: String::new(),
            nth: 1,
            proof: None,
            reason: None,
            job: None,
        },
        "attach" => EventBody::AttachmentAdded {
            material: "m1".to_owned(),
            announced: Announced::of("a.pdf", b"%PDF-").expect("a document"),
        },
        "detach" => {
            EventBody::AttachmentRemoved { material: "m1".to_owned(), hash: String::new(), reason }
        }
        "review" => EventBody::ReviewStarted {},
        "ask" => EventBody::SupplementAsked { on, items: Vec::new(), reason },
        "stop-clock" => EventBody::ClockStopped {
            kind: SpecialProcedureKind::Hearing,
            on,
            reason,
            basis: String::new(),
        },
        "resume" => EventBody::ClockResumed { on, due: None },
        "recount" => recounted(),
        "extend" => extended(),
        "decide" => EventBody::Decided {
            decision: Decision::Granted,
            on,
            reason,
            result_number: None,
            basis: String::new(),
            remedies: String::new(),
        },
        "ready" => EventBody::ReadyForHandover {},
        "hand-over" => {
            EventBody::HandedOver { receiver: String::new(), on, facts: None, signature: None }
        }
        "archive" => EventBody::Archived {},
        "evaluate" => EventBody::Evaluated {
            service: on,
            channel: EvaluationChannel::Screen,
            evaluation: None,
        },
        "correct" => {
            let parties = fold(vec![filed_body(&[])]).parties();
            EventBody::PartiesCorrected { was: parties.clone(), now: parties, on, reason }
        }
        "withdraw" => EventBody::Withdrawn { reason, on },
        "return" => EventBody::Returned { reason, on },
        other => panic!("no event {other}"),
    }
}

const EVENTS: [&str; 26] = [
    "filed",
    "not-required",
    "out-of-scope",
    "refused",
    "notice",
    "supplement",
    "accept",
    "deem",
    "issue",
    "print",
    "attach",
    "detach",
    "review",
    "ask",
    "stop-clock",
    "resume",
    "recount",
    "extend",
    "decide",
    "ready",
    "hand-over",
    "archive",
    "evaluate",
    "correct",
    "withdraw",
    "return",
];

/// Every step that may be taken: event, states it may be taken in, state it leads to. What is not
/// here may not happen. `+` needs everything of the notice to have arrived, `-` something of it
/// open; `?` and `!` the same of what the review asked for; `<` waits for more of what was deferred,
/// `>` has the last of it. `=` stays where it is.
const STEPS: &[(&str, &str, &str)] = &[
    ("not-required", "received", "not-required"),
    ("out-of-scope", "received", "out-of-scope"),
    ("refused", "received", "refused"),
    ("notice -", "received", "notice-given"),
    ("supplement -", "notice-given", "notice-given"),
    ("supplement +", "notice-given supplemented", "supplemented"),
    ("supplement", "deemed-accepted", "deemed-accepted"),
    ("accept +", "received notice-given supplemented", "accepted"),
    ("deem", "received", "deemed-accepted"),
    ("review", "accepted accepted-deferred deemed-accepted", "in-review"),
    (
        "stop-clock",
        "accepted accepted-deferred deemed-accepted in-review supplement-asked",
        "clock-stopped",
    ),
    (
        "ask ?",
        "accepted accepted-deferred deemed-accepted in-review supplement-asked",
        "supplement-asked",
    ),
    ("supplement !", "supplement-asked", "supplement-asked"),
    ("supplement ?", "supplement-asked", "in-review"),
    ("supplement", "clock-stopped", "clock-stopped"),
    ("supplement <", "accepted-deferred in-review", "="),
    ("supplement >", "accepted-deferred", "accepted"),
    ("supplement >", "in-review", "="),
    ("resume !", "clock-stopped", "supplement-asked"),
    ("resume ?", "clock-stopped", "in-review"),
    ("decide", "accepted accepted-deferred deemed-accepted in-review supplement-asked", "decided"),
    ("ready", "decided", "ready-for-handover"),
    ("hand-over", "decided ready-for-handover", "handed-over"),
    ("archive", "handed-over not-required out-of-scope refused withdrawn returned", "archived"),
    (
        "correct",
        "received notice-given supplemented accepted accepted-deferred deemed-accepted in-review \
         supplement-asked clock-stopped decided ready-for-handover not-required out-of-scope refused",
        "=",
    ),
    (
        "withdraw",
        "received notice-given supplemented accepted accepted-deferred deemed-accepted in-review \
         supplement-asked clock-stopped",
        "withdrawn",
    ),
    ("return", "notice-given accepted-deferred deemed-accepted supplement-asked", "returned"),
];

fn expected(name: &str, standing: Standing) -> Option<String> {
    let Standing { state, nothing_open, deferred, asked_open, deferral, .. } = standing;
    let state = state?;
    if matches!(name, "issue" | "print" | "evaluate") {
        return Some(state.as_str().to_owned());
    }
    if matches!(name, "attach" | "detach") {
        let open = "received notice-given supplemented accepted accepted-deferred deemed-accepted \
                    in-review supplement-asked clock-stopped";
        let late = "decided ready-for-handover handed-over";
        let mut fits = open.split_whitespace().chain(late.split(' ').filter(|_| name == "attach"));
        return fits.any(|s| s == state.as_str()).then(|| state.as_str().to_owned());
    }
    if name == "extend" {
        let counting = "accepted accepted-deferred deemed-accepted in-review supplement-asked";
        let counts = counting.split(' ').any(|s| s == state.as_str());
        return counts.then(|| state.as_str().to_owned());
    }
    if name == "recount" {
        let counting =
            "received accepted accepted-deferred deemed-accepted in-review supplement-asked";
        let counts = counting.split(' ').any(|s| s == state.as_str());
        return counts.then(|| state.as_str().to_owned());
    }
    let step = STEPS.iter().find(|(event, from, _)| {
        let (event, need) = event.split_once(' ').unwrap_or((event, ""));
        let fits = match need {
            "+" => nothing_open,
            "-" => !nothing_open,
            "?" => !asked_open,
            "!" => asked_open,
            "<" => deferral == Deferral::Open,
            ">" => deferral == Deferral::Arrived,
            _ => true,
        };
        event == name && fits && from.split_whitespace().any(|s| s == state.as_str())
    })?;
    let to = match step.2 {
        "=" => state.as_str(),
        "accepted" if deferred && name == "accept" => "accepted-deferred",
        to => to,
    };
    Some(to.to_owned())
}

#[test]
fn every_state_and_event_goes_where_the_table_says() {
    let mut allowed = 0;
    for state in CaseState::ALL {
        for name in EVENTS {
            for bits in 0..24u8 {
                let standing = Standing {
                    state: Some(state),
                    nothing_open: bits & 1 == 0,
                    deferred: bits & 2 == 0,
                    extended: false,
                    asked_open: bits & 4 == 0,
                    deferral: [Deferral::None, Deferral::Open, Deferral::Arrived]
                        [usize::from(bits / 8)],
                };
                let next = next(standing, &event(name)).map(|s| s.as_str().to_owned());
                assert_eq!(next, expected(name, standing), "{name} in {standing:?}");
                allowed += usize::from(next.is_some());
            }
        }
    }
    assert!(allowed > 300);
}

#[test]
fn only_a_filing_begins_a_case() {
    for name in EVENTS {
        let standing = Standing {
            state: None,
            nothing_open: true,
            deferred: false,
            extended: false,
            asked_open: false,
            deferral: Deferral::None,
        };
        let next = next(standing, &event(name));
        assert_eq!(next, (name == "filed").then_some(CaseState::Received), "{name}");
    }
}

#[test]
fn nothing_leaves_an_end_but_the_archive() {
    use CaseState as S;
    for state in [S::Archived, S::NotRequired, S::OutOfScope, S::Refused, S::Withdrawn, S::Returned]
    {
        for name in EVENTS.iter().filter(|n| !matches!(**n, "issue" | "print" | "evaluate")) {
            let standing = Standing {
                state: Some(state),
                nothing_open: true,
                deferred: false,
                extended: false,
                asked_open: false,
                deferral: Deferral::None,
            };
            let next = next(standing, &event(name));
            let told = matches!(state, S::NotRequired | S::OutOfScope | S::Refused);
            let wanted = match *name {
                "archive" => (state != S::Archived).then_some(S::Archived),
                // A refusal with a wrong name on it is given anew.
                "correct" => told.then_some(state),
                _ => None,
            };
            assert_eq!(next, wanted, "{name} in {state:?}");
        }
    }
}

#[test]
fn names_and_labels_of_states_are_all_different() {
    let names: std::collections::BTreeSet<_> = CaseState::ALL.iter().map(|s| s.as_str()).collect();
    let labels: std::collections::BTreeSet<_> = CaseState::ALL.iter().map(|s| s.label()).collect();
    assert_eq!((names.len(), labels.len()), (18, 18));
    for state in CaseState::ALL {
        assert_eq!(serde_json::to_value(state).expect("JSON"), state.as_str());
        assert!(!(state.is_under_way() && state.is_before_acceptance()));
    }
}
