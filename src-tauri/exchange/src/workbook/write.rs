//! Writing workbooks: the template, and a release.

use rust_xlsxwriter::{
    Color, DataValidation, DataValidationErrorStyle, DocProperties, ExcelDateTime, Format,
    FormatAlign, FormatBorder, Note, Workbook, Worksheet, XlsxError,
};
use serde_json::{Value, json};
use yichuang_guide::{FORMAT, GuidePackage, form, is_sample};

use super::rows::EXAMPLE;
use super::sheets::{CHOICE, Column, FILE, OWNER, Rows, SHEETS, Sheet, YEAR};
use crate::cell::Cell;

/// The most that a cell holds, in UTF-16 units.
const LONGEST: usize = 32_767;
/// As far down the drop-downs reach in a template.
const TEMPLATE_ROWS: u32 = 5_000;

/// Why a workbook can't be written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// A text that no cell can hold.
    #[error("“{sheet}”第{row}行“{head}”超过32767个字符，工作簿放不下；请用JSON格式")]
    TooLong {
        /// The sheet.
        sheet: String,
        /// From 1.
        row: u32,
        /// The column.
        head: String,
    },
    /// More rows than a sheet has.
    #[error("“{0}”超过一百万行，工作簿放不下；请用JSON格式")]
    TooManyRows(String),
    /// A form whose content is no file.
    #[error("表格“{0}”的内容读不出来")]
    BadForm(String),
    /// The package is no JSON, which would be a fault of the program.
    #[error(transparent)]
    Value(#[from] serde_json::Error),
    /// Whatever else the writer of the format says.
    #[error(transparent)]
    Workbook(#[from] XlsxError),
}

/// A release as a workbook.
pub struct Exported {
    /// The workbook.
    pub bytes: Vec<u8>,
    /// The files that belong beside it, by name.
    pub forms: Vec<(String, Vec<u8>)>,
}

/// Writes an empty workbook for people to fill in: heads with notes, drop-downs, an example row.
///
/// # Errors
/// [`WriteError`].
pub fn template() -> Result<Vec<u8>, WriteError> {
    let mut book = new_book()?;
    for sheet in SHEETS {
        let page = book.add_worksheet();
        head(page, sheet)?;
        drop_downs(page, sheet, TEMPLATE_ROWS)?;
        let style = Format::new().set_font_color(Color::Gray).set_italic().set_text_wrap();
        for (column, at) in sheet.columns.iter().zip(0u16..) {
            let text = match at {
                0 => format!("{EXAMPLE}{}", column.example),
                _ => column.example.to_owned(),
            };
            if !text.is_empty() {
                page.write_string_with_format(1, at, &text, &style)?;
            }
        }
    }
    Ok(book.save_to_buffer()?)
}

/// Writes a release as a workbook that [`super::read`] reads as the same release.
///
/// Blanks around a text are lost, and a condition that always holds becomes none.
///
/// # Errors
/// [`WriteError`].
pub fn export(package: &GuidePackage) -> Result<Exported, WriteError> {
    let mut value = serde_json::to_value(package)?;
    value["format"] = json!(FORMAT);
    value["status"] = json!(if is_sample(package) { "sample" } else { "official" });
    let mut forms = Vec::new();
    for form in &package.forms {
        let bytes = form.bytes().map_err(|_| WriteError::BadForm(form.name.clone()))?;
        forms.push((file_name(forms.len(), &form.media_type), bytes));
    }
    let mut book = new_book()?;
    for sheet in SHEETS {
        let page = book.add_worksheet();
        head(page, sheet)?;
        let rows = rows_of(sheet, &value);
        let count = u32::try_from(rows.len()).unwrap_or(u32::MAX);
        if count > 1_000_000 {
            return Err(WriteError::TooManyRows(sheet.name.to_owned()));
        }
        drop_downs(page, sheet, count + 1_000)?;
        for (cells, row) in rows.into_iter().zip(1u32..) {
            for ((cell, column), at) in cells.into_iter().zip(sheet.columns).zip(0u16..) {
                if let Some(cell) = cell {
                    write(page, row, at, &cell, column, sheet.name)?;
                }
            }
        }
    }
    Ok(Exported { bytes: book.save_to_buffer()?, forms })
}

/// The name of a form's file: its number, since an id may hold what no file name may.
fn file_name(index: usize, media_type: &str) -> String {
    format!("F{:03}.{}", index + 1, form::suffix(media_type))
}

fn new_book() -> Result<Workbook, WriteError> {
    let mut book = Workbook::new();
    // The moment of writing is no part of a release: the same release gives the same file.
    let properties =
        DocProperties::new().set_creation_datetime(&ExcelDateTime::from_ymd(2026, 1, 1)?);
    book.set_properties(&properties);
    let page = book.add_worksheet();
    page.set_name("说明")?;
    page.set_column_width(0, 100)?;
    let lines = [
        "办事指南填写说明",
        "1. 每张工作表的第一行是表头，鼠标停在表头上有填写说明；带*的必须填写。不要改表头和工作表的名称，列的先后可以调整。",
        "2. 编码、代码各列已设为文本格式。从别处粘贴时请选择“只粘贴文本”，存成数字的编码不能导入。",
        "3. 浅灰色、以“示例：”开头的行只作示范，导入时略去。空行略去；隐藏的行照样导入。",
        "4. 一格里有几条的，每条一行（按Alt+Enter换行）。条件写法：q1=a/b；代办=是。“；”表示都要满足，换行表示满足一组即可。",
        "5. 表格（空白表、样表）的文件放在工作簿旁边名为“工作簿名-表格”的文件夹里。",
        "6. 导入是一次全部导入：有一处错误就什么都不改，但会列出全部错误。",
    ];
    for (line, row) in lines.iter().zip(0u32..) {
        let style = Format::new().set_text_wrap();
        page.write_string_with_format(
            row,
            0,
            *line,
            &if row == 0 { style.set_bold() } else { style },
        )?;
    }
    Ok(book)
}

fn head(page: &mut Worksheet, sheet: &Sheet) -> Result<(), WriteError> {
    page.set_name(sheet.name)?;
    page.set_freeze_panes(1, if sheet.columns.len() > 8 { 2 } else { 0 })?;
    let style = |column: &Column| {
        let color = if column.needed { 0xCFE2F3 } else { 0xEEEEEE };
        Format::new()
            .set_bold()
            .set_align(FormatAlign::VerticalCenter)
            .set_border_bottom(FormatBorder::Thin)
            .set_background_color(Color::RGB(color))
    };
    for (column, at) in sheet.columns.iter().zip(0u16..) {
        let text = if column.needed { format!("{}*", column.head) } else { column.head.to_owned() };
        page.write_string_with_format(0, at, &text, &style(column))?;
        let words: Vec<&str> = column.kind.words().into_iter().map(|(_, word)| word).collect();
        let mut note = column.note.to_owned();
        if note.is_empty() && !words.is_empty() {
            note = words.join("、");
        }
        if !note.is_empty() {
            let note = Note::new(note).add_author_prefix(false).set_width(260).set_height(110);
            page.insert_note(0, at, &note)?;
        }
        let width =
            (column.example.chars().take(16).count() * 2).max(column.head.chars().count() * 2 + 3);
        page.set_column_width(at, width as f64)?;
        if column.kind.is_text() {
            // What is typed or pasted into a text column stays text: no lost zeros and digits.
            page.set_column_format(at, &Format::new().set_num_format("@").set_text_wrap())?;
        }
    }
    Ok(())
}

fn drop_downs(page: &mut Worksheet, sheet: &Sheet, last_row: u32) -> Result<(), WriteError> {
    for (column, at) in sheet.columns.iter().zip(0u16..) {
        let words = column.kind.drop_down();
        if words.is_empty() {
            continue;
        }
        let style = match column.kind.is_closed() {
            true => DataValidationErrorStyle::Stop,
            false => DataValidationErrorStyle::Information,
        };
        let list = DataValidation::new()
            .allow_list_strings(&words)?
            .set_error_style(style)
            .set_error_title("请从下拉列表中选择")?
            .set_error_message(format!("“{}”应为列表中的一项", column.head))?;
        page.add_data_validation(1, at, last_row, at, &list)?;
    }
    Ok(())
}

fn write(
    page: &mut Worksheet,
    row: u32,
    at: u16,
    cell: &Cell,
    column: &Column,
    sheet: &str,
) -> Result<(), WriteError> {
    match cell {
        Cell::Number(number) => page.write_number(row, at, *number)?,
        Cell::Flag(flag) => page.write_boolean(row, at, *flag)?,
        Cell::Date(date) => {
            let year = u16::try_from(date.year()).unwrap_or(1900);
            let (month, day) = (date.month().unsigned_abs(), date.day().unsigned_abs());
            let moment = ExcelDateTime::from_ymd(year, month, day)?;
            let style = Format::new().set_num_format("yyyy-mm-dd");
            page.write_datetime_with_format(row, at, &moment, &style)?
        }
        Cell::Text(text) | Cell::Fault(text) => {
            if text.encode_utf16().count() > LONGEST {
                return Err(WriteError::TooLong {
                    sheet: sheet.to_owned(),
                    row: row + 1,
                    head: column.head.to_owned(),
                });
            }
            let style = Format::new().set_num_format("@").set_text_wrap();
            page.write_string_with_format(row, at, text, &style)?
        }
    };
    Ok(())
}

/// The rows of a sheet, each with a cell for each of its columns.
fn rows_of(sheet: &Sheet, package: &Value) -> Vec<Vec<Option<Cell>>> {
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let row = |object: &Value| -> Vec<Option<Cell>> {
        sheet.columns.iter().map(|c| inner(object, c.path).and_then(|v| c.kind.write(v))).collect()
    };
    let matters = package["matters"].as_array().map_or(&[][..], Vec::as_slice);
    match sheet.rows {
        Rows::Package => vec![row(package)],
        Rows::List("forms") => {
            let forms = list(&package["forms"]);
            let named = forms.into_iter().enumerate().map(|(i, mut form)| {
                let media_type = form["media_type"].as_str().unwrap_or_default().to_owned();
                form[FILE] = json!(file_name(i, &media_type));
                row(&form)
            });
            named.collect()
        }
        Rows::List(key) => list(&package[key]).iter().map(row).collect(),
        Rows::Years => {
            let years = package["calendar"]["years"].as_object();
            let each = years.into_iter().flatten().map(|(year, about)| {
                let mut about = about.clone();
                about[YEAR] = json!(year.parse::<u64>().unwrap_or_default());
                row(&about)
            });
            each.collect()
        }
        Rows::Inside(path) => {
            let mut rows = Vec::new();
            for matter in matters {
                for mut object in inner(matter, path).map(list).unwrap_or_default() {
                    object[OWNER] = matter["code"].clone();
                    rows.push(row(&object));
                }
            }
            rows
        }
        Rows::Choices => {
            let mut rows = Vec::new();
            for matter in matters {
                for question in list(&matter["questions"]) {
                    for (i, choice) in list(&question["choices"]).iter().enumerate() {
                        rows.push(choice_row(sheet, &matter["code"], &question, choice, i == 0));
                    }
                }
            }
            rows
        }
    }
}

/// A row of a choice. What the question says stands in the first of its rows only.
fn choice_row(
    sheet: &Sheet,
    matter: &Value,
    question: &Value,
    choice: &Value,
    first: bool,
) -> Vec<Option<Cell>> {
    let cell = |column: &Column| {
        let value = match (column.path, column.path.strip_prefix(CHOICE)) {
            (OWNER, _) => Some(matter),
            (_, Some(path)) => inner(choice, path),
            ("id", None) => question.get("id"),
            (path, None) => question.get(path).filter(|_| first),
        };
        value.and_then(|v| column.kind.write(v))
    };
    sheet.columns.iter().map(cell).collect()
}

/// The value at a path of keys.
fn inner<'v>(value: &'v Value, path: &str) -> Option<&'v Value> {
    path.split('.').try_fold(value, |inner, key| inner.get(key))
}
