use yichuang_protocol::hub_log::HeldLog;
use yichuang_protocol::{Position, PrivateKey};

use super::*;
use crate::enrolment::join;
use crate::sample::{On, code_for, enrol_request, enrolled, now, on_both_engines};

fn fault<T: std::fmt::Debug>(result: Result<T, StepError>) -> FaultCode {
    match result {
        Err(StepError::Fault(fault)) => fault.code,
        other => panic!("{other:?}"),
    }
}

fn session(store: &HubStore, origin: &str, key: &PrivateKey) -> Result<SessionReply, StepError> {
    let request = ChallengeRequest { origin: origin.to_owned() };
    let challenge = open_challenge(store, &request, now())?.challenge;
    let signature = key.signature(&challenge);
    let (origin, hub_logs) = (origin.to_owned(), Vec::new());
    let request = SessionRequest { version: 1, origin, challenge, signature, hub_logs };
    open_session(store, &request, now())
}

fn a_session_needs_the_devices_key_and_ends(on: On) {
    let (_folder, store) = on.hub();
    let key = PrivateKey::from_seed(&[1; 32]);
    let (reply, device) = enrolled(&store, "03", &key);
    let opened = session(&store, &device.origin, &key).unwrap();
    assert!(opened.hub_origin.starts_with(&reply.hub) && opened.hub_log == Position::start());
    assert_eq!(device_of(&store, &opened.token, now()).unwrap(), device);
    let last = later(now(), TOKEN_SECONDS - 1);
    assert!(device_of(&store, &opened.token, last).is_ok());
    let over = device_of(&store, &opened.token, later(now(), TOKEN_SECONDS));
    assert_eq!(fault(over), FaultCode::Unauthorised);
    assert_eq!(fault(device_of(&store, "", now())), FaultCode::Unauthorised);

    let thief = PrivateKey::from_seed(&[2; 32]);
    let stolen = session(&store, &device.origin, &thief);
    assert_eq!(fault(stolen), FaultCode::BadSignature);
    assert_eq!(fault(session(&store, "win-X", &key)), FaultCode::UnknownDevice);
}

fn a_challenge_serves_once_and_not_for_long(on: On) {
    let (_folder, store) = on.hub();
    let key = PrivateKey::from_seed(&[1; 32]);
    let (_, device) = enrolled(&store, "03", &key);
    let answer = |challenge: String, at| {
        let signature = key.signature(&challenge);
        let (origin, hub_logs) = (device.origin.clone(), Vec::new());
        let request = SessionRequest { version: 1, origin, challenge, signature, hub_logs };
        open_session(&store, &request, at)
    };
    let ask = || {
        let request = ChallengeRequest { origin: device.origin.clone() };
        open_challenge(&store, &request, now()).unwrap().challenge
    };
    let challenge = ask();
    assert!(answer(challenge.clone(), now()).is_ok());
    assert_eq!(fault(answer(challenge, now())), FaultCode::BadChallenge);
    let late = answer(ask(), later(now(), CHALLENGE_SECONDS + 1));
    assert_eq!(fault(late), FaultCode::BadChallenge);
    assert_eq!(fault(answer("made up".to_owned(), now())), FaultCode::BadChallenge);

    // What is refused behind the signature uses it up too.
    let (challenge, origin) = (ask(), device.origin.clone());
    let foreign =
        HeldLog { log: "somebody's".to_owned(), held: Position::start(), earlier: Vec::new() };
    let signature = key.signature(&challenge);
    let (again, hub_logs) = (challenge.clone(), vec![foreign]);
    let request = SessionRequest { version: 1, origin, challenge, signature, hub_logs };
    assert_eq!(fault(open_session(&store, &request, now())), FaultCode::BadField);
    assert_eq!(fault(answer(again, now())), FaultCode::BadChallenge);
}

/// A device is revoked while it opens a session: whichever came first, it has none afterwards.
fn a_session_opened_while_its_device_is_revoked_does_not_outlive_that(on: On) {
    let (_folder, store) = on.hub();
    for n in 0..12 {
        let key = PrivateKey::from_seed(&[100 + n; 32]);
        let (_, device) = enrolled(&store, "03", &key);
        let opened = std::thread::scope(|scope| {
            let opening = scope.spawn(|| session(&store, &device.origin, &key));
            let day = crate::sample::day();
            crate::roster::revoke(&store, &device.code, day, now()).unwrap();
            opening.join().unwrap()
        });
        match opened {
            Ok(opened) => {
                let open = device_of(&store, &opened.token, now());
                assert_eq!(fault(open), FaultCode::Unauthorised, "round {n}");
            }
            refused => assert_eq!(fault(refused), FaultCode::RevokedDevice),
        }
    }
}

fn a_code_serves_one_device_once(on: On) {
    let (_folder, store) = on.hub();
    let (one, two) = (PrivateKey::from_seed(&[1; 32]), PrivateKey::from_seed(&[2; 32]));
    let code = code_for(&store, "03");
    let joined = join(&store, &enrol_request(&code, &one), now()).unwrap();
    // The answer was lost: the same device asks again.
    let again = join(&store, &enrol_request(&code, &one), later(now(), 5)).unwrap();
    assert_eq!((&again.origin, &again.device), (&joined.origin, &joined.device));
    let other = join(&store, &enrol_request(&code, &two), now());
    assert_eq!(fault(other), FaultCode::BadEnrolCode);

    let code = code_for(&store, "04");
    assert_eq!(fault(join(&store, &enrol_request(&code, &one), now())), FaultCode::BadField);
    let expired = later(now(), crate::enrolment::CODE_SECONDS);
    assert_eq!(fault(join(&store, &enrol_request(&code, &two), expired)), FaultCode::BadEnrolCode);
    let mut forged = enrol_request(&code, &two);
    forged.device_key = PrivateKey::from_seed(&[3; 32]).public().to_base64();
    assert_eq!(fault(join(&store, &forged, now())), FaultCode::BadSignature);
    let second = join(&store, &enrol_request(&code, &two), now()).unwrap();
    assert!(second.device != joined.device && second.origin != joined.origin);
}

fn hello_takes_a_version_in_common_or_says_so(on: On) {
    let (_folder, store) = on.hub();
    let hello = |versions: &[u32]| {
        let request =
            HelloRequest { versions: versions.to_vec(), program: "yichuang 0.1.0".to_owned() };
        super::hello(&store, &request, now())
    };
    assert_eq!(hello(&[1, 2]).unwrap().version, 1);
    assert_eq!(fault(hello(&[2])), FaultCode::VersionUnsupported);
}

on_both_engines!(
    a_session_opened_while_its_device_is_revoked_does_not_outlive_that,
    a_session_needs_the_devices_key_and_ends,
    a_challenge_serves_once_and_not_for_long,
    a_code_serves_one_device_once,
    hello_takes_a_version_in_common_or_says_so,
);
