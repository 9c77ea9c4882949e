//! The sheet of matters.

use yichuang_domain::applicant::ApplicantKind;
use yichuang_domain::matter::{
    AcceptanceMode, DepartmentKind, HandleForm, Handling, Level, LimitUnit, MatterKind,
    MatterState, OnlineDepth, PowerSource, ServiceArea, SupplementLaw, UseLevel,
};

use super::{Rows, Sheet, may, must};
use crate::workbook::kind::{Kind, of};

fn results() -> Vec<(&'static str, &'static str)> {
    vec![("certificate", "出证"), ("document", "出文"), ("decision", "审批决定")]
}

fn deliveries() -> Vec<(&'static str, &'static str)> {
    vec![("window", "窗口领取"), ("post", "邮寄送达"), ("electronic", "电子送达")]
}

fn confidences() -> Vec<(&'static str, &'static str)> {
    vec![("high", "高"), ("medium", "中"), ("low", "低")]
}

const LINES: &str = "每行一条（单元格内换行按Alt+Enter）";

/// 事项.
pub(super) const MATTERS: Sheet = Sheet {
    name: "事项",
    rows: Rows::List("matters"),
    needed: true,
    columns: &[
        must("实施编码", "code", Kind::Code, "A1", "按文本填写，不要存成数字；不重复"),
        must("事项名称", "name", Kind::Text, "劳务派遣经营许可", ""),
        may(
            "别名",
            "aliases",
            Kind::Lines,
            "劳务派遣证\n派遣许可",
            "群众的叫法，用来查找；每行一条",
        ),
        must("实施主体代码", "department", Kind::Code, "11150785MB0A000188", "“部门”表里的代码"),
        must("事项类型", "kind", Kind::One(of::<MatterKind>), "行政许可", ""),
        must("办件类型", "handling", Kind::One(of::<Handling>), "承诺件", ""),
        must(
            "服务对象",
            "audience",
            Kind::ManyOpen(of::<ApplicantKind>),
            "企业",
            "可填几种，用“、”分开：自然人、企业、个体工商户、社会组织、事业单位",
        ),
        may(
            "受理层级",
            "levels",
            Kind::Many(of::<Level>),
            "市级",
            "可填几种，用“、”分开；不填为市级：市级、苏木乡镇、社区",
        ),
        may(
            "受理方式",
            "acceptance",
            Kind::One(of::<AcceptanceMode>),
            "先收件后受理",
            "不填为先收件后受理",
        ),
        may(
            "补正规则",
            "supplement.rule",
            Kind::One(of::<SupplementLaw>),
            "行政许可法第三十二条",
            "行政许可不填时按行政许可法第三十二条；其他类型四栏都要填",
        ),
        may("告知天数", "supplement.days", Kind::Whole, "5", "收到材料后几日内一次告知；0为当日"),
        may("告知天数单位", "supplement.unit", Kind::One(of::<LimitUnit>), "工作日", ""),
        may("逾期视为受理", "supplement.deemed_accepted", Kind::Flag, "是", ""),
        may("法定时限", "statutory_limit.value", Kind::Whole, "20", "天数；没有规定请留空"),
        may("法定时限单位", "statutory_limit.unit", Kind::One(of::<LimitUnit>), "工作日", ""),
        may(
            "承诺时限",
            "promised_limit.value",
            Kind::Whole,
            "15",
            "天数；当场办结填0；没有承诺请留空",
        ),
        may("承诺时限单位", "promised_limit.unit", Kind::One(of::<LimitUnit>), "工作日", ""),
        may("到现场次数", "visits", Kind::Whole, "1", "不填为1"),
        may("收费项目", "fee.item", Kind::Text, "", "不收费请把三栏都留空"),
        may("收费金额（元）", "fee.amount_fen", Kind::Yuan, "", "最多两位小数"),
        may("收费依据", "fee.basis", Kind::Text, "", ""),
        may("可以代办", "agent_allowed", Kind::Flag, "是", "不填为是"),
        may("受理条件", "conditions", Kind::Lines, "注册资本不少于200万元", LINES),
        must("结果名称", "result.name", Kind::Text, "劳务派遣经营许可证", ""),
        may(
            "结果类型",
            "result.kind",
            Kind::Open(results),
            "出证",
            "出证、出文、审批决定，或其他；不填为出文",
        ),
        may(
            "送达方式",
            "result.delivery",
            Kind::ManyOpen(deliveries),
            "窗口领取、邮寄送达",
            "可填几种，用“、”分开；不填为窗口领取",
        ),
        may(
            "设定依据",
            "basis",
            Kind::Lines,
            "劳务派遣行政许可实施办法",
            "印在文书上，每行一条；条款细目填在“设定依据”表",
        ),
        may("常见退件原因", "common_returns", Kind::Lines, "章程未盖章", LINES),
        may(
            "把握程度",
            "confidence",
            Kind::Open(confidences),
            "中",
            "编写者对本条的把握：高、中、低",
        ),
        may("基本编码", "reference.catalogue.catalog_code", Kind::Code, "000131002000", ""),
        may("地方基本编码", "reference.catalogue.local_catalog_code", Kind::Code, "", ""),
        may("地方实施编码", "reference.catalogue.local_code", Kind::Code, "", ""),
        may("业务办理项编码", "reference.catalogue.handle_item", Kind::Code, "", ""),
        may("事项版本", "reference.catalogue.version", Kind::Text, "1", ""),
        may("事项状态", "reference.catalogue.state", Kind::One(of::<MatterState>), "在用", ""),
        may("生效日期", "reference.catalogue.effective_from", Kind::Date, "2026-01-01", ""),
        may("取消日期", "reference.catalogue.effective_until", Kind::Date, "", ""),
        may(
            "权力来源",
            "reference.authority.power_source",
            Kind::One(of::<PowerSource>),
            "法定本级行使",
            "",
        ),
        may("行使层级", "reference.authority.use_level", Kind::One(of::<UseLevel>), "县级", ""),
        may(
            "主体性质",
            "reference.authority.department_kind",
            Kind::One(of::<DepartmentKind>),
            "法定机关",
            "",
        ),
        may("委托部门", "reference.authority.entrusted_by", Kind::Text, "", ""),
        may("联办机构", "reference.authority.joint_departments", Kind::Lines, "", LINES),
        may("中介服务", "reference.authority.intermediaries", Kind::Lines, "", LINES),
        may(
            "办理形式",
            "reference.service.handle_forms",
            Kind::Many(of::<HandleForm>),
            "窗口、电脑端",
            "可填几种，用“、”分开：窗口、电脑端、移动端、快递、其他",
        ),
        may("咨询方式", "reference.service.contact", Kind::Text, "0470-5550101", ""),
        may("监督投诉方式", "reference.service.complaint", Kind::Text, "0470-5550901", ""),
        may(
            "必须现场原因",
            "reference.service.visit_reason",
            Kind::Text,
            "",
            "到现场次数大于0时填写",
        ),
        may("法定时限说明", "reference.service.statutory_explanation", Kind::Text, "", ""),
        may("承诺时限说明", "reference.service.promised_explanation", Kind::Text, "", ""),
        may("数量限制", "reference.service.quantity_limit", Kind::Text, "", ""),
        may("通办范围", "reference.service.area", Kind::One(of::<ServiceArea>), "", ""),
        may("进驻大厅", "reference.service.in_hall", Kind::Flag, "是", ""),
        may("支持预约", "reference.service.appointment", Kind::Flag, "", ""),
        may("支持快递", "reference.service.express", Kind::Flag, "", ""),
        may("支持自助终端", "reference.service.self_service", Kind::Flag, "", ""),
        may("支持网办", "reference.online.available", Kind::Flag, "", ""),
        may("网办深度", "reference.online.depth", Kind::One(of::<OnlineDepth>), "", ""),
        may("网办地址", "reference.online.url", Kind::Text, "", ""),
        may("移动端地址", "reference.online.mobile_url", Kind::Text, "", ""),
        may("结果样本", "reference.result.sample_form", Kind::Code, "", "“表格”表里的编号"),
        may("结果有效期", "reference.result.validity", Kind::Text, "3年", ""),
        may("面向自然人主题", "reference.topics.person", Kind::Lines, "", LINES),
        may("面向法人主题", "reference.topics.legal_person", Kind::Lines, "人力资源", LINES),
    ],
};
