//! What is said once for all matters: conditions, the promise, the cost, the steps, and what people
//! ask and do wrong.

use yichuang_domain::bundle::{Cost, Spared};
use yichuang_domain::matter::Matter;

use super::{live, members};
use crate::compose::sheet::{Section, contents, pair, sentence, steps as single};
use crate::compose::terms::{limit_or_none, limit_words};
use crate::facts::{JointSheetFacts, SheetFacts};
use crate::paper::{Block, Text};

/// Sentences of several matters, each once, with the matters that say it where not all do.
fn each_once<'a>(
    facts: &JointSheetFacts<'a>,
    said: impl Fn(&'a Matter) -> Vec<String>,
) -> Vec<(String, Option<String>)> {
    let matters: Vec<&Matter> = live(facts).map(|member| member.matter).collect();
    let mut found: Vec<(String, Vec<&str>)> = Vec::new();
    for matter in &matters {
        for sentence in said(matter) {
            match found.iter_mut().find(|(known, _)| *known == sentence) {
                Some((_, by)) if by.contains(&matter.name.as_str()) => {}
                Some((_, by)) => by.push(&matter.name),
                None => found.push((sentence, vec![&matter.name])),
            }
        }
    }
    let all = matters.len();
    let by_whom = |(sentence, by): (String, Vec<&str>)| {
        let by = (by.len() < all).then(|| by.join("、"));
        (sentence, by)
    };
    found.into_iter().map(by_whom).collect()
}

fn list(
    head: &'static str,
    facts: &JointSheetFacts<'_>,
    of: fn(&Matter) -> &Vec<String>,
) -> Section {
    let said = |matter| of(matter).iter().map(|text| sentence(text)).collect();
    let one = |(i, (text, by)): (usize, (String, Option<String>))| {
        let number = Text::of(format!("{}. ", i + 1));
        let number = match by {
            Some(by) => number.put("事项名称", by).say("："),
            None => number,
        };
        Block::Paragraph(number.put(head, text).say("。"))
    };
    Section::new(head, each_once(facts, said).into_iter().enumerate().map(one).collect())
}

/// 受理条件.
pub(super) fn conditions(facts: &JointSheetFacts<'_>) -> Section {
    list("受理条件", facts, |matter| &matter.conditions)
}

/// 容易被退回的原因.
pub(super) fn returns(facts: &JointSheetFacts<'_>) -> Section {
    list("容易被退回的原因", facts, |matter| &matter.common_returns)
}

/// What the bundle promises, costs and spares.
pub(super) fn terms(facts: &JointSheetFacts<'_>) -> Section {
    let promised = facts.joint.promised(facts.enquiry.live());
    let limit = match promised {
        Some(_) => limit_or_none(promised).strong(),
        None => Text::of("主办事项不一并办理或者未作承诺，各事项按上表各自的时限"),
    };
    let mut rows = vec![vec![pair("一件事承诺", limit)]];
    rows.extend(promised.map(|limit| vec![pair("计算方法", Text::of(contents::counted(limit)))]));
    rows.push(vec![pair("收费合计", fees(facts))]);
    let spared = facts.joint.spared(facts.enquiry);
    let rows_of = [
        ("材料", spared.materials, "份"),
        ("环节", spared.steps, "个"),
        ("跑动", spared.visits, "次"),
    ];
    let said: Vec<String> =
        rows_of.iter().map(|(what, count, unit)| less(what, *count, unit)).collect();
    let open = match facts.enquiry.is_settled() {
        true => "",
        false => "（材料含按情形提交的）",
    };
    rows.push(vec![pair("一次办省下", Text::of(said.join("；")).say(open))]);
    Section::new("时限和收费", vec![Block::Pairs(rows)])
}

fn less(what: &str, count: Spared, unit: &str) -> String {
    let Spared { apart, joint } = count;
    match apart.saturating_sub(joint) {
        0 => format!("{what}{joint}{unit}"),
        n => format!("{what}{joint}{unit}（分别办{apart}{unit}，少{n}{unit}）"),
    }
}

fn fees(facts: &JointSheetFacts<'_>) -> Text {
    match facts.joint.cost(facts.enquiry) {
        Cost { fen: 0, by_item: false } => Text::of("不收费"),
        Cost { fen: 0, by_item: true } => Text::of("有的事项按项目收取，请向窗口询问"),
        Cost { fen, by_item } => Text::of(format!("{}.{:02}元", fen / 100, fen % 100))
            .say(if by_item { "，另有按项目收取的" } else { "" }),
    }
}

/// From bringing the materials to fetching the results.
pub(super) fn steps(facts: &JointSheetFacts<'_>) -> Section {
    let sheet = &facts.sheet;
    let bring = Text::of(
        "准备材料：按上表备齐材料，几个事项都要的只备一份；格式文本由窗口免费提供，不会填写的可以请窗口协助。",
    );
    let submit = Text::of("提交申请：到")
        .put("大厅名称", sheet.hall)
        .say("综合窗口一次提交，相同的问题只问一次，窗口当场核对并出具收件凭证。")
        .say(if facts.joint.agent_allowed() {
            "委托他人代办的，代理人带本人证件和授权委托书。"
        } else {
            ""
        });
    let apart = Text::of(
        "分别受理：每个事项各有一个办件编号，由各自的部门分别受理、分别决定，一个事项不能办的，不影响其他事项。",
    );
    let mut steps = vec![bring, submit, apart];
    steps.extend(each(facts, single::accepted));
    steps.extend(each(facts, single::incomplete));
    for member in live(facts) {
        let office = member.matter.reference.as_deref().map_or(&[][..], |r| &r.steps);
        if !office.is_empty() {
            steps.push(of_matter(&member.matter.name).then(single::inside(office)));
        }
    }
    steps.push(decided(facts));
    Section::new("怎样办", single::in_order(steps))
}

/// A step as each matter has it: once where all have the same.
fn each(facts: &JointSheetFacts<'_>, step: fn(&Matter) -> Text) -> Vec<Text> {
    let mut found: Vec<(Text, Vec<&str>)> = Vec::new();
    for member in live(facts) {
        let text = step(member.matter);
        match found.iter_mut().find(|(known, _)| *known == text) {
            Some((_, by)) => by.push(&member.matter.name),
            None => found.push((text, vec![&member.matter.name])),
        }
    }
    let several = found.len() > 1;
    let named = |(text, by): (Text, Vec<&str>)| match several {
        true => of_matter(&by.join("、")).then(text),
        false => text,
    };
    found.into_iter().map(named).collect()
}

fn of_matter(names: &str) -> Text {
    Text::of("【").put("事项名称", names).say("】")
}

fn decided(facts: &JointSheetFacts<'_>) -> Text {
    let text = Text::of("办结和领取：");
    let text = match facts.joint.promised(facts.enquiry.live()) {
        Some(limit) if limit.value == 0 => text.say("受理当日办结"),
        Some(limit) => text.say(format!(
            "自受理之日起{}内全部办结（法定时限更短的事项按法定时限）",
            limit_words(limit)
        )),
        None => text.say("各事项按上表的时限办结"),
    };
    text.say("，先后出来的结果可以一次领走。办理进度凭办件编号到窗口或者拨打咨询电话查询。")
}

/// Questions that people often ask (常见问题), each once.
pub(super) fn often_asked(facts: &JointSheetFacts<'_>) -> Section {
    let mut blocks: Vec<Block> = Vec::new();
    for SheetFacts { matter, .. } in members(facts).filter(|one| one.enquiry.stopped.is_none()) {
        for block in contents::often_asked(matter).content {
            if !blocks.contains(&block) {
                blocks.push(block);
            }
        }
    }
    Section::new("常见问题", blocks)
}
