//! A picture on an A4 page.

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::imageops::FilterType;
use image::{DynamicImage, ImageDecoder as _, ImageFormat, ImageReader, Limits, Rgb, RgbImage};
use lopdf::{Document, Object, Stream, dictionary};

use crate::error::AnnexFault;
use crate::layout::geometry::Geometry;
use crate::paper::Format;

/// Around the picture, in points: what any printer can reach.
const MARGIN: f32 = 28.0;
/// Dots an inch on paper: more than this is not seen on a form, fewer than the least would blow a
/// small picture up.
const MOST_DOTS: f32 = 200.0;
const FEWEST_DOTS: f32 = 96.0;
/// What a picture may take in memory while it is read.
const MOST_MEMORY: u64 = 256 * 1024 * 1024;
/// JPEG quality of a photograph that is made smaller.
const QUALITY: u8 = 88;

/// Sets a PNG or JPEG on a page, upright or across as the picture is.
///
/// # Errors
/// [`AnnexFault::NotPrintable`] for any other file, [`AnnexFault::Damaged`].
pub(super) fn on_a_page(bytes: &[u8]) -> Result<Document, AnnexFault> {
    let format = match image::guess_format(bytes) {
        Ok(format @ (ImageFormat::Png | ImageFormat::Jpeg)) => format,
        _ => return Err(AnnexFault::NotPrintable),
    };
    let damaged = |error: image::ImageError| AnnexFault::Damaged { detail: error.to_string() };
    let picture = decode(bytes, format).map_err(damaged)?;
    let (wide, high) = (points(picture.width()), points(picture.height()));
    let sheet = Geometry::of(Format::A4).page;
    let page = if wide > high { (sheet.1, sheet.0) } else { sheet };
    let room = (page.0 - 2.0 * MARGIN, page.1 - 2.0 * MARGIN);
    let scale = (room.0 / wide).min(room.1 / high).min(72.0 / FEWEST_DOTS);
    let extent = (wide * scale, high * scale);
    let (across, down) = (dots(extent.0), dots(extent.1));
    let picture = if across < picture.width() {
        picture.resize_exact(across, down, FilterType::Triangle)
    } else {
        picture
    };
    let stream = stream(on_white(picture), format).map_err(damaged)?;
    Ok(document(stream, page, extent))
}

/// Pixels as a length; no picture that fits into memory has more than a float can count.
#[expect(clippy::cast_precision_loss, reason = "pixels of a picture of at most 256 MB")]
fn points(pixels: u32) -> f32 {
    pixels.max(1) as f32
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a page in dots")]
fn dots(points: f32) -> u32 {
    (points / 72.0 * MOST_DOTS).round().max(1.0) as u32
}

/// The picture, turned as the camera says.
fn decode(bytes: &[u8], format: ImageFormat) -> image::ImageResult<DynamicImage> {
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut limits = Limits::default();
    limits.max_alloc = Some(MOST_MEMORY);
    reader.limits(limits);
    let mut decoder = reader.into_decoder()?;
    let turned = decoder.orientation()?;
    let mut picture = DynamicImage::from_decoder(decoder)?;
    picture.apply_orientation(turned);
    Ok(picture)
}

/// What can be seen through shows the paper.
pub(crate) fn on_white(picture: DynamicImage) -> RgbImage {
    if !picture.color().has_alpha() {
        return picture.into_rgb8();
    }
    let seen = picture.into_rgba8();
    let blended = |x, y| {
        let [r, g, b, a] = seen.get_pixel(x, y).0.map(u16::from);
        let blend = |c: u16| u8::try_from((c * a + 255 * (255 - a)) / 255).unwrap_or(u8::MAX);
        Rgb([blend(r), blend(g), blend(b)])
    };
    RgbImage::from_fn(seen.width(), seen.height(), blended)
}

/// The picture as the file holds it: lines stay sharp, a photograph stays small.
fn stream(picture: RgbImage, format: ImageFormat) -> image::ImageResult<Stream> {
    let mut about = dictionary! {
        "Type" => "XObject",
        "Subtype" => "Image",
        "Width" => i64::from(picture.width()),
        "Height" => i64::from(picture.height()),
        "ColorSpace" => "DeviceRGB",
        "BitsPerComponent" => 8,
    };
    if format == ImageFormat::Jpeg {
        let mut packed = Vec::new();
        JpegEncoder::new_with_quality(&mut packed, QUALITY).encode_image(&picture)?;
        about.set("Filter", Object::Name(b"DCTDecode".to_vec()));
        return Ok(Stream::new(about, packed).with_compression(false));
    }
    let mut stream = Stream::new(about, picture.into_raw());
    // Where packing fails the picture stays as it is, only larger.
    let _ = stream.compress();
    Ok(stream)
}

fn document(picture: Stream, page: (f32, f32), extent: (f32, f32)) -> Document {
    let mut document = Document::with_version("1.7");
    let tree = document.new_object_id();
    let picture = document.add_object(picture);
    let (left, bottom) = ((page.0 - extent.0) / 2.0, page.1 - MARGIN - extent.1);
    let drawn = format!("q {:.2} 0 0 {:.2} {left:.2} {bottom:.2} cm /P Do Q", extent.0, extent.1);
    let content = document.add_object(Stream::new(dictionary! {}, drawn.into_bytes()));
    let page = document.add_object(dictionary! {
        "Type" => "Page",
        "Parent" => tree,
        "MediaBox" => vec![0.into(), 0.into(), page.0.into(), page.1.into()],
        "Resources" => dictionary! { "XObject" => dictionary! { "P" => picture } },
        "Contents" => content,
    });
    let node = dictionary! { "Type" => "Pages", "Kids" => vec![page.into()], "Count" => 1 };
    document.objects.insert(tree, node.into());
    let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => tree });
    document.trailer.set("Root", catalog);
    document
}
