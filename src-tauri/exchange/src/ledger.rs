//! A ledger (台账) as a workbook: one row an entry, days as days, so that a hall can sort and count
//! them.

use jiff::civil::Date;
use rust_xlsxwriter::{
    Color, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet,
};
use yichuang_domain::calendar::chinese_date;
use yichuang_domain::ledger::{LedgerEntry, LedgerKind};
use yichuang_domain::named::Named as _;

use crate::workbook::WriteError;

/// The row of the heads: above it stand title and origin.
const HEADS: u32 = 2;

/// An entry, and whether its person is left out.
#[derive(Clone, Debug)]
pub struct LedgerLine {
    /// The entry.
    pub entry: LedgerEntry,
    /// Whether there is a person that who exports may not see.
    pub person_hidden: bool,
}

/// A workbook of one ledger.
#[derive(Clone, Debug)]
pub struct LedgerBook<'a> {
    /// Which ledger.
    pub kind: LedgerKind,
    /// Hall and window.
    pub place: String,
    /// The day it is written.
    pub on: Date,
    /// Who takes it out.
    pub by: &'a str,
    /// 演练: marked on the sheet.
    pub practice: bool,
}

enum Value {
    Text(String),
    Day(Option<Date>),
}

struct Column {
    head: &'static str,
    width: f64,
    value: fn(&LedgerLine) -> Value,
}

fn text(text: impl Into<String>) -> Value {
    Value::Text(text.into())
}

fn columns(kind: LedgerKind) -> [Column; 19] {
    fn shown(line: &LedgerLine, words: &str) -> Value {
        text(if line.person_hidden { "（不公开）" } else { words })
    }
    let about = match kind {
        LedgerKind::Consultation => "涉及单位",
        LedgerKind::Obstruction => "涉及单位或窗口",
        LedgerKind::Complaint => "被投诉对象",
        LedgerKind::Assistance => "帮办员",
    };
    let column = |head, width, value| Column { head, width, value };
    [
        column("台账编号", 28.0, |l| text(&l.entry.number)),
        column("反映日期", 12.0, |l| Value::Day(Some(l.entry.facts.on))),
        column("渠道", 11.0, |l| text(l.entry.facts.channel.word())),
        column("姓名", 12.0, |l| shown(l, &l.entry.facts.person)),
        column("联系方式", 16.0, |l| shown(l, &l.entry.facts.contact)),
        column("内容", 44.0, |l| text(&l.entry.facts.content)),
        column(about, 20.0, |l| text(&l.entry.facts.about)),
        column("事项", 26.0, |l| {
            text(l.entry.facts.matter.as_ref().map_or("", |matter| &matter.name))
        }),
        column("办件编号", 30.0, |l| {
            text(l.entry.facts.case.as_ref().map_or("", |case| &case.number))
        }),
        column("状态", 10.0, |l| text(l.entry.state.word())),
        column("转办", 18.0, |l| text(l.entry.referred_to.clone().unwrap_or_default())),
        column("首次联系", 12.0, |l| Value::Day(l.entry.contacted_on)),
        column("应办结日", 12.0, |l| Value::Day(Some(l.entry.due.settle.on))),
        column("办结日", 12.0, |l| Value::Day(l.entry.resolution.as_ref().map(|done| done.on))),
        column("是否按期", 10.0, |l| {
            text(match l.entry.on_time() {
                Some(true) => "按期",
                Some(false) => "超期",
                None => "",
            })
        }),
        column("结果", 20.0, |l| {
            text(l.entry.resolution.as_ref().map_or("", |done| done.outcome.word()))
        }),
        column("答复或处理情况", 44.0, |l| {
            text(l.entry.resolution.as_ref().map_or("", |done| &done.text))
        }),
        column("答复方式", 14.0, |l| {
            text(l.entry.resolution.as_ref().map_or("", |done| done.reply.word()))
        }),
        column("登记人", 12.0, |l| text(&l.entry.registered_by.name)),
    ]
}

impl LedgerBook<'_> {
    /// The workbook.
    ///
    /// # Errors
    /// Whatever the writer of the format says, for instance to more rows than a sheet has.
    pub fn write(&self, lines: &[LedgerLine]) -> Result<Vec<u8>, WriteError> {
        let name = format!("{}台账", self.kind.word());
        let columns = columns(self.kind);
        let mut book = Workbook::new();
        let page = book.add_worksheet();
        page.set_name(&name)?;
        self.head(page, &name, &columns, lines.len())?;
        let cell = Format::new().set_text_wrap().set_align(FormatAlign::Top);
        let day = cell.clone().set_num_format("yyyy-mm-dd");
        for (line, row) in lines.iter().zip(HEADS + 1..) {
            for (column, at) in columns.iter().zip(0u16..) {
                match (column.value)(line) {
                    Value::Text(words) if words.is_empty() => {}
                    // Always as a text: words that begin with `=` are no formula.
                    Value::Text(words) => {
                        page.write_string_with_format(row, at, &words, &cell)?;
                    }
                    Value::Day(None) => {}
                    Value::Day(Some(on)) => {
                        let year = u16::try_from(on.year()).unwrap_or(1900);
                        let (month, date) = (on.month().unsigned_abs(), on.day().unsigned_abs());
                        let on = ExcelDateTime::from_ymd(year, month, date)?;
                        page.write_datetime_with_format(row, at, &on, &day)?;
                    }
                }
            }
        }
        Ok(book.save_to_buffer()?)
    }

    fn head(
        &self,
        page: &mut Worksheet,
        name: &str,
        columns: &[Column],
        count: usize,
    ) -> Result<(), WriteError> {
        let mark = if self.practice { "（演练，不是真实记录）" } else { "" };
        let title = Format::new().set_bold().set_font_size(16);
        page.write_string_with_format(0, 0, format!("{name}{mark}"), &title)?;
        let origin = format!(
            "{}　{}导出，导出人{}，共{count}条",
            self.place,
            chinese_date(self.on),
            self.by
        );
        page.write_string(1, 0, &origin)?;
        let style = Format::new()
            .set_bold()
            .set_background_color(Color::RGB(0x00E7_F0FA))
            .set_border_bottom(FormatBorder::Thin);
        for (column, at) in columns.iter().zip(0u16..) {
            page.write_string_with_format(HEADS, at, column.head, &style)?;
            page.set_column_width(at, column.width)?;
        }
        page.set_freeze_panes(HEADS + 1, 1)?;
        let last = HEADS + u32::try_from(count).unwrap_or(0).max(1);
        let right = u16::try_from(columns.len()).unwrap_or(1) - 1;
        page.autofilter(HEADS, 0, last, right)?;
        page.set_landscape().set_print_fit_to_pages(1, 0).set_repeat_rows(HEADS, HEADS)?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use calamine::{Data, Reader as _, Xlsx};
    use serde_json::json;

    use super::*;

    fn line(content: &str, person_hidden: bool) -> LedgerLine {
        let due = json!({
            "from": "2026-11-24", "limit": { "value": 5, "unit": "workdays" }, "on": "2026-12-01",
            "estimated": false, "skipped_holidays": [], "make_up_days": [],
        });
        let entry = json!({
            "number": "YS-TS-S1-A1-20261124-001", "kind": "complaint", "state": "open",
            "revision": 1,
            "facts": {
                "channel": "phone", "on": "2026-11-24", "person": "李四",
                "contact": "19900000012", "content": content, "about": "2号窗口",
                "matter": null, "case": null,
            },
            "limits": { "contact": 1, "settle": 5, "extended": 15 },
            "due": { "contact": null, "settle": due },
            "extended": false, "contacted_on": null, "missed": 0, "referred_to": null,
            "resolution": null, "registered_by": { "id": "c", "name": "王敏" },
            "registered_at": "2026-11-24T02:00:00Z", "practice": true,
        });
        LedgerLine { entry: serde_json::from_value(entry).expect("an entry"), person_hidden }
    }

    fn cells(practice: bool, lines: &[LedgerLine]) -> Vec<Vec<Data>> {
        let book = LedgerBook {
            kind: LedgerKind::Complaint,
            place: "根河市政务服务中心 3".to_owned(),
            on: jiff::civil::date(2026, 11, 24),
            by: "王敏",
            practice,
        };
        let bytes = book.write(lines).expect("a workbook");
        let mut read = Xlsx::new(Cursor::new(bytes)).expect("it opens");
        let range = read.worksheet_range("投诉台账").expect("the sheet");
        range.rows().map(<[Data]>::to_vec).collect()
    }

    #[test]
    fn words_stay_words_and_days_are_days() {
        let rows = cells(false, &[line("=HYPERLINK(\"x\")", false)]);
        assert_eq!(rows[0][0], Data::String("投诉台账".to_owned()));
        let at = |head: &str| {
            rows[2].iter().position(|cell| cell == &Data::String(head.to_owned())).expect(head)
        };
        assert_eq!(rows[3][at("内容")], Data::String("=HYPERLINK(\"x\")".to_owned()));
        assert!(matches!(rows[3][at("应办结日")], Data::DateTime(_)), "{:?}", rows[3]);
        assert_eq!(rows[3][at("联系方式")], Data::String("19900000012".to_owned()));
        assert_eq!(rows[3][at("办结日")], Data::Empty);
    }

    #[test]
    fn who_may_not_be_seen_is_not_in_it_and_practice_says_so() {
        let rows = cells(true, &[line("一", true)]);
        let text = format!("{rows:?}");
        assert!(!text.contains("李四") && !text.contains("19900000012"), "{text}");
        assert!(text.contains("演练"), "{text}");
    }

    #[test]
    fn an_empty_ledger_is_a_workbook_with_its_heads() {
        assert_eq!(cells(false, &[]).len(), 3);
    }
}
