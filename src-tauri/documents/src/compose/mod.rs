//! The words of the papers (公文用语), one file for each kind or pair of kinds. Pure.
//!
//! [`compose`] writes the papers of a case. [`guide_sheet`] writes the sheet of an enquiry, which has
//! no case, no number and no copy in the archive, and so is no `DocumentKind`.
//!
//! Which fields each must have: 行政许可文书评查 practice as gathered for this project (文书名, 文号,
//! 机关全称, 申请人, 事项与实施编码, 正文, 依据, 期限, 落款与印章位, 签字, 联数, 二维码, 电话).

mod acceptance;
mod commitment;
mod head;
mod law;
mod materials;
mod notice;
mod receipt;
mod refusal;
mod sheet;
mod terms;

use yichuang_domain::document::DocumentKind;

use crate::facts::PaperFacts;
use crate::paper::{Block, Format, Paper, Part, Text};

pub use sheet::guide_sheet;

/// The copies of every paper, and for whom.
const PARTS: [(&str, &str); 2] = [("客户联", "交申请人"), ("存根联", "窗口存档")];

/// Writes the paper of that kind.
pub fn compose(kind: DocumentKind, facts: &PaperFacts<'_>) -> Paper {
    let mut blocks = head::facts_table(facts);
    blocks.extend(match kind {
        DocumentKind::MaterialReceipt => receipt::receipt(facts),
        DocumentKind::Acceptance => acceptance::acceptance(facts),
        DocumentKind::OneTimeNotice => notice::one_time_notice(facts),
        DocumentKind::Refusal => refusal::refusal(facts),
        DocumentKind::NotRequiredNotice => refusal::not_required(facts),
        DocumentKind::Commitment => commitment::commitment(facts),
        DocumentKind::DeferralCommitment => commitment::deferral(facts),
    });
    blocks.push(Block::Signature(head::signature(kind, facts)));
    let number = facts.document_number.as_str();
    Paper {
        format: Format::A4,
        issuer: Text::value("机关名称", &facts.department.name),
        title: Text::of(kind.title()),
        number: Text::of("文号：").hold("文号", number),
        running: Text::of("　办件编号：").hold("办件编号", facts.case.number.as_str()),
        warnings: head::warnings(facts.case.practice, facts.sample),
        practice: facts.case.practice,
        blocks,
        qr_text: facts.qr_text.to_owned(),
        qr_caption: "扫码查询办理进度".to_owned(),
        guide: head::release(facts.guide_release, facts.guide_issued_on),
        parts: PARTS.map(|(name, to)| Part { name: name.to_owned(), to: to.to_owned() }).into(),
    }
}
