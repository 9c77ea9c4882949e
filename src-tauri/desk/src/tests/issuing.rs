//! Papers on request, the acts that go with them, and the templates they are written by.

use std::collections::HashSet;

use yichuang_domain::case::CaseState;
use yichuang_domain::document::DocumentKind;
use yichuang_domain::issue::PaperRequest;

use super::{Bench, fixtures};
use crate::scenario;
use crate::templates::{Author, NewEdition};

const BY_CLERK: NewEdition<'static> = NewEdition { author: Author::Clerk, note: "", base: None };

/// Every shared case, filed, with what the desk offers for it.
fn filed(bench: &Bench) -> Vec<String> {
    let mut ids = Vec::new();
    for entry in std::fs::read_dir(fixtures().join("scenarios")).unwrap() {
        let scenario = scenario::read(&std::fs::read(entry.unwrap().path()).unwrap()).unwrap();
        ids.push(bench.desk.play(&scenario).unwrap().case.id.to_string());
    }
    ids
}

fn request(kind: DocumentKind, procedure: Option<&str>) -> PaperRequest {
    let reason = "情况需要".to_owned();
    match kind {
        DocumentKind::SpecialProcedureNotice => PaperRequest::SpecialProcedureNotice {
            procedure: procedure.unwrap_or_default().to_owned(),
            reason,
        },
        DocumentKind::ExtensionNotice => {
            PaperRequest::ExtensionNotice { days: 5, approver: "局长苏和".to_owned(), reason }
        }
        DocumentKind::ReturnNotice => PaperRequest::ReturnNotice { reason },
        DocumentKind::WithdrawalRequest => PaperRequest::WithdrawalRequest { reason },
        DocumentKind::TransferSheet => PaperRequest::TransferSheet { to: "审批科".to_owned() },
        DocumentKind::PowerOfAttorney => PaperRequest::PowerOfAttorney {},
        DocumentKind::DeliveryReceipt => PaperRequest::DeliveryReceipt {},
        DocumentKind::ResultSlip => PaperRequest::ResultSlip {},
        DocumentKind::EvaluationForm => PaperRequest::EvaluationForm {},
        kind => panic!("{kind:?} is not offered"),
    }
}

#[test]
fn every_paper_that_is_offered_is_made_archived_and_logged() {
    let bench = Bench::new();
    let mut made = HashSet::new();
    for id in filed(&bench) {
        let offered = bench.desk.offered_papers(&id).unwrap();
        // A special procedure stops the clock and a return ends the case: they come last.
        let mut kinds = offered.kinds.clone();
        kinds.sort_by_key(|kind| match kind {
            DocumentKind::SpecialProcedureNotice => 1,
            DocumentKind::ReturnNotice => 2,
            _ => 0,
        });
        for kind in kinds {
            if !bench.desk.offered_papers(&id).unwrap().kinds.contains(&kind) {
                continue;
            }
            let procedure = offered.procedures.first().map(|p| p.name.as_str());
            // Within its limit, which ran out long before today.
            let on = bench.desk.case(&id).unwrap().case.filed_on.to_string();
            let view = bench.desk.issue_paper(&id, &request(kind, procedure), Some(&on)).unwrap();
            let paper = view.papers.last().unwrap();
            assert_eq!(paper.kind, kind);
            assert!(bench.desk.paper(&paper.number).unwrap().pdf.starts_with(b"%PDF"));
            made.insert(kind);
        }
    }
    let missing: Vec<_> = DocumentKind::ALL
        .iter()
        .filter(|kind| !made.contains(kind) && !matches!(kind, DocumentKind::ResultSlip))
        .filter(|kind| std::panic::catch_unwind(|| request(**kind, None)).is_ok())
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
    assert!(bench.desk.store().audit().unwrap().findings.is_empty());
}

#[test]
fn an_extension_moves_the_last_day_once_and_a_refused_one_changes_nothing() {
    let bench = Bench::new();
    let id = filed(&bench)
        .into_iter()
        .find(|id| {
            let kinds = bench.desk.offered_papers(id).unwrap().kinds;
            kinds.contains(&DocumentKind::ExtensionNotice)
        })
        .unwrap();
    let before = bench.desk.case(&id).unwrap();
    let nobody = PaperRequest::ExtensionNotice {
        days: 5,
        approver: String::new(),
        reason: "理由".to_owned(),
    };
    let error = bench.desk.issue_paper(&id, &nobody, None).unwrap_err();
    assert_eq!((error.code(), error.field().as_deref()), ("not-allowed", Some("approver")));
    assert_eq!(bench.desk.case(&id).unwrap().case, before.case);
    let extension = request(DocumentKind::ExtensionNotice, None);
    let after = bench.desk.issue_paper(&id, &extension, None).unwrap();
    assert!(after.case.due.as_ref().unwrap().on > before.case.due.as_ref().unwrap().on);
    assert_eq!(bench.desk.issue_paper(&id, &extension, None).unwrap_err().code(), "not-now");
}

#[test]
fn a_stopped_clock_runs_on_with_what_was_left() {
    let bench = Bench::new();
    let (id, procedure) = filed(&bench)
        .into_iter()
        .find_map(|id| {
            let offered = bench.desk.offered_papers(&id).unwrap();
            let stops = offered.procedures.iter().find(|p| p.stops_clock)?.name.clone();
            let now = offered.kinds.contains(&DocumentKind::SpecialProcedureNotice);
            now.then_some((id, stops))
        })
        .unwrap();
    let before = bench.desk.case(&id).unwrap().case;
    let notice = request(DocumentKind::SpecialProcedureNotice, Some(&procedure));
    let stopped = bench.desk.issue_paper(&id, &notice, None).unwrap().case;
    assert_eq!(stopped.state, CaseState::ClockStopped);
    assert!(bench.desk.offered_papers(&id).unwrap().clock_stopped);
    bench.wait(7 * 24 * 60);
    let resumed = bench.desk.resume_clock(&id, None).unwrap().case;
    assert_eq!(resumed.state, CaseState::InReview);
    assert!(resumed.due.unwrap().on > before.due.unwrap().on);
    assert_eq!(bench.desk.resume_clock(&id, None).unwrap_err().code(), "not-now");
}

#[test]
fn a_hall_that_numbers_its_papers_gets_its_numbers_each_once() {
    let bench = Bench::new();
    let ids = filed(&bench);
    let case = bench.desk.case(&ids[0]).unwrap().case;
    let guide = bench.desk.guide().unwrap();
    let department = guide.matter(&case.matter.code).unwrap().department.clone();
    let mut set = yichuang_documents::template::shipped().unwrap();
    set.numbering = Some(
        serde_json::from_value(serde_json::json!({
            "pattern": "{机关代字}{文种}字〔{年}〕第{窗口}-{流水}号",
            "authorities": { department: "根政" },
            "kinds": { "evaluation-form": "评" },
        }))
        .unwrap(),
    );
    bench.desk.install_templates(&serde_json::to_string(&set).unwrap(), &BY_CLERK).unwrap();
    let form = request(DocumentKind::EvaluationForm, None);
    bench.desk.issue_paper(&ids[0], &form, None).unwrap();
    let view = bench.desk.issue_paper(&ids[0], &form, None).unwrap();
    let numbers: Vec<_> = view.papers.iter().filter_map(|p| p.formal.clone()).collect();
    let device = case.number.device();
    let wanted = |n: u32| format!("演练根政评字〔2026〕第{device}-{n:04}号");
    assert_eq!(numbers, [wanted(1), wanted(2)]);
    // Kinds without a word keep the program's own number.
    let sheet = request(DocumentKind::PowerOfAttorney, None);
    if let Ok(view) = bench.desk.issue_paper(&ids[0], &sheet, None) {
        assert_eq!(view.papers.last().unwrap().formal, None);
    }
}
