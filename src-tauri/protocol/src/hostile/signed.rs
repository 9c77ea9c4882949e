//! What is signed: any change is refused. And a hub that signs rubbish, or one whose key was stolen,
//! breaks nothing in who reads it.

use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::Value;
use yichuang_domain::case::event::SignedEvent;

use super::damage::Damage;
use super::samples;
use crate::hub_log::{check_voucher, is_log_of};
use crate::session::is_challenge;
use crate::{PrivateKey, PublicKey, Roster, SignedText, policy, roster};

fn hub() -> PrivateKey {
    PrivateKey::from_seed(&[22; 32])
}

fn device() -> PrivateKey {
    PrivateKey::from_seed(&[11; 32])
}

/// Every text in the golden samples that hub or device signed, with its key.
fn signed() -> Vec<(SignedText, PublicKey)> {
    fn gather(value: &Value, found: &mut Vec<SignedText>) {
        // With a hash beside it, the hash is what was signed: an event. Any two texts in a list would
        // be read as one, too.
        if value.is_object()
            && value.get("hash").is_none()
            && let Ok(signed) = serde_json::from_value(value.clone())
        {
            found.push(signed);
        }
        match value {
            Value::Array(items) => items.iter().for_each(|item| gather(item, found)),
            Value::Object(fields) => fields.values().for_each(|field| gather(field, found)),
            _ => {}
        }
    }
    let mut found = Vec::new();
    for (_, text) in samples() {
        gather(&serde_json::from_str(&text).unwrap(), &mut found);
    }
    found.sort_by(|a, b| a.signature.cmp(&b.signature));
    found.dedup();
    let keys = [hub().public(), device().public()];
    let key_of = |signed: &SignedText| keys.into_iter().find(|key| key.open(signed).is_ok());
    found
        .into_iter()
        .map(|signed| {
            let key = key_of(&signed).unwrap_or_else(|| panic!("nobody signed {signed:?}"));
            (signed, key)
        })
        .collect()
}

/// A text with another character somewhere.
fn altered(text: &str, at: &Index, to: char) -> String {
    let at = at.index(text.chars().count());
    text.chars().enumerate().map(|(nth, here)| if nth == at { to } else { here }).collect()
}

#[test]
fn the_samples_hold_signed_texts_of_every_kind() {
    let texts: Vec<String> = signed().into_iter().map(|(signed, _)| signed.text).collect();
    for kind in [
        "yichuang-acknowledgement/1",
        "yichuang-statement/1",
        "yichuang-guide-release/1",
        "yichuang-device-roster/1",
        "yichuang-away-policy/1",
        "yichuang-ferry-end/1",
    ] {
        assert!(texts.iter().any(|text| text.contains(kind)), "{kind}");
    }
}

/// A signature has one spelling.
#[test]
fn a_signature_that_is_spelled_otherwise_is_none() {
    for (signed, key) in signed() {
        let right = &signed.signature;
        for signature in [
            format!("{right}\n"),
            format!(" {right}"),
            format!("{right}="),
            right.trim_end_matches('=').to_owned(),
            right.replace('+', "-").replace('/', "_") + "==",
            format!("{right}{right}"),
            right.to_lowercase(),
        ] {
            let forged = SignedText { signature, ..signed.clone() };
            assert!(key.open(&forged).is_err(), "{forged:?}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_change_to_what_was_signed_is_refused(
        at: Index, to: char, bit in 0usize..512, damage: Damage,
    ) {
        for (signed, key) in signed() {
            let damaged = damage.done_to(signed.text.as_bytes());
            let damaged = String::from_utf8_lossy(&damaged).into_owned();
            for text in [altered(&signed.text, &at, to), damaged] {
                let forged = SignedText { text, ..signed.clone() };
                prop_assert_eq!(key.open(&forged).is_ok(), forged.text == signed.text);
            }
            let signature = altered(&signed.signature, &at, to);
            let forged = SignedText { signature, ..signed.clone() };
            let same = forged.signature == signed.signature;
            prop_assert_eq!(key.open(&forged).is_ok(), same, "{:?}", forged);
            // And a bit of the signature itself, spelled as it must be.
            let other = if key == hub().public() { device() } else { hub() };
            let mut bytes = device().signature_bytes(&signed.text);
            if key == hub().public() {
                bytes = hub().signature_bytes(&signed.text);
            }
            prop_assert!(key.verify_bytes(&signed.text, &bytes).is_ok());
            prop_assert!(other.public().verify_bytes(&signed.text, &bytes).is_err());
            bytes[bit / 8] ^= 1 << (bit % 8);
            prop_assert!(key.verify_bytes(&signed.text, &bytes).is_err());
        }
    }

    /// The word for one event serves no other, and no signed text of another kind is one.
    #[test]
    fn no_other_event_has_the_word_of_the_hub(at: Index, to: char) {
        let hash = "ab".repeat(32);
        let signature = hub().signature(&format!("yichuang-event/1 {hash}"));
        let other = altered(&hash, &at, to);
        let event = SignedEvent { text: String::new(), hash: other.clone(), signature };
        prop_assert_eq!(check_voucher(&hub().public(), &event).is_ok(), other == hash);
        for (signed, _) in signed() {
            let event = SignedEvent { hash: hash.clone(), signature: signed.signature, ..event.clone() };
            prop_assert!(check_voucher(&hub().public(), &event).is_err());
        }
    }

    #[test]
    fn rubbish_that_is_well_signed_breaks_nothing(damages in prop::collection::vec(any::<Damage>(), 1..3)) {
        let key = hub();
        for (name, text) in samples() {
            let damaged = damages.iter().fold(text.into_bytes(), |bytes, damage| damage.done_to(&bytes));
            let damaged = String::from_utf8_lossy(&damaged).into_owned();
            let signed = key.sign(damaged.clone());
            if let Ok(said) = policy::statement(&key.public(), ("150785", "ZX"), &signed) {
                prop_assert!(said.policy.check().is_ok() && said.hub == key.public().hub_id());
            }
            if let Ok(said) = roster::statement(&key.public(), &signed) {
                prop_assert_eq!(&said.hub, &key.public().hub_id());
                let _ = said.progress_address();
            }
            // A list that the hub truly signed the digest of.
            let digest = yichuang_domain::case::event::sha256_hex(damaged.as_bytes());
            let said = serde_json::json!({
                "kind": roster::ROSTER, "hub": key.public().hub_id(), "digest": digest,
                "as_of": "2026-03-02T01:30:00Z",
            });
            let opened = Roster::open(&key.public(), &key.sign(said.to_string()), &damaged);
            prop_assert!(opened.is_ok() <= (name == "roster-list" || damaged.trim().starts_with('[')));
            let _ = (is_log_of(&damaged, "hub-1", "7K2M"), is_challenge(&damaged, "hub-1", "win-1"));
        }
    }
}
