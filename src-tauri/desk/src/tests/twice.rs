//! One draft on two pages: neither undoes the other unseen.

use super::{Bench, enrol, script};

#[test]
fn what_another_page_saved_is_not_saved_over_unseen() {
    let bench = Bench::new();
    enrol(&bench.desk, true);
    bench.desk.first_account("王敏", "246802").unwrap();
    let intake = script("s01-m01.json").intake;
    let first = bench.desk.start_draft(&intake.matter, &intake.answers).unwrap();
    let other = bench.desk.open_draft(&first.draft.id).unwrap();
    assert_eq!(first.stored, other.stored, "the same state");

    let mut here = first.draft.clone();
    here.intake = intake;
    let saved = bench.desk.save_draft_over(here.clone(), Some(&first.stored)).unwrap();
    let mut there = other.draft;
    there.intake.applicant.party.name = "李四".to_owned();
    let late = bench.desk.save_draft_over(there.clone(), Some(&other.stored)).unwrap_err();
    assert_eq!(late.code(), "draft-overtaken");
    let kept = bench.desk.open_draft(&here.id).unwrap();
    assert_eq!(kept.draft.intake.applicant, here.intake.applicant, "nothing was overwritten");

    // What changes nothing is nobody's loss, and whoever goes on says over what.
    let same = bench.desk.save_draft_over(here.clone(), Some(&saved.stored)).unwrap();
    assert_eq!(same.stored, saved.stored);
    bench.desk.save_draft_over(there, Some(&same.stored)).unwrap();
    // A script has no page beside it.
    bench.desk.save_draft(here).unwrap();
}
