//! How much one message may carry. Both sides hold to these, and check that the other does.

/// The most events of one push or one pull.
pub const BATCH_EVENTS: usize = 500;

/// The most bytes of event text of one push or one pull. An event that is larger by itself
/// travels alone, up to [`EVENT_BYTES`].
pub const BATCH_BYTES: usize = 1024 * 1024;

/// The most bytes of one event's text.
pub const EVENT_BYTES: usize = 1024 * 1024;

/// The most bytes of any body, either way. JSON escapes the text of an event, which at worst
/// doubles what a case is made of.
pub const BODY_BYTES: usize = 4 * 1024 * 1024;

/// The most bytes of a guide release's text.
pub const GUIDE_BYTES: u64 = 256 * 1024 * 1024;

/// The bytes of a packed guide release that travel at once; base64 makes a third more of them.
pub const PART_BYTES: usize = 1024 * 1024;

/// The bytes of an attachment that travel at once, and that a broken line costs at most: some ten
/// seconds of a line of 256 kbit/s.
pub const CHUNK_BYTES: usize = 256 * 1024;

/// The most bytes of the list of a roster of devices: some seven thousand of them.
pub const ROSTER_BYTES: usize = 2 * 1024 * 1024;

/// The highest position and Lamport number: what JavaScript still counts exactly (2⁵³ − 1).
pub const HIGHEST: u64 = (1 << 53) - 1;

/// The highest Lamport number that a window may write. What others add to its case counts on from
/// there, and must not come beyond [`HIGHEST`]: no window would take it.
pub const HIGHEST_OF_WINDOW: u64 = HIGHEST / 2;

/// How many of `sizes` (bytes of event text, in order of sending) make the next batch: never
/// more than the limits, but always one where there is one.
pub fn batch_len(sizes: impl IntoIterator<Item = usize>) -> usize {
    let mut bytes = 0usize;
    let mut len = 0;
    for size in sizes.into_iter().take(BATCH_EVENTS) {
        bytes = bytes.saturating_add(size);
        if len > 0 && bytes > BATCH_BYTES {
            break;
        }
        len += 1;
    }
    len
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn an_oversized_event_travels_alone() {
        assert_eq!(batch_len([BATCH_BYTES + 1, 1]), 1);
        assert_eq!(batch_len([1, BATCH_BYTES, 1]), 1);
        assert_eq!(batch_len([]), 0);
    }

    proptest! {
        #[test]
        fn a_batch_is_within_the_limits_and_as_large_as_they_allow(
            sizes in prop::collection::vec(1usize..300_000, 0..700),
        ) {
            let len = batch_len(sizes.iter().copied());
            let bytes: usize = sizes[..len].iter().sum();
            prop_assert!(len <= BATCH_EVENTS && (bytes <= BATCH_BYTES || len == 1));
            prop_assert_eq!(len == 0, sizes.is_empty());
            if len < sizes.len() && len < BATCH_EVENTS {
                prop_assert!(bytes + sizes[len] > BATCH_BYTES);
            }
        }
    }
}
