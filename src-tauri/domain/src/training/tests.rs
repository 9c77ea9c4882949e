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

/// Something that can be seen to be wrong with a paper, as [`spoilt`] makes it so.
const SEEN: [DefectKind; 7] = [
    DefectKind::Expired,
    DefectKind::OtherNumber,
    DefectKind::NoSeal,
    DefectKind::Unsigned,
    DefectKind::Illegible,
    DefectKind::CopyOnly,
    DefectKind::PagesMissing,
];

/// The paper with that defect to be seen; none where a paper of its kind can't show it.
fn spoilt(document: &CardDocument, matter: &Matter, kind: DefectKind) -> Option<CardDocument> {
    let mut document = document.clone();
    let material = matter.material(document.material.as_deref()?)?;
    let facts = &mut document.facts;
    match kind {
        DefectKind::Expired => facts.valid = Some(-1),
        DefectKind::OtherNumber => {
            let last = facts.number.pop()?;
            facts.number.push(if last == '0' { '1' } else { '0' });
        }
        DefectKind::NoSeal => facts.sealed = false,
        DefectKind::Unsigned => facts.signed = false,
        DefectKind::Illegible => facts.legible = false,
        DefectKind::CopyOnly => facts.copy = true,
        DefectKind::PagesMissing => facts.of_pages = facts.pages + 1,
        _ => return None,
    }
    let can = match kind {
        DefectKind::NoSeal => document.picture.is_sealed(),
        DefectKind::Unsigned => document.picture.is_signed(),
        DefectKind::CopyOnly => material.handling != crate::matter::MaterialHandling::KeepCopy,
        // That of somebody who did not come: nobody at the window can tell it.
        DefectKind::OtherNumber => {
            matches!(document.picture, PictureKind::IdCard | PictureKind::Form)
        }
        _ => true,
    };
    can.then_some(document)
}

fn finds(card: &RoleCard, matter: &Matter) -> Vec<CardFinding> {
    check_card(card, Some(matter), &example().calendar, today())
}

#[test]
fn what_a_trainee_would_see_is_named_where_the_card_does_not_write_it() {
    let card = shipped().into_iter().find(|card| card.id == "pension-first").expect("a card");
    let matter = example().matter(&card.matter).expect("a matter");
    let found = |change: &dyn Fn(&mut RoleCard)| -> Vec<(bool, String)> {
        let mut card = card.clone();
        change(&mut card);
        finds(&card, matter).into_iter().map(|one| (one.blocks, one.path)).collect()
    };
    let must = |path: &str| vec![(true, path.to_owned())];
    assert_eq!(found(&|_| {}), vec![]);
    let other = "150785190512310032";
    assert_eq!(
        found(&|card| card.documents[1].facts.number = other.into()),
        must("documents[1].defect")
    );
    assert_eq!(
        found(&|card| card.documents[1].facts.holder = "李建国".into()),
        must("documents[1].defect")
    );
    assert_eq!(found(&|card| card.documents[0].facts.signed = false), must("documents[0].defect"));
    assert_eq!(found(&|card| card.documents[2].facts.sealed = false), must("documents[2].defect"));
    assert_eq!(
        found(&|card| card.documents[2].facts.number = other.into()),
        must("documents[2].defect")
    );
    assert_eq!(
        found(&|card| card.documents[1].facts.issued = Some(1)),
        must("documents[1].defect")
    );
    assert_eq!(found(&|card| card.documents[1].facts.pages = 3), must("documents[1]"));
    // The number of a household is none of a person, and a small x is the same.
    assert_eq!(found(&|card| card.documents[2].facts.number = "004512".into()), vec![]);
    assert_eq!(found(&|card| card.documents[1].facts.number.make_ascii_lowercase()), vec![]);
    // That of somebody who did not come may be meant so.
    let guardian = |card: &mut RoleCard| {
        card.documents[1].facts.holder = "李建国".into();
        card.documents[1].facts.number = other.into();
    };
    assert_eq!(found(&guardian), [(false, "documents[1].defect".to_owned())]);
}

#[test]
fn a_defect_that_the_picture_has_no_place_for_can_not_be_written() {
    let card = shipped().into_iter().find(|card| card.id == "pension-first").expect("a card");
    let matter = example().matter(&card.matter).expect("a matter");
    let blocked = |at: usize, kind: DefectKind| {
        let mut card = card.clone();
        let facts = &mut card.documents[at].facts;
        (facts.sealed, facts.signed) = (false, false);
        card.documents[at].defect =
            Some(Defect { kind, words: "不对".into(), on_the_spot: false });
        finds(&card, matter).iter().any(|one| one.blocks)
    };
    assert!(blocked(0, DefectKind::NoSeal) && !blocked(0, DefectKind::Unsigned));
    assert!(!blocked(2, DefectKind::NoSeal) && blocked(2, DefectKind::Unsigned));
    assert!(blocked(1, DefectKind::NoSeal) && blocked(1, DefectKind::Unsigned));
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
    fn what_is_seen_must_be_written_and_what_is_written_must_be_seen(
        which: Index, at: Index, kind in select(SEEN.to_vec()), on_the_spot: bool
    ) {
        let cards = all_cards();
        let (card, matter) = which.get(&cards);
        let sound: Vec<usize> = (0..card.documents.len())
            .filter(|at| card.documents[*at].how == Brought::Paper && card.documents[*at].defect.is_none())
            .collect();
        prop_assume!(!sound.is_empty());
        let at = *at.get(&sound);
        let worse = spoilt(&card.documents[at], matter, kind);
        prop_assume!(worse.is_some());
        let blocked = |document: CardDocument| {
            let mut card = card.clone();
            card.documents[at] = document;
            let found = finds(&card, matter).into_iter();
            found.filter(|one| one.blocks).map(|one| one.path).collect::<Vec<_>>()
        };
        let here = vec![format!("documents[{at}].defect")];
        let worse = worse.expect("it");
        let whose = |p: &crate::applicant::PartyInput| p.name == worse.facts.holder;
        let somebodys = whose(&card.applicant.party) || card.agent.as_ref().is_some_and(whose);
        if kind != DefectKind::OtherNumber || somebodys {
            prop_assert_eq!(blocked(worse.clone()), here.clone());
        }
        let defect = Some(Defect { kind, words: "不符合".to_owned(), on_the_spot });
        prop_assert_eq!(blocked(CardDocument { defect: defect.clone(), ..worse.clone() }), Vec::<String>::new());
        if kind != DefectKind::OtherNumber || somebodys {
            prop_assert_eq!(blocked(CardDocument { defect: defect.clone(), ..card.documents[at].clone() }), here.clone());
        }
        // A second one that is not written: who sees it can't have the first put right.
        let other = if kind == DefectKind::Illegible { DefectKind::Expired } else { DefectKind::Illegible };
        let both = spoilt(&worse, matter, other).expect("any paper can be so");
        let want = if on_the_spot { here } else { vec![] };
        prop_assert_eq!(blocked(CardDocument { defect, ..both }), want);
    }

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
