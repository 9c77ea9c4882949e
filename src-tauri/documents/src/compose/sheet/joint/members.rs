//! What stays each matter's own: its department, limit, fee and result, why a choice ended it, and
//! what it rests on.

use yichuang_domain::calendar::DueDate;
use yichuang_domain::matter::Limit;

use super::{live, members};
use crate::compose::law;
use crate::compose::sheet::{Section, contents};
use crate::compose::terms::{delivery, fee, limit_or_none, limit_words, special_procedures};
use crate::facts::{JointSheetFacts, SheetFacts};
use crate::paper::{Block, Column, Row, Table, Text};

/// The matters that go on, one by one.
pub(super) fn taken(facts: &JointSheetFacts<'_>) -> Section {
    let rows: Vec<Row> =
        live(facts).enumerate().map(|(i, member)| row(i + 1, &member, facts)).collect();
    let head = format!("一并办理的事项（共{}个）", rows.len());
    Section::new(head, vec![Block::Table(Table { columns: columns(), rows })])
}

/// 17 centimetres in all.
fn columns() -> Vec<Column> {
    let column = |title: &str, width, centred, lead| Column {
        title: title.to_owned(),
        width,
        centred,
        lead,
    };
    vec![
        column("序号", 11.0, true, false),
        column("事项名称", 59.0, false, true),
        column("办理部门", 40.0, false, false),
        column("办结时限", 26.0, true, false),
        column("办理结果", 34.0, false, false),
    ]
}

fn row(number: usize, member: &SheetFacts<'_>, facts: &JointSheetFacts<'_>) -> Row {
    let matter = member.matter;
    let due = due_of(member, facts);
    let limit = due.map(|due| due.limit);
    let leads =
        facts.joint.members().get(facts.joint.lead()).is_some_and(|m| m.code == matter.code);
    let lead = if leads { Text::of("主办事项　").strong() } else { Text::default() };
    let own = lead.say("实施编码：").strong().hold("实施编码", &matter.code);
    let own = own.say("　收费：").strong().then(fee(matter));
    let mut notes = vec![own.say("　领取方式：").strong().then(delivery(matter))];
    if let Some(sooner) = sooner(limit, facts) {
        notes.push(Text::of("时限：").strong().say(sooner));
    }
    let special = (!matter.special_procedures.is_empty()).then(|| special_procedures(matter));
    notes.extend(special.map(|special| Text::of("特别程序：").strong().then(special)));
    Row {
        cells: vec![
            Text::of(number.to_string()),
            Text::kept("事项名称", &matter.name),
            Text::value("部门名称", &member.department.name),
            limit_or_none(limit),
            Text::value("结果名称", &matter.result.name),
        ],
        notes,
    }
}

fn due_of<'a>(member: &SheetFacts<'_>, facts: &JointSheetFacts<'a>) -> Option<&'a DueDate> {
    let is_it =
        |at: usize| facts.joint.members().get(at).is_some_and(|m| m.code == member.matter.code);
    facts.dues.iter().find(|(at, _)| is_it(*at)).and_then(|(_, due)| due.as_ref())
}

/// Where the law ends a matter before the bundle promises to.
fn sooner(limit: Option<Limit>, facts: &JointSheetFacts<'_>) -> Option<String> {
    let promised = facts.joint.promised(facts.enquiry.live())?;
    let lawful = limit.filter(|limit| *limit != promised)?;
    Some(format!(
        "法定时限{}，早于一件事承诺的{}，按法定时限办结",
        limit_words(lawful),
        limit_words(promised)
    ))
}

/// The matters that a choice has ended, with why and where to go; the others go on.
pub(super) fn ended(facts: &JointSheetFacts<'_>) -> Section {
    let mut content = Vec::new();
    for member in members(facts) {
        if let Some(stopped) = &member.enquiry.stopped {
            let name = Text::value("事项名称", &member.matter.name).strong().say("：").strong();
            content.extend(contents::stopped_as(name, stopped));
        }
    }
    let head = match (content.is_empty(), facts.enquiry.live().next()) {
        (false, Some(_)) => {
            content.push(crate::compose::head::say("其余事项不受影响，照常办理。"));
            "按所选情形不能一并办理的事项"
        }
        _ => "按所选情形不能办理的事项",
    };
    Section::new(head, content)
}

/// What each matter rests on.
pub(super) fn basis(facts: &JointSheetFacts<'_>) -> Section {
    let one = |member: SheetFacts<'_>| {
        let basis = law::basis(member.matter, "");
        let name = Text::value("事项名称", &member.matter.name).say("：");
        (!basis.is_empty()).then(|| Block::Paragraph(name.then(basis).say("。")))
    };
    Section::new("设定依据", members(facts).filter_map(one).collect())
}
