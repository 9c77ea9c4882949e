//! The sheet of a bundle (一件事): one list of materials, one set of steps, and what stays each
//! matter's own beside its name.

mod members;
mod once;
mod places;

use yichuang_domain::applicant::ApplicantKind;
use yichuang_domain::bundle::{JointProspect, Want};
use yichuang_domain::matter::{MaterialReference, NotInForce};

use super::{Section, asked, contents, forms, numbered, pair, paper};
use crate::compose::head::{day, release, say};
use crate::facts::{JointSheetFacts, SheetFacts};
use crate::paper::{Block, Paper, Row, Text};

/// Writes the sheet of a bundle.
pub fn joint_sheet(facts: &JointSheetFacts<'_>) -> Paper {
    let mut blocks = about(facts);
    let out_of_force: Vec<_> = members(facts)
        .filter_map(|one| Some((one.matter, one.matter.in_force(one.given_on).err()?)))
        .collect();
    for (matter, why) in &out_of_force {
        blocks.extend(contents::not_in_force_of(&matter.name, why));
    }
    let lead = facts.sheet.matter.in_force(facts.sheet.given_on);
    let sections = if matches!(lead, Err(NotInForce::Cancelled { .. })) {
        // Nobody should gather materials for what is gone.
        vec![places::places("到哪里问", facts), members::basis(facts)]
    } else if facts.enquiry.live().next().is_none() {
        vec![members::ended(facts), places::places("到哪里问", facts), members::basis(facts)]
    } else {
        vec![
            members::taken(facts),
            members::ended(facts),
            asked_for(facts),
            once::conditions(facts),
            once::terms(facts),
            places::places("到哪里办", facts),
            once::steps(facts),
            once::returns(facts),
            once::often_asked(facts),
            members::basis(facts),
            forms::bound(&facts.sheet),
        ]
    };
    blocks.extend(numbered(sections));
    let issuer = Text::value("大厅名称", facts.sheet.hall);
    paper(&facts.sheet, issuer, Text::value("一件事名称", facts.joint.name()), blocks)
}

/// The matters that are taken, each as its own sheet would have it.
fn members<'a>(facts: &JointSheetFacts<'a>) -> impl Iterator<Item = SheetFacts<'a>> {
    let JointSheetFacts { joint, enquiry, departments, sheet, .. } = *facts;
    enquiry.parts.iter().filter_map(move |(at, part)| {
        let matter = joint.members().get(*at)?;
        Some(SheetFacts { matter, department: departments.get(*at)?, enquiry: part, ..sheet })
    })
}

/// Those of them that no choice has ended.
fn live<'a>(facts: &JointSheetFacts<'a>) -> impl Iterator<Item = SheetFacts<'a>> {
    members(facts).filter(|member| member.enquiry.stopped.is_none())
}

/// The table at the top, and what the sheet is not.
fn about(facts: &JointSheetFacts<'_>) -> Vec<Block> {
    let JointSheetFacts { joint, sheet, .. } = facts;
    let names: Vec<&str> = members(facts).map(|one| one.matter.name.as_str()).collect();
    let mut rows = vec![
        vec![pair("一件事名称", Text::value("一件事名称", joint.name()).strong())],
        vec![pair("一并办理", Text::value("事项名称", names.join("、")))],
    ];
    let left_out = left_out(facts);
    if !left_out.is_empty() {
        rows.push(vec![pair("不办的事项", left_out)]);
    }
    rows.extend([
        vec![pair("谁可以申请", audience(facts))],
        vec![pair("所选情形", situation(facts))],
        vec![
            pair("告知日期", day("告知日期", sheet.given_on)),
            pair("指南版本", release(sheet.guide_release, sheet.guide_issued_on)),
        ],
    ]);
    vec![Block::Pairs(rows), contents::no_receipt()]
}

/// Who can apply for all of them; where nobody can, who for each.
fn audience(facts: &JointSheetFacts<'_>) -> Text {
    let words = |kinds: &[ApplicantKind]| {
        kinds.iter().map(|kind| kind.label()).collect::<Vec<_>>().join("、")
    };
    let all = facts.joint.audience();
    let mut text = Text::of(words(&all));
    if all.is_empty() {
        for (i, SheetFacts { matter, .. }) in members(facts).enumerate() {
            text = text.say(if i == 0 { "" } else { "；" }).put("事项名称", &matter.name);
            text = text.say(format!("：{}", words(&matter.audience)));
        }
    }
    text.say(contents::in_person(facts.joint.agent_allowed()))
}

/// The matters of the bundle that are not taken, with why where the guide says it.
fn left_out(facts: &JointSheetFacts<'_>) -> Text {
    let taken: Vec<usize> = facts.joint.taken().collect();
    let mut text = Text::default();
    let members = facts.joint.members().iter().enumerate();
    for (_, matter) in members.filter(|(at, _)| !taken.contains(at)) {
        let gap = if text.is_empty() { "" } else { "；" };
        text = text.say(gap).put("事项名称", &matter.name);
        if let Err(why) = matter.in_force(facts.sheet.given_on) {
            text = text.say(format!("：{}", why.label()));
        }
    }
    text
}

fn situation(facts: &JointSheetFacts<'_>) -> Text {
    let enquiry = facts.enquiry;
    contents::told(enquiry.situation(), enquiry.is_settled(), "这些事项不分情形")
}

/// The joint list of materials.
fn asked_for(facts: &JointSheetFacts<'_>) -> Section {
    let rows = &facts.enquiry.materials;
    if rows.is_empty() {
        return Section::new("申请材料", vec![say("按所选情形，这些事项无须提交申请材料。")]);
    }
    let depending = rows.iter().filter(|row| row.when.is_some()).count();
    let depending = match depending {
        0 => String::new(),
        n => format!("，其中{n}项按情形提交"),
    };
    let head = format!("申请材料（共{}项{depending}；同一份材料只交一次）", rows.len());
    let live = facts.enquiry.live().count();
    let rows = rows.iter().enumerate().map(|(i, row)| material(i + 1, row, live, facts)).collect();
    asked::table(head, rows)
}

fn material(number: usize, row: &JointProspect, live: usize, facts: &JointSheetFacts<'_>) -> Row {
    let references: Vec<&MaterialReference> =
        row.wants.iter().filter_map(|want| reference(want, facts)).collect();
    let used_by = used_by(row, live, facts);
    let note = match &row.when {
        Some(when) => asked::only(&facts.joint.explain(when)).say("　").then(used_by),
        None => used_by,
    };
    asked::material(number, &row.material, vec![note], &references, &facts.sheet)
}

fn reference<'a>(want: &Want, facts: &JointSheetFacts<'a>) -> Option<&'a MaterialReference> {
    let matter = facts.joint.members().get(want.member)?;
    matter.material(&want.id)?.reference.as_deref()
}

/// Which matters ask for it. A condition that is the row's own is not said again.
fn used_by(row: &JointProspect, live: usize, facts: &JointSheetFacts<'_>) -> Text {
    let text = Text::of("用于：").strong();
    let own = |want: &&Want| want.when == row.when;
    if live > 1 && row.wants.len() == live && row.wants.iter().all(|want| own(&want)) {
        return text.say("各事项共用");
    }
    let mut text = text;
    for (i, want) in row.wants.iter().enumerate() {
        let Some(matter) = facts.joint.members().get(want.member) else { continue };
        text = text.say(if i == 0 { "" } else { "；" }).put("事项名称", &matter.name);
        if let Some(when) = want.when.as_ref().filter(|_| !own(&want)) {
            text = text.say("（").put("适用情形", facts.joint.explain(when)).say("）");
        }
    }
    text
}
