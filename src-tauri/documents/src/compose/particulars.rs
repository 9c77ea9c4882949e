//! What a paper of a later step is about.

use jiff::civil::Date;
use yichuang_domain::case::IssuedDocument;
use yichuang_domain::handover::HandoverFacts;
use yichuang_domain::named::Named as _;
use yichuang_domain::particulars::Particulars;

use super::case::identity_of;
use super::head::day;
use super::signed;
use super::terms::limit_words;
use crate::facts::PaperFacts;
use crate::paper::Text;
use crate::template::{Item, Values, yes_no};

/// Its fields, and the papers of the case so far.
pub(super) fn particulars(facts: &PaperFacts<'_>, values: &mut Values) {
    let mut stops = false;
    match facts.particulars {
        Particulars::None => {}
        Particulars::SpecialProcedure { procedure, on, reason } => {
            stops = procedure.stops_clock;
            values.field("程序名称", Text::value("程序名称", procedure.kind.label()));
            let time = match procedure.days {
                0 => "以实际进行的时间为准".to_owned(),
                days => format!("约{days}日"),
            };
            values.field("所需时间", Text::kept("所需时间", time));
            values.field("起始日期", day("起始日期", *on));
            values.field("原因", Text::value("原因", reason));
        }
        Particulars::Extension { was, added, until, approver, reason } => {
            values.field("原应办结日", day("原应办结日", was.on));
            values.field("延长时间", Text::kept("延长时间", limit_words(*added)));
            values.field("延长至", day("延长至", until.on));
            values.field("批准人", Text::kept("批准人", approver));
            values.field("原因", Text::value("原因", reason));
        }
        Particulars::Return { reason } | Particulars::Withdrawal { reason } => {
            values.field("原因", Text::value("原因", reason));
        }
        Particulars::Handover { on, facts, signature } => {
            handover(*on, facts, values);
            let hour = signature.as_ref().map(|signature| signed::hour(signature, *on));
            values.field("送达时刻", hour.unwrap_or_default());
        }
        Particulars::Transfer { to } => values.field("接收部门", Text::value("接收部门", to)),
    }
    values.choice("停止计时", yes_no(stops));
    let delivered = facts.case.documents.iter().filter(|d| d.kind.is_sealed()).enumerate();
    let papers = delivered.map(|(i, document)| {
        Item::from([
            ("序号", Text::of((i + 1).to_string())),
            ("文书名称", Text::of(document.kind.title())),
            ("文书文号", Text::kept("文号", number_of(document))),
        ])
    });
    values.list("送达文书", papers.collect());
}

/// Who is given a result, and how.
fn handover(on: Date, facts: &HandoverFacts, values: &mut Values) {
    let receiver = &facts.receiver;
    values.field("领取人", Text::kept("领取人姓名", &receiver.name));
    values.field("领取人证件", identity_of(receiver, "领取人证件号码"));
    values.field("领取人身份", Text::of(facts.role.word()));
    values.field("代领依据", Text::kept("代领依据", &facts.authority));
    values.field("领取件数", Text::of(facts.copies.to_string()));
    values.field("送达方式", Text::of(facts.way()));
    values.field("送达日期", day("送达日期", on));
    values.field("邮寄单号", Text::kept("邮寄单号", &facts.postal_number));
}

/// The number that stands on the paper.
fn number_of(document: &IssuedDocument) -> &str {
    document.formal.as_deref().unwrap_or(document.number.as_str())
}
