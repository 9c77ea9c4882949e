//! What happened to an entry, in the words that people read.

use super::{LedgerAct, LedgerFacts};
use crate::calendar::chinese_date;
use crate::named::Named;

/// What happened, in a word or two.
pub fn title(act: &LedgerAct) -> &'static str {
    match act {
        LedgerAct::Registered { .. } => "登记",
        LedgerAct::Corrected { .. } => "更正",
        LedgerAct::Noted { note, .. } => note.word(),
        LedgerAct::Referred { .. } => "转办",
        LedgerAct::Extended { .. } => "延长期限",
        LedgerAct::Closed { .. } => "办结",
        LedgerAct::Reopened { .. } => "重新办理",
        LedgerAct::Voided { .. } => "作废",
    }
}

/// What there is to say about it. `before` is what the entry said until then. A correction that
/// touched who the person is names only the field, unless `names` says that the reader may know.
pub fn detail(act: &LedgerAct, before: Option<&LedgerFacts>, names: bool) -> String {
    match act {
        LedgerAct::Registered { facts, .. } => {
            format!("{}，{}反映", facts.channel.word(), chinese_date(facts.on))
        }
        LedgerAct::Corrected { facts, reason, .. } => {
            let changed = before.map(|before| changes(before, facts, names)).unwrap_or_default();
            format!("{changed}。原因：{reason}")
        }
        LedgerAct::Noted { text, .. } => text.clone(),
        LedgerAct::Referred { to, text } if text.is_empty() => format!("转{to}"),
        LedgerAct::Referred { to, text } => format!("转{to}：{text}"),
        LedgerAct::Extended { due, reason } => {
            format!("延长到{}。原因：{reason}", chinese_date(due.on))
        }
        LedgerAct::Closed { outcome, text, reply } => {
            format!("{}，{}。{text}", outcome.word(), reply.word())
        }
        LedgerAct::Reopened { reason } | LedgerAct::Voided { reason } => format!("原因：{reason}"),
    }
}

fn changes(before: &LedgerFacts, after: &LedgerFacts, names: bool) -> String {
    let matter = |facts: &LedgerFacts| facts.matter.as_ref().map(|m| m.name.clone());
    let case = |facts: &LedgerFacts| facts.case.as_ref().map(|c| c.number.clone());
    let shown = |text: &str| match text.is_empty() {
        true => "（无）".to_owned(),
        false => format!("“{text}”"),
    };
    let fields = [
        ("渠道", before.channel.word().to_owned(), after.channel.word().to_owned(), true),
        ("日期", chinese_date(before.on), chinese_date(after.on), true),
        ("姓名", before.person.clone(), after.person.clone(), names),
        ("联系方式", before.contact.clone(), after.contact.clone(), names),
        ("内容", before.content.clone(), after.content.clone(), true),
        ("对象", before.about.clone(), after.about.clone(), true),
        ("事项", matter(before).unwrap_or_default(), matter(after).unwrap_or_default(), true),
        ("办件", case(before).unwrap_or_default(), case(after).unwrap_or_default(), true),
    ];
    let changed = fields.into_iter().filter(|(_, old, new, _)| old != new);
    let words = changed.map(|(field, old, new, open)| match open {
        true => format!("{field}由{}改为{}", shown(&old), shown(&new)),
        false => format!("{field}有更正"),
    });
    words.collect::<Vec<_>>().join("；")
}
