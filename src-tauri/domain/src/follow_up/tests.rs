use proptest::prelude::*;

use super::counts::FollowUpCounts;
use super::*;
use crate::case::event::EventBody;
use crate::case::fold::tests::{filed_body, fold};
use crate::evaluation::{EvaluationChannel, Satisfaction};
use crate::fixture::{date, example};
use crate::named::Named as _;
use crate::refusal::RefusalCode;

fn task() -> FollowUp {
    FollowUp::arrived(date("2026-03-02"), date("2026-03-04"))
}

fn input(words: &str) -> StepInput {
    StepInput {
        finding: "upheld".to_owned(),
        complex: false,
        on: "2026-03-05".to_owned(),
        way: "phone".to_owned(),
        tries: "1".to_owned(),
        words: words.to_owned(),
    }
}

fn step(task: &FollowUp, kind: StepKind, input: &StepInput) -> FollowUpStep {
    prepare(kind, input, task, date("2026-03-06")).expect("it follows")
}

fn taken(task: FollowUp, kind: StepKind, input: &StepInput) -> FollowUp {
    task.after(&step(&task, kind, input)).expect("what is prepared follows")
}

/// The field and the code of a refusal.
fn refused(task: &FollowUp, kind: StepKind, input: &StepInput) -> (String, RefusalCode) {
    let refusal = prepare(kind, input, task, date("2026-03-06")).expect_err("refused");
    (refusal.field, refusal.code)
}

#[test]
fn a_rating_is_looked_into_put_right_and_told() {
    let upheld = taken(task(), StepKind::Verify, &input("窗口确未一次告知"));
    assert_eq!(upheld.state, FollowUpState::Upheld);
    let mended = taken(upheld, StepKind::Mend, &input("已致歉，重发清单"));
    assert_eq!(mended.state, FollowUpState::Mended);
    let over = taken(mended, StepKind::Visit, &input("满意"));
    assert_eq!((over.state, over.steps), (FollowUpState::Visited, 3));
    assert!(!over.state.is_open());
}

#[test]
fn what_is_mistaken_or_malicious_needs_nothing_more_and_can_be_taken_up_again() {
    for finding in ["mistaken", "malicious"] {
        let found = StepInput { finding: finding.to_owned(), complex: true, ..input("按错") };
        let over = taken(task(), StepKind::Verify, &found);
        assert_eq!((over.state, over.complex), (FollowUpState::NotAdopted, false));
        let again = taken(over, StepKind::Reopen, &input("申请人有异议"));
        assert_eq!(again.state, FollowUpState::Arrived);
        assert_eq!((again.since, again.service), (date("2026-03-06"), date("2026-03-02")));
        assert_eq!(again.steps, 2, "nothing of before is forgotten");
    }
}

#[test]
fn who_can_not_be_reached_is_tried_three_times_in_all() {
    let mended = FollowUp { state: FollowUpState::Mended, ..task() };
    let once = taken(mended, StepKind::Miss, &input(""));
    assert_eq!((once.state, once.tries), (FollowUpState::Mended, 1));
    let twice = StepInput { tries: " 2 ".to_owned(), ..input("") };
    let over = taken(once, StepKind::Miss, &twice);
    assert_eq!((over.state, over.tries), (FollowUpState::Unreached, 3));
    // Who calls back is heard.
    assert_eq!(taken(over, StepKind::Visit, &input("已知悉")).state, FollowUpState::Visited);
    for tries in ["", "0", "-1", "21", "x", "99999999999999999999"] {
        let wrong = StepInput { tries: tries.to_owned(), ..input("") };
        assert_eq!(
            refused(&mended, StepKind::Miss, &wrong),
            ("tries".to_owned(), RefusalCode::NotAllowed)
        );
    }
}

#[test]
fn what_is_missing_is_named() {
    let at = |field: &str, code| (field.to_owned(), code);
    use RefusalCode as Code;
    let empty = at("words", Code::EmptyText);
    assert_eq!(refused(&task(), StepKind::Verify, &input(" \r\n ")), empty);
    let none = StepInput { finding: "fine".to_owned(), ..input("x") };
    assert_eq!(refused(&task(), StepKind::Verify, &none), at("finding", Code::NotAllowed));
    let long = input(&"长".repeat(1001));
    assert_eq!(refused(&task(), StepKind::Verify, &long), at("words", Code::TooLong));
    let control = input("a\u{0}b");
    assert_eq!(refused(&task(), StepKind::Verify, &control), at("words", Code::NotAllowed));
    let mended = FollowUp { state: FollowUpState::Mended, ..task() };
    let no_way = StepInput { way: String::new(), ..input("x") };
    assert_eq!(refused(&mended, StepKind::Visit, &no_way), at("way", Code::NotAllowed));
    for on in ["2026-03-07", "2026-03-01", "2026-02-30", "", "0000-00-00"] {
        let wrong = StepInput { on: on.to_owned(), ..input("x") };
        assert_eq!(refused(&mended, StepKind::Visit, &wrong), at("on", Code::BadDate), "{on}");
    }
    assert_eq!(refused(&task(), StepKind::Mend, &input("x")), at("step", Code::NotNow));
}

#[test]
fn each_step_is_due_by_workdays_from_the_day_it_came() {
    let calendar = &example().calendar;
    let limits = FollowUpLimits::default();
    // 2026-03-04 is a Wednesday.
    let due = |task: &FollowUp| limits.last_day(task, calendar);
    assert_eq!(due(&task()), Some(date("2026-03-05")));
    let upheld = FollowUp { state: FollowUpState::Upheld, ..task() };
    assert_eq!(due(&upheld), Some(date("2026-03-11")));
    let complex = FollowUp { complex: true, ..upheld };
    assert_eq!(due(&complex), Some(date("2026-03-25")));
    assert_eq!(due(&FollowUp { state: FollowUpState::Mended, ..complex }), due(&complex));
    for over in FollowUpState::ALL.iter().filter(|state| !state.is_open()) {
        assert_eq!(due(&FollowUp { state: *over, ..task() }), None);
    }
}

#[test]
fn limits_are_numbers_in_order() {
    let parse = FollowUpLimits::parse;
    let good = parse("2", " 7 ", "20").expect("limits");
    assert_eq!(good, FollowUpLimits { verify: 2, mend: 7, complex: 20 });
    for (given, field) in [
        (("0", "5", "15"), "verify"),
        (("x", "5", "15"), "verify"),
        (("1", "61", "15"), "mend"),
        (("1", "5", ""), "complex"),
        (("6", "5", "15"), "mend"),
        (("1", "5", "4"), "complex"),
    ] {
        let refusal = parse(given.0, given.1, given.2).expect_err("refused");
        assert_eq!((refusal.code, refusal.field.as_str()), (RefusalCode::BadLimit, field));
    }
}

fn rated(satisfaction: Satisfaction) -> EventBody {
    let said = Evaluation { satisfaction, reasons: Vec::new(), words: String::new() };
    EventBody::Evaluated {
        service: date("2026-03-02"),
        channel: EvaluationChannel::Screen,
        evaluation: Some(said),
    }
}

#[test]
fn only_the_lower_two_grades_of_real_cases_are_followed_up() {
    for grade in Satisfaction::ALL {
        let mut case = fold(vec![filed_body(&[]), rated(*grade)]);
        case.practice = false;
        assert_eq!(poor_ratings(&case).count(), usize::from(grade.is_bad()), "{grade:?}");
        case.practice = true;
        assert_eq!(poor_ratings(&case).count(), 0, "practice makes no task");
    }
    // What was said first counts, also where it was good.
    let mut case = fold(vec![
        filed_body(&[]),
        rated(Satisfaction::Fair),
        rated(Satisfaction::VeryDissatisfied),
    ]);
    case.practice = false;
    assert_eq!(poor_ratings(&case).count(), 0);
}

#[test]
fn rates_leave_out_what_was_not_adopted_and_count_what_waits() {
    let mut counts = FollowUpCounts::default();
    assert_eq!((counts.mended_per_mille(), counts.visited_per_mille()), (None, None));
    counts.add(FollowUpState::NotAdopted, 4);
    assert_eq!(counts.mended_per_mille(), None, "nothing to put right");
    counts.add(FollowUpState::Visited, 1999);
    assert_eq!(counts.visited_per_mille(), Some(1000));
    counts.add(FollowUpState::Arrived, 1);
    assert_eq!(counts.mended_per_mille(), Some(999), "what nobody looked into is not put right");
    counts.add(FollowUpState::Unreached, 2000);
    assert_eq!((counts.mended, counts.unreached, counts.poor), (3999, 2000, 4004));
    assert_eq!(counts.visited_per_mille(), Some(499));
}

fn any_step() -> impl Strategy<Value = (usize, StepInput)> {
    let words = prop_oneof![Just(String::new()), Just("写明".to_owned())];
    let finding = prop_oneof![Just("upheld"), Just("mistaken"), Just("malicious"), Just("")];
    (0..5usize, words, finding, any::<bool>(), 0..5u32).prop_map(
        |(kind, words, finding, complex, tries)| {
            let (finding, tries) = (finding.to_owned(), tries.to_string());
            (kind, StepInput { finding, complex, tries, words, ..input("") })
        },
    )
}

proptest! {
    /// Whatever is tried in whatever order: what is prepared follows, a fold of what was stored is
    /// where the task stands, and parts fit into their wholes.
    #[test]
    fn a_task_is_the_fold_of_its_steps(tried in prop::collection::vec(any_step(), 0..30)) {
        let (mut now, mut stored) = (task(), Vec::new());
        for (kind, input) in tried {
            let kind = StepKind::ALL[kind];
            let offered = now.state.offered().contains(&kind);
            match prepare(kind, &input, &now, date("2026-03-06")) {
                Ok(step) => {
                    prop_assert!(offered);
                    now = now.after(&step).expect("it follows");
                    let text = serde_json::to_string(&step).expect("json");
                    stored.push(serde_json::from_str(&text).expect("what was written is read"));
                }
                Err(refusal) => prop_assert_eq!(refusal.code == RefusalCode::NotNow, !offered),
            }
        }
        prop_assert_eq!(task().fold(&stored), now);
        prop_assert_eq!(now.steps as usize, stored.len());
        let mut counts = FollowUpCounts::default();
        counts.add(now.state, 1);
        prop_assert!(counts.visited <= counts.mended && counts.mended <= counts.adopted());
    }
}
