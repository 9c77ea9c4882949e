use std::panic::{AssertUnwindSafe, catch_unwind};

use super::*;
use crate::sample::{On, Place};
use crate::store::dump::Dump;

/// A hub with rows in every table, closed.
fn hub(on: On) -> (Place, String, Dump) {
    let (place, store) = on.hub();
    store.fill();
    let id = store.read(|tx| tx.hub_id()).unwrap();
    let dump = store.dump();
    (place, id, dump)
}

fn quietly(from: &Place, to: &Place) -> Result<Moved, HubError> {
    move_hub(&from.database, &to.database, &mut |_| {})
}

/// Opens what should not be opened; why not.
fn refusal(place: &Place) -> &'static str {
    HubStore::open_existing_at(&place.database).unwrap_err().code()
}

fn code<T: std::fmt::Debug>(result: Result<T, HubError>) -> String {
    result.unwrap_err().code().to_owned()
}

/// Moves, and breaks off when so many steps were told; whether that was before the end.
fn break_off(from: &Place, to: &Place, after: usize) -> bool {
    let mut told = 0;
    let mut tell = |_| {
        told += 1;
        assert!(told <= after, "broken off");
    };
    let moved =
        catch_unwind(AssertUnwindSafe(|| move_hub(&from.database, &to.database, &mut tell)));
    moved.map(|moved| moved.unwrap()).is_err()
}

fn a_hub_moves_whole(from: On, to: On) {
    let (old, id, before) = hub(from);
    let new = to.place();
    let mut told: Vec<Standing> = Vec::new();
    let moved = move_hub(&old.database, &new.database, &mut |standing| told.push(standing));
    let moved = moved.unwrap();
    assert_eq!((moved.hub.as_str(), moved.rows["events"], moved.logs), (id.as_str(), 1300, 20));
    assert!(told.iter().all(|standing| standing.done <= standing.of), "{told:?}");
    assert_eq!(told.last().map(|standing| standing.done), told.last().map(|standing| standing.of));

    let store = HubStore::open_existing_at(&new.database).unwrap();
    assert_eq!(store.read(|tx| tx.hub_id()).unwrap(), id);
    assert_eq!(store.read(|tx| tx.trial()).unwrap(), Some(false));
    let events = store.read(|tx| tx.events_after("origin-7", 0, 9)).unwrap();
    assert_eq!(events[0].text, "𠮷\"'\\\u{1}\n-7");
    if matches!((from, to), (On::Sqlite, On::Sqlite) | (On::Postgres, On::Postgres)) {
        assert_eq!(store.changes(&before, &["moves", "schema_version"]), Vec::<String>::new());
    }
    drop(store);
    assert_eq!(refusal(&old), "hub-moved");
    assert_eq!(code(quietly(&old, &new)), "hub-moved");
    assert_eq!(code(quietly(&old, &to.place())), "hub-moved");
    assert_eq!(code(abandon(&old.database)), "hub-moved");
    assert_eq!(code(abandon(&new.database)), "not-moving");
}

fn a_move_that_broke_off_is_gone_on_with(from: On, to: On) {
    let steps = [0, 7, 45, 90];
    let mut broken = 0;
    for after in steps {
        let (old, id, _) = hub(from);
        let new = to.place();
        if !break_off(&old, &new, after) {
            continue;
        }
        broken += 1;
        assert_eq!((refusal(&old), refusal(&new)), ("hub-moving", "hub-half-moved"), "{after}");
        assert_eq!(code(quietly(&new, &on_the_side(to))), "hub-half-moved", "{after}");
        // Again, and a little further.
        break_off(&old, &new, 5);
        assert_eq!(quietly(&old, &new).unwrap().hub, id, "{after}");
        assert_eq!(refusal(&old), "hub-moved", "{after}");
        HubStore::open_existing_at(&new.database).unwrap();
    }
    assert!(broken >= 3, "only {broken} were broken off");
}

fn on_the_side(on: On) -> Place {
    on.place()
}

/// The last step is missing: the old database says that its records left, the new one does not yet
/// say that they arrived.
fn between_the_last_two_steps_neither_is_served(from: On, to: On) {
    let (old, id, _) = hub(from);
    let new = to.place();
    quietly(&old, &new).unwrap();
    let left = HubStore::open_to_leave(&old.database).unwrap().read(|tx| tx.moving()).unwrap();
    let mut reached = Reached::default();
    while reached.table().is_some() {
        reached = reached.next_table();
    }
    let arriving = Move { state: MoveState::Arriving, reached, ..left.unwrap() };
    let store = HubStore::open_to_arrive(&new.database).unwrap();
    store.write(|tx| tx.say_moving(&arriving)).unwrap();
    drop(store);
    assert_eq!((refusal(&old), refusal(&new)), ("hub-moved", "hub-half-moved"));
    let moved = quietly(&old, &new).unwrap();
    assert_eq!((moved.hub, moved.rows["events"]), (id, 1300));
    HubStore::open_existing_at(&new.database).unwrap();
}

fn an_abandoned_move_leaves_the_hub_where_it_was(from: On, to: On) {
    let (old, id, before) = hub(from);
    let new = to.place();
    assert_eq!(code(abandon(&old.database)), "not-moving");
    assert!(break_off(&old, &new, 9));
    abandon(&old.database).unwrap();
    let store = HubStore::open_existing_at(&old.database).unwrap();
    assert_eq!(store.changes(&before, &["schema_version"]), Vec::<String>::new());
    store.write(|tx| tx.set_progress_address(Some("https://a.example"))).unwrap();
    drop(store);
    assert_eq!(code(quietly(&old, &new)), "target-not-empty");
    assert_eq!(refusal(&new), "hub-half-moved");
    HubStore::open_existing_at(&old.database).unwrap();
    assert_eq!(quietly(&old, &to.place()).unwrap().hub, id);
}

fn a_database_that_has_something_is_no_target(from: On, to: On) {
    let (old, ..) = hub(from);
    let (other, _, before) = hub(to);
    assert_eq!(code(quietly(&old, &other)), "target-not-empty");
    let store = HubStore::open_existing_at(&other.database).unwrap();
    assert_eq!(store.changes(&before, &["schema_version"]), Vec::<String>::new());
    HubStore::open_existing_at(&old.database).unwrap();
}

fn a_hub_that_runs_is_not_moved(from: On, to: On) {
    let (old, ..) = hub(from);
    let running = HubStore::open_existing_at(&old.database).unwrap();
    running.read(|tx| tx.ping()).unwrap();
    assert_eq!(code(quietly(&old, &to.place())), "hub-running");
    running.write(|tx| tx.set_progress_address(None)).unwrap();
    assert_eq!(running.read(|tx| tx.moving()).unwrap(), None);
    drop(running);
    quietly(&old, &to.place()).unwrap();
}

fn a_copy_that_differs_is_never_served(from: On, to: On) {
    let (old, ..) = hub(from);
    let new = to.place();
    let mut comparing = |standing: Standing| {
        assert!(standing.doing == Doing::Copying, "broken off");
    };
    let moved =
        catch_unwind(AssertUnwindSafe(|| move_hub(&old.database, &new.database, &mut comparing)));
    assert!(moved.is_err());
    let store = HubStore::open_to_arrive(&new.database).unwrap();
    store.write(|tx| tx.set_progress_address(Some("https://b.example"))).unwrap();
    drop(store);
    let refused = quietly(&old, &new).unwrap_err();
    assert_eq!(refused.code(), "move-differs");
    assert!(refused.to_string().contains("meta"), "{refused}");
    assert_eq!((refusal(&old), refusal(&new)), ("hub-moving", "hub-half-moved"));
}

/// Each of them from either engine to either.
macro_rules! from_each_to_each {
    ($($test:ident),* $(,)?) => {
        mod sqlite_to_sqlite {
            $(#[test]
            fn $test() {
                super::$test(super::On::Sqlite, super::On::Sqlite);
            })*
        }
        mod sqlite_to_postgres {
            $(#[test]
            #[ignore = "needs PostgreSQL"]
            fn $test() {
                super::$test(super::On::Sqlite, super::On::Postgres);
            })*
        }
        mod postgres_to_sqlite {
            $(#[test]
            #[ignore = "needs PostgreSQL"]
            fn $test() {
                super::$test(super::On::Postgres, super::On::Sqlite);
            })*
        }
        mod postgres_to_postgres {
            $(#[test]
            #[ignore = "needs PostgreSQL"]
            fn $test() {
                super::$test(super::On::Postgres, super::On::Postgres);
            })*
        }
    };
}

from_each_to_each!(
    a_hub_moves_whole,
    a_move_that_broke_off_is_gone_on_with,
    between_the_last_two_steps_neither_is_served,
    an_abandoned_move_leaves_the_hub_where_it_was,
    a_database_that_has_something_is_no_target,
    a_hub_that_runs_is_not_moved,
    a_copy_that_differs_is_never_served,
);
