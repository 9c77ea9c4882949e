//! Training as a workbook: what each trainee came to on one sheet, their attempts on another.

use jiff::civil::Date;
use rust_xlsxwriter::{Color, Format, FormatBorder, Workbook, Worksheet};
use yichuang_domain::calendar::chinese_date;

use crate::workbook::WriteError;

/// The row of the heads: above it stand title and origin.
const HEADS: u32 = 2;

/// A trainee.
#[derive(Clone, Debug)]
pub struct TraineeLine {
    /// 姓名.
    pub name: String,
    /// How many attempts they began.
    pub begun: u32,
    /// How many they finished.
    pub finished: u32,
    /// Their best score.
    pub best: Option<u32>,
    /// Their average.
    pub average: Option<u32>,
    /// What cost them most points; may be empty.
    pub weakest: &'static str,
}

/// An attempt.
#[derive(Clone, Debug)]
pub struct AttemptLine {
    /// 姓名.
    pub trainee: String,
    /// What the card is called.
    pub title: String,
    /// How hard it is.
    pub level: &'static str,
    /// 事项名称.
    pub matter: String,
    /// When it began.
    pub at: String,
    /// What became of it.
    pub state: &'static str,
    /// The score; none where it was not finished.
    pub points: Option<u32>,
    /// How many seconds it took.
    pub seconds: Option<u32>,
    /// How many differences there were.
    pub findings: Option<u32>,
}

/// A workbook of training.
#[derive(Clone, Debug)]
pub struct TrainingBook<'a> {
    /// The day it is written.
    pub on: Date,
    /// Who takes it out.
    pub by: &'a str,
}

fn number(page: &mut Worksheet, row: u32, at: u16, n: Option<u32>) -> Result<(), WriteError> {
    if let Some(n) = n {
        page.write_number(row, at, f64::from(n))?;
    }
    Ok(())
}

impl TrainingBook<'_> {
    /// The workbook.
    ///
    /// # Errors
    /// Whatever the writer of the format says.
    pub fn write(
        &self,
        trainees: &[TraineeLine],
        attempts: &[AttemptLine],
    ) -> Result<Vec<u8>, WriteError> {
        let mut book = Workbook::new();
        let page = book.add_worksheet();
        page.set_name("人员")?;
        let heads = [
            ("姓名", 16.0),
            ("开始", 8.0),
            ("完成", 8.0),
            ("最高分", 9.0),
            ("平均分", 9.0),
            ("失分最多", 18.0),
        ];
        self.head(page, "训练成绩", &heads)?;
        for (line, row) in trainees.iter().zip(HEADS + 1..) {
            // Always as a text: a name that begins with `=` is no formula.
            page.write_string(row, 0, &line.name)?;
            number(page, row, 1, Some(line.begun))?;
            number(page, row, 2, Some(line.finished))?;
            number(page, row, 3, line.best)?;
            number(page, row, 4, line.average)?;
            page.write_string(row, 5, line.weakest)?;
        }
        let page = book.add_worksheet();
        page.set_name("训练记录")?;
        let heads = [
            ("姓名", 16.0),
            ("角色卡", 24.0),
            ("难度", 8.0),
            ("事项", 40.0),
            ("开始时间", 18.0),
            ("状态", 9.0),
            ("得分", 8.0),
            ("用时（秒）", 12.0),
            ("失分项", 9.0),
        ];
        self.head(page, "训练记录", &heads)?;
        for (line, row) in attempts.iter().zip(HEADS + 1..) {
            let words =
                [&*line.trainee, &line.title, line.level, &line.matter, &line.at, line.state];
            for (word, at) in words.into_iter().zip(0u16..) {
                page.write_string(row, at, word)?;
            }
            number(page, row, 6, line.points)?;
            number(page, row, 7, line.seconds)?;
            number(page, row, 8, line.findings)?;
        }
        Ok(book.save_to_buffer()?)
    }

    fn head(
        &self,
        page: &mut Worksheet,
        name: &str,
        heads: &[(&str, f64)],
    ) -> Result<(), WriteError> {
        let title = Format::new().set_bold().set_font_size(16);
        page.write_string_with_format(0, 0, format!("{name}（演练，不是真实记录）"), &title)?;
        let origin = format!("{}导出，导出人{}", chinese_date(self.on), self.by);
        page.write_string(1, 0, &origin)?;
        let style = Format::new()
            .set_bold()
            .set_background_color(Color::RGB(0x00FD_F3E1))
            .set_border_bottom(FormatBorder::Thin);
        for ((word, width), at) in heads.iter().zip(0u16..) {
            page.write_string_with_format(HEADS, at, *word, &style)?;
            page.set_column_width(at, *width)?;
        }
        page.set_freeze_panes(HEADS + 1, 1)?;
        Ok(())
    }
}
