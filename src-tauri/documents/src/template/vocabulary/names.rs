//! Every name with its meaning and an example, which the specimens of papers show.

use yichuang_domain::document::DocumentKind;

use super::{Choice, List, Name, Presence};

const fn always(name: &'static str, meaning: &'static str, example: &'static str) -> Name {
    Name { name, presence: Presence::Always, meaning, example }
}

const fn sometimes(name: &'static str, meaning: &'static str, example: &'static str) -> Name {
    Name { name, presence: Presence::Sometimes, meaning, example }
}

const fn with(
    other: &'static str,
    name: &'static str,
    meaning: &'static str,
    example: &'static str,
) -> Name {
    Name { name, presence: Presence::With(other), meaning, example }
}

/// Fields of every paper.
pub(super) const COMMON: &[Name] = &[
    always("机关名称", "出具文书的机关（部门）全称", "示例市市场监督管理局"),
    always("文号", "发文字号；大厅没有编号规则的，是本机文号", "样张"),
    always("办件编号", "本机给出的办件编号", "样张（无编号）"),
    sometimes("查询码", "申请人查询办理进度用的查询码；大厅没有查询网页的没有", "7K2M-9QAB"),
    with("查询码", "查询网址", "申请人查询办理进度的网址", "https://cx.example.gov.cn/p"),
    always("申请日期", "收到申请的日期", "2026年9月17日"),
    always("申请人", "申请人姓名或者单位名称", "欧阳春晓"),
    always("申请人类别", "个人、企业、其他组织等", "个人"),
    always("申请人证件", "申请人证件类型和号码，号码只显示头尾", "居民身份证 150785********0019"),
    sometimes("申请人电话", "申请人联系电话", "13800000000"),
    sometimes("代理人", "代理人姓名", "额尔敦巴图"),
    with("代理人", "代理人证件", "代理人证件类型和号码", "居民身份证 150785********008X"),
    sometimes("代理人电话", "代理人联系电话", "13900000000"),
    always("事项名称", "事项名称", "食品经营许可（新办）"),
    always("实施编码", "事项的实施编码", "11150785MB00000001000123456789"),
    sometimes(
        "联办办件",
        "“一件事”一并办理的各个事项、部门和办件编号；单独办理的没有",
        "食品经营许可（新办）（示例市市场监督管理局，办件编号样张）；门头牌匾设置（示例市城市管理局，办件编号样张）",
    ),
    always("你", "称呼申请人：个人为“你”，单位为“你单位”", "你"),
    always("本人", "申请人自称：个人为“本人”，单位为“本单位”", "本人"),
    always("大厅名称", "政务服务大厅名称", "示例市政务服务中心"),
    always("窗口号", "受理窗口", "3号窗口"),
    always("经办人", "经办人姓名和工号", "王敏（工号：1007）"),
    sometimes("咨询电话", "部门咨询电话", "0470-5550106"),
    sometimes("监督投诉电话", "部门监督投诉电话", "0470-5550906"),
    always("落款日期", "出具文书的日期", "2026年9月18日"),
    always("复议机关", "行政复议机关", "示例市人民政府"),
    always("复议期限", "申请行政复议的期限", "60日"),
    always("诉讼法院", "有管辖权的人民法院", "示例市人民法院"),
    always("诉讼期限", "提起行政诉讼的期限", "6个月"),
    always(
        "依据",
        "本文书适用的法条和事项的设定依据",
        "《中华人民共和国行政许可法》第三十二条及《中华人民共和国食品安全法》",
    ),
    always("文书简称", "本文书的简称，用在救济途径里", "通知书"),
    always("承诺时限", "承诺办结时限", "10个工作日"),
    always("法定时限", "法定办结时限", "20个工作日"),
    always(
        "特别程序",
        "听证、检验、专家评审等及所需时间；没有的写“无”",
        "专家评审约15日（不计入办结时限）",
    ),
    always("收费", "收费项目、金额和依据；没有的写“不收费”", "不收费"),
    always("结果名称", "办理结果（证照）名称", "食品经营许可证"),
    always("领取方式", "结果的领取方式", "窗口领取、邮寄送达"),
    sometimes(
        "办理条件",
        "办理本事项应当具备的条件",
        "有与经营品种相适应的场所；有食品安全管理制度",
    ),
    always("告知时限", "应当在几日内一次性告知", "5个工作日"),
    sometimes("告知期限", "一次性告知的最后一日", "2026年9月24日"),
    with("告知期限", "告知期限算法", "告知期限是怎样算出来的", "自收到申请材料次日起5个工作日"),
    sometimes("受理日期", "受理的日期", "2026年9月18日"),
    sometimes("应办结日", "应当办结的最后一日", "2026年10月10日"),
    with("应办结日", "计算方法", "应办结日是怎样算出来的", "自受理次日起10个工作日"),
    with("收件材料", "应核对项数", "应当核对的材料共几项", "3"),
    with("收件材料", "实收项数", "实际收到的材料共几项", "2"),
    with("收件材料", "原件合计", "收到原件共几份", "2"),
    with("收件材料", "复印件合计", "收到复印件共几份", "2"),
    with("补正材料", "补正项数", "需要补正的材料共几项", "3项"),
    sometimes("无误材料", "不需要补正的材料名称", "食品安全管理制度"),
    with("容缺材料", "容缺材料名称", "容缺后补的材料名称", "经营场所产权证明、平面布局图"),
    sometimes("情形问题", "决定办不办的那个问题", "经营场所是否在本市辖区内"),
    with("情形问题", "情形选择", "申请人对该问题的回答", "不在本市辖区内"),
    sometimes("理由", "不予受理或者不需要申请的理由", "该事项不属于本机关职权范围"),
    sometimes("指引", "告诉申请人到哪里办", "请向经营场所所在地的市场监督管理部门申请"),
    sometimes("结果证号", "证照或者决定书编号", "JY11507850000000"),
];

/// Fields of single kinds, which always have something to say there.
pub(super) fn own(kind: DocumentKind) -> &'static [Name] {
    match kind {
        DocumentKind::Acceptance => {
            const { &[always("受理日期", "受理的日期", "2026年9月18日")] }
        }
        DocumentKind::OneTimeNotice => {
            const { &[always("补正项数", "需要补正的材料共几项", "3项")] }
        }
        DocumentKind::SpecialProcedureNotice => {
            const {
                &[
                    always("程序名称", "特别程序的名称", "专家评审"),
                    always("所需时间", "特别程序所需时间", "约15日"),
                    always("起始日期", "特别程序开始的日期", "2026年9月21日"),
                    always("原因", "为什么要进行特别程序", "经营场所的消防条件需要专家评审"),
                ]
            }
        }
        DocumentKind::ExtensionNotice => {
            const {
                &[
                    always("原应办结日", "延期前的应办结日", "2026年10月22日"),
                    always("延长时间", "延长多久", "10个工作日"),
                    always("延长至", "延期后的应办结日", "2026年11月5日"),
                    always("批准人", "批准延期的本机关负责人", "局长苏和"),
                    always("原因", "延期的理由", "需要核对的历史档案较多"),
                ]
            }
        }
        DocumentKind::ReturnNotice => {
            const { &[always("原因", "退件的原因", "逾期未补正申请材料")] }
        }
        DocumentKind::WithdrawalRequest => {
            const {
                &[sometimes("原因", "申请人说的撤回原因，可以不写", "经营计划有变")]
            }
        }
        DocumentKind::TransferSheet => {
            const {
                &[always("接收部门", "接收材料的部门和地点", "审批科（二楼206室）")]
            }
        }
        DocumentKind::ResultSlip | DocumentKind::DeliveryReceipt => HANDOVER,
        _ => &[],
    }
}

/// What is known where the paper comes of a handover; one made ahead of it leaves room to write.
const HANDOVER: &[Name] = &[
    sometimes("领取人", "收到结果的人", "额尔敦巴图"),
    with("领取人", "领取人证件", "收到结果的人的证件类型和号码", "居民身份证 150785********008X"),
    with("领取人", "领取人身份", "本人、代理人或者代领人", "代领人"),
    sometimes("代领依据", "代领人凭什么代领；本人领取的没有", "授权委托书"),
    with("领取人", "领取件数", "结果共几份", "1"),
    with("领取人", "送达方式", "直接送达、邮寄送达或者电子送达", "直接送达"),
    with("领取人", "送达日期", "出件的日期", "2026年10月12日"),
    sometimes("送达时刻", "当面在屏幕上签名的时分；纸上签名的没有", "10时23分"),
    sometimes("邮寄单号", "邮寄送达的单号", "EA123456789CN"),
];

const YES_NO: &[&str] = &["是", "否"];

const fn yes(name: &'static str, meaning: &'static str) -> Choice {
    Choice { name, values: YES_NO, usual: "是", meaning }
}

const fn no(name: &'static str, meaning: &'static str) -> Choice {
    Choice { name, values: YES_NO, usual: "否", meaning }
}

/// Properties of every case.
pub(super) const CHOICES: &[Choice] = &[
    Choice {
        name: "补正规则",
        values: &["许可法", "当场书面", "地方规定"],
        usual: "许可法",
        meaning: "补正按哪一种规定：行政许可法、当场书面告知（不动产登记）、地方规定",
    },
    yes("行政许可", "是不是行政许可事项"),
    yes("逾期视为受理", "逾期不告知的，是否自收到之日起视为受理"),
    no("当场告知", "是否要求当场告知补正内容"),
    yes("可委托", "是否允许委托代理人办理"),
    no("视为受理", "本件是否因逾期未告知而视为受理"),
    no("经补正", "本件的材料是否经过补正"),
    no("暂估", "应办结日是否暂估（放假安排尚未公布）"),
    Choice {
        name: "特别程序或收费",
        values: &["有", "无"],
        usual: "有",
        meaning: "本事项有没有特别程序或者收费",
    },
    yes("超出职权", "不予受理是否因为超出本机关职权"),
    yes("停止计时", "特别程序期间是否停止计时"),
];

/// What every material has.
const MATERIAL: &[Name] = &[
    always("序号", "第几项", "1"),
    always("材料名称", "材料名称", "食品经营许可申请书"),
    always("原件", "原件份数", "1份"),
    always("复印件", "复印件份数", "—"),
    always("收取方式", "收取还是查验后退还", "收原件"),
    always("核对情况", "窗口核对的结果", "已交"),
    sometimes("说明", "窗口写的说明", "复印件未加盖公章"),
    sometimes("问题", "要补正的问题", "未加盖公章"),
    sometimes("补正日期", "补正材料收到的日期", "2026年9月18日"),
    sometimes("受理标准", "材料的受理标准", "填写完整，由法定代表人签字并加盖公章"),
    always("获取方式", "材料从哪里取得", "申请人自备"),
];

const fn materials(name: &'static str, meaning: &'static str) -> List {
    List { name, fields: MATERIAL, meaning }
}

pub(super) const LISTS: &[List] = &[
    materials("收件材料", "应当核对的全部材料"),
    materials("受理材料", "受理时的材料"),
    materials("补正材料", "需要补正的材料"),
    materials("容缺材料", "容缺后补的材料"),
    materials("承诺材料", "以告知承诺代替的材料"),
    materials("退还材料", "退还申请人的材料"),
    List {
        name: "送达文书",
        fields: &[
            always("序号", "第几份", "1"),
            always("文书名称", "送达的文书名称", "受理通知书"),
            always("文书文号", "送达的文书文号", "样张"),
        ],
        meaning: "本件已经出具的盖章文书",
    },
];
