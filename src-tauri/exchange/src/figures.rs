//! The figures of a period as a workbook: the groups on one sheet, and for a window on another why
//! there were second lists, extensions and reprints.

use jiff::civil::Date;
use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, Workbook, Worksheet};
use yichuang_domain::calendar::chinese_date;
use yichuang_domain::figures::{Figure, Rate};
use yichuang_domain::named::Named as _;

use crate::workbook::WriteError;

/// The row of the heads: above it stand title and origin.
const HEADS: u32 = 2;

/// A group and its figures, in the order of [`Figure`] and [`Rate`].
#[derive(Clone, Debug)]
pub struct FigureLine {
    /// What people call it.
    pub name: String,
    /// How often each figure counts.
    pub counts: Vec<u32>,
    /// Parts in a thousand; none where there is nothing to divide.
    pub rates: Vec<Option<u32>>,
}

/// Why something was done that a lead looks at.
#[derive(Clone, Debug)]
pub struct ReasonLine {
    /// 办件编号.
    pub number: String,
    /// What was done.
    pub what: String,
    /// Why.
    pub why: String,
    /// Who.
    pub who: String,
    /// When.
    pub at: String,
}

/// A workbook of figures.
#[derive(Clone, Debug)]
pub struct FigureBook<'a> {
    /// Hall and window.
    pub place: String,
    /// The days that the cases were filed on.
    pub period: (Date, Date),
    /// The word for how they are put together.
    pub group: &'a str,
    /// The day it is written.
    pub on: Date,
    /// Who takes it out.
    pub by: &'a str,
    /// 演练: marked on the sheets.
    pub practice: bool,
}

impl FigureBook<'_> {
    /// The workbook; with a sheet of reasons where there are some to give.
    ///
    /// # Errors
    /// Whatever the writer of the format says, for instance to more rows than a sheet has.
    pub fn write(
        &self,
        lines: &[FigureLine],
        reasons: Option<&[ReasonLine]>,
    ) -> Result<Vec<u8>, WriteError> {
        let mut book = Workbook::new();
        self.figures(book.add_worksheet(), lines)?;
        if let Some(reasons) = reasons {
            self.reasons(book.add_worksheet(), reasons)?;
        }
        Ok(book.save_to_buffer()?)
    }

    fn figures(&self, page: &mut Worksheet, lines: &[FigureLine]) -> Result<(), WriteError> {
        page.set_name("统计")?;
        let words = std::iter::once(self.group)
            .chain(Figure::ALL.iter().map(|figure| figure.word()))
            .chain(Rate::ALL.iter().map(|rate| rate.word()));
        let heads: Vec<_> =
            words.enumerate().map(|(at, word)| (word, if at == 0 { 30.0 } else { 12.0 })).collect();
        self.head(page, "办件统计", &heads)?;
        let rate = Format::new().set_num_format("0.0%");
        for (line, row) in lines.iter().zip(HEADS + 1..) {
            // Always as a text: a name that begins with `=` is no formula.
            page.write_string(row, 0, &line.name)?;
            for (count, at) in line.counts.iter().zip(1u16..) {
                page.write_number(row, at, f64::from(*count))?;
            }
            let first = u16::try_from(line.counts.len()).unwrap_or(0) + 1;
            for (per_mille, at) in line.rates.iter().zip(first..) {
                if let Some(per_mille) = per_mille {
                    page.write_number_with_format(row, at, f64::from(*per_mille) / 1000.0, &rate)?;
                }
            }
        }
        Ok(())
    }

    fn reasons(&self, page: &mut Worksheet, reasons: &[ReasonLine]) -> Result<(), WriteError> {
        page.set_name("二次告知、延期和补打")?;
        let heads =
            [("办件编号", 32.0), ("事由", 12.0), ("原因", 60.0), ("办理人", 12.0), ("时间", 22.0)];
        self.head(page, "二次告知、延期和补打的原因", &heads)?;
        let cell = Format::new().set_text_wrap().set_align(FormatAlign::Top);
        for (line, row) in reasons.iter().zip(HEADS + 1..) {
            let words = [&line.number, &line.what, &line.why, &line.who, &line.at];
            for (word, at) in words.into_iter().zip(0u16..) {
                page.write_string_with_format(row, at, word, &cell)?;
            }
        }
        Ok(())
    }

    fn head(
        &self,
        page: &mut Worksheet,
        name: &str,
        heads: &[(&str, f64)],
    ) -> Result<(), WriteError> {
        let mark = if self.practice { "（演练，不是真实记录）" } else { "" };
        let title = Format::new().set_bold().set_font_size(16);
        page.write_string_with_format(0, 0, format!("{name}{mark}"), &title)?;
        let origin = format!(
            "{}　收件日期{}至{}　{}导出，导出人{}",
            self.place,
            chinese_date(self.period.0),
            chinese_date(self.period.1),
            chinese_date(self.on),
            self.by
        );
        page.write_string(1, 0, &origin)?;
        let style = Format::new()
            .set_bold()
            .set_text_wrap()
            .set_background_color(Color::RGB(0x00E7_F0FA))
            .set_border_bottom(FormatBorder::Thin);
        for ((word, width), at) in heads.iter().zip(0u16..) {
            page.write_string_with_format(HEADS, at, *word, &style)?;
            page.set_column_width(at, *width)?;
        }
        page.set_freeze_panes(HEADS + 1, 1)?;
        page.set_landscape().set_print_fit_to_pages(1, 0).set_repeat_rows(HEADS, HEADS)?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use calamine::{Data, Reader as _, Xlsx};
    use jiff::civil::date;

    use super::*;

    #[test]
    fn what_is_written_is_read_back_and_no_name_becomes_a_formula() {
        let book = FigureBook {
            place: "根河市政务服务中心 03".to_owned(),
            period: (date(2026, 11, 1), date(2026, 11, 30)),
            group: "收件人",
            on: date(2026, 11, 30),
            by: "王敏",
            practice: true,
        };
        let counts: Vec<u32> = (1..).take(Figure::ALL.len()).collect();
        let line = FigureLine {
            name: "=HYPERLINK(\"x\")".to_owned(),
            counts: counts.clone(),
            rates: vec![Some(999), None, Some(0), Some(1000)],
        };
        let reason = ReasonLine {
            number: "150785-ZX-7K2M-20261124-0001-K".to_owned(),
            what: "延期".to_owned(),
            why: "+1 日".to_owned(),
            who: "王敏".to_owned(),
            at: "2026-11-24T02:00:00Z".to_owned(),
        };
        let bytes = book.write(&[line], Some(&[reason])).expect("a workbook");
        let mut read = Xlsx::new(Cursor::new(bytes)).expect("it opens");
        let page = read.worksheet_range("统计").expect("the sheet");
        let rows: Vec<Vec<Data>> = page.rows().map(<[Data]>::to_vec).collect();
        assert!(rows[0][0].to_string().contains("演练"));
        assert!(rows[1][0].to_string().contains("2026年11月1日至2026年11月30日"));
        assert_eq!(rows[3][0], Data::String("=HYPERLINK(\"x\")".to_owned()));
        let numbers: Vec<_> = rows[3][1..=counts.len()].iter().map(ToString::to_string).collect();
        assert_eq!(numbers, counts.iter().map(ToString::to_string).collect::<Vec<_>>());
        assert_eq!(rows[3][counts.len() + 1], Data::Float(0.999));
        assert_eq!(rows[3][counts.len() + 2], Data::Empty, "nothing to divide is no zero");
        let why = read.worksheet_range("二次告知、延期和补打").expect("the sheet");
        assert_eq!(why.get_value((3, 2)), Some(&Data::String("+1 日".to_owned())));
    }
}
