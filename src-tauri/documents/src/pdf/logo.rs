//! The logo in the file: one object that every first page draws.

use std::collections::BTreeMap;

use image::RgbImage;
use printpdf::{
    CurTransMat, DictItem, ExternalStream, ExternalXObject, Op, Point, XObject, XObjectId,
    XObjectTransform,
};

/// Its name in the file. The writer's own names are random, and the same paper has the same bytes.
pub(super) fn id() -> XObjectId {
    XObjectId("YLogo".to_owned())
}

/// The picture as the file holds it (ISO 32000-1, 8.9.5).
pub(super) fn object(picture: RgbImage) -> XObject {
    let name = |text: &str| DictItem::Name(text.as_bytes().to_vec());
    let dict = BTreeMap::from([
        ("Type", name("XObject")),
        ("Subtype", name("Image")),
        ("Width", DictItem::Int(i64::from(picture.width()))),
        ("Height", DictItem::Int(i64::from(picture.height()))),
        ("ColorSpace", name("DeviceRGB")),
        ("BitsPerComponent", DictItem::Int(8)),
    ]);
    let dict = dict.into_iter().map(|(key, value)| (key.to_owned(), value)).collect();
    let stream = ExternalStream { dict, content: picture.into_raw(), compress: true };
    XObject::External(ExternalXObject { stream, width: None, height: None, dpi: None })
}

/// Draws it in a place, from its lower left corner.
pub(super) fn draw(corner: Point, extent: (f32, f32)) -> [Op; 4] {
    let matrix = CurTransMat::Raw([extent.0, 0.0, 0.0, extent.1, corner.x.0, corner.y.0]);
    let transform = XObjectTransform { no_auto_scale: true, ..XObjectTransform::default() };
    [
        Op::SaveGraphicsState,
        Op::SetTransformationMatrix { matrix },
        Op::UseXobject { id: id(), transform },
        Op::RestoreGraphicsState,
    ]
}
