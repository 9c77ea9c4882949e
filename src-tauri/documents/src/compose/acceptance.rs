//! 受理通知书.

use yichuang_domain::calendar::DueDate;
use yichuang_domain::case::state::CaseState;
use yichuang_domain::checklist::Check;

use super::head::{address, day, heading, matter, say, you};
use super::law::{self, Article};
use super::materials;
use super::terms::{delivery, fee, limit_or_none, limit_words, special_procedures};
use crate::facts::PaperFacts;
use crate::paper::{Block, Pair, Text};

/// The decision, the days that follow from it, and what it rests on.
pub(super) fn acceptance(facts: &PaperFacts<'_>) -> Vec<Block> {
    let case = facts.case;
    let mut blocks = vec![address(facts), Block::Paragraph(decision(facts))];
    blocks.push(heading("一、办理期限"));
    blocks.push(Block::Pairs(days(facts)));
    if case.due.as_ref().is_some_and(|due| due.estimated) {
        blocks.push(say(
            "应办结日所涉年度的放假安排尚未公布，上列日期为暂估，待国务院办公厅公布后重新计算。",
        ));
    }
    blocks.push(heading("二、受理的申请材料"));
    blocks.extend(accepted_materials(facts));
    let deferred = materials::of(facts, &case.with_check(Check::Deferred));
    if !deferred.is_empty() {
        blocks.push(heading("三、容缺后补的材料"));
        let names: Vec<&str> = deferred.iter().map(|m| m.material.name.as_str()).collect();
        let until = match &case.due {
            Some(due) => Text::of("应于").then(day("补齐期限", due.on)).say("前"),
            None => Text::of("应在本机关作出决定前"),
        };
        blocks.push(Block::Paragraph(
            Text::of("以下材料")
                .then(until)
                .say("补齐，补齐期限不超过承诺办结时限；逾期未补齐的，本机关依法终止办理或者退件：")
                .put("材料名称", names.join("、"))
                .say("。"),
        ));
    }
    blocks.push(say("办理进度可凭办件编号到窗口、拨打咨询电话或者扫描右上角二维码查询。"));
    blocks
}

fn decision(facts: &PaperFacts<'_>) -> Text {
    let case = facts.case;
    let on = case.accepted_on.unwrap_or(facts.issued_on);
    let filed = Text::of(you(facts))
        .say("于")
        .then(day("申请日期", case.filed_on))
        .say("提出的")
        .then(matter(facts))
        .say("申请收悉。");
    if is_deemed(facts) {
        let limit = limit_words(facts.matter.supplement.limit());
        return filed
            .say(format!("因本机关未在收到申请材料之日起{limit}内一次性告知需要补正的内容，"))
            .then(law::under(facts, Article::Deemed))
            .say("，自收到申请材料之日（")
            .then(day("受理日期", on))
            .say("）起即为受理，办结时限自该日计算。");
    }
    let found = if !case.with_check(Check::Deferred).is_empty() {
        "经审查，主要申请材料齐全且符合法定形式，可容缺的材料已由申请人书面承诺限期补齐，"
    } else if case.listed.is_empty() {
        "经审查，申请材料齐全、符合法定形式，"
    } else {
        "经审查，补正的申请材料已全部收到，申请材料齐全、符合法定形式，"
    };
    let verb = if case.with_check(Check::Deferred).is_empty() {
        "予以受理"
    } else {
        "予以容缺受理"
    };
    filed
        .say(found)
        .then(law::under(facts, Article::Accepted))
        .say("，本机关决定自")
        .then(day("受理日期", on))
        .say("起")
        .say(verb)
        .say("。")
}

fn is_deemed(facts: &PaperFacts<'_>) -> bool {
    facts.case.state == CaseState::DeemedAccepted
}

fn days(facts: &PaperFacts<'_>) -> Vec<Vec<Pair>> {
    let (case, matter) = (facts.case, facts.matter);
    let pair = |label: &str, value: Text| Pair { label: label.to_owned(), value };
    let on = case.accepted_on.unwrap_or(facts.issued_on);
    let mut rows = vec![
        vec![pair("受理日期", day("受理日期", on)), pair("应办结日", due_day(case.due.as_ref()))],
        vec![
            pair("承诺时限", limit_or_none(matter.promised_limit)),
            pair("法定时限", limit_or_none(matter.statutory_limit)),
        ],
    ];
    if let Some(due) = &case.due {
        rows.push(vec![pair("计算方法", Text::of(due.explain()))]);
    }
    let special = pair("特别程序", special_procedures(matter));
    let fee = pair("收费", fee(matter));
    if matter.special_procedures.is_empty() && matter.fee.is_none() {
        rows.push(vec![special, fee]);
    } else {
        rows.extend([vec![special], vec![fee]]);
    }
    rows.push(vec![
        pair("办理结果", Text::value("结果名称", &matter.result.name)),
        pair("领取方式", delivery(matter)),
    ]);
    rows
}

fn due_day(due: Option<&DueDate>) -> Text {
    match due {
        None => Text::of("依法及时办结"),
        Some(due) => {
            let text = day("应办结日", due.on).strong();
            if due.estimated { text.say("（暂估）") } else { text }
        }
    }
}

fn accepted_materials(facts: &PaperFacts<'_>) -> Vec<Block> {
    let case = facts.case;
    let checked: Vec<_> = case.materials.iter().filter(|m| m.check.is_some()).collect();
    if checked.is_empty() {
        return vec![say("本事项在所选情形下无须提交申请材料。")];
    }
    let rows = checked.iter().enumerate().map(|(i, m)| {
        let arrived = case.arrived.iter().find(|a| a.id == m.material.id);
        let notes = match arrived {
            Some(a) => vec![Text::of("补正日期：").then(day("补正日期", a.on))],
            None => Vec::new(),
        };
        let status = match (arrived, m.check) {
            (Some(_), _) => "已补正",
            (None, Some(Check::Missing)) => "未提供",
            (None, check) => check.map_or("", materials::received),
        };
        materials::row(i + 1, &m.material, Text::of(status), notes)
    });
    vec![Block::Table(materials::table(rows.collect(), "核对情况"))]
}
