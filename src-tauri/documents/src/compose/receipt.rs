//! 申请材料收件凭证.

use yichuang_domain::checklist::{Check, CheckedMaterial};
use yichuang_domain::matter::{LimitUnit, SupplementLaw};

use super::head::{address, day, matter, say, you};
use super::law::{LICENCE_ACT, REAL_ESTATE};
use super::materials;
use crate::facts::PaperFacts;
use crate::paper::{Block, Text};

/// Whether paper changed hands.
fn handed_in(material: &CheckedMaterial) -> bool {
    matches!(material.check, Some(Check::Present | Check::Corrected | Check::Defective))
}

/// What was received, item by item, and what happens if something is wrong with it.
pub(super) fn receipt(facts: &PaperFacts<'_>) -> Vec<Block> {
    let case = facts.case;
    let checked: Vec<&CheckedMaterial> =
        case.materials.iter().filter(|m| m.check.is_some()).collect();
    let mut blocks = vec![
        address(facts),
        Block::Paragraph(
            Text::of(you(facts))
                .say("于")
                .then(day("收件日期", case.filed_on))
                .say("向本机关提出")
                .then(matter(facts))
                .say("申请，本机关收到申请材料如下："),
        ),
    ];
    if checked.is_empty() {
        blocks.push(say("本事项在所选情形下无须提交申请材料。"));
    } else {
        let rows = checked.iter().enumerate().map(|(i, m)| {
            let status = m.check.map_or("", materials::received);
            let notes = materials::reason("说明", &m.reason).into_iter().collect();
            materials::row(i + 1, &m.material, Text::of(status), notes)
        });
        blocks.push(Block::Table(materials::table(rows.collect(), "核对情况")));
        let held: Vec<_> = checked.iter().filter(|m| handed_in(m)).collect();
        let originals: u32 = held.iter().map(|m| u32::from(m.material.originals)).sum();
        let copies: u32 = held.iter().map(|m| u32::from(m.material.copies)).sum();
        blocks.push(say(format!(
            "合计：应核对材料{}项，实际收到{}项，共原件{originals}份、复印件{copies}份；\
             注明查验的原件核对后当场退还。",
            checked.len(),
            held.len(),
        )));
    }
    blocks.push(Block::Paragraph(what_if_incomplete(facts)));
    blocks.push(say("本凭证证明本机关已收到上列申请材料，是否受理以本机关出具的书面文书为准。\
         请妥善保管，凭办件编号或者扫描右上角二维码查询办理进度。"));
    blocks
}

/// The notice rule of the matter, told beforehand.
fn what_if_incomplete(facts: &PaperFacts<'_>) -> Text {
    let rule = facts.matter.supplement;
    let within = match (rule.days, rule.unit) {
        (0, _) => "当日".to_owned(),
        (n, LimitUnit::Workdays) => format!("{n}个工作日内"),
        (n, LimitUnit::Days) => format!("{n}日内"),
    };
    let at_the_latest = |text: Text| match &facts.case.notify_by {
        Some(due) => text.say("（至迟").then(day("告知期限", due.on)).say("）"),
        None => text,
    };
    match rule.rule {
        SupplementLaw::LicenceArt32 => {
            let text = Text::of(format!(
                "依据{LICENCE_ACT}第三十二条，申请材料不齐全或者不符合法定形式的，本机关将当场或者自\
                 收到申请材料之日起{within}"
            ));
            let text = at_the_latest(text).say("一次性告知需要补正的全部内容");
            if rule.deemed_accepted {
                text.say("；逾期不告知的，自收到申请材料之日起即为受理。")
            } else {
                text.say("。")
            }
        }
        SupplementLaw::WrittenOnTheSpot => Text::of(format!(
            "依据{REAL_ESTATE}第十七条，申请材料不齐全或者不符合法定形式的，本机关应当当场书面告知\
             不予受理，并一次性告知需要补正的全部内容；未当场书面告知不予受理的，视为受理。"
        )),
        SupplementLaw::Local => {
            let text = Text::of("申请材料不齐全或者不符合规定形式的，本机关将自收到申请材料之日起");
            let text = if rule.days == 0 {
                Text::of("申请材料不齐全或者不符合规定形式的，本机关将当场")
            } else {
                at_the_latest(text.say(within))
            };
            text.say("一次性告知需要补正的全部内容。")
        }
    }
}
