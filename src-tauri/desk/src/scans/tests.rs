use crate::DeskError;
use crate::tests::{Bench, script};
use crate::view::{ScanOwner, ScanState};

const PDF: &[u8] = b"%PDF-1.7\n\xe6\x88\xb7\xe5\x8f\xa3\xe7\xb0\xbf";

fn code<T: std::fmt::Debug>(result: Result<T, DeskError>) -> (&'static str, String) {
    let error = result.unwrap_err();
    (error.code(), error.field().unwrap_or_default())
}

/// A case of the shared ones, with the id of its first material.
fn filed(bench: &Bench) -> (ScanOwner, String) {
    let case = bench.desk.play(&script("s01-m01.json")).unwrap().case;
    let material = case.materials[0].material.id.clone();
    (ScanOwner::Case { id: case.id.to_string() }, material)
}

#[test]
fn a_scan_is_added_looked_at_and_taken_off_with_its_reason() {
    let bench = Bench::new();
    let (owner, material) = filed(&bench);
    let desk = &bench.desk;
    let scans = desk.add_scan(&owner, &material, "C:\\扫描\\户口簿.pdf", PDF).unwrap();
    assert_eq!((scans.len(), scans[0].name.as_str()), (1, "户口簿.pdf"));
    assert_eq!(scans[0].state, ScanState::Local, "practice goes nowhere");
    let hash = scans[0].hash.clone();
    assert_eq!(desk.scan(&owner, &hash).unwrap(), PDF);

    let refused = |material: &str, name, bytes| code(desk.add_scan(&owner, material, name, bytes));
    assert_eq!(refused(&material, "b.pdf", PDF), ("bad-attachment", "file".to_owned()));
    assert_eq!(refused("zz", "b.pdf", PDF), ("unknown-material", "material".to_owned()));
    assert_eq!(refused(&material, "b.jpg", b"MZ"), ("bad-attachment", "file".to_owned()));
    let removed = desk.remove_scan(&owner, &material, &hash, " ");
    assert_eq!(code(removed), ("not-allowed", "reason".to_owned()));
    assert_eq!(code(desk.remove_scan(&owner, "zz", &hash, "扫错了")).0, "not-found");
    assert_eq!(code(desk.scan(&owner, &"0".repeat(64))).0, "not-found");

    assert_eq!(desk.remove_scan(&owner, &material, &hash, "扫错了").unwrap(), []);
    assert_eq!(code(desk.scan(&owner, &hash)).0, "not-found");
    let ScanOwner::Case { id } = &owner else { unreachable!() };
    let view = desk.case(id).unwrap();
    let told: Vec<_> = view.timeline.iter().rev().take(2).collect();
    assert_eq!((told[0].title.as_str(), told[1].title.as_str()), ("移除扫描件", "添加扫描件"));
    assert!(told[0].detail.contains("户口簿.pdf") && told[0].detail.contains("扫错了"));
    assert_eq!(desk.store().audit().unwrap().findings, []);
    assert!(desk.store().attachment(&hash).is_err(), "its bytes are gone from this machine");
}

#[test]
fn scans_of_a_draft_become_those_of_the_case() {
    let bench = Bench::new();
    let desk = &bench.desk;
    desk.sign_in_practice_clerk().unwrap();
    let scenario = script("s01-m01.json");
    let draft = desk.start_draft(&scenario.intake.matter, &scenario.intake.answers).unwrap().draft;
    let owner = ScanOwner::Draft { id: draft.id.clone() };
    let draft = crate::view::Draft { intake: scenario.intake, ..draft };
    let view = desk.save_draft(draft.clone()).unwrap();
    let applies = view.assessment.checklist[0].material.id.clone();
    let scans = desk.add_scan(&owner, &applies, "a.pdf", PDF).unwrap();
    assert_eq!(scans[0].state, ScanState::Local);
    assert_eq!(desk.scan(&owner, &scans[0].hash).unwrap(), PDF);
    assert_eq!(code(desk.add_scan(&owner, "zz", "a.pdf", PDF)).0, "unknown-material");
    assert_eq!(code(desk.add_scan(&owner, &applies, "a.pdf", PDF)).0, "bad-attachment");
    let other = [PDF, b"2"].concat();
    desk.add_scan(&owner, &applies, "b.pdf", &other).unwrap();
    let other = yichuang_domain::case::event::sha256_hex(&other);
    assert_eq!(desk.remove_scan(&owner, &applies, &other, "").unwrap().len(), 1);

    let confirmed = view.assessment.determination.unwrap();
    let filed = desk.file_case(&draft.id, &confirmed, false).unwrap();
    assert_eq!(filed.scans.len(), 1);
    assert_eq!((&filed.scans[0].material, &filed.scans[0].name), (&applies, &"a.pdf".to_owned()));
    let owner = ScanOwner::Case { id: filed.case.id.to_string() };
    assert_eq!(desk.scan(&owner, &scans[0].hash).unwrap(), PDF);
    assert_eq!(desk.store().audit().unwrap().findings, []);
}

#[test]
fn a_draft_that_is_thrown_away_takes_its_scans_along() {
    let bench = Bench::new();
    let desk = &bench.desk;
    desk.sign_in_practice_clerk().unwrap();
    let scenario = script("s01-m01.json");
    let view = desk.start_draft(&scenario.intake.matter, &scenario.intake.answers).unwrap();
    let material = view.matter.matter.materials[0].id.clone();
    let owner = ScanOwner::Draft { id: view.draft.id.clone() };
    let hash = desk.add_scan(&owner, &material, "a.pdf", PDF).unwrap()[0].hash.clone();
    desk.discard_draft(&view.draft.id).unwrap();
    assert_eq!(code(desk.scans(&owner)).0, "draft-gone");
    assert!(desk.store().attachment(&hash).is_err());
}
