//! Where the matters are taken and when, and where to ask about each.

use yichuang_domain::matter::Matter;

use super::members;
use crate::compose::sheet::places::{or, place_and_hours, telephone};
use crate::compose::sheet::{Section, pair, sentence};
use crate::facts::{JointSheetFacts, SheetFacts};
use crate::paper::{Block, Text};

/// The window once, and then each department with its matters.
pub(super) fn places(head: &'static str, facts: &JointSheetFacts<'_>) -> Section {
    let sheet = &facts.sheet;
    let window = Text::value("大厅名称", sheet.hall).say(" ").hold("窗口号", sheet.window);
    let all: Vec<SheetFacts<'_>> = members(facts).collect();
    let visits = facts.joint.spared(facts.enquiry).visits.joint;
    let visits = match visits {
        0 => Text::of("无须到现场"),
        n => Text::of(format!("{n}次")),
    };
    let mut rows = vec![vec![pair("本窗口", window)]];
    if facts.enquiry.live().next().is_some() {
        let hours = Text::of("以大厅公布的对外办公时间为准");
        rows.push(vec![pair("办理时间", hours), pair("到现场次数", visits)]);
    }
    let mut departments: Vec<&str> = Vec::new();
    for member in &all {
        let department = member.department;
        if departments.contains(&department.code.as_str()) {
            continue;
        }
        departments.push(&department.code);
        let of_it: Vec<&SheetFacts<'_>> =
            all.iter().filter(|one| one.department.code == department.code).collect();
        let names: Vec<&str> = of_it.iter().map(|one| one.matter.name.as_str()).collect();
        let name = Text::value("部门名称", &department.name).strong();
        let name = name.say("：").put("事项名称", names.join("、"));
        rows.push(vec![pair("办理部门", name)]);
        let address = Text::value("部门地址", &department.address);
        rows.push(vec![pair("部门地址", or(address, "请拨打咨询电话查询"))]);
        for member in &of_it {
            rows.extend(of_matter(member.matter, of_it.len() > 1));
        }
        let phone = telephone(&said(&of_it, |m| &m.contact), "咨询电话", &department.phone);
        let complaint =
            telephone(&said(&of_it, |m| &m.complaint), "监督投诉电话", &department.complaint_phone);
        rows.push(vec![pair("咨询电话", phone), pair("监督电话", complaint)]);
    }
    Section::new(head, vec![Block::Pairs(rows)])
}

/// The places of one matter, as far as its guide has them.
fn of_matter(matter: &Matter, named: bool) -> Vec<Vec<crate::paper::Pair>> {
    let places = matter.reference.as_deref().map_or(&[][..], |r| &r.service.places);
    let row = |place| {
        let name = if named {
            Text::value("事项名称", &matter.name).say("：")
        } else {
            Text::default()
        };
        vec![pair("办理地点", name.then(place_and_hours(place)))]
    };
    places.iter().map(row).collect()
}

/// What the matters of one department say of how to reach it, each once.
fn said(
    of_it: &[&SheetFacts<'_>],
    field: fn(&yichuang_domain::matter::Service) -> &String,
) -> String {
    let mut all: Vec<String> = Vec::new();
    let references = of_it.iter().filter_map(|one| one.matter.reference.as_deref());
    for text in references.map(|reference| sentence(field(&reference.service))) {
        if !text.is_empty() && !all.contains(&text) {
            all.push(text);
        }
    }
    all.join("；")
}
