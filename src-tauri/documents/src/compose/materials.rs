//! Materials as the papers list them.

use yichuang_domain::case::Arrival;
use yichuang_domain::checklist::{Check, CheckedMaterial};
use yichuang_domain::matter::{Material, MaterialSource};

use super::head::day;
use crate::facts::PaperFacts;
use crate::paper::{Column, Row, Table, Text};
use crate::template::{Item, Values};

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

fn copies(n: u8) -> Text {
    Text::of(if n == 0 { "—".to_owned() } else { format!("{n}份") })
}

/// One material; `status` is in the last column.
pub(super) fn row(number: usize, material: &Material, status: Text, notes: Vec<Text>) -> Row {
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

/// 受理标准 and 获取方式, where the guide has them.
pub(super) fn guidance(material: &Material) -> Vec<Text> {
    let mut notes = Vec::new();
    if !material.standard.is_empty() {
        let standard = Text::of("受理标准：").strong();
        notes.push(standard.put("受理标准", &material.standard));
    }
    notes.push(Text::of("获取方式：").strong().then(way(material)));
    notes
}

/// How a material can be had, without a label.
fn way(material: &Material) -> Text {
    let mut way = Text::of(match material.source {
        MaterialSource::Applicant => "申请人自备",
        MaterialSource::Government => "政府部门核发",
        MaterialSource::Other => "其他渠道",
    });
    if !material.issuer.is_empty() {
        way = way.say("（出具机构：").put("出具机构", &material.issuer).say("）");
    }
    if !material.how_to_get.is_empty() {
        way = way.say("；").put("获取方式", &material.how_to_get);
    }
    if material.licence_reuse {
        way = way.say("；可调取电子证照的免予提交");
    }
    way
}

/// What a receipt says about a check.
fn received(check: Check) -> &'static str {
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

/// Whether paper changed hands.
fn handed_in(material: &CheckedMaterial) -> bool {
    matches!(material.check, Some(Check::Present | Check::Corrected | Check::Defective))
}

/// The lists of materials that the papers of a case have.
pub(super) fn lists(facts: &PaperFacts<'_>, values: &mut Values) {
    let case = facts.case;
    let checked: Vec<_> = case.materials.iter().filter(|m| m.check.is_some()).collect();
    let status = |m: &CheckedMaterial| m.check.map_or("", received);
    values.list("收件材料", items(&checked, status, facts));
    count(&checked, values);

    let accepted = |m: &CheckedMaterial| match (arrived(facts, m), m.check) {
        (Some(_), _) => "已补正",
        (None, Some(Check::Missing)) => "未提供",
        (None, check) => check.map_or("", received),
    };
    values.list("受理材料", items(&checked, accepted, facts));

    let listed = of(facts, &case.listed);
    values.list("补正材料", items(&listed, |m| m.check.map_or("", Check::label), facts));
    values.field("补正项数", Text::kept("补正项数", format!("{}项", listed.len())));
    let settled = case
        .materials
        .iter()
        .filter(|m| m.check.is_some_and(|c| !c.is_open()) && !case.listed.contains(&m.material.id));
    values.field("无误材料", names(settled));

    let deferred = of(facts, &case.with_check(Check::Deferred));
    values.list("容缺材料", items(&deferred, status, facts));
    values.field("容缺材料名称", names(deferred.iter().copied()));
    let committed = of(facts, &case.with_check(Check::Committed));
    values.list("承诺材料", items(&committed, status, facts));
    let held: Vec<_> = checked.iter().copied().filter(|m| holds(facts, m)).collect();
    values.list("退还材料", items(&held, status, facts));
}

/// How many were checked and how much paper was received.
fn count(checked: &[&CheckedMaterial], values: &mut Values) {
    let held: Vec<_> = checked.iter().filter(|m| handed_in(m)).collect();
    let originals: u32 = held.iter().map(|m| u32::from(m.material.originals)).sum();
    let copies: u32 = held.iter().map(|m| u32::from(m.material.copies)).sum();
    for (name, number) in [
        ("应核对项数", checked.len().to_string()),
        ("实收项数", held.len().to_string()),
        ("原件合计", originals.to_string()),
        ("复印件合计", copies.to_string()),
    ] {
        values.field(name, Text::of(number));
    }
}

/// Whether the window holds paper of it now.
fn holds(facts: &PaperFacts<'_>, material: &CheckedMaterial) -> bool {
    handed_in(material) || arrived(facts, material).is_some()
}

fn arrived<'a>(facts: &PaperFacts<'a>, material: &CheckedMaterial) -> Option<&'a Arrival> {
    facts.case.arrived.iter().find(|a| a.id == material.material.id)
}

fn names<'a>(materials: impl Iterator<Item = &'a CheckedMaterial>) -> Text {
    let names: Vec<&str> = materials.map(|m| m.material.name.as_str()).collect();
    Text::value("材料名称", names.join("、"))
}

/// One item for each material.
fn items(
    materials: &[&CheckedMaterial],
    status: impl Fn(&CheckedMaterial) -> &'static str,
    facts: &PaperFacts<'_>,
) -> Vec<Item> {
    let item = |(i, m): (usize, &&CheckedMaterial)| {
        let material = &m.material;
        let mut item = Item::from([
            ("序号", Text::of((i + 1).to_string())),
            ("材料名称", Text::kept("材料名称", &material.name)),
            ("原件", copies(material.originals)),
            ("复印件", copies(material.copies)),
            ("收取方式", Text::of(material.handling.label())),
            ("核对情况", Text::of(status(m))),
            ("获取方式", way(material)),
        ]);
        let problem = match (m.reason.as_str(), m.check) {
            ("", Some(Check::Defective)) => "提交的材料不符合受理标准",
            ("", Some(Check::Missing)) => "未提交",
            (reason, _) => reason,
        };
        let arrived = arrived(facts, m).map(|a| day("补正日期", a.on)).unwrap_or_default();
        for (name, text) in [
            ("说明", Text::value("核对说明", &m.reason)),
            ("问题", Text::value("核对说明", problem)),
            ("受理标准", Text::value("受理标准", &material.standard)),
            ("补正日期", arrived),
        ] {
            if !text.is_empty() {
                item.insert(name, text);
            }
        }
        item
    };
    materials.iter().enumerate().map(item).collect()
}

/// The materials of the case in a list of ids, in guide order.
fn of<'a>(facts: &PaperFacts<'a>, ids: &[String]) -> Vec<&'a CheckedMaterial> {
    facts.case.materials.iter().filter(|m| ids.contains(&m.material.id)).collect()
}
