//! The desk at a glance: what it counts and what it leads to.

use std::collections::BTreeSet;

use super::{Bench, script};
use crate::view::{CaseFilter, Queue};

#[test]
fn a_queue_is_counted_whole_and_listed_to_its_end() {
    let bench = Bench::new();
    let mut noticed = script("s37-m17.json");
    noticed.supplements = None;
    let mut filed: BTreeSet<String> = BTreeSet::new();
    for _ in 0..52 {
        filed.insert(bench.desk.play(&noticed).unwrap().case.id.to_string());
    }
    let glance = bench.desk.workbench().unwrap().supplement_waiting;
    assert_eq!((glance.total, glance.rows.len()), (52, 50));
    let mut listed = Vec::new();
    for offset in [0, 25, 50] {
        let queue = Some(Queue::SupplementWaiting);
        let page = bench
            .desk
            .list_cases(CaseFilter { queue, offset, limit: 25, ..CaseFilter::default() })
            .unwrap();
        assert_eq!(page.total, 52);
        listed.extend(page.rows.into_iter().map(|row| row.id));
    }
    let glanced: Vec<_> = glance.rows.into_iter().map(|row| row.id).collect();
    assert_eq!(listed[..50], glanced, "in one order");
    assert_eq!(listed.len(), 52);
    assert_eq!(listed.into_iter().collect::<BTreeSet<_>>(), filed);
    let other = CaseFilter { queue: Some(Queue::Decided), ..CaseFilter::default() };
    assert_eq!(bench.desk.list_cases(other).unwrap().total, 0);
}
