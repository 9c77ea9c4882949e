//! The sheets of what stands inside a matter; the first column says in which.

use yichuang_domain::matter::{
    LegalBasisKind, LimitUnit, MaterialHandling, MaterialKind, MaterialMedia, MaterialSource,
    Necessity, StopOutcome,
};

use super::{Column, OWNER, Rows, Sheet, may, must};
use crate::workbook::kind::{Kind, of};

const MATTER: Column = must("实施编码", OWNER, Kind::Code, "A1", "“事项”表里的实施编码");

const WHEN: &str = "如：q1=a/b；代办=是。问题和选项可写编号或原文；“；”表示都要满足，\
                    换行或“ 或 ”表示满足一组即可；不填为总是";

/// 情形.
pub(super) const SITUATIONS: Sheet = Sheet {
    name: "情形",
    rows: Rows::Choices,
    needed: false,
    columns: &[
        MATTER,
        may("问题编号", "id", Kind::Text, "q1", "同一事项内不重复；不填时自动编为q1、q2…"),
        may(
            "问题",
            "text",
            Kind::Text,
            "是否设立分公司？",
            "一个选项占一行；同一问题的后几行可不填",
        ),
        may("何时询问", "when", Kind::When, "", WHEN),
        may("选项编号", "choices.id", Kind::Text, "a", "同一问题内不重复；不填时自动编为a、b…"),
        must("选项", "choices.text", Kind::Text, "否", ""),
        may(
            "结束方式",
            "choices.stop.outcome",
            Kind::One(of::<StopOutcome>),
            "",
            "选了就不再办理时填写，否则三栏都留空",
        ),
        may("理由", "choices.stop.reason", Kind::Text, "", "结束办理时必须向申请人说明"),
        may("向谁申请", "choices.stop.refer_to", Kind::Text, "", "不属于本机关职权时填写"),
    ],
};

/// 材料.
pub(super) const MATERIALS: Sheet = Sheet {
    name: "材料",
    rows: Rows::Inside("materials"),
    needed: false,
    columns: &[
        MATTER,
        may("材料编号", "id", Kind::Text, "m1", "同一事项内不重复；不填时自动编为m1、m2…"),
        must("材料名称", "name", Kind::Text, "劳务派遣经营许可申请书", "不得写“其他材料”"),
        may("原件份数", "originals", Kind::Whole, "1", "不填为1"),
        may("复印件份数", "copies", Kind::Whole, "0", "不填为0"),
        may("收取方式", "handling", Kind::One(of::<MaterialHandling>), "收原件", "不填为收原件"),
        may(
            "来源渠道",
            "source",
            Kind::One(of::<MaterialSource>),
            "申请人自备",
            "不填为申请人自备",
        ),
        may("出具机构", "issuer", Kind::Text, "", ""),
        may("必要性", "necessity", Kind::One(of::<Necessity>), "必要", "不填为必要"),
        may("材料类型", "kind", Kind::One(of::<MaterialKind>), "申请表格文书", "不填为其他"),
        may("材料形式", "media", Kind::One(of::<MaterialMedia>), "均可", "不填为均可"),
        may("电子证照免提交", "licence_reuse", Kind::Flag, "否", "不填为否"),
        may("可告知承诺", "commitment_allowed", Kind::Flag, "否", "不填为否"),
        may("适用条件", "when", Kind::When, "q1=a", WHEN),
        may("受理标准", "standard", Kind::Text, "法定代表人签字，加盖公章", "窗口核对什么"),
        may("获取方式", "how_to_get", Kind::Text, "窗口领取", "申请人怎样取得"),
        may("规格", "reference.page_format", Kind::Text, "A4", ""),
        may("来源渠道说明", "reference.source_explanation", Kind::Text, "", ""),
        may("空白表", "reference.blank_form", Kind::Code, "", "“表格”表里的编号"),
        may("示例样表", "reference.sample_form", Kind::Code, "", "“表格”表里的编号"),
        may("填报须知", "reference.filling_notes", Kind::Text, "", ""),
        may("要求依据", "reference.legal_basis", Kind::Text, "", "要求提交这份材料的法律依据"),
        may("出具时间要求", "reference.issued_within", Kind::Text, "", ""),
        may("使用说明", "reference.usage_note", Kind::Text, "", ""),
        may(
            "共用名称",
            "reference.common_name",
            Kind::Text,
            "",
            "一件事里几个事项要的是同一份材料而名称不同时，各处写同一个共用名称，群众只交一份",
        ),
    ],
};

fn procedures() -> Vec<(&'static str, &'static str)> {
    vec![
        ("hearing", "听证"),
        ("tender", "招标"),
        ("auction", "拍卖"),
        ("inspection", "检验"),
        ("testing", "检测"),
        ("quarantine", "检疫"),
        ("appraisal", "鉴定"),
        ("expert-review", "专家评审"),
    ]
}

/// 特别程序.
pub(super) const PROCEDURES: Sheet = Sheet {
    name: "特别程序",
    rows: Rows::Inside("special_procedures"),
    needed: false,
    columns: &[
        MATTER,
        must(
            "种类",
            "kind",
            Kind::Open(procedures),
            "专家评审",
            "行政许可法第四十五条的八种，或其他",
        ),
        must("天数", "days", Kind::Whole, "15", ""),
        must("不计入时限", "stops_clock", Kind::Flag, "是", "法律规定不计入的才填“是”"),
        may("说明", "explanation", Kind::Text, "", ""),
    ],
};

/// 设定依据.
pub(super) const LEGAL_BASIS: Sheet = Sheet {
    name: "设定依据",
    rows: Rows::Inside("reference.authority.legal_basis"),
    needed: false,
    columns: &[
        MATTER,
        must("类别", "kind", Kind::One(of::<LegalBasisKind>), "部门规章", ""),
        must("法规名称", "name", Kind::Text, "劳务派遣行政许可实施办法", ""),
        may("文号", "number", Kind::Text, "", ""),
        may("条款号", "article", Kind::Text, "第七条", ""),
        may("条款内容", "content", Kind::Text, "", ""),
    ],
};

/// 办理地点.
pub(super) const PLACES: Sheet = Sheet {
    name: "办理地点",
    rows: Rows::Inside("reference.service.places"),
    needed: false,
    columns: &[
        MATTER,
        must("地点", "address", Kind::Text, "根河市政务服务中心一楼", ""),
        may("时间", "hours", Kind::Text, "工作日 8:30-12:00", ""),
    ],
};

/// 办理流程.
pub(super) const STEPS: Sheet = Sheet {
    name: "办理流程",
    rows: Rows::Inside("reference.steps"),
    needed: false,
    columns: &[
        MATTER,
        must("环节", "name", Kind::Text, "受理", ""),
        may("环节时限", "limit.value", Kind::Whole, "1", ""),
        may("环节时限单位", "limit.unit", Kind::One(of::<LimitUnit>), "工作日", ""),
        may("办理内容", "action", Kind::Text, "核对材料", ""),
    ],
};

/// 收费项目.
pub(super) const FEES: Sheet = Sheet {
    name: "收费项目",
    rows: Rows::Inside("reference.fees"),
    needed: false,
    columns: &[
        MATTER,
        must("项目名称", "name", Kind::Text, "工本费", ""),
        may("收费标准", "standard", Kind::Text, "每证20元", ""),
        may("收费依据", "basis", Kind::Text, "", ""),
        may("可网上支付", "online_payment", Kind::Flag, "", ""),
    ],
};

/// 常见问题.
pub(super) const FAQ: Sheet = Sheet {
    name: "常见问题",
    rows: Rows::Inside("reference.faq"),
    needed: false,
    columns: &[
        MATTER,
        must("问", "question", Kind::Text, "许可证有效期多久？", ""),
        must("答", "answer", Kind::Text, "三年，届满前六十日申请延续。", ""),
    ],
};
