//! The versions of the exchange.
//!
//! | version | since | what it brought |
//! |---|---|---|
//! | 1 | 0.1.0 | hello, enrol, session, push, pull, check; Ed25519; one hub log for each device |
//!
//! A version is never changed after a release. Fields may be added where an older reader ignores
//! them; anything else is a new version, and a hub speaks the old ones until every window of its
//! hall has moved on.

/// The versions this program speaks, the best first.
pub const SPOKEN: &[u32] = &[1];

/// The best version that both sides speak.
pub fn negotiate(theirs: &[u32]) -> Option<u32> {
    SPOKEN.iter().copied().find(|v| theirs.contains(v))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_common_version_is_taken_and_none_is_made_up() {
        assert_eq!(negotiate(&[7, 1]), Some(1));
        assert_eq!(negotiate(&[7]), None);
        assert_eq!(negotiate(&[]), None);
    }
}
