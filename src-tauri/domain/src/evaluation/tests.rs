use proptest::prelude::*;

use super::*;
use crate::case::event::EventBody;
use crate::case::fold::tests::{any_events, filed_body, fold};
use crate::case::{Case, words};
use crate::fixture::date;
use crate::named::Named as _;

fn graded(satisfaction: Satisfaction) -> Evaluation {
    Evaluation { satisfaction, reasons: Vec::new(), words: String::new() }
}

fn said(service: &str, evaluation: Option<Evaluation>) -> EventBody {
    EventBody::Evaluated { service: date(service), channel: EvaluationChannel::Screen, evaluation }
}

#[test]
fn a_service_is_judged_once_and_declining_is_no_judgement() {
    let day = "2026-03-02";
    let good = || Some(graded(Satisfaction::VerySatisfied));
    let bad = || Some(graded(Satisfaction::VeryDissatisfied));
    let after = |said: Vec<EventBody>| fold(std::iter::once(filed_body(&[])).chain(said).collect());
    assert_eq!(after(vec![]).answered(date(day)), Answered::Not, "unrated is never good");
    let declined = after(vec![said(day, None)]);
    assert_eq!(declined.answered(date(day)), Answered::Declined);
    let later = after(vec![said(day, None), said(day, bad()), said(day, None)]);
    assert_eq!(later.answered(date(day)), Answered::Given);
    let twice = after(vec![said(day, bad()), said(day, good())]);
    assert_eq!(twice.evaluations.len(), 1);
    assert_eq!(twice.evaluations[0].evaluation, bad(), "the first one stays");
    assert_eq!(twice.conflicts, [], "nobody is asked which of them shall count");
}

#[test]
fn a_day_at_the_window_is_one_service() {
    let supplemented =
        |on: &str, id: &str| EventBody::Supplemented { on: date(on), ids: vec![id.to_owned()] };
    let notice = EventBody::NoticeGiven {
        on: date("2026-03-02"),
        listed: vec!["m1".to_owned(), "m2".to_owned()],
    };
    let case = fold(vec![
        filed_body(&["m1", "m2"]),
        notice,
        supplemented("2026-03-02", "m1"),
        supplemented("2026-03-04", "m2"),
        EventBody::Withdrawn { reason: "不办了".to_owned(), on: date("2026-03-04") },
    ]);
    let visits: Vec<_> = case.visits.iter().map(|v| (v.on, v.occasion)).collect();
    let wanted = [("2026-03-02", Occasion::Filing), ("2026-03-04", Occasion::Supplement)];
    assert_eq!(visits, wanted.map(|(on, occasion)| (date(on), occasion)));
}

#[test]
fn reasons_go_with_the_lower_two_grades_only() {
    for &satisfaction in Satisfaction::ALL {
        let because = vec![Dissatisfaction::Other, Dissatisfaction::Manner, Dissatisfaction::Other];
        let said =
            Evaluation {
                satisfaction, reasons: because, words: "  等了两个小时 ".to_owned()
            };
        match said.check() {
            Ok(checked) => {
                assert!(satisfaction.is_bad());
                assert_eq!(checked.reasons, [Dissatisfaction::Manner, Dissatisfaction::Other]);
                assert_eq!(checked.words, "等了两个小时");
            }
            Err(refusal) => {
                assert!(!satisfaction.is_bad());
                assert_eq!(refusal.field, "reasons");
            }
        }
        assert!(graded(satisfaction).check().is_ok(), "nobody has to say why");
    }
    let long = Evaluation { words: "好".repeat(LONGEST_WORDS + 1), ..graded(Satisfaction::Fair) };
    assert_eq!(long.check().expect_err("too long").code, RefusalCode::TooLong);
}

#[test]
fn neither_history_nor_log_says_what_was_said() {
    let words = "柜台的人不理我";
    let evaluation = Evaluation {
        satisfaction: Satisfaction::VeryDissatisfied,
        reasons: vec![Dissatisfaction::Manner],
        words: words.to_owned(),
    };
    let body = said("2026-03-02", Some(evaluation));
    let case = fold(vec![filed_body(&[]), body.clone()]);
    let shown = [
        words::detail(&case, &body),
        format!("{body:?}"),
        format!("{case:?}"),
        serde_json::to_string(&case.without_evaluations()).expect("JSON"),
    ];
    for text in shown {
        for secret in [words, "满意", "atisfied", "Manner", "manner", "生硬"] {
            assert!(!text.contains(secret), "{secret} in {text}");
        }
    }
}

#[test]
fn grades_travel_by_name() {
    let json = serde_json::to_value(graded(Satisfaction::Fair)).expect("JSON");
    assert_eq!(json, serde_json::json!({ "satisfaction": "fair" }));
    for number in ["1", "\"1\"", "5", "null"] {
        let text = format!("{{\"satisfaction\":{number}}}");
        assert!(serde_json::from_str::<Evaluation>(&text).is_err(), "{number}");
    }
    assert!(serde_json::from_str::<Evaluation>("{}").is_err(), "there is no grade by default");
}

proptest! {
    /// Whatever happens to a case, no day has two services, and a service's first grade stays.
    #[test]
    fn one_service_a_day_and_one_grade_a_service(events in any_events()) {
        let Some(case) = Case::fold(events.clone()) else { return Ok(()) };
        for (n, visit) in case.visits.iter().enumerate() {
            prop_assert!(case.visits[..n].iter().all(|earlier| earlier.on != visit.on));
        }
        for (n, said) in case.evaluations.iter().enumerate() {
            prop_assert!(case.evaluations[..n].iter().all(|e| e.service != said.service));
            let first = crate::case::fold::in_order(events.clone()).into_iter().find_map(|event| {
                match event.body {
                    EventBody::Evaluated { service, evaluation: Some(given), .. }
                        if service == said.service => Some(given),
                    _ => None,
                }
            });
            prop_assert_eq!(&said.evaluation, &first);
        }
    }
}
