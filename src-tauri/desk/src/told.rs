//! 随行告知单: what the applicant is told as things stand, to be read out while the clerk works.
//! The papers say the same in full; this is the short form.

use yichuang_domain::calendar::chinese_date;
use yichuang_domain::checklist::{Check, Stopped};
use yichuang_domain::determination;
use yichuang_domain::intake::{Intake, parse_date};
use yichuang_domain::matter::{Material, Matter, Necessity, NotInForce, StopOutcome};

use crate::error::DeskError;
use crate::guide::Guide;
use crate::view::{Told, ToldLine};

pub(crate) fn tell(
    guide: &Guide,
    matter: &Matter,
    intake: &Intake,
    stopped: Option<&Stopped>,
    applicable: &[&Material],
) -> Result<Told, DeskError> {
    let filed_on = parse_date(&intake.filed_on, "filed_on").ok();
    let department = guide.department(matter)?;
    let contact = format!("咨询电话 {}，监督投诉 {}", department.phone, department.complaint_phone);
    if let Some(Err(why)) = filed_on.map(|on| matter.in_force(on)) {
        return Ok(tell_not_in_force(&why, contact));
    }
    if let Some(stopped) = stopped {
        return Ok(tell_stop(stopped));
    }
    let found = |m: &Material| {
        let input = intake.materials.iter().find(|i| i.id == m.id)?;
        Some((Check::parse(&input.check)?, input.reason.as_str()))
    };
    let open: Vec<_> = applicable
        .iter()
        .filter(|m| m.necessity != Necessity::Optional)
        .filter_map(|m| found(m).filter(|(check, _)| check.is_open()).map(|f| (*m, f)))
        .collect();

    if !open.is_empty() {
        let mut closing = Vec::new();
        if let Some(on) = filed_on {
            let by = determination::notify_by(matter, &guide.package.calendar, on);
            closing.push(format!("本告知应于{}前作出", chinese_date(by.on)));
        }
        closing.push("请一次补齐以上全部材料，补齐当日即予受理".to_owned());
        closing.push(contact);
        return Ok(Told {
            title: "一次性告知（补正）书".to_owned(),
            lead: format!("还有{}项材料需要补正：", open.len()),
            lines: open
                .into_iter()
                .map(|(m, (check, reason))| ToldLine {
                    text: match reason.is_empty() {
                        true => format!("{}：{}", m.name, check.label()),
                        false => format!("{}：{}（{reason}）", m.name, check.label()),
                    },
                    details: details(m),
                })
                .collect(),
            closing,
        });
    }

    let required = applicable.iter().filter(|m| m.necessity != Necessity::Optional);
    let all_checked = !applicable.is_empty() && required.clone().all(|m| found(m).is_some());
    let deferring =
        applicable.iter().any(|m| found(m).is_some_and(|(check, _)| check == Check::Deferred));
    let mut closing = Vec::new();
    if all_checked && let Some(on) = filed_on {
        match determination::due(matter, &guide.package.calendar, on) {
            Some(due) => {
                closing.push(format!("应于{}前办结（{}）", chinese_date(due.on), due.explain()))
            }
            None => closing.push("本事项未作办结时限承诺".to_owned()),
        }
    }
    closing.push(match &matter.fee {
        None => "不收费".to_owned(),
        Some(fee) => {
            let (yuan, fen) = (fee.amount_fen / 100, fee.amount_fen % 100);
            format!("{}{yuan}.{fen:02}元（{}）", fee.item, fee.basis)
        }
    });
    let delivery: Vec<_> = matter.result.delivery.iter().map(|d| d.label()).collect();
    closing.push(format!("结果：{}，{}", matter.result.name, delivery.join("或")));
    closing.push(contact);
    Ok(Told {
        title: if all_checked { "受理通知书" } else { "需要的材料" }.to_owned(),
        lead: match (applicable.is_empty(), all_checked) {
            (true, _) => "先确认情形，再看需要哪些材料".to_owned(),
            (false, true) if deferring => "主要材料已齐，可以容缺受理：".to_owned(),
            (false, true) => "材料已齐，可以受理：".to_owned(),
            (false, false) => format!("您的情形需要{}项材料：", applicable.len()),
        },
        lines: applicable
            .iter()
            .map(|m| ToldLine {
                text: match found(m) {
                    Some((check, _)) if m.necessity == Necessity::Optional && check.is_open() => {
                        format!("{}：{}（选交，不影响受理）", m.name, check.label())
                    }
                    Some((check, _)) => format!("{}：{}", m.name, check.label()),
                    None if m.necessity == Necessity::Optional => format!("{}（非必要）", m.name),
                    None => m.name.clone(),
                },
                details: if all_checked { Vec::new() } else { details(m) },
            })
            .collect(),
        closing,
    })
}

fn details(material: &Material) -> Vec<String> {
    let mut details = Vec::new();
    let counted = match (material.originals, material.copies) {
        (0, 0) => String::new(),
        (o, 0) => format!("原件{o}份，"),
        (0, c) => format!("复印件{c}份，"),
        (o, c) => format!("原件{o}份、复印件{c}份，"),
    };
    details.push(format!("{counted}{}", material.handling.label()));
    if !material.standard.is_empty() {
        details.push(format!("要求：{}", material.standard));
    }
    if !material.how_to_get.is_empty() {
        details.push(format!("获取：{}", material.how_to_get));
    }
    details
}

fn tell_not_in_force(why: &NotInForce, contact: String) -> Told {
    Told {
        title: why.label(),
        lead: format!("{}，窗口不能收件。", why.reason()),
        lines: Vec::new(),
        closing: vec![contact],
    }
}

fn tell_stop(stopped: &Stopped) -> Told {
    let stop = &stopped.stop;
    let (title, lead) = match stop.outcome {
        StopOutcome::NotRequired => ("即时告知书", "您的情况不需要办理这一事项："),
        StopOutcome::OutOfScope => ("不予受理通知书", "这件事不由本机关办理："),
        StopOutcome::Refused => ("不予受理通知书", "按您的情况不予受理："),
    };
    let mut closing = Vec::new();
    if !stop.refer_to.is_empty() {
        closing.push(format!("请到：{}", stop.refer_to));
    }
    Told {
        title: title.to_owned(),
        lead: lead.to_owned(),
        lines: vec![ToldLine {
            text: stop.reason.clone(),
            details: vec![format!("{} {}", stopped.question_text, stopped.choice_text)],
        }],
        closing,
    }
}
