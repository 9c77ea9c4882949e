//! The files of forms, which lie beside a workbook.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use yichuang_guide::form::MAX_FORM_BYTES;

use super::rows::{Build, Line};
use super::sheets::FILE;

impl Build<'_> {
    /// The content of a form, from the file that its row names.
    pub(super) fn form(&mut self, line: &Line<'_>) -> Option<String> {
        let name = line.cell(FILE)?.shown();
        if name.contains(['/', '\\']) || name.starts_with('.') {
            self.fault(line, FILE, "bad-file-name", "只写文件名，不要带目录");
            return None;
        }
        match self.forms.read(&name) {
            Ok(bytes) if bytes.len() > MAX_FORM_BYTES => {
                let most = MAX_FORM_BYTES / 1024 / 1024;
                let message = format!("文件“{name}”超过{most}MB，请压缩后再放入");
                self.fault(line, FILE, "bad-form", message);
                None
            }
            Ok(bytes) => Some(STANDARD.encode(bytes)),
            Err(error) => {
                let message = format!(
                    "读不到文件“{name}”（{error}）；请放到工作簿旁边“工作簿名-表格”文件夹里"
                );
                self.fault(line, FILE, "no-such-file", message);
                None
            }
        }
    }
}
