//! The query code (查询二维码).

use qrcodegen::{QrCode, QrCodeEcc};

use crate::error::DocumentError;

/// The dark modules of a code, as runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Modules {
    /// Modules a side, quiet zone included.
    pub(crate) side: u16,
    /// Dark runs: column, row, length.
    pub(crate) runs: Vec<(u16, u16, u16)>,
}

/// The quiet zone, in modules a side (ISO/IEC 18004).
const QUIET: u16 = 4;

/// Encodes `text` at level M.
pub(crate) fn encode(text: &str) -> Result<Modules, DocumentError> {
    let code = QrCode::encode_text(text, QrCodeEcc::Medium)
        .map_err(|_| DocumentError::QrTooLong { length: text.len() })?;
    let size = code.size();
    let mut runs = Vec::new();
    for y in 0..size {
        let mut x = 0;
        while x < size {
            let start = x;
            while x < size && code.get_module(x, y) {
                x += 1;
            }
            if x > start {
                runs.push((module(start), module(y), module(x - start) - QUIET));
            }
            x += 1;
        }
    }
    Ok(Modules { side: module(size) + QUIET, runs })
}

/// The place of a module, the quiet zone counted. A code has at most 177 a side.
fn module(at: i32) -> u16 {
    u16::try_from(at).unwrap_or_default() + QUIET
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A mark has 177 characters of the short mode, 184 in practice, and about 30 more with an
    /// address: on 27 mm of paper a module stays above 0.45 mm.
    #[test]
    fn a_mark_makes_a_small_code() {
        let side = |len: usize| encode(&"YC2-0123456789ABCDEF".repeat(20)[..len]).unwrap().side;
        assert_eq!([side(177), side(184), side(220)], [53, 57, 57]);
    }
}
