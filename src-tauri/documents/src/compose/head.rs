//! Words that papers and the sheet of an enquiry share.

use yichuang_domain::calendar::chinese_date;

use crate::paper::{Block, Text};

/// A day, unbroken.
pub(super) fn day(field: &'static str, date: jiff::civil::Date) -> Text {
    Text::kept(field, chinese_date(date))
}

/// A paragraph of words.
pub(super) fn say(words: impl Into<String>) -> Block {
    Block::Paragraph(Text::of(words))
}

/// Lines at the top of every page that say what the paper is not. No template can leave them out.
pub(super) fn warnings(practice: bool, sample: bool) -> Vec<Text> {
    let mut lines = Vec::new();
    if practice {
        lines.push(Text::of("演练文书：仅供培训演练使用，不具有法律效力，不得作为办事凭证"));
    }
    if sample {
        lines.push(Text::of("示例数据：所依据的办事指南为示例，内容以当地主管部门公布的为准"));
    }
    lines
}

/// Which release of the guide a paper follows.
pub(super) fn release(number: u32, issued_on: &str) -> Text {
    Text::of(format!("办事指南第{number}版（")).put("指南发布日期", issued_on).say("）")
}
