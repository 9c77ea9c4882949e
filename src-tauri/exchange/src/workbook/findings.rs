//! The findings of a health check as a sheet, to be handed to the departments that mend them.

use rust_xlsxwriter::{Color, Format, Workbook};
use yichuang_guide::{Finding, Weight};

use super::WriteError;

const HEADS: [(&str, f64); 6] = [
    ("轻重", 8.0),
    ("事项", 30.0),
    ("问题与改法", 60.0),
    ("依据", 30.0),
    ("位置", 32.0),
    ("代码", 24.0),
];

/// Writes findings, one a row, with a filter over them.
///
/// # Errors
/// [`WriteError`].
pub fn findings(findings: &[Finding]) -> Result<Vec<u8>, WriteError> {
    let mut book = Workbook::new();
    let page = book.add_worksheet();
    page.set_name("指南体检")?;
    let bold = Format::new().set_bold();
    for ((head, width), column) in HEADS.into_iter().zip(0u16..) {
        page.write_string_with_format(0, column, head, &bold)?;
        page.set_column_width(column, width)?;
    }
    page.set_freeze_panes(1, 0)?;
    let plain = Format::new().set_text_wrap();
    for (finding, row) in findings.iter().zip(1u32..) {
        let shade = match finding.weight {
            Weight::Must => 0xFF_C7_CE,
            Weight::Should => 0xFF_EB_9C,
            Weight::Note => 0xFF_FF_FF,
        };
        let weight = Format::new().set_background_color(Color::RGB(shade));
        page.write_string_with_format(row, 0, finding.weight.label(), &weight)?;
        let cells =
            [&finding.subject, &finding.message, &finding.source, &finding.place, &finding.code];
        for (text, column) in cells.into_iter().zip(1u16..) {
            page.write_string_with_format(row, column, text.as_str(), &plain)?;
        }
    }
    let last = u32::try_from(findings.len()).unwrap_or(u32::MAX);
    page.autofilter(0, 0, last, 5)?;
    Ok(book.save_to_buffer()?)
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use calamine::{Data, Reader as _, Xlsx};

    use super::*;

    #[test]
    fn every_finding_is_a_row_with_its_words() {
        let finding = |weight, message: &str| Finding {
            code: "no-basis".to_owned(),
            weight,
            place: "matters[0].basis".to_owned(),
            matter: Some("M1".to_owned()),
            subject: "食品经营许可".to_owned(),
            message: message.to_owned(),
            source: "行政许可法".to_owned(),
        };
        let list = [finding(Weight::Must, "没有设定依据"), finding(Weight::Note, "=1+1")];
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(findings(&list).unwrap())).unwrap();
        let sheet = book.worksheet_range("指南体检").unwrap();
        let rows: Vec<Vec<String>> =
            sheet.rows().map(|row| row.iter().map(Data::to_string).collect()).collect();
        assert_eq!(rows.len(), 3);
        assert_eq!(rows[1][..3], ["必须改", "食品经营许可", "没有设定依据"]);
        assert_eq!(rows[2][2], "=1+1", "a text, not a formula");
    }
}
