use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;
use proptest::sample::{Index, select};

use super::*;
use crate::checklist::Check;
use crate::determination::Outcome;
use crate::fixture::{date, example};
use crate::matter::{Matter, Necessity};
use crate::named::Named as _;

fn today() -> jiff::civil::Date {
    date("2026-11-24")
}

/// Every card that comes with the program or is made from the example guide.
fn all_cards() -> Vec<(RoleCard, &'static Matter)> {
    let guide = example();
    let made = guide.matters.iter().flat_map(cards_of);
    let all = shipped().into_iter().chain(made);
    all.map(|card| (guide.matter(&card.matter).expect("a matter of the example"), card))
        .map(|(matter, card)| (card, matter))
        .collect()
}

fn truth_of(card: &RoleCard, matter: &Matter) -> Truth {
    truth(card, matter, &example().calendar, today()).expect("a card that can be played")
}

/// What a clerk files who saw everything.
fn perfect(truth: &Truth) -> Performance {
    let right = truth.examined.clone();
    Performance {
        filed_on: right.filed_on,
        applicant: right.applicant,
        agent: right.agent,
        answers: right.answers,
        materials: right.materials,
        stopped: right.determination.stopped,
        told_later: false,
    }
}

fn marks(steps: &[(TrainingStep, i64)], said: &[CourtesyWord]) -> Vec<TimedMark> {
    let mut at = Timestamp::UNIX_EPOCH;
    let mut marks = Vec::new();
    for (step, seconds) in steps {
        marks.push(TimedMark { at, mark: TrainingMark::Step { step: *step } });
        at += SignedDuration::from_secs(*seconds);
    }
    for word in said {
        marks.push(TimedMark { at, mark: TrainingMark::Said { word: *word, said: true } });
    }
    marks.push(TimedMark { at, mark: TrainingMark::Finished });
    marks
}

/// In good time, with everything said.
fn good_course(outcome: Outcome) -> Course {
    let owed: Vec<_> =
        CourtesyWord::ALL.iter().copied().filter(|word| word.is_owed(outcome)).collect();
    Course::of(&marks(&[(TrainingStep::Questions, 30), (TrainingStep::Materials, 60)], &owed))
}

fn scored(card: &RoleCard, matter: &Matter, filed: &Performance) -> Score {
    let truth = truth_of(card, matter);
    let course = good_course(truth.examined.determination.outcome);
    score(card, &truth, matter, &example().calendar, filed, &course)
}

#[test]
fn every_card_that_comes_with_the_program_can_be_played_and_is_worth_100_points() {
    assert_eq!(shipped().len(), 6);
    let mut outcomes = Vec::new();
    for (card, matter) in all_cards() {
        let found = check_card(&card, Some(matter), &example().calendar, today());
        let blocking: Vec<_> = found.iter().filter(|one| one.blocks).collect();
        assert!(blocking.is_empty(), "{} of {}: {blocking:?}", card.id, matter.name);
        let truth = truth_of(&card, matter);
        outcomes.push(truth.examined.determination.outcome);
        let score = scored(&card, matter, &perfect(&truth));
        assert_eq!((score.points, score.findings), (100, vec![]), "{}", card.id);
    }
    assert!(outcomes.len() > 70, "{}", outcomes.len());
    for outcome in [
        Outcome::Accept,
        Outcome::AcceptDeferred,
        Outcome::OneTimeNotice,
        Outcome::NotRequired,
        Outcome::Refused,
    ] {
        assert!(outcomes.contains(&outcome), "{outcome:?}");
    }
}

#[test]
fn cards_are_made_of_long_names_and_of_matters_without_materials() {
    let long = "很长的名称".repeat(20);
    let mut made = 0;
    for matter in &example().matters {
        let mut matter = matter.clone();
        matter.name.clone_from(&long);
        for material in &mut matter.materials {
            material.name.push_str(&long);
            material.issuer.clone_from(&long);
        }
        for card in cards_of(&matter) {
            let found = check_card(&card, Some(&matter), &example().calendar, today());
            assert!(found.iter().all(|one| !one.blocks || one.path == "story"), "{found:?}");
            made += 1;
        }
        matter.materials.clear();
        matter.questions.clear();
        assert_eq!(cards_of(&matter).len(), 1, "only one in which all is in order");
    }
    assert!(made > 60, "{made}");
}

#[test]
fn the_written_cards_come_out_as_their_stories_say() {
    let right = |id: &str| {
        let card = shipped().into_iter().find(|card| card.id == id).expect(id);
        let matter = example().matter(&card.matter).expect("a matter");
        truth_of(&card, matter).examined.determination
    };
    assert_eq!(right("pension-first").outcome, Outcome::Accept);
    assert_eq!(right("pension-card").listed, ["m4", "m5"]);
    assert_eq!(right("abroad-emergency").outcome, Outcome::NotRequired);
    assert_eq!(right("abroad-retired").deferred, ["m3"]);
    assert_eq!(right("social-card-child").listed, ["m3", "m6", "m8"]);
    assert_eq!(right("pension-agent").listed, ["m8"]);
    assert_eq!(right("pension-agent").committed, ["m7"]);
}

#[test]
fn what_was_taken_without_being_good_is_missed_and_what_was_refused_though_good_is_invented() {
    let card = shipped().into_iter().find(|card| card.id == "social-card-child").expect("a card");
    let matter = example().matter(&card.matter).expect("a matter");
    let truth = truth_of(&card, matter);
    let mut filed = perfect(&truth);
    for one in &mut filed.materials {
        one.check = Some(if one.material.id == "m1" { Check::Defective } else { Check::Present });
    }
    let score = scored(&card, matter, &filed);
    let named: Vec<_> = score.findings.iter().map(|f| (f.kind, f.of.as_str())).collect();
    assert_eq!(
        named,
        [
            (FindingKind::MissedDefect, "社会保障卡挂失确认"),
            (FindingKind::MissedDefect, "近期免冠电子照片"),
            (FindingKind::MissedDefect, "载有亲子关系的户口簿或出生医学证明"),
            (FindingKind::MissedDefect, "监护人有效身份证件"),
            (FindingKind::InventedDefect, "社会保障卡业务申请表"),
        ],
        "m5 need not be there, but who takes it must have it: {named:?}"
    );
    let expired = score.findings.iter().find(|f| f.of == "监护人有效身份证件").expect("it");
    assert!(expired.why.contains("过期") && expired.why.contains("受理标准"), "{}", expired.why);
    assert!(expired.source.contains("社会保障卡补领"), "{}", expired.source);
}

#[test]
fn time_is_counted_by_step_and_who_left_is_not_counted_for_hours() {
    let course = Course::of(&marks(
        &[
            (TrainingStep::Questions, 40),
            (TrainingStep::Materials, 100),
            (TrainingStep::Questions, 5),
            (TrainingStep::Papers, 9 * 3600),
        ],
        &[],
    ));
    let seconds: Vec<_> = course.steps(10).iter().map(|one| (one.seconds, one.hint)).collect();
    assert_eq!(seconds, [(45, 120), (0, 120), (100, 240), (0, 60), (1800, 60)]);
    assert_eq!(course.total(), 1945);
    let set_back = [
        TimedMark {
            at: Timestamp::UNIX_EPOCH,
            mark: TrainingMark::Step { step: TrainingStep::Papers },
        },
        TimedMark {
            at: Timestamp::UNIX_EPOCH - SignedDuration::from_secs(9),
            mark: TrainingMark::Finished,
        },
    ];
    assert_eq!(Course::of(&set_back).total(), 0);
}

#[test]
fn words_taken_back_were_not_said_and_slowness_is_named_once() {
    let card = &shipped()[0];
    let matter = example().matter(&card.matter).expect("a matter");
    let truth = truth_of(card, matter);
    let mut all = marks(&[(TrainingStep::Materials, 1700)], &[CourtesyWord::Greeting]);
    let back = TrainingMark::Said { word: CourtesyWord::Greeting, said: false };
    all.push(TimedMark { at: Timestamp::UNIX_EPOCH, mark: back });
    let course = Course::of(&all);
    let found = score(card, &truth, matter, &example().calendar, &perfect(&truth), &course);
    let of = |kind| found.findings.iter().filter(|f| f.kind == kind).count();
    assert_eq!((of(FindingKind::WordSkipped), of(FindingKind::Slow)), (5, 1));
    assert_eq!(found.points, 100 - 5 * 2 - 5);
    assert!(found.findings.iter().all(|f| !f.source.is_empty() && !f.why.is_empty()));
}

#[test]
fn a_card_that_says_what_its_picture_does_not_show_is_named() {
    let guide = example();
    let card = shipped().into_iter().find(|card| card.id == "social-card-child").expect("a card");
    let matter = guide.matter(&card.matter);
    let blocked = |change: &dyn Fn(&mut RoleCard)| -> Vec<String> {
        let mut card = card.clone();
        change(&mut card);
        let found = check_card(&card, matter, &guide.calendar, today());
        found.into_iter().filter(|one| one.blocks).map(|one| one.path).collect()
    };
    assert_eq!(blocked(&|_| {}), Vec::<String>::new());
    assert_eq!(blocked(&|card| card.documents[3].facts.valid = Some(9)), ["documents[3].defect"]);
    assert_eq!(blocked(&|card| card.documents[3].defect = None), ["documents[3].defect"]);
    assert_eq!(
        blocked(&|card| card.documents[0].material = Some("m99".into())),
        ["documents[0]", "absent"]
    );
    assert_eq!(blocked(&|card| card.documents[0].how = Brought::Electronic), ["documents[0]"]);
    assert_eq!(blocked(&|card| card.absent.clear()), ["absent"]);
    assert_eq!(blocked(&|card| card.absent.push("m1".into())), ["absent"]);
    assert_eq!(blocked(&|card| card.replies.truncate(1)), ["replies.q2"]);
    assert_eq!(blocked(&|card| card.applicant.party.id_number.clear()), ["applicant.id_number"]);
    assert_eq!(blocked(&|card| card.title.clear()), ["title"]);
    assert_eq!(blocked(&|card| card.minutes = 0), ["minutes"]);
    assert_eq!(
        blocked(&|card| card.documents[2].material = Some("m4".into())),
        ["documents[2]", "absent"]
    );
    let long = "很".repeat(21);
    assert_eq!(blocked(&|card| card.documents[0].facts.lines.push(long.clone())), ["documents[0]"]);
    let gone = check_card(&card, None, &guide.calendar, today());
    assert_eq!(gone.len(), 1);
}

/// A deviation, and the kind that names it.
#[derive(Clone, Debug)]
enum Slip {
    Check(Index, Check),
    Unread(Index),
    Name,
    Phone,
    Word(Index),
    Later,
    Reason(Index),
}

fn slips() -> impl Strategy<Value = Slip> {
    prop_oneof![
        4 => (any::<Index>(), select(Check::ALL.to_vec())).prop_map(|(at, check)| Slip::Check(at, check)),
        1 => any::<Index>().prop_map(Slip::Unread),
        1 => Just(Slip::Name),
        1 => Just(Slip::Phone),
        1 => any::<Index>().prop_map(Slip::Word),
        1 => Just(Slip::Later),
        1 => any::<Index>().prop_map(Slip::Reason),
    ]
}

proptest! {
    #[test]
    fn every_single_deviation_costs_points_and_is_named(which: Index, slip in slips()) {
        let cards = all_cards();
        let (card, matter) = which.get(&cards);
        let truth = truth_of(card, matter);
        let right = truth.examined.determination.outcome;
        let mut filed = perfect(&truth);
        let mut course = good_course(right);
        let named: Vec<FindingKind> = match &slip {
            Slip::Check(at, check) => {
                prop_assume!(!filed.materials.is_empty());
                let at = at.index(filed.materials.len());
                prop_assume!(!truth.checks[at].accepted.contains(check));
                filed.materials[at].check = Some(*check);
                vec![FindingKind::MissedDefect, FindingKind::InventedDefect, FindingKind::WrongCheck]
            }
            Slip::Unread(at) => {
                prop_assume!(!filed.materials.is_empty());
                let at = at.index(filed.materials.len());
                prop_assume!(!truth.checks[at].may_be_open);
                filed.materials[at].check = None;
                vec![FindingKind::MissedDefect, FindingKind::WrongCheck]
            }
            Slip::Name => {
                filed.applicant.party.name.push('某');
                vec![FindingKind::Mistyped]
            }
            Slip::Phone => {
                filed.applicant.party.phone = Some("19911111111".to_owned());
                vec![FindingKind::Mistyped]
            }
            Slip::Word(at) => {
                let word = *at.get(&course.said);
                course.said.retain(|one| *one != word);
                vec![FindingKind::WordSkipped]
            }
            Slip::Later => {
                prop_assume!(right == Outcome::OneTimeNotice);
                filed.told_later = true;
                vec![FindingKind::ToldLater]
            }
            Slip::Reason(at) => {
                let wrong: Vec<_> = (0..filed.materials.len())
                    .filter(|at| filed.materials[*at].check == Some(Check::Defective))
                    .collect();
                prop_assume!(!wrong.is_empty());
                filed.materials[*at.get(&wrong)].reason.clear();
                vec![FindingKind::NoReason]
            }
        };
        let found = score(card, &truth, matter, &example().calendar, &filed, &course);
        prop_assert!(found.points < 100);
        prop_assert!(found.findings.iter().any(|one| named.contains(&one.kind)), "{:?}", found.findings);
        prop_assert!(found.findings.iter().all(|one| one.cost == one.kind.cost()));
        let lost: u32 = found.findings.iter().map(|one| one.cost).sum();
        prop_assert_eq!(found.points, 100u32.saturating_sub(lost));
    }

    #[test]
    fn the_order_in_which_things_were_looked_at_and_said_does_not_matter(which: Index, seed: u64) {
        let cards = all_cards();
        let (card, matter) = which.get(&cards);
        let truth = truth_of(card, matter);
        let mut filed = perfect(&truth);
        for one in filed.materials.iter_mut().filter(|m| m.material.necessity == Necessity::Required) {
            one.check = Some(Check::Present);
        }
        let before = scored(card, matter, &filed);
        let by = usize::try_from(seed % 7).unwrap_or(0);
        let n = filed.materials.len().max(1);
        filed.materials.rotate_left(by % n);
        filed.answers.reverse();
        prop_assert_eq!(before, scored(card, matter, &filed));
    }

    #[test]
    fn whatever_an_author_types_is_checked_without_a_panic(text in ".{0,12}", days in any::<i32>(), cut in 0usize..4) {
        let mut card = shipped()[4].clone();
        for document in &mut card.documents {
            document.facts.valid = Some(days);
            document.facts.holder.clone_from(&text);
            let _ = document.days(today());
        }
        card.replies.truncate(cut);
        card.applicant.party.name = text;
        let matter = example().matter(&card.matter);
        let found = check_card(&card, matter, &example().calendar, today());
        if let Ok(read) = truth(&card, matter.expect("it"), &example().calendar, today()) {
            prop_assert_eq!(read.examined.filed_on, today());
        } else {
            prop_assert!(found.iter().any(|one| one.blocks));
        }
    }
}
