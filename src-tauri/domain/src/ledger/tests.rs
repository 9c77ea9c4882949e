use jiff::Timestamp;
use jiff::civil::Date;

use super::*;
use crate::calendar::WorkCalendar;
use crate::case::Actor;
use crate::fixture::{date, example};
use crate::named::Named;
use crate::refusal::RefusalCode;

const TODAY: &str = "2026-11-24";

fn calendar() -> &'static WorkCalendar {
    &example().calendar
}

fn clerk(name: &str) -> Actor {
    Actor { id: name.to_owned(), name: name.to_owned() }
}

fn facts() -> LedgerFacts {
    LedgerFacts {
        channel: LedgerChannel::Phone,
        on: date(TODAY),
        person: "李四".to_owned(),
        contact: "19900000012".to_owned(),
        content: "窗口让跑了三趟".to_owned(),
        about: "2号窗口王敏".to_owned(),
        matter: None,
        case: None,
    }
}

struct Book {
    records: Vec<LedgerRecord>,
    now: Timestamp,
}

impl Book {
    fn of(kind: LedgerKind, facts: LedgerFacts) -> Self {
        let facts = facts.checked(kind, date(TODAY)).expect("facts");
        let limits = LedgerLimitSet::default().of(kind);
        let act = LedgerAct::Registered {
            number: "TS-1".to_owned(),
            kind,
            due: limits.due(facts.on, calendar()),
            facts,
            limits,
            practice: true,
        };
        let now = "2026-11-24T02:00:00Z".parse().expect("a time");
        Self { records: vec![LedgerRecord { at: now, actor: clerk("赵一"), act }], now }
    }

    fn entry(&self) -> LedgerEntry {
        LedgerEntry::fold(&self.records).expect("an entry")
    }

    fn add(&mut self, act: LedgerAct) {
        self.records.push(LedgerRecord { at: self.now, actor: clerk("赵一"), act });
    }

    fn step(&mut self, step: LedgerStep) -> Result<(), crate::Refusal> {
        let actor = clerk("赵一");
        let by = By { actor: &actor, lead: true };
        let act = prepare(&self.entry(), step, by, calendar())?;
        self.add(act);
        Ok(())
    }
}

fn closing(outcome: LedgerOutcome, reply: LedgerReply) -> LedgerStep {
    LedgerStep::Close { outcome, text: "已查明".to_owned(), reply }
}

fn note(note: NoteKind) -> LedgerStep {
    LedgerStep::Note { note, text: "上午去电".to_owned() }
}

#[test]
fn the_first_contact_presses_until_it_was_made_and_then_the_settling() {
    let mut book = Book::of(LedgerKind::Complaint, facts());
    let pressing = |book: &Book| book.entry().pressing().map(|day| day.to_string());
    assert_eq!(pressing(&book).as_deref(), Some("2026-11-25"));
    book.step(note(NoteKind::Missed)).expect("a note");
    assert_eq!(pressing(&book).as_deref(), Some("2026-11-25"), "a call in vain is no contact");
    book.step(note(NoteKind::Reached)).expect("a note");
    assert_eq!(pressing(&book).as_deref(), Some("2026-12-01"), "five workdays");
    book.step(LedgerStep::Extend { reason: "须现场核查".to_owned() }).expect("extended");
    assert_eq!(pressing(&book).as_deref(), Some("2026-12-15"), "fifteen, from the same day");
    let again = book.step(LedgerStep::Extend { reason: "还要".to_owned() });
    assert_eq!(again.expect_err("once").code, RefusalCode::NotNow);
    book.step(closing(LedgerOutcome::Upheld, LedgerReply::Phone)).expect("closed");
    assert_eq!(book.entry().pressing(), None);
    assert_eq!(book.entry().on_time(), Some(true));
}

#[test]
fn nobody_waits_for_a_call_who_left_no_name_and_no_contact() {
    let anonymous = LedgerFacts { person: String::new(), contact: "  ".to_owned(), ..facts() };
    let mut book = Book::of(LedgerKind::Complaint, anonymous);
    assert_eq!(book.entry().pressing(), Some(date("2026-12-01")));
    book.step(closing(LedgerOutcome::NotUpheld, LedgerReply::Anonymous)).expect("closed");
}

#[test]
fn what_must_be_noted_is_asked_for_by_field() {
    let field = |kind, facts: LedgerFacts| {
        let refusal = facts.checked(kind, date(TODAY)).expect_err("refused");
        (refusal.code, refusal.field)
    };
    let complaint = LedgerKind::Complaint;
    let empty = |content: &str| LedgerFacts { content: content.to_owned(), ..facts() };
    assert_eq!(field(complaint, empty(" \n")), (RefusalCode::EmptyText, "content".into()));
    assert_eq!(field(complaint, empty(&"长".repeat(1001))).0, RefusalCode::TooLong);
    assert_eq!(field(complaint, empty("a\u{0}b")).0, RefusalCode::TooLong);
    let nobody = LedgerFacts { about: String::new(), ..facts() };
    assert_eq!(field(complaint, nobody.clone()), (RefusalCode::EmptyText, "about".into()));
    assert!(nobody.checked(LedgerKind::Consultation, date(TODAY)).is_ok(), "only of a complaint");
    let tomorrow = LedgerFacts { on: date("2026-11-25"), ..facts() };
    assert_eq!(field(complaint, tomorrow), (RefusalCode::BadDate, "on".into()));
    let wrong = |contact: &str| LedgerFacts { contact: contact.to_owned(), ..facts() };
    assert_eq!(field(complaint, wrong("1990000001")), (RefusalCode::BadPhone, "contact".into()));
    for right in ["", "0470-1234567", "199 0000 0012", "下周三再来窗口", "微信 13800"] {
        assert!(wrong(right).checked(complaint, date(TODAY)).is_ok(), "{right}");
    }
}

#[test]
fn an_entry_is_settled_only_with_what_its_ledger_knows_and_who_was_looked_for() {
    let mut book = Book::of(LedgerKind::Consultation, facts());
    let code = |refused: Result<(), crate::Refusal>| {
        let refusal = refused.expect_err("refused");
        (refusal.code, refusal.field)
    };
    let upheld = closing(LedgerOutcome::Upheld, LedgerReply::Phone);
    assert_eq!(code(book.step(upheld)), (RefusalCode::NotAllowed, "outcome".into()));
    let silent = LedgerStep::Close {
        outcome: LedgerOutcome::Answered,
        text: " ".to_owned(),
        reply: LedgerReply::Phone,
    };
    assert_eq!(code(book.step(silent)), (RefusalCode::EmptyText, "text".into()));
    for reply in [LedgerReply::Anonymous, LedgerReply::NotReached] {
        let unanswered = closing(LedgerOutcome::Answered, reply);
        assert_eq!(code(book.step(unanswered)), (RefusalCode::NotAllowed, "reply".into()));
    }
    book.step(note(NoteKind::Missed)).expect("a note");
    book.step(closing(LedgerOutcome::Answered, LedgerReply::NotReached)).expect("closed");
    book.step(LedgerStep::Void { reason: "登记了两次".to_owned() }).expect("void");
}

#[test]
fn who_is_complained_about_does_not_judge_it() {
    let book = Book::of(LedgerKind::Complaint, facts());
    let actor = clerk("王敏");
    let by = By { actor: &actor, lead: true };
    let own = prepare(
        &book.entry(),
        closing(LedgerOutcome::NotUpheld, LedgerReply::Phone),
        by,
        calendar(),
    );
    assert_eq!(own.expect_err("recused").code, RefusalCode::Recused);
    let void = LedgerStep::Void { reason: "登记有误".to_owned() };
    let gone = prepare(&book.entry(), void, by, calendar());
    assert_eq!(gone.expect_err("recused").code, RefusalCode::Recused);
    assert_eq!(obstacle(&book.entry(), StepKind::Note, by), None, "may say how it was");
}

#[test]
fn who_complains_is_for_leads_and_for_who_wrote_it_down() {
    let seen = |kind, name: &str, lead| {
        let actor = clerk(name);
        shows_person(&Book::of(kind, facts()).entry(), By { actor: &actor, lead })
    };
    let complaint = LedgerKind::Complaint;
    assert!(seen(complaint, "赵一", false), "wrote it");
    assert!(seen(complaint, "孙七", true), "a lead");
    assert!(!seen(complaint, "孙七", false));
    assert!(!seen(complaint, "王敏", true), "a lead that it is about");
    assert!(seen(LedgerKind::Consultation, "孙七", false));
}

#[test]
fn a_correction_keeps_what_was_said_before_and_counts_again() {
    let mut book = Book::of(LedgerKind::Obstruction, facts());
    let actor = clerk("赵一");
    let by = By { actor: &actor, lead: false };
    let now = (date(TODAY), calendar());
    let same = correct(&book.entry(), facts(), "手误", by, now);
    assert_eq!(same.expect_err("nothing changes").code, RefusalCode::NotNow);
    let earlier = LedgerFacts { on: date("2026-11-20"), person: "李五".to_owned(), ..facts() };
    let silent = correct(&book.entry(), earlier.clone(), " ", by, now);
    assert_eq!(silent.expect_err("why").field, "reason");
    let act = correct(&book.entry(), earlier, "听错了", by, now).expect("corrected");
    let words = detail(&act, Some(&book.entry().facts), true);
    assert_eq!(
        words,
        "日期由“2026年11月24日”改为“2026年11月20日”；姓名由“李四”改为“李五”。原因：听错了"
    );
    let hidden = detail(&act, Some(&book.entry().facts), false);
    assert!(!hidden.contains("李") && hidden.contains("姓名有更正"), "{hidden}");
    book.add(act);
    assert_eq!(book.entry().due.settle.on, date("2026-11-27"));
    assert_eq!(book.records.len(), 2, "the first is still there");
}

#[test]
fn what_is_settled_or_void_is_not_changed_by_the_way() {
    let mut book = Book::of(LedgerKind::Obstruction, facts());
    book.step(LedgerStep::Refer { to: "医保局".to_owned(), text: String::new() })
        .expect("passed on");
    assert_eq!(book.entry().state, LedgerState::Referred);
    assert!(book.entry().pressing().is_some(), "the reply is still owed");
    book.step(closing(LedgerOutcome::Solved, LedgerReply::InPerson)).expect("closed");
    for step in [note(NoteKind::Progress), LedgerStep::Void { reason: "错".to_owned() }] {
        assert_eq!(book.step(step).expect_err("closed").code, RefusalCode::NotNow);
    }
    book.step(LedgerStep::Reopen { reason: "又来了".to_owned() }).expect("open again");
    assert_eq!((book.entry().state, book.entry().resolution), (LedgerState::Referred, None));
    book.step(LedgerStep::Void { reason: "重复登记".to_owned() }).expect("void");
    let actor = clerk("赵一");
    for step in StepKind::ALL {
        assert!(obstacle(&book.entry(), *step, By { actor: &actor, lead: true }).is_some());
    }
}

#[test]
fn limits_are_in_order() {
    assert!(LedgerLimitSet::default().check().is_ok());
    let with = |contact, settle, extended| {
        let complaint = LedgerLimits { contact, settle, extended };
        let set = LedgerLimitSet { complaint, ..LedgerLimitSet::default() };
        set.check().err().map(|refusal| refusal.field)
    };
    assert_eq!(with(None, 1, None), None);
    assert_eq!(with(None, 0, None).as_deref(), Some("complaint.settle"));
    assert_eq!(with(Some(6), 5, None).as_deref(), Some("complaint.contact"));
    assert_eq!(with(Some(0), 5, None).as_deref(), Some("complaint.contact"));
    assert_eq!(with(None, 5, Some(5)).as_deref(), Some("complaint.extended"));
    assert_eq!(with(None, 126, None).as_deref(), Some("complaint.settle"));
}

#[test]
fn facts_in_a_log_name_nobody() {
    let text = format!("{:?}", facts());
    for secret in ["李四", "19900000012", "三趟", "王敏"] {
        assert!(!text.contains(secret), "{text}");
    }
}

#[test]
fn records_without_a_registration_make_no_entry() {
    let mut book = Book::of(LedgerKind::Complaint, facts());
    book.step(note(NoteKind::Progress)).expect("a note");
    assert!(LedgerEntry::fold(&book.records[1..]).is_none());
    assert!(LedgerEntry::fold(&[]).is_none());
    let day: Date = date(TODAY);
    assert_eq!(book.entry().facts.on, day);
}

#[test]
fn help_is_for_somebody_who_can_be_reached_and_has_a_helper() {
    let today = date("2026-11-24");
    let facts = LedgerFacts {
        channel: LedgerChannel::Window,
        on: today,
        person: "乌云".to_owned(),
        contact: "13800000000".to_owned(),
        content: "腿脚不便，代办高龄津贴".to_owned(),
        about: "额尔敦".to_owned(),
        matter: None,
        case: None,
    };
    let field = |change: fn(&mut LedgerFacts)| {
        let mut facts = facts.clone();
        change(&mut facts);
        facts.checked(LedgerKind::Assistance, today).map(|_| ()).unwrap_err().field
    };
    assert!(facts.clone().checked(LedgerKind::Assistance, today).is_ok());
    assert_eq!(field(|f| f.about.clear()), "about");
    assert_eq!(field(|f| f.person.clear()), "person");
    assert_eq!(field(|f| f.contact.clear()), "contact");
    // Limits of before there was such a ledger are read, and have the usual ones.
    let earlier = r#"{"consultation":{"contact":null,"settle":1,"extended":null},
        "obstruction":{"contact":1,"settle":5,"extended":15},"complaint":{"contact":1,"settle":5,"extended":15}}"#;
    let limits: LedgerLimitSet = serde_json::from_str(earlier).unwrap();
    assert_eq!(limits.of(LedgerKind::Assistance), LedgerLimitSet::default().assistance);
    limits.check().unwrap();
}
