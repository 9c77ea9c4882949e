//! What each kind of paper must show (必备事项), whenever the case has it.
//!
//! Follows the practice of 行政许可文书评查 and, for single papers, the laws named at [`required`].

use yichuang_domain::document::DocumentKind;

/// What every paper with a case behind it must show.
const ALWAYS_SHOWN: &[&str] = &["办件编号", "申请人", "事项名称", "实施编码"];

/// What a paper that an authority issues must show besides: who answers for it and where to ask.
const ISSUED: &[&str] =
    &["经办人", "大厅名称", "窗口号", "咨询电话", "监督投诉电话", "机关名称", "落款日期", "依据"];

/// How and where to object (行政复议法 第20条, 行政诉讼法 第46条).
const REMEDIES: &[&str] = &["复议机关", "复议期限", "诉讼法院", "诉讼期限"];

/// The fields that a paper of `kind` must show wherever the case has them; `列表.字段` for the items
/// of a list.
pub fn required(kind: DocumentKind) -> Vec<&'static str> {
    use DocumentKind as K;
    let own: &[&str] = match kind {
        // 行政许可法 第32条第二款: 加盖专用印章并注明日期的书面凭证.
        K::MaterialReceipt => &[
            "申请日期",
            "申请人证件",
            "代理人",
            "应核对项数",
            "实收项数",
            "告知期限",
            "收件材料.材料名称",
            "收件材料.原件",
            "收件材料.复印件",
            "收件材料.收取方式",
            "收件材料.核对情况",
            "收件材料.说明",
        ],
        K::Acceptance => &[
            "申请人证件",
            "代理人",
            "受理日期",
            "应办结日",
            "计算方法",
            "特别程序",
            "领取方式",
            "受理材料.材料名称",
            "受理材料.补正日期",
            "容缺材料名称",
        ],
        // 行政许可法 第32条第一款第四项: 一次告知需要补正的全部内容.
        K::OneTimeNotice => &[
            "申请日期",
            "代理人",
            "补正项数",
            "告知期限",
            "告知期限算法",
            "补正材料.材料名称",
            "补正材料.核对情况",
            "补正材料.问题",
            "补正材料.受理标准",
            "补正材料.获取方式",
        ],
        K::Refusal | K::NotRequiredNotice => &["申请日期", "情形选择", "理由", "指引"],
        K::Commitment => &["办理条件", "承诺材料.材料名称", "承诺材料.受理标准"],
        K::DeferralCommitment => &["应办结日", "容缺材料.材料名称", "容缺材料.受理标准"],
        // 行政许可法 第45条: 应当将所需时间书面告知申请人.
        K::SpecialProcedureNotice => &["程序名称", "所需时间", "起始日期", "原因"],
        // 行政许可法 第42条: 经批准延长, 将延长期限的理由告知申请人.
        K::ExtensionNotice => &["原应办结日", "延长时间", "延长至", "批准人", "原因"],
        K::ReturnNotice => &["原因", "退还材料.材料名称"],
        K::PowerOfAttorney => &["申请人证件", "代理人", "代理人证件"],
        K::DeliveryReceipt => &["送达文书.文书名称", "送达文书.文书文号", "机关名称"],
        K::ResultSlip => &["结果名称", "结果证号", "代理人", "代理人证件", "领取方式"],
        K::WithdrawalRequest => &["机关名称", "申请日期", "原因"],
        K::TransferSheet => {
            &["接收部门", "收件材料.材料名称", "收件材料.原件", "收件材料.复印件", "经办人"]
        }
        K::EvaluationForm => &["机关名称", "窗口号", "监督投诉电话"],
    };
    let mut required = match kind {
        // Nobody should have to put a name to a grade (国办发〔2019〕51号).
        K::EvaluationForm => vec!["办件编号", "事项名称"],
        _ => ALWAYS_SHOWN.to_vec(),
    };
    if kind.is_sealed() {
        required.extend(ISSUED);
    }
    if kind.has_remedies() {
        required.extend(REMEDIES);
    }
    required.extend(own);
    required.sort_unstable();
    required.dedup();
    required
}
