//! Where the matter is taken and when, by which ways, where to ask and where to complain.

use yichuang_domain::matter::{Level, MatterReference, Online, OnlineDepth, Place, Service};
use yichuang_domain::named::Named as _;

use super::{Section, pair, reference, sentence};
use crate::facts::SheetFacts;
use crate::paper::{Block, Pair, Text};

/// The rows of a table.
type Rows = Vec<Vec<Pair>>;

/// Places, ways and telephones. What the guide does not say is not made up: the hall's own
/// notice, or the telephone, is pointed to.
pub(super) fn places(head: &'static str, facts: &SheetFacts<'_>) -> Section {
    let (matter, department) = (facts.matter, facts.department);
    let none = MatterReference::default();
    let reference = reference(facts).unwrap_or(&none);
    let service = &reference.service;
    let window = Text::value("大厅名称", facts.hall).say(" ").hold("窗口号", facts.window);
    let mut rows = vec![vec![pair("本窗口", window)]];
    rows.extend(service.places.iter().map(|place| vec![pair("办理地点", place_and_hours(place))]));
    let levels: Vec<_> = matter.levels.iter().map(level).collect();
    let address = Text::value("部门地址", &department.address);
    rows.push(vec![pair("部门地址", or(address, "请拨打咨询电话查询"))]);
    rows.push(vec![pair("可办层级", or(Text::of(levels.join("、")), "请拨打咨询电话查询"))]);
    let visits = match matter.visits {
        0 => Text::of("无须到现场"),
        n => Text::of(format!("{n}次")),
    };
    if service.places.is_empty() {
        let hours = Text::of("以大厅公布的对外办公时间为准");
        rows.push(vec![pair("办理时间", hours), pair("到现场次数", visits)]);
    } else {
        rows.push(vec![pair("到现场次数", visits)]);
    }
    if !service.visit_reason.trim().is_empty() {
        let reason = Text::value("必须到现场的原因", sentence(&service.visit_reason));
        rows.push(vec![pair("到场原因", reason)]);
    }
    ways(service, &mut rows);
    online(&reference.online, &mut rows);
    let said = (sentence(&service.contact), sentence(&service.complaint));
    let phone = telephone(&said.0, "咨询电话", &department.phone);
    let complaint = telephone(&said.1, "监督投诉电话", &department.complaint_phone);
    if said.0.is_empty() && said.1.is_empty() {
        rows.push(vec![pair("咨询电话", phone), pair("监督电话", complaint)]);
    } else {
        rows.extend([vec![pair("咨询方式", phone)], vec![pair("监督投诉", complaint)]]);
    }
    Section::new(head, vec![Block::Pairs(rows)])
}

pub(super) fn or(text: Text, otherwise: &'static str) -> Text {
    if text.is_empty() { Text::of(otherwise) } else { text }
}

fn level(level: &Level) -> &'static str {
    match level {
        Level::City => "市（县）政务服务中心",
        Level::Township => "乡镇（街道）便民服务中心",
        Level::Community => "社区（村）便民服务站",
    }
}

pub(super) fn place_and_hours(place: &Place) -> Text {
    let text = Text::value("办理地点", sentence(&place.address)).say("；办理时间：");
    match sentence(&place.hours).as_str() {
        "" => text.say("以该处公布的对外办公时间为准"),
        hours => text.put("办理时间", hours),
    }
}

/// 办理形式, 通办范围, and what else is offered: only what the guide says, either way.
fn ways(service: &Service, rows: &mut Rows) {
    let forms: Vec<_> = service.handle_forms.iter().map(|form| form.word()).collect();
    if !forms.is_empty() {
        rows.push(vec![pair("办理形式", Text::of(forms.join("、")))]);
    }
    if let Some(area) = service.area {
        rows.push(vec![pair("通办范围", Text::of(area.word()))]);
    }
    let offered = [
        (service.in_hall, "进驻政务服务大厅", "不进驻政务服务大厅"),
        (service.appointment, "可以预约办理", "不办理预约"),
        (service.express, "可以快递", "不办理快递"),
        (service.self_service, "可以在自助终端办理", "不能在自助终端办理"),
    ];
    let said = |(offered, yes, no): (Option<bool>, &'static str, &'static str)| {
        offered.map(|offered| if offered { yes } else { no })
    };
    let offered: Vec<_> = offered.into_iter().filter_map(said).collect();
    if !offered.is_empty() {
        rows.push(vec![pair("服务方式", Text::of(offered.join("；")))]);
    }
}

fn online(online: &Online, rows: &mut Rows) {
    let available = match online.available {
        Some(true) => "可以网上办理",
        Some(false) => "不能网上办理",
        None => "",
    };
    let depth = online.depth.map_or("", OnlineDepth::word);
    let said: Vec<_> = [available, depth].into_iter().filter(|text| !text.is_empty()).collect();
    if !said.is_empty() {
        rows.push(vec![pair("网上办理", Text::of(said.join("，")))]);
    }
    for (label, address) in [("网办地址", &online.url), ("移动端地址", &online.mobile_url)]
    {
        if !address.trim().is_empty() {
            rows.push(vec![pair(label, Text::value(label, address.trim()))]);
        }
    }
}

/// What the matter's own guide says, then the department's telephone where that is another one;
/// 12345 where neither is known.
pub(super) fn telephone(said: &str, field: &'static str, phone: &str) -> Text {
    let text = Text::value(field, said);
    if phone.is_empty() || said.contains(phone) {
        return or(text, "12345");
    }
    let gap = if text.is_empty() { "" } else { "；部门电话 " };
    text.say(gap).hold(field, phone)
}
