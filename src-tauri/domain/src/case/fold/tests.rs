use jiff::Timestamp;
use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::applicant::{Applicant, ApplicantKind, Party};
use crate::attachment::Announced;
use crate::calendar::WorkCalendar;
use crate::case::event::{Actor, AskedItem, Decision, GuideRef, MatterRef, SealedEvent};
use crate::checklist::{Check, CheckedMaterial};
use crate::condition::Answers;
use crate::document::{DocumentKind, DocumentNumber};
use crate::evaluation::{Evaluation, EvaluationChannel, Satisfaction};
use crate::fixture::{date, example};
use crate::identity::IdType;
use crate::matter::{Limit, LimitUnit};
use crate::named::Named as _;
use crate::numbering::{CaseNumber, NumberSource};

pub(crate) fn number() -> CaseNumber {
    let source = NumberSource {
        region: "150785".to_owned(),
        station: "Z01".to_owned(),
        device: "D07".to_owned(),
        practice: false,
    };
    CaseNumber::new(&source, date("2026-03-02"), 1)
}

/// A filing whose notice must list these materials of the first example matter.
pub(crate) fn filed_body(listed: &[&str]) -> EventBody {
    let materials = example().matters[0].materials.iter().map(|m| CheckedMaterial {
        material: m.clone(),
        check: Some(if listed.contains(&m.id.as_str()) { Check::Missing } else { Check::Present }),
        reason: String::new(),
    });
    EventBody::Filed {
        number: number(),
        matter: MatterRef {
            code: "X".to_owned(),
            name: "事项".to_owned(),
            department: "部门".to_owned(),
        },
        guide: GuideRef { release: 1, digest: String::new() },
        filed_on: date("2026-03-02"),
        applicant: Applicant {
            kind: ApplicantKind::Person,
            party: Party {
                name: "张三".to_owned(),
                id_type: IdType::Passport,
                id_number: "E12345678".to_owned(),
                phone: None,
                address: None,
            },
        },
        agent: None,
        answers: Answers::new(),
        materials: materials.collect(),
        listed: listed.iter().map(|id| (*id).to_owned()).collect(),
        notify_by: None,
        practice: false,
        bundle: None,
    }
}

fn at(origin: &str, seq: u64, lamport: u64, body: EventBody) -> Event {
    Event {
        origin: origin.to_owned(),
        seq,
        at: Timestamp::UNIX_EPOCH,
        clock_skew: None,
        lamport,
        actor: Actor { id: "0001".to_owned(), name: "李四".to_owned() },
        case: Uuid::from_u128(7),
        body,
        prev_hash: String::new(),
    }
}

fn supplemented(ids: &[&str]) -> EventBody {
    EventBody::Supplemented {
        on: date("2026-03-05"),
        ids: ids.iter().map(|id| (*id).to_owned()).collect(),
    }
}

fn notice() -> EventBody {
    let listed = vec!["m1".to_owned(), "m2".to_owned()];
    EventBody::NoticeGiven { on: date("2026-03-03"), listed }
}

fn scanned(material: &str) -> EventBody {
    let announced = Announced::of("a.pdf", b"%PDF-").expect("a document");
    EventBody::AttachmentAdded { material: material.to_owned(), announced }
}

fn unscanned(material: &str) -> EventBody {
    let hash = crate::case::event::sha256_hex(b"%PDF-");
    EventBody::AttachmentRemoved { material: material.to_owned(), hash, reason: String::new() }
}

fn accepted() -> EventBody {
    EventBody::Accepted { on: date("2026-03-05"), due: None, deferred: Vec::new() }
}

pub(crate) fn recounted() -> EventBody {
    let limit = Limit { value: 5, unit: LimitUnit::Workdays };
    let limit = WorkCalendar::default().due(date("2026-03-02"), limit);
    EventBody::LimitRecounted { limit, was: date("2026-03-06") }
}

pub(crate) fn extended() -> EventBody {
    let limit = Limit { value: 30, unit: LimitUnit::Workdays };
    EventBody::LimitExtended {
        limit: WorkCalendar::default().due(date("2026-03-02"), limit),
        was: date("2026-03-30"),
        approver: "局长".to_owned(),
        reason: "案情复杂".to_owned(),
    }
}

#[test]
fn a_limit_is_extended_once() {
    let case = fold(vec![filed_body(&[]), accepted(), extended(), extended()]);
    assert!(case.extended);
    assert_eq!(case.due.map(|due| due.limit.value), Some(30));
    assert_eq!(case.conflicts.len(), 1);
}

#[test]
fn a_clock_that_stands_still_says_since_when_and_runs_on() {
    let stopped = EventBody::ClockStopped {
        kind: crate::matter::SpecialProcedureKind::Hearing,
        on: date("2026-03-04"),
        reason: String::new(),
        basis: String::new(),
    };
    let resumed = EventBody::ClockResumed { on: date("2026-03-10"), due: None };
    let case = fold(vec![filed_body(&[]), accepted(), stopped.clone()]);
    assert_eq!(case.clock_stopped_on, Some(date("2026-03-04")));
    let case = fold(vec![filed_body(&[]), accepted(), stopped, resumed]);
    assert_eq!(case.clock_stopped_on, None);
}

fn asked(ids: &[&str]) -> EventBody {
    let item = |id: &&str| AskedItem { id: (*id).to_owned(), mend: "重新盖章".to_owned() };
    EventBody::SupplementAsked {
        on: date("2026-03-09"),
        items: ids.iter().map(item).collect(),
        reason: "公章不清".to_owned(),
    }
}

#[test]
fn what_the_review_asks_for_is_waited_for_by_itself() {
    let begin = [filed_body(&["m1", "m2"]), notice(), supplemented(&["m1", "m2"]), accepted()];
    let and = |more: &[EventBody]| fold(begin.iter().chain(more).cloned().collect());
    let case = and(&[asked(&["m2"])]);
    assert_eq!(case.state, CaseState::SupplementAsked);
    assert_eq!(case.awaited().open, ["m2"], "though it arrived for the notice");
    assert!(case.open_items().is_empty(), "the notice stays as it was");
    let case = and(&[asked(&["m2"]), supplemented(&["m1"])]);
    assert_eq!((case.state, case.conflicts.len()), (CaseState::SupplementAsked, 1));
    let case = and(&[asked(&["m2", "m1"]), supplemented(&["m1"])]);
    assert_eq!((case.state, case.awaited().open), (CaseState::SupplementAsked, vec!["m2".into()]));
    let case = and(&[asked(&["m2", "m1"]), supplemented(&["m1"]), supplemented(&["m2"])]);
    assert_eq!((case.state, case.conflicts.len()), (CaseState::InReview, 0));
    // Once more, when everything has come; not before.
    let case = and(&[asked(&["m2"]), asked(&["m1"])]);
    assert_eq!((case.asked.len(), case.conflicts.len()), (1, 1));
    let case = and(&[asked(&["m2"]), supplemented(&["m2"]), asked(&["m1"])]);
    assert_eq!((case.asked.len(), case.awaited().open), (2, vec!["m1".into()]));
    for nothing in [asked(&[]), asked(&["m99"]), asked(&["m1", "m1"])] {
        assert_eq!(and(&[nothing]).conflicts.len(), 1);
    }
}

#[test]
fn what_was_asked_for_may_arrive_while_the_clock_stands_still() {
    let begin = [filed_body(&["m1", "m2"]), notice(), supplemented(&["m1", "m2"]), accepted()];
    let stopped = EventBody::ClockStopped {
        kind: crate::matter::SpecialProcedureKind::Hearing,
        on: date("2026-03-10"),
        reason: String::new(),
        basis: String::new(),
    };
    let resumed = EventBody::ClockResumed { on: date("2026-03-12"), due: None };
    let and =
        |more: &[&EventBody]| fold(begin.iter().chain(more.iter().copied()).cloned().collect());
    let (ask, came) = (asked(&["m2"]), supplemented(&["m2"]));
    assert_eq!(and(&[&ask, &stopped, &resumed]).state, CaseState::SupplementAsked);
    assert_eq!(and(&[&ask, &stopped, &came, &resumed]).state, CaseState::InReview);
    let unasked = and(&[&stopped, &came]);
    assert_eq!((unasked.state, unasked.conflicts.len()), (CaseState::ClockStopped, 1));
}

pub(crate) fn fold(bodies: Vec<EventBody>) -> Case {
    let events = (1..).zip(bodies).map(|(n, body)| at("D07", n, n, body)).collect();
    Case::fold(events).expect("a case")
}

#[test]
fn a_case_goes_its_way_from_notice_to_acceptance() {
    let case = fold(vec![
        filed_body(&["m1", "m2"]),
        notice(),
        supplemented(&["m2"]),
        supplemented(&["m2", "m1"]),
        accepted(),
    ]);
    assert_eq!(case.state, CaseState::Accepted);
    assert_eq!(case.notice_on, Some(date("2026-03-03")));
    assert_eq!(case.accepted_on, Some(date("2026-03-05")));
    assert_eq!(case.listed, ["m1", "m2"]);
    let arrived: Vec<&str> = case.arrived.iter().map(|a| a.id.as_str()).collect();
    assert_eq!(arrived, ["m2", "m1"]);
    assert!(case.open_items().is_empty());
    assert_eq!(case.conflicts, []);
    assert_eq!(case.lamport, 5);
}

#[test]
fn acceptance_waits_until_everything_has_arrived() {
    let case = fold(vec![filed_body(&["m1", "m2"]), notice(), supplemented(&["m1"]), accepted()]);
    assert_eq!(case.state, CaseState::NoticeGiven);
    assert_eq!(case.open_items(), ["m2"]);
    assert_eq!(case.conflicts.len(), 1);
    assert_eq!(case.conflicts[0].event, accepted());
    assert_eq!(case.conflicts[0].state, Some(CaseState::NoticeGiven));
    assert_eq!(case.accepted_on, None);
}

#[test]
fn what_the_notice_does_not_list_can_not_arrive() {
    let case = fold(vec![filed_body(&["m1", "m2"]), notice(), supplemented(&["m1", "m9"])]);
    assert_eq!((case.state, case.conflicts.len()), (CaseState::NoticeGiven, 1));
    assert!(case.arrived.is_empty());
}

#[test]
fn a_notice_of_something_else_than_was_found_is_a_conflict() {
    for listed in [vec![], vec!["m1".to_owned()], vec!["m2".to_owned(), "m1".to_owned()]] {
        let other = EventBody::NoticeGiven { on: date("2026-03-03"), listed };
        let case = fold(vec![filed_body(&["m1", "m2"]), other.clone()]);
        assert_eq!((case.state, case.notice_on), (CaseState::Received, None));
        assert_eq!(case.conflicts[0].event, other);
    }
}

#[test]
fn a_second_notice_is_a_conflict_and_the_first_stays() {
    let second = EventBody::NoticeGiven { on: date("2026-03-09"), listed: Vec::new() };
    let case = fold(vec![filed_body(&["m1", "m2"]), notice(), second.clone()]);
    assert_eq!(case.notice_on, Some(date("2026-03-03")));
    assert_eq!(case.conflicts[0].event, second);
}

#[test]
fn a_limit_counted_anew_is_that_of_the_notice_before_acceptance_and_of_the_case_after() {
    let EventBody::LimitRecounted { limit, .. } = recounted() else { unreachable!() };
    let received = fold(vec![filed_body(&["m1"]), recounted()]);
    assert_eq!((received.state, &received.due), (CaseState::Received, &None));
    assert_eq!(received.notify_by.as_ref(), Some(&limit));
    let under_way = fold(vec![filed_body(&[]), accepted(), recounted()]);
    assert_eq!((under_way.state, under_way.due), (CaseState::Accepted, Some(limit)));
    let decided = EventBody::Withdrawn { reason: String::new(), on: date("2026-03-05") };
    let over = fold(vec![filed_body(&[]), accepted(), decided, recounted()]);
    assert_eq!((over.due, over.conflicts.len()), (None, 1));
}

#[test]
fn a_case_deemed_accepted_is_accepted_from_the_day_of_receipt() {
    let deemed = EventBody::DeemedAccepted {
        on: date("2026-03-02"),
        due: None,
        noticed_on: date("2026-03-10"),
    };
    let case = fold(vec![filed_body(&["m1"]), deemed, supplemented(&["m1"]), notice(), accepted()]);
    assert_eq!(case.state, CaseState::DeemedAccepted);
    assert_eq!(case.accepted_on, Some(date("2026-03-02")));
    assert_eq!(case.arrived.len(), 1);
    // Neither a notice nor an acceptance follows it.
    assert_eq!(case.conflicts.len(), 2);
}

#[test]
fn two_windows_at_once_keep_both_sides() {
    let withdrawn = EventBody::Withdrawn { reason: "撤回".to_owned(), on: date("2026-03-03") };
    let events = vec![
        at("D07", 1, 1, filed_body(&[])),
        at("D07", 2, 2, accepted()),
        at("D08", 5, 2, withdrawn.clone()),
        at("hub", 9, 3, EventBody::ReviewStarted {}),
    ];
    let case = Case::fold(events).expect("a case");
    // D07 sorts before D08, so the acceptance stands and the withdrawal follows from it.
    assert_eq!(case.state, CaseState::Withdrawn);
    assert_eq!(case.accepted_on, Some(date("2026-03-05")));
    assert_eq!(case.conflicts.len(), 1);
    assert_eq!(case.conflicts[0].origin, "hub");
}

#[test]
fn without_a_filing_there_is_no_case() {
    assert_eq!(Case::fold(Vec::new()), None);
    assert_eq!(Case::fold(vec![at("D07", 1, 1, accepted())]), None);
}

#[test]
fn papers_and_prints_are_counted() {
    let paper = DocumentNumber::new(&number(), number().device(), DocumentKind::MaterialReceipt, 1);
    let issued = EventBody::DocumentIssued {
        kind: DocumentKind::MaterialReceipt,
        number: paper.clone(),
        sha256: "aa".to_owned(),
        formal: None,
    };
    let printed = |nth| EventBody::DocumentPrinted {
        number: paper.clone(),
        printer: "P".to_owned(),
        nth,
        proof: None,
        reason: None,
        job: None,
    };
    let case = fold(vec![filed_body(&[]), issued, printed(1), printed(2)]);
    assert_eq!(case.documents.len(), 1);
    assert_eq!((case.documents[0].printed, case.state), (2, CaseState::Received));
    assert_eq!(paper.as_str(), format!("{}-SJ01", number()));
}

/// A filing of which `m1` and `m2` may follow.
fn filed_deferring() -> EventBody {
    let mut body = filed_body(&[]);
    if let EventBody::Filed { materials, .. } = &mut body {
        for material in materials.iter_mut().take(2) {
            material.check = Some(Check::Deferred);
        }
    }
    body
}

#[test]
fn what_was_deferred_follows_piece_by_piece_until_nothing_is_missing() {
    let begin = [filed_deferring(), accepted()];
    let and =
        |more: &[&EventBody]| fold(begin.iter().chain(more.iter().copied()).cloned().collect());
    let (one, other) = (supplemented(&["m1"]), supplemented(&["m2"]));
    assert_eq!(and(&[]).state, CaseState::AcceptedDeferred);
    assert_eq!(and(&[]).awaited().open, ["m1", "m2"]);
    let part = and(&[&one]);
    assert_eq!((part.state, part.awaited().open), (CaseState::AcceptedDeferred, vec!["m2".into()]));
    let whole = and(&[&one, &other]);
    assert_eq!((whole.state, whole.conflicts.len()), (CaseState::Accepted, 0));
    // In the review as well, and while a clock stands still; the review's own list comes first.
    let review = EventBody::ReviewStarted {};
    let reviewed = and(&[&review, &one, &other]);
    assert_eq!((reviewed.state, reviewed.arrived.len()), (CaseState::InReview, 2));
    let late = and(&[&review, &one, &other, &one]);
    assert_eq!(late.conflicts.len(), 1, "nothing is waited for any more");
    let ask = asked(&["m3"]);
    let both = and(&[&ask, &one]);
    assert_eq!(both.conflicts.len(), 1, "what the review asked for comes first");
    let then = and(&[&ask, &supplemented(&["m3"]), &one, &other]);
    assert_eq!((then.state, then.conflicts.len()), (CaseState::InReview, 0));
    assert_eq!((then.arrived.len(), then.asked[0].arrived.len()), (2, 1));
    // Nothing follows before the acceptance, and nothing else than what was deferred.
    let early = fold(vec![filed_deferring(), one.clone()]);
    assert_eq!(early.conflicts.len(), 1);
    assert_eq!(and(&[&supplemented(&["m3"])]).conflicts.len(), 1);
}

/// What somebody says, or not, of the service of 2 March or of a day soon after it.
fn said(given: bool, day: u8) -> EventBody {
    EventBody::Evaluated {
        service: ["2026-03-02", "2026-03-04", "2026-03-05"].map(date)[usize::from(day)],
        channel: EvaluationChannel::Screen,
        evaluation: given.then(|| Evaluation {
            satisfaction: Satisfaction::ALL[usize::from(day)],
            reasons: Vec::new(),
            words: String::new(),
        }),
    }
}

/// Any step, whether it may follow or not.
/// A correction between three names, of which only the first stands in the filing.
fn corrected(was: u8, now: u8) -> EventBody {
    let named = |n: u8| {
        let mut parties = fold(vec![filed_body(&[])]).parties();
        if n > 0 {
            parties.applicant.party.name = format!("张{n}");
        }
        parties
    };
    EventBody::PartiesCorrected {
        was: named(was),
        now: named(now),
        on: date("2026-03-05"),
        reason: String::new(),
    }
}

fn any_body() -> impl Strategy<Value = EventBody> {
    let on = date("2026-03-05");
    let reason = String::new;
    prop_oneof![
        3 => Just(notice()),
        3 => Just(supplemented(&["m1"])),
        3 => Just(supplemented(&["m1", "m2"])),
        1 => Just(supplemented(&["m9"])),
        4 => Just(accepted()),
        1 => Just(EventBody::DeemedAccepted { on, due: None, noticed_on: on }),
        2 => Just(scanned("m1")),
        1 => Just(scanned("m2")),
        1 => Just(unscanned("m1")),
        2 => Just(EventBody::ReviewStarted {}),
        2 => Just(asked(&["m1"])),
        1 => Just(asked(&["m2", "m1"])),
        1 => Just(asked(&["m99"])),
        1 => Just(EventBody::ClockStopped {
            kind: crate::matter::SpecialProcedureKind::Hearing,
            on, reason: reason(), basis: reason(),
        }),
        1 => Just(EventBody::ClockResumed { on, due: None }),
        1 => Just(recounted()),
        2 => Just(EventBody::Decided {
            decision: Decision::Granted, on, reason: reason(), result_number: None,
            basis: reason(), remedies: reason(),
        }),
        1 => Just(EventBody::HandedOver { receiver: reason(), on, facts: None, signature: None }),
        1 => Just(EventBody::Withdrawn { reason: reason(), on }),
        1 => Just(EventBody::Returned { reason: reason(), on }),
        1 => Just(EventBody::Archived {}),
        2 => (0..3u8, 0..3u8).prop_map(|(was, now)| corrected(was, now)),
        1 => Just(supplemented(&["m2"])),
        1 => (any::<bool>(), 0..3u8).prop_map(|(given, day)| said(given, day)),
        1 => Just(filed_body(&["m1"])),
    ]
}

prop_compose! {
    /// A filing and what three origins added to it, each in its own gapless log.
    pub(crate) fn any_events()(
        steps in prop::collection::vec((0usize..3, 0u64..3, any_body()), 0..14),
        deferring in any::<bool>(),
    ) -> Vec<Event> {
        let mut seqs = [1u64, 0, 0];
        let mut lamports = [1u64, 1, 1];
        let filed = if deferring { filed_deferring() } else { filed_body(&["m1", "m2"]) };
        let mut events = vec![at("D07", 1, 1, filed)];
        for (origin, ahead, body) in steps {
            seqs[origin] += 1;
            lamports[origin] += 1 + ahead;
            events.push(at(["D07", "D08", "hub"][origin], seqs[origin], lamports[origin], body));
        }
        events
    }
}

proptest! {
    #[test]
    fn neither_order_nor_repeats_change_a_case(
        (events, shuffled) in any_events().prop_flat_map(|events| {
            let doubled: Vec<Event> = events.iter().chain(&events).cloned().collect();
            (Just(events), Just(doubled).prop_shuffle())
        }),
    ) {
        prop_assert_eq!(Case::fold(events.clone()), Case::fold(shuffled));
        prop_assert_eq!(Case::fold(events.iter().rev().cloned().collect()), Case::fold(events));
    }

    /// Whatever comes, each event after the filing is either applied or kept as a conflict.
    #[test]
    fn nothing_is_dropped(events in any_events()) {
        let mut ordered = in_order(events.clone());
        let start = ordered.iter().position(|e| matches!(e.body, EventBody::Filed { .. })).expect("filed");
        let filing = ordered.remove(start);
        let mut applied = 0;
        let mut so_far = vec![filing];
        for event in &ordered {
            let before = Case::fold(so_far.clone()).expect("a case");
            let applies = before.next_state(&event.body);
            so_far.push(event.clone());
            let after = Case::fold(so_far.clone()).expect("a case");
            match applies {
                Some(state) => {
                    applied += 1;
                    prop_assert_eq!(after.state, state);
                    prop_assert_eq!(&after.conflicts, &before.conflicts);
                }
                None => {
                    prop_assert_eq!(after.conflicts.len(), before.conflicts.len() + 1);
                    let conflict = after.conflicts.last().expect("a conflict");
                    prop_assert_eq!((&conflict.origin, conflict.seq), (&event.origin, event.seq));
                    prop_assert_eq!(&conflict.event, &event.body);
                    // And nothing else has changed.
                    let unchanged = Case {
                        conflicts: before.conflicts.clone(), lamport: before.lamport, ..after.clone()
                    };
                    prop_assert_eq!(unchanged, before);
                }
            }
        }
        let case = Case::fold(events.clone()).expect("a case");
        prop_assert_eq!(applied + case.conflicts.len() + 1, events.len());
        prop_assert_eq!(case.lamport, events.iter().map(|e| e.lamport).max().expect("some"));
    }

    #[test]
    fn a_sealed_log_folds_to_the_same_case(events in any_events()) {
        let opened: Vec<Event> = events
            .iter()
            .map(|e| SealedEvent::seal(e).expect("sealed").open().expect("opened"))
            .collect();
        prop_assert_eq!(&opened, &events);
        prop_assert_eq!(Case::fold(opened), Case::fold(events));
    }
}
