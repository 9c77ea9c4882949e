//! What happens next, told beforehand: from bringing the materials to fetching the result.

use yichuang_domain::matter::{AcceptanceMode, FlowStep, Matter, SupplementLaw};

use super::{Section, reference, sentence};
use crate::compose::law::{LICENCE_ACT, REAL_ESTATE};
use crate::compose::terms::{delivery, limit_words};
use crate::facts::SheetFacts;
use crate::paper::{Block, Text};

/// The steps, in order.
pub(super) fn steps(facts: &SheetFacts<'_>) -> Section {
    let matter = facts.matter;
    let bring =
        Text::of("准备材料：按上表备齐材料，格式文本由窗口免费提供，不会填写的可以请窗口协助。");
    let submit = Text::of("提交申请：到")
        .put("大厅名称", facts.hall)
        .say("提交，窗口当场核对并出具收件凭证。")
        .say(if matter.agent_allowed {
            "委托他人代办的，代理人带本人证件和授权委托书。"
        } else {
            ""
        });
    let mut steps = vec![bring, submit, accepted(matter), incomplete(matter)];
    let office = reference(facts).map_or(&[][..], |reference| &reference.steps);
    if !office.is_empty() {
        steps.push(inside(office));
    }
    steps.push(decided(matter));
    Section::new("怎样办", in_order(steps))
}

/// Steps with their numbers.
pub(super) fn in_order(steps: Vec<Text>) -> Vec<Block> {
    let numbered =
        |(i, text): (usize, Text)| Block::Paragraph(Text::of(format!("{}. ", i + 1)).then(text));
    steps.into_iter().enumerate().map(numbered).collect()
}

/// What the office itself does, as the guide has it (办理流程).
pub(super) fn inside(office: &[FlowStep]) -> Text {
    let one = |text: Text, (i, step): (usize, &FlowStep)| {
        let text = text.say(if i == 0 { "" } else { "；" }).put("办理环节", step.name.trim());
        let text = match step.limit {
            Some(limit) => text.say(format!("（{}）", limit_words(limit))),
            None => text,
        };
        match sentence(&step.action).as_str() {
            "" => text,
            action => text.say("，").put("办理环节", action),
        }
    };
    office.iter().enumerate().fold(Text::of("办理环节："), one).say("。")
}

pub(super) fn accepted(matter: &Matter) -> Text {
    Text::of(match matter.acceptance {
        AcceptanceMode::OnReceipt => {
            "受理：材料齐全、符合法定形式的，收件即受理，当场出具受理通知书。"
        }
        AcceptanceMode::AfterReview => {
            "受理：窗口收件后审查是否受理，受理或者不予受理都出具书面通知。"
        }
    })
}

/// The notice rule of the matter (补正规则).
pub(super) fn incomplete(matter: &Matter) -> Text {
    let rule = matter.supplement;
    let text = Text::of("材料不齐全或者不符合法定形式的：");
    match rule.rule {
        SupplementLaw::LicenceArt32 => {
            let text = text.say(format!(
                "依据{LICENCE_ACT}第三十二条，当场或者自收到材料之日起{}内一次性告知需要补正的全部内容",
                limit_words(rule.limit())
            ));
            text.say(if rule.deemed_accepted {
                "；逾期不告知的，自收到材料之日起即为受理。"
            } else {
                "。"
            })
        }
        SupplementLaw::WrittenOnTheSpot => text.say(format!(
            "依据{REAL_ESTATE}第十七条，当场书面告知不予受理，并一次性告知需要补正的全部内容；\
             未当场书面告知不予受理的，视为受理。"
        )),
        SupplementLaw::Local if rule.days == 0 => {
            text.say("当场一次性告知需要补正的全部内容，补齐后即予受理。")
        }
        SupplementLaw::Local => text.say(format!(
            "自收到材料之日起{}内一次性告知需要补正的全部内容，补齐后即予受理。",
            limit_words(rule.limit())
        )),
    }
}

fn decided(matter: &Matter) -> Text {
    let text = Text::of("办结和领取：");
    let text = match matter.promised_limit.or(matter.statutory_limit) {
        None => text.say("依法及时办结"),
        Some(limit) if limit.value == 0 => text.say("受理当日办结"),
        Some(limit) => text.say(format!("自受理之日起{}内办结", limit_words(limit))),
    };
    let text = text.say("，结果为").put("结果名称", &matter.result.name);
    let ways = delivery(matter);
    let text = if ways.is_empty() { text } else { text.say("，").then(ways) };
    text.say("。办理进度凭办件编号到窗口或者拨打咨询电话查询。")
}
