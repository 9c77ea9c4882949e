//! Finding a matter: what is used most, stars, shelves, and a guide that changes meanwhile.

use std::collections::HashSet;
use std::sync::atomic::{AtomicBool, Ordering};

use yichuang_domain::clerk::ClerkRoles;

use super::{Bench, fixtures, next_release, script};
use crate::view::{MatterHit, Shelf};

fn codes(hits: &[MatterHit]) -> Vec<&str> {
    hits.iter().map(|hit| hit.code.as_str()).collect()
}

#[test]
fn what_this_window_takes_most_comes_first_without_a_text_and_among_equals() {
    let bench = Bench::new();
    let untouched = bench.desk.search("", 100).unwrap();
    assert_eq!(untouched.len(), 24);
    let (once, often) = (script("s01-m01.json"), script("s26-m13.json"));
    bench.desk.play(&once).unwrap();
    assert_eq!(bench.desk.search("", 1).unwrap()[0].code, once.intake.matter);
    bench.desk.play(&often).unwrap();
    bench.desk.play(&often).unwrap();
    let listed = bench.desk.search("", 100).unwrap();
    assert_eq!(codes(&listed)[..2], [often.intake.matter.as_str(), once.intake.matter.as_str()]);
    let all =
        |hits: &[MatterHit]| codes(hits).into_iter().map(str::to_owned).collect::<HashSet<_>>();
    assert_eq!((listed.len(), all(&listed)), (24, all(&untouched)), "each once");

    let found = bench.desk.search("登记", 100).unwrap();
    assert_eq!(
        found[0].alias.as_deref(),
        Some("登记结婚"),
        "usage lifts nothing over a better fit"
    );
    assert_eq!(found[1].code, often.intake.matter);
    assert_eq!(found[2].code, once.intake.matter);
}

#[test]
fn a_clerk_finds_what_they_starred_and_nobody_else_does() {
    let bench = Bench::new();
    let desk = &bench.desk;
    let code = desk.search("结婚", 1).unwrap()[0].code.clone();
    assert_eq!(desk.star(&code, true).unwrap_err().code(), "not-signed-in");
    desk.first_account("王敏", "246802").unwrap();
    let first = desk.clerk().unwrap().id;
    assert_eq!(desk.star("nowhere", true).unwrap_err().code(), "unknown-matter");
    desk.star(&code, true).unwrap();
    desk.star(&code, true).unwrap();
    assert!(desk.search("结婚", 1).unwrap()[0].starred);
    assert_eq!(codes(&desk.shelf(&Shelf::Starred).unwrap()), [code.as_str()]);
    assert_eq!(desk.browse().unwrap().starred, 1);

    let second = desk.add_clerk("李四", "975310", &ClerkRoles::new()).unwrap();
    desk.sign_in(&second.id, "975310").unwrap();
    assert!(!desk.search("结婚", 1).unwrap()[0].starred);
    assert_eq!(desk.shelf(&Shelf::Starred).unwrap(), []);

    let bench = bench.restart();
    bench.desk.sign_in(&first, "246802").unwrap();
    assert!(bench.desk.search("结婚", 1).unwrap()[0].starred, "stars outlive the program");
    bench.desk.star(&code, false).unwrap();
    bench.desk.star("nowhere", false).unwrap();
    assert_eq!(bench.desk.browse().unwrap().starred, 0);
}

#[test]
fn a_guide_of_format_2_is_browsed_by_life_event() {
    let bench = Bench::new();
    let full = std::fs::read(fixtures().join("guide_full.json")).unwrap();
    bench.desk.import_guide(&full).unwrap();
    let guide = bench.desk.guide().unwrap();
    let shown = bench.desk.browse().unwrap().life_events;
    assert!(!shown.is_empty() && shown.len() == guide.package.life_events.len());
    for (shown, event) in shown.iter().zip(&guide.package.life_events) {
        let shelf = bench.desk.shelf(&Shelf::LifeEvent(shown.id.clone())).unwrap();
        assert_eq!(codes(&shelf), event.matters.iter().map(String::as_str).collect::<Vec<_>>());
        assert_eq!(
            (shown.name.as_str(), shown.matters as usize),
            (event.name.as_str(), shelf.len())
        );
    }
}

#[test]
fn every_matter_stands_on_the_shelf_of_its_department_and_of_its_bundles() {
    let bench = Bench::new();
    let browse = bench.desk.browse().unwrap();
    let mut all = Vec::new();
    for department in &browse.departments {
        let shelf = bench.desk.shelf(&Shelf::Department(department.code.clone())).unwrap();
        assert_eq!(shelf.len(), department.matters as usize);
        assert!(shelf.iter().all(|hit| hit.department == department.name));
        all.extend(shelf.into_iter().map(|hit| hit.code));
    }
    assert_eq!(all.len(), 24);
    let guide = bench.desk.guide().unwrap();
    assert_eq!(browse.bundles.len(), guide.package.bundles.len());
    for (shown, bundle) in browse.bundles.iter().zip(&guide.package.bundles) {
        let shelf = bench.desk.shelf(&Shelf::Bundle(shown.id.clone())).unwrap();
        assert_eq!(codes(&shelf), bundle.matters);
    }
    let nowhere =
        [Shelf::Department, Shelf::Bundle, Shelf::LifeEvent].map(|shelf| shelf("x".to_owned()));
    for nowhere in nowhere {
        assert_eq!(bench.desk.shelf(&nowhere).unwrap_err().code(), "not-found");
    }
}

#[test]
fn a_search_while_releases_are_taken_in_sees_one_whole_release() {
    let bench = Bench::new();
    let mark = |release: u64| format!("第{release}版");
    let releases: Vec<Vec<u8>> = (2..8u64)
        .map(|release| {
            next_release(|guide| {
                guide["release"] = release.into();
                for matter in guide["matters"].as_array_mut().unwrap() {
                    let name = format!("{}{}", matter["name"].as_str().unwrap(), mark(release));
                    matter["name"] = name.into();
                }
            })
        })
        .collect();
    let done = AtomicBool::new(false);
    let seen = std::thread::scope(|scope| {
        let reader = scope.spawn(|| {
            let mut seen = HashSet::new();
            let mut last = false;
            while !last {
                last = done.load(Ordering::Acquire);
                let hits = bench.desk.search("版", 100).unwrap();
                let of_hits: HashSet<String> =
                    hits.iter().map(|h| h.name.chars().rev().take(3).collect()).collect();
                assert!(of_hits.len() <= 1, "{of_hits:?}: two releases in one answer");
                assert!(hits.is_empty() || hits.len() == 24, "{} hits", hits.len());
                seen.extend(of_hits);
            }
            seen
        });
        for release in &releases {
            bench.desk.import_guide(release).unwrap();
        }
        done.store(true, Ordering::Release);
        reader.join().unwrap()
    });
    let last: String = mark(7).chars().rev().collect();
    assert!(seen.contains(&last), "{seen:?}");
}
