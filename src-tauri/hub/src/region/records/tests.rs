use std::collections::HashMap;

use yichuang_domain::applicant::ApplicantKind;
use yichuang_domain::case::event::{EventPlace, OriginId};
use yichuang_domain::case::log::further_log;
use yichuang_domain::case::{Parties, SealedEvent};
use yichuang_domain::checklist::CheckedMaterial;
use yichuang_domain::evaluation::{Evaluation, EvaluationChannel, Satisfaction};
use yichuang_domain::identity::IdType;
use yichuang_domain::matter::SpecialProcedureKind;

use super::*;
use crate::sample::{Log, accepted, case, day, decided, filed};
use crate::store::Device;

fn device() -> Device {
    Device {
        origin: "win-7K2M-0b6e4d1f".to_owned(),
        log: "win-7K2M-0b6e4d1f".to_owned(),
        code: "7K2M".to_owned(),
        region: "150785".to_owned(),
        station: "ZX".to_owned(),
        window: "03".to_owned(),
        hall: "根河市政务服务中心".to_owned(),
        public_key: String::new(),
    }
}

fn number(practice: bool) -> yichuang_domain::numbering::CaseNumber {
    crate::sample::number(&device(), practice, 1)
}

/// The records of every event of a case, with its last one's alone.
fn told(bodies: Vec<EventBody>) -> (Made, Made) {
    let mut log = Log::of(&device());
    let mut events: Vec<(Event, SealedEvent)> = Vec::new();
    for body in bodies {
        let event = log.event(case(1), body);
        let sealed = log.keep(SealedEvent::seal(&event).unwrap());
        events.push((event, sealed));
    }
    told_of(&events)
}

fn told_of(events: &[(Event, SealedEvent)]) -> (Made, Made) {
    let folded = Case::fold(events.iter().map(|(event, _)| event.clone()).collect()).unwrap();
    let codes = Codes::shipped().unwrap();
    let stop = || {
        let stops = |(event, _): &&(Event, SealedEvent)| {
            matches!(event.body, EventBody::ClockStopped { .. })
        };
        events.iter().rfind(stops).map(|(event, sealed)| (event.clone(), sealed.hash.clone()))
    };
    let of = |(event, sealed): &(Event, SealedEvent)| {
        records(event, &sealed.hash, &folded, &codes, &stop)
    };
    (events.iter().flat_map(of).collect(), events.last().map(of).unwrap())
}

fn rows(made: &Made) -> Vec<(Table, HashMap<String, String>)> {
    let row = |record: &Record| {
        let Value::Object(row) = record.to_json("b") else { panic!("no row") };
        let text = |(name, value): (String, Value)| (name, value.as_str().unwrap().to_owned());
        (record.table, row.into_iter().map(text).collect())
    };
    made.iter().map(|one| row(one.as_ref().unwrap())).collect()
}

fn of(made: &Made, table: Table) -> Vec<HashMap<String, String>> {
    rows(made).into_iter().filter(|(found, _)| *found == table).map(|(_, row)| row).collect()
}

fn material(id: &str, check: Check) -> CheckedMaterial {
    let json = serde_json::json!({ "id": id, "name": format!("材料{id}"), "copies": 2 });
    CheckedMaterial {
        material: serde_json::from_value(json).unwrap(),
        check: Some(check),
        reason: String::new(),
    }
}

fn with(change: impl FnOnce(&mut EventBody)) -> EventBody {
    let mut body = filed(number(false), false);
    change(&mut body);
    body
}

#[test]
fn an_accepted_and_delivered_case_has_its_rows_in_the_five_tables() {
    let filing = with(|body| {
        let EventBody::Filed { matter, materials, .. } = body else { return };
        matter.code = "11150785MB0A0001884000131002000".to_owned();
        materials.extend([material("m1", Check::Present), material("m2", Check::Missing)]);
    });
    let over = EventBody::HandedOver {
        receiver: "张三".to_owned(),
        on: day(),
        facts: None,
        signature: None,
    };
    let (made, last) = told(vec![filing, accepted(), decided(), over]);
    let accept = of(&made, Table::Accept);
    let [accept] = accept.as_slice() else { panic!("{accept:?}") };
    for (column, value) in [
        ("project_no", number(false).as_str()),
        ("catalog_code", "000131002000"),
        ("org_code", "11150785MB0A000188"),
        ("applyer_name", "𠮷日嘎拉"),
        ("applyer_type", "1"),
        ("applyer_page_type", "111"),
        ("applyer_page_code", "152127199001010019"),
        ("accept_date", "20260302T000000"),
        ("handle_user_name", "白哈斯"),
        ("cd_operation", "I"),
        ("cd_batch", "b"),
    ] {
        assert_eq!(accept[column], value, "{column}");
    }
    // What is missing was not taken in.
    let materials = of(&made, Table::Material);
    assert_eq!(materials.len(), 1);
    assert_eq!((&*materials[0]["get_type"], &*materials[0]["get_num"]), ("1", "3"));
    let steps = of(&made, Table::Process);
    let names: Vec<&str> = steps.iter().map(|row| row["process_name"].as_str()).collect();
    assert_eq!(names, ["收件", "受理", "决定", "送达"]);
    let results = of(&made, Table::Result);
    assert_eq!(results.len(), 2);
    assert_eq!(results[0]["row_guid"], results[1]["row_guid"]);
    let delivered = |row: &HashMap<String, String>| {
        (
            row["cd_operation"].clone(),
            row["is_delivery_results"].clone(),
            row["result_type"].clone(),
        )
    };
    let text = |a: &str, b: &str, c: &str| (a.to_owned(), b.to_owned(), c.to_owned());
    assert_eq!(delivered(&results[0]), text("I", "0", "0"));
    assert_eq!(delivered(&results[1]), text("U", "1", "0"));
    assert_eq!(last.len(), 2);
}

#[test]
fn the_same_event_makes_the_same_records_and_every_record_has_its_own_id() {
    let bodies = || {
        let filing = with(|body| {
            let EventBody::Filed { materials, .. } = body else { return };
            materials.extend([material("m1", Check::Present), material("m2", Check::Licence)]);
        });
        vec![filing, accepted(), decided()]
    };
    let (one, other) = (told(bodies()).0, told(bodies()).0);
    assert_eq!(one, other);
    let mut ids: Vec<String> = one.into_iter().map(|record| record.unwrap().id).collect();
    let count = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), count);
}

#[test]
fn a_case_that_was_not_accepted_ends_with_its_result() {
    let stop = serde_json::json!({
        "question": "q", "question_text": "在本市吗", "choice": "no", "choice_text": "不在",
        "stop": { "outcome": "out-of-scope", "reason": "不属于本机关职权", "refer_to": "" },
    });
    let stopped = EventBody::Stopped { stopped: serde_json::from_value(stop).unwrap() };
    let withdrawn = EventBody::Withdrawn { reason: "计划有变".to_owned(), on: day() };
    for (end, result, reason) in
        [(stopped, "6", "不属于本机关职权"), (withdrawn.clone(), "5", "计划有变")]
    {
        let (_, last) = told(vec![filed(number(false), false), end]);
        let tables: Vec<Table> = rows(&last).into_iter().map(|(table, _)| table).collect();
        assert_eq!(tables, [Table::Accept, Table::Process, Table::Result]);
        let row = &of(&last, Table::Result)[0];
        assert_eq!((&*row["result_type"], &*row["result_explain"]), (result, reason));
        assert_eq!(of(&last, Table::Accept)[0]["accept_date"], "");
    }
    // Of an accepted case the platform has the acceptance already.
    let (made, _) = told(vec![filed(number(false), false), accepted(), withdrawn]);
    assert_eq!(of(&made, Table::Accept).len(), 1);
}

#[test]
fn a_corrected_name_puts_the_row_of_the_acceptance_right() {
    let filing = with(|_| ());
    let EventBody::Filed { applicant, agent, .. } = &filing else { panic!() };
    let was = Parties { applicant: applicant.clone(), agent: agent.clone() };
    let mut now = was.clone();
    now.applicant.party.name = "乌日娜".to_owned();
    let corrected =
        EventBody::PartiesCorrected { was, now, on: day(), reason: "录入有误".to_owned() };
    let (made, last) = told(vec![filing.clone(), accepted(), corrected.clone()]);
    let all = of(&made, Table::Accept);
    let row = of(&last, Table::Accept).pop().unwrap();
    assert_eq!((all.len(), &*row["cd_operation"], &*row["applyer_name"]), (2, "U", "乌日娜"));
    assert_eq!(row["row_guid"], all[0]["row_guid"], "the same row");
    assert_eq!(row["promise_date"], all[0]["promise_date"]);
    assert_eq!(of(&last, Table::Process)[0]["event_name"], "更正申请人信息");
    // Before the platform knows the case there is no row to put right.
    let (_, early) = told(vec![filing, corrected]);
    assert!(of(&early, Table::Accept).is_empty());
}

#[test]
fn a_special_procedure_is_one_row_that_is_ended() {
    let on = |text: &str| text.parse().unwrap();
    let stop = EventBody::ClockStopped {
        kind: SpecialProcedureKind::ExpertReview,
        on: on("2026-03-03"),
        reason: "消防条件".to_owned(),
        basis: String::new(),
    };
    let resume = EventBody::ClockResumed { on: on("2026-03-20"), due: None };
    let (made, _) = told(vec![filed(number(false), false), accepted(), stop, resume.clone()]);
    let special = of(&made, Table::Special);
    assert_eq!(special.len(), 2);
    assert_eq!(special[0]["row_guid"], special[1]["row_guid"]);
    assert_eq!(special[0]["special_name"], "专家评审");
    assert_eq!((&*special[0]["end_time"], &*special[1]["end_time"]), ("", "20260320T000000"));
    assert_eq!(special[1]["special_time"], "20260303T000000");
    // The last day moved with it.
    assert_eq!(of(&made, Table::Accept).len(), 2);
}

#[test]
fn what_has_no_code_is_reported_and_the_rest_is_told() {
    let filing = with(|body| {
        let EventBody::Filed { applicant, .. } = body else { return };
        applicant.kind = ApplicantKind::SoleTrader;
        applicant.party.id_type = IdType::Uscc;
    });
    let (_, last) = told(vec![filing, accepted()]);
    let [Err(unmade), Ok(process)] = last.as_slice() else { panic!("{last:?}") };
    assert_eq!((unmade.table, unmade.code), (Table::Accept, "no-code"));
    assert!(unmade.message.contains("sole-trader"), "{}", unmade.message);
    assert_eq!(process.table, Table::Process);
}

#[test]
fn practice_and_what_does_not_apply_are_never_told() {
    let practice = filed(number(true), true);
    assert!(told(vec![practice, accepted(), decided()]).0.is_empty());
    let (_, last) = told(vec![filed(number(false), false), decided()]);
    assert!(last.is_empty(), "a decision before the acceptance is a conflict");
    let unseen: OriginId = format!("{last:?}");
    assert!(!unseen.contains("𠮷"));
}

/// A window that was put back to a backup writes in another log, with places of the same numbers.
#[test]
fn what_does_not_apply_in_one_log_hides_nothing_of_another() {
    let mut logs = [Log::of(&device()), Log::of(&device())];
    logs[1].origin = further_log(&logs[1].origin, "q9");
    let mut events = Vec::new();
    let bodies = [
        (0, filed(number(false), false)),
        (0, accepted()),
        (1, EventBody::ReviewStarted {}),
        // Too late, and at the place of the acceptance that counts.
        (1, EventBody::Accepted { on: day().tomorrow().unwrap(), due: None, deferred: Vec::new() }),
    ];
    for (lamport, (log, body)) in (1..).zip(bodies) {
        let event = Event { lamport, ..logs[log].event(case(1), body) };
        let sealed = logs[log].keep(SealedEvent::seal(&event).unwrap());
        events.push((event, sealed));
    }
    let (made, last) = told_of(&events);
    assert_eq!(of(&made, Table::Accept).len(), 1, "{made:?}");
    assert!(last.is_empty(), "{last:?}");
}

#[test]
fn what_a_person_makes_count_is_told_when_they_do() {
    let settled = |adopted| {
        let of = EventPlace { origin: device().origin, seq: 2 };
        let word = EventBody::ConflictSettled { of, adopted, reason: "核实过".to_owned() };
        told(vec![filed(number(false), false), decided(), accepted(), word])
    };
    let (made, last) = settled(true);
    assert_eq!(of(&made, Table::Result).len(), 1, "once, by the settlement");
    assert_eq!(of(&last, Table::Result).len(), 1);
    let (made, last) = settled(false);
    assert_eq!((of(&made, Table::Result).len(), last.len()), (0, 0));
}

fn said(satisfaction: Option<Satisfaction>) -> EventBody {
    EventBody::Evaluated {
        service: day(),
        channel: EvaluationChannel::Screen,
        evaluation: satisfaction.map(|satisfaction| Evaluation {
            satisfaction,
            reasons: Vec::new(),
            words: String::new(),
        }),
    }
}

#[test]
fn what_an_applicant_said_is_told_by_name_and_once_a_service() {
    let evaluations = |bodies: Vec<EventBody>| {
        let filing = with(|body| {
            if let EventBody::Filed { filed_on, .. } = body {
                *filed_on = day();
            }
        });
        let (made, _) = told(std::iter::once(filing).chain(bodies).collect());
        of(&made, Table::Evaluation)
    };
    for &satisfaction in Satisfaction::ALL {
        let rows = evaluations(vec![said(Some(satisfaction))]);
        assert_eq!(rows.len(), 1);
        let row = &rows[0];
        assert_eq!(row["satisfaction"], satisfaction.word());
        assert_eq!((row["service_number"].as_str(), row["service_name"].as_str()), ("1", "收件"));
        let digits = row["satisfaction"].chars().any(|c| c.is_ascii_digit());
        assert!(!digits, "platforms number the grades in opposite directions");
    }
    assert!(evaluations(vec![]).is_empty(), "unrated is not told as good");
    assert!(evaluations(vec![said(None)]).is_empty(), "nor is who did not want to say");
    let (bad, good) = (Satisfaction::VeryDissatisfied, Satisfaction::VerySatisfied);
    let twice = evaluations(vec![said(None), said(Some(bad)), said(Some(good))]);
    let grades: Vec<_> = twice.iter().map(|row| row["satisfaction"].as_str()).collect();
    assert_eq!(grades, [bad.word()]);
}

#[test]
fn a_platform_that_takes_no_evaluations_is_told_none() {
    let codes = Codes::read(&include_str!("../codes.json").replace("true", "false")).unwrap();
    let mut log = Log::of(&device());
    let mut write = |body| {
        let event = log.event(case(1), body);
        log.keep(SealedEvent::seal(&event).unwrap());
        event
    };
    let events = [write(filed(number(false), false)), write(said(Some(Satisfaction::Fair)))];
    let folded = Case::fold(events.to_vec()).unwrap();
    assert!(records(&events[1], "hash", &folded, &codes, &|| None).is_empty());
}
