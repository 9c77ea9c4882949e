//! The lead's view over the shared cases, beside an account of them kept by hand.

use std::collections::BTreeMap;

use yichuang_domain::clerk::{ClerkRole, ClerkRoles};
use yichuang_domain::figures::{Figure, FigureGroup, Rate};
use yichuang_domain::named::Named as _;

use super::{Bench, fixtures};
use crate::scenario;
use crate::view::{FigureRow, FiguresFilter};

fn filter(group: FigureGroup) -> FiguresFilter {
    FiguresFilter { from: "2020-01-01".to_owned(), to: "2030-12-31".to_owned(), group }
}

/// Every shared case, and what its scenario says came of it.
fn played(bench: &Bench) -> Vec<(String, String, String)> {
    let mut all = Vec::new();
    for entry in std::fs::read_dir(fixtures().join("scenarios")).unwrap() {
        let scenario = scenario::read(&std::fs::read(entry.unwrap().path()).unwrap()).unwrap();
        let outcome = scenario.expect.as_ref().unwrap()["outcome"].clone();
        bench.desk.play(&scenario).unwrap();
        let intake = &scenario.intake;
        let outcome = outcome.as_str().unwrap().to_owned();
        all.push((intake.matter.clone(), intake.filed_on.clone(), outcome));
    }
    let clerk = bench.desk.clerk().unwrap().id;
    let roles = ClerkRoles::from([ClerkRole::Lead, ClerkRole::Administrator]);
    bench.desk.store().write(|tx| tx.set_roles(&clerk, &roles)).unwrap();
    all
}

fn count(row: &FigureRow, figure: Figure) -> usize {
    row.counts[&figure] as usize
}

#[test]
fn totals_are_those_of_the_cases_and_groups_add_up() {
    let bench = Bench::new();
    let all = played(&bench);
    let outcomes = |wanted: &[&str]| all.iter().filter(|c| wanted.contains(&&*c.2)).count();
    let view = bench.desk.figures(&filter(FigureGroup::Matter)).unwrap();
    assert_eq!(count(&view.total, Figure::Filed), all.len());
    let turned_away = ["not-required", "out-of-scope", "refused"];
    assert_eq!(count(&view.total, Figure::TurnedAway), outcomes(&turned_away));
    let mut by_matter = BTreeMap::new();
    for (matter, ..) in &all {
        *by_matter.entry(matter.as_str()).or_insert(0) += 1;
    }
    assert_eq!(view.matters as usize, by_matter.len());
    for row in &view.groups {
        assert_eq!(count(row, Figure::Filed), by_matter[row.key.as_str()], "{}", row.name);
    }
    for &group in FigureGroup::ALL {
        let view = bench.desk.figures(&filter(group)).unwrap();
        for &figure in Figure::ALL {
            let sum: usize = view.groups.iter().map(|row| count(row, figure)).sum();
            assert_eq!(sum, count(&view.total, figure), "{figure:?} by {group:?}");
        }
    }
}

#[test]
fn behind_each_number_stand_its_cases() {
    let bench = Bench::new();
    played(&bench);
    let by_matter = filter(FigureGroup::Matter);
    let view = bench.desk.figures(&by_matter).unwrap();
    let once = [Figure::Filed, Figure::Accepted, Figure::TurnedAway, Figure::Notices];
    for figure in once {
        let cases = bench.desk.figure_cases(&by_matter, figure, None).unwrap();
        assert_eq!(cases.rows.len(), count(&view.total, figure), "{figure:?}");
        assert_eq!(cases.total as usize, cases.rows.len());
        for row in &view.groups {
            let cases = bench.desk.figure_cases(&by_matter, figure, Some(&row.key)).unwrap();
            assert_eq!(cases.rows.len(), count(row, figure));
            assert!(cases.rows.iter().all(|case| case.matter_name == row.name));
        }
    }
}

#[test]
fn a_list_that_is_cut_says_how_many_there_are() {
    let bench = Bench::new();
    played(&bench);
    let by_matter = filter(FigureGroup::Matter);
    let view = bench.desk.figures(&by_matter).unwrap();
    let cut = bench.desk.figure_cases_with(&by_matter, Figure::Filed, None, 1).unwrap();
    assert_eq!((cut.rows.len(), cut.total as usize), (1, count(&view.total, Figure::Filed)));
    let cut = bench.desk.figures_with(&by_matter, 0).unwrap();
    assert_eq!((cut.reasons.len(), cut.reasons_total as usize), (0, view.reasons.len()));
}

#[test]
fn a_period_has_its_days_and_no_others() {
    let bench = Bench::new();
    let all = played(&bench);
    let day = &all[0].1;
    let one = FiguresFilter { from: day.clone(), to: day.clone(), group: FigureGroup::Day };
    let view = bench.desk.figures(&one).unwrap();
    let wanted = all.iter().filter(|case| case.1 == *day).count();
    assert_eq!(count(&view.total, Figure::Filed), wanted);
    assert_eq!(view.groups.len(), 1);
    let backwards =
        FiguresFilter { from: "2026-02-02".into(), to: "2026-02-01".into(), ..one.clone() };
    assert_eq!(bench.desk.figures(&backwards).unwrap_err().code(), "bad-date");
    let empty = FiguresFilter { from: "2019-01-01".into(), to: "2019-12-31".into(), ..one };
    let view = bench.desk.figures(&empty).unwrap();
    assert_eq!((count(&view.total, Figure::Filed), view.groups.len()), (0, 0));
    assert!(view.total.rates.values().all(Option::is_none), "nothing is no hundred per cent");
}

#[test]
fn only_a_lead_sees_them_and_takes_them_out() {
    let bench = Bench::new();
    played(&bench);
    let by_clerk = filter(FigureGroup::Clerk);
    let file = bench.desk.export_figures(&by_clerk).unwrap();
    assert!(file.name.contains("演练") && file.bytes.starts_with(b"PK"));
    let view = bench.desk.figures(&by_clerk).unwrap();
    assert!(view.total.rates[&Rate::MaterialReduction].is_some());
    let other = bench.desk.add_clerk("李强", "135791", &ClerkRoles::new()).unwrap();
    assert!(other.roles.is_empty());
    bench.desk.sign_in(&other.id, "135791").unwrap();
    assert_eq!(bench.desk.figures(&by_clerk).unwrap_err().code(), "not-lead");
    assert_eq!(bench.desk.export_figures(&by_clerk).unwrap_err().code(), "not-lead");
    let cases = bench.desk.figure_cases(&by_clerk, Figure::Filed, None);
    assert_eq!(cases.unwrap_err().code(), "not-lead");
}
