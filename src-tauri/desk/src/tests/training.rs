//! Training: a card from the list to its score, and what a trainee may not see.

use yichuang_domain::checklist::Check;
use yichuang_domain::clerk::ClerkRole;
use yichuang_domain::determination::Outcome;
use yichuang_domain::intake::CheckInput;
use yichuang_domain::training::{CourtesyWord, FindingKind, RoleCard, shipped};

use super::Bench;
use crate::view::{AttemptState, CardOrigin, ClerkView, Draft, Step};

fn bench() -> Bench {
    let bench = Bench::training();
    bench.desk.sign_in_trainee(&who("k1", "王敏", true)).unwrap();
    bench
}

fn who(id: &str, name: &str, trainer: bool) -> ClerkView {
    let roles = trainer.then_some(ClerkRole::Trainer).into_iter().collect();
    ClerkView { id: id.to_owned(), name: name.to_owned(), roles }
}

fn card(id: &str) -> RoleCard {
    shipped().into_iter().find(|card| card.id == id).unwrap()
}

/// Types what the card says is true, with these results for its materials.
fn typed(mut draft: Draft, card: &RoleCard, checks: &[(&str, Check)]) -> Draft {
    draft.step = Step::Determination;
    draft.intake.answers = card.answers();
    draft.intake.applicant = card.applicant.clone();
    draft.intake.agent = card.agent.clone();
    draft.intake.materials = checks
        .iter()
        .map(|(id, check)| CheckInput {
            id: (*id).to_owned(),
            check: check.as_str().to_owned(),
            reason: if check.is_open() { "不符合标准".to_owned() } else { String::new() },
        })
        .collect();
    draft
}

#[test]
fn a_card_is_played_on_the_real_actions_and_scored_with_its_reasons() {
    let bench = bench();
    let desk = &bench.desk;
    let offered = desk.role_cards("").unwrap();
    assert!(offered.open.is_none() && offered.rows.len() > 20, "{}", offered.rows.len());
    let child = card("social-card-child");
    let view = desk.start_training(&child.id).unwrap();
    let attempt = desk.current_attempt().unwrap().unwrap();
    assert_eq!(attempt.draft.as_deref(), Some(view.draft.id.as_str()));
    assert_eq!(attempt.role.documents.len(), child.documents.len());
    assert_eq!(attempt.role.documents[3].valid_until.as_deref(), Some("2026-09-20"));
    let shown = serde_json::to_string(&attempt).unwrap();
    assert!(!shown.contains("defect") && !shown.contains("\"choice\""), "nothing gives it away");
    assert_eq!(desk.start_training(&child.id).unwrap_err().code(), "not-now");
    assert_eq!(desk.finish_training(&attempt.id).unwrap_err().code(), "not-now");

    bench.wait(2);
    // The expired card of the mother goes through, the good form does not.
    let checks = [
        ("m1", Check::Defective),
        ("m2", Check::Present),
        ("m3", Check::Missing),
        ("m6", Check::Defective),
        ("m8", Check::Present),
    ];
    let draft = typed(view.draft, &child, &checks);
    let id = draft.id.clone();
    let confirmed = bench.confirmed(draft);
    bench.wait(1);
    let filed = desk.file_case(&id, &confirmed, false).unwrap();
    assert!(filed.case.practice && filed.case.number.as_str().starts_with("YS-"));
    for word in [CourtesyWord::Greeting, CourtesyWord::Asking, CourtesyWord::ToldOnce] {
        desk.say_word(&attempt.id, word, true).unwrap();
    }
    desk.say_word(&attempt.id, CourtesyWord::Asking, false).unwrap();
    let result = desk.finish_training(&attempt.id).unwrap();
    let kinds: Vec<_> = result.score.findings.iter().map(|f| (f.kind, f.cost)).collect();
    assert_eq!(
        kinds,
        [
            (FindingKind::MissedDefect, 12),
            (FindingKind::InventedDefect, 10),
            (FindingKind::WordSkipped, 2),
            (FindingKind::WordSkipped, 2),
            (FindingKind::WordSkipped, 2),
        ]
    );
    assert_eq!(result.score.points, 72);
    assert_eq!(
        (result.score.outcome, result.score.right),
        (Outcome::OneTimeNotice, Outcome::OneTimeNotice)
    );
    assert_eq!(result.score.seconds, 180);
    assert_eq!(desk.finish_training(&attempt.id).unwrap(), result, "once and for all");
    assert_eq!(
        desk.say_word(&attempt.id, CourtesyWord::Asking, true).unwrap_err().code(),
        "not-now"
    );
    assert!(desk.current_attempt().unwrap().is_none());
    let row = desk.role_cards("").unwrap().rows.into_iter().find(|row| row.id == child.id).unwrap();
    assert_eq!((row.finished, row.best, row.origin), (1, Some(72), CardOrigin::Shipped));
}

#[test]
fn a_trainee_sees_their_own_and_a_lead_everybodys() {
    let bench = bench();
    let desk = &bench.desk;
    desk.sign_in_trainee(&who("k2", "李强", false)).unwrap();
    let first = card("pension-first");
    let view = desk.start_training(&first.id).unwrap();
    let attempt = desk.current_attempt().unwrap().unwrap();
    let good = [("m1", Check::Present), ("m2", Check::Licence), ("m3", Check::Present)];
    let draft = typed(view.draft, &first, &good);
    let id = draft.id.clone();
    let confirmed = bench.confirmed(draft);
    desk.file_case(&id, &confirmed, false).unwrap();
    let result = desk.finish_training(&attempt.id).unwrap();
    assert!(result.score.findings.iter().all(|f| f.kind == FindingKind::WordSkipped));
    desk.start_training(&first.id).unwrap();
    let given_up = desk.current_attempt().unwrap().unwrap();
    desk.drop_training(&given_up.id).unwrap();
    assert_eq!(desk.drop_training(&attempt.id).unwrap_err().code(), "not-now", "it is over");
    let again = desk.start_training(&first.id).unwrap();
    let listed = || (desk.drafts().unwrap().len(), desk.left_open().unwrap().drafts);
    assert_eq!(listed(), (1, 1));
    let trainee = desk.clerk().unwrap();
    desk.sign_in_trainee(&who("k3", "赵云", false)).unwrap();
    assert_eq!(listed(), (0, 0), "it is another's to go on with");
    desk.sign_in_trainee(&trainee).unwrap();
    let filed = desk.current_attempt().unwrap().unwrap();
    let draft = typed(again.draft, &first, &good);
    let id = draft.id.clone();
    let confirmed = bench.confirmed(draft);
    desk.file_case(&id, &confirmed, false).unwrap();
    desk.drop_training(&filed.id).unwrap();
    assert!(desk.current_attempt().unwrap().is_none());
    assert_eq!(desk.finish_training(&filed.id).unwrap_err().code(), "not-now");
    assert_eq!(desk.edited_card(&first.id).unwrap_err().code(), "not-trainer");
    assert_eq!(desk.may_reset_training().unwrap_err().code(), "not-trainer");
    let own = desk.training_board().unwrap();
    assert!(!own.everybody && own.trainees.len() == 1);
    let states: Vec<_> = own.attempts.iter().map(|one| one.state).collect();
    assert_eq!(states, [AttemptState::Dropped, AttemptState::Dropped, AttemptState::Finished]);

    desk.sign_in_trainee(&who("k3", "赵云", false)).unwrap();
    assert_eq!(desk.training_result(&attempt.id).unwrap_err().code(), "not-found");
    assert_eq!(desk.finish_training(&attempt.id).unwrap_err().code(), "not-found");
    assert!(desk.training_board().unwrap().trainees.is_empty());
    desk.sign_in_trainee(&who("k1", "王敏", true)).unwrap();
    assert_eq!(desk.training_result(&attempt.id).unwrap(), result);
    let cut = desk.training_board_with(1).unwrap();
    assert_eq!((cut.attempts.len(), cut.attempts_total), (1, 3));
    let board = desk.training_board().unwrap();
    let line = &board.trainees[0];
    assert_eq!((line.name.as_str(), line.begun, line.finished), ("李强", 3, 1));
    assert_eq!(line.course, [result.score.points]);
    let file = desk.export_training().unwrap();
    assert!(file.name.contains("演练") && file.bytes.starts_with(b"PK"));
}

#[test]
fn a_card_that_the_rules_would_refuse_is_not_kept() {
    let bench = bench();
    let desk = &bench.desk;
    let child = card("social-card-child");
    let mut wrong = child.clone();
    wrong.documents[3].facts.valid = Some(100);
    let refused = desk.save_card(wrong).unwrap_err();
    assert_eq!(
        (refused.code(), refused.field().as_deref()),
        ("card-faulty", Some("documents[3].defect"))
    );
    let report = desk.card_report(&child).unwrap();
    assert_eq!(report.outcome, Some(Outcome::OneTimeNotice));
    let right = |id: &str| report.materials.iter().find(|m| m.id == id).unwrap().right.clone();
    assert_eq!(right("m3").as_deref(), Some("缺少"));
    assert_eq!(right("m4"), None, "it does not apply");
    let mine = desk.save_card(RoleCard { title: "我写的".to_owned(), ..child.clone() }).unwrap();
    assert_ne!(mine.id, child.id);
    let again = desk.save_card(RoleCard { minutes: 9, ..mine.clone() }).unwrap();
    assert_eq!(again.id, mine.id);
    let listed = desk.role_cards("我写的").unwrap().rows;
    assert_eq!(listed.iter().filter(|row| row.origin == CardOrigin::Written).count(), 1);
    desk.remove_card(&mine.id).unwrap();
    assert_eq!(desk.remove_card(&mine.id).unwrap_err().code(), "not-found");
    assert_eq!(desk.new_card("nothing").unwrap_err().code(), "unknown-matter");
    let fresh = desk.new_card(&child.matter).unwrap();
    assert!(desk.card_report(&fresh).unwrap().findings.iter().all(|one| !one.blocks));
}

#[test]
fn nothing_of_training_is_done_among_records() {
    let bench = Bench::new();
    let desk = &bench.desk;
    desk.first_account("王敏", "135790").unwrap();
    let refused = [
        desk.role_cards("").unwrap_err(),
        desk.start_training("pension-first").unwrap_err(),
        desk.current_attempt().unwrap_err(),
        desk.training_board().unwrap_err(),
        desk.save_card(card("pension-first")).unwrap_err(),
        desk.sign_in_trainee(&who("k1", "王敏", true)).unwrap_err(),
        desk.may_reset_training().unwrap_err(),
    ];
    assert!(refused.iter().all(|error| error.code() == "not-training"));
    assert_eq!(desk.drafts().unwrap().len(), 0);
}

#[test]
fn who_came_along_has_no_pin_here() {
    let bench = bench();
    let desk = &bench.desk;
    assert!(desk.clerks().unwrap().is_empty());
    for pin in ["", "135790"] {
        assert_eq!(desk.sign_in("k1", pin).unwrap_err().code(), "wrong-pin");
    }
    desk.sign_in_trainee(&who("k9", "王敏", false)).unwrap();
    assert_eq!(desk.clerk().unwrap().name, "王敏′", "two of one name are told apart");
    desk.sign_in_trainee(&who("k1", "王䶮", true)).unwrap();
    assert_eq!(desk.clerk().unwrap().name, "王䶮", "a name that was corrected is corrected here");
    let kept = desk.store().clerk("k1").unwrap().unwrap();
    assert_eq!(kept.name, "王䶮");
}
