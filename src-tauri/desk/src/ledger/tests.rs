use yichuang_domain::RefusalCode;
use yichuang_domain::applicant::ApplicantKind;
use yichuang_domain::clerk::ClerkRoles;
use yichuang_domain::ledger::{
    LedgerChannel, LedgerKind, LedgerLimitSet, LedgerOutcome, LedgerReply, LedgerState, LedgerStep,
    NoteKind, StepKind,
};
use yichuang_domain::urgency::Light;

use crate::DeskError;
use crate::tests::{Bench, script};
use crate::view::{LedgerEntryView, LedgerFilter, LedgerInput, LedgerShow};

const PIN: &str = "135790";

fn input(content: &str) -> LedgerInput {
    LedgerInput {
        channel: LedgerChannel::Phone,
        on: None,
        person: "李四".to_owned(),
        contact: "19900000012".to_owned(),
        content: content.to_owned(),
        about: "2号窗口".to_owned(),
        matter: None,
        case_number: String::new(),
    }
}

fn filter(kind: LedgerKind) -> LedgerFilter {
    let text = String::new();
    let show = LedgerShow::All;
    LedgerFilter { kind, text, show, from: None, to: None, offset: 0, limit: 0 }
}

fn answered() -> LedgerStep {
    LedgerStep::Close {
        outcome: LedgerOutcome::Answered,
        text: "带身份证和户口簿".to_owned(),
        reply: LedgerReply::Phone,
    }
}

fn open(view: &LedgerEntryView, step: StepKind) -> bool {
    view.steps.iter().any(|line| line.step == step && line.obstacle.is_none())
}

/// A bench with a lead (王敏) and a clerk (赵一); the lead is signed in.
fn two() -> (Bench, String, String) {
    let bench = Bench::new();
    bench.desk.first_account("王敏", PIN).unwrap();
    let lead = bench.desk.clerk().unwrap().id;
    let clerk = bench.desk.add_clerk("赵一", PIN, &ClerkRoles::new()).unwrap().id;
    (bench, lead, clerk)
}

fn code(result: Result<impl Sized, DeskError>) -> (&'static str, String) {
    let error = result.map(|_| ()).unwrap_err();
    (error.code(), error.field().unwrap_or_default())
}

#[test]
fn a_question_is_written_down_and_answered_in_one_write() {
    let (bench, ..) = two();
    let desk = &bench.desk;
    let kind = LedgerKind::Consultation;
    let matter = desk.search("", 1).unwrap()[0].code.clone();
    let asked = LedgerInput { matter: Some(matter.clone()), ..input("社保卡丢了怎么补") };
    let view = desk.register_ledger(kind, asked, Some(answered())).unwrap();
    assert_eq!(view.entry.state, LedgerState::Closed);
    assert_eq!(view.entry.number, "YS-ZX-LX-000001-20261124-001".replace("000001", &device(&view)));
    assert_eq!((view.history.len(), view.on_time), (2, Some(true)));
    assert_eq!(view.entry.facts.matter.unwrap().code, matter);
    assert!(view.entry.practice);

    let silent = LedgerStep::Close {
        outcome: LedgerOutcome::Answered,
        text: String::new(),
        reply: LedgerReply::Phone,
    };
    let refused = desk.register_ledger(kind, input("二"), Some(silent));
    assert_eq!(code(refused), ("empty-text", "text".to_owned()));
    let page = desk.ledger(filter(kind)).unwrap();
    assert_eq!(page.total, 1, "what was refused was not written by half");
    let unknown = LedgerInput { matter: Some("X".to_owned()), ..input("三") };
    assert_eq!(code(desk.register_ledger(kind, unknown, None)).0, "unknown-matter");
}

/// The device code in a number: practice devices are drawn by lot.
fn device(view: &LedgerEntryView) -> String {
    view.entry.number.split('-').nth(3).unwrap().to_owned()
}

#[test]
fn a_complaint_presses_until_it_is_settled_and_the_workbench_says_so() {
    let (bench, ..) = two();
    let desk = &bench.desk;
    let kind = LedgerKind::Complaint;
    let first = desk.register_ledger(kind, input("跑了三趟"), None).unwrap();
    let row = desk.ledger(filter(kind)).unwrap().rows.remove(0);
    assert_eq!(row.pressing.as_deref(), Some("2026-11-25"));
    assert!(row.contact_first);
    assert_eq!(row.light, Some(Light::Orange));
    let count = || {
        let counts = desk.workbench().unwrap().ledgers;
        let count = counts.into_iter().find(|count| count.kind == kind).unwrap();
        (count.open, count.pressing)
    };
    assert_eq!(count(), (1, 1));

    let note = LedgerStep::Note { note: NoteKind::Reached, text: "已通话".to_owned() };
    let second = desk.step_ledger((&first.id, 1), note.clone()).unwrap();
    assert_eq!(second.pressing.as_deref(), Some("2026-12-01"));
    assert_eq!(count(), (1, 0));
    assert_eq!(code(desk.step_ledger((&first.id, 1), note)).0, "stale");
    assert_eq!(code(desk.step_ledger(("nobody", 1), answered())).0, "not-found");

    bench.wait(60 * 24 * 8);
    let late = desk.ledger(LedgerFilter { show: LedgerShow::Overdue, ..filter(kind) }).unwrap();
    assert_eq!((late.total, late.rows[0].light), (1, Some(Light::Red)));
    let closing = LedgerStep::Close {
        outcome: LedgerOutcome::Upheld,
        text: "已整改".to_owned(),
        reply: LedgerReply::Phone,
    };
    let done = desk.step_ledger((&first.id, 2), closing).unwrap();
    assert_eq!(done.on_time, Some(false));
    assert!(open(&done, StepKind::Reopen) && !open(&done, StepKind::Void));
    assert_eq!(count(), (0, 0));
}

#[test]
fn a_clerk_neither_sees_nor_loses_who_complained() {
    let (bench, _, clerk) = two();
    let desk = &bench.desk;
    let kind = LedgerKind::Complaint;
    let written = desk.register_ledger(kind, input("跑了三趟"), None).unwrap();
    desk.sign_in(&clerk, PIN).unwrap();
    let view = desk.ledger_entry(&written.id).unwrap();
    assert!(view.person_hidden);
    let row = desk.ledger(filter(kind)).unwrap().rows.remove(0);
    assert!(row.person_hidden && row.person.is_empty());
    let said = serde_json::to_string(&(&view, &row)).unwrap();
    assert!(!said.contains("李四") && !said.contains("1990000"), "{said}");
    let sought = LedgerFilter { text: "李四".to_owned(), ..filter(kind) };
    assert_eq!(desk.ledger(sought).unwrap().total, 0);
    let book = desk.export_ledger(filter(kind)).unwrap();
    assert!(book.name.ends_with("_演练.xlsx"), "{}", book.name);

    // What the screen can't show comes back empty: it must not be taken for a correction.
    let blind = LedgerInput { person: String::new(), contact: String::new(), ..input("两趟") };
    desk.correct_ledger((&written.id, 1), blind, "听错了").unwrap();
    assert!(!open(&desk.ledger_entry(&written.id).unwrap(), StepKind::Extend), "a lead's");
    let own = desk.store().ledger_entry(&written.id).unwrap().unwrap();
    assert_eq!((own.facts.person.as_str(), own.facts.content.as_str()), ("李四", "两趟"));
}

#[test]
fn a_correction_is_on_record_and_needs_its_reason() {
    let (bench, ..) = two();
    let desk = &bench.desk;
    let view = desk.register_ledger(LedgerKind::Obstruction, input("一"), None).unwrap();
    let at = (view.id.as_str(), 1);
    assert_eq!(code(desk.correct_ledger(at, input("二"), " ")), ("empty-text", "reason".into()));
    let bad = LedgerInput { on: Some("2026-13-01".to_owned()), ..input("二") };
    assert_eq!(code(desk.correct_ledger(at, bad, "错")), ("bad-date", "on".into()));
    let future = LedgerInput { on: Some("2026-11-25".to_owned()), ..input("二") };
    assert_eq!(code(desk.correct_ledger(at, future, "错")), ("bad-date", "on".into()));
    let right = desk.correct_ledger(at, input("二"), "听错了").unwrap();
    let last = right.history.last().unwrap();
    assert_eq!(last.detail, "内容由“一”改为“二”。原因：听错了");
    assert_eq!(last.actor, "王敏");
}

#[test]
fn a_case_of_this_machine_is_linked_and_another_is_refused() {
    let (bench, ..) = two();
    let desk = &bench.desk;
    let case = desk.play(&script("s01-m01.json")).unwrap().case;
    assert_eq!(case.applicant.kind, ApplicantKind::Person);
    let kind = LedgerKind::Obstruction;
    let about = |number: &str| {
        let case_number = number.to_owned();
        desk.register_ledger(kind, LedgerInput { case_number, ..input("没有下文") }, None)
    };
    let view = about(&format!(" {} ", case.number)).unwrap();
    assert_eq!(view.entry.facts.case.unwrap().id, case.id.to_string());
    for wrong in ["YS-150785-LX-A1-20261124-0001-Z", "不知道"] {
        assert_eq!(code(about(wrong)), ("unknown-case", "case_number".into()), "{wrong}");
    }
}

#[test]
fn limits_are_a_leads_and_change_nothing_that_was_written() {
    let (bench, _, clerk) = two();
    let desk = &bench.desk;
    let kind = LedgerKind::Complaint;
    let before = desk.register_ledger(kind, input("一"), None).unwrap();
    let mut limits = LedgerLimitSet::default();
    limits.complaint.settle = 10;
    desk.set_ledger_limits(&limits).unwrap();
    let after = desk.register_ledger(kind, input("二"), None).unwrap();
    let due = |view: &LedgerEntryView| view.entry.due.settle.on.to_string();
    assert_eq!((due(&before), due(&after)), ("2026-12-01".into(), "2026-12-08".into()));
    assert_eq!(due(&desk.ledger_entry(&before.id).unwrap()), "2026-12-01");
    limits.complaint.settle = 0;
    let (refused, field) = code(desk.set_ledger_limits(&limits));
    assert_eq!((refused, field.as_str()), (RefusalCode::BadLimit.as_str(), "complaint.settle"));
    desk.sign_in(&clerk, PIN).unwrap();
    assert_eq!(code(desk.set_ledger_limits(&LedgerLimitSet::default())).0, "not-lead");
}

#[test]
fn nobody_who_is_not_signed_in_sees_or_writes_anything() {
    let (bench, ..) = two();
    let desk = &bench.desk;
    let view = desk.register_ledger(LedgerKind::Consultation, input("一"), None).unwrap();
    desk.sign_out();
    let kind = LedgerKind::Consultation;
    assert_eq!(code(desk.ledger(filter(kind))).0, "not-signed-in");
    assert_eq!(code(desk.ledger_entry(&view.id)).0, "not-signed-in");
    assert_eq!(code(desk.export_ledger(filter(kind))).0, "not-signed-in");
    assert_eq!(code(desk.register_ledger(kind, input("二"), None)).0, "not-signed-in");
    assert_eq!(code(desk.step_ledger((&view.id, 1), answered())).0, "not-signed-in");
    assert_eq!(code(desk.ledger_limits()).0, "not-signed-in");
}

#[test]
fn a_ledger_is_there_again_after_a_restart_and_saved_as_a_workbook() {
    let (bench, lead, _) = two();
    let kind = LedgerKind::Consultation;
    bench.desk.register_ledger(kind, input("一"), None).unwrap();
    let bench = bench.restart();
    bench.desk.sign_in(&lead, PIN).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = bench.desk.save_ledger(filter(kind), folder.path()).unwrap();
    assert_eq!(path.file_name().unwrap(), "咨询台账_20261124_演练.xlsx");
    assert!(std::fs::read(path).unwrap().starts_with(b"PK"));
}

#[test]
fn who_helps_finds_what_is_in_their_hands_and_loses_what_was_handed_on() {
    let (bench, _, clerk) = two();
    let desk = &bench.desk;
    let helped = |helper: &str| LedgerInput {
        about: helper.to_owned(),
        ..input("腿脚不便，代办高龄津贴")
    };
    let kind = LedgerKind::Assistance;
    let first = desk.register_ledger(kind, helped("王敏"), None).unwrap();
    desk.register_ledger(kind, helped("赵一"), None).unwrap();
    let mine = || {
        let rows =
            desk.ledger(LedgerFilter { show: LedgerShow::Mine, ..filter(kind) }).unwrap().rows;
        rows.into_iter().map(|row| row.id).collect::<Vec<_>>()
    };
    assert_eq!(mine(), [first.id.as_str()]);
    let handed = LedgerStep::Refer { to: "赵一".to_owned(), text: "我下乡三天".to_owned() };
    desk.step_ledger((&first.id, first.entry.revision), handed).unwrap();
    assert!(mine().is_empty());
    desk.sign_in(&clerk, PIN).unwrap();
    assert_eq!(mine().len(), 2, "what was handed on and what was theirs");
}
