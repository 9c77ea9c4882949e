use yichuang_protocol::roster::statement;
use yichuang_protocol::session::ChallengeRequest;
use yichuang_protocol::{FaultCode, PrivateKey, Roster};

use super::*;
use crate::error::StepError;
use crate::sample::{On, day, enrolled, now, on_both_engines};
use crate::secrets;
use crate::session::{device_of, open_challenge};

fn ask(store: &HubStore, have: Option<String>) -> RosterReply {
    roster(store, &RosterRequest { have }, now()).unwrap()
}

fn the_list_travels_only_when_it_changed_and_is_signed_every_time(on: On) {
    let (_folder, store) = on.hub();
    let key = PrivateKey::from_seed(&[3; 32]);
    let (reply, device) = enrolled(&store, "03", &key);
    let hub_key = yichuang_protocol::PublicKey::from_base64(&reply.hub_key).unwrap();

    let first = ask(&store, None);
    let opened = Roster::open(&hub_key, &first.statement, first.list.as_deref().unwrap()).unwrap();
    assert_eq!(opened.device(&device.code).unwrap().1, key.public());

    let again = ask(&store, Some(opened.digest.clone()));
    assert_eq!(again.list, None);
    assert_eq!(statement(&hub_key, &again.statement).unwrap().digest, opened.digest);

    revoke(&store, &device.code, day(), now()).unwrap();
    let changed = ask(&store, Some(opened.digest));
    let opened = Roster::open(&hub_key, &changed.statement, &changed.list.unwrap()).unwrap();
    let revoked = opened.device(&device.code).unwrap().0.revoked.clone();
    assert_eq!(revoked, Some(Revocation { at: now(), from: day() }));
}

fn a_revoked_device_has_no_session_and_gets_none(on: On) {
    let (_folder, store) = on.hub();
    let (_, device) = enrolled(&store, "03", &PrivateKey::from_seed(&[3; 32]));
    let (_, other) = enrolled(&store, "04", &PrivateKey::from_seed(&[4; 32]));
    let later = crate::session::later(now(), 600);
    for (token, origin) in [("t", &device.origin), ("u", &other.origin)] {
        store.write(|tx| tx.add_session(&secrets::digest(token), origin, later)).unwrap();
    }
    assert!(device_of(&store, "t", now()).is_ok());
    revoke(&store, &device.code, day(), now()).unwrap();

    let fault = |result: Result<_, StepError>| match result {
        Err(StepError::Fault(fault)) => fault.code,
        _ => panic!("it was let in"),
    };
    assert_eq!(fault(device_of(&store, "t", now()).map(|_| ())), FaultCode::Unauthorised);
    let request = ChallengeRequest { origin: device.origin };
    let asked = open_challenge(&store, &request, now()).map(|_| ());
    assert_eq!(fault(asked), FaultCode::RevokedDevice);
    assert!(device_of(&store, "u", now()).is_ok(), "the other one goes on");
}

fn a_revocation_is_final_and_an_unknown_device_is_refused(on: On) {
    let (_folder, store) = on.hub();
    let (_, device) = enrolled(&store, "03", &PrivateKey::from_seed(&[3; 32]));
    let first = revoke(&store, &device.code, day(), now()).unwrap();
    let again = revoke(&store, &device.code, "2030-01-01".parse().unwrap(), now()).unwrap();
    assert_eq!(first, again);
    let error = revoke(&store, "ZZZZ", day(), now()).unwrap_err();
    assert_eq!(error.code(), "unknown-device");
}

on_both_engines!(
    the_list_travels_only_when_it_changed_and_is_signed_every_time,
    a_revoked_device_has_no_session_and_gets_none,
    a_revocation_is_final_and_an_unknown_device_is_refused,
);
