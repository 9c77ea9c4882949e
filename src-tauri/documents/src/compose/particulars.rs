//! What a paper of a later step is about.

use yichuang_domain::case::fold::IssuedDocument;
use yichuang_domain::particulars::Particulars;

use super::head::day;
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

/// The number that stands on the paper.
fn number_of(document: &IssuedDocument) -> &str {
    document.formal.as_deref().unwrap_or(document.number.as_str())
}
