use std::sync::{Arc, Mutex};

use yichuang_documents::print::{JobRef, Order, PrintError, Printer, Report, Spooler};
use yichuang_domain::condition::Answers;

use crate::tests::Bench;

const FOOD: &str = "11150785MB0A00122C4000103011000";
const IDENTITY_CARD: &str = "11150785MB0A00165R4000707022000";

fn answers(given: &[(&str, &str)]) -> Answers {
    given.iter().map(|(q, c)| ((*q).to_owned(), (*c).to_owned())).collect()
}

/// Takes every job and remembers it.
pub(crate) struct Tray(pub(crate) Arc<Mutex<Vec<(String, usize)>>>);

impl Spooler for Tray {
    fn printers(&self) -> Result<Vec<Printer>, PrintError> {
        let printer = |name: &str, is_default| Printer {
            name: name.to_owned(),
            is_default,
            ..Printer::default()
        };
        Ok(vec![printer("默认", true), printer("三楼", false)])
    }

    fn submit(&self, order: &Order<'_>) -> Result<JobRef, PrintError> {
        self.0.lock().unwrap().push((order.title.to_owned(), order.content.bytes().len()));
        Ok(JobRef { printer: order.printer.to_owned(), id: String::new() })
    }

    fn follow(&self, _: &JobRef, _: &str) -> Result<Report, PrintError> {
        Ok(Report::Forgotten)
    }

    fn find(&self, _: &str) -> Result<Option<JobRef>, PrintError> {
        Ok(None)
    }

    fn cancel(&self, _: &JobRef) -> Result<(), PrintError> {
        Ok(())
    }
}

#[test]
fn what_is_told_becomes_questions_and_conditions_in_words() {
    let desk = &Bench::new().desk;
    let open = desk.enquire(FOOD, &Answers::new()).unwrap();
    assert_eq!(open.questions.iter().map(|q| q.id.as_str()).collect::<Vec<_>>(), ["agent", "q1"]);
    assert!(!open.settled && open.matter.sample);
    let by_name = |view: &crate::view::EnquiryView, name: &str| {
        view.materials.iter().find(|m| m.material.name.contains(name)).map(|m| m.when.clone())
    };
    assert_eq!(by_name(&open, "授权委托书"), Some(Some("由他人代办时".to_owned())));
    assert_eq!(by_name(&open, "食品经营许可申请书"), Some(None));

    let told = answers(&[("agent", "no"), ("q1", "c"), ("q4", "a"), ("q2", "a")]);
    let settled = desk.enquire(FOOD, &told).unwrap();
    assert!(settled.settled);
    assert!(!settled.answers.contains_key("q2"), "an answer that is not asked for does not count");
    assert_eq!(by_name(&settled, "授权委托书"), None);
    assert_eq!(by_name(&settled, "举办单位"), Some(None));

    for (code, given, refusal) in [
        ("nothing", &[][..], "unknown-matter"),
        (FOOD, &[("q1", "zz")], "unknown-choice"),
        (FOOD, &[("zz", "a")], "unknown-question"),
        (IDENTITY_CARD, &[("agent", "yes")], "agent-not-allowed"),
    ] {
        let error = desk.enquire(code, &answers(given)).unwrap_err();
        assert_eq!((error.code(), error.is_refusal()), (refusal, true));
        assert_eq!(desk.guide_sheet(code, &answers(given), true).unwrap_err().code(), refusal);
    }
}

#[test]
fn a_sheet_is_made_saved_and_printed_and_leaves_no_trace_in_the_log() {
    let mut bench = Bench::new();
    let jobs = Arc::new(Mutex::new(Vec::new()));
    bench.desk.spooler = Box::new(Tray(jobs.clone()));
    let told = answers(&[("q1", "c")]);
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("sheets");
    let desk = &bench.desk;
    assert_eq!(
        desk.save_guide_sheet(FOOD, &told, true, &target).unwrap_err().code(),
        "not-signed-in"
    );
    assert_eq!(
        desk.print_guide_sheet(FOOD, &told, true, None).unwrap_err().code(),
        "not-signed-in"
    );
    assert!(!target.exists() && jobs.lock().unwrap().is_empty());

    desk.sign_in_practice_clerk().unwrap();
    let path = desk.save_guide_sheet(FOOD, &told, true, &target).unwrap();
    assert_eq!(path, target.join(format!("{FOOD}-20261124-100000.pdf")));
    assert!(std::fs::read(&path).unwrap().starts_with(b"%PDF"));
    bench.wait(1);
    assert_ne!(desk.save_guide_sheet(FOOD, &told, true, &target).unwrap(), path);
    let words = desk.print_guide_sheet(FOOD, &told, true, Some("三楼")).unwrap();
    assert!(words.contains("三楼"), "{words}");
    let (title, size) = jobs.lock().unwrap().pop().unwrap();
    assert!(title.starts_with(FOOD) && size > 10_000, "{title} {size}");
    assert_eq!(desk.store().head().unwrap().seq, 0);
    assert_eq!(desk.store().audit().unwrap().documents, 0);
}

#[test]
fn a_draft_begins_with_what_the_enquiry_brought() {
    let desk = &Bench::new().desk;
    desk.sign_in_practice_clerk().unwrap();
    let told = answers(&[("agent", "yes"), ("q1", "c"), ("q4", "b"), ("q2", "a")]);
    let view = desk.start_draft(FOOD, &told).unwrap();
    let intake = &view.draft.intake;
    assert_eq!(intake.answers, answers(&[("q1", "c"), ("q4", "b")]));
    assert_eq!(intake.agent.as_ref().map(|a| a.id_type.as_str()), Some("resident-id"));
    assert!(view.assessment.answered);
    let listed: Vec<_> = view.assessment.checklist.iter().map(|r| &r.material).collect();
    let asked = desk.enquire(FOOD, &told).unwrap().materials;
    assert!(asked.iter().map(|p| &p.material).eq(listed.iter().copied()));

    let own = desk.start_draft(FOOD, &answers(&[("agent", "no")])).unwrap();
    assert!(own.draft.intake.agent.is_none() && own.draft.intake.answers.is_empty());
    let drafts = desk.drafts().unwrap().len();
    let refused = desk.start_draft(FOOD, &answers(&[("q1", "zz")])).unwrap_err();
    assert_eq!(refused.code(), "unknown-choice");
    assert_eq!(desk.drafts().unwrap().len(), drafts, "nothing was begun");
}
