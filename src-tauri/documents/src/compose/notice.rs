//! 一次性告知（补正）书.

use yichuang_domain::checklist::Check;
use yichuang_domain::matter::SupplementLaw;

use super::head::{address, day, heading, matter, you};
use super::law::{self, Article, LICENCE_ACT, REAL_ESTATE};
use super::materials;
use crate::facts::PaperFacts;
use crate::paper::{Block, Text};

/// Everything that is missing or defective, once and complete.
pub(super) fn one_time_notice(facts: &PaperFacts<'_>) -> Vec<Block> {
    let case = facts.case;
    let listed = materials::of(facts, &case.listed);
    let on_the_spot = facts.matter.supplement.rule == SupplementLaw::WrittenOnTheSpot;
    let opening = Text::of(you(facts))
        .say("于")
        .then(day("收到日期", case.filed_on))
        .say("提出的")
        .then(matter(facts))
        .say("申请收悉。经核对，申请材料不齐全或者不符合法定形式。")
        .then(law::under(facts, Article::Notice))
        .say(if on_the_spot {
            "，本机关不予受理本次申请，现将需要补正的全部内容一次性告知如下（共"
        } else {
            "，现将需要补正的全部内容一次性告知如下（共"
        })
        .hold("补正项数", format!("{}项", listed.len()))
        .say("）：");
    let mut blocks = vec![address(facts), Block::Paragraph(opening), heading("一、需要补正的材料")];
    let rows = listed.iter().enumerate().map(|(i, m)| {
        let status = m.check.map_or("", Check::label);
        let problem = match (m.reason.as_str(), m.check) {
            ("", Some(Check::Defective)) => "提交的材料不符合受理标准",
            ("", _) => "未提交",
            (reason, _) => reason,
        };
        let mut notes: Vec<Text> = materials::reason("问题", problem).into_iter().collect();
        notes.extend(materials::guidance(&m.material));
        materials::row(i + 1, &m.material, Text::of(status).strong(), notes)
    });
    blocks.push(Block::Table(materials::table(rows.collect(), "核对结果")));
    blocks.extend(nothing_else(facts));

    blocks.push(heading("二、补正方式和期限"));
    let way = Text::of("请备齐上列全部材料后，携带本告知书到")
        .put("大厅名称", facts.hall)
        .hold("窗口号", facts.window)
        .say("提交");
    let way =
        if facts.matter.agent_allowed { way.say("，也可以委托代理人提交") } else { way };
    blocks.push(Block::Paragraph(way.say(
        "。法律、法规、规章对补正期限有规定的从其规定；没有规定的，请尽快补正，以免影响办理。",
    )));
    blocks.push(heading("三、告知期限和后果"));
    blocks.push(Block::Paragraph(consequence(facts)));
    if on_the_spot {
        blocks.push(Block::Paragraph(law::remedies(facts, "告知书")));
    }
    blocks
}

/// That the list is complete, and what need not be brought again.
fn nothing_else(facts: &PaperFacts<'_>) -> Option<Block> {
    let case = facts.case;
    let settled = case
        .materials
        .iter()
        .filter(|m| m.check.is_some_and(|c| !c.is_open()) && !case.listed.contains(&m.material.id));
    let names: Vec<&str> = settled.map(|m| m.material.name.as_str()).collect();
    (!names.is_empty()).then(|| {
        Block::Paragraph(
            Text::of("其余申请材料已核对无误，无须再次提交：")
                .put("材料名称", names.join("、"))
                .say("。"),
        )
    })
}

fn consequence(facts: &PaperFacts<'_>) -> Text {
    let rule = facts.matter.supplement;
    match rule.rule {
        SupplementLaw::LicenceArt32 => {
            let text = latest(facts).say(format!("依据{LICENCE_ACT}第三十二条，"));
            let text = if rule.deemed_accepted {
                text.say("逾期不告知的，自收到申请材料之日起即为受理；")
            } else {
                text
            };
            text.say(
                "申请人按照本告知书的要求提交全部补正材料的，本机关予以受理，办结时限自受理之日\
                      起计算；不补正或者补正后仍不符合要求的，本机关依法作出不予受理决定。",
            )
        }
        SupplementLaw::WrittenOnTheSpot => Text::of(format!(
            "依据{REAL_ESTATE}第十七条，申请材料不齐全或者不符合法定形式的，应当当场书面告知不予受理\
             并一次性告知需要补正的全部内容；未当场书面告知不予受理的，视为受理。备齐上列材料后，\
             可以凭本告知书再次申请，已核对无误且没有变化的材料无须重新准备。"
        )),
        SupplementLaw::Local => latest(facts).say(
            "申请人按照本告知书的要求提交全部补正材料的，本机关予以受理，办结时限自受理之日起计算；\
             长期不补正的，本机关可以退回申请，申请人可以重新提出申请。",
        ),
    }
}

/// The last day for this notice and how it was counted.
fn latest(facts: &PaperFacts<'_>) -> Text {
    let Some(due) = &facts.case.notify_by else { return Text::default() };
    let text = Text::of("本告知书的告知期限至").then(day("告知期限", due.on).strong());
    if due.limit.value == 0 {
        return text.say("（收到申请材料当日）止。");
    }
    text.say(format!("止（{}）。", due.explain()))
}
