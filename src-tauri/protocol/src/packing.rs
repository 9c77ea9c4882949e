//! How a guide release is packed for the way: as one Zstandard frame, or as one that starts from
//! an earlier release (what `zstd --patch-from` does).
//!
//! Packing works on bytes and knows nothing of guides: what comes out are the very bytes that went
//! in, so that the digest of a release holds on every machine. Unpacking takes the length that the
//! hub signed and never makes more of a frame than that.

use zstd::zstd_safe::{CCtx, CParameter, DCtx, SafeResult, compress_bound, get_error_name};

use crate::limits::GUIDE_BYTES;

/// How hard to pack: done once in a release's life, unpacked at every window.
const LEVEL: i32 = 9;

/// Bytes that can't be packed or unpacked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unpackable {
    /// More bytes than a guide may have.
    #[error("larger than a guide may be")]
    TooLarge,
    /// Not a frame of the length that was told, or not one that starts from these bytes.
    #[error("not what was packed: {0}")]
    Damaged(&'static str),
}

fn done(result: SafeResult) -> Result<usize, Unpackable> {
    result.map_err(|code| Unpackable::Damaged(get_error_name(code)))
}

/// The most bytes that `length` bytes are packed into.
pub fn packed_bound(length: u64) -> u64 {
    usize::try_from(length).map_or(u64::MAX, |length| compress_bound(length) as u64)
}

/// Packs `text`.
///
/// # Errors
/// [`Unpackable::TooLarge`].
pub fn pack(text: &[u8]) -> Result<Vec<u8>, Unpackable> {
    delta(&[], text)
}

/// Packs what leads from `base` to `text`.
///
/// # Errors
/// [`Unpackable::TooLarge`].
pub fn delta(base: &[u8], text: &[u8]) -> Result<Vec<u8>, Unpackable> {
    let longest = base.len().max(text.len());
    if longest as u64 > GUIDE_BYTES {
        return Err(Unpackable::TooLarge);
    }
    let mut context = CCtx::create();
    done(context.set_parameter(CParameter::CompressionLevel(LEVEL)))?;
    done(context.set_parameter(CParameter::ChecksumFlag(true)))?;
    if !base.is_empty() {
        // The window must reach from the end of the text back to the beginning of the base.
        let reach = (usize::BITS - longest.leading_zeros()).max(20) + 1;
        done(context.set_parameter(CParameter::WindowLog(reach)))?;
        done(context.set_parameter(CParameter::EnableLongDistanceMatching(true)))?;
        done(context.ref_prefix(base))?;
    }
    let mut packed = Vec::with_capacity(compress_bound(text.len()));
    done(context.compress2(&mut packed, text))?;
    packed.shrink_to_fit();
    Ok(packed)
}

/// The `length` bytes that were packed.
///
/// # Errors
/// [`Unpackable`]; whatever the frame says of itself, no more than `length` bytes are made of it.
pub fn unpack(packed: &[u8], length: u64) -> Result<Vec<u8>, Unpackable> {
    apply(&[], packed, length)
}

/// The `length` bytes that a delta from `base` leads to.
///
/// # Errors
/// As [`unpack`].
pub fn apply(base: &[u8], delta: &[u8], length: u64) -> Result<Vec<u8>, Unpackable> {
    if length > GUIDE_BYTES {
        return Err(Unpackable::TooLarge);
    }
    let length = usize::try_from(length).map_err(|_| Unpackable::TooLarge)?;
    let mut context = DCtx::create();
    if !base.is_empty() {
        done(context.ref_prefix(base))?;
    }
    let mut text = Vec::with_capacity(length);
    done(context.decompress(&mut text, delta))?;
    if text.len() == length { Ok(text) } else { Err(Unpackable::Damaged("another length")) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A text, and one that was made of it by editing: lines taken out, moved, changed, added.
    fn releases() -> impl Strategy<Value = (String, String)> {
        let line = "[\\PC\n]{0,60}";
        let lines = prop::collection::vec(line, 0..60);
        let edits = prop::collection::vec((any::<prop::sample::Index>(), 0u8..4, line), 0..12);
        (lines, edits).prop_map(|(lines, edits)| {
            let mut edited = lines.clone();
            for (place, kind, line) in edits {
                let at = place.index(edited.len() + 1);
                match kind {
                    0 => edited.insert(at, line),
                    _ if at == edited.len() => {}
                    1 => drop(edited.remove(at)),
                    2 => edited[at] = line,
                    _ => edited.rotate_left(at),
                }
            }
            (lines.concat(), edited.concat())
        })
    }

    proptest! {
        #[test]
        fn a_delta_applied_to_its_base_is_the_release((a, b) in releases()) {
            let (a, b) = (a.as_bytes(), b.as_bytes());
            prop_assert_eq!(apply(a, &delta(a, b).unwrap(), b.len() as u64).unwrap(), b);
            let packed = pack(b).unwrap();
            prop_assert!(packed.len() as u64 <= packed_bound(b.len() as u64));
            prop_assert_eq!(unpack(&packed, b.len() as u64).unwrap(), b);
        }

        /// Whatever happens on the way, what comes out is either refused or has the signed length,
        /// and nothing panics.
        #[test]
        fn damage_is_refused_or_bounded(
            (a, b) in releases(),
            hits in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..5),
            cut in any::<prop::sample::Index>(),
            length in 0u64..5000,
        ) {
            let whole = delta(a.as_bytes(), b.as_bytes()).unwrap();
            let mut hit = whole.clone();
            for (place, byte) in hits {
                let at = place.index(hit.len());
                hit[at] = byte;
            }
            let short = &whole[..cut.index(whole.len())];
            for damaged in [&hit[..], short] {
                if let Ok(text) = apply(a.as_bytes(), damaged, length) {
                    prop_assert_eq!(text.len() as u64, length);
                }
            }
            if length != b.len() as u64 {
                prop_assert!(apply(a.as_bytes(), &whole, length).is_err());
            }
        }
    }

    #[test]
    fn a_small_package_cannot_grow_beyond_what_was_signed() {
        let bomb = pack(&vec![b'['; 50_000_000]).unwrap();
        assert!(bomb.len() < 50_000, "{}", bomb.len());
        assert!(matches!(unpack(&bomb, 1000), Err(Unpackable::Damaged(_))));
        assert_eq!(unpack(&bomb, GUIDE_BYTES + 1), Err(Unpackable::TooLarge));
        // Frames behind each other count together.
        let twice = [pack(b"abc").unwrap(), pack(b"def").unwrap()].concat();
        assert!(unpack(&twice, 3).is_err());
    }

    #[test]
    fn a_delta_holds_what_changed_and_little_more() {
        let line = |n: u32| format!("{{\"code\":\"{n:06}\",\"standard\":\"{}\"}}\n", n * 7919);
        let a: String = (0..40_000).map(line).collect();
        let b = a.replacen("7919", "𠮷", 3);
        let delta = delta(a.as_bytes(), b.as_bytes()).unwrap();
        assert!(delta.len() < 1000, "{} of {}", delta.len(), a.len());
        assert!(
            apply(&a.as_bytes()[..a.len() - 1], &delta, b.len() as u64).is_err(),
            "another base"
        );
    }
}
