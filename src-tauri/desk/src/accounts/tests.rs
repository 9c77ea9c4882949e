//! Accounts and their roles: who may do what to whom, and that it stays on record.

use std::collections::BTreeMap;

use proptest::prelude::*;
use yichuang_domain::clerk::{AccountChange, ClerkRole, ClerkRoles};
use yichuang_domain::named::Named as _;

use crate::error::DeskError;
use crate::tests::Bench;

const PIN: &str = "246802";
const OTHER: &str = "135791";
const NEW: &str = "864209";

fn roles(all: &[ClerkRole]) -> ClerkRoles {
    all.iter().copied().collect()
}

fn code<T>(done: Result<T, DeskError>) -> &'static str {
    done.err().map_or("ok", |error| error.code())
}

fn held(bench: &Bench, id: &str) -> (String, ClerkRoles) {
    let clerk = bench.desk.store().clerk(id).unwrap();
    clerk.map(|clerk| (clerk.name, clerk.roles)).unwrap_or(("nobody".into(), ClerkRoles::new()))
}

fn set_roles(bench: &Bench, id: &str, roles: &ClerkRoles) -> Result<(), DeskError> {
    bench.desk.set_account(id, &held(bench, id).0, roles)
}

fn rename(bench: &Bench, id: &str, name: &str) -> Result<(), DeskError> {
    bench.desk.set_account(id, name, &held(bench, id).1)
}

fn account(bench: &Bench, name: &str) -> String {
    bench.desk.clerks().unwrap().into_iter().find(|c| c.name == name).unwrap().id
}

/// A bench with somebody who has every role (王敏), who is signed in, and a clerk (赵一).
fn two() -> (Bench, String, String) {
    let bench = Bench::new();
    bench.desk.first_account("王敏", PIN).unwrap();
    let clerk = bench.desk.add_clerk("赵一", OTHER, &ClerkRoles::new()).unwrap().id;
    let first = bench.desk.clerk().unwrap().id;
    (bench, first, clerk)
}

#[test]
fn who_comes_first_has_every_role_and_a_clerk_has_none() {
    let (bench, first, clerk) = two();
    let desk = &bench.desk;
    for role in ClerkRole::ALL {
        assert_eq!(desk.acting_as(*role).unwrap(), "王敏");
    }
    desk.sign_in(&clerk, OTHER).unwrap();
    let refusals = ClerkRole::ALL.iter().map(|role| code(desk.acting_as(*role)));
    assert_eq!(refusals.collect::<Vec<_>>(), ["not-lead", "not-administrator", "not-trainer"]);
    let none = ClerkRoles::new();
    assert_eq!(code(desk.accounts()), "not-administrator");
    assert_eq!(code(desk.add_clerk("李四", NEW, &none)), "not-administrator");
    assert_eq!(code(set_roles(&bench, &clerk, &roles(ClerkRole::ALL))), "not-administrator");
    assert_eq!(code(rename(&bench, &clerk, "赵义")), "not-administrator");
    assert_eq!(code(desk.reset_pin(&first, NEW)), "not-administrator");
    assert_eq!(code(desk.set_retired(&first, true)), "not-administrator");
    assert_eq!(code(desk.set_card_reader("")), "not-administrator");
    desk.sign_out();
    assert_eq!(code(set_roles(&bench, &clerk, &none)), "not-signed-in");
    assert_eq!(code(desk.change_pin(OTHER, NEW)), "not-signed-in");
}

#[test]
fn the_first_account_after_a_scripted_case_has_every_role() {
    let bench = Bench::new();
    bench.desk.sign_in_practice_clerk().unwrap();
    let made = bench.desk.add_clerk("白哈斯", OTHER, &ClerkRoles::new()).unwrap();
    assert_eq!(made.roles, roles(ClerkRole::ALL), "nobody else could give any");
    let second = bench.desk.add_clerk("李四", NEW, &ClerkRoles::new());
    assert_eq!(code(second), "not-administrator", "the practice account has no role");
}

#[test]
fn a_role_counts_at_once_and_only_while_it_is_held() {
    let (bench, first, clerk) = two();
    set_roles(&bench, &clerk, &roles(&[ClerkRole::Administrator])).unwrap();
    set_roles(&bench, &first, &roles(&[ClerkRole::Lead])).unwrap();
    assert_eq!(code(set_roles(&bench, &clerk, &ClerkRoles::new())), "not-administrator");
    assert!(bench.desk.acting_as(ClerkRole::Lead).is_ok());
    bench.desk.sign_in(&clerk, OTHER).unwrap();
    let none = ClerkRoles::new();
    assert_eq!(code(set_roles(&bench, &clerk, &none)), "last-administrator");
    assert_eq!(code(set_roles(&bench, "nobody", &none)), "not-found");
    let kept = bench.desk.store().clerk(&clerk).unwrap().unwrap().roles;
    assert_eq!(kept, roles(&[ClerkRole::Administrator]), "nothing is half applied");
}

#[test]
fn a_pin_that_another_set_opens_nothing_until_its_owner_sets_their_own() {
    let (bench, first, clerk) = two();
    let desk = &bench.desk;
    assert_eq!(code(desk.reset_pin(&first, NEW)), "own-account");
    assert_eq!(code(desk.reset_pin(&clerk, "111111")), "weak-pin");
    for _ in 0..7 {
        let _ = desk.sign_in(&clerk, "975310");
    }
    assert_eq!(code(desk.sign_in(&clerk, OTHER)), "pin-locked");
    desk.reset_pin(&clerk, NEW).unwrap();
    desk.sign_out();
    assert_eq!(code(desk.sign_in(&clerk, OTHER)), "wrong-pin", "the old one is gone");
    assert_eq!(code(desk.sign_in(&clerk, NEW)), "pin-temporary");
    assert!(desk.clerk().is_none());
    assert_eq!(code(desk.prove(&clerk, NEW)), "pin-temporary", "nor does it prove anything");
    assert_eq!(code(desk.sign_in_with_new_pin(&clerk, NEW, NEW)), "same-pin");
    assert_eq!(code(desk.sign_in_with_new_pin(&clerk, NEW, "123456")), "weak-pin");
    assert_eq!(code(desk.sign_in_with_new_pin(&clerk, PIN, OTHER)), "wrong-pin");
    assert!(desk.clerk().is_none());
    desk.sign_in_with_new_pin(&clerk, NEW, OTHER).unwrap();
    assert_eq!(desk.clerk().unwrap().name, "赵一");
    desk.change_pin(OTHER, PIN).unwrap();
    desk.sign_in(&clerk, PIN).unwrap();
}

#[test]
fn an_account_that_is_retired_keeps_its_name_and_opens_nothing() {
    let (bench, first, clerk) = two();
    let desk = &bench.desk;
    assert_eq!(code(desk.set_retired(&first, true)), "own-account");
    desk.set_retired(&clerk, true).unwrap();
    assert_eq!(desk.clerks().unwrap().len(), 1, "nobody is offered to sign in as them");
    assert_eq!(code(desk.sign_in(&clerk, OTHER)), "not-found");
    assert_eq!(code(desk.sign_in_with_new_pin(&clerk, OTHER, NEW)), "not-found");
    let named = desk.add_clerk("赵一", NEW, &ClerkRoles::new());
    assert_eq!(code(named), "bad-clerk-name", "records must not name two people alike");
    desk.set_retired(&clerk, false).unwrap();
    desk.sign_in(&clerk, OTHER).unwrap();
}

#[test]
fn an_administrator_who_is_retired_counts_for_none() {
    let (bench, first, clerk) = two();
    let desk = &bench.desk;
    set_roles(&bench, &clerk, &roles(&[ClerkRole::Administrator])).unwrap();
    desk.set_retired(&clerk, true).unwrap();
    assert_eq!(code(set_roles(&bench, &first, &ClerkRoles::new())), "last-administrator");
}

#[test]
fn a_name_that_no_paper_shows_is_nobodys() {
    let (bench, first, clerk) = two();
    let desk = &bench.desk;
    for strange in ["赵\u{E123}", "赵😀", "赵\u{323B0}", "赵\u{E01EF}"] {
        assert_eq!(code(rename(&bench, &clerk, strange)), "unprintable", "{strange:?}");
        assert_eq!(code(desk.add_clerk(strange, NEW, &ClerkRoles::new())), "unprintable");
    }
    rename(&bench, &first, "\u{FEFF}王\u{200B}敏\u{200E}儿").unwrap();
    assert_eq!(desk.actor().unwrap().name, "王敏儿", "marks that nobody sees are left out");
}

#[test]
fn a_name_is_corrected_and_the_old_one_stays_on_record() {
    let (bench, first, clerk) = two();
    let desk = &bench.desk;
    assert_eq!(code(rename(&bench, &clerk, "王敏")), "bad-clerk-name");
    assert_eq!(code(rename(&bench, &clerk, " ")), "bad-clerk-name");
    let both = desk.set_account(&clerk, "王敏", &roles(ClerkRole::ALL));
    assert_eq!(code(both), "bad-clerk-name");
    assert!(held(&bench, &clerk).1.is_empty(), "a refused name gives no role");
    rename(&bench, &clerk, " 赵一 ").unwrap();
    rename(&bench, &clerk, "赵义").unwrap();
    assert_eq!(account(&bench, "赵义"), clerk);
    rename(&bench, &first, "王敏（综窗）").unwrap();
    assert_eq!(desk.actor().unwrap().name, "王敏（综窗）", "from now on");
    let records = desk.accounts().unwrap().records;
    let said: Vec<_> = records.iter().map(|record| (&*record.clerk.name, &record.change)).collect();
    let renamed =
        |from: &str, to: &str| AccountChange::Renamed { from: from.into(), to: to.into() };
    assert_eq!(said[0], ("王敏", &renamed("王敏", "王敏（综窗）")));
    assert_eq!(said[1], ("赵一", &renamed("赵一", "赵义")));
    assert_eq!(said.len(), 4, "what changes nothing is no change");
    let first_of_all = &records[3];
    assert_eq!(first_of_all.clerk.name, "王敏", "the first account is on record as well");
    assert_eq!(first_of_all.by.as_ref(), Some(&first_of_all.clerk));
}

#[test]
fn the_computer_itself_helps_out_where_nobody_can_and_says_so() {
    let (bench, first, _) = two();
    let desk = &bench.desk;
    desk.sign_out();
    assert_eq!(code(desk.reset_pin_on_computer("没有这个人", NEW)), "not-found");
    desk.reset_pin_on_computer("王敏", NEW).unwrap();
    assert_eq!(code(desk.sign_in(&first, PIN)), "wrong-pin");
    desk.sign_in_with_new_pin(&first, NEW, OTHER).unwrap();
    let records = desk.accounts().unwrap().records;
    assert_eq!(records[0].change, AccountChange::PinChanged);
    assert_eq!((&records[1].change, &records[1].by), (&AccountChange::PinReset, &None));
}

#[test]
fn wrong_pins_at_once_are_as_many_as_one_after_another() {
    let (bench, _, clerk) = two();
    let at_once = 12;
    let gate = std::sync::Barrier::new(at_once);
    let told: Vec<&str> = std::thread::scope(|scope| {
        let guesses: Vec<_> = (0..at_once)
            .map(|_| {
                scope.spawn(|| {
                    gate.wait();
                    code(bench.desk.sign_in(&clerk, "975310"))
                })
            })
            .collect();
        guesses.into_iter().map(|guess| guess.join().unwrap()).collect()
    });
    assert_eq!(told.iter().filter(|code| **code == "wrong-pin").count(), 4, "{told:?}");
    assert_eq!(told.iter().filter(|code| **code == "pin-locked").count(), at_once - 4, "{told:?}");
    assert_eq!(code(bench.desk.sign_in(&clerk, OTHER)), "pin-locked");
    assert_eq!(bench.desk.store().clerk(&clerk).unwrap().unwrap().failures, 5);
    bench.wait(2);
    bench.desk.sign_in(&clerk, OTHER).unwrap();
    assert_eq!(bench.desk.store().clerk(&clerk).unwrap().unwrap().failures, 0);
}

#[test]
fn a_clock_that_is_put_right_ends_a_rest_of_the_wrong_time() {
    let (bench, _, clerk) = two();
    let four_years = 4 * 365 * 24 * 60;
    bench.wait(four_years);
    let guess = || {
        for _ in 0..5 {
            let _ = bench.desk.sign_in(&clerk, "975310");
        }
    };
    guess();
    bench.wait(-20);
    assert_eq!(
        code(bench.desk.sign_in(&clerk, OTHER)),
        "pin-locked",
        "set by a little: it rests on"
    );
    bench.wait(20 - four_years);
    bench.desk.sign_in(&clerk, OTHER).unwrap();
    // Guesses at the right time count on.
    bench.wait(four_years);
    guess();
    bench.wait(-four_years);
    assert_eq!(code(bench.desk.sign_in(&clerk, "975310")), "pin-locked");
    assert_eq!(code(bench.desk.sign_in(&clerk, OTHER)), "pin-locked");
}

#[derive(Clone, Debug)]
enum Did {
    Roles(usize, ClerkRoles),
    Retire(usize, bool),
    SignIn(usize),
}

fn did() -> impl Strategy<Value = Did> {
    let set = prop::collection::btree_set(prop::sample::select(ClerkRole::ALL), 0..=3);
    prop_oneof![
        (0..3usize, set).prop_map(|(who, roles)| Did::Roles(who, roles)),
        (0..3usize, any::<bool>()).prop_map(|(who, retired)| Did::Retire(who, retired)),
        (0..3usize).prop_map(Did::SignIn),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    /// Beside a model of three people that knows no database: whatever is done, it does the same,
    /// and somebody can always give roles.
    #[test]
    fn somebody_can_always_keep_accounts(all in prop::collection::vec(did(), 1..14)) {
        let (bench, first, second) = two();
        let desk = &bench.desk;
        let third = desk.add_clerk("李四", NEW, &ClerkRoles::new()).unwrap().id;
        let ids = [first, second, third];
        let pins = [PIN, OTHER, NEW];
        let mut held: BTreeMap<usize, (ClerkRoles, bool)> = BTreeMap::new();
        held.insert(0, (roles(ClerkRole::ALL), false));
        held.insert(1, (ClerkRoles::new(), false));
        held.insert(2, (ClerkRoles::new(), false));
        let mut here = 0;
        let keeps = |held: &BTreeMap<usize, (ClerkRoles, bool)>| {
            held.values().any(|(roles, retired)| !retired && roles.contains(&ClerkRole::Administrator))
        };
        for one in all {
            let may = held[&here].0.contains(&ClerkRole::Administrator);
            let mut next = held.clone();
            let (done, allowed) = match one {
                Did::Roles(who, roles) => {
                    next.get_mut(&who).unwrap().0 = roles.clone();
                    (set_roles(&bench, &ids[who], &roles), may)
                }
                Did::Retire(who, retired) => {
                    next.get_mut(&who).unwrap().1 = retired;
                    (desk.set_retired(&ids[who], retired), may && who != here)
                }
                Did::SignIn(who) => {
                    let open = !held[&who].1;
                    if open { here = who; }
                    (desk.sign_in(&ids[who], pins[who]), open)
                }
            };
            let expected = allowed && keeps(&next);
            prop_assert_eq!(done.is_ok(), expected);
            if expected { held = next; }
            prop_assert!(desk.store().anybody_is(ClerkRole::Administrator).unwrap());
        }
    }
}
