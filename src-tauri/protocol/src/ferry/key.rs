//! The keys of devices and hubs as keys of age: Ed25519 keys have a form that encrypts (X25519),
//! so that whoever is enrolled can already write to the other side. That one key pair may sign and
//! encrypt: Thormarker, "On using the same key pair for Ed25519 and an X25519 based KEM" (2021).

use age::x25519::{Identity, Recipient};
use bech32::{Bech32, Hrp};

use super::FerryError;
use crate::keys::{PrivateKey, PublicKey};

fn spelled(prefix: &str, bytes: &[u8; 32]) -> Option<String> {
    bech32::encode::<Bech32>(Hrp::parse(prefix).ok()?, bytes).ok()
}

/// The one who can open what is encrypted for this key.
pub(super) fn recipient(key: &PublicKey) -> Result<Recipient, FerryError> {
    let spelled = spelled("age", &key.to_x25519());
    spelled.and_then(|text| text.parse().ok()).ok_or(FerryError::NotForUs)
}

/// What opens what is encrypted for this key's public half.
pub(super) fn identity(key: &PrivateKey) -> Result<Identity, FerryError> {
    let spelled = spelled("age-secret-key-", &key.to_x25519());
    let spelled = spelled.map(|text| text.to_ascii_uppercase());
    spelled.and_then(|text| text.parse().ok()).ok_or(FerryError::NotForUs)
}
