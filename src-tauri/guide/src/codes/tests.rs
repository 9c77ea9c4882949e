use std::collections::HashSet;

use yichuang_domain::evaluation::Satisfaction;
use yichuang_domain::matter::Handling;

use super::*;

fn whole<T: Copy + PartialEq + std::fmt::Debug>(table: Option<CodeTable<T>>) {
    let Some(table) = table else { return };
    let mut codes = HashSet::new();
    for (code, value) in table.0 {
        assert!(codes.insert(*code), "{code} is there twice");
        assert_eq!(table.read(code), Some(*value));
        assert_eq!(table.write(*value), Some(*code), "{value:?} has two codes");
    }
    assert_eq!(table.read("77"), None);
    assert_eq!(table.read(""), None);
}

#[test]
fn every_table_leads_there_and_back() {
    for upstream in Upstream::ALL {
        whole(upstream.matter_kind());
        whole(upstream.served());
        whole(upstream.handling());
        whole(upstream.use_level());
        whole(upstream.department_kind());
        whole(upstream.handle_form());
        whole(upstream.power_source());
        whole(upstream.necessity());
        whole(upstream.material_kind());
        whole(upstream.material_media());
        whole(upstream.closing());
        whole(upstream.satisfaction());
    }
}

/// The conflicts that are the reason for keeping the tables apart.
#[test]
fn the_systems_conflict_where_they_are_known_to() {
    let served = |u: Upstream, code| u.served().and_then(|t| t.read(code));
    assert_eq!(served(Upstream::Gbt39046, "5"), Some(Served::Agency));
    assert_eq!(served(Upstream::NationalPlatform, "5"), Some(Served::UnincorporatedEnterprise));
    assert_eq!(served(Upstream::Gbt39046, "9"), None);
    let handling = |u: Upstream, code| u.handling().and_then(|t| t.read(code));
    assert_eq!(handling(Upstream::NationalPlatform, "1"), Some(Handling::Immediate));
    assert_eq!(handling(Upstream::Legacy, "1"), Some(Handling::Committed));
    assert_eq!(handling(Upstream::Legacy, "3"), None);
    let satisfaction = |u: Upstream, code| u.satisfaction().and_then(|t| t.read(code));
    assert_eq!(satisfaction(Upstream::Gbt39046, "1"), Some(Satisfaction::VerySatisfied));
    assert_eq!(satisfaction(Upstream::NationalPlatform, "1"), Some(Satisfaction::VeryDissatisfied));
}
