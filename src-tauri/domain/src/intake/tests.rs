use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::determination::Outcome;
use crate::fixture::{example, read_fixture, scenarios};
use crate::scenario::{self, Scenario};

fn by_code(code: &str) -> Option<&'static Matter> {
    example().matter(code)
}

#[test]
fn every_scenario_is_determined_as_expected_on_the_day_of_filing() {
    let scenarios = scenarios();
    assert!(scenarios.len() >= 30);
    for (name, scenario) in scenarios {
        let matter = by_code(&scenario.intake.matter).expect("the matter");
        let calendar = &example().calendar;
        let examined = examine(matter, calendar, &scenario.intake)
            .unwrap_or_else(|refusal| panic!("{name}: {refusal:?}"));
        let determined = &examined.determination;
        let expect = Value::Object(scenario.expect.clone().expect("a result"));
        assert_eq!(json!(determined.listed), expect["listed"], "{name}");

        if scenario.notice_on.is_some() || scenario.supplements.is_some() {
            // What follows on later days is the desk's; on the day of filing it was a notice.
            assert_eq!(determined.outcome, Outcome::OneTimeNotice, "{name}");
            let notice_on = scenario.notice_on.as_deref().unwrap_or(&scenario.intake.filed_on);
            let on = parse_date(notice_on, "").expect("a date");
            let deemed = determination::is_deemed_accepted(matter, calendar, examined.filed_on, on);
            assert_eq!(deemed, expect["outcome"] == "deemed-accepted", "{name}");
            if expect["outcome"] == "one-time-notice" {
                let last = determined.notify_by.as_ref().expect("a last day").on;
                assert_eq!(json!(last), expect["notify_by"], "{name}");
            }
            continue;
        }
        assert_eq!(determined.outcome.as_str(), expect["outcome"], "{name}");
        assert_eq!(json!(determined.accepted_on), expect["accepted_on"], "{name}");
        assert_eq!(json!(determined.due.as_ref().map(|d| d.on)), expect["due"], "{name}");
        let estimated = determined.due.as_ref().is_some_and(|d| d.estimated);
        assert_eq!(json!(estimated), expect["due_estimated"], "{name}");
        let notify_by = determined.notify_by.as_ref().map(|d| d.on);
        assert_eq!(json!(notify_by), expect["notify_by"], "{name}");
        let sorted = |list: &Value| -> Vec<String> {
            let mut texts: Vec<String> = serde_json::from_value(list.clone()).expect("texts");
            texts.sort();
            texts
        };
        let papers = json!(determined.documents.iter().map(|d| d.as_str()).collect::<Vec<_>>());
        assert_eq!(sorted(&papers), sorted(&expect["documents"]), "{name}");
    }
}

#[derive(Deserialize)]
struct BadInput {
    title: String,
    scenario: Scenario,
    expect_error: ExpectedError,
}

#[derive(Deserialize)]
struct ExpectedError {
    code: RefusalCode,
    field: String,
}

#[test]
fn every_bad_input_is_refused_with_its_code_and_field() {
    let inputs: Vec<BadInput> = read_fixture("bad_inputs.json");
    assert!(inputs.len() >= 20);
    for BadInput { title, scenario, expect_error } in inputs {
        let refused = scenario::examine(by_code, &example().calendar, &scenario).expect_err(&title);
        assert_eq!(
            (refused.code, &refused.field),
            (expect_error.code, &expect_error.field),
            "{title}"
        );
        assert!(!refused.message.is_empty() && !refused.message.is_ascii(), "{title}");
    }
}

/// An intake that passes, of a matter with questions and both kinds of materials.
fn good() -> Intake {
    read_fixture("scenarios/s01-m01.json")
}

fn refused(edit: impl FnOnce(&mut Intake)) -> (RefusalCode, String) {
    let mut intake = good();
    edit(&mut intake);
    let matter = by_code(&intake.matter).expect("the matter");
    let refusal = examine(matter, &example().calendar, &intake).expect_err("refused");
    (refusal.code, refusal.field)
}

#[test]
fn the_first_fault_in_the_order_of_the_fields_is_the_one_told() {
    use RefusalCode as R;
    // From the last field to the first, each fault added to those before.
    type Edit = (fn(&mut Intake), R, &'static str);
    let edits: &[Edit] = &[
        (|i| drop(i.materials.remove(1)), R::UncheckedMaterial, "materials"),
        (|i| i.materials[0].check = "deferred".into(), R::NotAllowed, "materials[0].check"),
        (|i| i.materials[0].check = "seen".into(), R::UnknownCheck, "materials[0].check"),
        (|i| i.materials[0].id = "m5".into(), R::NotApplicable, "materials[0].id"),
        (|i| i.materials[0].id = "zz".into(), R::UnknownMaterial, "materials[0].id"),
        (|i| drop(i.answers.shift_remove("q1")), R::Unanswered, "answers.q1"),
        (|i| drop(i.answers.insert("q1".into(), "zz".into())), R::UnknownChoice, "answers.q1"),
        (|i| drop(i.answers.insert("zz".into(), "a".into())), R::UnknownQuestion, "answers.zz"),
        (
            |i| i.agent = Some(PartyInput { phone: Some("1".into()), ..i.applicant.party.clone() }),
            R::BadPhone,
            "agent.phone",
        ),
        (
            |i| i.agent.as_mut().expect("an agent").id_number = "1".into(),
            R::BadIdNumber,
            "agent.id_number",
        ),
        (
            |i| i.agent.as_mut().expect("an agent").id_type = "x".into(),
            R::UnknownIdType,
            "agent.id_type",
        ),
        (
            |i| i.agent.as_mut().expect("an agent").name = " \u{3000}".into(),
            R::EmptyName,
            "agent.name",
        ),
        (|i| i.applicant.party.phone = Some(String::new()), R::BadPhone, "applicant.phone"),
        (|i| i.applicant.party.id_number.push('0'), R::BadIdNumber, "applicant.id_number"),
        (|i| i.applicant.party.id_type = "ID".into(), R::UnknownIdType, "applicant.id_type"),
        (|i| i.applicant.party.name = "\u{200B}".into(), R::EmptyName, "applicant.name"),
        (|i| i.applicant.kind = "enterprise".into(), R::AudienceMismatch, "applicant.kind"),
        (|i| i.applicant.kind = "alien".into(), R::AudienceMismatch, "applicant.kind"),
        (|i| i.filed_on = "2026-2-3".into(), R::BadDate, "filed_on"),
    ];
    for last in 1..=edits.len() {
        let told = refused(|intake| edits[..last].iter().for_each(|(edit, ..)| edit(intake)));
        let (_, code, field) = &edits[last - 1];
        assert_eq!(told, (*code, (*field).to_owned()));
    }
}

#[test]
fn a_material_given_twice_is_told_at_its_second_place() {
    let told = refused(|i| i.materials.push(i.materials[0].clone()));
    assert_eq!(told, (RefusalCode::DuplicateMaterial, "materials[4].id".to_owned()));
}

#[test]
fn after_a_stop_nothing_further_is_checked() {
    let mut intake = good();
    intake.answers.insert("q1".into(), "b".into());
    intake.answers.shift_remove("q2");
    intake.materials[0].id = "zz".into();
    let matter = by_code(&intake.matter).expect("the matter");
    let examined = examine(matter, &example().calendar, &intake).expect("stopped");
    assert_eq!(examined.determination.outcome, Outcome::Refused);
    assert!(examined.materials.is_empty());
}

#[test]
fn an_optional_material_need_not_be_looked_at() {
    let mut intake = good();
    intake.materials.truncate(2);
    let matter = by_code(&intake.matter).expect("the matter");
    let examined = examine(matter, &example().calendar, &intake).expect("examined");
    assert_eq!(examined.determination.outcome, Outcome::Accept);
    assert_eq!(examined.materials.len(), 4);
    assert_eq!(examined.materials[3].check, None);
}

#[test]
fn who_files_is_told_by_the_agent_and_not_by_the_answers() {
    let mut intake = good();
    intake.answers.insert("agent".into(), "yes".into());
    let matter = by_code(&intake.matter).expect("the matter");
    let calendar = &example().calendar;
    let alone = examine(matter, calendar, &intake).expect("examined");
    assert_eq!(alone.answers["agent"], "no");
    let agent = PartyInput { id_type: "passport".to_owned(), ..intake.applicant.party.clone() };
    intake.agent = Some(PartyInput { id_number: "E87654321".to_owned(), ..agent });
    let refusal = examine(matter, calendar, &intake).expect_err("the power of attorney");
    assert_eq!(refusal.code, RefusalCode::UncheckedMaterial);
}

#[test]
fn a_name_keeps_every_character() {
    for name in
        ["王䶮", "𠮷田", "阿布·都", "ᠪᠠᠲᠤ", "欧阳 娜娜", "\u{F900}", "\u{323B0}", "葛\u{E0100}"]
    {
        let mut intake = good();
        intake.applicant.party.name = format!("\u{3000}{name} ");
        let matter = by_code(&intake.matter).expect("the matter");
        let examined = examine(matter, &example().calendar, &intake).expect("examined");
        assert_eq!(examined.applicant.party.name, name);
    }
}

#[test]
fn dates_are_read_strictly() {
    for text in ["2026-03-02", "2024-02-29", "1900-01-01"] {
        assert!(parse_date(text, "f").is_ok(), "{text}");
    }
    for text in [
        "2026-3-2",
        "0000-01-01",
        "1899-12-31",
        "2026-02-30",
        "2025-02-29",
        "2026-13-01",
        "20260302",
        "2026-03-02T00:00",
        "",
        " 2026-03-02",
        "２０２６-03-02",
        "2026-00-10",
        "-026-03-02",
        "2026-03-02 ",
        "+202-03-02",
    ] {
        let refusal = parse_date(text, "f").expect_err(text);
        assert_eq!((refusal.code, refusal.field.as_str()), (RefusalCode::BadDate, "f"), "{text}");
    }
}

#[test]
fn a_text_that_nothing_could_carry_or_that_breaks_a_line_is_refused() {
    let party = |name: &str| crate::applicant::PartyInput {
        name: name.to_owned(),
        id_type: "resident-id".to_owned(),
        id_number: "150785190101010019".to_owned(),
        phone: None,
        address: None,
    };
    let code = |name: &str| party(name).check("applicant").map_err(|r| (r.code, r.field));
    let field = "applicant.name".to_owned();
    assert!(code(&"·".repeat(LONGEST_NAME)).is_ok());
    let long = "王".repeat(LONGEST_NAME + 1);
    assert_eq!(code(&long).unwrap_err(), (RefusalCode::TooLong, field.clone()));
    for broken in ["王\n五", "王\t五", "王\u{7}五", "王\u{E123}", "王😀"] {
        assert_eq!(code(broken).unwrap_err(), (RefusalCode::Unprintable, field.clone()));
    }
    assert!(code("王五\n").is_ok(), "blanks around a name are no part of it");
    let pasted = party("\u{FEFF}王\u{200B}五\u{200E} ").check("applicant").unwrap();
    assert_eq!(pasted.name, "王五", "neither are marks that nobody sees");
}

proptest! {
    #[test]
    fn whatever_is_typed_is_taken_in_or_refused(
        which in any::<prop::sample::Index>(), field in 0usize..9, text in "\\PC{0,20}",
    ) {
        let scenarios = scenarios();
        let mut intake = scenarios[which.index(scenarios.len())].1.intake.clone();
        match field {
            0 => intake.filed_on = text,
            1 => intake.applicant.kind = text,
            2 => intake.applicant.party.name = text,
            3 => intake.applicant.party.id_type = text,
            4 => intake.applicant.party.id_number = text,
            5 => intake.applicant.party.phone = Some(text),
            6 => drop(intake.answers.insert(text.clone(), text)),
            7 => intake.materials.iter_mut().take(1).for_each(|m| m.id = text.clone()),
            _ => intake.materials.iter_mut().take(1).for_each(|m| m.check = text.clone()),
        }
        let matter = by_code(&intake.matter).expect("the matter");
        if let Err(refusal) = examine(matter, &example().calendar, &intake) {
            prop_assert!(!refusal.field.is_empty() && !refusal.message.is_empty());
        }
    }
}

/// An application filed the day before a cancellation is taken, one on that day is not, and what
/// arrives later belongs to the case that was taken.
#[test]
fn whether_a_matter_is_in_force_is_judged_on_the_day_of_filing() {
    let (name, mut scenario) = scenarios()
        .into_iter()
        .find(|(_, s)| s.supplements.as_ref().is_some_and(|s| !s.is_empty()))
        .expect("a case with supplements");
    let filed_on = parse_date(&scenario.intake.filed_on, "").expect("a date");
    let mut matter = by_code(&scenario.intake.matter).expect("the matter").clone();
    let until = |day| {
        let mut reference = crate::matter::MatterReference::default();
        reference.catalogue.effective_until = Some(day);
        Some(Box::new(reference))
    };
    matter.reference = until(filed_on.tomorrow().expect("a day"));
    let calendar = &example().calendar;
    let play = |matter: &Matter, scenario: &Scenario| {
        scenario::examine(|_| Some(matter), calendar, scenario)
    };
    let played = play(&matter, &scenario).unwrap_or_else(|refusal| panic!("{name}: {refusal:?}"));
    assert!(played.supplements.iter().all(|s| s.on > filed_on));

    matter.reference = until(filed_on);
    // It comes before what else is wrong: nothing that is typed would help.
    scenario.intake.applicant.party.name.clear();
    let refusal = play(&matter, &scenario).expect_err("cancelled");
    assert_eq!((refusal.code, refusal.field.as_str()), (RefusalCode::NotInForce, "matter"));
    assert!(refusal.message.contains("取消") && refusal.message.contains("请"), "{refusal}");
}

/// A number that is right by itself, of somebody who is not born on the day of filing; and an agent
/// who is the applicant.
#[test]
fn nobody_applies_before_birth_or_comes_for_themselves() {
    let (_, scenario) = scenarios()
        .into_iter()
        .find(|(_, s)| {
            s.intake.applicant.party.id_type == "resident-id" && s.intake.agent.is_some()
        })
        .expect("a case with an agent");
    let matter = by_code(&scenario.intake.matter).expect("the matter");
    let refused = |intake: &Intake| {
        let refusal = examine(matter, &example().calendar, intake).expect_err("refused");
        (refusal.code, refusal.field)
    };
    let mut intake = scenario.intake.clone();
    let number = (b'0'..=b'9').chain([b'X']).find_map(|last| {
        let number = format!("15078520301230012{}", char::from(last));
        identity::check_id_number(IdType::ResidentId, &number).ok()
    });
    intake.applicant.party.id_number = number.expect("one check digit is right");
    assert_eq!(refused(&intake), (RefusalCode::BadIdNumber, "applicant.id_number".to_owned()));

    let mut intake = scenario.intake.clone();
    intake.agent = Some(intake.applicant.party.clone());
    assert_eq!(refused(&intake), (RefusalCode::NotAllowed, "agent.id_number".to_owned()));
}
