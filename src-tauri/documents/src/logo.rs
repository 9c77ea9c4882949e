//! The hall's logo (徽标) at the head of its papers: a small PNG, bounded when it is read, kept in the
//! template set as base64 and drawn on white.

use std::io::Cursor;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use image::imageops::{self, FilterType};
use image::{ImageFormat, ImageReader, Limits, RgbImage};
use serde::{Deserialize, Serialize};

use crate::annex::on_white;

/// The largest file, in bytes: it lies in every paper.
pub const MOST_BYTES: usize = 100 * 1024;
/// The longest and the shortest side, in pixels.
const SIDES: (u32, u32) = (32, 1200);
/// The most that one side is longer than the other.
const LONGEST: u32 = 6;
/// What a decoder may take in memory.
const MOST_MEMORY: u64 = 32 * 1024 * 1024;
/// More rows than this are not seen at the size it is printed in.
const MOST_ROWS: u32 = 240;

/// A logo that papers can show.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Logo {
    png: Vec<u8>,
    size: (u32, u32),
}

/// Why a file is no logo.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LogoFault {
    /// No base64 text where one should be.
    #[error("徽标不是base64文字，请重新选择图片")]
    NotBase64,
    /// Not a PNG.
    #[error("徽标要用PNG图片，请另存为PNG后重新选择")]
    NotPng,
    /// More than [`MOST_BYTES`].
    #[error("徽标文件太大，最多{}KB，请缩小后重新选择", MOST_BYTES / 1024)]
    TooLarge,
    /// A side is too long, too short, or far longer than the other.
    #[error(
        "徽标每边要在{}到{}像素之间，长边不超过短边的{LONGEST}倍，请调整后重新选择",
        SIDES.0, SIDES.1
    )]
    BadSize,
    /// It says that it is a PNG and is not whole.
    #[error("徽标图片已损坏，请重新选择")]
    Damaged,
}

impl LogoFault {
    /// A stable name.
    pub fn code(self) -> &'static str {
        match self {
            Self::NotBase64 => "logo-not-base64",
            Self::NotPng => "logo-not-png",
            Self::TooLarge => "logo-too-large",
            Self::BadSize => "logo-bad-size",
            Self::Damaged => "logo-damaged",
        }
    }
}

impl Logo {
    /// Takes a PNG.
    ///
    /// # Errors
    /// [`LogoFault`].
    pub fn read(png: Vec<u8>) -> Result<Self, LogoFault> {
        if png.len() > MOST_BYTES {
            return Err(LogoFault::TooLarge);
        }
        if !matches!(image::guess_format(&png), Ok(ImageFormat::Png)) {
            return Err(LogoFault::NotPng);
        }
        // The head tells the size before anything is unpacked.
        let size = reader(&png).into_dimensions().map_err(|_| LogoFault::Damaged)?;
        let (short, long) = (size.0.min(size.1), size.0.max(size.1));
        if short < SIDES.0 || long > SIDES.1 || long > short.saturating_mul(LONGEST) {
            return Err(LogoFault::BadSize);
        }
        reader(&png).decode().map_err(|_| LogoFault::Damaged)?;
        Ok(Self { png, size })
    }

    /// How wide it is for its height.
    pub(crate) fn proportion(&self) -> f32 {
        pixels(self.size.0) / pixels(self.size.1)
    }

    /// The picture on white, with no more dots than are seen; none where it can't be unpacked any
    /// more, which was tried when it was read.
    pub(crate) fn picture(&self) -> Option<RgbImage> {
        let picture = on_white(reader(&self.png).decode().ok()?);
        if self.size.1 <= MOST_ROWS {
            return Some(picture);
        }
        let across = u64::from(self.size.0) * u64::from(MOST_ROWS) / u64::from(self.size.1);
        let across = u32::try_from(across).unwrap_or(MOST_ROWS).max(1);
        Some(imageops::resize(&picture, across, MOST_ROWS, FilterType::Triangle))
    }
}

fn reader(png: &[u8]) -> ImageReader<Cursor<&[u8]>> {
    let mut reader = ImageReader::with_format(Cursor::new(png), ImageFormat::Png);
    let mut limits = Limits::default();
    limits.max_alloc = Some(MOST_MEMORY);
    reader.limits(limits);
    reader
}

#[expect(clippy::cast_precision_loss, reason = "at most 1,200 pixels")]
fn pixels(side: u32) -> f32 {
    side.max(1) as f32
}

impl std::fmt::Debug for Logo {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Logo").field("size", &self.size).finish_non_exhaustive()
    }
}

impl TryFrom<String> for Logo {
    type Error = LogoFault;

    fn try_from(text: String) -> Result<Self, LogoFault> {
        if text.len() > MOST_BYTES * 2 {
            return Err(LogoFault::TooLarge);
        }
        Self::read(BASE64.decode(text.trim()).map_err(|_| LogoFault::NotBase64)?)
    }
}

impl From<Logo> for String {
    fn from(logo: Logo) -> Self {
        BASE64.encode(logo.png)
    }
}

#[cfg(test)]
mod tests {
    use image::{DynamicImage, Rgba, RgbaImage};

    use super::*;

    fn png(width: u32, height: u32) -> Vec<u8> {
        let picture = RgbaImage::from_pixel(width, height, Rgba([200, 20, 20, 255]));
        let mut bytes = Cursor::new(Vec::new());
        DynamicImage::from(picture).write_to(&mut bytes, ImageFormat::Png).unwrap();
        bytes.into_inner()
    }

    #[test]
    fn a_logo_reads_back() {
        let logo = Logo::read(png(64, 48)).unwrap();
        let text = serde_json::to_string(&logo).unwrap();
        assert_eq!(serde_json::from_str::<Logo>(&text).unwrap(), logo);
        assert_eq!(logo.picture().unwrap().dimensions(), (64, 48));
        assert_eq!(Logo::read(png(1000, 500)).unwrap().picture().unwrap().dimensions(), (480, 240));
    }

    #[test]
    fn what_is_seen_through_is_white() {
        let mut bytes = Cursor::new(Vec::new());
        let picture = RgbaImage::from_pixel(40, 40, Rgba([0, 0, 0, 0]));
        DynamicImage::from(picture).write_to(&mut bytes, ImageFormat::Png).unwrap();
        let picture = Logo::read(bytes.into_inner()).unwrap().picture().unwrap();
        assert_eq!(picture.get_pixel(3, 3).0, [255; 3]);
    }

    #[test]
    fn a_bad_logo_is_refused_by_its_fault() {
        let whole = png(64, 64);
        let mut torn = whole.clone();
        torn.truncate(whole.len() / 2);
        let mut large = whole.clone();
        large.resize(MOST_BYTES + 1, 0);
        for (bytes, fault) in [
            (b"GIF89a".to_vec(), LogoFault::NotPng),
            (Vec::new(), LogoFault::NotPng),
            (png(31, 64), LogoFault::BadSize),
            (png(1201, 600), LogoFault::BadSize),
            (png(700, 100), LogoFault::BadSize),
            (torn, LogoFault::Damaged),
            (large, LogoFault::TooLarge),
        ] {
            assert_eq!(Logo::read(bytes), Err(fault));
        }
        assert_eq!(Logo::try_from("#".to_owned()), Err(LogoFault::NotBase64));
    }
}
