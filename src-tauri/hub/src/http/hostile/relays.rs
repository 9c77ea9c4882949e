//! Giving back (转录): a window that hands on, as the hub's own, what the hub never said.

use serde_json::json;
use yichuang_domain::case::SealedEvent;
use yichuang_domain::case::event::{Event, EventBody, SignedEvent, sha256_hex};
use yichuang_protocol::hub_log::vouch;
use yichuang_protocol::limits::EVENT_BYTES;
use yichuang_protocol::{Position, PrivateKey};

use super::Stage;
use crate::sample::{Log, On, accepted, case, decided, on_both_engines};

/// What a window could make of its own case, and of whose keys it has.
struct Forger {
    hub: PrivateKey,
    own: PrivateKey,
    log: String,
}

impl Forger {
    /// An event of the hub's log for the window.
    fn event(&self, of: u128, body: EventBody) -> SealedEvent {
        let log = Log { origin: self.log.clone(), head: Position::start() };
        SealedEvent::seal(&Event { lamport: 9_000, ..log.event(case(of), body) }).unwrap()
    }

    /// A decision, with the word of whoever has the key.
    fn decision(&self, of: u128, by: &PrivateKey) -> SignedEvent {
        vouch(by, self.event(of, decided()))
    }

    /// The same, right in all but one thing.
    fn but(&self, of: u128, change: impl FnOnce(&mut SignedEvent)) -> SignedEvent {
        let mut event = self.decision(of, &self.hub);
        change(&mut event);
        event
    }

    /// Any text at all, with the hub's true word for it.
    fn text(&self, text: String) -> SignedEvent {
        let hash = sha256_hex(text.as_bytes());
        vouch(&self.hub, SealedEvent { text, hash })
    }

    /// A relay of a relay, so many times.
    fn nested(&self, of: u128, times: u32) -> SignedEvent {
        (0..times).fold(self.decision(of, &self.hub), |event, _| {
            vouch(&self.hub, self.event(of, EventBody::Relayed { event }))
        })
    }

    /// What is tried, about a case.
    fn tries(&self, of: u128) -> Vec<(&'static str, SignedEvent)> {
        let altered = |e: &mut SignedEvent| e.text = e.text.replace("granted", "denied");
        vec![
            ("forged", self.decision(of, &PrivateKey::from_seed(&[9; 32]))),
            ("its own word", self.decision(of, &self.own)),
            ("no signature", self.but(of, |e| e.signature.clear())),
            ("no base64", self.but(of, |e| e.signature = "'; --\0".to_owned())),
            ("another text", self.but(of, altered)),
            ("another hash", self.but(of, |e| e.hash = "ab".repeat(32))),
            ("a hash in capitals", self.but(of, |e| e.hash = e.hash.to_uppercase())),
            ("of another case", self.decision(2, &self.hub)),
            ("nested", self.nested(of, 1)),
            ("nested deep", self.nested(of, 8)),
            ("no event", self.text("null".to_owned())),
            ("no JSON", self.text("'; DROP TABLE cases; --\0".to_owned())),
            ("nothing", self.text(String::new())),
            ("enormous", self.text(format!("\"{}\"", "长".repeat(EVENT_BYTES / 4)))),
            ("deep", self.text("[".repeat(EVENT_BYTES / 8))),
        ]
    }
}

fn a_word_that_the_hub_did_not_give_counts_for_nothing(on: On) {
    let mut stage = Stage::new(on);
    let (token, log) = stage.session(&stage.one);
    let hub = stage.store().read(|tx| tx.hub_key()).unwrap();
    let forger = Forger { hub, own: stage.one.key.clone(), log };
    let states = |stage: &Stage| {
        let cases = crate::listing::cases(stage.store()).unwrap();
        cases.into_iter().map(|case| (case.case_number, case.state)).collect::<Vec<_>>()
    };
    for nth in 0..forger.tries(0).len() {
        let n = 100 + u32::try_from(nth).unwrap();
        let (what, event) = forger.tries(n.into()).swap_remove(nth);
        let filing = stage.one.file(n);
        assert_eq!(stage.push(&token, vec![filing]).outcomes(), ["accepted"]);
        let before = states(&stage);
        let relay = stage.one.log.write(case(n.into()), EventBody::Relayed { event });
        assert_eq!(stage.push(&token, vec![relay]).outcomes(), ["bad-relay"], "{what}");
        assert_eq!(states(&stage), before, "{what}");
    }
    // And what it did say counts, so that the others were refused for what they are.
    let (filing, step) = (stage.one.file(99), stage.one.log.write(case(99), accepted()));
    let relay = EventBody::Relayed { event: forger.decision(99, &forger.hub) };
    let relay = stage.one.log.write(case(99), relay);
    assert_eq!(stage.push(&token, vec![filing, step, relay]).outcomes(), ["accepted"; 3]);
    assert!(states(&stage).iter().any(|(_, state)| *state == "decided"));
}

/// A relay that is larger than any event is refused with its batch.
fn a_relay_that_is_too_large_is_refused_whole(on: On) {
    let stage = Stage::new(on);
    let (token, _) = stage.session(&stage.one);
    let text = "\"".repeat(EVENT_BYTES * 2 / 3);
    let event = SignedEvent { hash: sha256_hex(text.as_bytes()), text, signature: String::new() };
    let relay = stage.one.log.clone().write(case(1), EventBody::Relayed { event });
    stage.unchanged(&[], |stage| {
        let told = stage.push(&token, vec![relay]);
        assert_eq!((told.status, told.code()), (413, "too-large"));
        let many = vec![json!({ "text": "x", "hash": "y" }); 100_000];
        let told = stage.ask("/v1/push", &token, &json!({ "events": many }));
        assert_eq!((told.status, told.code()), (413, "too-large"));
    });
}

on_both_engines!(
    a_word_that_the_hub_did_not_give_counts_for_nothing,
    a_relay_that_is_too_large_is_refused_whole,
);
