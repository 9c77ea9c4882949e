//! What the slip on the right says while the clerk works.

use yichuang_domain::intake::CheckInput;
use yichuang_domain::matter::Necessity;

use super::*;

/// It is the applicant's choice: no defect, and nobody is sent home for it.
#[test]
fn an_optional_material_that_is_not_there_does_not_hold_the_case_up() {
    let bench = Bench::new();
    enrol(&bench.desk, false);
    bench.desk.first_account("王敏", "246802").unwrap();
    let intake = script("s01-m01.json").intake;
    let mut draft = bench.desk.start_draft(&intake.matter, &Answers::new()).unwrap().draft;
    draft.intake = intake;
    let guide = bench.desk.guide().unwrap();
    let materials = &guide.matter(&draft.intake.matter).unwrap().materials;
    let optional: Vec<_> =
        materials.iter().filter(|m| m.necessity == Necessity::Optional).collect();
    assert!(!optional.is_empty());
    draft.intake.materials.retain(|input| optional.iter().all(|m| m.id != input.id));
    draft.intake.materials.extend(optional.iter().map(|m| CheckInput {
        id: m.id.clone(),
        check: "missing".to_owned(),
        reason: String::new(),
    }));
    let told = bench.desk.save_draft(draft).unwrap().assessment.told;
    for material in optional {
        let line = told.lines.iter().find(|line| line.text.starts_with(&material.name)).unwrap();
        assert!(line.text.ends_with("（选交，不影响受理）"), "{}", line.text);
    }
    assert!(told.lead.starts_with("材料已齐"), "{}", told.lead);
}

#[test]
fn what_is_still_to_come_is_no_complete_set() {
    let bench = Bench::new();
    enrol(&bench.desk, true);
    bench.desk.sign_in_practice_clerk().unwrap();
    let intake = script("s09-m05.json").intake;
    assert!(intake.materials.iter().any(|material| material.check == "deferred"));
    let mut draft = bench.desk.start_draft(&intake.matter, &Answers::new()).unwrap().draft;
    draft.intake = intake;
    let told = bench.desk.save_draft(draft).unwrap().assessment.told;
    assert!(told.lead.contains("容缺受理"), "{}", told.lead);
}
