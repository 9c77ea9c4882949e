use proptest::prelude::*;

use super::*;
use crate::case::event::EventBody;
use crate::case::fold::tests::{filed_body, fold};
use crate::fixture::date;

fn folded(listed: &[&str], then: Vec<EventBody>) -> Case {
    fold(std::iter::once(filed_body(listed)).chain(then).collect())
}

fn ids() -> Vec<String> {
    let EventBody::Filed { materials, .. } = filed_body(&[]) else { panic!("no filing") };
    materials.into_iter().map(|m| m.material.id).collect()
}

fn decided(decision: Decision) -> EventBody {
    EventBody::Decided {
        decision,
        on: date("2026-03-10"),
        reason: "理由".to_owned(),
        result_number: None,
        basis: String::new(),
        remedies: String::new(),
    }
}

fn accepted() -> EventBody {
    EventBody::Accepted { on: date("2026-03-03"), due: None, deferred: Vec::new() }
}

#[test]
fn a_notice_lists_what_has_not_arrived_and_nothing_else() {
    let ids = ids();
    let listed = [ids[0].as_str(), ids[1].as_str()];
    let notice = EventBody::NoticeGiven {
        on: date("2026-03-03"),
        listed: listed.map(str::to_owned).to_vec(),
    };
    let one = EventBody::Supplemented { on: date("2026-03-04"), ids: vec![ids[0].clone()] };
    let case = folded(&listed, vec![notice.clone()]);
    let Some(Next::Bring(open)) = progress(&case).next else { panic!("nothing to bring") };
    assert_eq!(open.len(), 2);
    assert_eq!((open[0].found, progress(&case).headline), ("缺少", "待补正"));
    let case = folded(&listed, vec![notice.clone(), one.clone()]);
    let Some(Next::Bring(open)) = progress(&case).next else { panic!("nothing to bring") };
    assert_eq!(open.iter().map(|l| l.name).collect::<Vec<_>>(), [case.material_name(&ids[1])]);
    let rest = EventBody::Supplemented { on: date("2026-03-05"), ids: vec![ids[1].clone()] };
    let case = folded(&listed, vec![notice, one, rest]);
    assert_eq!((progress(&case).next, progress(&case).headline), (None, "已补正"));
}

#[test]
fn what_was_decided_is_collected_and_a_denial_says_so() {
    let case = folded(&[], vec![accepted(), decided(Decision::Granted)]);
    let told = progress(&case);
    assert_eq!((told.headline, told.next, told.closed), ("已办结", Some(Next::Collect), false));
    assert_eq!(told.days.last().map(|day| day.name), Some("办结日期"));
    let case = folded(&[], vec![accepted(), decided(Decision::Denied)]);
    assert_eq!(progress(&case).headline, "不予许可");
    let over = EventBody::HandedOver {
        receiver: "张三".to_owned(),
        on: date("2026-03-11"),
        facts: None,
        signature: None,
    };
    let case = folded(&[], vec![accepted(), decided(Decision::Granted), over]);
    assert!(progress(&case).closed);
}

#[test]
fn no_last_day_is_told_while_the_clock_stands_still() {
    let due = crate::calendar::WorkCalendar::default().due(
        date("2026-03-03"),
        crate::matter::Limit { value: 5, unit: crate::matter::LimitUnit::Days },
    );
    let accepted = EventBody::Accepted { on: date("2026-03-03"), due: Some(due), deferred: vec![] };
    let named = |case: &Case| progress(case).days.iter().any(|day| day.name == "应办结日");
    let case = folded(&[], vec![accepted.clone()]);
    assert!(named(&case));
    let stopped = EventBody::ClockStopped {
        kind: crate::matter::SpecialProcedureKind::Hearing,
        on: date("2026-03-04"),
        reason: String::new(),
        basis: String::new(),
    };
    let case = folded(&[], vec![accepted, stopped]);
    assert_eq!((named(&case), progress(&case).headline), (false, "特别程序"));
}

proptest! {
    /// Whoever applies and whatever a clerk typed: nobody learns who it is.
    #[test]
    fn no_name_and_no_number_gets_out(
        name in "[\u{4e00}-\u{9fa5}]{2,6}", number in "[0-9]{17}[0-9X]", before in "[\u{3400}-\u{3500}]{0,9}",
    ) {
        let ids = ids();
        let mut filed = filed_body(&[ids[0].as_str()]);
        let EventBody::Filed { applicant, materials, .. } = &mut filed else { panic!("no filing") };
        applicant.party.name = name.clone();
        applicant.party.id_number = number.clone();
        materials[0].reason = format!("{before}{name}的证件{number}不清楚");
        let notice = EventBody::NoticeGiven { on: date("2026-03-03"), listed: vec![ids[0].clone()] };
        let case = fold(vec![filed, notice]);
        let told = format!("{:?}", progress(&case));
        prop_assert!(!told.contains(&name) && !told.contains(&number), "{told}");
    }
}
