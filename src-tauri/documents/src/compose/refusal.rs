//! 不予受理通知书 and 即时告知书.

use yichuang_domain::matter::StopOutcome;

use super::head::{address, day, matter, say, you};
use super::law::{self, Article};
use crate::facts::PaperFacts;
use crate::paper::{Block, Text};

/// `你于…提出…申请收悉。经审查，所办情形为“…”：…。`
fn found(facts: &PaperFacts<'_>) -> Text {
    let text = Text::of(you(facts))
        .say("于")
        .then(day("申请日期", facts.case.filed_on))
        .say("提出的")
        .then(matter(facts))
        .say("申请收悉。");
    match &facts.case.stopped {
        None => text.say("经审查，"),
        Some(stopped) => {
            let reason = stopped.stop.reason.trim_end_matches(['。', '；', '，']);
            let text = text
                .say("经审查，申请情形为“")
                .put("情形", stopped.question_text.trim_end_matches(['？', '?']))
                .say("：")
                .put("情形", &stopped.choice_text)
                .say("”");
            if reason.is_empty() {
                text.say("。")
            } else {
                text.say("，").put("理由", reason).say("。")
            }
        }
    }
}

fn refer_to<'a>(facts: &PaperFacts<'a>) -> Option<&'a str> {
    let stop = &facts.case.stopped.as_ref()?.stop;
    let place = stop.refer_to.trim_end_matches(['。', '；', '，']).trim();
    (!place.is_empty()).then_some(place)
}

/// Not this authority's business, or not open to this applicant.
pub(super) fn refusal(facts: &PaperFacts<'_>) -> Vec<Block> {
    let outcome = facts.case.stopped.as_ref().map(|s| s.stop.outcome);
    let out_of_scope = outcome == Some(StopOutcome::OutOfScope);
    let article = if out_of_scope { Article::OutOfScope } else { Article::Refused };
    let decision = if out_of_scope {
        "，申请事项不属于本机关职权范围，本机关决定不予受理。"
    } else {
        "，本机关决定不予受理。"
    };
    let mut blocks = vec![
        address(facts),
        Block::Paragraph(found(facts).then(law::under(facts, article)).say(decision)),
    ];
    let guide = match (out_of_scope, refer_to(facts)) {
        (true, Some(place)) => Some(Text::of("请向以下有权机关提出申请：").put("指引", place)),
        (true, None) => Some(Text::of("请拨打咨询电话或者12345查询有权机关")),
        (false, Some(place)) => Some(Text::of("办理指引：").put("指引", place)),
        (false, None) => None,
    };
    blocks.extend(guide.map(|text| Block::Paragraph(text.strong().say("。"))));
    blocks.push(say("本机关未留存申请材料；情形发生变化的，可以重新提出申请。"));
    blocks.push(Block::Paragraph(law::remedies(facts, "通知书")));
    blocks
}

/// Nothing needs to be applied for.
pub(super) fn not_required(facts: &PaperFacts<'_>) -> Vec<Block> {
    let decision = if law::is_licence(facts.matter) {
        "，该申请事项依法不需要取得行政许可，本机关不予受理，现即时告知。"
    } else {
        "，该情形依法不需要办理本事项，本机关不予受理，现即时告知。"
    };
    let mut blocks = vec![
        address(facts),
        Block::Paragraph(found(facts).then(law::under(facts, Article::NotRequired)).say(decision)),
    ];
    if let Some(place) = refer_to(facts) {
        let text = Text::of("办理指引：").put("指引", place).strong().say("。");
        blocks.push(Block::Paragraph(text));
    }
    blocks.push(say("本机关未留存申请材料。"));
    blocks.push(Block::Paragraph(law::remedies(facts, "告知书")));
    blocks
}
