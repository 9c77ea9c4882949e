//! What the sheet is about, what the matter promises and costs, and what people often ask.

use yichuang_domain::checklist::Stopped;
use yichuang_domain::matter::{FeeItem, Limit, LimitUnit, Matter, NotInForce, StopOutcome};

use super::{Section, forms, pair, reference, sentence};
use crate::compose::head::{day, release, say};
use crate::compose::terms::{delivery, fee, limit_or_none, special_procedures};
use crate::facts::SheetFacts;
use crate::paper::{Block, Text};

/// The table at the top, and what the sheet is not.
pub(super) fn about(facts: &SheetFacts<'_>) -> Vec<Block> {
    let matter = facts.matter;
    let audience: Vec<_> = matter.audience.iter().map(|kind| kind.label()).collect();
    let rows = vec![
        vec![pair("事项名称", Text::value("事项名称", &matter.name).strong())],
        vec![pair("实施编码", Text::kept("实施编码", &matter.code))],
        vec![pair(
            "谁可以申请",
            Text::of(audience.join("、")).say(in_person(matter.agent_allowed)),
        )],
        vec![pair("所选情形", situation(facts))],
        vec![
            pair("告知日期", day("告知日期", facts.given_on)),
            pair("指南版本", release(facts.guide_release, facts.guide_issued_on)),
        ],
    ];
    vec![Block::Pairs(rows), no_receipt()]
}

/// Whether somebody else may apply, behind who may.
pub(super) fn in_person(agent_allowed: bool) -> &'static str {
    match agent_allowed {
        true => "；可以委托他人代办",
        false => "；须本人到场，不能代办",
    }
}

/// What the sheet is not.
pub(super) fn no_receipt() -> Block {
    let note = Text::of(
        "本告知单供咨询之用，不是收件或者受理凭证，不产生受理的效力；提交申请时以届时公布的办事指南为准。",
    );
    Block::Paragraph(note.strong())
}

fn situation(facts: &SheetFacts<'_>) -> Text {
    let enquiry = facts.enquiry;
    told(enquiry.situation(), enquiry.is_settled(), "本事项不分情形")
}

/// The situation that was told, in questions and choices; `none` where there is nothing to ask.
pub(super) fn told<'a>(
    situation: impl Iterator<Item = (&'a str, &'a str)>,
    settled: bool,
    none: &'static str,
) -> Text {
    let mut told = Text::default();
    for (question, choice) in situation {
        let gap = if told.is_empty() { "" } else { "；" };
        let question = question.trim_end_matches(['？', '?']);
        told = told.say(gap).put("情形", question).say("：").put("情形", choice);
    }
    match (told.is_empty(), settled) {
        (true, true) => Text::of(none),
        (true, false) => Text::of("未选择，材料按各自的适用情形提交"),
        (false, true) => told,
        (false, false) => told.say("；其余未选择，材料按各自的适用情形提交"),
    }
}

/// Why no application is taken on the day of the sheet, and what to do.
pub(super) fn not_in_force(why: &NotInForce) -> Vec<Block> {
    out_of_force(Text::default(), why)
}

/// The same of one matter of several.
pub(super) fn not_in_force_of(name: &str, why: &NotInForce) -> Vec<Block> {
    out_of_force(Text::value("事项名称", name).strong().say("：").strong(), why)
}

fn out_of_force(name: Text, why: &NotInForce) -> Vec<Block> {
    let then = match why {
        NotInForce::NotYet { .. } => {
            "生效之前提交的申请，窗口不收件；以下内容供事先准备，办理时以届时公布的办事指南为准。"
        }
        NotInForce::Cancelled { .. } => {
            "窗口不再收件，不需要准备材料。取消的依据以及原来的事情现在怎样办理，请按下列电话咨询。"
        }
        NotInForce::Suspended {} => {
            "暂停期间窗口不收件；何时恢复请按下列电话咨询，恢复后以届时公布的办事指南为准。"
        }
    };
    let reason = name.then(Text::of(format!("{}。", why.reason())).strong());
    vec![Block::Paragraph(reason), say(then)]
}

/// Why nothing is asked for, and where to go.
pub(super) fn stopped(stopped: &Stopped) -> Vec<Block> {
    let mut blocks = stopped_as(Text::default(), stopped);
    blocks.push(say(
        "以上依据咨询时所述情形。仍要申请的，可以提交申请，由本机关作出书面答复；情形有变化的，请再咨询。",
    ));
    blocks
}

/// The reason and the way out, behind the name of what has ended.
pub(super) fn stopped_as(name: Text, stopped: &Stopped) -> Vec<Block> {
    let stop = &stopped.stop;
    let what = match stop.outcome {
        StopOutcome::NotRequired => "按所选情形，不需要办理本事项",
        StopOutcome::OutOfScope => "按所选情形，本事项不属于本机关的职权范围",
        StopOutcome::Refused => "按所选情形，不符合本事项的受理条件",
    };
    let reason = stop.reason.trim_end_matches(['。', '；']);
    let text = name.then(Text::of(what).strong());
    let text = if reason.is_empty() { text } else { text.say("：").put("理由", reason) };
    let mut blocks = vec![Block::Paragraph(text.say("。"))];
    let place = stop.refer_to.trim_end_matches(['。', '；']).trim();
    if !place.is_empty() {
        blocks.push(Block::Paragraph(Text::of("办理指引：").strong().put("指引", place).say("。")));
    }
    blocks
}

/// Limits, how they are counted, fee and result.
pub(super) fn terms(facts: &SheetFacts<'_>) -> Section {
    let matter = facts.matter;
    let mut rows = vec![vec![
        pair("承诺时限", limit_or_none(matter.promised_limit).strong()),
        pair("法定时限", limit_or_none(matter.statutory_limit)),
    ]];
    let limit = matter.promised_limit.or(matter.statutory_limit);
    rows.extend(limit.map(|limit| vec![pair("计算方法", Text::of(counted(limit)))]));
    let mut row = |label, text: &str| {
        if !text.trim().is_empty() {
            rows.push(vec![pair(label, Text::value(label, sentence(text)))]);
        }
    };
    if let Some(reference) = reference(facts) {
        row("承诺说明", &reference.service.promised_explanation);
        row("法定说明", &reference.service.statutory_explanation);
        row("数量限制", &reference.service.quantity_limit);
    }
    let items = reference(facts).map_or(&[][..], |reference| &reference.fees);
    let charged = match (&matter.fee, items) {
        (None, [_, ..]) => Text::of("按下列项目收取"),
        _ => fee(matter),
    };
    let special = pair("特别程序", special_procedures(matter));
    let fee = pair("收费", charged);
    if matter.special_procedures.is_empty() && matter.fee.is_none() {
        rows.push(vec![special, fee]);
    } else {
        rows.extend([vec![special], vec![fee]]);
    }
    rows.extend(items.iter().map(|item| vec![pair("收费项目", fee_item(item))]));
    rows.push(vec![
        pair("办理结果", Text::value("结果名称", &matter.result.name)),
        pair("领取方式", delivery(matter)),
    ]);
    if let Some(result) = reference(facts).map(|reference| &reference.result) {
        if !result.validity.trim().is_empty() {
            rows.push(vec![pair("有效期", Text::value("有效期", sentence(&result.validity)))]);
        }
        let sample = forms::of_result(&result.sample_form, facts);
        rows.extend(sample.map(|sample| vec![pair("结果样本", sample)]));
    }
    Section::new("办理时限、收费和结果", vec![Block::Pairs(rows)])
}

fn fee_item(item: &FeeItem) -> Text {
    let mut text = Text::value("收费项目", &item.name);
    if !item.standard.trim().is_empty() {
        text = text.say("：").put("收费标准", sentence(&item.standard));
    }
    if !item.basis.trim().is_empty() {
        text = text.say("；依据").put("收费依据", sentence(&item.basis));
    }
    match item.online_payment {
        Some(true) => text.say("；可以网上支付"),
        Some(false) => text.say("；不能网上支付"),
        None => text,
    }
}

/// Questions that people often ask (常见问题).
pub(super) fn often_asked(matter: &Matter) -> Section {
    let asked = matter.reference.as_deref().map_or(&[][..], |reference| &reference.faq);
    let blocks = asked.iter().map(|faq| {
        let question = Text::of("问：").strong().put("常见问题", sentence(&faq.question)).strong();
        Block::Paragraph(
            question.say("　答：").strong().put("常见问题", sentence(&faq.answer)).say("。"),
        )
    });
    Section::new("常见问题", blocks.collect())
}

/// How a limit runs (行政许可法 第82条 for workdays; from the day after, 民法典 第201条).
pub(super) fn counted(limit: Limit) -> &'static str {
    match (limit.value, limit.unit) {
        (0, _) => "材料齐全的，受理当日办结",
        (_, LimitUnit::Workdays) => {
            "自受理次日起算，按工作日计算，不含法定节假日和休息日，调休上班的计入"
        }
        (_, LimitUnit::Days) => "自受理次日起算，按自然日计算，节假日计入",
    }
}
