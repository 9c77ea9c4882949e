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

on_both_engines!(who_has_a_network_of_ipv6_has_no_more_tries_for_it);
