//! A picture of dots.

use image::RgbImage;
use image::imageops::{self, FilterType};

/// Dots side by side: 72 mm at eight a millimetre, what the head of an 80 mm printer reaches.
pub const WIDTH: i32 = 576;

/// Bytes in a row.
const ROW: usize = 72;

/// A slip as dots, black or not.
#[derive(Clone, PartialEq, Eq)]
pub struct Raster {
    /// Row after row, the leftmost dot in the highest bit, black as 1.
    bits: Vec<u8>,
}

impl std::fmt::Debug for Raster {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Raster").field("height", &self.height()).finish_non_exhaustive()
    }
}

impl Raster {
    /// A white picture.
    pub(crate) fn blank(height: i32) -> Self {
        Self { bits: vec![0; ROW * usize::try_from(height).unwrap_or(0)] }
    }

    /// Dots from top to bottom.
    pub fn height(&self) -> usize {
        self.bits.len() / ROW
    }

    /// The rows, 72 bytes each: the leftmost dot in the highest bit, black as 1.
    pub fn rows(&self) -> impl ExactSizeIterator<Item = &[u8]> {
        self.bits.chunks_exact(ROW)
    }

    /// Whether a dot is black; what lies outside is not.
    pub fn is_black(&self, x: i32, y: i32) -> bool {
        self.place(x, y).is_some_and(|(byte, bit)| self.bits[byte] & bit != 0)
    }

    /// The picture as a file that any viewer opens (PBM), for a preview.
    pub fn pbm(&self) -> Vec<u8> {
        let mut file = format!("P4\n{WIDTH} {}\n", self.height()).into_bytes();
        file.extend_from_slice(&self.bits);
        file
    }

    /// The byte and the bit of a dot, if it lies inside.
    fn place(&self, x: i32, y: i32) -> Option<(usize, u8)> {
        let x = usize::try_from(x).ok().filter(|x| *x < ROW * 8)?;
        let y = usize::try_from(y).ok().filter(|y| *y < self.height())?;
        Some((y * ROW + x / 8, 0x80 >> (x % 8)))
    }

    /// Makes a dot black; what lies outside is left out.
    pub(super) fn blacken(&mut self, x: i32, y: i32) {
        if let Some((byte, bit)) = self.place(x, y) {
            self.bits[byte] |= bit;
        }
    }

    /// Makes a rectangle black.
    pub(super) fn fill(&mut self, at: (i32, i32), extent: (i32, i32)) {
        for y in at.1..at.1.saturating_add(extent.1) {
            for x in at.0..at.0.saturating_add(extent.0) {
                self.blacken(x, y);
            }
        }
    }
}

/// Darker than this, of 255, is a dot: a logo is flat colour, and a screen of dots would blur it.
const DARK: u8 = 150;

/// Prints a picture at `at` in so many dots.
pub(super) fn print(picture: &RgbImage, at: (i32, i32), extent: (i32, i32), raster: &mut Raster) {
    let side = |dots: i32| u32::try_from(dots).unwrap_or(0).clamp(1, 2_000);
    let small = imageops::resize(picture, side(extent.0), side(extent.1), FilterType::Triangle);
    for (x, y, pixel) in imageops::grayscale(&small).enumerate_pixels() {
        let (x, y) = (i32::try_from(x).unwrap_or(0), i32::try_from(y).unwrap_or(0));
        if pixel.0[0] < DARK {
            raster.blacken(at.0 + x, at.1 + y);
        }
    }
}
