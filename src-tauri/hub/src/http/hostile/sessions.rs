//! Whoever is not the device: signatures that are not its own, and words that were heard before.

use axum::body::Body;
use axum::http::Method;
use jiff::SignedDuration;
use serde_json::json;
use yichuang_protocol::session::{CHALLENGE_SECONDS, TOKEN_SECONDS};
use yichuang_protocol::{
    attachment, check, enrol, guide, help, office, policy, pull, push, roster, transfer,
};

use super::{Stage, Told};
use crate::sample::{On, code_for, day, on_both_engines};

/// Every step that needs a session.
pub(super) const WITH_SESSION: [&str; 11] = [
    push::PATH,
    pull::PATH,
    check::PATH,
    guide::PATH,
    guide::PART_PATH,
    roster::PATH,
    policy::PATH,
    transfer::PATH,
    help::PATH,
    attachment::OFFER_PATH,
    attachment::CHUNK_PATH,
];

fn refused(told: &Told, status: u16, code: &str) {
    assert_eq!((told.status, told.code()), (status, code), "{told:?}");
}

fn a_forged_signature_opens_nothing(on: On) {
    let stage = Stage::new(on);
    let (one, two) = (&stage.one, &stage.two);
    let origin = &one.device.origin;
    let forgeries = |challenge: &str| {
        let right = one.key.signature(challenge);
        [
            two.key.signature(challenge),
            one.key.signature(&format!("{challenge} ")),
            one.key.signature(&challenge.replace("yichuang-session/1", "yichuang-enrol/1")),
            right.replace('=', ""),
            format!("{right}\n"),
            right.to_lowercase(),
            String::new(),
            "A".repeat(88),
            "A".repeat(100_000),
            "'; DELETE FROM sessions; --".to_owned(),
        ]
    };
    for nth in 0..forgeries("").len() {
        let challenge = stage.challenge(one);
        // What was tried uses the challenge up, and does nothing else.
        stage.unchanged(&["challenges"], |stage| {
            let forged = &forgeries(&challenge)[nth];
            refused(&stage.answer(origin, &challenge, forged), 401, "bad-signature");
            let right = one.key.signature(&challenge);
            refused(&stage.answer(origin, &challenge, &right), 401, "bad-challenge");
        });
    }
}

fn what_was_heard_once_opens_nothing_again(on: On) {
    let stage = Stage::new(on);
    let (one, two) = (&stage.one, &stage.two);
    let (first, second) = (&one.device.origin, &two.device.origin);
    let challenge = stage.challenge(one);
    let signature = one.key.signature(&challenge);
    // Another device can't use it, whatever it signs it with.
    stage.unchanged(&[], |stage| {
        for signature in [&signature, &two.key.signature(&challenge)] {
            refused(&stage.answer(second, &challenge, signature), 401, "bad-challenge");
        }
    });
    assert_eq!(stage.answer(first, &challenge, &signature).status, 200);
    stage.unchanged(&[], |stage| {
        refused(&stage.answer(first, &challenge, &signature), 401, "bad-challenge");
    });
    let late = stage.challenge(one);
    stage.wait(SignedDuration::from_secs(CHALLENGE_SECONDS + 1));
    stage.unchanged(&["challenges"], |stage| {
        let signature = one.key.signature(&late);
        refused(&stage.answer(first, &late, &signature), 401, "bad-challenge");
    });
    // A challenge that the hub never gave, with a true signature.
    let invented = late.replace(|c: char| c.is_ascii_digit(), "7");
    stage.unchanged(&[], |stage| {
        let signature = one.key.signature(&invented);
        refused(&stage.answer(first, &invented, &signature), 401, "bad-challenge");
    });
}

/// Asks every step with a token, and sees it refused before anything of the body is looked at.
fn all_refused(stage: &Stage, token: &str) {
    for path in WITH_SESSION {
        refused(&stage.ask(path, token, &json!({})), 401, "unauthorised");
        refused(&stage.send(Method::POST, path, token, Body::from("[[[")), 401, "unauthorised");
    }
}

fn a_session_that_ended_serves_no_step(on: On) {
    let stage = Stage::new(on);
    let (token, _) = stage.session(&stage.one);
    assert_eq!(stage.ask(policy::PATH, &token, &json!({})).status, 200);
    stage.wait(SignedDuration::from_secs(TOKEN_SECONDS + 1));
    stage.unchanged(&[], |stage| all_refused(stage, &token));
    let (token, _) = stage.session(&stage.two);
    let device = stage.two.device.clone();
    crate::roster::revoke(stage.store(), &device.code, day(), crate::sample::now()).unwrap();
    stage.unchanged(&[], |stage| {
        all_refused(stage, &token);
        let asked = json!({ "origin": device.origin });
        refused(&stage.ask("/v1/challenge", "", &asked), 403, "revoked-device");
    });
}

fn what_is_no_token_serves_no_step(on: On) {
    let stage = Stage::new(on);
    let (token, _) = stage.session(&stage.one);
    let decide = json!({ "case": "x", "decision": "granted" });
    stage.unchanged(&[], |stage| {
        for token in [
            "",
            " ",
            "x",
            &token.to_uppercase(),
            &token[1..],
            &format!("{token}0"),
            &format!(" {token}"),
            "' OR '1'='1",
            "%' OR token_hash LIKE '%",
            "\u{fffd}",
            &"a".repeat(256),
            &"a".repeat(60_000),
            &stage.office,
        ] {
            all_refused(stage, token);
        }
        for token in ["", "' OR '1'='1", &token, &stage.office[1..]] {
            refused(&stage.ask(office::DECIDE_PATH, token, &decide), 401, "unauthorised");
        }
    });
}

fn nobody_joins_with_anothers_key_or_code(on: On) {
    let stage = Stage::new(on);
    let code = code_for(stage.store(), "05").replace('-', "");
    let key = yichuang_protocol::PrivateKey::from_seed(&[9; 32]);
    let (own, others) = (key.public().to_base64(), stage.one.key.public().to_base64());
    let proof = |code: &str, public: &str| key.signature(&enrol::proof(code, public));
    let with = |code: &str, public: &str, signature: &str| json!({ "code": code, "device_key": public, "signature": signature });
    stage.unchanged(&[], |stage| {
        let ask = |body| stage.ask(enrol::PATH, "", &body);
        // A key whose private half it has not.
        let told = ask(with(&code, &others, &proof(&code, &others)));
        refused(&told, 401, "bad-signature");
        let told = ask(with(&code, &own, &proof("ABCDEFGHJKMN", &own)));
        refused(&told, 401, "bad-signature");
        // Keys of which anybody could sign.
        for weak in ["AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", "", "AQ==", "\0"] {
            refused(&ask(with(&code, weak, &proof(&code, weak))), 400, "bad-field");
        }
        for wrong in ["ABCDEFGHJKMN", "' OR 1=1 --", "", "\0"] {
            refused(&ask(with(wrong, &own, &proof(wrong, &own))), 403, "bad-enrol-code");
        }
        let one = &stage.one.key;
        let signature = one.signature(&enrol::proof(&code, &others));
        refused(&ask(with(&code, &others, &signature)), 400, "bad-field");
    });
    assert_eq!(stage.ask(enrol::PATH, "", &with(&code, &own, &proof(&code, &own))).status, 200);
    stage.unchanged(&[], |stage| {
        let thief = yichuang_protocol::PrivateKey::from_seed(&[10; 32]);
        let public = thief.public().to_base64();
        let signature = thief.signature(&enrol::proof(&code, &public));
        let told = stage.ask(enrol::PATH, "", &with(&code, &public, &signature));
        refused(&told, 403, "bad-enrol-code");
    });
}

on_both_engines!(
    a_forged_signature_opens_nothing,
    what_was_heard_once_opens_nothing_again,
    a_session_that_ended_serves_no_step,
    what_is_no_token_serves_no_step,
    nobody_joins_with_anothers_key_or_code,
);
