//! The vocabulary of templates: the fields, choices and lists that a template may name, which of
//! them may have nothing to say, and what each kind of paper must show.
//!
//! The required fields follow 行政许可文书评查 practice and, for single papers, the laws named at
//! [`required`]. What a paper must show it must show whenever the case has it.

use yichuang_domain::document::DocumentKind;

/// A field, a list, or a field of a list's items.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Name {
    /// As templates write it.
    pub name: &'static str,
    /// Whether it always has something to say.
    pub presence: Presence,
}

/// Whether a name has something to say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// In every case.
    Always,
    /// In some cases: a template must ask before it uses it.
    Sometimes,
    /// Exactly where another name has.
    With(&'static str),
}

/// A property of the case with one of a few values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Choice {
    /// As conditions write it.
    pub name: &'static str,
    /// What it can be.
    pub values: &'static [&'static str],
}

/// A list that a table can show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct List {
    /// As templates write it; a list may always be empty.
    pub name: &'static str,
    /// What each item has.
    pub fields: &'static [Name],
}

const fn always(name: &'static str) -> Name {
    Name { name, presence: Presence::Always }
}

const fn sometimes(name: &'static str) -> Name {
    Name { name, presence: Presence::Sometimes }
}

const fn with(name: &'static str, other: &'static str) -> Name {
    Name { name, presence: Presence::With(other) }
}

const YES_NO: &[&str] = &["是", "否"];

/// Fields of every paper.
const COMMON: &[Name] = &[
    always("机关名称"),
    always("文号"),
    always("办件编号"),
    always("申请日期"),
    always("申请人"),
    always("申请人类别"),
    always("申请人证件"),
    sometimes("申请人电话"),
    sometimes("代理人"),
    with("代理人证件", "代理人"),
    sometimes("代理人电话"),
    always("事项名称"),
    always("实施编码"),
    always("你"),
    always("本人"),
    always("大厅名称"),
    always("窗口号"),
    always("经办人"),
    sometimes("咨询电话"),
    sometimes("监督投诉电话"),
    always("落款日期"),
    always("复议机关"),
    always("复议期限"),
    always("诉讼法院"),
    always("诉讼期限"),
    always("依据"),
    always("文书简称"),
    always("承诺时限"),
    always("法定时限"),
    always("特别程序"),
    always("收费"),
    always("结果名称"),
    always("领取方式"),
    sometimes("办理条件"),
    always("告知时限"),
    sometimes("告知期限"),
    with("告知期限算法", "告知期限"),
    sometimes("受理日期"),
    sometimes("应办结日"),
    with("计算方法", "应办结日"),
    with("应核对项数", "收件材料"),
    with("实收项数", "收件材料"),
    with("原件合计", "收件材料"),
    with("复印件合计", "收件材料"),
    with("补正项数", "补正材料"),
    sometimes("无误材料"),
    with("容缺材料名称", "容缺材料"),
    sometimes("情形问题"),
    with("情形选择", "情形问题"),
    sometimes("理由"),
    sometimes("指引"),
    sometimes("结果证号"),
];

/// Fields of single kinds, which always have something to say there.
fn own(kind: DocumentKind) -> &'static [Name] {
    match kind {
        DocumentKind::Acceptance => const { &[always("受理日期")] },
        DocumentKind::OneTimeNotice => const { &[always("补正项数")] },
        DocumentKind::SpecialProcedureNotice => {
            const {
                &[always("程序名称"), always("所需时间"), always("起始日期"), always("原因")]
            }
        }
        DocumentKind::ExtensionNotice => {
            const {
                &[
                    always("原应办结日"),
                    always("延长时间"),
                    always("延长至"),
                    always("批准人"),
                    always("原因"),
                ]
            }
        }
        DocumentKind::ReturnNotice => const { &[always("原因")] },
        DocumentKind::WithdrawalRequest => const { &[sometimes("原因")] },
        DocumentKind::TransferSheet => const { &[always("接收部门")] },
        _ => &[],
    }
}

/// Properties of every case.
const CHOICES: &[Choice] = &[
    Choice { name: "补正规则", values: &["许可法", "当场书面", "地方规定"] },
    Choice { name: "行政许可", values: YES_NO },
    Choice { name: "逾期视为受理", values: YES_NO },
    Choice { name: "当场告知", values: YES_NO },
    Choice { name: "可委托", values: YES_NO },
    Choice { name: "视为受理", values: YES_NO },
    Choice { name: "经补正", values: YES_NO },
    Choice { name: "暂估", values: YES_NO },
    Choice { name: "特别程序或收费", values: &["有", "无"] },
    Choice { name: "超出职权", values: YES_NO },
    Choice { name: "停止计时", values: YES_NO },
];

/// What every material has.
const MATERIAL: &[Name] = &[
    always("序号"),
    always("材料名称"),
    always("原件"),
    always("复印件"),
    always("收取方式"),
    always("核对情况"),
    sometimes("说明"),
    sometimes("问题"),
    sometimes("补正日期"),
    sometimes("受理标准"),
    always("获取方式"),
];

const LISTS: &[List] = &[
    List { name: "收件材料", fields: MATERIAL },
    List { name: "受理材料", fields: MATERIAL },
    List { name: "补正材料", fields: MATERIAL },
    List { name: "容缺材料", fields: MATERIAL },
    List { name: "承诺材料", fields: MATERIAL },
    List { name: "退还材料", fields: MATERIAL },
    List {
        name: "送达文书", fields: &[always("序号"), always("文书名称"), always("文书文号")]
    },
];

/// The fields that a template of `kind` may use; what a kind always has stands before what others
/// have only sometimes.
pub fn fields(kind: DocumentKind) -> impl Iterator<Item = Name> {
    own(kind).iter().chain(COMMON).copied()
}

/// The properties that conditions may ask for.
pub fn choices() -> &'static [Choice] {
    CHOICES
}

/// The lists that tables may show.
pub fn lists() -> &'static [List] {
    LISTS
}

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
