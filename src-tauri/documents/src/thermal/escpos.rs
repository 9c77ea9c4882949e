//! Pictures in ESC/POS, the language of receipt printers (Epson; the command names below are those
//! of its reference). Only what every printer of the kind knows: initialise, raster bands, cut.

use super::picture::{Raster, WIDTH};

/// `ESC @`: forget what the job before has set.
const INITIALISE: [u8; 2] = [0x1B, 0x40];
/// `GS v 0`, one dot for one dot.
const RASTER: [u8; 4] = [0x1D, 0x76, 0x30, 0x00];
/// `GS V 66 n`: feed to the knife and `n` steps more, and cut but for one point.
const CUT: [u8; 4] = [0x1D, 0x56, 0x42, 0x00];
/// Rows in a band: 9 KB, which the small buffer of an old printer holds.
const BAND: usize = 128;

/// The bytes that print slips and cut after each.
pub fn encode(slips: &[Raster]) -> Vec<u8> {
    let bytes = u16::try_from(WIDTH / 8).unwrap_or_default();
    let mut out = Vec::with_capacity(slips.iter().map(|s| s.height() * 73 + 16).sum());
    for slip in slips {
        out.extend(INITIALISE);
        let rows: Vec<&[u8]> = slip.rows().collect();
        for band in rows.chunks(BAND) {
            out.extend(RASTER);
            out.extend(bytes.to_le_bytes());
            out.extend(u16::try_from(band.len()).unwrap_or_default().to_le_bytes());
            band.iter().for_each(|row| out.extend_from_slice(row));
        }
        out.extend(CUT);
    }
    out
}
