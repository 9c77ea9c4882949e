//! Ed25519 keys of devices and hubs, and texts signed with them.
//!
//! A signature covers the UTF-8 bytes of the text as sent. Every signed text begins by saying
//! what it is, so that a signature given for one purpose serves no other.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use yichuang_domain::case::event::sha256_hex;

/// Text or key material that can't be trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unsigned {
    /// Not a public key.
    #[error("not an Ed25519 public key")]
    BadKey,
    /// The signature does not belong to the text and the key.
    #[error("the signature does not match")]
    BadSignature,
}

/// A text and its signature.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SignedText {
    /// What is said, exactly as signed.
    pub text: String,
    /// Ed25519 over the bytes of `text`, base64.
    pub signature: String,
}

/// A private key: of a device, or the hub's own.
#[derive(Clone)]
pub struct PrivateKey(SigningKey);

impl std::fmt::Debug for PrivateKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("PrivateKey").field(&self.public().to_base64()).finish()
    }
}

impl PrivateKey {
    /// The key of a 32-byte seed.
    pub fn from_seed(seed: &[u8; 32]) -> Self {
        Self(SigningKey::from_bytes(seed))
    }

    /// Its public half.
    pub fn public(&self) -> PublicKey {
        PublicKey(self.0.verifying_key())
    }

    /// The form of this key that decrypts (X25519).
    pub(crate) fn to_x25519(&self) -> [u8; 32] {
        self.0.to_scalar_bytes()
    }

    /// The secret that this key and another's public half make (X25519): the same from both sides,
    /// and known to nobody else. Not to be used without saying what for.
    pub(crate) fn shared_with(&self, other: &PublicKey) -> [u8; 32] {
        other.0.to_montgomery().mul_clamped(self.to_x25519()).to_bytes()
    }

    /// The signature of `text`, base64.
    pub fn signature(&self, text: &str) -> String {
        STANDARD.encode(self.signature_bytes(text))
    }

    /// The signature of `text`.
    pub fn signature_bytes(&self, text: &str) -> [u8; 64] {
        self.0.sign(text.as_bytes()).to_bytes()
    }

    /// `text` with its signature.
    pub fn sign(&self, text: String) -> SignedText {
        let signature = self.signature(&text);
        SignedText { text, signature }
    }
}

/// A public key: the hub's, or a device's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PublicKey(VerifyingKey);

impl PublicKey {
    /// The key of these 32 bytes.
    ///
    /// # Errors
    /// [`Unsigned::BadKey`] if they are none, or one that would accept foreign signatures.
    pub fn from_bytes(bytes: &[u8; 32]) -> Result<Self, Unsigned> {
        match VerifyingKey::from_bytes(bytes) {
            Ok(key) if !key.is_weak() => Ok(Self(key)),
            _ => Err(Unsigned::BadKey),
        }
    }

    /// Reads base64.
    ///
    /// # Errors
    /// [`Unsigned::BadKey`].
    pub fn from_base64(text: &str) -> Result<Self, Unsigned> {
        let bytes = STANDARD.decode(text).map_err(|_| Unsigned::BadKey)?;
        let bytes: [u8; 32] = bytes.try_into().map_err(|_| Unsigned::BadKey)?;
        Self::from_bytes(&bytes)
    }

    /// The 32 bytes.
    pub fn to_bytes(self) -> [u8; 32] {
        self.0.to_bytes()
    }

    /// The form of this key that encrypts (X25519).
    pub(crate) fn to_x25519(self) -> [u8; 32] {
        self.0.to_montgomery().to_bytes()
    }

    /// The id of the hub that has this key: `hub-` and the beginning of the key's SHA-256.
    pub fn hub_id(self) -> String {
        format!("hub-{}", &sha256_hex(&self.to_bytes())[..16])
    }

    /// As base64.
    pub fn to_base64(self) -> String {
        STANDARD.encode(self.0.to_bytes())
    }

    /// Checks a base64 signature of `text`.
    ///
    /// # Errors
    /// [`Unsigned::BadSignature`].
    pub fn verify(&self, text: &str, signature: &str) -> Result<(), Unsigned> {
        let bytes = STANDARD.decode(signature).map_err(|_| Unsigned::BadSignature)?;
        let bytes = bytes.as_slice().try_into().map_err(|_| Unsigned::BadSignature)?;
        self.verify_bytes(text, bytes)
    }

    /// Checks a signature of `text`.
    ///
    /// # Errors
    /// [`Unsigned::BadSignature`].
    pub fn verify_bytes(&self, text: &str, signature: &[u8; 64]) -> Result<(), Unsigned> {
        let signature = Signature::from_bytes(signature);
        self.0.verify_strict(text.as_bytes(), &signature).map_err(|_| Unsigned::BadSignature)
    }

    /// The text, if it was signed with this key.
    ///
    /// # Errors
    /// [`Unsigned::BadSignature`].
    pub fn open<'a>(&self, signed: &'a SignedText) -> Result<&'a str, Unsigned> {
        self.verify(&signed.text, &signed.signature).map(|()| signed.text.as_str())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        // Curve arithmetic is slow without optimisation.
        #![proptest_config(ProptestConfig::with_cases(32))]
        #[test]
        fn a_signature_serves_only_its_text_and_key(
            seed in any::<[u8; 32]>(), other in any::<[u8; 32]>(), text in ".*", tail in ".+",
        ) {
            prop_assume!(seed != other);
            let key = PrivateKey::from_seed(&seed);
            let signed = key.sign(text.clone());
            prop_assert_eq!(key.public().open(&signed), Ok(text.as_str()));
            prop_assert!(PrivateKey::from_seed(&other).public().open(&signed).is_err());
            let longer = SignedText { text: text + &tail, ..signed };
            prop_assert!(key.public().open(&longer).is_err());
        }

        #[test]
        fn a_public_key_survives_the_journey(seed in any::<[u8; 32]>()) {
            let public = PrivateKey::from_seed(&seed).public();
            prop_assert_eq!(PublicKey::from_base64(&public.to_base64()), Ok(public));
        }
    }

    #[test]
    fn rubbish_is_no_key_and_no_signature() {
        for text in ["", "AAAA", "!", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="] {
            assert_eq!(PublicKey::from_base64(text), Err(Unsigned::BadKey), "{text}");
        }
        let key = PrivateKey::from_seed(&[7; 32]).public();
        for signature in ["", "AAAA", "?"] {
            assert_eq!(key.verify("x", signature), Err(Unsigned::BadSignature));
        }
    }

    #[test]
    fn a_private_key_is_not_shown() {
        let shown = format!("{:?}", PrivateKey::from_seed(&[7; 32]));
        assert!(!shown.contains("07070707") && !shown.contains("BwcH"), "{shown}");
    }
}
