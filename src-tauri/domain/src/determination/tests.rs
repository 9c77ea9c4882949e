use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;
use crate::fixture::{bare_matter, date, example};
use crate::matter::{Limit, LimitUnit, Material, Necessity, SupplementLaw, SupplementRule};

prop_compose! {
    fn any_checked()(
        necessity in prop::sample::select(vec![
            Necessity::Required, Necessity::Optional, Necessity::Deferrable,
        ]),
        check in prop::sample::select(Check::ALL.to_vec()),
        seen in prop::bool::weighted(0.8),
    ) -> CheckedMaterial {
        let material = Material {
            necessity,
            licence_reuse: true,
            commitment_allowed: true,
            ..example().matters[0].materials[0].clone()
        };
        let check = if check.obstacle(&material).is_some() { Check::Present } else { check };
        let check = (seen || necessity != Necessity::Optional).then_some(check);
        CheckedMaterial { material, check, reason: String::new() }
    }
}

fn any_materials() -> impl Strategy<Value = Vec<CheckedMaterial>> {
    prop::collection::vec(any_checked(), 0..10).prop_map(|mut list| {
        list.iter_mut().enumerate().for_each(|(i, m)| m.material.id = format!("m{i}"));
        list
    })
}

fn ids(materials: &[CheckedMaterial], keep: impl Fn(&CheckedMaterial) -> bool) -> Vec<MaterialId> {
    materials.iter().filter(|m| keep(m)).map(|m| m.material.id.clone()).collect()
}

proptest! {
    #[test]
    fn the_notice_lists_exactly_what_is_missing_and_must_be_there(materials in any_materials()) {
        let (matter, filed_on) = (bare_matter(), date("2026-03-02"));
        let determination = determine(&matter, &example().calendar, filed_on, &materials);
        let missing = ids(&materials, |m| {
            matches!(m.check, Some(Check::Missing | Check::Defective))
                && matches!(m.material.necessity, Necessity::Required | Necessity::Deferrable)
        });
        let deferred = ids(&materials, |m| m.check == Some(Check::Deferred));
        let committed = ids(&materials, |m| m.check == Some(Check::Committed));
        prop_assert_eq!(&determination.listed, &missing);
        prop_assert_eq!(&determination.deferred, &deferred);
        prop_assert_eq!(&determination.committed, &committed);

        // Exactly one of the three outcomes, and what goes with it.
        let expected = if !missing.is_empty() {
            Outcome::OneTimeNotice
        } else if !deferred.is_empty() {
            Outcome::AcceptDeferred
        } else {
            Outcome::Accept
        };
        prop_assert_eq!(determination.outcome, expected);
        let accepted = expected != Outcome::OneTimeNotice;
        prop_assert_eq!(determination.accepted_on, accepted.then_some(filed_on));
        prop_assert_eq!(determination.due.is_some(), accepted);
        prop_assert_eq!(determination.notify_by.is_some(), !accepted);
        let papers: BTreeSet<DocumentKind> = determination.documents.iter().copied().collect();
        prop_assert_eq!(papers.len(), determination.documents.len());
        let mut wanted = BTreeSet::from([DocumentKind::MaterialReceipt]);
        if accepted {
            wanted.insert(DocumentKind::Acceptance);
            if !committed.is_empty() { wanted.insert(DocumentKind::Commitment); }
            if !deferred.is_empty() { wanted.insert(DocumentKind::DeferralCommitment); }
        } else {
            wanted.insert(DocumentKind::OneTimeNotice);
        }
        prop_assert_eq!(papers, wanted);
    }

    #[test]
    fn optional_materials_never_decide(
        materials in any_materials(), check in prop::option::of(prop::sample::select(vec![
            Check::Present, Check::Missing, Check::Defective, Check::Corrected, Check::Licence,
        ])),
    ) {
        let (matter, filed_on) = (bare_matter(), date("2026-03-02"));
        let before = determine(&matter, &example().calendar, filed_on, &materials);
        let mut changed = materials.clone();
        for m in changed.iter_mut().filter(|m| m.material.necessity == Necessity::Optional) {
            m.check = check;
        }
        let after = determine(&matter, &example().calendar, filed_on, &changed);
        prop_assert_eq!(before.outcome, after.outcome);
        prop_assert_eq!(before.listed, after.listed);
    }
}

#[test]
fn a_stop_ends_in_its_outcome_and_paper() {
    for (outcome, expected, paper) in [
        (StopOutcome::NotRequired, Outcome::NotRequired, DocumentKind::NotRequiredNotice),
        (StopOutcome::OutOfScope, Outcome::OutOfScope, DocumentKind::Refusal),
        (StopOutcome::Refused, Outcome::Refused, DocumentKind::Refusal),
    ] {
        let determination = stopped(Stopped {
            question: "q1".to_owned(),
            question_text: String::new(),
            choice: "a".to_owned(),
            choice_text: String::new(),
            stop: crate::matter::Stop {
                outcome,
                reason: "理由".to_owned(),
                refer_to: String::new(),
            },
        });
        assert_eq!(determination.outcome, expected);
        assert_eq!(determination.documents, [paper]);
        assert_eq!(determination.accepted_on, None);
        assert!(determination.due.is_none() && determination.notify_by.is_none());
    }
}

#[test]
fn a_notice_after_its_last_day_deems_accepted_where_the_rule_says_so() {
    let mut matter = bare_matter();
    matter.supplement = SupplementRule {
        rule: SupplementLaw::LicenceArt32,
        days: 5,
        unit: LimitUnit::Workdays,
        deemed_accepted: true,
    };
    let calendar = &example().calendar;
    let filed = date("2026-09-18");
    let last = notify_by(&matter, calendar, filed).on;
    assert_eq!(last, date("2026-09-24"));
    let deemed = |matter: &Matter, on| is_deemed_accepted(matter, calendar, filed, on);
    assert!(!deemed(&matter, filed));
    assert!(!deemed(&matter, last));
    assert!(deemed(&matter, last.tomorrow().expect("a date")));
    matter.supplement.deemed_accepted = false;
    assert!(!deemed(&matter, date("2027-01-01")));
    // On the spot: the same day, and no grace.
    matter.supplement = SupplementRule {
        rule: SupplementLaw::WrittenOnTheSpot,
        days: 0,
        deemed_accepted: true,
        ..matter.supplement
    };
    assert!(!deemed(&matter, filed));
    assert!(deemed(&matter, filed.tomorrow().expect("a date")));
}

#[test]
fn a_matter_without_a_promise_has_no_due_date() {
    let mut matter = bare_matter();
    matter.promised_limit = None;
    assert_eq!(due(&matter, &example().calendar, date("2026-03-02")), None);
    matter.promised_limit = Some(Limit { value: 0, unit: LimitUnit::Workdays });
    let same_day = due(&matter, &example().calendar, date("2026-03-07")).expect("a due date");
    assert_eq!(same_day.on, date("2026-03-07"));
}
