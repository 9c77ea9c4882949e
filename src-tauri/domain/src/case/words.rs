//! What happened, in the words that people read: the same at the window, in the back office and
//! wherever a case's history is shown.

use super::Case;
use super::event::{AskedItem, Decision, EventBody};
use crate::calendar::chinese_date;
use crate::correction;
use crate::handover::HandoverFacts;
use crate::named::Named as _;
use crate::printing::PrintProof;

/// What happened, in a word or two.
pub fn title(event: &EventBody) -> &'static str {
    match event {
        EventBody::Filed { .. } => "收件",
        EventBody::Stopped { .. } => "不受理",
        EventBody::NoticeGiven { .. } => "一次告知",
        EventBody::Supplemented { .. } => "补正",
        EventBody::Accepted { .. } => "受理",
        EventBody::DeemedAccepted { .. } => "视为受理",
        EventBody::DocumentIssued { .. } => "出具文书",
        EventBody::DocumentPrinted { nth: 0 | 1, proof: None, .. } => "送打印",
        EventBody::DocumentPrinted { nth: 0 | 1, .. } => "打印文书",
        EventBody::DocumentPrinted { .. } => "补打",
        EventBody::AttachmentAdded { .. } => "添加扫描件",
        EventBody::AttachmentRemoved { .. } => "移除扫描件",
        EventBody::ReviewStarted {} => "开始审查",
        EventBody::SupplementAsked { .. } => "审查补正",
        EventBody::ClockStopped { .. } => "特别程序",
        EventBody::ClockResumed { .. } => "恢复计时",
        EventBody::LimitRecounted { .. } => "期限重算",
        EventBody::LimitExtended { .. } => "延期",
        EventBody::Decided { .. } => "办结",
        EventBody::ReadyForHandover {} => "待出件",
        EventBody::HandedOver { .. } => "出件",
        EventBody::Evaluated { .. } => "服务评价",
        EventBody::Archived {} => "归档",
        EventBody::Withdrawn { .. } => "撤回",
        EventBody::Returned { .. } => "退件",
        EventBody::PartiesCorrected { .. } => "更正",
        EventBody::Transferred { .. } => "窗口交接",
        EventBody::ConflictSettled { .. } => "冲突处理",
        EventBody::Relayed { .. } => "转录",
    }
}

/// What there is to say about it; empty where the title says all. `case` is the case that it
/// happened to, as far as it is known: it has the names of the materials.
pub fn detail(case: &Case, event: &EventBody) -> String {
    let names = |ids: &[String]| {
        let names: Vec<_> = ids.iter().map(|id| case.material_name(id)).collect();
        names.join("、")
    };
    match event {
        EventBody::Filed { number, filed_on, .. } => {
            format!("{number}，{}", chinese_date(*filed_on))
        }
        EventBody::Stopped { stopped } => stopped.stop.reason.clone(),
        EventBody::NoticeGiven { on, listed } => {
            format!("{}告知{}项：{}", chinese_date(*on), listed.len(), names(listed))
        }
        EventBody::Supplemented { on, ids } => format!("{}收到{}", chinese_date(*on), names(ids)),
        EventBody::Accepted { on, due, .. } | EventBody::DeemedAccepted { on, due, .. } => {
            match due {
                Some(due) => {
                    format!("{}受理，应于{}前办结", chinese_date(*on), chinese_date(due.on))
                }
                None => format!("{}受理", chinese_date(*on)),
            }
        }
        EventBody::DocumentIssued { kind, number, .. } => format!("{}（{number}）", kind.title()),
        EventBody::DocumentPrinted { number, printer, nth, proof, reason, .. } => {
            let how = match proof {
                None => format!("{number} 第{nth}次送“{printer}”"),
                Some(PrintProof::System) => format!("{number} 第{nth}次打印，“{printer}”"),
                Some(PrintProof::Clerk) => {
                    format!("{number} 第{nth}次打印，“{printer}”，窗口人员确认出纸")
                }
            };
            let why = reason.as_ref().map_or(String::new(), |r| format!("，原因：{}", r.words()));
            format!("{how}{why}")
        }
        EventBody::AttachmentAdded { material, announced } => {
            format!("{}：{}", case.material_name(material), announced.name)
        }
        EventBody::AttachmentRemoved { material, hash, reason } => {
            let found = case.attachments.iter().find(|a| a.announced.hash == *hash);
            let name = found.map_or("", |a| a.announced.name.as_str());
            format!("{}：{name}，原因：{reason}", case.material_name(material))
        }
        EventBody::SupplementAsked { on, items, reason } => {
            let item =
                |item: &AskedItem| format!("{}（{}）", case.material_name(&item.id), item.mend);
            let items: Vec<_> = items.iter().map(item).collect();
            let on = chinese_date(*on);
            format!("{on}要求补正{}项：{}。{reason}", items.len(), items.join("；"))
        }
        EventBody::ClockStopped { kind, reason, basis, .. } => {
            let basis = named("，依据：", basis);
            format!("{}：{reason}{basis}", kind.label())
        }
        EventBody::ClockResumed { due, .. } => {
            due.as_ref().map_or(String::new(), |d| format!("应于{}前办结", chinese_date(d.on)))
        }
        EventBody::LimitRecounted { limit, was } => {
            format!("{}改为{}（{}）", chinese_date(*was), chinese_date(limit.on), limit.explain())
        }
        EventBody::LimitExtended { limit, was, approver, reason } => {
            let (was, until) = (chinese_date(*was), chinese_date(limit.on));
            format!("{was}延长至{until}，{approver}批准：{reason}")
        }
        EventBody::Decided { decision, reason, result_number, basis, remedies, .. } => {
            let word = match decision {
                Decision::Granted => "准予",
                Decision::Denied => "不予",
            };
            let number = result_number.as_ref().map_or(String::new(), |n| format!("，证号{n}"));
            let (basis, remedies) = (named("。依据：", basis), named("。", remedies));
            format!("{word}{number} {reason}{basis}{remedies}").trim_end().to_owned()
        }
        EventBody::HandedOver { receiver, facts, signature, .. } => {
            let told = facts.as_ref().map_or_else(|| receiver.clone(), HandoverFacts::told);
            if signature.is_some() { format!("{told}，屏幕手写签名") } else { told }
        }
        // Whether, never what: see `evaluation`.
        EventBody::Evaluated { service, channel, evaluation } => {
            let what = if evaluation.is_some() { "已评价" } else { "申请人选择不评价" };
            format!("{}的服务，{what}（{}）", chinese_date(*service), channel.word())
        }
        EventBody::Withdrawn { reason, .. } | EventBody::Returned { reason, .. } => reason.clone(),
        EventBody::PartiesCorrected { was, now, reason, .. } => {
            format!("{}，原因：{reason}", correction::told(was, now))
        }
        EventBody::Transferred { from, to, reason, .. } => {
            format!("由{}号窗口转到{}号窗口：{reason}", from.window, to.window)
        }
        EventBody::ConflictSettled { of, adopted, reason } => {
            let conflict = case.conflicts.iter().find(|c| c.is_at(of));
            let what = conflict.map_or("一条记录", |c| title(&c.event));
            let verdict = if *adopted { "采纳" } else { "不采纳" };
            format!("{verdict}“{what}”：{reason}")
        }
        EventBody::ReviewStarted {}
        | EventBody::ReadyForHandover {}
        | EventBody::Archived {}
        | EventBody::Relayed { .. } => String::new(),
    }
}

/// A text behind what it is called; nothing where there is no text.
fn named(name: &str, text: &str) -> String {
    if text.is_empty() { String::new() } else { format!("{name}{text}") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::fold::tests::{extended, filed_body, fold};
    use crate::fixture::date;

    #[test]
    fn what_is_asked_for_is_told_by_the_materials_names() {
        let case = fold(vec![filed_body(&["m1"])]);
        let name = case.material_name("m1").to_owned();
        assert_ne!(name, "m1");
        let asked = EventBody::SupplementAsked {
            on: date("2026-03-09"),
            items: vec![AskedItem { id: "m1".to_owned(), mend: "重新盖章".to_owned() }],
            reason: "公章不清".to_owned(),
        };
        assert_eq!(title(&asked), "审查补正");
        let told = detail(&case, &asked);
        assert_eq!(told, format!("2026年3月9日要求补正1项：{name}（重新盖章）。公章不清"));
    }

    #[test]
    fn a_denial_tells_its_ground_and_what_can_be_done_about_it() {
        let case = fold(vec![filed_body(&["m1"])]);
        let decided = |basis: &str, remedies: &str| EventBody::Decided {
            decision: Decision::Denied,
            on: date("2026-03-09"),
            reason: "不符合条件".to_owned(),
            result_number: None,
            basis: basis.to_owned(),
            remedies: remedies.to_owned(),
        };
        assert_eq!(detail(&case, &decided("", "")), "不予 不符合条件");
        let told = detail(&case, &decided("食品安全法第三十三条", "可申请复议"));
        assert_eq!(told, "不予 不符合条件。依据：食品安全法第三十三条。可申请复议");
        assert!(detail(&case, &extended()).contains("局长批准"));
    }
}
