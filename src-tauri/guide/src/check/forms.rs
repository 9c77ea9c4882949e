//! The check of the forms that a release carries, and of references to them.

use super::fields::{Fields, Format, Ids, Need, Place, Text};
use crate::form::{FormFault, MAX_FORM_BYTES, MEDIA_TYPES, begins_as, decode};

/// Checks `forms`; their ids come back. Format 1 has none.
pub fn check<'v>(root: &Fields<'v, '_>) -> Ids<'v> {
    let mut ids = Ids::of("表格编号");
    if root.notes.format == Format::V1 {
        return ids;
    }
    let list_place = root.at("forms");
    for (i, value) in root.list("forms", Need::Free).iter().enumerate() {
        let place = Place::Index(&list_place, i);
        let Some(form) = Fields::of(value, &place, root.notes) else { continue };
        form.only(&["id", "name", "media_type", "content"]);
        if let Some(id) = form.id("id") {
            ids.take(id, &form.at("id"), root.notes);
        }
        form.text("name", Need::Required, Text::Filled);
        let media_type = form.one_of("media_type", Need::Required, &MEDIA_TYPES);
        let Some(content) = form.text("content", Need::Required, Text::Filled) else { continue };
        let message = match decode(content) {
            Ok(bytes) => {
                if let Some(media_type) = media_type.filter(|kind| !begins_as(kind, &bytes)) {
                    let message = format!("文件内容不像{media_type}，打印前请核对文件类型");
                    root.notes.warning("odd-form", &form.at("media_type"), message);
                }
                continue;
            }
            Err(FormFault::NotBase64) => "内容不是base64编码，请重新生成这份表格".to_owned(),
            Err(FormFault::Empty) => "表格文件是空的，请重新生成".to_owned(),
            Err(FormFault::TooLarge) => {
                format!("表格文件超过{}MB，请压缩后再放入", MAX_FORM_BYTES / 1024 / 1024)
            }
        };
        root.notes.error("bad-form", &form.at("content"), message);
    }
    ids
}

/// Checks that `key`, where it is filled, names a form of the release.
pub fn check_name(fields: &Fields<'_, '_>, key: &str, forms: &Ids<'_>) {
    if let Some(id) = fields.words(key)
        && !id.is_empty()
        && !forms.has(id)
    {
        let message = format!("forms里没有编号为“{id}”的表格，请改正或补上");
        fields.notes.error("unknown-form", &fields.at(key), message);
    }
}
