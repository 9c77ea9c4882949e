use yichuang_domain::review::Role;

use super::*;
use crate::office::accounts::{self, NewAccount};
use crate::sample::{On, now, on_both_engines};

/// An account, and what it signs in with.
fn account(store: &HubStore, login: &str) -> String {
    let name = format!("{login}·苏和");
    let given =
        NewAccount { login: login.to_owned(), name, department: None, role: Role::Administrator };
    accounts::add(store, &given, now()).unwrap().password
}

fn attempt(
    store: &HubStore,
    from: IpAddr,
    (login, password): (&str, &str),
    at: Timestamp,
) -> SignedIn {
    let (login, password) = (login.to_owned(), password.to_owned());
    sign_in(store, &Attempt { login, password, from }, at).unwrap()
}

fn who_has_a_network_of_ipv6_has_no_more_tries_for_it(on: On) {
    let place = on.place();
    let store = HubStore::open_at(&place.database).unwrap();
    let password = account(&store, "lina");
    let of = |network: u16, n: u16| IpAddr::from([0x2001, 0xdb8, 0, network, 0, 0, 0, n]);
    for n in 0..30u16 {
        let told = attempt(&store, of(7, n), (&format!("guess{n}"), "wrong password"), now());
        assert!(matches!(told, SignedIn::Wrong), "{n}: {told:?}");
    }
    let right = ("lina", password.as_str());
    assert!(matches!(attempt(&store, of(7, 999), right, now()), SignedIn::TooMany));
    assert!(matches!(attempt(&store, of(8, 1), right, now()), SignedIn::Yes(_)));
}

fn a_clock_that_is_put_right_ends_the_rests_of_the_wrong_time(on: On) {
    let place = on.place();
    let store = HubStore::open_at(&place.database).unwrap();
    let password = account(&store, "lina");
    let right = ("lina", password.as_str());
    let here = IpAddr::from([10, 0, 0, 1]);
    let wrong_time = now() + SignedDuration::from_hours(24 * 365 * 4);
    let guess = |at| {
        for _ in 0..TRIES {
            assert!(matches!(attempt(&store, here, ("lina", "wrong"), at), SignedIn::Wrong));
        }
    };
    guess(wrong_time);
    assert!(matches!(attempt(&store, here, right, wrong_time), SignedIn::Resting(1)));
    // Set by a little, as clocks are: it rests on, and it is said for how long.
    let back = wrong_time - SignedDuration::from_secs(90);
    assert!(matches!(attempt(&store, here, right, back), SignedIn::Resting(3)));
    assert!(matches!(attempt(&store, here, right, now()), SignedIn::Yes(_)));
    // Guesses at the right time count on.
    guess(wrong_time);
    assert!(matches!(attempt(&store, here, ("lina", "wrong"), now()), SignedIn::Wrong));
    assert!(matches!(attempt(&store, here, right, now()), SignedIn::Resting(2)));
}

fn attempts_of_long_ago_and_of_a_wrong_time_are_forgotten(on: On) {
    let place = on.place();
    let store = HubStore::open_at(&place.database).unwrap();
    let day = SignedDuration::from_hours(24);
    let minute = SignedDuration::from_mins(1);
    let times = [
        ("long ago", now() - day - minute, false),
        ("today", now() - day, true),
        ("just now", now(), true),
        ("by a fast clock", now() + minute, true),
        ("of a wrong time", now() + day, false),
    ];
    for (who, last_at, _) in times {
        store.write(|tx| tx.set_attempts(who, Attempts { failures: 9, last_at })).unwrap();
    }
    forget_ended(&store, now()).unwrap();
    for (who, _, stays) in times {
        assert_eq!(store.read(|tx| tx.attempts(who)).unwrap().is_some(), stays, "{who}");
    }
}

on_both_engines!(
    who_has_a_network_of_ipv6_has_no_more_tries_for_it,
    a_clock_that_is_put_right_ends_the_rests_of_the_wrong_time,
    attempts_of_long_ago_and_of_a_wrong_time_are_forgotten,
);
