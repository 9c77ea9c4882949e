//! Materials as the papers list them.

use yichuang_domain::checklist::{Check, CheckedMaterial};
use yichuang_domain::matter::{Material, MaterialSource};

use crate::facts::PaperFacts;
use crate::paper::{Column, Row, Table, Text};

/// 17 centimetres in all.
fn columns(last: &'static str) -> Vec<Column> {
    let column = |title: &str, width, centred, lead| Column {
        title: title.to_owned(),
        width,
        centred,
        lead,
    };
    vec![
        column("序号", 11.0, true, false),
        column("材料名称", 84.0, false, true),
        column("原件", 13.0, true, false),
        column("复印件", 14.0, true, false),
        column("收取方式", 28.0, true, false),
        column(last, 20.0, true, false),
    ]
}

/// A table of materials whose last column is named `last`.
pub(super) fn table(rows: Vec<Row>, last: &'static str) -> Table {
    Table { columns: columns(last), rows }
}

/// One material; `status` is in the last column.
pub(super) fn row(number: usize, material: &Material, status: Text, notes: Vec<Text>) -> Row {
    let copies = |n: u8| Text::of(if n == 0 { "—".to_owned() } else { format!("{n}份") });
    Row {
        cells: vec![
            Text::of(number.to_string()),
            Text::kept("材料名称", &material.name),
            copies(material.originals),
            copies(material.copies),
            Text::of(material.handling.label()),
            status,
        ],
        notes,
    }
}

/// The clerk's or applicant's reason, if there is one.
pub(super) fn reason(label: &str, reason: &str) -> Option<Text> {
    (!reason.is_empty()).then(|| Text::of(format!("{label}：")).strong().put("核对说明", reason))
}

/// 受理标准 and 获取方式, where the guide has them.
pub(super) fn guidance(material: &Material) -> Vec<Text> {
    let mut notes = Vec::new();
    if !material.standard.is_empty() {
        let standard = Text::of("受理标准：").strong();
        notes.push(standard.put("受理标准", &material.standard));
    }
    let source = match material.source {
        MaterialSource::Applicant => "申请人自备",
        MaterialSource::Government => "政府部门核发",
        MaterialSource::Other => "其他渠道",
    };
    let mut get = Text::of("获取方式：").strong().say(source);
    if !material.issuer.is_empty() {
        get = get.say("（出具机构：").put("出具机构", &material.issuer).say("）");
    }
    if !material.how_to_get.is_empty() {
        get = get.say("；").put("获取方式", &material.how_to_get);
    }
    if material.licence_reuse {
        get = get.say("；可调取电子证照的免予提交");
    }
    notes.push(get);
    notes
}

/// The materials of the case in a list of ids, in guide order.
pub(super) fn of<'a>(facts: &PaperFacts<'a>, ids: &[String]) -> Vec<&'a CheckedMaterial> {
    facts.case.materials.iter().filter(|m| ids.contains(&m.material.id)).collect()
}

/// What a receipt says about a check.
pub(super) fn received(check: Check) -> &'static str {
    match check {
        Check::Present => "已交",
        Check::Missing => "未交",
        Check::Defective => "不符合要求",
        Check::Corrected => "当场更正",
        Check::Deferred => "容缺后补",
        Check::Committed => "告知承诺",
        Check::Licence => "电子证照",
    }
}
